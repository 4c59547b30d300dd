//! XLIFF 2.1 (ISO 21720).
//!
//! Written: a `unit` with one `segment` a unit of ours that has a source text. An accepted one is `final`, others
//! are `translated`, those without a target text `initial`; bead type, confidence and flags stand in the metadata
//! module, comments in notes. Characters that XML cannot hold are written as `cp`, so that nothing is lost. Read:
//! each segment is a unit, wherever it stands; inline codes are left out, those that stand for a break are white space.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::inline::content;
use super::placeholder::{self, Placeholders};
use super::tmx::ask_for_review;
use super::told::LeftOut;
use super::unit::{Head, bead_type, share};
use super::xml::{Inside, Piece, Pieces, Tag, Translates, Xml, folded};
use super::{FormatError, Multilingual, Several, Status, Unit};
use crate::bitext::{Side, Sides};
use crate::tmx::Written;

/// Writes XLIFF 2.1.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut xml = Xml::default();
    let mut written = Written::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff");
    xml.attribute("xmlns", "urn:oasis:names:tc:xliff:document:2.0");
    xml.attribute("xmlns:mda", "urn:oasis:names:tc:xliff:metadata:2.0").attribute("version", "2.1");
    xml.attribute("srcLang", head.languages.source.as_str());
    xml.attribute("trgLang", head.languages.target.as_str());
    xml.raw(">\n<file").attribute("id", "f1").attribute("original", &head.name);
    xml.attribute("srcDir", head.directions.source.name()).attribute("trgDir", head.directions.target.name());
    xml.raw(">\n");
    for (index, unit) in units.into_iter().filter(|u| !u.texts.source.is_empty()).enumerate() {
        let id = if is_token(&unit.id) { unit.id.to_string() } else { (index + 1).to_string() };
        xml.raw("<unit").attribute("id", &id).raw(">\n");
        let flagged = (unit.status == Status::Flagged).then(|| "flagged".to_owned());
        let known = [
            ("bead-type", unit.bead_type.map(|t| t.to_string())),
            ("confidence", unit.confidence_text()),
            ("status", flagged),
        ];
        if known.iter().any(|(_, value)| value.is_some()) {
            xml.raw("<mda:metadata><mda:metaGroup").attribute("category", "muqabala").raw(">");
            for (kind, value) in known {
                if let Some(value) = value {
                    xml.raw("<mda:meta").attribute("type", kind).raw(">").text(&value).raw("</mda:meta>");
                }
            }
            xml.raw("</mda:metaGroup></mda:metadata>\n");
        }
        if !unit.comment.is_empty() {
            xml.raw("<notes><note").attribute("category", "comment").raw(">");
            xml.text(&unit.comment).raw("</note></notes>\n");
        }
        let translated = !unit.texts.target.is_empty();
        let state = match unit.status {
            _ if !translated => "initial",
            Status::Accepted => "final",
            Status::Pending | Status::Flagged => "translated",
        };
        xml.raw("<segment").attribute("id", "s1").attribute("state", state).raw(">\n");
        text(&mut xml, "source", &unit.texts.source, head);
        if translated {
            text(&mut xml, "target", &unit.texts.target, head);
        }
        xml.raw("</segment>\n</unit>\n").pass_on(out)?;
        written.units += 1;
    }
    if written.units == 0 {
        // A file must hold a unit or a group.
        xml.raw("<group id=\"g1\"/>\n");
    }
    xml.raw("</file>\n</xliff>\n").pass_on(out)?;
    written.dropped = xml.dropped;
    Ok(written)
}

fn text(xml: &mut Xml, name: &str, content: &str, head: &Head) {
    xml.raw("<").raw(name).attribute("xml:space", "preserve").raw(">");
    match head.placeholders {
        Placeholders::Text => plain(xml, content),
        Placeholders::Elements => placeholder::xliff2(xml, content, plain),
    }
    xml.raw("</").raw(name).raw(">\n");
}

fn plain(xml: &mut Xml, content: &str) {
    let mut from = 0;
    for (at, c) in content.char_indices().filter(|&(_, c)| !in_xml(c)) {
        xml.text(&content[from..at]);
        let mut code = String::new();
        // Writing to a string does not fail.
        let _ = write!(code, "<cp hex=\"{:04X}\"/>", u32::from(c));
        xml.raw(&code);
        from = at + c.len_utf8();
    }
    xml.text(&content[from..]);
}

const fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether `id` can be an identifier (an XML name token, kept to ASCII).
fn is_token(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
}

/// Reads what follows the element `xliff`.
pub(super) fn read_body(pieces: &mut Pieces<'_>, root: &Tag) -> Result<Multilingual, FormatError> {
    let mut file = Multilingual::default();
    let code = |name: &str| root.get(name).unwrap_or_default();
    let codes = Sides::new(code("srcLang"), code("trgLang"));
    let mut translates = Translates::default();
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "unit" => {
                    let unfinished = translates.leave(&tag).then_some(LeftOut::NotForTranslation);
                    read_unit(pieces, &tag, codes, unfinished, &mut file)?;
                }
                "source" | "target" => {
                    let line = pieces.line();
                    if !pieces.text_of(|_| Inside::Keep)?.trim().is_empty() {
                        file.told.misplaced(line);
                    }
                }
                "skeleton" | "notes" | "metadata" | "matches" | "glossary" | "originalData" => {
                    pieces.skip()?;
                }
                _ => translates.open(pieces.depth(), &tag),
            },
            Piece::Close(_) => translates.close(pieces.depth()),
            Piece::End => return Ok(file),
            Piece::Text(_) => {}
        }
    }
}

