//! Number words from the largest to the smallest, bare, hyphenated or with "and": English, German, French.
//!
//! In: tokens. Out: the exact number a run of words says, and how. Guarantee: total; a run never reads
//! further than the words that add up.

use rust_decimal::Decimal;

use super::spelled::{Form, Spelled, half_of};
use super::token::{Reader, TokenKind};
use super::value::Strength;
use crate::language::{Cue, Habit, NumberWord};

/// The number that the words from `at` on say.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    match reader.number(at)? {
        NumberWord::Decade(n) => Some(Spelled::new(Decimal::from(n), Form::Decade, at + 1)),
        NumberWord::Rough(n) | NumberWord::ScalePlural(n) => Some(rough(reader, at, n)),
        NumberWord::Fraction(n, d) => Some(fraction(reader, at, n, d)),
        NumberWord::Parts(_) => None,
        NumberWord::PartsBefore(d) => parts_before(reader, at, d),
        NumberWord::Year(n) => Some(Spelled::new(Decimal::from(n), Form::Year, at + 1)),
        NumberWord::Quarters(n) => scaled_quarters(reader, Decimal::new(i64::from(n) * 25, 2), at + 1),
        NumberWord::QuartersBefore(n) => quarters_before(reader, at, n),
        _ => compound(reader, at),
    }
}

/// «üçte iki»: the denominator before the numerator.
fn parts_before(reader: &Reader<'_>, at: usize, denominator: u8) -> Option<Spelled> {
    match reader.number(at + 1)? {
        NumberWord::Ones(n) if (1..denominator).contains(&n) => {
            Some(Spelled::new(Decimal::from(n), Form::Fraction(denominator.into()), at + 2))
        }
        _ => None,
    }
}

/// "hundreds of thousands", "dozens", "millions".
fn rough(reader: &Reader<'_>, at: usize, n: u64) -> Spelled {
    let (mut value, mut next) = (n, at + 1);
    while value < 1_000_000_000
        && reader.cue(next) == Some(Cue::Of)
        && let Some(NumberWord::ScalePlural(scale)) = reader.number(next + 1)
        && scale > n
        && let Some(product) = value.checked_mul(scale)
    {
        (value, next) = (product, next + 2);
    }
    Spelled::new(Decimal::from(value), Form::Approximate, next)
}

/// «साढ़े चार», «साढ़े 4 करोड़», «सवा लाख»: quarters more or less than the number behind.
fn quarters_before(reader: &Reader<'_>, at: usize, quarters: i8) -> Option<Spelled> {
    let (number, next) = match reader.number(at + 1) {
        Some(NumberWord::Ones(n) | NumberWord::Teen(n) | NumberWord::Tens(n)) => (Decimal::from(n), at + 2),
        Some(NumberWord::Small(n)) => (Decimal::from(n), at + 2),
        Some(NumberWord::Hundred | NumberWord::Scale(_)) => (Decimal::ONE, at + 1),
        Some(_) => return None,
        None => (Decimal::from(reader.small(at + 1)?), at + 2),
    };
    scaled_quarters(reader, number + Decimal::new(i64::from(quarters) * 25, 2), next)
}

/// A number with its quarters, times the power of ten behind it.
fn scaled_quarters(reader: &Reader<'_>, value: Decimal, next: usize) -> Option<Spelled> {
    let scale = match reader.number(next) {
        Some(NumberWord::Hundred) => 100,
        Some(NumberWord::Scale(scale) | NumberWord::ScalePlural(scale)) => scale,
        _ => {
            // They are times of day too.
            let mut out = Spelled::new(value.normalize(), Form::Cardinal, next);
            let counted = reader
                .get(next)
                .and_then(|t| t.senses)
                .is_some_and(|s| s.unit.is_some() || s.currency.is_some());
            if !counted {
                out.strength = Strength::Weak;
            }
            return Some(out);
        }
    };
    Some(Spelled::new(value.checked_mul(Decimal::from(scale))?.normalize(), Form::Cardinal, next + 1))
}

