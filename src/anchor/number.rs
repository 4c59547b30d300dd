//! Numbers with what they count: percentages, money, quantities, ordinals, rough quantities.
//!
//! In: tokens. Out: anchors. Guarantee: total; each token is read once; values are exact.

use rust_decimal::Decimal;

use super::calendar::PartialDate;
use super::count::{
    counted_before, currency, decade_suffix, is_trailing_minus, ordinal_suffix, part_after, per_mille,
    percent, unit, unit_with_article,
};
use super::date::{BUDDHIST, is_buddhist};
use super::digits::{DigitNumber, DigitValue, digits, fraction_sign, slash_fraction};
use super::era::{Era, era};
use super::spelled::{Form, Spelled, half_of};
use super::token::{Letters, Reader, TokenKind};
use super::unit_word::{in_smaller, read_unit_word};
use super::value::{Anchor, AnchorKind, AnchorValue, Strength};
use super::{spelled_arabic, spelled_myriad, spelled_number, spelled_scale_first, spelled_western};
use crate::language::{Calendar, Cue, Grammar, Habit, NumberWord, Said, Unit, UnitWord, currency_sign};

/// A number before it is known what it counts.
#[derive(Debug, Clone)]
struct Amount {
    value: Decimal,
    also: Option<Decimal>,
    form: Form,
    next: usize,
    /// How many digits it has, if it has nothing but digits.
    plain: Option<usize>,
    /// Whether it is said in words.
    spelled: bool,
    strength: Strength,
}

/// Reads the number that starts at token `at`, if one does: pushes its anchors, gives the next token.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = *reader.get(at)?;
    let percent_before = reader.cue(at) == Some(Cue::PercentBefore);
    let percent_before = percent_before || reader.cue(at) == Some(Cue::PerMilleBefore);
    if (percent_before || reader.words.grammar() == Some(Grammar::Myriad))
        && let Some(next) = read_myriad(reader, at, out)
    {
        return Some(next);
    }
    match token.kind {
        TokenKind::Sign(c) => read_sign(reader, at, c, out),
        TokenKind::Digits => {
            let start = token.start;
            if let Some((n, d, next)) = slash_fraction(reader, at) {
                let (value, form) = match fraction(Decimal::from(n), d) {
                    AnchorValue::Number(value) => (value, Form::Cardinal),
                    _ => (Decimal::from(n), Form::Fraction(d)),
                };
                let strength = Strength::Strong;
                let amount = Amount { value, also: None, form, next, plain: None, spelled: false, strength };
                return Some(finish(reader, at, start, amount, out));
            }
            let found = digits(reader, at)?;
            match scaled(reader, at, found) {
                Ok(amount) => Some(finish(reader, at, start, amount, out)),
                Err((code, next)) => {
                    let end = reader.tokens[next - 1].end;
                    out.push(Anchor::new(AnchorKind::Number, AnchorValue::Text(code), start, end));
                    Some(next)
                }
            }
        }
        TokenKind::Arabic | TokenKind::Latin | TokenKind::Letters => {
            let spelled = match reader.words.grammar() {
                _ if reader.number(at).is_none() => None,
                Some(Grammar::Arabic) if token.kind != TokenKind::Arabic => None,
                _ => spelled_number::spelled(reader, at),
            };
            if let Some(currency) = token.senses.and_then(|s| s.currency)
                && (token.letters == Letters::Upper
                    || reader.is_glued(at + 1) && token.letters != Letters::Lower)
                && reader.is_digits(at + 1)
                && let Ok(amount) = scaled(reader, at + 1, digits(reader, at + 1)?)
            {
                // USD 500
                let value = AnchorValue::Money { amount: amount.value, currency };
                let end = reader.tokens[amount.next - 1].end;
                out.push(Anchor::new(AnchorKind::Money, value, token.start, end));
                return Some(amount.next);
            }
            match spelled.map(|spelled| one_more(reader, spelled)) {
                Some(Spelled { value, form, next, strength }) => {
                    let amount =
                        Amount { value, also: None, form, next, plain: None, spelled: true, strength };
                    Some(finish(reader, at, token.start, amount, out))
                }
                None => read_unit_word(reader, at, out),
            }
        }
    }
}

