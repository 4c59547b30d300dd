//! Words learnt from translated units, such as those of a translation memory.
//!
//! In: pairs of texts. Out: pairs of words with a probability, sorted. Guarantee: the same units give the
//! same result, to the bit.

use std::collections::BTreeMap;

use crate::bitext::{Lang, SegmentedDocument};
use crate::tuned::learning as tuned;

use super::induce::{TrainingBead, learn};
use super::vocabulary::{KeyId, Vocabulary};

/// A text and its translation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitPair {
    /// The text.
    pub source: String,
    /// Its translation.
    pub target: String,
}

/// Two words that translate each other, as learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct LearntWord {
    /// The most frequent form of the source word.
    pub source: String,
    /// The most frequent form of the target word.
    pub target: String,
    /// √(p(target | source) · p(source | target)), in (0, 1].
    pub probability: f32,
}

/// Learns words from `units` of two languages by IBM Model 1 in both directions.
pub fn learn_words(units: &[UnitPair], languages: &(Lang, Lang)) -> Vec<LearntWord> {
    // A segment is never empty: units are counted without those that lack a text.
    let units: Vec<&UnitPair> =
        units.iter().filter(|u| !u.source.is_empty() && !u.target.is_empty()).collect();
    let source = Vocabulary::new(&lines(units.iter().map(|u| &*u.source)), &languages.0);
    let target = Vocabulary::new(&lines(units.iter().map(|u| &*u.target)), &languages.1);
    let beads: Vec<TrainingBead> = (0..units.len())
        .map(|i| TrainingBead {
            source: source.segment_keys(i).collect(),
            target: target.segment_keys(i).collect(),
            weight: 1.0,
        })
        .collect();
    let (source_forms, target_forms) = (frequent_forms(&source), frequent_forms(&target));
    let pairs = learn(&beads, source.len(), target.len(), |_, _| 0.0);
    let mut out: Vec<LearntWord> = pairs
        .into_iter()
        .map(|p| LearntWord {
            source: source.forms()[source_forms[&p.source] as usize].to_string(),
            target: target.forms()[target_forms[&p.target] as usize].to_string(),
            probability: (p.forward * p.backward).sqrt().min(1.0),
        })
        .filter(|w| w.probability >= tuned::LEAST)
        .collect();
    out.sort_by(|a, b| (&a.source, &a.target).cmp(&(&b.source, &b.target)));
    out
}

/// A segment for each text.
fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> SegmentedDocument {
    let one_line: Vec<String> = texts.map(|t| t.replace(['\n', '\r'], " ")).collect();
    SegmentedDocument::from_lines(&one_line)
}

/// For each key its most frequent form, the first of equals.
fn frequent_forms(vocabulary: &Vocabulary) -> BTreeMap<KeyId, u32> {
    let mut best: BTreeMap<KeyId, u32> = BTreeMap::new();
    for form in 0..vocabulary.forms().len() as u32 {
        let held = best.entry(vocabulary.form_key(form)).or_insert(form);
        if vocabulary.form_count(form) > vocabulary.form_count(*held) {
            *held = form;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_recur_together_are_learnt() {
        let units: Vec<UnitPair> = [
            ("the house is big", "das haus ist gross"),
            ("the house burns", "das haus brennt"),
            ("the book is big", "das buch ist gross"),
            ("the book blooms", "das buch blüht"),
            ("the house stands", "das haus steht"),
            ("the book grows", "das buch wächst"),
        ]
        .map(|(s, t)| UnitPair { source: s.to_owned(), target: t.to_owned() })
        .to_vec();
        let learnt = learn_words(&units, &(Lang::english(), "de".parse().unwrap()));
        let p = |s: &str, t: &str| {
            learnt.iter().find(|w| w.source == s && w.target == t).map_or(0.0, |w| w.probability)
        };
        assert!(p("house", "haus") > 0.15, "{learnt:?}");
        assert!(p("house", "haus") > 3.0 * p("house", "buch"));
    }
}
