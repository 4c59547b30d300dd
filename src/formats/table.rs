//! Two-column tables as text: CSV, TSV.
//!
//! CSV is written for spreadsheets: a byte order mark, without which Excel takes Arabic for another encoding,
//! commas, quotes where needed, CR LF (RFC 4180). Tabs and line ends in a text are kept. TSV is written for
//! scripts, without a mark and without quotes: a run of tabs and line ends in a text becomes one space. Both have
//! a header line and keep all that is known of a unit. Read: the columns that [`super::columns`] finds; in CSV the
//! separator is whichever of comma, semicolon and tab is in the first line.

use std::io::{self, Write};

use super::columns::{Columns, of_rows};
use super::unit::status_name;
use super::{FormatError, Multilingual, Unit};

/// The kind of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Values in quotes where needed.
    Csv,
    /// Values between tabs, as they are.
    Tsv,
}

const COLUMNS: [&str; 6] = ["source_text", "target_text", "type", "confidence", "status", "comment"];

/// Writes CSV, units with one text too.
pub fn write_csv<'a>(units: impl IntoIterator<Item = Unit<'a>>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let fail = |e: csv::Error| match e.into_kind() {
        csv::ErrorKind::Io(e) => e,
        other => io::Error::other(format!("{other:?}")),
    };
    writer.write_record(COLUMNS).map_err(fail)?;
    for unit in units {
        let status = status_name(unit.status);
        let bead_type = unit.bead_type.map(|t| t.to_string()).unwrap_or_default();
        let confidence = unit.confidence_text().unwrap_or_default();
        let fields =
            [&*unit.texts.source, &*unit.texts.target, &*bead_type, &*confidence, status, &*unit.comment];
        writer.write_record(fields).map_err(fail)?;
    }
    writer.flush()
}

/// Reads a table; its columns are told by their headings and texts.
pub fn read(text: &str, kind: Table) -> Result<Multilingual, FormatError> {
    read_columns(text, kind, &Columns::default())
}

/// Reads the columns of a table that are asked for.
pub fn read_columns(text: &str, kind: Table, columns: &Columns) -> Result<Multilingual, FormatError> {
    let text = text.trim_start_matches('\u{feff}');
    let rows = match kind {
        Table::Tsv => text
            .split_terminator('\n')
            .map(|l| l.strip_suffix('\r').unwrap_or(l).split('\t').map(str::to_owned).collect())
            .collect(),
        Table::Csv => csv_rows(text)?,
    };
    of_rows(rows, columns)
}

fn csv_rows(text: &str) -> Result<Vec<Vec<String>>, FormatError> {
    let first = text.lines().next().unwrap_or_default();
    let count = |c: &u8| first.bytes().filter(|b| b == c).count();
    // Of equals the last counts: the comma.
    let delimiter = *b"\t;,".iter().max_by_key(|c| count(c)).unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(1, csv::Position::line);
            FormatError::at(line as usize, e.to_string())
        })?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, Side, Sides};

    fn pairs(text: &str, kind: Table) -> Vec<(String, String)> {
        let units = read(text, kind).unwrap().units;
        units
            .into_iter()
            .map(|u| (u.text(Side::Source).to_owned(), u.text(Side::Target).to_owned()))
            .collect()
    }

    #[test]
    fn separators_and_headers_are_told() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(pairs("a,b\n\"c,\nd\",e", Table::Csv), [pair("a", "b"), pair("c,\nd", "e")]);
        assert_eq!(pairs("a;bb;ccc, d\n", Table::Csv), [pair("bb", "ccc, d")]);
        assert_eq!(pairs("id;Target;Source\n1;x;y\n", Table::Csv), [pair("y", "x")]);
        let named = read("target (en),source (ar-IQ)\nx,y\n", Table::Csv).unwrap().by_sides();
        assert_eq!(named.languages, Sides::new("ar-IQ".parse().ok(), Some(Lang::english())));
        assert_eq!(named.units[0].texts, Sides::new("y".into(), "x".into()));
        assert_eq!(pairs("\u{feff}a\t\"b\"\r\nc\td\r\n", Table::Tsv), [pair("a", "\"b\""), pair("c", "d")]);
        assert_eq!(
            read("a\nb\n", Table::Tsv).unwrap_err().to_string(),
            "it holds no second column with texts"
        );
    }
}
