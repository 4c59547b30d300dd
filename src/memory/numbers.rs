//! Numbers that stand on one side only.

use crate::anchor::{Anchor, AnchorKey, AnchorKind, Strength, anchors};
use crate::bitext::Lang;
use crate::language::Profile;
use crate::normalize::{digit, is_invisible, is_mark};

/// The runs of digits in `text`, in any kind of digits, sorted. The quick look that spares most pairs the long
/// one.
pub(super) fn digit_runs(text: &str, out: &mut Vec<u64>) {
    out.clear();
    let mut run: Option<u64> = None;
    for c in text.chars() {
        match digit(c) {
            Some((value, _)) => run = Some(run.unwrap_or(0).wrapping_mul(10).wrapping_add(u64::from(value))),
            None => out.extend(run.take()),
        }
    }
    out.extend(run);
    out.sort_unstable();
}

/// The numbers written in digits that have no equal opposite: those of `one`, those of `other`.
///
/// Number words, dates in other calendars and other digits count as equals.
pub(super) fn missing(one: (&str, &Lang), other: (&str, &Lang)) -> (Vec<String>, Vec<String>) {
    let (of_one, of_other) = (anchors(one.0, one.1), anchors(other.0, other.1));
    let mut of_one_alone = unmatched(one.0, &of_one, &of_other, other.0);
    let mut of_other_alone = unmatched(other.0, &of_other, &of_one, one.0);
    said_by_number(&mut of_one_alone, &of_other_alone, other);
    said_by_number(&mut of_other_alone, &of_one_alone, one);
    // "In 2024" is translated as "this year".
    let only_years = of_one_alone.iter().chain(&of_other_alone).all(|number| is_year(number));
    if only_years && (of_one_alone.is_empty() || of_other_alone.is_empty()) {
        return (Vec::new(), Vec::new());
    }
    (of_one_alone, of_other_alone)
}

/// Takes out the numbers that grammar says opposite: one by the singular, two by the dual where the language has one.
/// Where numbers are left over there, they are rather what was mistaken.
fn said_by_number(numbers: &mut Vec<String>, left_over: &[String], opposite: (&str, &Lang)) {
    if !left_over.is_empty() {
        return;
    }
    let mut duals = duals(opposite.0, opposite.1);
    numbers.retain(|number| match number.split(' ').next() {
        Some("1") => false,
        Some("2") if duals > 0 => {
            duals -= 1;
            false
        }
        _ => true,
    });
}

/// How many words of `text` may say two of a thing.
fn duals(text: &str, lang: &Lang) -> usize {
    let Some(profile) = Profile::of(lang) else { return 0 };
    let is_dual = |word: &str| {
        let letters: String = word.chars().filter(|c| !is_mark(*c) && !is_invisible(*c)).collect();
        letters.chars().count() > 4 && profile.dual_endings().any(|ending| letters.ends_with(ending))
    };
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| is_dual(word)).count()
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

fn unmatched(text: &str, own: &[Anchor], opposite: &[Anchor], opposite_text: &str) -> Vec<String> {
    let mut keys: Vec<AnchorKey> = opposite.iter().flat_map(Anchor::keys).collect();
    keys.sort_unstable();
    let mut firsts: Vec<AnchorKey> = opposite.iter().filter_map(|o| o.keys().first().copied()).collect();
    firsts.sort_unstable();
    let mut runs = Vec::new();
    digit_runs(opposite_text, &mut runs);
    let is_missing = |anchor: &&Anchor| {
        let counts = matches!(
            anchor.kind,
            AnchorKind::Number
                | AnchorKind::Percent
                | AnchorKind::Money
                | AnchorKind::Quantity
                | AnchorKind::Date
                | AnchorKind::Time
        );
        let written = &text[anchor.span.start..anchor.span.end];
        if !counts || anchor.strength == Strength::Weak || !written.chars().any(|c| digit(c).is_some()) {
            return false;
        }
        let own_keys = anchor.keys();
        let equal = if anchor.kind == AnchorKind::Date {
            // One of the two may leave out the year; the same month alone is not the same date.
            own_keys.first().is_some_and(|key| keys.binary_search(key).is_ok())
                || own_keys.iter().any(|key| firsts.binary_search(key).is_ok())
        } else {
            own_keys.iter().any(|key| keys.binary_search(key).is_ok())
        };
        if equal {
            return false;
        }
        let mut own_runs = Vec::new();
        digit_runs(written, &mut own_runs);
        !own_runs.iter().all(|run| runs.binary_search(run).is_ok())
    };
    own.iter().filter(is_missing).map(Anchor::display).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(ar: &str, en: &str) -> String {
        let (a, b) = missing((ar, &Lang::arabic()), (en, &Lang::english()));
        format!("{a:?} {b:?}")
    }

    #[test]
    fn other_digits_words_and_spellings_are_equal() {
        assert_eq!(shown("عام ٢٠٠٨", "in 2008"), "[] []");
        assert_eq!(shown("ستة ملفات", "6 files"), "[] []");
        assert_eq!(shown("١٬٠٠٠ دولار", "1,000 dollars"), "[] []");
        assert_eq!(shown("يومي 22 و23 تموز 2024", "on July 22 and 23, 2024"), "[] []");
    }

    #[test]
    fn one_and_two_are_said_by_the_form_of_the_noun() {
        assert_eq!(shown("في الغرفة كرسيان وطاولتان", "The room has 2 chairs and 2 tables."), "[] []");
        assert_eq!(shown("اشترينا كتابين", "We bought 2 books"), "[] []");
        assert_eq!(shown("كيلو سكر", "1 kilo of sugar"), "[] []");
        assert_eq!(shown("كتب كثيرة", "2 books"), "[] [\"2\"]");
        assert_eq!(shown("3 كتابين", "2 books"), "[\"3\"] [\"2\"]");
    }

    #[test]
    fn what_differs_is_named() {
        assert_eq!(shown("في 22 تموز", "on July 23"), "[\"22 July\"] [\"23 July\"]");
        assert_eq!(shown("عام 2008", "in 2009"), "[\"2008\"] [\"2009\"]");
        assert_eq!(shown("عام 2008", "in that year"), "[] []");
    }
}
