//! Units and currencies: what a number may count, and the words for it.
//!
//! In: nothing. Out: tables of words for the [`super::senses`] of a language. Guarantee: one unit or
//! currency for all languages' words for it.

/// A unit of measurement or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

    /// The unit's square, where one is known.
    pub(super) const fn squared(self) -> Option<Self> {
        match self {
            Self::Metre => Some(Self::SquareMetre),
            Self::Kilometre => Some(Self::SquareKilometre),
            _ => None,
        }
    }

    /// The unit's cube, where one is known.
    pub(super) const fn cubed(self) -> Option<Self> {
        match self {
            Self::Metre => Some(Self::CubicMetre),
            _ => None,
        }
    }
}

/// A word for a unit, and what number it says besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitWord {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
        }
    }
}

/// The currency of a sign.
pub(super) const fn currency_sign(c: char) -> Option<Currency> {
    Some(match c {
        '$' => Currency::Dollar,
        '€' => Currency::Euro,
        '£' | '₤' | '₺' => Currency::Pound,
        '¥' => Currency::Yen,
        '₽' => Currency::Rouble,
        '₹' => Currency::Rupee,
        '₪' => Currency::Shekel,
        '¢' => Currency::Cent,
        '\u{FDFC}' => Currency::Riyal,
        _ => return None,
    })
}

/// Words for units in Arabic, folded.
pub(super) const UNITS_AR: &[(&[&str], UnitWord)] = &[
    (&["ملم", "مليمتر", "ملليمتر", "مليمترات"], UnitWord::Plain(Unit::Millimetre)),
    (&["سم", "سنتيمتر", "سنتمتر", "سنتيمترا", "سنتيمترات"], UnitWord::Plain(Unit::Centimetre)),
    (&["متر", "مترا", "امتار", "م"], UnitWord::Plain(Unit::Metre)),
    (&["متران", "مترين"], UnitWord::Dual(Unit::Metre)),
    (&["كم", "كلم", "كيلومتر", "كيلومترا", "كيلومترات", "كيلومتريه"], UnitWord::Plain(Unit::Kilometre)),
    (&["كيلومتران", "كيلومترين"], UnitWord::Dual(Unit::Kilometre)),
    (&["ميل", "ميلا", "اميال"], UnitWord::Plain(Unit::Mile)),
    (&["ميلين", "ميلان"], UnitWord::Dual(Unit::Mile)),
    (&["قدم", "قدما", "اقدام"], UnitWord::Plain(Unit::Foot)),
    (&["بوصه", "بوصات", "انش"], UnitWord::Plain(Unit::Inch)),
    (&["هكتار", "هكتارا", "هكتارات"], UnitWord::Plain(Unit::Hectare)),
    (&["فدان", "فدانا", "افدنه"], UnitWord::Plain(Unit::Feddan)),
    (&["ملغ", "ملغم", "مجم", "ملليغرام", "مليغرام", "ملليجرام", "مليجرام"], UnitWord::Plain(Unit::Milligram)),
    (&["غ", "غم", "جم", "غرام", "غراما", "غرامات", "جرام", "جراما", "جرامات"], UnitWord::Plain(Unit::Gram)),
    (
        &[
            "كغ",
            "كغم",
            "كج",
            "كجم",
            "كلغ",
            "كيلو",
            "كيلوغرام",
            "كيلوغراما",
            "كيلوغرامات",
            "كيلوجرام",
            "كيلوجراما",
            "كيلوجرامات",
            "كيلوغرام\u{64b}ا",
        ],
        UnitWord::Plain(Unit::Kilogram),
    ),
    (&["طن", "طنا", "اطنان"], UnitWord::Plain(Unit::Tonne)),
    (&["طنين", "طنان"], UnitWord::Dual(Unit::Tonne)),
    (&["لتر", "لترا", "لترات", "ليتر", "ليترا", "ليترات"], UnitWord::Plain(Unit::Litre)),
    (&["برميل", "برميلا", "براميل"], UnitWord::Plain(Unit::Barrel)),
    (&["درجه", "درجات"], UnitWord::Plain(Unit::Degree)),
    (&["كيلوواط", "كيلووات"], UnitWord::Plain(Unit::Kilowatt)),
    (&["ميغاواط", "ميجاواط", "ميغاوات", "ميجاوات"], UnitWord::Plain(Unit::Megawatt)),
    (&["غيغاواط", "جيجاواط", "غيغاوات", "جيجاوات"], UnitWord::Plain(Unit::Gigawatt)),
    (&["ثانيه", "ثوان", "ثواني"], UnitWord::Plain(Unit::Second)),
    (&["ثانيتين", "ثانيتان"], UnitWord::Dual(Unit::Second)),
    (&["دقيقه", "دقايق"], UnitWord::Plain(Unit::Minute)),
    (&["دقيقتين", "دقيقتان"], UnitWord::Dual(Unit::Minute)),
    (&["ساعه", "ساعات"], UnitWord::Plain(Unit::Hour)),
    (&["ساعتين", "ساعتان"], UnitWord::Dual(Unit::Hour)),
    (&["يوم", "يوما", "ايام"], UnitWord::Plain(Unit::Day)),
    (&["يومين", "يومان"], UnitWord::Dual(Unit::Day)),
    (&["اسبوع", "اسبوعا", "اسابيع"], UnitWord::Plain(Unit::Week)),
    (&["اسبوعين", "اسبوعان"], UnitWord::Dual(Unit::Week)),
    (&["شهر", "شهرا", "اشهر", "شهور"], UnitWord::Plain(Unit::Month)),
    (&["شهرين", "شهران"], UnitWord::Dual(Unit::Month)),
    (&["عام", "عاما", "اعوام", "سنه", "سنوات", "سنين", "سنويه", "سنوي"], UnitWord::Plain(Unit::Year)),
    (&["عامين", "عامان", "سنتين", "سنتان"], UnitWord::Dual(Unit::Year)),
    (&["عقد"], UnitWord::DoubtfulYears(10)),
    (&["عقود"], UnitWord::ManyYears(10)),
    (&["عقدين", "عقدان"], UnitWord::YearsDual(10)),
    (&["قرن", "قرنا", "قرون"], UnitWord::Plain(Unit::Century)),
    (&["قرنين", "قرنان"], UnitWord::Dual(Unit::Century)),
];

