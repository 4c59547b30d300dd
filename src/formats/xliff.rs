//! XLIFF 1.2, the exchange format that most translation tools read.
//!
//! Written: a `trans-unit` a unit with a source text, the target left out where there is none; units without a
//! source text are left out. An accepted unit is `approved` and `final`, a flagged one `needs-review-translation`,
//! others are `translated`. Bead type and confidence stand in a `context-group`. Lost: characters that XML cannot
//! hold. Read: XLIFF 1.0 to 1.2, inline codes left out, [`super::xliff2`] for 2.x; `alt-trans` is passed over.

use std::borrow::Cow;
use std::io::{self, Write};

use super::unit::{Head, bead_type, share};
use super::xml::{Inside, Piece, Pieces, Tag, Xml, decoded, folded};
use super::{Bilingual, FormatError, Status, Unit, xliff2};
use crate::tmx::Written;

const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:1.2";

/// Writes XLIFF 1.2.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut xml = Xml::default();
    let mut written = Written::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\"")
        .attribute("xmlns", NAMESPACE);
    xml.raw(">\n<file").attribute("original", &head.name).attribute("datatype", "plaintext");
    xml.attribute("source-language", head.languages.source.as_str());
    xml.attribute("target-language", head.languages.target.as_str()).raw(">\n<body>\n");
    for (index, unit) in units.into_iter().filter(|u| !u.texts.source.is_empty()).enumerate() {
        let number = (index + 1).to_string();
        let id = if unit.id.is_empty() { &*number } else { &*unit.id };
        xml.raw("<trans-unit").attribute("id", id).attribute("xml:space", "preserve");
        if unit.status == Status::Accepted {
            xml.attribute("approved", "yes");
        }
        xml.raw(">\n<source").attribute("xml:lang", head.languages.source.as_str()).raw(">");
        xml.text(&unit.texts.source).raw("</source>\n");
        if !unit.texts.target.is_empty() {
            let state = match unit.status {
                Status::Accepted => "final",
                Status::Flagged => "needs-review-translation",
                Status::Pending => "translated",
            };
            xml.raw("<target")
                .attribute("xml:lang", head.languages.target.as_str())
                .attribute("state", state);
            xml.raw(">").text(&unit.texts.target).raw("</target>\n");
        }
        let known = [
            ("x-bead-type", unit.bead_type.map(|t| t.to_string())),
            ("x-confidence", unit.confidence_text()),
        ];
        if known.iter().any(|(_, value)| value.is_some()) {
            xml.raw("<context-group").attribute("name", "muqabala").attribute("purpose", "information");
            xml.raw(">");
            for (kind, value) in known {
                if let Some(value) = value {
                    xml.raw("<context").attribute("context-type", kind).raw(">");
                    xml.text(&value).raw("</context>");
                }
            }
            xml.raw("</context-group>\n");
        }
        if !unit.comment.is_empty() {
            xml.raw("<note").attribute("from", "reviewer").raw(">").text(&unit.comment).raw("</note>\n");
        }
        xml.raw("</trans-unit>\n").pass_on(out)?;
        written.units += 1;
    }
    xml.raw("</body>\n</file>\n</xliff>\n").pass_on(out)?;
    written.dropped = xml.dropped;
    Ok(written)
}

/// Reads XLIFF of any version.
pub fn read(bytes: &[u8]) -> Result<Bilingual, FormatError> {
    let text = decoded(bytes)?;
    let mut pieces = Pieces::new(&text);
    let root = pieces.root()?;
    if root.name != "xliff" {
        return Err(FormatError::Other {
            expected: "an XLIFF",
            found: format!("the outermost element is <{}>", root.name),
        });
    }
    let file = if root.get("version").is_some_and(|v| v.starts_with('2')) {
        xliff2::read_body(&mut pieces, &root)?
    } else {
        read_body(&mut pieces)?
    };
    if file.units.is_empty() { Err(FormatError::Nothing("unit")) } else { Ok(file) }
}

