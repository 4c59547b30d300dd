//! What changed between two snapshots of the same documents.
//!
//! In: an older and a newer [`Snapshot`], and the known alignment where there is one. Out: [`Change`]s in the
//! order of the documents. Guarantee: there is none exactly if both hold the same beads in the same order with the
//! same standing and evidence. Beads are told by their texts, so that text put in before them changes nothing.

use std::fmt;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Snapshot, SnapshotBead};
use crate::evaluate::Gold;

/// What became of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// It is worse: fewer beads are those of the known alignment, or, where none is known, fewer segments are linked.
    Broken,
    /// It is better, by the same measure.
    Mended,
    /// It is cut otherwise, and neither better nor worse by that measure.
    Moved,
    /// The beads are the same; their confidence, evidence or doubts are not.
    Evidence,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Broken => "broken",
            Self::Mended => "mended",
            Self::Moved => "moved",
            Self::Evidence => "evidence",
        })
    }
}

/// A place that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// The older beads there.
    pub before: Vec<SnapshotBead>,
    /// The newer beads there.
    pub after: Vec<SnapshotBead>,
}

/// What changed from `before` to `after`. The known alignment counts only where it covers the segments of both.
pub fn compare(before: &Snapshot, after: &Snapshot, gold: Option<&Gold>) -> Vec<Change> {
    let covers = |s: &Snapshot, g: &Gold| g.size() == (s.sizes.source, s.sizes.target);
    let gold = gold.filter(|g| covers(before, g) && covers(after, g));
    let texts = |s: &Snapshot| -> Vec<(String, String)> {
        s.beads.iter().map(|b| (b.texts.source.clone(), b.texts.target.clone())).collect()
    };
    let (old, new) = (texts(before), texts(after));
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (&before.beads[op.old_range()], &after.beads[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            let differ = old.iter().zip(new).filter(|(o, n)| {
                o.standing != n.standing || o.evidence != n.evidence || o.bead_type() != n.bead_type()
            });
            changes.extend(differ.map(|(old, new)| Change {
                kind: if old.bead_type() == new.bead_type() { Kind::Evidence } else { Kind::Moved },
                before: vec![old.clone()],
                after: vec![new.clone()],
            }));
        } else {
            let kind = match merit(new, gold).cmp(&merit(old, gold)) {
                std::cmp::Ordering::Less => Kind::Broken,
                std::cmp::Ordering::Greater => Kind::Mended,
                std::cmp::Ordering::Equal => Kind::Moved,
            };
            changes.push(Change { kind, before: old.to_vec(), after: new.to_vec() });
        }
    }
    changes
}

/// How many beads are those of the known alignment, or how many segments are linked.
fn merit(beads: &[SnapshotBead], gold: Option<&Gold>) -> usize {
    let Some(gold) = gold else {
        let linked = beads.iter().filter(|b| !b.is_null());
        return linked.map(|b| b.segments.source.len() + b.segments.target.len()).sum();
    };
    beads
        .iter()
        .filter(|b| gold.beads().iter().any(|g| g.holds_just(&b.segments.source, &b.segments.target)))
        .count()
}

impl fmt::Display for Change {
    /// The place in both languages: what went behind `-`, what came behind `+`, what stayed behind a space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "@ {}", self.kind)?;
        let lines =
            |beads: &[SnapshotBead]| -> Vec<String> { beads.iter().flat_map(SnapshotBead::lines).collect() };
        if self.kind != Kind::Evidence {
            for (sign, beads) in [('-', &self.before), ('+', &self.after)] {
                for line in lines(beads) {
                    writeln!(f, "{sign} {line}")?;
                }
            }
            return Ok(());
        }
        let (old, new) = (lines(&self.before), lines(&self.after));
        // Segments may have other numbers now, which is no change of theirs.
        let bare = |line: &String| {
            line.strip_prefix(['S', 'T'])
                .and_then(|t| t.split_once("| "))
                .map_or_else(|| line.clone(), |(_, text)| text.to_owned())
        };
        let keys = |lines: &[String]| lines.iter().map(bare).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new)) {
            if matches!(op, DiffOp::Equal { .. }) {
                for line in &new[op.new_range()] {
                    writeln!(f, "  {line}")?;
                }
            } else {
                for line in &old[op.old_range()] {
                    writeln!(f, "- {line}")?;
                }
                for line in &new[op.new_range()] {
                    writeln!(f, "+ {line}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "\
muqabala snapshot 1
ar 3 | en 3

1-1  0.99
S1| أول
T1| One.
  words -3.00: one

2-1  0.90
S2-3| ثان. ثالث.
T2| Two. Three.
  words -2.00: two

0-1  0.50
T3| Four.
";

    fn snapshot(text: &str) -> Snapshot {
        text.parse().unwrap()
    }

    fn changes(after: &str, gold: Option<&str>) -> String {
        let gold = gold.map(|text| Gold::parse(text).unwrap());
        let changes = compare(&snapshot(BEFORE), &snapshot(after), gold.as_ref());
        changes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_the_same_is_no_change_even_with_other_numbers() {
        assert_eq!(changes(BEFORE, None), "");
        let later = BEFORE.replace("T3|", "T9|").replace("ar 3", "ar 4");
        assert_eq!(changes(&later, None), "");
    }

    #[test]
    fn evidence_alone_shows_the_lines_that_differ_among_both_texts() {
        let after = BEFORE.replace("1-1  0.99", "1-1  0.95").replace("words -3.00: one", "length -0.10");
        insta::assert_snapshot!(changes(&after, None), @r"
        @ evidence
        - 1-1  0.99
        + 1-1  0.95
          S1| أول
          T1| One.
        -   words -3.00: one
        +   length -0.10
        ");
    }

    #[test]
    fn without_gold_lost_links_are_broken_and_new_ones_mended() {
        let apart = BEFORE.replace(
            "2-1  0.90\nS2-3| ثان. ثالث.\nT2| Two. Three.\n  words -2.00: two\n",
            "1-1  0.70\nS2| ثان.\nT2| Two. Three.\n\n1-0  0.60\nS3| ثالث.\n",
        );
        insta::assert_snapshot!(changes(&apart, None), @r"
        @ broken
        - 2-1  0.90
        - S2-3| ثان. ثالث.
        - T2| Two. Three.
        -   words -2.00: two
        + 1-1  0.70
        + S2| ثان.
        + T2| Two. Three.
        + 1-0  0.60
        + S3| ثالث.
        ");
        let back = compare(&snapshot(&apart), &snapshot(BEFORE), None);
        assert_eq!(back.iter().map(|c| c.kind).collect::<Vec<_>>(), [Kind::Mended]);
    }

    #[test]
    fn with_gold_the_known_alignment_judges() {
        let apart = BEFORE.replace(
            "2-1  0.90\nS2-3| ثان. ثالث.\nT2| Two. Three.\n  words -2.00: two\n",
            "1-1  0.70\nS2| ثان.\nT2| Two. Three.\n\n1-0  0.60\nS3| ثالث.\n",
        );
        let kind = |gold: &str| {
            let gold = Gold::parse(gold).unwrap();
            compare(&snapshot(BEFORE), &snapshot(&apart), Some(&gold))[0].kind
        };
        assert_eq!(kind("0\t0\n1\t1\n2\t\n\t2\n"), Kind::Mended);
        assert_eq!(kind("0\t0\n1,2\t1\n\t2\n"), Kind::Broken);
        assert_eq!(kind("0\t0\n1,2\t1,2\n"), Kind::Moved);
        // A known alignment of other documents says nothing.
        assert_eq!(kind("0\t0\n"), Kind::Broken);
    }
}
