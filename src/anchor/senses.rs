//! What a single word may mean to the readers of numbers, dates and units, per language.
//!
//! In: the word tables of the neighbouring files. Out: one table per language in which a folded word is
//! looked up once. Guarantee: built once; a look-up allocates nothing.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::bitext::Lang;

use super::calendar::{self, MonthWord};
use super::key::Fnv;
use super::number_words_ar;
use super::number_words_en;
use super::number_words_eu;
use super::unit::{
    CURRENCIES_AR, CURRENCIES_EN, CURRENCY_CODES, Currency, UNITS_AR, UNITS_EN, UNITS_LATIN, UnitWord,
};

/// The languages whose words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Arabic,
    English,
    German,
    French,
    /// Any other: digits, symbols, addresses.
    Other,
}

impl Tongue {
    pub(super) fn of(language: &Lang) -> Self {
        match language.primary() {
            "ar" => Self::Arabic,
            "en" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            _ => Self::Other,
        }
    }
}

/// What a word says about numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// 0 to 9.
    Ones(u8),
    /// 10 to 19 in one word; Arabic «عشر» and «عشرة» are `Teen(10)`.
    Teen(u8),
    /// 20, 30, … 90.
    Tens(u8),
    /// Any other number below 1000 in one word: German compounds, «مئتان», «ثلاثمئة».
    Small(u16),
    /// 100, alone or as a multiplier.
    Hundred,
    /// 12, alone or as a multiplier.
    Dozen,
    /// A power of ten from 1000 on, alone or as a multiplier.
    Scale(u64),
    /// The plural of a power of ten: a multiplier after a number, a rough quantity without one.
    ScalePlural(u64),
    /// Twice a power of ten: «ألفان».
    ScaleDual(u64),
    /// «ألفا»: a multiplier after a number, twice the power of ten otherwise.
    ScaleAccusative(u64),
    /// A rough quantity alone: «عشرات», "dozens", as the power of ten.
    Rough(u64),
    /// first, tenth, twentieth, hundredth.
    Ordinal(u16),
    /// «حادي»: 1 before «عشر» and tens only.
    OrdinalOneOfMore,
    /// A fraction by its numerator and denominator: "half", «ثلثي».
    Fraction(u8, u8),
    /// The denominator of a fraction after its numerator: "thirds", «أرباع».
    Parts(u8),
    /// "sixties", «ستينيات».
    Decade(u8),
}

/// What a word says about its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// "and".
    And,
    /// "to" between the ends of a range.
    To,
    /// "of" between day and month; also before times.
    Of,
    /// Comes before times: "in", "since", "last", «منذ», «مطلع».
    Before,
    /// "year": the number beside it is one.
    Year,
    /// "month": the name beside it is one's.
    Month,
    /// "a".
    Article,
    /// "percent".
    Percent,
    /// "per" of "per cent".
    Per,
    /// "Chapter": the Roman numeral after it is one.
    Chapter,
    /// «هـ», "AH".
    Hijri,
    /// «م», "AD".
    Gregorian,
}

/// All that a word may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Senses {
    pub(super) number: Option<NumberWord>,
    pub(super) month: Option<MonthWord>,
    pub(super) weekday: Option<u8>,
    pub(super) unit: Option<UnitWord>,
    pub(super) currency: Option<Currency>,
    pub(super) cue: Option<Cue>,
}

/// The words of a language.
#[derive(Debug, Default)]
pub(super) struct Table {
    words: HashMap<Box<str>, Senses, BuildHasherDefault<Fnv>>,
    longest: usize,
}

impl Table {
    pub(super) fn get(&self, folded: &str) -> Option<&Senses> {
        if folded.len() > self.longest { None } else { self.words.get(folded) }
    }

    fn entry(&mut self, word: &str) -> &mut Senses {
        self.longest = self.longest.max(word.len());
        self.words.entry(word.into()).or_default()
    }

    fn add_numbers(&mut self, each: impl FnOnce(&mut dyn FnMut(&str, NumberWord))) {
        each(&mut |word, number| self.entry(word).number = Some(number));
    }

    fn add_months(&mut self, months: &[(&[&str], MonthWord)]) {
        for (words, month) in months {
            for word in *words {
                self.entry(word).month = Some(*month);
            }
        }
    }

    fn add_weekdays(&mut self, days: &[&[&str]]) {
        for (day, words) in (1..).zip(days) {
            for word in *words {
                self.entry(word).weekday = Some(day);
            }
        }
    }

    fn add_units(&mut self, units: &[(&[&str], UnitWord)], currencies: &[(&[&str], Currency)]) {
        for (words, unit) in units {
            for word in *words {
                self.entry(word).unit = Some(*unit);
            }
        }
        for (words, currency) in currencies {
            for word in *words {
                self.entry(word).currency = Some(*currency);
            }
        }
    }

    fn add_cues(&mut self, cues: &[(&[&str], Cue)]) {
        for (words, cue) in cues {
            for word in *words {
                self.entry(word).cue = Some(*cue);
            }
        }
    }
}

