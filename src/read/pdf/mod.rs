//! PDF → blocks.
//!
//! In: a PDF. Out: its text: the glyphs of each page with their places, made into words, lines, columns and
//! paragraphs here. Guarantee: always a warning, which says how sure the reading is, since a PDF holds glyphs at
//! places and not text in order; bounded time, size and memory: pages are read in parts of a million glyphs. What
//! cannot be read so is given to the program `pdftotext` (Poppler), whose text is put in order in `letters`.
//!
//! The stages: `names` mends what the PDF says of its letters, `glyphs` interprets the PDF, `shapes` makes letters of what the glyphs stand for, `lines` parts lines
//! and words, `order` turns what is seen (`cells`) into what is read, `margins` takes off heads and notes, `columns` finds the
//! order of reading, `blocks` joins lines to paragraphs.

mod blocks;
mod cells;
mod columns;
mod drawings;
mod glyphs;
mod items;
mod laid_out;
mod letters;
mod lines;
mod margins;
mod names;
mod order;
mod overprint;
mod paragraphs;
mod program;
mod reading;
mod scan;
mod shapes;
mod stuck_on;
mod tables;
mod unpacked;
mod whole;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::normalize::is_basic_arabic;

use super::{Format, ReadDocument, ReadError, ReadOptions, Scans, plain};
use crate::bitext::Document;
use glyphs::{Drawn, Failure};
use laid_out::LaidOut;

/// What the user should know of the reading, and what to do about it.
type Warning = (String, Option<&'static str>);

/// How long reading a PDF may take.
const LONGEST: Duration = Duration::from_mins(1);
/// The stack of the thread that interprets a PDF: objects nest.
const STACK: usize = 64 << 20;

/// Reads a PDF.
pub fn read(name: &str, mut bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    unpacked::check(name, &bytes, options)?;
    names::mend(&mut bytes);
    let mut laid = LaidOut::new(name, &bytes, options);
    let interpreted = interpreted(name, &bytes, options, LONGEST, &mut |drawn| laid.add(drawn))?;
    if !interpreted || laid.glyphs == 0 {
        return with_program(name, &bytes, options, interpreted);
    }
    if laid.is_nameless() && options.scans == Scans::Recognised {
        return scan::read(name, &bytes, options);
    }
    let mut read = laid.finish()?;
    read.warnings.extend(mixed_up(name, &bytes, read.document.text()));
    Ok(read)
}

/// A warning of Arabic text that Ghostscript 10.00 wrote: it mixes up the names of letters, beyond repair where it wrote
/// PDFs of Chromium and of Typst anew.
fn mixed_up(name: &str, bytes: &[u8], text: &str) -> Option<Warning> {
    let arabic = text.chars().any(is_basic_arabic);
    (arabic && names::is_by_ghostscript_10(bytes)).then(|| {
        (
            format!(
                "{name}: Ghostscript 10.00 wrote this PDF, which mixes up the names of Arabic letters: words may be wrong \
                 although all letters seem to be known"
            ),
            Some("give the PDF or the document that it was made from"),
        )
    })
}

/// Takes a part of the pages.
type Take<'t> = &'t mut dyn FnMut(Drawn) -> Result<(), ReadError>;

/// Gives what is drawn on the pages to `take`, part by part; says whether the PDF can be interpreted. After `longest`
/// (without the time that `take` takes) the thread that interprets it is told to end, which it does at the next thing
/// that is drawn.
fn interpreted(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    longest: Duration,
    take: Take<'_>,
) -> Result<bool, ReadError> {
    let most = options.max_size;
    let work = Interpreting::begin(bytes, most);
    let work = work.map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
    let mut left = longest;
    loop {
        let asked = Instant::now();
        let told = work.told.recv_timeout(left);
        left = left.saturating_sub(asked.elapsed());
        match told {
            Ok(Told::Part(drawn)) => take(drawn)?,
            Ok(Told::End(Ok(()))) => return Ok(true),
            Ok(Told::End(Err(Failure::Password))) => return Err(program::with_password(name)),
            Ok(Told::End(Err(Failure::TooLarge))) => {
                return Err(ReadError::TooLarge { name: name.to_owned(), limit: most });
            }
            Ok(Told::End(Err(Failure::Crowded))) => {
                return Err(ReadError::Refused {
                    name: name.to_owned(),
                    why: "a page of it holds more than a million letters".to_owned(),
                    hint: "such files are made to fill the memory; print it to a new PDF if you trust it",
                });
            }
            // The thread ended badly, or said that it cannot.
            Ok(Told::End(Err(Failure::Unreadable))) | Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Ok(false);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => return Err(program::late(name, "reading it", longest)),
        }
    }
}

/// What the thread that interprets a PDF tells.
#[derive(Debug)]
enum Told {
    Part(Drawn),
    End(Result<(), Failure>),
}

/// A thread that interprets a PDF; it ends when this is dropped.
struct Interpreting {
    told: mpsc::Receiver<Told>,
    /// Whether it is to end.
    late: Arc<AtomicBool>,
}

impl Interpreting {
    fn begin(bytes: &[u8], most: u64) -> io::Result<Self> {
        // A part is given when the one before was taken, so that there are never more than two.
        let (tell, told) = mpsc::sync_channel(0);
        let late = Arc::new(AtomicBool::new(false));
        let is_late = Arc::clone(&late);
        // What stands before the header is no part of the PDF.
        let start = bytes.windows(5).take(1024).position(|w| w == b"%PDF-").unwrap_or(0);
        let bytes = bytes[start..].to_vec();
        let work = move || {
            let going_on = || !is_late.load(Ordering::Relaxed);
            // Where nobody waits any more, the time is over.
            let result = glyphs::drawn(bytes, most, &going_on, &mut |part| drop(tell.send(Told::Part(part))));
            drop(tell.send(Told::End(result)));
        };
        thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work)?;
        Ok(Self { told, late })
    }
}

