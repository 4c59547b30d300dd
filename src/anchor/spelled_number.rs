//! Number words, by the grammar of the text's language.
//!
//! In: tokens. Out: what a run of words says. Guarantee: total.

use super::spelled::Spelled;
use super::token::Reader;
use super::{spelled_arabic, spelled_scale_first, spelled_western};
use crate::language::Grammar;

/// The number that the words from `at` on say, in a language that has such words one by one; those that are written as
/// signs (Chinese, Japanese) are read elsewhere.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    match reader.words.grammar()? {
        Grammar::Arabic => spelled_arabic::spelled(reader, at),
        Grammar::Western => spelled_western::spelled(reader, at),
        Grammar::ScaleFirst => spelled_scale_first::spelled(reader, at),
        Grammar::Myriad => None,
    }
}
