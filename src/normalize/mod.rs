//! Comparison keys: what two spellings of the same thing have in common.
//!
//! What comes in: text. What goes out: keys to compare, never text to store or export. What it
//! guarantees: pure and total; the same text always gives the same key.

mod digits;
mod fold;
mod irregular;
mod stem;
mod words;

pub use digits::{DigitKind, digit, fold_digit};
pub use fold::fold_arabic;
pub use stem::{stem, stem_candidates};
pub(crate) use words::folded_places;
pub use words::{Word, each_word, measured_length, words};
