//! Two-column tables as text: CSV, TSV.
//!
//! CSV is written for spreadsheets: a byte order mark, without which Excel takes Arabic for another encoding,
//! commas, quotes where needed, CR LF (RFC 4180). Tabs and line ends in a text are kept. TSV is written for
//! scripts, without a mark and without quotes: a run of tabs and line ends in a text becomes one space. Both have
//! a header line and keep all that is known of a unit. Read: the columns that the header names `source…` and
//! `target…`, else the first two; in CSV the separator is whichever of comma, semicolon and tab is in the first line.

use std::borrow::Cow;
use std::io::{self, Write};

use super::unit::{bead_type, share};
use super::{Bilingual, FormatError, Status, Unit};
use crate::bitext::{Lang, Sides};

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

/// The name of a status in tables.
pub(super) const fn status_name(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Accepted => "accepted",
        Status::Flagged => "flagged",
    }
}

/// Reads a table.
pub fn read(text: &str, kind: Table) -> Result<Bilingual, FormatError> {
    let text = text.trim_start_matches('\u{feff}');
    let rows = match kind {
        Table::Tsv => text
            .split_terminator('\n')
            .map(|l| l.strip_suffix('\r').unwrap_or(l).split('\t').map(str::to_owned).collect())
            .collect(),
        Table::Csv => csv_rows(text)?,
    };
    of_rows(rows, Sides::new(0, 1))
}

/// What the rows of a table hold: in the columns that the first row names, else in the columns `unnamed`, from 0.
pub fn of_rows(rows: Vec<Vec<String>>, unnamed: Sides<usize>) -> Result<Bilingual, FormatError> {
    let mut rows = rows.into_iter().filter(|row| row.iter().any(|f| !f.trim().is_empty()));
    let Some(first) = rows.next() else { return Err(FormatError::Nothing("row")) };
    let named = columns(&first);
    // A first row that names nothing is a row like any other.
    let first = named.is_none().then_some(first);
    let (places, languages) = named.unwrap_or_else(|| {
        let places = Places { source: unnamed.source, target: unnamed.target, ..Places::default() };
        (places, Sides::default())
    });
    let units: Vec<Unit<'static>> = first.into_iter().chain(rows).map(|row| places.unit(&row)).collect();
    if units.iter().all(|u| u.texts.target.is_empty()) {
        return Err(FormatError::Nothing("second column with texts"));
    }
    Ok(Bilingual { languages, units })
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

/// Which column holds what.
#[derive(Debug, Clone, Default)]
struct Places {
    source: usize,
    target: usize,
    bead_type: Option<usize>,
    confidence: Option<usize>,
    status: Option<usize>,
    comment: Option<usize>,
}

/// What a header line says, with the languages of `source (ar)`; `None` if it is none.
fn columns(header: &[String]) -> Option<(Places, Sides<Option<Lang>>)> {
    let parts = |field: &String| match field.trim().strip_suffix(')').and_then(|f| f.rsplit_once('(')) {
        Some((name, language)) if language.parse::<Lang>().is_ok() => {
            (name.to_owned(), language.parse().ok())
        }
        _ => (field.clone(), None),
    };
    let header: Vec<(String, Option<Lang>)> = header.iter().map(parts).collect();
    let find = |names: &[&str]| {
        header.iter().position(|(field, _)| {
            let name: String =
                field.trim().to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
            names.contains(&&*name)
        })
    };
    let places = Places {
        source: find(&["sourcetext", "source", "src", "sourcesegment", "original"])?,
        target: find(&["targettext", "target", "tgt", "trg", "targetsegment", "translation"])?,
        bead_type: find(&["type"]),
        confidence: find(&["confidence"]),
        status: find(&["status"]),
        comment: find(&["comment"]),
    };
    let languages = Sides::new(header[places.source].1.clone(), header[places.target].1.clone());
    Some((places, languages))
}

impl Places {
    fn unit(&self, row: &[String]) -> Unit<'static> {
        let field = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let other = |at: Option<usize>| at.map(field).unwrap_or_default();
        let mut unit = Unit::of_texts(field(self.source).to_owned(), field(self.target).to_owned());
        unit.bead_type = bead_type(other(self.bead_type));
        unit.confidence = share(other(self.confidence));
        unit.comment = Cow::Owned(other(self.comment).to_owned());
        unit.status = [Status::Accepted, Status::Flagged]
            .into_iter()
            .find(|s| status_name(*s) == other(self.status))
            .unwrap_or_default();
        unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, kind: Table) -> Vec<(String, String)> {
        let units = read(text, kind).unwrap().units;
        units.into_iter().map(|u| (u.texts.source.into_owned(), u.texts.target.into_owned())).collect()
    }

    #[test]
    fn separators_and_headers_are_told() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(pairs("a,b\n\"c,\nd\",e", Table::Csv), [pair("a", "b"), pair("c,\nd", "e")]);
        assert_eq!(pairs("a;b; c, d\n", Table::Csv), [pair("a", "b")]);
        assert_eq!(pairs("id;Target;Source\n1;x;y\n", Table::Csv), [pair("y", "x")]);
        let named = read("target (en),source (ar-IQ)\nx,y\n", Table::Csv).unwrap();
        assert_eq!(named.languages, Sides::new("ar-IQ".parse().ok(), Some(Lang::english())));
        assert_eq!(named.units[0].texts, Sides::new("y".into(), "x".into()));
        assert_eq!(pairs("\u{feff}a\t\"b\"\r\nc\td\r\n", Table::Tsv), [pair("a", "\"b\""), pair("c", "d")]);
        assert_eq!(
            read("a\nb\n", Table::Tsv).unwrap_err().to_string(),
            "it holds no second column with texts"
        );
    }
}
