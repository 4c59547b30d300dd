//! Habits of writing numbers and dates in which languages differ.

use serde::Deserialize;

/// A habit that a profile names. Where it names none, the stages read what most languages write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Habit {
    /// Decimals follow a comma: `1,250` is one and a quarter rather than a thousand and more.
    DecimalComma,
    /// Decimals follow a point: `1.250` is one and a quarter rather than a thousand and more.
    DecimalPoint,
    /// A point may group too: `1.000` ends in zeros only, so it is a thousand.
    PointBeforeZerosGroups,
    /// A minus may stand behind its number.
    MinusBehind,
    /// In a date with slashes the month comes first: `7/14/2024`.
    MonthFirst,
    /// Names of months begin with a capital; a small one is another word.
    CapitalMonths,
    /// Names of weekdays are small; elsewhere only those with a capital are read.
    SmallWeekdays,
    /// A point follows the day of a month: `22. Juli`.
    PointAfterDay,
    /// Days of a month are said in words: "the twenty-second of July".
    SpelledDays,
    /// A number after the name of a month is its day only where a year follows.
    DayAfterMonthNeedsYear,
    /// The ones may follow "and" after the tens: «vingt et un».
    OnesAfterAnd,
    /// "And" may join any two parts of a number: «mil e novecentos e vinte», «بیست و سه».
    AndAnywhere,
    /// "Ten" behind the ones adds to them: «שלוש עשרה» is 13.
    TenBehindOnes,
    /// In an ordinal the tens are one too: «dwudziesty pierwszy» is the 21st.
    OrdinalsBehindOrdinals,
    /// A word for the half behind a number adds to it: «bir buçuk», «satu setengah».
    HalfBehind,
    /// A half before an hour is the half before it: «halb elf» is 10:30.
    HalfBeforeHour,
    /// Ordinals are denominators too: «dwie trzecie», «دو سوم».
    OrdinalsAsParts,
    /// In an ordinal the first word is one, and the others follow it: «kesembilan belas» is the 19th.
    OrdinalLeads,
    /// The ones may follow "ten": «on sekiz» is 18.
    TeensByTen,
    /// Years may be counted from the Buddha's passing, 543 before others.
    BuddhistYears,
    /// Counts by twenties from 60 on: «quatre-vingt-dix», «soixante-dix».
    Twenties,
    /// Latin letters stand out in its texts: a word of two or more is a name that recurs opposite.
    LatinStandsOut,
}

/// A set of habits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits(u32);

impl Habits {
    pub(super) fn of(list: &[Habit]) -> Self {
        Self(list.iter().fold(0, |set, habit| set | 1 << *habit as u32))
    }

    pub(super) const fn has(self, habit: Habit) -> bool {
        self.0 & 1 << habit as u32 != 0
    }
}
