//! XLSX → blocks.
//!
//! In: a container of SpreadsheetML. Out: the cells that hold text, row by row, sheet by sheet in the order of the
//! tabs, each sheet followed by the text of its shapes. Guarantee: the runs of a cell are joined; numbers, dates,
//! formulas that give no text, and the readings of ruby stay out; charts and comments are counted. [`sheets`] gives the cells themselves, numbers too.

use super::drawing::{read_part, text_of};
use super::relations;
use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its column, from 0.
    pub column: usize,
    /// What it holds.
    pub content: String,
    /// Whether that is text.
    pub kind: CellKind,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CellKind {
    /// Text, as it is.
    Text,
    /// A number, as the file spells it; of a date that is a number of days.
    Number,
}

/// The rows of a sheet, without the empty ones.
pub(crate) type Rows = Vec<Vec<Cell>>;

/// The sheets of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    /// The rows of each, in the order of the tabs.
    pub rows: Vec<Rows>,
    /// The part of each.
    pub parts: Vec<String>,
    /// Cells that name a string which the workbook does not have.
    pub lost: usize,
}

/// The last column that a sheet may have, from 0.
const LAST_COLUMN: usize = 16_383;

/// Reads a workbook.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut flow = Flow::new(options);
    let mut package = Package::open(name, &bytes, options)?;
    let Sheets { rows, parts, lost } = sheets_of(&mut package, name, options)?;
    for _ in 0..lost {
        flow.omit(Omitted::Cell);
    }
    for (rows, part) in rows.into_iter().zip(parts) {
        for cell in rows.into_iter().flatten().filter(|cell| cell.kind == CellKind::Text) {
            flow.open(BlockKind::TableCell);
            // Programs end lines in each of the three ways.
            flow.push(&cell.content.replace("\r\n", "\n").replace('\r', "\n"));
            flow.close();
        }
        around_cells(&mut package, name, &part, &mut flow)?;
    }
    Ok(flow.into_read(name, Format::Xlsx))
}

/// What a sheet has besides its cells: the text of its shapes, and charts and comments, which are counted.
fn around_cells(
    package: &mut Package<'_>,
    name: &str,
    sheet: &str,
    flow: &mut Flow,
) -> Result<(), ReadError> {
    let related = relations::of(package, name, sheet)?;
    let of = |kind: &'static str| related.iter().filter(move |r| r.kind == kind);
    for drawing in of("drawing") {
        read_part(package, name, &drawing.target, flow)?;
    }
    // What answers a comment stands beside a note for older programs, which has it too.
    let notes = of("comments").next().map(|r| (r, "comment"));
    if let Some((relation, element)) =
        notes.or_else(|| of("threadedComment").next().map(|r| (r, "threadedComment")))
        && let Some(bytes) = package.part(&relation.target)?
    {
        let origin = Origin { name, part: &relation.target };
        let text = xml::decode(origin, bytes)?;
        let mut xml = Xml::new(origin, &text, Entities::Xml);
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) if tag.name == element => flow.omit(Omitted::Comment),
                Piece::End => break,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The sheets of a workbook, in the order of the tabs.
pub(crate) fn sheets(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Sheets, ReadError> {
    sheets_of(&mut Package::open(name, bytes, options)?, name, options)
}

fn sheets_of(package: &mut Package<'_>, name: &str, options: &ReadOptions) -> Result<Sheets, ReadError> {
    let main = relations::main_part(package, name, "xl/workbook.xml")?;
    let related = relations::of(package, name, &main)?;
    let strings = match relations::related(package, name, &related, "sharedStrings")? {
        Some((part, text)) => shared(Origin { name, part: &part }, &text)?,
        None => Vec::new(),
    };
    let related = relations::by_id(related);
    let origin = Origin { name, part: &main };
    let text = xml::decode(origin, package.required(&main)?)?;
    let mut left = usize::try_from(options.max_size).unwrap_or(usize::MAX);
    let mut sheets = Sheets::default();
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "sheet" => {
                let sheet = tag.prefixed("id").and_then(|id| related.get(&id));
                let Some(sheet) = sheet.map(|r| r.target.clone()) else { continue };
                if let Some(bytes) = package.part(&sheet)? {
                    let origin = Origin { name, part: &sheet };
                    let text = xml::decode(origin, bytes)?;
                    let rows = rows(origin, &text, &strings, &mut left, &mut sheets.lost)?;
                    let rows = rows.ok_or_else(|| ReadError::TooLarge {
                        name: name.to_owned(),
                        limit: options.max_size,
                    })?;
                    sheets.rows.push(rows);
                    sheets.parts.push(sheet);
                }
            }
            Piece::End => return Ok(sheets),
            _ => {}
        }
    }
}

/// The strings that cells refer to by number.
fn shared(origin: Origin<'_>, text: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(origin, text, Entities::Xml);
    let mut strings = Vec::new();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "si" => strings.push(String::new()),
                "rPh" => xml.skip()?,
                "t" => {
                    let text = text_of(&mut xml)?;
                    if let Some(last) = strings.last_mut() {
                        last.push_str(&unescaped(&text));
                    }
                }
                _ => {}
            },
            Piece::End => return Ok(strings),
            _ => {}
        }
    }
}

