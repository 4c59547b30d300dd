//! The model's costs, row by row: what neighbouring beads share is computed once.
//!
//! In: a [`Model`]. Out: for a source segment and a range of target segments the costs of all beads that
//! start there. Guarantee: equal to [`Model::bead`], to the unit. Space O(8 · range); no allocation a bead.

use std::ops::Range;

use crate::bitext::{Cost, RowCosts, Side};

use super::model::{Masses, Model, add_masses};
use super::prior::{LINKED, LONGEST};
use super::side_data::Class;

const NONE: u32 = u32::MAX;
/// Rows are computed this many target segments beyond what was asked for, as the band moves on.
const MARGIN: usize = 64;

/// One source segment against a range of target segments.
struct Row {
    source: usize,
    targets: Range<usize>,
    /// For each target segment how much its tokens are explained by the source segment.
    forward: Vec<Masses>,
    /// For each target segment and each window of 1 to 8 starting there: the cost of the source
    /// segment's tokens.
    backward: Vec<[Cost; LONGEST]>,
}

/// The reader of rows.
pub(super) struct Rows<'a> {
    model: &'a Model<'a>,
    ring: Vec<Option<Row>>,
    /// Word key of the target side → first posting of the current source segment.
    head: Vec<u32>,
    anchor_head: Vec<u32>,
    postings: Vec<Posting>,
    /// Costs of the target segments' tokens for each window of 1 to 8 source segments.
    windows: Vec<[Cost; LONGEST]>,
}

#[derive(Clone, Copy)]
struct Posting {
    token: u32,
    forward: f32,
    backward: f32,
    next: u32,
}

impl<'a> Rows<'a> {
    pub(super) fn new(model: &'a Model<'a>) -> Self {
        Self {
            model,
            ring: (0..LONGEST).map(|_| None).collect(),
            head: vec![NONE; model.target_keys()],
            anchor_head: vec![NONE; model.anchors.len()],
            postings: Vec::new(),
            windows: Vec::new(),
        }
    }

    /// Makes sure that the row of `source` covers `targets`.
    fn prepare(&mut self, source: usize, targets: &Range<usize>) {
        let slot = source % LONGEST;
        if let Some(row) = &self.ring[slot]
            && row.source == source
            && row.targets.start <= targets.start
            && targets.end <= row.targets.end
        {
            return;
        }
        let end = (targets.end + MARGIN).min(self.model.sides.target.len());
        let row = self.compute(source, targets.start.saturating_sub(MARGIN / 2)..end);
        self.ring[slot] = Some(row);
    }

    fn compute(&mut self, source: usize, targets: Range<usize>) -> Row {
        let model = self.model;
        let tokens = model.sides.source.tokens(source);
        self.postings.clear();
        // Postings are pushed in reverse, so that each chain lists tokens in order.
        for (index, token) in tokens.iter().enumerate().rev() {
            if token.class == Class::Word {
                for r in model.table.row(token.key) {
                    let next = self.head[r.target as usize];
                    self.head[r.target as usize] = self.postings.len() as u32;
                    self.postings.push(Posting {
                        token: index as u32,
                        forward: r.forward,
                        backward: r.backward,
                        next,
                    });
                }
            } else {
                let ratios = model.anchors[token.key as usize];
                let next = self.anchor_head[token.key as usize];
                self.anchor_head[token.key as usize] = self.postings.len() as u32;
                self.postings.push(Posting {
                    token: index as u32,
                    forward: ratios.target,
                    backward: ratios.source,
                    next,
                });
            }
        }
        let mut forward = Vec::with_capacity(targets.len());
        let mut backward_masses: Vec<Masses> = Vec::with_capacity(targets.len());
        let mut mass = vec![0f32; tokens.len()];
        let mut touched: Vec<u32> = Vec::new();
        for target in targets.clone() {
            let mut masses = Masses::new();
            for (k, t) in model.sides.target.tokens(target).iter().enumerate() {
                let head = if t.class == Class::Word { &self.head } else { &self.anchor_head };
                let mut at = head[t.key as usize];
                let mut sum = 0f32;
                while at != NONE {
                    let p = self.postings[at as usize];
                    if tokens[p.token as usize].class == t.class {
                        sum += p.forward;
                        if mass[p.token as usize] == 0.0 {
                            touched.push(p.token);
                        }
                        mass[p.token as usize] += p.backward;
                    }
                    at = p.next;
                }
                if sum > 0.0 {
                    masses.push((k as u32, sum));
                }
            }
            forward.push(masses);
            touched.sort_unstable();
            touched.dedup();
            backward_masses
                .push(touched.iter().map(|&k| (k, mass[k as usize])).filter(|&(_, m)| m > 0.0).collect());
            for k in touched.drain(..) {
                mass[k as usize] = 0.0;
            }
        }
        for token in tokens {
            if token.class == Class::Word {
                for r in model.table.row(token.key) {
                    self.head[r.target as usize] = NONE;
                }
            } else {
                self.anchor_head[token.key as usize] = NONE;
            }
        }
        let mut backward = vec![[Cost::ZERO; LONGEST]; targets.len()];
        let mut sum = Masses::new();
        for (at, costs) in backward.iter_mut().enumerate() {
            sum.clear();
            let from = targets.start + at;
            for (m, cost) in costs.iter_mut().enumerate() {
                let Some(masses) = backward_masses.get(at + m) else { break };
                add_masses(&mut sum, masses);
                let given = model.sides.target.class_counts(from, from + m + 1);
                *cost = Cost::from_nats(model.explained(Side::Source, source, &sum, &given, |_, _| ()));
            }
        }
        Row { source, targets, forward, backward }
    }
}

