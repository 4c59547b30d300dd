//! What a single word may mean to the readers of numbers, dates and units.

use serde::Deserialize;

use super::unit::{Currency, UnitWord};

/// The calendar a date is given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// January to December.
    Gregorian,
    /// Muharram to Dhu al-Hijja, by Umm al-Qura.
    Hijri,
    /// Farvardin to Esfand, the calendar of Iran and Afghanistan.
    SolarHijri,
    /// Tishri to Elul; 1 to 12 in a year without a second Adar.
    Hebrew,
}

/// How the number words of a language add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grammar {
    /// Units before tens, joined by «و»; duals and accusatives of the scales.
    Arabic,
    /// From the largest to the smallest, bare, with hyphens or with "and".
    Western,
    /// A power of ten before the number that it is multiplied by: «elfu tatu», «milioni 45».
    ScaleFirst,
    /// Digits before their powers of ten, in groups of four: 二十三万, 이십삼만.
    Myriad,
}

/// What a word says about numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// 0 to 9.
    Ones(u8),
    /// 10 to 19 in one word; Arabic «عشر» and «عشرة» are `Teen(10)`.
    Teen(u8),
    /// 20, 30, … 90.
    Tens(u8),
    /// Any other number below 1000 in one word: German compounds, «مئتان», «ثلاثمئة».
    Small(u16),
    /// A number from 1000 on in one word that is more than a power of ten: «dreitausendfünfhundert».
    Large(u32),
    /// A year in one word, by its hundreds: «neunzehnhundertvierundachtzig».
    Year(u16),
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
    /// The denominator of a fraction before its numerator: «üçte iki».
    PartsBefore(u8),
    /// "sixties", «ستينيات».
    Decade(u8),
    /// So many quarters: «डेढ़» is six of them, one and a half.
    Quarters(u8),
    /// So many quarters more than the number behind it, or less: «साढ़े चार» is four and a half, «पौने चार» a quarter less.
    QuartersBefore(i8),
    /// Adds ten to the number before it: «belas».
    TeenBehind,
    /// Ten times the number before it: «puluh».
    TenBehind,
}

impl NumberWord {
    /// The sense of a word that says the number `n`.
    pub(super) fn cardinal(n: u64) -> Self {
        match n {
            0..=9 => Self::Ones(n as u8),
            10..=19 => Self::Teen(n as u8),
            20..=99 if n.is_multiple_of(10) => Self::Tens(n as u8),
            100 => Self::Hundred,
            20..=999 => Self::Small(n as u16),
            _ => Self::Scale(n),
        }
    }

    /// The number below 1000 that a word says by itself.
    pub(super) fn below_thousand(self) -> Option<u16> {
        match self {
            Self::Ones(n) | Self::Teen(n) | Self::Tens(n) => Some(n.into()),
            Self::Small(n) => Some(n),
            Self::Hundred => Some(100),
            _ => None,
        }
    }
}

/// A word that names a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthWord {
    /// A month, by a word with no other sense.
    Sure(Calendar, u8),
    /// A month, by a word that has other senses: "May", «مارس», "Dec"; «صفر» is zero too.
    Doubtful(Calendar, u8),
    /// The first word of two, «تشرين», "Jumada": [`super::Words::month_of_two_words`] says of which, by this index.
    First(u8),
}

/// What a word says about its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
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
    /// "BC".
    BeforeChrist,
    /// "Christ" after "before": «قبل الميلاد».
    Christ,
    /// Solar Hijri: «ش», «شمسی».
    SolarHijri,
    /// "day" behind the number of one: 日.
    Day,
    /// "decade" behind its first year: 年代.
    Decade,
    /// Makes an ordinal of the number after it: 第.
    OrdinalBefore,
    /// Makes a percentage of the number after it: 百分之, «%» in words before.
    PercentBefore,
    /// The same of thousandths: 千分之, «binde».
    PerMilleBefore,
    /// "per mille".
    PerMille,
    /// Behind the denominator of a fraction, before its numerator: 分之, 分の, 분의.
    Denominator,
    /// "First year" behind the name of an era: 元年.
    FirstYear,
    /// "hour" before an ordinal or a number that says the time: «الساعة».
    Clock,
    /// "past": "half past ten".
    Past,
    /// «إلا»: the minutes before the hour.
    Less,
    /// "o'clock", as "oclock".
    OClock,
    /// In the first half of the day, and in the second.
    Morning,
    /// See [`Self::Morning`].
    Afternoon,
    /// "telephone": the digits after it are of one number.
    Telephone,
}

/// All that a word may mean here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Senses {
    pub(crate) number: Option<NumberWord>,
    pub(crate) month: Option<MonthWord>,
    pub(crate) weekday: Option<u8>,
    pub(crate) unit: Option<UnitWord>,
    pub(crate) currency: Option<Currency>,
    /// Two of it in one word: «دينارين».
    pub(crate) currency_dual: Option<Currency>,
    pub(crate) cue: Option<Cue>,
    /// A unit in the singular: a number with the article after it is an ordinal, «القرن العشرين».
    pub(crate) singular: bool,
    /// Counts things behind a numeral: 个, 명.
    pub(crate) counter: bool,
    /// The year before the first of an era of Japanese emperors or the like.
    pub(crate) era: Option<u16>,
    /// The first of two words that name a day of the week.
    pub(crate) weekday_begins: bool,
}

impl Senses {
    /// Whether the word is known to say nothing here.
    pub(crate) fn is_other_word(&self) -> bool {
        *self == Self::default()
    }
}

/// What a text may say in words, as far as a profile has the words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Cardinal numbers.
    Cardinal,
    /// Ordinal numbers.
    Ordinal,
    /// Rough quantities: "dozens".
    Rough,
    /// Parts: "half", "two thirds".
    Fraction,
    /// "sixties".
    Decade,
    /// Powers of ten behind digits: "3 billion".
    Scale,
    /// Months of a calendar.
    Month(Calendar),
    /// Days of the week.
    Weekday,
    /// Times of day.
    Clock,
}
