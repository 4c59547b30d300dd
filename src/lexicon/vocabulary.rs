//! The vocabulary of one side: every word form and the key it is counted under.
//!
//! In: a segmented document. Out: for each segment the keys of its words, as indices; for each key its
//! count. Guarantee: indices depend on the text alone (first come, first numbered), never on hashing.

use rustc_hash::FxHashMap;

use crate::bitext::{Lang, SegmentedDocument};
use crate::normalize::{each_word, stem};

/// A word key's index in its [`Vocabulary`].
pub type KeyId = u32;

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
    language: Option<Lang>,
}

impl Vocabulary {
    /// The vocabulary of `document`.
    ///
    /// A clitic written as one letter (و ف ب ل ك) is part of the key only where the document does not
    /// show the rest as a word of its own: وقال goes with قال where قال occurs, وزارة stays whole.
    pub fn new(document: &SegmentedDocument, language: &Lang) -> Self {
        let mut ids: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut v = Self { language: Some(language.clone()), offsets: vec![0], ..Self::default() };
        for text in document.texts() {
            each_word(text, |folded, _, capital| {
                let id = if let Some(&id) = ids.get(folded) {
                    id
                } else {
                    let id = v.forms.len() as u32;
                    ids.insert(folded.into(), id);
                    v.forms.push(folded.into());
                    v.form_counts.push(0);
                    v.form_capitals.push(0);
                    id
                };
                v.form_counts[id as usize] += 1;
                v.form_capitals[id as usize] += u32::from(capital);
                v.tokens.push(id);
            });
            v.offsets.push(v.tokens.len() as u32);
        }
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
