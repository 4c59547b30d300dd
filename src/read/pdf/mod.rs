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
mod scan;
mod shapes;
mod unpacked;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::{Format, ReadDocument, ReadError, ReadOptions, Scans, plain};
use crate::bitext::Document;
use glyphs::{Drawn, Failure};

/// How long reading a PDF may take.
const LONGEST: Duration = Duration::from_mins(1);
/// Of so many letters in a hundred that are not known, a PDF cannot be read.
const MOST_UNKNOWN: usize = 40;
/// The stack of the thread that interprets a PDF: objects nest.
const STACK: usize = 64 << 20;

/// Reads a PDF.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    unpacked::check(name, &bytes, options)?;
    match interpreted(name, &bytes, options, LONGEST)? {
        Some(drawn) if drawn.sheets.iter().any(|s| !s.glyphs.is_empty()) => {
            if is_nameless(&drawn) && options.scans == Scans::Recognised {
                return scan::read(name, &bytes, options);
            }
            laid_out(name, drawn, options)
        }
        tried => with_program(name, &bytes, options, tried.is_some()),
    }
}

/// Letters that are drawn.
fn letters(drawn: &Drawn) -> usize {
    let glyphs = drawn.sheets.iter().flat_map(|s| &s.glyphs);
    glyphs.filter(|g| g.text.chars().any(char::is_alphanumeric)).count() + drawn.unknown
}

/// Whether too many letters have no name.
fn is_nameless(drawn: &Drawn) -> bool {
    drawn.unknown * 100 > letters(drawn) * MOST_UNKNOWN
}

/// What is drawn on the pages; nothing where the PDF cannot be interpreted. After `longest` the thread that interprets
/// it is told to end, which it does at the next thing that is drawn.
fn interpreted(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    longest: Duration,
) -> Result<Option<Drawn>, ReadError> {
    let most = options.max_size;
    let work = Interpreting::begin(bytes, most);
    let work = work.map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
    match work.told.recv_timeout(longest) {
        Ok(Ok(drawn)) => Ok(Some(drawn)),
        Ok(Err(Failure::Password)) => Err(program::with_password(name)),
        Ok(Err(Failure::TooLarge)) => Err(ReadError::TooLarge { name: name.to_owned(), limit: most }),
        // The thread ended badly, or said that it cannot.
        Ok(Err(Failure::Unreadable)) | Err(mpsc::RecvTimeoutError::Disconnected) => Ok(None),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            work.late.store(true, Ordering::Relaxed);
            Err(program::late(name, "reading it", longest))
        }
    }
}

/// A thread that interprets a PDF.
struct Interpreting {
    told: mpsc::Receiver<Result<Drawn, Failure>>,
    /// Whether it is to end.
    late: Arc<AtomicBool>,
}

impl Interpreting {
    fn begin(bytes: &[u8], most: u64) -> io::Result<Self> {
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
        thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work)?;
        Ok(Self { told, late })
    }
}