/// "half", "quarter", "half a million", "a quarter of a million".
fn fraction(reader: &Reader<'_>, at: usize, n: u8, d: u8) -> Spelled {
    let mut next = at + 1;
    next += usize::from(reader.cue(next) == Some(Cue::Of));
    next += usize::from(reader.cue(next) == Some(Cue::Article));
    // «un demi-million»
    next += usize::from(reader.glued_sign(next) == Some('-') && reader.is_glued(next + 1));
    if let Some(NumberWord::Scale(scale) | NumberWord::ScalePlural(scale)) = reader.number(next)
        && (u64::from(n) * scale).is_multiple_of(u64::from(d))
    {
        return Spelled::new(Decimal::from(u64::from(n) * scale / u64::from(d)), Form::Cardinal, next + 1);
    }
    let mut out = Spelled::new(Decimal::from(n), Form::Fraction(u32::from(d)), at + 1);
    if !is_part_of_something(reader, at) {
        out.strength = Strength::Weak;
    }
    out
}

/// Whether a half or a quarter is one of what is named behind it: "half the people", "a quarter of production"; not "the
/// first quarter of 2020".
fn is_part_of_something(reader: &Reader<'_>, at: usize) -> bool {
    const OF_IT: [&str; 7] = ["the", "its", "his", "her", "their", "our", "my"];
    let ordinal =
        at.checked_sub(1).is_some_and(|before| matches!(reader.number(before), Some(NumberWord::Ordinal(_))));
    let of = reader.cue(at + 1) == Some(Cue::Of);
    !ordinal && (of && reader.is_word(at + 2) || OF_IT.contains(&reader.slice(at + 1)))
}

