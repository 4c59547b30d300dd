//! Why a bead was made: its evidence, its doubts, its rivals, for the panel beside it.
//!
//! In: a bead. Out: values that become JSON; places are given as UTF-16 offsets into the original texts of its
//! segments, as JavaScript counts them. Guarantee: a place that no longer lies in a segment of the bead is left
//! out.

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::bitext::{Doubt, Fact, Side, TextSpan};
use crate::project::{BeadId, Project, ReviewBead, SideName};

use super::view::Pair;

/// Everything about one bead.
#[derive(Debug, Serialize)]
pub(super) struct DetailView<'a> {
    id: BeadId,
    cost: f64,
    reviewer: Option<&'a str>,
    comment: &'a str,
    evidence: Vec<EvidenceView<'a>>,
    doubts: Vec<DoubtView<'a>>,
    rivals: Vec<RivalView<'a>>,
}

#[derive(Debug, Serialize)]
struct EvidenceView<'a> {
    kind: &'static str,
    cost: f64,
    matches: Vec<MatchView<'a>>,
    unmatched: Vec<UnmatchedView<'a>>,
}

#[derive(Debug, Serialize)]
struct MatchView<'a> {
    value: &'a str,
    texts: Pair<&'a str>,
    places: Pair<Option<PlaceView>>,
}

#[derive(Debug, Serialize)]
struct UnmatchedView<'a> {
    side: SideName,
    value: &'a str,
    /// How the document has it.
    text: &'a str,
    place: Option<PlaceView>,
}

/// A place in a segment's original text.
#[derive(Debug, Serialize)]
struct PlaceView {
    segment: usize,
    from: usize,
    to: usize,
}

/// A doubt by its name and facts; of what it speaks of, how the document has it.
#[derive(Debug)]
struct DoubtView<'a> {
    doubt: &'a Doubt,
    text: Option<Cow<'a, str>>,
}

impl Serialize for DoubtView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("doubt", self.doubt.name())?;
        for (name, fact) in self.doubt.facts() {
            match fact {
                Fact::Count(count) => map.serialize_entry(name, &count)?,
                Fact::Share(share) => map.serialize_entry(name, &share)?,
                Fact::Side(side) => map.serialize_entry(name, &SideName::from(side))?,
                Fact::Text(text) => map.serialize_entry(name, &text)?,
                // Its text follows.
                _ => {}
            }
        }
        if let Some(text) = &self.text {
            map.serialize_entry("text", text)?;
        }
        map.end()
    }
}

#[derive(Debug, Serialize)]
struct RivalView<'a> {
    index: usize,
    #[serde(rename = "type")]
    rival_type: String,
    probability: f64,
    texts: Pair<Vec<&'a str>>,
}

impl<'a> DetailView<'a> {
    pub(super) fn new(project: &'a Project, bead: &'a ReviewBead) -> Self {
        let text = |side: Side, span: TextSpan| project.text(side).get(span.range()).unwrap_or_default();
        let evidence = bead.score.evidence.iter().map(|item| EvidenceView {
            kind: item.kind.name(),
            cost: item.cost.nats(),
            matches: item
                .matches
                .iter()
                .map(|m| {
                    let span = |side: Side| if side == Side::Source { m.source } else { m.target };
                    MatchView {
                        value: &m.value,
                        texts: Pair::of(|side| text(side, span(side))),
                        places: Pair::of(|side| place(project, bead, side, span(side))),
                    }
                })
                .collect(),
            unmatched: item
                .unmatched
                .iter()
                .map(|u| UnmatchedView {
                    side: u.side.into(),
                    value: &u.value,
                    text: text(u.side, u.span),
                    place: place(project, bead, u.side, u.span),
                })
                .collect(),
        });
        let doubts = bead.score.doubts.iter().map(|doubt| {
            let facts = doubt.facts();
            let spoken_of = doubt.side().and_then(|side| {
                facts.iter().find_map(|(_, fact)| match fact {
                    Fact::Place(place) => Some(Cow::Borrowed(text(side, *place))),
                    Fact::Text(value) => {
                        let mut alone = bead.score.evidence.iter().flat_map(|item| &item.unmatched);
                        let found = alone.find(|u| u.side == side && u.value == *value);
                        Some(found.map_or(Cow::Owned(value.clone()), |u| Cow::Borrowed(text(u.side, u.span))))
                    }
                    _ => None,
                })
            });
            DoubtView { doubt, text: spoken_of }
        });
        let rivals = bead.score.rivals.iter().enumerate().filter_map(|(index, rival)| {
            // A rival whose segments were cut or joined since can no longer be taken.
            let segments = |side: Side| {
                let place = *rival.places.get(side);
                let segments = &project.segments(side)[project.indices(side, place)];
                let fits = match (place, segments.first(), segments.last()) {
                    (None, ..) => true,
                    (Some(p), Some(a), Some(b)) => p.start == a.span.start && p.end == b.span.end,
                    _ => false,
                };
                fits.then_some(segments)
            };
            let (source, target) = (segments(Side::Source)?, segments(Side::Target)?);
            let texts = Pair::of(|side| {
                let segments = if side == Side::Source { source } else { target };
                segments.iter().map(|s| project.segment_text(side, s)).collect()
            });
            let rival_type = format!("{}-{}", source.len(), target.len());
            Some(RivalView { index, rival_type, probability: rival.probability, texts })
        });
        Self {
            id: bead.id,
            cost: bead.score.cost.nats(),
            reviewer: bead.attributes.reviewer.as_deref(),
            comment: &bead.attributes.comment,
            evidence: evidence.collect(),
            doubts: doubts.collect(),
            rivals: rivals.collect(),
        }
    }
}

fn place(project: &Project, bead: &ReviewBead, side: Side, span: TextSpan) -> Option<PlaceView> {
    let segment = project.segments_of(side, bead).iter().find(|s| s.span.contains(span))?;
    let text = project.text(side);
    let units = |from: usize, to: usize| text.get(from..to).map(|t| t.encode_utf16().count());
    let from = units(segment.span.start, span.start)?;
    Some(PlaceView { segment: segment.span.start, from, to: from + units(span.start, span.end)? })
}
