//! XLSX, the workbook of Excel and LibreOffice Calc.
//!
//! Written: one sheet with a heading row that stays in sight, the texts wrapped, each column in the direction of
//! its texts; the sheet runs from right to left where the source does, so that Arabic stands at the right. All
//! that is known of a unit is kept, texts to the character. A text longer than a cell may be (32,767 UTF-16 units)
//! or more rows than a sheet may have are an error.
//!
//! Own code over `zip`, since `rust_xlsxwriter` brings four megabytes of source for this one sheet.

use std::borrow::Cow;
use std::io::{self, Write};

use super::package::pack;
use super::unit::{Head, status_name};
use super::xml::Xml;
use super::{Direction, Status, Unit};

const MAX_CELL: usize = 32_767;
const MAX_ROWS: usize = 1_048_576;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const WORKBOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
<sheets><sheet name=\"Bitext\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const WORKBOOK_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
/// Cell formats: 0 plain, 1 heading, 2 text left to right, 3 text right to left, 4 share, 5 centred.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"6\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"left\" vertical=\"top\" wrapText=\"1\" readingOrder=\"1\"/></xf>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"right\" vertical=\"top\" wrapText=\"1\" readingOrder=\"2\"/></xf>\
<xf numFmtId=\"2\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"top\"/></xf>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"top\"/></xf></cellXfs></styleSheet>";

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'a> {
    /// What stands in the first row.
    pub head: Cow<'a, str>,
    /// How wide it is, in digits.
    pub width: u8,
}

impl<'a> Column<'a> {
    /// A column so many digits wide.
    pub fn new(head: impl Into<Cow<'a, str>>, width: u8) -> Self {
        Self { head: head.into(), width }
    }
}

/// A cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// A text of the document, in its direction.
    Text(Cow<'a, str>, Direction),
    /// A word or a number for people, in the middle.
    Centred(Cow<'a, str>),
    /// A number with two decimals, as it is written in digits.
    Share(String),
}

/// Writes a workbook, units with one text too; returns the number of rows below the heading.
pub fn write<'a>(
    units: impl IntoIterator<Item = Unit<'a>>,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let columns = [
        Column::new(format!("source ({})", head.languages.source), 70),
        Column::new(format!("target ({})", head.languages.target), 70),
        Column::new("type", 12),
        Column::new("confidence", 12),
        Column::new("status", 12),
        Column::new("comment", 40),
    ];
    let rows = units.into_iter().map(|unit| {
        let share = unit.confidence_text().map_or(Cell::Centred("".into()), Cell::Share);
        let status = if unit.status == Status::Pending { "" } else { status_name(unit.status) };
        [
            Cell::Text(unit.texts.source, head.directions.source),
            Cell::Text(unit.texts.target, head.directions.target),
            Cell::Centred(unit.bead_type.map(|t| t.to_string()).unwrap_or_default().into()),
            share,
            Cell::Centred(status.into()),
            Cell::Text(unit.comment, Direction::LeftToRight),
        ]
    });
    write_rows(&columns, head.directions.source, rows, out)
}

