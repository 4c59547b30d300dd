"""A Spark job: aligns a table of document pairs by `muqabala pipe`, one process for each partition.

    spark-submit --py-files piped.py,learn.py align.py --program muqabala --input pairs.parquet --output aligned.parquet

The table has columns `source` and `target` (a text, or an array of segments), and may have `id`, `source_lang`,
`target_lang` and `options` (a JSON object as a string). It is Parquet, or JSON lines where its name ends in .jsonl or
.json, or --input-format says so. The result is Parquet: a
row for each pair, with its beads, or with an error in the column `error`.
docs/spark.md says how to size and ship it.
"""

import argparse
import json
import os
import shlex
import shutil

import learn
import piped
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--input-format", choices=("parquet", "json"))
    parser.add_argument("--how", choices=("pandas", "rdd"), default="pandas",
                        help="mapInPandas, or rdd.pipe [%(default)s]")
    parser.add_argument("--program", default="muqabala",
                        help="a file of this machine, which is shipped, or the name or path of one on all nodes")
    parser.add_argument("--partitions", type=int, help="[as the input is read]")
    parser.add_argument("--source-lang")
    parser.add_argument("--target-lang")
    parser.add_argument("--learn", action="store_true",
                        help="first learn word pairs from all pairs, then align with them as a lexicon")
    parser.add_argument("--least", type=int, default=3, help="a word pair counts if it is seen so often [%(default)s]")
    parser.add_argument("--lexicon-size", type=int, default=200_000, help="word pairs kept [%(default)s]")
    parser.add_argument("--keep-lexicon", metavar="FILE", help="where to keep the lexicon learnt, on this machine")
    parser.add_argument("--pipe-args", default="", help="further options of `muqabala pipe`, as in --pipe-args=--monotone")
    return parser.parse_args()


def table(spark, options):
    kind = options.input_format or ("json" if options.input.endswith((".jsonl", ".json")) else "parquet")
    frame = spark.read.json(options.input) if kind == "json" else spark.read.parquet(options.input)
    for needed in ("source", "target"):
        if needed not in frame.columns:
            raise SystemExit(f"error: {options.input} has no column `{needed}`; it has {', '.join(frame.columns)}")
    known = ("id", "source", "target", "source_lang", "target_lang", "options")
    frame = frame.select(*(column for column in known if column in frame.columns))
    return frame.repartition(options.partitions) if options.partitions else frame


def ship(spark, path):
    """Gives a file of this machine to all executors; returns the path at which a task finds it."""
    spark.sparkContext.addFile(path)
    name = os.path.basename(path)
    master = spark.sparkContext.master
    if master.startswith("local") and not master.startswith("local-cluster"):
        return SparkFiles.get(name)
    return "./" + name  # executors put such files into their working folder, and tasks run there


def aligned(frame, options, program, lexicon=None):
    """The table of answers."""
    command = [program, "--quiet", "pipe", "--jobs", "1", *shlex.split(options.pipe_args)]
    for name in ("source_lang", "target_lang"):
        if getattr(options, name):
            command += ["--" + name.replace("_", "-"), getattr(options, name)]
    if lexicon:
        command += ["--lexicon", lexicon]
    if options.how == "pandas":
        return frame.mapInPandas(lambda frames: piped.align_pandas(frames, command), piped.COLUMNS)
    records = frame.rdd.map(lambda row: piped.record(row.asDict(recursive=True)))
    answers = records.pipe(shlex.join(command), checkCode=True)
    return answers.map(lambda line: piped.flat(json.loads(line))).toDF(piped.COLUMNS)


def main():
    options = arguments()
    spark = SparkSession.builder.appName("muqabala").getOrCreate()
    frame = table(spark, options)
    program = ship(spark, options.program) if os.path.isfile(options.program) else options.program
    lexicon = None
    if options.learn:
        # Step one: align, and count over the whole table which words stand in beads together.
        learnt = learn.lexicon(aligned(frame, options, program), options.least, options.lexicon_size)
        # Step two: every executor gets the lexicon.
        if learnt and options.keep_lexicon:
            shutil.copyfile(learnt, options.keep_lexicon)
        lexicon = ship(spark, learnt) if learnt else None
    result = aligned(frame, options, program, lexicon)
    result.write.mode("overwrite").parquet(options.output)
    written = spark.read.parquet(options.output)
    counts = written.agg(F.count("*").alias("pairs"), F.count("error").alias("errors"),
                         F.sum(F.size("beads")).alias("beads")).first()
    print(f"aligned {counts.pairs - counts.errors} of {counts.pairs} pairs, {counts.errors} errors, "
          f"{counts.beads or 0} beads, into {options.output}")
    spark.stop()


if __name__ == "__main__":
    main()
