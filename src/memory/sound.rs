//! What keeps a text from being XML, put right: what every command that writes a memory does to what it passes on.
//!
//! In: the text of a unit or of a head, with its tokens. Out: edits. Guarantee: a text without a fault of its tags is
//! well formed once they are applied, and nothing else is changed.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::edits::{Edits, tokens_of};
use super::fix_report::FixReport;
use super::frames::{Head, RawUnit};
use super::gap::{is_sound_instruction, sound_comment};
use super::head::HeadView;
use super::kind::Kind;
use super::refs::{escaped, html_entity, illegal_from};
use super::scan::{Token, TokenKind, attributes, is_name, name_of};
use crate::xml::{Entities, Reference, references};

/// How often a text is gone over: one change may bring another to light.
pub(super) const ROUNDS: usize = 4;

/// The prefixes of namespaces that the head declares.
pub(super) fn prefixes(head: &Head, view: &HeadView) -> Vec<String> {
    view.root.map(|root| declared(root.of(&head.text)).map(str::to_owned).collect()).unwrap_or_default()
}

/// The prefixes that a tag declares.
fn declared(tag: &str) -> impl Iterator<Item = &str> {
    // A prefix that stands for nothing is none.
    let all = attributes(tag).flatten().filter(|attribute| !attribute.value.is_empty());
    all.filter_map(move |attribute| tag[attribute.name].strip_prefix("xmlns:"))
}

/// The text of a unit as XML; `None` where it is that already.
pub(super) fn sound(raw: &RawUnit<'_>, prefixes: &[String]) -> Option<String> {
    let mut text: Option<String> = None;
    for _ in 0..ROUNDS {
        let mut edits = Edits::default();
        let mut report = FixReport::default();
        match &text {
            None => fix_xml(raw.text, raw.tokens, raw.entities, prefixes, &mut edits, &mut report),
            Some(text) => {
                fix_xml(text, &tokens_of(text), raw.entities, prefixes, &mut edits, &mut report);
            }
        }
        if edits.is_empty() {
            break;
        }
        text = Some(edits.apply(text.as_deref().unwrap_or(raw.text)));
    }
    text
}

/// Appends what is to be changed so that a unit is XML.
pub(super) fn fix_xml(
    text: &str,
    tokens: &[Token],
    entities: &Entities,
    prefixes: &[String],
    edits: &mut Edits,
    report: &mut FixReport,
) {
    for token in tokens {
        let piece = token.of(text);
        match token.kind {
            TokenKind::Text | TokenKind::Stray => fix_references(piece, token.start, entities, edits, report),
            TokenKind::Open | TokenKind::Empty => {
                fix_attribute_references(text, *token, entities, edits, report);
            }
            TokenKind::Comment => {
                if let Some(sound) = sound_comment(piece) {
                    report.add(Kind::XmlBroken);
                    edits.replace(token.range(), sound);
                    continue;
                }
            }
            TokenKind::Instruction if !is_sound_instruction(piece) => {
                report.add(Kind::XmlBroken);
                edits.replace(token.range(), "");
                continue;
            }
            _ => {}
        }
        fix_illegal(*token, text, edits, report);
    }
    let mut bound = bound_in(text, tokens);
    bound.extend(prefixes.iter().map(String::as_str));
    fix_prefixes(text, tokens, &bound, edits, report);
}

/// The prefixes that tags among `tokens` declare.
pub(super) fn bound_in<'t>(text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
    let tags = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Open | TokenKind::Empty));
    tags.map(|tag| tag.of(text)).filter(|tag| tag.contains(':')).flat_map(declared).collect()
}

/// Mends the references in the attributes of the tag `token` of `text`.
fn fix_attribute_references(
    text: &str,
    token: Token,
    entities: &Entities,
    edits: &mut Edits,
    report: &mut FixReport,
) {
    let tag = token.of(text);
    if !tag.contains('&') {
        return;
    }
    for attribute in attributes(tag).flatten() {
        let at = token.start + attribute.value.start;
        fix_references(&tag[attribute.value], at, entities, edits, report);
    }
}