/// «ألف ليلة وليلة», a thousand nights and one: what is counted, joined to itself in the singular.
fn one_more(reader: &Reader<'_>, spelled: Spelled) -> Spelled {
    let round = spelled.form == Form::Cardinal && (spelled.value % Decimal::ONE_HUNDRED).is_zero();
    let counted = reader.folded(spelled.next);
    let arabic = |at: usize| reader.get(at).is_some_and(|t| t.kind == TokenKind::Arabic);
    let again = round
        && !spelled.value.is_zero()
        && reader.words.grammar() == Some(Grammar::Arabic)
        && arabic(spelled.next)
        && arabic(spelled.next + 1)
        && reader.folded(spelled.next + 1).strip_prefix('و') == Some(counted.as_str());
    match spelled.value.checked_add(Decimal::ONE).filter(|_| again) {
        Some(value) => Spelled { value, next: spelled.next + 2, ..spelled },
        None => spelled,
    }
}

/// 二十三万人, 第三章, 百分之十, «yüzde 10»: the numbers of Chinese, Japanese and Korean, and percentages whose word stands
/// before them.
fn read_myriad(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = *reader.get(at)?;
    let before = match token.senses.and_then(|s| s.cue) {
        Some(cue @ (Cue::OrdinalBefore | Cue::PercentBefore | Cue::PerMilleBefore)) => Some(cue),
        _ => None,
    };
    if before.is_none()
        && let Some((value, denominator, next)) = spelled_myriad::fraction(reader, at)
    {
        let form = Form::Fraction(denominator);
        let amount =
            Amount { value, also: None, form, next, plain: None, spelled: true, strength: Strength::Strong };
        return Some(finish(reader, at, token.start, amount, out));
    }
    let from = at + usize::from(before.is_some());
    let spelled = match reader.words.grammar() {
        Some(Grammar::Myriad) => {
            spelled_myriad::spelled(reader, from).map(|found| (found.value, found.also, found.next))
        }
        Some(Grammar::ScaleFirst) => {
            spelled_scale_first::spelled(reader, from).map(|found| (found.value, None, found.next))
        }
        _ => spelled_western::spelled(reader, from).map(|found| (found.value, None, found.next)),
    };
    let (value, also, next, plain) = match spelled {
        Some((value, also, next)) => (value, also, next, None),
        None if before.is_some() => {
            let DigitNumber { value: DigitValue::Number(value), next, plain, .. } = digits(reader, from)?
            else {
                return None;
            };
            (value, None, next, plain)
        }
        None => return None,
    };
    let end = reader.tokens[next - 1].end;
    let mut push = |kind, value| {
        out.push(Anchor::new(kind, value, token.start, end));
        Some(next)
    };
    match before {
        Some(Cue::OrdinalBefore) => push(AnchorKind::Ordinal, AnchorValue::Number(value)),
        Some(Cue::PerMilleBefore) => push(AnchorKind::Percent, AnchorValue::Percent(value / Decimal::TEN)),
        Some(_) => push(AnchorKind::Percent, AnchorValue::Percent(value)),
        None => {
            let strength = if value <= Decimal::TWO { Strength::Weak } else { Strength::Strong };
            let amount = Amount { value, also, form: Form::Cardinal, next, plain, spelled: true, strength };
            Some(finish(reader, at, token.start, amount, out))
        }
    }
}

/// `$5`, `%10`, `-5`, `½`, `.45`.
fn read_sign(reader: &Reader<'_>, at: usize, c: char, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    if let Some((n, d)) = fraction_sign(c) {
        let (value, form) = match fraction(Decimal::from(n), d) {
            AnchorValue::Number(value) => (value, Form::Cardinal),
            _ => (Decimal::from(n), Form::Fraction(d)),
        };
        let amount = Amount {
            value,
            also: None,
            form,
            next: at + 1,
            plain: None,
            spelled: false,
            strength: Strength::Strong,
        };
        return Some(finish(reader, at, token.start, amount, out));
    }
    let opens = token.spaced
        || at == 0
        || matches!(reader.sign(at - 1), Some('(' | '[' | '«' | '"' | '~' | '±'))
        || reader.tokens[at - 1].kind == TokenKind::Arabic && reader.cue(at - 1) == Some(Cue::And);
    let percent = matches!(c, '%' | '٪');
    let minus = matches!(c, '-' | '−');
    let currency = currency_sign(c);
    let point = matches!(c, '.' | '٫');
    let applies = match c {
        _ if percent || minus || point => opens && reader.is_glued(at + 1),
        _ => currency.is_some(),
    };
    let DigitNumber { value: DigitValue::Number(_), .. } = digits(reader, at + 1).filter(|_| applies)? else {
        return None;
    };
    let mut amount = scaled(reader, at + 1, digits(reader, at + 1)?).ok()?;
    if let Some(currency) = currency {
        if let Some(scale) = scale_letter(reader, amount.next) {
            amount.value = amount.value.checked_mul(Decimal::from(scale))?;
            amount.next += 1;
        }
        let value = AnchorValue::Money { amount: amount.value, currency };
        out.push(Anchor::new(AnchorKind::Money, value, token.start, reader.tokens[amount.next - 1].end));
        return Some(amount.next);
    }
    if percent {
        // The sign of the number before: «10% 20» is read from the left.
        if at > 0 && reader.is_digits(at - 1) {
            return None;
        }
        let end = reader.tokens[amount.next - 1].end;
        out.push(Anchor::new(AnchorKind::Percent, AnchorValue::Percent(amount.value), token.start, end));
        return Some(amount.next);
    }
    if point {
        let places = u32::try_from(amount.plain?).ok().filter(|&p| p <= 20)?;
        amount.value.set_scale(places).ok()?;
    } else {
        amount.value.set_sign_negative(true);
    }
    (amount.plain, amount.also) = (None, None);
    Some(finish(reader, at, token.start, amount, out))
}

