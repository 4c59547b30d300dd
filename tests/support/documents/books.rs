//! EPUB, PPTX and XLSX.

use super::{Part, container, escaped};

/// An EPUB whose chapters begin at headings, and whose files are not in the order of their names.
pub(crate) fn epub(parts: &[Part]) -> Vec<u8> {
    let mut chapters: Vec<String> = vec![String::new()];
    for part in parts {
        let text = escaped(part.text());
        match part {
            Part::Title(_) => chapters[0] += &format!("<h1>{text}</h1>\n"),
            Part::Heading(_) => chapters.push(format!("<h2>{text}</h2>\n")),
            Part::Paragraph(_) => {
                if let Some(chapter) = chapters.last_mut() {
                    *chapter += &format!("<p>{text}</p>\n");
                }
            }
        }
    }
    let page = |body: &String| {
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" dir="rtl"><head><title/></head><body>{body}</body></html>"#
        )
    };
    let pages: Vec<(String, String)> = chapters
        .iter()
        .enumerate()
        .map(|(i, body)| (format!("text/فصل {}.xhtml", chapters.len() - i), page(body)))
        .collect();
    epub_of(&pages.iter().map(|(n, p)| (&**n, &**p)).collect::<Vec<_>>())
}

/// An EPUB of the given pages, in the order of reading.
pub(crate) fn epub_of(pages: &[(&str, &str)]) -> Vec<u8> {
    let (mut manifest, mut spine) = (String::new(), String::new());
    for (index, (name, _)) in pages.iter().enumerate() {
        let href = name.replace(' ', "%20");
        manifest += &format!(r#"<item id="p{index}" href="{href}" media-type="application/xhtml+xml"/>"#);
        spine += &format!(r#"<itemref idref="p{index}"/>"#);
    }
    let opf = format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>{manifest}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>"#
    );
    let root = r#"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let nav = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><nav><ol><li>Contents</li></ol></nav></body></html>";
    let paths: Vec<String> = pages.iter().map(|(name, _)| format!("OEBPS/{name}")).collect();
    let mut members = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", root),
        ("OEBPS/book.opf", &*opf),
        ("OEBPS/nav.xhtml", nav),
    ];
    // In the order of their names, which is not that of reading.
    let mut sorted: Vec<(&str, &str)> =
        paths.iter().map(|p| &**p).zip(pages.iter().map(|(_, p)| *p)).collect();
    sorted.sort_unstable();
    members.extend(sorted);
    container(&members)
}

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Relations: (identifier, kind, target).
fn relations(of: &[(&str, &str, &str)]) -> String {
    let relation = |(id, kind, target): &(&str, &str, &str)| {
        format!(r#"<Relationship Id="{id}" Type="{RELATION}/{kind}" Target="{target}"/>"#)
    };
    let all: String = of.iter().map(relation).collect();
    format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#)
}

/// A PPTX of two slides given as the content of their shape trees, the first with notes and, as `rId9`, the data of a
/// diagram with the points "First step" and "Second step".
pub(crate) fn pptx(first: &str, second: &str, notes: &str) -> Vec<u8> {
    let namespaces = format!(
        r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{RELATION}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#
    );
    let tree = |root: &str, shapes: &str| {
        format!("<p:{root} {namespaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{root}>")
    };
    let presentation = format!(
        r#"<p:presentation {namespaces}><p:sldIdLst><p:sldId id="256" r:id="rId7"/><p:sldId id="257" r:id="rId3"/></p:sldIdLst></p:presentation>"#
    );
    container(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>"#,
        ),
        ("_rels/.rels", &relations(&[("rId1", "officeDocument", "ppt/presentation.xml")])),
        ("ppt/presentation.xml", &presentation),
        (
            "ppt/_rels/presentation.xml.rels",
            &relations(&[("rId3", "slide", "slides/slide1.xml"), ("rId7", "slide", "slides/slide2.xml")]),
        ),
        ("ppt/slides/slide1.xml", &tree("sld", second)),
        ("ppt/slides/slide2.xml", &tree("sld", first)),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &relations(&[
                ("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"),
                ("rId9", "diagramData", "../diagrams/data1.xml"),
            ]),
        ),
        ("ppt/diagrams/data1.xml", &super::office::diagram(&["First step", "Second step"])),
        ("ppt/notesSlides/notesSlide1.xml", &tree("notes", notes)),
    ])
}

/// An XLSX with the given shared strings and rows of its two sheets.
pub(crate) fn xlsx(strings: &str, first: &str, second: &str) -> Vec<u8> {
    xlsx_with(strings, first, second, &[])
}

/// The same with parts that its first sheet relates to: (kind, name in `xl`, content).
pub(crate) fn xlsx_with(strings: &str, first: &str, second: &str, more: &[(&str, &str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet =
        |rows: &str| format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#);
    let workbook = format!(
        r#"<workbook xmlns="{main}" xmlns:r="{RELATION}"><sheets><sheet name="B" sheetId="2" r:id="rId2"/><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let paths: Vec<String> = more.iter().map(|(_, part, _)| format!("/xl/{part}")).collect();
    let related: Vec<_> =
        more.iter().zip(&paths).map(|((kind, part, _), path)| (*part, *kind, &**path)).collect();
    let related = relations(&related);
    let top = relations(&[("rId1", "officeDocument", "/xl/workbook.xml")]);
    let inner = relations(&[
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "worksheets/sheet2.xml"),
        ("rId3", "sharedStrings", "sharedStrings.xml"),
    ]);
    let strings = format!(r#"<sst xmlns="{main}">{strings}</sst>"#);
    let (first, second) = (sheet(first), sheet(second));
    let mut parts: Vec<(&str, &str)> = vec![
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        ("_rels/.rels", &top),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &inner),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &second),
        ("xl/worksheets/sheet2.xml", &first),
        ("xl/worksheets/_rels/sheet2.xml.rels", &related),
    ];
    parts.extend(more.iter().zip(&paths).map(|((_, _, content), path)| (&path[1..], *content)));
    container(&parts)
}
