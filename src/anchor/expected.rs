//! Which values of a text one may look for in its translation into a given language.
//!
//! In: an anchor, its text, the language opposite. Out: whether that language is known to say such a value in a way that
//! is read. Guarantee: pure; what is written alike everywhere, such as digits, is always expected.

use rust_decimal::Decimal;

use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::bitext::Lang;
use crate::language::{Said, Words};
use crate::normalize::digit;

/// Whether a value of `text`, which is in `own` language, is read in a text of `language` that translates it, however it
/// is said there.
///
/// A weekday is expected where weekdays are read, a number word where number words are. Digits stay digits, but small
/// numbers become words, and millions digits with a word for the power of ten. "Half of them" may be 50 % as well.
pub(crate) fn is_expected(anchor: &Anchor, text: &str, own: &Lang, language: &Lang) -> bool {
    const SMALL: Decimal = Decimal::TEN;
    const LARGE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
    let words = Words::of(language);
    let says = |said| words.says(said);
    let written = &text[anchor.span.range()];
    let in_digits = written.chars().any(|c| digit(c).is_some());
    let helps = || Words::of(own).numbers_only_help();
    let number = |n: Decimal| {
        if in_digits {
            let size = n.abs();
            (size > SMALL || !n.fract().is_zero() || says(Said::Cardinal))
                && (size < LARGE || says(Said::Scale))
        } else {
            !helps() && if n.fract().is_zero() { says(Said::Cardinal) } else { says_rest(words, n) }
        }
    };
    match &anchor.value {
        _ if is_part(anchor, text) => false,
        AnchorValue::Weekday(_) => says(Said::Weekday),
        AnchorValue::Date(date) => match date.month {
            Some(_) => says(Said::Month(date.calendar)),
            None => in_digits || says(Said::Cardinal),
        },
        AnchorValue::Decade(_) => in_digits || says(Said::Decade),
        AnchorValue::Approximate(_) => says(Said::Rough) && !helps(),
        AnchorValue::Fraction { denominator, .. } => {
            says(Said::Fraction) && words.says_parts(*denominator) && (in_digits || !helps())
        }
        AnchorValue::Time { .. } => written.contains(':') || says(Said::Clock),
        AnchorValue::Number(n) if anchor.kind == AnchorKind::Ordinal => {
            in_digits || !helps() && u16::try_from(*n).is_ok_and(|n| words.says_ordinal(n))
        }
        AnchorValue::Number(_) if anchor.kind == AnchorKind::ListMarker => true,
        // "A week" is "1 week" elsewhere.
        AnchorValue::Quantity { amount, .. } => *amount != Decimal::ONE && number(*amount),
        AnchorValue::Number(n) | AnchorValue::Percent(n) | AnchorValue::Money { amount: n, .. } => number(*n),
        AnchorValue::Text(_) | AnchorValue::Telephone(_) | AnchorValue::Letter(_) => true,
    }
}

/// Whether the part of a number that is no whole one is said in words that are read: halves, quarters, tenths.
fn says_rest(words: &Words, n: Decimal) -> bool {
    let quarters = n * Decimal::from(4);
    let denominator = match (n * Decimal::TWO).fract().is_zero() {
        true => 2,
        false if quarters.fract().is_zero() => 4,
        false => 10,
    };
    words.says(Said::Fraction) && words.says_parts(denominator)
}

/// Whether a value is a part of something, in a word: "half of them", «ربع الإنتاج».
pub(crate) fn is_part(anchor: &Anchor, text: &str) -> bool {
    let of_one = match &anchor.value {
        AnchorValue::Fraction { numerator, .. } => *numerator == 1,
        AnchorValue::Number(n) => n.is_sign_positive() && !n.is_zero() && *n < Decimal::ONE,
        _ => false,
    };
    of_one && !text[anchor.span.range()].chars().any(|c| digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::anchors;
    use super::*;

    /// Which of the anchors of an English text are expected in a language.
    fn expected(text: &str, language: &str) -> String {
        let language: Lang = language.parse().unwrap();
        let found = anchors(text, &Lang::english());
        let shown =
            found.iter().filter(|a| is_expected(a, text, &Lang::english(), &language)).map(Anchor::display);
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_a_language_is_not_known_to_say_is_not_expected() {
        let text = "On Monday, 22 July 2024, twenty-three of 50 men paid 5 dollars, 3 million in 2023";
        let all = "Monday | 2024-07-22 | 23 | 50 | 5 dollars | 3000000 | 2023";
        assert_eq!(expected(text, "ar"), all);
        assert_eq!(expected(text, "ru"), all);
        // Of Burmese nothing is known, of Bengali all of it.
        assert_eq!(expected(text, "my"), "50 | 2023");
        assert_eq!(expected(text, "bn"), all);
        assert_eq!(expected("the third day of Ramadan", "ru"), "");
        assert_eq!(expected("the third day of Ramadan", "ar"), "3 Ramadan");
        // Spanish says the third in a word that is read, and the nineteenth by a cardinal; Swahili has halves alone here.
        assert_eq!(expected("the third house, the nineteenth day, two thirds", "es"), "3 | 2/3");
        assert_eq!(expected("the third house, the nineteenth day, two thirds", "fr"), "3 | 19 | 2/3");
        assert_eq!(expected("two thirds", "sw"), "");
    }
}
