//! What is known of a language, counted: for the table of languages.

use std::collections::BTreeSet;

use super::profile::Profile;
use super::word::Calendar;
use super::words_file::{Numbered, WordsFile};

/// How much a profile says, by what it is used for. Words of every language (`common.toml`) are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// Words that say a number: one, twenty, thousand.
    pub number_words: usize,
    /// Gregorian months with a name, of 12.
    pub months: usize,
    /// Weekdays with a name, of 7.
    pub weekdays: usize,
    /// Words for units and money.
    pub units: usize,
}

impl Profile {
    /// How much the profile says.
    ///
    /// ```
    /// use muqabala::language::Profile;
    /// let arabic = Profile::of_code("ar").expect("it has a profile").known();
    /// assert_eq!((arabic.months, arabic.weekdays), (12, 7));
    /// ```
    pub fn known(&self) -> Known {
        let file = self.words_file();
        Known {
            number_words: words(&file.numbers.cardinals) + words(&file.numbers.ordinals),
            months: months(&file),
            weekdays: file.weekdays.len(),
            units: file.units.values().map(Vec::len).sum::<usize>()
                + file.currencies.values().map(Vec::len).sum::<usize>(),
        }
    }
}

fn words(table: &Numbered) -> usize {
    table.values().map(Vec::len).sum()
}

fn months(file: &WordsFile) -> usize {
    let of_two = file.months.of_two_words.iter().filter(|two| two.calendar == Calendar::Gregorian);
    let numbers = file.months.gregorian.keys().chain(file.months.gregorian_doubtful.keys());
    numbers.chain(of_two.flat_map(|two| two.then.keys())).collect::<BTreeSet<_>>().len()
}
