//! Text decoded in the wrong encoding, and the way back.
//!
//! In: a text. Out: what it was, where that is certain: the characters give bytes that are UTF-8 throughout,
//! or, in a text that should be Arabic and has no Arabic letter, bytes that are Arabic in windows-1256.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

use crate::language::Script;
use crate::normalize::script_of;

use super::measure::Measure;

/// A text that was decoded in the wrong encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mojibake {
    /// What happened to it.
    pub(super) how: &'static str,
    /// What it was.
    pub(super) meant: String,
}

/// What `text`, which should be in `scripts`, was before it was damaged.
pub(super) fn mojibake(text: &str, measure: &Measure, scripts: &[Script]) -> Option<Mojibake> {
    if measure.high_latin >= 1 {
        if let Some(meant) = utf8_shown_in(text, WINDOWS_1252) {
            return Some(Mojibake { how: "UTF-8 read as windows-1252", meant });
        }
        if scripts == [Script::Arabic] && measure.letters_in(scripts) == 0 && measure.high_latin >= 3 {
            let meant = arabic_shown_as_latin(text)?;
            return Some(Mojibake { how: "windows-1256 read as windows-1252", meant });
        }
    }
    if measure.tah_zah >= 2 && measure.tah_zah as usize * 4 >= measure.chars {
        let meant = utf8_shown_in(text, WINDOWS_1256)?;
        return Some(Mojibake { how: "UTF-8 read as windows-1256", meant });
    }
    None
}

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

fn utf8_shown_in(text: &str, encoding: &'static Encoding) -> Option<String> {
    let meant = String::from_utf8(bytes_in(text, encoding)?).ok()?;
    let plausible = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    (!meant.is_ascii() && meant.chars().all(plausible)).then_some(meant)
}

fn arabic_shown_as_latin(text: &str) -> Option<String> {
    let bytes = bytes_in(text, WINDOWS_1252)?;
    let meant = WINDOWS_1256.decode_without_bom_handling(&bytes).0.into_owned();
    let letters = meant.chars().filter(|c| script_of(*c).is_some()).count();
    let arabic = meant.chars().filter(|c| script_of(*c) == Some(Script::Arabic)).count();
    (arabic >= 3 && arabic * 10 >= letters * 6).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, scripts: &[Script]) -> Option<String> {
        mojibake(text, &Measure::of(text), scripts).map(|m| format!("{}: {}", m.how, m.meant))
    }

    #[test]
    fn the_way_back_is_found() {
        let text = "أكد الجانبان أهمية العراق";
        let shown = |bytes: &[u8], encoding: &'static Encoding| {
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        };
        let arabic = [Script::Arabic];
        let utf8 = shown(text.as_bytes(), WINDOWS_1252);
        assert_eq!(found(&utf8, &arabic).unwrap(), format!("UTF-8 read as windows-1252: {text}"));
        let utf8_in_arabic = shown(text.as_bytes(), WINDOWS_1256);
        assert_eq!(found(&utf8_in_arabic, &arabic).unwrap(), format!("UTF-8 read as windows-1256: {text}"));
        let old = shown(&WINDOWS_1256.encode(text).0, WINDOWS_1252);
        assert_eq!(found(&old, &arabic).unwrap(), format!("windows-1256 read as windows-1252: {text}"));
        assert_eq!(found("CafÃ©", &[Script::Latin]).unwrap(), "UTF-8 read as windows-1252: Café");
    }

    #[test]
    fn sound_texts_are_left_alone() {
        for text in ["Café à Zürich, 20 °C", "طلب ظرفا", "أكد الجانبان", "naïve – “quoted”", "São Tomé"]
        {
            assert_eq!(found(text, &[Script::Arabic]).filter(|_| text != "São Tomé"), None, "{text}");
            assert_eq!(found(text, &[Script::Latin]), None, "{text}");
        }
    }
}
