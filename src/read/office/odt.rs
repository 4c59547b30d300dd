//! OpenDocument (ODT, ODS, ODP) → blocks.
//!
//! In: a container with a `content.xml`. Out: its paragraphs, headings, items of lists and cells of tables; the text
//! of shapes in a paragraph after it; then its notes in the order of their marks. Guarantee: white space is collapsed
//! as the format demands, and what it spells out (`text:s`, `text:tab`) is put in; tracked deletions, comments and
//! hidden text stay out.

mod styles;

use self::styles::{Family, Styles};
use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Tag, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Spaces that one `text:s` may stand for.
const MOST_SPACES: usize = 1000;

/// Reads a document.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let origin = Origin { name, part: "content.xml" };
    let content = package.required("content.xml")?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|m| is_encrypted(&m)) {
        return Err(ReadError::Refused {
            name: name.to_owned(),
            why: "it is encrypted".to_owned(),
            hint: "save it without a password first",
        });
    }
    let styles = match package.part("styles.xml")? {
        Some(bytes) => {
            let origin = Origin { name, part: "styles.xml" };
            Styles::read(origin, &xml::decode(origin, bytes)?)?
        }
        None => Styles::default(),
    };
    body(origin, content, styles, options)
}

/// Reads a document that is one file of XML (FODT, FODS, FODP).
pub(crate) fn read_flat(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let mut read = body(Origin { name, part: "the document" }, bytes, Styles::default(), options)?;
    read.format = Format::FlatOdt;
    Ok(read)
}

fn body(
    origin: Origin<'_>,
    content: Vec<u8>,
    styles: Styles,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let text = xml::decode(origin, content)?;
    let mut body = Body::new(Flow::new(options), styles);
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    body.read(&mut xml)?;
    let mut flow = body.flow;
    flow.close();
    for note in body.notes.into_iter().flatten() {
        flow.append(note);
    }
    Ok(flow.into_read(origin.name, Format::Odt))
}

fn is_encrypted(manifest: &[u8]) -> bool {
    memchr::memmem::find(manifest, b"encryption-data").is_some()
}

struct Body {
    flow: Flow,
    /// The paragraphs of notes, each where its place is from its begin on.
    notes: Vec<Option<Flow>>,
    /// What stands in shapes in the paragraph that is open, to be put after it; likewise.
    boxes: Vec<Option<Flow>>,
    open: Vec<Element>,
    /// The paragraphs that are open: one in a shape or a note stands in another.
    paragraphs: Vec<Paragraph>,
    styles: Styles,
    /// Whether these are slides, whose numbers are no text.
    slides: bool,
    /// Whether the text before was hidden, and counted.
    after_hidden: bool,
}

/// An element that is open.
struct Element {
    name: String,
    /// What it says of the kind of blocks in it.
    kind: Option<BlockKind>,
    /// Whether the text in it is hidden.
    hidden: bool,
}

/// A paragraph that is open.
struct Paragraph {
    kind: BlockKind,
    /// How many elements are open around it.
    depth: usize,
    /// Of one inside another: the flow of that, to go on with, and its own place among notes or boxes.
    inner: Option<(Flow, usize)>,
    in_note: bool,
    /// Whether a field hides it.
    hidden: bool,
}

