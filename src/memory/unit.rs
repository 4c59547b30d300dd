//! The tokens of a unit → its parts.
//!
//! In: a [`RawUnit`] without a fault. Out: notes and properties, variants with their language and text, each
//! with its range in the unit's own text. Guarantee: total; what TMX does not know is told as strange.

use std::borrow::Cow;
use std::ops::Range;

use crate::tmx::{Element, Flat};

use super::frames::RawUnit;
use super::languages::is_same_language;
use super::scan::{Attribute, Token, TokenKind, local_of};
use crate::xml::Entities;

pub(super) use super::scan::attribute;

/// A note or property.
#[derive(Debug, Clone)]
pub(super) struct Meta {
    pub(super) kind: MetaKind,
    pub(super) range: Range<usize>,
    /// Its opening tag.
    pub(super) tag: Token,
    /// Whether it stands after a variant or segment.
    pub(super) late: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MetaKind {
    Note,
    Prop,
}

/// A text in one language.
#[derive(Debug, Clone)]
pub(super) struct VariantView<'u> {
    pub(super) range: Range<usize>,
    pub(super) tag: Token,
    /// The language as spelt; empty where there is none.
    pub(super) lang: &'u str,
    /// The attribute that says so, as ranges of the unit.
    pub(super) lang_attribute: Option<Attribute>,
    pub(super) segment: Option<SegmentView<'u>>,
    pub(super) segments: usize,
    pub(super) metas: Range<usize>,
}

impl VariantView<'_> {
    /// The text, without codes.
    pub(super) fn text(&self) -> &str {
        self.segment.as_ref().map_or("", |s| &s.text)
    }
}

/// What stands in `<seg>`.
#[derive(Debug, Clone)]
pub(super) struct SegmentView<'u> {
    pub(super) tag: Token,
    /// Between the tags.
    pub(super) range: Range<usize>,
    /// The tokens between the tags, as indices into the unit's.
    pub(super) tokens: Range<usize>,
    /// Without codes, references resolved.
    pub(super) text: Cow<'u, str>,
    pub(super) has_codes: bool,
}

/// An element that TMX does not have here.
#[derive(Debug, Clone)]
pub(super) struct Strange {
    pub(super) tag: Token,
    pub(super) inside: &'static str,
}

/// The parts of a unit.
#[derive(Debug, Default)]
pub(super) struct UnitView<'u> {
    /// Of the unit first, then of each variant.
    pub(super) metas: Vec<Meta>,
    pub(super) own_metas: usize,
    pub(super) variants: Vec<VariantView<'u>>,
    pub(super) strange: Vec<Strange>,
}

impl<'u> UnitView<'u> {
    pub(super) fn new(raw: &RawUnit<'u>) -> Self {
        let mut view = Self::default();
        let mut late_metas: Vec<Meta> = Vec::new();
        let tokens = raw.tokens;
        let mut at = 1;
        while at < tokens.len() {
            let token = tokens[at];
            let end = match token.kind {
                TokenKind::Open => close_of(tokens, at),
                TokenKind::Empty => at,
                _ => {
                    at += 1;
                    continue;
                }
            };
            let range = token.start..tokens[end].end;
            match (local_of(token.of(raw.text)), meta_kind(token.of(raw.text))) {
                (_, Some(kind)) => {
                    let late = !view.variants.is_empty();
                    view.metas.push(Meta { kind, range, tag: token, late });
                }
                ("tuv", _) => {
                    let variant = variant(raw, at, end, &mut late_metas, &mut view.strange);
                    view.variants.push(variant);
                }
                _ => view.strange.push(Strange { tag: token, inside: "tu" }),
            }
            at = end + 1;
        }
        view.own_metas = view.metas.len();
        for variant in &mut view.variants {
            variant.metas = variant.metas.start + view.own_metas..variant.metas.end + view.own_metas;
        }
        view.metas.append(&mut late_metas);
        view
    }

    /// Which variant is the source: the first in the language `source_lang`, by its spelling, in other
    /// letter case, with another region, or in another spelling (`ara`).
    pub(super) fn source(&self, source_lang: &str) -> Option<usize> {
        let by = |same: &dyn Fn(&str) -> bool| self.variants.iter().position(|v| same(v.lang));
        by(&|lang| lang == source_lang)
            .or_else(|| by(&|lang| lang.eq_ignore_ascii_case(source_lang)))
            .or_else(|| by(&|lang| primary(lang).eq_ignore_ascii_case(primary(source_lang))))
            .or_else(|| by(&|lang| is_same_language(lang, source_lang)))
    }
}

