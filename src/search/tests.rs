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
