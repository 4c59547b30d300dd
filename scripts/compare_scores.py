#!/usr/bin/env python3
"""Compares the scores of `muqabala evaluate` with those of an independent scorer, to four digits.

usage: compare_scores.py PROGRAM SCORER FOLDER

Every folder in FOLDER with a gold.tsv is aligned with `align --presegmented --format beads`, and the beads are scored by
SCORER (called as SCORER GOLD BEADS). Ends with status 1 if any score differs, or if an alignment fails.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

LINE = re.compile(r"strict P (\S+) R (\S+) F1 (\S+) +lax P (\S+) R (\S+) F1 (\S+) +null F1 (\S+)")


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with status {done.returncode}:\n{done.stderr}")
    return done.stdout


def theirs(scorer, pairs):
    paths = [path for pair in pairs for path in pair]
    return list(LINE.search(run(sys.executable, scorer, *paths)).groups())


def ours(scores):
    strict, lax, null = scores["strict"], scores["lax"], scores["null"]
    values = [side[key] for side in (strict, lax) for key in ("precision", "recall", "f1")] + [null["f1"]]
    return [f"{value:.4f}" for value in values]


def main(program, scorer, folder):
    cases = sorted(path.parent for path in pathlib.Path(folder).glob("*/gold.tsv"))
    if not cases:
        sys.exit(f"{folder} holds no folder with a gold.tsv")
    pairs = []
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases:
            beads = pathlib.Path(scratch, case.name)
            start = time.monotonic()
            beads.write_text(
                run(program, "align", "--presegmented", case / "ar.txt", case / "en.txt", "--format", "beads", "--output", "-", "--quiet"),
                encoding="utf-8",
            )
            pairs.append((case / "gold.tsv", beads))
            rows.append((case.name, theirs(scorer, pairs[-1:]), time.monotonic() - start))
        rows.append(("all", theirs(scorer, pairs), sum(row[2] for row in rows)))
    report = json.loads(run(program, "evaluate", "--json", "--segments", "lines", *cases))
    scores = [ours(case["scores"]) for case in report["cases"]] + [ours(report["total"]["scores"])]
    width = max(len(row[0]) for row in rows)
    print(f"{'':{width}}  strict P       R      F1   lax P       R      F1  null F1  seconds")
    differing = 0
    for (name, independent, seconds), own in zip(rows, scores, strict=True):
        strict_p, *rest, null = independent
        print(f"{name:{width}}    {strict_p}  {'  '.join(rest)}   {null}  {seconds:7.2f}")
        if own != independent:
            differing += 1
            print(f"{'':{width}}  evaluate says {' '.join(own)}")
    if differing:
        sys.exit(f"`evaluate` and the scorer differ on {differing} of {len(rows)} lines")
    print(f"`evaluate` and the scorer agree on all {len(rows)} lines")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
