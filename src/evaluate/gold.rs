//! Gold files: `source indices<TAB>target indices` a line, from 0, separated by commas; one side may be empty.
//!
//! Empty lines and lines that begin with `#` are passed over. Beads may cross, but each holds consecutive
//! segments, and every segment stands in exactly one bead.

use crate::bitext::{Bead, Side};

/// The known alignment of two documents: a partition of both sides, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    beads: Vec<Bead>,
    size: (usize, usize),
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
    /// An index is no number.
    #[error("line {line}: `{text}` is not a segment index (a whole number from 0)")]
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
    /// The segments of one side of a bead do not follow each other.
    #[error("line {line}: the {side} segments of a bead must follow each other")]
    NotConsecutive {
        /// The line, from 1.
        line: usize,
        /// The side.
        side: Side,
    },
    /// A segment stands in two beads.
    #[error("line {line}: {side} segment {segment} stands in line {first} already")]
    Twice {
        /// The line, from 1.
        line: usize,
        /// The side.
        side: Side,
        /// The segment, from 0.
        segment: usize,
        /// The line where it stands first.
        first: usize,
    },
    /// A segment stands in no bead.
    #[error("{side} segment {segment} stands in no bead, though {last} does")]
    Missing {
        /// The side.
        side: Side,
        /// The first segment missing, from 0.
        segment: usize,
        /// The last segment that stands in a bead.
        last: usize,
    },
    /// There is no bead.
    #[error("it holds no bead")]
    Empty,
}

impl Gold {
    /// Reads a gold file.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        let mut beads = Vec::new();
        let mut lines = [Vec::new(), Vec::new()];
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let number = index + 1;
            let fields: Vec<&str> = line.split('\t').collect();
            let &[source, target] = &fields[..] else {
                return Err(GoldError::Fields { line: number, found: fields.len() });
            };
            let source = parse_side(source, Side::Source, number)?;
            let target = parse_side(target, Side::Target, number)?;
            if source.0 == source.1 && target.0 == target.1 {
                return Err(GoldError::EmptyBead { line: number });
            }
            for (side, owners, range) in [(Side::Source, 0, source), (Side::Target, 1, target)] {
                claim(&mut lines[owners], side, range, number)?;
            }
            beads.push(Bead::new(source, target));
        }
        if beads.is_empty() {
            return Err(GoldError::Empty);
        }
        let [source, target] = &lines;
        check_complete(source, Side::Source)?;
        check_complete(target, Side::Target)?;
        Ok(Self { beads, size: (source.len(), target.len()) })
    }

    /// The beads, in the order of the file.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// How many source and target segments there are.
    pub const fn size(&self) -> (usize, usize) {
        self.size
    }
}

/// Indices up to this are accepted; more segments than that do not fit a document.
const MOST: usize = 1 << 28;

fn parse_side(field: &str, side: Side, line: usize) -> Result<(u32, u32), GoldError> {
    let mut indices = Vec::new();
    for text in field.split(',').map(str::trim).filter(|t| !t.is_empty()) {
        let index = text.parse::<usize>().ok().filter(|&i| i < MOST);
        indices.push(index.ok_or_else(|| GoldError::Index { line, text: text.to_owned() })?);
    }
    let Some(&first) = indices.first() else { return Ok((0, 0)) };
    if !indices.iter().copied().eq(first..first + indices.len()) {
        return Err(GoldError::NotConsecutive { line, side });
    }
    Ok((first as u32, (first + indices.len()) as u32))
}

fn claim(
    owners: &mut Vec<Option<usize>>,
    side: Side,
    (start, end): (u32, u32),
    line: usize,
) -> Result<(), GoldError> {
    for segment in start as usize..end as usize {
        if owners.len() <= segment {
            owners.resize(segment + 1, None);
        }
        if let Some(first) = owners[segment].replace(line) {
            return Err(GoldError::Twice { line, side, segment, first });
        }
    }
    Ok(())
}

fn check_complete(owners: &[Option<usize>], side: Side) -> Result<(), GoldError> {
    match owners.iter().position(Option::is_none) {
        Some(segment) => Err(GoldError::Missing { side, segment, last: owners.len() - 1 }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Gold::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_gold_file_is_read_with_crossing_and_null_beads() {
        let gold = Gold::parse("# title\n0,1\t1\r\n\n2\t0\n3\t\n\t2, 3\n").unwrap();
        assert_eq!(gold.size(), (4, 4));
        let types: Vec<_> = gold.beads().iter().map(|b| b.bead_type().to_string()).collect();
        assert_eq!(types, ["2-1", "1-1", "1-0", "0-2"]);
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        insta::assert_snapshot!(error("0\t0\n1 1\n"), @"line 2: expected two fields separated by one tab, found 1");
        insta::assert_snapshot!(error("0\t0\t0\n"), @"line 1: expected two fields separated by one tab, found 3");
        insta::assert_snapshot!(error("0\tx\n"), @"line 1: `x` is not a segment index (a whole number from 0)");
        insta::assert_snapshot!(error("-1\t0\n"), @"line 1: `-1` is not a segment index (a whole number from 0)");
        insta::assert_snapshot!(error("99999999999999999999\t0\n"), @"line 1: `99999999999999999999` is not a segment index (a whole number from 0)");
        insta::assert_snapshot!(error("0\t0\n,\t\n"), @"line 2: a bead needs a segment on one side at least");
        insta::assert_snapshot!(error("0,2\t0\n"), @"line 1: the source segments of a bead must follow each other");
        insta::assert_snapshot!(error("0\t0\n1\t0,1\n"), @"line 2: target segment 0 stands in line 1 already");
        insta::assert_snapshot!(error("0\t0\n2\t1\n"), @"source segment 1 stands in no bead, though 2 does");
        insta::assert_snapshot!(error("# nothing\n"), @"it holds no bead");
    }
}
