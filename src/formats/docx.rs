//! DOCX: a document with a table of two columns, for people to read, mark and print.
//!
//! Written: a heading row that recurs on each page, then a row a unit; the table runs from right to left where
//! the source does; each paragraph and run carries its direction and language. Line ends in a text become breaks,
//! tabs tabs. Lost: what XML cannot hold; status and comment, confidence is a number beside the texts. Read: of each
//! table the columns that [`super::columns`] finds; texts outside of tables are counted.

use std::io::{self, Write};

use super::columns::{Columns, of_rows};
use super::package::{pack, part};
use super::unit::Head;
use super::xml::{Piece, Pieces, Xml, decoded};
use super::{Direction, FormatError, LeftOut, Multilingual, Unit};
use crate::bitext::{Lang, Side};
use crate::tmx::Written;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
/// Widths of the columns in twentieths of a point; together a landscape page of A4 with its margins off.
const WIDTHS: [u32; 3] = [6800, 6800, 900];

/// Writes a document, units with one text too.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut xml = Xml::default();
    xml.raw(DECLARATION).raw("<w:document").attribute("xmlns:w", W).raw("><w:body><w:tbl><w:tblPr>");
    if head.directions.source.is_rtl() {
        xml.raw("<w:bidiVisual/>");
    }
    xml.raw("<w:tblW w:w=\"14500\" w:type=\"dxa\"/><w:tblBorders>");
    for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.raw("<w:").raw(edge).raw(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/>");
    }
    xml.raw("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in WIDTHS {
        xml.raw("<w:gridCol").attribute("w:w", &width.to_string()).raw("/>");
    }
    xml.raw("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    let english = Lang::english();
    for (column, text) in
        [head.languages.source.as_str(), head.languages.target.as_str(), ""].iter().enumerate()
    {
        cell(&mut xml, column, text, &english, Direction::LeftToRight, "<w:b/>");
    }
    xml.raw("</w:tr>");
    let mut units_written = 0;
    for unit in units {
        xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (column, side) in Side::BOTH.into_iter().enumerate() {
            let (language, direction) = (head.languages.get(side), *head.directions.get(side));
            cell(&mut xml, column, unit.texts.get(side), language, direction, "");
        }
        let confidence = unit.confidence.map(|c| format!("{c:.2}")).unwrap_or_default();
        cell(&mut xml, 2, &confidence, &english, Direction::LeftToRight, "");
        xml.raw("</w:tr>\n");
        units_written += 1;
    }
    xml.raw("</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>");
    xml.raw("<w:pgMar w:top=\"850\" w:right=\"1134\" w:bottom=\"850\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>");
    xml.raw("</w:sectPr></w:body></w:document>");
    let whole = |body: &str| format!("{DECLARATION}{body}").into_bytes();
    out.write_all(&pack(&[
        ("[Content_Types].xml", &whole(CONTENT_TYPES)),
        ("_rels/.rels", &whole(RELATIONS)),
        ("word/document.xml", &xml.bytes),
    ])?)?;
    Ok(Written { units: units_written, dropped: xml.dropped })
}

fn cell(xml: &mut Xml, column: usize, text: &str, language: &Lang, direction: Direction, weight: &str) {
    xml.raw("<w:tc><w:tcPr><w:tcW").attribute("w:w", &WIDTHS[column].to_string()).attribute("w:type", "dxa");
    xml.raw("/></w:tcPr><w:p><w:pPr>");
    if direction.is_rtl() {
        xml.raw("<w:bidi/>");
    }
    xml.raw("<w:spacing w:before=\"60\" w:after=\"60\"/></w:pPr>");
    if !text.is_empty() {
        xml.raw("<w:r><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Arial\"/>").raw(weight);
        xml.raw("<w:sz w:val=\"22\"/><w:szCs w:val=\"24\"/>");
        if direction.is_rtl() {
            xml.raw("<w:rtl/><w:lang").attribute("w:bidi", language.as_str()).raw("/>");
        } else {
            xml.raw("<w:lang").attribute("w:val", language.as_str()).raw("/>");
        }
        xml.raw("</w:rPr>");
        for piece in text.split_inclusive(['\n', '\t']) {
            let content = piece.strip_suffix(['\n', '\t']).unwrap_or(piece);
            if !content.is_empty() {
                xml.raw("<w:t xml:space=\"preserve\">").text(content).raw("</w:t>");
            }
            match piece.as_bytes().last() {
                Some(b'\n') => xml.raw("<w:br/>"),
                Some(b'\t') => xml.raw("<w:tab/>"),
                _ => xml,
            };
        }
        xml.raw("</w:r>");
    }
    xml.raw("</w:p></w:tc>");
}

