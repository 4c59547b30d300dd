//! Evidence → cost of a bead.
//!
//! In: a bitext, its anchors and word pairs. Out: a [`CostModel`](crate::bitext::CostModel) and, for a
//! finished alignment, the evidence of each bead in items. Guarantee: pure and deterministic.
//!
//! ```
//! use muqabala::bitext::{Bead, Bitext, CostModel, Lang, SegmentedDocument, Sides};
//! use muqabala::score::{ScoreOptions, Scorer};
//!
//! let lines = |texts: [&str; 2]| SegmentedDocument::from_lines(&texts.map(str::to_owned));
//! let bitext = Bitext {
//!     documents: Sides::new(
//!         lines(["Der Vertrag gilt seit 2019.", "Wir danken."]),
//!         lines(["The contract has been in force since 2019.", "Thank you."]),
//!     ),
//!     languages: Sides::new("de".parse()?, Lang::english()),
//! };
//! let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
//! let model = scorer.model();
//! // The year speaks for the right bead.
//! assert!(model.bead(Bead::new((0, 1), (0, 1))) < model.bead(Bead::new((0, 1), (1, 2))));
//! # Ok::<(), muqabala::bitext::LangError>(())
//! ```

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
mod key_marks;
mod known;
mod ln;
mod masses;
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
