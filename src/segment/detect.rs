//! The language of a whole document.
//!
//! In: a document's text. Out: its language, or nothing where the text does not say.
//! Guarantee: deterministic, and linear in the text's length up to [`SAMPLE`]; nothing is named for being the likeliest
//! alone. The script decides first. Of the languages of one script, one is named by letters of its own, or by small words
//! that stand in the text often enough, and clearly more often than those of the others; where two are as likely,
//! trigrams decide (the crate `whatlang`), if they know both. Code, addresses and markup do not count.
//! Meant for documents; a single line is seldom enough.

mod prose;
mod small_words;

use rustc_hash::FxHashMap;

use crate::bitext::Lang;
use crate::language::{Detection, Profile, Script};
use crate::normalize::{is_basic_arabic, script_of};
use prose::prose;

/// Bytes of the text that are looked at, at most.
const SAMPLE: usize = 200_000;

/// Letters that a text must have at least for anything to be said.
const FEWEST_LETTERS: usize = 2;

/// Letters that a text must have at least for its script to contradict a language.
const FEWEST_TO_CONTRADICT: usize = 20;

const SCRIPTS: usize = Script::COUNT;

/// The language in which most of `text` is written.
///
/// ```
/// use muqabala::segment::detect_language;
/// let lang = |text| detect_language(text).map(|l| l.to_string());
/// assert_eq!(lang("وأكد الجانبان أهمية استمرار العراق في تقديم الدعم للتحالف الدولي.").as_deref(), Some("ar"));
/// assert_eq!(lang("Both sides underlined how important it is that Iraq continues.").as_deref(), Some("en"));
/// // Yoruba, of which nothing is known.
/// assert_eq!(lang("Gbogbo eniyan ni a bi ni ominira, iyi ati eto kookan won si dogba."), None);
/// assert_eq!(lang("22/07/2024"), None);
/// ```
pub fn detect_language(text: &str) -> Option<Lang> {
    let text = prose(&text[..text.floor_char_boundary(SAMPLE)]);
    let counts = letters_of(&text);
    let script = main_script(counts)?;
    let languages = || Profile::all().iter().filter(move |p| p.scripts().first() == Some(&script));
    let letters = Letters::of(&text);
    by_letters(&letters, counts[script as usize], languages())
        .or_else(|| by_words(&text, &letters, languages()))
        .or_else(|| small_words::likeliest(&text, script))
        .or_else(|| named_by(script))
}

/// The script of `text`, if `language` is not written in it.
///
/// Most letters must be of one script, and next to none of those in which the language is usually written. A script
/// that the language's code names (`sr-Latn`) counts instead of these.
pub(super) fn contradicting_script(text: &str, language: &Lang) -> Option<Script> {
    let expected = Script::of_language(language);
    if expected.is_empty() {
        return None;
    }
    let counts = letters_of(&prose(&text[..text.floor_char_boundary(SAMPLE)]));
    let all: usize = counts.iter().sum();
    let as_expected: usize = expected.iter().map(|script| counts[*script as usize]).sum();
    let script = largest(counts)?;
    let clear = counts[script as usize] * 10 >= all * 8 && as_expected * 10 < all;
    (all >= FEWEST_TO_CONTRADICT && clear && script != Script::Other).then_some(script)
}

/// A text that is not in the language it is said to be in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the text is in {} letters, and {language} is not written in these", script.name())]
pub struct WrongScript {
    /// The language.
    pub language: Lang,
    /// The script of the text.
    pub script: Script,
}

/// Refuses a text most of whose letters are of a script that `language` is not written in.
pub fn check_script(text: &str, language: &Lang) -> Result<(), WrongScript> {
    match contradicting_script(text, language) {
        Some(script) => Err(WrongScript { language: language.clone(), script }),
        None => Ok(()),
    }
}

/// The language of a short text that says nothing of its language, by that of the text opposite.
///
/// Profiles say which languages are usual beside which. A title is taken to be in that language; a sentence has small words
/// of it, and not more of any other.
pub(crate) fn language_beside(text: &str, opposite: &Lang) -> Option<Lang> {
    /// Words that a text may have at most; a longer one in a known language would have said so.
    const MOST_WORDS: usize = 30;
    /// A text of more words has small words of its language among them.
    const TITLE: usize = 4;
    let prose = prose(&text[..text.floor_char_boundary(SAMPLE)]);
    let count = prose.split_whitespace().count();
    if count > MOST_WORDS {
        return None;
    }
    let script = main_script(letters_of(&prose))?;
    let usual = |p: &&Profile| p.scripts().first() == Some(&script) && p.is_usual_beside(opposite.primary());
    let own = prose
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .any(|c| script_of(c) == Some(Script::Latin));
    let speaks = |p: &&Profile| count <= TITLE || small_words::speak_for(p, &prose, script);
    Profile::all().iter().find(usual).filter(|_| !own).filter(speaks).and_then(tag)
}