/// The language of a tag without its region: `ar` of `ar-SA` and of `ar_SA`.
pub(super) fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

fn meta_kind(tag: &str) -> Option<MetaKind> {
    match local_of(tag) {
        "note" => Some(MetaKind::Note),
        "prop" => Some(MetaKind::Prop),
        _ => None,
    }
}

/// The index of the token that closes the one at `open`.
fn close_of(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    tokens.len() - 1
}

fn variant<'u>(
    raw: &RawUnit<'u>,
    open: usize,
    end: usize,
    metas: &mut Vec<Meta>,
    strange: &mut Vec<Strange>,
) -> VariantView<'u> {
    let tokens = raw.tokens;
    let token = tokens[open];
    let tag = token.of(raw.text);
    let found = attribute(tag, "xml:lang").or_else(|| attribute(tag, "lang"));
    let lang = found.as_ref().map_or("", |(lang, _)| lang);
    let moved = |r: Range<usize>| r.start + token.start..r.end + token.start;
    let lang_attribute =
        found.map(|(_, a)| Attribute { name: moved(a.name), value: moved(a.value), whole: moved(a.whole) });
    let from = metas.len();
    let mut variant = VariantView {
        range: token.start..tokens[end].end,
        tag: token,
        lang,
        lang_attribute,
        segment: None,
        segments: 0,
        metas: from..from,
    };
    let mut at = open + 1;
    while at < end {
        let token = tokens[at];
        let close = match token.kind {
            TokenKind::Open => close_of(tokens, at),
            TokenKind::Empty => at,
            _ => {
                at += 1;
                continue;
            }
        };
        let range = token.start..tokens[close].end;
        match (local_of(token.of(raw.text)), meta_kind(token.of(raw.text))) {
            (_, Some(kind)) => metas.push(Meta { kind, range, tag: token, late: variant.segments > 0 }),
            ("seg", _) => {
                variant.segments += 1;
                if variant.segment.is_none() {
                    variant.segment = Some(segment(raw, at, close));
                }
            }
            _ => strange.push(Strange { tag: token, inside: "tuv" }),
        }
        at = close + 1;
    }
    variant.metas.end = metas.len();
    variant
}

fn segment<'u>(raw: &RawUnit<'u>, open: usize, close: usize) -> SegmentView<'u> {
    if close == open {
        let tag = raw.tokens[open];
        let end = tag.end;
        return SegmentView {
            tag,
            range: end..end,
            tokens: open..open,
            text: Cow::Borrowed(""),
            has_codes: false,
        };
    }
    let tokens = open + 1..close;
    let range = raw.tokens[open].end..raw.tokens[close].start;
    let inner = &raw.tokens[tokens.clone()];
    let has_codes = inner.iter().any(|t| matches!(t.kind, TokenKind::Open | TokenKind::Empty));
    let text = match inner {
        [] => Cow::Borrowed(""),
        [one] if one.kind == TokenKind::Text => raw.entities.text(one.of(raw.text)),
        _ => Cow::Owned(flattened(raw.text, inner, raw.entities)),
    };
    SegmentView { tag: raw.tokens[open], range, tokens, text, has_codes }
}

/// The text outside of native codes. That inside elements which are no native code stays, known or not; what stands in
/// `sub` comes after the rest; a code that stands for a break is a blank.
fn flattened(text: &str, tokens: &[Token], entities: &Entities) -> String {
    let mut flat = Flat::default();
    for token in tokens {
        let piece = token.of(text);
        match token.kind {
            TokenKind::Text | TokenKind::Stray => flat.text(&entities.text(piece)),
            TokenKind::CData => flat.text(&piece["<![CDATA[".len()..piece.len() - 3]),
            TokenKind::Open | TokenKind::Empty => {
                let kinds = ["type", "ctype"].map(|name| attribute(piece, name).map_or("", |(kind, _)| kind));
                flat.open(&Element::of_tmx(local_of(piece), kinds));
                if token.kind == TokenKind::Empty {
                    flat.close();
                }
            }
            TokenKind::Close => flat.close(),
            _ => {}
        }
    }
    flat.finish()
}
