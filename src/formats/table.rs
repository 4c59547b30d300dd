//! Two-column tables as text: CSV, TSV.
//!
//! CSV is written for spreadsheets: a byte order mark, without which Excel takes Arabic for another encoding,
//! commas, quotes where needed, CR LF (RFC 4180). Tabs and line ends in a text are kept. TSV is written for
//! scripts, without a mark and without quotes: a run of tabs and line ends in a text becomes one space. Both have
//! a header line and keep all that is known of a unit. Read: the columns that [`super::columns`] finds; in CSV the
//! separator is whichever of comma, semicolon and tab cuts most of the first rows into as many fields, two or more.
//! A line feed ends a row; where there is none, as old programs wrote, a carriage return does.

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
        Table::Tsv => lines(text).map(|line| line.split('\t').map(str::to_owned).collect()).collect(),
        Table::Csv => csv_rows(text)?,
    };
    of_rows(rows, columns)
}

/// The lines of a text: of one without a line feed, a carriage return ends each.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split_terminator(end).map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// What may stand between the fields of CSV; of equals the last counts.
const DELIMITERS: [u8; 3] = *b"\t;,";

/// Shows the bytes of CSV that are in no quotes, and gives the line of a quote that is never closed.
fn outside_quotes(text: &str, delimiters: &[u8], mut show: impl FnMut(u8)) -> Option<usize> {
    let (mut line, mut opened, mut field_begins) = (1, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let line_ends = byte == b'\n' || byte == b'\r' && bytes.peek() != Some(&b'\n');
        match (byte, opened) {
            // Two are one of the text.
            (b'"', Some(_)) => opened = opened.filter(|_| bytes.next_if_eq(&b'"').is_some()),
            (b'"', None) if field_begins => (opened, field_begins) = (Some(line), false),
            (_, Some(_)) => {}
            (_, None) => {
                field_begins = line_ends || delimiters.contains(&byte);
                show(byte);
            }
        }
        line += usize::from(line_ends);
    }
    opened
}

/// What stands between the fields: what cuts most of the first rows into the same number of them, and into the most.
fn delimiter_of(text: &str) -> u8 {
    const ROWS: usize = 20;
    let mut rows = vec![[1_usize; DELIMITERS.len()]];
    let (mut ended, mut done) = (true, false);
    outside_quotes(text, &DELIMITERS, |byte| {
        if matches!(byte, b'\n' | b'\r') {
            done |= rows.len() == ROWS;
            if !ended && !done {
                rows.push([1; DELIMITERS.len()]);
            }
            ended = true;
        } else if let Some(row) = rows.last_mut().filter(|_| !done) {
            ended = false;
            if let Some(at) = DELIMITERS.iter().position(|d| *d == byte) {
                row[at] += 1;
            }
        }
    });
    let agreeing = |at: usize| {
        let alike = |fields: usize| (rows.iter().filter(|row| row[at] == fields).count(), fields);
        rows.iter().map(|row| row[at]).filter(|fields| *fields > 1).map(alike).max()
    };
    let best = (0..DELIMITERS.len()).max_by_key(|at| agreeing(*at));
    best.map_or(b',', |at| DELIMITERS[at])
}

fn csv_rows(text: &str) -> Result<Vec<Vec<String>>, FormatError> {
    let delimiter = delimiter_of(text);
    if let Some(line) = outside_quotes(text, &[delimiter], |_| {}) {
        let message = "the quotation mark that opens a field here is never closed: close it; if it is one of the text, put the field in quotes, and write it twice";
        return Err(FormatError::at(line, message));
    }
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

    #[test]
    fn the_separator_is_what_cuts_most_rows_alike_outside_of_quotes() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let commas = "\"Bread; milk; eggs\",\"خبز؛ حليب\"\n\"Good; day\",\"يوم; سعيد\"\n";
        assert_eq!(
            pairs(commas, Table::Csv),
            [pair("Bread; milk; eggs", "خبز؛ حليب"), pair("Good; day", "يوم; سعيد")]
        );
        let semicolons = "\"Good, day\";\"يوم, سعيد\"\n\n\"One, \"\"two\"\"\";\"ا, ب\"\n";
        assert_eq!(
            pairs(semicolons, Table::Csv),
            [pair("Good, day", "يوم, سعيد"), pair("One, \"two\"", "ا, ب")]
        );
        let first = "Tea, milk, bread and eggs;شاي\nBread;خبز\nMilk;حليب\n";
        assert_eq!(pairs(first, Table::Csv)[0], pair("Tea, milk, bread and eggs", "شاي"));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_with_its_line() {
        let error = |text: &str| read(text, Table::Csv).unwrap_err().to_string();
        insta::assert_snapshot!(error("en,ar\r\n\"a\r\nb\",ب\r\n\"c,ت\r\nd,ث\r\n"), @"line 4: the quotation mark that opens a field here is never closed: close it; if it is one of the text, put the field in quotes, and write it twice");
        assert!(error("a,ا\rb,\"ب\r").starts_with("line 2: "));
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(pairs("5\" disk,\"قرص\"\"\"\n", Table::Csv), [pair("5\" disk", "قرص\"")]);
    }

    #[test]
    fn a_carriage_return_ends_lines_where_no_line_feed_does() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let expected = [pair("tea", "شاي"), pair("bye", "وداعا")];
        assert_eq!(pairs("en\tar\rtea\tشاي\rbye\tوداعا\r", Table::Tsv), expected);
        assert_eq!(pairs("en,ar\rtea,شاي\rbye,وداعا\r", Table::Csv), expected);
    }
}
