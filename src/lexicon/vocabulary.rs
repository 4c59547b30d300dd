//! The vocabulary of one side: every word form and the key it is counted under.
//!
//! In: a segmented document. Out: for each segment the keys of its words, as indices; for each key its
//! count. Guarantee: indices depend on the text alone (first come, first numbered), never on hashing.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::bitext::{Lang, SegmentedDocument, TextSpan};
use crate::normalize::{each_word, folded_places, stem};

use super::dictionary::Dictionary;
use super::glued;

/// A word key's index in its [`Vocabulary`].
pub(crate) type KeyId = u32;

/// All word forms of one side, their keys, and the segments as lists of keys.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    forms: Vec<Box<str>>,
    form_keys: Vec<KeyId>,
    form_counts: Vec<u32>,
    form_capitals: Vec<u32>,
    keys: Vec<Box<str>>,
    counts: Vec<u32>,
    tokens: Vec<u32>,
    offsets: Vec<u32>,
    /// Glued forms, with the places where they split and the forms of their parts.
    glued: FxHashMap<Box<str>, Vec<(Range<usize>, u32)>>,
    language: Option<Lang>,
}

impl Vocabulary {
    /// The vocabulary of `document`.
    ///
    /// A clitic written as one letter (و ف ب ل ك) is part of the key only where the document does not
    /// show the rest as a word of its own: وقال goes with قال where قال occurs, وزارة stays whole.
    pub fn new(document: &SegmentedDocument, language: &Lang) -> Self {
        Self::with_dictionaries(document, language, &[])
    }

    /// The same; words in which blanks are missing, as `dictionaries` tell, are cut into their parts.
    pub fn with_dictionaries(
        document: &SegmentedDocument,
        language: &Lang,
        dictionaries: &[&Dictionary],
    ) -> Self {
        let mut ids: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut v = Self { language: Some(language.clone()), offsets: vec![0], ..Self::default() };
        for text in document.texts() {
            each_word(text, |folded, _, capital| {
                let id = v.form_id(folded, &mut ids);
                v.form_counts[id as usize] += 1;
                v.form_capitals[id as usize] += u32::from(capital);
                v.tokens.push(id);
            });
            v.offsets.push(v.tokens.len() as u32);
        }
        v.cut_glued(&mut ids, language, dictionaries);
        let mut key_ids: FxHashMap<String, KeyId> = FxHashMap::default();
        for form in &v.forms {
            let base = without_clitic(form, &ids).unwrap_or(form);
            let key = stem(base, language);
            let next = v.keys.len() as u32;
            let id = *key_ids.entry(key).or_insert_with_key(|key| {
                v.keys.push(key.as_str().into());
                v.counts.push(0);
                next
            });
            v.form_keys.push(id);
        }
        for &form in &v.tokens {
            v.counts[v.form_keys[form as usize] as usize] += 1;
        }
        v
    }

    /// The number of a word form, which is kept if it is new.
    fn form_id(&mut self, form: &str, ids: &mut FxHashMap<Box<str>, u32>) -> u32 {
        if let Some(&id) = ids.get(form) {
            return id;
        }
        let id = self.forms.len() as u32;
        ids.insert(form.into(), id);
        self.forms.push(form.into());
        self.form_counts.push(0);
        self.form_capitals.push(0);
        id
    }

    /// Puts the parts of glued forms in their place.
    fn cut_glued(
        &mut self,
        ids: &mut FxHashMap<Box<str>, u32>,
        language: &Lang,
        dictionaries: &[&Dictionary],
    ) {
        if dictionaries.is_empty() {
            return;
        }
        let forms = self.forms.iter().zip(&self.form_counts).map(|(form, &count)| (&**form, count));
        let mut found = glued::split(forms, language, dictionaries);
        // A part that is itself cut would be no word of this vocabulary.
        let cut: FxHashSet<u32> = found.iter().map(|(form, _)| *form as u32).collect();
        found.retain(|(form, parts)| {
            let part = |range: &Range<usize>| ids.get(&self.forms[*form][range.clone()]);
            !parts.iter().any(|range| part(range).is_some_and(|id| cut.contains(id)))
        });
        if found.is_empty() {
            return;
        }
        let mut parts_of: Vec<Option<usize>> = vec![None; self.forms.len()];
        let mut parts: Vec<Vec<(Range<usize>, u32)>> = Vec::new();
        for (whole, ranges) in found {
            let form = self.forms[whole].clone();
            parts_of[whole] = Some(parts.len());
            let of_range = |range: Range<usize>| {
                let part = &form[range.clone()];
                (range, self.form_id(part, ids))
            };
            parts.push(ranges.into_iter().map(of_range).collect());
        }
        let (tokens, offsets) = (std::mem::take(&mut self.tokens), std::mem::take(&mut self.offsets));
        self.offsets.push(0);
        for segment in offsets.windows(2) {
            for &token in &tokens[segment[0] as usize..segment[1] as usize] {
                match parts_of.get(token as usize).copied().flatten() {
                    Some(of) => {
                        self.form_counts[token as usize] -= 1;
                        for (_, part) in &parts[of] {
                            self.form_counts[*part as usize] += 1;
                            self.tokens.push(*part);
                        }
                    }
                    None => self.tokens.push(token),
                }
            }
            self.offsets.push(self.tokens.len() as u32);
        }
        // Glued forms are no words of this vocabulary.
        let is_glued = |form: u32| parts_of.get(form as usize).is_some_and(Option::is_some);
        let mut kept = 0;
        let places: Vec<u32> = (0..self.forms.len() as u32)
            .map(|form| {
                kept += u32::from(!is_glued(form));
                kept.wrapping_sub(1)
            })
            .collect();
        for (form, of) in self.forms.iter().zip(&parts_of) {
            if let Some(of) = *of {
                let mut parts = std::mem::take(&mut parts[of]);
                for (_, part) in &mut parts {
                    *part = places[*part as usize];
                }
                self.glued.insert(form.clone(), parts);
            }
        }
        self.tokens.iter_mut().for_each(|token| *token = places[*token as usize]);
        let mut form = 0..;
        self.forms.retain(|_| form.next().is_some_and(|form| !is_glued(form)));
        let mut form = 0..;
        self.form_counts.retain(|_| form.next().is_some_and(|form| !is_glued(form)));
        let mut form = 0..;
        self.form_capitals.retain(|_| form.next().is_some_and(|form| !is_glued(form)));
        // Numbers of forms are asked for no more, only whether there is one.
        ids.retain(|form, _| !self.glued.contains_key(form));
    }

