//! Dates in words and digits, in all month systems; times of day.
//!
//! In: tokens. Out: one anchor per day, month or year named. Guarantee: total; a range such as
//! «يومي 22 و23 تموز 2024» gives a full date for each of its days, a slash pair such as
//! «أبريل/نيسان» gives one month.

use rust_decimal::prelude::ToPrimitive;

use super::calendar::PartialDate;
use super::era::{Era, era, year_before_era, year_behind_era};
use super::letter_numeral::{hebrew_day, hebrew_year};
use super::month::{Beside, Month, month};
use super::spelled::Form;
use super::token::{Letters, Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use super::{spelled_arabic, spelled_myriad, spelled_number, spelled_western};
use crate::language::{Calendar, Cue, Grammar, Habit, NumberWord, Said, Unit, UnitWord};

/// A day of the month and where it stands.
#[derive(Debug, Clone, Copy)]
struct Day {
    number: u8,
    start: usize,
    end: usize,
}

/// The most days joined before or after one month.
const MOST_DAYS: usize = 6;

/// Days joined before or after a month.
#[derive(Debug, Default)]
struct Days {
    days: Vec<Day>,
    /// The token after the last day.
    next: usize,
}

/// Reads the date or time that starts at token `at`, if one does: pushes its anchors, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.get(at)?;
    if reader.words.grammar() == Some(Grammar::Myriad)
        && let Some(next) = spelled_myriad::date_or_time(reader, at, out)
    {
        return Some(next);
    }
    match token.kind {
        TokenKind::Digits => numeric(reader, at, out)
            .or_else(|| days_then_month(reader, at, out))
            .or_else(|| year_before_era(reader, at, out)),
        TokenKind::Sign(_) => None,
        TokenKind::Arabic | TokenKind::Latin | TokenKind::Letters => {
            let senses = token.senses?;
            (senses.cue.is_some().then(|| year_behind_era(reader, at, out)).flatten())
                .or_else(|| senses.weekday_begins.then(|| weekday_of_two(reader, at, out)).flatten())
                .or_else(|| senses.month.is_some().then(|| month_then_days(reader, at, out)).flatten())
                .or_else(|| senses.number.is_some().then(|| days_then_month(reader, at, out)).flatten())
                .or_else(|| senses.weekday.and_then(|day| weekday(reader, at, day, out)))
        }
    }
}

/// «כ״ט בנובמבר»: the day of a month in Hebrew letters.
pub(super) fn read_hebrew_day(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    hebrew_day(reader, at)?;
    days_then_month(reader, at, out)
}

/// Where blanks stand in a date in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blanks {
    Nowhere,
    /// Round the signs, as forms and letters have them: «١٢ / ٥ / ٢٠٢٠».
    Around,
    /// Behind points: `22. 7. 2024`, `2024. 7. 22.`
    BehindPoints,
}

impl Blanks {
    /// How they stand round the sign at `at`.
    fn round(reader: &Reader<'_>, at: usize) -> Option<Self> {
        match (reader.is_glued(at), reader.is_glued(at + 1)) {
            (true, true) => Some(Self::Nowhere),
            (false, false) => Some(Self::Around),
            (true, false) if reader.sign(at) == Some('.') => Some(Self::BehindPoints),
            _ => None,
        }
    }
}

