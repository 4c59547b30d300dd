//! How scores are written into a project file: JSON with short, fixed names.
//!
//! In: a [`Score`]. Out: its JSON, and back. Guarantee: reading what was written gives the same score; a kind of
//! evidence or doubt that a newer version invented is passed over.

use serde::{Deserialize, Serialize};

use crate::bitext::{Cost, Evidence, EvidenceKind, Match, Sides, TextSpan, Unmatched};

use super::change::SideName;
use super::score::{Score, ScoreDoubt, ScoreRival};

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

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "doubt")]
enum DoubtRecord {
    LengthsFarApart {
        source: usize,
        target: usize,
    },
    PerhapsUnrelated,
    NoWordInCommon,
    MissingValue {
        side: SideName,
        value: String,
    },
    CloseRival {
        probability: f64,
    },
    WeakSegment {
        side: SideName,
        place: Span,
    },
    #[serde(other)]
    Unknown,
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
            doubts: score.doubts.iter().map(DoubtRecord::from).collect(),
            rivals: score.rivals.iter().map(rival).collect(),
        }
    }
}

impl From<&ScoreDoubt> for DoubtRecord {
    fn from(doubt: &ScoreDoubt) -> Self {
        match doubt {
            ScoreDoubt::LengthsFarApart { chars } => {
                Self::LengthsFarApart { source: chars.source, target: chars.target }
            }
            ScoreDoubt::PerhapsUnrelated => Self::PerhapsUnrelated,
            ScoreDoubt::NoWordInCommon => Self::NoWordInCommon,
            ScoreDoubt::MissingValue { side, value } => {
                Self::MissingValue { side: (*side).into(), value: value.clone() }
            }
            ScoreDoubt::CloseRival { probability } => Self::CloseRival { probability: *probability },
            ScoreDoubt::WeakSegment { side, place } => {
                Self::WeakSegment { side: (*side).into(), place: pair(*place) }
            }
        }
    }
}

impl DoubtRecord {
    fn doubt(self) -> Option<ScoreDoubt> {
        Some(match self {
            Self::LengthsFarApart { source, target } => {
                ScoreDoubt::LengthsFarApart { chars: Sides::new(source, target) }
            }
            Self::PerhapsUnrelated => ScoreDoubt::PerhapsUnrelated,
            Self::NoWordInCommon => ScoreDoubt::NoWordInCommon,
            Self::MissingValue { side, value } => ScoreDoubt::MissingValue { side: side.into(), value },
            Self::CloseRival { probability } => ScoreDoubt::CloseRival { probability },
            Self::WeakSegment { side, place } => {
                ScoreDoubt::WeakSegment { side: side.into(), place: span(place)? }
            }
            Self::Unknown => return None,
        })
    }
}

impl ScoreRecord {
    /// The score meant, with the `confidence` that is kept in a column of its own.
    pub(crate) fn score(self, confidence: Option<f64>) -> Score {
        let evidence = |e: EvidenceRecord| {
            Some(Evidence {
                kind: EvidenceKind::ALL.into_iter().find(|k| k.name() == e.kind)?,
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
            doubts: self.doubts.into_iter().filter_map(DoubtRecord::doubt).collect(),
            rivals: self.rivals.into_iter().map(rival).collect(),
            crossing: self.crossing,
        }
    }
}
