//! Dates in words and digits, in all month systems; times of day.
//!
//! In: tokens. Out: one anchor per day, month or year named. Guarantee: total; a range such as
//! «يومي 22 و23 تموز 2024» gives a full date for each of its days, a slash pair such as
//! «أبريل/نيسان» gives one month.

use rust_decimal::prelude::ToPrimitive;

use super::calendar::PartialDate;
use super::month::{Beside, Month, month};
use super::spelled::Form;
use super::token::{Letters, Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use super::{spelled_arabic, spelled_western};
use crate::language::{Calendar, Cue, Habit, NumberWord, Unit, UnitWord};

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
    match token.kind {
        TokenKind::Digits => numeric(reader, at, out)
            .or_else(|| time(reader, at, out))
            .or_else(|| days_then_month(reader, at, out))
            .or_else(|| hijri_year(reader, at, out)),
        TokenKind::Sign(_) => None,
        TokenKind::Arabic | TokenKind::Latin => {
            let senses = token.senses?;
            (senses.month.is_some().then(|| month_then_days(reader, at, out)).flatten())
                .or_else(|| senses.number.is_some().then(|| days_then_month(reader, at, out)).flatten())
                .or_else(|| senses.weekday.and_then(|day| weekday(reader, at, day, out)))
        }
    }
}

