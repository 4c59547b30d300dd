//! Sentence embeddings as evidence: vecalign's normalised cosine distance (Thompson and Koehn 2019).
//!
//! In: a bitext, and the vectors of its texts or what makes them. Out: for a bead its evidence in nats, below
//! 0 where the two sides mean the same. Guarantee: pure and deterministic (vecalign's random sample is an even
//! one here); a text without a vector says nothing. Space: a vector for each different run of up to 8 segments,
//! that is, up to 32 bytes for each segment and number of a vector.

use std::ops::Range;

use rayon::prelude::*;

use crate::bitext::{Bead, Bitext, SegmentedDocument, Side, Sides};
use crate::tuned::model as tuned;

use super::encode::{EncodeError, EncodedRuns, TextEncoder, encode_runs};
use super::prior::LONGEST;
use super::vectors::{TextVectors, dot, unit};

/// Segments opposite that a text is compared with to see how near it is to anything at all.
const SAMPLE: usize = 64;

/// The vectors of a bitext's segments and runs of segments.
#[derive(Debug, Clone)]
pub(super) struct Embedded {
    sides: Sides<SideVectors>,
}

#[derive(Debug, Clone)]
struct SideVectors {
    segments: usize,
    dimension: usize,
    /// For each segment and each run of 1 to 8 from there, which row of `data` is its vector.
    rows: Vec<Option<u32>>,
    data: Vec<f32>,
    /// For each row its mean distance from the sample opposite.
    far: Vec<f32>,
}

