//! Arabic number words: gender polarity, duals, case endings, compounds with «و», ordinals.
//!
//! In: tokens. Out: the exact number a run of words says, and how. Guarantee: total; a run never reads
//! further than the words that add up («خمسة وستة» are two numbers, «خمسة وستون» is one).

use rust_decimal::Decimal;

use super::spelled::{Form, Spelled, half_of};
use super::token::{Clitics, Reader, TokenKind};
use super::value::Strength;
use crate::language::{Cue, NumberWord};
use crate::normalize::{is_arabic_letter, is_combining};

/// The number that the words from `at` on say.
pub(super) fn spelled(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    match reader.number(at)? {
        NumberWord::Ordinal(n) => Some(ordinal(reader, at, n)),
        NumberWord::OrdinalOneOfMore => Some(ordinal(reader, at, 1)).filter(|s| s.next > at + 1),
        NumberWord::Decade(n) => Some(Spelled::new(Decimal::from(n), Form::Decade, at + 1)),
        NumberWord::Rough(n) | NumberWord::ScalePlural(n) => Some(rough(reader, at, n)),
        NumberWord::Fraction(n, d) => Some(fraction(reader, at, n, d)),
        NumberWord::Parts(_) => None,
        NumberWord::Dozen => Some(Spelled::new(Decimal::from(12), Form::Cardinal, at + 1)),
        NumberWord::Ones(n) | NumberWord::Teen(n) if is_part(reader.slice(at)) => {
            Some(Spelled::new(Decimal::ONE, Form::Fraction(u32::from(n)), at + 1))
        }
        _ => cardinal(reader, at),
    }
}

/// Whether the damma makes a part of the word of a number: «خُمس» is a fifth, «خمس» five.
fn is_part(word: &str) -> bool {
    const DAMMA: char = '\u{064F}';
    word.chars().nth(1) == Some(DAMMA)
        && word.chars().filter(|&c| is_arabic_letter(c) && !is_combining(c)).count() == 3
}

/// «العاشر», «الحادي عشر», «الثاني والعشرون».
fn ordinal(reader: &Reader<'_>, at: usize, n: u16) -> Spelled {
    if n < 10 {
        if is_ten(reader, at + 1) {
            return Spelled::new(Decimal::from(n + 10), Form::Ordinal, at + 2);
        }
        if let Some((tens, next)) = joined(reader, at + 1)
            && let Some(NumberWord::Tens(tens)) = reader.number(tens)
            && reader.tokens[next - 1].clitics.article == reader.tokens[at].clitics.article
        {
            return Spelled::new(Decimal::from(n + u16::from(tens)), Form::Ordinal, next);
        }
    }
    let mut out = Spelled::new(Decimal::from(n), Form::Ordinal, at + 1);
    if n <= 2 {
        out.strength = Strength::Weak;
    }
    out
}

fn is_ten(reader: &Reader<'_>, at: usize) -> bool {
    reader.number(at) == Some(NumberWord::Teen(10)) && reader.tokens[at].clitics == Clitics::default()
}

/// The number word joined by «و» at `at`, written together or apart: its token and the one after it.
fn joined(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let token = reader.get(at)?;
    // «ألفين واحد عشر» for «وأحد عشر».
    if reader.slice(at) == "واحد" && at > 0 && reader.number(at - 1).is_some() && is_ten(reader, at + 1) {
        return Some((at, at + 1));
    }
    if token.kind == TokenKind::Arabic && token.clitics.and && !token.clitics.preposition {
        return reader.number(at).map(|_| (at, at + 1));
    }
    if reader.slice(at) == "و" && reader.get(at + 1)?.clitics.article == token.clitics.article {
        return reader.number(at + 1).map(|_| (at + 1, at + 2));
    }
    None
}

/// «مئات الآلاف», «عشرات», «ملايين».
fn rough(reader: &Reader<'_>, at: usize, n: u64) -> Spelled {
    if n < 1000
        && let Some(NumberWord::ScalePlural(scale)) = reader.number(at + 1)
        && !reader.tokens[at + 1].clitics.and
    {
        return Spelled::new(Decimal::from(n * scale), Form::Approximate, at + 2);
    }
    Spelled::new(Decimal::from(n), Form::Approximate, at + 1)
}

