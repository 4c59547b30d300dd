//! Why a bead costs what it costs: its evidence in items, and what makes it doubtful.
//!
//! In: a scorer and a bead. Out: [`Evidence`] whose costs add up to the bead's cost, and [`Doubt`]s.
//! Guarantee: the sum of the items is the cost that the search minimised, to the unit.

use std::collections::BTreeMap;

use crate::anchor::{self, Anchor, AnchorKey, Strength};
use crate::bitext::{
    Bead, Bitext, Cost, CostModel, Doubt, Evidence, EvidenceKind, Match, Side, Sides, TextSpan, Unmatched,
};

use super::model::{Masses, Model};
use super::scorer::Scorer;
use super::side_data::Class;
use super::tokens::Placed;

/// The evidence of a bead and what is doubtful in it.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// The items, in the order of [`EvidenceKind::ALL`].
    pub evidence: Vec<Evidence>,
    /// What makes the bead doubtful.
    pub doubts: Vec<Doubt>,
    /// The bead's cost, the sum of its evidence.
    pub cost: Cost,
}

/// A word pair is shown when the ratio p(t | s) / p(t) is at least this.
const SHOWN_RATIO: f32 = 4.0;

/// One side's tokens of a bead, with spans in the whole document.
struct Half {
    tokens: Vec<Placed>,
    /// Those that the other side explains at all.
    explained: Vec<usize>,
}

impl Scorer {
    /// Explains a bead under `model`, which must be this scorer's.
    pub fn explain(&self, model: &Model<'_>, bitext: &Bitext, bead: Bead) -> Explanation {
        if bead.is_null() {
            return explain_null(model, bead);
        }
        let mut nats: BTreeMap<EvidenceKind, f64> = BTreeMap::new();
        let mut weak = Vec::new();
        let masses = model.bead_masses(bead);
        for side in Side::BOTH {
            Self::costs_by_kind(model, bead, side, masses.get(side), &mut nats, &mut weak);
        }
        let (s, t) = (bead.source, bead.target);
        let lengths = Sides::new(
            model.sides.source.length(s.start(), s.end()),
            model.sides.target.length(t.start(), t.end()),
        );
        let length = f64::from(model.length_nats(lengths.source as f32, lengths.target as f32));
        *nats.entry(EvidenceKind::Length).or_default() += model.weights.length * length;
        *nats.entry(EvidenceKind::BeadType).or_default() +=
            model.weights.bead_type * model.type_prior_nats(bead.bead_type());

        let (breaks, unlike) = model.shape(s.indices(), t.indices());
        *nats.entry(EvidenceKind::Structure).or_default() += f64::from(model.shape_nats(breaks, unlike));

        let halves = Sides::new(
            self.half(bitext, Side::Source, s.indices(), &masses.source),
            self.half(bitext, Side::Target, t.indices(), &masses.target),
        );
        let (mut matches, mut unmatched) = self.matches(model, bitext, &halves);
        if !unmatched.is_empty() {
            let anchors = Sides::new(
                anchors(bitext, Side::Source, s.indices()),
                anchors(bitext, Side::Target, t.indices()),
            );
            unmatched.retain(|(_, u)| !hinted_opposite(&anchors, u));
        }
        let mut doubts = Vec::new();
        if length > 2.0 {
            doubts.push(Doubt::LengthsFarApart {
                source: lengths.source as usize,
                target: lengths.target as usize,
            });
        }
        if !model.tokens_are_silent() && nothing_in_common(&matches) {
            doubts.push(Doubt::NoWordInCommon);
        }
        doubts.extend(
            unmatched
                .iter()
                .filter(|(k, _)| matches!(k, EvidenceKind::Numbers | EvidenceKind::Dates))
                .map(|(_, u)| Doubt::MissingValue { side: u.side, value: u.value.clone() }),
        );
        doubts.extend(weak.into_iter().map(|(side, segment)| Doubt::WeakSegment {
            side,
            place: bitext.documents.get(side).segments()[segment].span,
        }));

        let embedding = model.embedding_nats(bead);
        if embedding != 0.0 {
            nats.insert(EvidenceKind::Embedding, embedding);
            if let Some(cosine) = model.cosine(bead) {
                matches.insert(
                    EvidenceKind::Embedding,
                    vec![of_all(bitext, bead, format!("cosine {cosine:.2}"))],
                );
            }
        }
        let cost = Cost::from_units(model.bead_units(bead, &masses)) + Cost::from_nats(embedding);
        Explanation { evidence: itemised(&nats, matches, &unmatched, cost), doubts, cost }
    }

    /// A bead's cost under `model`, as [`Scorer::explain`] has it.
    pub fn cost(&self, model: &Model<'_>, bead: Bead) -> Cost {
        if bead.is_null() { explain_null(model, bead).cost } else { model.bead(bead) }
    }

