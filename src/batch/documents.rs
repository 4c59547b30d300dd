//! The documents of a pair: where they are, and both sides read and segmented.
//!
//! In: [`Documents`]. Out: the bytes of its one or two documents, and both sides ready to be aligned. Guarantee: what is in
//! neither language of a document that holds both in turn is counted, and what reading warns of is passed on.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::bitext::{Document, Lang, Side, Sides};
use crate::pipeline::{self, Prepared};
use crate::read::{self, Input, Lines, ReadDocument, ReadOptions, Warning};
use crate::segment::{SegmentOptions, check_script};

/// Where the two sides of a pair stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Documents {
    /// A document each.
    Two {
        /// The source document.
        source: PathBuf,
        /// The target document.
        target: PathBuf,
    },
    /// One document that holds both languages in turn: see [`take_apart`](crate::pipeline::take_apart).
    Interleaved(PathBuf),
}

impl Documents {
    /// The files, the source first.
    pub fn paths(&self) -> Vec<&Path> {
        match self {
            Self::Two { source, target } => vec![source, target],
            Self::Interleaved(both) => vec![both],
        }
    }

    /// The file that holds each side.
    pub fn sides(&self) -> Sides<&Path> {
        match self {
            Self::Two { source, target } => Sides::new(source, target),
            Self::Interleaved(both) => Sides::new(both, both),
        }
    }
}

/// Both sides of a pair, read and segmented.
pub(super) struct Both {
    pub(super) sides: Sides<Prepared>,
    /// Pieces of a document with both languages that are in neither.
    pub(super) pieces_left_out: usize,
    /// What was said of the documents when they were read.
    pub(super) warnings: Vec<String>,
}

/// How both sides are read and cut.
pub(super) struct Reading<'o> {
    pub(super) read: ReadOptions,
    pub(super) segment: &'o SegmentOptions,
    /// Whether the documents have one segment a line.
    pub(super) presegmented: bool,
}

impl Documents {
    /// The bytes of the documents, in the order of [`Documents::paths`], each at most `max_size`.
    pub(super) fn bytes(&self, max_size: u64) -> Result<Vec<Vec<u8>>, String> {
        let bytes = |path: &Path| {
            // A run reads its documents again to see whether they changed; a pipe would be waited for without end.
            let input = Input::File(path.to_owned());
            if !input.can_be_read_again() {
                return Err(format!("{} is a device or a pipe, not a file", path.display()));
            }
            read::read_bytes(&input, max_size).map_err(|e| e.to_string())
        };
        self.paths().into_iter().map(bytes).collect()
    }

    /// Reads and segments the documents, whose bytes [`Documents::bytes`] gave, in the languages named for them.
    pub(super) fn prepare(
        &self,
        bytes: Vec<Vec<u8>>,
        languages: Sides<Option<&str>>,
        mut reading: Reading<'_>,
    ) -> Result<Both, String> {
        let lang = |lang: Option<&str>| lang.map(Lang::from_str).transpose().map_err(|e| e.to_string());
        let wanted = Sides::new(lang(languages.source)?, lang(languages.target)?);
        if reading.presegmented {
            reading.read.format = Some(read::Format::Lines);
        }
        let mut bytes = bytes.into_iter();
        let mut next = || bytes.next().unwrap_or_default();
        match self {
            Self::Interleaved(both) => prepare_interleaved(both, next(), &wanted, reading),
            Self::Two { source, target } => {
                let (source, mut warnings) = prepare_one(source, next(), wanted.source.as_ref(), &reading)?;
                let (target, others) = prepare_one(target, next(), wanted.target.as_ref(), &reading)?;
                warnings.extend(others);
                Ok(Both { sides: Sides::new(source, target), pieces_left_out: 0, warnings })
            }
        }
    }
}

fn prepare_one(
    path: &Path,
    bytes: Vec<u8>,
    lang: Option<&Lang>,
    reading: &Reading<'_>,
) -> Result<(Prepared, Vec<String>), String> {
    let mut own = reading.read.clone();
    own.language = lang.cloned().or(own.language);
    let read = parse(path, bytes, &own)?;
    if let Some(lang) = lang {
        check_script(read.document.text(), lang).map_err(|wrong| format!("{}: {wrong}", path.display()))?;
    }
    let warnings = said(&read);
    Ok((segmented(path, read.document, lang, reading.segment)?, warnings))
}

/// The warnings of a document, each with what to do about it.
fn said(read: &ReadDocument) -> Vec<String> {
    let said = |(message, hint): &Warning| match hint {
        Some(hint) => format!("{message} ({hint})"),
        None => message.clone(),
    };
    read.warnings.iter().map(said).collect()
}

fn prepare_interleaved(
    path: &Path,
    bytes: Vec<u8>,
    wanted: &Sides<Option<Lang>>,
    mut reading: Reading<'_>,
) -> Result<Both, String> {
    reading.read.lines = Lines::AsTheyStand;
    let read = parse(path, bytes, &reading.read)?;
    let apart = pipeline::take_apart(&read, wanted).map_err(|why| format!("{}: {why}", path.display()))?;
    let part =
        |document, side| segmented(path, document, apart.languages.get(side).as_ref(), reading.segment);
    let Sides { source, target } = apart.documents;
    Ok(Both {
        sides: Sides::new(part(source, Side::Source)?, part(target, Side::Target)?),
        pieces_left_out: apart.left_out.len(),
        warnings: said(&read),
    })
}

fn parse(path: &Path, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, String> {
    read::parse(&path.display().to_string(), bytes, options).map_err(|e| e.to_string())
}

fn segmented(
    path: &Path,
    document: Document,
    lang: Option<&Lang>,
    options: &SegmentOptions,
) -> Result<Prepared, String> {
    let prepared = pipeline::prepare(document, lang, options);
    if prepared.document.is_empty() {
        return Err(format!("{}: there is no text in it", path.display()));
    }
    Ok(prepared)
}
