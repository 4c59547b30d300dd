//! Numbers of Chinese, Japanese and Korean: digits before their powers of ten, in groups of four; and the dates and
//! times that are made of them.
//!
//! In: tokens. Out: the exact number that a run of digits and number words says (二十三万, 3億5千万, 이천이십사), or an
//! anchor of a date or time (2024年3月5日, 오후 3시 30분). Guarantee: total; a single number word counts only before what
//! it counts, as its letter is part of many other words.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::PartialDate;
use super::digits::{DigitNumber, DigitValue, digits};
use super::token::{Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::language::{Calendar, Cue, NumberWord, Unit, UnitWord};

/// A number and the token after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Myriad {
    pub(super) value: Decimal,
    pub(super) next: usize,
    /// How many number words it has.
    words: usize,
    /// Whether it has digits of a text.
    digits: bool,
    /// Whether it names a power of ten.
    scaled: bool,
    /// Whether it has words that no other word begins with: 스물, 서른; or decimals in words.
    unmistakable: bool,
    /// Another reading, where its power of ten counts things too: 12조 is the 12th article of a law as well.
    pub(super) also: Option<Decimal>,
}

/// The number from `at` on, if the number words alone make sure that it is one.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Myriad> {
    // In Korean, syllables of other words stand behind those of numbers.
    let hangul = reader.slice(at).chars().next().is_some_and(crate::normalize::is_hangul);
    let enough = if hangul { 3 } else { 2 };
    let inside_word = hangul && reader.is_glued(at) && reader.is_word(at - 1);
    let introduced = reader.cue_before(at);
    let ordinal = introduced == Some(Cue::OrdinalBefore);
    let percent = matches!(introduced, Some(Cue::PercentBefore | Cue::PerMilleBefore));
    let found = parse_up_to(reader, at, if ordinal { Scales::OfNumbersOnly } else { Scales::All })?;
    if found.digits {
        return found.scaled.then_some(found);
    }
    if found.words == 1 && reader.words.is_only_in_compounds(&reader.folded(at)) {
        return None;
    }
    let whole = found.scaled && found.words >= enough || found.unmistakable && found.words >= 2;
    let sure = !inside_word && (whole || is_counted(reader, found.next));
    (sure || ordinal || percent).then_some(found)
}

/// Whether what stands at `at` is counted by the number before it.
fn is_counted(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).and_then(|t| t.senses).is_some_and(|s| {
        s.counter
            || s.unit.is_some()
            || s.currency.is_some()
            || matches!(s.cue, Some(Cue::Percent | Cue::Year | Cue::Day | Cue::Month))
    })
}

/// Which powers of ten a number may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scales {
    All,
    /// Those whose word counts nothing: 제12조 is the 12th article, 第一万 the ten thousandth.
    OfNumbersOnly,
}

/// The number that the digits and number words from `at` on say.
fn parse(reader: &Reader<'_>, at: usize) -> Option<Myriad> {
    parse_up_to(reader, at, Scales::All)
}

/// Whether what a blank parts from a power of ten goes on with its number: 3억 5천만, 만 2345; of words, one that another
/// number word is joined to, or one of several syllables. A single syllable is another word more often: 제3조 이 법.
fn goes_on_after_blank(reader: &Reader<'_>, at: usize) -> bool {
    let joined =
        reader.is_glued(at + 1) && reader.number(at + 1).is_some_and(|n| !matches!(n, NumberWord::Ones(_)));
    if reader.is_digits(at) {
        let grouped = matches!(reader.glued_sign(at + 1), Some(','));
        return joined || grouped || reader.digit_count(at) >= 3;
    }
    joined || reader.slice(at).chars().nth(1).is_some()
}

