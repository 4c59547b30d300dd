//! The checks that every profile passes, and a made-up language that proves what a profile is enough for.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::words_file::{Numbered, WordsFile};
use super::*;
use crate::bitext::{Block, BlockKind, Document, Lang, TextSpan};
use crate::normalize::{fold_arabic, script_of};

/// The text of a profile's words, and how the file is called.
fn words_files() -> Vec<(String, WordsFile)> {
    let own = Profile::all().iter().map(|profile| (profile.code().to_owned(), profile.words_file()));
    let common = toml::from_str(include_str!("common.toml")).unwrap();
    own.chain([("common".to_owned(), common)]).collect()
}

#[test]
fn every_profile_reads_and_says_what_it_must() {
    for profile in Profile::all() {
        let code = profile.code();
        assert_eq!(code.parse::<Lang>().map(|lang| lang.primary().to_owned()).as_deref(), Ok(code));
        assert!(profile.names().all(|name| !name.trim().is_empty()), "{code} has an empty name");
        assert!(profile.name().starts_with(|c: char| c.is_ascii_uppercase()), "{code}: {}", profile.name());
        assert!(!profile.scripts().is_empty(), "{code} has no script");
        let shared = profile.scripts().iter().any(|s| s.is_right_to_left() != profile.is_right_to_left());
        assert!(!shared || matches!(code, "ku" | "az"), "{code} is written in both directions");
        assert!(
            matches!(profile.stemming(), Stemming::English | Stemming::Korean | Stemming::Letters(3..=12)),
            "{code}"
        );
        for name in profile.encodings() {
            assert!(
                encoding_rs::Encoding::for_label(name.as_bytes()).is_some(),
                "{code}: {name} is no encoding"
            );
        }
        assert!(profile.domain().is_none_or(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_lowercase())));
        profile.words();
    }
}

#[test]
fn every_profile_has_its_file_and_every_file_its_line() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/language/profiles");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".toml", ""))
        .collect();
    let mut lines: Vec<&str> =
        Profile::all().iter().map(Profile::code).filter(|code| *code != "qaa").collect();
    files.sort();
    lines.sort_unstable();
    assert_eq!(files, lines);
}

#[test]
fn codes_and_names_belong_to_one_language() {
    let mut whose: BTreeMap<String, &str> = BTreeMap::new();
    for profile in Profile::all() {
        let names = profile.names().map(str::to_lowercase).chain(profile.other_codes().map(str::to_owned));
        let mut names: Vec<String> = names.chain([profile.code().to_owned()]).collect();
        names.sort();
        names.dedup();
        for name in names {
            if let Some(other) = whose.insert(name.clone(), profile.code()) {
                panic!("`{name}` is {other} and {}", profile.code());
            }
        }
        assert_eq!(Profile::named(profile.name()).map(Profile::code), Some(profile.code()));
        for code in profile.other_codes().chain([profile.code()]) {
            assert_eq!(Profile::of_code(code).map(Profile::code), Some(profile.code()), "{code}");
        }
    }
}

#[test]
fn languages_of_one_script_can_be_told_apart() {
    let mut by_script: BTreeMap<Script, &str> = BTreeMap::new();
    let mut by_trigrams: BTreeMap<&str, &str> = BTreeMap::new();
    for profile in Profile::all() {
        let code = profile.code();
        match profile.detection() {
            Some(Detection::Script) => {
                let other = by_script.insert(profile.scripts()[0], code);
                assert!(other.is_none(), "{code} and {other:?} have one script");
            }
            Some(Detection::Trigrams(name)) => {
                assert!(whatlang::Lang::from_code(name).is_some(), "{code}: whatlang knows no {name}");
                assert!(by_trigrams.insert(name, code).is_none(), "{name} stands for {code} and another");
            }
            Some(Detection::Letters { own: letters, .. } | Detection::Words { letters, .. }) => {
                let script = profile.scripts()[0];
                let of_script = letters.chars().all(|c| !c.is_ascii() && script_of(c) == Some(script));
                assert!(of_script && !letters.is_empty(), "{code}: letters of its script are counted");
            }
            None => {}
        }
    }
}