impl Body {
    fn new(flow: Flow, styles: Styles) -> Self {
        Self {
            flow,
            notes: Vec::new(),
            boxes: Vec::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            styles,
            slides: false,
            after_hidden: false,
        }
    }

    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) if tag.name == "tracked-changes" => self.count_deletions(xml)?,
                Piece::Open(tag) if self.is_passed_over(&tag) => {
                    match &*tag.name {
                        "annotation" => self.flow.omit(Omitted::Comment),
                        "math" => self.flow.omit(Omitted::Formula),
                        "section" | "hidden-text" => self.flow.omit(Omitted::Hidden),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Piece::Open(tag) => {
                    let hidden = self.is_hidden(&tag);
                    let kind = self.start(&tag);
                    self.open.push(Element { name: tag.name, kind, hidden });
                }
                Piece::Close(_) => {
                    if let Some(element) = self.open.pop() {
                        self.end(&element.name);
                    }
                }
                Piece::Text(text) => self.push_collapsed(&text),
                Piece::End => return Ok(()),
            }
        }
    }

    /// Whether the text of an element that begins is hidden, by its style or by what is around it.
    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        let family = match &*tag.name {
            "p" | "h" => Some(Family::Paragraph),
            "span" | "a" => Some(Family::Text),
            _ => None,
        };
        let style = family.and_then(|family| self.styles.hides(family, &tag.attribute("style-name")?));
        style.unwrap_or_else(|| self.open.last().is_some_and(|element| element.hidden))
    }

    /// Passes over what was deleted.
    fn count_deletions(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut depth = 1;
        while depth > 0 {
            match xml.next_piece()? {
                Piece::Open(tag) if tag.name == "deletion" => {
                    self.flow.omit(Omitted::Deletion);
                    xml.skip()?;
                }
                Piece::Open(_) => depth += 1,
                Piece::Close(_) => depth -= 1,
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        Ok(())
    }

    /// What the elements inside the innermost open paragraph say of the kind of blocks in them.
    fn kind_around(&self) -> Option<BlockKind> {
        let depth = self.paragraphs.last().map_or(0, |p| p.depth);
        self.open[depth..].iter().rev().find_map(|element| element.kind)
    }

    fn start(&mut self, tag: &Tag<'_>) -> Option<BlockKind> {
        self.styles.start(tag);
        match &*tag.name {
            "presentation" => self.slides = true,
            "p" | "h" => self.start_paragraph(tag),
            "list-item" | "list-header" => return Some(BlockKind::ListItem),
            "table-cell" | "covered-table-cell" => return Some(BlockKind::TableCell),
            "note-body" => return Some(BlockKind::Footnote),
            "hidden-paragraph" if is_hidden_now(tag) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = true;
                }
            }
            "tab" => self.push("\t"),
            "line-break" if !self.in_hidden() => self.flow.break_line(),
            "s" => {
                let count = tag.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "span" | "a" if self.flow.is_open() => self.flow.open_tag(),
            "image" | "object" if !self.paragraphs.is_empty() => {
                if tag.name == "object" {
                    self.flow.omit(Omitted::Object);
                }
                self.flow.lone_tag();
            }
            _ => {}
        }
        None
    }

    fn start_paragraph(&mut self, tag: &Tag<'_>) {
        let title = tag.attribute("style-name").and_then(|s| self.styles.title(&s));
        let around = self.kind_around().or_else(|| {
            // What stands in a shape of a note is of the note, what stands in one of a paragraph a paragraph.
            let outer = self.paragraphs.last()?;
            Some(if outer.kind == BlockKind::Footnote { outer.kind } else { BlockKind::Paragraph })
        });
        let kind = match (around, &*tag.name) {
            (None | Some(BlockKind::ListItem), "h") => {
                let level = tag.attribute("outline-level").and_then(|l| l.parse().ok());
                BlockKind::Heading { level: level.unwrap_or(0).min(6) }
            }
            (Some(kind), _) => kind,
            (None, _) => title.map_or(BlockKind::Paragraph, |level| BlockKind::Heading { level }),
        };
        let around = self.paragraphs.last();
        let in_note = around.is_some_and(|p| {
            p.in_note || self.open[p.depth..].iter().any(|element| element.name == "note-body")
        });
        let inner = around.is_some().then(|| {
            let flow = self.flow.sibling();
            let places = if in_note { &mut self.notes } else { &mut self.boxes };
            places.push(None);
            (std::mem::replace(&mut self.flow, flow), places.len() - 1)
        });
        let depth = self.open.len();
        self.paragraphs.push(Paragraph { kind, depth, inner, in_note, hidden: false });
        self.after_hidden = false;
        // An empty paragraph between brings two blocks no nearer.
        self.flow.open(kind);
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" | "a" if self.flow.is_open() => self.flow.close_tag(),
            "style" => self.styles.end(name),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.hidden && self.flow.discard() {
            self.flow.omit(Omitted::Hidden);
        }
        self.flow.close();
        if let Some((outer, place)) = paragraph.inner {
            let flow = std::mem::replace(&mut self.flow, outer);
            let places = if paragraph.in_note { &mut self.notes } else { &mut self.boxes };
            places[place] = Some(flow);
        } else {
            for boxed in self.boxes.drain(..).flatten() {
                self.flow.append(boxed);
            }
        }
    }

    fn in_hidden(&self) -> bool {
        self.open.last().is_some_and(|element| element.hidden)
    }

    fn push(&mut self, text: &str) {
        if self.flow.is_open() && !self.in_hidden() {
            self.flow.push(text);
        }
    }

    fn push_collapsed(&mut self, text: &str) {
        if !self.flow.is_open() {
            return;
        }
        let blank = text.trim().is_empty();
        if !self.in_hidden() {
            self.flow.push_collapsed(text);
            self.after_hidden &= blank;
        } else if !blank && !self.after_hidden {
            // Text may come in several pieces.
            self.flow.omit(Omitted::Hidden);
            self.after_hidden = true;
        }
    }

    /// What is no text of the document: deletions, comments, marks of notes, hidden text, the readings of ruby, the
    /// numbers, dates, heads and feet of slides.
    fn is_passed_over(&self, tag: &Tag<'_>) -> bool {
        match &*tag.name {
            "hidden-text" => tag.attribute("is-hidden").is_none_or(|is| is != "false"),
            "section" => tag.attribute("display").is_some_and(|d| d == "none") || is_hidden_now(tag),
            "page-number" => self.slides,
            "frame" | "custom-shape" => tag
                .attribute("class")
                .is_some_and(|class| matches!(&*class, "page-number" | "date-time" | "header" | "footer")),
            name => is_no_text(name),
        }
    }
}

/// Whether a condition hid it when the document was saved.
fn is_hidden_now(tag: &Tag<'_>) -> bool {
    tag.attribute("is-hidden").is_some_and(|is| is == "true")
}

/// Elements without text of the document.
fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "annotation"
            | "annotation-end"
            | "note-citation"
            | "ruby-text"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "forms"
            | "script"
            | "desc"
            | "title"
            | "settings"
            // Of documents in one file: heads and feet, and pictures as letters.
            | "master-styles"
            | "binary-data"
            | "font-face-decls"
            | "meta"
            | "change-info"
            | "table-source"
            | "math"
    )
}
