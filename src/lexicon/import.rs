//! Lexicons of users: the bytes of a file → dictionaries.
//!
//! In: hunalign `.dic`, plain pairs of words (MUSE, TSV, this project's own form), TBX, TMX; the format is
//! told by the content. Out: a [`Dictionary`] for each pair of languages, and a [`LexiconNotice`] for each
//! entry that was passed over. Guarantee: a malformed line costs that line alone; XML is read without
//! fetching anything and without expanding any entity but the five of XML.

use std::collections::BTreeMap;

use crate::bitext::Lang;
use crate::normalize::words;
use crate::tmx::{Inline, TmxError, TmxReader};

use super::dictionary::Dictionary;
use super::imported::{ImportedLexicon, LexiconError, LexiconNotice};
use super::termbase;
use super::units::{UnitPair, learn_words};

/// A unit's two texts with their languages.
type LanguagePairUnit = ((Lang, Lang), UnitPair);

/// Units of at most this many words on each side are taken for terms; longer ones are learnt from.
const TERM_WORDS: usize = 4;

/// Reads a lexicon from the bytes of a file.
pub fn import(bytes: &[u8]) -> Result<ImportedLexicon, LexiconError> {
    let text = decode(bytes)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(LexiconError::Empty);
    }
    let imported = if start.starts_with('<') {
        if termbase::root(&text)? == "tmx" { import_tmx(bytes)? } else { termbase::import(&text)? }
    } else {
        import_lines(&text)
    };
    match imported.notices.first() {
        Some(first) if imported.entries == 0 => {
            Err(LexiconError::NothingUsable { line: first.line, message: first.message.clone() })
        }
        None if imported.entries == 0 => Err(LexiconError::Empty),
        _ => Ok(imported),
    }
}

/// UTF-8, or UTF-16 with a byte order mark. Bytes that do not fit become U+FFFD, and their line a notice.
fn decode(bytes: &[u8]) -> Result<String, LexiconError> {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let (text, _, _) = encoding.decode(bytes);
    if text.contains('\0') && !text.trim_start().starts_with('<') {
        return Err(LexiconError::Binary);
    }
    Ok(text.into_owned())
}

fn import_lines(text: &str) -> ImportedLexicon {
    let lines =
        || (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (mut count, mut dic) = (0, 0);
    for (_, line) in lines().take(1000) {
        count += 1;
        dic += usize::from(line.contains(" @ "));
    }
    let hunalign = dic * 2 > count;
    let mut dictionary = Dictionary::new(None);
    let mut out = ImportedLexicon {
        format: if hunalign { "hunalign dictionary" } else { "word pairs" },
        ..Default::default()
    };
    for (number, line) in lines() {
        let entry = if line.contains('\u{fffd}') {
            Err("bytes that are not UTF-8".to_owned())
        } else if hunalign {
            dic_entry(line)
        } else {
            pair_entry(line)
        };
        match entry {
            Ok(entry) => {
                for second in &entry.seconds {
                    dictionary.add(entry.first, second, entry.weight);
                }
                out.entries += 1;
            }
            Err(message) => out.notices.push(LexiconNotice { line: number, message }),
        }
    }
    out.dictionaries.push(dictionary);
    out
}

struct Entry<'a> {
    first: &'a str,
    seconds: Vec<&'a str>,
    weight: f32,
}

impl<'a> Entry<'a> {
    fn new(first: &'a str, seconds: Vec<&'a str>, weight: f32) -> Result<Self, String> {
        for term in seconds.iter().chain([&first]) {
            match words(term).len() {
                0 => return Err(format!("`{term}` holds no word")),
                1..=TERM_WORDS => {}
                n => return Err(format!("a term of {n} words, at most {TERM_WORDS} are of use")),
            }
        }
        Ok(Self { first, seconds, weight })
    }
}

/// `target @ source`.
fn dic_entry(line: &str) -> Result<Entry<'_>, String> {
    match line.split_once(" @ ") {
        Some((target, source)) => Entry::new(source.trim(), vec![target.trim()], 1.0),
        None => Err("expected `target @ source`".to_owned()),
    }
}

