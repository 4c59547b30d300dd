//! Text that was once decoded in a wrong encoding, such as `Ø§Ù„` for «ال».
//!
//! In: the text of a document. Out: a warning that shows what it is and was; where asked for, the text put right.
//! Guarantee: a text is called garbled only where most of its words that are not ASCII have one and the same way back.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1256};

use super::{TextEncoding, Warning};
use crate::language::Script;
use crate::normalize::{arabic_shown_as_latin, script_of, utf8_shown_in};

/// What happened to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// It is UTF-8, and was read as the other.
    Utf8(&'static Encoding),
    /// It is windows-1256, and was read as windows-1252.
    Arabic,
}

/// Words that are looked at, at most; and so many must speak for a damage.
const WORDS: usize = 2000;
const FEWEST: usize = 3;

impl Damage {
    /// What happened to `text`, and a word of it as it is and was.
    fn of(text: &str) -> Option<(Self, &str, String)> {
        let words: Vec<&str> =
            text.split_ascii_whitespace().filter(|word| !word.is_ascii()).take(WORDS).collect();
        [Self::Utf8(WINDOWS_1252), Self::Utf8(WINDOWS_1256), Self::Arabic].into_iter().find_map(|damage| {
            let mut meant = words.iter().filter_map(|word| Some((*word, damage.undone(word)?)));
            let (word, was) = meant.next()?;
            let count = 1 + meant.count();
            let enough = count >= FEWEST && count * 10 >= words.len() * 7;
            (enough && (damage != Self::Arabic || is_arabic(&words))).then_some((damage, word, was))
        })
    }

    /// What a line or a word was.
    fn undone(self, text: &str) -> Option<String> {
        match self {
            Self::Utf8(encoding) => utf8_shown_in(text, encoding),
            Self::Arabic => arabic_shown_as_latin(text),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Utf8(encoding) => format!("UTF-8 that was read as {}", encoding.name()),
            Self::Arabic => "windows-1256 that was read as windows-1252".to_owned(),
        }
    }
}

/// Whether these words are Arabic behind Latin letters: there is no Arabic letter, and many have the article.
fn is_arabic(words: &[&str]) -> bool {
    let with_article = words.iter().filter_map(|word| arabic_shown_as_latin(word)).filter(|word| {
        let word = word.trim_start_matches(['و', 'ب', 'ف', 'ك']);
        word.starts_with("ال") || word.starts_with("لل")
    });
    let has_arabic = words.iter().any(|w| w.chars().any(|c| script_of(c) == Some(Script::Arabic)));
    !has_arabic && with_article.count() * 10 >= words.len()
}

/// What is to be said of a text that was read as `encoding`.
pub(super) fn warning(name: &str, text: &str, encoding: Option<TextEncoding>) -> Option<Warning> {
    let (damage, word, was) = Damage::of(text)?;
    let message =
        format!("{name}: the text seems to be {}: «{word}» for «{was}»; it is left as it is", damage.words());
    let hint = match (encoding, damage) {
        (Some(TextEncoding(read)), Damage::Utf8(_)) if read != UTF_8 => "name its encoding: --encoding utf-8",
        (Some(TextEncoding(read)), Damage::Arabic) if read == WINDOWS_1252 => {
            "name its encoding: --encoding windows-1256"
        }
        (Some(_), _) => "the file itself holds it so: --repair-encoding puts it right",
        (None, _) => "the document itself holds it so: mend it where it was made",
    };
    Some((message, Some(hint)))
}

