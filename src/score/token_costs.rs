//! The costs of the tokens of all beads of a small bitext, read once for all starts of fitting.
//!
//! In: costs by row, type and column. Out: those of a row and a type. Guarantee: pure.

use std::ops::Range;

use super::prior::LINKED;

/// The costs of the tokens of all beads of a bitext, by row, type and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenCosts {
    pub(super) targets: usize,
    pub(super) costs: Vec<i32>,
}

impl TokenCosts {
    /// The costs of the beads of type `index` that start in row `source` and in `columns`.
    pub(super) fn get(&self, source: usize, index: usize, columns: Range<usize>) -> &[i32] {
        let at = (source * LINKED.len() + index) * self.targets;
        &self.costs[at + columns.start..at + columns.end]
    }
}
