//! TBX, the exchange format of termbases: ISO 30042:2019, dialect Core.
//!
//! Written: a concept for each source term, with its target terms by falling probability; each term's probability
//! stands in a note, since the core has no place for numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::xml::Xml;
use crate::bitext::{Lang, Sides};

/// A term and its equivalent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term<'a> {
    /// The terms.
    pub terms: Sides<&'a str>,
    /// How probable it is that they translate each other, from 0 to 1.
    pub probability: f32,
}

/// Writes a termbase; returns the number of concepts.
pub fn write<'a>(
    terms: impl IntoIterator<Item = Term<'a>>,
    languages: &Sides<Lang>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut concepts: BTreeMap<&str, Vec<(&str, f32)>> = BTreeMap::new();
    for term in terms {
        concepts.entry(term.terms.source).or_default().push((term.terms.target, term.probability));
    }
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tbx");
    xml.attribute("xmlns", "urn:iso:std:iso:30042:ed-2").attribute("style", "dca");
    xml.attribute("type", "TBX-Core").attribute("xml:lang", "en").raw(">\n<tbxHeader><fileDesc><sourceDesc>");
    xml.raw("<p>Word pairs that muqabala learnt from translated texts.</p>");
    xml.raw("</sourceDesc></fileDesc></tbxHeader>\n<text><body>\n");
    let count = concepts.len();
    for (index, (source, mut targets)) in concepts.into_iter().enumerate() {
        targets.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        xml.raw("<conceptEntry").attribute("id", &format!("c{}", index + 1)).raw(">\n<langSec");
        xml.attribute("xml:lang", languages.source.as_str()).raw("><termSec><term>").text(source);
        xml.raw("</term></termSec></langSec>\n<langSec");
        xml.attribute("xml:lang", languages.target.as_str()).raw(">");
        for (target, probability) in targets {
            xml.raw("<termSec><term>").text(target).raw("</term><note>");
            xml.text(&format!("probability {probability:.4}")).raw("</note></termSec>");
        }
        xml.raw("</langSec>\n</conceptEntry>\n").pass_on(out)?;
    }
    xml.raw("</body></text>\n</tbx>\n").pass_on(out)?;
    Ok(count)
}
