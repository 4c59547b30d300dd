//! XML text → tokens, without ever giving up.
//!
//! In: text. Out: tokens as ranges of it. Guarantee: tokens follow each other without gaps; what is no XML is
//! a token too ([`TokenKind::Stray`], [`TokenKind::Broken`]), so that the reader can name it and go on.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

/// A piece of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub(super) const fn moved_back(self, by: usize) -> Self {
        Self { kind: self.kind, start: self.start - by, end: self.end - by }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Text,
    CData,
    Comment,
    /// A processing instruction, or the XML declaration.
    Instruction,
    Doctype,
    Open,
    /// An element closed at once.
    Empty,
    Close,
    /// A `<` that begins nothing.
    Stray,
    /// A tag that another `<` interrupts.
    Broken,
    /// Something that the end of the file interrupts.
    Cut,
}

/// What stands at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    Token(Token),
    /// The text ends within a token; more may come.
    More,
    /// The text ends.
    End,
}

/// Whether more text may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    MayFollow,
    None,
}

/// The token of `text` at `at`.
pub(super) fn scan(text: &str, at: usize, rest: Rest) -> Scanned {
    let bytes = &text.as_bytes()[at..];
    let token = |kind, length| Scanned::Token(Token { kind, start: at, end: at + length });
    let unfinished = || match rest {
        Rest::MayFollow => Scanned::More,
        Rest::None => token(TokenKind::Cut, bytes.len()),
    };
    let up_to = |kind, from: usize, end: &[u8]| match memmem::find(&bytes[from..], end) {
        Some(found) => token(kind, from + found + end.len()),
        None => unfinished(),
    };
    match bytes {
        [] if rest == Rest::None => Scanned::End,
        [] => Scanned::More,
        [b'<', ..] => {
            if rest == Rest::MayFollow && bytes.len() < 9 {
                return Scanned::More;
            }
            match bytes.get(1) {
                Some(b'!') if bytes.starts_with(b"<!--") => up_to(TokenKind::Comment, 4, b"-->"),
                Some(b'!') if bytes.starts_with(b"<![CDATA[") => up_to(TokenKind::CData, 9, b"]]>"),
                Some(b'!') if bytes.starts_with(b"<!DOCTYPE") => match doctype_end(bytes) {
                    Some(end) => token(TokenKind::Doctype, end),
                    None => unfinished(),
                },
                Some(b'?') if bytes.get(2).is_some_and(|b| is_in_name(*b)) => {
                    up_to(TokenKind::Instruction, 2, b"?>")
                }
                Some(b'/') => match memchr3(b'>', b'<', b'<', &bytes[1..]) {
                    Some(end) if bytes[end + 1] == b'>' => token(TokenKind::Close, end + 2),
                    Some(end) => token(TokenKind::Broken, end + 1),
                    None => unfinished(),
                },
                Some(&b) if b.is_ascii_alphabetic() || b == b'_' || b == b':' || b >= 0x80 => {
                    match tag_end(bytes) {
                        Some(TagEnd::Closed(end)) => {
                            let kind =
                                if bytes[end - 2] == b'/' { TokenKind::Empty } else { TokenKind::Open };
                            token(kind, end)
                        }
                        Some(TagEnd::Interrupted(end)) => token(TokenKind::Broken, end),
                        None => unfinished(),
                    }
                }
                _ => token(TokenKind::Stray, 1),
            }
        }
        _ => match memchr(b'<', bytes) {
            Some(end) => token(TokenKind::Text, end),
            None if rest == Rest::None => token(TokenKind::Text, bytes.len()),
            None => Scanned::More,
        },
    }
}

enum TagEnd {
    /// After the `>`.
    Closed(usize),
    /// At a `<`.
    Interrupted(usize),
}

fn tag_end(bytes: &[u8]) -> Option<TagEnd> {
    let mut at = 1;
    let mut quote = None;
    loop {
        let byte = *bytes.get(at)?;
        match (byte, quote) {
            (b'<', _) => return Some(TagEnd::Interrupted(at)),
            (b'>', None) => return Some(TagEnd::Closed(at + 1)),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
        at += 1;
    }
}

fn doctype_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut inside) = (9, 0_usize);
    loop {
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'') => at += 1 + memchr(quote, &bytes[at + 1..])?,
            b'[' => inside += 1,
            b']' => inside = inside.saturating_sub(1),
            b'<' if bytes[at..].starts_with(b"<!--") => at += 4 + memmem::find(&bytes[at + 4..], b"-->")?,
            b'>' if inside == 0 => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}