/// Multiplies a number in digits by what follows: `2.5 million`, `10k`, «5 ملايين و300 ألف», `2½`.
fn scaled(reader: &Reader<'_>, at: usize, found: DigitNumber) -> Result<Amount, (Box<str>, usize)> {
    let mut value = match found.value {
        DigitValue::Number(value) => value,
        DigitValue::Code(code) => return Err((code, found.next)),
    };
    let mut next = found.next;
    let (mut also, mut plain) = (found.also, found.plain);
    let letters = |at: usize| if reader.is_glued(at) { reader.slice(at) } else { "" };
    if let Some((n, d)) = reader.sign(next).and_then(fraction_sign)
        && plain.is_some()
        && let AnchorValue::Number(part) = fraction(Decimal::from(n), d)
    {
        (value, plain) = (value.checked_add(part).unwrap_or(value), None);
        next += 1;
    } else if let Some((n, d, after)) = slash_fraction(reader, next)
        && plain.is_some_and(|count| count <= 3)
        && let AnchorValue::Number(part) = fraction(Decimal::from(n), d)
    {
        // `2 1/2`
        (value, plain, next) = (value.checked_add(part).unwrap_or(value), None, after);
    }
    let hyphen = usize::from(reader.glued_sign(next) == Some('-') && reader.is_glued(next + 1));
    let mut scale = match reader.number(next + hyphen) {
        Some(NumberWord::Scale(s) | NumberWord::ScalePlural(s) | NumberWord::ScaleAccusative(s))
            if !joins(reader, next + hyphen) =>
        {
            Some((s, next + hyphen + 1))
        }
        Some(NumberWord::Hundred) if plain.is_some_and(|p| p <= 2) && !joins(reader, next) => {
            Some((100, next + 1))
        }
        _ => match letters(next) {
            "k" | "K" => Some((1_000, next + 1)),
            "M" => Some((1_000_000, next + 1)),
            _ => None,
        },
    };
    // «ألف مليون»: a scale of a scale.
    if let Some((s, after)) = scale
        && let Some(NumberWord::Scale(more)) = reader.number(after)
        && !joins(reader, after)
        && more >= s
        && let Some(product) = s.checked_mul(more).filter(|&p| p <= 1_000_000_000_000_000)
    {
        scale = Some((product, after + 1));
    }
    if let Some((s, after)) = scale
        && let Some(product) = value.checked_mul(Decimal::from(s))
    {
        (value, next, plain) = (product, after, None);
        also = also.and_then(|a| a.checked_mul(Decimal::from(s)));
        if reader.tokens[at].kind == TokenKind::Digits {
            (value, next) = rest_of_scale(reader, value, s, next);
            let half = Spelled { value, form: Form::Cardinal, next, strength: Strength::Strong };
            let half = half_of(reader, half, s);
            (value, next) = (half.value, half.next);
        }
    }
    Ok(Amount { value, also, form: Form::Cardinal, next, plain, spelled: false, strength: Strength::Strong })
}

