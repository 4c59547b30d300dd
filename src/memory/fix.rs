//! `fix`: mends what can be mended without loss, and leaves the rest as it is.
//!
//! In: a reader. Out: a TMX in UTF-8. Guarantee: what needs no mending passes through byte for byte; units
//! that cannot be read are left out and told; fixing twice changes nothing the second time.

use std::io::{self, Read, Write};

use encoding_rs::UTF_8;

use super::edits::{Edits, swap, tokens_of, with_text};
use super::finding::Finding;
use super::fix_head;
use super::fix_report::{FixOptions, FixReport};
use super::fix_unit;
use super::frames::RawUnit;
use super::kind::Kind;
use super::languages::Spellings;
use super::output::{MemoryError, Passed, ending, open, outside, pass};
use super::sound::ROUNDS;
use super::unit::UnitView;

/// Mends the translation memory that `input` gives; `told` hears of what had to be left out.
///
/// # Errors
/// Those of reading and writing; a file that is no TMX or whose head is broken.
pub fn fix(
    input: impl Read,
    out: &mut impl Write,
    options: &FixOptions,
    mut told: impl FnMut(&Finding),
) -> Result<FixReport, MemoryError> {
    let (mut frames, view) = open(input, options.encoding)?;
    let mut report = FixReport::default();
    // The head is written when the first whole unit shows what the languages are.
    let mut source_lang: Option<String> = None;
    let mut spellings = Spellings::default();
    loop {
        match pass(&mut frames)? {
            Passed::LeftOut(finding) => {
                report.left_out += 1;
                if finding.kind == Kind::Truncated {
                    report.add(Kind::Truncated);
                }
                told(&finding);
            }
            Passed::Unit => {
                let raw = frames.unit();
                let lang = if let Some(lang) = &source_lang {
                    lang
                } else {
                    let unit = UnitView::new(&raw);
                    let (text, lang) = fix_head::fix(frames.head(), &view, Some(&unit), options, &mut report);
                    out.write_all(text.as_bytes())?;
                    spellings.know(&lang);
                    source_lang.insert(lang)
                };
                let (gap, lost) = outside(&raw, &mut told);
                if gap != raw.gap {
                    report.add(Kind::UnknownElement);
                }
                if raw.repair.is_some() {
                    report.add(Kind::XmlBroken);
                }
                report.strays += u64::from(lost);
                out.write_all(gap.as_bytes())?;
                write_unit(&raw, lang, options, &mut spellings, &mut report, out)?;
                report.units += 1;
            }
            Passed::End => break,
        }
    }
    if source_lang.is_none() {
        let (text, _) = fix_head::fix(frames.head(), &view, None, options, &mut report);
        out.write_all(text.as_bytes())?;
    }
    let ending = ending(frames.tail());
    report.strays += u64::from(ending.lost);
    if let Some(finding) = ending.finding {
        if finding.kind == Kind::Truncated && !ending.lost {
            if !report.mended.iter().any(|(kind, _)| *kind == Kind::Truncated) {
                report.add(Kind::Truncated);
            }
        } else {
            told(&finding);
        }
    }
    out.write_all(ending.text.as_bytes())?;
    out.flush()?;
    if frames.head().encodings.mark {
        report.add(Kind::ByteOrderMark);
    }
    if frames.head().encodings.actual != UTF_8 {
        report.add(Kind::NotUtf8);
    }
    Ok(report)
}

fn write_unit(
    raw: &RawUnit<'_>,
    source_lang: &str,
    options: &FixOptions,
    spellings: &mut Spellings,
    report: &mut FixReport,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut text: Option<String> = None;
    // One change may bring another to light; each round has less to do.
    for _ in 0..ROUNDS {
        let changed = with_current(raw, text.as_deref(), |raw, view| {
            let mut edits = Edits::default();
            fix_unit::fix(raw, view, source_lang, options, spellings, &mut edits, report);
            (!edits.is_empty()).then(|| edits.apply(raw.text))
        });
        if changed.is_none() {
            break;
        }
        text = changed;
    }
    // What moves, once everything else stands.
    if let Some(moved) =
        with_current(raw, text.as_deref(), |raw, view| fix_unit::metas_first(raw, view, report))
    {
        text = Some(moved);
    }
    let source_first = with_current(raw, text.as_deref(), |raw, view| {
        let lang = fix_unit::own_source_lang(raw).unwrap_or(source_lang);
        let source = view.source(lang).filter(|index| *index > 0)?;
        report.add(Kind::SourceNotFirst);
        Some(swap(raw, view, 0, source))
    });
    let text = source_first.or(text);
    out.write_all(text.as_deref().unwrap_or(raw.text).as_bytes())
}

fn with_current(
    raw: &RawUnit<'_>,
    text: Option<&str>,
    change: impl FnOnce(&RawUnit<'_>, &UnitView<'_>) -> Option<String>,
) -> Option<String> {
    match text {
        None => change(raw, &UnitView::new(raw)),
        Some(text) => {
            let tokens = tokens_of(text);
            let raw = with_text(raw, text, &tokens);
            change(&raw, &UnitView::new(&raw))
        }
    }
}
