//! Gold files, as people write them and as they are published.
//!
//! In: a text in one of three forms. Out: a [`Gold`]. Guarantee: every line is understood, or an error names it.
//!
//! - `source indices<TAB>target indices` a line, from 0, separated by commas; one side may be empty.
//! - `[0, 1]:[2]` a line, with or without `:COST` after it: vecalign's form, in which Text+Berg is published.
//! - `source<TAB>target<TAB>score` a line: a ladder of hunalign's, whose beads lie between its rungs.
//!
//! Empty lines and lines that begin with `#` are passed over. Beads may cross and stand in any order. They may leave
//! segments out, hold segments that do not follow each other, and share segments: [`Gold::irregular`] says so.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::bitext::{Bead, BeadType};

/// Source and target segments that correspond; they need not follow each other. One side may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoldBead {
    source: Vec<u32>,
    target: Vec<u32>,
}

impl GoldBead {
    fn new(mut source: Vec<u32>, mut target: Vec<u32>) -> Self {
        for side in [&mut source, &mut target] {
            side.sort_unstable();
            side.dedup();
        }
        Self { source, target }
    }

    /// The source segments, rising.
    pub fn source(&self) -> &[u32] {
        &self.source
    }

    /// The target segments, rising.
    pub fn target(&self) -> &[u32] {
        &self.target
    }

    /// Whether one side is empty.
    pub const fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }

    /// How many segments stand on each side.
    pub const fn bead_type(&self) -> BeadType {
        BeadType { source: self.source.len() as u32, target: self.target.len() as u32 }
    }

    /// Whether it holds all segments of `bead`.
    pub fn contains(&self, bead: Bead) -> bool {
        let holds =
            |own: &[u32], mut range: Range<usize>| range.all(|i| own.binary_search(&(i as u32)).is_ok());
        holds(&self.source, bead.source.indices()) && holds(&self.target, bead.target.indices())
    }

    /// Whether it holds these very segments; an empty side stands nowhere.
    pub fn holds_just(&self, source: &Range<usize>, target: &Range<usize>) -> bool {
        let same = |own: &[u32], range: &Range<usize>| range.clone().eq(own.iter().map(|&i| i as usize));
        same(&self.source, source) && same(&self.target, target)
    }

    fn follows(&self) -> bool {
        let follows = |own: &[u32]| own.windows(2).all(|w| w[0] + 1 == w[1]);
        follows(&self.source) && follows(&self.target)
    }
}

impl From<Bead> for GoldBead {
    fn from(bead: Bead) -> Self {
        let of = |range: Range<usize>| range.map(|i| i as u32).collect();
        Self { source: of(bead.source.indices()), target: of(bead.target.indices()) }
    }
}

/// The known alignment of two documents, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    beads: Vec<GoldBead>,
    size: (usize, usize),
    /// By side, how many segments below the size stand in no bead, and how many in several.
    missing: (usize, usize),
    shared: (usize, usize),
    /// How many beads have a side whose segments do not follow each other.
    torn: usize,
}

/// A gold file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// A line has not two fields.
    #[error("line {line}: expected two fields separated by one tab, found {found}")]
    Fields {
        /// The line, from 1.
        line: usize,
        /// How many fields it has.
        found: usize,
    },
    /// A line is not of vecalign's form, though the first is.
    #[error("line {line}: expected `[source indices]:[target indices]`, with or without `:cost`")]
    Brackets {
        /// The line, from 1.
        line: usize,
    },
    /// A line is no rung, though the first is.
    #[error(
        "line {line}: expected a rung: source segments before it, target segments before it and a score, separated by tabs"
    )]
    Rung {
        /// The line, from 1.
        line: usize,
    },
    /// A rung lies before the one above it.
    #[error("line {line}: the rung lies before the one above it")]
    Falling {
        /// The line, from 1.
        line: usize,
    },
    /// An index is no number.
    #[error("line {line}: `{text}` is not a segment index (a whole number from 0 to {})", MOST - 1)]
    Index {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// Both sides of a line are empty.
    #[error("line {line}: a bead needs a segment on one side at least")]
    EmptyBead {
        /// The line, from 1.
        line: usize,
    },
    /// There is no bead.
    #[error("it holds no bead")]
    Empty,
}

/// The forms of gold files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Tabs,
    Brackets,
    Ladder,
}

