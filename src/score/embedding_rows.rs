//! What beads cost with the evidence of sentence embeddings, row by row.
//!
//! In: rows of costs without it, and the model. Out: [`RowCosts`]. Guarantee: equal to [`Model`]'s beads, to the unit.

use std::ops::Range;

use crate::bitext::{Bead, Cost, CostModel, DEAREST, RowCosts};

use super::model::Model;
use super::prior::LINKED;
use super::row_costs::CostRows;

/// Rows of costs with the evidence of embeddings added.
pub(super) struct EmbeddedRows<'a> {
    pub(super) rows: CostRows<'a>,
    pub(super) model: &'a Model<'a>,
    pub(super) first: usize,
    pub(super) columns: &'a [Range<usize>],
}

impl RowCosts for EmbeddedRows<'_> {
    fn fill(&mut self, row: usize, costs: &mut [i32]) {
        self.rows.fill(row, costs);
        let (n, m) = self.model.size();
        let (source, columns) = (self.first + row, self.columns[row].clone());
        let room = costs.len() / columns.len().max(1);
        for (k, t) in LINKED.iter().take(room).enumerate() {
            for (c, target) in columns.clone().enumerate() {
                let cost = &mut costs[k * columns.len() + c];
                let (s_end, t_end) = (source + t.source as usize, target + t.target as usize);
                if *cost == DEAREST || s_end > n || t_end > m {
                    continue;
                }
                let bead = Bead::new((source as u32, s_end as u32), (target as u32, t_end as u32));
                let more = Cost::from_nats(self.model.embedding_nats(bead)).units();
                *cost = i32::try_from(i64::from(*cost) + more).unwrap_or(DEAREST);
            }
        }
    }
}
