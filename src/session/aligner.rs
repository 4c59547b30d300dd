//! The aligner of a project: the pipeline's, for a part of the documents with fixed beads.
//!
//! In: a part of a bitext and the beads that people fixed. Out: an alignment that keeps them, or an empty one where
//! they cannot be kept, which the project then does not take. Guarantee: it goes by what the project was aligned
//! with, and by the words learnt from all of it, of which a part alone would know little.

use std::sync::{Mutex, PoisonError};

use crate::bitext::{Alignment, Bead, Bitext, Crossing, Pin, Side};
use crate::lexicon::{Dictionary, LearntWord, UnitPair, learn_words};
use crate::pipeline::{AlignOptions, align};
use crate::project::{Aligning, Decision, LexiconPair, Project, Realigner, SavedDictionary};
use crate::score::NullPrior;

/// Beads of at least this confidence are learnt from, besides those that were accepted.
const BELIEVE: f64 = 0.8;

/// The pipeline's aligner with fixed options.
#[derive(Debug)]
pub struct PipelineAligner {
    /// The pins are those of the last call; the lexicons are too large to be copied for each.
    options: Mutex<AlignOptions>,
    crossing: Crossing,
}

impl PipelineAligner {
    /// An aligner with `options`; their pins are replaced at every call.
    pub fn new(options: AlignOptions) -> Self {
        Self { crossing: options.choices.crossing, options: Mutex::new(options) }
    }

    /// The aligner that `project` was begun with, and that knows the words learnt from it.
    pub fn of(project: &Project) -> Self {
        Self::new(options(project))
    }
}

impl Realigner for PipelineAligner {
    fn realign(&self, bitext: &Bitext, pins: &[Pin]) -> Alignment {
        // Nothing of a call that panicked is left: what it set is set again.
        let mut options = self.options.lock().unwrap_or_else(PoisonError::into_inner);
        options.pins = pins.to_vec();
        // A moved block may be found among unaligned segments, but not among those that people left so.
        let fixed_nulls = pins.iter().any(|pin| matches!(pin, Pin::Bead(bead) if bead.is_null()));
        options.choices.crossing = if fixed_nulls { Crossing::Forbidden } else { self.crossing };
        align(bitext, &options).unwrap_or_default()
    }
}

/// The options that a project was begun with, and the words learnt from it as one more lexicon.
pub(super) fn options(project: &Project) -> AlignOptions {
    let aligning = project.aligning();
    let mut options = AlignOptions::default();
    options.choices.clone_from(&aligning.choices);
    let nulls = NullPrior::of(&ladder(project), &options.score, options.score.stay_strength);
    (options.score.null_enter, options.score.null_stay) = (nulls.enter, nulls.stay);
    options.dictionaries = aligning
        .dictionaries
        .iter()
        .map(|saved| {
            let pairs = saved.pairs.iter().map(|p| (&*p.source, &*p.target, p.probability as f32));
            Dictionary::from_pairs(saved.languages.clone(), pairs)
        })
        .collect();
    let languages = project.languages();
    let mut learnt = Dictionary::new(Some((languages.source.clone(), languages.target.clone())));
    for pair in project.lexicon() {
        learnt.add(&pair.source, &pair.target, pair.probability as f32);
    }
    if !learnt.is_empty() {
        options.dictionaries.push(learnt);
    }
    options
}

/// The beads of `project` with their probabilities, unaligned segments one by one. How those stand in the whole
/// project is what a part of it, too small to tell, starts from. What people decided on is certain.
fn ladder(project: &Project) -> Vec<(Bead, f64)> {
    let alignment = project.alignment();
    let mut ladder = Vec::with_capacity(project.len());
    for (aligned, review) in alignment.beads().iter().zip(project.beads()) {
        let certain = review.attributes.is_fixed() || review.attributes.decision == Decision::Accepted;
        let p = if certain { 1.0 } else { aligned.confidence.unwrap_or_default() };
        let (source, target) = (aligned.bead.source, aligned.bead.target);
        if !aligned.bead.is_null() {
            ladder.push((aligned.bead, p));
            continue;
        }
        let at = |i: usize| (i as u32, i as u32 + 1);
        let none = |i: usize| (i as u32, i as u32);
        ladder.extend(source.indices().map(|i| (Bead::new(at(i), none(target.start())), p)));
        ladder.extend(target.indices().map(|j| (Bead::new(none(source.start()), at(j)), p)));
    }
    ladder
}

/// What a project has to remember of `options`.
pub fn aligning(options: &AlignOptions) -> Aligning {
    Aligning {
        choices: options.choices.clone(),
        dictionaries: options.dictionaries.iter().map(saved).collect(),
    }
}

fn saved(dictionary: &Dictionary) -> SavedDictionary {
    let pairs = dictionary.pairs().into_iter().map(|(source, target, weight)| LexiconPair {
        source: source.to_owned(),
        target: target.to_owned(),
        probability: f64::from(weight),
    });
    SavedDictionary { languages: dictionary.languages().cloned(), pairs: pairs.collect() }
}

/// The words that can be learnt from the beads of `project` that are accepted or sure.
pub fn learn(project: &Project) -> Vec<LexiconPair> {
    let believed = project.beads().filter(|bead| match bead.attributes.decision {
        Decision::Accepted => true,
        Decision::Rejected => false,
        Decision::Pending | Decision::Flagged => bead.score.confidence.is_some_and(|c| c >= BELIEVE),
    });
    let units: Vec<UnitPair> = believed
        .filter(|bead| bead.places.source.is_some() && bead.places.target.is_some())
        .map(|bead| UnitPair {
            source: project.bead_text(Side::Source, bead).into_owned(),
            target: project.bead_text(Side::Target, bead).into_owned(),
        })
        .collect();
    let languages = project.languages();
    let words = learn_words(&units, &(languages.source.clone(), languages.target.clone()));
    let pair = |w: LearntWord| LexiconPair {
        source: w.source,
        target: w.target,
        probability: f64::from(w.probability),
    };
    words.into_iter().map(pair).collect()
}
