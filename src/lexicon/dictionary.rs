//! A dictionary: words of one language with their equivalents in another.
//!
//! In: headwords and equivalents, from the built-in lexicon or a user's file. Out: a word's equivalents.
//! Guarantee: the order of entries never shows in the result.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::bitext::Lang;
use crate::normalize::{each_word, stem_candidates};

/// Pairs of words that translate each other, each with a weight in (0, 1].
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    pub(super) first: Terms,
    pub(super) second: Terms,
    /// For each first term the second terms that translate it, with weights.
    pub(super) pairs: Vec<Vec<(u32, f32)>>,
    /// Of first terms with many equivalents: where in their row each stands.
    places: FxHashMap<u32, FxHashMap<u32, usize>>,
    languages: Option<(Lang, Lang)>,
    name: String,
}

/// The terms of one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    ids: FxHashMap<Cow<'static, str>, u32>,
}

impl Terms {
    /// The number of `term`, which is kept if it is new.
    fn id(&mut self, term: &str) -> u32 {
        match self.ids.get(term) {
            Some(&id) => id,
            None => self.id_of(Cow::Owned(term.to_owned())),
        }
    }

    /// The number of a term that is ready to be kept.
    fn id_of(&mut self, term: Cow<'static, str>) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(term).or_insert(next)
    }

    /// Calls `f` with the terms that `form` may be a form of, the most literal first, and their numbers; one that is
    /// reached in several ways may come again.
    pub(super) fn each_lemma(&self, form: &str, language: &Lang, mut f: impl FnMut(&str, u32)) {
        /// So many say enough: further ones are ever freer.
        const MOST: usize = 4;
        let mut found = 0;
        stem_candidates(form, language, |candidate| {
            if found < MOST
                && let Some(&term) = self.ids.get(candidate)
            {
                found += 1;
                f(candidate, term);
            }
        });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The terms by id.
    fn spellings(&self) -> Vec<&str> {
        let mut terms: Vec<(u32, &str)> = self.ids.iter().map(|(term, &id)| (id, &**term)).collect();
        terms.sort_unstable();
        terms.into_iter().map(|(_, term)| term).collect()
    }
}

/// The equivalents of first term `first`, to add to.
fn row(pairs: &mut Vec<Vec<(u32, f32)>>, first: u32) -> &mut Vec<(u32, f32)> {
    let first = first as usize;
    if pairs.len() <= first {
        pairs.resize(first + 1, Vec::new());
    }
    &mut pairs[first]
}

/// A word's equivalent in a dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// The equivalent, folded as the dictionary keeps it.
    pub term: String,
    /// Its weight, in (0, 1].
    pub weight: f32,
}

impl Dictionary {
    /// An empty dictionary between two languages, or between unknown ones.
    pub fn new(languages: Option<(Lang, Lang)>) -> Self {
        Self { languages, ..Self::default() }
    }

    /// An empty dictionary with room for so many first and second words.
    pub(super) fn with_capacity(languages: Option<(Lang, Lang)>, firsts: usize, seconds: usize) -> Self {
        let mut dictionary = Self::new(languages);
        dictionary.first.ids.reserve(firsts);
        dictionary.second.ids.reserve(seconds);
        dictionary.pairs.reserve(firsts);
        dictionary
    }

    /// The same under a name, by which people are told what it was worth.
    #[must_use]
    pub fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// Its name; empty where none was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The languages of first and second terms, where known.
    pub fn languages(&self) -> Option<&(Lang, Lang)> {
        self.languages.as_ref()
    }