    /// Calls `f` with each word of a segment's text as this vocabulary has it, and the span it has in the
    /// text. `segment` must be the text's place in the document, and the text the one that it was built from.
    pub(crate) fn each_word(&self, segment: usize, text: &str, mut f: impl FnMut(u32, TextSpan)) {
        let mut forms = self.segment_forms(segment).iter().copied();
        let mut next = || forms.next().expect("the vocabulary was built from this text");
        each_word(text, |folded, span, _| match self.glued.get(folded) {
            None => f(next(), span),
            Some(parts) => {
                let places = folded_places(text, span);
                let at = |folded: usize| {
                    let k = places.partition_point(|(_, end)| *end <= folded);
                    places.get(k).map_or(span.end, |(at, _)| *at)
                };
                for (range, form) in parts {
                    let held = next();
                    debug_assert_eq!(held, *form);
                    let end = if range.end == folded.len() { span.end } else { at(range.end) };
                    f(*form, TextSpan::new(at(range.start), end));
                }
            }
        });
    }

    /// The vocabulary of `document` where words do not matter: of none of its words.
    pub fn without_words(document: &SegmentedDocument, language: &Lang) -> Self {
        let offsets = vec![0; document.len() + 1];
        Self { language: Some(language.clone()), offsets, ..Self::default() }
    }

    /// The language it was built for.
    pub fn language(&self) -> Lang {
        self.language.clone().unwrap_or_else(Lang::undetermined)
    }

    /// Number of segments.
    pub fn segments(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Number of words, repeated ones counted.
    pub fn tokens(&self) -> usize {
        self.tokens.len()
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The word forms of `segment`, in order, as indices into [`Vocabulary::forms`].
    pub fn segment_forms(&self, segment: usize) -> &[u32] {
        &self.tokens[self.offsets[segment] as usize..self.offsets[segment + 1] as usize]
    }

    /// The keys of `segment`'s words, in order.
    pub fn segment_keys(&self, segment: usize) -> impl ExactSizeIterator<Item = KeyId> + '_ {
        self.segment_forms(segment).iter().map(|&form| self.form_keys[form as usize])
    }

    /// Folded word forms, in order of first appearance.
    pub fn forms(&self) -> &[Box<str>] {
        &self.forms
    }

    /// The key of word form `form`.
    pub fn form_key(&self, form: u32) -> KeyId {
        self.form_keys[form as usize]
    }

    /// How often word form `form` occurs.
    pub fn form_count(&self, form: u32) -> u32 {
        self.form_counts[form as usize]
    }

    /// Whether word form `form` is written with a capital each time it occurs.
    pub fn always_capital(&self, form: u32) -> bool {
        self.form_capitals[form as usize] == self.form_counts[form as usize]
    }

    /// How often key `key` occurs.
    pub fn count(&self, key: KeyId) -> u32 {
        self.counts[key as usize]
    }

    /// The spelling of key `key`.
    pub fn key(&self, key: KeyId) -> &str {
        &self.keys[key as usize]
    }
}

fn without_clitic<'a>(form: &'a str, ids: &FxHashMap<Box<str>, u32>) -> Option<&'a str> {
    for clitic in ['و', 'ف', 'ب', 'ل', 'ك'] {
        if let Some(rest) = form.strip_prefix(clitic)
            && rest.chars().nth(1).is_some()
            && ids.contains_key(rest)
        {
            return Some(rest);
        }
    }
    None
}