/// A segment being read.
struct Segment {
    unit: Unit<'static>,
    texts: Sides<Option<String>>,
    inner: Sides<Vec<String>>,
}

fn read_unit(
    pieces: &mut Pieces<'_>,
    tag: &Tag,
    codes: Sides<&str>,
    unfinished: Option<LeftOut>,
    file: &mut Multilingual,
) -> Result<(), FormatError> {
    let id: Cow<'static, str> = Cow::Owned(tag.get("id").unwrap_or_default().to_owned());
    let outer = pieces.depth();
    let mut known = Unit { id, unfinished, ..Unit::default() };
    let mut native: BTreeMap<String, String> = BTreeMap::new();
    let mut segment: Option<Segment> = None;
    loop {
        match pieces.next_piece()? {
            Piece::Open(inner) => match &*inner.name {
                "segment" => {
                    let mut unit = known.clone();
                    match inner.get("state") {
                        Some("final" | "reviewed") => unit.status = Status::Accepted,
                        Some("initial") => {
                            unit.unfinished.get_or_insert(LeftOut::Untranslated);
                        }
                        _ => {}
                    }
                    segment = Some(Segment { unit, texts: Sides::default(), inner: Sides::default() });
                }
                "source" | "target" => {
                    let line = pieces.line();
                    let preserve = pieces.preserves_space();
                    let found = content(pieces, &native)?;
                    let text = if preserve { found.text } else { folded(&found.text) };
                    let side = if inner.name == "source" { Side::Source } else { Side::Target };
                    match &mut segment {
                        // The first is that of the segment.
                        Some(segment) if segment.texts.get(side).is_some() => {
                            file.told.leave_out_text(codes.get(side));
                        }
                        Some(segment) => {
                            *segment.texts.get_mut(side) = Some(text);
                            *segment.inner.get_mut(side) = found.inner;
                        }
                        None if !text.trim().is_empty() => file.told.misplaced(line),
                        None => {}
                    }
                }
                "data" => {
                    let id = inner.get("id").unwrap_or_default().to_owned();
                    native.insert(id, pieces.text_of(|_| Inside::Keep)?);
                }
                "note" => known.comment_first(pieces.text_of(|_| Inside::Keep)?),
                "meta" => {
                    let kind = inner.get("type").unwrap_or_default().to_owned();
                    let value = pieces.text_of(|_| Inside::Keep)?;
                    match &*kind {
                        "bead-type" => known.bead_type = bead_type(&value),
                        "confidence" => known.confidence = share(&value),
                        "status" if value == "flagged" => ask_for_review(&mut known),
                        _ => {}
                    }
                }
                "match" => {
                    file.told.leave_out(LeftOut::Proposal);
                    pieces.skip()?;
                }
                "notes" | "metadata" | "metaGroup" | "originalData" | "ignorable" | "matches" => {}
                _ => pieces.skip()?,
            },
            Piece::Close(name) => {
                if name == "segment"
                    && let Some(Segment { unit, texts, inner }) = segment.take()
                {
                    file.units.push(Several::of_sides(unit.clone(), codes, texts));
                    file.push_inner(&inner, &unit, codes);
                }
                if pieces.depth() < outer {
                    return Ok(());
                }
            }
            Piece::End => return Ok(()),
            Piece::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xliff::read;
    use super::*;

    #[test]
    fn other_tools_files_are_read() {
        let file = "<xliff version='2.0' srcLang='en' trgLang='ar'><file id='f'><skeleton>x</skeleton><k:g xmlns:k='k' id='g'>\
            <unit id='u'><notes><note>see</note></notes><originalData><data id='d'>&lt;br/&gt;</data></originalData>\
            <segment state='reviewed'><source>One<ph id='2' dataRef='d'/><pc id='1'>bold</pc></source><target>واحد</target></segment>\
            <ignorable><source> </source></ignorable><segment><source>Two<cp hex='000b'/></source></segment></unit>\
            <group id='h' translate='no'><unit id='v'><segment state='initial'><source>Q</source><target>Q</target></segment></unit></group>\
            </k:g></file></xliff>";
        let read = read(file.as_bytes()).unwrap().by_sides();
        let units: Vec<_> = read
            .units
            .iter()
            .map(|u| (&*u.texts.source, &*u.texts.target, &*u.comment, u.unfinished.clone()))
            .collect();
        assert_eq!(
            units,
            [
                ("One bold", "واحد", "see", None),
                ("Two\u{b}", "", "see", None),
                ("Q", "Q", "", Some(LeftOut::NotForTranslation))
            ]
        );
        assert_eq!(read.languages.source.unwrap().as_str(), "en");
    }

    #[test]
    fn white_space_counts_as_the_closest_element_says() {
        let unit = |space: &str| format!("<unit><segment{space}><source>a\n b</source></segment></unit>");
        let file = format!(
            "<xliff version='2.0' srcLang='en' xml:space='preserve'><file>{}<group xml:space='default'>{}{}</group></file></xliff>",
            unit(""),
            unit(""),
            unit(" xml:space='preserve'")
        );
        let read = read(file.as_bytes()).unwrap().by_sides();
        let texts: Vec<&str> = read.units.iter().map(|u| &*u.texts.source).collect();
        assert_eq!(texts, ["a\n b", "a b", "a\n b"]);
    }
}
