//! DOCX → blocks.
//!
//! In: a container of WordprocessingML. Out: its paragraphs, the runs of each joined (Word splits right-to-left
//! text into runs at every number), then footnotes and endnotes in the order of their marks; documents inserted whole
//! in their places. Guarantee: text is what the runs hold, marks of direction included; deleted, moved away and hidden
//! text and the instructions of fields stay out, inserted text stays in; of alternative forms one is read.

mod fields;
mod inserted;
mod look;

use std::collections::BTreeMap;

use self::fields::Fields;
use self::inserted::Content;
use self::look::Look;
use super::alternatives::Alternatives;
use super::drawing;
use super::relations::{self, Relation};
use super::styles::{ParagraphStyle, Styles};
use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Tag, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Reads a document.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let content = content(&mut package, name, options, 0)?;
    let mut read = content.flow.into_read(name, Format::Docx);
    read.warnings.extend(content.warnings);
    Ok(read)
}

/// Reads a document that is inserted into `depth` others.
fn content(
    package: &mut Package<'_>,
    name: &str,
    options: &ReadOptions,
    depth: usize,
) -> Result<Content, ReadError> {
    let main = relations::main_part(package, name, "word/document.xml")?;
    let text = xml::decode(Origin { name, part: &main }, package.required(&main)?)?;
    let relations = relations::of(package, name, &main)?;
    let styles = match relations::related(package, name, &relations, "styles")? {
        Some((part, text)) => Styles::read(Origin { name, part: &part }, &text)?,
        None => Styles::default(),
    };
    let mut body = Body::new(&styles, Flow::new(options), Fields::before(&text));
    body.diagrams = drawing::diagrams(package, name, &relations, &body.flow)?;
    let warnings;
    (body.inserted, warnings) = inserted::read(package, name, &relations, options, depth, &content)?;
    body.read(Origin { name, part: &main }, &text)?;
    let mut flow = body.flow;
    for (kind, marks) in [("footnotes", &body.footnotes), ("endnotes", &body.endnotes)] {
        let mut notes = notes(package, name, &relations, kind, &styles, &flow)?;
        for id in marks {
            if let Some(note) = notes.remove(id) {
                flow.append(note);
            }
        }
    }
    Ok(Content { flow, warnings })
}

/// The notes of one kind by their identifiers.
fn notes(
    package: &mut Package<'_>,
    name: &str,
    relations: &[Relation],
    kind: &str,
    styles: &Styles,
    like: &Flow,
) -> Result<BTreeMap<String, Flow>, ReadError> {
    let mut notes = BTreeMap::new();
    let Some((part, text)) = relations::related(package, name, relations, kind)? else { return Ok(notes) };
    let fields = Fields::before(&text);
    let mut xml = Xml::new(Origin { name, part: &part }, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if matches!(&*tag.name, "footnote" | "endnote") => {
                // Separators are notes of a type of their own.
                let usual = tag.attribute("type").is_none_or(|t| t == "normal");
                match tag.attribute("id").filter(|_| usual) {
                    Some(id) => {
                        let mut body = Body::new(styles, like.sibling(), fields.clone());
                        body.around.push(Some(BlockKind::Footnote));
                        body.read_inside(&mut xml)?;
                        notes.insert(id, body.flow);
                    }
                    None => xml.skip()?,
                }
            }
            Piece::End => return Ok(notes),
            _ => {}
        }
    }
}

struct Body<'s> {
    styles: &'s Styles,
    flow: Flow,
    /// What contains the place reached; `None` for elements that say nothing of a block's kind.
    around: Vec<Option<BlockKind>>,
    paragraphs: Vec<Paragraph>,
    footnotes: Vec<String>,
    endnotes: Vec<String>,
    fields: Fields,
    alternatives: Alternatives,
    /// The texts of documents inserted whole, by the identifiers of their parts.
    inserted: BTreeMap<String, Flow>,
    /// The texts of diagrams (SmartArt) by the identifiers of their parts.
    diagrams: BTreeMap<String, Flow>,
}

/// A paragraph that is being read; one in a text box stands in another.
#[derive(Default)]
struct Paragraph {
    /// The flow around the text box in which this paragraph stands, to go on with after it.
    outer: Option<Flow>,
    style: ParagraphStyle,
    /// Whether its end was deleted with tracking: the next paragraph goes on with it.
    joined: bool,
    /// How the run reached is formatted, and how the text pushed last was.
    run: Look,
    pushed: Look,
    in_link: bool,
    boxes: Vec<Flow>,
}

impl<'s> Body<'s> {
    fn new(styles: &'s Styles, flow: Flow, fields: Fields) -> Self {
        Self {
            styles,
            flow,
            around: Vec::new(),
            paragraphs: Vec::new(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            fields,
            alternatives: Alternatives::default(),
            inserted: BTreeMap::new(),
            diagrams: BTreeMap::new(),
        }
    }

    fn read(&mut self, origin: Origin<'_>, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(origin, text, Entities::Xml);
        self.read_inside(&mut xml)
    }

    /// Reads to the end of the element that was opened last, or of the file.
    fn read_inside(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut open: Vec<String> = Vec::new();
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) => {
                    if self.alternatives.passes_over(&tag) || Self::is_passed_over(&tag) {
                        self.count_omitted(&tag);
                        xml.skip()?;
                        continue;
                    }
                    match &*tag.name {
                        "t" => self.text(xml, &tag)?,
                        "pPr" => {
                            self.paragraph_properties(xml)?;
                        }
                        "rPr" => self.run_properties(xml)?,
                        _ => {
                            self.start(&tag);
                            open.push(tag.name);
                        }
                    }
                }
                Piece::Close(_) => match open.pop() {
                    Some(name) => self.end(&name),
                    None => break,
                },
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        self.flow.close();
        Ok(())
    }

