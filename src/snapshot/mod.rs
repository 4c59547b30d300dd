//! Alignments in a form that people read and tools compare line by line, to guard a corpus against regressions.
//!
//! In: the beads of an alignment, or a snapshot written earlier. Out: a [`Snapshot`], its text, and what changed
//! between two of them ([`compare`]). Guarantee: the same beads always give the same text; a text that was written
//! here is read back to the same snapshot. Texts are for eyes: white space is folded, invisible characters are named.
//!
//! ```text
//! muqabala snapshot 1
//! ar 44 | en 28
//!
//! 1-1  0.99
//! S9| قادت وزارتا الدفاع …
//! T3| The defense departments …
//!   words -14.20: departments, defense
//!   dates -7.00: 2024-07-22, 2024-07-23
//! ```

pub mod compare;
mod read;

use std::fmt;
use std::ops::Range;

use crate::bitext::{Side, Sides};
use crate::export::BeadView;
use crate::export::readable::{key, shown};

pub use read::SnapshotError;

/// The first line of a snapshot; the number grows with the form.
const HEADING: &str = "muqabala snapshot 1";

/// An alignment as a snapshot holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// The languages' codes.
    pub languages: Sides<String>,
    /// How many segments each side has.
    pub sizes: Sides<usize>,
    /// The beads, null beads too, in the order of the alignment.
    pub beads: Vec<SnapshotBead>,
}

/// A bead as a snapshot holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SnapshotBead {
    /// The indices of its segments.
    pub segments: Sides<Range<usize>>,
    /// Its texts as shown; empty where it has no segment.
    pub texts: Sides<String>,
    /// Its confidence to two decimals, `-` where it is not known, with marks such as `moved` and `pinned`.
    pub standing: String,
    /// An item of evidence or a doubt a line.
    pub evidence: Vec<String>,
}

impl Snapshot {
    /// The snapshot of `beads`.
    pub fn of<'a>(beads: impl IntoIterator<Item = BeadView<'a>>, languages: Sides<String>) -> Self {
        let beads: Vec<SnapshotBead> = beads.into_iter().map(|bead| SnapshotBead::of(&bead)).collect();
        let size = |side| beads.iter().map(|b| b.segments.get(side).len()).sum();
        Self { languages, sizes: Sides::new(size(Side::Source), size(Side::Target)), beads }
    }
}

impl SnapshotBead {
    fn of(bead: &BeadView<'_>) -> Self {
        let mut standing = bead.confidence.map_or_else(|| "-".to_owned(), |c| format!("{c:.2}"));
        for (is, mark) in [(bead.crossing, "moved"), (bead.pinned, "pinned")] {
            if is {
                standing.push(' ');
                standing.push_str(mark);
            }
        }
        let mut evidence = Vec::new();
        for item in &bead.evidence {
            let mut line = format!("{} {}", item.kind, item.cost);
            let mut values: Vec<String> = item.matches.iter().map(|m| shown(&m.value)).collect();
            values.extend(item.unmatched.iter().map(|u| format!("{} alone {}", u.side, shown(&u.value))));
            if !values.is_empty() {
                line.push_str(": ");
                line.push_str(&values.join(", "));
            }
            evidence.push(line);
        }
        evidence.extend(bead.doubts.iter().map(|d| format!("doubt {}: {}", d.name, shown(&d.text))));
        Self {
            segments: bead.segments.clone(),
            texts: Sides::new(shown(&bead.texts.source), shown(&bead.texts.target)),
            standing,
            evidence,
        }
    }

    /// Whether one side is empty.
    pub fn is_null(&self) -> bool {
        self.segments.source.is_empty() || self.segments.target.is_empty()
    }

    /// Its type, such as `2-1`.
    pub fn bead_type(&self) -> String {
        format!("{}-{}", self.segments.source.len(), self.segments.target.len())
    }

    /// Its lines: type and standing, a text a side, its evidence.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}  {}", self.bead_type(), self.standing)];
        for side in Side::BOTH {
            let segments = self.segments.get(side);
            if !segments.is_empty() {
                lines.push(format!("{} {}", key(side, segments), self.texts.get(side)));
            }
        }
        lines.extend(self.evidence.iter().map(|line| format!("  {line}")));
        lines
    }
}

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADING}")?;
        let side = |side| format!("{} {}", self.languages.get(side), self.sizes.get(side));
        writeln!(f, "{} | {}", side(Side::Source), side(Side::Target))?;
        for bead in &self.beads {
            writeln!(f)?;
            for line in bead.lines() {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}
