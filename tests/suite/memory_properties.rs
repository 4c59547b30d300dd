//! Laws of checking and mending memories: what passes through is the same to the last byte, and no bytes make it panic.

use std::io::Cursor;

use muqabala::memory::{
    CheckOptions, CleanOptions, DiffReport, Difference, Finding, FixOptions, Repeated, Splitter, Stats,
    check, clean, diff, extract, fix, merge, reverse,
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

/// How a memory names its elements: plainly, or under a prefix for TMX.
#[derive(Debug, Clone, Copy)]
enum Names {
    Plain,
    Root,
    Units,
    All,
    Undeclared,
    Default,
}

fn names() -> impl Strategy<Value = Names> {
    proptest::sample::select(vec![
        Names::Plain,
        Names::Root,
        Names::Units,
        Names::All,
        Names::Undeclared,
        Names::Default,
    ])
}

const DECLARED: &str = " xmlns:t=\"http://www.lisa.org/tmx14\"";

/// `memory`, which names its elements plainly, with `names`.
fn named(memory: &str, names: Names) -> String {
    let plain = "<tmx version";
    let root = |text: &str, tag: &str| text.replacen(plain, tag, 1);
    let prefixed = |text: &str| {
        let parts = text.split('<').enumerate().map(|(at, part)| match part.chars().next() {
            _ if at == 0 => part.to_owned(),
            Some('/') => format!("</t:{}", &part[1..]),
            Some('a'..='z') => format!("<t:{part}"),
            _ => format!("<{part}"),
        });
        parts.collect::<String>()
    };
    match names {
        Names::Plain => memory.to_owned(),
        Names::Default => root(memory, "<tmx xmlns=\"http://www.lisa.org/tmx14\" version"),
        Names::Root => root(memory, &format!("<t:tmx{DECLARED} version")).replace("</tmx>", "</t:tmx>"),
        Names::Units => match memory.split_once("<tu") {
            Some((head, units)) => {
                let units = prefixed(&format!("<tu{units}"));
                let units = units.replace("</t:body>", "</body>").replace("</t:tmx>", "</tmx>");
                root(head, &format!("<tmx{DECLARED} version")) + &units
            }
            None => memory.to_owned(),
        },
        Names::All => prefixed(&root(memory, &format!("<tmx{DECLARED} version"))),
        Names::Undeclared => prefixed(memory),
    }
}

fn stats(memory: &[u8]) -> Stats {
    muqabala::memory::stats(memory, |_| {}).unwrap()
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
        |_, _| {},
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
        let total: u64 = parts.iter().map(|p| stats(p).units).sum();
        prop_assert_eq!(total, stats(memory.as_bytes()).units);
        let parts: Vec<&[u8]> = parts.iter().map(|p| &**p).collect();
        prop_assert_eq!(String::from_utf8(merged(&parts, Repeated::All)).unwrap(), memory);
    }

    #[test]
    fn merging_again_adds_nothing(memory in memory()) {
        let once = merged(&[memory.as_bytes()], Repeated::ONCE);
        prop_assert_eq!(&merged(&[&once], Repeated::ONCE), &once);
        prop_assert_eq!(&merged(&[&once, &once], Repeated::ONCE), &once);
        prop_assert_eq!(&merged(&[memory.as_bytes(), memory.as_bytes()], Repeated::ONCE), &once);
        prop_assert_eq!(stats(&once).repeated, 0);
    }

    #[test]
    fn a_file_does_not_differ_from_itself_and_differences_add_up(a in memory(), b in memory()) {
        let (report, found) = difference(a.as_bytes(), a.as_bytes());
        prop_assert!(report.is_same() && found.is_empty());
        let (report, found) = difference(a.as_bytes(), b.as_bytes());
        prop_assert_eq!(report.first + report.second + report.changed, found.len() as u64);
        prop_assert_eq!(report.same + report.first + report.changed, stats(a.as_bytes()).units);
        prop_assert_eq!(report.same + report.second + report.changed, stats(b.as_bytes()).units);
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
    fn prefixes_for_tmx_go_and_all_else_stays(memory in memory(), other in memory(), names in names()) {
        let prefixed = named(&memory, names);
        let without = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replacen(DECLARED, "", 1)
                .replacen(" xmlns=\"http://www.lisa.org/tmx14\"", "", 1)
        };
        for ((name, plain), (_, found)) in written(memory.as_bytes()).into_iter().zip(written(prefixed.as_bytes())) {
            prop_assert_eq!(without(&found.bytes), without(&plain.bytes), "{}", name);
            prop_assert_eq!((found.units, found.left_out), (plain.units, 0), "{}", name);
            well_formed(&found.bytes).map_err(TestCaseError::fail)?;
        }
        for (one, two) in [(&prefixed, &other), (&other, &prefixed)] {
            let both = merged(&[one.as_bytes(), two.as_bytes()], Repeated::All);
            well_formed(&both).map_err(TestCaseError::fail)?;
            prop_assert_eq!(stats(&both).units, stats(one.as_bytes()).units + stats(two.as_bytes()).units);
        }
        for part in split(prefixed.as_bytes(), 1) {
            well_formed(&part).map_err(TestCaseError::fail)?;
        }
        let (codes, plain) = (codes(&prefixed), codes(&memory));
        let more: Vec<_> = codes.difference(&plain).filter(|code| **code != "namespace").collect();
        prop_assert!(more.is_empty(), "{more:?}");
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
            let units = stats(&mended);
            prop_assert_eq!(units.unreadable, 0);
            if let Err(error) = well_formed(&mended) {
                prop_assert!(false, "{error} in\n{}", String::from_utf8_lossy(&mended));
            }
        }
    }

    #[test]
    fn whatever_the_damage_what_is_written_is_xml_and_no_unit_goes_without_a_word(
        memory in memory(),
        moved in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>()), 0..3),
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), what_hurts()), 0..6),
        names in names(),
    ) {
        let broken = damaged(&named(&marked(&memory), names), &moved, &damage);
        let marks: Vec<String> =
            (0..40).map(|i| format!("u{i}u")).filter(|mark| broken.contains(mark)).collect();
        for (name, written) in written(broken.as_bytes()) {
            if let Err(error) = well_formed(&written.bytes) {
                prop_assert!(false, "{name}: {error} in\n{}\nof\n{broken}", String::from_utf8_lossy(&written.bytes));
            }
            let text = String::from_utf8_lossy(&written.bytes);
            let lost: Vec<_> = marks.iter().filter(|mark| !text.contains(*mark)).collect();
            prop_assert!(lost.is_empty() || written.left_out > 0, "{name} lost {lost:?} of\n{broken}\nin\n{text}");
            prop_assert!(written.left_out <= written.told, "{name} told too little of\n{broken}");
            let all = muqabala::memory::stats(broken.as_bytes(), |_| {}).unwrap();
            prop_assert_eq!(written.units + written.units_left_out, all.units, "{} of\n{}", name, broken);
            prop_assert_eq!(stats(&written.bytes).units, written.units, "{} of\n{}", name, broken);
        }
    }
}

