//! The text of a snapshot → the snapshot.

use std::ops::Range;
use std::str::FromStr;

use super::{HEADING, Snapshot, SnapshotBead};
use crate::bitext::Sides;

/// A text that is no snapshot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The first line is not that of a snapshot of this form.
    #[error("it does not begin with `{HEADING}`; write it again without --check")]
    Heading,
    /// A line cannot be read.
    #[error("line {line} is not {expected}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
}

impl FromStr for Snapshot {
    type Err = SnapshotError;

    fn from_str(text: &str) -> Result<Self, SnapshotError> {
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, line)| line != HEADING) {
            return Err(SnapshotError::Heading);
        }
        let sides = lines.next().and_then(|(_, line)| {
            let (source, target) = line.split_once(" | ")?;
            Some(Sides::new(language(source)?, language(target)?))
        });
        let expected = "`LANGUAGE SEGMENTS | LANGUAGE SEGMENTS`";
        let Sides { source, target } = sides.ok_or(SnapshotError::Line { line: 2, expected })?;
        let mut snapshot = Self {
            languages: Sides::new(source.0, target.0),
            sizes: Sides::new(source.1, target.1),
            beads: Vec::new(),
        };
        let mut begins = true;
        for (number, line) in lines {
            let fail = |expected| SnapshotError::Line { line: number, expected };
            if line.is_empty() {
                begins = true;
            } else if std::mem::take(&mut begins) {
                let standing = line.split_once("  ").ok_or(fail("a type and a confidence"))?.1;
                snapshot.beads.push(SnapshotBead {
                    segments: Sides::new(0..0, 0..0),
                    texts: Sides::default(),
                    standing: standing.to_owned(),
                    evidence: Vec::new(),
                });
            } else {
                let bead = snapshot.beads.last_mut().ok_or(fail("a bead"))?;
                read_line(bead, line).ok_or(fail("a text behind `S1|` or `T1|`, or indented evidence"))?;
            }
        }
        Ok(snapshot)
    }
}

fn language(text: &str) -> Option<(String, usize)> {
    let (code, count) = text.split_once(' ')?;
    Some((code.to_owned(), count.parse().ok()?))
}

fn read_line(bead: &mut SnapshotBead, line: &str) -> Option<()> {
    if let Some(evidence) = line.strip_prefix("  ") {
        bead.evidence.push(evidence.to_owned());
        return Some(());
    }
    let (key, text) = line.split_once('|')?;
    let text = text.strip_prefix(' ').unwrap_or(text).to_owned();
    let (segments, shown) = match key.split_at_checked(1)? {
        ("S", range) => (&mut bead.segments.source, (range, &mut bead.texts.source)),
        ("T", range) => (&mut bead.segments.target, (range, &mut bead.texts.target)),
        _ => return None,
    };
    *segments = range(shown.0)?;
    *shown.1 = text;
    Some(())
}

/// `9` or `9-10`, counted from 1.
fn range(text: &str) -> Option<Range<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    (first >= 1 && first <= last).then(|| first - 1..last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
muqabala snapshot 1
ar 3 | en 2

2-1  0.97
S1-2| التقى الوزيران. اتفقا.
T1| The ministers met | and agreed.
  words -3.00: met, ministers
  doubt close-rival: a 1-1 pair may stand here instead (0.40)

1-0  0.90 pinned
S3| وحدها

0-1  -
T2| alone
";

    #[test]
    fn what_is_read_is_what_was_written() {
        let snapshot: Snapshot = TEXT.parse().unwrap();
        assert_eq!(snapshot.to_string(), TEXT);
        assert_eq!(snapshot.beads[0].segments, Sides::new(0..2, 0..1));
        assert_eq!(snapshot.beads[0].texts.target, "The ministers met | and agreed.");
    }

    #[test]
    fn what_is_no_snapshot_is_told_with_its_line() {
        let said = |text: &str| text.parse::<Snapshot>().unwrap_err().to_string();
        insta::assert_snapshot!(said(""), @"it does not begin with `muqabala snapshot 1`; write it again without --check");
        insta::assert_snapshot!(said("muqabala snapshot 1\nar | en"), @"line 2 is not `LANGUAGE SEGMENTS | LANGUAGE SEGMENTS`");
        insta::assert_snapshot!(said(&TEXT.replace("2-1  ", "2-1 ")), @"line 4 is not a type and a confidence");
        insta::assert_snapshot!(said(&TEXT.replace("S3|", "S0|")), @"line 11 is not a text behind `S1|` or `T1|`, or indented evidence");
        insta::assert_snapshot!(said(&TEXT.replace("S3|", "X3|")), @"line 11 is not a text behind `S1|` or `T1|`, or indented evidence");
    }
}
