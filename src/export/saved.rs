//! JSON lines → beads: an alignment saved earlier, to show it or to write it in another format.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::ops::Range;

use super::jsonl::{Record, SideRecord};
use super::view::{BeadView, DoubtView, EvidenceView, MatchView, ReviewView, UnmatchedView};
use crate::bitext::{Cost, EvidenceKind, Side, Sides};

/// A file that is no saved alignment.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The operating system refuses.
    #[error("line {line} cannot be read")]
    Io {
        /// The line, from 1.
        line: usize,
        /// What the operating system says.
        source: io::Error,
    },
    /// A line is no bead in JSON.
    #[error("line {line} is not a pair of a saved alignment: {source}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A list of indices is no run of consecutive segments.
    #[error("line {line}: the {side} segments are not consecutive")]
    NotConsecutive {
        /// The line, from 1.
        line: usize,
        /// The side.
        side: Side,
    },
    /// There is no bead.
    #[error("it holds no pair")]
    Empty,
}

/// Reads a saved alignment.
pub fn read(input: impl BufRead) -> Result<Vec<BeadView<'static>>, SavedError> {
    let mut beads = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let number = index + 1;
        let line = line.map_err(|source| SavedError::Io { line: number, source })?;
        let line = line.trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        let record: Record<'_> =
            serde_json::from_str(line).map_err(|source| SavedError::Json { line: number, source })?;
        beads.push(bead(record, number)?);
    }
    if beads.is_empty() { Err(SavedError::Empty) } else { Ok(beads) }
}

fn bead(record: Record<'_>, line: usize) -> Result<BeadView<'static>, SavedError> {
    let range =
        |side, indices: &[usize]| consecutive(indices).ok_or(SavedError::NotConsecutive { line, side });
    Ok(BeadView {
        segments: Sides::new(range(Side::Source, &record.source)?, range(Side::Target, &record.target)?),
        texts: Sides::new(owned(record.source_text), owned(record.target_text)),
        pieces: Sides::default(),
        cost: Cost::from_nats(record.cost),
        confidence: record.confidence,
        evidence: record
            .evidence
            .into_iter()
            .filter_map(|e| {
                // A kind that a later version invented is passed over.
                let kind = EvidenceKind::from_name(&e.kind)?;
                let matches = e.matches.into_iter().map(|m| MatchView {
                    value: owned(m.value),
                    texts: Sides::new(owned(m.source), owned(m.target)),
                });
                let unmatched = e.unmatched.into_iter().map(|u| UnmatchedView {
                    side: if u.side == SideRecord::Source { Side::Source } else { Side::Target },
                    value: owned(u.value),
                });
                Some(EvidenceView {
                    kind,
                    cost: Cost::from_nats(e.cost),
                    matches: matches.collect(),
                    unmatched: unmatched.collect(),
                })
            })
            .collect(),
        doubts: record
            .doubts
            .into_iter()
            .map(|d| DoubtView { name: owned(d.doubt), text: owned(d.text) })
            .collect(),
        crossing: record.crossing,
        pinned: record.pinned,
        review: record
            .status
            .map(|status| ReviewView { status: owned(status), comment: owned(record.comment) }),
    })
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn consecutive(indices: &[usize]) -> Option<Range<usize>> {
    let Some(&first) = indices.first() else { return Some(0..0) };
    let end = first.checked_add(indices.len())?;
    indices.iter().copied().eq(first..end).then_some(first..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::jsonl;

    #[test]
    fn what_was_written_is_read_back() {
        let bead = BeadView {
            segments: Sides::new(3..5, 2..3),
            texts: Sides::new("العراق \u{200f}\"\n".into(), "Iraq\u{a0}".into()),
            pieces: Sides::default(),
            cost: Cost::from_nats(-12.3456),
            // A number that comes back off by its last bit unless the reader takes care.
            confidence: Some(0.944_774_300_216_527_3),
            evidence: vec![EvidenceView {
                kind: EvidenceKind::Dates,
                cost: Cost::from_nats(-7.5),
                matches: vec![MatchView {
                    value: "2024-07-22".into(),
                    texts: Sides::new("22 تموز".into(), "July 22".into()),
                }],
                unmatched: vec![UnmatchedView { side: Side::Target, value: "7".into() }],
            }],
            doubts: vec![DoubtView { name: "missing-value".into(), text: "7 …".into() }],
            crossing: true,
            pinned: false,
            review: None,
        };
        let null = BeadView {
            segments: Sides::new(5..6, 0..0),
            texts: Sides::new("x".into(), "".into()),
            evidence: Vec::new(),
            doubts: Vec::new(),
            confidence: None,
            review: Some(ReviewView { status: "flagged".into(), comment: "راجع \"\n".into() }),
            ..bead.clone()
        };
        let accepted = BeadView {
            review: Some(ReviewView { status: "accepted".into(), comment: "".into() }),
            ..bead.clone()
        };
        let mut file = Vec::new();
        jsonl::write([bead.clone(), null.clone(), accepted.clone()], &mut file).unwrap();
        assert_eq!(read(&*file).unwrap(), [bead, null, accepted]);
    }

    #[test]
    fn the_fields_are_those_that_the_documentation_names() {
        let mut file = Vec::new();
        let bead = BeadView {
            segments: Sides::new(0..2, 4..5),
            texts: Sides::new("a b".into(), "c".into()),
            pieces: Sides::default(),
            cost: Cost::from_nats(-1.5),
            confidence: None,
            evidence: Vec::new(),
            doubts: Vec::new(),
            crossing: false,
            pinned: false,
            review: None,
        };
        jsonl::write([bead], &mut file).unwrap();
        insta::assert_snapshot!(String::from_utf8(file).unwrap(), @r#"{"source":[0,1],"target":[4],"source_text":"a b","target_text":"c","type":"2-1","cost":-1.5,"confidence":null,"evidence":[],"doubts":[],"crossing":false,"pinned":false}"#);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        let line = |source: &str| {
            format!(
                "{{\"source\":{source},\"target\":[0],\"source_text\":\"\",\"target_text\":\"\",\"type\":\"1-1\"}}\n"
            )
        };
        assert!(read(line("[0,1]").as_bytes()).is_ok());
        insta::assert_snapshot!(error(&format!("{}{}", line("[0]"), line("[1,3]"))), @"line 2: the source segments are not consecutive");
        insta::assert_snapshot!(error("\n{\"source\":[0]}"), @"line 2 is not a pair of a saved alignment: missing field `target` at line 1 column 14");
        insta::assert_snapshot!(error("\n\n"), @"it holds no pair");
    }
}
