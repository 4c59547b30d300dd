//! Judging the make of a unit: languages, notes, properties, dates, segments, inline codes.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::bitext::Lang;

use super::check_head::is_exact_date;
use super::check_text::{check_references, illegal_detail};
use super::finding::quoted;
use super::frames::RawUnit;
use super::kind::Kind;
use super::refs::illegal_from;
use super::scan::{Token, TokenKind, attributes, local_of, name_of};
use super::unit::{MetaKind, SegmentView, UnitView, attribute};

/// Told of each thing wrong: kind, offset in the unit, language, detail.
pub(super) trait Report: FnMut(Kind, usize, Option<&str>, String) {}
impl<F: FnMut(Kind, usize, Option<&str>, String)> Report for F {}

const UNIT_ATTRIBUTES: [&str; 14] = [
    "tuid",
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationdate",
    "creationid",
    "changedate",
    "segtype",
    "changeid",
    "o-tmf",
    "srclang",
];

const DATES: [&str; 3] = ["creationdate", "changedate", "lastusagedate"];

/// Property types by which OmegaT takes a unit for an alternative translation.
pub(super) const RENAMED_PROPS: [&str; 2] = ["file", "id"];

/// What is wrong with how the unit is written.
pub(super) fn check(raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut impl Report) {
    check_tag(raw, raw.tokens[0], None, report);
    for meta in &view.metas {
        let tag = meta.tag.of(raw.text);
        if meta.late {
            report(Kind::MetaAfterTuv, meta.range.start, None, format!("<{}> after a text", name_of(tag)));
        }
        if meta.kind == MetaKind::Prop {
            match attribute(tag, "type").map(|(kind, _)| kind) {
                None => {
                    report(Kind::PropType, meta.range.start, None, "a property without a type".to_owned());
                }
                Some(kind) if RENAMED_PROPS.contains(&kind) => {
                    report(
                        Kind::AlternativeProp,
                        meta.range.start,
                        None,
                        format!("a property of type {kind}"),
                    );
                }
                Some(_) => {}
            }
        }
    }
    for strange in &view.strange {
        let name = name_of(strange.tag.of(raw.text));
        report(
            Kind::UnknownElement,
            strange.tag.start,
            None,
            format!("{} in <{}>", quoted(name), strange.inside),
        );
    }
    let mut bare = raw.tokens.iter().filter(|t| t.kind == TokenKind::Stray);
    if let Some(stray) = bare.next() {
        report(Kind::Unescaped, stray.start, None, "a bare <".to_owned());
    }
    for token in raw.tokens.iter().filter(|t| t.kind == TokenKind::Text) {
        check_references(token.of(raw.text), &mut |kind, at, detail| {
            report(kind, token.start + at, None, detail);
        });
    }
    check_outside(raw, view, report);
    if let Some(at) = illegal_from(raw.text, 0) {
        report(Kind::IllegalCharacter, at, None, illegal_detail(&raw.text[at..]));
    }
    if view.variants.len() < 2 {
        let detail = match view.variants.first() {
            None => "no text at all".to_owned(),
            Some(one) => format!("a text in {} alone", quoted(one.lang)),
        };
        report(Kind::SingleVariant, 0, None, detail);
    }
    check_variants(raw, view, report);
}

fn check_variants(raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut impl Report) {
    let mut before: HashSet<String> = HashSet::new();
    for variant in &view.variants {
        let lang = Some(variant.lang);
        check_tag(raw, variant.tag, lang, report);
        match &variant.lang_attribute {
            None => report(Kind::NoLang, variant.range.start, None, "a <tuv> without xml:lang".to_owned()),
            Some(found) => {
                if &raw.text[found.name.clone()] == "lang" {
                    report(
                        Kind::BareLang,
                        found.name.start,
                        lang,
                        "`lang` in place of `xml:lang`".to_owned(),
                    );
                }
                if variant.lang.parse::<Lang>().is_err() {
                    let detail = format!("the language is {}", quoted(variant.lang));
                    report(Kind::BadLang, found.value.start, lang, detail);
                }
            }
        }
        let lower = variant.lang.to_ascii_lowercase();
        let is_second = before.contains(&lower);
        if variant.lang_attribute.is_some() {
            before.insert(lower);
        }
        if is_second {
            report(
                Kind::RepeatedLang,
                variant.range.start,
                lang,
                "a second text in this language".to_owned(),
            );
        }
        if variant.segments != 1 {
            report(Kind::SegCount, variant.range.start, lang, format!("{} <seg>", variant.segments));
        }
        if let Some(segment) = &variant.segment {
            check_segment(raw, segment, lang, report);
        }
    }
}