/// «و300 ألف» after «5 ملايين», «و200» after «5 آلاف».
fn rest_of_scale(reader: &Reader<'_>, value: Decimal, scale: u64, next: usize) -> (Decimal, usize) {
    let and = reader.get(next).is_some_and(|t| t.kind == TokenKind::Arabic)
        && reader.cue(next) == Some(Cue::And)
        && reader.is_digits(next + 1);
    if !and {
        return (value, next);
    }
    let Some(DigitNumber { value: DigitValue::Number(rest), next: after, plain: Some(count), .. }) =
        digits(reader, next + 1)
    else {
        return (value, next);
    };
    let (times, after) = match reader.number(after) {
        Some(NumberWord::Scale(s) | NumberWord::ScalePlural(s) | NumberWord::ScaleAccusative(s))
            if s < scale && !joins(reader, after) =>
        {
            (s, after + 1)
        }
        None if scale == 1000 && count == 3 => (1, after),
        _ => return (value, next),
    };
    let sum = rest.checked_mul(Decimal::from(times)).and_then(|product| value.checked_add(product));
    sum.map_or((value, next), |sum| (sum, after))
}

fn joins(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).is_some_and(|t| t.clitics.and || t.clitics.preposition)
}

/// The power of ten of a letter after an amount of money.
fn scale_letter(reader: &Reader<'_>, at: usize) -> Option<u64> {
    if !reader.is_glued(at) {
        return None;
    }
    match reader.slice(at) {
        "m" => Some(1_000_000),
        "b" | "B" => Some(1_000_000_000),
        _ => None,
    }
}

/// A fraction as a number where its decimals end, else as a fraction.
fn fraction(numerator: Decimal, denominator: u32) -> AnchorValue {
    let quotient = numerator / Decimal::from(denominator);
    if quotient.scale() <= 4 {
        return AnchorValue::Number(quotient);
    }
    AnchorValue::Fraction { numerator: u32::try_from(numerator).unwrap_or(1), denominator }
}

/// What an amount turned out to be.
struct Found {
    kind: AnchorKind,
    value: AnchorValue,
    also: Option<AnchorValue>,
    /// The token after it.
    next: usize,
    strength: Strength,
}

impl Found {
    fn sure(kind: AnchorKind, value: AnchorValue, next: usize) -> Self {
        Self { kind, value, also: None, next, strength: Strength::Strong }
    }

    /// Pushes its anchor, which begins at byte `start`; gives the token after it.
    fn push(self, reader: &Reader<'_>, start: usize, out: &mut Vec<Anchor>) -> usize {
        let mut anchor = Anchor::new(self.kind, self.value, start, reader.tokens[self.next - 1].end);
        (anchor.also, anchor.strength) = (self.also, self.strength);
        out.push(anchor);
        self.next
    }
}

/// Finds out what an amount counts and pushes its anchor; gives the token after it.
fn finish(reader: &Reader<'_>, at: usize, start: usize, mut amount: Amount, out: &mut Vec<Anchor>) -> usize {
    if let Some(found) = part_of_unit(reader, &amount).or_else(|| decade_of_century(reader, &amount)) {
        return found.push(reader, start, out);
    }
    if let Some(found) = by_form(&amount).or_else(|| by_suffix(reader, &amount)) {
        return found.push(reader, start, out);
    }
    if reader.words.has(Habit::MinusBehind) && is_trailing_minus(reader, at, amount.next) {
        amount.value.set_sign_negative(true);
        amount.next += 1;
        amount.plain = None;
    }
    if let Some(found) = by_what_it_counts(reader, &amount) {
        return found.push(reader, start, out);
    }
    if let Some((date, next)) = year(reader, at, &amount) {
        let next = Found::sure(AnchorKind::Date, AnchorValue::Date(date), next).push(reader, start, out);
        return match date.year {
            Some(year) if amount.plain.is_some() => end_of_years(reader, year, next, out),
            _ => next,
        };
    }
    if let Some(unit) = counted_before(reader, at)
        && out.last().is_none_or(|a| a.span.end <= reader.tokens[at - 1].start)
    {
        let Amount { value, next, strength, .. } = amount;
        // «القرن العشرين» is the twentieth: tens have no ordinals of their own. «המאה התשע עשרה»: in Hebrew none has.
        let own = reader.words.grammar() == Some(Grammar::Arabic) && value < Decimal::from(20);
        let ordinal = !own && reader.tokens[at - 1].senses.is_some_and(|s| s.singular);
        let (kind, value) = if ordinal {
            (AnchorKind::Ordinal, AnchorValue::Number(value))
        } else {
            (AnchorKind::Quantity, AnchorValue::Quantity { amount: value, unit })
        };
        let found = Found { kind, value, also: None, next, strength };
        return found.push(reader, reader.tokens[at - 1].start, out);
    }
    let found = code(reader, start, &amount).unwrap_or(Found {
        kind: AnchorKind::Number,
        value: AnchorValue::Number(amount.value),
        also: amount.also.map(AnchorValue::Number),
        next: amount.next,
        strength: amount.strength,
    });
    found.push(reader, start, out)
}