/// The name in a tag: of `<tuv xml:lang="ar">` and of `</tuv>` it is `tuv`.
pub(super) fn name_of(tag: &str) -> &str {
    let inside = tag.strip_prefix('<').unwrap_or(tag);
    if let Some(inside) = inside.strip_prefix('/') {
        // Whatever else stands there makes it another name.
        return inside.strip_suffix('>').unwrap_or(inside).trim_ascii_end();
    }
    let end = inside.bytes().position(|b| matches!(b, b'>' | b' ' | b'\t' | b'\n' | b'\r'));
    let name = &inside[..end.unwrap_or(inside.len())];
    if inside[name.len()..].starts_with('>') { name.strip_suffix('/').unwrap_or(name) } else { name }
}

/// The name in a tag without the prefix of its namespace.
pub(super) fn local_of(tag: &str) -> &str {
    let name = name_of(tag);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

const fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || byte >= 0x80
}

/// Whether the name in a tag is a name in XML.
pub(super) fn is_name(name: &str) -> bool {
    let first = name.bytes().next();
    first.is_some_and(|b| is_in_name(b) && !b.is_ascii_digit() && !matches!(b, b'-' | b'.'))
        && name.bytes().all(is_in_name)
        && (name.is_ascii() || (name.starts_with(may_begin_name) && name.chars().all(may_be_in_name)))
}

/// Whether a name in XML 1.0 may begin with `c`.
const fn may_begin_name(c: char) -> bool {
    matches!(c,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}' | '\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Whether a name in XML 1.0 may hold `c`.
const fn may_be_in_name(c: char) -> bool {
    may_begin_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}

/// An attribute, as ranges of its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    /// Between the quotes.
    pub(super) value: Range<usize>,
    /// With the white space before it and the quotes.
    pub(super) whole: Range<usize>,
}

/// A tag whose attributes cannot be read from the offset named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadAttribute(pub(super) usize);

/// The attributes of a tag, one by one.
pub(super) struct Attributes<'t> {
    tag: &'t str,
    at: usize,
}

pub(super) fn attributes(tag: &str) -> Attributes<'_> {
    Attributes { tag, at: usize::from(tag.starts_with('<')) + name_of(tag).len() }
}

impl Iterator for Attributes<'_> {
    type Item = Result<Attribute, BadAttribute>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.tag.as_bytes();
        let white = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            at
        };
        let before = self.at;
        let start = white(before);
        if matches!(&bytes[start..], [] | [b'>'] | [b'/', b'>']) {
            self.at = bytes.len();
            return None;
        }
        let mut end = start;
        while bytes.get(end).is_some_and(|b| is_in_name(*b)) {
            end += 1;
        }
        let equals = white(end);
        let open = white(equals + 1);
        let quote = bytes.get(open).copied().filter(|q| matches!(q, b'"' | b'\''));
        let (true, true, Some(quote)) = (end > start, bytes.get(equals) == Some(&b'='), quote) else {
            self.at = bytes.len();
            return Some(Err(BadAttribute(start)));
        };
        let Some(length) = memchr(quote, &bytes[open + 1..]) else {
            self.at = bytes.len();
            return Some(Err(BadAttribute(start)));
        };
        let close = open + 1 + length;
        self.at = close + 1;
        if start == before {
            return Some(Err(BadAttribute(start)));
        }
        Some(Ok(Attribute { name: start..end, value: open + 1..close, whole: before..close + 1 }))
    }
}

/// The value of the attribute `name` in `tag`, as it stands.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<(&'t str, Attribute)> {
    let found = attributes(tag).flatten().find(|a| &tag[a.name.clone()] == name)?;
    Some((&tag[found.value.clone()], found))
}

/// What keeps a tag from being XML, and where in the tag: the first such thing.
pub(super) fn fault_in_tag(tag: &str) -> Option<(usize, String)> {
    if !is_name(name_of(tag)) {
        return Some((0, "a tag whose name is none".to_owned()));
    }
    // Hardly any tag has more; a set for each would cost time.
    let mut few: [&str; 8] = [""; 8];
    let mut many: BTreeSet<&str> = BTreeSet::new();
    for (index, attribute) in attributes(tag).enumerate() {
        let attribute = match attribute {
            Err(BadAttribute(at)) => return Some((at, "an attribute that cannot be read".to_owned())),
            Ok(attribute) => attribute,
        };
        let name = &tag[attribute.name.clone()];
        if !is_name(name) {
            return Some((attribute.name.start, "an attribute whose name is none".to_owned()));
        }
        let known = few.contains(&name)
            || match few.get_mut(index) {
                Some(slot) => {
                    *slot = name;
                    false
                }
                None => !many.insert(name),
            };
        if known {
            return Some((attribute.name.start, format!("the attribute {} twice", cut(name))));
        }
    }
    None
}

