//! The profile of a language: one file of data in three parts, each parsed when first asked for.
//!
//! A file begins with the head (keys before the first table), goes on with the words (tables), and ends with the
//! segmentation rules (from the line `[segmentation]` on), which the stage that cuts parses. Heads are short: to
//! find a language by its name, or the languages of a script, only they are read.

use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::habit::Habit;
use super::script::Script;
use super::words::Words;
use super::words_file::WordsFile;

/// What is known about a language.
///
/// ```
/// use muqabala::language::{Profile, Script};
/// let arabic = Profile::of(&"ar-IQ".parse()?).expect("it has a profile");
/// assert_eq!((arabic.name(), arabic.native_name()), ("Arabic", "العربية"));
/// assert_eq!(arabic.scripts(), [Script::Arabic]);
/// # Ok::<(), muqabala::bitext::LangError>(())
/// ```
#[derive(Debug)]
pub struct Profile {
    code: &'static str,
    text: &'static str,
    head: OnceLock<Head>,
    words: OnceLock<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    native: String,
    #[serde(default)]
    other_codes: Vec<String>,
    #[serde(default)]
    other_names: Vec<String>,
    scripts: Vec<Script>,
    #[serde(default)]
    stemming: Stemming,
    detected_by: Option<Detection>,
    #[serde(default)]
    small_words: Vec<String>,
    #[serde(default)]
    headline_words: Vec<String>,
    #[serde(default)]
    own_letters: String,
    #[serde(default)]
    missing_letters: String,
    #[serde(default)]
    usual_beside: Vec<String>,
    #[serde(default)]
    encodings: Vec<String>,
    domain: Option<String>,
    #[serde(default)]
    rules_also_for: Vec<String>,
    #[serde(default)]
    habits: Vec<Habit>,
    #[serde(default)]
    dual_endings: Vec<String>,
}

/// How words are stemmed; words of Arabic letters are stemmed as Arabic in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stemming {
    /// By the endings of English.
    English,
    /// By the particles and endings of Korean.
    Korean,
    /// So many letters of the folded word are kept. Default: 5.
    Letters(u8),
}

impl Default for Stemming {
    fn default() -> Self {
        Self::Letters(5)
    }
}

/// How a language is told from the others of its first script.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Detection {
    /// The script is enough.
    Script,
    /// By small words, and by trigrams where those of another are as many: the name by which the crate `whatlang` knows
    /// it, an ISO 639-3 code.
    Trigrams(String),
    /// By letters that no other language of its script has, bar those with a profile further down in the registry.
    Letters {
        /// The letters.
        own: String,
        /// How many of a thousand letters must be among them.
        per_thousand: u64,
    },
    /// By letters and small words, which are counted against those of the other languages of its script.
    Words {
        /// Letters that are usual in it, and others in the other languages.
        letters: String,
        /// Small words. One says as much as five letters.
        small: Vec<String>,
        /// Beginnings of words, which count as a small word does.
        #[serde(default)]
        beginnings: Vec<String>,
    },
}

/// The text of a profile in its parts.
struct Parts {
    head: &'static str,
    words: &'static str,
    rules: &'static str,
}

impl Parts {
    fn of(text: &'static str) -> Self {
        let at = |part: &str, mark: &str| part.find(mark).map_or(part.len(), |at| at + 1);
        let (before, rules) = text.split_at(at(text, "\n[segmentation]"));
        let (head, words) = before.split_at(at(before, "\n["));
        Self { head, words, rules }
    }
}

impl Profile {
    pub(super) const fn new(code: &'static str, text: &'static str) -> Self {
        Self { code, text, head: OnceLock::new(), words: OnceLock::new() }
    }

    fn head(&self) -> &Head {
        self.head.get_or_init(|| self.parse(Parts::of(self.text).head))
    }

