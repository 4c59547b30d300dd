//! Reading TMX 1.1 to 1.4, a unit at a time, in any encoding an XML file may have.
//!
//! The DOCTYPE is passed over: nothing is fetched, and no entity is known but the five of XML and character
//! references, so that none can expand into more than one character. Unknown elements are passed over.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::mem;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::decode::Utf8Stream;
use super::model::{Header, Prop, SegType, Unit, Variant};
use super::time::Timestamp;

/// What to do with inline codes (`bpt`, `ept`, `ph`, `it`, `ut`, `hi`, `sub`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inline {
    /// Leave them out, with the native codes in them; the text inside `hi` stays.
    #[default]
    Flatten,
    /// As [`Inline::Flatten`], and keep the segment as it stood in [`Variant::markup`].
    Keep,
}

/// A file that is no translation memory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TmxError {
    /// The operating system refuses.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// The XML is broken.
    #[error("line {line}: broken XML: {message}")]
    Xml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// An entity that is not one of the five of XML.
    #[error("line {line}: unknown entity &{name};")]
    Entity {
        /// The line, from 1.
        line: usize,
        /// The entity's name.
        name: String,
    },
    /// The file is XML, but no TMX.
    #[error("not a TMX: the outermost element is <{found}>, not <tmx>")]
    NotTmx {
        /// The outermost element.
        found: String,
    },
    /// The file ends before `</tmx>`.
    #[error("line {line}: the file ends too early, inside <{inside}>")]
    EndsEarly {
        /// The line, from 1.
        line: usize,
        /// The innermost open element.
        inside: String,
    },
    /// A variant says nothing of its language.
    #[error("line {line}: a <tuv> without xml:lang")]
    NoLanguage {
        /// The line, from 1.
        line: usize,
    },
    /// A segment is longer than [`MAX_SEGMENT`].
    #[error("line {line}: a segment is longer than {MAX_SEGMENT} bytes")]
    TooLong {
        /// The line, from 1.
        line: usize,
    },
}

/// The longest segment accepted, in bytes.
pub const MAX_SEGMENT: usize = 16 << 20;

/// Reads the units of a translation memory one by one.
pub struct TmxReader<R> {
    xml: Reader<Utf8Stream<R>>,
    buffer: Vec<u8>,
    inline: Inline,
    header: Header,
    version: String,
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
                        self.finished = tag.closed;
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
                Piece::Open(tag) => self.skip(&tag)?,
                // </body>: what follows holds no units.
                Piece::Close(_) => return Ok(None),
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
        let (mut text, mut markup) = (String::new(), String::new());
        let (mut depth, mut codes_depth, mut has_codes) = (0_usize, 0_usize, false);
        loop {
            let piece = self.next_event()?;
            if text.len() + markup.len() > MAX_SEGMENT {
                return Err(TmxError::TooLong { line: self.line() });
            }
            match piece {
                Piece::Text(part) => {
                    if codes_depth == 0 {
                        text.push_str(&part);
                    }
                    if self.inline == Inline::Keep {
                        markup.push_str(&quick_xml::escape::escape(&*part));
                    }
                }
                Piece::Open(tag) => {
                    has_codes = true;
                    if self.inline == Inline::Keep {
                        tag.write(&mut markup);
                    }
                    if !tag.closed {
                        depth += 1;
                        // Native codes, and all that stands in them.
                        if codes_depth > 0 || tag.name != "hi" {
                            codes_depth += 1;
                        }
                    }
                }
                Piece::Close(name) => {
                    if depth == 0 {
                        let keep = has_codes && self.inline == Inline::Keep;
                        return Ok((Cow::Owned(text), keep.then_some(markup)));
                    }
                    depth -= 1;
                    codes_depth = codes_depth.saturating_sub(1);
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
            Ok(event) => self.piece(event),
            Err(quick_xml::Error::Io(error)) => Err(TmxError::Io(io::Error::new(error.kind(), error))),
            Err(error) => Err(self.broken(&error)),
        };
        self.buffer = buffer;
        piece
    }

    fn piece(&self, event: Event<'_>) -> Result<Piece, TmxError> {
        Ok(match event {
            Event::Start(start) => Piece::Open(self.tag(&start, Closed::No)?),
            Event::Empty(start) => Piece::Open(self.tag(&start, Closed::Yes)?),
            Event::End(end) => Piece::Close(end.name().0.to_owned()),
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(data) => Piece::Text(data.xml10_content().into_owned()),
            Event::GeneralRef(reference) => Piece::Text(self.resolve(&reference)?.to_string()),
            Event::Eof => Piece::End,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Other,
        })
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<char, TmxError> {
        match reference.resolve_char_ref() {
            Ok(Some(c)) => return Ok(c),
            Ok(None) => {}
            Err(error) => return Err(self.broken(&error)),
        }
        Ok(match &**reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            name => return Err(TmxError::Entity { line: self.line(), name: name.to_owned() }),
        })
    }

    fn tag(&self, start: &BytesStart<'_>, closed: Closed) -> Result<Tag, TmxError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.broken(&e))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| self.broken(&e))?;
            attributes.push((attribute.key.0.to_owned(), value.into_owned()));
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closed {
    Yes,
    No,
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// Whether it is an empty element, closed at once.
    closed: bool,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }

    fn date(&self, name: &str) -> Option<Timestamp> {
        self.get(name)?.parse().ok()
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&quick_xml::escape::escape(&**value));
            out.push('"');
        }
        out.push_str(if self.closed { "/>" } else { ">" });
    }
}

