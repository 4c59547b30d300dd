//! Judging the head: encoding, version, header.

use encoding_rs::{Encoding, UTF_8};

use crate::tmx::{SegType, Timestamp};

use super::finding::{Finding, put_in_place, quoted};
use super::frames::{Body, Head, START};
use super::head::{HeadView, REQUIRED, names_a_language};
use super::kind::Kind;
use super::place::Place;
use super::prefixes::prefix_of;
use super::scan::{TokenKind, attributes, local_of, name_of};
use super::unit::attribute;

/// Attributes that a header may have besides the required ones.
const OPTIONAL: [&str; 5] = ["o-encoding", "creationdate", "creationid", "changedate", "changeid"];

/// Appends what is wrong with the head.
pub(super) fn check(head: &Head, view: &HeadView, out: &mut Vec<Finding>) {
    let mut list: Vec<(usize, Finding)> = Vec::new();
    let mut found = |kind, at: usize, detail: String| list.push((at, finding(kind, START, detail)));
    if !view.is_tmx(head) {
        let detail = match view.root {
            Some(root) => format!("the outermost element is <{}>, not <tmx>", name_of(root.of(&head.text))),
            None => "there is no element at all".to_owned(),
        };
        found(Kind::NotTmx, view.root.map_or(0, |r| r.start), detail);
    }
    if let Some(fault) = &head.fault {
        found(Kind::XmlBroken, fault.at, fault.message.clone());
    }
    check_encoding(head, view, &mut found);
    if let Some(doctype) = view.doctype {
        let text = doctype.of(&head.text);
        if text.contains("<!ENTITY") || text.contains("<!ELEMENT") || text.contains('[') {
            found(Kind::DoctypeSubset, doctype.start, "the DOCTYPE has declarations of its own".to_owned());
        } else {
            found(Kind::Doctype, doctype.start, format!("there is a DOCTYPE: {}", quoted(text)));
        }
    }
    for token in head.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Text | TokenKind::Stray)) {
        let text = token.of(&head.text);
        super::check_text::check_references(text, &mut |kind, at, detail| {
            found(kind, token.start + at, detail);
        });
    }
    for token in view.other_tags(head) {
        let tag = token.of(&head.text);
        for attribute in attributes(tag).flatten() {
            let at = token.start + attribute.value.start;
            super::check_text::check_references(&tag[attribute.value], &mut |kind, inner, detail| {
                found(kind, at + inner, detail);
            });
        }
    }
    let illegal = super::refs::illegal_from(&head.text, 0);
    if let Some(at) = illegal {
        found(Kind::IllegalCharacter, at, super::check_text::illegal_detail(&head.text[at..]));
    }
    if view.is_tmx(head) {
        check_root(head, view, &mut found);
        check_header(head, view, &mut found);
        if matches!(head.body, Body::Missing | Body::Added) {
            found(Kind::NoBody, head.text.len(), "there is no <body>".to_owned());
        }
    }
    put_in_place(&mut list, &head.text, START);
    out.extend(list.into_iter().map(|(_, finding)| finding));
}

fn check_encoding(head: &Head, view: &HeadView, found: &mut impl FnMut(Kind, usize, String)) {
    let actual = head.encodings.actual;
    if head.encodings.mark {
        found(Kind::ByteOrderMark, 0, format!("the file begins with a byte order mark ({})", actual.name()));
    }
    if actual != UTF_8 {
        found(Kind::NotUtf8, 0, format!("the file is in {}", actual.name()));
    }
    if let Some(label) = view.declared(head) {
        let named = Encoding::for_label(label.as_bytes());
        let utf16 = |e: &'static Encoding| e.name().starts_with("UTF-16");
        let same = named.is_some_and(|n| n == actual || (utf16(n) && utf16(actual)));
        // Pure ASCII is in every 8-bit encoding.
        if !same {
            let detail = format!("the declaration names {}, the file is in {}", quoted(label), actual.name());
            found(Kind::EncodingDeclaration, 0, detail);
        }
    }
    if let Some(&at) = head.bad.first() {
        found(Kind::BadBytes, at, bad_bytes_detail(head));
    }
}

/// What to say of bad bytes.
pub(super) fn bad_bytes_detail(head: &Head) -> String {
    let actual = head.encodings.actual.name();
    match head.encodings.guess {
        Some(guess) => format!("bytes that are not {actual}; the file is perhaps in {}", guess.name()),
        None => format!("bytes that are not {actual}"),
    }
}

