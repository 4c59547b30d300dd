//! Stage 3a: anchors, the values in a segment that should recur opposite.
//!
//! In: a segment's text and its language. Out: [`Anchor`]s in the order of the text: numbers, dates, money,
//! quantities, addresses, Latin words, list markers; and, for names across scripts, skeletons of their consonants to compare.
//! Guarantee: pure, total and linear in the text; spans lie on character boundaries, in order, without overlap; two
//! languages give the same keys for the same thing. Stage 4 weighs each key by its rarity in the document.
//!
//! ```
//! use muqabala::anchor::anchors;
//! use muqabala::bitext::Lang;
//! let arabic = anchors("يومي 22 و23 تموز 2024", &Lang::arabic());
//! let english = anchors("on July 22 and 23, 2024", &Lang::english());
//! assert_eq!(arabic[0].display(), "2024-07-22");
//! assert_eq!(arabic[0].keys(), english[0].keys());
//! assert_eq!(arabic[1].keys(), english[1].keys());
//! ```

mod calendar;
mod clock;
mod count;
mod date;
mod digits;
mod dual;
mod era;
mod expected;
mod key;
mod letter_numeral;
mod lookup;
mod month;
mod name;
mod number;
mod sound;
mod spelled;
mod spelled_arabic;
mod spelled_myriad;
mod spelled_number;
mod spelled_scale_first;
mod spelled_western;
mod symbol;
mod telephone;
mod token;
mod unit_word;
mod value;

pub use calendar::PartialDate;
pub(crate) use expected::{is_expected, is_part};
pub use key::AnchorKey;
pub use name::name_similarity;
pub(crate) use name::{skeleton, skeleton_similarity};
pub use value::{Anchor, AnchorKind, AnchorValue, Strength};

pub use crate::language::{Calendar, Currency, Unit};

use crate::bitext::Lang;
use crate::language::Words;

use token::{Reader, TokenKind};

/// The anchors of `text`, in order.
///
/// Number words and names of months are read in the languages whose profiles have them; digits, symbols, addresses
/// and codes in every language.
pub fn anchors(text: &str, language: &Lang) -> Vec<Anchor> {
    let reader = Reader::new(text, Words::of(language));
    let mut out = Vec::new();
    let mut at = symbol::list_marker(&reader, &mut out).unwrap_or(0);
    while let Some(token) = reader.get(at) {
        let found = match token.kind {
            TokenKind::Arabic if token.senses.is_none() => {
                unit_word::read_dual_and_part(&reader, at, &mut out)
                    .or_else(|| dual::read(&reader, at, &mut out))
            }
            TokenKind::Letters if token.senses.is_none() => date::read_hebrew_day(&reader, at, &mut out)
                .or_else(|| letter_numeral::read(&reader, at, &mut out)),
            TokenKind::Sign('\u{1369}'..='\u{137C}') => letter_numeral::read(&reader, at, &mut out),
            TokenKind::Latin if token.senses.is_none() => symbol::read(&reader, at, &mut out),
            TokenKind::Sign('@') => symbol::read(&reader, at, &mut out),
            TokenKind::Sign('+' | '(') => {
                telephone::read(&reader, at, &mut out).or_else(|| number::read(&reader, at, &mut out))
            }
            TokenKind::Digits => symbol::read(&reader, at, &mut out)
                .or_else(|| clock::read(&reader, at, &mut out))
                .or_else(|| date::read(&reader, at, &mut out))
                .or_else(|| telephone::read(&reader, at, &mut out))
                .or_else(|| number::read(&reader, at, &mut out)),
            _ => clock::read(&reader, at, &mut out)
                .or_else(|| date::read(&reader, at, &mut out))
                .or_else(|| number::read(&reader, at, &mut out))
                .or_else(|| symbol::read(&reader, at, &mut out)),
        };
        at = found.unwrap_or(at + 1);
    }
    out
}

#[cfg(test)]
mod tests;
