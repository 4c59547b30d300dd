//! The part of a profile that holds words, as it stands in the file: tables of a number, a unit or the like and the
//! words that say it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::unit::{Currency, Unit};
use super::word::{Calendar, Cue, Grammar};

/// Words by the number that they say.
pub(super) type Numbered = BTreeMap<String, Vec<String>>;

/// The words of a profile.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsFile {
    pub(super) months: Months,
    /// 1 is Monday.
    pub(super) weekdays: Numbered,
    /// Days of the week by two words, with a blank or a hyphen between them.
    pub(super) weekdays_of_two_words: Numbered,
    pub(super) proclitics: Proclitics,
    pub(super) numbers: Numbers,
    pub(super) units: BTreeMap<Unit, Vec<String>>,
    /// Words for two of a unit.
    pub(super) duals: BTreeMap<Unit, Vec<String>>,
    pub(super) years: Years,
    pub(super) currencies: BTreeMap<Currency, Vec<String>>,
    /// Words for two of a currency.
    pub(super) dual_currencies: BTreeMap<Currency, Vec<String>>,
    pub(super) cues: BTreeMap<Cue, Vec<String>>,
}

/// What is written together with the word after it, in languages other than Arabic, outermost first.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Proclitics {
    pub(crate) and: Vec<String>,
    pub(crate) preposition: Vec<String>,
    pub(crate) article: Vec<String>,
}

impl Proclitics {
    pub(crate) const fn is_empty(&self) -> bool {
        self.and.is_empty() && self.preposition.is_empty() && self.article.is_empty()
    }
}

/// Names of months, by their number from 1 to 12; doubtful ones are words that have other senses too.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Months {
    pub(super) gregorian: Numbered,
    pub(super) gregorian_doubtful: Numbered,
    pub(super) hijri: Numbered,
    pub(super) hijri_doubtful: Numbered,
    pub(super) solar_hijri: Numbered,
    pub(super) solar_hijri_doubtful: Numbered,
    pub(super) hebrew: Numbered,
    pub(super) of_two_words: Vec<TwoWords>,
}

/// Months of two words, the first of which several share: «تشرين الأول», «تشرين الثاني».
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TwoWords {
    pub(super) calendar: Calendar,
    pub(super) first: Vec<String>,
    /// The second word by the number of the month; `*` at its end stands for any rest.
    pub(super) then: Numbered,
}

/// Number words, and what belongs to numbers in digits.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Numbers {
    /// How the words add up; without it, words scale digits («5 Mrd») and nothing else.
    pub(super) grammar: Option<Grammar>,
    /// Number words are read where they help, and neither they nor what they would say is expected opposite: for
    /// languages in which they are hard to tell from other words.
    pub(super) only_help: bool,
    /// Words that are made by a rule.
    pub(super) compounds: Option<Compounds>,
    /// Endings that make an ordinal of digits: `3rd`.
    pub(super) ordinal_suffixes: Vec<String>,
    /// Words that say one only after "and" and are articles elsewhere.
    pub(super) only_after_and: Vec<String>,
    pub(super) cardinals: Numbered,
    pub(super) ordinals: Numbered,
    /// Endings that make ordinals of cardinals in words: «बीस» is twenty, «बीसवीं» twentieth.
    pub(super) ordinal_endings: Vec<String>,
    /// Says one as an ordinal only as part of a larger one.
    pub(super) one_of_more: Vec<String>,
    pub(super) dozen: Vec<String>,
    pub(super) scale_plurals: Numbered,
    pub(super) scale_duals: Numbered,
    pub(super) scale_accusatives: Numbered,
    pub(super) rough: Numbered,
    /// By numerator and denominator: `1/2`.
    pub(super) fractions: Numbered,
    pub(super) parts: Numbered,
    /// The same before their numerators.
    pub(super) parts_before: Numbered,
    /// What joins a half to the number before it, besides "and": «два с половиной».
    pub(super) half_joiners: Vec<String>,
    pub(super) decades: Numbered,
    /// Numbers by how many quarters they are.
    pub(super) quarters: Numbered,
    /// What adds so many quarters to the number behind it.
    pub(super) quarters_more: Numbered,
    /// What takes a quarter from the number behind it.
    pub(super) quarter_less: Vec<String>,
    /// Number words that are other words where they stand alone.
    pub(super) only_in_compounds: Vec<String>,
    /// Words that begin as number words do and say no number, in scripts without blanks.
    pub(super) other_words: Vec<String>,
    /// Adds ten to the number before it, and makes it ten times as much.
    pub(super) teen_behind: Vec<String>,
    pub(super) ten_behind: Vec<String>,
    /// Units in the singular, where the article before a number behind them makes it an ordinal.
    pub(super) singular_units: Vec<String>,
    /// Words that count things behind a numeral.
    pub(super) counters: Vec<String>,
    /// Words for the point before decimals in words.
    pub(super) points: Vec<String>,
    /// Nouns in the singular that two are said of by an ending which their plurals do not have.
    pub(super) dual_nouns: Vec<String>,
    /// Eras by the year before their first.
    pub(super) eras: Numbered,
}

/// The rules by which words are made.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Compounds {
    German,
    Italian,
    Dutch,
}

/// Words that say a number of years, by that number.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Years {
    /// "decade".
    pub(super) one: Numbered,
    /// After a number only: "decades".
    pub(super) many: Numbered,
    /// Twice as many: «عقدين».
    pub(super) two: Numbered,
    /// Words that have other senses: «عقد» is a contract too.
    pub(super) doubtful: Numbered,
}