/// Whether [`detect_language`] can tell `language` from others, so that another answer means something.
pub(crate) fn can_detect(language: &Lang) -> bool {
    Profile::of(language).is_some_and(Profile::can_be_detected)
}

/// How many letters of each script stand in `text`.
fn letters_of(text: &str) -> [usize; SCRIPTS] {
    let mut counts = [0_usize; SCRIPTS];
    for c in text.chars() {
        if let Some(script) = script_of(c) {
            counts[script as usize] += 1;
        }
    }
    counts
}

fn largest(counts: [usize; SCRIPTS]) -> Option<Script> {
    let most = counts.iter().copied().max().unwrap_or_default();
    Script::ALL.into_iter().find(|script| counts[*script as usize] == most)
}

/// The script that decides; nothing where there are too few letters.
fn main_script(mut counts: [usize; SCRIPTS]) -> Option<Script> {
    // Names and terms of Latin letters stand in texts of all scripts, seldom the reverse. So a letter of another script
    // counts twice, an ideograph or a kana once more.
    for script in Script::ALL.into_iter().filter(|script| *script != Script::Latin) {
        counts[script as usize] *= 2;
    }
    for script in [Script::Han, Script::Kana, Script::Hangul] {
        counts[script as usize] *= 2;
    }
    if counts.iter().sum::<usize>() < FEWEST_LETTERS {
        return None;
    }
    let east_asian = counts[Script::Han as usize] + counts[Script::Kana as usize];
    if east_asian > 0 && counts.iter().all(|&count| count <= east_asian) {
        // Japanese has kana in every sentence, Chinese none.
        let japanese = counts[Script::Kana as usize] * 20 > east_asian;
        return Some(if japanese { Script::Kana } else { Script::Han });
    }
    largest(counts)
}

/// The language that is told by its script alone.
fn named_by(script: Script) -> Option<Lang> {
    let of_script = |p: &&Profile| p.scripts().first() == Some(&script);
    Profile::all().iter().filter(of_script).find(|p| p.detection() == Some(&Detection::Script)).and_then(tag)
}

fn tag(profile: &Profile) -> Option<Lang> {
    profile.code().parse().ok()
}

/// How often each letter stands in a text.
struct Letters(FxHashMap<char, u64>);

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = FxHashMap::default();
        for c in text.chars().filter(|c| !c.is_ascii()) {
            *counts.entry(c).or_default() += 1;
        }
        Self(counts)
    }

    /// How often one of `letters` stands there; none may be of ASCII.
    fn any_of(&self, letters: &str) -> u64 {
        letters.chars().filter_map(|c| self.0.get(&c)).sum()
    }
}

/// The first of `languages` whose own letters are frequent enough among the letters of its script.
fn by_letters(
    letters: &Letters,
    of_script: usize,
    languages: impl Iterator<Item = &'static Profile>,
) -> Option<Lang> {
    let mut found = languages.filter(|profile| match profile.detection() {
        Some(Detection::Letters { own, per_thousand }) => {
            letters.any_of(own) * 1000 / (of_script as u64).max(1) >= *per_thousand
        }
        _ => false,
    });
    found.next().and_then(tag)
}

/// The one of `languages` whose letters and small words are the most frequent in `text`.
fn by_words(text: &str, counts: &Letters, languages: impl Iterator<Item = &'static Profile>) -> Option<Lang> {
    /// A word says as much as five letters: newspapers write Arabic with Persian letters, and the reverse.
    const WORD: u64 = 5;
    let mut found: Vec<(&Profile, u64)> = Vec::new();
    let mut by_word = FxHashMap::default();
    let mut by_beginning: Vec<(&str, usize)> = Vec::new();
    for profile in languages {
        if let Some(Detection::Words { letters, small, beginnings }) = profile.detection() {
            by_word.extend(small.iter().map(|word| (word.as_str(), found.len())));
            by_beginning.extend(beginnings.iter().map(|beginning| (beginning.as_str(), found.len())));
            found.push((profile, counts.any_of(letters)));
        }
    }
    if found.is_empty() {
        return None;
    }
    let letter = |c: char| is_basic_arabic(c) || c.is_alphabetic() || c == '\u{200C}';
    for word in text.split(|c: char| !letter(c)).filter(|word| !word.is_empty()) {
        let begins =
            || by_beginning.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, at)| *at);
        if let Some(at) = by_word.get(word).copied().or_else(begins) {
            found[at].1 += WORD;
        }
    }
    // Of equals the first in the registry.
    let most = found.into_iter().reduce(|most, next| if next.1 > most.1 { next } else { most })?;
    tag(most.0)
}

#[cfg(test)]
mod tests;