const CUES_AR: &[(&[&str], Cue)] = &[
    (&["و"], Cue::And),
    (&["الي", "حتي"], Cue::To),
    (&["من"], Cue::Of),
    (
        &[
            "في",
            "منذ",
            "مذ",
            "خلال",
            "قبل",
            "بعد",
            "نحو",
            "مدي",
            "طوال",
            "طيله",
            "قرابه",
            "حوالي",
            "اوايل",
            "اواخر",
            "اواسط",
            "مطلع",
            "منتصف",
            "نهايه",
            "بدايه",
            "بحلول",
            "نصف",
            "غضون",
            "زهاء",
            "قبيل",
            "غره",
        ],
        Cue::Before,
    ),
    (&["عام", "سنه", "عامي", "سنتي"], Cue::Year),
    (&["شهر", "شهري"], Cue::Month),
    (&["بالميه", "بالمايه"], Cue::Percent),
    (&["ه\u{640}", "ه", "هجري", "هجريه", "للهجره"], Cue::Hijri),
    (&["ميلادي", "ميلاديه", "للميلاد"], Cue::Gregorian),
    (&["ماده", "فصل", "باب", "جزء", "ملحق"], Cue::Chapter),
];

const CUES_EN: &[(&[&str], Cue)] = &[
    (&["and"], Cue::And),
    (&["to", "through", "until", "till", "thru"], Cue::To),
    (&["of"], Cue::Of),
    (
        &[
            "in",
            "since",
            "during",
            "by",
            "before",
            "after",
            "early",
            "late",
            "mid",
            "last",
            "next",
            "from",
            "this",
            "past",
            "between",
            "for",
            "over",
            "every",
            "starting",
            "beginning",
            "ending",
        ],
        Cue::Before,
    ),
    (&["year", "years"], Cue::Year),
    (&["month"], Cue::Month),
    (&["a", "an"], Cue::Article),
    (&["percent", "pct", "percentage"], Cue::Percent),
    (&["per"], Cue::Per),
    (
        &[
            "chapter",
            "article",
            "part",
            "section",
            "book",
            "volume",
            "annex",
            "title",
            "act",
            "appendix",
            "war",
            "phase",
            "stage",
            "schedule",
            "type",
            "class",
            "category",
            "level",
            "grade",
            "table",
            "figure",
            "protocol",
            "world",
            "scene",
            "canto",
            "vol",
            "paragraph",
            "basel",
        ],
        Cue::Chapter,
    ),
    (&["ah", "hijri"], Cue::Hijri),
    (&["ad", "ce"], Cue::Gregorian),
];

const CUES_DE: &[(&[&str], Cue)] = &[
    (&["und"], Cue::And),
    (&["bis"], Cue::To),
    (&["im", "seit", "vor", "nach", "ende", "anfang", "mitte", "bis", "ab", "vom", "zum", "am"], Cue::Before),
    (&["jahr", "jahre", "jahres"], Cue::Year),
    (&["monat"], Cue::Month),
    (&["prozent"], Cue::Percent),
    (&["kapitel", "artikel", "teil", "band", "anhang", "buch", "abschnitt"], Cue::Chapter),
];

const CUES_FR: &[(&[&str], Cue)] = &[
    (&["et"], Cue::And),
    (&["au", "à"], Cue::To),
    (&["de"], Cue::Of),
    (&["en", "depuis", "dès", "fin", "début", "mi", "avant", "après", "du", "le"], Cue::Before),
    (&["an", "année"], Cue::Year),
    (&["mois"], Cue::Month),
    (&["pour"], Cue::Per),
    (&["chapitre", "article", "partie", "section", "livre", "tome", "annexe", "titre"], Cue::Chapter),
];

/// The table of a language.
pub(super) fn table(tongue: Tongue) -> &'static Table {
    static ARABIC: LazyLock<Table> = LazyLock::new(|| {
        let mut table = base();
        table.add_numbers(number_words_ar::each_word);
        table.add_months(calendar::MONTHS_AR);
        table.add_weekdays(&calendar::WEEKDAYS_AR);
        table.add_units(UNITS_AR, CURRENCIES_AR);
        table.add_cues(CUES_AR);
        table
    });
    static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
        let mut table = base();
        table.add_numbers(number_words_en::each_word);
        table.add_months(calendar::MONTHS_EN);
        table.add_weekdays(&calendar::WEEKDAYS_EN);
        table.add_units(UNITS_EN, CURRENCIES_EN);
        table.add_cues(CUES_EN);
        table
    });
    static GERMAN: LazyLock<Table> = LazyLock::new(|| {
        let mut table = base();
        table.add_numbers(number_words_eu::each_german_word);
        table.add_months(calendar::MONTHS_DE);
        table.add_weekdays(&calendar::WEEKDAYS_DE);
        table.add_units(number_words_eu::UNITS_DE, number_words_eu::CURRENCIES_DE);
        table.add_cues(CUES_DE);
        table
    });
    static FRENCH: LazyLock<Table> = LazyLock::new(|| {
        let mut table = base();
        table.add_numbers(number_words_eu::each_french_word);
        table.add_months(calendar::MONTHS_FR);
        table.add_weekdays(&calendar::WEEKDAYS_FR);
        table.add_units(number_words_eu::UNITS_FR, number_words_eu::CURRENCIES_FR);
        table.add_cues(CUES_FR);
        table
    });
    static OTHER: LazyLock<Table> = LazyLock::new(base);
    match tongue {
        Tongue::Arabic => &ARABIC,
        Tongue::English => &ENGLISH,
        Tongue::German => &GERMAN,
        Tongue::French => &FRENCH,
        Tongue::Other => &OTHER,
    }
}

fn base() -> Table {
    let mut table = Table::default();
    table.add_units(UNITS_LATIN, CURRENCY_CODES);
    table
}
