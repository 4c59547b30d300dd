//! How to search.
//!
//! In: nothing. Out: [`SearchOptions`]. Guarantee: the defaults are those of `tuned.rs`.

use crate::tuned::search as tuned;

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SearchOptions {
    /// Stretches of at most this many cells are searched whole.
    pub whole_cells: usize,
    /// `whole_cells` for a step on the way around a ladder found before.
    pub passing_cells: usize,
    /// Longer stretches of at most this many cells are searched in a band, and the result held against the
    /// whole lattice: time O(cells), space 2 bytes a cell.
    pub proof_cells: usize,
    /// Half the width at most of the band around the chain of hints in which a first look is taken, in target
    /// segments.
    pub band: usize,
    /// Stretches of at most this many cells have it taken whole.
    pub draft_cells: usize,
    /// Cells that any later step looks at, at most, for each segment of a window of both sides; one pass begun
    /// before is ended.
    pub most_cells: usize,
    /// Cells that such a step may look at in all, at least: a short bitext may take more for each segment.
    pub least_cells: usize,
    /// Half the band's width around a ladder found before, in a step on the way, in target segments.
    pub narrow: usize,
    /// Half the band's width around a ladder found before, in the last search, before widening.
    pub check: usize,
    /// Source segments whose posteriors are summed up together.
    pub window: usize,
    /// Source segments on either side of them that the sums take in.
    pub overlap: usize,
    /// Of a stretch of more than 2 × `sample` source segments, a step on the way looks at about `sample` of them,
    /// in evenly spread windows: enough to learn from.
    pub sample: usize,
    /// Costs are divided by this when probabilities are made of them.
    pub temperature: f64,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            whole_cells: tuned::WHOLE_CELLS,
            passing_cells: tuned::PASSING_CELLS,
            proof_cells: tuned::PROOF_CELLS,
            band: tuned::BAND,
            draft_cells: tuned::DRAFT_CELLS,
            most_cells: tuned::MOST_CELLS,
            least_cells: tuned::LEAST_CELLS,
            narrow: tuned::NARROW,
            check: tuned::CHECK,
            window: tuned::WINDOW,
            overlap: tuned::OVERLAP,
            sample: tuned::SAMPLE,
            temperature: 1.0,
        }
    }
}
