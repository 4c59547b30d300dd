//! Hits, written: for people, as tables, as a memory.
//!
//! In: hits. Out: a stream. Guarantee: the texts are exactly those of the files, but that line ends and tabs are blanks in
//! lines and tables of text; each format says what it leaves out.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::json;

use super::hit::{Context, Hit};
use crate::bitext::Side;
use crate::tmx::{Header, Prop, Timestamp, TmxWriter, Variant, Written};

/// Characters of context that are shown on either side of a word.
const AROUND: usize = 40;
/// The same in a table, and characters of a counterpart: whole sentences, but what is written for the words of one text stays
/// in proportion to it.
const IN_TABLE: usize = 2_000;

/// Writes hits for people: where, the word in its context, and the counterpart below. `marks` stand around the word.
pub fn write_text(hits: &[Hit], marks: (&str, &str), out: &mut dyn Write) -> io::Result<()> {
    for hit in hits {
        let place = format!("{} {}", one_line(&hit.file.to_string_lossy()), hit.number);
        for context in hit.contexts() {
            let Context { side, before, word, after } = context;
            writeln!(
                out,
                "{place}\t{}\t{}{}{}{}{}",
                one_line(hit.languages.get(side)),
                one_line(&end_of(before, AROUND)),
                marks.0,
                one_line(word),
                marks.1,
                one_line(&beginning_of(after, AROUND)),
            )?;
        }
        for side in Side::BOTH.into_iter().filter(|side| hit.places.get(*side).is_empty()) {
            let text = hit.texts.get(side);
            if !text.is_empty() {
                writeln!(out, "\t{}\t{}", one_line(hit.languages.get(side)), one_line(text))?;
            }
        }
    }
    Ok(())
}

/// Writes a line for each word found: file, pair, language, what stands before, the word, what stands after, the other
/// language, the counterpart. Of long texts 2,000 characters before and after the word are written, and of the counterpart as
/// many, with `…` for what is left out.
pub fn write_tsv(hits: &[Hit], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "file\tpair\tlanguage\tbefore\tword\tafter\tother language\tcounterpart")?;
    for hit in hits {
        for Context { side, before, word, after } in hit.contexts() {
            let other = side.opposite();
            let cells = [
                &*hit.file.to_string_lossy(),
                &hit.number.to_string(),
                hit.languages.get(side),
                &end_of(before, IN_TABLE),
                word,
                &beginning_of(after, IN_TABLE),
                hit.languages.get(other),
                &beginning_of(hit.texts.get(other), IN_TABLE),
            ];
            writeln!(out, "{}", cells.map(one_line).join("\t"))?;
        }
    }
    Ok(())
}

/// Writes an object a line: file, pair, languages, texts, and where the words stand, in bytes of the texts.
pub fn write_json(hits: &[Hit], out: &mut dyn Write) -> io::Result<()> {
    for hit in hits {
        let places = |side| hit.places.get(side).iter().map(|p| [p.start, p.end]).collect::<Vec<_>>();
        let value = json!({
            "file": hit.file.to_string_lossy(),
            "pair": hit.number,
            "source-language": hit.languages.source,
            "target-language": hit.languages.target,
            "source": hit.texts.source,
            "target": hit.texts.target,
            "source-places": places(Side::Source),
            "target-places": places(Side::Target),
        });
        writeln!(out, "{value}")?;
    }
    Ok(())
}

/// Writes a workbook: a row for each pair with both texts, their languages, which may be others in each row, and where the
/// pair stands.
#[cfg(feature = "documents")]
pub fn write_xlsx(hits: &[Hit], out: &mut dyn Write) -> io::Result<()> {
    use crate::formats::Direction;
    use crate::formats::xlsx::{self, Cell, Column};

    let columns = [
        Column::new("source", 70),
        Column::new("target", 70),
        Column::new("source language", 16),
        Column::new("target language", 16),
        Column::new("file", 40),
        Column::new("pair", 12),
    ];
    let rows = hits.iter().map(|hit| {
        let text = |side| {
            let text = hit.texts.get(side).as_str();
            Cell::Text(text.into(), Direction::of([text]))
        };
        [
            text(Side::Source),
            text(Side::Target),
            Cell::Centred(hit.languages.source.as_str().into()),
            Cell::Centred(hit.languages.target.as_str().into()),
            Cell::Text(hit.file.to_string_lossy(), Direction::LeftToRight),
            Cell::Centred(hit.number.to_string().into()),
        ]
    });
    let direction = Direction::of(hits.iter().take(100).map(|hit| hit.texts.source.as_str()));
    xlsx::write_rows(&columns, direction, rows, out).map(|_| ())
}

/// Without the feature `documents` there is no writer of XLSX: an error that says so.
#[cfg(not(feature = "documents"))]
pub fn write_xlsx(_: &[Hit], _: &mut dyn Write) -> io::Result<()> {
    Err(io::Error::other("XLSX is not compiled in; build with the feature `documents`, or write TSV"))
}

/// Writes a memory of the pairs found, each once, in its own languages, with its place as a property. Pairs without a
/// text on one side are left out. A language in which every pair has a text is named as the source, and its texts stand
/// first; where there is none, the memory says that any language may be the source (`*all*`).
pub fn write_tmx(hits: &[Hit], date: Option<Timestamp>, out: &mut dyn Write) -> io::Result<Written> {
    let is_whole = |hit: &&Hit| !hit.texts.source.is_empty() && !hit.texts.target.is_empty();
    let whole: Vec<&Hit> = hits.iter().filter(is_whole).collect();
    let source = common_language(&whole);
    let mut header = Header::new(source.unwrap_or("*all*"));
    header.creation_date = date;
    let mut writer = TmxWriter::new(out, &header)?;
    for hit in whole {
        let place = format!("{} {}", hit.file.to_string_lossy(), hit.number);
        let mut unit = crate::tmx::Unit { creation_date: date, ..crate::tmx::Unit::default() };
        unit.props.push(Prop::new("x-place", place));
        let first = Side::BOTH.into_iter().find(|side| source == Some(hit.languages.get(*side)));
        let first = first.unwrap_or(Side::Source);
        for side in [first, first.opposite()] {
            let lang = Some(&**hit.languages.get(side)).filter(|lang| !lang.is_empty()).unwrap_or("und");
            unit.variants.push(Variant::new(lang, &**hit.texts.get(side)));
        }
        writer.unit(&unit)?;
    }
    writer.finish()
}

/// A language in which each pair has a text: the first pair's source language, if that is one.
fn common_language<'h>(hits: &[&'h Hit]) -> Option<&'h str> {
    let first = hits.first()?;
    let of_all = |lang: &&str| {
        let is_it = |hit: &&Hit| Side::BOTH.iter().any(|side| hit.languages.get(*side) == lang);
        !matches!(*lang, "" | "und") && hits.iter().all(is_it)
    };
    Side::BOTH.into_iter().map(|side| first.languages.get(side).as_str()).find(of_all)
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// The end of what stands before a word, from a blank on.
fn end_of(text: &str, most: usize) -> Cow<'_, str> {
    let Some((from, _)) = text.char_indices().rev().nth(most) else { return text.into() };
    let from = text[from..].find(char::is_whitespace).map_or(from, |at| from + at);
    format!("…{}", &text[from..]).into()
}

/// The beginning of what stands after a word, up to a blank.
fn beginning_of(text: &str, most: usize) -> Cow<'_, str> {
    let Some((to, _)) = text.char_indices().nth(most) else { return text.into() };
    let to = text[..to].rfind(char::is_whitespace).unwrap_or(to);
    format!("{}…", &text[..to]).into()
}
