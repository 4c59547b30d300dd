//! Word-pair evidence: dictionaries, looks, and translation probabilities learnt from the documents.
//!
//! In: the vocabularies of two sides, dictionaries, beads with weights. Out: a table of word-pair ratios.
//! Guarantee: deterministic; nothing depends on hash order or on the number of threads.

mod builtin;
mod dictionary;
mod glued;
mod import;
mod imported;
mod induce;
mod links;
mod names;
mod pair_table;
mod pool;
mod termbase;
mod units;
mod vocabulary;

pub use builtin::{builtin, prepare_builtin};
pub use dictionary::{Dictionary, Translation};
pub use import::{import, tmx_units};
pub use imported::{ImportedLexicon, LexiconError, LexiconNotice};
pub use induce::{LearntPair, MOST_PAIRS, TrainingBead, learn};
pub use links::{KeyPair, Links};
pub use names::{Lookalike, cognates, names, same_spelling};
pub use pair_table::{PairTable, PairTableBuilder, Ratios};
pub use pool::Pool;
pub use units::{LearntWord, UnitPair, learn_words};
pub use vocabulary::{KeyId, Vocabulary};