/// «نصف ساعة», «ثلث ساعة», «ثلاثة أرباع الساعة», "a quarter of a century", "half a kilometre".
fn part_of_unit(reader: &Reader<'_>, amount: &Amount) -> Option<Found> {
    let Form::Fraction(d) = amount.form else { return None };
    let d = Decimal::from(d);
    let mut next = amount.next + usize::from(reader.cue(amount.next) == Some(Cue::Of));
    next += usize::from(reader.cue(next) == Some(Cue::Article));
    let (mut unit, times, after) = unit(reader, next).or_else(|| unit_with_article(reader, next))?;
    // «نصف العام» may be said as "half of the year", without a unit that is read.
    let strength = if reader.tokens[next].clitics.article { amount.strength } else { Strength::Strong };
    let mut value = amount.value.checked_mul(Decimal::from(times))?;
    if (value / d).scale() > 2 {
        // A third of an hour is 20 minutes.
        let (smaller, in_it) = unit.smaller()?;
        (value, unit) = (value.checked_mul(Decimal::from(smaller))?, in_it);
        if !(value % d).is_zero() {
            return None;
        }
    }
    let value = value / d;
    let found = Found::sure(AnchorKind::Quantity, AnchorValue::Quantity { amount: value, unit }, after);
    Some(Found { also: in_smaller(value, unit), strength, ..found })
}

/// «ستينيات القرن العشرين»: the decade with its century.
fn decade_of_century(reader: &Reader<'_>, amount: &Amount) -> Option<Found> {
    let unit = reader.get(amount.next).and_then(|t| t.senses).and_then(|s| s.unit);
    if amount.form != Form::Decade || unit != Some(UnitWord::Plain(Unit::Century)) {
        return None;
    }
    let century = spelled_arabic::spelled(reader, amount.next + 1)?;
    let value = u16::try_from(century.value).ok().filter(|c| (11..=21).contains(c))?;
    let decade = (value - 1) * 100 + u16::try_from(amount.value).ok()?;
    Some(Found::sure(AnchorKind::Date, AnchorValue::Decade(decade), century.next))
}

/// What the amount's own words say that it is.
fn by_form(amount: &Amount) -> Option<Found> {
    let (kind, value) = match amount.form {
        Form::Ordinal => (AnchorKind::Ordinal, AnchorValue::Number(amount.value)),
        Form::Approximate => {
            let exponent = u64::try_from(amount.value).map_or(0, |v| v.ilog10()) as u8;
            (AnchorKind::Approximate, AnchorValue::Approximate(exponent))
        }
        Form::Fraction(d) => (AnchorKind::Number, fraction(amount.value, d)),
        Form::Decade => (AnchorKind::Date, AnchorValue::Decade(u16::try_from(amount.value).unwrap_or(0))),
        Form::Year | Form::Cardinal => return None,
    };
    Some(Found { kind, value, also: None, next: amount.next, strength: amount.strength })
}

/// What letters behind plain digits say: `3rd`, `1990s`.
fn by_suffix(reader: &Reader<'_>, amount: &Amount) -> Option<Found> {
    let count = amount.plain?;
    if let Some(next) = ordinal_suffix(reader, amount.next) {
        return Some(Found::sure(AnchorKind::Ordinal, AnchorValue::Number(amount.value), next));
    }
    let next = decade_suffix(reader, amount.next)?;
    if !matches!(count, 2 | 4) || !(amount.value % Decimal::TEN).is_zero() {
        return None;
    }
    let decade = u16::try_from(amount.value).ok()?;
    Some(Found::sure(AnchorKind::Date, AnchorValue::Decade(decade), next))
}

