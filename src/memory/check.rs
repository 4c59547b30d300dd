//! `check`: what is wrong with a translation memory.
//!
//! In: a reader. Out: findings, one by one, in the order of the file; those about the file as a whole at the
//! end. Guarantee: memory does not grow with the file, but for 16 bytes a unit by which repetitions are found,
//! and those are bounded too.

use std::collections::BTreeMap;
use std::io::{self, Read};

use encoding_rs::Encoding;

use crate::bitext::{Block, BlockKind, Document, Lang, TextSpan};
use crate::segment::{SegmentOptions, can_detect, detect_language, segment};
use crate::tmx::SegType;

use super::check_head::{self, bad_bytes_detail, finding};
use super::check_text::{Language, SideText, check_one, check_pair};
use super::check_unit::{self, code_signature};
use super::finding::{Finding, put_in_place, quoted};
use super::frames::{FaultKind, Frames, Head, RawUnit, Step};
use super::gap::sound_gap;
use super::head::{HeadView, names_a_language};
use super::kind::{Kind, Severity};
use super::languages::{canonical, usual};
use super::measure::Measure;
use super::pairs::{Context, pair_hashes};
use super::place::Place;
use super::repeat::{Known, Repeats};
use super::unit::{MetaKind, UnitView, VariantView, attribute, primary};

/// Bytes where some services stop.
const LARGE: u64 = 1 << 30;

/// How to check.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CheckOptions {
    /// The encoding of the file, where the file itself does not say it right.
    pub encoding: Option<&'static Encoding>,
}

/// How much was checked and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Units, broken ones too.
    pub units: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// How often each kind was found, in the order of [`Kind::ALL`]; never 0.
    pub counts: Vec<(Kind, u64)>,
    /// Units among which repetitions could not be looked for because there are too many.
    pub untold: u64,
}

impl Summary {
    /// Findings of this severity.
    pub fn of(&self, severity: Severity) -> u64 {
        self.counts.iter().filter(|(kind, _)| kind.severity() == severity).map(|(_, n)| n).sum()
    }

    fn add(&mut self, kind: Kind) {
        match self.counts.binary_search_by_key(&kind, |(k, _)| *k) {
            Ok(index) => self.counts[index].1 += 1,
            Err(index) => self.counts.insert(index, (kind, 1)),
        }
    }
}

/// Checks the translation memory that `input` gives; `found` is told of each thing wrong.
///
/// # Errors
/// Those of reading, and those that `found` returns. A damaged file is no error: its damage is a finding.
pub fn check(
    input: impl Read,
    options: &CheckOptions,
    mut found: impl FnMut(&Finding) -> io::Result<()>,
) -> io::Result<Summary> {
    let mut frames = Frames::new(input, options.encoding)?;
    let mut summary = Summary::default();
    let mut findings = Vec::new();
    let view = HeadView::new(frames.head());
    check_head::check(frames.head(), &view, &mut findings);
    let mut checker = UnitChecker::new(frames.head(), &view, Context::Counts);
    let is_tmx = view.is_tmx(frames.head());
    let mut ends_in_unit = false;
    loop {
        for finding in findings.drain(..) {
            summary.add(finding.kind);
            found(&finding)?;
        }
        if !is_tmx {
            summary.bytes = frames.bytes();
            return Ok(summary);
        }
        match frames.next()? {
            Step::Unit => {
                summary.units += 1;
                let raw = frames.unit();
                ends_in_unit = raw.fault.is_some_and(|fault| fault.kind == FaultKind::Ends);
                checker.check(&raw, frames.head(), &mut findings);
            }
            Step::TooLarge(place) => findings.push(too_large(place)),
            Step::Tail => break,
        }
    }
    if let Some(tail) = frames.tail()
        && let Some(fault) = &tail.fault
        && !(ends_in_unit && fault.kind == FaultKind::Ends)
    {
        let kind = kind_of(fault.kind);
        let place = super::place::advanced(tail.place, &tail.text[..fault.at]);
        findings.push(finding(kind, place, fault.message.clone()));
    }
    summary.bytes = frames.bytes();
    if summary.bytes > LARGE {
        findings.push(finding(
            Kind::LargeFile,
            Place { line: 1, column: 1 },
            format!("{} bytes", summary.bytes),
        ));
    }
    let at = frames.head().place(frames.head().text.len());
    checker.finish(summary.units, at, &mut findings);
    summary.untold = checker.repeats.untold();
    for finding in findings.drain(..) {
        summary.add(finding.kind);
        found(&finding)?;
    }
    Ok(summary)
}

fn too_large(place: Place) -> Finding {
    finding(Kind::TooLarge, place, "a unit, or what stands between units, is larger than 16 MiB".to_owned())
}