/// `word<TAB>word`, `word word`, both with a probability; `word<TAB>word; word`.
fn pair_entry(line: &str) -> Result<Entry<'_>, String> {
    let fields: Vec<&str> = if line.contains('\t') {
        line.split('\t').map(str::trim).collect()
    } else {
        line.split_whitespace().collect()
    };
    let (first, second, weight) = match fields[..] {
        [first, second] => (first, second, 1.0),
        [first, second, probability] => {
            let weight = probability.parse::<f32>().ok().filter(|p| *p > 0.0 && *p <= 1.0);
            let weight = weight
                .ok_or_else(|| format!("`{probability}` is not a probability, above 0 and at most 1"))?;
            (first, second, weight)
        }
        _ => {
            return Err(format!(
                "expected two words, or two words and a probability, found {} fields",
                fields.len()
            ));
        }
    };
    Entry::new(first, second.split(';').map(str::trim).filter(|s| !s.is_empty()).collect(), weight).and_then(
        |e| {
            if e.seconds.is_empty() { Err("the second word is missing".to_owned()) } else { Ok(e) }
        },
    )
}

/// Short units are terms, the others are learnt from.
fn import_tmx(bytes: &[u8]) -> Result<ImportedLexicon, LexiconError> {
    let mut out = ImportedLexicon { format: "TMX", ..Default::default() };
    let mut terms = BTreeMap::new();
    let mut long: BTreeMap<(Lang, Lang), Vec<UnitPair>> = BTreeMap::new();
    for pair in tmx_units(bytes, &mut out.notices)? {
        out.entries += 1;
        let (languages, pair) = pair;
        if words(&pair.source).len() <= TERM_WORDS && words(&pair.target).len() <= TERM_WORDS {
            termbase::dictionary(&mut terms, &languages).add(&pair.source, &pair.target, 1.0);
        } else {
            long.entry(languages).or_default().push(pair);
        }
    }
    for (languages, units) in long {
        let dictionary = termbase::dictionary(&mut terms, &languages);
        for word in learn_words(&units, &languages) {
            dictionary.add(&word.source, &word.target, word.probability);
        }
    }
    out.dictionaries = terms.into_values().collect();
    Ok(out)
}

/// The units of a translation memory as pairs, each with its languages, the source first. A unit without
/// two texts in well-formed languages is passed over; broken XML after the first units ends the reading.
pub fn tmx_units(
    bytes: &[u8],
    notices: &mut Vec<LexiconNotice>,
) -> Result<Vec<LanguagePairUnit>, LexiconError> {
    let mut out = Vec::new();
    for (number, unit) in (1..).zip(TmxReader::new(bytes, Inline::Flatten)?) {
        let unit = match unit {
            Ok(unit) => unit,
            Err(error) if out.is_empty() => return Err(error.into()),
            Err(error) => {
                notices.push(LexiconNotice {
                    line: line_of(&error),
                    message: format!("reading stops here: {error}"),
                });
                break;
            }
        };
        let mut texts =
            unit.variants.iter().filter_map(|v| Some((v.lang.parse::<Lang>().ok()?, v.text.trim())));
        let Some((source_lang, source)) = texts.next().filter(|(_, t)| !t.is_empty()) else {
            notices.push(LexiconNotice { line: 0, message: format!("unit {number} has no source text") });
            continue;
        };
        for (target_lang, target) in texts.filter(|(_, t)| !t.is_empty()) {
            let pair = UnitPair { source: source.to_owned(), target: target.to_owned() };
            let primary = |lang: &Lang| lang.primary().parse().unwrap_or_else(|_| lang.clone());
            out.push(((primary(&source_lang), primary(&target_lang)), pair));
        }
    }
    Ok(out)
}