fn check_root(head: &Head, view: &HeadView, found: &mut impl FnMut(Kind, usize, String)) {
    let Some(root) = view.root else { return };
    match view.root_attribute(head, "version") {
        Some("1.4") => {}
        Some(old @ ("1.0" | "1.1" | "1.2" | "1.3")) => {
            found(Kind::OldVersion, root.start, format!("the version is {old}"));
        }
        Some(other) => {
            found(Kind::BadVersion, root.start, format!("the version is {}, not 1.4", quoted(other)));
        }
        None => found(Kind::BadVersion, root.start, "<tmx> has no version".to_owned()),
    }
    let tag = root.of(&head.text);
    let declared =
        |prefix: &str| attributes(tag).flatten().any(|a| tag[a.name].strip_prefix("xmlns:") == Some(prefix));
    let prefix = prefix_of(name_of(tag));
    if !prefix.is_empty() && !declared(prefix) {
        found(Kind::Namespace, root.start, format!("the prefix {} is not declared", quoted(prefix)));
    }
    for attribute in attributes(tag).flatten() {
        let name = &tag[attribute.name.clone()];
        if name == "xmlns" || name.starts_with("xmlns:") {
            found(Kind::Namespace, root.start + attribute.name.start, format!("<tmx> has {name}"));
        } else if name != "version" {
            let at = root.start + attribute.name.start;
            found(Kind::UnknownAttribute, at, format!("<tmx> has {}", quoted(name)));
        }
    }
}

fn check_header(head: &Head, view: &HeadView, found: &mut impl FnMut(Kind, usize, String)) {
    let Some(header) = view.header else {
        found(Kind::NoHeader, view.root.map_or(0, |r| r.start), "there is no <header>".to_owned());
        return;
    };
    let at = header.start;
    let missing: Vec<_> = REQUIRED
        .into_iter()
        .filter(|name| view.header_attribute(head, name).is_none_or(|(value, _)| value.trim().is_empty()))
        .collect();
    if !missing.is_empty() {
        found(Kind::HeaderAttribute, at, format!("the header lacks {}", missing.join(", ")));
    }
    if let Some((segtype, range)) = view.header_attribute(head, "segtype") {
        let exact = SegType::from_name(segtype).is_some_and(|t| t.name() == segtype);
        if !exact && !segtype.trim().is_empty() {
            found(Kind::BadSegtype, range.start, format!("segtype is {}", quoted(segtype)));
        }
    }
    if let Some((lang, range)) = view.header_attribute(head, "srclang") {
        if lang == "*all*" {
            found(Kind::SrclangAll, range.start, "srclang is *all*".to_owned());
        } else if names_a_language(lang.trim()) && lang.parse::<crate::bitext::Lang>().is_err() {
            found(Kind::BadLang, range.start, format!("srclang is {}", quoted(lang)));
        }
    }
    let tag = header.of(&head.text);
    for attribute in attributes(tag).flatten() {
        let name = &tag[attribute.name.clone()];
        if !REQUIRED.contains(&name) && !OPTIONAL.contains(&name) {
            found(
                Kind::UnknownAttribute,
                at + attribute.name.start,
                format!("<header> has {}", quoted(name)),
            );
        }
        let value = &tag[attribute.value.clone()];
        super::check_text::check_references(value, &mut |kind, inner, detail| {
            found(kind, at + attribute.value.start + inner, detail);
        });
        if matches!(name, "creationdate" | "changedate") && !is_exact_date(value) {
            found(Kind::DateFormat, at + attribute.value.start, format!("{name} is {}", quoted(value)));
        }
    }
    for &token in &view.inside {
        let tag = token.of(&head.text);
        match local_of(tag) {
            "prop" if attribute(tag, "type").is_none() => {
                found(Kind::PropType, token.start, "a property without a type".to_owned());
            }
            "note" | "prop" | "ude" | "map" => {}
            other => found(Kind::UnknownElement, token.start, format!("<{}> in <header>", quoted(other))),
        }
    }
}

/// Whether a date is written as TMX has it.
pub(super) fn is_exact_date(text: &str) -> bool {
    text.len() == 16 && text.parse::<Timestamp>().is_ok_and(|date| date.to_string() == text)
}

/// A finding that belongs to no unit.
pub(super) fn finding(kind: Kind, place: Place, detail: String) -> Finding {
    Finding { kind, place, unit: None, id: None, lang: None, detail }
}