#[cfg(test)]
mod tests {
    use super::super::TmxWriter;
    use super::*;
    use proptest::prelude::*;

    fn units(file: &[u8], inline: Inline) -> Result<Vec<Unit<'static>>, TmxError> {
        TmxReader::new(file, inline)?.collect()
    }

    fn tmx(body: &str) -> Vec<u8> {
        format!(
            "<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM \"http://example.invalid/tmx14.dtd\" [<!ENTITY x \"y\">]>\n\
             <tmx version=\"1.4\"><header srclang=\"ar\" segtype=\"sentence\"><prop type=\"x-a\">b</prop></header>\n\
             <body>{body}</body></tmx>"
        )
        .into_bytes()
    }

    #[test]
    fn inline_codes_are_left_out_or_kept() {
        let file = tmx(
            "<tu tuid=\"7\"><note>n</note><tuv lang=\"ar\"><prop type=\"x-p\">q</prop><seg>a <bpt i=\"1\">&lt;b&gt;<sub>s</sub></bpt><hi type=\"x\">c &amp; d</hi><ept i=\"1\"/>\u{200f}</seg></tuv><other><x/></other></tu>",
        );
        let unit = &units(&file, Inline::Keep).unwrap()[0];
        assert_eq!(unit.id.as_deref(), Some("7"));
        let variant = &unit.variants[0];
        assert_eq!((&*variant.lang, &*variant.text), ("ar", "a c & d\u{200f}"));
        insta::assert_snapshot!(variant.markup.as_deref().unwrap().escape_debug(), @r#"a <bpt i=\"1\">&lt;b&gt;<sub>s</sub></bpt><hi type=\"x\">c &amp; d</hi><ept i=\"1\"/>\u{200f}"#);
        assert_eq!(units(&file, Inline::Flatten).unwrap()[0].variants[0].markup, None);
    }

    #[test]
    fn the_header_is_read_and_empty_memories_are_fine() {
        let file = tmx("");
        let reader = TmxReader::new(&*file, Inline::Flatten).unwrap();
        assert_eq!((reader.version(), &*reader.header().source_lang), ("1.4", "ar"));
        assert_eq!(reader.header().props, [Prop::new("x-a", "b")]);
        assert_eq!(reader.count(), 0);
        let empty = b"<tmx version='1.1'><header/><body/></tmx>";
        assert_eq!(units(empty, Inline::Flatten).unwrap().len(), 0);
    }

    #[test]
    fn what_is_not_known_is_passed_over_with_all_that_stands_in_it() {
        let known = "<tu creationdate=\"20240723T120000Z\" changedate=\"2024-07-24\"><tuv xml:lang=\"ar\"><seg>a</seg></tuv></tu>";
        let file = format!(
            "<tmx version=\"1.4\"><x><body><tu/></body></x><header><ude><prop type=\"no\">no</prop></ude><note>yes</note></header>\n\
             <body><y><tu><tuv lang=\"no\"/></tu></y>{known}<z/>\
             <tu><u><tuv lang=\"no\"/></u><tuv lang=\"en\"><v><seg>no</seg></v><seg>b</seg></tuv></tu><tu/></body></tmx>"
        );
        let reader = TmxReader::new(file.as_bytes(), Inline::Flatten).unwrap();
        assert_eq!(
            (reader.header().notes.as_slice(), reader.header().props.len()),
            (&["yes".to_owned()][..], 0)
        );
        let units: Vec<_> = reader.collect::<Result<_, _>>().unwrap();
        let texts: Vec<Vec<&str>> =
            units.iter().map(|u| u.variants.iter().map(|v| &*v.text).collect()).collect();
        assert_eq!(texts, [vec!["a"], vec!["b"], vec![]]);
        assert_eq!(units[0].creation_date, "20240723T120000Z".parse().ok());
        assert_eq!(units[0].change_date, "2024-07-24".parse().ok());
    }

    #[test]
    fn references_and_hidden_parts_are_read_as_xml_has_them() {
        let file = tmx(
            "<!-- <tu/> --><tu><?x y?><note><b>n</b>&lt;1</note><tuv lang='ar'><seg>&amp;&lt;&gt;&quot;&apos;&#1593;&#x639;<![CDATA[<b>&amp;]]><!-- no --></seg></tuv></tu>",
        );
        let unit = &units(&file, Inline::Keep).unwrap()[0];
        assert_eq!(unit.variants[0].text, "&<>\"'عع<b>&amp;");
        assert_eq!((&*unit.notes[0], unit.variants[0].markup.as_deref()), ("n<1", None));
        let error =
            units(&tmx("<tu><tuv lang='ar'><seg>&#0;</seg></tuv></tu>"), Inline::Flatten).unwrap_err();
        assert!(matches!(error, TmxError::Xml { line: 4, .. }), "{error}");
    }

    #[test]
    fn a_memory_that_ends_early_says_where() {
        let ends = |file: &str| units(file.as_bytes(), Inline::Flatten).unwrap_err().to_string();
        insta::assert_snapshot!(ends("<tmx>"), @"line 1: the file ends too early, inside <tmx>");
        insta::assert_snapshot!(ends("<tmx>\n<header><note>n</note>"), @"line 2: the file ends too early, inside <header>");
        insta::assert_snapshot!(ends("<tmx><body>\n\n"), @"line 3: the file ends too early, inside <body>");
        insta::assert_snapshot!(ends("<tmx><body><tu>"), @"line 1: the file ends too early, inside <tu>");
        insta::assert_snapshot!(ends("<tmx><body><tu><tuv lang='a'>"), @"line 1: the file ends too early, inside <tuv>");
        insta::assert_snapshot!(ends("<tmx><body><tu><prop>"), @"line 1: the file ends too early, inside <prop>");
        // A memory without a body has no units.
        assert_eq!(units(b"<tmx><header/></tmx>", Inline::Flatten).unwrap().len(), 0);
    }

    #[test]
    fn a_segment_or_note_is_as_long_as_it_may_be_and_no_longer() {
        let file = |length: usize, tag: &str| {
            let text = "a".repeat(length);
            match tag {
                "seg" => tmx(&format!("<tu><tuv lang='a'><seg>{text}<ph/></seg></tuv></tu>")),
                _ => tmx(&format!("<tu><note>{text}</note></tu>")),
            }
        };
        for tag in ["seg", "note"] {
            assert!(units(&file(MAX_SEGMENT, tag), Inline::Flatten).is_ok(), "{tag}");
            let error = units(&file(MAX_SEGMENT + 1, tag), Inline::Flatten).unwrap_err();
            assert!(matches!(error, TmxError::TooLong { line: 4 }), "{tag}: {error}");
        }
        // Text and markup are both held.
        let half = file(MAX_SEGMENT / 2 + 1, "seg");
        assert!(matches!(units(&half, Inline::Keep), Err(TmxError::TooLong { .. })));
    }

    #[test]
    fn utf_16_and_declared_encodings_are_read() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"ar\"><seg>العراق</seg></tuv></tu></body></tmx>";
        let utf_16 = |mark: &str, bytes_of: fn(u16) -> [u8; 2]| {
            format!("{mark}{text}").encode_utf16().flat_map(bytes_of).collect::<Vec<u8>>()
        };
        let old = text.replace("UTF-16", "windows-1256");
        let files = [
            utf_16("\u{feff}", u16::to_le_bytes),
            utf_16("\u{feff}", u16::to_be_bytes),
            utf_16("", u16::to_le_bytes),
            encoding_rs::WINDOWS_1256.encode(&old).0.into_owned(),
            format!("\u{feff}{text}").into_bytes(),
        ];
        for file in files {
            assert_eq!(units(&file, Inline::Flatten).unwrap()[0].variants[0].text, "العراق");
        }
    }

    #[test]
    fn broken_files_are_errors_with_a_line() {
        let error = |file: &[u8]| units(file, Inline::Flatten).unwrap_err().to_string();
        insta::assert_snapshot!(error(b""), @"line 1: the file ends too early, inside <nothing>");
        insta::assert_snapshot!(error(b"<html/>"), @"not a TMX: the outermost element is <html>, not <tmx>");
        insta::assert_snapshot!(error(b"<tmx>\n<header/><body><tu>\n<tuv xml:lang='ar'><seg>a"), @"line 3: the file ends too early, inside <seg>");
        insta::assert_snapshot!(error(&tmx("\n<tu><tuv><seg/></tuv></tu>")), @"line 5: a <tuv> without xml:lang");
        insta::assert_snapshot!(error(&tmx("<tu><tuv lang='a'><seg>&x;</seg></tuv></tu>")), @"line 4: unknown entity &x;");
        insta::assert_snapshot!(error(&tmx("<tu></body>")), @"line 4: broken XML: ill-formed document: expected `</tu>`, but `</body>` was found");
    }

    fn text() -> impl Strategy<Value = String> {
        let characters = prop_oneof![
            any::<char>(),
            proptest::sample::select(vec![
                '\u{200f}',
                '\u{200e}',
                '\u{200c}',
                '\u{200d}',
                '\u{a0}',
                '\u{feff}',
                '&',
                '<',
                '>',
                '"',
                '\'',
                ']',
                ' ',
                '\n',
                '\r',
                '\t',
                '\u{1f600}',
                '\u{10ffff}',
                '\u{85}',
                '\u{2028}',
                'ا',
                'ب',
                'a',
            ]),
        ];
        proptest::collection::vec(characters, 0..40).prop_map(|chars| {
            let in_xml =
                |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
            chars.into_iter().filter(in_xml).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(source in text(), target in text(), note in text(), kind in text()) {
            let unit = Unit {
                id: Some(Cow::Owned(kind.clone())),
                notes: vec![Cow::Owned(note.clone())],
                props: vec![Prop::new(kind, note)],
                creation_date: Timestamp::from_unix(1_721_779_199),
                variants: vec![Variant::new("ar-IQ", source), Variant::new("en", target)],
                ..Unit::default()
            };
            let mut file = Vec::new();
            let header = Header { notes: vec!["n".to_owned()], ..Header::new("ar-IQ") };
            let mut writer = TmxWriter::new(&mut file, &header).unwrap();
            writer.unit(&unit).unwrap();
            writer.unit(&unit).unwrap();
            prop_assert_eq!(writer.finish().unwrap().dropped, 0);
            let reader = TmxReader::new(&*file, Inline::Keep).unwrap();
            prop_assert_eq!(reader.header(), &header);
            let read: Vec<_> = reader.collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(read, vec![unit.clone(), unit]);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), body in "[<>/tuvseg &;#x\"=\\[\\]!-]{0,80}") {
            let _ = units(&bytes, Inline::Keep);
            let _ = units(&tmx(&body), Inline::Keep);
        }
    }
}
