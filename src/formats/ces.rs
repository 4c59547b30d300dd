//! XCES/cesAlign, the stand-off format of OPUS and InterText: two documents of numbered sentences, and a file of
//! links between the numbers.
//!
//! Written: documents `<text><s id="1">…</s></text>` and a `linkGrp` whose links carry the confidence as
//! `certainty`; null beads are links with one side empty. Lost: comments and status. Read: sentences as text or as
//! words (`w`, joined by spaces), numbers of any form.

use std::io::{self, Write};

use super::FormatError;
use super::unit::share;
use super::xml::{Inside, Piece, Pieces, Xml, decoded};
use crate::bitext::{Lang, Sides};

/// Sentences that correspond.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// The identifiers of the sentences on each side; one side may be empty.
    pub sentences: Sides<Vec<String>>,
    /// How sure it is, from 0 to 1, where that is known.
    pub certainty: Option<f64>,
}

/// A file of links.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Links {
    /// The names of the documents, as the file has them.
    pub documents: Sides<String>,
    /// The links, in order.
    pub links: Vec<Link>,
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its identifier.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Writes a document; returns the number of characters left out because XML cannot hold them.
pub fn write_document<'a>(
    sentences: impl IntoIterator<Item = (usize, &'a str)>,
    language: &Lang,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<text").attribute("xml:lang", language.as_str());
    xml.raw(">\n");
    for (id, text) in sentences {
        xml.raw("<s").attribute("id", &id.to_string()).raw(">").text(text).raw("</s>\n").pass_on(out)?;
    }
    xml.raw("</text>\n").pass_on(out)?;
    Ok(xml.dropped)
}

/// Writes the file of links.
pub fn write_links(links: &Links, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.raw("<!DOCTYPE cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\">\n");
    xml.raw("<cesAlign version=\"1.0\">\n<linkGrp").attribute("targType", "s");
    xml.attribute("fromDoc", &links.documents.source).attribute("toDoc", &links.documents.target).raw(">\n");
    for (index, link) in links.links.iter().enumerate() {
        let targets = format!("{};{}", link.sentences.source.join(" "), link.sentences.target.join(" "));
        xml.raw("<link").attribute("id", &format!("SL{}", index + 1)).attribute("xtargets", &targets);
        if let Some(certainty) = link.certainty {
            xml.attribute("certainty", &format!("{certainty:.4}"));
        }
        xml.raw("/>\n");
    }
    xml.raw("</linkGrp>\n</cesAlign>\n").pass_on(out)
}

/// Reads the first group of links of a cesAlign file.
pub fn read_links(bytes: &[u8]) -> Result<Links, FormatError> {
    let text = decoded(bytes)?;
    let mut pieces = Pieces::new(&text);
    let root = pieces.root()?;
    if root.name != "cesAlign" {
        let found = format!("the outermost element is <{}>", root.name);
        return Err(FormatError::Other { expected: "a cesAlign file", found });
    }
    let mut links = Links::default();
    let document = |tag: &super::xml::Tag, name: &str| tag.get(name).unwrap_or_default().to_owned();
    let mut documents = Sides::new(document(&root, "fromDoc"), document(&root, "toDoc"));
    let mut groups = 0;
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "linkGrp" => {
                    groups += 1;
                    if groups > 1 {
                        break;
                    }
                    if let (Some(from), Some(to)) = (tag.get("fromDoc"), tag.get("toDoc")) {
                        documents = Sides::new(from.to_owned(), to.to_owned());
                    }
                }
                "link" => {
                    let Some((source, target)) = tag.get("xtargets").and_then(|t| t.split_once(';')) else {
                        return Err(pieces.error("a <link> whose xtargets is not two lists with `;` between"));
                    };
                    let ids = |list: &str| list.split_whitespace().map(str::to_owned).collect();
                    links.links.push(Link {
                        sentences: Sides::new(ids(source), ids(target)),
                        certainty: tag.get("certainty").and_then(share),
                    });
                }
                _ => {}
            },
            Piece::End => break,
            _ => {}
        }
    }
    links.documents = documents;
    if links.links.is_empty() { Err(FormatError::Nothing("link")) } else { Ok(links) }
}

/// Reads the sentences of a document.
pub fn read_document(bytes: &[u8]) -> Result<Vec<Sentence>, FormatError> {
    let text = decoded(bytes)?;
    let mut pieces = Pieces::new(&text);
    let mut sentences = Vec::new();
    pieces.root()?;
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) if tag.name == "s" => {
                let id = match tag.get("id").or_else(|| tag.get("xml:id")) {
                    Some(id) => id.to_owned(),
                    None => (sentences.len() + 1).to_string(),
                };
                let text = sentence(&mut pieces)?;
                sentences.push(Sentence { id, text });
            }
            Piece::End => break,
            _ => {}
        }
    }
    if sentences.is_empty() { Err(FormatError::Nothing("sentence (<s>)")) } else { Ok(sentences) }
}

/// The text of the `s` that was opened last: of its words if it has any.
fn sentence(pieces: &mut Pieces<'_>) -> Result<String, FormatError> {
    let outer = pieces.depth();
    let (mut text, mut words) = (String::new(), Vec::new());
    loop {
        match pieces.next_piece()? {
            Piece::Text(part) => text.push_str(&part),
            Piece::Open(tag) if tag.name == "w" => words.push(pieces.text_of(|_| Inside::Keep)?),
            Piece::Close(_) if pieces.depth() < outer => break,
            Piece::End => break,
            _ => {}
        }
    }
    Ok(if words.is_empty() { text } else { words.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_opus_are_read() {
        let links = "<?xml version=\"1.0\"?>\n<!DOCTYPE cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\">\n<cesAlign version=\"1.0\">\
            <linkGrp targType=\"s\" fromDoc=\"ar/1.xml.gz\" toDoc=\"en/1.xml.gz\"><link id=\"SL0\" xtargets=\"s1.1 s1.2;s1\" certainty=\"0.5\"/>\
            <link xtargets=\";s2\"/></linkGrp><linkGrp fromDoc=\"x\" toDoc=\"y\"><link xtargets=\"1;1\"/></linkGrp></cesAlign>";
        let links = read_links(links.as_bytes()).unwrap();
        assert_eq!(links.documents.source, "ar/1.xml.gz");
        assert_eq!(links.links.len(), 2);
        assert_eq!(links.links[0].sentences.source, ["s1.1", "s1.2"]);
        assert_eq!((links.links[0].certainty, links.links[1].certainty), (Some(0.5), None));
        let document = "<document><s id=\"1\"><time id=\"T1S\" value=\"00\"/><w id=\"1.1\">نعم</w> <w>.</w></s><p><s>a &amp; b</s></p></document>";
        let texts: Vec<_> =
            read_document(document.as_bytes()).unwrap().into_iter().map(|s| (s.id, s.text)).collect();
        assert_eq!(texts, [("1".to_owned(), "نعم .".to_owned()), ("2".to_owned(), "a & b".to_owned())]);
        let error =
            read_links(b"<cesAlign>\n<linkGrp><link xtargets='1'/></linkGrp></cesAlign>").unwrap_err();
        insta::assert_snapshot!(error, @"line 2: a <link> whose xtargets is not two lists with `;` between");
    }
}
