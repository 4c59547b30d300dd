//! OpenDocument (ODT, ODS, ODP) → blocks.
//!
//! In: a container with a `content.xml`. Out: its paragraphs, headings, items of lists and cells of tables; then
//! its notes in the order of their marks. Guarantee: white space is collapsed as the format demands, and what it
//! spells out (`text:s`, `text:tab`) is put in; tracked deletions, comments and hidden text stay out.

use std::collections::BTreeMap;

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
    body(origin, content, options)
}

/// Reads a document that is one file of XML (FODT, FODS, FODP).
pub(crate) fn read_flat(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<ReadDocument, ReadError> {
    let mut read = body(Origin { name, part: "the document" }, bytes, options)?;
    read.format = Format::FlatOdt;
    Ok(read)
}

fn body(origin: Origin<'_>, content: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let text = xml::decode(origin, content)?;
    let mut body = Body::new(Flow::new(options));
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    body.read(&mut xml)?;
    let mut flow = body.flow;
    flow.close();
    flow.append(body.notes);
    Ok(flow.into_read(origin.name, Format::Odt))
}

fn is_encrypted(manifest: &[u8]) -> bool {
    memchr::memmem::find(manifest, b"encryption-data").is_some()
}

struct Body {
    flow: Flow,
    notes: Flow,
    /// Open elements and what each says of the kind of blocks in it.
    open: Vec<(String, Option<BlockKind>)>,
    /// The flows around the notes and text boxes that are open.
    outer: Vec<Flow>,
    /// Text boxes in the paragraph that is open, to be put after it.
    boxes: Vec<Flow>,
    paragraphs: usize,
    /// Styles that are based on a title's.
    titles: BTreeMap<String, u8>,
}

impl Body {
    fn new(flow: Flow) -> Self {
        let notes = flow.sibling();
        Self {
            flow,
            notes,
            open: Vec::new(),
            outer: Vec::new(),
            boxes: Vec::new(),
            paragraphs: 0,
            titles: [("Title".to_owned(), 1), ("Subtitle".to_owned(), 2)].into(),
        }
    }

    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) if tag.name == "tracked-changes" => self.count_deletions(xml)?,
                Piece::Open(tag) if is_passed_over(&tag) => {
                    match &*tag.name {
                        "annotation" => self.flow.omit(Omitted::Comment),
                        "math" => self.flow.omit(Omitted::Formula),
                        "section" | "hidden-paragraph" | "hidden-text" => self.flow.omit(Omitted::Hidden),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Piece::Open(tag) => {
                    let kind = self.start(&tag);
                    self.open.push((tag.name, kind));
                }
                Piece::Close(_) => {
                    if let Some((name, _)) = self.open.pop() {
                        self.end(&name);
                    }
                }
                Piece::Text(text) if self.paragraphs > 0 => self.push_collapsed(&text),
                Piece::Text(_) => {}
                Piece::End => return Ok(()),
            }
        }
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

    fn kind_around(&self) -> Option<BlockKind> {
        self.open.iter().rev().find_map(|(_, kind)| *kind)
    }

    fn start(&mut self, tag: &Tag<'_>) -> Option<BlockKind> {
        match &*tag.name {
            "style" => {
                let parent = tag.attribute("parent-style-name");
                if let (Some(&level), Some(name)) =
                    (parent.and_then(|p| self.titles.get(&p)), tag.attribute("name"))
                {
                    self.titles.insert(name, level);
                }
            }
            "p" | "h" => {
                self.paragraphs += 1;
                let title = tag.attribute("style-name").and_then(|s| self.titles.get(&s).copied());
                let kind = match (self.kind_around(), &*tag.name) {
                    (None | Some(BlockKind::ListItem), "h") => {
                        let level = tag.attribute("outline-level").and_then(|l| l.parse().ok());
                        BlockKind::Heading { level: level.unwrap_or(0).min(6) }
                    }
                    (Some(kind), _) => kind,
                    (None, _) => title.map_or(BlockKind::Paragraph, |level| BlockKind::Heading { level }),
                };
                // An empty paragraph between brings two blocks no nearer.
                self.flow.open(kind);
            }
            "list-item" | "list-header" => return Some(BlockKind::ListItem),
            "table-cell" | "covered-table-cell" => return Some(BlockKind::TableCell),
            "note-body" => {
                self.begin_inner();
                return Some(BlockKind::Footnote);
            }
            "text-box" if self.paragraphs > 0 => {
                self.begin_inner();
                return Some(BlockKind::Paragraph);
            }
            "tab" => self.push("\t"),
            "line-break" => self.flow.break_line(),
            "s" => {
                let count = tag.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "span" | "a" if self.paragraphs > 0 => self.flow.open_tag(),
            "image" | "object" if self.paragraphs > 0 => {
                if tag.name == "object" {
                    self.flow.omit(Omitted::Object);
                }
                self.flow.lone_tag();
            }
            _ => {}
        }
        None
    }

    fn begin_inner(&mut self) {
        let inner = self.flow.sibling();
        self.outer.push(std::mem::replace(&mut self.flow, inner));
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.paragraphs -= 1;
                self.flow.close();
                if self.paragraphs == 0 {
                    for boxed in std::mem::take(&mut self.boxes) {
                        self.flow.append(boxed);
                    }
                }
            }
            "note-body" => {
                if let Some(outer) = self.outer.pop() {
                    self.notes.append(std::mem::replace(&mut self.flow, outer));
                }
            }
            "text-box" if self.paragraphs > 0 => {
                if let Some(outer) = self.outer.pop() {
                    self.boxes.push(std::mem::replace(&mut self.flow, outer));
                }
            }
            "span" | "a" if self.paragraphs > 0 => self.flow.close_tag(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.paragraphs > 0 {
            self.flow.push(text);
        }
    }

    fn push_collapsed(&mut self, text: &str) {
        if self.flow.is_open() {
            self.flow.push_collapsed(text);
        }
    }
}

/// What is no text of the document: deletions, comments, marks of notes, hidden text, the readings of ruby.
fn is_passed_over(tag: &Tag<'_>) -> bool {
    matches!(
        &*tag.name,
        "annotation"
            | "annotation-end"
            | "note-citation"
            | "hidden-text"
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
    ) || (matches!(&*tag.name, "section" | "hidden-paragraph")
        && tag.attribute("display").as_deref() == Some("none"))
}
