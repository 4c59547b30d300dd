//! A project or a memory as pairs.
//!
//! In: a file. Out: its pairs, one after another. Guarantee: what can be read before a fault is given; the fault is told.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::bitext::{Side, Sides};
use crate::project::{Project, ReviewBead, ReviewSegment, store};
use crate::tmx::{Inline, TmxReader};

use super::folder::Kind;
use super::pack::{Pair, Piece};

/// Calls `give` with each pair of a file.
///
/// # Errors
/// What is wrong with the file, for people, or what `give` says.
pub(super) fn feed<E>(
    path: &Path,
    kind: Kind,
    mut give: impl FnMut(Pair) -> Result<(), E>,
) -> Result<Result<(), String>, E> {
    match kind {
        Kind::Project => project(path, &mut give),
        Kind::Memory => opened(path, |file| memory(BufReader::with_capacity(1 << 16, file), &mut give)),
        Kind::PackedMemory => {
            opened(path, |file| memory(BufReader::new(MultiGzDecoder::new(file)), &mut give))
        }
    }
}

fn opened<E>(
    path: &Path,
    read: impl FnOnce(File) -> Result<Result<(), String>, E>,
) -> Result<Result<(), String>, E> {
    match File::open(path) {
        Ok(file) => read(file),
        Err(error) => Ok(Err(error.to_string())),
    }
}

fn project<E>(path: &Path, give: &mut impl FnMut(Pair) -> Result<(), E>) -> Result<Result<(), String>, E> {
    let project = match store::read(path) {
        Ok((project, _)) => project,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let languages = project.languages().as_ref().map(|lang| Cow::Owned(lang.as_str().to_owned()));
    for (position, bead) in project.beads().enumerate() {
        let text = |side| project.bead_text(side, bead).into_owned();
        give(Pair {
            number: position as u64 + 1,
            languages: languages.clone(),
            texts: Sides::new(text(Side::Source), text(Side::Target)),
            pieces: Sides::new(pieces(&project, Side::Source, bead), pieces(&project, Side::Target, bead)),
        })?;
    }
    Ok(Ok(()))
}

/// The segments of a bead on a side.
fn pieces(project: &Project, side: Side, bead: &ReviewBead) -> Vec<Piece> {
    let places = project.segment_offsets(side, bead);
    let segments = project.segments_of(side, bead).iter();
    let piece = |(segment, at): (&ReviewSegment, usize)| {
        let original = &project.text(side)[segment.span.range()];
        Piece {
            start: segment.span.start as u64,
            at: at as u32,
            length: project.segment_text(side, segment).len() as u32,
            original: segment.corrected.as_ref().map(|_| original.to_owned()),
        }
    };
    segments.zip(places).map(piece).collect()
}

fn memory<E>(
    input: impl BufRead,
    give: &mut impl FnMut(Pair) -> Result<(), E>,
) -> Result<Result<(), String>, E> {
    let reader = match TmxReader::new(input, Inline::Flatten) {
        Ok(reader) => reader,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let source = reader.header().source_lang.clone();
    for (at, unit) in reader.enumerate() {
        let mut variants = match unit {
            Ok(unit) => unit.variants,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if variants.is_empty() {
            continue;
        }
        let first = variants.iter().position(|v| v.lang.eq_ignore_ascii_case(&source)).unwrap_or(0);
        let first = variants.remove(first);
        let mut pair = |lang: Cow<'static, str>, text: String| {
            give(Pair {
                number: at as u64 + 1,
                languages: Sides::new(first.lang.clone(), lang),
                texts: Sides::new(first.text.clone().into_owned(), text),
                pieces: Sides::default(),
            })
        };
        if variants.is_empty() {
            pair(Cow::Borrowed(""), String::new())?;
        }
        for other in variants {
            pair(other.lang, other.text.into_owned())?;
        }
    }
    Ok(Ok(()))
}
