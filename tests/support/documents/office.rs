//! DOCX and ODT, as Word and LibreOffice make them of Arabic text.

use std::path::Path;

use super::{Part, container, container_of, escaped};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A DOCX whose runs are split at every number, as Word splits right-to-left text.
pub(crate) fn docx(parts: &[Part]) -> Vec<u8> {
    let mut body = String::new();
    for part in parts {
        let style = match part {
            Part::Title(_) => r#"<w:pStyle w:val="a3"/>"#,
            Part::Heading(_) => r#"<w:pStyle w:val="2"/>"#,
            Part::Paragraph(_) => "",
        };
        body += &format!("<w:p><w:pPr>{style}<w:bidi/></w:pPr>{}</w:p>", runs(part.text()));
    }
    docx_of(&body, &[])
}

/// The text in runs, numbers in runs of their own.
fn runs(text: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_number = None;
    for c in text.chars() {
        let number = c.is_ascii_digit();
        if in_number != Some(number) {
            pieces.push(String::new());
            in_number = Some(number);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    let run = |piece: &String| {
        let direction = if piece.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "<w:rtl/>" };
        let text = escaped(piece);
        format!(
            r#"<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00A1"><w:rPr><w:rFonts w:hint="cs"/>{direction}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    pieces.iter().map(run).collect()
}

const DIAGRAM: &str = "http://schemas.openxmlformats.org/drawingml/2006/diagram";

/// The data of a diagram (SmartArt) whose points have the given texts.
pub(crate) fn diagram(texts: &[&str]) -> String {
    let point = |text: &&str| {
        format!(
            r"<dgm:pt><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        )
    };
    let points: String = texts.iter().map(point).collect();
    format!(
        r#"<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt type="doc"><dgm:t><a:bodyPr/><a:p><a:endParaRPr/></a:p></dgm:t></dgm:pt>{points}</dgm:ptLst></dgm:dataModel>"#
    )
}

/// A DOCX with the given body and more parts than every DOCX has: `word/footnotes.xml` and the like.
pub(crate) fn docx_of(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let more: Vec<_> = more.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    docx_with(body, &more)
}

/// The same with parts that are not text; a part `word/x.docx` and the like is a document inserted as `r-x.docx`.
pub(crate) fn docx_with(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut overrides, mut relations) = (String::new(), String::new());
    for kind in ["styles", "footnotes", "endnotes", "numbering"] {
        let part = format!("word/{kind}.xml");
        if kind == "styles" || more.iter().any(|(name, _)| *name == part) {
            overrides += &format!(r#"<Override PartName="/{part}" ContentType="{main}.{kind}+xml"/>"#);
            relations +=
                &format!(r#"<Relationship Id="r-{kind}" Type="{relation}/{kind}" Target="{kind}.xml"/>"#);
        }
    }
    if more.iter().any(|(name, _)| *name == "word/diagrams/data1.xml") {
        relations += &format!(
            r#"<Relationship Id="r-diagram" Type="{relation}/diagramData" Target="diagrams/data1.xml"/>"#
        );
    }
    for (name, _) in more {
        if let Some(file) = name
            .strip_prefix("word/")
            .filter(|file| Path::new(file).extension().is_none_or(|end| end != "xml"))
        {
            relations +=
                &format!(r#"<Relationship Id="r-{file}" Type="{relation}/aFChunk" Target="{file}"/>"#);
        }
    }
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let content_types = format!(
        r#"{head}<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>{overrides}</Types>"#
    );
    let top = format!(
        r#"{head}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>"#
    );
    let inner = format!(r#"{head}<Relationships xmlns="{package}">{relations}</Relationships>"#);
    let styles = format!(
        r#"{head}<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="4"><w:name w:val="My heading"/><w:basedOn w:val="2"/></w:style><w:style w:type="character" w:styleId="tw4winMark"><w:name w:val="tw4winMark"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="mark"><w:name w:val="My mark"/><w:basedOn w:val="tw4winMark"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"#
    );
    let document = format!(
        r#"{head}<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{relation}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="{DIAGRAM}"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    let mut members = vec![
        ("[Content_Types].xml", content_types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", inner.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ];
    members.extend(more);
    container_of(&members)
}

/// An ODT.
pub(crate) fn odt(parts: &[Part]) -> Vec<u8> {
    let mut body = String::new();
    for part in parts {
        let text = escaped(part.text());
        body += &match part {
            Part::Title(_) => format!(r#"<text:p text:style-name="P1">{text}</text:p>"#),
            Part::Heading(_) => format!(r#"<text:h text:outline-level="2">{text}</text:h>"#),
            Part::Paragraph(_) => {
                // LibreOffice, too, parts text into spans.
                let text = text.replacen("2024", r#"<text:span text:style-name="T1">2024</text:span>"#, 1);
                format!(r#"<text:p text:style-name="Standard">{text}</text:p>"#)
            }
        };
    }
    odt_of(&body)
}

/// An ODT with the given body.
pub(crate) fn odt_of(body: &str) -> Vec<u8> {
    odt_with(body, &[])
}

/// An ODT with the given body and more parts, such as `styles.xml`.
pub(crate) fn odt_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mime = "application/vnd.oasis.opendocument.text";
    let oasis = "urn:oasis:names:tc:opendocument:xmlns";
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="{oasis}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="{oasis}:office:1.0" xmlns:style="{oasis}:style:1.0" xmlns:text="{oasis}:text:1.0" xmlns:table="{oasis}:table:1.0" xmlns:draw="{oasis}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/><style:style style:name="T1" style:family="text"/><style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let mut members =
        vec![("mimetype", mime), ("content.xml", &*content), ("META-INF/manifest.xml", &*manifest)];
    members.extend(more);
    container(&members)
}
