//! `stats`: what a translation memory holds.

use std::collections::BTreeMap;
use std::io::Read;

use super::finding::Finding;
use super::head::names_a_language;
use super::measure::Measure;
use super::output::{MemoryError, Passed, ending, open, outside, pass};
use super::pairs::{Context, pair_hashes};
use super::repeat::{Known, Repeats};
use super::scan::attributes;
use super::unit::{MetaKind, UnitView, attribute};

/// What one language has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct LanguageStats {
    /// Texts.
    pub texts: u64,
    /// Texts in which nothing can be seen.
    pub empty: u64,
    /// Words: what white space separates.
    pub words: u64,
    /// Characters.
    pub characters: u64,
    /// Characters of the longest text.
    pub longest: u64,
}

/// What a translation memory holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stats {
    /// The version it claims.
    pub version: String,
    /// The source language it names.
    pub source_lang: String,
    /// `segtype`.
    pub segtype: String,
    /// The tool that wrote it, with its version.
    pub tool: String,
    /// The encoding it is read in.
    pub encoding: String,
    /// Bytes.
    pub bytes: u64,
    /// Units.
    pub units: u64,
    /// Units that cannot be read.
    pub unreadable: u64,
    /// Units whose texts were there before.
    pub repeated: u64,
    /// Units whose source was there before, with another translation.
    pub contradicting: u64,
    /// Texts with inline codes.
    pub with_codes: u64,
    /// Notes.
    pub notes: u64,
    /// Properties by type; those beyond 256 types under `…`.
    pub props: BTreeMap<String, u64>,
    /// What each language has; those beyond 256 languages under `…`.
    pub languages: BTreeMap<String, LanguageStats>,
    /// Units by the languages they have, joined by ` + `; those beyond 256 sets under `…`.
    pub sets: BTreeMap<String, u64>,
    /// Units that have texts in both languages of a pair, by `source → target`; those beyond 256 pairs under `…`.
    pub pairs: BTreeMap<String, u64>,
    /// Texts outside of units.
    pub strays: u64,
    /// The earliest date of a unit or text, as written.
    pub earliest: Option<String>,
    /// The latest.
    pub latest: Option<String>,
}

/// Names that are counted apart.
const NAMES: usize = 256;

/// The place of `name` in a table that does not grow for ever.
fn slot<'m, V: Default>(table: &'m mut BTreeMap<String, V>, name: &str) -> &'m mut V {
    let full = table.len() >= NAMES && !table.contains_key(name);
    let name = if full { "…" } else { name };
    if !table.contains_key(name) {
        table.insert(name.to_owned(), V::default());
    }
    table.entry(name.to_owned()).or_default()
}

/// Counts what the translation memory that `input` gives holds; `told` hears of units that cannot be read and of what
/// stands outside of units.
///
/// # Errors
/// Those of reading; a file that is no TMX or whose head is broken.
pub fn stats(input: impl Read, mut told: impl FnMut(&Finding)) -> Result<Stats, MemoryError> {
    let (mut frames, view) = open(input, None)?;
    let head = frames.head();
    let text = |name: &str| view.header_attribute(head, name).map_or("", |(value, _)| value).to_owned();
    let mut stats = Stats {
        version: view.root_attribute(head, "version").unwrap_or_default().to_owned(),
        source_lang: text("srclang"),
        segtype: text("segtype"),
        tool: format!("{} {}", text("creationtool"), text("creationtoolversion")).trim().to_owned(),
        encoding: head.encodings.actual.name().to_owned(),
        ..Stats::default()
    };
    let mut repeats = Repeats::new();
    loop {
        match pass(&mut frames)? {
            Passed::End => break,
            Passed::LeftOut(finding) => {
                stats.unreadable += 1;
                // What is too large has no number, and is not known to be a unit.
                stats.units += u64::from(finding.unit.is_some());
                told(&finding);
            }
            Passed::Unit => {
                let raw = frames.unit();
                stats.units += 1;
                stats.strays += u64::from(outside(&raw, &mut told).1);
                let unit = UnitView::new(&raw);
                count(&raw, &unit, &mut stats);
                if unit.variants.len() < 2 {
                    continue;
                }
                let lang = &stats.source_lang;
                let source = if names_a_language(lang) { unit.source(lang).unwrap_or(0) } else { 0 };
                count_pairs(&unit, source, &mut stats);
                let (one, other) = pair_hashes(&raw, &unit, source, Context::Counts);
                match repeats.meet(one, other, raw.number) {
                    Known::Same(_) => stats.repeated += 1,
                    Known::OtherTarget(_) => stats.contradicting += 1,
                    Known::New | Known::Untold => {}
                }
            }
        }
    }
    let ending = ending(frames.tail());
    stats.strays += u64::from(ending.lost);
    ending.finding.iter().for_each(told);
    stats.bytes = frames.bytes();
    Ok(stats)
}

/// Counts the pairs of languages that the unit has texts for.
fn count_pairs(unit: &UnitView<'_>, source: usize, stats: &mut Stats) {
    let from = unit.variants[source].lang;
    let mut to: Vec<&str> = unit.variants.iter().map(|v| v.lang).filter(|lang| *lang != from).collect();
    to.sort_unstable();
    to.dedup();
    for lang in to {
        *slot(&mut stats.pairs, &format!("{from} → {lang}")) += 1;
    }
}

fn count(raw: &super::frames::RawUnit<'_>, unit: &UnitView<'_>, stats: &mut Stats) {
    let mut set: Vec<&str> = unit.variants.iter().map(|v| v.lang).collect();
    set.sort_unstable();
    set.dedup();
    *slot(&mut stats.sets, &set.join(" + ")) += 1;
    for meta in &unit.metas {
        if meta.kind == MetaKind::Note {
            stats.notes += 1;
        } else {
            let kind = attribute(meta.tag.of(raw.text), "type").map_or("", |(kind, _)| kind);
            *slot(&mut stats.props, kind) += 1;
        }
    }
    for tag in unit.variants.iter().map(|v| v.tag).chain([raw.tokens[0]]) {
        let tag = tag.of(raw.text);
        for attribute in attributes(tag).flatten() {
            if matches!(&tag[attribute.name], "creationdate" | "changedate") {
                let date = &tag[attribute.value];
                if stats.earliest.as_deref().is_none_or(|earliest| date < earliest) {
                    stats.earliest = Some(date.to_owned());
                }
                if stats.latest.as_deref().is_none_or(|latest| date > latest) {
                    stats.latest = Some(date.to_owned());
                }
            }
        }
    }
    for variant in &unit.variants {
        let text = variant.text();
        let characters = text.chars().count() as u64;
        let language = slot(&mut stats.languages, variant.lang);
        language.texts += 1;
        language.empty += u64::from(!Measure::of(text).visible);
        language.words += text.split_whitespace().count() as u64;
        language.characters += characters;
        language.longest = language.longest.max(characters);
        stats.with_codes += u64::from(variant.segment.as_ref().is_some_and(|s| s.has_codes));
    }
}
