//! Texts in = texts out: whatever a bilingual file holds, each unit's texts are read as its pair, or what is missing
//! is counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use muqabala::formats::LeftOut;
use muqabala::read::{BilingualOptions, Input, ReadBilingual, ReadOptions, read_bilingual};
use proptest::prelude::*;

/// A unit's texts; either may be empty.
type Texts = (String, String);

/// Texts without white space at their ends, of letters that no format has a meaning for besides those that it escapes.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zبتث][a-zبتث <>&;,|\"'\\\\]{0,12}[a-zبتث]",
        1 => Just(String::new()),
    ]
}

fn units() -> impl Strategy<Value = Vec<(Texts, u8)>> {
    proptest::collection::vec(((text(), text()), 0_u8..4), 1..8)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// `text` as a segment may hold it: as it is, as CDATA, inside an element, with a comment and codes.
fn segment(text: &str, how: u8) -> String {
    match how {
        0 => escaped(text),
        1 => format!("<![CDATA[{text}]]>"),
        2 => format!("<g id=\"1\">{}</g><x id=\"2\"/>", escaped(text)),
        _ => format!("<ph id=\"1\">&lt;b&gt;</ph><k:new xmlns:k=\"k\">{}</k:new><!-- no -->", escaped(text)),
    }
}

fn tmx(units: &[(Texts, u8)]) -> String {
    let mut body = String::new();
    for ((source, target), how) in units {
        let variant = |code: &str, text: &str| {
            if text.is_empty() {
                return String::new();
            }
            format!("<tuv xml:lang=\"{code}\"><seg>{}</seg></tuv>", segment(text, *how))
        };
        let variants = format!("{}{}", variant("en", source), variant("ar", target));
        let _ = match how {
            3 => write!(body, "<group><tu>{variants}</tu></group>"),
            _ => write!(body, "<tu>{variants}</tu>"),
        };
    }
    format!("<tmx version=\"1.4\"><header srclang=\"en\"/><body>{body}</body></tmx>")
}

fn xliff(units: &[(Texts, u8)]) -> String {
    let mut body = String::new();
    for (id, ((source, target), how)) in units.iter().enumerate() {
        let one = |name: &str, text: &str| {
            if *how == 1 && !text.is_empty() {
                return format!("<{name}><mrk mtype=\"seg\" mid=\"1\">{}</mrk></{name}>", escaped(text));
            }
            format!("<{name}>{}</{name}>", segment(text, *how))
        };
        let target = if target.is_empty() { String::new() } else { one("target", target) };
        let source = one("source", source);
        let _ = write!(body, "<trans-unit id=\"{id}\">{source}{target}</trans-unit>");
    }
    format!(
        "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"ar\">{body}</file></xliff>"
    )
}

fn xliff2(units: &[(Texts, u8)]) -> String {
    let mut body = String::new();
    for (id, ((source, target), how)) in units.iter().enumerate() {
        let content = |text: &str| match how {
            0 => escaped(text),
            1 => format!("<![CDATA[{text}]]>"),
            2 => format!("<pc id=\"1\">{}</pc><ph id=\"2\"/>", escaped(text)),
            _ => format!(
                "<sc id=\"1\"/><mrk id=\"m\" type=\"term\">{}</mrk><ec startRef=\"1\"/><!-- no -->",
                escaped(text)
            ),
        };
        let one = |name: &str, text: &str| format!("<{name}>{}</{name}>", content(text));
        let target = if target.is_empty() { String::new() } else { one("target", target) };
        let unit = format!("<unit id=\"{id}\"><segment>{}{target}</segment></unit>", one("source", source));
        body += &if *how == 3 { format!("<group id=\"g{id}\">{unit}</group>") } else { unit };
    }
    format!("<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"ar\"><file id=\"f\">{body}</file></xliff>")
}

fn tsv(units: &[(Texts, u8)]) -> String {
    let rows: String = units.iter().map(|((source, target), _)| format!("{source}\t{target}\n")).collect();
    format!("en\tar\n{rows}")
}

fn po(units: &[(Texts, u8)]) -> String {
    let mut file = "msgid \"\"\nmsgstr \"Language: ar\\n\"\n".to_owned();
    for (number, ((source, target), how)) in units.iter().enumerate() {
        let string = |text: &str| {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            match (how, text.char_indices().nth(1)) {
                (1, Some((at, _))) if !text[..at].ends_with('\\') => {
                    format!("\n\"{}\"\n\"{}\"", &text[..at], &text[at..])
                }
                _ => format!(" \"{text}\""),
            }
        };
        let _ = writeln!(file, "msgctxt \"{number}\"\nmsgid{}\nmsgstr{}\n", string(source), string(target));
    }
    file
}

fn csv(units: &[(Texts, u8)]) -> String {
    let mut file = "key,en,ar\n".to_owned();
    for ((source, target), _) in units {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let _ = writeln!(file, "k,{},{}", quoted(source), quoted(target));
    }
    file
}

fn wordfast(units: &[(Texts, u8)]) -> String {
    let mut file = "%20240101~1\t%A\t%TU=1\t%EN-US\t%Wordfast TM v.5\t%AR-01\t%-\n".to_owned();
    for ((source, target), _) in units {
        let coded = |text: &str| text.replace('&', "&'26;");
        let _ = writeln!(file, "20240101~1\tA\t0\tEN-US\t{}\tAR-01\t{}", coded(source), coded(target));
    }
    file
}

/// Each pair of texts that are not empty, and how often it is there.
fn pairs<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for (source, target) in texts {
        *counts.entry((source.to_owned(), target.to_owned())).or_default() += 1;
    }
    counts
}

fn read(name: &str, content: &str) -> Option<ReadBilingual> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read_bilingual(&Input::File(path), &ReadOptions::default(), &BilingualOptions::default()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_unit_is_read_or_counted(units in units()) {
        let both = |texts: &Texts| !texts.0.is_empty() && !texts.1.is_empty();
        let one = |texts: &Texts| !both(texts) && *texts != Texts::default();
        let copied = |texts: &Texts| both(texts) && texts.0 == texts.1;
        let expected = || units.iter().map(|(texts, _)| texts).filter(|texts| both(texts) && !copied(texts));
        let one_sided = units.iter().filter(|(texts, _)| one(texts)).count();
        let copies = units.iter().filter(|(texts, _)| copied(texts)).count();
        for (name, content) in [
            ("u.tmx", tmx(&units)),
            ("u.xlf", xliff(&units)),
            ("v.xlf", xliff2(&units)),
            ("u.tsv", tsv(&units)),
            ("u.po", po(&units)),
            ("u.csv", csv(&units)),
            ("u.txt", wordfast(&units)),
        ] {
            let Some(read) = read(name, &content) else {
                prop_assert_eq!(expected().count(), 0, "{}: {}", name, content);
                continue;
            };
            let texts = read.documents.as_ref().map(|d| d.blocks().iter().map(|b| d.slice(b.span)).collect::<Vec<_>>());
            let found = pairs(texts.source.iter().copied().zip(texts.target.iter().copied()));
            prop_assert_eq!(found, pairs(expected().map(|(s, t)| (s.as_str(), t.as_str()))), "{}: {}", name, content);
            prop_assert_eq!(read.told.count(&LeftOut::OneSided), one_sided, "{}: {}", name, content);
            prop_assert_eq!(read.told.count(&LeftOut::Copied), copies, "{}: {}", name, content);
        }
    }
}
