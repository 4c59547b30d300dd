"""Runs `muqabala pipe` inside a Spark task: records in, answers out, in one process for each partition.

Needs Python 3.9; pandas only where `align_pandas` is used.
"""

import json
import subprocess
import threading

def record(row):
    """A record of `pipe` from a row (a dict): columns that `pipe` does not know are left out."""
    made = {"id": row.get("id"), "source": row.get("source"), "target": row.get("target")}
    for name in ("source", "target"):
        if made[name] is not None and not isinstance(made[name], str):
            made[name] = list(made[name])
    for name in ("source_lang", "target_lang"):
        if row.get(name):
            made[name] = row[name]
    options = row.get("options")
    if options:
        made["options"] = json.loads(options) if isinstance(options, str) else options
    return json.dumps(made, ensure_ascii=False)

def align(rows, command):
    """Yields the answer (a dict) to each row, in order. One process does them all; memory does not grow."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    failure = []

    def feed():
        try:
            for row in rows:
                process.stdin.write((record(row) + "\n").encode("utf-8"))
        except BrokenPipeError:
            pass  # the process has ended, which shows when its answers stop
        except Exception as error:  # of the rows: told to the task below
            failure.append(error)
        finally:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

    # A thread of its own, as the process answers while it still reads.
    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        for line in process.stdout:
            yield json.loads(line)
        feeder.join()
        if failure:
            raise failure[0]
        if process.wait() != 0:
            raise RuntimeError(f"{command[0]} ended with status {process.returncode}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()

def flat(answer):
    """The answer as the columns of `COLUMNS`."""
    figures = answer.get("figures") or {}
    beads = [
        {
            "source": bead["source"],
            "target": bead["target"],
            "source_text": bead.get("source_text"),
            "target_text": bead.get("target_text"),
            "confidence": bead["confidence"],
        }
        for bead in answer.get("beads", ())
    ]
    identity = answer.get("id")
    return {
        "id": identity if identity is None or isinstance(identity, str) else json.dumps(identity),
        "error": answer.get("error"),
        "source_lang": answer.get("source_lang"),
        "target_lang": answer.get("target_lang"),
        "mean_confidence": figures.get("mean_confidence"),
        "suspicions": figures.get("suspicions", []),
        "beads": beads,
    }

COLUMNS = (
    "id string, error string, source_lang string, target_lang string, mean_confidence double, "
    "suspicions array<string>, "
    "beads array<struct<source:array<int>,target:array<int>,source_text:string,target_text:string,confidence:double>>"
)

def align_pandas(frames, command):
    """For `DataFrame.mapInPandas`: frames of rows → frames of answers, one process for the partition."""
    import pandas

    def rows():
        for frame in frames:
            yield from frame.to_dict("records")

    names = ["id", "error", "source_lang", "target_lang", "mean_confidence", "suspicions", "beads"]
    waiting = []
    for answer in align(rows(), command):
        waiting.append(flat(answer))
        if len(waiting) == 256:
            yield pandas.DataFrame(waiting, columns=names)
            waiting = []
    if waiting:
        yield pandas.DataFrame(waiting, columns=names)
