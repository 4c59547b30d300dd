//! Writing TMX 1.4, a unit at a time.
//!
//! The layout is the one that the readers tried accept: all seven header attributes, `xml:lang`, notes and
//! properties before variants, no white space put into `<seg>`, no DOCTYPE, no inline codes unless they are
//! asked for.

use std::io::{self, Write};

use super::escape::{Place, escape_into};
use super::model::{Header, Prop, Unit};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Written {
    /// Units.
    pub units: usize,
    /// Characters left out because XML 1.0 cannot hold them.
    pub dropped: usize,
}

/// Writes a translation memory to `W`, through a buffer of its own.
///
/// [`TmxWriter::finish`] must be called at the end; without it the file is not complete.
#[derive(Debug)]
pub struct TmxWriter<W: Write> {
    out: W,
    buffer: Vec<u8>,
    written: Written,
    /// Whether variants that have markup are written with it.
    markup: bool,
}

const FLUSH_AT: usize = 1 << 16;

impl<W: Write> TmxWriter<W> {
    /// Begins a memory with `header`.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        let mut writer = Self {
            out,
            buffer: Vec::with_capacity(FLUSH_AT * 2),
            written: Written::default(),
            markup: false,
        };
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header");
        let attributes = [
            ("creationtool", &*header.creation_tool),
            ("creationtoolversion", &*header.creation_tool_version),
            ("segtype", header.seg_type.name()),
            ("o-tmf", &*header.original_format),
            ("adminlang", &*header.admin_lang),
            ("srclang", &*header.source_lang),
            ("datatype", &*header.data_type),
        ];
        for (name, value) in attributes {
            writer.attribute(name, value);
        }
        if let Some(date) = header.creation_date {
            writer.attribute("creationdate", &date.to_string());
        }
        if header.notes.is_empty() && header.props.is_empty() {
            writer.raw("/>\n<body>\n");
        } else {
            writer.raw(">\n");
            for note in &header.notes {
                writer.note(note);
            }
            for prop in &header.props {
                writer.prop(prop);
            }
            writer.raw("</header>\n<body>\n");
        }
        writer.pass_on()?;
        Ok(writer)
    }

    /// Writes the [markup](super::Variant::markup) of variants that have any, in place of their text: level 2.
    #[must_use]
    pub fn with_markup(self) -> Self {
        Self { markup: true, ..self }
    }

    /// Writes one unit.
    pub fn unit(&mut self, unit: &Unit<'_>) -> io::Result<()> {
        self.raw("<tu");
        if let Some(id) = &unit.id {
            self.attribute("tuid", id);
        }
        if let Some(date) = unit.creation_date {
            self.attribute("creationdate", &date.to_string());
        }
        if let Some(date) = unit.change_date {
            self.attribute("changedate", &date.to_string());
        }
        self.raw(">\n");
        for note in &unit.notes {
            self.note(note);
        }
        for prop in &unit.props {
            self.prop(prop);
        }
        for variant in &unit.variants {
            self.raw("<tuv");
            self.attribute("xml:lang", &variant.lang);
            self.raw(">");
            if !variant.props.is_empty() {
                self.raw("\n");
                for prop in &variant.props {
                    self.prop(prop);
                }
            }
            self.raw("<seg>");
            match &variant.markup {
                Some(markup) if self.markup => self.raw(markup),
                _ => self.content(&variant.text),
            }
            self.raw("</seg></tuv>\n");
        }
        self.raw("</tu>\n");
        self.written.units += 1;
        if self.buffer.len() >= FLUSH_AT { self.pass_on() } else { Ok(()) }
    }

    /// Ends the memory and passes everything on.
    pub fn finish(mut self) -> io::Result<Written> {
        self.raw("</body>\n</tmx>\n");
        self.pass_on()?;
        self.out.flush()?;
        Ok(self.written)
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn content(&mut self, text: &str) {
        self.written.dropped += escape_into(&mut self.buffer, text, Place::Content);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.written.dropped += escape_into(&mut self.buffer, value, Place::Attribute);
        self.raw("\"");
    }

    fn note(&mut self, note: &str) {
        self.raw("<note>");
        self.content(note);
        self.raw("</note>\n");
    }

    fn prop(&mut self, prop: &Prop<'_>) {
        self.raw("<prop");
        self.attribute("type", &prop.kind);
        self.raw(">");
        self.content(&prop.value);
        self.raw("</prop>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Variant;
    use super::*;

    #[test]
    fn the_layout_is_the_one_that_readers_accept() {
        let mut out = Vec::new();
        let mut header = Header::new("ar");
        header.creation_tool_version = "1".to_owned();
        header.creation_date = "20240723T120000Z".parse().ok();
        let mut writer = TmxWriter::new(&mut out, &header).unwrap();
        let unit = Unit {
            creation_date: header.creation_date,
            notes: vec!["checked".into()],
            props: vec![Prop::new("x-confidence", "0.98")],
            variants: vec![
                Variant::new("ar", " العراق & \u{200f}\u{a0}"),
                Variant::new("en", "Iraq\u{b} <tag> \"q\""),
            ],
            ..Unit::default()
        };
        writer.unit(&unit).unwrap();
        assert_eq!(writer.finish().unwrap(), Written { units: 1, dropped: 1 });
        insta::assert_snapshot!(String::from_utf8(out).unwrap().replace(['\u{200f}', '\u{a0}'], "."), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <tmx version="1.4">
        <header creationtool="muqabala" creationtoolversion="1" segtype="sentence" o-tmf="muqabala" adminlang="en" srclang="ar" datatype="plaintext" creationdate="20240723T120000Z"/>
        <body>
        <tu creationdate="20240723T120000Z">
        <note>checked</note>
        <prop type="x-confidence">0.98</prop>
        <tuv xml:lang="ar"><seg> العراق &amp; ..</seg></tuv>
        <tuv xml:lang="en"><seg>Iraq &lt;tag&gt; "q"</seg></tuv>
        </tu>
        </body>
        </tmx>
        "#);
    }

    #[test]
    fn units_are_passed_on_in_pieces_large_enough_and_no_larger() {
        struct Pieces(Vec<usize>);
        impl Write for Pieces {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.push(bytes.len());
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut out = Pieces(Vec::new());
        let mut writer = TmxWriter::new(&mut out, &Header::new("ar")).unwrap();
        let unit = Unit { variants: vec![Variant::new("ar", "a".repeat(1000))], ..Unit::default() };
        for _ in 0..FLUSH_AT / 250 {
            writer.unit(&unit).unwrap();
        }
        writer.finish().unwrap();
        // The header goes first, alone; what is left over goes last.
        let whole = &out.0[1..out.0.len() - 1];
        assert_eq!(whole.len(), 4, "{whole:?}");
        assert!(whole.iter().all(|size| (FLUSH_AT..FLUSH_AT + 1200).contains(size)), "{whole:?}");
    }
}
