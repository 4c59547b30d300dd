//! The one place that names the stages in order: where a newcomer starts.

use crate::align::{PinError, SearchOptions, Searched, moved_blocks, search};
use crate::bitext::{AlignedBead, Alignment, Bead, Bitext, Pin};
use crate::lexicon::Dictionary;
use crate::score::{ScoreOptions, Scorer};

/// Options of an alignment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AlignOptions {
    /// The scoring model.
    pub score: ScoreOptions,
    /// The search.
    pub search: SearchOptions,
    /// Places that the alignment must keep.
    pub pins: Vec<Pin>,
    /// Dictionaries to use besides what is learnt from the documents.
    pub dictionaries: Vec<Dictionary>,
    /// Rounds of learning from the documents themselves.
    pub rounds: usize,
    /// Beads of at least this posterior are learnt from, 0 to 1.
    pub believe: f64,
    /// Whether blocks may cross.
    pub crossing: Crossing,
}

/// Whether the alignment may hold blocks that cross the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Crossing {
    /// Moved blocks are looked for after the monotone pass.
    #[default]
    Allowed,
    /// Monotone only.
    Forbidden,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            score: ScoreOptions::default(),
            search: SearchOptions::default(),
            pins: Vec::new(),
            dictionaries: Vec::new(),
            rounds: 3,
            believe: 0.8,
            crossing: Crossing::default(),
        }
    }
}

/// Aligns a bitext.
pub fn align(bitext: &Bitext, options: &AlignOptions) -> Result<Alignment, PinError> {
    let dictionaries: Vec<&Dictionary> = options.dictionaries.iter().collect();
    let mut scorer = Scorer::new(bitext, &dictionaries, &options.score);
    let look = |scorer: &Scorer| search(&scorer.model(), &options.pins, &options.search);
    let mut best: Option<(Searched, _)> = None;
    for start in scorer.starts() {
        scorer.begin(&start);
        let found = look(&scorer)?;
        if best.as_ref().is_none_or(|(b, _)| found.likelihood > b.likelihood) {
            best = Some((found, start));
        }
    }
    let (mut found, start) = best.expect("there is at least one start");
    scorer.begin(&start);
    for _ in 0..options.rounds {
        let believed: Vec<(Bead, f64)> =
            found.posteriors.iter().filter(|(b, p)| !b.is_null() && *p >= options.believe).copied().collect();
        let ladder = with_probabilities(&found);
        scorer.learn(&believed);
        scorer.fit_nulls(&ladder);
        found = look(&scorer)?;
    }
    let mut aligned: Vec<AlignedBead> = with_probabilities(&found)
        .into_iter()
        .map(|(bead, p)| AlignedBead { confidence: Some(p), ..AlignedBead::bare(bead) })
        .collect();
    if options.crossing == Crossing::Allowed {
        let model = scorer.model();
        for block in moved_blocks(&model, &found.beads, options.search.temperature) {
            let taken = |b: &Bead| {
                block.beads.iter().any(|m| {
                    (m.source.start() <= b.source.start()
                        && b.source.end() <= m.source.end()
                        && !b.source.is_empty())
                        || (m.target.start() <= b.target.start()
                            && b.target.end() <= m.target.end()
                            && !b.target.is_empty())
                })
            };
            aligned.retain(|b| !taken(&b.bead));
            aligned.extend(block.beads.iter().zip(&block.confidence).map(|(&bead, &p)| AlignedBead {
                confidence: Some(p),
                crossing: true,
                ..AlignedBead::bare(bead)
            }));
        }
    }
    let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
    Ok(Alignment::new(aligned, n, m).expect("a ladder with moved blocks still covers both sides once"))
}

/// The ladder's beads with their posteriors; an unaligned segment's places count together.
fn with_probabilities(found: &Searched) -> Vec<(Bead, f64)> {
    use std::collections::HashMap;
    let mut exact: HashMap<Bead, f64> = HashMap::new();
    let mut unaligned: HashMap<(bool, usize), f64> = HashMap::new();
    for &(bead, p) in &found.posteriors {
        if bead.source.is_empty() {
            *unaligned.entry((false, bead.target.start())).or_default() += p;
        } else if bead.target.is_empty() {
            *unaligned.entry((true, bead.source.start())).or_default() += p;
        } else {
            exact.insert(bead, p);
        }
    }
    found
        .beads
        .iter()
        .map(|&bead| {
            let p = if bead.source.is_empty() {
                unaligned.get(&(false, bead.target.start()))
            } else if bead.target.is_empty() {
                unaligned.get(&(true, bead.source.start()))
            } else {
                exact.get(&bead)
            };
            (bead, p.copied().unwrap_or(0.0).min(1.0))
        })
        .collect()
}
