//! Word-pair evidence: dictionaries, and translation probabilities learnt from the documents themselves.
//!
//! In: the vocabularies of two sides, dictionaries, beads with weights. Out: a table of word-pair ratios.
//! Guarantee: deterministic; nothing depends on hash order or on the number of threads.

mod dictionary;
mod induce;
mod pair_table;
mod vocabulary;

pub use dictionary::{Dictionary, KeyPair};
pub use induce::{LearntPair, TrainingBead, learn};
pub use pair_table::{PairTable, PairTableBuilder, Ratios};
pub use vocabulary::{KeyId, Vocabulary};
