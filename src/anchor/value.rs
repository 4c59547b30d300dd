//! What an anchor is worth: its exact value, how people read it, and the keys by which it is compared.
//!
//! In: values that the readers of this folder found. Out: a display form and stable comparison keys.
//! Guarantee: the same value gives the same display and the same keys in every language, on every
//! platform and in every run; numbers are exact decimals.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::calendar::{PartialDate, weekday_name};
use super::key::{AnchorKey, KeyKind};
use crate::bitext::TextSpan;
use crate::language::{Calendar, Currency, Unit};

/// Digits of a telephone number without the code of the country.
const NATIONAL: usize = 9;

/// A value found in a segment that should recur opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// What kind of thing it is.
    pub kind: AnchorKind,
    /// The value itself.
    pub value: AnchorValue,
    /// Another reading of the same characters, if they have one: 4 March for 3 April in `3/4/2024`.
    pub also: Option<AnchorValue>,
    /// Where it stands, in bytes of the text it was found in.
    pub span: TextSpan,
    /// Whether its absence opposite means anything.
    pub strength: Strength,
}

/// The kinds of anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AnchorKind {
    /// A cardinal number or a fraction, in digits or words.
    Number,
    /// An ordinal number: "tenth", «العاشرة», "20th", "Chapter IV".
    Ordinal,
    /// A rough quantity: "hundreds of thousands", «مئات الآلاف».
    Approximate,
    /// A percentage.
    Percent,
    /// An amount of money.
    Money,
    /// A number with its unit: "10 km", "six months".
    Quantity,
    /// A date or a part of one: day and month, month, year, decade.
    Date,
    /// A day of the week.
    Weekday,
    /// A time of day, or another pair of numbers with a colon.
    Time,
    /// A web or mail address.
    Address,
    /// A file name.
    FileName,
    /// A Latin-script word inside Arabic, or an acronym, code or camel-case name on a Latin side.
    LatinWord,
    /// The number or letter of a list item.
    ListMarker,
}

impl AnchorKind {
    /// The name used in output: `number`, `latin-word`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Ordinal => "ordinal",
            Self::Approximate => "approximate",
            Self::Percent => "percent",
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Date => "date",
            Self::Weekday => "weekday",
            Self::Time => "time",
            Self::Address => "address",
            Self::FileName => "file-name",
            Self::LatinWord => "latin-word",
            Self::ListMarker => "list-marker",
        }
    }
}

/// How much an anchor binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// It should recur opposite: finding it there speaks for a bead, missing it against.
    Strong,
    /// It may be a false friend ("one", "second", «أحد», the verb «مارس»): finding it opposite is mild
    /// support, missing it means nothing.
    Weak,
}

/// The value of an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnchorValue {
    /// A number, exact.
    Number(Decimal),
    /// A fraction that is no finite decimal, such as two thirds.
    Fraction {
        /// Its numerator.
        numerator: u32,
        /// Its denominator, 2 or more.
        denominator: u32,
    },
    /// A rough quantity of the order 10^n: 1 "tens", 5 "hundreds of thousands".
    Approximate(u8),
    /// A percentage, as written: 10 for 10 %.
    Percent(Decimal),
    /// An amount of money.
    Money {
        /// How much.
        amount: Decimal,
        /// Of which currency.
        currency: Currency,
    },
    /// A number of units.
    Quantity {
        /// How many.
        amount: Decimal,
        /// Of which unit.
        unit: Unit,
    },
    /// A date, or the parts of it that are given.
    Date(PartialDate),
    /// A decade: 1960 for "the 1960s", 60 where the century is not given.
    Decade(u16),
    /// A day of the week, 1 for Monday to 7 for Sunday.
    Weekday(u8),
    /// A time of day.
    Time {
        /// Hour, 0 to 24.
        hour: u8,
        /// Minute, 0 to 59.
        minute: u8,
    },
    /// A text compared by its case-folded letters and digits: a word, address, file name, or a digit
    /// string too long for a number.
    Text(Box<str>),
    /// A telephone number: its digits, without those of a prefix of zeros.
    Telephone(Box<str>),
    /// The letter of a list item, by its place in the alphabet: 1 for `(a)` and `(أ)`.
    Letter(u8),
}