/// Text where only elements may stand.
fn check_outside(raw: &RawUnit<'_>, view: &UnitView<'_>, report: &mut impl Report) {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < raw.tokens.len() {
        let token = raw.tokens[at];
        match token.kind {
            TokenKind::Open => {
                let name = local_of(token.of(raw.text));
                if matches!(name, "tu" | "tuv") {
                    depth += 1;
                } else {
                    // What stands in notes, properties and segments is text.
                    let mut inner = 0_usize;
                    while let Some(next) = raw.tokens.get(at) {
                        inner += usize::from(next.kind == TokenKind::Open);
                        inner -= usize::from(next.kind == TokenKind::Close && inner > 0);
                        if inner == 0 {
                            break;
                        }
                        at += 1;
                    }
                }
            }
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Text if depth > 0 => {
                let text = token.of(raw.text).trim();
                if !text.is_empty() {
                    // They stand in order.
                    let next = view.variants.partition_point(|v| v.range.start <= token.start);
                    let own = view.variants[..next].last().filter(|v| v.range.contains(&token.start));
                    let lang = own.map(|v| v.lang);
                    report(
                        Kind::UnknownElement,
                        token.start,
                        lang,
                        format!("text outside <seg>: {}", quoted(text)),
                    );
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn check_tag(raw: &RawUnit<'_>, token: Token, lang: Option<&str>, report: &mut impl Report) {
    let tag = token.of(raw.text);
    let of_variant = local_of(tag) == "tuv";
    for attribute in attributes(tag).flatten() {
        let name = &tag[attribute.name.clone()];
        let value = &tag[attribute.value.clone()];
        let at = token.start + attribute.value.start;
        if DATES.contains(&name) && !is_exact_date(value) {
            report(Kind::DateFormat, at, lang, format!("{name} is {}", quoted(value)));
        }
        let known = match name {
            "xml:lang" | "lang" => of_variant,
            "segtype" | "srclang" if of_variant => false,
            _ => UNIT_ATTRIBUTES.contains(&name),
        };
        if !known {
            let at = token.start + attribute.name.start;
            report(Kind::UnknownAttribute, at, lang, format!("<{}> has {}", name_of(tag), quoted(name)));
        }
        check_references(value, &mut |kind, inner, detail| report(kind, at + inner, lang, detail));
    }
}

fn check_segment(raw: &RawUnit<'_>, segment: &SegmentView<'_>, lang: Option<&str>, report: &mut impl Report) {
    let inner = &raw.text[segment.range.clone()];
    let white = |text: &str, trimmed: usize| text.len() != trimmed;
    let (front, back) = (inner.len() - inner.trim_start().len(), inner.trim_end().len());
    let has_line_end = |part: &str| part.contains(['\n', '\r']);
    if white(inner, inner.trim().len())
        && !inner.trim().is_empty()
        && (has_line_end(&inner[..front]) || has_line_end(&inner[back..]))
    {
        report(Kind::SegWhitespace, segment.range.start, lang, "line ends at the ends of <seg>".to_owned());
    }
    if segment.has_codes {
        check_codes(raw, segment, lang, report);
    }
}

/// The value of an attribute of a code, if there is one.
fn code_attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    attribute(tag, name).map(|(value, _)| value)
}

fn check_codes(raw: &RawUnit<'_>, segment: &SegmentView<'_>, lang: Option<&str>, report: &mut impl Report) {
    let mut open: Vec<&str> = Vec::new();
    // Beginnings and ends by their `i`, with where they stand.
    let mut begun: Vec<(&str, usize)> = Vec::new();
    let mut ended: Vec<(&str, usize)> = Vec::new();
    for token in &raw.tokens[segment.tokens.clone()] {
        let tag = token.of(raw.text);
        let name = local_of(tag);
        match token.kind {
            TokenKind::Close => {
                open.pop();
                continue;
            }
            TokenKind::Open | TokenKind::Empty => {}
            _ => continue,
        }
        let parent = open.last().copied().unwrap_or("seg");
        let missing = match name {
            "bpt" | "ept" if code_attribute(tag, "i").is_none() => Some("i"),
            "it" if !matches!(code_attribute(tag, "pos"), Some("begin" | "end")) => Some("pos"),
            _ => None,
        };
        let fits = match name {
            "bpt" | "ept" | "it" | "ph" | "hi" | "ut" => matches!(parent, "seg" | "hi" | "sub"),
            "sub" => matches!(parent, "bpt" | "ept" | "it" | "ph" | "ut"),
            _ => {
                report(Kind::UnknownElement, token.start, lang, format!("{} in <seg>", quoted(name)));
                true
            }
        };
        if !fits {
            report(Kind::InlineInvalid, token.start, lang, format!("<{name}> inside {}", quoted(parent)));
        }
        if let Some(missing) = missing {
            report(Kind::InlineInvalid, token.start, lang, format!("<{name}> without {missing}"));
        }
        if let Some(i) = code_attribute(tag, "i") {
            match name {
                "bpt" => begun.push((i, token.start)),
                "ept" => ended.push((i, token.start)),
                _ => {}
            }
        }
        if token.kind == TokenKind::Open {
            open.push(name);
        }
    }
    // Each end takes the first beginning before it that no other has taken.
    let mut free: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (i, start) in &begun {
        free.entry(i).or_default().push_back(*start);
    }
    ended.retain(|(i, at)| {
        let first = free.get_mut(i).filter(|starts| starts.front().is_some_and(|start| start < at));
        first.and_then(VecDeque::pop_front).is_none()
    });
    begun.retain(|(i, start)| {
        free.get(i).is_some_and(|starts| starts.front().is_some_and(|first| first <= start))
    });
    let unpaired = begun.iter().map(|u| ("bpt", u)).chain(ended.iter().map(|u| ("ept", u)));
    for (name, (i, at)) in unpaired.take(5) {
        report(Kind::InlineUnpaired, *at, lang, format!("<{name} i={}> has no partner", quoted(i)));
    }
}

/// How many codes of each kind a segment has, for comparison: a hash that does not depend on their order.
pub(super) fn code_signature(raw: &RawUnit<'_>, segment: Option<&SegmentView<'_>>) -> Vec<&'static str> {
    const CODES: [&str; 6] = ["bpt", "ept", "it", "ph", "hi", "ut"];
    let Some(segment) = segment.filter(|s| s.has_codes) else { return Vec::new() };
    let tokens = raw.tokens[segment.tokens.clone()].iter();
    let mut names: Vec<&'static str> = tokens
        .filter(|t| matches!(t.kind, TokenKind::Open | TokenKind::Empty))
        .filter_map(|t| CODES.into_iter().find(|c| *c == local_of(t.of(raw.text))))
        .collect();
    names.sort_unstable();
    names
}
