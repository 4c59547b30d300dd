//! What stands beside a number and says what it counts: suffixes, percent, currencies, units.
//!
//! In: tokens, and where the number ends. Out: what follows it and where that ends. Guarantee: total;
//! words that belong to the next number («10 %20», "5 $10") are left to it.

use rust_decimal::Decimal;

use super::token::{Reader, TokenKind};
use crate::language::{Cue, Currency, Grammar, NumberWord, Unit, UnitWord, currency_sign};

pub(super) fn ordinal_suffix(reader: &Reader<'_>, at: usize) -> Option<usize> {
    (reader.is_glued(at) && reader.words.is_ordinal_suffix(reader.slice(at))).then_some(at + 1)
}

pub(super) fn decade_suffix(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let s = |at: usize| reader.is_glued(at) && reader.slice(at) == "s";
    if s(at) {
        return Some(at + 1);
    }
    (matches!(reader.glued_sign(at), Some('\'' | '’')) && s(at + 1)).then_some(at + 2)
}

/// A minus after the number, as Arabic may write it: before a percent sign, a degree or the end.
pub(super) fn is_trailing_minus(reader: &Reader<'_>, at: usize, next: usize) -> bool {
    if at == 0 || !matches!(reader.glued_sign(next), Some('-' | '−')) {
        return false;
    }
    match reader.get(next + 1) {
        None => true,
        Some(t) => {
            matches!(t.kind, TokenKind::Sign('%' | '٪' | '°' | ')' | '.' | '،'))
                || t.spaced && t.senses.is_some_and(|s| s.unit == Some(UnitWord::Plain(Unit::Degree)))
        }
    }
}

pub(super) fn percent(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let at = at + usize::from(reader.glued_sign(at) == Some('-') && reader.is_glued(at + 1));
    if matches!(reader.sign(at), Some('%' | '٪')) {
        // A sign glued to the next number is that number's: «10 %20».
        let next_is_its = reader.tokens[at].spaced && reader.is_glued(at + 1) && reader.is_digits(at + 1);
        return (!next_is_its).then_some(at + 1);
    }
    match reader.cue(at)? {
        Cue::Percent => Some(at + 1),
        Cue::Per
            if matches!(reader.slice(at + 1), "cent" | "Cent")
                || reader.cue(at + 1) == Some(Cue::Percent) =>
        {
            Some(at + 2)
        }
        Cue::Before
            if reader.slice(at) == "في"
                && reader.number(at + 1) == Some(NumberWord::Hundred)
                && reader.tokens[at + 1].clitics.article =>
        {
            Some(at + 2)
        }
        _ => None,
    }
}

/// The token after what makes thousandths of a number: "‰", "per mille".
pub(super) fn per_mille(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.sign(at) == Some('‰') || reader.cue(at) == Some(Cue::PerMille) {
        return Some(at + 1);
    }
    let thousand =
        |at: usize| reader.number(at) == Some(NumberWord::Scale(1000)) || reader.slice(at) == "mille";
    let clitics = reader.get(at)?.clitics;
    // «خمسة بالألف», «خمسة في الألف», "five per thousand".
    if clitics.preposition
        && clitics.article
        && !clitics.and
        && reader.slice(at).starts_with('ب')
        && thousand(at)
    {
        return Some(at + 1);
    }
    let per = match reader.cue(at)? {
        Cue::Per => thousand(at + 1),
        Cue::Before if reader.slice(at) == "في" => {
            thousand(at + 1)
                && reader.tokens[at + 1].clitics.article
                && !reader.tokens[at + 1].clitics.preposition
        }
        _ => false,
    };
    per.then_some(at + 2)
}

/// Whose currency it is, before its name in English.
const NATIONS: [&str; 26] = [
    "American",
    "Canadian",
    "Australian",
    "British",
    "Swiss",
    "Turkish",
    "Iranian",
    "Israeli",
    "Indian",
    "Iraqi",
    "Egyptian",
    "Syrian",
    "Lebanese",
    "Jordanian",
    "Kuwaiti",
    "Bahraini",
    "Saudi",
    "Qatari",
    "Omani",
    "Yemeni",
    "Emirati",
    "Sudanese",
    "Libyan",
    "Tunisian",
    "Algerian",
    "Moroccan",
];

pub(super) fn currency(reader: &Reader<'_>, at: usize) -> Option<(Currency, usize)> {
    let mut at = at + usize::from(reader.glued_sign(at) == Some('-') && reader.is_glued(at + 1));
    match reader.slice(at) {
        "US" => at += 1,
        nation if NATIONS.contains(&nation) => at += 1,
        "U" if reader.slice(at + 2) == "S" && reader.sign(at + 3) == Some('.') => at += 4,
        _ => {}
    }
    if let Some(currency) = reader.sign(at).and_then(currency_sign) {
        // A sign glued to the next number is that number's: "5 $10".
        return (!(reader.tokens[at].spaced && reader.is_digits(at + 1))).then_some((currency, at + 1));
    }
    let token = reader.get(at)?;
    let currency = token.senses?.currency?;
    (!token.clitics.and && !token.clitics.article).then_some((currency, at + 1))
}