/// Whether the instruction is an XML declaration that can be read.
pub(super) fn is_declaration(instruction: &str) -> bool {
    let said = instruction.strip_prefix("<?xml").and_then(|rest| rest.strip_suffix("?>"));
    let Some(said) = said else { return false };
    // It is written as a tag is.
    let tag = format!("<xml{said}>");
    let names = attributes(&tag).flatten().map(|attribute| &tag[attribute.name]);
    fault_in_tag(&tag).is_none()
        && names.eq(["version", "encoding", "standalone"]
            .into_iter()
            .filter(|name| attributes(&tag).flatten().any(|attribute| &tag[attribute.name] == *name)))
}

/// A name, short enough for a message.
pub(super) fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(40)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
        let (mut at, mut out) = (0, Vec::new());
        while let Scanned::Token(token) = scan(text, at, Rest::None) {
            out.push((token.kind, token.of(text)));
            at = token.end;
        }
        out
    }

    #[test]
    fn xml_and_what_is_none_become_tokens() {
        use TokenKind::{Broken, CData, Close, Comment, Cut, Doctype, Empty, Instruction, Open, Stray, Text};
        let text = "<?xml?><!DOCTYPE t [<!-- > --><!ENTITY a \">\">]><!-- <x> -->a<b c='>'/>< <d e=\"<f></f ><![CDATA[<]]><g";
        assert_eq!(
            tokens(text),
            [
                (Instruction, "<?xml?>"),
                (Doctype, "<!DOCTYPE t [<!-- > --><!ENTITY a \">\">]>"),
                (Comment, "<!-- <x> -->"),
                (Text, "a"),
                (Empty, "<b c='>'/>"),
                (Stray, "<"),
                (Text, " "),
                (Broken, "<d e=\""),
                (Open, "<f>"),
                (Close, "</f >"),
                (CData, "<![CDATA[<]]>"),
                (Cut, "<g"),
            ]
        );
        assert_eq!(name_of("</f >"), "f");
        assert_eq!(scan("<", 0, Rest::MayFollow), Scanned::More);
    }

    #[test]
    fn an_attribute_twice_is_found_among_many() {
        let many: String = (0..20).map(|i| format!(" a{i}='x'")).collect();
        assert_eq!(fault_in_tag(&format!("<a{many}/>")), None);
        for (twice, at) in [("a3", 153), ("a15", 153)] {
            let (found, message) = fault_in_tag(&format!("<a{many} {twice}=''>")).unwrap();
            assert_eq!((found, message), (at, format!("the attribute {twice} twice")));
        }
    }

    /// Found by fuzzing: without them it was an attribute that stood there already.
    #[test]
    fn names_with_characters_outside_xml_are_none() {
        let found = fault_in_tag("<a d\u{ffff}\u{fffe}b='x' مثال='y'>");
        assert_eq!(found, Some((3, "an attribute whose name is none".to_owned())));
        assert_eq!(fault_in_tag("<مثال مثال='y'>"), None);
        for none in
            ["<a\u{ffff}>", "<tuv xml\u{85}lang='ar'>", "<a\u{a0}b>", "<a \u{300}b='c'>", "<a --b='c'>"]
        {
            assert!(fault_in_tag(none).is_some(), "{none:?}");
        }
    }

    #[test]
    fn declarations_are_told() {
        for good in ["<?xml version=\"1.0\"?>", "<?xml version = '1.0' encoding='x'\n standalone=\"no\" ?>"] {
            assert!(is_declaration(good), "{good}");
        }
        let bad = [
            "<?xml version=\"1.0\" encoding=\"UTF-8?>",
            "<?xml version=\"1.0\" e\0ncoding=\"UTF-8\"?>",
            "<?xml encoding='x' version='1.0'?>",
            "<?xml version='1.0' version='1.0'?>",
            "<?xml version='1.0' lang='x'?>",
            "<?xml?",
        ];
        for bad in bad {
            assert!(!is_declaration(bad), "{bad}");
        }
    }

    #[test]
    fn attributes_are_found() {
        let tag = "<tuv xml:lang = 'ar' a=\"x>y\"/>";
        let found: Vec<_> = attributes(tag).map(|a| a.unwrap()).collect();
        let shown: Vec<_> = found.iter().map(|a| (&tag[a.name.clone()], &tag[a.value.clone()])).collect();
        assert_eq!(shown, [("xml:lang", "ar"), ("a", "x>y")]);
        assert_eq!(&tag[found[1].whole.clone()], " a=\"x>y\"");
        for bad in ["<a b>", "<a b=c>", "<a b='c'd='e'>", "<a =''>", "<a/='b'>", "<a b='c'/ >"] {
            assert!(attributes(bad).any(|a| a.is_err()) || !is_name(name_of(bad)), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn tokens_cover_every_text(text in "[<>/a-c =\"'!\\[\\]&;?-]{0,60}|\\PC{0,40}") {
            let joined: String = tokens(&text).iter().map(|(_, t)| *t).collect();
            prop_assert_eq!(joined, text.clone());
            for attribute in attributes(&text) {
                let _ = attribute;
            }
        }
    }
}
