//! Mending a unit.

use crate::bitext::Lang;
use crate::tmx::{Timestamp, is_code};

use super::check_head::is_exact_date;
use super::check_text::Language;
use super::check_unit::RENAMED_PROPS;
use super::edits::Edits;
use super::fix_report::{FixOptions, FixReport};
use super::frames::RawUnit;
use super::kind::Kind;
use super::languages::{Spellings, usual};
use super::measure::{Measure, is_presentation, is_soft_hyphen};
use super::mojibake::mojibake;
use super::refs::escaped;
use super::scan::{Token, TokenKind, attributes, local_of};
use super::sound::fix_xml;
use super::unit::{MetaKind, SegmentView, UnitView, VariantView, attribute};
use crate::xml::{Reference, references};

/// How a language is to be spelt; `None` where it stays as it is.
pub(super) fn respelt(lang: &str, options: &FixOptions) -> Option<String> {
    if let Some((_, to)) = options.languages.iter().find(|(from, _)| from == lang) {
        return Some(to.clone());
    }
    if let Some(usual) = usual(lang) {
        return Some(usual);
    }
    let hyphens = lang.trim().replace('_', "-");
    (hyphens != lang && hyphens.parse::<Lang>().is_ok()).then_some(hyphens)
}

/// The source language that the unit names for itself.
pub(super) fn own_source_lang<'u>(raw: &RawUnit<'u>) -> Option<&'u str> {
    let tag: &'u str = raw.tokens[0].of(raw.text);
    attribute(tag, "srclang").map(|(lang, _)| lang)
}

/// Appends what is to be changed in place.
pub(super) fn fix(
    raw: &RawUnit<'_>,
    view: &UnitView<'_>,
    source_lang: &str,
    options: &FixOptions,
    spellings: &mut Spellings,
    edits: &mut Edits,
    report: &mut FixReport,
) {
    fix_dates(raw, raw.tokens[0], edits, report);
    if let Some((lang, found)) = attribute(raw.tokens[0].of(raw.text), "srclang")
        && let Some(new) = respelt(lang, options)
    {
        report.respelt += 1;
        edits.replace(found.value, escaped(&new));
    }
    for meta in view.metas.iter().filter(|m| m.kind == MetaKind::Prop) {
        if let Some((kind, found)) = attribute(meta.tag.of(raw.text), "type")
            && RENAMED_PROPS.contains(&kind)
        {
            report.add(Kind::AlternativeProp);
            edits.insert(meta.tag.start + found.value.start, "x-");
        }
    }
    for variant in &view.variants {
        fix_dates(raw, variant.tag, edits, report);
        fix_language(raw, variant, source_lang, options, spellings, edits, report);
        if let Some(segment) = &variant.segment {
            fix_segment(raw, segment, variant.lang, edits, report);
        }
    }
    // The namespaces of the head go.
    fix_xml(raw.text, raw.tokens, raw.entities, &[], edits, report);
}

fn fix_language(
    raw: &RawUnit<'_>,
    variant: &VariantView<'_>,
    source_lang: &str,
    options: &FixOptions,
    spellings: &mut Spellings,
    edits: &mut Edits,
    report: &mut FixReport,
) {
    let (lang, Some(found)) = (variant.lang, &variant.lang_attribute) else { return };
    if &raw.text[found.name.clone()] == "lang" {
        report.add(Kind::BareLang);
        edits.replace(found.name.clone(), "xml:lang");
    }
    let asked = respelt(lang, options);
    if asked.is_some() {
        if usual(lang).is_some() {
            report.add(Kind::LangSpelling);
        } else if lang.parse::<Lang>().is_err() {
            report.add(Kind::BadLang);
        } else {
            report.respelt += 1;
        }
    }
    let mut spelling = asked.unwrap_or_else(|| lang.to_owned());
    let own = own_source_lang(raw).map(|own| respelt(own, options).unwrap_or_else(|| own.to_owned()));
    let source_lang = own.as_deref().unwrap_or(source_lang);
    if spelling != source_lang && spelling.eq_ignore_ascii_case(source_lang) {
        report.add(Kind::LangCase);
        source_lang.clone_into(&mut spelling);
    }
    match spellings.of(&spelling) {
        Some(known) if known != spelling => {
            report.add(Kind::LangSpelling);
            known.clone_into(&mut spelling);
        }
        Some(_) => {}
        None => spellings.know(&spelling),
    }
    if spelling != lang {
        edits.replace(found.value.clone(), escaped(&spelling));
    }
}

/// The moment that a date means, where it can be told: with an offset from UTC, as the moment in UTC.
pub(super) fn read_date(text: &str) -> Option<Timestamp> {
    Timestamp::from_text(text.trim())
}

