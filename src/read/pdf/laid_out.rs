//! What is drawn on the pages of a PDF → a document, part by part.
//!
//! In: parts of the pages as they were interpreted. Out: the document, with warnings that say how sure the reading is,
//! which pages were not read and what is missing. Guarantee: of a part that was added nothing stays but its text.

use std::collections::BTreeMap;

use super::glyphs::Drawn;
use super::scan::{self, Recognised};
use super::stuck_on::StuckOn;
use super::{Warning, blocks, lines, named, shapes, whole};
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::{Format, ReadDocument, ReadError, ReadOptions, Scans};

/// Of so many letters in a hundred that are not known, a PDF cannot be read.
const MOST_UNKNOWN: usize = 40;

/// The document in what is drawn, which grows part by part.
pub(super) struct LaidOut<'r> {
    name: &'r str,
    bytes: &'r [u8],
    options: &'r ReadOptions,
    flow: Flow,
    /// Footnotes, which stand after all others.
    notes: Flow,
    pub glyphs: usize,
    /// Letters that are drawn, and glyphs of which nothing says what they stand for.
    letters: usize,
    unknown: usize,
    /// Marks of which nothing says what they stand for.
    marks: usize,
    /// Lines that hold text of both directions.
    both: usize,
    pages: usize,
    /// How many it says that it has, and the numbers of those whose fonts are missing, and whose content is.
    declared: Option<usize>,
    fontless: Vec<usize>,
    emptied: Vec<usize>,
    /// The numbers of pages that are pictures and were not read.
    unread: Vec<usize>,
    recognised: Recognised,
    stuck_on: StuckOn,
}

impl<'r> LaidOut<'r> {
    /// One without pages.
    pub(super) fn new(name: &'r str, bytes: &'r [u8], options: &'r ReadOptions) -> Self {
        Self {
            name,
            bytes,
            options,
            flow: Flow::new(options),
            notes: Flow::new(options),
            glyphs: 0,
            letters: 0,
            unknown: 0,
            marks: 0,
            both: 0,
            pages: 0,
            declared: None,
            fontless: Vec::new(),
            emptied: Vec::new(),
            unread: Vec::new(),
            recognised: Recognised::default(),
            stuck_on: StuckOn::default(),
        }
    }

    /// Adds a part of the pages.
    pub(super) fn add(&mut self, mut drawn: Drawn) -> Result<(), ReadError> {
        let glyphs = || drawn.sheets.iter().flat_map(|sheet| &sheet.glyphs);
        self.glyphs += glyphs().count();
        self.letters +=
            glyphs().filter(|g| g.text.chars().any(char::is_alphanumeric)).count() + drawn.unknown;
        // What is drawn in a font that is missing stands for anything.
        self.unknown += drawn.unknown + drawn.lost;
        self.declared = drawn.declared;
        self.fontless.append(&mut drawn.fontless);
        self.emptied.append(&mut drawn.emptied);
        self.pages = drawn.pages;
        self.stuck_on = drawn.stuck_on;
        let nameless = shapes::mend(&mut drawn.sheets);
        self.unknown += nameless.letters;
        self.marks += nameless.marks;
        let pieces = std::mem::take(&mut drawn.sheets).into_iter().map(lines::pieces).collect();
        // Without any letter the whole is a scan, which is read as such.
        let texts = if self.options.scans == Scans::Recognised && self.letters > 0 {
            scan::pages(self.name, self.bytes, &drawn.pictures, self.options, &mut self.recognised)?
        } else {
            self.unread.extend(drawn.pictures.iter().map(|page| page.number));
            BTreeMap::new()
        };
        let laid = blocks::document(pieces, texts, self.options);
        self.flow.append(laid.flow);
        self.notes.append(laid.notes);
        self.both += laid.both;
        Ok(())
    }

    /// Whether too many letters have no name.
    pub(super) const fn is_nameless(&self) -> bool {
        self.unknown * 100 > self.letters * MOST_UNKNOWN
    }

    /// What is missing of a PDF that is not whole.
    fn missing(&self, cut_off: bool) -> Option<Warning> {
        let mut what = Vec::new();
        if cut_off {
            what.push("it has no end, so that pages and letters may be lost".to_owned());
        }
        if let Some(declared) = self.declared.filter(|declared| *declared > self.pages) {
            what.push(format!("of its {declared} pages only {} are there", self.pages));
        }
        if !self.emptied.is_empty() {
            let of = self.pages;
            what.push(format!("of {of} pages, what is drawn on {} is lost", named(&self.emptied)));
        }
        if !self.fontless.is_empty() {
            what.push(format!("fonts of {} are lost: letters there are wrong", named(&self.fontless)));
        }
        (!what.is_empty()).then(|| {
            (
                format!("{}: this PDF is cut off or damaged: {}", self.name, what.join("; ")),
                Some("get the whole file again, or save it again in the program that made it"),
            )
        })
    }

    /// The document; a PDF that does not name its letters is refused.
    pub(super) fn finish(mut self) -> Result<ReadDocument, ReadError> {
        let cut_off = whole::is_cut_off(self.bytes);
        if self.is_nameless() && !self.fontless.is_empty() {
            return Err(ReadError::Damaged {
                name: self.name.to_owned(),
                message: format!(
                    "the fonts of {} are lost, which tell what its letters are{}",
                    named(&self.fontless),
                    if cut_off { "; the file has no end" } else { "" }
                ),
            });
        }
        if self.is_nameless() {
            return Err(ReadError::Refused {
                name: self.name.to_owned(),
                why: format!(
                    "it is a PDF that does not say which letters its glyphs are ({} of {} are unknown)",
                    self.unknown, self.letters
                ),
                hint: "give the document that it was made from, or have its text recognised (OCR): --ocr, with tesseract",
            });
        }
        let missing = self.missing(cut_off);
        self.flow.append(self.notes);
        (0..self.stuck_on.comments).for_each(|_| self.flow.omit(Omitted::Comment));
        (0..self.stuck_on.values).for_each(|_| self.flow.omit(Omitted::FormValue));
        let mut read = self.flow.into_read(self.name, Format::Pdf);
        read.warnings.extend(self.recognised.warning(self.name));
        read.warnings.extend(unread(self.name, &self.unread, self.pages));
        read.warnings.insert(0, warning(self.name, self.letters, self.unknown, self.both));
        read.warnings.extend(unnamed(self.name, self.marks));
        if let Some(missing) = missing {
            read.warnings.insert(0, missing);
        }
        Ok(read)
    }
}

/// How many marks are missing since they have no name, if there are any.
fn unnamed(name: &str, marks: usize) -> Option<Warning> {
    let message = format!(
        "{name}: {marks} {} without a name, such as a hamza or harakat, and left out",
        if marks == 1 { "sign on a letter is" } else { "signs on letters are" }
    );
    (marks > 0).then_some((message, Some("give the document that the PDF was made from")))
}

/// Which pages are pictures that were not read, if there are any.
fn unread(name: &str, numbers: &[usize], pages: usize) -> Option<Warning> {
    let are = if let [_] = numbers { "is a picture" } else { "are pictures" };
    let message = format!("{name}: {} of {pages} {are} without text, and not read", named(numbers));
    (!numbers.is_empty())
        .then_some((message, Some("--ocr has the text of such pages recognised by tesseract")))
}

/// How sure the reading is.
fn warning(name: &str, letters: usize, unknown: usize, both: usize) -> Warning {
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
