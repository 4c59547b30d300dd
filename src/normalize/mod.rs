//! Comparison keys: what two spellings of the same thing have in common.
//!
//! In: text. Out: keys to compare, never text to store or export. Guarantee: pure and total; the same text always
//! gives the same key.

mod chars;
mod digits;
mod irregular;
mod mojibake;
mod search;
mod stem;
mod words;

pub(crate) use chars::{
    fold_arabic, is_arabic_letter, is_arabic_word, is_basic_arabic, is_invisible, is_mark, is_mark_or_form,
    script_of,
};
pub(crate) use chars::{is_combining, is_hangul, is_inside_words, is_unspaced};
pub(crate) use digits::{digit, fold_digit};
pub(crate) use mojibake::{arabic_shown_as_latin, utf8_shown_in};
pub(crate) use search::{attached_forms, each_search_word, search_key};
pub(crate) use stem::{stem, stem_candidates};
pub(crate) use words::folded_places;
pub(crate) use words::{each_word, measured_length, words};
