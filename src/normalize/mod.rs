//! Comparison keys: what two spellings of the same thing have in common.
//!
//! In: text. Out: keys to compare, never text to store or export. Guarantee: pure and total; the same text always
//! gives the same key.

mod digits;
mod fold;
mod irregular;
mod stem;
mod words;

pub use digits::{DigitKind, digit, fold_digit};
pub use fold::fold_arabic;
pub use stem::{stem, stem_candidates};
pub use words::{Word, each_word, measured_length, words};
