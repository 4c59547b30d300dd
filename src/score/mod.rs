//! Evidence → cost of a bead.
//!
//! In: a bitext, its anchors and word pairs. Out: a [`CostModel`](crate::bitext::CostModel) and, for a
//! finished alignment, the evidence of each bead in items. Guarantee: pure and deterministic.

mod confidence;
mod cost_model;
mod draft;
mod embedding;
mod embedding_rows;
mod encode;
mod explain;
mod fit;
mod gains;
mod hints;
mod known;
mod ln;
mod model;
mod nulls;
mod options;
mod prior;
mod related;
mod row_costs;
mod rows;
mod scorer;
mod side_data;
#[cfg(test)]
mod tests;
mod token_costs;
mod tokens;
mod vectors;
mod worth;

pub use confidence::confidence;
pub use encode::{EncodeError, Encoded, TextEncoder};
pub use explain::Explanation;
pub use model::Model;
pub use nulls::NullPrior;
pub use options::ScoreOptions;
pub use scorer::{Scorer, Start};
pub use token_costs::TokenCosts;
pub use vectors::{TextVectors, VectorsError};