/// What a command wrote, how many units, how much it left out in all, units among it, and how many findings it told.
struct Written {
    bytes: Vec<u8>,
    units: u64,
    units_left_out: u64,
    left_out: u64,
    told: u64,
}

/// What each command that writes makes of a memory; nothing for those that refuse it.
fn written(memory: &[u8]) -> Vec<(&'static str, Written)> {
    let mut all = Vec::new();
    let mut put = |name, bytes, units, units_left_out, strays, told| {
        all.push((name, Written { bytes, units, units_left_out, left_out: units_left_out + strays, told }));
    };
    let (mut out, mut told) = (Vec::new(), 0);
    if let Ok(r) = fix(memory, &mut out, &FixOptions::default(), |_| told += 1) {
        put("fix", out, r.units, r.left_out, r.strays, told);
    }
    let (mut out, mut told) = (Vec::new(), 0);
    let mut options = CleanOptions::default();
    options.drop.clear();
    if let Ok(r) = clean(memory, &mut out, &options, |_| told += 1) {
        put("clean", out, r.units, r.unreadable, r.strays, told);
    }
    let (mut out, mut told) = (Vec::new(), 0);
    if let Ok(r) = merge([memory], &mut out, Repeated::All, |_, _| told += 1) {
        put("merge", out, r.units, r.unreadable, r.strays, told);
    }
    let (mut out, mut told) = (Vec::new(), 0);
    if let Ok(r) = reverse(memory, &mut out, None, |_: &Finding| told += 1) {
        put("reverse", out, r.units, r.unreadable, r.strays, told);
    }
    let (mut out, mut told) = (Vec::new(), 0);
    if let Ok(r) = extract(memory, &mut out, ("ar", "en"), |_| told += 1) {
        // Units without one of the two are left out on request.
        put("extract", out, r.units, r.unreadable + r.without, r.strays + r.repeated, told + r.without);
    }
    if let Ok(mut splitter) = Splitter::new(memory) {
        let mut out = Vec::new();
        let units = splitter.part(u64::MAX, &mut out).unwrap();
        let (unreadable, strays) = splitter.left_out();
        put("split", out, units, unreadable, strays, splitter.take_told().len() as u64);
    }
    all
}

/// The codes of what is found in a memory.
fn codes(memory: &str) -> std::collections::BTreeSet<&'static str> {
    let mut codes = std::collections::BTreeSet::new();
    let mut told = |finding: &Finding| {
        codes.insert(finding.kind.code());
        Ok(())
    };
    check(memory.as_bytes(), &CheckOptions::default(), &mut told).unwrap();
    codes
}