    /// Adds up the cost of `side`'s tokens by kind; names segments that bring nothing of their own.
    fn costs_by_kind(
        model: &Model<'_>,
        bead: Bead,
        side: Side,
        masses: &[Masses],
        nats: &mut BTreeMap<EvidenceKind, f64>,
        weak: &mut Vec<(Side, usize)>,
    ) {
        let (own, other) = bead.seen_from(side);
        let given = model.given(side, other.start, other.end);
        let several = own.len() > 1;
        for (o, masses) in own.zip(masses) {
            let mut own: BTreeMap<EvidenceKind, f64> = BTreeMap::new();
            for (class, base) in model.base_by_class(side, o) {
                *own.entry(class.kind()).or_default() += base;
            }
            let changes = model.changes(side, o, masses, &given);
            for (class, change) in Class::ALL.into_iter().zip(changes).filter(|(_, change)| *change < 0.0) {
                *own.entry(class.kind()).or_default() += change;
            }
            let total: f64 = own.values().sum();
            // Each kind's part of what counts.
            let kept = if total > 0.0 { model.bounded(total) / total } else { 1.0 };
            for (kind, own) in own {
                *nats.entry(kind).or_default() += kept * own;
            }
            if several && total > 0.5 {
                weak.push((side, o));
            }
        }
    }

    fn half(&self, bitext: &Bitext, side: Side, segments: std::ops::Range<usize>, masses: &[Masses]) -> Half {
        let mut half = Half { tokens: Vec::new(), explained: Vec::new() };
        let document = bitext.documents.get(side);
        for (segment, masses) in segments.zip(masses) {
            let placed = self.index.placed(bitext, self.vocabularies.get(side), side, segment);
            if placed.is_empty() {
                // Where lengths alone are read, tokens are counted but not kept: none can be shown.
                continue;
            }
            half.explained.extend(masses.iter().map(|&(token, _)| half.tokens.len() + token as usize));
            let at = document.segments()[segment].span.start;
            for mut placed in placed {
                placed.span = placed.span.shifted(at);
                half.tokens.push(placed);
            }
        }
        half
    }

    /// What stands on both sides, by kind and in source order; and the anchors that stand on one alone.
    #[expect(clippy::type_complexity, reason = "two lists by kind, used in one place")]
    fn matches(
        &self,
        model: &Model<'_>,
        bitext: &Bitext,
        halves: &Sides<Half>,
    ) -> (BTreeMap<EvidenceKind, Vec<Match>>, Vec<(EvidenceKind, Unmatched)>) {
        let mut out: BTreeMap<EvidenceKind, Vec<Match>> = BTreeMap::new();
        let mut used =
            Sides::new(vec![false; halves.source.tokens.len()], vec![false; halves.target.tokens.len()]);
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for &i in &halves.source.explained {
            for &j in &halves.target.explained {
                let (s, t) = (&halves.source.tokens[i], &halves.target.tokens[j]);
                if (s.token.class == Class::Word) != (t.token.class == Class::Word) {
                    continue;
                }
                let strength = if s.token.class == Class::Word {
                    let Some(r) = model.table.get(s.token.key, t.token.key) else { continue };
                    r.forward.min(r.backward)
                } else if s.token.key == t.token.key {
                    f32::MAX
                } else {
                    continue;
                };
                if strength >= SHOWN_RATIO {
                    pairs.push((strength, i, j));
                }
            }
        }
        // Strongest first, each token once; equal ones by place.
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let target_text = bitext.documents.target.document();
        for (_, i, j) in pairs {
            if used.source[i] || used.target[j] {
                continue;
            }
            used.source[i] = true;
            used.target[j] = true;
            let (s, t) = (&halves.source.tokens[i], &halves.target.tokens[j]);
            let kind = if s.token.class == Class::Word && self.is_name(s.token.key, t.token.key) {
                EvidenceKind::Names
            } else {
                s.token.class.kind()
            };
            // What a value counts is shown with the value.
            if s.token.class != Class::Word && s.display.is_none() && s.token.class != Class::Mark {
                continue;
            }
            let value = t.display.clone().unwrap_or_else(|| target_text.slice(t.span).to_owned());
            out.entry(kind).or_default().push(Match { source: s.span, target: t.span, value });
        }
        for matches in out.values_mut() {
            matches.sort_by_key(|m| m.source);
        }
        let mut unmatched = Vec::new();
        for side in Side::BOTH {
            for (k, placed) in halves.get(side).tokens.iter().enumerate() {
                if let Some(value) = &placed.display
                    && !used.get(side)[k]
                    && placed.token.class.is_expected()
                {
                    let item = Unmatched { side, span: placed.span, value: value.clone() };
                    unmatched.push((placed.token.class.kind(), item));
                }
            }
        }
        (out, unmatched)
    }
}

/// What is said of a bead's texts as a whole: it stands at their beginnings, and marks nothing in them.
fn of_all(bitext: &Bitext, bead: Bead, value: String) -> Match {
    let start = |side: Side, segment: usize| {
        let at = bitext.documents.get(side).segments()[segment].span.start;
        TextSpan::new(at, at)
    };
    Match {
        source: start(Side::Source, bead.source.start()),
        target: start(Side::Target, bead.target.start()),
        value,
    }
}

