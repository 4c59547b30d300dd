//! Languages told apart by their small words.
//!
//! In: prose, and its script. Out: the one language of that script whose small words it is full of; nothing where they
//! are few, or as many as those of another. Guarantee: linear in the text's length; a text of a language that has no
//! profile is named after none, as its words are then few.
//!
//! A word is worth one wherever it is listed: were each list a sample of what its language repeats, the likelihoods
//! of two languages would differ by the number of the words that are listed for one and not for the other. Letters that a
//! language does not have speak against it.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use whatlang::{Detector, Lang as Known};

use super::tag;
use crate::bitext::Lang;
use crate::language::{Detection, Profile, Script};
use crate::normalize::script_of;

/// Texts of fewer words are short: a few words must do, and headings count.
const SHORT: usize = 6;
const VERY_SHORT: usize = 4;

/// How much of a text must be small words at least, and by how much more of it than those of any other language.
const LEAST: f64 = 0.13;
const LEAD: f64 = 0.04;

/// What a word with letters of the language's own is worth, and how many such letters say as much as a small word.
const OWN_LETTERS: f64 = 0.25;
const OWN_LETTERS_A_WORD: usize = 3;

/// A word of small letters with a letter that the language lacks speaks against it as much as a small word for it.
const MISSING_LETTER: f64 = 1.0;

/// Whether the small words of `text`, which name no language, are those of `profile`: some different ones, and no other
/// language's more.
pub(super) fn speak_for(profile: &Profile, text: &str, script: Script) -> bool {
    const KINDS: usize = 2;
    let words = Counted::of(text, script);
    let languages = Profile::all().iter().filter(|p| p.scripts().contains(&script) && p.has_small_words());
    let mut scores: Vec<Score> = languages.map(|profile| words.score(profile, script)).collect();
    scores.sort_by(|a, b| b.total.total_cmp(&a.total));
    let Some(best) = scores.first().filter(|best| best.profile.code() == profile.code()) else {
        return false;
    };
    let second = scores.get(1).map_or(0.0, |second| second.total);
    // In a heading one is enough that no other language has.
    let alone = words.count < 2 * SHORT && best.kinds >= 1 && best.total >= second + 1.0;
    (best.kinds >= KINDS || alone) && best.total >= LEAST * words.count as f64
}

/// The language of `script` that the small words of `text` name.
pub(super) fn likeliest(text: &str, script: Script) -> Option<Lang> {
    let words = Counted::of(text, script);
    let languages = Profile::all().iter().filter(|p| p.scripts().contains(&script) && p.has_small_words());
    let mut scores: Vec<Score> = languages.map(|profile| words.score(profile, script)).collect();
    // Stable, so of equals the first in the registry.
    scores.sort_by(|a, b| b.total.total_cmp(&a.total));
    let best = scores.first()?;
    let n = words.count as f64;
    let short = words.count < SHORT;
    if words.count < VERY_SHORT && best.hits == 0 && !matches!(script, Script::Latin | Script::Cyrillic) {
        // A script with one large language, and a word or two.
        return scores.iter().map(|score| score.profile).min_by_key(|p| place(p)).and_then(tag);
    }
    let enough = if short {
        best.hits >= 1 && best.total >= 0.25 * n
    } else {
        let kinds = if words.count < 2 * SHORT { 2 } else { 3 };
        best.kinds >= 1 && best.kinds + best.letters / OWN_LETTERS_A_WORD >= kinds && best.total >= LEAST * n
    };
    if !enough {
        return None;
    }
    let lead = (LEAD * n).max(0.9);
    let close: Vec<&Score> = scores.iter().filter(|score| score.total > best.total - lead).collect();
    match &close[..] {
        [only] => tag(only.profile),
        _ => by_trigrams(text, &close),
    }
}

/// Where a profile stands in the registry.
fn place(profile: &Profile) -> usize {
    Profile::all().iter().position(|other| other.code() == profile.code()).unwrap_or(usize::MAX)
}

