//! `clean`: leaves units out.
//!
//! In: a reader, and the kinds of findings for which a unit is left out. Out: a TMX with the others, as they
//! stand, byte for byte.

use std::io::{Read, Write};

use encoding_rs::Encoding;

use super::check::UnitChecker;
use super::edits::Edits;
use super::finding::Finding;
use super::kind::Kind;
use super::output::{MemoryError, Writer, next_whole, open};
use super::pairs::Context;

/// What to leave out.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CleanOptions {
    /// The encoding of the file, where the file itself does not say it right.
    pub encoding: Option<&'static Encoding>,
    /// A unit with one of these findings is left out.
    pub drop: Vec<Kind>,
    /// Whether units of other contexts are other units.
    pub context: Context,
}

impl CleanOptions {
    /// What is left out by default: units without a text on both sides, untranslated ones and repetitions.
    pub const DEFAULT_DROP: [Kind; 4] =
        [Kind::SingleVariant, Kind::EmptySegment, Kind::Untranslated, Kind::Duplicate];
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self { encoding: None, drop: Self::DEFAULT_DROP.to_vec(), context: Context::Counts }
    }
}

/// What was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CleanReport {
    /// Units written.
    pub units: u64,
    /// Units left out because they cannot be read.
    pub unreadable: u64,
    /// Texts outside of units that were left out.
    pub strays: u64,
    /// Units left out, by the first kind in the order of [`Kind::ALL`] that they have.
    pub left_out: Vec<(Kind, u64)>,
}

/// Writes the units of `input` that have none of the findings named; `told` hears of each left out and why.
///
/// # Errors
/// Those of reading and writing; a file that is no TMX or whose head is broken.
pub fn clean(
    input: impl Read,
    out: &mut impl Write,
    options: &CleanOptions,
    mut told: impl FnMut(&Finding),
) -> Result<CleanReport, MemoryError> {
    let (mut frames, view) = open(input, options.encoding)?;
    let mut report = CleanReport::default();
    let mut checker = UnitChecker::new(frames.head(), &view, options.context);
    let mut writer = Writer::new(out, frames.head(), &view);
    writer.begin(Edits::default())?;
    let mut findings = Vec::new();
    while next_whole(&mut frames, &mut report.unreadable, &mut told)? {
        let raw = frames.unit();
        findings.clear();
        checker.check(&raw, frames.head(), &mut findings);
        let reason = findings.iter().filter(|f| options.drop.contains(&f.kind)).min_by_key(|f| f.kind);
        if let Some(finding) = reason {
            match report.left_out.binary_search_by_key(&finding.kind, |(k, _)| *k) {
                Ok(index) => report.left_out[index].1 += 1,
                Err(index) => report.left_out.insert(index, (finding.kind, 1)),
            }
            told(finding);
            writer.pass_over(&raw, &mut told);
        } else {
            writer.unit(&raw, None, &mut told)?;
            report.units += 1;
        }
    }
    report.strays = writer.finish(frames.tail(), &mut told)?;
    Ok(report)
}