/// The rows of a sheet; `None` if they hold more than `left` bytes, since a long string may stand in very many cells.
fn rows(
    origin: Origin<'_>,
    text: &str,
    strings: &[String],
    left: &mut usize,
    lost: &mut usize,
) -> Result<Option<Rows>, ReadError> {
    let mut xml = Xml::new(origin, text, Entities::Xml);
    let mut rows: Rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let (mut next, mut written_as) = (0, String::new());
    let mut cell = Cell { column: 0, content: String::new(), kind: CellKind::Text };
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "row" => {
                    next = 0;
                    if !row.is_empty() {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                "c" => {
                    written_as = tag.attribute("t").unwrap_or_default();
                    let column = tag.attribute("r").and_then(|r| column(&r)).unwrap_or(next);
                    next = column.saturating_add(1);
                    cell = Cell { column, content: String::new(), kind: CellKind::Text };
                }
                "f" | "rPh" => xml.skip()?,
                "v" => {
                    let value = text_of(&mut xml)?;
                    match &*written_as {
                        "s" => {
                            let string = value.trim().parse::<usize>().ok().and_then(|i| strings.get(i));
                            match string {
                                Some(string) => cell.content.push_str(string),
                                None => *lost += 1,
                            }
                        }
                        "str" => cell.content.push_str(&unescaped(&value)),
                        "" | "n" => {
                            value.trim().clone_into(&mut cell.content);
                            cell.kind = CellKind::Number;
                        }
                        _ => {}
                    }
                }
                "t" if written_as == "inlineStr" => {
                    let text = text_of(&mut xml)?;
                    cell.content.push_str(&unescaped(&text));
                }
                _ => {}
            },
            Piece::Close(name) if name == "c" => {
                let found = std::mem::replace(
                    &mut cell,
                    Cell { column: next, content: String::new(), kind: CellKind::Text },
                );
                if found.content.is_empty() {
                    continue;
                }
                // A cell takes some memory whatever it holds.
                let size = found.content.len() + size_of::<Cell>();
                let Some(rest) = left.checked_sub(size) else { return Ok(None) };
                *left = rest;
                row.push(found);
            }
            Piece::Close(_) | Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(Some(rows))
}

/// The column of a cell called `B7`, from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1).filter(|&column| column <= LAST_COLUMN)
}

/// Characters that XML cannot hold stand as `_x000D_`, and `_x005F_` is the underscore before such text.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 7).filter(|c| c.ends_with('_'));
        let code = code.and_then(|c| u32::from_str_radix(&c[..4], 16).ok()).and_then(char::from_u32);
        out.push_str(code.map_or("_x", |_| ""));
        out.extend(code);
        rest = &rest[at + if code.is_some() { 7 } else { 2 }..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::bitext::{Lang, Sides};
    use crate::formats::{self, Head, Unit};

    #[test]
    fn spelt_out_characters_are_put_in() {
        assert_eq!(unescaped("a_x000D_\nb_x005F_x0041__xZZ_ _x\u{645}"), "a\r\nb_x0041__xZZ_ _x\u{645}");
    }

    #[test]
    fn columns_are_counted() {
        let columns = ["A1", "Z9", "AA1", "XFD1048576", "XFE1", "1", "", "AAAAAAAAAAAAAAAAAAAA1"].map(column);
        assert_eq!(columns, [Some(0), Some(25), Some(26), Some(LAST_COLUMN), None, None, None, None]);
    }

    /// Texts with what cells spell out, and what looks like it.
    fn text() -> impl Strategy<Value = String> {
        let pieces =
            ["_x0041", "_x", "_", "x000D_", "\u{b}", "\r", "\n", "\t", " ", "\u{ffff}", "ع", "&<", "a"];
        let piece =
            prop_oneof![any::<char>().prop_map(String::from), select(pieces.map(str::to_owned).to_vec())];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_workbook_of_ours_is_read_back(texts in proptest::collection::vec((text(), text(), text()), 1..5)) {
            let unit = |(source, target, comment): (String, String, String)| Unit {
                confidence: Some(0.25),
                comment: comment.into(),
                ..Unit::of_texts(source, target)
            };
            let head = Head::new(Sides::new(Lang::arabic(), Lang::english()), Sides::default());
            let mut file = Vec::new();
            formats::xlsx::write(texts.iter().cloned().map(unit), &head, &mut file).unwrap();
            let sheets = sheets("x", &file, &ReadOptions::default()).unwrap();
            let cell = |column, content: &String| {
                (!content.is_empty()).then(|| Cell { column, content: content.clone(), kind: CellKind::Text })
            };
            let number = Cell { column: 3, content: "0.2500".to_owned(), kind: CellKind::Number };
            let rows: Rows = texts.iter().map(|(source, target, comment)| {
                [cell(0, source), cell(1, target), Some(number.clone()), cell(5, comment)].into_iter().flatten().collect()
            }).collect();
            prop_assert_eq!(&sheets.rows[0][1..], &rows[..]);
        }
    }
}
