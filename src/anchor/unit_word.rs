//! Words for units and currencies that say their number themselves: «شهرين», «دينارين», "decade", «سنة ونصف».
//!
//! In: tokens. Out: an anchor of an amount. Guarantee: total.

use rust_decimal::Decimal;

use super::count::part_after;
use super::token::Reader;
use super::value::{Anchor, AnchorKind, AnchorValue, Strength};
use crate::language::{Cue, Grammar, Unit, UnitWord};

/// «شهرين», "decade": a unit word that says its number itself; «سنة ونصف», "a year and a half".
pub(super) fn read_unit_word(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    let senses = token.senses?;
    let before_times = || matches!(reader.cue_before(at), Some(Cue::Before | Cue::Of | Cue::To));
    let part = part_after(reader, at + 1).filter(|_| !token.clitics.article);
    if let Some(currency) = senses.currency.or(senses.currency_dual) {
        let whole = if senses.currency_dual.is_some() { Decimal::TWO } else { Decimal::ONE };
        let (part, next) = match part {
            Some(found) => found,
            None if senses.currency_dual.is_some() => (Decimal::ZERO, at + 1),
            None => return None,
        };
        let value = AnchorValue::Money { amount: whole + part, currency };
        out.push(Anchor::new(AnchorKind::Money, value, token.start, reader.tokens[next - 1].end));
        return Some(next);
    }
    let (amount, unit, strength) = match senses.unit? {
        UnitWord::Dual(unit) => (2, unit, Strength::Strong),
        UnitWord::Years(n) => (n, Unit::Year, Strength::Strong),
        UnitWord::YearsDual(n) => {
            (2 * n, Unit::Year, if before_times() { Strength::Strong } else { Strength::Weak })
        }
        UnitWord::DoubtfulYears(n) if before_times() && !token.clitics.article => {
            (n, Unit::Year, Strength::Weak)
        }
        UnitWord::Plain(unit) if part.is_some() => (1, unit, Strength::Strong),
        // «عقد ونصف»: a contract has no halves.
        UnitWord::DoubtfulYears(n) if part.is_some() => (n, Unit::Year, Strength::Strong),
        UnitWord::Plain(_) | UnitWord::ManyYears(_) | UnitWord::DoubtfulYears(_) => return None,
    };
    let times = match senses.unit? {
        UnitWord::Years(n) | UnitWord::YearsDual(n) | UnitWord::DoubtfulYears(n) => Decimal::from(n),
        _ => Decimal::ONE,
    };
    let strength = if part.is_some() { Strength::Strong } else { strength };
    let (part, next) = part.unwrap_or((Decimal::ZERO, at + 1));
    let amount = Decimal::from(amount) + part * times;
    let value = AnchorValue::Quantity { amount, unit };
    let mut anchor = Anchor::new(AnchorKind::Quantity, value, token.start, reader.tokens[next - 1].end);
    anchor.also = in_smaller(amount, unit);
    anchor.strength = strength;
    out.push(anchor);
    Some(next)
}

/// «كوبان ونصف من الطحين»: two and a part of a thing of which no unit is known, said by the dual of its noun.
pub(super) fn read_dual_and_part(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    const SHORTEST: usize = 5;
    if reader.words.grammar() != Some(Grammar::Arabic) || !reader.get(at + 1)?.clitics.and {
        return None;
    }
    let (part, next) = part_after(reader, at + 1)?;
    // Before another noun the part may be of that: «لبنان ونصف سوريا».
    let alone = next == at + 2 && (!reader.is_word(next) || reader.cue(next) == Some(Cue::Of));
    let noun = reader.folded(at);
    let dual = noun.ends_with("ان") || noun.ends_with("ين");
    if !alone || !dual || noun.starts_with("ال") || noun.chars().count() < SHORTEST {
        return None;
    }
    let (start, end) = (reader.tokens[at].start, reader.tokens[next - 1].end);
    out.push(Anchor::new(AnchorKind::Number, AnchorValue::Number(Decimal::TWO + part), start, end));
    Some(next)
}

/// A quantity that is no whole number in the next smaller unit, in which it may be said: 1.5 hours are 90 minutes.
pub(super) fn in_smaller(amount: Decimal, unit: Unit) -> Option<AnchorValue> {
    let (times, unit) = unit.smaller().filter(|_| !amount.fract().is_zero())?;
    let amount = amount.checked_mul(Decimal::from(times)).filter(|amount| amount.fract().is_zero())?;
    Some(AnchorValue::Quantity { amount, unit })
}
