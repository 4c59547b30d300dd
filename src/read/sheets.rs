//! The sheets of a workbook → units.
//!
//! In: the cells of all sheets, and which columns are asked for. Out: the units of all sheets that have two columns
//! with texts. Guarantee: sheets with text that are passed over are told of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::office::xlsx::{Cell, CellKind, Rows};
use crate::formats::columns::{self, ColumnName, Columns};
use crate::formats::{FormatError, Multilingual};

/// Columns of a sheet that are looked at: those that hold the most text.
const COLUMNS: usize = 16;

/// All sheets that have two columns with texts; the others with text are told of.
pub(super) fn of_sheets(sheets: Vec<Rows>, asked: &Columns) -> Result<Multilingual, FormatError> {
    let mut read: Option<Multilingual> = None;
    let mut last = FormatError::Nothing("sheet with texts");
    let mut passed_over = Vec::new();
    for (number, rows) in (1..).zip(sheets) {
        let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in rows.iter().flatten().filter(|c| c.kind == CellKind::Text) {
            *weights.entry(cell.column).or_default() += cell.content.len();
        }
        if weights.is_empty() {
            continue;
        }
        let mut heavy: Vec<usize> = weights.keys().copied().collect();
        heavy.sort_by_key(|c| (Reverse(weights[c]), *c));
        heavy.truncate(COLUMNS);
        let numbers = asked.asked.iter().flat_map(|asked| [&asked.source, &asked.target]);
        let numbers = numbers.filter_map(|name| match name {
            ColumnName::Number(number) => number.checked_sub(1),
            ColumnName::Heading(_) => None,
        });
        let places: BTreeSet<usize> = heavy.into_iter().chain(numbers).collect();
        let places: Vec<usize> = places.into_iter().collect();
        let dense = |row: Vec<Cell>| {
            let mut fields = Vec::new();
            for cell in row {
                let Ok(at) = places.binary_search(&cell.column) else { continue };
                if fields.len() <= at {
                    fields.resize(at + 1, String::new());
                }
                fields[at] = cell.content;
            }
            fields
        };
        let rows: Vec<Vec<String>> = rows.into_iter().map(dense).collect();
        let columns = Columns { numbers: Some(places.clone()), ..asked.clone() };
        match (columns::of_rows(rows, &columns), &mut read) {
            (Ok(sheet), None) => read = Some(sheet),
            (Ok(sheet), Some(read)) => read.join(sheet),
            (Err(error), _) => {
                passed_over.push(number.to_string());
                last = error;
            }
        }
    }
    let Some(mut read) = read else { return Err(last) };
    if !passed_over.is_empty() {
        let sheets = passed_over.join(", ");
        read.told
            .note(format!("sheets that are not read, since they have no two columns of texts: {sheets}"));
    }
    Ok(read)
}
