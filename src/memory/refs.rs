//! References and escapes in a text of XML.
//!
//! In: text as it stands in the file. Out: what it means, and each `&` or character that should not be there.
//! Guarantee: no entity is known but the five of XML and those
//! that are given.

use std::ops::Range;

use memchr::memchr;

/// What a `&` turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference<'t> {
    /// A character.
    Char(char),
    /// A character beyond U+FFFF, written as two references to the halves that UTF-16 has for it.
    Pair(char),
    /// A reference to a character that XML has no place for.
    Illegal(u32),
    /// An entity with another name.
    Unknown(&'t str),
    /// A bare `&`.
    Bare,
}

/// The references in `text`, with where they stand.
pub(super) fn references(text: &str) -> impl Iterator<Item = (Range<usize>, Reference<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr(b'&', &text.as_bytes()[at..])?;
        let (mut length, mut found) = reference(&text[start..]);
        if let Reference::Illegal(high @ 0xd800..=0xdbff) = found
            && let (more, Reference::Illegal(low @ 0xdc00..=0xdfff)) = reference(&text[start + length..])
            && let Some(c) = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
        {
            (length, found) = (length + more, Reference::Pair(c));
        }
        at = start + length;
        let reference = found;
        Some((start..at, reference))
    })
}

/// The longest name of an entity that is looked for.
const LONGEST: usize = 64;

/// What the `&` at the start of `text` is, and how long.
fn reference(text: &str) -> (usize, Reference<'_>) {
    if !text.starts_with('&') {
        return (0, Reference::Bare);
    }
    let end = text
        .bytes()
        .skip(1)
        .take(LONGEST)
        .position(|b| !(b.is_ascii_alphanumeric() || b"#._-:".contains(&b)));
    let Some(end) = end.map(|e| e + 1).filter(|&e| text.as_bytes()[e] == b';' && e > 1) else {
        return (1, Reference::Bare);
    };
    let name = &text[1..end];
    let reference = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            match code {
                Err(_) => Reference::Bare,
                Ok(code) => match char::from_u32(code).filter(|&c| is_xml(c)) {
                    Some(c) => Reference::Char(c),
                    None => Reference::Illegal(code),
                },
            }
        }
        None => match name {
            "amp" => Reference::Char('&'),
            "lt" => Reference::Char('<'),
            "gt" => Reference::Char('>'),
            "quot" => Reference::Char('"'),
            "apos" => Reference::Char('\''),
            _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => Reference::Bare,
            _ => Reference::Unknown(name),
        },
    };
    match reference {
        Reference::Bare => (1, reference),
        _ => (end + 1, reference),
    }
}

/// Whether XML 1.0 has a place for `c`.
pub(super) const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// The first place from `from` on where a character stands that XML has no place for.
pub(super) fn illegal_from(text: &str, from: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[from..];
    // Folding, rather than stopping, lets the compiler look at many bytes at once; most texts are clean.
    let is_bad = |b: u8| b < 0x20 && b != b'\t' && b != b'\n' && b != b'\r';
    if bytes.iter().fold(false, |bad, &b| bad | is_bad(b) || (b == 0xef)) {
        let at = |(at, b): (usize, &u8)| {
            let rare = *b == 0xef
                && bytes[at..].starts_with(b"\xef\xbf")
                && matches!(bytes.get(at + 2), Some(0xbe | 0xbf));
            (is_bad(*b) || rare).then_some(from + at)
        };
        return bytes.iter().enumerate().find_map(at);
    }
    None
}

/// The character that HTML means by an entity, where it is one that texts have.
pub(super) fn html_entity(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "times" => '×',
        "euro" => '€',
        "pound" => '£',
        "sect" => '§',
        "frac12" => '½',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "shy" => '\u{ad}',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "uuml" => 'ü',
        "ouml" => 'ö',
        "auml" => 'ä',
        "szlig" => 'ß',
        _ => return None,
    })
}

/// `text` escaped for a place inside double quotes or between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_xml(c) => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Reference::{Bare, Char, Illegal, Unknown};
    use super::*;

    #[test]
    fn references_are_told_apart() {
        let found: Vec<_> =
            references("&amp;&#1593;&#xB;&nbsp;& &x &#;&#xD800;").map(|(r, x)| (r.start, x)).collect();
        assert_eq!(
            found,
            [
                (0, Char('&')),
                (5, Char('ع')),
                (12, Illegal(11)),
                (17, Unknown("nbsp")),
                (23, Bare),
                (25, Bare),
                (28, Bare),
                (31, Illegal(0xd800)),
            ]
        );
    }

    #[test]
    fn characters_outside_xml_are_found() {
        assert_eq!(illegal_from("aﷺ\u{b}b\u{ffff}", 0), Some(4));
        assert_eq!(illegal_from("aﷺ\u{b}b\u{ffff}", 5), Some(6));
        assert_eq!(illegal_from("aﷺ", 0), None);
        assert_eq!(escaped("<\"&\u{b}>"), "&lt;&quot;&amp;&gt;");
    }
}
