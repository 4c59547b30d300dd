//! Reading TMX 1.1 to 1.4, a unit at a time, in any encoding an XML file may have.
//!
//! Of the DOCTYPE the entities count to which it gives a text; nothing is fetched, and what they add is bounded. Unknown elements are passed over, but for the units
//! that stand in them and for their text inside segments; a second body or document is read on.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::mem;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode::Utf8Stream;
use super::error::{MAX_SEGMENT, TmxError};
use super::flat::{Element, Flat};
use super::model::{Header, Prop, SegType, Unit, Variant};
use super::tag::{Closed, Tag};
use crate::xml::{Allowance, Entities, NoMeaning};

/// What to do with inline codes (`bpt`, `ept`, `ph`, `it`, `ut`, `hi`, `sub`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inline {
    /// Leave them out, with the native codes in them; the text inside all other elements stays, that inside `sub` comes
    /// after the rest, and a code that stands for a break is a blank.
    #[default]
    Flatten,
    /// As [`Inline::Flatten`], and keep the segment as it stood in [`Variant::markup`].
    Keep,
}

/// Reads the units of a translation memory one by one.
pub struct TmxReader<R> {
    xml: Reader<Utf8Stream<R>>,
    buffer: Vec<u8>,
    inline: Inline,
    header: Header,
    version: String,
    entities: Entities,
    allowance: Allowance,
    /// Elements around the units that are open.
    open: usize,
    finished: bool,
}

impl<R: BufRead> TmxReader<R> {
    /// Reads up to the first unit.
    pub fn new(input: R, inline: Inline) -> Result<Self, TmxError> {
        let mut reader = Self {
            xml: Reader::from_reader(Utf8Stream::new(input)?),
            buffer: Vec::new(),
            inline,
            header: Header::new(""),
            version: String::new(),
            entities: Entities::default(),
            allowance: Allowance::default(),
            open: 0,
            finished: false,
        };
        reader.read_head()?;
        Ok(reader)
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The version of TMX that the file claims, such as `1.4`.
    pub fn version(&self) -> &str {
        &self.version
    }

    fn line(&self) -> usize {
        self.xml.get_ref().line()
    }

    fn read_head(&mut self) -> Result<(), TmxError> {
        loop {
            match self.next_event()? {
                Piece::Open(tag) if tag.name == "tmx" => {
                    tag.get("version").unwrap_or_default().clone_into(&mut self.version);
                    break;
                }
                Piece::Open(tag) => return Err(TmxError::NotTmx { found: tag.name }),
                Piece::End => return Err(self.ends_early("nothing")),
                _ => {}
            }
        }
        loop {
            match self.next_event()? {
                Piece::Open(tag) => match &*tag.name {
                    "header" => self.read_header(&tag)?,
                    "body" => {
                        // The body, and the document around it.
                        self.open = 1 + usize::from(!tag.closed);
                        return Ok(());
                    }
                    _ => self.skip(&tag)?,
                },
                Piece::Close(_) => {
                    self.finished = true;
                    return Ok(());
                }
                Piece::End => return Err(self.ends_early("tmx")),
                _ => {}
            }
        }
    }

    fn read_header(&mut self, tag: &Tag) -> Result<(), TmxError> {
        let text = |name| tag.get(name).unwrap_or_default().to_owned();
        self.header = Header {
            creation_tool: text("creationtool"),
            creation_tool_version: text("creationtoolversion"),
            seg_type: tag.get("segtype").and_then(SegType::from_name).unwrap_or(SegType::Sentence),
            original_format: text("o-tmf"),
            admin_lang: text("adminlang"),
            source_lang: text("srclang"),
            data_type: text("datatype"),
            creation_date: tag.date("creationdate"),
            notes: Vec::new(),
            props: Vec::new(),
        };
        if tag.closed {
            return Ok(());
        }
        loop {
            match self.next_event()? {
                Piece::Open(inner) => match &*inner.name {
                    "note" => {
                        let note = self.read_plain(&inner)?;
                        self.header.notes.push(note);
                    }
                    "prop" => {
                        let prop = self.read_prop(&inner)?;
                        self.header.props.push(prop);
                    }
                    _ => self.skip(&inner)?,
                },
                Piece::Close(_) => return Ok(()),
                Piece::End => return Err(self.ends_early("header")),
                _ => {}
            }
        }
    }

    fn next_unit(&mut self) -> Result<Option<Unit<'static>>, TmxError> {
        loop {
            match self.next_event()? {
                Piece::Open(tag) if tag.name == "tu" => return self.read_unit(&tag).map(Some),
                Piece::Open(tag) if matches!(&*tag.name, "header" | "note" | "prop" | "ude") => {
                    self.skip(&tag)?;
                }
                // A group of units, a second body or document.
                Piece::Open(tag) => self.open += usize::from(!tag.closed),
                Piece::Close(_) => self.open = self.open.saturating_sub(1),
                Piece::End if self.open == 0 => return Ok(None),
                Piece::End => return Err(self.ends_early("body")),
                _ => {}
            }
        }
    }

