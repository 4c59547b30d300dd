//! Word pairs known by their looks: the same spelling, cognates, names across scripts.
//!
//! In: two vocabularies. Out: pairs of word forms with how alike they are. Guarantee: deterministic; time
//! grows with the number of rare forms that begin alike, not with the product of the vocabularies.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::vocabulary::Vocabulary;
use crate::normalize::is_arabic_word;
use crate::tuned::learning as tuned;

/// Two word forms that look alike, and how much, in (0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lookalike {
    /// Form in the source vocabulary.
    pub source: u32,
    /// Form in the target vocabulary.
    pub target: u32,
    /// Likeness.
    pub likeness: f32,
}

/// Forms that begin alike are compared up to this many on each side.
const MOST_IN_BUCKET: usize = 400;

/// Forms spelt the same on both sides, of three letters or more.
pub fn same_spelling(source: &Vocabulary, target: &Vocabulary) -> Vec<Lookalike> {
    let forms: FxHashMap<&str, u32> = (0u32..).zip(target.forms()).map(|(i, f)| (&**f, i)).collect();
    (0u32..)
        .zip(source.forms())
        .filter(|(_, form)| form.chars().nth(2).is_some() && !has_digit(form))
        .filter_map(|(s, form)| {
            forms.get(&**form).map(|&t| Lookalike { source: s, target: t, likeness: 1.0 })
        })
        .collect()
}

/// Rare forms of one script that differ in a few letters: cognates, inflected names.
pub fn cognates(source: &Vocabulary, target: &Vocabulary) -> Vec<Lookalike> {
    let bucket = |v: &Vocabulary| {
        buckets(v, |form| {
            (form.chars().count() >= 5 && !has_digit(form)).then(|| form.chars().take(3).collect())
        })
    };
    compare(
        &bucket(source),
        &bucket(target),
        |s, t| {
            let (s, t) = (&*source.forms()[s as usize], &*target.forms()[t as usize]);
            if s == t { 0.0 } else { strsim::normalized_levenshtein(s, t) }
        },
        0.7,
    )
}

/// Names across scripts: `skeleton` gives a form's skeleton, `likeness` compares two. A form without
/// capital letters in a script that has them is no name.
pub fn names(
    source: &Vocabulary,
    target: &Vocabulary,
    skeleton: impl Fn(&str) -> String,
    likeness: impl Fn(&str, &str) -> f64,
    least: f64,
) -> Vec<Lookalike> {
    let skeletons = |v: &Vocabulary| -> Vec<String> {
        (0u32..)
            .zip(v.forms())
            .map(|(i, form)| {
                if v.form_count(i) <= tuned::RARE_NAME
                    && !has_digit(form)
                    && (is_arabic_word(form) || v.always_capital(i))
                {
                    skeleton(form)
                } else {
                    String::new()
                }
            })
            .collect()
    };
    let (s, t) = (skeletons(source), skeletons(target));
    let bucket = |skeletons: &[String]| -> BTreeMap<String, Vec<u32>> {
        let mut out: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, skeleton) in (0u32..).zip(skeletons) {
            if skeleton.chars().count() >= 3 {
                let first: String = skeleton.chars().take(1).collect();
                out.entry(first).or_default().push(i);
            }
        }
        out
    };
    let arabic = |v: &Vocabulary, i: u32| is_arabic_word(&v.forms()[i as usize]);
    compare(
        &bucket(&s),
        &bucket(&t),
        |a, b| {
            if arabic(source, a) == arabic(target, b) {
                return 0.0;
            }
            let (x, y) = (&s[a as usize], &t[b as usize]);
            if x.len().abs_diff(y.len()) > 2 { 0.0 } else { likeness(x, y) }
        },
        least,
    )
}

fn compare(
    source: &BTreeMap<String, Vec<u32>>,
    target: &BTreeMap<String, Vec<u32>>,
    likeness: impl Fn(u32, u32) -> f64,
    least: f64,
) -> Vec<Lookalike> {
    let mut out = Vec::new();
    for (start, sources) in source {
        let Some(targets) = target.get(start) else { continue };
        for &s in sources.iter().take(MOST_IN_BUCKET) {
            for &t in targets.iter().take(MOST_IN_BUCKET) {
                let likeness = likeness(s, t);
                if likeness >= least {
                    out.push(Lookalike { source: s, target: t, likeness: likeness as f32 });
                }
            }
        }
    }
    out
}

fn buckets(v: &Vocabulary, start: impl Fn(&str) -> Option<String>) -> BTreeMap<String, Vec<u32>> {
    let mut out: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, form) in (0u32..).zip(v.forms()) {
        if v.form_count(i) <= tuned::RARE_NAME
            && !is_arabic_word(form)
            && let Some(start) = start(form)
        {
            out.entry(start).or_default().push(i);
        }
    }
    out
}

fn has_digit(form: &str) -> bool {
    form.bytes().any(|b| b.is_ascii_digit())
}
