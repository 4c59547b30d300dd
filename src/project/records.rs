//! How scores are written into a project file: JSON with short, fixed names.
//!
//! In: a [`Score`]. Out: its JSON, and back. Guarantee: reading what was written gives the same score; a kind of
//! evidence or doubt that a newer version invented is passed over.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::bitext::{Cost, Doubt, Evidence, EvidenceKind, Fact, Match, Sides, TextSpan, Unmatched};

use super::change::SideName;
use super::score::{Score, ScoreRival};

type Span = (usize, usize);

/// A score, as it is written.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ScoreRecord {
    /// Cost in units of 1/10,000 nat.
    cost: i64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    crossing: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<DoubtRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rivals: Vec<RivalRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EvidenceRecord {
    kind: String,
    cost: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    matches: Vec<(Span, Span, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unmatched: Vec<(SideName, Span, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RivalRecord {
    source: Option<Span>,
    target: Option<Span>,
    probability: f64,
}

/// A doubt as it is written: its name as `doubt`, then its facts by their names.
#[derive(Debug)]
struct DoubtRecord(Option<Doubt>);

impl Serialize for DoubtRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(doubt) = &self.0 else { return serializer.serialize_none() };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("doubt", doubt.name())?;
        for (name, fact) in doubt.facts() {
            match fact {
                Fact::Count(count) => map.serialize_entry(name, &count)?,
                Fact::Share(share) => map.serialize_entry(name, &share)?,
                Fact::Side(side) => map.serialize_entry(name, &SideName::from(side))?,
                Fact::Text(text) => map.serialize_entry(name, &text)?,
                Fact::Place(place) => map.serialize_entry(name, &pair(place))?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for DoubtRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut written = BTreeMap::<String, Value>::deserialize(deserializer)?;
        let Some(Value::String(name)) = written.remove("doubt") else {
            return Err(D::Error::missing_field("doubt"));
        };
        Ok(Self(Doubt::from_facts(&name, |fact| written.get(fact).and_then(fact_of))))
    }
}

/// A fact from what stands in the file.
fn fact_of(value: &Value) -> Option<Fact> {
    Some(match value {
        Value::String(text) => Fact::Text(text.clone()),
        Value::Array(_) => Fact::Place(span(serde_json::from_value(value.clone()).ok()?)?),
        _ => match value.as_u64() {
            Some(count) => Fact::Count(usize::try_from(count).ok()?),
            None => Fact::Share(value.as_f64()?),
        },
    })
}

fn pair(span: TextSpan) -> Span {
    (span.start, span.end)
}

fn span((start, end): Span) -> Option<TextSpan> {
    (start <= end).then(|| TextSpan::new(start, end))
}

impl From<&Score> for ScoreRecord {
    fn from(score: &Score) -> Self {
        let evidence = |e: &Evidence| EvidenceRecord {
            kind: e.kind.name().to_owned(),
            cost: e.cost.units(),
            matches: e.matches.iter().map(|m| (pair(m.source), pair(m.target), m.value.clone())).collect(),
            unmatched: e.unmatched.iter().map(|u| (u.side.into(), pair(u.span), u.value.clone())).collect(),
        };
        let rival = |r: &ScoreRival| RivalRecord {
            source: r.places.source.map(pair),
            target: r.places.target.map(pair),
            probability: r.probability,
        };
        Self {
            cost: score.cost.units(),
            crossing: score.crossing,
            evidence: score.evidence.iter().map(evidence).collect(),
            doubts: score.doubts.iter().cloned().map(|doubt| DoubtRecord(Some(doubt))).collect(),
            rivals: score.rivals.iter().map(rival).collect(),
        }
    }
}

impl ScoreRecord {
    /// The probabilities in it.
    pub(super) fn probabilities(&self) -> impl Iterator<Item = f64> {
        self.rivals.iter().map(|rival| rival.probability)
    }

    /// The score meant, with the `confidence` that is kept in a column of its own.
    pub(crate) fn score(self, confidence: Option<f64>) -> Score {
        let evidence = |e: EvidenceRecord| {
            Some(Evidence {
                kind: EvidenceKind::from_name(&e.kind)?,
                cost: Cost::from_units(e.cost),
                matches: e
                    .matches
                    .into_iter()
                    .filter_map(|(s, t, value)| Some(Match { source: span(s)?, target: span(t)?, value }))
                    .collect(),
                unmatched: e
                    .unmatched
                    .into_iter()
                    .filter_map(|(side, s, value)| {
                        Some(Unmatched { side: side.into(), span: span(s)?, value })
                    })
                    .collect(),
            })
        };
        let rival = |r: RivalRecord| ScoreRival {
            places: Sides::new(r.source.and_then(span), r.target.and_then(span)),
            probability: r.probability,
        };
        Score {
            cost: Cost::from_units(self.cost),
            confidence,
            evidence: self.evidence.into_iter().filter_map(evidence).collect(),
            doubts: self.doubts.into_iter().filter_map(|record| record.0).collect(),
            rivals: self.rivals.into_iter().map(rival).collect(),
            crossing: self.crossing,
        }
    }
}
