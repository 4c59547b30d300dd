//! Finds what a word means: folded as profiles spell it, with or without what is written together with it.
//!
//! In: a word as it stands in the text. Out: its senses and the proclitics before it. Guarantee: pure; a word is found as
//! it stands before any part of it is.

use unicode_normalization::char::{compose, decompose_compatible};

use crate::language::{Grammar, Senses, Words};
use crate::normalize::{fold_arabic, is_combining, is_inside_words};

/// How a word's capitals stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// No capital.
    Lower,
    /// The first letter only.
    Title,
    /// All of two or more letters.
    Upper,
    /// A single capital letter.
    Single,
    /// Capitals inside.
    Mixed,
}

/// Proclitics stripped from a word before it was found in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clitics {
    /// A conjunction: «و», «ف», «ו».
    pub(super) and: bool,
    /// A preposition: «ب», «ل», «ك», «ב».
    pub(super) preposition: bool,
    /// The article: «ال», «ה».
    pub(super) article: bool,
}

/// Folds a word of Arabic letters into `folded`.
pub(super) fn fold_arabic_word(word: &str, folded: &mut String) {
    folded.clear();
    for c in word.chars() {
        if is_inside_words(c) {
            continue;
        }
        if matches!(c, '\u{FB50}'..='\u{FEFF}') {
            decompose_compatible(c, |d| folded.extend(fold_arabic(d).filter(|&d| d != ' ')));
        } else {
            folded.extend(fold_arabic(c));
        }
    }
}

/// Folds any other word into `folded`: lower case, composed. Says how its capitals stand.
pub(super) fn fold_word(word: &str, folded: &mut String) -> Letters {
    folded.clear();
    let (mut letters, mut capitals) = (0usize, 0usize);
    for c in word.chars() {
        if c.is_ascii() {
            letters += 1;
            capitals += usize::from(c.is_ascii_uppercase());
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        if is_inside_words(c) {
            continue;
        }
        letters += usize::from(!is_combining(c));
        capitals += usize::from(c.is_uppercase());
        for d in c.to_lowercase() {
            match folded.chars().next_back().filter(|_| is_combining(d)).and_then(|last| compose(last, d)) {
                Some(whole) => {
                    folded.pop();
                    folded.push(whole);
                }
                None => folded.push(d),
            }
        }
    }
    match (capitals, word.starts_with(char::is_uppercase)) {
        (0, _) => Letters::Lower,
        (1, true) if letters == 1 => Letters::Single,
        (1, true) => Letters::Title,
        (n, _) if n == letters => Letters::Upper,
        _ => Letters::Mixed,
    }
}

/// Words that only look like a clitic and a number: «لست» ("I am not").
const NO_CLITIC: [&str; 2] = ["لست", "لسته"];

/// Finds a word of Arabic letters; in Arabic, whole first, then without its proclitics, outermost first.
pub(super) fn arabic(words: &'static Words, word: &str, folded: &str) -> Option<(&'static Senses, Clitics)> {
    let mut clitics = Clitics::default();
    // «وأحد» is "and one", «واحد» is "one": folded they are one.
    let and_one = word.starts_with("وأ") || word.starts_with("وإ");
    if !and_one && let Some(senses) = words.get(folded) {
        return Some((senses, clitics));
    }
    if words.grammar() != Some(Grammar::Arabic) {
        return words.get(folded).map(|senses| (senses, clitics));
    }
    if NO_CLITIC.contains(&folded) {
        return None;
    }
    let mut rest = folded;
    let find = |rest: &str| if rest.len() >= 4 { words.get(rest) } else { None };
    if let Some(bare) = rest.strip_prefix(['و', 'ف']) {
        clitics.and = true;
        rest = bare;
        if let Some(senses) = find(rest) {
            return Some((senses, clitics));
        }
    }
    if let Some(bare) = rest.strip_prefix("لل") {
        (clitics.preposition, clitics.article) = (true, true);
        return find(bare).map(|senses| (senses, clitics));
    }
    if let Some(bare) = rest.strip_prefix(['ب', 'ل', 'ك']) {
        clitics.preposition = true;
        rest = bare;
        if let Some(senses) = find(rest) {
            return Some((senses, clitics));
        }
    }
    let bare = rest.strip_prefix("ال")?;
    clitics.article = true;
    find(bare).map(|senses| (senses, clitics))
}

/// Finds any other word, with or without the proclitics of its language, or without the marks of a transliteration.
pub(super) fn letters(words: &'static Words, folded: &str) -> Option<(&'static Senses, Clitics)> {
    let mut clitics = Clitics::default();
    if let Some(senses) = words.get(folded) {
        return Some((senses, clitics));
    }
    let proclitics = words.proclitics();
    if !proclitics.is_empty() {
        let lists = [&proclitics.and, &proclitics.preposition, &proclitics.article];
        let mut rest = folded;
        for (place, list) in lists.into_iter().enumerate() {
            let bare = list.iter().find_map(|clitic| rest.strip_prefix(clitic.as_str()));
            // Words of one letter are left to themselves.
            let Some(bare) = bare.filter(|bare| bare.chars().nth(1).is_some()) else { continue };
            rest = bare;
            match place {
                0 => clitics.and = true,
                1 => clitics.preposition = true,
                _ => clitics.article = true,
            }
            if let Some(senses) = words.get(rest) {
                return Some((senses, clitics));
            }
        }
        return None;
    }
    if folded.chars().any(is_transliteration) {
        let plain: String = folded.chars().filter_map(without_transliteration).collect();
        return words.get(&plain).map(|senses| (senses, clitics));
    }
    None
}

/// Whether `c` is a letter with which Arabic is transliterated: ā, ḥ, ʿ.
fn is_transliteration(c: char) -> bool {
    without_transliteration(c) != Some(c)
}

/// The letter without its macron or the dot below it; nothing for the signs of hamza and ayn.
fn without_transliteration(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    if matches!(c, '\u{02B0}'..='\u{02FF}') {
        return None;
    }
    let (mut base, mut marked) = (c, false);
    unicode_normalization::char::decompose_canonical(c, |d| match d {
        '\u{0304}' | '\u{0323}' => marked = true,
        _ if base == c => base = d,
        _ => {}
    });
    Some(if marked { base } else { c })
}

/// The longest known word at the beginning of `text`, of a script without blanks, and its length in bytes.
pub(super) fn longest(words: &'static Words, text: &str) -> Option<(&'static Senses, usize)> {
    if !words.begins(text.chars().next()?) {
        return None;
    }
    let mut end = text.len().min(words.longest());
    while end > 0 {
        if text.is_char_boundary(end)
            && let Some(senses) = words.get(&text[..end])
        {
            return Some((senses, end));
        }
        end -= 1;
    }
    None
}

/// The longest known word at the beginning of a word of Hangul, composed or not, and its length in bytes.
pub(super) fn hangul(words: &'static Words, word: &str) -> Option<(&'static Senses, usize)> {
    use unicode_normalization::UnicodeNormalization;
    if let Some(found) = longest(words, word) {
        return Some(found);
    }
    if !word.starts_with(|c| matches!(c, '\u{1100}'..='\u{11FF}')) {
        return None;
    }
    let composed: String = word.nfc().collect();
    let (senses, length) = longest(words, &composed)?;
    let decomposed = composed[..length].nfd().map(char::len_utf8).sum();
    Some((senses, decomposed))
}
