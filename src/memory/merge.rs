//! `merge` and `split`: several memories into one, and one into several.
//!
//! Guarantee: units pass through byte for byte; what [`Splitter`] made, [`merge`] with [`Repeated::All`] makes
//! whole again, to the last byte of a file in UTF-8.

use std::io::{self, Read, Write};

use super::check::pair_hashes;
use super::edits::Edits;
use super::finding::Finding;
use super::frames::{Frames, RawUnit};
use super::head::{HeadView, names_a_language};
use super::output::{END, MemoryError, Passed, head_text, open, pass, tail_text};
use super::repeat::{Known, Repeats};
use super::unit::UnitView;

/// What to do with units whose texts were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeated {
    /// The first is kept.
    #[default]
    Once,
    /// All are kept.
    All,
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
    let mut end = END.to_owned();
    for (index, input) in inputs.into_iter().enumerate() {
        let step = || -> Result<(), MemoryError> {
            let (mut frames, view) = open(input, None)?;
            let own = view.source_lang(frames.head());
            match &source_lang {
                None => {
                    source_lang = Some(own.to_owned());
                    out.write_all(head_text(frames.head(), &view, Edits::default()).as_bytes())?;
                }
                Some(expected) if !expected.eq_ignore_ascii_case(own) => {
                    return Err(MemoryError::OtherSource {
                        expected: expected.clone(),
                        found: own.to_owned(),
                    });
                }
                Some(_) => {}
            }
            let lang = own.to_owned();
            loop {
                match pass(&mut frames)? {
                    Passed::LeftOut(finding) => {
                        report.unreadable += 1;
                        told(index, &finding);
                    }
                    Passed::Unit => {
                        let raw = frames.unit();
                        if repeated == Repeated::Once && is_repeated(&raw, &lang, &mut repeats) {
                            report.repeated += 1;
                            continue;
                        }
                        report.units += 1;
                        out.write_all(raw.gap.as_bytes())?;
                        out.write_all(raw.text.as_bytes())?;
                    }
                    Passed::End => break,
                }
            }
            end = tail_text(frames.tail(), frames.head().body);
            Ok(())
        };
        step().map_err(|error| (index, error))?;
    }
    let finish = |out: &mut _| -> io::Result<()> {
        Write::write_all(out, end.as_bytes())?;
        Write::flush(out)
    };
    finish(out).map_err(|error| (0, error.into()))?;
    Ok(report)
}

fn is_repeated(raw: &RawUnit<'_>, lang: &str, repeats: &mut Repeats) -> bool {
    let view = UnitView::new(raw);
    if view.variants.is_empty() {
        return false;
    }
    let source = if names_a_language(lang) { view.source(lang).unwrap_or(0) } else { 0 };
    let (one, other) = pair_hashes(raw, &view, source);
    matches!(repeats.meet(one, other, raw.number), Known::Same(_))
}

/// Cuts a memory into parts, each a whole TMX with the header of all.
pub struct Splitter<R> {
    frames: Frames<R>,
    head: String,
    next: Passed,
    unreadable: Vec<Finding>,
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
        let (frames, view): (_, HeadView) = open(input, None)?;
        let head = head_text(frames.head(), &view, Edits::default());
        let mut splitter = Self { frames, head, next: Passed::End, unreadable: Vec::new() };
        splitter.go_on()?;
        Ok(splitter)
    }

    /// Whether there are units left.
    pub const fn has_more(&self) -> bool {
        matches!(self.next, Passed::Unit)
    }

    /// The units left out so far because they cannot be read.
    pub fn unreadable(&self) -> &[Finding] {
        &self.unreadable
    }

    /// Writes a part of at most `units` units; gives how many there were.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn part(&mut self, units: u64, out: &mut impl Write) -> io::Result<u64> {
        out.write_all(self.head.as_bytes())?;
        let mut written = 0;
        while written < units && self.has_more() {
            let raw = self.frames.unit();
            out.write_all(raw.gap.as_bytes())?;
            out.write_all(raw.text.as_bytes())?;
            written += 1;
            self.go_on()?;
        }
        if self.has_more() {
            out.write_all(END.as_bytes())?;
        } else {
            out.write_all(tail_text(self.frames.tail(), self.frames.head().body).as_bytes())?;
        }
        out.flush()?;
        Ok(written)
    }

    fn go_on(&mut self) -> io::Result<()> {
        loop {
            self.next = pass(&mut self.frames)?;
            match &self.next {
                Passed::LeftOut(finding) => {
                    if self.unreadable.len() < 1000 {
                        self.unreadable.push(finding.clone());
                    }
                }
                _ => return Ok(()),
            }
        }
    }
}
