//! Years with their eras: «1445هـ», «2024م», "570 BC", «٥٧٠ ق.م.», "AD 622".
//!
//! In: tokens. Out: an anchor of a year, or the era that stands at a token. Guarantee: total.

use super::calendar::PartialDate;
use super::token::{Letters, Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::language::{Calendar, Cue};

/// From when years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    /// From the first year of a calendar.
    Of(Calendar),
    /// Backwards from the birth of Christ.
    BeforeChrist,
}

impl Era {
    const fn of_cue(cue: Cue) -> Option<Self> {
        Some(match cue {
            Cue::Hijri => Self::Of(Calendar::Hijri),
            Cue::Gregorian => Self::Of(Calendar::Gregorian),
            Cue::SolarHijri => Self::Of(Calendar::SolarHijri),
            Cue::BeforeChrist => Self::BeforeChrist,
            _ => return None,
        })
    }

    /// The year `year` of this era.
    pub(super) const fn year(self, year: i32) -> PartialDate {
        let (calendar, year) = match self {
            Self::Of(calendar) => (calendar, year),
            Self::BeforeChrist => (Calendar::Gregorian, -year),
        };
        PartialDate { calendar, year: Some(year), month: None, day: None }
    }
}

/// The era mark at `at` and the token after it: «هـ», «م», "AH", "B.C.", «قبل الميلاد».
pub(super) fn era(reader: &Reader<'_>, at: usize) -> Option<(Era, usize)> {
    if let Some(found) = dotted(reader, at) {
        return Some(found);
    }
    match reader.cue(at) {
        Some(Cue::Before) if reader.cue(at + 1) == Some(Cue::Christ) => {
            let before = reader.slice(at).ends_with("قبل");
            Some((if before { Era::BeforeChrist } else { Era::Of(Calendar::Gregorian) }, at + 2))
        }
        // "Of the Hijra".
        Some(Cue::Of) if reader.slice(at + 1) == "the" && reader.cue(at + 2) == Some(Cue::Hijri) => {
            Some((Era::Of(Calendar::Hijri), at + 3))
        }
        Some(cue) => Era::of_cue(cue).map(|era| (era, at + 1)),
        None if reader.slice(at) == "م" => Some((Era::Of(Calendar::Gregorian), at + 1)),
        None => None,
    }
}

/// «ق.م.», "B.C.E.": single letters with points between them, as the profile has them.
fn dotted(reader: &Reader<'_>, at: usize) -> Option<(Era, usize)> {
    const LONGEST: usize = 3;
    let mut word = reader.folded(at);
    if word.chars().count() != 1 || reader.glued_sign(at + 1) != Some('.') {
        return None;
    }
    let (mut next, mut found) = (at + 1, None);
    for _ in 1..LONGEST {
        if reader.glued_sign(next) != Some('.') || !reader.is_glued(next + 1) || !reader.is_word(next + 1) {
            break;
        }
        word.push('.');
        word.push_str(&reader.folded(next + 1));
        next += 2;
        if let Some(era) = reader.words.get(&word).and_then(|s| s.cue).and_then(Era::of_cue) {
            // The last point belongs to it unless the text ends there.
            let point = reader.glued_sign(next) == Some('.') && reader.get(next + 1).is_some();
            found = Some((era, next + usize::from(point)));
        }
    }
    found
}

/// A year in digits with its era behind it.
pub(super) fn year_before_era(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let count = reader.digit_count(at);
    let value = i32::try_from(reader.small(at)?).ok()?;
    let (era, next) = era(reader, at + 1)?;
    let plausible = match era {
        Era::Of(Calendar::Hijri | Calendar::SolarHijri) => (1..=4).contains(&count) && value < 1700,
        Era::BeforeChrist => (1..=4).contains(&count),
        // «م» is the metre too.
        Era::Of(_) if reader.slice(at + 1) == "م" => {
            let year = reader.cue_before(at) == Some(Cue::Year);
            count == 4 && (1000..2200).contains(&value) || year && (2..=4).contains(&count) && value < 2200
        }
        Era::Of(_) => (2..=4).contains(&count) && value < 2200,
    };
    plausible.then(|| push(reader, at, next, era.year(value), out))
}

/// "AD 622", "AH 1440".
pub(super) fn year_behind_era(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.get(at).filter(|t| t.kind == TokenKind::Latin)?;
    if !matches!(token.letters, Letters::Upper | Letters::Single) {
        return None;
    }
    let (era, digits) = era(reader, at).filter(|(era, _)| *era != Era::BeforeChrist)?;
    let value = i32::try_from(reader.small(digits)?).ok()?;
    let plausible = (1..=4).contains(&reader.digit_count(digits)) && (1..2200).contains(&value);
    plausible.then(|| push(reader, at, digits + 1, era.year(value), out))
}

fn push(reader: &Reader<'_>, at: usize, next: usize, date: PartialDate, out: &mut Vec<Anchor>) -> usize {
    let (start, end) = (reader.tokens[at].start, reader.tokens[next - 1].end);
    out.push(Anchor::new(AnchorKind::Date, AnchorValue::Date(date), start, end));
    next
}
