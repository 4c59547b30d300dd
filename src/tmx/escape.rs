//! Escaping for XML 1.0, into a buffer of bytes.

/// Where an escaped text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Content,
    /// Inside an attribute's double quotes.
    Attribute,
}

/// Appends `text` to `out`, escaped; characters that XML 1.0 cannot hold in any form are left out. Returns
/// how many were left out.
pub(crate) fn escape_into(out: &mut Vec<u8>, text: &str, place: Place) -> usize {
    let bytes = text.as_bytes();
    let (mut done, mut dropped) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if !NEEDS_LOOK[byte as usize] {
            at += 1;
            continue;
        }
        // (replacement, bytes replaced)
        let (replacement, length): (&[u8], usize) = match byte {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'"' if place == Place::Attribute => (b"&quot;", 1),
            b'\t' if place == Place::Attribute => (b"&#9;", 1),
            b'\n' if place == Place::Attribute => (b"&#10;", 1),
            // A parser would turn a bare carriage return into a line feed.
            b'\r' => (b"&#13;", 1),
            0xef if is_noncharacter(&bytes[at..]) => {
                dropped += 1;
                (b"", 3)
            }
            b'\t' | b'\n' | b'"' | 0xef => (b"", 0),
            _ => {
                dropped += 1;
                (b"", 1)
            }
        };
        if length == 0 {
            at += 1;
            continue;
        }
        out.extend_from_slice(&bytes[done..at]);
        out.extend_from_slice(replacement);
        at += length;
        done = at;
    }
    out.extend_from_slice(&bytes[done..]);
    dropped
}

/// U+FFFE and U+FFFF, the characters beyond the controls that XML 1.0 has no place for.
fn is_noncharacter(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xef\xbf\xbe") || bytes.starts_with(b"\xef\xbf\xbf")
}

/// Bytes that may need escaping or dropping: controls, `"`, `&`, `<`, `>`, and 0xEF, with which U+FFFE and
/// U+FFFF begin.
const NEEDS_LOOK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[0xef] = true;
    table
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn escaped(text: &str, place: Place) -> (String, usize) {
        let mut out = Vec::new();
        let dropped = escape_into(&mut out, text, place);
        (String::from_utf8(out).unwrap(), dropped)
    }

    #[test]
    fn content_and_attributes_are_escaped() {
        let text = "a<b> & \"c\" 'd'\t\r\n\u{200f}\u{feff}ﷺ";
        insta::assert_snapshot!(escaped(text, Place::Content).0.escape_debug(), @r#"a&lt;b&gt; &amp; \"c\" \'d\'\t&#13;\n\u{200f}\u{feff}ﷺ"#);
        insta::assert_snapshot!(escaped(text, Place::Attribute).0.escape_debug(), @r#"a&lt;b&gt; &amp; &quot;c&quot; \'d\'&#9;&#13;&#10;\u{200f}\u{feff}ﷺ"#);
    }

    /// The slow twin: character by character.
    fn by_definition(text: &str, place: Place) -> (String, usize) {
        let (mut out, mut dropped) = (String::new(), 0);
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\r' => out.push_str("&#13;"),
                '"' if place == Place::Attribute => out.push_str("&quot;"),
                '\t' | '\n' if place == Place::Attribute => out.push_str(&format!("&#{};", u32::from(c))),
                '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => out.push(c),
                _ => dropped += 1,
            }
        }
        (out, dropped)
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_what_its_definition_says(
            text in "[\u{0}-\u{ff}\u{f000}\u{feff}\u{fffd}-\u{ffff}\u{1f600}]{0,24}",
        ) {
            for place in [Place::Content, Place::Attribute] {
                prop_assert_eq!(escaped(&text, place), by_definition(&text, place));
            }
        }
    }

    #[test]
    fn characters_outside_xml_are_dropped_and_counted() {
        let text = "\u{0}a\u{b}b\u{1f}c\u{fffe}d\u{ffff}\u{fffd}\u{7f}\u{85}";
        assert_eq!(escaped(text, Place::Content), ("abcd\u{fffd}\u{7f}\u{85}".to_owned(), 5));
    }
}