impl RowCosts for Rows<'_> {
    fn fill(&mut self, source: usize, targets: Range<usize>, costs: &mut [Cost]) {
        let model = self.model;
        let (n, m) = (model.sides.source.len(), model.sides.target.len());
        costs.fill(Cost::FORBIDDEN);
        if source >= n || targets.start >= m {
            return;
        }
        // Beads reach up to 8 segments further on both sides.
        let wide = targets.start..(targets.end + LONGEST).min(m);
        let rows = LONGEST.min(n - source);
        for i in source..source + rows {
            self.prepare(i, &wide);
        }
        let ring: Vec<&Row> = (source..source + rows)
            .map(|i| self.ring[i % LONGEST].as_ref().expect("prepared above"))
            .collect();
        // windows[j][k]: cost of target segment j's tokens, given source segments source..=source+k.
        self.windows.clear();
        let mut sum = Masses::new();
        for j in wide.clone() {
            let mut window = [Cost::FORBIDDEN; LONGEST];
            sum.clear();
            for (k, row) in ring.iter().enumerate() {
                add_masses(&mut sum, &row.forward[j - row.targets.start]);
                let given = model.sides.source.class_counts(source, source + k + 1);
                window[k] = Cost::from_nats(model.explained(Side::Target, j, &sum, &given, |_, _| ()));
            }
            self.windows.push(window);
        }
        for (target, costs) in targets.clone().zip(costs.chunks_exact_mut(LINKED.len())) {
            if target >= m {
                break;
            }
            for (index, (cost, t)) in costs.iter_mut().zip(LINKED).enumerate() {
                let (a, b) = (t.source as usize, t.target as usize);
                if source + a > n || target + b > m {
                    continue;
                }
                let mut sum = Cost::ZERO;
                for window in &self.windows[target - wide.start..target - wide.start + b] {
                    sum += window[a - 1];
                }
                for row in &ring[..a] {
                    sum += row.backward[target - row.targets.start][b - 1];
                }
                let lengths = (
                    model.sides.source.length(source, source + a),
                    model.sides.target.length(target, target + b),
                );
                *cost = sum
                    + Cost::from_nats(
                        model.weights.length * model.length_nats(lengths.0, lengths.1)
                            + model.type_cost(index)
                            + model.shape_nats(source..source + a, target..target + b),
                    );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::bitext::{Bead, Bitext, Cost, CostModel, Lang, SegmentedDocument, Sides};
    use crate::lexicon;
    use crate::score::{ScoreOptions, Scorer};

    use super::LINKED;

    const ARABIC: [&str; 14] = [
        "الوزير",
        "مدينة",
        "بغداد",
        "كتب",
        "الكتاب",
        "ثلاثة",
        "٢٠٢٤",
        "تموز",
        "بيت",
        "قال",
        "على",
        "12",
        "NATO",
        "؟",
    ];
    const ENGLISH: [&str; 14] = [
        "minister", "city", "Baghdad", "wrote", "book", "three", "2024", "July", "house", "said", "on", "12",
        "NATO", "?",
    ];

    fn documents() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<Vec<usize>>)> {
        let side = || proptest::collection::vec(proptest::collection::vec(0..ARABIC.len(), 1..9), 1..14);
        (side(), side())
    }

    fn lines(words: &[&str], segments: &[Vec<usize>]) -> SegmentedDocument {
        let lines: Vec<String> =
            segments.iter().map(|s| s.iter().map(|&w| words[w]).collect::<Vec<_>>().join(" ")).collect();
        SegmentedDocument::from_lines(&lines)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn rows_cost_what_beads_cost(
            (source, target) in documents(),
            ranges in proptest::collection::vec((0..14usize, 0..14usize, 1..9usize), 1..12),
            learn in any::<bool>(),
        ) {
            let bitext = Bitext {
                documents: Sides::new(lines(&ARABIC, &source), lines(&ENGLISH, &target)),
                languages: Sides::new(Lang::arabic(), Lang::english()),
            };
            let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
            let mut scorer = Scorer::new(&bitext, &dictionaries, &ScoreOptions::default());
            if learn {
                let diagonal = (0..source.len().min(target.len()) as u32).map(|i| (Bead::new((i, i + 1), (i, i + 1)), 0.9));
                let believed = diagonal.collect::<Vec<_>>();
                let learnt = scorer.induce(&believed);
                scorer.learn(&believed, learnt);
            }
            let model = scorer.model();
            let (n, m) = model.size();
            // One reader for all: what it keeps from one row must not show in the next.
            let mut rows = model.rows();
            for (row, from, length) in ranges {
                let (row, from) = (row % n, from % m);
                let columns = from..(from + length).min(m);
                let mut costs = vec![Cost::ZERO; columns.len() * LINKED.len()];
                rows.fill(row, columns.clone(), &mut costs);
                for (column, costs) in columns.zip(costs.chunks_exact(LINKED.len())) {
                    for (&cost, t) in costs.iter().zip(LINKED) {
                        let (a, b) = (row + t.source as usize, column + t.target as usize);
                        let wanted = if a > n || b > m {
                            Cost::FORBIDDEN
                        } else {
                            model.bead(Bead::new((row as u32, a as u32), (column as u32, b as u32)))
                        };
                        prop_assert_eq!(cost, wanted, "{} at {}, {}", t, row, column);
                    }
                }
            }
        }
    }
}