/// `23/7/2024`, `2024-07-23`, `23.7.2024`, `22. 7. 2024`, `7/2024`.
fn numeric(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let sign = reader.sign(at + 1).filter(|c| matches!(c, '/' | '-' | '.' | '–' | '−'))?;
    let blanks = Blanks::round(reader, at + 1)?;
    let spaced = blanks != Blanks::Nowhere;
    let follows = |at: usize| {
        reader.sign(at) == Some(sign) && reader.is_digits(at + 1) && Blanks::round(reader, at) == Some(blanks)
    };
    // `22.7. 2024`
    let mixed = blanks == Blanks::Nowhere
        && reader.words.has(Habit::PointAfterDay)
        && sign == '.'
        && reader.is_digits(at + 4)
        && Blanks::round(reader, at + 3) == Some(Blanks::BehindPoints);
    if !follows(at + 1) {
        return None;
    }
    // Another run of digits before or after makes it a number of another kind.
    let glued_before =
        reader.is_glued(at) && matches!(reader.sign(at - 1), Some('/' | '-' | '.' | ',' | '–'));
    if glued_before || at > 1 && spaced && reader.sign(at - 1) == Some(sign) && reader.is_digits(at - 2) {
        return None;
    }
    let counts = [reader.digit_count(at), reader.digit_count(at + 2), reader.digit_count(at + 4)];
    let (a, b) = (reader.small(at)?, reader.small(at + 2)?);
    let third = (follows(at + 3) || mixed).then(|| reader.small(at + 4)).flatten();
    // `2024. 7.`
    let month_of_year = blanks == Blanks::BehindPoints
        && third.is_none()
        && reader.words.grammar() == Some(Grammar::Myriad)
        && counts[0] == 4
        && counts[1] <= 2
        && (1000..2200).contains(&a)
        && (1..=12).contains(&b)
        && reader.glued_sign(at + 3) == Some('.');
    if month_of_year {
        let value = AnchorValue::Date(PartialDate::gregorian(Some(a as i32), Some(b as u8), None));
        out.push(Anchor::new(AnchorKind::Date, value, reader.tokens[at].start, reader.tokens[at + 3].end));
        return Some(at + 4);
    }
    if (spaced || mixed) && (third.is_none() || !counts.contains(&4)) {
        return None;
    }
    let date = |y: u32, m: u32, d: u32| {
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        let calendar = match y {
            1200..1500 if reader.words.says(Said::Month(Calendar::SolarHijri)) => Calendar::SolarHijri,
            1300..1500 => Calendar::Hijri,
            _ => Calendar::Gregorian,
        };
        Some(PartialDate { calendar, year: i32::try_from(y).ok(), month: Some(m as u8), day: Some(d as u8) })
    };
    let start = reader.tokens[at].start;
    let Some(c) = third else {
        if sign == '/'
            && counts[1] == 4
            && counts[0] <= 2
            && (1..=12).contains(&a)
            && (1900..=2099).contains(&b)
        {
            let value = PartialDate::gregorian(Some(b as i32), Some(a as u8), None);
            out.push(Anchor::new(
                AnchorKind::Date,
                AnchorValue::Date(value),
                start,
                reader.tokens[at + 2].end,
            ));
            return Some(at + 3);
        }
        return None;
    };
    let more = matches!(reader.glued_sign(at + 5), Some('/' | '-' | '.'))
        && reader.is_glued(at + 6)
        && reader.is_digits(at + 6);
    if more || blanks == Blanks::Around && follows(at + 5) {
        return None;
    }
    let short = |n: u32| if n < 50 { 2000 + n } else { 1900 + n };
    let (first, second) = match counts {
        [4, 1 | 2, 1 | 2] => (date(a, b, c), date(a, c, b).filter(|_| date(a, b, c).is_none())),
        [1 | 2, 1 | 2, 4 | 2] if counts[2] == 4 || sign != '-' && counts[1] == 2 => {
            let y = if counts[2] == 4 { c } else { short(c) };
            let (day_first, month_first) = (date(y, b, a), date(y, a, b));
            if reader.words.has(Habit::MonthFirst) && sign == '/' {
                (month_first, day_first)
            } else {
                (day_first, month_first)
            }
        }
        _ => return None,
    };
    let value = first.or(second)?;
    let also = second.filter(|&s| first.is_some() && s != value);
    // The point behind the day of `2024. 7. 22.` is the date's.
    let point = blanks == Blanks::BehindPoints && counts[0] == 4 && reader.glued_sign(at + 5) == Some('.');
    let next = at + 5 + usize::from(point);
    let next = era(reader, next).map_or(next, |(_, next)| next);
    let mut anchor =
        Anchor::new(AnchorKind::Date, AnchorValue::Date(value), start, reader.tokens[next - 1].end);
    anchor.also = also.map(AnchorValue::Date);
    out.push(anchor);
    Some(next)
}

