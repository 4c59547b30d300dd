//! `extract`: the units of one pair of languages out of a memory of many.
//!
//! In: a reader and two languages. Out: a TMX of the units that have texts in both, with those two texts, the source
//! first. Guarantee: notes, properties and the texts themselves stand as they did.

use std::io::{Read, Write};

use super::edits::Edits;
use super::finding::Finding;
use super::fix_unit::own_source_lang;
use super::frames::RawUnit;
use super::kind::Kind;
use super::languages::{canonical, meant};
use super::output::{MemoryError, Writer, left_out, next_whole, open};
use super::refs::escaped;
use super::unit::{UnitView, attribute};

/// What was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ExtractReport {
    /// Units written.
    pub units: u64,
    /// Units that lack a text in one of the two languages.
    pub without: u64,
    /// Units left out because they cannot be read.
    pub unreadable: u64,
    /// Texts outside of units that were left out.
    pub strays: u64,
    /// Texts left out because their unit has another in the same language.
    pub repeated: u64,
    /// Units written whose texts are of another region than was asked for.
    pub other_region: u64,
}

/// Writes the units of `input` that have texts in `source` and in `target`. A language is met by the same tag first,
/// then by another spelling of it, then by the same language in another region. `told` hears of what could not be read.
///
/// # Errors
/// Those of reading and writing; a file that is no TMX or whose head is broken; not a single unit with both languages.
pub fn extract(
    input: impl Read,
    out: &mut impl Write,
    (source, target): (&str, &str),
    mut told: impl FnMut(&Finding),
) -> Result<ExtractReport, MemoryError> {
    let (mut frames, view) = open(input, None)?;
    let mut report = ExtractReport::default();
    let mut writer = Writer::new(out, frames.head(), &view);
    while next_whole(&mut frames, &mut report.unreadable, &mut told)? {
        let raw = frames.unit();
        let unit = UnitView::new(&raw);
        let languages: Vec<&str> = unit.variants.iter().map(|v| v.lang).collect();
        let one = meant(&languages, source, None);
        let other = one.and_then(|one| meant(&languages, target, Some(one)));
        let (Some(one), Some(other)) = (one, other) else {
            report.without += 1;
            writer.pass_over(&raw, &mut told);
            continue;
        };
        if !writer.begun() {
            let mut edits = Edits::default();
            view.set_source_lang(frames.head(), unit.variants[one].lang, &mut edits);
            writer.begin(edits)?;
        }
        let met = |asked: &str, index: usize| canonical(unit.variants[index].lang) == canonical(asked);
        report.other_region += u64::from(!met(source, one) || !met(target, other));
        report.units += 1;
        for (index, variant) in unit.variants.iter().enumerate() {
            let same = |chosen: usize| canonical(variant.lang) == canonical(unit.variants[chosen].lang);
            if index != one && index != other && (same(one) || same(other)) {
                let why = "a second text in this language";
                report.repeated += 1;
                told(&left_out(&raw, Kind::RepeatedLang, variant.range.start, why));
            }
        }
        writer.unit(&raw, Some(&|raw| pair(raw, &UnitView::new(raw), one, other)), &mut told)?;
    }
    if !writer.begun() {
        return Err(MemoryError::NoSuchPair {
            source_lang: source.to_owned(),
            target_lang: target.to_owned(),
        });
    }
    report.strays = writer.finish(frames.tail(), &mut told)?;
    Ok(report)
}

/// The unit with the texts at `source` and `target` alone, in this order.
fn pair(raw: &RawUnit<'_>, unit: &UnitView<'_>, source: usize, target: usize) -> String {
    let mut edits = Edits::default();
    if own_source_lang(raw).is_some()
        && let Some((_, found)) = attribute(raw.tokens[0].of(raw.text), "srclang")
    {
        edits.replace(found.value, escaped(unit.variants[source].lang));
    }
    for (index, variant) in unit.variants.iter().enumerate() {
        let text = |index: usize| &raw.text[unit.variants[index].range.clone()];
        if index == source.min(target) {
            edits.replace(variant.range.clone(), text(source));
        } else if index == source.max(target) {
            edits.replace(variant.range.clone(), text(target));
        } else {
            // With the white space before it.
            let before = raw.text[..variant.range.start].trim_end().len();
            edits.replace(before..variant.range.end, "");
        }
    }
    edits.apply(raw.text)
}