    fn parse<T: DeserializeOwned>(&self, part: &str) -> T {
        toml::from_str(part).unwrap_or_else(|e| panic!("profile {} is tested, yet: {e}", self.code))
    }

    /// Its code, as [`crate::bitext::Lang::primary`] gives it.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Its name in English.
    pub fn name(&self) -> &str {
        &self.head().name
    }

    /// Its name in the language itself.
    pub fn native_name(&self) -> &str {
        &self.head().native
    }

    /// Other codes for it, mostly of three letters: ISO 639-2 and 639-3.
    pub fn other_codes(&self) -> impl Iterator<Item = &str> {
        self.head().other_codes.iter().map(String::as_str)
    }

    /// All the names it may be asked for by: in English, in the language itself, and others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let Head { name, native, other_names, .. } = self.head();
        [name, native].into_iter().chain(other_names).map(String::as_str)
    }

    /// The scripts in which it is usually written, the most usual first.
    pub fn scripts(&self) -> &[Script] {
        &self.head().scripts
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.scripts().first().is_some_and(|script| script.is_right_to_left())
    }

    /// How its words are stemmed.
    pub fn stemming(&self) -> Stemming {
        self.head().stemming
    }

    /// Words that its texts repeat, in lower case, by which it is told from the other languages of its script.
    pub(crate) fn small_words(&self) -> impl Iterator<Item = &str> {
        self.head().small_words.iter().map(String::as_str)
    }

    /// Whether it has such words.
    pub(crate) fn has_small_words(&self) -> bool {
        !self.head().small_words.is_empty()
    }

    /// Words that stand alone in headings and on buttons; they count in texts of a few words.
    pub(crate) fn headline_words(&self) -> impl Iterator<Item = &str> {
        self.head().headline_words.iter().map(String::as_str)
    }

    /// The letters it is written with besides `a` to `z`, in lower case; empty where that is not said.
    pub(crate) fn own_letters(&self) -> &str {
        &self.head().own_letters
    }

    /// The letters of `a` to `z` that it has in names and borrowed words only.
    pub(crate) fn missing_letters(&self) -> &str {
        &self.head().missing_letters
    }

    /// Whether a short text beside one in the language of this code is taken to be in this language.
    pub(crate) fn is_usual_beside(&self, code: &str) -> bool {
        self.head().usual_beside.iter().any(|other| other == code)
    }

    /// Whether it can be told from other languages.
    pub fn can_be_detected(&self) -> bool {
        self.detection().is_some() || self.has_small_words()
    }

    /// How it is told from other languages, besides by small words; `None` where it cannot be.
    pub fn detection(&self) -> Option<&Detection> {
        self.head().detected_by.as_ref()
    }

    /// Encodings of its own from before Unicode, the most usual first.
    pub fn encodings(&self) -> impl Iterator<Item = &str> {
        self.head().encodings.iter().map(String::as_str)
    }

    /// A top-level domain whose pages are written in it, a hint for the guessing of old encodings.
    pub fn domain(&self) -> Option<&str> {
        self.head().domain.as_deref()
    }

    /// Endings that a noun may have where it says two of a thing.
    pub fn dual_endings(&self) -> impl Iterator<Item = &str> {
        self.head().dual_endings.iter().map(String::as_str)
    }

    /// Codes of further languages that are cut by its rules.
    pub(crate) fn rules_also_for(&self) -> &[String] {
        &self.head().rules_also_for
    }

    /// Its segmentation rules as TOML, in a table `segmentation`.
    pub(crate) fn rules(&self) -> Option<&'static str> {
        Some(Parts::of(self.text).rules).filter(|rules| !rules.is_empty())
    }

    /// The tables of its words, as they stand in the file.
    pub(super) fn words_file(&self) -> WordsFile {
        self.parse(Parts::of(self.text).words)
    }

    /// Its words that say numbers, dates, units and money.
    pub(crate) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of_file(self.words_file(), &self.head().habits))
    }
}