/// «22 تموز 2024», "22nd of July", «السابع من أكتوبر», "22–23 July".
fn days_then_month(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let days = day_list(reader, at)?;
    let mut next = days.next;
    // "The tenth day of March".
    let ordinal = matches!(reader.number(next - 1), Some(NumberWord::Ordinal(_)))
        || reader.words.is_ordinal_suffix(reader.slice(next - 1));
    let unit = reader.get(next).and_then(|t| t.senses).and_then(|s| s.unit);
    let day = ordinal && unit == Some(UnitWord::Plain(Unit::Day));
    next += usize::from(day && reader.cue(next + 1) == Some(Cue::Of));
    next += usize::from(reader.cue(next) == Some(Cue::Of));
    next += usize::from(reader.cue(next) == Some(Cue::Month));
    let month = month(reader, next, Beside::Day)?;
    let (year, next) = year(reader, month).map_or((None, month.next), |(y, next)| (Some(y), next));
    push_days(reader, &days.days, month, year, out);
    if let Some(last) = out.last_mut() {
        last.span.end = reader.tokens[next - 1].end;
    }
    Some(next)
}

/// «تموز 2024», "July 22 and 23, 2024", "May".
fn month_then_days(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let found = month(reader, at, Beside::Nothing)?;
    let start = reader.tokens[at].start;
    if reader.is_digits(found.next)
        && let Some(days) = day_list(reader, found.next)
        && let Some(days) = days_after_month(reader, days)
    {
        let after = Month { next: days.next, ..found };
        let year = year(reader, after);
        if !reader.words.has(Habit::DayAfterMonthNeedsYear) || year.is_some() {
            let (year, next) = year.map_or((None, days.next), |(y, next)| (Some(y), next));
            let first = out.len();
            push_days(reader, &days.days, found, year, out);
            out[first].span.start = start;
            if let Some(last) = out.last_mut() {
                last.span.end = reader.tokens[next - 1].end;
            }
            return Some(next);
        }
    }
    let (year, next) = year(reader, found).map_or((None, found.next), |(y, next)| (Some(y), next));
    let value = PartialDate { calendar: found.calendar, year, month: Some(found.number), day: None };
    let mut anchor =
        Anchor::new(AnchorKind::Date, AnchorValue::Date(value), start, reader.tokens[next - 1].end);
    if year.is_none() {
        anchor.strength = found.strength;
    }
    out.push(anchor);
    Some(next)
}

fn push_days(reader: &Reader<'_>, days: &[Day], month: Month, year: Option<i32>, out: &mut Vec<Anchor>) {
    for day in days {
        let value =
            PartialDate { calendar: month.calendar, year, month: Some(month.number), day: Some(day.number) };
        let (start, end) = (reader.tokens[day.start].start, reader.tokens[day.end - 1].end);
        out.push(Anchor::new(AnchorKind::Date, AnchorValue::Date(value), start, end));
    }
}

/// The days that belong to the month before them: of several, not one that counts something else, as in
/// "July 22 and 5 people".
fn days_after_month(reader: &Reader<'_>, mut list: Days) -> Option<Days> {
    if list.days.len() > 1 {
        let belongs = match reader.get(list.next) {
            Some(t) if matches!(t.kind, TokenKind::Latin | TokenKind::Letters) => {
                t.letters != Letters::Lower || t.senses.is_some_and(|s| s.cue.is_some())
            }
            Some(t) => t.kind != TokenKind::Digits || reader.digit_count(list.next) == 4,
            None => true,
        };
        if !belongs {
            list.days.pop();
            list.next = list.days.last()?.end;
        }
    }
    reader.number(list.next).is_none().then_some(list)
}