/// Words for currencies in Arabic, folded.
pub(super) const CURRENCIES_AR: &[(&[&str], Currency)] = &[
    (&["دولار", "دولارا", "دولارات", "دولارين", "دولاران"], Currency::Dollar),
    (&["يورو"], Currency::Euro),
    (&["جنيه", "جنيها", "جنيهات", "جنيهين", "ليره", "ليرات", "باوند"], Currency::Pound),
    (&["دينار", "دينارا", "دنانير", "دينارين"], Currency::Dinar),
    (&["درهم", "درهما", "دراهم", "درهمين"], Currency::Dirham),
    (&["ريال", "ريالا", "ريالات", "ريالين"], Currency::Riyal),
    (&["فرنك", "فرنكا", "فرنكات"], Currency::Franc),
    (&["ين"], Currency::Yen),
    (&["يوان"], Currency::Yuan),
    (&["روبل", "روبلا", "روبلات"], Currency::Rouble),
    (&["روبيه", "روبيات"], Currency::Rupee),
    (&["شيكل", "شيكلا", "شيقل", "شواكل"], Currency::Shekel),
    (&["سنت", "سنتا", "سنتات"], Currency::Cent),
];

/// Symbols of units in Latin letters, lower case: read after a number in every language.
pub(super) const UNITS_LATIN: &[(&[&str], UnitWord)] = &[
    (&["mm"], UnitWord::Plain(Unit::Millimetre)),
    (&["cm"], UnitWord::Plain(Unit::Centimetre)),
    (&["m"], UnitWord::Plain(Unit::Metre)),
    (&["km"], UnitWord::Plain(Unit::Kilometre)),
    (&["sqm"], UnitWord::Plain(Unit::SquareMetre)),
    (&["ha"], UnitWord::Plain(Unit::Hectare)),
    (&["mg"], UnitWord::Plain(Unit::Milligram)),
    (&["g"], UnitWord::Plain(Unit::Gram)),
    (&["kg", "kgs"], UnitWord::Plain(Unit::Kilogram)),
    (&["kw"], UnitWord::Plain(Unit::Kilowatt)),
    (&["mw"], UnitWord::Plain(Unit::Megawatt)),
    (&["gw"], UnitWord::Plain(Unit::Gigawatt)),
];

