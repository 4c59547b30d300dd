//! The words of a language that say numbers, dates, units and money.
//!
//! In: the words of its profile. Out: a table in which a folded word is looked up once. Guarantee: a look-up
//! allocates nothing; every language has the symbols and codes of `common.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::compounds;
use super::habit::{Habit, Habits};
use super::unit::UnitWord;
use super::word::{Calendar, Grammar, MonthWord, NumberWord, Senses};
use super::words_file::{Compounds, Months, Numbered, Numbers, TwoWords, WordsFile, Years};

/// The words of a language, and its habits.
#[derive(Debug, Default)]
pub(crate) struct Words {
    senses: FxHashMap<Box<str>, Senses>,
    /// Bytes of the longest word.
    longest: usize,
    two_words: Vec<TwoWords>,
    habits: Habits,
    grammar: Option<Grammar>,
    ordinal_suffixes: Vec<String>,
    only_after_and: Vec<String>,
}

/// What is read beside numbers in every language.
static COMMON: LazyLock<WordsFile> =
    LazyLock::new(|| toml::from_str(include_str!("common.toml")).expect("common.toml is tested"));

impl Words {
    /// What the folded word may mean.
    pub(crate) fn get(&self, folded: &str) -> Option<&Senses> {
        if folded.len() > self.longest { None } else { self.senses.get(folded) }
    }

    pub(crate) const fn has(&self, habit: Habit) -> bool {
        self.habits.has(habit)
    }

    /// How its number words add up; `None` where they are not known.
    pub(crate) const fn grammar(&self) -> Option<Grammar> {
        self.grammar
    }

    /// Whether letters glued to digits make an ordinal of them: `3rd`.
    pub(crate) fn is_ordinal_suffix(&self, letters: &str) -> bool {
        self.ordinal_suffixes.iter().any(|suffix| suffix == letters)
    }

    /// Whether a word says one after "and": the «un» of «vingt et un».
    pub(crate) fn is_one_after_and(&self, word: &str) -> bool {
        self.only_after_and.iter().any(|one| one == word)
    }

    /// The month that the folded word `second` names after a first word, [`MonthWord::First`] of `index`.
    pub(crate) fn month_of_two_words(&self, index: u8, second: &str) -> Option<(Calendar, u8)> {
        let months = self.two_words.get(usize::from(index))?;
        let fits =
            |word: &str| word.strip_suffix('*').map_or(word == second, |start| second.starts_with(start));
        let (number, _) = months.then.iter().find(|(_, words)| words.iter().any(|word| fits(word)))?;
        Some((months.calendar, number.parse().ok()?))
    }

    /// The words of every language.
    pub(super) fn common() -> Self {
        let mut words = Self::default();
        words.add(&COMMON);
        words
    }

    /// The words of one language, from that part of its profile.
    pub(super) fn of_file(mut file: WordsFile, habits: &[Habit]) -> Self {
        let mut words = Self::common();
        words.add(&file);
        words.two_words = std::mem::take(&mut file.months.of_two_words);
        words.grammar = file.numbers.grammar;
        words.habits = Habits::of(habits);
        words
    }

    fn entry(&mut self, word: &str) -> &mut Senses {
        self.longest = self.longest.max(word.len());
        self.senses.entry(word.into()).or_default()
    }

    fn add(&mut self, file: &WordsFile) {
        self.add_numbers(&file.numbers);
        self.add_months(&file.months);
        each(&file.weekdays, |word, day| self.entry(word).weekday = Some(day as u8));
        for (unit, words) in &file.units {
            words.iter().for_each(|word| self.entry(word).unit = Some(UnitWord::Plain(*unit)));
        }
        for (unit, words) in &file.duals {
            words.iter().for_each(|word| self.entry(word).unit = Some(UnitWord::Dual(*unit)));
        }
        let Years { one, many, two, doubtful } = &file.years;
        let kinds: [(&Numbered, fn(u8) -> UnitWord); 4] = [
            (one, UnitWord::Years),
            (many, UnitWord::ManyYears),
            (two, UnitWord::YearsDual),
            (doubtful, UnitWord::DoubtfulYears),
        ];
        for (table, of) in kinds {
            each(table, |word, years| self.entry(word).unit = Some(of(years as u8)));
        }
        for (currency, words) in &file.currencies {
            words.iter().for_each(|word| self.entry(word).currency = Some(*currency));
        }
        for (cue, words) in &file.cues {
            words.iter().for_each(|word| self.entry(word).cue = Some(*cue));
        }
    }

    fn add_months(&mut self, months: &Months) {
        let kinds: [(&Numbered, fn(Calendar, u8) -> MonthWord, Calendar); 4] = [
            (&months.gregorian, MonthWord::Sure, Calendar::Gregorian),
            (&months.gregorian_doubtful, MonthWord::Doubtful, Calendar::Gregorian),
            (&months.hijri, MonthWord::Sure, Calendar::Hijri),
            (&months.hijri_doubtful, MonthWord::Doubtful, Calendar::Hijri),
        ];
        for (table, of, calendar) in kinds {
            each(table, |word, month| self.entry(word).month = Some(of(calendar, month as u8)));
        }
        for (index, months) in (0..).zip(&months.of_two_words) {
            for word in &months.first {
                self.entry(word).month = Some(MonthWord::First(index));
            }
        }
    }

    fn add_numbers(&mut self, numbers: &Numbers) {
        let mut add = |word: &str, number| self.entry(word).number = Some(number);
        match numbers.compounds {
            Some(Compounds::German) => compounds::german(&mut add),
            None => {}
        }
        let kinds: [(&Numbered, fn(u64) -> NumberWord); 8] = [
            (&numbers.cardinals, NumberWord::cardinal),
            (&numbers.ordinals, |n| NumberWord::Ordinal(n as u16)),
            (&numbers.scale_plurals, NumberWord::ScalePlural),
            (&numbers.scale_duals, NumberWord::ScaleDual),
            (&numbers.scale_accusatives, NumberWord::ScaleAccusative),
            (&numbers.rough, NumberWord::Rough),
            (&numbers.parts, |n| NumberWord::Parts(n as u8)),
            (&numbers.decades, |n| NumberWord::Decade(n as u8)),
        ];
        for (table, of) in kinds {
            each(table, |word, n| add(word, of(n)));
        }
        for (fraction, words) in &numbers.fractions {
            let (numerator, denominator) = fraction.split_once('/').expect("profiles are tested");
            let part = |n: &str| n.parse().expect("profiles are tested");
            words.iter().for_each(|w| add(w, NumberWord::Fraction(part(numerator), part(denominator))));
        }
        numbers.dozen.iter().for_each(|word| add(word, NumberWord::Dozen));
        numbers.one_of_more.iter().for_each(|word| add(word, NumberWord::OrdinalOneOfMore));
        self.ordinal_suffixes.extend(numbers.ordinal_suffixes.iter().cloned());
        self.only_after_and.extend(numbers.only_after_and.iter().cloned());
    }
}

/// Calls `add` with each word and its number.
fn each(table: &Numbered, mut add: impl FnMut(&str, u64)) {
    for (number, words) in table {
        let number = number.replace('_', "").parse().expect("profiles are tested");
        words.iter().for_each(|word| add(word, number));
    }
}
