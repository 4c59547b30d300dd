//! What is searched for.
//!
//! In: words as typed. Out: a [`Query`]: what the index is asked, and whether a text that it names holds the words.
//! Guarantee: the index names every pair that holds them, and perhaps more; the text decides.

use std::collections::BTreeSet;

use crate::bitext::{Lang, TextSpan};
use crate::normalize::{attached_forms, each_search_word, is_arabic_word, stem, with_particles};

use super::error::SearchError;

/// Which forms of a word count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// The word, with or without harakat, whatever its alef forms and letter case.
    Exact,
    /// Also with the particles that Arabic writes onto a word: و ف, ب ك ل, ال, س.
    #[default]
    Attached,
    /// Also its other forms, as far as they share a stem.
    Forms,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    /// What it may stand as, folded, in order.
    forms: Vec<String>,
    /// Whether more letters may follow.
    open: bool,
    /// The stem that other forms share, if those count.
    stem: Option<String>,
}

impl Term {
    fn matches(&self, word: &str) -> bool {
        let is_form = if self.open {
            self.forms.iter().any(|form| word.starts_with(form.as_str()))
        } else {
            self.forms.binary_search_by(|form| form.as_str().cmp(word)).is_ok()
        };
        is_form || self.stem.as_ref().is_some_and(|own| stem_of(word) == *own)
    }
}

fn stem_of(word: &str) -> String {
    stem(word, &Lang::english())
}

/// Words that must all stand in a pair; those of one phrase one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    phrases: Vec<Vec<Term>>,
}

impl Query {
    /// The query of `phrases`, each a word or several that follow each other; a star at the end of a word lets more
    /// letters follow.
    ///
    /// # Errors
    /// If one holds nothing that can be searched for.
    pub fn new<S: AsRef<str>>(phrases: &[S], matching: Matching) -> Result<Self, SearchError> {
        let phrase = |text: &S| {
            let text = text.as_ref();
            let mut terms = Vec::new();
            each_search_word(text, |word, span| {
                let open = text[span.end..].starts_with('*');
                let forms = match matching {
                    Matching::Exact => vec![word.to_owned()],
                    Matching::Attached | Matching::Forms => attached_forms(word),
                };
                let stem = (matching == Matching::Forms && !open).then(|| stem_of(word));
                terms.push(Term { forms, open, stem });
            });
            if terms.is_empty() { Err(SearchError::NoWord(text.to_owned())) } else { Ok(terms) }
        };
        let phrases = phrases.iter().map(phrase).collect::<Result<Vec<_>, _>>()?;
        if phrases.is_empty() {
            return Err(SearchError::NoWord(String::new()));
        }
        Ok(Self { phrases })
    }

    /// As [`Query::new`], of a line as people type it: words, and phrases in quotes of any make; a quote that is not
    /// closed goes to the end.
    ///
    /// # Errors
    /// If a phrase holds nothing that can be searched for.
    pub fn typed(line: &str, matching: Matching) -> Result<Self, SearchError> {
        Self::new(&phrases(line), matching)
    }

    /// What the index is asked. `known` gives the words of the index that begin with some letters.
    pub(super) fn ask<E>(&self, known: impl Fn(&str) -> Result<Vec<String>, E>) -> Result<String, E> {
        let mut all = Vec::new();
        for term in self.phrases.iter().flatten() {
            let mut any: BTreeSet<String> = term.forms.iter().map(|form| quoted(form, term.open)).collect();
            if let Some(stem) = &term.stem {
                for head in heads(stem) {
                    let others = known(&head)?.into_iter().filter(|word| term.matches(word));
                    any.extend(others.map(|word| quoted(&word, false)));
                }
            }
            all.push(format!("({})", any.into_iter().collect::<Vec<_>>().join(" OR ")));
        }
        Ok(all.join(" AND "))
    }

    /// Where the words stand in the texts of a pair, each phrase in one of them; `None` if one is missing.
    pub(super) fn places(&self, texts: [Option<&str>; 2]) -> Option<[Vec<TextSpan>; 2]> {
        let words = texts.map(|text| {
            let mut words: Vec<(String, TextSpan)> = Vec::new();
            each_search_word(text.unwrap_or_default(), |word, span| words.push((word.to_owned(), span)));
            words
        });
        let mut places = [Vec::new(), Vec::new()];
        for phrase in &self.phrases {
            let mut any = false;
            for (words, places) in words.iter().zip(&mut places) {
                for at in words.windows(phrase.len()) {
                    if phrase.iter().zip(at).all(|(term, (word, _))| term.matches(word)) {
                        places.push(TextSpan::new(at[0].1.start, at[at.len() - 1].1.end));
                        any = true;
                    }
                }
            }
            if !any {
                return None;
            }
        }
        for places in &mut places {
            places.sort_unstable();
            places.dedup();
        }
        Some(places)
    }
}

/// The words and phrases of a line.
fn phrases(line: &str) -> Vec<&str> {
    let mut phrases = Vec::new();
    let mut quoted = false;
    // One quote as good as another: who types « may close it as he likes.
    for part in line.split(['"', '“', '”', '„', '‟', '«', '»', '＂']) {
        if quoted {
            phrases.extend(Some(part.trim()).filter(|part| !part.is_empty()));
        } else {
            phrases.extend(part.split_whitespace());
        }
        quoted = !quoted;
    }
    phrases
}

/// A word for the index, which knows no letters but those of words.
fn quoted(word: &str, open: bool) -> String {
    format!("\"{word}\"{}", if open { "*" } else { "" })
}

/// The letters with which words of a stem may begin: Arabic ones may have particles before it.
fn heads(stem: &str) -> Vec<String> {
    if is_arabic_word(stem) { with_particles(stem) } else { vec![stem.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::phrases;

    #[test]
    fn a_line_is_taken_apart_at_blanks_and_quotes() {
        let cases: [(&str, &[&str]); 6] = [
            ("one two", &["one", "two"]),
            ("a \"b c\" d", &["a", "b c", "d"]),
            ("«مجلس الأمن» council", &["مجلس الأمن", "council"]),
            ("“not closed at", &["not closed at"]),
            ("„one two“", &["one two"]),
            ("\"\" \u{a0}", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(phrases(line), expected, "{line}");
        }
    }
}