/// Writes a workbook of one sheet that runs in a `direction`, with a row of heads and one for each of `rows`; returns how
/// many those are.
///
/// # Errors
/// If it cannot be written, a text is longer than a cell may be, or there are more rows than a sheet may have.
pub fn write_rows<'a, const N: usize>(
    columns: &[Column<'_>; N],
    direction: Direction,
    rows: impl IntoIterator<Item = [Cell<'a>; N]>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut xml = Xml::default();
    let right_to_left = if direction.is_rtl() { "1" } else { "0" };
    xml.raw(DECLARATION).raw("<worksheet").attribute("xmlns", MAIN).raw("><sheetViews><sheetView");
    xml.attribute("rightToLeft", right_to_left).attribute("workbookViewId", "0").raw(">");
    xml.raw("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
    xml.raw("<cols>");
    let mut first = 1;
    for alike in columns.chunk_by(|a, b| a.width == b.width) {
        let last = first + alike.len() - 1;
        xml.raw("<col").attribute("min", &first.to_string()).attribute("max", &last.to_string());
        xml.attribute("width", &alike[0].width.to_string()).attribute("customWidth", "1").raw("/>");
        first = last + 1;
    }
    xml.raw("</cols><sheetData><row r=\"1\">");
    for (column, Column { head, .. }) in columns.iter().enumerate() {
        cell(&mut xml, 1, column, 1, head)?;
    }
    xml.raw("</row>");
    let mut row = 1;
    for cells in rows {
        row += 1;
        if row > MAX_ROWS {
            return Err(io::Error::other(
                "a sheet has at most 1,048,576 rows: write CSV, or split the bitext",
            ));
        }
        xml.raw("<row").attribute("r", &row.to_string()).raw(">");
        for (column, content) in cells.into_iter().enumerate() {
            match content {
                Cell::Text(text, direction) => {
                    cell(&mut xml, row, column, if direction.is_rtl() { 3 } else { 2 }, &text)?;
                }
                Cell::Centred(text) => cell(&mut xml, row, column, 5, &text)?,
                Cell::Share(number) => {
                    xml.raw("<c").attribute("r", &format!("{}{row}", letter(column)));
                    xml.raw(" s=\"4\"><v>").raw(&number).raw("</v></c>");
                }
            }
        }
        xml.raw("</row>");
    }
    xml.raw("</sheetData></worksheet>");
    let part = |body: &str| format!("{DECLARATION}{body}").into_bytes();
    out.write_all(&pack(&[
        ("[Content_Types].xml", &part(CONTENT_TYPES)),
        ("_rels/.rels", &part(RELATIONS)),
        ("xl/workbook.xml", &part(WORKBOOK)),
        ("xl/_rels/workbook.xml.rels", &part(WORKBOOK_RELATIONS)),
        ("xl/styles.xml", &part(STYLES)),
        ("xl/worksheets/sheet1.xml", &xml.bytes),
    ])?)?;
    Ok(row - 1)
}

/// The letter of a column, of which there are few.
fn letter(column: usize) -> char {
    char::from(b'A' + column as u8)
}

fn cell(xml: &mut Xml, row: usize, column: usize, style: u8, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let column = letter(column);
    if text.encode_utf16().count() > MAX_CELL {
        return Err(io::Error::other(format!(
            "the text for cell {column}{row} is longer than a cell may be ({MAX_CELL} characters): write CSV"
        )));
    }
    xml.raw("<c").attribute("r", &format!("{column}{row}")).attribute("s", &style.to_string());
    xml.raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">").text(&escaped(text)).raw("</t></is></c>");
    Ok(())
}

/// What XML cannot hold, and carriage returns, as `_x000B_`; what looks like that already, with its own
/// underscore escaped (ECMA-376, ST_Xstring).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text.as_bytes()[at..];
        // What follows may become an escape itself, which begins with an underscore.
        let looks_escaped = c == '_'
            && rest.len() >= 7
            && rest[1] == b'x'
            && rest[2..6].iter().all(u8::is_ascii_hexdigit)
            && text[at + 6..].starts_with(|next| next == '_' || is_outside_xml(next));
        let outside_xml = is_outside_xml(c);
        if looks_escaped {
            out.push_str("_x005F_");
        } else if outside_xml {
            out.push_str(&format!("_x{:04X}_", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// What XML cannot hold, and the carriage return, which its readers change.
const fn is_outside_xml(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, Sides};
    use crate::formats::directions;
    use crate::formats::package::part;

    #[test]
    fn the_sheet_runs_as_the_source_does_and_each_column_as_its_texts() {
        let unit = Unit::of_texts("نعم\u{200f}".to_owned(), " a & b\u{b}_x000B_\r\n".to_owned());
        let languages = Sides::new(Lang::arabic(), Lang::english());
        let head = Head::new(languages, directions([unit.texts.clone()].into_iter()));
        assert_eq!(head.directions, Sides::new(Direction::RightToLeft, Direction::LeftToRight));
        let mut file = Vec::new();
        assert_eq!(write([unit], &head, &mut file).unwrap(), 1);
        let sheet = String::from_utf8(part(&file, "xl/worksheets/sheet1.xml").unwrap()).unwrap();
        assert!(sheet.contains("rightToLeft=\"1\""), "{sheet}");
        let row = &sheet[sheet.find("<row r=\"2\"").unwrap()..];
        insta::assert_snapshot!(row.escape_debug(), @r#"<row r=\"2\"><c r=\"A2\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">نعم\u{200f}</t></is></c><c r=\"B2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a &amp; b_x000B__x005F_x000B__x000D_\n</t></is></c></row></sheetData></worksheet>"#);
    }

    #[test]
    fn what_a_cell_cannot_hold_is_an_error() {
        let unit = Unit::of_texts("x".repeat(MAX_CELL + 1), "y".to_owned());
        let head = Head::new(Sides::new(Lang::english(), Lang::arabic()), Sides::default());
        let error = write([unit], &head, &mut Vec::new()).unwrap_err();
        insta::assert_snapshot!(error, @"the text for cell A2 is longer than a cell may be (32767 characters): write CSV");
    }
}
