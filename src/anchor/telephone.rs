//! Telephone numbers, grouped or not: `0770 123 4567`, «٠٧٧٠١٢٣٤٥٦٧», `+964 (770) 123-4567`.
//!
//! In: tokens. Out: one anchor with all its digits. Guarantee: total; digits are one number only where they begin with a
//! plus or a zero, or after a word such as "telephone".

use super::token::{Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue};
use crate::language::Cue;
use crate::normalize::{digit, fold_digit};

/// Digits of a telephone number, with the codes of country and place.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits of one group.
const GROUP: std::ops::RangeInclusive<usize> = 2..=5;

/// Reads the telephone number that starts at token `at`, if one does: pushes its anchor, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let plus = reader.sign(at) == Some('+');
    let first = at + usize::from(plus) + usize::from(reader.sign(at + usize::from(plus)) == Some('('));
    // The digits of a number that has begun are its own.
    if !reader.is_digits(first) || reader.is_glued(at) && reader.is_digits(at - 1) {
        return None;
    }
    let zero = reader.slice(first).chars().next().and_then(digit).is_some_and(|(value, _)| value == 0);
    let begins = plus || zero && reader.digit_count(first) > 1 || is_named(reader, at);
    if !begins {
        return None;
    }
    let (mut digits, mut groups, mut next) = (String::new(), 0usize, first);
    loop {
        digits.extend(reader.slice(next).chars().map(fold_digit));
        groups += 1;
        next += 1;
        if reader.sign(next) == Some(')') {
            next += 1;
        }
        // The code of a place behind that of a country may be one digit: +212 5 37 11 22 33, 00962 6 461 2345.
        let country = plus || digits.starts_with("00");
        let shortest = if country && groups == 1 { 1 } else { *GROUP.start() };
        let Some(after) = next_group(reader, next, shortest) else { break };
        next = after;
    }
    // A single group with a zero is a code or a year unless it is as long as a number with its own code.
    let enough = if groups > 1 || plus { *DIGITS.start() } else { 9 };
    if digits.len() < enough || !DIGITS.contains(&digits.len()) {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return None;
    }
    let value = AnchorValue::Telephone(significant.into());
    let end = reader.tokens[next - 1].end;
    out.push(Anchor::new(AnchorKind::Number, value, reader.tokens[at].start, end));
    Some(next)
}

/// Whether a word such as "telephone" stands before `at`, perhaps with a colon or a point.
fn is_named(reader: &Reader<'_>, at: usize) -> bool {
    let mut before = at;
    while before > 0 && at - before < 3 && reader.sign(before - 1).is_some() {
        before -= 1;
    }
    reader.cue_before(before) == Some(Cue::Telephone)
}

/// The next group of digits, at least `shortest`, after a blank, a hyphen, a point or within brackets.
fn next_group(reader: &Reader<'_>, at: usize, shortest: usize) -> Option<usize> {
    let group = |at: usize| (shortest..=*GROUP.end()).contains(&reader.digit_count(at)).then_some(at);
    match reader.get(at)?.kind {
        TokenKind::Digits => group(at),
        TokenKind::Sign('-' | '‑' | '–' | '.' | '/') if reader.is_glued(at) && reader.is_glued(at + 1) => {
            group(at + 1)
        }
        TokenKind::Sign('(') if reader.sign(at + 2) == Some(')') => group(at + 1),
        _ => None,
    }
}