    /// Deleted and moved text, instructions of fields, formulas, and what carries no text.
    fn is_passed_over(tag: &Tag<'_>) -> bool {
        matches!(
            &*tag.name,
            "del"
                | "moveFrom"
                | "delText"
                | "instrText"
                | "oMath"
                | "oMathPara"
                | "sectPr"
                | "tblPr"
                | "tblGrid"
                | "trPr"
                | "tcPr"
                | "sdtPr"
                | "rt"
                | "comment"
        )
    }

    fn count_omitted(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "del" | "moveFrom" => self.flow.omit(Omitted::Deletion),
            "oMath" | "oMathPara" => self.flow.omit(Omitted::Formula),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "tc" => self.around.push(Some(BlockKind::TableCell)),
            "p" => self.paragraphs.push(Paragraph::default()),
            "txbxContent" => {
                let inner = self.flow.sibling();
                let outer = std::mem::replace(&mut self.flow, inner);
                self.around.push(None);
                self.paragraphs.push(Paragraph { outer: Some(outer), ..Paragraph::default() });
            }
            "r" => {
                let hidden = self.paragraphs.last().is_some_and(|p| p.style.hidden);
                self.set_look(Look { marks: 0, hidden });
            }
            "fldChar" => self.fields.mark(&tag.attribute("fldCharType").unwrap_or_default()),
            "altChunk" => match tag.prefixed("id").and_then(|id| self.inserted.remove(&id)) {
                Some(flow) => self.flow.append(flow),
                None => self.flow.omit(Omitted::Inserted),
            },
            // What an instruction of a field shows to no one.
            "footnoteReference" | "endnoteReference" | "drawing" | "pict" | "object"
                if self.fields.in_instruction() => {}
            "hyperlink" => self.set_link(true),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.break_line(),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = tag.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                // Letters of symbol fonts stand in the private area, where they say nothing.
                if let Some(c) =
                    code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c))
                {
                    self.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" => self.footnotes.extend(tag.attribute("id")),
            "endnoteReference" => self.endnotes.extend(tag.attribute("id")),
            "commentReference" => self.flow.omit(Omitted::Comment),
            "chart" => self.flow.omit(Omitted::Chart),
            "relIds" => match tag.prefixed("dm").and_then(|id| self.diagrams.remove(&id)) {
                Some(diagram) => match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.push(diagram),
                    None => self.flow.append(diagram),
                },
                None => self.flow.omit(Omitted::Diagram),
            },
            "drawing" | "pict" | "object" if self.flow.is_open() => {
                self.flow.lone_tag();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if self.alternatives.end(name) => self.flow.omit(Omitted::Object),
            "tc" => {
                self.flow.close();
                self.around.pop();
            }
            "hyperlink" => self.set_link(false),
            "p" => {
                let Some(paragraph) = self.paragraphs.pop() else { return };
                if !paragraph.joined {
                    self.flow.close();
                }
                for boxed in paragraph.boxes {
                    self.flow.append(boxed);
                }
            }
            "txbxContent" => {
                self.around.pop();
                let Some(outer) = self.paragraphs.pop().and_then(|p| p.outer) else { return };
                let boxed = std::mem::replace(&mut self.flow, outer);
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.push(boxed),
                    None => self.flow.append(boxed),
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), ReadError> {
        let kept = tag.attribute("space").as_deref() == Some("preserve");
        let mut text = String::new();
        loop {
            match xml.next_piece()? {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Open(_) => xml.skip()?,
                Piece::Close(_) | Piece::End => break,
            }
        }
        // White space at the ends counts only where it is said to.
        let text = if kept { &*text } else { text.trim_matches([' ', '\t', '\n']) };
        self.push(text);
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() || self.fields.in_instruction() {
            return;
        }
        let kind = self.around.iter().rev().find_map(|k| *k);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if paragraph.run.hidden {
            self.flow.omit(Omitted::Hidden);
            return;
        }
        if !self.flow.is_open() {
            paragraph.pushed = Look::default();
            self.flow.open(kind.or(paragraph.style.kind).unwrap_or(BlockKind::Paragraph));
        }
        let look = Look { marks: paragraph.run.marks | u8::from(paragraph.in_link), hidden: false };
        if look != paragraph.pushed {
            if paragraph.pushed != Look::default() {
                self.flow.close_tag();
            }
            if look != Look::default() {
                self.flow.open_tag();
            }
            paragraph.pushed = look;
        }
        self.flow.push(text);
    }

    fn break_line(&mut self) {
        if self.paragraphs.last().is_some_and(|p| !p.run.hidden) && !self.fields.in_instruction() {
            self.flow.break_line();
        }
    }

    fn set_look(&mut self, look: Look) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.run = look;
        }
    }

    fn set_link(&mut self, inside: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.in_link = inside;
        }
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let hidden = self.paragraphs.last().is_some_and(|p| p.style.hidden);
        self.set_look(Look::read(xml, self.styles, hidden)?);
        Ok(())
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let (style, deleted) = self.styles.paragraph(xml)?;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.style = style;
            paragraph.joined = deleted;
        }
        Ok(())
    }
}