impl Drop for Interpreting {
    fn drop(&mut self) {
        self.late.store(true, Ordering::Relaxed);
    }
}

/// Pages by their numbers: runs as one, and of many runs the first.
fn named(numbers: &[usize]) -> String {
    const SHOWN: usize = 12;
    let runs: Vec<&[usize]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
    let run = |run: &&[usize]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    let mut shown: Vec<String> = runs.iter().take(SHOWN).map(run).collect();
    if runs.len() > SHOWN {
        shown.push(format!("… ({} in all)", numbers.len()));
    }
    format!("{} {}", if numbers.len() == 1 { "page" } else { "pages" }, shown.join(", "))
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
        let late = Arc::clone(&work.late);
        drop(work);
        let ended = (0..1000).any(|_| {
            thread::sleep(Duration::from_millis(10));
            // The thread has given its own up.
            Arc::strong_count(&late) == 1
        });
        assert!(ended, "the thread still runs");
        let options = ReadOptions::default();
        let error = interpreted("a.pdf", &endless(), &options, Duration::from_millis(1), &mut |_| Ok(()))
            .unwrap_err();
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

    /// A page that draws `per_form` letters ten times, ten times over.
    fn crowded(per_form: usize) -> Vec<u8> {
        let font = "/Font<</F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
        let text = format!("BT /F 12 Tf 20 100 Td ({}) Tj ET", "x".repeat(per_form));
        let form = |next: usize, content: &str| {
            stream(
                &format!(
                    "/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<<{font}/XObject<</F {next} 0 R>>>>"
                ),
                content,
            )
        };
        let many = "/F Do ".repeat(10);
        pdf("/XObject<</F 5 0 R>>", &[stream("", &many), form(6, &many), form(6, &text)])
    }

    #[test]
    fn a_page_with_letters_without_end_is_refused() {
        let read = |bytes| crate::read::parse("a.pdf", bytes, &ReadOptions::default());
        assert!(read(crowded(10)).is_ok());
        let error = read(crowded(10_001)).unwrap_err();
        assert!(error.to_string().contains("a page of it holds more than a million letters"), "{error}");
    }

    #[test]
    fn what_ghostscript_mixes_up_is_warned_of() {
        let by = |producer: &str| format!("%PDF-1.7 <</Producer({producer})>>").into_bytes();
        let warned = |producer, text| mixed_up("a.pdf", &by(producer), text).is_some();
        assert!(warned("GPL Ghostscript 10.00.0", "نعم"));
        assert!(!warned("GPL Ghostscript 10.00.0", "yes"));
        assert!(!warned("GPL Ghostscript 10.03.1", "نعم"));
    }

    #[test]
    fn pages_are_named_by_runs() {
        assert_eq!(named(&[3]), "page 3");
        assert_eq!(named(&[1, 2, 3, 5, 8, 9]), "pages 1–3, 5, 8–9");
        let odd: Vec<usize> = (0..40).map(|n| 2 * n + 1).collect();
        assert_eq!(named(&odd), "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, … (40 in all)");
    }

    #[test]
    fn pages_that_are_pictures_are_counted() {
        let image = stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
            "x",
        );
        let file = pdf("/XObject<</I 5 0 R>>", &[stream("", "100 0 0 100 0 0 cm /I Do"), image]);
        let (mut parts, options) = (Vec::new(), ReadOptions::default());
        let mut take = |part| {
            parts.push(part);
            Ok(())
        };
        assert!(interpreted("a.pdf", &file, &options, LONGEST, &mut take).unwrap());
        let pictures: Vec<_> = parts.iter().map(|part: &Drawn| (part.pictures.len(), part.pages)).collect();
        assert_eq!(pictures, [(1, 1)]);
        let error = read("a.pdf", file, &ReadOptions::default()).unwrap_err();
        assert!(error.hint().is_some_and(|h| h.contains("--ocr") && h.contains("tesseract-ocr-ara")));
    }
}
