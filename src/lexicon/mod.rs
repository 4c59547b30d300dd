//! Word-pair evidence: dictionaries, looks, and translation probabilities learnt from the documents.
//!
//! In: the vocabularies of two sides, dictionaries, beads with weights. Out: a table of word-pair ratios.
//! Guarantee: deterministic; nothing depends on hash order or on the number of threads.
//!
//! ```
//! use muqabala::lexicon::{Dictionary, import};
//!
//! let mut own = Dictionary::new(None);
//! own.add("كتاب", "book", 1.0);
//! assert_eq!(own.translations("كتاب")[0].term, "book");
//! // A file of two columns, as a user has it.
//! let imported = import("house\tبيت; دار\n".as_bytes())?;
//! assert_eq!(imported.dictionaries[0].translations("house").len(), 2);
//! # Ok::<(), muqabala::lexicon::LexiconError>(())
//! ```

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
pub(crate) use induce::{LearntPair, MOST_PAIRS, TrainingBead, learn};
pub(crate) use links::Links;
pub(crate) use names::{cognates, names, same_spelling};
pub(crate) use pair_table::{PairTable, PairTableBuilder};
pub(crate) use pool::Pool;
pub use units::{LearntWord, UnitPair, learn_words};
pub(crate) use vocabulary::{KeyId, Vocabulary};