/// Escapes what is not escaped and resolves what XML does not know, in `text`, which stands at `offset`.
fn fix_references(text: &str, offset: usize, entities: &Entities, edits: &mut Edits, report: &mut FixReport) {
    if text == "<" {
        report.add(Kind::Unescaped);
        edits.replace(offset..offset + 1, "&lt;");
        return;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"]]>") {
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
            Reference::Pair(c) => {
                report.add(Kind::IllegalCharacter);
                edits.replace(moved, c.to_string());
            }
            Reference::Illegal(code) if char::from_u32(code).is_some_and(is_blank) => {
                report.add(Kind::IllegalCharacter);
                edits.replace(moved, if beside_line_end(text, &range) { "" } else { " " });
            }
            Reference::Illegal(_) => {
                report.lose(Kind::IllegalCharacter);
                edits.replace(moved, "");
            }
            Reference::Unknown(name) => {
                report.add(Kind::UnknownEntity);
                // Entities that would make the file grow without end stay as they are written.
                let value = entities.value(name).filter(|value| report.allowance.take(value, moved.len()));
                match (value, html_entity(name)) {
                    (Some(value), _) => edits.replace(moved, escaped(value)),
                    (None, Some(c)) => edits.replace(moved, c),
                    (None, None) => edits.replace(moved, format!("&amp;{name};")),
                }
            }
        }
    }
}

/// Takes out, or makes a blank of, characters that XML has no place for.
fn fix_illegal(token: Token, text: &str, edits: &mut Edits, report: &mut FixReport) {
    let piece = token.of(text);
    let mut at = 0;
    while let Some(illegal) = illegal_from(piece, at) {
        let c = piece[illegal..].chars().next().unwrap_or_default();
        at = illegal + c.len_utf8();
        // In CDATA, what stands on both sides of it might then mean its end. A line or page feed is white space.
        let apart = is_blank(c) && !beside_line_end(piece, &(illegal..at));
        let blank = token.kind == TokenKind::CData || (token.kind == TokenKind::Text && apart);
        edits.replace(token.start + illegal..token.start + at, if blank { " " } else { "" });
        if is_blank(c) {
            report.add(Kind::IllegalCharacter);
        } else {
            report.lose(Kind::IllegalCharacter);
        }
    }
}

/// Whether a character that XML has no place for is white space.
const fn is_blank(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}')
}

/// Whether what stands at `range` goes on the line end and indent with which `text` begins or ends: these are white
/// space already, and go where a segment begins or ends with them.
fn beside_line_end(text: &str, range: &Range<usize>) -> bool {
    let white =
        |part: &str| part.contains(['\n', '\r']) && part.trim_matches([' ', '\t', '\n', '\r']).is_empty();
    white(&text[..range.start]) || white(&text[range.end..])
}

/// Takes prefixes out of names that nothing declares.
pub(super) fn fix_prefixes(
    text: &str,
    tokens: &[Token],
    bound: &[&str],
    edits: &mut Edits,
    report: &mut FixReport,
) {
    let tags =
        || tokens.iter().filter(|t| matches!(t.kind, TokenKind::Open | TokenKind::Empty | TokenKind::Close));
    if !tags().any(|tag| tag.of(text).contains(':')) {
        return;
    }
    let bound = |prefix: &str| matches!(prefix, "xml" | "xmlns") || bound.contains(&prefix);
    let mut found = false;
    for token in tags() {
        let tag = token.of(text);
        let name = name_of(tag);
        let start = token.start + 1 + usize::from(token.kind == TokenKind::Close);
        if let Some((prefix, rest)) = name.rsplit_once(':')
            && (!bound(prefix) || prefix.contains(':'))
        {
            let with = if is_name(rest) { "" } else { "_" };
            edits.replace(start..start + prefix.len() + 1, with);
            found = true;
        }
        if token.kind == TokenKind::Close {
            continue;
        }
        let mut names: Option<FxHashSet<Cow<'_, str>>> = None;
        for attribute in attributes(tag).flatten() {
            let name = &tag[attribute.name.clone()];
            if let Some((prefix, _)) = name.split_once(':')
                && (!bound(prefix)
                    || name.matches(':').count() > 1
                    || (prefix == "xmlns" && attribute.value.is_empty()))
            {
                let at = token.start + attribute.name.start;
                let names = names.get_or_insert_with(|| {
                    attributes(tag).flatten().map(|attribute| tag[attribute.name].into()).collect()
                });
                let mut plain = name.replace(':', "-");
                while !is_name(&plain) || names.contains(&*plain) {
                    plain.insert(0, '_');
                }
                edits.replace(at..at + name.len(), plain.clone());
                names.insert(plain.into());
                found = true;
            }
        }
    }
    if found {
        report.add(Kind::Namespace);
    }
}