/// "two hundred and five", "twenty-first", "quatre-vingt-dix", "nineteen eighty-four".
fn compound(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    let (mut total, mut group, mut last_scale) = (0u64, None::<u64>, u64::MAX);
    let mut next = at;
    let mut words = 0;
    let mut form = Form::Cardinal;
    while let Some((word, linked)) = if words == 0 { Some((at, Link::Bare)) } else { step(reader, next) } {
        let Some(sense) = reader.number(word) else { break };
        let fits = |n: u64| match group {
            None => words == 0 || (total > 0 && n > 0),
            Some(g) if n == 0 => g == 0 && words == 0,
            Some(g) if n < 10 => {
                let tens = g >= 20 && g % 100 != 10 || reader.words.has(Habit::TeensByTen) && g >= 10;
                tens && g % 10 == 0
            }
            Some(g) => {
                g >= 100 && g % 100 == 0 && n < 100
                    || reader.words.has(Habit::Twenties) && n < 20 && matches!(g % 100, 60 | 80)
            }
        };
        match sense {
            NumberWord::Teen(10)
                if reader.words.has(Habit::TenBehindOnes)
                    && linked == Link::Bare
                    && group.is_some_and(|g| (1..=9).contains(&(g % 100))) =>
            {
                group = group.map(|g| g + 10);
            }
            // «שלוש מאות»
            NumberWord::Rough(100) if linked == Link::Bare && group.is_some_and(|g| (2..=9).contains(&g)) => {
                group = group.map(|g| g * 100);
            }
            NumberWord::Ones(n) | NumberWord::Teen(n) | NumberWord::Tens(n) => {
                let n = u64::from(n);
                if reader.words.has(Habit::Twenties) && n == 20 && group.is_some_and(|g| g % 100 == 4) {
                    group = group.map(|g| g - 4 + 80);
                } else if fits(n) && (linked != Link::And || can_follow_and(reader, group, n)) {
                    group = Some(group.unwrap_or(0) + n);
                } else if linked == Link::Bare
                    && total == 0
                    && n >= 10
                    && let Some(century) = group.filter(|g| (13..=20).contains(g))
                {
                    return Some(spoken_year(reader, century * 100 + n, word));
                } else {
                    break;
                }
            }
            // Indonesian: «dua belas» is 12, «dua puluh» is 20.
            NumberWord::TeenBehind => match group {
                Some(g) if linked == Link::Bare && (2..10).contains(&(g % 100)) => group = Some(g + 10),
                _ => break,
            },
            NumberWord::TenBehind => match group {
                Some(g) if linked == Link::Bare && (2..10).contains(&(g % 100)) => {
                    group = Some(g - g % 100 + g % 100 * 10);
                }
                _ => break,
            },
            NumberWord::Large(n) => {
                if group.is_some() || u64::from(n) >= last_scale {
                    break;
                }
                (total, last_scale) = (total + u64::from(n), 1);
            }
            NumberWord::ScaleDual(n) => {
                if group.is_some() || n >= last_scale {
                    break;
                }
                (total, last_scale) = (total + 2 * n, n);
            }
            NumberWord::Small(n) => {
                if !fits(u64::from(n)) || linked == Link::And && !can_follow_and(reader, group, u64::from(n))
                {
                    break;
                }
                group = Some(group.unwrap_or(0) + u64::from(n));
            }
            NumberWord::Hundred => match group {
                Some(g) if linked != Link::And && (1..=99).contains(&g) => group = Some(g * 100),
                None => group = Some(100),
                _ => break,
            },
            NumberWord::Dozen => match group {
                Some(g) if linked != Link::And && total == 0 => group = Some(g * 12),
                None if total == 0 => group = Some(12),
                _ => break,
            },
            NumberWord::Scale(n) | NumberWord::ScalePlural(n) => {
                if linked == Link::And && group.is_some() {
                    break;
                }
                let before = if n >= last_scale {
                    // «dos mil quinientos millones»: the thousands too are multiplied.
                    let thousands = last_scale == 1000 && n > last_scale && linked == Link::Bare;
                    let Some(sum) = total.checked_add(group.unwrap_or(0)).filter(|_| thousands) else {
                        break;
                    };
                    total = 0;
                    sum
                } else {
                    group.unwrap_or(1)
                };
                let Some(sum) = before.checked_mul(n).and_then(|p| p.checked_add(total)) else {
                    break;
                };
                (total, group, last_scale) = (sum, None, n);
            }
            NumberWord::Ordinal(n) if n < 100 => {
                if !fits(u64::from(n)) {
                    break;
                }
                group = Some(group.unwrap_or(0) + u64::from(n));
                form = Form::Ordinal;
            }
            NumberWord::Ordinal(n) => {
                let before = if words == 0 { 1 } else { group.unwrap_or(1) };
                (total, group) = (total + before * u64::from(n), None);
                form = Form::Ordinal;
            }
            _ => break,
        }
        next = word + 1;
        words += 1;
        // «dwudziesty pierwszy»: both parts of an ordinal are ordinals.
        let tens = group.is_some_and(|g| g >= 20 && g % 10 == 0);
        let goes_on = matches!(reader.number(next), Some(NumberWord::Ordinal(1..=9)));
        let leads = reader.words.has(Habit::OrdinalLeads);
        if form == Form::Ordinal
            && !leads
            && !(tens && goes_on && reader.words.has(Habit::OrdinalsBehindOrdinals))
        {
            break;
        }
    }
    if words == 0
        || words == 1
            && !matches!(reader.number(next), Some(NumberWord::Parts(_)))
            && reader.words.is_only_in_compounds(&reader.folded(at))
    {
        return None;
    }
    // «vingt et un»: alone, «un» is an article and no number.
    if let Some(tens) = group.filter(|g| (20..=60).contains(&(g % 100)) && g % 10 == 0)
        && reader.cue(next) == Some(Cue::And)
        && reader.words.is_one_after_and(reader.slice(next + 1))
    {
        (group, next) = (Some(tens + 1), next + 2);
    }
    let value = total.checked_add(group.unwrap_or(0))?;
    let mut out = Spelled::new(Decimal::from(value), form, next);
    if words == 1 && value <= 2 {
        out.strength = Strength::Weak;
    }
    Some(denominator(reader, at, &out, value).unwrap_or_else(|| {
        if out.form == Form::Cardinal {
            half_of(reader, out, if group.is_none() { last_scale } else { 1 })
        } else {
            out
        }
    }))
}