impl Gold {
    /// Reads a gold file; its first line shows its form.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        let lines = text.trim_start_matches('\u{feff}').lines();
        let lines = (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let lines: Vec<(usize, &str)> = lines.collect();
        let Some(&(_, first)) = lines.first() else { return Err(GoldError::Empty) };
        let form = if first.trim_start().starts_with('[') {
            Form::Brackets
        } else if first.split('\t').count() == 3 {
            Form::Ladder
        } else {
            Form::Tabs
        };
        let beads = match form {
            Form::Ladder => ladder(&lines)?,
            Form::Tabs => lines.iter().map(|&(line, text)| tabs(line, text)).collect::<Result<_, _>>()?,
            Form::Brackets => {
                lines.iter().map(|&(line, text)| brackets(line, text)).collect::<Result<_, _>>()?
            }
        };
        if beads.is_empty() {
            return Err(GoldError::Empty);
        }
        let (source, target) = (uses(beads.iter().map(|b| &b.source)), uses(beads.iter().map(|b| &b.target)));
        Ok(Self {
            size: (source.size, target.size),
            missing: (source.size - source.used, target.size - target.used),
            shared: (source.shared, target.shared),
            torn: beads.iter().filter(|bead| !bead.follows()).count(),
            beads,
        })
    }

    /// The beads, in the order of the file.
    pub fn beads(&self) -> &[GoldBead] {
        &self.beads
    }

    /// How many source and target segments there are, up to the last one named.
    pub const fn size(&self) -> (usize, usize) {
        self.size
    }

    /// Whether every segment up to the last stands in exactly one bead, among neighbours.
    pub fn is_partition(&self) -> bool {
        (self.missing, self.shared, self.torn) == ((0, 0), (0, 0), 0)
    }