fn read_body(pieces: &mut Pieces<'_>) -> Result<Bilingual, FormatError> {
    let mut file = Bilingual::default();
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "file" => {
                    let language = |name: &str| tag.get(name).and_then(|l| l.parse().ok());
                    let languages = &mut file.languages;
                    languages.source = languages.source.take().or_else(|| language("source-language"));
                    languages.target = languages.target.take().or_else(|| language("target-language"));
                }
                "trans-unit" => {
                    let unit = read_unit(pieces, &tag)?;
                    file.units.push(unit);
                }
                // What has texts that are none of the document's.
                "header" | "bin-unit" => pieces.skip()?,
                _ => {}
            },
            Piece::End => return Ok(file),
            _ => {}
        }
    }
}

fn read_unit(pieces: &mut Pieces<'_>, tag: &Tag) -> Result<Unit<'static>, FormatError> {
    let mut unit = Unit { id: Cow::Owned(tag.get("id").unwrap_or_default().to_owned()), ..Unit::default() };
    if tag.get("approved") == Some("yes") {
        unit.status = Status::Accepted;
    }
    let outer = pieces.depth();
    let preserve = tag.get("xml:space") == Some("preserve");
    loop {
        match pieces.next_piece()? {
            Piece::Open(inner) => match &*inner.name {
                "source" => unit.texts.source = Cow::Owned(segment(pieces, preserve)?),
                "target" => {
                    if inner.get("state").is_some_and(|s| s.starts_with("needs-review")) {
                        unit.status = Status::Flagged;
                    }
                    unit.texts.target = Cow::Owned(segment(pieces, preserve)?);
                }
                "note" => unit.comment_first(pieces.text_of(|_| Inside::Keep)?),
                "context" => {
                    let kind = inner.get("context-type").unwrap_or_default().to_owned();
                    let value = pieces.text_of(|_| Inside::Keep)?;
                    match &*kind {
                        "x-bead-type" => unit.bead_type = bead_type(&value),
                        "x-confidence" => unit.confidence = share(&value),
                        _ => {}
                    }
                }
                "context-group" => {}
                _ => pieces.skip()?,
            },
            Piece::Close(_) if pieces.depth() < outer => return Ok(unit),
            Piece::End => return Ok(unit),
            _ => {}
        }
    }
}

/// The text of a `source` or `target`; where white space does not count it is folded.
fn segment(pieces: &mut Pieces<'_>, preserve: bool) -> Result<String, FormatError> {
    let text = pieces.text_of(|tag| match &*tag.name {
        "g" | "mrk" => Inside::Keep,
        _ => Inside::Drop,
    })?;
    Ok(if preserve { text } else { folded(&text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tools_files_are_read() {
        let file = "<?xml version='1.0'?><!DOCTYPE xliff [<!ENTITY e 'x'>]>\n<xliff version='1.2' xmlns='urn:x'>\
            <file source-language='en' target-language='ar-IQ'><header><note>n</note></header><body><group>\
            <trans-unit id='a'><source>One <g id='1'>bold</g><ph id='2'>&lt;br/&gt;</ph> &amp; two\n   lines</source>\
            <seg-source><mrk mtype='seg'>One</mrk></seg-source><target>واحد</target>\
            <alt-trans><source>Old</source><target>قديم</target></alt-trans><note>see</note></trans-unit>\
            <trans-unit id='b'><source/></trans-unit></group></body></file></xliff>";
        let read = read(file.as_bytes()).unwrap();
        assert_eq!(read.languages.target.unwrap().as_str(), "ar-IQ");
        let units: Vec<_> =
            read.units.iter().map(|u| (&*u.id, &*u.texts.source, &*u.texts.target, &*u.comment)).collect();
        assert_eq!(units, [("a", "One bold & two lines", "واحد", "see"), ("b", "", "", "")]);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        insta::assert_snapshot!(error("<html/>"), @"not an XLIFF: the outermost element is <html>");
        insta::assert_snapshot!(error("<xliff>\n<file><trans-unit><source>&x;"), @"line 2: unknown entity &x;");
        insta::assert_snapshot!(error("<xliff>\n<file>\n"), @"line 3: the file ends too early");
        insta::assert_snapshot!(error("<xliff></xliff>"), @"it holds no unit");
    }
}
