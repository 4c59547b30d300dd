//! The tuned numbers, all in one place: those whose value was found by measuring, not by reasoning.
//!
//! In: nothing. Out: constants, by the folder that they serve. Guarantee: each says its unit, what else was tried, on
//! what, and what it gained. *Kept as found* means that it stands as first written: no other value is on record.
//!
//! `scripts/tune NAME VALUE... -- FOLDER...` sets one number to other values and prints the scores over gold folders.
//! Scores named here are strict F1: *dev* is the mean over the twelve development documents, *glued* over four of them
//! with blanks removed, *languages* over fourteen other language pairs (`docs/evaluation.md`). A number that follows
//! from the code around it (sizes of buffers, guards against overflow) stands there.

/// Where the search looks, and how hard.
pub(crate) mod search {
    /// Cells of a stretch that is searched whole. Kept as found: some 200 segments a side take milliseconds.
    pub(crate) const WHOLE_CELLS: usize = 40_000;
    /// The same for a step on the way. Kept as found.
    pub(crate) const PASSING_CELLS: usize = 2_500;
    /// Cells of a stretch whose ladder is held against the whole lattice. Kept as found: some 630 segments a side.
    pub(crate) const PROOF_CELLS: usize = 400_000;
    /// Cells of all stretches that are searched, drafted or proven whole, at most, for each segment of both sides, and in all, at
    /// least. Without a bound 19,769 segments with a pin at every 550th took 15.6 seconds instead of 2.8.
    pub(crate) const WHOLE_A_SEGMENT: usize = 48;
    /// See [`WHOLE_A_SEGMENT`].
    pub(crate) const WHOLE_AT_LEAST: usize = 1_200_000;
    /// Half the width at most of the first look's band, in target segments. Kept as found.
    pub(crate) const BAND: usize = 256;
    /// Cells of a stretch that has its first look whole. Kept as found.
    pub(crate) const DRAFT_CELLS: usize = 600_000;
    /// Cells that a later step reads at most for each segment of a window. 24: the same time and F1 on 5,000
    /// recurring segments (.5245); without a bound, plain text could take minutes.
    pub(crate) const MOST_CELLS: usize = 64;
    /// Cells that a later step may read in all, whatever the length. 0: of the plain texts of 1,500 segments, seeds 1 to 9,
    /// one lost its path (F1 .805 for 1, with gaps .565 for .988), as it did with 250,000 to 700,000; it takes 1.5 seconds.
    pub(crate) const LEAST_CELLS: usize = 1_000_000;
    /// Half the band's width around a ladder found before, in target segments: on the way, and at last. 6 and 10
    /// before: with rows of the usual types and a round fewer, the change took a quarter to a third off the time of
    /// recurring text, at the same scores.
    pub(crate) const NARROW: usize = 4;
    /// See [`NARROW`]. 4: the same scores and .05 seconds less on 5,000 recurring segments, but one segment 10,000 times
    /// takes 3.4 seconds instead of 2.5, as its ladder leaves the line more often.
    pub(crate) const CHECK: usize = 5;
    /// Source segments of a window of posteriors. Kept as found.
    pub(crate) const WINDOW: usize = 1024;
    /// Source segments beside a window that its sums take in. Kept as found.
    pub(crate) const OVERLAP: usize = 48;
    /// Source segments that a step on the way looks at. On 5,000 recurring segments 1,000 / 1,500 / 2,500 give F1
    /// .517 / .518 / .525 in 2.3 / 2.7 / 2.8 CPU-seconds, all of them .5245 in 2.7; 20,000 give .562 / .582 / .581,
    /// with 8,000 .586.
    pub(crate) const SAMPLE: usize = 8_000;
    /// Half the width in which posteriors are summed up around a first look, in target segments. Kept as found.
    pub(crate) const NEIGHBOURHOOD: usize = 6;
    /// A bead of this posterior at the edge of a band asks for more width. .03 and .05: F1 .525 and .528 instead of
    /// .5245 on 5,000 recurring segments, .4193 instead of .4149 on hadith, at the same time; .01 misses least.
    pub(crate) const MATTERS: f64 = 0.01;
    /// Rows around such a place that are widened with it. 8, widening twofold: .5305 on the same text, no faster.
    pub(crate) const WIDENED: usize = 16;
    /// How many times as wide a band becomes where it is widened. See [`WIDENED`].
    pub(crate) const WIDER: u32 = 3;
    /// Half the width that no band along a ladder exceeds, in target segments. 72: a shifted text of 1,500 segments lost
    /// its path for good.
    pub(crate) const WIDEST: u32 = 162;
    /// Rows around a place near a draft's edge that are drafted anew. Kept as found.
    pub(crate) const AROUND: usize = 48;
    /// Points that make a neighbourhood well known. Kept as found.
    pub(crate) const MANY: usize = 8;
    /// How often a draft is mended. Kept as found.
    pub(crate) const MENDS: usize = 3;
    /// Rare keys are few if less than one in so many segments holds one. Kept as found.
    pub(crate) const FEW: usize = 8;
    /// Two windows meet at a rung of both their ladders that is at most this part of their overlap away from where they were
    /// cut: one in so many. At the cut alone, windows of recurring text were made one and searched again: 5,000 segments
    /// took 1.03 CPU-seconds instead of .78, at the same F1.
    pub(crate) const ASIDE: usize = 2;
    /// How often windows whose ladders do not meet are made one. Kept as found.
    pub(crate) const JOINS: usize = 3;
    /// Windows at most whose segments may be made one. Without a bound two texts of 20,000 segments that have nothing to
    /// do with each other took 15 seconds and 3.3 GB; with 4, 4.2 seconds and 180 MB.
    pub(crate) const JOINED: usize = 4;
    /// What a move costs, in nats. Kept as found.
    pub(crate) const MOVE: f64 = 8.0;
}

