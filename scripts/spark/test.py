"""Runs the Spark job for real, on this machine, and compares what it writes with what `muqabala pipe` answers.

    python scripts/spark/test.py PROGRAM [MASTER]      MASTER: local[2] by default, or local-cluster[2,1,1024]

Needs pyspark, pandas, pyarrow and Java 17.
"""

import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DAYS = ["مايو", "يونيو", "يوليو", "أغسطس"]
MONTHS = ["May", "June", "July", "August"]


def pairs():
    """Pairs of documents; the last two cannot be aligned."""
    made = []
    for i in range(40):
        day, files, month = i % 28 + 1, i + 10, i % 4
        made.append({
            "id": f"d{i}",
            "source": [f"التقى الوزيران في {day} {DAYS[month]}.", f"ناقش الوفدان {files} ملفا.", "انتهى اللقاء في بغداد."],
            "target": [f"The ministers met on {day} {MONTHS[month]}.", f"The delegations discussed {files} files.",
                       "The meeting ended in Baghdad."],
            "source_lang": "ar", "target_lang": "en",
        })
    made.append({"id": "empty", "source": [], "target": ["x"], "source_lang": "ar", "target_lang": "en"})
    made.append({"id": "odd", "source": ["x"], "target": ["y"], "source_lang": "no language", "target_lang": "en"})
    return made


def expected(program, records, *more):
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    ran = subprocess.run([program, "--quiet", "pipe", *more], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = map(json.loads, ran.stdout.decode().splitlines())
    return {a["id"]: [(b["source"], b["target"], b["target_text"]) for b in a.get("beads", ())] or a["error"] for a in answers}


def submit(master, *arguments):
    environment = dict(os.environ, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    if "SPARK_HOME" not in environment:
        import pyspark
        environment["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    files = ",".join(os.path.join(HERE, name) for name in ("piped.py", "learn.py"))
    command = [os.path.join(environment["SPARK_HOME"], "bin", "spark-submit"), "--master", master,
               "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=4",
               "--py-files", files, os.path.join(HERE, "align.py"), *arguments]
    ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ran.returncode != 0:
        sys.stderr.write(ran.stdout.decode(errors="replace")[-3000:])
        sys.stderr.write(ran.stderr.decode(errors="replace")[-6000:])
        raise SystemExit("error: the Spark job failed")
    return ran.stdout.decode()


def written(path):
    import pandas
    frame = pandas.read_parquet(path)
    answers = {}
    for row in frame.to_dict("records"):
        beads = [([int(i) for i in b["source"]], [int(i) for i in b["target"]], b["target_text"]) for b in row["beads"]]
        answers[row["id"]] = beads or row["error"]
    return answers


def main():
    program = os.path.abspath(sys.argv[1])
    master = sys.argv[2] if len(sys.argv) > 2 else "local[2]"
    records = pairs()
    with tempfile.TemporaryDirectory() as folder:
        as_json, as_parquet = os.path.join(folder, "pairs.jsonl"), os.path.join(folder, "pairs.parquet")
        with open(as_json, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        import pandas
        pandas.DataFrame(records).to_parquet(as_parquet)
        want = expected(program, records)
        for source in (as_json, as_parquet):
            for how in ("pandas", "rdd"):
                out = os.path.join(folder, f"out-{how}")
                said = submit(master, "--input", source, "--output", out, "--how", how, "--program", program,
                              "--partitions", "3")
                assert "aligned 40 of 42 pairs, 2 errors" in said, said
                assert written(out) == want, (written(out), want)
                print(f"{how} on {os.path.basename(source)}: as `pipe` answers")
        # Two steps, on the pairs that teach something; without the built-in lexicon, so that it shows.
        for how in ("pandas", "rdd"):
            out = os.path.join(folder, f"learnt-{how}")
            submit(master, "--input", as_parquet, "--output", out, "--how", how, "--program", program, "--learn",
                   "--pipe-args=--no-builtin-lexicon", "--keep-lexicon", os.path.join(folder, "kept.tsv"))
            with open(os.path.join(folder, "kept.tsv"), encoding="utf-8") as lexicon:
                learnt = {tuple(line.split("\t")[:2]) for line in lexicon}
            assert ("الوزيران", "ministers") in learnt, sorted(learnt)[:40]
            want = expected(program, records, "--no-builtin-lexicon", "--lexicon", os.path.join(folder, "kept.tsv"))
            assert written(out) == want, (written(out), want)
            print(f"{how}, learning first: {len(learnt)} word pairs, as `pipe --lexicon` answers")


if __name__ == "__main__":
    main()