/// «نصف», «ثلثي», «نصف مليون».
fn fraction(reader: &Reader<'_>, at: usize, n: u8, d: u8) -> Spelled {
    if let Some(NumberWord::Scale(scale)) = reader.number(at + 1)
        && (u64::from(n) * scale).is_multiple_of(u64::from(d))
        && !reader.tokens[at + 1].clitics.and
    {
        return Spelled::new(Decimal::from(u64::from(n) * scale / u64::from(d)), Form::Cardinal, at + 2);
    }
    let mut out = Spelled::new(Decimal::from(n), Form::Fraction(u32::from(d)), at + 1);
    if (d == 4 || d == 2) && !is_part_of_something(reader, at) {
        out.strength = Strength::Weak;
    }
    out
}

/// Whether a half or a quarter is one of what is named behind it: «نصف السكان», «ربع إنتاج البلاد»; not «الربع الأول».
fn is_part_of_something(reader: &Reader<'_>, at: usize) -> bool {
    !reader.tokens[at].clitics.article
        && reader.get(at + 1).is_some_and(|next| {
            let known = next.senses.is_some_and(|s| s.number.is_some() || s.unit.is_some());
            next.kind == TokenKind::Arabic && !known && !next.clitics.and && !next.clitics.preposition
        })
}

/// A cardinal in words: closed scales, and the group below the next scale.
fn cardinal(reader: &Reader<'_>, at: usize) -> Option<Spelled> {
    let (mut total, mut group, mut last_scale) = (0u64, None::<u64>, u64::MAX);
    let mut next = at;
    let mut words = 0;
    // Where the group began, and how many words there were.
    let mut began = (at, 0);
    while let Some((word, after)) = if words == 0 { Some((at, at + 1)) } else { step(reader, next) } {
        let linked = words == 0 || joined(reader, next).is_some();
        let Some(sense) = reader.number(word) else { break };
        if group.is_none() {
            began = (next, words);
        }
        match sense {
            NumberWord::Ones(n) | NumberWord::Teen(n) | NumberWord::Tens(n) => {
                let n = u64::from(n);
                match group {
                    Some(g) if sense == NumberWord::Teen(10) && !linked && (1..=9).contains(&(g % 100)) => {
                        group = Some(g + 10);
                    }
                    Some(g) if linked && (g > 0 && g % 100 == 0) => group = Some(g + n),
                    Some(g) if linked && n >= 20 && (1..=9).contains(&(g % 100)) => group = Some(g + n),
                    None if linked && (n > 0 || words == 0) => group = Some(n),
                    _ => break,
                }
            }
            NumberWord::Hundred => match group {
                Some(g) if !linked && (3..=9).contains(&g) => group = Some(g * 100),
                Some(g) if linked && total == 0 && units_first(reader, at, g, after) => group = Some(g + 100),
                None if linked && last_scale > 100 => group = Some(100),
                _ => break,
            },
            NumberWord::Small(n) => match group {
                None if linked => group = Some(u64::from(n)),
                Some(g) if linked && total == 0 && units_first(reader, at, g, after) => {
                    group = Some(g + u64::from(n));
                }
                _ => break,
            },
            NumberWord::Scale(n) | NumberWord::ScalePlural(n) | NumberWord::ScaleAccusative(n) => {
                let accusative = matches!(sense, NumberWord::ScaleAccusative(_));
                match group {
                    // «سبع وستين وتسعمئة وألف»
                    Some(g) if linked && total == 0 && n == 1000 && ends_ascending(reader, at, g) => {
                        (total, group, last_scale) = (g + n, None, 1);
                    }
                    Some(g) if !linked && n < last_scale => {
                        let Some(sum) = g.checked_mul(n).and_then(|p| p.checked_add(total)) else { break };
                        (total, group, last_scale) = (sum, None, n);
                    }
                    None if linked && n < last_scale && !matches!(sense, NumberWord::ScalePlural(_)) => {
                        let dual = accusative && is_dual(reader, word, n);
                        total += if dual { 2 * n } else { n };
                        last_scale = n;
                    }
                    // «ألفين وثلاثة آلاف»: as large a scale has a number of its own before it.
                    Some(_) if !linked && n >= last_scale && total > 0 => {
                        ((next, words), group) = (began, None);
                        break;
                    }
                    None if !linked && total > 0 => {
                        let Some(product) = total.checked_mul(n).filter(|&p| p < 1 << 60) else { break };
                        total = product;
                    }
                    _ => break,
                }
            }
            // «ثلاث دزينات»
            NumberWord::Dozen => match group {
                Some(g) if !linked && total == 0 && g < 100 => group = Some(g * 12),
                _ => break,
            },
            NumberWord::ScaleDual(n) => match group {
                None if linked && n < last_scale => {
                    total += 2 * n;
                    last_scale = n;
                }
                Some(g) if linked && total == 0 && n == 1000 && ends_ascending(reader, at, g) => {
                    (total, group, last_scale) = (g + 2 * n, None, 1);
                }
                _ => break,
            },
            _ => break,
        }
        next = after;
        words += 1;
    }
    if words == 0 {
        return None;
    }
    let value = total + group.unwrap_or(0);
    let mut out = Spelled::new(Decimal::from(value), Form::Cardinal, next);
    if words == 1 && value <= 2 {
        out.strength = Strength::Weak;
    }
    if words == 1
        && group.is_some()
        && (2..=9).contains(&value)
        && let Some(NumberWord::Parts(d)) = reader.number(next)
        && !reader.tokens[next].clitics.and
    {
        return Some(Spelled::new(Decimal::from(value), Form::Fraction(u32::from(d)), next + 1));
    }
    Some(half_of(reader, out, if group.is_none() { last_scale } else { 1 }))
}