/// "two thirds", "three-quarters", "one third", "a third of".
fn denominator(reader: &Reader<'_>, at: usize, out: &Spelled, value: u64) -> Option<Spelled> {
    // "A third of the estate"; but "a third of May" is a day.
    let month = |at: usize| reader.get(at).and_then(|t| t.senses).is_some_and(|s| s.month.is_some());
    if out.form == Form::Ordinal
        && (3..=10).contains(&value)
        && out.next == at + 1
        && reader.cue_before(at) == Some(Cue::Article)
        && reader.cue(out.next) == Some(Cue::Of)
        && !month(out.next + 1)
    {
        return Some(Spelled::new(Decimal::ONE, Form::Fraction(value as u32), out.next));
    }
    if out.form != Form::Cardinal || !(1..=9).contains(&value) {
        return None;
    }
    let at = out.next + usize::from(reader.glued_sign(out.next) == Some('-'));
    let d = match reader.number(at)? {
        NumberWord::Parts(d) => u32::from(d),
        NumberWord::Fraction(1, d)
            if value == 1 && !reader.words.has(Habit::HalfBehind)
                || reader.glued_sign(out.next) == Some('-') =>
        {
            u32::from(d)
        }
        NumberWord::Ordinal(d @ 3..=10)
            if value == 1 || reader.words.has(Habit::OrdinalsAsParts) && value < u64::from(d) =>
        {
            u32::from(d)
        }
        _ => return None,
    };
    Some(Spelled::new(Decimal::from(value), Form::Fraction(d), at + 1))
}

/// The rest of "nineteen eighty-four" or "twenty twenty-four".
fn spoken_year(reader: &Reader<'_>, mut year: u64, word: usize) -> Spelled {
    let mut next = word + 1;
    if year.is_multiple_of(10)
        && year % 100 >= 20
        && let Some((ones, _)) = step(reader, next)
        && let Some(NumberWord::Ones(n @ 1..=9)) = reader.number(ones)
    {
        (year, next) = (year + u64::from(n), ones + 1);
    }
    Spelled::new(Decimal::from(year), Form::Year, next)
}

fn can_follow_and(reader: &Reader<'_>, group: Option<u64>, n: u64) -> bool {
    match group {
        None => true,
        Some(g) if g % 100 == 0 => true,
        Some(_) if reader.words.has(Habit::AndAnywhere) => true,
        Some(g) => reader.words.has(Habit::OnesAfterAnd) && g % 10 == 0 && n < 12,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Bare,
    Hyphen,
    And,
}

/// The next word of a compound: after a hyphen, after "and", or bare.
fn step(reader: &Reader<'_>, at: usize) -> Option<(usize, Link)> {
    let found = |at: usize, link| (reader.is_word(at) && reader.number(at).is_some()).then_some((at, link));
    let token = reader.get(at)?;
    // Hebrew writes "and" together with the word after it.
    if token.clitics.and {
        return found(at, Link::And);
    }
    match token.kind {
        TokenKind::Sign('-' | '\u{2010}' | '\u{2011}') if reader.is_glued(at) && reader.is_glued(at + 1) => {
            if reader.cue(at + 1) == Some(Cue::And) && reader.glued_sign(at + 2) == Some('-') {
                return found(at + 3, Link::And);
            }
            found(at + 1, Link::Hyphen)
        }
        TokenKind::Sign(_) | TokenKind::Digits => None,
        _ if reader.cue(at) == Some(Cue::And) => found(at + 1, Link::And),
        _ if token.clitics.preposition => None,
        _ => found(at, Link::Bare),
    }
}