/// What the words or signs that follow say that it counts: hundredths, money, a unit.
fn by_what_it_counts(reader: &Reader<'_>, amount: &Amount) -> Option<Found> {
    if let Some(next) = percent(reader, amount.next) {
        let found = Found::sure(AnchorKind::Percent, AnchorValue::Percent(amount.value), next);
        return Some(Found { also: amount.also.map(AnchorValue::Percent), ..found });
    }
    if let Some(next) = per_mille(reader, amount.next) {
        let hundredths = |value| AnchorValue::Percent(value / Decimal::TEN);
        let found = Found::sure(AnchorKind::Percent, hundredths(amount.value), next);
        // As it may stand opposite in words that are not known to make thousandths of it.
        return Some(Found { also: Some(AnchorValue::Number(amount.value)), ..found });
    }
    if let Some((currency, next)) = currency(reader, amount.next) {
        let (part, next) = part_after(reader, next).unwrap_or((Decimal::ZERO, next));
        let money = |amount| AnchorValue::Money { amount: amount + part, currency };
        let found = Found::sure(AnchorKind::Money, money(amount.value), next);
        return Some(Found { also: amount.also.map(money), ..found });
    }
    let (unit, times, next) = unit(reader, amount.next)?;
    let (part, next) = part_after(reader, next).unwrap_or((Decimal::ZERO, next));
    let value = amount.value.checked_add(part)?.checked_mul(Decimal::from(times))?;
    // Counted, "two" is no false friend any more: Arabic says it by the dual of the unit.
    let strength = if amount.value == Decimal::TWO { Strength::Strong } else { amount.strength };
    let also =
        amount.also.map(|amount| AnchorValue::Quantity { amount, unit }).or_else(|| in_smaller(value, unit));
    Some(Found {
        kind: AnchorKind::Quantity,
        value: AnchorValue::Quantity { amount: value, unit },
        also,
        next,
        strength,
    })
}

/// The year that an amount is, if it is one, and the token after its era.
fn year(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<(PartialDate, usize)> {
    let year = i32::try_from(amount.value).ok()?;
    let named = || reader.cue_before(at) == Some(Cue::Year);
    let said = amount.spelled && amount.value.fract().is_zero() && (100..=2200).contains(&year);
    // «سنة ثلاث وعشرين وسبعمئة للهجرة», «عام ألفين وأحد عشر».
    let spelled = said && (named() || era(reader, amount.next).is_some());
    let digits = amount.plain == Some(4)
        && ((1900..=2099).contains(&year) || is_buddhist(reader, year as u32))
        || amount.plain.is_some_and(|p| (3..=4).contains(&p)) && (300..=2200).contains(&year) && named();
    if amount.form != Form::Year && !spelled && !digits {
        return None;
    }
    if is_buddhist(reader, year as u32) {
        return Some((Era::Of(Calendar::Gregorian).year(year - BUDDHIST), amount.next));
    }
    let solar = reader.words.says(Said::Month(Calendar::SolarHijri)) && (1200..1500).contains(&year);
    let (era, next) = match era(reader, amount.next).filter(|_| amount.spelled) {
        Some(found) => found,
        None if solar => (Era::Of(Calendar::SolarHijri), amount.next),
        None => (Era::Of(Calendar::Gregorian), amount.next),
    };
    Some((era.year(year), next))
}

/// Pushes the second year of `2010-14`, if there is one at `next`; gives the token after.
fn end_of_years(reader: &Reader<'_>, year: i32, next: usize, out: &mut Vec<Anchor>) -> usize {
    if matches!(reader.glued_sign(next), Some('-' | '–' | '/'))
        && reader.is_glued(next + 1)
        && reader.digit_count(next + 1) == 2
        && !matches!(reader.glued_sign(next + 2), Some('-' | '–' | '/'))
        && let Some(end) = reader.small(next + 1).filter(|&e| e as i32 > year % 100)
    {
        let token = reader.tokens[next + 1];
        let year = Era::Of(Calendar::Gregorian).year(year / 100 * 100 + end as i32);
        let value = AnchorValue::Date(year);
        out.push(Anchor::new(AnchorKind::Date, value, token.start, token.end));
        return next + 2;
    }
    next
}

/// 5G, 3D, 16A: digits glued to letters that mean nothing to a number are a code.
fn code(reader: &Reader<'_>, start: usize, amount: &Amount) -> Option<Found> {
    amount.plain?;
    let glued = reader.is_glued(amount.next) && reader.tokens[amount.next].kind == TokenKind::Latin;
    glued.then(|| {
        let code = reader.text[start..reader.tokens[amount.next].end].into();
        let found = Found::sure(AnchorKind::LatinWord, AnchorValue::Text(code), amount.next + 1);
        Found { also: Some(AnchorValue::Number(amount.value)), ..found }
    })
}