fn parse_up_to(reader: &Reader<'_>, at: usize, scales: Scales) -> Option<Myriad> {
    let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
    let mut current: Option<Decimal> = None;
    let mut counted: Option<(Decimal, usize)> = None;
    let (mut last, mut positional) = (u64::MAX, 0usize);
    let mut out = Myriad {
        value: Decimal::ZERO,
        next: at,
        words: 0,
        digits: false,
        scaled: false,
        unmistakable: false,
        also: None,
    };
    loop {
        let next = out.next;
        // After a group of four, Korean puts a blank: 3억 5천만.
        if next > at && !reader.is_glued(next) {
            let group = (10_000..u64::MAX).contains(&last) && current.is_none();
            if !group || !goes_on_after_blank(reader, next) {
                break;
            }
        }
        if reader.is_digits(next) {
            if current.is_some() {
                break;
            }
            let Some(DigitNumber { value: DigitValue::Number(n), next: after, .. }) = digits(reader, next)
            else {
                break;
            };
            (current, out.next, out.digits, positional) = (Some(n), after, true, 0);
            continue;
        }
        match reader.number(next) {
            Some(NumberWord::Ones(n)) => {
                let n = Decimal::from(n);
                match current {
                    // 二〇二四: digits by their places.
                    Some(c) if positional > 0 && positional < 9 && !out.scaled => {
                        current = Some(c * Decimal::TEN + n);
                    }
                    // 一万零五: the zero stands for the places between.
                    Some(c) if out.scaled && c.is_zero() => current = Some(n),
                    Some(_) => break,
                    None => current = Some(n),
                }
                positional += 1;
                if let Some((decimals, words, after)) = decimals(reader, next + 1) {
                    current = current.and_then(|whole| whole.checked_add(decimals));
                    (out.scaled, out.unmistakable) = (true, true);
                    out.words += words + 1;
                    out.next = after;
                    continue;
                }
            }
            // 스물세, 서른다섯.
            Some(NumberWord::Tens(n)) if current.is_none() && (section % Decimal::ONE_HUNDRED).is_zero() => {
                section += Decimal::from(n);
                out.unmistakable = true;
            }
            Some(NumberWord::Teen(10)) => add(&mut section, &mut current, 10),
            Some(NumberWord::Hundred) => add(&mut section, &mut current, 100),
            Some(NumberWord::Scale(1000)) => add(&mut section, &mut current, 1000),
            Some(NumberWord::Scale(n)) if n < last => {
                let counts = reader.get(next).and_then(|t| t.senses).is_some_and(|s| s.counter);
                if counts && scales == Scales::OfNumbersOnly {
                    break;
                }
                let group = section + current.take().unwrap_or_default();
                // 万一: nothing before the myriad is no number.
                let Some(product) = group.checked_mul(Decimal::from(n)).filter(|p| !p.is_zero()) else {
                    break;
                };
                let Some(sum) = total.checked_add(product) else { break };
                let alone = counts && total.is_zero() && !has_amount_behind(reader, next + 1);
                counted = alone.then_some((group, next + 1));
                (total, section, last) = (sum, Decimal::ZERO, n);
            }
            _ => break,
        }
        out.scaled |= !matches!(reader.number(next), Some(NumberWord::Ones(_)));
        out.words += 1;
        out.next = next + 1;
    }
    if out.next == at
        || positional > 1 && !out.scaled && positional != 4 && reader.cue(out.next) != Some(Cue::Year)
    {
        return None;
    }
    out.also = counted.filter(|(_, next)| *next == out.next).map(|(number, _)| number);
    out.value = total.checked_add(section)?.checked_add(current.unwrap_or_default())?;
    Some(out)
}

/// Whether more of the number, or what it is an amount of, stands at `at`.
fn has_amount_behind(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).and_then(|t| t.senses).is_some_and(|s| s.currency.is_some() || s.unit.is_some())
        || reader.number(at).is_some() && reader.is_glued(at)
}

/// The decimals in words behind a point in a word, how many words they are, the point among them, and the token after
/// them: the 点五 of 三点五; not 三点五十, ten to four, or 三点五分.
fn decimals(reader: &Reader<'_>, at: usize) -> Option<(Decimal, usize, usize)> {
    const MOST: u32 = 9;
    let point = reader.is_glued(at) && reader.words.is_point(reader.slice(at));
    let (mut digits, mut places, mut next) = (0i64, 0u32, at + 1);
    while point
        && reader.is_glued(next)
        && places < MOST
        && let Some(NumberWord::Ones(n)) = reader.number(next)
    {
        (digits, places, next) = (digits * 10 + i64::from(n), places + 1, next + 1);
    }
    let minutes =
        reader.get(next).and_then(|t| t.senses).and_then(|s| s.unit) == Some(UnitWord::Plain(Unit::Minute));
    let more = matches!(
        reader.number(next),
        Some(NumberWord::Teen(10) | NumberWord::Hundred | NumberWord::Scale(1000))
    );
    (places > 0 && !minutes && !more).then(|| (Decimal::new(digits, places), places as usize + 1, next))
}

/// 三分之二, 3分の1, 3분의 1: the denominator, the word that makes it one, the numerator.
pub(super) fn fraction(reader: &Reader<'_>, at: usize) -> Option<(Decimal, u32, usize)> {
    const MOST: u32 = 100_000;
    let (denominator, next) = before(reader, at, MOST, Cue::Denominator).filter(|(d, _)| *d >= 2)?;
    let numerator = parse(reader, next)
        .filter(|n| n.value.fract().is_zero() && !n.value.is_zero() && n.value <= Decimal::from(MOST))?;
    Some((numerator.value, denominator, numerator.next))
}

/// Adds so many of a power of ten below the myriad.
fn add(section: &mut Decimal, current: &mut Option<Decimal>, power: u32) {
    let times = current.take().unwrap_or(Decimal::ONE);
    if let Some(sum) = times.checked_mul(Decimal::from(power)).and_then(|p| section.checked_add(p)) {
        *section = sum;
    }
}

