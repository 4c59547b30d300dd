//! JSON lines: a bead a line, with all that is known of it. [`super::saved`] reads them back.
//!
//! Fields: `source`, `target` (lists of segment indices from 0), `source_text`, `target_text`, `type` ("2-1"),
//! `cost` (nats), `confidence` (0 to 1, or null), `evidence`, `doubts`, `crossing`, `pinned`; of a bead under review also
//! `status` (`pending`, `accepted`, `flagged`), and `comment` where there is one.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::view::{BeadView, DoubtView, EvidenceView, MatchView, UnmatchedView};
use crate::bitext::Side;

/// Writes the beads, null beads too.
pub fn write<'a>(beads: impl IntoIterator<Item = BeadView<'a>>, out: &mut impl Write) -> io::Result<()> {
    for bead in beads {
        serde_json::to_writer(&mut *out, &Record::from(&bead))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One line. Fields unknown to this version are passed over when reading.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    pub(super) source: Vec<usize>,
    pub(super) target: Vec<usize>,
    pub(super) source_text: Cow<'a, str>,
    pub(super) target_text: Cow<'a, str>,
    #[serde(rename = "type")]
    pub(super) bead_type: Cow<'a, str>,
    #[serde(default)]
    pub(super) cost: f64,
    #[serde(default)]
    pub(super) confidence: Option<f64>,
    #[serde(default)]
    pub(super) evidence: Vec<EvidenceRecord<'a>>,
    #[serde(default)]
    pub(super) doubts: Vec<DoubtRecord<'a>>,
    #[serde(default)]
    pub(super) crossing: bool,
    #[serde(default)]
    pub(super) pinned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(super) comment: Cow<'a, str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EvidenceRecord<'a> {
    pub(super) kind: Cow<'a, str>,
    pub(super) cost: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) matches: Vec<MatchRecord<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) unmatched: Vec<UnmatchedRecord<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MatchRecord<'a> {
    pub(super) value: Cow<'a, str>,
    pub(super) source: Cow<'a, str>,
    pub(super) target: Cow<'a, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SideRecord {
    Source,
    Target,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UnmatchedRecord<'a> {
    pub(super) side: SideRecord,
    pub(super) value: Cow<'a, str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DoubtRecord<'a> {
    pub(super) doubt: Cow<'a, str>,
    pub(super) text: Cow<'a, str>,
}

fn is_empty(text: &str) -> bool {
    text.is_empty()
}

const fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

impl<'b> From<&'b BeadView<'_>> for Record<'b> {
    fn from(bead: &'b BeadView<'_>) -> Self {
        Self {
            source: bead.segments.source.clone().collect(),
            target: bead.segments.target.clone().collect(),
            source_text: borrowed(&bead.texts.source),
            target_text: borrowed(&bead.texts.target),
            bead_type: Cow::Owned(bead.bead_type().to_string()),
            cost: bead.cost.nats(),
            confidence: bead.confidence,
            evidence: bead.evidence.iter().map(EvidenceRecord::from).collect(),
            doubts: bead.doubts.iter().map(DoubtRecord::from).collect(),
            crossing: bead.crossing,
            pinned: bead.pinned,
            status: bead.review.as_ref().map(|r| borrowed(&r.status)),
            comment: bead.review.as_ref().map_or(borrowed(""), |r| borrowed(&r.comment)),
        }
    }
}

impl<'b> From<&'b EvidenceView<'_>> for EvidenceRecord<'b> {
    fn from(item: &'b EvidenceView<'_>) -> Self {
        Self {
            kind: Cow::Borrowed(item.kind.name()),
            cost: item.cost.nats(),
            matches: item.matches.iter().map(MatchRecord::from).collect(),
            unmatched: item.unmatched.iter().map(UnmatchedRecord::from).collect(),
        }
    }
}

impl<'b> From<&'b MatchView<'_>> for MatchRecord<'b> {
    fn from(found: &'b MatchView<'_>) -> Self {
        Self {
            value: borrowed(&found.value),
            source: borrowed(&found.texts.source),
            target: borrowed(&found.texts.target),
        }
    }
}

impl<'b> From<&'b UnmatchedView<'_>> for UnmatchedRecord<'b> {
    fn from(found: &'b UnmatchedView<'_>) -> Self {
        let side = match found.side {
            Side::Source => SideRecord::Source,
            Side::Target => SideRecord::Target,
        };
        Self { side, value: borrowed(&found.value) }
    }
}

impl<'b> From<&'b DoubtView<'_>> for DoubtRecord<'b> {
    fn from(doubt: &'b DoubtView<'_>) -> Self {
        Self { doubt: borrowed(&doubt.name), text: borrowed(&doubt.text) }
    }
}
