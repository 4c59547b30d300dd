//! The words of a language that say numbers, dates, units and money.
//!
//! In: the words of its profile. Out: a table in which a folded word is looked up once. Guarantee: a look-up
//! allocates nothing; every language has the symbols and codes of `common.toml`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compounds;
use super::habit::{Habit, Habits};
use super::unit::UnitWord;
use super::word::{Calendar, Cue, Grammar, MonthWord, NumberWord, Said, Senses};
use super::words_file::{Compounds, Months, Numbered, Numbers, Proclitics, TwoWords, WordsFile, Years};

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
    only_in_compounds: Vec<String>,
    ordinal_endings: Vec<String>,
    half_joiners: Vec<String>,
    points: Vec<String>,
    compounds: Option<Compounds>,
    /// The ordinals that a word says.
    ordinals: FxHashSet<u16>,
    /// The denominators that a word says, a bit each.
    parts: u32,
    /// Whether a word makes any number a denominator.
    any_parts: bool,
    proclitics: Proclitics,
    /// Second words of two that name a day of the week, by the first.
    weekdays_of_two: Vec<(String, String, u8)>,
    /// Nouns whose dual has an ending of its own.
    dual_nouns: FxHashSet<String>,
    /// The first letters of all words.
    begins: FxHashSet<char>,
    /// What of [`Said`] there are words for, a bit each.
    says: u32,
    /// Whether number words may help and are never expected.
    numbers_only_help: bool,
}

/// What is read beside numbers in every language.
static COMMON: LazyLock<WordsFile> =
    LazyLock::new(|| toml::from_str(include_str!("common.toml")).expect("common.toml is tested"));

impl Words {
    /// What the folded word may mean.
    pub(crate) fn get(&self, folded: &str) -> Option<&Senses> {
        if folded.len() > self.longest { None } else { self.senses.get(folded) }
    }

    /// Bytes of the longest word.
    pub(crate) const fn longest(&self) -> usize {
        self.longest
    }

    /// Whether a word begins with `c`.
    pub(crate) fn begins(&self, c: char) -> bool {
        self.begins.contains(&c)
    }

    /// Whether two of this noun, in the singular without its own ending, are said by an ending.
    pub(crate) fn has_dual(&self, noun: &str) -> bool {
        self.dual_nouns.contains(noun)
    }

    /// What is written together with the word after it.
    pub(crate) const fn proclitics(&self) -> &Proclitics {
        &self.proclitics
    }

    /// Whether there are words that say such a thing.
    pub(crate) const fn says(&self, said: Said) -> bool {
        self.says & bit(said) != 0
    }

    /// Whether number words may help and are never expected.
    pub(crate) const fn numbers_only_help(&self) -> bool {
        self.numbers_only_help
    }