/// The texts of the segments, with single spaces.
fn texts(document: &SegmentedDocument) -> Vec<String> {
    document.texts().map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

impl SideVectors {
    fn looked_up(document: &SegmentedDocument, vectors: &TextVectors) -> Self {
        let texts = texts(document);
        let dimension = vectors.dimension();
        let mut rows = vec![None; texts.len() * LONGEST];
        let mut data = Vec::new();
        for (from, raw) in document.texts().enumerate() {
            let mut sum = vec![0f32; dimension];
            let mut joined = String::new();
            for k in 0..LONGEST.min(texts.len() - from) {
                let single =
                    vectors.get(&texts[from + k]).or_else(|| vectors.get(document.segment_text(from + k)));
                // A segment without a vector: the runs over it say nothing.
                let Some(single) = single else { break };
                sum.iter_mut().zip(single).for_each(|(s, x)| *s += x);
                if k > 0 {
                    joined.push(' ');
                }
                joined.push_str(&texts[from + k]);
                let own = vectors.get(&joined).or_else(|| if k == 0 { vectors.get(raw) } else { None });
                rows[from * LONGEST + k] = Some((data.len() / dimension) as u32);
                match own {
                    Some(own) => data.extend(own),
                    None => data.extend(unit(sum.clone())),
                }
            }
        }
        Self { segments: texts.len(), dimension, rows, data, far: Vec::new() }
    }

    fn encoded(document: &SegmentedDocument, encoder: &dyn TextEncoder) -> Result<Self, EncodeError> {
        let texts = texts(document);
        let EncodedRuns { rows, data } = encode_runs(&texts, encoder)?;
        let dimension = encoder.dimension();
        Ok(Self { segments: texts.len(), dimension, rows, data, far: Vec::new() })
    }

    /// The row of a run's vector.
    fn row(&self, run: &Range<usize>) -> Option<usize> {
        let length = run.len().checked_sub(1).filter(|&k| k < LONGEST)?;
        self.rows[run.start * LONGEST + length].map(|row| row as usize)
    }

    fn vector(&self, row: usize) -> &[f32] {
        &self.data[row * self.dimension..(row + 1) * self.dimension]
    }

    /// An even sample of the vectors of single segments.
    fn sample(&self) -> Vec<&[f32]> {
        let step = self.segments.div_ceil(SAMPLE).max(1);
        let rows = (0..self.segments).step_by(step).filter_map(|s| self.row(&(s..s + 1)));
        rows.map(|row| self.vector(row)).collect()
    }

    fn distances(&self, sample: &[&[f32]]) -> Vec<f32> {
        let mean = |vector: &[f32]| {
            sample.iter().map(|other| 1.0 - dot(vector, other)).sum::<f32>() / sample.len().max(1) as f32
        };
        self.data.par_chunks(self.dimension.max(1)).map(mean).collect()
    }
}

impl Embedded {
    /// The vectors of `bitext`; `None` where the two sides' vectors cannot be compared.
    pub(super) fn new(bitext: &Bitext, vectors: &Sides<TextVectors>) -> Option<Self> {
        if vectors.source.dimension() != vectors.target.dimension() || vectors.source.is_empty() {
            return None;
        }
        let side = |side: Side| SideVectors::looked_up(bitext.documents.get(side), vectors.get(side));
        Some(Self::between(side(Side::Source), side(Side::Target)))
    }

    /// The vectors that `encoder` makes of `bitext`.
    pub(super) fn encode(bitext: &Bitext, encoder: &dyn TextEncoder) -> Result<Self, EncodeError> {
        let side = |side: Side| SideVectors::encoded(bitext.documents.get(side), encoder);
        Ok(Self::between(side(Side::Source)?, side(Side::Target)?))
    }

    fn between(source: SideVectors, target: SideVectors) -> Self {
        let mut sides = Sides::new(source, target);
        sides.source.far = sides.source.distances(&sides.target.sample());
        sides.target.far = sides.target.distances(&sides.source.sample());
        Self { sides }
    }

    /// The rows of a bead's two sides, where both have a vector.
    fn rows(&self, bead: Bead) -> Option<(usize, usize)> {
        let source = self.sides.source.row(&bead.source.indices())?;
        Some((source, self.sides.target.row(&bead.target.indices())?))
    }

    /// The cosine of the angle between a linked bead's two vectors, from -1 to 1.
    pub(super) fn cosine(&self, bead: Bead) -> Option<f32> {
        let (i, j) = self.rows(bead)?;
        Some(dot(self.sides.source.vector(i), self.sides.target.vector(j)).clamp(-1.0, 1.0))
    }

    /// The evidence of a linked bead in nats, before weighting; 0 where a text has no vector.
    pub(super) fn nats(&self, bead: Bead) -> f64 {
        let (source, target) = (&self.sides.source, &self.sides.target);
        let Some((i, j)) = self.rows(bead) else { return 0.0 };
        let (own, other) = (source.vector(i), target.vector(j));
        let by_chance = f64::midpoint(f64::from(source.far[i]), f64::from(target.far[j])).max(1e-6);
        let distance = (f64::from(1.0 - dot(own, other)) / by_chance).min(2.0);
        // A 2-2 bead says as much as the two 1-1 beads it could be; a 1-2 bead no more than a 1-1 bead, or
        // a segment that means nothing opposite would be paid for joining.
        let extent = bead.source.len().min(bead.target.len()) as f64;
        (distance - tuned::EMBEDDING_NEUTRAL) * extent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{CostModel, Lang, SegmentedDocument};
    use crate::score::prior::LINKED;
    use crate::score::{ScoreOptions, Scorer};

    /// Two documents of words that say nothing to each other, all of like length.
    fn bitext(source: &[&str], target: &[&str]) -> Bitext {
        let lines = |lines: &[&str]| {
            SegmentedDocument::from_lines(&lines.iter().map(|&l| l.to_owned()).collect::<Vec<_>>())
        };
        Bitext {
            documents: Sides::new(lines(source), lines(target)),
            languages: Sides::new(Lang::undetermined(), Lang::undetermined()),
        }
    }

    /// A vector for each text: one direction for each meaning, a little of a common direction.
    fn vectors(meanings: &[(&str, usize)]) -> TextVectors {
        let mut floats = Vec::new();
        for (_, meaning) in meanings {
            floats.extend((0..8).map(|k| if k == *meaning { 1.0 } else { 0.1 }));
        }
        TextVectors::new(meanings.iter().map(|m| m.0), &floats).unwrap()
    }

    fn pair() -> (Bitext, Sides<TextVectors>) {
        let source = [("kalo mi", 0), ("sudo re", 1), ("vani to", 2), ("pelu ka", 3)];
        let target = [("quist an", 0), ("blord ey", 5), ("frump ol", 1), ("zatch iv", 2), ("greny us", 3)];
        let text = bitext(&source.map(|s| s.0), &target.map(|t| t.0));
        (text, Sides::new(vectors(&source), vectors(&target)))
    }

    #[test]
    fn what_means_the_same_is_linked_and_what_means_nothing_opposite_is_not() {
        let (text, vectors) = pair();
        let mut scorer = Scorer::new(&text, &[], &ScoreOptions::default());
        let far = |scorer: &Scorer, j| scorer.model().bead(Bead::new((1, 2), (j, j + 1)));
        assert_eq!(far(&scorer, 1), far(&scorer, 2), "nothing but the vectors tells them apart");
        scorer.take_vectors(&text, &vectors);
        assert!(far(&scorer, 2).nats() + 3.0 < far(&scorer, 1).nats());
        let embedded = Embedded::new(&text, &vectors).unwrap();
        assert!(embedded.nats(Bead::new((0, 1), (0, 1))) < -0.5);
        assert!(embedded.nats(Bead::new((0, 1), (1, 2))) > 0.0);
        // A run has the mean of its segments where it has no vector of its own.
        assert!(embedded.nats(Bead::new((1, 3), (2, 4))) < -1.0);
    }

    #[test]
    fn rows_cost_what_beads_cost() {
        let (text, vectors) = pair();
        let mut scorer = Scorer::new(&text, &[], &ScoreOptions::default());
        scorer.take_vectors(&text, &vectors);
        let model = scorer.model();
        let columns = vec![0..5, 1..5, 0..3];
        let mut rows = model.rows(0, &columns);
        for (row, columns) in columns.iter().enumerate() {
            let mut costs = vec![0; columns.len() * LINKED.len()];
            rows.fill(row, &mut costs);
            for (k, t) in LINKED.iter().enumerate() {
                for (c, column) in columns.clone().enumerate() {
                    let (a, b) = (row + t.source as usize, column + t.target as usize);
                    if a <= 4 && b <= 5 {
                        let bead = Bead::new((row as u32, a as u32), (column as u32, b as u32));
                        assert_eq!(i64::from(costs[k * columns.len() + c]), model.bead(bead).units(), "{t}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_evidence_is_itemised_and_can_be_left_out() {
        let (text, vectors) = pair();
        let explained = |options: &ScoreOptions, bead: Bead| -> Option<String> {
            let mut scorer = Scorer::new(&text, &[], options);
            scorer.take_vectors(&text, &vectors);
            let explanation = scorer.explain(&scorer.model(), &text, bead);
            assert_eq!(explanation.cost, explanation.evidence.iter().map(|e| e.cost).sum());
            let mut items = explanation.evidence.into_iter();
            let item = items.find(|e| e.kind == crate::bitext::EvidenceKind::Embedding)?;
            Some(item.matches.into_iter().map(|m| m.value).collect::<Vec<_>>().join("; "))
        };
        let mut options = ScoreOptions::default();
        let (same, other) = (Bead::new((0, 1), (0, 1)), Bead::new((1, 2), (1, 2)));
        assert_eq!(explained(&options, same).as_deref(), Some("cosine 1.00"));
        assert_eq!(explained(&options, other).as_deref(), Some("cosine 0.24"));
        options.without.insert(crate::bitext::EvidenceKind::Embedding);
        assert_eq!(explained(&options, same), None);
    }

    #[test]
    fn a_text_without_a_vector_says_nothing() {
        let (text, pair) = pair();
        let others = Sides::new(vectors(&[("other", 1)]), pair.target);
        let embedded = Embedded::new(&text, &others).unwrap();
        assert!(embedded.nats(Bead::new((0, 1), (0, 1))).abs() < 1e-12);
    }

    #[test]
    fn the_evidence_grows_with_its_weight() {
        let (text, vectors) = pair();
        let cost = |embedding_weight: f64| {
            let options = ScoreOptions { embedding_weight, ..ScoreOptions::default() };
            let mut scorer = Scorer::new(&text, &[], &options);
            scorer.take_vectors(&text, &vectors);
            scorer.model().bead(Bead::new((0, 1), (0, 1))).nats()
        };
        let (none, once, twice) = (cost(0.0), cost(6.0), cost(12.0));
        let nats = Embedded::new(&text, &vectors).unwrap().nats(Bead::new((0, 1), (0, 1)));
        assert!((once - none - 6.0 * nats).abs() < 1e-3, "{once}, {none}, {nats}");
        assert!((twice - none - 2.0 * (once - none)).abs() < 1e-3, "{none}, {once}, {twice}");
    }

    #[test]
    fn a_run_with_a_vector_of_its_own_is_looked_up() {
        let source = [("kalo mi", 0), ("sudo re", 1), ("kalo mi sudo re", 4)];
        let text = bitext(&["kalo mi", "sudo re"], &["quist an"]);
        let embedded =
            Embedded::new(&text, &Sides::new(vectors(&source), vectors(&[("quist an", 4)]))).unwrap();
        let cosine = embedded.cosine(Bead::new((0, 2), (0, 1))).unwrap();
        assert!(cosine > 0.999, "{cosine}");
        assert!(embedded.cosine(Bead::new((0, 1), (0, 1))).unwrap() < 0.5);
    }
}