/// Groups of segments held against each other, where rare keys are few.
pub(crate) mod groups {
    /// Groups a side at most: time grows with their square. Kept as found.
    pub(crate) const MOST: usize = 512;
    /// Segments of a group at least. Kept as found.
    pub(crate) const FEWEST: usize = 4;
    /// Two groups are alike beyond this cosine. Kept as found.
    pub(crate) const ALIKE: f32 = 0.12;
    /// How much a cell counts beside the diagonal. Kept as found.
    pub(crate) const BESIDE: f32 = 0.4;
    /// Weight of a hint of two groups, that of a rare key being 12. Kept as found.
    pub(crate) const WEIGHT: u32 = 36;
    /// A key in more segments than this on either side is not rare. Kept as found.
    pub(crate) const RARE: usize = 4;
}

/// The scoring model: defaults of [`ScoreOptions`](crate::score::ScoreOptions), which says what each is.
pub(crate) mod model {
    /// A share. Kept as found; it is fitted to the document.
    pub(crate) const WORD_SHARE: f64 = 0.25;
    /// Words. Kept as found.
    pub(crate) const SHARE_STRENGTH: f64 = 300.0;
    /// A share. Kept as found.
    pub(crate) const NUMBER_SHARE: f64 = 0.75;
    /// A share. Kept as found.
    pub(crate) const DATE_SHARE: f64 = 0.8;
    /// Values for which the priors of the shares of numbers and dates count. Kept as found.
    pub(crate) const VALUE_SHARE_STRENGTH: f64 = 60.0;
    /// A share, of values that the other side's language is not known to say. Kept as found; it is fitted.
    pub(crate) const MAYBE_SHARE: f64 = 0.4;
    /// A share. Kept as found.
    pub(crate) const SYMBOL_SHARE: f64 = 0.6;
    /// A share. Kept as found.
    pub(crate) const MARK_SHARE: f64 = 0.4;
    /// An exponent; 1 as in IBM Model 1. Kept as found.
    pub(crate) const DILUTION: f64 = 1.0;
    /// In units of chance. .5 and 1 where lexicons know most words cost literature .02.
    pub(crate) const STRANGER_CHANCE: f64 = 0.0;
    /// Nats. 16 / 64 / 10⁶: dev .9207 / .9205 / .9202, glued .9317 / .9301 / .9288.
    pub(crate) const MOST_AGAINST: f64 = 64.0;
    /// In units of chance, where lexicons know little. 0 / .25 / .5 / 1 were tried: together with
    /// the next and with words cut by a segmenter it took languages from .902 to .941.
    pub(crate) const UNAIDED_STRANGER_CHANCE: f64 = 0.5;
    /// Nats, where lexicons know little. Values from 2.5 to 16 were tried, and this taken.
    pub(crate) const UNAIDED_MOST_AGAINST: f64 = 8.0;
    /// A weight. Kept as found.
    pub(crate) const WORD_WEIGHT: f64 = 0.5;
    /// A weight. Kept as found.
    pub(crate) const ANCHOR_WEIGHT: f64 = 0.75;
    /// A weight. Kept as found.
    pub(crate) const LENGTH_WEIGHT: f64 = 0.8;
    /// A variance per character; Gale and Church (1993) have 6.8. It was 7 of target characters, which this is where there
    /// are 1.2 of them for each source character, as from Arabic to English; 7 instead: literature .8140, Thai .9725 for
    /// .9832, Burmese .9313 for .9332, all others alike.
    pub(crate) const LENGTH_VARIANCE: f64 = 6.4;
    /// Degrees of freedom of Student's t. Kept as found.
    pub(crate) const LENGTH_FREEDOM: f32 = 5.0;
    /// Standard deviation of the logarithm of segment lengths by chance. Kept as found.
    pub(crate) const LENGTH_BY_CHANCE: f32 = 0.6;
    /// A probability. Kept as found; it is fitted to the document.
    pub(crate) const NULL_ENTER: f64 = 0.02;
    /// A probability. Kept as found; it is fitted to the document.
    pub(crate) const NULL_STAY: f64 = 0.3;
    /// Beads. Kept as found.
    pub(crate) const NULL_STRENGTH: f64 = 50.0;
    /// Segments. Kept as found.
    pub(crate) const STAY_STRENGTH: f64 = 10.0;
    /// Segments. With 10, the statement without a lexicon gives .585 instead of .898.
    pub(crate) const UNAIDED_STAY_STRENGTH: f64 = 120.0;
    /// A probability. Kept as found.
    pub(crate) const DICTIONARY_MASS: f64 = 0.7;
    /// A probability. Kept as found.
    pub(crate) const LOOKS_MASS: f64 = 0.7;
    /// Nats. Kept as found.
    pub(crate) const BLOCK_BREAK: f64 = 2.5;
    /// Nats for a cosine distance of 1. Kept as found.
    pub(crate) const EMBEDDING_WEIGHT: f64 = 8.0;
    /// A cosine distance: evidence is 0 here. Kept as found.
    pub(crate) const EMBEDDING_NEUTRAL: f64 = 0.75;
    /// A weight. Kept as found.
    pub(crate) const TYPE_WEIGHT: f64 = 1.0;
    /// Nats of each segment after the first on the shorter side of a bead. Counting whole, 1.5 / 1 / .5 / 0: literature
    /// .8046 / .8046 / .8046 / .8140, hadith .4150 / .4243 / .4350 / .4396, 5,000 recurring segments .5277 / .5308 / .5353 /
    /// .5439, all other development documents alike; of right texts of three segments .91 / .85 / .85 / .85 are sure. Where
    /// lexicons know little 0 gives Japanese .9558 for .9623, Korean .9473 for .9537, Burmese .9227 for .9271.
    pub(crate) const BOTH_SIDES: f64 = 1.5;
    /// Segments for which it counts. Taken from [`TYPE_BEADS`]: 1.25 nats are left in texts of three segments, with which
    /// .91 of them are sure, .2 in the literary text, none in long ones.
    pub(crate) const BOTH_SIDES_STRENGTH: f64 = 15.0;
    /// Beads for which the prior of the bead types counts. Kept as found.
    pub(crate) const TYPE_BEADS: f64 = 15.0;
    /// Beads for which the prior of the length ratio counts. Kept as found.
    pub(crate) const RATIO_BEADS: f64 = 5.0;
    /// Probability from which on a segment counts as unaligned where their share is fitted. Kept as found.
    pub(crate) const SURE_ALONE: f64 = 0.7;
    /// Values that a text is held to have beside those seen, where it is told how rare one is. Kept as found.
    pub(crate) const OTHER_VALUES: f32 = 30.0;
    /// Share of the running words from which on lexicons carry an alignment. Of the documents measured the built-in
    /// lexicon knows three quarters or more, a glossary of terms a tenth or less: nothing lies near the border.
    pub(crate) const MOSTLY_KNOWN: f64 = 0.5;
    /// The share found beyond chance from which on a lexicon is fully trusted. Kept as found: right ones have .5 to .7,
    /// permuted ones 0.
    pub(crate) const GOOD_LEXICON: f64 = 0.3;
    /// Words for which the prior counts that a lexicon is good. Kept as found.
    pub(crate) const LEXICON_STRENGTH: f64 = 30.0;
    /// Pairs less trusted than this are none. Kept as found.
    pub(crate) const LEAST_TRUST: f32 = 0.1;
}

