//! XLS and XLSB → blocks, by the crate calamine.
//!
//! In: a workbook in one of Excel's binary formats. Out: the cells that hold text, row by row, sheet by sheet.
//! Guarantee: numbers, dates and what gives no text stay out; a workbook that the crate fails on is an error.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, Xls, Xlsb};

use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::package::Package;
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Reads a workbook.
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let damaged = |message: String| ReadError::Damaged { name: name.to_owned(), message };
    let packed = bytes.starts_with(b"PK");
    if packed {
        // The crate has no bounds of its own.
        let mut package = Package::open(name, &bytes, options)?;
        for part in package.names() {
            package.part(&part)?;
        }
    }
    let texts = AssertUnwindSafe(|| if packed { xlsb(bytes) } else { xls(bytes) });
    let texts = catch_unwind(texts).unwrap_or_else(|_| Err("its records cannot be read".to_owned()));
    let mut flow = Flow::new(options);
    for text in texts.map_err(damaged)? {
        flow.open(BlockKind::TableCell);
        flow.push(&text.replace('\r', ""));
        flow.close();
    }
    Ok(flow.into_read(name, Format::Xls))
}

fn xls(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut texts = Vec::new();
    for sheet in workbook.sheet_names() {
        // Sheets of charts have no cells.
        let Ok(range) = workbook.worksheet_range(&sheet) else { continue };
        texts.extend(range.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(text.clone()),
            _ => None,
        }));
    }
    Ok(texts)
}

fn xlsb(bytes: Vec<u8>) -> Result<Vec<String>, String> {
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut texts = Vec::new();
    for sheet in workbook.sheet_names() {
        let Ok(mut cells) = workbook.worksheet_cells_reader(&sheet) else { continue };
        while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
            match cell.get_value() {
                DataRef::String(text) => texts.push(text.clone()),
                DataRef::SharedString(text) => texts.push((*text).to_owned()),
                _ => {}
            }
        }
    }
    Ok(texts)
}
