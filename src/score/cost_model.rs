//! The scoring model as the search sees it: what beads cost, in rows, in a draft, and where to look first.
//!
//! In: a [`Model`]. Out: a [`CostModel`]. Guarantee: rows and single beads agree to the unit.

use std::ops::Range;

use crate::bitext::{Bead, BeadType, Cost, CostModel, Hint, RowCosts, Side};

use super::draft::Draft;
use super::embedding_rows::EmbeddedRows;
use super::hints;
use super::model::Model;
use super::prior::{LINKED, SIMPLE, USUAL};
use super::row_costs::CostRows;

impl Model<'_> {
    fn rows_of<'b>(
        &'b self,
        first: usize,
        columns: &'b [Range<usize>],
        usual: bool,
    ) -> Box<dyn RowCosts + 'b> {
        let rows = CostRows::new(self, first, columns, usual);
        if self.embedded() {
            Box::new(EmbeddedRows { rows, model: self, first, columns })
        } else {
            Box::new(rows)
        }
    }
}

impl CostModel for Model<'_> {
    fn size(&self) -> (usize, usize) {
        (self.sides.source.len(), self.sides.target.len())
    }

    fn linked_types(&self) -> &[BeadType] {
        // Lengths alone cannot tell rarer ones.
        if self.tokens_are_silent() && !self.embedded() { &LINKED[..SIMPLE] } else { &LINKED }
    }

    fn bead(&self, bead: Bead) -> Cost {
        let embedding = Cost::from_nats(self.embedding_nats(bead));
        Cost::from_units(self.bead_units(bead, &self.bead_masses(bead))) + embedding
    }

    fn null(&self, _side: Side, _segment: usize) -> Cost {
        Cost::from_nats(self.weights.null_extend)
    }

    fn null_open(&self, _side: Side) -> Cost {
        Cost::from_nats(self.weights.null_open)
    }

    fn hints(&self) -> Vec<Hint> {
        hints::hints(self)
    }

    fn draft(&self) -> Option<Box<dyn CostModel + '_>> {
        Some(Box::new(Draft::new(self)))
    }

    fn usual_types(&self) -> usize {
        USUAL.min(self.linked_types().len())
    }

    fn rows<'a>(&'a self, first: usize, columns: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        self.rows_of(first, columns, false)
    }

    fn usual_rows<'a>(&'a self, first: usize, columns: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        self.rows_of(first, columns, true)
    }
}