/// The document in what is drawn.
fn laid_out(name: &str, mut drawn: Drawn, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    shapes::mend(&mut drawn.sheets);
    let letters = letters(&drawn);
    if is_nameless(&drawn) {
        return Err(ReadError::Refused {
            name: name.to_owned(),
            why: format!(
                "it is a PDF that does not say which letters its glyphs are ({} of {letters} are unknown)",
                drawn.unknown
            ),
            hint: "give the document that it was made from, or have its text recognised (OCR): --ocr, with tesseract",
        });
    }
    let pieces = std::mem::take(&mut drawn.sheets).into_iter().map(lines::pieces).collect();
    let (flow, both) = blocks::document(pieces, options);
    let mut read = flow.into_read(name, Format::Pdf);
    if drawn.pictures > 0 {
        let (pages, are) =
            if drawn.pictures == 1 { ("page", "is a picture") } else { ("pages", "are pictures") };
        let message =
            format!("{name}: {} {pages} of {} {are} without text, and not read", drawn.pictures, drawn.pages);
        read.warnings.push((message, Some("give these pages as a PDF of their own, with --ocr")));
    }
    read.warnings.insert(0, warning(name, letters, drawn.unknown, both));
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
            "give the document that the PDF was made from, or have its text recognised by a program for OCR",
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
    let without_text = || match options.scans {
        Scans::Recognised => scan::read(name, bytes, options),
        Scans::Refused => Err(ReadError::Refused {
            name: name.to_owned(),
            why: "it is a PDF without text, such as a scan".to_owned(),
            hint: "its text must be recognised (OCR): --ocr does it with tesseract (Debian and Ubuntu: apt install \
                   tesseract-ocr tesseract-ocr-ara poppler-utils; macOS: brew install tesseract tesseract-lang \
                   poppler)",
        }),
    };
    if interpreted {
        return without_text();
    }
    let text = program::text(name, bytes, options, LONGEST)?;
    if text.trim().is_empty() {
        return without_text();
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// A PDF of one page with these objects after those that every PDF has; the page's content is object 4, its
    /// resources are `resources`.
    fn pdf(resources: &str, objects: &[String]) -> Vec<u8> {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<{resources}>>>>"
        );
        let head = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", &page];
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(head.iter().copied().chain(objects.iter().map(String::as_str))) {
            places.push(out.len());
            let _ = writeln!(out, "{number} 0 obj\n{object}\nendobj");
        }
        let start = out.len();
        let _ = writeln!(out, "xref\n0 {}\n0000000000 65535 f ", places.len() + 1);
        for place in &places {
            let _ = writeln!(out, "{place:010} 00000 n ");
        }
        let _ = writeln!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", places.len() + 1);
        out.into_bytes()
    }

    fn stream(dictionary: &str, content: &str) -> String {
        format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
    }

    /// Forms that each draw the next one ten times: 10¹² paths.
    fn endless() -> Vec<u8> {
        const LEVELS: usize = 12;
        let form = |level: usize| {
            let next = if level < LEVELS { "/F Do ".repeat(10) } else { "0 0 m 9 9 l S ".to_owned() };
            let resources = if level < LEVELS {
                format!("/Resources<</XObject<</F {} 0 R>>>>", level + 5)
            } else {
                String::new()
            };
            stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 200 200]{resources}"), &next)
        };
        let objects: Vec<String> = [stream("", "/F Do")].into_iter().chain((1..=LEVELS).map(form)).collect();
        pdf("/XObject<</F 5 0 R>>", &objects)
    }

    /// The time is over inside a page, and the thread ends.
    #[test]
    fn a_page_without_end_is_ended() {
        let work = Interpreting::begin(&endless(), 1 << 20).unwrap();
        let answer = work.told.recv_timeout(Duration::from_millis(500));
        assert!(matches!(answer, Err(mpsc::RecvTimeoutError::Timeout)), "{answer:?}");
        work.late.store(true, Ordering::Relaxed);
        let ended = (0..1000).any(|_| {
            thread::sleep(Duration::from_millis(10));
            // The thread has given its own up.
            Arc::strong_count(&work.late) == 1
        });
        assert!(ended, "the thread still runs");
        let error =
            interpreted("a.pdf", &endless(), &ReadOptions::default(), Duration::from_millis(1)).unwrap_err();
        assert!(error.to_string().contains("took longer than"), "{error}");
    }

    #[test]
    fn the_header_may_stand_further_on() {
        let text = stream("", "BT /F 12 Tf 20 100 Td (A sentence in a PDF.) Tj ET");
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned();
        let file = pdf("/Font<</F 5 0 R>>", &[text, font]);
        let after = [b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n".as_slice(), &file].concat();
        for bytes in [file.clone(), after] {
            let read = crate::read::parse("a.bin", bytes, &ReadOptions::default()).unwrap();
            assert_eq!((read.format, read.document.text().trim()), (Format::Pdf, "A sentence in a PDF."));
        }
        let far = [vec![b' '; 1030], file].concat();
        assert_ne!(crate::read::readers::detect("a.bin", &far).ok(), Some(Format::Pdf));
    }

    #[test]
    fn pages_that_are_pictures_are_counted() {
        let image = stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
            "x",
        );
        let file = pdf("/XObject<</I 5 0 R>>", &[stream("", "100 0 0 100 0 0 cm /I Do"), image]);
        let drawn = interpreted("a.pdf", &file, &ReadOptions::default(), LONGEST).unwrap().unwrap();
        assert_eq!((drawn.pictures, drawn.pages), (1, 1));
        let error = read("a.pdf", file, &ReadOptions::default()).unwrap_err();
        assert!(error.hint().is_some_and(|h| h.contains("--ocr") && h.contains("tesseract-ocr-ara")));
    }
}