/// The unit after a number: which, how many of it one is, and the token after it.
pub(super) fn unit(reader: &Reader<'_>, next: usize) -> Option<(Unit, u32, usize)> {
    if let Some('°' | 'º') = reader.sign(next) {
        let letter = reader.is_glued(next + 1) && matches!(reader.slice(next + 1), "C" | "F");
        return Some((Unit::Degree, 1, next + 1 + usize::from(letter)));
    }
    let mut at = next
        + usize::from(
            matches!(reader.glued_sign(next), Some('-' | '\u{2010}' | '\u{2011}'))
                && reader.is_glued(next + 1),
        );
    let squared = matches!(reader.slice(at), "square" | "sq");
    let cubed = reader.slice(at) == "cubic";
    at += usize::from(squared || cubed);
    at += usize::from(squared && reader.glued_sign(at) == Some('.'));
    let token = reader.get(at)?;
    let word = token.senses?.unit?;
    if token.clitics.and || token.clitics.article || token.clitics.preposition {
        return None;
    }
    // Lone letters are units only as they are written: 5 m, but not 5 M.
    if token.end - token.start == 1 && reader.text.as_bytes()[token.start].is_ascii_uppercase() {
        return None;
    }
    let (unit, times) = match word {
        UnitWord::Plain(unit) => (unit, 1),
        UnitWord::Years(n) | UnitWord::ManyYears(n) | UnitWord::DoubtfulYears(n) => {
            (Unit::Year, u32::from(n))
        }
        UnitWord::Dual(_) | UnitWord::YearsDual(_) => return None,
    };
    let after = at + 1;
    if squared {
        return unit.squared().map(|unit| (unit, times, after));
    }
    if cubed {
        return unit.cubed().map(|unit| (unit, times, after));
    }
    let power = match reader.glued_sign(after) {
        Some('²') => unit.squared(),
        Some('³') => unit.cubed(),
        _ if reader.get(after).is_some_and(|t| t.kind == TokenKind::Arabic) => {
            match reader.slice(after).strip_suffix("\u{64B}ا").unwrap_or(reader.slice(after)) {
                "مربع" | "مربعة" | "مربعا" | "مربعا\u{64b}" => unit.squared(),
                "مكعب" | "مكعبة" | "مكعبا" | "مكعبا\u{64b}" => unit.cubed(),
                _ => None,
            }
        }
        _ => None,
    };
    Some(power.map_or((unit, times, after), |unit| (unit, times, after + 1)))
}

/// The unit with the article after a part of it, «ثلاثة أرباع الساعة», as [`unit`] gives it.
pub(super) fn unit_with_article(reader: &Reader<'_>, at: usize) -> Option<(Unit, u32, usize)> {
    let token = reader.get(at).filter(|t| t.clitics.article && !t.clitics.and && !t.clitics.preposition)?;
    match token.senses?.unit? {
        UnitWord::Plain(unit) => Some((unit, 1, at + 1)),
        _ => None,
    }
}

/// The unit before a number with the article: «الأشهر الستة».
pub(super) fn counted_before(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let (noun, number) = (reader.before(at)?, reader.get(at)?);
    // In Hebrew, a century with the article is a word of its own, as without it is a hundred.
    let article = noun.clitics.article || noun.senses.is_some_and(|s| s.singular);
    if !number.clitics.article || number.clitics.and || !article {
        return None;
    }
    match noun.senses?.unit? {
        UnitWord::Plain(unit) => Some(unit),
        _ => None,
    }
}

/// The half or quarter joined to what is counted, and the token after it: «ثلاث سنوات ونصف», "two years and a half".
pub(super) fn part_after(reader: &Reader<'_>, at: usize) -> Option<(Decimal, usize)> {
    let token = reader.get(at)?;
    let mut part = at;
    if !token.clitics.and {
        if reader.cue(at) != Some(Cue::And) {
            return None;
        }
        part += 1;
        part += usize::from(reader.cue(part) == Some(Cue::Article));
    }
    let Some(NumberWord::Fraction(n, d)) = reader.number(part) else { return None };
    let value = Decimal::from(n) / Decimal::from(d);
    if value.scale() > 2 || reader.tokens[part].clitics.article {
        return None;
    }
    // "… and half a million", «ونصف السكان»: the part is another thing's, unless it names the same thing again.
    let after = reader.get(part + 1);
    let counted = |at: usize| reader.get(at).and_then(|t| t.senses).and_then(|s| s.unit);
    let again = counted(part + 1).is_some() && counted(part + 1) == counted(at - 1)
        || after.is_some_and(|t| t.clitics.article && t.senses.is_some_and(|s| s.unit.is_some()));
    if again {
        return Some((value, part + 2));
    }
    let other = after.is_some_and(|t| {
        let known = t.senses.is_some_and(|s| s.number.is_some() || s.unit.is_some() || s.currency.is_some());
        let article =
            reader.words.grammar() == Some(Grammar::Arabic) && reader.slice(part + 1).starts_with("ال");
        !t.clitics.and && (known || article || t.senses.is_some_and(|s| s.cue == Some(Cue::Article)))
    });
    (!other).then_some((value, part + 1))
}
