//! Numerals that are no decimal digits: Hebrew letters (תשפ״ד, כ״ט) and Ethiopic signs (፳፻፲፮).
//!
//! In: tokens. Out: the number that a run of them says, or an anchor of it. Guarantee: total; Hebrew letters, which make
//! abbreviations too, say a number only as a year or as the day of a month.

use rust_decimal::Decimal;

use super::calendar::PartialDate;
use super::token::{Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::language::Calendar;

/// Letters of Hebrew in the order of the alphabet, with their numbers; those at the end of a word have none of their own.
const HEBREW: [(char, u32); 27] = [
    ('א', 1),
    ('ב', 2),
    ('ג', 3),
    ('ד', 4),
    ('ה', 5),
    ('ו', 6),
    ('ז', 7),
    ('ח', 8),
    ('ט', 9),
    ('י', 10),
    ('כ', 20),
    ('ך', 20),
    ('ל', 30),
    ('מ', 40),
    ('ם', 40),
    ('נ', 50),
    ('ן', 50),
    ('ס', 60),
    ('ע', 70),
    ('פ', 80),
    ('ף', 80),
    ('צ', 90),
    ('ץ', 90),
    ('ק', 100),
    ('ר', 200),
    ('ש', 300),
    ('ת', 400),
];

/// The number of a Hebrew letter.
pub(super) fn hebrew_letter(c: char) -> Option<u32> {
    HEBREW.iter().find(|(letter, _)| *letter == c).map(|(_, value)| *value)
}

/// The number that the Hebrew letters from `at` on say, marked as one by gershayim or geresh, and the token after it:
/// תשפ״ד is 784, ה׳ 5.
fn hebrew(reader: &Reader<'_>, at: usize) -> Option<(u32, usize)> {
    let mark = reader.glued_sign(at + 1)?;
    let (last, next) = match mark {
        '״' | '"' | '\u{201D}' if reader.is_glued(at + 2) => (reader.slice(at + 2), at + 3),
        '׳' | '\'' | '\u{2019}' => ("", at + 2),
        _ => return None,
    };
    let (first, mut rest) = (reader.slice(at), u32::MAX);
    if first.is_empty() || last.chars().count() > 1 || (last.is_empty() && first.chars().count() > 1) {
        return None;
    }
    let mut sum = 0;
    for c in first.chars().chain(last.chars()) {
        let value = hebrew_letter(c)?;
        // From the largest to the smallest; ת may stand several times.
        if value > rest || value == rest && value != 400 {
            return None;
        }
        (sum, rest) = (sum + value, value);
    }
    // 15 and 16 are written as 9 and 6, 9 and 7.
    let written = first.chars().chain(last.chars()).collect::<String>();
    (!written.ends_with("יה") && !written.ends_with("יו")).then_some((sum, next))
}

/// The day of a month that Hebrew letters from `at` on say, and the token after it.
pub(super) fn hebrew_day(reader: &Reader<'_>, at: usize) -> Option<(u8, usize)> {
    let (day, next) = hebrew(reader, at).filter(|(day, _)| (1..=30).contains(day))?;
    Some((day as u8, next))
}

/// The year that Hebrew letters from `at` on say, with or without its thousands (ה׳תשפ״ד), and the token after it.
pub(super) fn hebrew_year(reader: &Reader<'_>, at: usize) -> Option<(i32, usize)> {
    let from = match reader.slice(at) {
        "ה" if matches!(reader.glued_sign(at + 1), Some('׳' | '\'' | '\u{2019}'))
            && reader.is_glued(at + 2) =>
        {
            at + 2
        }
        _ => at,
    };
    let (year, next) = hebrew(reader, from).filter(|(year, _)| (500..1000).contains(year))?;
    Some((5000 + year as i32, next))
}

/// Reads a numeral of signs or a year of letters: pushes its anchor, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.get(at)?;
    let (kind, value, next) = match token.kind {
        TokenKind::Sign(c) if ethiopic_sign(c).is_some() => {
            let (value, next) = ethiopic(reader, at)?;
            (AnchorKind::Number, AnchorValue::Number(Decimal::from(value)), next)
        }
        TokenKind::Letters => {
            let (year, next) = year_alone(reader, at)?;
            let date = PartialDate { calendar: Calendar::Hebrew, year: Some(year), month: None, day: None };
            (AnchorKind::Date, AnchorValue::Date(date), next)
        }
        _ => return None,
    };
    out.push(Anchor::new(kind, value, token.start, reader.tokens[next - 1].end));
    Some(next)
}

/// A year in letters that nothing else marks as one: in a century of which people still write, and no abbreviation.
fn year_alone(reader: &Reader<'_>, at: usize) -> Option<(i32, usize)> {
    reader.words.says_hebrew_years().then_some(())?;
    hebrew_year(reader, at).filter(|(year, _)| (5_600..5_900).contains(year))
}

/// The number that the Ethiopic signs from `at` on say, and the token after it.
fn ethiopic(reader: &Reader<'_>, at: usize) -> Option<(u64, usize)> {
    let (mut total, mut hundreds, mut group) = (0u64, 0u64, 0u64);
    let mut next = at;
    while next == at || reader.is_glued(next) {
        let Some(value) = reader.sign(next).and_then(ethiopic_sign) else { break };
        match value {
            100 => (hundreds, group) = (hundreds.checked_add(group.max(1) * 100)?, 0),
            10_000 => {
                total = total.checked_add((hundreds + group).max(1))?.checked_mul(10_000)?;
                (hundreds, group) = (0, 0);
            }
            value => group += value,
        }
        next += 1;
    }
    Some((total.checked_add(hundreds + group)?, next))
}

/// The number of an Ethiopic sign.
pub(super) fn ethiopic_sign(c: char) -> Option<u64> {
    let place = u64::from(u32::from(c).checked_sub(0x1369)?);
    Some(match place {
        0..=8 => place + 1,
        9..=17 => (place - 8) * 10,
        18 => 100,
        19 => 10_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::anchors;
    use super::*;

    fn read(text: &str, language: &str) -> String {
        let found = anchors(text, &language.parse().unwrap());
        found.iter().map(Anchor::display).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn hebrew_letters_say_years_and_days_of_months() {
        insta::assert_snapshot!(read("בשנת תשפ״ד", "he"), @"5784 AM");
        insta::assert_snapshot!(read("כ״ט בנובמבר 1947", "he"), @"1947-11-29");
        insta::assert_snapshot!(read("ה׳ באייר תש״ח", "he"), @"5 Iyar 5708 AM");
        insta::assert_snapshot!(read("ט\"ו בניסן ה'תשפ\"ד", "he"), @"15 Nisan 5784 AM");
        // Abbreviations are no numbers.
        insta::assert_snapshot!(read("צה״ל וארה״ב, חז״ל, ח״כ כהן, ד״ר לוי", "he"), @"");
    }

    #[test]
    fn a_year_in_letters_is_its_gregorian_year_too() {
        let hebrew = anchors("תש״ח", &"he".parse().unwrap());
        let english = anchors("in 1948", &"en".parse().unwrap());
        assert!(hebrew[0].keys().iter().any(|key| english[0].keys().contains(key)));
    }

    #[test]
    fn ethiopic_signs_add_up() {
        insta::assert_snapshot!(read("፳፻፲፮ ዓ.ም. ፭ ፲፪ ፻ ፲፻ ፪፼፫፻፬ ፼፩", "am"), @"2016 | 5 | 12 | 100 | 1000 | 20304 | 10001");
    }
}
