//! The text of a table or of a memory as text, whose encoding nothing says: by the languages that its first line names.
//!
//! In: bytes, and the languages asked for. Out: their text. Guarantee: bytes that are marked, UTF-8 or UTF-16 are that;
//! of encodings of 8 bits that one is taken in which the letters of the languages are found, and it is told. Bytes that
//! are UTF-8 but for few places are refused with the first of these.

use super::encoding::{decode, is_damaged_utf8};
use super::pair::language_of;
use super::{ReadError, ReadOptions, TextEncoding};
use crate::bitext::{Lang, Sides};
use crate::language::Script;
use crate::normalize::script_of;

/// The encodings in which texts of a script usually are, other than UTF-8 and UTF-16, the most usual first.
const ENCODINGS: &[(Script, &[&str])] = &[
    (Script::Arabic, &["windows-1256", "iso-8859-6"]),
    (Script::Cyrillic, &["windows-1251", "koi8-r", "iso-8859-5"]),
    (Script::Greek, &["windows-1253", "iso-8859-7"]),
    (Script::Hebrew, &["windows-1255", "iso-8859-8"]),
    (Script::Thai, &["windows-874"]),
    (Script::Kana, &["shift_jis", "euc-jp"]),
    (Script::Hangul, &["euc-kr"]),
    (Script::Han, &["gb18030", "big5"]),
];

/// The text of the `bytes` of `name`, and what is told where one of its languages, `asked` for or named, decided on the
/// encoding.
pub(super) fn text(
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    asked: &Sides<Option<Lang>>,
) -> Result<(String, Option<String>), ReadError> {
    if options.encoding.is_some() || std::str::from_utf8(&bytes).is_ok() || is_damaged_utf8(&bytes) {
        return decode(name, bytes, options).map(|(text, _)| (text, None));
    }
    let languages = languages(asked, &bytes);
    let with = |bytes: Vec<u8>, encoding: Option<TextEncoding>| {
        let mut options = options.clone();
        options.encoding = encoding;
        options.language = options.language.or_else(|| languages.first().cloned());
        decode(name, bytes, &options)
    };
    let guess = with(bytes.clone(), None);
    let Some(language) =
        languages.iter().find(|lang| guess.as_ref().map_or(true, |(text, _)| !is_in(text, lang)))
    else {
        return guess.map(|(text, _)| (text, None));
    };
    // A file that is marked, or of UTF-16, is what it is.
    if bytes.contains(&0) || encoding_rs::Encoding::for_bom(&bytes).is_some() {
        return guess.map(|(text, _)| (text, None));
    }
    let scripts = Script::of_language(language);
    let usual = ENCODINGS.iter().filter(|(script, _)| scripts.contains(script)).flat_map(|(_, names)| *names);
    for encoding in usual {
        let Ok(encoding) = encoding.parse::<TextEncoding>() else { continue };
        if let Ok((text, encoding)) = with(bytes.clone(), Some(encoding))
            && is_in(&text, language)
        {
            let told = format!(
                "read as {encoding}, in which there are letters of the language {language}; name another with --encoding"
            );
            return Ok((text, Some(told)));
        }
    }
    guess.map(|(text, _)| (text, None))
}

/// Whether letters of the language stand in `text`.
fn is_in(text: &str, language: &Lang) -> bool {
    let scripts = Script::of_language(language);
    text.chars().filter_map(script_of).any(|script| scripts.contains(&script))
}