/// Codes of currencies: read next to a number in every language.
pub(super) const CURRENCY_CODES: &[(&[&str], Currency)] = &[
    (&["usd"], Currency::Dollar),
    (&["eur"], Currency::Euro),
    (&["gbp", "egp", "lbp", "syp"], Currency::Pound),
    (&["iqd", "kwd", "jod", "tnd", "dzd", "bhd"], Currency::Dinar),
    (&["aed", "mad"], Currency::Dirham),
    (&["sar", "qar", "omr", "irr", "yer"], Currency::Riyal),
    (&["chf"], Currency::Franc),
    (&["jpy"], Currency::Yen),
    (&["cny"], Currency::Yuan),
    (&["ils"], Currency::Shekel),
];

/// Words for units in English.
pub(super) const UNITS_EN: &[(&[&str], UnitWord)] = &[
    (&["millimetre", "millimetres", "millimeter", "millimeters"], UnitWord::Plain(Unit::Millimetre)),
    (&["centimetre", "centimetres", "centimeter", "centimeters"], UnitWord::Plain(Unit::Centimetre)),
    (&["metre", "metres", "meter", "meters"], UnitWord::Plain(Unit::Metre)),
    (&["kilometre", "kilometres", "kilometer", "kilometers", "kms"], UnitWord::Plain(Unit::Kilometre)),
    (&["mile", "miles"], UnitWord::Plain(Unit::Mile)),
    (&["foot", "feet", "ft"], UnitWord::Plain(Unit::Foot)),
    (&["inch", "inches"], UnitWord::Plain(Unit::Inch)),
    (&["hectare", "hectares"], UnitWord::Plain(Unit::Hectare)),
    (&["feddan", "feddans"], UnitWord::Plain(Unit::Feddan)),
    (&["milligram", "milligrams"], UnitWord::Plain(Unit::Milligram)),
    (&["gram", "grams", "gramme", "grammes"], UnitWord::Plain(Unit::Gram)),
    (&["kilogram", "kilograms", "kilo", "kilos"], UnitWord::Plain(Unit::Kilogram)),
    (&["ton", "tons", "tonne", "tonnes"], UnitWord::Plain(Unit::Tonne)),
    (&["litre", "litres", "liter", "liters"], UnitWord::Plain(Unit::Litre)),
    (&["barrel", "barrels", "bpd"], UnitWord::Plain(Unit::Barrel)),
    (&["degree", "degrees"], UnitWord::Plain(Unit::Degree)),
    (&["kilowatt", "kilowatts"], UnitWord::Plain(Unit::Kilowatt)),
    (&["megawatt", "megawatts"], UnitWord::Plain(Unit::Megawatt)),
    (&["gigawatt", "gigawatts"], UnitWord::Plain(Unit::Gigawatt)),
    (&["second", "seconds", "sec", "secs"], UnitWord::Plain(Unit::Second)),
    (&["minute", "minutes", "min", "mins"], UnitWord::Plain(Unit::Minute)),
    (&["hour", "hours", "hr", "hrs"], UnitWord::Plain(Unit::Hour)),
    (&["day", "days"], UnitWord::Plain(Unit::Day)),
    (&["week", "weeks"], UnitWord::Plain(Unit::Week)),
    (&["month", "months"], UnitWord::Plain(Unit::Month)),
    (&["year", "years", "yr", "yrs"], UnitWord::Plain(Unit::Year)),
    (&["decade"], UnitWord::Years(10)),
    (&["decades"], UnitWord::ManyYears(10)),
    (&["century", "centuries"], UnitWord::Plain(Unit::Century)),
];

/// Words for currencies in English.
pub(super) const CURRENCIES_EN: &[(&[&str], Currency)] = &[
    (&["dollar", "dollars"], Currency::Dollar),
    (&["euro", "euros"], Currency::Euro),
    (&["pound", "pounds", "lira", "liras"], Currency::Pound),
    (&["dinar", "dinars"], Currency::Dinar),
    (&["dirham", "dirhams"], Currency::Dirham),
    (&["riyal", "riyals", "rial", "rials"], Currency::Riyal),
    (&["franc", "francs"], Currency::Franc),
    (&["yen"], Currency::Yen),
    (&["yuan", "renminbi"], Currency::Yuan),
    (&["ruble", "rubles", "rouble", "roubles"], Currency::Rouble),
    (&["rupee", "rupees"], Currency::Rupee),
    (&["shekel", "shekels"], Currency::Shekel),
    (&["cent", "cents"], Currency::Cent),
];
