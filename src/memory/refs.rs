//! Characters and escapes in a text of XML.
//!
//! In: text as it stands in the file, or is to stand there. Out: each character that should not be there, and text
//! escaped. Guarantee: what is escaped is well-formed.

use crate::xml::is_xml;

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
    use super::*;

    #[test]
    fn characters_outside_xml_are_found() {
        assert_eq!(illegal_from("aﷺ\u{b}b\u{ffff}", 0), Some(4));
        assert_eq!(illegal_from("aﷺ\u{b}b\u{ffff}", 5), Some(6));
        assert_eq!(illegal_from("aﷺ", 0), None);
        assert_eq!(escaped("<\"&\u{b}>"), "&lt;&quot;&amp;&gt;");
    }
}
