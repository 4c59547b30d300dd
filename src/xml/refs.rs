//! References in a text of XML.
//!
//! In: text as it stands in the file. Out: what each `&` is. Guarantee: no entity is known but the five of XML.

use std::ops::Range;

use memchr::memchr;

/// What a `&` turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference<'t> {
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
pub(crate) fn references(text: &str) -> impl Iterator<Item = (Range<usize>, Reference<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr(b'&', &text.as_bytes()[at..])?;
        let (mut length, mut found) = reference(&text[start..]);
        if let Reference::Illegal(high) = found
            && let (more, Reference::Illegal(low)) = reference(&text[start + length..])
            && let Some(c) = joined(high, low)
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
pub(super) fn reference(text: &str) -> (usize, Reference<'_>) {
    if !text.starts_with('&') {
        return (0, Reference::Bare);
    }
    let end = text
        .bytes()
        .skip(1)
        .take(LONGEST)
        .position(|b| !(b.is_ascii_alphanumeric() || b"#._-:".contains(&b) || !b.is_ascii()));
    let Some(end) = end.map(|e| e + 1).filter(|&e| text.as_bytes()[e] == b';' && e > 1) else {
        return (1, Reference::Bare);
    };
    match named(&text[1..end]) {
        Reference::Bare => (1, Reference::Bare),
        reference => (end + 1, reference),
    }
}

/// What a reference with this between its `&` and `;` is.
pub(crate) fn named(name: &str) -> Reference<'_> {
    match name.strip_prefix('#') {
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
            _ if !name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':')) => Reference::Bare,
            _ => Reference::Unknown(name),
        },
    }
}

/// The character that two halves of UTF-16 make.
pub(super) fn joined(high: u32, low: u32) -> Option<char> {
    let halves = (0xd800..=0xdbff).contains(&high) && (0xdc00..=0xdfff).contains(&low);
    halves.then(|| char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))).flatten()
}

/// Whether XML 1.0 has a place for `c`.
pub(crate) const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::Reference::{Bare, Char, Illegal, Pair, Unknown};
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
    fn names_may_be_of_any_letters() {
        let found: Vec<_> = references("&شركة; &_a; &-a; & ب; &#xD83D;&#56832;").map(|(_, x)| x).collect();
        assert_eq!(found, [Unknown("شركة"), Unknown("_a"), Bare, Bare, Pair('\u{1f600}')]);
    }
}
