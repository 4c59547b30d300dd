//! The program `pdftotext` (Poppler), for what the interpreter cannot read.
//!
//! In: a PDF. Out: its text, with marks of direction. Guarantee: bounded time, memory and size; nothing of it stays.

use std::time::Duration;

use crate::outside::{Bounds, Failed, Outside};
use crate::read::{ReadError, ReadOptions};

const PROGRAM: &str = "pdftotext";

/// The memory that the program may take: bytes of addresses.
const MOST_MEMORY: u64 = 2 << 30;

/// The text as the program gives it.
pub(super) fn text(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    time: Duration,
) -> Result<String, ReadError> {
    let io = |source| ReadError::Io { name: name.to_owned(), source };
    let outside = Outside::new(PROGRAM).map_err(io)?;
    let file = outside.folder().join("document.pdf");
    std::fs::write(&file, bytes).map_err(io)?;
    let bounds = Bounds { time, memory: MOST_MEMORY, output: options.max_size };
    let answer = outside.argument("-enc").argument("UTF-8").argument(file).argument("-").run(bounds);
    let answer = answer.map_err(|failed| match failed {
        Failed::Missing => refused(
            name,
            format!(
                "it is a PDF, damaged or unusual, and the program {PROGRAM}, which may read it, was not found"
            ),
            "install Poppler (Debian and Ubuntu: apt install poppler-utils; macOS: brew install poppler), \
             or save the document as text",
        ),
        Failed::Late(time) => late(name, PROGRAM, time),
        Failed::TooMuch => ReadError::TooLarge { name: name.to_owned(), limit: options.max_size },
        Failed::Io(source) => io(source),
    })?;
    if !answer.status.success() {
        if answer.messages.contains("assword") {
            return Err(with_password(name));
        }
        let said = answer.messages.lines().next().unwrap_or("no reason given").to_owned();
        return Err(ReadError::Damaged { name: name.to_owned(), message: format!("{PROGRAM}: {said}") });
    }
    String::from_utf8(answer.output).map_err(|_| ReadError::Damaged {
        name: name.to_owned(),
        message: format!("{PROGRAM} gave text that is not UTF-8"),
    })
}

fn refused(name: &str, why: String, hint: &'static str) -> ReadError {
    ReadError::Refused { name: name.to_owned(), why, hint }
}

/// That a PDF needs a password.
pub(super) fn with_password(name: &str) -> ReadError {
    refused(name, "it is a PDF with a password".to_owned(), "save it without a password first")
}

/// That `what` took too long.
pub(super) fn late(name: &str, what: &str, time: Duration) -> ReadError {
    let why = format!("{what} took longer than {} seconds", time.as_secs());
    refused(name, why, "cut the PDF into parts, or save the document as text")
}