/// Whether two texts translate each other at all. All were fitted together on 1,129 beads of related and 1,052 of
/// unrelated texts of 1 to 8 segments, and again on as many others, where they came out alike but for the lengths
/// (.12 and .37) and symbols (1.8 and .5).
pub(crate) mod related {
    /// Probability that two texts given to the aligner are related, before anything is seen of them: nobody aligns texts
    /// at random. .75 before: right pairs of one to three segments were sure in too few cases; now in 93, 95 and 91 %,
    /// unrelated ones in none.
    pub(crate) const RELATED: f64 = 0.93;
    /// The same where lexicons know little: a pair of which nothing is known but that its lengths agree is not sure. Single
    /// unrelated segments that are sure, with .93 / .83: German–French .33 / .07, Arabic–French .30 / .05, Turkish .30 /
    /// .03, Japanese .35 / .15, Chinese .12 / 0, Arabic–English without its lexicon .28 / .03; related ones .88 / .85,
    /// .85 / .80, .78 / .70, .72 / .70, .70 / .42, .62 / .38; of texts of three and more at most 1 in 10 changes.
    pub(crate) const UNAIDED_RELATED: f64 = 0.83;
    /// Probability that the state is drawn anew from one bead to the next. A supposition: texts that are related in
    /// parts are so for stretches of some fifty beads.
    pub(crate) const CHANGE: f64 = 0.02;
    /// Probability that a word which dictionaries know is translated by one of its equivalents there.
    pub(crate) const TRANSLATED: f64 = 0.5;
    /// The same for names and words known by their looks, which are looked at only where they have a counterpart.
    pub(crate) const RECOGNISED: f64 = 0.7;
    /// Probability that numbers and dates come back in a translation.
    pub(crate) const KEPT: f64 = 0.7;
    /// The same for addresses, Latin words and the like.
    pub(crate) const COPIED: f64 = 0.3;
    /// Probability that a mark stands in a translation too.
    pub(crate) const MARK_KEPT: f64 = 0.8;
    /// Probability that it does by chance.
    pub(crate) const MARK_BY_CHANCE: f64 = 0.41;
    /// Least probability that a value stands opposite by chance: the search looks for places where it does.
    pub(crate) const VALUE_BY_CHANCE: f64 = 0.05;
    /// Probability that a given word opposite is by chance an equivalent of a word of so many letters (up to 2, 3, 4,
    /// and more): short ones are often those that every sentence has.
    pub(crate) const BY_CHANCE: [f64; 4] = [0.036, 0.0125, 0.007, 0.005];
    /// The same for words known by their looks.
    pub(crate) const LOOKS_BY_CHANCE: f64 = 0.004;
    /// The same for learnt ones.
    pub(crate) const LEARNT_BY_CHANCE: f64 = 0.01;
    /// Words of the documents themselves for which those chances count.
    pub(crate) const CHANCE_STRENGTH: f64 = 200.0;
    /// Weights of the sorts of evidence, which are not independent: each counterpart is met from both sides.
    pub(crate) const WEIGHTS: [f64; 6] = [0.65, 0.5, 0.5, 0.65, 0.65, 0.25];
    /// Weight of the lengths.
    pub(crate) const LENGTH_WEIGHT: f64 = 0.4;
    /// Weight of what sentence vectors say, where there are any; not fitted.
    pub(crate) const VECTOR_WEIGHT: f64 = 0.5;
    /// Nats that one sort of evidence may bring, before it is weighed.
    pub(crate) const SORT_RANGE: (f64, f64) = (-4.0, 8.0);
    /// Nats that a bead's evidence may come to.
    pub(crate) const RANGE: f64 = 6.0;
    /// Nats taken off every bead: what the search finds in unrelated texts fits better than what it passes over.
    pub(crate) const CHOSEN: f64 = 0.8;
    /// Nats that an unaligned segment says: unrelated texts have more of them.
    pub(crate) const ALONE: f64 = -0.15;
    /// Probability from which on learnt pairs count.
    pub(crate) const LEARNT: f32 = 0.15;
    /// Probability at most with which what one half of the beads teaches is believed of the other.
    pub(crate) const MOST_LEARNT: f64 = 0.6;
    /// Nats that this check says of the documents as a whole, at most.
    pub(crate) const MOST_CONFIRMED: f64 = 6.0;
}

