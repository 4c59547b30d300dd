//! Several bitexts aligned together: each learns from the beads of all.
//!
//! In: bitexts, options. Out: an alignment for each, or dictionaries. Guarantee: the same bitexts in the same
//! order give the same output on any number of threads. All bitexts' evidence is held at once: for very many,
//! learn from some of them with [`learn`] and align the rest one by one with the dictionary.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::bitext::{Alignment, Bead, Bitext, Lang};
use crate::lexicon::{Dictionary, LearntPair, LearntWord, Pool, UnitPair, learn_words};

use super::run::{Rounds, Run};
use super::{AlignError, AlignOptions};

/// Aligns several bitexts that may share vocabulary, such as the chapters of a book or the articles of a
/// newspaper. In every round, word pairs are learnt from the sure beads of all bitexts of the same two
/// languages at once. Results come in the order of the bitexts; one that cannot be aligned does not hold up
/// the others. `options.pins` hold in each bitext: leave them empty unless all are cut alike.
pub fn align_together(bitexts: &[Bitext], options: &AlignOptions) -> Vec<Result<Alignment, AlignError>> {
    let mut runs: Vec<Result<Run<'_>, AlignError>> =
        bitexts.par_iter().map(|bitext| Run::begin(bitext, options, Rounds::All)).collect();
    let pools = pools(&runs);
    // Where none can be aligned, as when the options cannot be used, there is nothing to learn.
    let rounds = if runs.iter().any(Result::is_ok) { options.rounds } else { 0 };
    for _ in 0..rounds {
        let believed: Vec<Vec<(Bead, f64)>> =
            runs.par_iter().map(|run| run.as_ref().map_or_else(|_| Vec::new(), Run::believed)).collect();
        let mut learnt: Vec<Vec<LearntPair>> = vec![Vec::new(); runs.len()];
        for (members, pool) in &pools {
            let of = |i: usize| runs[i].as_ref().ok().map(|run| &run.scorer);
            let beads = members.iter().map(|&i| of(i).map_or_else(Vec::new, |s| s.training(&believed[i])));
            let known = members.iter().map(|&i| of(i).map_or_else(Vec::new, |s| s.known().collect()));
            for (&i, pairs) in members.iter().zip(pool.learn(beads.collect(), known)) {
                learnt[i] = pairs;
            }
        }
        runs.par_iter_mut().zip(believed).zip(learnt).for_each(|((slot, believed), learnt)| {
            if let Ok(run) = slot
                && let Err(error) = run.next(&believed, learnt)
            {
                *slot = Err(error);
            }
        });
    }
    runs.into_par_iter().map(|run| run.map(Run::finish)).collect()
}

/// What [`align_together`] learns of each two languages, as dictionaries for
/// [`AlignOptions::dictionaries`].
pub fn learn(bitexts: &[Bitext], options: &AlignOptions) -> Vec<Dictionary> {
    let learnt = learn_together(bitexts, options).into_iter();
    learnt
        .map(|(languages, words)| {
            let mut dictionary = Dictionary::new(Some(languages));
            for word in words {
                dictionary.add(&word.source, &word.target, word.probability);
            }
            dictionary
        })
        .collect()
}

/// The words that [`align_together`] learns of each two languages: those of linked beads whose confidence
/// reaches `options.believe`.
pub fn learn_together(bitexts: &[Bitext], options: &AlignOptions) -> BTreeMap<(Lang, Lang), Vec<LearntWord>> {
    let options = AlignOptions { pins: Vec::new(), ..options.clone() };
    let mut units: BTreeMap<(Lang, Lang), Vec<UnitPair>> = BTreeMap::new();
    for (bitext, alignment) in bitexts.iter().zip(align_together(bitexts, &options)) {
        // Without pins only a sentence vector could fail, and then there is nothing to learn from.
        let Ok(alignment) = alignment else { continue };
        let units = units.entry(languages(bitext)).or_default();
        for aligned in alignment.beads() {
            let bead = aligned.bead;
            if bead.is_null() || aligned.confidence.is_none_or(|c| c < options.believe) {
                continue;
            }
            let (source, target) = (&bitext.documents.source, &bitext.documents.target);
            let text = |texts: Vec<&str>| texts.join(" ");
            units.push(UnitPair {
                source: text(bead.source.indices().map(|i| source.segment_text(i)).collect()),
                target: text(bead.target.indices().map(|j| target.segment_text(j)).collect()),
            });
        }
    }
    units
        .into_iter()
        .map(|(languages, units)| {
            let words = learn_words(&units, &languages);
            (languages, words)
        })
        .collect()
}

