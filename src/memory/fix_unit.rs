//! Mending a unit.

use crate::bitext::Lang;
use crate::tmx::Timestamp;

use super::check_head::is_exact_date;
use super::check_text::Language;
use super::check_unit::RENAMED_PROPS;
use super::edits::Edits;
use super::fix_report::{FixOptions, FixReport};
use super::frames::RawUnit;
use super::kind::Kind;
use super::measure::Measure;
use super::mojibake::mojibake;
use super::refs::{Reference, escaped, html_entity, illegal_from, references};
use super::scan::{Attribute, Token, TokenKind, attributes};
use super::unit::{MetaKind, SegmentView, UnitView, attribute};

/// How a language is to be spelt; `None` where it stays as it is.
pub(super) fn respelt(lang: &str, options: &FixOptions) -> Option<String> {
    if let Some((_, to)) = options.languages.iter().find(|(from, _)| from == lang) {
        return Some(to.clone());
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
        if let Some(found) = &variant.lang_attribute {
            fix_language(raw, variant.lang, found, source_lang, options, edits, report);
        }
        if let Some(segment) = &variant.segment {
            fix_segment(raw, segment, variant.lang, edits, report);
        }
    }
    for token in raw.tokens {
        match token.kind {
            TokenKind::Text | TokenKind::Stray => {
                fix_references(token.of(raw.text), token.start, edits, report);
            }
            TokenKind::Open | TokenKind::Empty => fix_attribute_references(raw.text, *token, edits, report),
            _ => {}
        }
    }
    for token in raw.tokens {
        // In a comment or CDATA, what stands on both sides of it might then mean its end.
        let with = if matches!(token.kind, TokenKind::Comment | TokenKind::CData) { " " } else { "" };
        let text = token.of(raw.text);
        let mut at = 0;
        while let Some(illegal) = illegal_from(text, at) {
            at = illegal + text[illegal..].chars().next().map_or(1, char::len_utf8);
            edits.replace(token.start + illegal..token.start + at, with);
            report.add(Kind::IllegalCharacter);
        }
    }
}

fn fix_language(
    raw: &RawUnit<'_>,
    lang: &str,
    found: &Attribute,
    source_lang: &str,
    options: &FixOptions,
    edits: &mut Edits,
    report: &mut FixReport,
) {
    if &raw.text[found.name.clone()] == "lang" {
        report.add(Kind::BareLang);
        edits.replace(found.name.clone(), "xml:lang");
    }
    let asked = respelt(lang, options);
    if asked.is_some() {
        if lang.parse::<Lang>().is_err() {
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
    if spelling != lang {
        edits.replace(found.value.clone(), escaped(&spelling));
    }
}

fn fix_dates(raw: &RawUnit<'_>, token: Token, edits: &mut Edits, report: &mut FixReport) {
    let tag = token.of(raw.text);
    for attribute in attributes(tag).flatten() {
        let value = &tag[attribute.value.clone()];
        let is_date = matches!(&tag[attribute.name], "creationdate" | "changedate" | "lastusagedate");
        if is_date
            && !is_exact_date(value)
            && let Ok(date) = value.trim().parse::<Timestamp>()
        {
            report.add(Kind::DateFormat);
            edits.replace(
                token.start + attribute.value.start..token.start + attribute.value.end,
                date.to_string(),
            );
        }
    }
}

/// Mends the references in the attributes of the tag `token` of `text`.
pub(super) fn fix_attribute_references(text: &str, token: Token, edits: &mut Edits, report: &mut FixReport) {
    let tag = token.of(text);
    if !tag.contains('&') {
        return;
    }
    for attribute in attributes(tag).flatten() {
        let at = token.start + attribute.value.start;
        fix_references(&tag[attribute.value], at, edits, report);
    }
}

/// Escapes what is not escaped and resolves what XML does not know, in `text`, which stands at `offset`.
pub(super) fn fix_references(text: &str, offset: usize, edits: &mut Edits, report: &mut FixReport) {
    if text == "<" {
        report.add(Kind::Unescaped);
        edits.replace(offset..offset + 1, "&lt;");
        return;
    }
    if let Some(at) = memchr::memmem::find(text.as_bytes(), b"]]>") {
        report.add(Kind::Unescaped);
        edits.replace(offset + at + 2..offset + at + 3, "&gt;");
    }
    for (range, reference) in references(text) {
        let moved = range.start + offset..range.end + offset;
        match reference {
            Reference::Char(_) => {}
            Reference::Bare => {
                report.add(Kind::Unescaped);
                edits.replace(moved, "&amp;");
            }
            Reference::Illegal(_) => {
                report.add(Kind::IllegalCharacter);
                edits.replace(moved, "");
            }
            Reference::Unknown(name) => {
                report.add(Kind::UnknownEntity);
                match html_entity(name) {
                    Some(c) => edits.replace(moved, c),
                    None => edits.replace(moved, format!("&amp;{name};")),
                }
            }
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
    } else if white {
        edits.replace(front, "");
        edits.replace(back, "");
    }
}

/// The unit with notes and properties before texts; `None` where they are.
pub(super) fn metas_first(raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut FixReport) -> Option<String> {
    let mut edits = Edits::default();
    for (index, meta) in view.metas.iter().enumerate().filter(|(_, m)| m.late) {
        let place = if index < view.own_metas {
            view.variants.first().map(|v| v.range.start)
        } else {
            let variant = view.variants.iter().find(|v| v.metas.contains(&index));
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