    fn read_unit(&mut self, tag: &Tag) -> Result<Unit<'static>, TmxError> {
        let mut unit = Unit {
            id: tag.get("tuid").map(|id| Cow::Owned(id.to_owned())),
            creation_date: tag.date("creationdate"),
            change_date: tag.date("changedate"),
            ..Unit::default()
        };
        if tag.closed {
            return Ok(unit);
        }
        loop {
            match self.next_event()? {
                Piece::Open(inner) => match &*inner.name {
                    "note" => unit.notes.push(Cow::Owned(self.read_plain(&inner)?)),
                    "prop" => unit.props.push(self.read_prop(&inner)?),
                    "tuv" => unit.variants.push(self.read_variant(&inner)?),
                    _ => self.skip(&inner)?,
                },
                Piece::Close(_) => return Ok(unit),
                Piece::End => return Err(self.ends_early("tu")),
                _ => {}
            }
        }
    }

    fn read_variant(&mut self, tag: &Tag) -> Result<Variant<'static>, TmxError> {
        // TMX 1.1 has `lang` in place of `xml:lang`.
        let lang = tag.get("xml:lang").or_else(|| tag.get("lang"));
        let lang = lang.ok_or_else(|| TmxError::NoLanguage { line: self.line() })?;
        let mut variant = Variant::new(lang.to_owned(), "");
        if tag.closed {
            return Ok(variant);
        }
        loop {
            match self.next_event()? {
                Piece::Open(inner) => match &*inner.name {
                    "prop" => variant.props.push(self.read_prop(&inner)?),
                    "seg" if !inner.closed => {
                        (variant.text, variant.markup) = self.read_segment()?;
                    }
                    _ => self.skip(&inner)?,
                },
                Piece::Close(_) => return Ok(variant),
                Piece::End => return Err(self.ends_early("tuv")),
                _ => {}
            }
        }
    }

    fn read_segment(&mut self) -> Result<(Cow<'static, str>, Option<String>), TmxError> {
        let (mut flat, mut markup, mut length) = (Flat::default(), String::new(), 0);
        let (mut depth, mut has_codes) = (0_usize, false);
        loop {
            let piece = self.next_event()?;
            if length + markup.len() > MAX_SEGMENT {
                return Err(TmxError::TooLong { line: self.line() });
            }
            match piece {
                Piece::Text(part) => {
                    length += part.len();
                    flat.text(&part);
                    if self.inline == Inline::Keep {
                        markup.push_str(&quick_xml::escape::escape(&*part));
                    }
                }
                Piece::Open(tag) => {
                    has_codes = true;
                    if self.inline == Inline::Keep {
                        tag.write(&mut markup);
                    }
                    let kinds = ["type", "ctype"].map(|name| tag.get(name).unwrap_or_default());
                    flat.open(&Element::of_tmx(&tag.name, kinds));
                    if tag.closed {
                        flat.close();
                    } else {
                        depth += 1;
                    }
                }
                Piece::Close(name) => {
                    if depth == 0 {
                        let keep = has_codes && self.inline == Inline::Keep;
                        return Ok((Cow::Owned(flat.finish()), keep.then_some(markup)));
                    }
                    depth -= 1;
                    flat.close();
                    if self.inline == Inline::Keep {
                        markup.push_str("</");
                        markup.push_str(&name);
                        markup.push('>');
                    }
                }
                Piece::End => return Err(self.ends_early("seg")),
                Piece::Other => {}
            }
        }
    }

    fn read_prop(&mut self, tag: &Tag) -> Result<Prop<'static>, TmxError> {
        let kind = tag.get("type").unwrap_or_default().to_owned();
        Ok(Prop::new(kind, self.read_plain(tag)?))
    }

    /// The text of the element `tag`, which was opened just now.
    fn read_plain(&mut self, tag: &Tag) -> Result<String, TmxError> {
        let mut text = String::new();
        let mut depth = usize::from(!tag.closed);
        while depth > 0 {
            match self.next_event()? {
                Piece::Text(part) => text.push_str(&part),
                Piece::Open(inner) => depth += usize::from(!inner.closed),
                Piece::Close(_) => depth -= 1,
                Piece::End => return Err(self.ends_early(&tag.name)),
                Piece::Other => {}
            }
            if text.len() > MAX_SEGMENT {
                return Err(TmxError::TooLong { line: self.line() });
            }
        }
        Ok(text)
    }

    fn skip(&mut self, tag: &Tag) -> Result<(), TmxError> {
        self.read_plain(tag).map(|_| ())
    }

    fn ends_early(&self, inside: &str) -> TmxError {
        TmxError::EndsEarly { line: self.line(), inside: inside.to_owned() }
    }

    fn next_event(&mut self) -> Result<Piece, TmxError> {
        let mut buffer = mem::take(&mut self.buffer);
        buffer.clear();
        let piece = match self.xml.read_event_into(&mut buffer) {
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.to_string();
                drop(reference);
                self.buffer = buffer;
                return self.resolve(&name).map(Piece::Text);
            }
            Ok(event) => self.piece(event),
            Err(quick_xml::Error::Io(error)) => Err(TmxError::Io(io::Error::new(error.kind(), error))),
            Err(error) => Err(self.broken(&error)),
        };
        self.buffer = buffer;
        piece
    }

    fn piece(&mut self, event: Event<'_>) -> Result<Piece, TmxError> {
        Ok(match event {
            Event::Start(start) => Piece::Open(self.tag(&start, Closed::No)?),
            Event::Empty(start) => Piece::Open(self.tag(&start, Closed::Yes)?),
            Event::End(end) => Piece::Close(end.name().0.to_owned()),
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(data) => Piece::Text(data.xml10_content().into_owned()),
            Event::Eof => Piece::End,
            Event::DocType(doctype) => {
                self.entities = Entities::of(&doctype);
                Piece::Other
            }
            Event::GeneralRef(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Piece::Other,
        })
    }

    /// What a reference stands for, of which `name` stands between `&` and `;`.
    fn resolve(&mut self, name: &str) -> Result<String, TmxError> {
        match self.entities.resolve(name, "", &mut self.allowance) {
            Ok((text, _)) => Ok(text.into_owned()),
            // Half a character; the other half may follow.
            Err(why @ NoMeaning::Illegal(0xd800..=0xdbff)) => {
                let mut buffer = Vec::new();
                let next = self.xml.read_event_into(&mut buffer).map_err(|e| self.broken(&e))?;
                if let Event::GeneralRef(low) = next {
                    let low = format!("&{};", &*low);
                    if let Ok((text, 1..)) = self.entities.resolve(name, &low, &mut self.allowance) {
                        return Ok(text.into_owned());
                    }
                }
                Err(self.without_meaning(why))
            }
            Err(why) => Err(self.without_meaning(why)),
        }
    }

    fn without_meaning(&self, why: NoMeaning) -> TmxError {
        let line = self.line();
        match why {
            NoMeaning::Unknown(name) => TmxError::Entity { line, name },
            NoMeaning::Illegal(_) | NoMeaning::Bare => TmxError::Xml { line, message: why.to_string() },
            why => TmxError::Reference { line, message: why.to_string() },
        }
    }

    fn tag(&mut self, start: &BytesStart<'_>, closed: Closed) -> Result<Tag, TmxError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.broken(&e))?;
            let value = self.entities.attribute(&attribute.value, &mut self.allowance);
            attributes.push((attribute.key.0.to_owned(), value.map_err(|e| self.without_meaning(e))?));
        }
        Ok(Tag { name: start.name().0.to_owned(), attributes, closed: closed == Closed::Yes })
    }

    fn broken(&self, error: &dyn std::error::Error) -> TmxError {
        TmxError::Xml { line: self.line(), message: error.to_string() }
    }
}

impl<R: BufRead> Iterator for TmxReader<R> {
    type Item = Result<Unit<'static>, TmxError>;

    /// The next unit; after an error there is none.
    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let unit = self.next_unit().transpose();
        self.finished = !matches!(unit, Some(Ok(_)));
        unit
    }
}

/// What a reader meets, freed from the buffer it was read into.
enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
    Other,
    End,
}

#[cfg(test)]
mod tests;
