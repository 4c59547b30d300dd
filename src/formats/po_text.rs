//! Strings of PO: escapes, of which some are bytes in the encoding of the file.
//!
//! In: what stands between quotes. Out: text. Guarantee: as gettext reads it, `\331\205` and `\xD9\x85` are bytes that
//! are decoded by the header's charset, together with what stands beside them; an escape that gettext refuses is an
//! error, and so are bytes that are no text.

use encoding_rs::{Encoding, UTF_8};

use super::FormatError;

/// A string that may hold bytes; several that follow each other are one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PoText {
    pieces: Vec<Piece>,
    /// The line of the first bytes that are not ASCII.
    line: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Bytes(Vec<u8>),
}

impl PoText {
    /// The string `inner`, without its quotes, of the line `line`.
    pub(super) fn of(inner: &str, line: usize) -> Result<Self, FormatError> {
        let mut text = Self::default();
        let mut rest = inner;
        while let Some(at) = rest.find('\\') {
            text.push_str(&rest[..at]);
            let escape = &rest[at + 1..];
            let digits = |from: &str, radix: u32, most: usize| {
                from.chars().take(most).take_while(|c| c.is_digit(radix)).count()
            };
            // Of a number too large for a byte the rest counts, as for gettext.
            let byte = |digits: &str, radix: u32| {
                digits.bytes().fold(0_u8, |value, digit| {
                    let digit = char::from(digit).to_digit(radix).and_then(|d| u8::try_from(d).ok());
                    value
                        .wrapping_mul(u8::try_from(radix).unwrap_or_default())
                        .wrapping_add(digit.unwrap_or(0))
                })
            };
            let plain = match escape.chars().next() {
                Some('n') => Some('\n'),
                Some('r') => Some('\r'),
                Some('t') => Some('\t'),
                Some('a') => Some('\u{7}'),
                Some('b') => Some('\u{8}'),
                Some('v') => Some('\u{b}'),
                Some('f') => Some('\u{c}'),
                Some(same @ ('\\' | '"')) => Some(same),
                _ => None,
            };
            let octal = digits(escape, 8, 3);
            let hex = escape.strip_prefix('x').map_or(0, |escape| digits(escape, 16, usize::MAX));
            rest = if let Some(plain) = plain {
                text.push_str(plain.encode_utf8(&mut [0; 4]));
                &escape[1..]
            } else if octal > 0 {
                text.push_byte(byte(&escape[..octal], 8), line);
                &escape[octal..]
            } else if hex > 0 {
                text.push_byte(byte(&escape[1..=hex], 16), line);
                &escape[1 + hex..]
            } else {
                let escape: String = escape.chars().take(1).collect();
                let message = format!(
                    "`\\{escape}` is no escape that PO has (gettext refuses it too); for a backslash write `\\\\`"
                );
                return Err(FormatError::at(line, message));
            };
        }
        text.push_str(rest);
        Ok(text)
    }

