//! PDF → blocks.
//!
//! In: a PDF. Out: its text: the glyphs of each page with their places, made into words, lines, columns and
//! paragraphs here. Guarantee: always a warning, which says how sure the reading is, since a PDF holds glyphs at
//! places and not text in order; bounded time and size. What cannot be read so is given to the program `pdftotext`
//! (Poppler), whose text is put in order in `letters`.
//!
//! The stages: `glyphs` interprets the PDF, `shapes` makes letters of what the glyphs stand for, `lines` parts lines
//! and words, `order` turns what is seen into what is read, `margins` takes off heads and notes, `columns` finds the
//! order of reading, `blocks` joins lines to paragraphs.

mod blocks;
mod columns;
mod glyphs;
mod letters;
mod lines;
mod margins;
mod order;
mod paragraphs;
mod program;
mod shapes;
mod unpacked;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::{Format, ReadDocument, ReadError, ReadOptions, plain};
use crate::bitext::Document;
use glyphs::{Drawn, Failure};

/// How long reading a PDF may take.
const LONGEST: Duration = Duration::from_mins(2);
/// Of so many letters in a hundred that are not known, a PDF cannot be read.
const MOST_UNKNOWN: usize = 40;
/// The stack of the thread that interprets a PDF: objects nest.
const STACK: usize = 64 << 20;

/// Reads a PDF.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    unpacked::check(name, &bytes, options)?;
    match interpreted(name, &bytes, options)? {
        Some(drawn) if drawn.sheets.iter().any(|s| !s.glyphs.is_empty()) => laid_out(name, drawn, options),
        tried => with_program(name, &bytes, options, tried.is_some()),
    }
}

/// What is drawn on the pages; nothing where the PDF cannot be interpreted.
fn interpreted(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Option<Drawn>, ReadError> {
    let most = options.max_size;
    let (tell, told) = mpsc::channel();
    let late = Arc::new(AtomicBool::new(false));
    let is_late = Arc::clone(&late);
    // What stands before the header is no part of the PDF.
    let start = bytes.windows(5).take(1024).position(|w| w == b"%PDF-").unwrap_or(0);
    let bytes = bytes[start..].to_vec();
    let work = move || {
        let result = glyphs::drawn(bytes, most, &|| !is_late.load(Ordering::Relaxed));
        // Where nobody waits any more, the time is over.
        let _ = tell.send(result);
    };
    let thread = thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
    match told.recv_timeout(LONGEST) {
        Ok(Ok(drawn)) => Ok(Some(drawn)),
        Ok(Err(Failure::Password)) => Err(program::with_password(name)),
        Ok(Err(Failure::TooLarge)) => Err(ReadError::TooLarge { name: name.to_owned(), limit: most }),
        // The thread ended badly, or said that it cannot.
        Ok(Err(Failure::Unreadable)) | Err(mpsc::RecvTimeoutError::Disconnected) => Ok(None),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            late.store(true, Ordering::Relaxed);
            Err(program::late(name, "reading it", LONGEST))
        }
    }
}

/// The document in what is drawn.
fn laid_out(name: &str, mut drawn: Drawn, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    shapes::mend(&mut drawn.sheets);
    let glyphs = drawn.sheets.iter().flat_map(|s| &s.glyphs);
    let letters = glyphs.filter(|g| g.text.chars().any(char::is_alphanumeric)).count() + drawn.unknown;
    if drawn.unknown * 100 > letters * MOST_UNKNOWN {
        return Err(ReadError::Refused {
            name: name.to_owned(),
            why: format!(
                "it is a PDF that does not say which letters its glyphs are ({} of {letters} are unknown)",
                drawn.unknown
            ),
            hint: "give the document that it was made from, or have a program for text recognition (OCR) read it",
        });
    }
    let pieces = drawn.sheets.into_iter().map(lines::pieces).collect();
    let (document, both) = blocks::document(pieces, options);
    let mut read = ReadDocument::new(document, Format::Pdf, None);
    read.warnings.push(warning(name, letters, drawn.unknown, both));
    Ok(read)
}

/// How sure the reading is.
fn warning(name: &str, letters: usize, unknown: usize, both: usize) -> (String, Option<&'static str>) {
    let order = match both {
        0 => "their order was worked out from their places".to_owned(),
        1 => {
            "their order was worked out from their places, in 1 line with text of both directions".to_owned()
        }
        n => {
            format!("their order was worked out from their places, in {n} lines with text of both directions")
        }
    };
    if unknown == 0 {
        let message =
            format!("{name}: a PDF holds glyphs, not text: all {letters} letters are known; {order}");
        return (message, Some("paragraphs may be cut wrongly: check with `muqabala read`"));
    }
    (
        format!(
            "{name}: a PDF holds glyphs, not text: {unknown} of {letters} letters are unknown, and stand as \u{fffd}; \
             {order}"
        ),
        Some(
            "give the document that the PDF was made from, or have a program for text recognition (OCR) read it",
        ),
    )
}

/// What `pdftotext` makes of it; `interpreted` says that we could read it and found no text.
fn with_program(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    interpreted: bool,
) -> Result<ReadDocument, ReadError> {
    let scan = || ReadError::Refused {
        name: name.to_owned(),
        why: "it is a PDF without text, such as a scan".to_owned(),
        hint: "have a program for text recognition (OCR) read it, and give the result",
    };
    if interpreted {
        return Err(scan());
    }
    let text = program::text(name, bytes, options, LONGEST)?;
    if text.trim().is_empty() {
        return Err(scan());
    }
    let mut read = ReadDocument::new(document(&text), Format::Pdf, None);
    read.warnings.push((
        format!(
            "{name}: a PDF holds glyphs, not text; this one is unusual and was read by `pdftotext`: letters, words and \
             paragraphs may be out of order"
        ),
        Some("check it with `muqabala read`, or give the document that the PDF was made from"),
    ));
    Ok(read)
}

/// The document in a text as `pdftotext` gives it: letters put in reading order, lines joined into paragraphs.
pub fn document(text: &str) -> Document {
    plain::document(paragraphs::paragraphs(&letters::in_order(text)))
}