/// A whole number of at most `most` from `at` on.
fn small(reader: &Reader<'_>, at: usize, most: u32) -> Option<(u32, usize)> {
    let found = parse(reader, at).filter(|n| n.value.fract().is_zero())?;
    found.value.to_u32().filter(|n| *n <= most).map(|n| (n, found.next))
}

/// A number that `cue` stands behind, and the token after the cue.
fn before(reader: &Reader<'_>, at: usize, most: u32, cue: Cue) -> Option<(u32, usize)> {
    let (n, next) = small(reader, at, most)?;
    (reader.cue(next) == Some(cue)).then_some((n, next + 1))
}

/// Reads the date or time that starts at token `at`, if one does: pushes its anchor, gives the next token.
pub(super) fn date_or_time(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    if matches!(reader.get(at)?.kind, TokenKind::Sign(_)) {
        return None;
    }
    let (kind, value, next) = decade(reader, at).or_else(|| date(reader, at)).or_else(|| time(reader, at))?;
    out.push(Anchor::new(kind, value, reader.tokens[at].start, reader.tokens[next - 1].end));
    Some(next)
}

/// 1990年代, 20世纪80年代, 80年代.
fn decade(reader: &Reader<'_>, at: usize) -> Option<(AnchorKind, AnchorValue, usize)> {
    let century = small(reader, at, 21).filter(|(century, next)| {
        let unit = reader.get(*next).and_then(|t| t.senses).and_then(|s| s.unit);
        (11..).contains(century) && unit == Some(UnitWord::Plain(Unit::Century))
    });
    let from = century.map_or(at, |(_, next)| next + 1);
    let (decade, next) = before(reader, from, 2_100, Cue::Decade).filter(|(d, _)| d % 10 == 0)?;
    let decade = match century {
        Some((century, _)) if decade < 100 => (century - 1) * 100 + decade,
        _ => decade,
    };
    Some((AnchorKind::Date, AnchorValue::Decade(u16::try_from(decade).ok()?), next))
}

/// 2024年3月5日, 3月5日, 2024年, 令和6年, 令和元年.
fn date(reader: &Reader<'_>, at: usize) -> Option<(AnchorKind, AnchorValue, usize)> {
    let era = reader.tokens[at].senses.and_then(|s| s.era);
    let from = at + usize::from(era.is_some());
    let first = era.and_then(|_| (reader.cue(from) == Some(Cue::FirstYear)).then_some((1, from + 1)));
    let year = first
        .or_else(|| before(reader, from, 2_500, Cue::Year).filter(|(y, _)| era.is_some() || *y >= 1_000));
    if era.is_some() && year.is_none() {
        return None;
    }
    let year = year.map(|(y, next)| (y as i32 + i32::from(era.unwrap_or(0)), next));
    let next = year.map_or(at, |(_, next)| next);
    let month = before(reader, next, 12, Cue::Month).filter(|(m, _)| *m >= 1);
    let next = month.map_or(next, |(_, next)| next);
    let day = month.and_then(|_| before(reader, next, 31, Cue::Day)).filter(|(d, _)| *d >= 1);
    let next = day.map_or(next, |(_, next)| next);
    if next == at {
        return None;
    }
    let part = |part: Option<(u32, usize)>| part.map(|(n, _)| n as u8);
    let date = PartialDate {
        calendar: Calendar::Gregorian,
        year: year.map(|(y, _)| y),
        month: part(month),
        day: part(day),
    };
    Some((AnchorKind::Date, AnchorValue::Date(date), next))
}

/// 午後3時30分, 오전 9시, 15时30分.
fn time(reader: &Reader<'_>, at: usize) -> Option<(AnchorKind, AnchorValue, usize)> {
    let half = match reader.cue(at) {
        Some(Cue::Morning) => Some(0),
        Some(Cue::Afternoon) => Some(12),
        _ => None,
    };
    let (hour, next) = before(reader, at + usize::from(half.is_some()), 24, Cue::Clock)?;
    let minute = small(reader, next, 59).filter(|(_, next)| {
        reader.get(*next).and_then(|t| t.senses).and_then(|s| s.unit) == Some(UnitWord::Plain(Unit::Minute))
    });
    let (minute, next) = match (minute, reader.number(next)) {
        (Some((minute, next)), _) => (minute, next + 1),
        (None, Some(NumberWord::Fraction(1, 2))) => (30, next + 1),
        // A number alone may count other things than hours.
        _ => half.map(|_| (0, next))?,
    };
    let hour = if hour <= 12 { hour % 12 * u32::from(half.is_some()) + half.unwrap_or(hour) } else { hour };
    let value = AnchorValue::Time { hour: hour as u8, minute: minute as u8 };
    Some((AnchorKind::Time, value, next))
}
