//! Numbers written in digits: grouping, decimals, and the code-like strings that are no numbers.
//!
//! In: tokens. Out: an exact decimal and where it ends. Guarantee: total; a separator that cannot belong
//! to the number is left alone («3،5» is a decimal, `2008,2009` are two numbers).

use rust_decimal::Decimal;

use super::token::{Reader, TokenKind};
use crate::language::{Habit, Words};
use crate::normalize::{digit, fold_digit};

/// A number in digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DigitNumber {
    pub(super) value: DigitValue,
    /// The other reading of an ambiguous separator.
    pub(super) also: Option<Decimal>,
    /// The token after it.
    pub(super) next: usize,
    /// How many digits it has, if it has nothing but digits.
    pub(super) plain: Option<usize>,
}

impl DigitNumber {
    /// Whether it is a number of thousands in groups, such as `50,000`: no code has them.
    pub(super) fn is_grouped(&self) -> bool {
        self.plain.is_none()
            && (matches!(self.value, DigitValue::Number(value) if value >= Decimal::ONE_THOUSAND)
                || self.also.is_some_and(|value| value >= Decimal::ONE_THOUSAND))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DigitValue {
    Number(Decimal),
    /// A version, section number or address such as `1.2.3`, or digits too many for a number.
    Code(Box<str>),
}

/// How one separator is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Group,
    Decimal,
    /// The usual reading is the first, the second is possible.
    GroupOrDecimal,
    DecimalOrGroup,
}

/// Reads the number whose first digit run is token `at`.
pub(super) fn digits(reader: &Reader<'_>, at: usize) -> Option<DigitNumber> {
    if !reader.is_digits(at) {
        return None;
    }
    let mut ends = at;
    let mut separators = Separators::default();
    while let Some(c) = separator(reader, ends)
        && separators.count < Separators::MOST
    {
        separators.push(c);
        ends += if c == ' ' { 1 } else { 2 };
    }
    if separators.count == 0 {
        return Some(plain(reader, at));
    }
    let seps = &separators.chars[..separators.count];
    let runs = Runs { reader, at, seps };
    let Some((decimals, reading)) = interpret(&runs, reader.words) else {
        // Points between runs that are no groups: a version or section number, compared as it is.
        if seps.len() >= 2 && seps.iter().all(|&c| c == '.') {
            let code = fold(&reader.text[reader.tokens[at].start..reader.tokens[ends].end]);
            return Some(DigitNumber {
                value: DigitValue::Code(code),
                also: None,
                next: ends + 1,
                plain: None,
            });
        }
        return Some(plain(reader, at));
    };
    let grouped = || runs.value(seps.len() + 1);
    let decimal = || runs.value(decimals);
    let (value, also) = match reading {
        Reading::Group => (grouped(), None),
        Reading::Decimal => (decimal(), None),
        Reading::GroupOrDecimal => (grouped(), decimal()),
        Reading::DecimalOrGroup => (decimal(), grouped()),
    };
    match value {
        Some(value) => {
            Some(DigitNumber { value: DigitValue::Number(value), also, next: ends + 1, plain: None })
        }
        None => Some(plain(reader, at)),
    }
}

fn plain(reader: &Reader<'_>, at: usize) -> DigitNumber {
    let text = reader.slice(at);
    let value = parse(text.chars(), 0).map_or_else(|| DigitValue::Code(fold(text)), DigitValue::Number);
    DigitNumber { value, also: None, next: at + 1, plain: Some(reader.digit_count(at)) }
}

fn fold(text: &str) -> Box<str> {
    text.chars().map(fold_digit).collect::<String>().into()
}

/// The separators found, few enough for any number.
#[derive(Debug, Default)]
struct Separators {
    chars: [char; Self::MOST],
    count: usize,
}

impl Separators {
    const MOST: usize = 9;

    fn push(&mut self, c: char) {
        self.chars[self.count] = c;
        self.count += 1;
    }
}

/// The separator after the digit run at `at`, if another digit run follows it: a sign, or a space before
/// a group of three.
fn separator(reader: &Reader<'_>, at: usize) -> Option<char> {
    if let Some(c @ (',' | '.' | '٫' | '٬' | '\'' | '’' | '،')) = reader.glued_sign(at + 1) {
        return (reader.is_glued(at + 2) && reader.is_digits(at + 2)).then_some(c);
    }
    let next = reader.get(at + 1)?;
    if next.kind == TokenKind::Digits && reader.digit_count(at + 1) == 3 && reader.digit_count(at) <= 3 {
        let gap = &reader.text[reader.tokens[at].end..next.start];
        let one_space = matches!(gap, " " | "\u{A0}" | "\u{202F}" | "\u{2009}");
        // A group of three that a longer number starts with is that number's: "22 300,5" is rare enough.
        return one_space.then_some(' ');
    }
    None
}

/// The digit runs of a number.
struct Runs<'r, 't> {
    reader: &'r Reader<'t>,
    at: usize,
    seps: &'r [char],
}

impl Runs<'_, '_> {
    /// The token of run `i`.
    fn token(&self, i: usize) -> usize {
        self.at + i + self.seps[..i].iter().filter(|&&c| c != ' ').count()
    }

    fn len(&self, i: usize) -> usize {
        self.reader.digit_count(self.token(i))
    }