fn fix_dates(raw: &RawUnit<'_>, token: Token, edits: &mut Edits, report: &mut FixReport) {
    let tag = token.of(raw.text);
    for attribute in attributes(tag).flatten() {
        let value = &tag[attribute.value.clone()];
        let is_date = matches!(&tag[attribute.name], "creationdate" | "changedate" | "lastusagedate");
        if is_date
            && !is_exact_date(value)
            && let Some(date) = read_date(value)
        {
            report.add(Kind::DateFormat);
            edits.replace(
                token.start + attribute.value.start..token.start + attribute.value.end,
                date.to_string(),
            );
        }
    }
}

fn fix_segment(
    raw: &RawUnit<'_>,
    segment: &SegmentView<'_>,
    lang: &str,
    edits: &mut Edits,
    report: &mut FixReport,
) {
    let inner = &raw.text[segment.range.clone()];
    let trimmed = inner.trim_matches([' ', '\t', '\n', '\r']);
    if trimmed.is_empty() {
        return;
    }
    let start = segment.range.start + inner.len() - inner.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let end = start + trimmed.len();
    let has_line_end = |part: &str| part.contains(['\n', '\r']);
    let (front, back) = (segment.range.start..start, end..segment.range.end);
    let white = has_line_end(&raw.text[front.clone()]) || has_line_end(&raw.text[back.clone()]);
    if white {
        report.add(Kind::SegWhitespace);
    }
    let language = Language::new(lang);
    let damage = if segment.has_codes {
        None
    } else {
        mojibake(&segment.text, &Measure::of(&segment.text), language.scripts)
    };
    if let Some(damage) = damage {
        report.add(Kind::Mojibake);
        let meant = if white { damage.meant.trim_matches([' ', '\t', '\n', '\r']) } else { &damage.meant };
        edits.replace(segment.range.clone(), escaped(meant));
        return;
    }
    if white {
        edits.replace(front, "");
        edits.replace(back, "");
    }
    fix_characters(raw, segment, edits, report);
}

/// Writes letters for presentation forms, and takes soft hyphens out: of the text, not of native codes.
fn fix_characters(raw: &RawUnit<'_>, segment: &SegmentView<'_>, edits: &mut Edits, report: &mut FixReport) {
    let inner = &raw.text[segment.range.clone()];
    // As they stand, or as references.
    if inner.is_ascii() && !inner.contains('&') {
        return;
    }
    let (mut forms, mut hyphens, mut before) = (false, false, ' ');
    let mut codes = 0_usize;
    for token in &raw.tokens[segment.tokens.clone()] {
        let piece = token.of(raw.text);
        match token.kind {
            TokenKind::Open => codes += usize::from(codes > 0 || is_code(local_of(piece))),
            TokenKind::Close => codes = codes.saturating_sub(1),
            TokenKind::Text | TokenKind::CData if codes == 0 => {
                let mut change = |range: std::ops::Range<usize>, c: char| {
                    let range = range.start + token.start..range.end + token.start;
                    if is_presentation(c) {
                        edits.replace(range, letters_of(c));
                        forms = true;
                    } else if is_soft_hyphen(c, before) {
                        edits.replace(range, "");
                        hyphens = true;
                    }
                    before = c;
                };
                let mut written = references(piece).peekable();
                for (at, c) in piece.char_indices() {
                    if token.kind == TokenKind::Text
                        && let Some((range, Reference::Char(meant))) =
                            written.next_if(|(range, _)| range.start <= at)
                    {
                        change(range, meant);
                    } else {
                        change(at..at + c.len_utf8(), c);
                    }
                }
            }
            _ => {}
        }
    }
    if forms {
        report.add(Kind::PresentationForms);
    }
    if hyphens {
        report.add(Kind::SoftHyphen);
    }
}

/// The letters that a presentation form stands for. A mark that stands alone is written without what carries it.
fn letters_of(form: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters: String = std::iter::once(form).nfkc().collect();
    let bare = letters.trim_start_matches([' ', '\u{640}']);
    if bare.is_empty() { letters } else { bare.to_owned() }
}

/// The unit with notes and properties before texts; `None` where they are.
pub(super) fn metas_first(raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut FixReport) -> Option<String> {
    let mut edits = Edits::default();
    for (index, meta) in view.metas.iter().enumerate().filter(|(_, m)| m.late) {
        let place = if index < view.own_metas {
            view.variants.first().map(|v| v.range.start)
        } else {
            // They stand in order, as their notes and properties do.
            let of = view.variants.partition_point(|v| v.metas.end <= index);
            let variant = view.variants.get(of).filter(|v| v.metas.contains(&index));
            variant.and_then(|v| v.segment.as_ref()).map(|s| s.tag.start)
        };
        let Some(place) = place else { continue };
        let before = raw.text[..meta.range.start].trim_end().len();
        let space = &raw.text[before..meta.range.start];
        edits.insert(place, format!("{}{space}", &raw.text[meta.range.clone()]));
        edits.replace(before..meta.range.end, "");
        report.add(Kind::MetaAfterTuv);
    }
    (!edits.is_empty()).then(|| edits.apply(raw.text))
}
