//! Numbers in words: what the grammars of number words share.
//!
//! In: tokens behind a number in words. Out: the number with its fraction. Guarantee: total; values are exact.

use rust_decimal::Decimal;

use super::token::Reader;
use super::value::Strength;
use crate::language::{Cue, Habit, NumberWord};

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Cardinal,
    Ordinal,
    /// The value is a power of ten, meant roughly.
    Approximate,
    /// The value is the numerator over this denominator.
    Fraction(u32),
    Decade,
    Year,
}

/// A number in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) value: Decimal,
    pub(super) form: Form,
    /// The token after it.
    pub(super) next: usize,
    pub(super) strength: Strength,
}

impl Spelled {
    pub(super) fn new(value: Decimal, form: Form, next: usize) -> Self {
        Self { value, form, next, strength: Strength::Strong }
    }
}

/// Adds the fraction of "and a half" or «ونصف» to a number; `scale` is the last power of ten it names.
pub(super) fn half_of(reader: &Reader<'_>, mut number: Spelled, scale: u64) -> Spelled {
    let hyphen = usize::from(reader.glued_sign(number.next) == Some('-'));
    let mut at = number.next + hyphen;
    let joined = reader.get(at).is_some_and(|t| t.clitics.and);
    let half = |at: usize| matches!(reader.number(at), Some(NumberWord::Fraction(1, 2)));
    let behind = hyphen == 0 && reader.words.has(Habit::HalfBehind) && half(at);
    if !joined && !behind {
        let joiner = reader.is_word(at) && half(at + 1) && reader.words.is_half_joiner(&reader.folded(at));
        if reader.cue(at) != Some(Cue::And) && !joiner {
            return number;
        }
        at += 1 + hyphen;
        if reader.cue(at) == Some(Cue::Article) {
            at += 1 + hyphen;
        }
    }
    let Some(NumberWord::Fraction(n, d)) = reader.number(at) else { return number };
    let part = Decimal::from(n) / Decimal::from(d);
    if part.scale() > 2 || number.value.fract() != Decimal::ZERO {
        return number;
    }
    let after = match reader.number(at + 1) {
        Some(NumberWord::Scale(s) | NumberWord::ScalePlural(s)) if !reader.tokens[at + 1].clitics.and => {
            Some(s)
        }
        _ => None,
    };
    let (unit, times, next) = match (after, scale) {
        // «مليون ونصف المليون»
        (Some(s), 1000..) => (s, 1, at + 2),
        // "two and a half million"
        (Some(s), _) => (s, s, at + 2),
        (None, s) => (s, 1, at + 1),
    };
    let sum = number
        .value
        .checked_mul(Decimal::from(times))
        .and_then(|v| v.checked_add(part.checked_mul(Decimal::from(unit))?));
    if let Some(sum) = sum {
        number.value = sum;
        number.next = next;
        number.strength = Strength::Strong;
    }
    number
}