/// One or more days: "22", "22nd and 23rd", «22 و23», «من 5 إلى 7», «الثاني والعشرين».
fn day_list(reader: &Reader<'_>, at: usize) -> Option<Days> {
    let mut list = Days { days: Vec::with_capacity(1), next: at };
    let (day, next) = one_day(reader, at)?;
    list.days.push(Day { number: day, start: at, end: next });
    list.next = next;
    while list.days.len() < MOST_DAYS {
        let connector = usize::from(
            matches!(reader.sign(list.next), Some('-' | '–' | '—' | ',' | '،' | '/' | '&' | '؛'))
                || matches!(reader.cue(list.next), Some(Cue::And | Cue::To)),
        );
        let joined = reader.get(list.next).is_some_and(|t| t.clitics.and && !t.clitics.preposition);
        if connector == 0 && !joined {
            break;
        }
        let mut from = list.next + connector;
        // "5, and 6": a comma and a word.
        from += usize::from(
            connector == 1 && reader.sign(list.next).is_some() && reader.cue(from) == Some(Cue::And),
        );
        let Some((day, next)) = one_day(reader, from) else { break };
        list.days.push(Day { number: day, start: from, end: next });
        list.next = next;
    }
    Some(list)
}

/// A day of the month in digits or as an ordinal, and the token after it.
fn one_day(reader: &Reader<'_>, at: usize) -> Option<(u8, usize)> {
    if reader.is_digits(at) {
        let day = reader.small(at).filter(|d| (1..=31).contains(d) && reader.digit_count(at) <= 2)?;
        let mut next = at + 1;
        if matches!(reader.glued_sign(next), Some('.' | ',' | ':' | '٫'))
            && reader.is_glued(next + 1)
            && reader.is_digits(next + 1)
        {
            return None;
        }
        if reader.is_glued(next)
            && matches!(reader.slice(next), "st" | "nd" | "rd" | "th" | "er" | "ST" | "ND" | "RD" | "TH")
        {
            next += 1;
        }
        if reader.words.has(Habit::PointAfterDay) && reader.glued_sign(next) == Some('.') {
            next += 1;
        }
        return Some((day as u8, next));
    }
    if let Some(day) = hebrew_day(reader, at) {
        return Some(day);
    }
    let word = reader.number(at)?;
    let spelled = match reader.get(at)?.kind {
        TokenKind::Arabic if reader.words.grammar() == Some(Grammar::Arabic) => {
            spelled_arabic::spelled(reader, at)?
        }
        _ if reader.words.has(Habit::SpelledDays) => {
            spelled_western::spelled(reader, at).filter(|s| s.form == Form::Ordinal)?
        }
        _ => return None,
    };
    let whole = matches!(spelled.form, Form::Ordinal | Form::Cardinal)
        && !matches!(word, NumberWord::Fraction(..) | NumberWord::Rough(_));
    let day = spelled.value.to_u8().filter(|d| whole && (1..=31).contains(d))?;
    (spelled.value.fract().is_zero()).then_some((day, spelled.next))
}

/// The year after a month or day, and the token after it.
fn year(reader: &Reader<'_>, month: Month) -> Option<(i32, usize)> {
    let mut at = month.next;
    let comma = matches!(reader.sign(at), Some(',' | '،'));
    at += usize::from(comma);
    let mut cue = false;
    if !comma {
        at += usize::from(
            reader.cue(at) == Some(Cue::Of) && (!reader.is_word(at + 2) || reader.number(at + 1).is_some()),
        );
        if reader.cue(at) == Some(Cue::Of) && reader.cue(at + 1) == Some(Cue::Year) {
            at += 1;
        }
        if reader.cue(at) == Some(Cue::Year) || is_year_unit(reader, at) {
            (cue, at) = (true, at + 1);
        }
    }
    if let Some(year) = hebrew_year(reader, at) {
        return Some(year);
    }
    let Some(value) = reader.small(at) else { return spelled_year(reader, at, cue, month.calendar) };
    let count = reader.digit_count(at);
    let grouped = matches!(reader.glued_sign(at + 1), Some(',' | '.' | '٬' | '٫' | ':'))
        && reader.is_glued(at + 2)
        && reader.is_digits(at + 2);
    if grouped
        || reader
            .number(at + 1)
            .is_some_and(|n| matches!(n, NumberWord::Scale(_) | NumberWord::ScalePlural(_)))
    {
        return None;
    }
    let era = era(reader, at + 1);
    let plausible = match (month.calendar, count) {
        _ if era.is_some() => (1..=4).contains(&count),
        (Calendar::Hijri, 4) => (1000..1700).contains(&value),
        (Calendar::SolarHijri, 4) => (1200..1500).contains(&value),
        (Calendar::Hebrew, 4) => (5000..6000).contains(&value),
        (_, 4) if comma => (1500..2200).contains(&value),
        (_, 4) => (1000..2200).contains(&value) || is_buddhist(reader, value),
        (_, 3) => cue,
        _ => false,
    };
    let mut value = i32::try_from(value).ok().filter(|_| plausible)?;
    if is_buddhist(reader, value as u32) {
        value -= BUDDHIST;
    }
    if era.is_some_and(|(era, _)| era == Era::BeforeChrist) {
        value = -value;
    }
    Some((value, era.map_or(at + 1, |(_, next)| next)))
}

