//! The little XML that the formats need: pieces with their line coming in, escaped text going out.
//!
//! Entities are the five of XML and those to which the DOCTYPE gives a text; others are an error. Names are local names.

use std::cell::Cell;
use std::io::Read as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::FormatError;
use crate::tmx::{Place, Utf8Stream, escape_into};
use crate::xml::{Allowance, Entities};

/// What a reader meets. An empty element is opened and closed.
#[derive(Debug)]
pub(super) enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
    End,
}

/// An element's name, without its prefix, and its attributes, with theirs.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }

    /// The attribute with this name behind a prefix, whichever: what a tool says in a namespace of its own.
    pub(super) fn prefixed(&self, name: &str) -> Option<&str> {
        let is = |n: &str| n.split_once(':').is_some_and(|(_, local)| local == name);
        self.attributes.iter().find(|(n, _)| is(n)).map(|(_, value)| &**value)
    }

    /// Whether it is to be translated, where it says so.
    pub(super) fn translates(&self) -> Option<bool> {
        match self.get("translate")? {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }
}

/// The text of an XML file in any encoding that XML allows.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, FormatError> {
    let mut text = String::new();
    Utf8Stream::new(bytes)?.read_to_string(&mut text)?;
    Ok(text)
}

/// How deep elements may be nested: no format comes near it, and readers of units inside units go as deep.
const MOST_DEPTH: usize = 1000;

/// Reads an XML text piece by piece.
pub(super) struct Pieces<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// Up to where lines were counted, and the line there.
    counted: Cell<(usize, usize)>,
    /// The entities that the DOCTYPE declares, and how much they may still add.
    entities: Entities,
    allowance: Allowance,
    /// Names of the open elements, where ends may be missing or too many.
    open: Option<Vec<String>>,
    /// Names of elements that end together, the outermost first.
    ending: Vec<String>,
    /// What open elements say of white space, with their depths.
    spaces: Vec<(usize, bool)>,
    /// Lines with an end that is missing or too many.
    pub(super) mended: Vec<usize>,
}

