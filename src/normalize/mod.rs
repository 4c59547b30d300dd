//! Comparison keys: what two spellings of the same thing have in common.
//!
//! In: text. Out: keys to compare, never text to store or export. Guarantee: pure and total; the same text always
//! gives the same key.

mod chars;
mod digits;
mod irregular;
mod mojibake;
#[cfg(feature = "review")]
mod particles;
#[cfg(feature = "review")]
mod search;
mod search_key;
mod stem;
#[cfg(feature = "review")]
mod unseen;
mod words;

#[cfg(feature = "documents")]
pub(crate) use chars::is_mark_or_form;
pub(crate) use chars::{
    fold_arabic, is_arabic_letter, is_arabic_word, is_basic_arabic, is_combining, is_hangul, is_inside_words,
    is_invisible, is_mark, is_unspaced, script_of,
};
pub(crate) use digits::{digit, fold_digit};
pub(crate) use mojibake::{arabic_shown_as_latin, utf8_shown_in};
#[cfg(feature = "review")]
pub(crate) use particles::{attached_forms, with_particles};
#[cfg(feature = "review")]
pub(crate) use search::each_search_word;
pub(crate) use search_key::search_key;
pub(crate) use stem::{stem, stem_candidates};
#[cfg(feature = "review")]
pub(crate) use unseen::{Seen, SeenPlaces};
pub(crate) use words::{each_word, folded_places, measured_length, words};
