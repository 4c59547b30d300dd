//! Laws of checking and mending memories: what passes through is the same to the last byte, and no bytes make it panic.

use std::io::Cursor;

use muqabala::memory::{
    CheckOptions, CleanOptions, DiffReport, Difference, FixOptions, Repeated, Splitter, check, clean, diff,
    fix, merge, reverse, stats,
};
use proptest::prelude::*;

/// A unit's text: inline codes, references, marks of direction, letters of both scripts.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-z ]{1,8}",
        Just("العراق ".to_owned()),
        Just("&amp;".to_owned()),
        Just("<ph x=\"1\">{1}</ph>".to_owned()),
        Just("<![CDATA[<]]>".to_owned()),
        Just("\u{200f}".to_owned()),
        Just("<!-- c -->".to_owned()),
    ];
    proptest::collection::vec(part, 1..5).prop_map(|parts| format!("x{}", parts.concat()))
}

fn unit() -> impl Strategy<Value = String> {
    let meta = prop_oneof![
        Just(""),
        Just("<note>n &lt; m</note>\n"),
        Just("<prop type=\"x-a\">b</prop><prop type=\"x-b\"/>"),
    ];
    let between = prop_oneof![Just(""), Just("\n"), Just("\n  <!-- between -->\n")];
    (text(), text(), meta, between, any::<bool>()).prop_map(|(ar, en, meta, between, dated)| {
        let date = if dated { " creationdate=\"20240723T120000Z\"" } else { "" };
        format!("{between}<tu{date}>{meta}<tuv xml:lang=\"ar\"><seg>{ar}</seg></tuv> <tuv xml:lang='en'><seg>{en}</seg></tuv></tu>")
    })
}

fn memory() -> impl Strategy<Value = String> {
    (proptest::collection::vec(unit(), 1..12), prop_oneof![Just("\n"), Just("\r\n"), Just("")]).prop_map(
        |(units, end)| {
            format!(
                "<?xml version=\"1.0\"?>{end}<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" \
                 segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/>{end}<body>{}{end}</body></tmx>{end}",
                units.concat()
            )
        },
    )
}

fn merged(inputs: &[&[u8]], repeated: Repeated) -> Vec<u8> {
    let mut out = Vec::new();
    merge(inputs.iter().copied(), &mut out, repeated, |_, _| {}).unwrap();
    out
}

fn difference(a: &[u8], b: &[u8]) -> (DiffReport, Vec<Difference>) {
    let mut found = Vec::new();
    let report = diff(
        || Ok(Cursor::new(a)),
        || Ok(Cursor::new(b)),
        |d| {
            found.push(d.clone());
            Ok(())
        },
    )
    .unwrap();
    (report, found)
}

fn split(memory: &[u8], units: u64) -> Vec<Vec<u8>> {
    let mut splitter = Splitter::new(memory).unwrap();
    let mut parts = Vec::new();
    loop {
        let mut part = Vec::new();
        splitter.part(units, &mut part).unwrap();
        parts.push(part);
        if !splitter.has_more() {
            return parts;
        }
    }
}

