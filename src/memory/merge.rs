//! `merge` and `split`: several memories into one, and one into several.
//!
//! Guarantee: units pass through byte for byte; what [`Splitter`] made, [`merge`] with [`Repeated::All`] makes
//! whole again, to the last byte of a file in UTF-8.

use std::io::{self, Read, Write};

use super::edits::Edits;
use super::finding::Finding;
use super::frames::{Frames, RawUnit, Tail};
use super::head::{HeadView, names_a_language};
use super::output::{MemoryError, Passed, Writer, next_whole, open, pass};
use super::pairs::{Context, pair_hashes};
use super::repeat::{Known, Repeats};
use super::unit::UnitView;

/// What to do with units whose texts were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeated {
    /// The first is kept.
    Once {
        /// Whether units of other contexts are other units.
        context: Context,
    },
    /// All are kept.
    All,
}

impl Repeated {
    /// The first of each context is kept.
    pub const ONCE: Self = Self::Once { context: Context::Counts };
}

impl Default for Repeated {
    fn default() -> Self {
        Self::ONCE
    }
}

/// What was merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct MergeReport {
    /// Units written.
    pub units: u64,
    /// Units left out because their texts were there before.
    pub repeated: u64,
    /// Units left out because they cannot be read.
    pub unreadable: u64,
    /// Texts outside of units that were left out.
    pub strays: u64,
}

/// Writes the units of all `inputs`, one after the other, under the header of the first; the end is that of
/// the last. `told` hears of the units left out because they cannot be read, with the number of their input
/// from 0.
///
/// Where a source text has several translations, the last file's come last, which OmegaT prefers.
///
/// # Errors
/// Those of reading and writing; a file that is no TMX; a source language that is not that of the first, with
/// the number of the input.
pub fn merge<R: Read>(
    inputs: impl IntoIterator<Item = R>,
    out: &mut impl Write,
    repeated: Repeated,
    mut told: impl FnMut(usize, &Finding),
) -> Result<MergeReport, (usize, MemoryError)> {
    let mut report = MergeReport::default();
    let mut repeats = Repeats::new();
    let mut source_lang: Option<String> = None;
    let mut writer: Option<Writer<'_, _>> = None;
    let mut out = Some(out);
    let mut tail: Option<Tail> = None;
    for (index, input) in inputs.into_iter().enumerate() {
        let mut told = |finding: &Finding| told(index, finding);
        let step = || -> Result<(), MemoryError> {
            let (mut frames, view) = open(input, None)?;
            let own = view.source_lang(frames.head()).to_owned();
            let expected = source_lang.get_or_insert_with(|| own.clone());
            if !expected.eq_ignore_ascii_case(&own) {
                return Err(MemoryError::OtherSource { expected: expected.clone(), found: own });
            }
            if let Some(out) = out.take() {
                writer.insert(Writer::new(out, frames.head(), &view)).begin(Edits::default())?;
            }
            let Some(writer) = &mut writer else { return Ok(()) };
            while next_whole(&mut frames, &mut report.unreadable, &mut told)? {
                let raw = frames.unit();
                let once = matches!(repeated, Repeated::Once { .. });
                if once && is_repeated(&raw, &own, repeated, &mut repeats) {
                    report.repeated += 1;
                    writer.pass_over(&raw, &mut told);
                    continue;
                }
                report.units += 1;
                writer.unit(&raw, None, &mut told)?;
            }
            writer.pass_over_end(frames.tail(), &mut told);
            tail = frames.tail().cloned();
            Ok(())
        };
        step().map_err(|error| (index, error))?;
    }
    if let Some(writer) = writer {
        report.strays = writer.close(tail.as_ref()).map_err(|error| (0, error.into()))?;
    }
    Ok(report)
}

fn is_repeated(raw: &RawUnit<'_>, lang: &str, repeated: Repeated, repeats: &mut Repeats) -> bool {
    let Repeated::Once { context } = repeated else { return false };
    let view = UnitView::new(raw);
    if view.variants.is_empty() {
        return false;
    }
    let source = if names_a_language(lang) { view.source(lang).unwrap_or(0) } else { 0 };
    let (one, other) = pair_hashes(raw, &view, source, context);
    matches!(repeats.meet(one, other, raw.number), Known::Same(_))
}

/// Cuts a memory into parts, each a whole TMX with the header of all.
pub struct Splitter<R> {
    frames: Frames<R>,
    view: HeadView,
    next: Passed,
    told: Vec<Finding>,
    unreadable: u64,
    strays: u64,
}

impl<R: Read> std::fmt::Debug for Splitter<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Splitter").finish_non_exhaustive()
    }
}

impl<R: Read> Splitter<R> {
    /// Reads up to the first unit.
    ///
    /// # Errors
    /// Those of reading; a file that is no TMX or whose head is broken.
    pub fn new(input: R) -> Result<Self, MemoryError> {
        let (frames, view) = open(input, None)?;
        let mut splitter =
            Self { frames, view, next: Passed::End, told: Vec::new(), unreadable: 0, strays: 0 };
        splitter.go_on()?;
        Ok(splitter)
    }

    /// Whether there are units left.
    pub const fn has_more(&self) -> bool {
        matches!(self.next, Passed::Unit)
    }

    /// What there is to tell since this was last asked: units that cannot be read, and what is left out around units.
    pub fn take_told(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.told)
    }

    /// How many units were left out so far because they cannot be read, and how many texts outside of units.
    pub const fn left_out(&self) -> (u64, u64) {
        (self.unreadable, self.strays)
    }

    /// Writes a part of at most `units` units; gives how many there were.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn part(&mut self, units: u64, out: &mut impl Write) -> io::Result<u64> {
        let mut writer = Writer::new(out, self.frames.head(), &self.view);
        writer.begin(Edits::default())?;
        let mut written = 0;
        while written < units && self.has_more() {
            let told = &mut self.told;
            writer.unit(&self.frames.unit(), None, &mut |finding| told.push(finding.clone()))?;
            written += 1;
            self.go_on()?;
        }
        let told = &mut self.told;
        self.strays += if matches!(self.next, Passed::Unit) {
            writer.part()?
        } else {
            writer.finish(self.frames.tail(), &mut |finding| told.push(finding.clone()))?
        };
        Ok(written)
    }

    fn go_on(&mut self) -> io::Result<()> {
        loop {
            self.next = pass(&mut self.frames)?;
            match &self.next {
                Passed::LeftOut(finding) => {
                    self.unreadable += 1;
                    self.told.push(finding.clone());
                }
                _ => return Ok(()),
            }
        }
    }
}