/// Reads the tables of a document; their columns are told by their headings and texts.
pub fn read(bytes: &[u8]) -> Result<Multilingual, FormatError> {
    read_columns(bytes, &Columns::default())
}

/// Reads the columns of the tables of a document that are asked for.
pub fn read_columns(bytes: &[u8], columns: &Columns) -> Result<Multilingual, FormatError> {
    let text = decoded(&part(bytes, "word/document.xml")?)?;
    let (tables, outside) = tables(&text)?;
    let mut read: Option<Multilingual> = None;
    let mut last = FormatError::Nothing("table of two columns");
    let mut passed_over = 0;
    for rows in tables {
        match (of_rows(rows, columns), &mut read) {
            (Ok(table), None) => read = Some(table),
            (Ok(table), Some(read)) => read.join(table),
            (Err(error), _) => (last, passed_over) = (error, passed_over + 1),
        }
    }
    let Some(mut read) = read else { return Err(last) };
    read.told.leave_out_many(LeftOut::Misplaced, outside);
    if passed_over > 0 {
        read.told.note(format!(
            "tables that are not read, since they have no two columns of texts: {passed_over}"
        ));
    }
    Ok(read)
}

type Rows = Vec<Vec<String>>;

/// The texts of the cells of all tables, each with those of the tables in it; and how many paragraphs with text
/// stand outside of tables.
fn tables(document: &str) -> Result<(Vec<Rows>, usize), FormatError> {
    let mut pieces = Pieces::new(document);
    let mut found: Vec<Rows> = Vec::new();
    let (mut depth, mut in_cell, mut paragraphs, mut in_text) = (0_usize, false, 0_usize, false);
    let (mut outside, mut told) = (0, true);
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "tbl" => {
                    depth += 1;
                    if depth == 1 {
                        found.push(Vec::new());
                    }
                }
                // Deleted text, and what a shape falls back to.
                "del" | "moveFrom" | "Fallback" | "rPr" | "pPr" | "tcPr" => pieces.skip()?,
                "p" if depth == 0 => told = false,
                "tr" if depth == 1 => found.last_mut().into_iter().for_each(|rows| rows.push(Vec::new())),
                "tc" if depth == 1 => {
                    if let Some(row) = found.last_mut().and_then(|rows| rows.last_mut()) {
                        row.push(String::new());
                        (in_cell, paragraphs) = (true, 0);
                    }
                }
                "p" => {
                    paragraphs += 1;
                    if paragraphs > 1 {
                        push(&mut found, in_cell, "\n");
                    }
                }
                "t" => in_text = true,
                "tab" => push(&mut found, in_cell, "\t"),
                "br" | "cr" => push(&mut found, in_cell, "\n"),
                "noBreakHyphen" => push(&mut found, in_cell, "\u{2011}"),
                "softHyphen" => push(&mut found, in_cell, "\u{ad}"),
                _ => {}
            },
            Piece::Close(name) => match &*name {
                "tbl" => depth = depth.saturating_sub(1),
                "tc" if depth == 1 => in_cell = false,
                "t" => in_text = false,
                _ => {}
            },
            Piece::Text(text) if in_text && depth > 0 => push(&mut found, in_cell, &text),
            Piece::Text(text) => {
                if in_text && !told && !text.trim().is_empty() {
                    (outside, told) = (outside + 1, true);
                }
            }
            Piece::End => return Ok((found, outside)),
        }
    }
}

fn push(tables: &mut [Rows], in_cell: bool, text: &str) {
    let cell = tables.last_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut());
    if in_cell && let Some(cell) = cell {
        cell.push_str(text);
    }
}
