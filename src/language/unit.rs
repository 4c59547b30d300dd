//! Units and currencies: what a number may count.
//!
//! Guarantee: one unit or currency for all languages' words for it.

use serde::Deserialize;

/// A unit of measurement or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the variants are the units' own names")]
pub enum Unit {
    Millimetre,
    Centimetre,
    Metre,
    Kilometre,
    Mile,
    Foot,
    Inch,
    SquareMetre,
    SquareKilometre,
    CubicMetre,
    Hectare,
    Feddan,
    Milligram,
    Gram,
    Kilogram,
    Tonne,
    Litre,
    Millilitre,
    Barrel,
    Degree,
    Kilowatt,
    Megawatt,
    Gigawatt,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Century,
}

impl Unit {
    /// The name or symbol used for one of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Millimetre => "mm",
            Self::Centimetre => "cm",
            Self::Metre => "m",
            Self::Kilometre => "km",
            Self::Mile => "mile",
            Self::Foot => "foot",
            Self::Inch => "inch",
            Self::SquareMetre => "m²",
            Self::SquareKilometre => "km²",
            Self::CubicMetre => "m³",
            Self::Hectare => "ha",
            Self::Feddan => "feddan",
            Self::Milligram => "mg",
            Self::Gram => "g",
            Self::Kilogram => "kg",
            Self::Tonne => "t",
            Self::Litre => "l",
            Self::Millilitre => "ml",
            Self::Barrel => "barrel",
            Self::Degree => "°",
            Self::Kilowatt => "kW",
            Self::Megawatt => "MW",
            Self::Gigawatt => "GW",
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Century => "century",
        }
    }

    /// The name or symbol used for more than one.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Mile => "miles",
            Self::Foot => "feet",
            Self::Inch => "inches",
            Self::Feddan => "feddans",
            Self::Barrel => "barrels",
            Self::Second => "seconds",
            Self::Minute => "minutes",
            Self::Hour => "hours",
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Year => "years",
            Self::Century => "centuries",
            _ => self.name(),
        }
    }

    /// How many of the next smaller unit it is, where parts of it are said in that one.
    pub(crate) const fn smaller(self) -> Option<(u32, Self)> {
        Some(match self {
            Self::Century => (100, Self::Year),
            Self::Year => (12, Self::Month),
            Self::Day => (24, Self::Hour),
            Self::Hour => (60, Self::Minute),
            Self::Minute => (60, Self::Second),
            Self::Kilometre => (1000, Self::Metre),
            Self::Metre => (100, Self::Centimetre),
            Self::Tonne => (1000, Self::Kilogram),
            Self::Litre => (1000, Self::Millilitre),
            Self::Kilogram => (1000, Self::Gram),
            _ => return None,
        })
    }

    /// The unit's square, where one is known.
    pub(crate) const fn squared(self) -> Option<Self> {
        match self {
            Self::Metre => Some(Self::SquareMetre),
            Self::Kilometre => Some(Self::SquareKilometre),
            _ => None,
        }
    }

    /// The unit's cube, where one is known.
    pub(crate) const fn cubed(self) -> Option<Self> {
        match self {
            Self::Metre => Some(Self::CubicMetre),
            _ => None,
        }
    }
}

/// A word for a unit, and what number it says besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitWord {
    /// The unit itself, after a number.
    Plain(Unit),
    /// Two of it, said by the dual: «شهرين».
    Dual(Unit),
    /// So many years in one word: "decade".
    Years(u8),
    /// So many years each, after a number only: "decades", «عقود».
    ManyYears(u8),
    /// So many years, twice: «عقدين».
    YearsDual(u8),
    /// So many years, in a word that has other senses: «عقد» is a contract too.
    DoubtfulYears(u8),
}

/// A currency, by the name that several states may share: translations do not always say whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the variants are the currencies' own names")]
pub enum Currency {
    Dollar,
    Euro,
    /// The pounds of Britain, Egypt, Sudan, Syria and Lebanon, and the lira: «جنيه», «ليرة».
    Pound,
    Dinar,
    Dirham,
    Riyal,
    Franc,
    Yen,
    Yuan,
    Rouble,
    Rupee,
    Shekel,
    Cent,
    Baht,
    Won,
    Taka,
    Rupiah,
    Zloty,
}

impl Currency {
    /// Its English name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dollar => "dollars",
            Self::Euro => "euros",
            Self::Pound => "pounds",
            Self::Dinar => "dinars",
            Self::Dirham => "dirhams",
            Self::Riyal => "riyals",
            Self::Franc => "francs",
            Self::Yen => "yen",
            Self::Yuan => "yuan",
            Self::Rouble => "roubles",
            Self::Rupee => "rupees",
            Self::Shekel => "shekels",
            Self::Cent => "cents",
            Self::Baht => "baht",
            Self::Won => "won",
            Self::Taka => "taka",
            Self::Rupiah => "rupiah",
            Self::Zloty => "zlotys",
        }
    }
}

/// The currency of a sign.
pub(crate) const fn currency_sign(c: char) -> Option<Currency> {
    Some(match c {
        '$' => Currency::Dollar,
        '€' => Currency::Euro,
        '£' | '₤' | '₺' => Currency::Pound,
        '¥' | '￥' => Currency::Yen,
        '₽' => Currency::Rouble,
        '₹' => Currency::Rupee,
        '₪' => Currency::Shekel,
        '฿' => Currency::Baht,
        '₩' => Currency::Won,
        '৳' => Currency::Taka,
        '¢' => Currency::Cent,
        '\u{FDFC}' => Currency::Riyal,
        _ => return None,
    })
}