impl Anchor {
    /// A strong anchor.
    pub(super) fn new(kind: AnchorKind, value: AnchorValue, start: usize, end: usize) -> Self {
        Self { kind, value, also: None, span: TextSpan::new(start, end), strength: Strength::Strong }
    }

    /// The value for people: `22`, `2024-07-22`, `July`, `10 %`, `hundreds of thousands`.
    pub fn display(&self) -> String {
        self.value.display()
    }

    /// The comparison keys, from the most to the least specific, without repetition: two anchors that
    /// mean the same share their first key, related ones a later key (a date and its year, 10 % and 10).
    pub fn keys(&self) -> Vec<AnchorKey> {
        let mut keys = Vec::with_capacity(6);
        self.value.push_keys(&mut keys);
        if let Some(also) = &self.also {
            also.push_keys(&mut keys);
        }
        for i in (1..keys.len()).rev() {
            if keys[..i].contains(&keys[i]) {
                keys.remove(i);
            }
        }
        keys
    }
}

impl AnchorValue {
    /// The value for people; see [`Anchor::display`].
    pub fn display(&self) -> String {
        match self {
            Self::Number(n) => n.normalize().to_string(),
            Self::Fraction { numerator, denominator } => format!("{numerator}/{denominator}"),
            Self::Approximate(exponent) => approximate_name(*exponent),
            Self::Percent(n) => format!("{} %", n.normalize()),
            Self::Money { amount, currency } => format!("{} {}", amount.normalize(), currency.name()),
            Self::Quantity { amount, unit } => {
                let amount = amount.normalize();
                format!("{amount} {}", if amount == Decimal::ONE { unit.name() } else { unit.plural() })
            }
            Self::Date(date) => date.display(),
            Self::Decade(decade) => format!("{decade}s"),
            Self::Weekday(day) => weekday_name(*day).to_owned(),
            Self::Time { hour, minute } => format!("{hour}:{minute:02}"),
            Self::Text(text) => text.to_string(),
            Self::Telephone(digits) => digits.to_string(),
            Self::Letter(place) => {
                let mut out = String::from("(");
                match place {
                    1..=26 => out.push(char::from(b'a' + place - 1)),
                    _ => write!(out, "{place}").expect("writing to a string cannot fail"),
                }
                out.push(')');
                out
            }
        }
    }

    /// The key of the number that an amount or a time says, whatever it counts: the part of it that is expected opposite
    /// in any case. `None` for other values.
    pub(crate) fn number_key(&self) -> Option<AnchorKey> {
        let number = |n: Decimal| Some(AnchorKey::of_decimal(KeyKind::Number, n, 0));
        match self {
            Self::Percent(n) | Self::Money { amount: n, .. } | Self::Quantity { amount: n, .. } => number(*n),
            Self::Time { hour, minute: 0 } => number(Decimal::from((*hour + 11) % 12 + 1)),
            _ => None,
        }
    }

    fn push_keys(&self, keys: &mut Vec<AnchorKey>) {
        match self {
            Self::Number(n) => push_number(*n, keys),
            Self::Fraction { numerator, denominator } => {
                keys.push(AnchorKey::of(
                    KeyKind::Fraction,
                    &[i64::from(*numerator), i64::from(*denominator)],
                ));
            }
            Self::Approximate(exponent) => {
                keys.push(AnchorKey::of(KeyKind::Approximate, &[i64::from(*exponent)]));
            }
            Self::Percent(n) => {
                keys.push(AnchorKey::of_decimal(KeyKind::Percent, *n, 0));
                push_number(*n, keys);
            }
            Self::Money { amount, currency } => {
                keys.push(AnchorKey::of_decimal(KeyKind::Money, *amount, *currency as u8));
                push_number(*amount, keys);
            }
            Self::Quantity { amount, unit } => {
                keys.push(AnchorKey::of_decimal(KeyKind::Quantity, *amount, *unit as u8));
                push_number(*amount, keys);
            }
            Self::Date(date) => push_date(*date, keys),
            Self::Decade(decade) => {
                if *decade >= 100 {
                    keys.push(AnchorKey::of(KeyKind::Decade, &[i64::from(*decade)]));
                }
                keys.push(AnchorKey::of(KeyKind::Decade, &[i64::from(*decade % 100)]));
                push_number(Decimal::from(*decade), keys);
            }
            Self::Weekday(day) => keys.push(AnchorKey::of(KeyKind::Weekday, &[i64::from(*day)])),
            Self::Time { hour, minute } => {
                let (h, m) = (i64::from(*hour), i64::from(*minute));
                keys.push(AnchorKey::of(KeyKind::Time, &[h, m]));
                keys.push(AnchorKey::of(KeyKind::ClockFace, &[h % 12, m]));
                // "At ten", "at 10 a.m.".
                if m == 0 {
                    push_number(Decimal::from(*hour), keys);
                    push_number(Decimal::from((*hour + 11) % 12 + 1), keys);
                }
            }
            Self::Text(text) => keys.push(AnchorKey::of_text(text)),
            Self::Telephone(digits) => {
                keys.push(AnchorKey::of_text(digits));
                // With and without the code of the country.
                if let Some(national) = digits.len().checked_sub(NATIONAL).map(|from| &digits[from..]) {
                    keys.push(AnchorKey::of_text(national));
                }
                keys.extend(digits.parse().ok().map(|n| AnchorKey::of_decimal(KeyKind::Number, n, 0)));
            }
            Self::Letter(place) => keys.push(AnchorKey::of(KeyKind::Letter, &[i64::from(*place)])),
        }
    }
}

