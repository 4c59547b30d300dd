//! XLIFF 1.2, the exchange format that most translation tools read.
//!
//! Written: a `trans-unit` a unit with a source text, the target left out where there is none; units without a
//! source text are left out. An accepted unit is `approved` and `final`, a flagged one `needs-review-translation`,
//! others are `translated`. Bead type and confidence stand in a `context-group`. Lost: characters that XML cannot
//! hold. Read: XLIFF 1.0 to 1.2, inline codes left out, [`super::xliff2`] for 2.x; see `xliff_read`.

use std::io::{self, Write};

use super::placeholder::{self, Placeholders};
use super::unit::Head;
use super::xml::Xml;
use super::{Status, Unit};
use crate::tmx::Written;

pub use super::xliff_read::read;

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
        content(&mut xml, &unit.texts.source, head);
        xml.raw("</source>\n");
        if !unit.texts.target.is_empty() {
            let state = match unit.status {
                Status::Accepted => "final",
                Status::Flagged => "needs-review-translation",
                Status::Pending => "translated",
            };
            xml.raw("<target")
                .attribute("xml:lang", head.languages.target.as_str())
                .attribute("state", state);
            xml.raw(">");
            content(&mut xml, &unit.texts.target, head);
            xml.raw("</target>\n");
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

fn content(xml: &mut Xml, text: &str, head: &Head) {
    match head.placeholders {
        Placeholders::Text => {
            xml.text(text);
        }
        Placeholders::Elements => placeholder::xliff(xml, text),
    }
}
