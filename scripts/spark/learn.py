"""Step one of two-step learning: which words translate each other, counted over a whole table of answers.

The counting is an aggregation of Spark alone, without Python in the tasks: in how many sure beads each word of the
source stands, each word of the target, and both together.
"""

import os
import tempfile

from pyspark.sql import Window
from pyspark.sql import functions as F

SURE = 0.8  # beads less sure than this teach nothing
LONGEST = 40  # words a side: longer beads say little about each pair of their words, and cost its square
FANOUT = 8  # equivalents kept for a word
LEAST_DICE = 0.15
VOWELS = "[\\u064B-\\u065F\\u0670\\u0640]"  # Arabic vowel signs and tatweel


def words(text):
    """The distinct words of a column of text, folded roughly as muqabala folds them."""
    bare = F.regexp_replace(F.lower(text), VOWELS, "")
    found = F.regexp_extract_all(bare, F.lit(r"([\p{L}\p{M}]{2,})"), F.lit(1))
    return F.array_distinct(found)


def counts(answers):
    """Word pairs with counts: source, target, both, of_source, of_target."""
    beads = (
        answers.where(F.col("error").isNull())
        .select(F.explode("beads").alias("bead"))
        .where((F.col("bead.confidence") >= SURE) & (F.size("bead.source") > 0) & (F.size("bead.target") > 0))
        .select(words(F.col("bead.source_text")).alias("sources"), words(F.col("bead.target_text")).alias("targets"))
        .where((F.size("sources") <= LONGEST) & (F.size("targets") <= LONGEST))
    )
    of_source = beads.select(F.explode("sources").alias("source")).groupBy("source").agg(F.count("*").alias("of_source"))
    of_target = beads.select(F.explode("targets").alias("target")).groupBy("target").agg(F.count("*").alias("of_target"))
    both = (
        beads.select(F.explode("sources").alias("source"), "targets")
        .select("source", F.explode("targets").alias("target"))
        .groupBy("source", "target")
        .agg(F.count("*").alias("both"))
    )
    return both.join(of_source, "source").join(of_target, "target")


def best(counted, least, size):
    """The likeliest pairs: word, word, weight."""
    dice = 2 * F.col("both") / (F.col("of_source") + F.col("of_target"))
    by_source = Window.partitionBy("source").orderBy(F.desc("weight"), "target")
    by_target = Window.partitionBy("target").orderBy(F.desc("weight"), "source")
    return (
        counted.where(F.col("both") >= least)
        .withColumn("weight", dice)
        .where(F.col("weight") >= LEAST_DICE)
        .withColumn("place", F.row_number().over(by_source))
        .withColumn("place_opposite", F.row_number().over(by_target))
        .where((F.col("place") <= FANOUT) & (F.col("place_opposite") <= FANOUT))
        .orderBy(F.desc("both"), "source", "target")
        .limit(size)
        .select("source", "target", "weight")
    )


def lexicon(answers, least, size):
    """Learns from a table of answers; returns the path of a lexicon for `muqabala pipe --lexicon`, or None if nothing
    could be learnt."""
    pairs = best(counts(answers), least, size).collect()
    if not pairs:
        return None
    path = os.path.join(tempfile.mkdtemp(prefix="muqabala-"), "learnt.tsv")
    with open(path, "w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(f"{pair.source}\t{pair.target}\t{pair.weight:.4f}\n")
    return path
