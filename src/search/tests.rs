//! Tests of the parts: packing, queries, what is written.

use std::borrow::Cow;

use proptest::prelude::*;

use super::pack::{Pair, Piece, pack, unpack};
use super::*;
use crate::bitext::{Sides, TextSpan};

fn hit(source: &str, target: &str, places: &[(usize, usize)]) -> Hit {
    Hit {
        file: "a/b.muq".into(),
        number: 7,
        languages: Sides::new("ar".into(), "en".into()),
        texts: Sides::new(source.into(), target.into()),
        places: Sides::new(Vec::new(), places.iter().map(|&(from, to)| TextSpan::new(from, to)).collect()),
        spots: Sides::default(),
    }
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_word_stands_in_its_context_with_its_counterpart() {
    let long = format!("{} one WORD two {}", "before ".repeat(20), "after ".repeat(20));
    let at = long.find("WORD").unwrap();
    let hits = [hit("سطر\nأول", &long, &[(at, at + 4)])];
    let text = written(|out| write_text(&hits, ("[", "]"), out));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "a/b.muq 7\ten\t… before before before before before  one [WORD] two after after after after after…",
            "\tar\tسطر أول",
        ]
    );
    let tsv = written(|out| write_tsv(&hits, out));
    let line: Vec<&str> = tsv.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!((line[0], line[1], line[2], line[4], line[7]), ("a/b.muq", "7", "en", "WORD", "سطر أول"));
    assert_eq!(format!("{}{}{}", line[3], line[4], line[5]), long);
}

#[test]
fn a_memory_of_hits_holds_their_texts_exactly() {
    let hits = [hit("a <b> & \"c\"", "x\ny", &[(0, 1)]), hit("alone", "", &[])];
    let tmx = written(|out| {
        let told = write_tmx(&hits, None, out)?;
        assert_eq!(told.units, 1, "a pair with one text is none");
        Ok(())
    });
    let unit = crate::tmx::TmxReader::new(tmx.as_bytes(), crate::tmx::Inline::Flatten)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!((&*unit.variants[0].text, &*unit.variants[1].text), ("a <b> & \"c\"", "x\ny"));
    assert_eq!((&*unit.variants[0].lang, &*unit.props[0].value), ("ar", "a/b.muq 7"));
}

fn in_languages(mut hit: Hit, source: &str, target: &str) -> Hit {
    hit.languages = Sides::new(source.into(), target.into());
    hit
}

#[test]
fn a_memory_of_hits_names_a_source_language_that_all_units_have() {
    let written = |languages: &[(&str, &str)]| {
        let hits: Vec<Hit> = languages
            .iter()
            .map(|(source, target)| in_languages(hit("s", "t", &[]), source, target))
            .collect();
        written(|out| write_tmx(&hits, None, out).map(|_| ()))
    };
    for (languages, source) in [
        ([("ar", "en"), ("ar", "fr"), ("ar", "en")], "ar"),
        ([("ar", "en"), ("fr", "en"), ("en", "de")], "en"),
        ([("ar", "en"), ("fr", "ar"), ("ar", "ar")], "ar"),
        ([("ar", "en"), ("fr", "de"), ("ar", "en")], "*all*"),
        ([("ar", "en"), ("ar-IQ", "fr"), ("ar", "en")], "*all*"),
        ([("", "en"), ("", "fr"), ("", "en")], "*all*"),
    ] {
        let tmx = written(&languages);
        assert!(tmx.contains(&format!("srclang=\"{source}\"")), "{languages:?}: {tmx}");
        let first = tmx
            .split("<tu>")
            .skip(1)
            .all(|unit| unit.find(&format!("xml:lang=\"{source}\"")) == unit.find("xml:lang"));
        assert!(first || source == "*all*", "its texts stand first: {tmx}");
        assert_eq!(
            crate::tmx::TmxReader::new(tmx.as_bytes(), crate::tmx::Inline::Flatten).unwrap().count(),
            3
        );
    }
    // A pair with one text is not written, and has no say.
    let hits = [in_languages(hit("s", "", &[]), "fr", "de"), hit("s", "t", &[])];
    let mut tmx = Vec::new();
    write_tmx(&hits, None, &mut tmx).unwrap();
    assert!(String::from_utf8(tmx).unwrap().contains("srclang=\"ar\""));
}

#[cfg(feature = "documents")]
#[test]
fn a_workbook_of_hits_says_the_languages_of_each_row() {
    let hits =
        [hit("نعم", "yes", &[]), in_languages(hit("oui", "ja", &[]), "fr", "de"), hit("alone", "", &[])];
    let mut file = Vec::new();
    write_xlsx(&hits, &mut file).unwrap();
    let sheet = crate::formats::part(&file, "xl/worksheets/sheet1.xml").unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    let cells = regex::Regex::new("r=\"([A-F])([0-9])\" s=\"(.)\"[^>]*><is><t [^>]*>([^<]*)").unwrap();
    let cells: Vec<String> =
        cells.captures_iter(&sheet).map(|c| format!("{}{} {} {}", &c[1], &c[2], &c[3], &c[4])).collect();
    insta::assert_snapshot!(cells.join("\n"), @r"
    A1 1 source
    B1 1 target
    C1 1 source language
    D1 1 target language
    E1 1 file
    F1 1 pair
    A2 3 نعم
    B2 2 yes
    C2 5 ar
    D2 5 en
    E2 2 a/b.muq
    F2 5 7
    A3 2 oui
    B3 2 ja
    C3 5 fr
    D3 5 de
    E3 2 a/b.muq
    F3 5 7
    A4 2 alone
    C4 5 ar
    D4 5 en
    E4 2 a/b.muq
    F4 5 7
    ");
    assert!(!sheet.contains("(ar)"), "no column is of one language");
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = (any::<u64>(), any::<u32>(), any::<u32>(), prop::option::of(".{1,9}"));
    let piece = piece.prop_map(|(start, at, length, original)| Piece { start, at, length, original });
    prop::collection::vec(piece, 0..4)
}

proptest! {
    #[test]
    fn pairs_come_out_of_a_block_as_they_went_in(
        pairs in prop::collection::vec(
            (any::<u64>(), any::<String>(), any::<String>(), "[a-z]{0,5}", [pieces(), pieces()]), 0..9,
        ),
    ) {
        let pairs: Vec<Pair> = pairs
            .into_iter()
            .map(|(number, source, target, lang, [first, second])| Pair {
                number,
                languages: Sides::new(Cow::Owned(lang.clone()), Cow::Owned(lang)),
                texts: Sides::new(source, target),
                pieces: Sides::new(first, second),
            })
            .collect();
        prop_assert_eq!(unpack(&pack(&pairs)), Some(pairs));
    }

    #[test]
    fn bytes_of_a_stranger_are_no_block_and_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = unpack(&bytes);
    }

    /// Whatever is searched, the index is asked for something it understands, and the words found are those of the query.
    #[test]
    fn places_are_words_of_the_text(query in ".{0,12}", text in ".{0,40}") {
        let Ok(query) = Query::new(&[&query], Matching::Attached) else { return Ok(()) };
        let asked = query.ask(|_| Ok::<_, ()>(Vec::new())).unwrap();
        let inside: Vec<&str> = asked.split('"').skip(1).step_by(2).collect();
        prop_assert!(inside.iter().all(|word| !word.is_empty()), "{}", asked);
        if let Some([places, _]) = query.places([Some(&text), None]) {
            prop_assert!(!places.is_empty());
            prop_assert!(places.iter().all(|place| text.get(place.range()).is_some_and(|word| !word.is_empty())));
        }
    }
}