    /// The day of the week that two folded words name.
    pub(crate) fn weekday_of_two_words(&self, first: &str, second: &str) -> Option<u8> {
        let day = self.weekdays_of_two.iter().find(|(one, two, _)| one == first && two == second);
        day.map(|(_, _, day)| *day)
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

    /// Whether a folded number word is another word where it stands alone.
    pub(crate) fn is_only_in_compounds(&self, folded: &str) -> bool {
        self.only_in_compounds.iter().any(|word| word == folded)
    }

    /// Whether a word is the point before decimals in words: the 点 of 三点五.
    pub(crate) fn is_point(&self, word: &str) -> bool {
        self.points.iter().any(|point| point == word)
    }

    /// Whether a folded word joins a half to the number before it, as "and" does.
    pub(crate) fn is_half_joiner(&self, folded: &str) -> bool {
        self.half_joiners.iter().any(|word| word == folded)
    }

    /// What a folded word that is in no table means, if it is a number made by the language's rules: a compound, or an
    /// ordinal by its ending.
    pub(crate) fn made(&self, folded: &str) -> Option<Senses> {
        if self.compounds.is_none() && self.ordinal_endings.is_empty() {
            return None;
        }
        let known = |word: &str| self.senses.get(word)?.number;
        let compound = || compounds::split(self.compounds?, folded, &known);
        let number = self.ordinal_by_ending(folded).or_else(compound)?;
        Some(Senses { number: Some(number), ..Senses::default() })
    }

    /// The ordinal of a cardinal in words and an ending. Shorter stems are listed, as endings make other words of them.
    fn ordinal_by_ending(&self, folded: &str) -> Option<NumberWord> {
        const SHORTEST: usize = 3;
        let stems = self.ordinal_endings.iter().filter_map(|ending| folded.strip_suffix(ending.as_str()));
        let mut numbers = stems
            .filter(|stem| stem.chars().nth(SHORTEST - 1).is_some())
            .filter_map(|stem| self.senses.get(stem)?.number?.below_thousand());
        numbers.next().map(NumberWord::Ordinal)
    }

    /// Whether the ordinal of `n` is said in words that are read.
    pub(crate) fn says_ordinal(&self, n: u16) -> bool {
        if !self.says(Said::Ordinal) {
            return false;
        }
        let listed = |n: u16| self.ordinals.contains(&n);
        match self.grammar {
            Some(Grammar::Arabic | Grammar::Myriad) => true,
            _ if listed(n) || !self.ordinal_endings.is_empty() || self.compounds.is_some() => true,
            Some(Grammar::Western) => {
                // «העשרים ואחת»: beyond ten they are cardinals.
                let cardinals = self.has(Habit::TenBehindOnes) && n > 10;
                let leads = self.has(Habit::OrdinalLeads) && n > 10;
                let (ones, rest) = (n % 10, n % 100);
                let tens = (20..100).contains(&rest)
                    && ones > 0
                    && listed(ones)
                    && (!self.has(Habit::OrdinalsBehindOrdinals) || listed(rest - ones));
                let ten = self.has(Habit::TeensByTen) && (11..20).contains(&rest) && listed(ones);
                cardinals || leads || tens || ten || n > 100 && rest > 0 && self.says_ordinal(rest)
            }
            _ => false,
        }
    }

    /// Whether parts of so many are said in words that are read.
    pub(crate) const fn says_parts(&self, denominator: u32) -> bool {
        self.any_parts || denominator < u32::BITS && self.parts & 1 << denominator != 0
    }

    /// Whether years of the Hebrew calendar, in letters, stand in its texts.
    pub(crate) const fn says_hebrew_years(&self) -> bool {
        self.says(Said::Month(Calendar::Hebrew))
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
        words.compounds = file.numbers.compounds;
        words.count_classes(&file);
        words.numbers_only_help = file.numbers.only_help;
        words.says = said_by(&file).into_iter().fold(0, |bits, said| bits | bit(said));
        for (day, pairs) in numbered(&file.weekdays_of_two_words) {
            for pair in pairs {
                let (first, second) = pair.split_once(' ').expect("profiles are tested");
                words.entry(first).weekday_begins = true;
                words.weekdays_of_two.push((first.to_owned(), second.to_owned(), day as u8));
            }
        }
        words.proclitics = std::mem::take(&mut file.proclitics);
        words.dual_nouns = std::mem::take(&mut file.numbers.dual_nouns).into_iter().collect();
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
        self.begins.extend(word.chars().next());
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
        for (currency, words) in &file.dual_currencies {
            self.mean(words, |senses| senses.currency_dual = Some(*currency));
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
        add(&months.solar_hijri, MonthWord::Sure, Calendar::SolarHijri);
        add(&months.solar_hijri_doubtful, MonthWord::Doubtful, Calendar::SolarHijri);
        add(&months.hebrew, MonthWord::Sure, Calendar::Hebrew);
        for (index, pair) in (0..).zip(&months.of_two_words) {
            self.mean(&pair.first, |senses| senses.month = Some(MonthWord::First(index)));
        }
    }

    fn add_numbers(&mut self, numbers: &Numbers) {
        let mut compound = |word: &str, number| self.entry(word).number = Some(number);
        match numbers.compounds {
            Some(Compounds::German) => compounds::german(&mut compound),
            Some(Compounds::Italian) => compounds::italian(&mut compound),
            Some(Compounds::Dutch) => compounds::dutch(&mut compound),
            None => {}
        }
        let mut add = |table, of: fn(u64) -> NumberWord| {
            for (n, words) in numbered(table) {
                self.mean(words, |senses| senses.number = Some(of(n)));
            }
        };
        add(&numbers.cardinals, NumberWord::cardinal);
        add(&numbers.ordinals, |n| NumberWord::Ordinal(n as u16));
        add(&numbers.parts_before, |n| NumberWord::PartsBefore(n as u8));
        add(&numbers.scale_plurals, NumberWord::ScalePlural);
        add(&numbers.scale_duals, NumberWord::ScaleDual);
        add(&numbers.scale_accusatives, NumberWord::ScaleAccusative);
        add(&numbers.rough, NumberWord::Rough);
        add(&numbers.parts, |n| NumberWord::Parts(n as u8));
        add(&numbers.decades, |n| NumberWord::Decade(n as u8));
        add(&numbers.quarters, |n| NumberWord::Quarters(n as u8));
        add(&numbers.quarters_more, |n| NumberWord::QuartersBefore(n as i8));
        for (fraction, words) in &numbers.fractions {
            let (numerator, denominator) = fraction.split_once('/').expect("profiles are tested");
            let part = |n: &str| n.parse().expect("profiles are tested");
            let (numerator, denominator) = (part(numerator), part(denominator));
            self.mean(words, |senses| senses.number = Some(NumberWord::Fraction(numerator, denominator)));
        }
        self.mean(&numbers.quarter_less, |senses| senses.number = Some(NumberWord::QuartersBefore(-1)));
        self.mean(&numbers.dozen, |senses| senses.number = Some(NumberWord::Dozen));
        self.mean(&numbers.teen_behind, |senses| senses.number = Some(NumberWord::TeenBehind));
        self.mean(&numbers.ten_behind, |senses| senses.number = Some(NumberWord::TenBehind));
        self.mean(&numbers.one_of_more, |senses| senses.number = Some(NumberWord::OrdinalOneOfMore));
        self.mean(&numbers.other_words, |_| {});
        self.mean(&numbers.singular_units, |senses| senses.singular = true);
        self.mean(&numbers.counters, |senses| senses.counter = true);
        // Known, so that they are parted from the words behind them.
        self.mean(&numbers.points, |_| {});
        self.points.extend(numbers.points.iter().cloned());
        for (before, words) in numbered(&numbers.eras) {
            self.mean(words, |senses| senses.era = Some(before as u16));
        }
        self.ordinal_suffixes.extend(numbers.ordinal_suffixes.iter().cloned());
        self.only_in_compounds.extend(numbers.only_in_compounds.iter().cloned());
        self.only_after_and.extend(numbers.only_after_and.iter().cloned());
        self.ordinal_endings.extend(numbers.ordinal_endings.iter().cloned());
        self.half_joiners.extend(numbers.half_joiners.iter().cloned());
    }

    /// Notes which ordinals and which parts the words of the file say.
    fn count_classes(&mut self, file: &WordsFile) {
        let numbers = &file.numbers;
        self.ordinals = numbered(&numbers.ordinals).map(|(n, _)| n as u16).collect();
        let as_parts = self.has(Habit::OrdinalsAsParts);
        let ordinals = self.ordinals.iter().filter(|_| as_parts).map(|n| u32::from(*n));
        let named = numbered(&numbers.parts).chain(numbered(&numbers.parts_before)).map(|(n, _)| n as u32);
        let fractions = numbers.fractions.keys().filter_map(|key| key.split_once('/')?.1.parse().ok());
        let halves = (!numbers.quarters.is_empty()).then_some(2);
        let all = ordinals.chain(named).chain(fractions).chain(halves).filter(|part| *part < u32::BITS);
        self.parts = all.fold(0, |bits, part| bits | 1 << part);
        self.any_parts = file.cues.contains_key(&Cue::Denominator);
    }
}

/// The bit that stands for what is said.
const fn bit(said: Said) -> u32 {
    1 << match said {
        Said::Cardinal => 0,
        Said::Ordinal => 1,
        Said::Rough => 2,
        Said::Fraction => 3,
        Said::Decade => 4,
        Said::Scale => 5,
        Said::Weekday => 6,
        Said::Clock => 7,
        Said::Month(calendar) => 8 + calendar as u32,
    }
}

/// What the words of a file say.
fn said_by(file: &WordsFile) -> Vec<Said> {
    let (n, m) = (&file.numbers, &file.months);
    let scales = numbered(&n.cardinals).chain(numbered(&n.scale_plurals)).any(|(n, _)| n >= 1_000);
    let expected = !n.only_help;
    let of_two = |calendar| m.of_two_words.iter().any(|two| two.calendar == calendar);
    let all = [
        (Said::Cardinal, expected && n.cardinals.len() > 9),
        (Said::Ordinal, expected && (!n.ordinals.is_empty() || file.cues.contains_key(&Cue::OrdinalBefore))),
        (Said::Rough, expected && !n.rough.is_empty()),
        (Said::Fraction, expected && !n.fractions.is_empty()),
        (Said::Decade, !n.decades.is_empty()),
        (Said::Scale, scales),
        (Said::Weekday, !file.weekdays.is_empty() || !file.weekdays_of_two_words.is_empty()),
        (Said::Clock, file.cues.contains_key(&Cue::Morning)),
        (
            Said::Month(Calendar::Gregorian),
            !m.gregorian.is_empty() || of_two(Calendar::Gregorian) || n.grammar == Some(Grammar::Myriad),
        ),
        (Said::Month(Calendar::Hijri), !m.hijri.is_empty() || of_two(Calendar::Hijri)),
        (Said::Month(Calendar::SolarHijri), !m.solar_hijri.is_empty()),
        (Said::Month(Calendar::Hebrew), !m.hebrew.is_empty()),
    ];
    all.into_iter().filter(|(_, has)| *has).map(|(said, _)| said).collect()
}

/// The words of a table with the number that each says.
fn numbered(table: &Numbered) -> impl Iterator<Item = (u64, &[String])> {
    table.iter().map(|(number, words)| {
        (number.replace('_', "").parse().expect("profiles are tested"), words.as_slice())
    })
}