/// Words that stand without a blank between them. Set on law, news, encyclopedia and literature with a share of their
/// blanks removed; in clean text nothing is cut.
pub(crate) mod glued {
    /// Letters: a form with fewer is no glued one. Kept as found.
    pub(crate) const LEAST_LETTERS: usize = 7;
    /// Letters: a form with more is no single word of Arabic, whatever its affixes. Kept as found.
    pub(crate) const LONGEST_WORD: usize = 14;
    /// Share of the letters of a form that is split that lie in known words. Kept as found.
    pub(crate) const LEAST_KNOWN: f64 = 0.7;
    /// Nats of a word that a dictionary has as it is written. Kept as found.
    pub(crate) const LITERAL: f32 = 7.0;
    /// Nats of one that is reached through affixes. Kept as found.
    pub(crate) const INFLECTED: f32 = 8.0;
    /// Nats more for each letter that these take. Kept as found.
    pub(crate) const AFFIX: f32 = 0.4;
    /// Nats of letters that belong to no known word: to begin, and each. Kept as found.
    pub(crate) const UNKNOWN: (f32, f32) = (4.0, 3.3);
    /// Nats of a word that no dictionary has, and of each of its letters: what a split is held against. Kept as found.
    pub(crate) const NEW_WORD: (f32, f32) = (3.0, 2.0);
    /// Words among which one blank is missing, before anything is seen. Kept as found.
    pub(crate) const SELDOM: f32 = 500.0;
}