const fn kind_of(fault: FaultKind) -> Kind {
    match fault {
        FaultKind::Broken => Kind::XmlBroken,
        FaultKind::Ends => Kind::Truncated,
    }
}

/// What is kept of each language to tell at the end whether it is the one named.
#[derive(Debug)]
struct Sample {
    language: Language,
    text: String,
    texts: u64,
}

/// Bytes of a language's sample.
const SAMPLE: usize = 1 << 14;

/// Things told once a file that are remembered.
const REMEMBERED: usize = 256;

/// Units whose segmentation is looked at.
const CUT_SAMPLE: u64 = 200;

/// Judges units, one after the other.
#[derive(Debug)]
pub(super) struct UnitChecker {
    source_lang: String,
    segtype: Option<SegType>,
    samples: Vec<Sample>,
    /// What is told once a file.
    told: Vec<(Kind, String)>,
    repeats: Repeats,
    context: Context,
    /// Languages, and how each was first spelt.
    spellings: BTreeMap<String, String>,
    runs: [Vec<u64>; 2],
    /// Source texts looked at, and those with several sentences.
    cut: (u64, u64),
}

impl UnitChecker {
    pub(super) fn new(head: &Head, view: &HeadView, context: Context) -> Self {
        let segtype = view.header_attribute(head, "segtype").and_then(|(s, _)| SegType::from_name(s));
        Self {
            source_lang: view.source_lang(head).to_owned(),
            segtype,
            samples: Vec::new(),
            told: Vec::new(),
            repeats: Repeats::new(),
            context,
            spellings: BTreeMap::new(),
            runs: [Vec::new(), Vec::new()],
            cut: (0, 0),
        }
    }

    /// Whether this is the first time.
    fn first(&mut self, kind: Kind, what: &str) -> bool {
        let known = self.told.iter().any(|(k, w)| *k == kind && w == what);
        if known || self.told.len() >= REMEMBERED {
            return false;
        }
        self.told.push((kind, what.to_owned()));
        true
    }

    /// Appends what is wrong with a unit.
    pub(super) fn check(&mut self, raw: &RawUnit<'_>, head: &Head, out: &mut Vec<Finding>) {
        let from = out.len();
        let tag = raw.tokens[0].of(raw.text);
        let id =
            attribute(tag, "tuid").map(|(id, _)| raw.entities.text(id).chars().take(60).collect::<String>());
        let mut found: Vec<(usize, Finding)> = Vec::new();
        let mut report = |kind: Kind, at: usize, lang: Option<&str>, detail: String| {
            let lang = lang.filter(|l| !l.is_empty()).map(str::to_owned);
            let place = raw.place;
            found.push((at, Finding { kind, place, unit: Some(raw.number), id: id.clone(), lang, detail }));
        };
        if let Some(&at) = raw.bad.first() {
            report(Kind::BadBytes, at, None, bad_bytes_detail(head));
        }
        if let Some(repair) = raw.repair {
            report(Kind::XmlBroken, 0, None, repair.to_owned());
        }
        if let Some(fault) = raw.fault {
            report(kind_of(fault.kind), fault.at, None, fault.message.clone());
        } else {
            let view = UnitView::new(raw);
            check_unit::check(raw, &view, &mut report);
            self.check_meaning(raw, &view, &mut report);
        }
        put_in_place(&mut found, raw.text, raw.place);
        out.extend(found.into_iter().map(|(_, finding)| finding));
        if !raw.gap.trim().is_empty() {
            check_gap(raw, out);
        }
        out[from..].sort_by_key(|f| f.place);
    }