/// The memory with a mark of its own in the text of each variant.
fn marked(memory: &str) -> String {
    let mut parts = memory.split("<seg>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.enumerate().fold(first, |out, (index, part)| format!("{out}<seg>u{index}u{part}"))
}

/// What hurts a file when it is put somewhere.
fn what_hurts() -> impl Strategy<Value = String> {
    let whole = [
        "</body>",
        "<body>",
        "</tmx>",
        "<group>",
        "</group>",
        "</tu>",
        "<tu>",
        "</tuv>",
        "<tuv xml:lang=\"ar\">",
        "<!--",
        "-->",
        "--",
        "<![CDATA[",
        "]]>",
        "<?x y?>",
        "<?xml version=\"1.0\"?>",
        "&x;",
        "&",
        "<",
        "&#1;",
        "&#xD83D;",
        "&#xD83D;&#xDE00;",
        "\u{b}",
        "\u{0}",
        "<n:m>",
        "</n:m>",
        " n:m=\"1\"",
        "lost words",
        "<note>n</note>",
        "<!DOCTYPE tmx [<!ENTITY x \"y\">]>",
        "\"",
        "<tmx version=\"1.4\"><header/><body>",
        "\u{fffe}",
        "<seg>",
        "</seg>",
        "<t:tu>",
        "</t:body>",
    ];
    prop_oneof![
        proptest::sample::select(whole.map(str::to_owned).to_vec()),
        "[<>/&;\"' a!\\[\\]?\u{b}-]{0,3}"
    ]
}

type Place = proptest::sample::Index;

/// The memory with lines that changed places, and with what hurts in some.
fn damaged(memory: &str, moved: &[(Place, Place)], damage: &[(Place, String)]) -> String {
    let mut lines: Vec<String> = memory
        .replace("<tu", "\n<tu")
        .replace("<t:tu", "\n<t:tu")
        .split_inclusive('\n')
        .map(str::to_owned)
        .collect();
    for (one, other) in moved {
        let (one, other) = (one.index(lines.len()), other.index(lines.len()));
        lines.swap(one, other);
    }
    let mut text = lines.concat();
    for (place, what) in damage {
        let at = text.floor_char_boundary(place.index(text.len() + 1));
        text.insert_str(at, what);
    }
    text
}

/// Whether `file` is well-formed XML, as another reader sees it: names, comments, characters, references, one element
/// around all.
fn well_formed(file: &[u8]) -> Result<(), String> {
    use quick_xml::events::Event;
    let text = std::str::from_utf8(file).map_err(|e| e.to_string())?;
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(c) = text.chars().find(|c| !is_xml(*c)) {
        return Err(format!("the character {c:?}"));
    }
    let mut reader = quick_xml::NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let (mut depth, mut roots, mut first) = (0_usize, 0_usize, true);
    let attributes = |start: &quick_xml::events::BytesStart<'_>| -> Result<(), String> {
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| e.to_string())?;
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| e.to_string())?;
            if attribute.value.contains('<') || !value.chars().all(is_xml) {
                return Err(format!("the attribute {value:?}"));
            }
        }
        Ok(())
    };
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
        if let quick_xml::name::ResolveResult::Unknown(prefix) = namespace {
            return Err(format!("the prefix {prefix:?}"));
        }
        match event {
            Event::Start(start) => {
                attributes(&start)?;
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Event::Empty(start) => {
                attributes(&start)?;
                roots += usize::from(depth == 0);
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => {
                return Err("text outside".to_owned());
            }
            Event::Text(text) if text.contains("]]>") => return Err("]]> in a text".to_owned()),
            Event::CData(_) if depth == 0 => return Err("CDATA outside".to_owned()),
            Event::GeneralRef(reference) => {
                let named = matches!(&*reference, "amp" | "lt" | "gt" | "quot" | "apos");
                let fine =
                    depth > 0 && (named || matches!(reference.resolve_char_ref(), Ok(Some(c)) if is_xml(c)));
                if !fine {
                    return Err(format!("the reference {:?}", &*reference));
                }
            }
            Event::Decl(_) if !first => return Err("a second declaration".to_owned()),
            Event::PI(pi) if pi.target().eq_ignore_ascii_case("xml") => {
                return Err("a PI called xml".to_owned());
            }
            Event::DocType(_) if roots > 0 => return Err("a late DOCTYPE".to_owned()),
            Event::Eof => break,
            _ => {}
        }
        first = false;
    }
    if roots == 1 && depth == 0 { Ok(()) } else { Err(format!("{roots} outermost elements")) }
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
    let _ = merge([bytes, bytes], &mut Vec::new(), Repeated::ONCE, |_, _| {});
    let _ = reverse(bytes, &mut Vec::new(), None, |_| {});
    let _ = extract(bytes, &mut Vec::new(), ("ar", "en"), |_| {});
    let _ = muqabala::memory::stats(bytes, |_| {});
    let _ = diff(|| Ok(bytes), || Ok(bytes), |_| Ok(()), |_, _| {});
}