    fn starts_with_zero(&self) -> bool {
        self.reader.slice(self.token(0)).chars().next().and_then(digit).is_some_and(|(v, _)| v == 0)
    }

    /// The value when the decimals are the runs from `decimals` on.
    fn value(&self, decimals: usize) -> Option<Decimal> {
        let runs = 0..=self.seps.len();
        let scale = runs.clone().filter(|&i| i >= decimals).map(|i| self.len(i)).sum::<usize>();
        let chars = runs.flat_map(|i| self.reader.slice(self.token(i)).chars());
        parse(chars, scale)
    }
}

/// Which run is the first of the decimals, and how the separators are read; `None` for no number.
fn interpret(runs: &Runs<'_, '_>, words: &Words) -> Option<(usize, Reading)> {
    let seps = runs.seps;
    let last = seps.len();
    let last_sep = seps[last - 1];
    let alike = seps.iter().all(|&c| c == seps[0]);
    let first_group = (1..=3).contains(&runs.len(0));
    let threes = |until: usize| first_group && (1..until).all(|i| runs.len(i) == 3);
    if last > 1 && alike {
        let indian =
            last_sep == ',' && runs.len(0) <= 2 && (1..last).all(|i| runs.len(i) == 2) && runs.len(last) == 3;
        let groups = last_sep != '٫' && (threes(last + 1) || indian);
        return groups.then_some((last, Reading::Group));
    }
    if last > 1 {
        // Groups by one sign, decimals after another: 1,234.56 and 1.234,56.
        let grouping = &seps[..last - 1];
        let regular = grouping.iter().all(|&c| c == grouping[0]) && grouping[0] != '٫' && threes(last);
        let point = matches!(last_sep, '.' | ',' | '٫' | '،');
        return (regular && point).then_some((last, Reading::Decimal));
    }
    let three = runs.len(1) == 3 && first_group && !runs.starts_with_zero();
    let ends_in_zeros =
        runs.reader.slice(runs.token(1)).chars().all(|c| digit(c).is_some_and(|(v, _)| v == 0));
    Some((
        1,
        match last_sep {
            ' ' => Reading::Group,
            '٬' | '\'' | '’' if three => Reading::Group,
            '٬' if runs.len(1) <= 2 => Reading::Decimal,
            ',' | '،' if three && words.has(Habit::DecimalComma) => Reading::DecimalOrGroup,
            ',' | '،' if three => Reading::Group,
            ',' | '،' if runs.len(1) <= 2 || runs.starts_with_zero() => Reading::Decimal,
            '.' if three && words.has(Habit::DecimalPoint) => Reading::DecimalOrGroup,
            '.' if three && words.has(Habit::PointBeforeZerosGroups) && ends_in_zeros => Reading::Group,
            '.' if three => Reading::GroupOrDecimal,
            '٫' | '.' => Reading::Decimal,
            _ => return None,
        },
    ))
}

/// The decimal of the digits in `chars`, the last `scale` of which are decimals; `None` beyond 28 digits.
fn parse(chars: impl Iterator<Item = char>, scale: usize) -> Option<Decimal> {
    let (mut mantissa, mut count) = (0i128, 0);
    for value in chars.filter_map(digit).map(|(v, _)| v) {
        mantissa = mantissa * 10 + i128::from(value);
        count += usize::from(mantissa > 0);
        if count > 28 {
            return None;
        }
    }
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).ok()?).ok()
}

/// The fraction of two digits round a slash, as measures are given, and the token after it: `1/2`, «٣/٤»; not `1/2/2024`,
/// and not a pair of numbers that people say of other things, `24/7`.
pub(super) fn slash_fraction(reader: &Reader<'_>, at: usize) -> Option<(u32, u32, usize)> {
    const FRACTIONS: [(u32, u32); 10] =
        [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 8), (3, 8), (5, 8), (7, 8)];
    let slash = |at: usize| matches!(reader.glued_sign(at), Some('/' | '\u{2044}'));
    let inside = |at: usize| {
        reader.is_glued(at) && reader.is_digits(at)
            || matches!(reader.glued_sign(at), Some('/' | '-' | '.' | ',' | ':' | '–' | '٫' | '%' | '٪'))
                && reader.is_glued(at + 1)
    };
    let two = reader.digit_count(at) == 1
        && slash(at + 1)
        && reader.is_glued(at + 2)
        && reader.digit_count(at + 2) == 1;
    // A sign or a letter right before it makes it a part of something else.
    let opens = at == 0 || !reader.is_glued(at) || matches!(reader.sign(at - 1), Some('(' | '[' | '«' | '"'));
    if !two || !opens || inside(at + 3) {
        return None;
    }
    let pair = (reader.small(at)?, reader.small(at + 2)?);
    let word = reader.get(at + 3).filter(|t| t.spaced);
    let measured =
        word.is_some_and(|t| t.kind != TokenKind::Digits && t.senses.is_none_or(|s| s.month.is_none()));
    (measured && reader.is_word(at + 3) && FRACTIONS.contains(&pair)).then_some((pair.0, pair.1, at + 3))
}

/// The fraction of a sign such as `½`.
pub(super) const fn fraction_sign(c: char) -> Option<(u32, u32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}
