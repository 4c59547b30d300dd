//! `reverse`: another language becomes the source.
//!
//! In: a reader. Out: a TMX whose `srclang` is the other language, and whose units begin with it. Guarantee:
//! nothing else changes; reversing twice gives the file back, byte for byte, where the source stood first and
//! was spelt as in the header.

use std::io::{Read, Write};

use super::edits::{Edits, swap, tokens_of, with_text};
use super::finding::Finding;
use super::fix_unit::own_source_lang;
use super::frames::RawUnit;
use super::head::names_a_language;
use super::output::{MemoryError, Writer, next_whole, open};
use super::refs::escaped;
use super::unit::{UnitView, attribute, primary};

/// What was turned around.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReverseReport {
    /// Units written.
    pub units: u64,
    /// Units that have no text in the new source language; written as they stand.
    pub without: u64,
    /// Units left out because they cannot be read.
    pub unreadable: u64,
    /// Texts outside of units that were left out.
    pub strays: u64,
    /// The source language before.
    pub from: String,
    /// The source language now.
    pub to: String,
}

/// Writes `input` with the source language `to`, or without it the first other language of the first unit
/// that has one.
///
/// # Errors
/// Those of reading and writing; a file that is no TMX or whose head is broken; no text in `to` up to the first
/// unit.
pub fn reverse(
    input: impl Read,
    out: &mut impl Write,
    to: Option<&str>,
    mut told: impl FnMut(&Finding),
) -> Result<ReverseReport, MemoryError> {
    let (mut frames, view) = open(input, None)?;
    let mut report = ReverseReport::default();
    let mut writer = Writer::new(out, frames.head(), &view);
    while next_whole(&mut frames, &mut report.unreadable, &mut told)? {
        let raw = frames.unit();
        let unit = UnitView::new(&raw);
        if !writer.begun() {
            let named = view.source_lang(frames.head());
            (report.from, report.to) = languages(&unit, named, to)?;
            let mut edits = Edits::default();
            view.set_source_lang(frames.head(), &report.to, &mut edits);
            writer.begin(edits)?;
        }
        report.units += 1;
        report.without += u64::from(unit.source(&report.to).is_none());
        let to = &*report.to;
        let changed =
            |raw: &RawUnit<'_>| reversed(raw, &UnitView::new(raw), to).unwrap_or_else(|| raw.text.to_owned());
        writer.unit(&raw, Some(&changed), &mut told)?;
    }
    if !writer.begun() {
        return Err(MemoryError::NoSuchLanguage { lang: to.unwrap_or("another language").to_owned() });
    }
    report.strays = writer.finish(frames.tail(), &mut told)?;
    Ok(report)
}

/// The source language before and now, as the first unit spells the latter.
fn languages(unit: &UnitView<'_>, named: &str, to: Option<&str>) -> Result<(String, String), MemoryError> {
    let before = if names_a_language(named) { named } else { unit.variants.first().map_or("", |v| v.lang) };
    let now = if let Some(to) = to {
        unit.source(to).map_or(to, |index| unit.variants[index].lang)
    } else {
        let differs = |lang: &&str| !lang.is_empty() && !primary(lang).eq_ignore_ascii_case(primary(before));
        let other = unit.variants.iter().map(|v| v.lang).find(differs);
        other.ok_or_else(|| MemoryError::NoSuchLanguage { lang: "another language".to_owned() })?
    };
    Ok((before.to_owned(), now.to_owned()))
}

/// The unit with the text in `to` first; `None` where it has none.
fn reversed(raw: &RawUnit<'_>, unit: &UnitView<'_>, to: &str) -> Option<String> {
    let target = unit.source(to)?;
    let text = if target == 0 { raw.text.to_owned() } else { swap(raw, unit, 0, target) };
    if own_source_lang(raw).is_none() {
        return Some(text);
    }
    let tokens = tokens_of(&text);
    let moved = with_text(raw, &text, &tokens);
    let tag = moved.tokens[0].of(moved.text);
    let (_, found) = attribute(tag, "srclang")?;
    let spelling = unit.variants[target].lang;
    let mut edits = Edits::default();
    edits.replace(found.value, escaped(spelling));
    Some(edits.apply(&text))
}
