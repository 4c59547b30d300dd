//! Text decoded in the wrong encoding, and the way back.
//!
//! In: a text. Out: what it was before it was decoded in the wrong encoding; nothing where it cannot have been.
//! Guarantee: what comes back gives `text` again when it is damaged in the same way.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

use super::script_of;
use crate::language::Script;

/// The bytes that `encoding` shows as `text`.
fn bytes_in(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut utf8 = [0; 4];
    for c in text.chars() {
        if c.is_ascii() {
            bytes.push(c as u8);
            continue;
        }
        let (encoded, _, lost) = encoding.encode(c.encode_utf8(&mut utf8));
        match &*encoded {
            [byte] if !lost => bytes.push(*byte),
            // ISO 8859-1 shows 0x80 to 0x9F as controls.
            _ if u32::from(c) <= 0x9f => bytes.push(c as u8),
            _ => return None,
        }
    }
    Some(bytes)
}

/// What `text` was, if it is UTF-8 that was shown in `encoding`.
pub(crate) fn utf8_shown_in(text: &str, encoding: &'static Encoding) -> Option<String> {
    let meant = String::from_utf8(bytes_in(text, encoding)?).ok()?;
    let plausible = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    (!meant.is_ascii() && meant.chars().all(plausible)).then_some(meant)
}

/// What `text` was, if it is Arabic in windows-1256 that was shown in windows-1252.
pub(crate) fn arabic_shown_as_latin(text: &str) -> Option<String> {
    let bytes = bytes_in(text, WINDOWS_1252)?;
    let meant = WINDOWS_1256.decode_without_bom_handling(&bytes).0.into_owned();
    let letters = meant.chars().filter(|c| script_of(*c).is_some()).count();
    let arabic = meant.chars().filter(|c| script_of(*c) == Some(Script::Arabic)).count();
    (arabic >= 3 && arabic * 10 >= letters * 6).then_some(meant)
}