/// Whether «ألفا» is the dual before its noun, «ألفا شخص», and not the accusative of one: with its tanwin, before a
/// smaller number, «ألفا وثلاثمئة», or with nothing to count behind it, «ألفا.», «ألفا من الدنانير».
fn is_dual(reader: &Reader<'_>, at: usize, scale: u64) -> bool {
    if reader.slice(at).contains('\u{064B}') {
        return false;
    }
    let smaller = |word: usize| match reader.number(word) {
        Some(NumberWord::Scale(n) | NumberWord::ScaleDual(n) | NumberWord::ScaleAccusative(n)) => n < scale,
        Some(NumberWord::ScalePlural(_) | NumberWord::Rough(_) | NumberWord::Ordinal(_)) | None => false,
        Some(_) => true,
    };
    if joined(reader, at + 1).is_some_and(|(word, _)| smaller(word)) {
        return false;
    }
    reader.get(at + 1).is_some_and(|t| t.kind == TokenKind::Arabic && !t.clitics.and)
        && !matches!(reader.cue(at + 1), Some(Cue::And | Cue::Of | Cue::To | Cue::Before))
}

/// Whether hundreds may follow the group `g` that began at `at`, units first: «ثلاث وعشرين وسبعمئة». A round number and
/// hundreds are two numbers, «بين خمسين ومئة», but in a year or before a thousand.
fn units_first(reader: &Reader<'_>, at: usize, g: u64, after: usize) -> bool {
    let compound = g > 10 && !g.is_multiple_of(10);
    let thousand = joined(reader, after).is_some_and(|(word, _)| {
        matches!(reader.number(word), Some(NumberWord::Scale(1000) | NumberWord::ScaleDual(1000)))
    });
    (1..100).contains(&g) && (compound || thousand || is_year(reader, at))
}

/// Whether a thousand may end the number of the group `g` that began at `at`.
fn ends_ascending(reader: &Reader<'_>, at: usize, g: u64) -> bool {
    g > 100
        && !g.is_multiple_of(100)
        && reader.number(at).is_some_and(|n| !matches!(n, NumberWord::Small(_) | NumberWord::Hundred))
        || is_year(reader, at)
}

fn is_year(reader: &Reader<'_>, at: usize) -> bool {
    reader.cue_before(at) == Some(Cue::Year)
}

/// The next word of a compound: joined by «و», or following bare.
fn step(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    if let Some(joined) = joined(reader, at) {
        return Some(joined);
    }
    let token = reader.get(at)?;
    let bare = token.kind == TokenKind::Arabic && !token.clitics.preposition && !token.clitics.and;
    (bare && reader.number(at).is_some()).then_some((at, at + 1))
}