/// `23/7/2024`, `2024-07-23`, `23.7.2024`, `7/2024`.
fn numeric(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let sign = reader.glued_sign(at + 1).filter(|c| matches!(c, '/' | '-' | '.' | '–' | '−'))?;
    if !reader.is_glued(at + 2) || !reader.is_digits(at + 2) {
        return None;
    }
    // Another run of digits before or after makes it a number of another kind.
    let glued_before =
        reader.is_glued(at) && matches!(reader.sign(at - 1), Some('/' | '-' | '.' | ',' | '–'));
    if glued_before {
        return None;
    }
    let counts = [reader.digit_count(at), reader.digit_count(at + 2), reader.digit_count(at + 4)];
    let (a, b) = (reader.small(at)?, reader.small(at + 2)?);
    let third = (reader.glued_sign(at + 3) == Some(sign) && reader.is_glued(at + 4) && counts[2] > 0)
        .then(|| reader.small(at + 4))
        .flatten();
    let date = |y: u32, m: u32, d: u32| {
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        let calendar = if (1300..1500).contains(&y) { Calendar::Hijri } else { Calendar::Gregorian };
        Some(PartialDate { calendar, year: u16::try_from(y).ok(), month: Some(m as u8), day: Some(d as u8) })
    };
    let start = reader.tokens[at].start;
    let Some(c) = third else {
        if sign == '/'
            && counts[1] == 4
            && counts[0] <= 2
            && (1..=12).contains(&a)
            && (1900..=2099).contains(&b)
        {
            let value = PartialDate::gregorian(Some(b as u16), Some(a as u8), None);
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
    if more {
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
    let next = era(reader, at + 5).map_or(at + 5, |(_, next)| next);
    let mut anchor =
        Anchor::new(AnchorKind::Date, AnchorValue::Date(value), start, reader.tokens[next - 1].end);
    anchor.also = also.map(AnchorValue::Date);
    out.push(anchor);
    Some(next)
}

/// `10:30`, `3:30 pm`, «10:30 مساءً».
fn time(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let applies = reader.glued_sign(at + 1) == Some(':')
        && reader.is_glued(at + 2)
        && reader.digit_count(at + 2) == 2
        && reader.digit_count(at) <= 2;
    let (mut hour, minute) = (reader.small(at).filter(|_| applies)?, reader.small(at + 2)?);
    if hour > 24 || minute > 59 {
        return None;
    }
    let mut next = at + 3;
    if reader.glued_sign(next) == Some(':') && reader.is_glued(next + 1) && reader.digit_count(next + 1) == 2
    {
        next += 2;
    }
    let afternoon = match reader.slice(next) {
        "pm" | "PM" => Some(1),
        "am" | "AM" => Some(0),
        "p" | "P" | "a" | "A"
            if reader.glued_sign(next + 1) == Some('.') && matches!(reader.slice(next + 2), "m" | "M") =>
        {
            let half = u32::from(matches!(reader.slice(next), "p" | "P"));
            next += 2;
            Some(half)
        }
        word if word.starts_with("مساء") => Some(1),
        word if word.starts_with("صباح") => Some(0),
        _ => None,
    };
    if let Some(half) = afternoon {
        next += 1;
        hour = if hour <= 12 { hour % 12 + 12 * half } else { hour };
    }
    let value = AnchorValue::Time { hour: hour as u8, minute: minute as u8 };
    out.push(Anchor::new(AnchorKind::Time, value, reader.tokens[at].start, reader.tokens[next - 1].end));
    Some(next)
}

/// «22 تموز 2024», "22nd of July", «السابع من أكتوبر», "22–23 July".
fn days_then_month(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let days = day_list(reader, at)?;
    let mut next = days.next;
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

fn push_days(reader: &Reader<'_>, days: &[Day], month: Month, year: Option<u16>, out: &mut Vec<Anchor>) {
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
            Some(t) if t.kind == TokenKind::Latin => {
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
    let word = reader.number(at)?;
    let spelled = match reader.get(at)?.kind {
        TokenKind::Arabic => spelled_arabic::spelled(reader, at)?,
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
fn year(reader: &Reader<'_>, month: Month) -> Option<(u16, usize)> {
    let mut at = month.next;
    let comma = matches!(reader.sign(at), Some(',' | '،'));
    at += usize::from(comma);
    let mut cue = false;
    if !comma {
        at += usize::from(reader.cue(at) == Some(Cue::Of) && !reader.is_word(at + 2));
        if reader.cue(at) == Some(Cue::Of) && reader.cue(at + 1) == Some(Cue::Year) {
            at += 1;
        }
        if reader.cue(at) == Some(Cue::Year) || is_year_unit(reader, at) {
            (cue, at) = (true, at + 1);
        }
    }
    let value = reader.small(at)?;
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
        (_, 4) if comma => (1500..2200).contains(&value),
        (_, 4) => (1000..2200).contains(&value),
        (_, 3) => cue,
        _ => false,
    };
    let value = u16::try_from(value).ok().filter(|_| plausible)?;
    Some((value, era.map_or(at + 1, |(_, next)| next)))
}

fn is_year_unit(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).and_then(|t| t.senses).is_some_and(|s| s.unit == Some(UnitWord::Plain(Unit::Year)))
}

/// An era mark at `at` and the token after it: «هـ», «م», "AH".
fn era(reader: &Reader<'_>, at: usize) -> Option<(Calendar, usize)> {
    match reader.cue(at) {
        Some(Cue::Hijri) => Some((Calendar::Hijri, at + 1)),
        Some(Cue::Gregorian) => Some((Calendar::Gregorian, at + 1)),
        _ if reader.slice(at) == "م" => Some((Calendar::Gregorian, at + 1)),
        _ => None,
    }
}

/// «1445هـ», «2024م», "1445 AH".
fn hijri_year(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let count = reader.digit_count(at);
    let value = u16::try_from(reader.small(at)?).ok()?;
    let (calendar, next) = era(reader, at + 1)?;
    let plausible = match calendar {
        Calendar::Hijri => (1..=4).contains(&count) && value < 1700,
        // «م» is the metre too.
        Calendar::Gregorian => {
            let year = reader.cue_before(at) == Some(Cue::Year);
            count == 4 && (1000..2200).contains(&value) || year && (2..=4).contains(&count) && value < 2200
        }
    };
    if !plausible {
        return None;
    }
    let value = PartialDate { calendar, year: Some(value), month: None, day: None };
    out.push(Anchor::new(
        AnchorKind::Date,
        AnchorValue::Date(value),
        reader.tokens[at].start,
        reader.tokens[next - 1].end,
    ));
    Some(next)
}

/// A day of the week; Arabic ones need the article, as «أحد» is "one" and «خميس» a name.
fn weekday(reader: &Reader<'_>, at: usize, day: u8, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    let named = match token.kind {
        TokenKind::Arabic => {
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