fn push_number(n: Decimal, keys: &mut Vec<AnchorKey>) {
    keys.push(AnchorKey::of_decimal(KeyKind::Number, n, 0));
    if n.is_sign_negative() {
        keys.push(AnchorKey::of_decimal(KeyKind::Number, n.abs(), 0));
    }
}

fn push_date(date: PartialDate, keys: &mut Vec<AnchorKey>) {
    let (full, in_year, year_month, month) = match date.calendar {
        Calendar::Gregorian => (KeyKind::Day, KeyKind::MonthDay, KeyKind::YearMonth, KeyKind::Month),
        Calendar::Hijri => {
            (KeyKind::HijriDay, KeyKind::HijriMonthDay, KeyKind::HijriYearMonth, KeyKind::HijriMonth)
        }
        Calendar::SolarHijri => {
            (KeyKind::SolarDay, KeyKind::SolarMonthDay, KeyKind::SolarYearMonth, KeyKind::SolarMonth)
        }
        Calendar::Hebrew => {
            (KeyKind::HebrewDay, KeyKind::HebrewMonthDay, KeyKind::HebrewYearMonth, KeyKind::HebrewMonth)
        }
    };
    let (y, m, d) = (date.year.map(i64::from), date.month.map(i64::from), date.day.map(i64::from));
    if let (Some(y), Some(m), Some(d)) = (y, m, d) {
        keys.push(AnchorKey::of(full, &[y, m, d]));
        if let Some((y, m, d)) = date.to_gregorian() {
            keys.push(AnchorKey::of(KeyKind::Day, &[i64::from(y), i64::from(m), i64::from(d)]));
        }
    }
    if let (Some(m), Some(d)) = (m, d) {
        keys.push(AnchorKey::of(in_year, &[m, d]));
    } else if let (Some(y), Some(m)) = (y, m) {
        keys.push(AnchorKey::of(year_month, &[y, m]));
    }
    // A year and a day share the key of the plain number: "the 2008 agreement", "on the 22nd".
    if let Some(y) = date.year {
        push_number(Decimal::from(y), keys);
        // "In 1403" is said as "in 2024" too.
        if matches!(date.calendar, Calendar::SolarHijri | Calendar::Hebrew)
            && let Some(y) = date.gregorian_year()
        {
            push_number(Decimal::from(y), keys);
        }
    }
    if let Some(m) = m {
        keys.push(AnchorKey::of(month, &[m]));
    }
    if let Some(d) = date.day {
        push_number(Decimal::from(d), keys);
    }
}

fn approximate_name(exponent: u8) -> String {
    let few = ["", "tens of ", "hundreds of "][usize::from(exponent % 3)];
    let scale = match exponent {
        0..=2 => return ["ones", "tens", "hundreds"][usize::from(exponent)].to_owned(),
        3..=5 => "thousands",
        6..=8 => "millions",
        9..=11 => "billions",
        _ => "trillions",
    };
    format!("{few}{scale}")
}