    /// What is irregular about it for documents of `size` segments, in a few words; `None` if every segment stands
    /// in exactly one bead, among neighbours.
    pub fn irregular(&self, size: (usize, usize)) -> Option<String> {
        let missing = (
            self.missing.0 + size.0.saturating_sub(self.size.0),
            self.missing.1 + size.1.saturating_sub(self.size.1),
        );
        let mut said = Vec::new();
        if missing != (0, 0) {
            said.push(format!("{} source and {} target segments stand in no bead", missing.0, missing.1));
        }
        if self.shared != (0, 0) {
            said.push(format!("{} source and {} target segments in several", self.shared.0, self.shared.1));
        }
        if self.torn > 0 {
            said.push(format!("{} of its beads hold segments that do not follow each other", self.torn));
        }
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// Indices below this are accepted: a rung of a ladder stands for all segments before it, which take time and memory.
const MOST: usize = 1 << 21;

fn index(text: &str, line: usize) -> Result<u32, GoldError> {
    let index = text.parse::<usize>().ok().filter(|&i| i < MOST);
    index.map(|i| i as u32).ok_or_else(|| GoldError::Index { line, text: text.to_owned() })
}

fn indices(field: &str, line: usize) -> Result<Vec<u32>, GoldError> {
    field.split(',').map(str::trim).filter(|t| !t.is_empty()).map(|text| index(text, line)).collect()
}

fn bead(source: &str, target: &str, line: usize) -> Result<GoldBead, GoldError> {
    let bead = GoldBead::new(indices(source, line)?, indices(target, line)?);
    if bead.source.is_empty() && bead.target.is_empty() {
        return Err(GoldError::EmptyBead { line });
    }
    Ok(bead)
}

fn tabs(line: usize, text: &str) -> Result<GoldBead, GoldError> {
    let fields: Vec<&str> = text.split('\t').collect();
    let &[source, target] = &fields[..] else {
        return Err(GoldError::Fields { line, found: fields.len() });
    };
    bead(source, target, line)
}

fn brackets(line: usize, text: &str) -> Result<GoldBead, GoldError> {
    let parts = || {
        let (source, rest) = text.trim().strip_prefix('[')?.split_once("]:[")?;
        let (target, cost) = rest.split_once(']')?;
        let ends = cost.is_empty() || cost.strip_prefix(':').is_some_and(|c| c.trim().parse::<f64>().is_ok());
        ends.then_some((source, target))
    };
    let (source, target) = parts().ok_or(GoldError::Brackets { line })?;
    bead(source, target, line)
}

/// The beads between the rungs.
fn ladder(lines: &[(usize, &str)]) -> Result<Vec<GoldBead>, GoldError> {
    let mut beads = Vec::new();
    let mut last: Option<(u32, u32)> = None;
    for &(line, text) in lines {
        let fields: Vec<&str> = text.split('\t').map(str::trim).collect();
        let &[source, target, score] = &fields[..] else { return Err(GoldError::Rung { line }) };
        if score.parse::<f64>().is_err() {
            return Err(GoldError::Rung { line });
        }
        let rung = (index(source, line)?, index(target, line)?);
        if let Some(last) = last {
            if rung.0 < last.0 || rung.1 < last.1 {
                return Err(GoldError::Falling { line });
            }
            if rung != last {
                beads.push(GoldBead::new((last.0..rung.0).collect(), (last.1..rung.1).collect()));
            }
        }
        last = Some(rung);
    }
    Ok(beads)
}

/// How the segments of a side are used.
struct Uses {
    size: usize,
    used: usize,
    shared: usize,
}

fn uses<'a>(beads: impl Iterator<Item = &'a Vec<u32>>) -> Uses {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    beads.flatten().for_each(|&segment| *counts.entry(segment).or_default() += 1);
    Uses {
        size: counts.last_key_value().map_or(0, |(&last, _)| last as usize + 1),
        used: counts.len(),
        shared: counts.values().filter(|&&count| count > 1).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Gold::parse(text).unwrap_err().to_string()
    }

    fn types(gold: &Gold) -> Vec<String> {
        gold.beads().iter().map(|b| b.bead_type().to_string()).collect()
    }

    #[test]
    fn a_gold_file_is_read_with_crossing_and_null_beads() {
        let gold = Gold::parse("# title\n0,1\t1\r\n\n2\t0\n3\t\n\t2, 3\n").unwrap();
        assert_eq!(gold.size(), (4, 4));
        assert_eq!(types(&gold), ["2-1", "1-1", "1-0", "0-2"]);
        assert!(gold.is_partition());
        assert_eq!(gold.irregular((4, 4)), None);
    }

    #[test]
    fn published_gold_may_be_out_of_order_and_leave_gaps() {
        let gold = Gold::parse("[4, 5]:[3]:0.25\n[0]:[1]\n[1]:[]:-1e-3\n [1, 0]:[1]\r\n[9]:[8]\n").unwrap();
        assert_eq!(gold.size(), (10, 9));
        assert_eq!(types(&gold), ["2-1", "1-1", "1-0", "2-1", "1-1"]);
        assert!(!gold.is_partition());
        insta::assert_snapshot!(gold.irregular((10, 12)).unwrap(), @"5 source and 9 target segments stand in no bead, 2 source and 1 target segments in several");
        let torn = Gold::parse("0,2\t0\n1\t1\n").unwrap();
        insta::assert_snapshot!(torn.irregular((3, 2)).unwrap(), @"1 of its beads hold segments that do not follow each other");
    }

    #[test]
    fn the_beads_of_a_ladder_lie_between_its_rungs() {
        let gold = Gold::parse("0\t0\t0.3\n1\t1\t0.3\n1\t2\t-0.3\n1\t2\t0\n3\t4\t1.25\n4\t4\t0\n").unwrap();
        assert_eq!(gold.size(), (4, 4));
        assert_eq!(types(&gold), ["1-1", "0-1", "2-2", "1-0"]);
        assert!(gold.is_partition());
        let later = Gold::parse("1\t0\t0\n2\t1\t0\n").unwrap();
        insta::assert_snapshot!(later.irregular((2, 1)).unwrap(), @"1 source and 0 target segments stand in no bead");
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        insta::assert_snapshot!(error("0\t0\n1 1\n"), @"line 2: expected two fields separated by one tab, found 1");
        insta::assert_snapshot!(error("0\t0\n0\t0\t0\n"), @"line 2: expected two fields separated by one tab, found 3");
        insta::assert_snapshot!(error("0\tx\n"), @"line 1: `x` is not a segment index (a whole number from 0 to 2097151)");
        insta::assert_snapshot!(error("-1\t0\n"), @"line 1: `-1` is not a segment index (a whole number from 0 to 2097151)");
        insta::assert_snapshot!(error("99999999999999999999\t0\n"), @"line 1: `99999999999999999999` is not a segment index (a whole number from 0 to 2097151)");
        insta::assert_snapshot!(error("0\t0\n,\t\n"), @"line 2: a bead needs a segment on one side at least");
        insta::assert_snapshot!(error("[0]:[0]\n[1]:2\n"), @"line 2: expected `[source indices]:[target indices]`, with or without `:cost`");
        insta::assert_snapshot!(error("[0]:[0]:dear\n"), @"line 1: expected `[source indices]:[target indices]`, with or without `:cost`");
        insta::assert_snapshot!(error("[0]:[a]\n"), @"line 1: `a` is not a segment index (a whole number from 0 to 2097151)");
        insta::assert_snapshot!(error("0\t0\t0\n1\t1\n"), @"line 2: expected a rung: source segments before it, target segments before it and a score, separated by tabs");
        insta::assert_snapshot!(error("0\t0\t0\n2\t2\t0\n1\t3\t0\n"), @"line 3: the rung lies before the one above it");
        insta::assert_snapshot!(error("0\t0\t0\n"), @"it holds no bead");
        insta::assert_snapshot!(error("# nothing\n"), @"it holds no bead");
    }
}
