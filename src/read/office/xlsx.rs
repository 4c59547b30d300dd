//! XLSX → blocks.
//!
//! What comes in: a container of SpreadsheetML. What goes out: the cells that hold text, row by row, sheet by
//! sheet in the order of the tabs. What it guarantees: the runs of a cell are joined; numbers, dates, formulas
//! that give no text, and the readings of ruby stay out.

use std::fmt::Write;

use super::pptx::text_of;
use super::relations;
use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Reads a workbook.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let main = relations::main_part(&mut package, name, "xl/workbook.xml")?;
    let related = relations::of(&mut package, name, &main)?;
    let strings = match relations::related(&mut package, name, &related, "sharedStrings")? {
        Some((part, text)) => shared(Origin { name, part: &part }, &text)?,
        None => Vec::new(),
    };
    let origin = Origin { name, part: &main };
    let text = xml::decode(origin, package.required(&main)?)?;
    let mut flow = Flow::new(options);
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "sheet" => {
                let sheet = tag.prefixed("id").and_then(|id| related.iter().find(|r| r.id == id));
                let Some(sheet) = sheet.map(|r| r.target.clone()) else { continue };
                if let Some(bytes) = package.part(&sheet)? {
                    let origin = Origin { name, part: &sheet };
                    let text = xml::decode(origin, bytes)?;
                    let most = usize::try_from(options.max_size).unwrap_or(usize::MAX);
                    read_sheet(origin, &text, &strings, &mut flow, most)?;
                }
            }
            Piece::End => break,
            _ => {}
        }
    }
    Ok(ReadDocument::new(flow.finish(), Format::Xlsx, None))
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

fn read_sheet(
    origin: Origin<'_>,
    text: &str,
    strings: &[String],
    flow: &mut Flow,
    most: usize,
) -> Result<(), ReadError> {
    let mut xml = Xml::new(origin, text, Entities::Xml);
    let mut kind = String::new();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "c" => {
                    kind = tag.attribute("t").unwrap_or_default();
                    flow.open(BlockKind::TableCell);
                }
                "f" | "rPh" => xml.skip()?,
                "v" => {
                    let value = text_of(&mut xml)?;
                    match &*kind {
                        "s" => {
                            let string = value.trim().parse::<usize>().ok().and_then(|i| strings.get(i));
                            let string = string.ok_or_else(|| xml.broken("a cell's string is missing"))?;
                            flow.push(string);
                        }
                        "str" => flow.push(&unescaped(&value)),
                        _ => {}
                    }
                }
                "t" if kind == "inlineStr" => {
                    let text = text_of(&mut xml)?;
                    flow.push(&unescaped(&text));
                }
                _ => {}
            },
            Piece::Close(name) if name == "c" => {
                flow.close();
                // A long string may stand in very many cells.
                if flow.len() > most {
                    return Err(ReadError::TooLarge { name: origin.name.to_owned(), limit: most as u64 });
                }
            }
            Piece::Close(_) | Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    flow.close();
    Ok(())
}

/// Characters that XML cannot hold stand as `_x000D_`, and `_x005F_` is the underscore before such text.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 7).filter(|c| c.ends_with('_'));
        match code.and_then(|c| u32::from_str_radix(&c[..4], 16).ok()).and_then(char::from_u32) {
            Some('\r') => rest = &rest[at + 7..],
            Some(c) => {
                // Writing to a string cannot fail.
                let _ = out.write_char(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelt_out_characters_are_put_in() {
        assert_eq!(unescaped("a_x000D_\nb_x005F_x0041__xZZ_ _x\u{645}"), "a\nb_x0041__xZZ_ _x\u{645}");
    }
}