/// A word of the tables that could not be found as it stands, or that stands there twice, says nothing.
#[test]
fn words_are_spelt_as_they_are_looked_up_and_stand_once() {
    let folded = |word: &str| word.chars().filter_map(fold_arabic).collect::<String>().to_lowercase();
    let mut wrong = Vec::new();
    for (file, words) in words_files() {
        for (table, entries) in tables(&words) {
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for (key, word) in entries {
                if folded(&word) != word || word.contains(char::is_whitespace) || word.is_empty() {
                    wrong.push(format!(
                        "{file}, {table}: `{}` is looked up as `{}`",
                        word.escape_unicode(),
                        folded(&word)
                    ));
                }
                if let Some(other) = seen.insert(word.clone(), key.clone()) {
                    wrong.push(format!("{file}, {table}: `{word}` is {other} and {key}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_of_the_tables_are_in_their_ranges() {
    let numbers = |table: &Numbered| -> Vec<u64> {
        table.keys().map(|key| key.replace('_', "").parse().unwrap()).collect()
    };
    for (file, words) in words_files() {
        let WordsFile { months, weekdays, numbers: n, years, .. } = &words;
        let of_two = months.of_two_words.iter().map(|months| &months.then);
        let single = [&months.gregorian, &months.gregorian_doubtful, &months.hijri, &months.hijri_doubtful];
        for table in single.into_iter().chain(of_two) {
            assert!(numbers(table).iter().all(|m| (1..=12).contains(m)), "{file}: months are 1 to 12");
        }
        assert!(numbers(weekdays).iter().all(|d| (1..=7).contains(d)), "{file}: weekdays are 1 to 7");
        assert!(numbers(&n.ordinals).iter().all(|n| *n <= 1000), "{file}: ordinals are at most 1000");
        for table in
            [&n.parts, &n.parts_before, &n.decades, &years.one, &years.many, &years.two, &years.doubtful]
        {
            assert!(numbers(table).iter().all(|n| (1..=100).contains(n)), "{file}: {table:?}");
        }
        for table in [&n.scale_plurals, &n.scale_duals, &n.scale_accusatives] {
            assert!(numbers(table).iter().all(|n| *n >= 1000), "{file}: scales are 1000 and more");
        }
        for fraction in n.fractions.keys() {
            let parts: Vec<u8> = fraction.split('/').map(|part| part.parse().unwrap()).collect();
            assert!(matches!(parts[..], [1..=9, 2..=10]), "{file}: {fraction}");
        }
        let words_add_up = !n.ordinals.is_empty() || !n.cardinals.is_empty();
        assert!(n.grammar.is_some() || !words_add_up, "{file}: number words need a grammar");
    }
}

/// The tables of which a word may be in one place only: name, and each entry with its word.
fn tables(words: &WordsFile) -> Vec<(&'static str, Vec<(String, String)>)> {
    let numbered = |kind: &str, table: &Numbered| -> Vec<(String, String)> {
        table
            .iter()
            .flat_map(|(n, words)| words.iter().map(move |w| (format!("{kind} {n}"), w.clone())))
            .collect()
    };
    let m = &words.months;
    let first = m.of_two_words.iter().enumerate();
    let first = first
        .flat_map(|(i, two)| two.first.iter().map(move |word| (format!("first of pair {i}"), word.clone())));
    let months = [
        numbered("month", &m.gregorian),
        numbered("doubtful month", &m.gregorian_doubtful),
        numbered("Hijri month", &m.hijri),
        numbered("doubtful Hijri month", &m.hijri_doubtful),
        first.collect(),
    ];
    let n = &words.numbers;
    let numbers = [
        numbered("cardinal", &n.cardinals),
        numbered("ordinal", &n.ordinals),
        numbered("plural of", &n.scale_plurals),
        numbered("dual of", &n.scale_duals),
        numbered("accusative of", &n.scale_accusatives),
        numbered("rough", &n.rough),
        numbered("fraction", &n.fractions),
        numbered("part", &n.parts),
        numbered("part before", &n.parts_before),
        numbered("decade", &n.decades),
        numbered("quarters", &n.quarters),
        numbered("more quarters", &n.quarters_more),
        n.quarter_less.iter().map(|word| ("a quarter less".to_owned(), word.clone())).collect(),
        n.dozen.iter().map(|word| ("a dozen".to_owned(), word.clone())).collect(),
        n.one_of_more.iter().map(|word| ("one of more".to_owned(), word.clone())).collect(),
    ];
    let units = words.units.iter().map(|(unit, words)| (format!("{unit:?}"), words));
    let duals = words.duals.iter().map(|(unit, words)| (format!("two of {unit:?}"), words));
    let units =
        units.chain(duals).flat_map(|(unit, words)| words.iter().map(move |w| (unit.clone(), w.clone())));
    let years = [&words.years.one, &words.years.many, &words.years.two, &words.years.doubtful];
    let units = units.chain(years.into_iter().flat_map(|table| numbered("years", table)));
    let currencies = words.currencies.iter();
    let currencies =
        currencies.flat_map(|(c, words)| words.iter().map(move |w| (format!("{c:?}"), w.clone())));
    let cues =
        words.cues.iter().flat_map(|(cue, words)| words.iter().map(move |w| (format!("{cue:?}"), w.clone())));
    vec![
        ("months", months.concat()),
        ("weekdays", numbered("weekday", &words.weekdays)),
        ("numbers", numbers.concat()),
        ("units", units.collect()),
        ("currencies", currencies.collect()),
        ("cues", cues.collect()),
    ]
}

/// A language is a file and a line: `example.toml`, which tests register, is read, cut, stemmed and named without a
/// word about it anywhere else.
#[test]
fn a_made_up_language_needs_its_profile_and_nothing_else() {
    let language: Lang = "qaa-AQ".parse().unwrap();
    let profile = Profile::of(&language).unwrap();
    assert_eq!((profile.name(), profile.native_name()), ("Examplish", "Exampliska"));
    assert_eq!(Profile::named("Examplian").map(Profile::code), Some("qaa"));
    assert_eq!(Script::of_language(&language), [Script::Latin]);
    assert_eq!(crate::normalize::stem("exampliskado", &language), "exampl");

    let read = |text: &str| {
        let found = crate::anchor::anchors(text, &language);
        found.iter().map(|a| format!("{}:{}", a.kind.name(), a.display())).collect::<Vec<_>>().join(" | ")
    };
    insta::assert_snapshot!(read("Mondag, 22. sevenmond 2024"), @"weekday:Monday | date:2024-07-22");
    insta::assert_snapshot!(read("ino 5 blossom 2019 ando 3ty springmond secondo"), @"date:2019-05-05 | ordinal:3 | date:Rabi II");
    insta::assert_snapshot!(read("dudeks trio kilometros ando duo milos dollaros"), @"quantity:23 km | money:2000 dollars");
    insta::assert_snapshot!(read("halvo miliono, 1,250 procento, dudago ando dekjar"), @"number:500000 | percent:1.25 % | quantity:2 days | quantity:10 years");

    insta::assert_snapshot!(read("sesquo dago, halvplus trio kilometros, kvarminus duo milo"), @"quantity:1.5 days | quantity:3.5 km | number:1750");

    let text = "Hrro. Mendo wento. Heo sato.";
    let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
    for tag in ["qaa", "qac"] {
        let document = Document::of_blocks(text.to_owned(), vec![block]);
        let cut = crate::segment::segment(
            document,
            &tag.parse().unwrap(),
            &crate::segment::SegmentOptions::default(),
        );
        assert_eq!(cut.texts().collect::<Vec<_>>(), ["Hrro. Mendo wento.", "Heo sato."], "{tag}");
    }
}