/// The languages without script and country, as those of one pair may learn together.
fn languages(bitext: &Bitext) -> (Lang, Lang) {
    let of = |lang: &Lang| lang.primary().parse().unwrap_or_else(|_| lang.clone());
    (of(&bitext.languages.source), of(&bitext.languages.target))
}

/// For each pair of languages the runs that have them, and their shared numbers.
fn pools(runs: &[Result<Run<'_>, AlignError>]) -> Vec<(Vec<usize>, Pool)> {
    let mut members: BTreeMap<(Lang, Lang), Vec<usize>> = BTreeMap::new();
    for (i, run) in runs.iter().enumerate() {
        if let Ok(run) = run {
            members.entry(languages(run.bitext)).or_default().push(i);
        }
    }
    let scorers = |members: &[usize]| {
        let runs = members.iter().filter_map(|&i| runs[i].as_ref().ok());
        Pool::new(runs.map(|run| run.scorer.vocabularies()))
    };
    let mut out = Vec::new();
    for members in members.into_values() {
        let pool = scorers(&members);
        out.push((members, pool));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Pin, Rung, SegmentedDocument, Sides};

    fn bitext(source: &[&str], target: &[&str]) -> Bitext {
        let lines = |lines: &[&str]| {
            SegmentedDocument::from_lines(&lines.iter().map(|&l| l.to_owned()).collect::<Vec<_>>())
        };
        Bitext {
            documents: Sides::new(lines(source), lines(target)),
            languages: Sides::new("hu".parse().unwrap(), Lang::english()),
        }
    }

    const LESSON: ([&str; 6], [&str; 6]) = (
        [
            "Péter almát eszik.",
            "Anna almát vesz.",
            "Péter kenyeret vesz.",
            "Anna kenyeret eszik.",
            "Péter tejet vesz.",
            "Anna tejet iszik.",
        ],
        [
            "Peter eats apples.",
            "Anna buys apples.",
            "Peter buys bread.",
            "Anna eats bread.",
            "Peter buys milk.",
            "Anna drinks milk.",
        ],
    );

    #[test]
    fn one_bitext_alone_comes_out_as_it_does_alone() {
        let lesson = bitext(&LESSON.0, &LESSON.1);
        let options = AlignOptions::default();
        let together = align_together(std::slice::from_ref(&lesson), &options);
        assert_eq!(together, [super::super::align(&lesson, &options)]);
    }

    #[test]
    fn what_is_learnt_serves_the_next_bitext() {
        let learnt = learn(&[bitext(&LESSON.0, &LESSON.1)], &AlignOptions::default());
        assert_eq!(learnt.len(), 1);
        let best = &learnt[0].translations("tejet")[0];
        assert_eq!(best.term, "milk", "{:?}", learnt[0].translations("tejet"));
    }

    #[test]
    fn a_bitext_that_cannot_be_aligned_does_not_hold_up_the_others() {
        let options =
            AlignOptions { pins: vec![Pin::Rung(Rung { source: 5, target: 5 })], ..AlignOptions::default() };
        let bitexts = [bitext(&LESSON.0[..2], &LESSON.1[..2]), bitext(&LESSON.0, &LESSON.1)];
        let results = align_together(&bitexts, &options);
        assert!(results[0].is_err() && results[1].is_ok());
    }
}