/// Appends what is to be changed so that a head is XML.
pub(super) fn fix_head_xml(head: &Head, view: &HeadView, edits: &mut Edits, report: &mut FixReport) {
    let text = &*head.text;
    let root = view.root.map_or(text.len(), |root| root.start);
    let mut before = true;
    let mut doctypes = 0;
    for token in &head.tokens {
        let piece = token.of(text);
        match token.kind {
            TokenKind::Text
                if before
                    && piece.trim().is_empty()
                    && view.declaration.is_some_and(|d| d.start == token.end) =>
            {
                edits.replace(token.range(), "");
                continue;
            }
            // White space in Unicode, but none in XML.
            TokenKind::Text
                if token.start < root && piece.contains(|c| !matches!(c, ' ' | '\t' | '\n' | '\r')) =>
            {
                edits.replace(token.range(), "\n");
                continue;
            }
            TokenKind::Instruction if name_of(piece) == "?xml" => {
                let first = Some(token.start) == view.declaration.map(|d| d.start) && before;
                if !first {
                    edits.replace(token.range(), "");
                } else if !is_plain_declaration(piece) {
                    edits.replace(token.range(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
                }
                before = false;
                continue;
            }
            TokenKind::Instruction if !is_sound_instruction(piece) => {
                edits.replace(token.range(), "");
                continue;
            }
            TokenKind::Doctype => {
                doctypes += 1;
                if doctypes > 1 || token.start > root || !is_plain_doctype(piece) {
                    edits.replace(token.range(), "");
                    continue;
                }
            }
            TokenKind::Comment => {
                if let Some(sound) = sound_comment(piece) {
                    edits.replace(token.range(), sound);
                    continue;
                }
            }
            TokenKind::Text | TokenKind::Stray => {
                fix_references(piece, token.start, &head.entities, edits, report);
            }
            TokenKind::Open | TokenKind::Empty => {
                fix_attribute_references(text, *token, &head.entities, edits, report);
            }
            _ => {}
        }
        before = false;
        fix_illegal(*token, text, edits, report);
    }
}

/// Whether an XML declaration says what XML 1.0 lets it say.
fn is_plain_declaration(declaration: &str) -> bool {
    let value =
        |attribute: super::scan::Attribute| (&declaration[attribute.name], &declaration[attribute.value]);
    declaration.is_ascii()
        && attributes(declaration).flatten().map(value).all(|(name, value)| match name {
            "version" => value == "1.0",
            "encoding" => {
                value.starts_with(|c: char| c.is_ascii_alphabetic()) && is_name(value) && !value.contains(':')
            }
            "standalone" => matches!(value, "yes" | "no"),
            _ => false,
        })
}

/// Whether a DOCTYPE names the type and where it stands, and no more.
fn is_plain_doctype(doctype: &str) -> bool {
    let inner = doctype.strip_prefix("<!DOCTYPE").and_then(|rest| rest.strip_suffix('>'));
    let Some(inner) = inner.filter(|inner| inner.starts_with(char::is_whitespace)) else { return false };
    let mut words: Vec<&str> = Vec::new();
    let mut rest = inner.trim();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' | '\'' => match rest[1..].find(first) {
                Some(end) => end + 2,
                None => return false,
            },
            _ => rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).unwrap_or(rest.len()),
        };
        words.push(&rest[..end]);
        rest = &rest[end..];
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return false;
        }
        rest = rest.trim_start();
    }
    let quoted = |word: &str| word.starts_with(['"', '\'']);
    let public = |word: &str| {
        quoted(word)
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%\"".contains(&b))
    };
    match words[..] {
        [name] => is_name(name),
        [name, "SYSTEM", system] => is_name(name) && quoted(system),
        [name, "PUBLIC", id, system] => is_name(name) && public(id) && quoted(system),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doctypes_that_declare_nothing_stay() {
        for plain in [
            "<!DOCTYPE tmx>",
            "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">",
            "<!DOCTYPE tmx PUBLIC \"-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN\"\n 'tmx14.dtd' >",
        ] {
            assert!(is_plain_doctype(plain), "{plain}");
        }
        for other in [
            "<!DOCTYPE>",
            "<!DOCTYPE tmx [<!ENTITY a \"b\">]>",
            "<!DOCTYPE tmx SYSTEM>",
            "<!DOCTYPE tmx SYSTEM \"a\"\"b\">",
            "<!DOCTYPE 1>",
        ] {
            assert!(!is_plain_doctype(other), "{other}");
        }
    }
}
