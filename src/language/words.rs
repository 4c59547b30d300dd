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
    months_of_two: Vec<TwoWords>,
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
        let months = self.months_of_two.get(usize::from(index))?;
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
        words.months_of_two = std::mem::take(&mut file.months.of_two_words);
        words.grammar = file.numbers.grammar;
        words.habits = Habits::of(habits);
        words
    }

    /// Has each of `words` mean what `set` says.
    fn mean(&mut self, words: &[String], set: impl Fn(&mut Senses)) {
        for word in words {
            set(self.entry(word));
        }
    }

    fn entry(&mut self, word: &str) -> &mut Senses {
        self.longest = self.longest.max(word.len());
        self.senses.entry(word.into()).or_default()
    }

    fn add(&mut self, file: &WordsFile) {
        self.add_numbers(&file.numbers);
        self.add_months(&file.months);
        for (day, words) in numbered(&file.weekdays) {
            self.mean(words, |senses| senses.weekday = Some(day as u8));
        }
        self.add_units(file);
        for (currency, words) in &file.currencies {
            self.mean(words, |senses| senses.currency = Some(*currency));
        }
        for (cue, words) in &file.cues {
            self.mean(words, |senses| senses.cue = Some(*cue));
        }
    }

    fn add_units(&mut self, file: &WordsFile) {
        for (unit, words) in &file.units {
            self.mean(words, |senses| senses.unit = Some(UnitWord::Plain(*unit)));
        }
        for (unit, words) in &file.duals {
            self.mean(words, |senses| senses.unit = Some(UnitWord::Dual(*unit)));
        }
        let Years { one, many, two, doubtful } = &file.years;
        let mut add = |table, of: fn(u8) -> UnitWord| {
            for (years, words) in numbered(table) {
                self.mean(words, |senses| senses.unit = Some(of(years as u8)));
            }
        };
        add(one, UnitWord::Years);
        add(many, UnitWord::ManyYears);
        add(two, UnitWord::YearsDual);
        add(doubtful, UnitWord::DoubtfulYears);
    }

    fn add_months(&mut self, months: &Months) {
        let mut add = |table, of: fn(Calendar, u8) -> MonthWord, calendar| {
            for (month, words) in numbered(table) {
                self.mean(words, |senses| senses.month = Some(of(calendar, month as u8)));
            }
        };
        add(&months.gregorian, MonthWord::Sure, Calendar::Gregorian);
        add(&months.gregorian_doubtful, MonthWord::Doubtful, Calendar::Gregorian);
        add(&months.hijri, MonthWord::Sure, Calendar::Hijri);
        add(&months.hijri_doubtful, MonthWord::Doubtful, Calendar::Hijri);
        for (index, pair) in (0..).zip(&months.of_two_words) {
            self.mean(&pair.first, |senses| senses.month = Some(MonthWord::First(index)));
        }
    }

    fn add_numbers(&mut self, numbers: &Numbers) {
        match numbers.compounds {
            Some(Compounds::German) => {
                compounds::german(&mut |word, number| self.entry(word).number = Some(number));
            }
            None => {}
        }
        let mut add = |table, of: fn(u64) -> NumberWord| {
            for (n, words) in numbered(table) {
                self.mean(words, |senses| senses.number = Some(of(n)));
            }
        };
        add(&numbers.cardinals, NumberWord::cardinal);
        add(&numbers.ordinals, |n| NumberWord::Ordinal(n as u16));
        add(&numbers.scale_plurals, NumberWord::ScalePlural);
        add(&numbers.scale_duals, NumberWord::ScaleDual);
        add(&numbers.scale_accusatives, NumberWord::ScaleAccusative);
        add(&numbers.rough, NumberWord::Rough);
        add(&numbers.parts, |n| NumberWord::Parts(n as u8));
        add(&numbers.decades, |n| NumberWord::Decade(n as u8));
        for (fraction, words) in &numbers.fractions {
            let (numerator, denominator) = fraction.split_once('/').expect("profiles are tested");
            let part = |n: &str| n.parse().expect("profiles are tested");
            let (numerator, denominator) = (part(numerator), part(denominator));
            self.mean(words, |senses| senses.number = Some(NumberWord::Fraction(numerator, denominator)));
        }
        self.mean(&numbers.dozen, |senses| senses.number = Some(NumberWord::Dozen));
        self.mean(&numbers.one_of_more, |senses| senses.number = Some(NumberWord::OrdinalOneOfMore));
        self.ordinal_suffixes.extend(numbers.ordinal_suffixes.iter().cloned());
        self.only_after_and.extend(numbers.only_after_and.iter().cloned());
    }
}

/// The words of a table with the number that each says.
fn numbered(table: &Numbered) -> impl Iterator<Item = (u64, &[String])> {
    table.iter().map(|(number, words)| {
        (number.replace('_', "").parse().expect("profiles are tested"), words.as_slice())
    })
}