/// By how many years the years of the Buddhist calendar are ahead.
pub(super) const BUDDHIST: i32 = 543;

/// Whether a year is one of the Buddhist calendar.
pub(super) fn is_buddhist(reader: &Reader<'_>, year: u32) -> bool {
    reader.words.has(Habit::BuddhistYears) && (2400..2700).contains(&year)
}

/// The year in words after a month: «عام ألفين وأربعة وعشرين», "nineteen eighty-four".
fn spelled_year(reader: &Reader<'_>, at: usize, cue: bool, calendar: Calendar) -> Option<(i32, usize)> {
    reader.number(at)?;
    let spelled = spelled_number::spelled(reader, at)?;
    let value = spelled.value.to_i32()?;
    let sure = cue || spelled.form == Form::Year;
    let era = era(reader, spelled.next);
    let plausible = match calendar {
        // «سنة إحدى وستين للهجرة»
        _ if cue && era.is_some() => (1..6000).contains(&value),
        Calendar::Gregorian => {
            (1900..2100).contains(&value) && value % 1000 != 0 || sure && (1000..2200).contains(&value)
        }
        _ => sure && (100..6000).contains(&value),
    };
    let whole = matches!(spelled.form, Form::Cardinal | Form::Year) && spelled.value.fract().is_zero();
    let value = if era.is_some_and(|(era, _)| era == Era::BeforeChrist) { -value } else { value };
    (plausible && whole).then(|| (value, era.map_or(spelled.next, |(_, next)| next)))
}

fn is_year_unit(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).and_then(|t| t.senses).is_some_and(|s| s.unit == Some(UnitWord::Plain(Unit::Year)))
}

/// A day of the week; Arabic ones need the article, as «أحد» is "one" and «خميس» a name.
fn weekday(reader: &Reader<'_>, at: usize, day: u8, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    let named = match token.kind {
        TokenKind::Arabic if reader.words.grammar() == Some(Grammar::Arabic) => {
            token.clitics.article && !matches!(reader.number(at + 1), Some(NumberWord::Teen(10)))
        }
        _ => token.letters != Letters::Lower || reader.words.has(Habit::SmallWeekdays),
    };
    if !named {
        return None;
    }
    out.push(Anchor::new(AnchorKind::Weekday, AnchorValue::Weekday(day), token.start, token.end));
    Some(at + 1)
}

/// A day of the week by two words: «יום שני», «segunda-feira».
fn weekday_of_two(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let second = at + 1 + usize::from(reader.sign(at + 1) == Some('-'));
    let first = reader.folded(at);
    // With or without a preposition before it.
    let bare = first.char_indices().nth(1).map_or("", |(at, _)| &first[at..]);
    let words = reader.words;
    let then = reader.folded(second);
    let day =
        words.weekday_of_two_words(&first, &then).or_else(|| words.weekday_of_two_words(bare, &then))?;
    let (start, end) = (reader.tokens[at].start, reader.tokens[second].end);
    out.push(Anchor::new(AnchorKind::Weekday, AnchorValue::Weekday(day), start, end));
    Some(second + 1)
}
