//! One side as the scorer sees it: tokens and lengths of every segment, as numbers.
//!
//! In: a vocabulary, anchors, a segmented document. Out: lists of token numbers and running sums.
//! Guarantee: token numbers below the vocabulary's size are word keys; the rest are anchor keys, numbered
//! alike on both sides.

use crate::bitext::EvidenceKind;

/// The classes of tokens, each with its own share that one expects to find explained opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    Word = 0,
    Number = 1,
    Date = 2,
    Symbol = 3,
    Mark = 4,
    /// A number said in a way that the other side's language is not known to say: it may help and cannot harm.
    MaybeNumber = 5,
    /// The same for dates.
    MaybeDate = 6,
}

impl Class {
    pub(crate) const COUNT: usize = 7;
    pub(crate) const ALL: [Self; Self::COUNT] =
        [Self::Word, Self::Number, Self::Date, Self::Symbol, Self::Mark, Self::MaybeNumber, Self::MaybeDate];

    /// The class of values of the same kind that are not expected opposite.
    pub(crate) const fn maybe(self) -> Self {
        match self {
            Self::Number => Self::MaybeNumber,
            Self::Date => Self::MaybeDate,
            other => other,
        }
    }

    /// The class of values of the same kind that are expected opposite.
    pub(crate) const fn expected(self) -> Self {
        match self {
            Self::MaybeNumber => Self::Number,
            Self::MaybeDate => Self::Date,
            other => other,
        }
    }

    /// Whether that nothing opposite explains a token of this class speaks against a bead.
    pub(crate) const fn is_expected(self) -> bool {
        !matches!(self, Self::MaybeNumber | Self::MaybeDate)
    }

    /// How many tokens of this class and of its like, expected or not, `counts` has.
    #[inline]
    pub(crate) const fn alike(self, counts: &[u32; Self::COUNT]) -> u32 {
        let expected = self.expected();
        let maybe = expected.maybe();
        if maybe as usize == expected as usize {
            counts[expected as usize]
        } else {
            counts[expected as usize] + counts[maybe as usize]
        }
    }

    /// The kind of evidence that tokens of this class are shown as.
    pub(crate) const fn kind(self) -> EvidenceKind {
        match self {
            Self::Word => EvidenceKind::Words,
            Self::Number | Self::MaybeNumber => EvidenceKind::Numbers,
            Self::Date | Self::MaybeDate => EvidenceKind::Dates,
            Self::Symbol => EvidenceKind::Symbols,
            Self::Mark => EvidenceKind::Structure,
        }
    }
}

/// A token of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Word key (class `Word`) or anchor key (all other classes).
    pub(crate) key: u32,
    /// Its class.
    pub(crate) class: Class,
}

/// The tokens and lengths of one side.
#[derive(Debug, Clone)]
pub(crate) struct SideData {
    offsets: Vec<u32>,
    tokens: Vec<Token>,
    class_counts: Vec<[u32; Class::COUNT]>,
    lengths: Vec<u32>,
    /// Block starts up to and including each segment.
    breaks: Vec<u32>,
    /// Headings among the segments before each; one entry more than segments.
    headings: Vec<u32>,
}

impl SideData {
    pub(crate) fn new() -> Self {
        Self {
            offsets: vec![0],
            tokens: Vec::new(),
            class_counts: vec![[0; Class::COUNT]],
            lengths: vec![0],
            breaks: Vec::new(),
            headings: vec![0],
        }
    }

    /// Adds the next segment; `breaks` is 1 where a paragraph, heading or the like begins with it.
    pub(crate) fn push(&mut self, tokens: impl IntoIterator<Item = Token>, length: usize, breaks: u32) {
        self.breaks.push(self.breaks.last().copied().unwrap_or(0) + breaks);
        let mut counts = self.class_counts[self.class_counts.len() - 1];
        for token in tokens {
            counts[token.class as usize] += 1;
            self.tokens.push(token);
        }
        self.class_counts.push(counts);
        self.offsets.push(self.tokens.len() as u32);
        self.lengths.push(self.lengths[self.lengths.len() - 1] + length as u32);
    }

    /// Number of segments.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The tokens of `segment`.
    pub(crate) fn tokens(&self, segment: usize) -> &[Token] {
        &self.tokens[self.offsets[segment] as usize..self.offsets[segment + 1] as usize]
    }

    /// How many tokens of each class stand in segments `from..to`.
    pub(crate) fn class_counts(&self, from: usize, to: usize) -> [u32; Class::COUNT] {
        let mut counts = self.class_counts[to];
        for (count, before) in counts.iter_mut().zip(self.class_counts[from]) {
            *count -= before;
        }
        counts
    }

    /// How many tokens of `class` and its like stand in segments `from..to`.
    #[inline]
    pub(crate) fn count_alike(&self, class: Class, from: usize, to: usize) -> u32 {
        let expected = class.expected();
        let maybe = expected.maybe();
        let count = self.class_count(expected, from, to);
        if maybe == expected { count } else { count + self.class_count(maybe, from, to) }
    }

    /// How many tokens of `class` stand in segments `from..to`.
    #[inline]
    pub(crate) fn class_count(&self, class: Class, from: usize, to: usize) -> u32 {
        self.class_counts[to][class as usize] - self.class_counts[from][class as usize]
    }

    /// Says whether the segment just added is a heading.
    pub(crate) fn mark_heading(&mut self, heading: u32) {
        self.headings.push(self.headings[self.headings.len() - 1] + heading);
    }

    /// Whether a heading stands among segments `from..to`.
    pub(crate) fn has_heading(&self, from: usize, to: usize) -> bool {
        self.headings[to] > self.headings[from]
    }

    /// Block boundaries inside segments `from..to`.
    pub(crate) fn breaks(&self, from: usize, to: usize) -> u32 {
        if from >= to { 0 } else { self.breaks[to - 1] - self.breaks[from] }
    }

    /// Measured characters before each segment, and in all.
    pub(crate) fn running_lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// Block starts up to and including each segment.
    pub(crate) fn running_breaks(&self) -> &[u32] {
        &self.breaks
    }

    /// Headings before each segment, and in all.
    pub(crate) fn running_headings(&self) -> &[u32] {
        &self.headings
    }

    /// Measured characters in segments `from..to`.
    pub(crate) fn length(&self, from: usize, to: usize) -> f64 {
        f64::from(self.lengths[to] - self.lengths[from])
    }
}
