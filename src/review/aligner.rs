//! The aligner of the workbench: the pipeline's, for a part of the documents with fixed beads.
//!
//! What comes in: a part of a bitext and the beads that people fixed. What goes out: an alignment that keeps
//! them, or an empty one where they cannot be kept, which the project then does not take.

use crate::bitext::{Alignment, Bitext, Pin};
use crate::pipeline::{AlignOptions, Crossing, align};
use crate::project::Realigner;

/// The pipeline's aligner with fixed options.
#[derive(Debug, Clone)]
pub struct PipelineAligner {
    options: AlignOptions,
}

impl PipelineAligner {
    /// An aligner with `options`; their pins are replaced at every call.
    pub const fn new(options: AlignOptions) -> Self {
        Self { options }
    }
}

impl Realigner for PipelineAligner {
    fn realign(&self, bitext: &Bitext, pins: &[Pin]) -> Alignment {
        let mut options = self.options.clone();
        options.pins = pins.to_vec();
        // Blocks that moved out of a window are not to be found in it.
        options.crossing = Crossing::Forbidden;
        align(bitext, &options).unwrap_or_default()
    }
}