    /// Appends the string that follows.
    pub(super) fn append(&mut self, next: Self) {
        for piece in next.pieces {
            match (self.pieces.last_mut(), piece) {
                (_, Piece::Text(text)) => self.push_str(&text),
                (Some(Piece::Bytes(before)), Piece::Bytes(bytes)) => before.extend(bytes),
                (_, bytes) => self.pieces.push(bytes),
            }
        }
        self.line = self.line.or(next.line);
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn push_str(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn push_byte(&mut self, byte: u8, line: usize) {
        // ASCII is the same in all encodings that PO may have.
        if byte.is_ascii() {
            self.push_str(char::from(byte).encode_utf8(&mut [0; 4]));
            return;
        }
        self.line.get_or_insert(line);
        match self.pieces.last_mut() {
            Some(Piece::Bytes(bytes)) => bytes.push(byte),
            _ => self.pieces.push(Piece::Bytes(vec![byte])),
        }
    }

    /// The text, its bytes read in the encoding called `charset`; without one, or with one that is not known, in UTF-8.
    pub(super) fn decoded(self, charset: &str) -> Result<String, FormatError> {
        let Some(line) = self.line else {
            let texts = self.pieces.into_iter().map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Bytes(_) => String::new(),
            });
            return Ok(texts.collect());
        };
        let ascii = charset.eq_ignore_ascii_case("ASCII") || charset.eq_ignore_ascii_case("US-ASCII");
        let named =
            Encoding::for_label(charset.as_bytes()).filter(|named| named.is_ascii_compatible() && !ascii);
        let encoding = named.unwrap_or(UTF_8);
        // The second byte of a character may be a letter of ASCII: all of it is decoded at once.
        let mut bytes = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(more) => bytes.extend(more),
                Piece::Text(text) => {
                    let (more, _, lost) = encoding.encode(text);
                    if lost {
                        return self.piece_by_piece(encoding, line);
                    }
                    bytes.extend(&*more);
                }
            }
        }
        match encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
            Some(text) => Ok(text.into_owned()),
            None => self.piece_by_piece(encoding, line),
        }
    }

    /// The text with a letter of Latin-1 for each byte: what it says in ASCII can be found in it.
    pub(super) fn latin(&self) -> String {
        let latin = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect();
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Bytes(bytes) => latin(bytes),
        });
        texts.collect()
    }

    /// The text where it holds what the encoding cannot say.
    fn piece_by_piece(&self, encoding: &'static Encoding, line: usize) -> Result<String, FormatError> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Bytes(bytes) => {
                    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
                    else {
                        let escapes: String =
                            bytes.iter().take(8).map(|byte| format!("\\{byte:o}")).collect();
                        let message = format!(
                            "the bytes `{escapes}` are no text in {}; write the letters themselves, or mend the charset in the header",
                            encoding.name()
                        );
                        return Err(FormatError::at(line, message));
                    };
                    out.push_str(&text);
                }
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(strings: &[&str], charset: &str) -> String {
        let mut all = PoText::default();
        for (line, string) in strings.iter().enumerate() {
            match PoText::of(string, line + 1) {
                Ok(text) => all.append(text),
                Err(error) => return error.to_string(),
            }
        }
        all.decoded(charset).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn bytes_are_decoded_by_the_charset() {
        for (strings, charset, expected) in [
            (&[r"\331\205\xD8\xA7 \xd8\241"][..], "UTF-8", "ما ء"),
            (&[r"\331", r"\205"], "utf-8", "م"),
            (&[r"\331\205 مع"], "CHARSET", "م مع"),
            (&[r"\331\205"], "", "م"),
            (&[r"\331\205"], "ASCII", "م"),
            (&[r"\345\307", " ", "ماء"], "windows-1256", "ها ماء"),
            (&[r"\350"], "ISO-8859-1", "è"),
            (&[r"\203A\203\142"], "Shift_JIS", "アッ"),
            (&[r"日\244\263"], "EUC-JP", "日こ"),
            // Text that the encoding cannot say stays as it is.
            (&[r"日\345"], "windows-1256", "日ه"),
            (&[r"\101\x42b\n\x143\0603"], "UTF-8", "A+\nC03"),
            (&[r#"\\331 \"x\""#], "UTF-8", r#"\331 "x""#),
        ] {
            assert_eq!(said(strings, charset), expected, "{strings:?} {charset}");
        }
    }

    #[test]
    fn what_gettext_refuses_is_told() {
        for wrong in [r"\u0041", r"\q", r"\e", r"\'", r"\8", r"\x", r"\xg", r"a\"] {
            let said = said(&["x", wrong], "UTF-8");
            assert!(said.starts_with("line 2: `\\") && said.contains("is no escape that PO has"), "{said}");
        }
        insta::assert_snapshot!(said(&["a", r"b\303"], "UTF-8"), @r"line 2: the bytes `\303` are no text in UTF-8; write the letters themselves, or mend the charset in the header");
        insta::assert_snapshot!(said(&[r"\331\205\331"], "UTF-8"), @r"line 1: the bytes `\331\205\331` are no text in UTF-8; write the letters themselves, or mend the charset in the header");
    }
}
