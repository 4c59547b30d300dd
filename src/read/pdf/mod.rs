//! PDF → blocks, through the program `pdftotext` (Poppler).
//!
//! In: a PDF. Out: what `pdftotext` finds in it, lines joined into paragraphs. Guarantee: always a warning, since a
//! PDF holds glyphs at places and not text in order; without the program, a refusal that says what to install;
//! bounded time and size.

mod letters;
mod paragraphs;

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{Format, ReadDocument, ReadError, ReadOptions, plain};
use crate::bitext::Document;

const PROGRAM: &str = "pdftotext";

/// How long the program may take.
const LONGEST: Duration = Duration::from_mins(2);

/// Reads a PDF.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let text = extract(name, &bytes, options)?;
    if text.trim().is_empty() {
        return Err(ReadError::Refused {
            name: name.to_owned(),
            why: "it is a PDF without text, such as a scan".to_owned(),
            hint: "have a program for text recognition (OCR) read it, and give the result",
        });
    }
    let mut read = ReadDocument::new(document(&text), Format::Pdf, None);
    read.warnings.push((
        format!("{name}: a PDF holds glyphs, not text; letters, words and paragraphs may be out of order"),
        Some("check it with `muqabala read`, or give the document that the PDF was made from"),
    ));
    Ok(read)
}

/// The document in a text as `pdftotext` gives it: letters put in reading order, lines joined into paragraphs.
pub fn document(text: &str) -> Document {
    plain::document(paragraphs::paragraphs(&letters::in_order(text)))
}

/// The text as the program gives it.
fn extract(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<String, ReadError> {
    let io = |source| ReadError::Io { name: name.to_owned(), source };
    let refused = |why: String, hint| ReadError::Refused { name: name.to_owned(), why, hint };
    let mut file = tempfile::NamedTempFile::new().map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    let child = Command::new(PROGRAM)
        .args(["-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(refused(
                format!("it is a PDF, and the program {PROGRAM}, which reads PDFs, was not found"),
                "install Poppler (Debian and Ubuntu: apt install poppler-utils; macOS: brew install poppler), \
                 or save the document as text",
            ));
        }
        Err(error) => return Err(io(error)),
    };
    let limit = options.max_size;
    let streams = child.stdout.take().zip(child.stderr.take());
    let (mut out, mut err) = streams.expect("both streams are piped");
    let (sender, receiver) = mpsc::channel();
    let messages = thread::spawn(move || {
        let mut text = Vec::new();
        // What it says is of use only if it fails, and then as far as it came.
        let _ = err.by_ref().take(4096).read_to_end(&mut text);
        let _ = io::copy(&mut err, &mut io::sink());
        String::from_utf8_lossy(&text).trim().to_owned()
    });
    thread::spawn(move || {
        let mut text = Vec::new();
        let result = out.by_ref().take(limit.saturating_add(1)).read_to_end(&mut text).map(|_| text);
        // Where nobody waits any more, the time is over.
        let _ = sender.send(result);
    });
    let received = receiver.recv_timeout(LONGEST);
    if received.as_ref().map_or(true, |r| r.as_ref().is_ok_and(|t| t.len() as u64 > limit)) {
        // It may have ended just now.
        let _ = child.kill();
    }
    let status = child.wait().map_err(io)?;
    let Ok(text) = received else {
        return Err(refused(
            format!("{PROGRAM} took longer than {} seconds", LONGEST.as_secs()),
            "cut the PDF into parts, or save the document as text",
        ));
    };
    let text = text.map_err(io)?;
    if text.len() as u64 > limit {
        return Err(ReadError::TooLarge { name: name.to_owned(), limit });
    }
    if !status.success() {
        let said = messages.join().unwrap_or_default();
        if said.contains("assword") {
            return Err(refused(
                "it is a PDF with a password".to_owned(),
                "save it without a password first",
            ));
        }
        let said = said.lines().next().unwrap_or("no reason given").to_owned();
        return Err(ReadError::Damaged { name: name.to_owned(), message: format!("{PROGRAM}: {said}") });
    }
    String::from_utf8(text).map_err(|_| ReadError::Damaged {
        name: name.to_owned(),
        message: format!("{PROGRAM} gave text that is not UTF-8"),
    })
}