/// What is learnt from the documents themselves.
pub(crate) mod learning {
    /// Rounds. A fourth changes next to nothing; in long documents that lexicons know, a third neither.
    pub(crate) const ROUNDS: usize = 3;
    /// See [`ROUNDS`]. 1: a fifth less time on recurring text, where F1 stays (four samples of 5,000 segments .5436 instead
    /// of .5445, 20,000 .5977 instead of .5952), but 4,000 segments of 34 common words fall from .9901 to .9573.
    pub(crate) const ROUNDS_OF_LONG: usize = 2;
    /// The same where signposts lead as well, after a first look by a draft alone: a second round, and a first look by the
    /// model, cost a fifth to a third of the time and gain nothing (four samples of recurring text .5386 with them and
    /// .5493 without, 20,000 segments .5980 and .6051, hadith .4098 and .4144).
    pub(crate) const ROUNDS_OF_SIGNPOSTED: usize = 1;
    /// A probability that a bead takes one more segment of a side, above which most are longer than a draft's and the first
    /// look is the model's after all: .57 is a side cut 2.1 times as fine. Recurring text whose English was cut at every
    /// clause, 1.8 / 2.2 / 2.3 / 2.8 / 3.4 times as fine: F1 .446 / .386 / .403 / .328 / .270 by the draft, .425 / .391 /
    /// .419 / .344 / .288 by the model, at a twentieth more time.
    pub(crate) const FINE: f64 = 0.57;
    /// A posterior from which on beads are learnt from. Kept as found.
    pub(crate) const BELIEVE: f64 = 0.8;
    /// Pairs of words, some 6,500 beads of 25 words a side. Kept as found.
    pub(crate) const MOST_PAIRS: usize = 4_000_000;
    /// Words of a bead. Kept as found: without a bound 16,000 words a side took 22 seconds.
    pub(crate) const MOST_WORDS: usize = 500;
    /// A probability: pairs of units less probable are noise. Kept as found.
    pub(crate) const LEAST: f32 = 0.05;
    /// Occurrences: a form occurring oftener is no rare name. Kept as found.
    pub(crate) const RARE_NAME: u32 = 60;
}

/// What is made of posteriors.
pub(crate) mod deciding {
    /// A factor: a link is given up where each of its segments is unaligned with a probability above so much of the
    /// link's. Below 1, since a wrong unit in a translation memory costs more than a missing one. Kept as found.
    pub(crate) const SHARE_ALONE: f64 = 0.4;
    /// A probability of being related, below which a bead has the doubt `perhaps-unrelated`. Kept as found.
    pub(crate) const UNRELATED: f64 = 0.5;
    /// A confidence, below which a bead is doubtful. Kept as found.
    pub(crate) const DOUBTFUL_BELOW: f64 = 0.7;
}
