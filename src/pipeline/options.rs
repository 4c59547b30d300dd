//! The options of an alignment.

use std::sync::Arc;

use crate::align::SearchOptions;
use crate::bitext::{Choices, Lang, Pin, Sides};
use crate::lexicon::Dictionary;
use crate::read::ReadOptions;
use crate::score::{ScoreOptions, TextEncoder, TextVectors};
use crate::segment::SegmentOptions;
use crate::tuned::learning;

/// Options of all stages, from texts or files to an alignment.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The languages; `None` detects one.
    pub languages: Sides<Option<Lang>>,
    /// How to read.
    pub read: ReadOptions,
    /// How to cut.
    pub segment: SegmentOptions,
    /// How to align.
    pub align: AlignOptions,
}

/// Options of an alignment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AlignOptions {
    /// What is chosen: which evidence, whether blocks may cross, whether the built-in lexicon is used.
    pub choices: Choices,
    /// The scoring model.
    pub score: ScoreOptions,
    /// The search.
    pub search: SearchOptions,
    /// Places that the alignment must keep.
    pub pins: Vec<Pin>,
    /// Dictionaries to use besides the built-in one and what is learnt from the documents.
    pub dictionaries: Vec<Dictionary>,
    /// Sentence vectors of both sides' texts, if there are any.
    pub vectors: Option<Arc<Sides<TextVectors>>>,
    /// What makes sentence vectors of the texts, such as a model folder; where there are `vectors`, they count.
    pub encoder: Option<Arc<dyn TextEncoder>>,
    /// Rounds of learning from the documents themselves; one fewer for long ones of which dictionaries know most
    /// words, aligned by themselves.
    pub rounds: usize,
    /// Beads of at least this posterior are learnt from, 0 to 1.
    pub believe: f64,
    /// Whether each bead says why it stands.
    pub explanations: Explanations,
}

/// Whether each bead carries its evidence and what is doubtful in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explanations {
    /// Evidence and doubts, itemised.
    #[default]
    Full,
    /// Beads with their costs and confidence alone: faster, for whoever keeps no more than these.
    Omitted,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            choices: Choices::default(),
            score: ScoreOptions::default(),
            search: SearchOptions::default(),
            pins: Vec::new(),
            dictionaries: Vec::new(),
            vectors: None,
            encoder: None,
            rounds: learning::ROUNDS,
            believe: learning::BELIEVE,
            explanations: Explanations::default(),
        }
    }
}