/// The anchors of segments of one side, with their spans in the whole document.
fn anchors(bitext: &Bitext, side: Side, segments: std::ops::Range<usize>) -> Vec<Anchor> {
    let document = bitext.documents.get(side);
    let of_segment = |segment: usize| {
        let found = anchor::anchors(document.segment_text(segment), bitext.languages.get(side));
        let at = document.segments()[segment].span.start;
        found.into_iter().map(move |anchor| Anchor { span: anchor.span.shifted(at), ..anchor })
    };
    segments.flat_map(of_segment).collect()
}

/// Whether a value that stands on one side alone is perhaps meant by a word opposite that is too uncertain
/// to count as evidence: then nothing is missing.
fn hinted_opposite(anchors: &Sides<Vec<Anchor>>, unmatched: &Unmatched) -> bool {
    let own = anchors.get(unmatched.side).iter().filter(|a| a.span == unmatched.span);
    let keys: Vec<AnchorKey> = own.flat_map(Anchor::keys).collect();
    let opposite = anchors.get(unmatched.side.opposite()).iter().filter(|a| a.strength == Strength::Weak);
    opposite.flat_map(Anchor::keys).any(|key| keys.contains(&key))
}

/// Whether neither a word nor a value of one side answers to one of the other.
fn nothing_in_common(matches: &BTreeMap<EvidenceKind, Vec<Match>>) -> bool {
    [EvidenceKind::Words, EvidenceKind::Names, EvidenceKind::Numbers, EvidenceKind::Dates]
        .iter()
        .all(|kind| matches.get(kind).is_none_or(Vec::is_empty))
}

/// The evidence of a bead in items that add up to `cost`; kinds of which there is nothing to say are left out.
fn itemised(
    nats: &BTreeMap<EvidenceKind, f64>,
    mut matches: BTreeMap<EvidenceKind, Vec<Match>>,
    unmatched: &[(EvidenceKind, Unmatched)],
    cost: Cost,
) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = EvidenceKind::ALL
        .into_iter()
        .map(|kind| (kind, nats.get(&kind).copied(), matches.remove(&kind)))
        .filter(|(_, nats, matches)| nats.is_some() || matches.is_some())
        .map(|(kind, nats, matches)| Evidence {
            kind,
            cost: Cost::from_nats(nats.unwrap_or_default()),
            matches: matches.unwrap_or_default(),
            unmatched: unmatched.iter().filter(|(k, _)| *k == kind).map(|(_, u)| u.clone()).collect(),
        })
        .filter(|e| e.cost != Cost::ZERO || !e.matches.is_empty() || !e.unmatched.is_empty())
        .collect();
    // What rounding leaves over goes to the first item: the items add up exactly.
    let sum: Cost = evidence.iter().map(|e| e.cost).sum();
    if let Some(first) = evidence.first_mut() {
        first.cost += cost - sum;
    }
    evidence
}

fn explain_null(model: &Model<'_>, bead: Bead) -> Explanation {
    let side = if bead.source.is_empty() { Side::Target } else { Side::Source };
    let segments = if bead.source.is_empty() { bead.target.indices() } else { bead.source.indices() };
    let cost: Cost = segments.map(|i| model.null(side, i)).sum();
    let evidence =
        vec![Evidence { kind: EvidenceKind::Unaligned, cost, matches: Vec::new(), unmatched: Vec::new() }];
    Explanation { evidence, doubts: Vec::new(), cost }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, SegmentedDocument};
    use crate::score::ScoreOptions;

    /// The values that are said to be missing when two segments are linked.
    fn missing(source: &str, target: &str) -> Vec<String> {
        let line = |text: &str| SegmentedDocument::from_lines(&[text.to_owned()]);
        let bitext = Bitext {
            documents: Sides::new(line(source), line(target)),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        };
        let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
        let explanation = scorer.explain(&scorer.model(), &bitext, Bead::new((0, 1), (0, 1)));
        let missing = explanation.doubts.into_iter().filter_map(|doubt| match doubt {
            Doubt::MissingValue { value, .. } => Some(value),
            _ => None,
        });
        missing.collect()
    }

    #[test]
    fn a_value_perhaps_meant_opposite_is_not_missing() {
        let decade = "عاد إلى بغداد بعد عقد";
        let weak = anchor::anchors(decade, &Lang::arabic());
        assert!(weak.iter().any(|a| a.strength == Strength::Weak), "{weak:?}");
        assert!(missing(decade, "He returned to Baghdad after 10 years").is_empty());
        assert_eq!(missing("عاد إلى بغداد", "He returned to Baghdad after 10 years"), ["10 years"]);
        assert_eq!(missing(decade, "He returned to Baghdad after 12 years"), ["12 years"]);
    }
}