/// The likeliest of `close` by trigrams, if they know all of them.
fn by_trigrams(text: &str, close: &[&Score]) -> Option<Lang> {
    let known: Option<Vec<Known>> = close.iter().map(|score| known(score.profile)).collect();
    let known = known?;
    let found = Detector::with_allowlist(known.clone()).detect(text).filter(whatlang::Info::is_reliable)?;
    let at = known.iter().position(|language| *language == found.lang())?;
    tag(close[at].profile)
}

/// What `whatlang` calls the language.
fn known(profile: &Profile) -> Option<Known> {
    match profile.detection()? {
        Detection::Trigrams(name) => Known::from_code(name),
        _ => None,
    }
}

/// How well a language fits.
struct Score {
    profile: &'static Profile,
    total: f64,
    /// Small words found, and how many different ones.
    hits: usize,
    kinds: usize,
    /// How many different letters of its own.
    letters: usize,
}

/// The words of a text, counted.
struct Counted {
    words: FxHashMap<String, usize>,
    /// Those that begin with a small letter, so that they are no names.
    small: FxHashMap<String, usize>,
    count: usize,
}

impl Counted {
    fn of(text: &str, script: Script) -> Self {
        let mut words: FxHashMap<String, usize> = FxHashMap::default();
        let mut capitals: FxHashMap<String, usize> = FxHashMap::default();
        let mut small: FxHashMap<String, usize> = FxHashMap::default();
        let text: String =
            text.nfc().map(|c| if matches!(c, 'ʻ' | 'ʼ' | '‘' | '’') { '\'' } else { c }).collect();
        let inside =
            |c: char| c.is_alphabetic() || c == '\'' || unicode_normalization::char::is_combining_mark(c);
        for word in text.split(|c: char| !inside(c)).map(|word| word.trim_matches('\'')) {
            if !word.chars().any(|c| script_of(c) == Some(script)) {
                continue;
            }
            // "US" is no "us".
            let all_capitals = word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase);
            if word.starts_with(char::is_lowercase) {
                *small.entry(word.to_owned()).or_default() += 1;
            }
            let table = if all_capitals { &mut capitals } else { &mut words };
            *table.entry(word.to_lowercase()).or_default() += 1;
        }
        if words.is_empty() {
            words = capitals;
        }
        let count = words.values().sum();
        Self { words, small, count }
    }

    fn score(&self, profile: &'static Profile, script: Script) -> Score {
        // One word that is everywhere, such as a name that looks like a small word, must not decide.
        let most = (self.count / 12).max(2);
        let mut score = Score { profile, total: 0.0, hits: 0, kinds: 0, letters: 0 };
        let headlines = profile.headline_words().filter(|_| self.count < 2 * SHORT);
        for found in profile.small_words().chain(headlines).filter_map(|word| self.words.get(word)) {
            score.hits += found.min(&most);
            score.kinds += 1;
        }
        let letters = profile.own_letters();
        let (mut own, mut foreign) = (0, 0);
        let mut seen: FxHashSet<char> = FxHashSet::default();
        if !letters.is_empty() || script == Script::Latin {
            for (word, count) in self.words.iter().filter(|(word, _)| !word.is_ascii()) {
                if word.chars().any(|c| script_of(c) == Some(script) && !c.is_ascii() && !letters.contains(c))
                {
                    foreign += count;
                } else if word.chars().any(|c| !is_common(c)) {
                    own += count;
                    seen.extend(word.chars().filter(|c| !is_common(*c) && letters.contains(*c)));
                }
            }
        }
        score.letters = seen.len();
        let missing = profile.missing_letters();
        // "Wi-Fi" alone is no Romanian, whatever its capitals.
        let table = if self.count < VERY_SHORT { &self.words } else { &self.small };
        let lacking: usize = match missing {
            "" => 0,
            _ => {
                table.iter().filter(|(word, _)| word.contains(|c| missing.contains(c))).map(|(_, n)| n).sum()
            }
        };
        score.total =
            score.hits as f64 + OWN_LETTERS * own as f64 - foreign as f64 - MISSING_LETTER * lacking as f64;
        score
    }
}

/// Whether nearly all languages of its script have this letter.
fn is_common(c: char) -> bool {
    c.is_ascii() || matches!(c, 'а'..='я')
}