impl<'x> Pieces<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            text,
            reader,
            depth: 0,
            counted: Cell::new((0, 1)),
            entities: Entities::default(),
            allowance: Allowance::default(),
            open: None,
            ending: Vec::new(),
            spaces: Vec::new(),
            mended: Vec::new(),
        }
    }

    /// The same for a text whose ends of elements may be missing or too many: an end closes all that is open inside
    /// its element, and one of an element that is not open is passed over. The lines are in `mended`.
    pub(super) fn lenient(text: &'x str) -> Self {
        let mut pieces = Self::new(text);
        pieces.open = Some(Vec::new());
        let config = pieces.reader.config_mut();
        (config.check_end_names, config.allow_unmatched_ends) = (false, true);
        pieces
    }

    /// The line reached, from 1. It is counted on from where it was asked for last.
    pub(super) fn line(&self) -> usize {
        let (from, before) = self.counted.get();
        let at = (self.reader.buffer_position() as usize).clamp(from, self.text.len());
        let line = before + memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..at]).count();
        self.counted.set((at, line));
        line
    }

    /// How many elements are open.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// Whether white space counts in the element that was opened last: as it says (`xml:space`), or the closest one around
    /// it that does.
    pub(super) fn preserves_space(&self) -> bool {
        self.spaces.last().is_some_and(|(_, preserves)| *preserves)
    }

    pub(super) fn error(&self, message: impl Into<String>) -> FormatError {
        FormatError::at(self.line(), message)
    }

    /// The next piece; an end inside an element is an error.
    pub(super) fn next_piece(&mut self) -> Result<Piece, FormatError> {
        loop {
            if let Some(name) = self.ending.pop() {
                return Ok(self.close(&name));
            }
            let event = self.reader.read_event().map_err(|e| {
                let line = line_at(self.text, self.reader.error_position());
                FormatError::at(line, format!("broken XML: {e}"))
            })?;
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(self.error(format!("elements are nested deeper than {MOST_DEPTH}")));
                    }
                    if let Some(open) = &mut self.open {
                        open.push(start.name().0.to_owned());
                    }
                    let tag = self.tag(&start)?;
                    if let Some(space) = tag.get("xml:space") {
                        self.spaces.push((self.depth, space == "preserve"));
                    }
                    Piece::Open(tag)
                }
                Event::End(end) => {
                    let name = end.name().0;
                    let place = self.open.as_ref().map(|open| open.iter().rposition(|n| n == name));
                    match place {
                        Some(None) => {
                            self.mended.push(self.line());
                            continue;
                        }
                        Some(Some(place)) => {
                            let open =
                                self.open.as_mut().map(|open| open.split_off(place)).unwrap_or_default();
                            if open.len() > 1 {
                                self.mended.push(self.line());
                            }
                            self.ending = open;
                            continue;
                        }
                        None => self.close(name),
                    }
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(data) => Piece::Text(data.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let at = (self.reader.buffer_position() as usize).min(self.text.len());
                    let found = self.entities.resolve(&reference, &self.text[at..], &mut self.allowance);
                    let (text, more) = match found {
                        Ok((text, more)) => (text.into_owned(), more),
                        Err(why) => return Err(self.error(why.to_string())),
                    };
                    if more > 0 {
                        // The other half of the character, which is a reference of its own.
                        self.reader.read_event().map_err(|e| self.error(format!("broken XML: {e}")))?;
                    }
                    Piece::Text(text)
                }
                Event::Eof if self.depth > 0 => return Err(self.error("the file ends too early")),
                Event::Eof => Piece::End,
                Event::DocType(declared) => {
                    self.entities = Entities::of(&declared);
                    continue;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    fn close(&mut self, name: &str) -> Piece {
        self.depth = self.depth.saturating_sub(1);
        self.spaces.retain(|(depth, _)| *depth <= self.depth);
        Piece::Close(name.rsplit_once(':').map_or(name, |(_, local)| local).to_owned())
    }

    /// The outermost element.
    pub(super) fn root(&mut self) -> Result<Tag, FormatError> {
        loop {
            match self.next_piece()? {
                Piece::Open(tag) => return Ok(tag),
                Piece::End => return Err(self.error("there is no XML element")),
                _ => {}
            }
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), FormatError> {
        self.text_of(|_| Inside::Drop).map(|_| ())
    }

    /// The text of the element that was opened last; `inside` says what counts of the elements in it.
    pub(super) fn text_of(&mut self, inside: impl Fn(&Tag) -> Inside) -> Result<String, FormatError> {
        let outer = self.depth;
        let mut text = String::new();
        // The depth at which an element was opened whose text does not count.
        let mut dropped: Option<usize> = None;
        loop {
            match self.next_piece()? {
                Piece::Text(part) if dropped.is_none() => text.push_str(&part),
                Piece::Open(tag) if dropped.is_none() => match inside(&tag) {
                    Inside::Keep => {}
                    Inside::Drop => dropped = Some(self.depth),
                },
                Piece::Close(_) => {
                    if dropped.is_some_and(|at| self.depth < at) {
                        dropped = None;
                    }
                    if self.depth < outer {
                        return Ok(text);
                    }
                }
                Piece::End => return Ok(text),
                _ => {}
            }
        }
    }

    fn tag(&mut self, start: &BytesStart<'_>) -> Result<Tag, FormatError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.error(format!("broken XML: {e}")))?;
            let value = self.entities.attribute(&attribute.value, &mut self.allowance);
            attributes.push((attribute.key.0.to_owned(), value.map_err(|e| self.error(e.to_string()))?));
        }
        Ok(Tag { name: start.local_name().as_ref().to_owned(), attributes })
    }
}

/// What the open elements say of being translated: the innermost that says something counts.
#[derive(Debug, Default)]
pub(super) struct Translates(Vec<(usize, bool)>);

impl Translates {
    /// Takes what `tag` says, which was opened at `depth`.
    pub(super) fn open(&mut self, depth: usize, tag: &Tag) {
        self.0.extend(tag.translates().map(|says| (depth, says)));
    }

    /// Forgets what was said deeper than `depth`.
    pub(super) fn close(&mut self, depth: usize) {
        self.0.retain(|(at, _)| *at <= depth);
    }

    /// Whether the unit `tag` is not to be translated.
    pub(super) fn leave(&self, tag: &Tag) -> bool {
        !tag.translates().or_else(|| self.0.last().map(|(_, says)| *says)).unwrap_or(true)
    }
}

/// What an element inside a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Markup around text that counts.
    Keep,
    /// A code, whose content is no text.
    Drop,
}

fn line_at(text: &str, offset: u64) -> usize {
    let end = (offset as usize).min(text.len());
    memchr::memchr_iter(b'\n', &text.as_bytes()[..end]).count() + 1
}

/// XML being written into memory. Text that XML 1.0 cannot hold is left out and counted.
#[derive(Debug, Default)]
pub(super) struct Xml {
    pub(super) bytes: Vec<u8>,
    pub(super) dropped: usize,
}

impl Xml {
    pub(super) fn raw(&mut self, text: &str) -> &mut Self {
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.dropped += escape_into(&mut self.bytes, text, Place::Content);
        self
    }

    /// ` name="value"`.
    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"");
        self.dropped += escape_into(&mut self.bytes, value, Place::Attribute);
        self.raw("\"")
    }

    /// Passes on what was written so far.
    pub(super) fn pass_on(&mut self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        out.write_all(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// `text` without line ends and the indentation after them, which stand in it for the looks of the file.
pub(super) fn folded(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let lines: Vec<&str> =
        text.split('\n').map(|l| l.trim_matches([' ', '\t', '\r'])).filter(|l| !l.is_empty()).collect();
    lines.join(" ")
}