/// `text` with the lines put right of which the way back is certain, if it is garbled.
pub(super) fn repaired(name: &str, text: String) -> (String, Option<Warning>) {
    let Some((damage, ..)) = Damage::of(&text) else { return (text, None) };
    let (mut lines, mut kept) = (0_usize, 0_usize);
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if let Some(was) = damage.undone(line) {
            lines += 1;
            out.push_str(&was);
        } else {
            kept += usize::from(!line.is_ascii());
            out.push_str(line);
        }
    }
    let others = if kept > 0 { format!("; {kept} others stay as they are") } else { String::new() };
    let message = format!("{name}: put right {lines} lines of {}{others}", damage.words());
    (out, Some((message, None)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Garbled, ReadOptions, parse};

    const TEXT: &str = "قادت وزارتا الدفاع الحوار الثاني للتعاون الأمني في واشنطن.\nوناقش الوفدان القضايا الأمنية؛ فهل اتفقا؟\n";

    fn shown_in(bytes: &[u8], encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    #[track_caller]
    fn said(bytes: &[u8], encoding: Option<&str>) -> String {
        let encoding = encoding.map(|name| name.parse().unwrap());
        let options = ReadOptions { encoding, ..ReadOptions::default() };
        let read = parse("a.txt", bytes.to_vec(), &options).unwrap();
        let line = |(message, hint): &Warning| format!("{message} ({})", hint.unwrap_or("no hint"));
        read.warnings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_damage_is_named_with_what_to_do() {
        insta::assert_snapshot!(said(shown_in(TEXT.as_bytes(), WINDOWS_1252).as_bytes(), None), @"a.txt: the text seems to be UTF-8 that was read as windows-1252: «Ù‚Ø§Ø¯Øª» for «قادت»; it is left as it is (the file itself holds it so: --repair-encoding puts it right)");
        insta::assert_snapshot!(said(TEXT.as_bytes(), Some("windows-1252")), @"a.txt: the text seems to be UTF-8 that was read as windows-1252: «Ù‚Ø§Ø¯Øª» for «قادت»; it is left as it is (name its encoding: --encoding utf-8)");
        insta::assert_snapshot!(said(TEXT.as_bytes(), Some("windows-1256")), @"a.txt: the text seems to be UTF-8 that was read as windows-1256: «ظ‚ط§ط¯طھ» for «قادت»; it is left as it is (name its encoding: --encoding utf-8)");
        insta::assert_snapshot!(said(&WINDOWS_1256.encode(TEXT).0, Some("windows-1252")), @"a.txt: the text seems to be windows-1256 that was read as windows-1252: «ÞÇÏÊ» for «قادت»; it is left as it is (name its encoding: --encoding windows-1256)");
        insta::assert_snapshot!(said(shown_in(&WINDOWS_1256.encode(TEXT).0, WINDOWS_1252).as_bytes(), None), @"a.txt: the text seems to be windows-1256 that was read as windows-1252: «ÞÇÏÊ» for «قادت»; it is left as it is (the file itself holds it so: --repair-encoding puts it right)");
    }

    #[test]
    fn sound_texts_are_not_called_garbled() {
        let cyrillic = shown_in(
            &encoding_rs::WINDOWS_1251.encode("Привет, как дела? Это небольшой текст о мире.").0,
            WINDOWS_1252,
        );
        for text in [
            TEXT,
            "Le café était fermé à l’été, déjà.",
            "São Tomé e Príncipe é uma nação; não é Angola.",
            "Привет, как дела?",
            &cyrillic,
        ] {
            assert_eq!(said(text.as_bytes(), None), "", "{text}");
        }
    }

    #[test]
    fn the_text_is_put_right_where_asked_for() {
        for damaged in
            [shown_in(TEXT.as_bytes(), WINDOWS_1252), shown_in(&WINDOWS_1256.encode(TEXT).0, WINDOWS_1252)]
        {
            let kept = parse("a.txt", damaged.clone().into_bytes(), &ReadOptions::default()).unwrap();
            assert_eq!(kept.document.text(), damaged);
            let options = ReadOptions { garbled: Garbled::Repaired, ..ReadOptions::default() };
            let read = parse("a.txt", damaged.into_bytes(), &options).unwrap();
            assert_eq!(read.document.text(), TEXT);
            assert!(read.warnings[0].0.contains("put right 2 lines"), "{:?}", read.warnings);
        }
    }
}