    fn check_meaning(
        &mut self,
        raw: &RawUnit<'_>,
        view: &UnitView<'_>,
        report: &mut impl check_unit::Report,
    ) {
        let own = attribute(raw.tokens[0].of(raw.text), "srclang").map(|(lang, _)| lang.to_owned());
        let source_lang = own.unwrap_or_else(|| self.source_lang.clone());
        let source = if names_a_language(&source_lang) {
            Self::check_source(view, &source_lang, report)
        } else {
            (!view.variants.is_empty()).then_some(0)
        };
        self.check_once(raw, view, report);
        let measure = |variant: &VariantView<'_>| {
            let mut measure = Measure::of(variant.text());
            // An `&` that the file does not escape is another matter.
            measure.ampersand &= raw.text[variant.range.clone()].contains("&amp;");
            measure
        };
        let measures: Vec<Measure> = view.variants.iter().map(measure).collect();
        let languages: Vec<usize> = view.variants.iter().map(|v| self.language(v.lang)).collect();
        let mut empty = false;
        for (index, variant) in view.variants.iter().enumerate() {
            let at = variant.segment.as_ref().map_or(variant.range.start, |s| s.range.start);
            let measure = &measures[index];
            if variant.segments > 0 && !measure.visible {
                empty = true;
                // A segment of codes alone is not empty for tools that know codes.
                if !variant.segment.as_ref().is_some_and(|s| s.has_codes) {
                    report(Kind::EmptySegment, at, Some(variant.lang), "nothing to be seen in it".to_owned());
                }
                continue;
            }
            let sample = &mut self.samples[languages[index]];
            if sample.text.len() < SAMPLE {
                sample.text.push_str(variant.text());
                sample.text.push('\n');
                sample.texts += 1;
            }
            let side = SideText { text: variant.text(), measure, language: &sample.language };
            check_one(side, &mut |kind, detail| report(kind, at, Some(variant.lang), detail));
        }
        let Some(source) = source else { return };
        self.count_sentences(raw, view, source);
        if !empty {
            self.check_pairs(raw, view, source, (&measures, &languages), report);
        }
    }

    fn check_pairs(
        &mut self,
        raw: &RawUnit<'_>,
        view: &UnitView<'_>,
        source: usize,
        (measures, languages): (&[Measure], &[usize]),
        report: &mut impl check_unit::Report,
    ) {
        let mut runs = std::mem::take(&mut self.runs);
        let side = |index: usize| SideText {
            text: view.variants[index].text(),
            measure: &measures[index],
            language: &self.samples[languages[index]].language,
        };
        let signature = code_signature(raw, view.variants[source].segment.as_ref());
        for (index, variant) in view.variants.iter().enumerate() {
            let same_language = languages[index] == languages[source];
            if index == source
                || variant.segments == 0
                || view.variants[source].segments == 0
                || same_language
            {
                continue;
            }
            let at = variant.segment.as_ref().map_or(variant.range.start, |s| s.range.start);
            check_pair(side(source), side(index), &mut runs, &mut |kind, detail| {
                report(kind, at, Some(variant.lang), detail);
            });
            if code_signature(raw, variant.segment.as_ref()) != signature {
                let detail = "not the codes of the source".to_owned();
                report(Kind::InlineDiffers, at, Some(variant.lang), detail);
            }
        }
        self.runs = runs;
        if view.variants.len() > 1 {
            let (one, other) = pair_hashes(raw, view, source, self.context);
            match self.repeats.meet(one, other, raw.number) {
                Known::Same(unit) => report(Kind::Duplicate, 0, None, format!("the same as unit {unit}")),
                Known::OtherTarget(unit) => {
                    let text = quoted(view.variants[source].text());
                    let detail = format!("unit {unit} translates {text} otherwise");
                    report(Kind::Contradiction, 0, None, detail);
                }
                Known::New | Known::Untold => {}
            }
        }
    }

    fn check_source(
        view: &UnitView<'_>,
        source_lang: &str,
        report: &mut impl check_unit::Report,
    ) -> Option<usize> {
        let Some(source) = view.source(source_lang) else {
            if view.variants.iter().any(|v| v.lang_attribute.is_some()) {
                report(Kind::NoSource, 0, None, format!("no text in {}", quoted(source_lang)));
            }
            return (!view.variants.is_empty()).then_some(0);
        };
        let variant = &view.variants[source];
        let at = variant.lang_attribute.as_ref().map_or(variant.range.start, |a| a.value.start);
        let detail = || {
            format!(
                "the source language is {} in the header, {} here",
                quoted(source_lang),
                quoted(variant.lang)
            )
        };
        if variant.lang != source_lang {
            let kind = if variant.lang.eq_ignore_ascii_case(source_lang) {
                Kind::LangCase
            } else {
                Kind::LangTagMismatch
            };
            report(kind, at, Some(variant.lang), detail());
        }
        if source != 0 {
            report(
                Kind::SourceNotFirst,
                variant.range.start,
                Some(variant.lang),
                "the source is not the first text".to_owned(),
            );
        }
        Some(source)
    }

    /// What is told once a file.
    fn check_once(&mut self, raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut impl check_unit::Report) {
        self.check_spellings(view, report);
        for variant in &view.variants {
            let is_code = variant.lang.parse::<Lang>().is_ok();
            if is_code && primary(variant.lang) != variant.lang && self.first(Kind::LangRegion, variant.lang)
            {
                let at = variant.range.start;
                report(
                    Kind::LangRegion,
                    at,
                    Some(variant.lang),
                    format!("the language is {}", quoted(variant.lang)),
                );
            }
            if variant.segment.as_ref().is_some_and(|s| s.has_codes) && self.first(Kind::InlineCodes, "") {
                report(
                    Kind::InlineCodes,
                    variant.range.start,
                    Some(variant.lang),
                    "inline codes, here and perhaps further on".to_owned(),
                );
            }
        }
        for meta in view.metas.iter().filter(|m| m.kind == MetaKind::Prop) {
            let Some((kind, _)) = attribute(meta.tag.of(raw.text), "type") else { continue };
            let own = !kind.starts_with("x-") && !check_unit::RENAMED_PROPS.contains(&kind);
            if own && self.first(Kind::PropPrefix, kind) {
                report(
                    Kind::PropPrefix,
                    meta.range.start,
                    None,
                    format!("a property of type {}", quoted(kind)),
                );
            }
        }
    }

    /// Whether languages are spelt as they were before, and as tools look for them.
    fn check_spellings(&mut self, view: &UnitView<'_>, report: &mut impl check_unit::Report) {
        for variant in &view.variants {
            let Some(meant) = canonical(variant.lang) else { continue };
            let at = variant.lang_attribute.as_ref().map_or(variant.range.start, |a| a.value.start);
            let detail = match self.spellings.get(&meant) {
                Some(first) if first != variant.lang && !first.eq_ignore_ascii_case(&self.source_lang) => {
                    Some(format!("{} is spelt {} before", quoted(variant.lang), quoted(first)))
                }
                Some(first) if first != variant.lang && !first.eq_ignore_ascii_case(variant.lang) => {
                    Some(format!("{} is spelt {} before", quoted(variant.lang), quoted(first)))
                }
                Some(_) => None,
                None => {
                    if self.spellings.len() < REMEMBERED {
                        self.spellings.insert(meant, variant.lang.to_owned());
                    }
                    usual(variant.lang).map(|usual| {
                        format!("{}, which most tools know as {}", quoted(variant.lang), quoted(&usual))
                    })
                }
            };
            if let Some(detail) = detail
                && self.first(Kind::LangSpelling, variant.lang)
            {
                report(Kind::LangSpelling, at, Some(variant.lang), detail);
            }
        }
    }

    /// The index of the sample for a language.
    fn language(&mut self, spelling: &str) -> usize {
        if let Some(index) = self.samples.iter().position(|s| s.language.spelling == spelling) {
            return index;
        }
        if self.samples.len() >= REMEMBERED {
            return 0;
        }
        self.samples.push(Sample { language: Language::new(spelling), text: String::new(), texts: 0 });
        self.samples.len() - 1
    }

    fn count_sentences(&mut self, raw: &RawUnit<'_>, view: &UnitView<'_>, source: usize) {
        let own = attribute(raw.tokens[0].of(raw.text), "segtype").and_then(|(s, _)| SegType::from_name(s));
        if own.or(self.segtype) != Some(SegType::Sentence) || self.cut.0 >= CUT_SAMPLE {
            return;
        }
        let text = view.variants[source].text();
        if text.trim().is_empty() || text.len() > SAMPLE {
            return;
        }
        let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
        let lang = Language::new(view.variants[source].lang).lang;
        let cut =
            segment(Document::of_blocks(text.to_owned(), vec![block]), &lang, &SegmentOptions::default());
        self.cut.0 += 1;
        self.cut.1 += u64::from(cut.len() > 1);
    }

    /// Appends what is wrong with the file as a whole.
    fn finish(&self, units: u64, body: Place, out: &mut Vec<Finding>) {
        if units == 0 {
            out.push(finding(Kind::NoUnits, body, "there is no unit".to_owned()));
        }
        let (looked, several) = self.cut;
        if looked >= 3 && several * 2 > looked {
            let detail =
                format!("segtype is sentence, but {several} of the first {looked} source texts have several");
            out.push(finding(Kind::SegtypeMismatch, body, detail));
        }
        for sample in self.samples.iter().filter(|s| s.texts >= 5 && s.text.len() >= 400) {
            let named = &sample.language.lang;
            let Some(detected) = detect_language(&sample.text).filter(|_| can_detect(named)) else {
                continue;
            };
            if detected.primary() != named.primary() {
                let detail = format!(
                    "the texts marked {} are mostly in {detected}",
                    quoted(&sample.language.spelling)
                );
                out.push(finding(Kind::WrongLanguage, body, detail));
            }
        }
    }
}

/// What stands between units and does not belong there.
fn check_gap(raw: &RawUnit<'_>, out: &mut Vec<Finding>) {
    if let Some(stray) = sound_gap(raw.gap).stray {
        let place = super::place::advanced(raw.gap_place, &raw.gap[..stray.at]);
        let kind = if stray.lost { Kind::UnknownElement } else { Kind::XmlBroken };
        out.push(finding(kind, place, format!("between units: {}", stray.quoted)));
    }
}
