//! Number words in which a power of ten stands before the number that it is multiplied by: Swahili.
//!
//! In: tokens. Out: the exact number a run of words says. Guarantee: total; a run never reads further than the words that
//! add up.

use rust_decimal::Decimal;

use super::digits::{DigitNumber, DigitValue, digits};
use super::spelled::{Form, Spelled};
use super::token::Reader;
use super::value::Strength;
use crate::language::{Cue, NumberWord};

/// The number that the words from `at` on say: «elfu tatu mia nne na hamsini» is 3450, «milioni 45» 45,000,000.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    if let NumberWord::Fraction(n, d) = reader.number(at)? {
        let mut half = Spelled::new(Decimal::from(n), Form::Fraction(u32::from(d)), at + 1);
        half.strength = Strength::Weak;
        return Some(half);
    }
    if let Some(found) = scale_of_digits(reader, at) {
        return Some(found);
    }
    let (mut value, mut next, mut last) = (0u64, at, u64::MAX);
    loop {
        let word = next + usize::from(next > at && reader.cue(next) == Some(Cue::And));
        let Some(scale) = scale(reader, word) else {
            if let Some((small, after)) = small(reader, word) {
                (value, next) = (value + small, after);
            }
            break;
        };
        // Of two equal or rising powers of ten the second begins another number.
        if scale >= last {
            break;
        }
        let (times, after) = small(reader, word + 1).unwrap_or((1, word + 1));
        let Some(sum) = times.checked_mul(scale).and_then(|product| value.checked_add(product)) else {
            break;
        };
        (value, next, last) = (sum, after, scale);
    }
    let mut out = (next > at).then(|| Spelled::new(Decimal::from(value), Form::Cardinal, next))?;
    if next == at + 1 && value <= 2 {
        out.strength = Strength::Weak;
    }
    Some(out)
}

/// «milioni 12.5»
fn scale_of_digits(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    let scale = scale(reader, at).filter(|_| reader.is_digits(at + 1))?;
    let DigitNumber { value: DigitValue::Number(value), next, .. } = digits(reader, at + 1)? else {
        return None;
    };
    Some(Spelled::new(value.checked_mul(Decimal::from(scale))?, Form::Cardinal, next))
}

fn scale(reader: &Reader<'_>, at: usize) -> Option<u64> {
    match reader.number(at)? {
        NumberWord::Hundred => Some(100),
        NumberWord::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// A number below a hundred, and the token after it: «ishirini na watatu».
fn small(reader: &Reader<'_>, at: usize) -> Option<(u64, usize)> {
    let tens = match reader.number(at)? {
        NumberWord::Ones(n) => return Some((u64::from(n), at + 1)),
        NumberWord::Teen(n) | NumberWord::Tens(n) => u64::from(n),
        _ => return None,
    };
    let joined = reader.cue(at + 1) == Some(Cue::And);
    match reader.number(at + 2) {
        Some(NumberWord::Ones(n @ 1..)) if joined => Some((tens + u64::from(n), at + 3)),
        _ => Some((tens, at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, anchors};

    #[test]
    fn swahili_numbers_add_up() {
        let read = |text: &str| {
            let found = anchors(text, &"sw".parse().unwrap());
            found.iter().map(Anchor::display).collect::<Vec<_>>().join(" | ")
        };
        insta::assert_snapshot!(read("watu ishirini na watatu, miezi kumi na minane"), @"23 | 18");
        insta::assert_snapshot!(read("elfu tatu mia nne na hamsini na sita, mia mbili"), @"3456 | 200");
        insta::assert_snapshot!(read("dola milioni 45, euro milioni 12.5, watu elfu kumi na mbili"), @"45000000 | 12500000 | 12000");
        insta::assert_snapshot!(read("asilimia 62, 15 Machi 2023, siku ya Jumatatu, kilomita saba"), @"62 % | 2023-03-15 | Monday | 7");
    }
}