const fn line_of(error: &TmxError) -> usize {
    match error {
        TmxError::Xml { line, .. }
        | TmxError::Entity { line, .. }
        | TmxError::Reference { line, .. }
        | TmxError::EndsEarly { line, .. }
        | TmxError::NoLanguage { line }
        | TmxError::TooLong { line } => *line,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translations(bytes: &[u8], word: &str) -> Vec<String> {
        let lexicon = import(bytes).unwrap();
        let found = lexicon.dictionaries.iter().flat_map(|d| d.translations(word));
        found.map(|t| t.term).collect()
    }

    fn notices(bytes: &[u8]) -> Vec<String> {
        import(bytes).unwrap().notices.iter().map(|n| format!("{}: {}", n.line, n.message)).collect()
    }

    #[test]
    fn a_row_with_many_equivalents_is_read_like_many_rows() {
        const MANY: usize = 100_000;
        let equivalents: Vec<String> = (0..MANY).map(|k| format!("w{k}")).collect();
        let one = import(format!("house\t{}; w7\n", equivalents.join("; ")).as_bytes()).unwrap();
        let rows: String = equivalents.iter().map(|word| format!("house\t{word}\t0.5\n")).collect();
        let many = import(format!("{rows}house\tw99999\t1\nhouse\tw5\t0.1\n").as_bytes()).unwrap();
        let (one, many) = (one.dictionaries[0].pairs(), many.dictionaries[0].pairs());
        assert_eq!((one.len(), many.len()), (MANY, MANY));
        assert!(one.iter().zip(&many).all(|(a, b)| (a.0, a.1) == (b.0, b.1)));
        // Of a pair that comes again the heavier counts.
        let weight = |word| many.iter().find(|pair| pair.1 == word).map(|pair| pair.2);
        assert_eq!([weight("w99999"), weight("w5"), weight("w6")], [Some(1.0), Some(0.5), Some(0.5)]);
    }

    #[test]
    fn plain_pairs_in_all_their_forms() {
        assert_eq!(translations("house دار\nhouse بيت\n".as_bytes(), "house"), ["بيت", "دار"]);
        assert_eq!(translations("house\tدار; بيت\n".as_bytes(), "بيت"), ["house"]);
        assert_eq!(translations("house\tبيت\t0.4\nhouse\tدار\t0.5".as_bytes(), "house"), ["دار", "بيت"]);
        assert_eq!(translations("\u{feff}maison\thouse".as_bytes(), "Maison"), ["house"]);
    }

    #[test]
    fn hunalign_dictionaries() {
        assert_eq!(translations("ház @ house\nkutya @ dog\n".as_bytes(), "house"), ["haz"]);
    }

    #[test]
    fn a_malformed_line_is_told_and_the_rest_used() {
        let file = "house\tدار\nbroken\ncar\tسيارة\t7\n\t\nsun\tشمس\n".as_bytes();
        assert_eq!(
            notices(file),
            [
                "2: expected two words, or two words and a probability, found 1 fields",
                "3: `7` is not a probability, above 0 and at most 1",
            ]
        );
        assert_eq!(translations(file, "sun"), ["شمس"]);
        assert_eq!(notices(b"house\tmaison\n\xe9t\xe9\tsummer\n"), ["2: bytes that are not UTF-8"]);
    }

    #[test]
    fn files_that_are_no_lexicon_are_refused() {
        for (bytes, message) in [
            (&b" \n"[..], "it is empty"),
            (b"PK\x03\x04\0\0", "it is not text; a lexicon is a file of word pairs, a TBX or a TMX"),
            (
                b"<html/>",
                "its outermost element is <html>; expected a TBX (<martif> or <tbx>) or a TMX (<tmx>)",
            ),
            (
                b"one\ntwo\n",
                "no line of it could be used; line 1: expected two words, or two words and a probability, found 1 fields",
            ),
        ] {
            assert_eq!(import(bytes).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn short_units_of_a_memory_are_terms() {
        let tmx = "<tmx version='1.4'><header srclang='en'/><body><tu><tuv xml:lang='en-GB'><seg>House</seg></tuv>\
            <tuv xml:lang='ar'><seg>بيت</seg></tuv></tu></body></tmx>";
        assert_eq!(translations(tmx.as_bytes(), "house"), ["بيت"]);
    }
}
