//! One way of reading XML for all formats made of it.
//!
//! In: the bytes of an XML file in UTF-8 or UTF-16. Out: elements, their ends and text, piece by piece. Guarantee:
//! nothing is fetched and no entity is expanded but the five of XML, character references and, where asked for,
//! those of HTML; a file that declares entities is refused, as is one nested deeper than [`DEEPEST`]; elements are
//! closed in the order they were opened.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ReadError;

/// Elements inside each other, at most.
pub(crate) const DEEPEST: usize = 1000;

/// Which names of entities are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entities {
    /// The five of XML.
    Xml,
    /// Those of HTML as well, as XHTML has them.
    Html,
}

/// Where a file of XML comes from, for messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// The input.
    pub name: &'a str,
    /// The part of the input, such as `word/document.xml`; empty where the input is the file.
    pub part: &'a str,
}

impl Origin<'_> {
    fn place(&self, line: usize) -> String {
        if self.part.is_empty() { format!("line {line}") } else { format!("{}, line {line}", self.part) }
    }
}

/// A piece of XML.
#[derive(Debug)]
pub(crate) enum Piece<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// An element ends: its name without prefix.
    Close(String),
    /// Text.
    Text(Cow<'x, str>),
    /// There is no more.
    End,
}

/// The start of an element.
#[derive(Debug)]
pub(crate) struct Tag<'x> {
    /// Its name without prefix.
    pub name: String,
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// The value of the attribute whose name without prefix is `name`.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key| local(key) == name)
    }

    /// The value of the attribute called `name` with any prefix: `r:id` for `id`, never `id` itself.
    pub(crate) fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| key.len() > name.len() && local(key) == name)
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|a| wanted(a.key.0))?;
        // What cannot be resolved stays as it stands.
        Some(unescape(&found.value))
    }
}

/// Resolves the entities of XML and of HTML in an attribute's value.
fn unescape(raw: &str) -> String {
    quick_xml::escape::unescape_with(raw, resolve_html5_entity)
        .map_or_else(|_| raw.to_owned(), Cow::into_owned)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads XML piece by piece.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    bytes: &'x [u8],
    origin: Origin<'x>,
    entities: Entities,
    depth: usize,
}

impl<'x> Xml<'x> {
    /// A reader of `text`.
    pub(crate) fn new(origin: Origin<'x>, text: &'x str, entities: Entities) -> Self {
        let mut reader = Reader::from_reader(text.as_bytes());
        reader.config_mut().expand_empty_elements = true;
        Self { reader, bytes: text.as_bytes(), origin, entities, depth: 0 }
    }

    /// The next piece; comments, processing instructions and a DOCTYPE without entities are passed over.
    pub(crate) fn next_piece(&mut self) -> Result<Piece<'x>, ReadError> {
        loop {
            let event = self.reader.read_event().map_err(|e| self.broken(&e.to_string()))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.refused(
                            &format!("elements are nested deeper than {DEEPEST}"),
                            "no document of a person is nested so deep; get it from a source you trust",
                        ));
                    }
                    Piece::Open(Tag { name: start.local_name().into_inner().to_owned(), start })
                }
                Event::End(end) => {
                    self.depth -= 1;
                    Piece::Close(end.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Piece::Text(lines(text.into_inner())),
                Event::CData(text) => Piece::Text(lines(text.into_inner())),
                Event::GeneralRef(entity) => Piece::Text(self.resolve(&entity)?),
                Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                    return Err(self.refused(
                        "its DOCTYPE declares entities",
                        "entities can fetch files or expand without end; remove the DOCTYPE",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken("the file ends inside an element; it may be cut off"));
                }
                Event::Eof => Piece::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Empty(_) => {
                    continue;
                }
            });
        }
    }

    /// Passes over what stands in the element that was opened last, and its end.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        let mut depth = 1;
        while depth > 0 {
            match self.next_piece()? {
                Piece::Open(_) => depth += 1,
                Piece::Close(_) => depth -= 1,
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        Ok(())
    }

    fn resolve(&mut self, entity: &BytesRef<'_>) -> Result<Cow<'x, str>, ReadError> {
        match entity.resolve_char_ref() {
            Ok(Some(c)) => return Ok(Cow::Owned(c.to_string())),
            Ok(None) => {}
            Err(error) => return self.joined(entity).ok_or_else(|| self.broken(&error.to_string())),
        }
        let name: &str = entity;
        let known = match self.entities {
            Entities::Xml => resolve_xml_entity(name),
            Entities::Html => resolve_html5_entity(name),
        };
        known.map(Cow::Borrowed).ok_or_else(|| self.broken(&format!("unknown entity &{name};")))
    }

    /// The character of which `half` is the first of the halves that UTF-16 has for it, if the other follows.
    fn joined(&mut self, half: &str) -> Option<Cow<'x, str>> {
        let at = (self.reader.buffer_position() as usize).min(self.bytes.len());
        let after = &self.bytes[at..];
        let end = 1 + after.iter().take(16).position(|&b| b == b';')?;
        let after = std::str::from_utf8(&after[..end]).ok()?;
        let none = crate::xml::Entities::default();
        let (found, _) = none.resolve(half, after, &mut crate::xml::Allowance::default()).ok()?;
        let found = found.into_owned();
        self.reader.read_event().ok()?;
        Some(Cow::Owned(found))
    }

    fn line(&self) -> usize {
        let at = (self.reader.buffer_position() as usize).min(self.bytes.len());
        1 + memchr::memchr_iter(b'\n', &self.bytes[..at]).count()
    }

    /// The error for XML that is broken where the reader stands.
    pub(crate) fn broken(&self, message: &str) -> ReadError {
        let message = format!("{}: {message}", self.origin.place(self.line()));
        ReadError::Damaged { name: self.origin.name.to_owned(), message }
    }

    fn refused(&self, why: &str, hint: &'static str) -> ReadError {
        let why = format!("{}: {why}", self.origin.place(self.line()));
        ReadError::Refused { name: self.origin.name.to_owned(), why, hint }
    }
}

/// Line ends as XML has them: a line feed alone.
fn lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// Decodes a file of XML: UTF-8 or UTF-16 by its mark or zero bytes, or what its declaration names.
pub(crate) fn decode(origin: Origin<'_>, bytes: Vec<u8>) -> Result<String, ReadError> {
    let damaged = |message: String| ReadError::Damaged { name: origin.name.to_owned(), message };
    let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or_else(|| (declared(&bytes), 0));
    if encoding == UTF_8 && mark == 0 {
        return String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', &e.as_bytes()[..at]).count();
            damaged(format!("{}: byte {at} is not valid UTF-8", origin.place(line)))
        });
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    let wrong = || damaged(format!("{}: bytes that are not valid {}", origin.place(1), encoding.name()));
    text.map(Cow::into_owned).ok_or_else(wrong)
}

/// The encoding that zero bytes or the XML declaration show.
fn declared(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, ..] => return UTF_16LE,
        [0, b'<', ..] => return UTF_16BE,
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(d, _)| d);
    let label = declaration.and_then(|d| {
        let value = d.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|q| matches!(q, '"' | '\''))?;
        value[1..].split_once(quote).map(|(label, _)| label)
    });
    // A file without a zero byte is no UTF-16, whatever it says.
    let named = label.and_then(|l| Encoding::for_label_no_replacement(l.as_bytes()));
    named.filter(|e| *e != UTF_16LE && *e != UTF_16BE).unwrap_or(UTF_8)
}