proptest! {
    #[test]
    fn reversing_twice_gives_the_file_back(memory in memory()) {
        let (mut once, mut twice) = (Vec::new(), Vec::new());
        let report = reverse(memory.as_bytes(), &mut once, None, |_| {}).unwrap();
        prop_assert_eq!((&*report.from, &*report.to, report.without), ("ar", "en", 0));
        prop_assert_ne!(&*once, memory.as_bytes());
        reverse(&*once, &mut twice, None, |_| {}).unwrap();
        prop_assert_eq!(String::from_utf8(twice).unwrap(), memory);
    }

    #[test]
    fn what_is_split_is_merged_again(memory in memory(), units in 1_u64..6) {
        let parts = split(memory.as_bytes(), units);
        let total: u64 = parts.iter().map(|p| stats(&**p).unwrap().units).sum();
        prop_assert_eq!(total, stats(memory.as_bytes()).unwrap().units);
        let parts: Vec<&[u8]> = parts.iter().map(|p| &**p).collect();
        prop_assert_eq!(String::from_utf8(merged(&parts, Repeated::All)).unwrap(), memory);
    }

    #[test]
    fn merging_again_adds_nothing(memory in memory()) {
        let once = merged(&[memory.as_bytes()], Repeated::Once);
        prop_assert_eq!(&merged(&[&once], Repeated::Once), &once);
        prop_assert_eq!(&merged(&[&once, &once], Repeated::Once), &once);
        prop_assert_eq!(&merged(&[memory.as_bytes(), memory.as_bytes()], Repeated::Once), &once);
        prop_assert_eq!(stats(&*once).unwrap().repeated, 0);
    }

    #[test]
    fn a_file_does_not_differ_from_itself_and_differences_add_up(a in memory(), b in memory()) {
        let (report, found) = difference(a.as_bytes(), a.as_bytes());
        prop_assert!(report.is_same() && found.is_empty());
        let (report, found) = difference(a.as_bytes(), b.as_bytes());
        prop_assert_eq!(report.first + report.second + report.changed, found.len() as u64);
        prop_assert_eq!(report.same + report.first + report.changed, stats(a.as_bytes()).unwrap().units);
        prop_assert_eq!(report.same + report.second + report.changed, stats(b.as_bytes()).unwrap().units);
        let (back, _) = difference(b.as_bytes(), a.as_bytes());
        prop_assert_eq!((back.first, back.second, back.changed), (report.second, report.first, report.changed));
    }

    #[test]
    fn sound_files_pass_through_unchanged(memory in memory()) {
        let (mut fixed, mut cleaned) = (Vec::new(), Vec::new());
        let report = fix(memory.as_bytes(), &mut fixed, &FixOptions::default(), |_| {}).unwrap();
        prop_assert_eq!(report.mended, vec![]);
        prop_assert_eq!(String::from_utf8(fixed).unwrap(), memory.clone());
        let mut options = CleanOptions::default();
        options.drop.clear();
        clean(memory.as_bytes(), &mut cleaned, &options, |_| {}).unwrap();
        prop_assert_eq!(String::from_utf8(cleaned).unwrap(), memory);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        run_all(&bytes);
    }

    #[test]
    fn no_damage_panics_and_what_is_mended_is_xml(memory in memory(), damage in proptest::collection::vec((any::<proptest::sample::Index>(), "[<>/&;\"' a!\\[\\]\u{b}-]{0,3}"), 1..6)) {
        let mut broken = memory;
        for (place, what) in damage {
            let at = place.index(broken.len() + 1);
            let start = broken.floor_char_boundary(at);
            let end = broken.ceil_char_boundary((start + 2).min(broken.len()));
            broken.replace_range(start..end, &what);
        }
        run_all(broken.as_bytes());
        let mut mended = Vec::new();
        if fix(broken.as_bytes(), &mut mended, &FixOptions::default(), |_| {}).is_ok() {
            let mut again = Vec::new();
            fix(&*mended, &mut again, &FixOptions::default(), |_| {}).unwrap();
            prop_assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(mended.clone()).unwrap());
            let units = stats(&*mended).unwrap();
            prop_assert_eq!(units.unreadable, 0);
            // Another reader of XML agrees that it is sound.
            let mut reader = quick_xml::Reader::from_reader(&*mended);
            loop {
                match reader.read_event_into(&mut Vec::new()) {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => prop_assert!(false, "{error} in\n{}", String::from_utf8_lossy(&mended)),
                }
            }
        }
    }
}

#[test]
fn a_source_language_of_a_control_character_is_mended_at_once() {
    let memory = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" \
                  segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"\u{b}\" datatype=\"plaintext\"/>\n<body><tu>\
                  <tuv xml:lang=\"ar\"><seg>x</seg></tuv><tuv xml:lang=\"en\"><seg>y</seg></tuv></tu></body></tmx>\n";
    let mut mended = Vec::new();
    fix(memory.as_bytes(), &mut mended, &FixOptions::default(), |_| {}).unwrap();
    let mended = String::from_utf8(mended).unwrap();
    assert!(mended.contains("srclang=\"ar\""), "{mended}");
}

#[test]
fn a_tag_begun_after_the_end_is_left_out() {
    for rest in ["</", "<", "<!-- ", "<tu"] {
        let memory = format!(
            "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" \
             segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/>\n<body><tu>\
             <tuv xml:lang=\"ar\"><seg>x</seg></tuv><tuv xml:lang=\"en\"><seg>y</seg></tuv></tu></body></tmx>{rest}"
        );
        let (mut mended, mut told) = (Vec::new(), Vec::new());
        fix(memory.as_bytes(), &mut mended, &FixOptions::default(), |f| told.push(f.to_string())).unwrap();
        assert!(mended.ends_with(b"</body>\n</tmx>\n"), "{}", String::from_utf8_lossy(&mended));
        assert!(told.concat().contains("something stands after </tmx>"), "{told:?}");
    }
}

fn run_all(bytes: &[u8]) {
    let mut findings = 0;
    let summary = check(bytes, &CheckOptions::default(), |_| {
        findings += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(summary.counts.iter().map(|(_, n)| n).sum::<u64>(), findings);
    let _ = fix(bytes, &mut Vec::new(), &FixOptions::default(), |_| {});
    let _ = clean(bytes, &mut Vec::new(), &CleanOptions::default(), |_| {});
    let _ = merge([bytes, bytes], &mut Vec::new(), Repeated::Once, |_, _| {});
    let _ = reverse(bytes, &mut Vec::new(), None, |_| {});
    let _ = stats(bytes);
    let _ = diff(|| Ok(bytes), || Ok(bytes), |_| Ok(()));
}