    /// A dictionary of pairs that [`Dictionary::pairs`] gave.
    pub fn from_pairs<'a>(
        languages: Option<(Lang, Lang)>,
        pairs: impl IntoIterator<Item = (&'a str, &'a str, f32)>,
    ) -> Self {
        let mut dictionary = Self::new(languages);
        for (first, second, weight) in pairs {
            dictionary.put(first, second, weight);
        }
        dictionary
    }

    /// The pairs of single words as they are kept, in order, with their weights.
    pub fn pairs(&self) -> Vec<(&str, &str, f32)> {
        let (firsts, seconds) = (self.first.spellings(), self.second.spellings());
        let mut pairs: Vec<_> = firsts
            .into_iter()
            .zip(&self.pairs)
            .flat_map(|(first, row)| row.iter().map(move |&(second, weight)| (first, second, weight)))
            .map(|(first, second, weight)| (first, seconds[second as usize], weight))
            .collect();
        pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        pairs
    }

    /// Adds a pair of terms. Terms of several words add their words, each with a lower weight.
    pub fn add(&mut self, first: &str, second: &str, weight: f32) {
        self.add_entry(first, [second], weight);
    }

    /// Adds a term with several equivalents, as [`Dictionary::add`] would one after the other.
    pub fn add_entry<'a>(&mut self, first: &str, seconds: impl IntoIterator<Item = &'a str>, weight: f32) {
        const MOST_WORDS: usize = 4;
        let (mut firsts, mut words) = (FoldedWords::default(), FoldedWords::default());
        firsts.read(first);
        if firsts.len() == 0 || firsts.len() > MOST_WORDS {
            return;
        }
        for second in seconds {
            words.read(second);
            if words.len() == 0 || words.len() > MOST_WORDS {
                continue;
            }
            let share = weight / (firsts.len() * words.len()) as f32;
            for f in firsts.iter() {
                for s in words.iter() {
                    self.put(f, s, share);
                }
            }
        }
    }

    /// Adds a folded word with folded equivalents, none of which it has yet.
    pub(super) fn put_row(
        &mut self,
        first: &'static str,
        seconds: impl Iterator<Item = (&'static str, f32)>,
    ) {
        let first = self.first.id_of(Cow::Borrowed(first));
        self.places.remove(&first);
        let row = row(&mut self.pairs, first);
        row.extend(seconds.map(|(second, weight)| (self.second.id_of(Cow::Borrowed(second)), weight)));
    }

    fn put(&mut self, first: &str, second: &str, weight: f32) {
        /// From so many equivalents on they are not gone through one by one.
        const MANY: usize = 32;
        let (first, second) = (self.first.id(first), self.second.id(second));
        let row = row(&mut self.pairs, first);
        let found = if row.len() < MANY {
            row.iter().position(|(other, _)| *other == second)
        } else {
            let places = self.places.entry(first).or_insert_with(|| {
                row.iter().enumerate().map(|(place, (other, _))| (*other, place)).collect()
            });
            let next = row.len();
            Some(*places.entry(second).or_insert(next)).filter(|place| *place < next)
        };
        match found {
            Some(place) => row[place].1 = row[place].1.max(weight),
            None => row.push((second, weight)),
        }
    }

    /// The equivalents of `word`, looked for on both sides, heaviest first, then by spelling.
    pub fn translations(&self, word: &str) -> Vec<Translation> {
        let mut best: BTreeMap<String, f32> = BTreeMap::new();
        let (firsts, seconds) = (self.first.spellings(), self.second.spellings());
        let mut words = FoldedWords::default();
        words.read(word);
        for word in words.iter() {
            let first = self.first.ids.get(word).copied();
            let second = self.second.ids.get(word).copied();
            for (from, pairs) in (0u32..).zip(&self.pairs) {
                for &(to, weight) in pairs {
                    let mut keep = |term: &str| {
                        let entry = best.entry(term.to_owned()).or_insert(0.0);
                        *entry = entry.max(weight);
                    };
                    if first == Some(from) {
                        keep(seconds[to as usize]);
                    }
                    if second == Some(to) {
                        keep(firsts[from as usize]);
                    }
                }
            }
        }
        let mut out: Vec<Translation> =
            best.into_iter().map(|(term, weight)| Translation { term, weight }).collect();
        out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
        out
    }

    /// The terms, on either side, that `word` may be a form of: those under which an alignment looks it up, the most
    /// literal first. Of تعمل that is يعمل, of `withstood` it is `withstand`.
    pub fn lemmas(&self, word: &str) -> Vec<String> {
        let mut out = Vec::new();
        let languages = self.languages.as_ref();
        for (terms, language) in [
            (&self.first, languages.map(|(first, _)| first)),
            (&self.second, languages.map(|(_, second)| second)),
        ] {
            let language = language.cloned().unwrap_or_else(Lang::undetermined);
            each_word(word, |folded, _, _| {
                terms.each_lemma(folded, &language, |lemma, _| {
                    if !out.iter().any(|known| known == lemma) {
                        out.push(lemma.to_owned());
                    }
                });
            });
        }
        out
    }

    /// How many letters of `form`, folded and in `language`, the longest term keeps that `form` may be a form of: all
    /// only where `form` is that term itself; none if there is none.
    pub(super) fn kept(&self, form: &str, language: &Lang) -> Option<usize> {
        let letters = form.chars().count();
        let kept = |lemma: &str| {
            if lemma == form {
                letters
            } else {
                // Another person, or an ending put back, may make it as long as the form or longer.
                lemma.chars().count().min(letters.saturating_sub(1))
            }
        };
        let languages = self.languages.as_ref();
        let mut most = None;
        for (terms, own) in [
            (&self.first, languages.map(|(first, _)| first)),
            (&self.second, languages.map(|(_, second)| second)),
        ] {
            if own.is_none_or(|own| own.is("und") || own.primary() == language.primary()) {
                terms.each_lemma(form, language, |lemma, _| most = most.max(Some(kept(lemma))));
            }
        }
        most
    }

    /// Whether it may serve for these two languages, in either order; one without languages serves all.
    pub fn serves(&self, a: &Lang, b: &Lang) -> bool {
        self.languages.as_ref().is_none_or(|(first, second)| {
            let fits = |own: &Lang, other: &Lang| other.is("und") || own.primary() == other.primary();
            fits(first, a) && fits(second, b) || fits(first, b) && fits(second, a)
        })
    }

    /// Number of pairs of single words.
    pub fn len(&self) -> usize {
        self.pairs.iter().map(Vec::len).sum()
    }

    /// Whether it holds no pair.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// The folded words of a term, one after the other; what it holds is used again for the next.
#[derive(Default)]
struct FoldedWords {
    text: String,
    ends: Vec<usize>,
}

impl FoldedWords {
    fn read(&mut self, term: &str) {
        self.text.clear();
        self.ends.clear();
        each_word(term, |folded, _, _| {
            // The Arabic article comes and goes with the word's place in the sentence.
            let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().nth(2).is_some());
            self.text.push_str(bare.unwrap_or(folded));
            self.ends.push(self.text.len());
        });
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|k| {
            let start = if k == 0 { 0 } else { self.ends[k - 1] };
            &self.text[start..self.ends[k]]
        })
    }
}