/// The languages in other letters than Latin that are asked for, or that the first line names.
fn languages(asked: &Sides<Option<Lang>>, bytes: &[u8]) -> Vec<Lang> {
    let line = bytes.split(|b| b"\r\n".contains(b)).next().unwrap_or_default();
    let line = String::from_utf8_lossy(&line[..line.len().min(1 << 10)]).into_owned();
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    let words = words.flat_map(|word| [Some(word), word.rsplit_once(['-', '_']).map(|(_, last)| last)]);
    let named = words.flatten().filter(|word| word.len() > 1).filter_map(language_of);
    let asked = [asked.source.clone(), asked.target.clone()].into_iter().flatten();
    let other = |lang: &Lang| {
        let scripts = Script::of_language(lang);
        !scripts.is_empty() && !scripts.contains(&Script::Latin)
    };
    asked.chain(named).filter(other).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::{BilingualOptions, Input, ReadBilingual, ReadError, ReadOptions, read_bilingual};

    fn tried(name: &str, bytes: &[u8]) -> Result<ReadBilingual, ReadError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_bilingual(&Input::File(path), &ReadOptions::default(), &BilingualOptions::default())
    }

    /// What is said of a file that is refused, without its folder.
    fn refused(name: &str, bytes: &[u8]) -> String {
        let said = tried(name, bytes).unwrap_err().to_string();
        said[said.find(name).unwrap()..].to_owned()
    }

    fn read(name: &str, bytes: &[u8]) -> (String, Vec<String>) {
        let read = tried(name, bytes).unwrap();
        let [source, target] =
            [&read.documents.source, &read.documents.target].map(|d| d.text().trim().to_owned());
        (format!("{source} = {target}"), read.told.notes)
    }

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn tables_in_utf_16_are_read_marked_or_not() {
        for (name, table) in [
            ("a.tsv", "en\tar\r\nGood morning.\tصباح الخير.\r\n"),
            ("a.txt", "en\tar\r\nGood morning.\tصباح الخير.\r\n"),
            ("a.csv", "en;ar\r\n\"Good morning.\";صباح الخير.\r\n"),
            (
                "b.txt",
                "%20240101~1\t%A\t%TU=1\t%EN-GB\t%Wordfast TM v.5\t%AR-01\r\n20240101~1\tA\t0\tEN-GB\tGood morning.\tAR-01\tصباح الخير.\r\n",
            ),
        ] {
            let marked = format!("\u{feff}{table}");
            for bytes in [
                utf_16(&marked, u16::to_le_bytes),
                utf_16(&marked, u16::to_be_bytes),
                utf_16(table, u16::to_le_bytes),
                utf_16(table, u16::to_be_bytes),
            ] {
                assert_eq!(read(name, &bytes).0, "Good morning. = صباح الخير.", "{name}: {:?}", &bytes[..4]);
            }
        }
    }

    #[test]
    fn the_languages_of_the_heading_tell_the_encoding() {
        for (name, table, code, wanted) in [
            ("a.csv", "English;Arabic\r\nTea;شاي\r\n", "windows-1256", "Tea = شاي"),
            ("a.tsv", "source_en\ttarget_ar\nTea\tشاي\n", "windows-1256", "Tea = شاي"),
            ("a.csv", "English,Russian\nTea,чай\n", "windows-1251", "Tea = чай"),
            ("a.csv", "English,Greek\nTea,τσάι\n", "windows-1253", "Tea = τσάι"),
            ("a.csv", "English,Hebrew\nTea,תה\n", "windows-1255", "Tea = תה"),
            (
                "b.txt",
                "%20240101~1\t%A\t%TU=1\t%EN-GB\t%Wordfast TM v.5\t%AR-01\n20240101~1\tA\t0\tEN-GB\tTea\tAR-01\tشاي\n",
                "windows-1256",
                "Tea = شاي",
            ),
        ] {
            let encoding = encoding_rs::Encoding::for_label(code.as_bytes()).unwrap();
            assert_eq!(read(name, &encoding.encode(table).0).0, wanted, "{table}");
        }
    }

    /// The bytes of Arabic in UTF-8 are Arabic letters in windows-1256 too.
    #[test]
    fn a_table_in_damaged_utf_8_is_refused_with_the_place() {
        for (name, tab) in [("a.csv", ","), ("a.tsv", "\t")] {
            let mut bytes = format!("en{tab}ar\nhello world{tab}مرحبا بالعالم\n").into_bytes();
            bytes.insert(11, 0x92);
            let said = refused(name, &bytes);
            assert_eq!(said, format!("{name}: byte 11 (line 2) is not valid UTF-8"));
        }
    }
}
