//! Tests of the reader: what it keeps, passes over and refuses.

use super::*;
use crate::tmx::Timestamp;
use crate::tmx::{TmxWriter, awkward};
use proptest::prelude::*;

fn units(file: &[u8], inline: Inline) -> Result<Vec<Unit<'static>>, TmxError> {
    TmxReader::new(file, inline)?.collect()
}

fn tmx(body: &str) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM \"http://example.invalid/tmx14.dtd\" [<!ENTITY x \"y\">]>\n\
         <tmx version=\"1.4\"><header srclang=\"ar\" segtype=\"sentence\"><prop type=\"x-a\">b</prop></header>\n\
         <body>{body}</body></tmx>"
    )
    .into_bytes()
}

#[test]
fn inline_codes_are_left_out_or_kept() {
    let file = tmx(
        "<tu tuid=\"7\"><note>n</note><tuv lang=\"ar\"><prop type=\"x-p\">q</prop><seg>a <bpt i=\"1\">&lt;b&gt;<sub>s</sub></bpt><hi type=\"x\">c &amp; d</hi><ept i=\"1\"/>\u{200f}</seg></tuv><other><x/></other></tu>",
    );
    let unit = &units(&file, Inline::Keep).unwrap()[0];
    assert_eq!(unit.id.as_deref(), Some("7"));
    let variant = &unit.variants[0];
    assert_eq!((&*variant.lang, &*variant.text), ("ar", "a c & d\u{200f} s"));
    insta::assert_snapshot!(variant.markup.as_deref().unwrap().escape_debug(), @r#"a <bpt i=\"1\">&lt;b&gt;<sub>s</sub></bpt><hi type=\"x\">c &amp; d</hi><ept i=\"1\"/>\u{200f}"#);
    assert_eq!(units(&file, Inline::Flatten).unwrap()[0].variants[0].markup, None);
}

#[test]
fn declared_entities_and_halves_of_characters_have_their_meaning() {
    let file =
        tmx("<tu tuid='&x;&#xD83D;&#xDCD6;'><tuv lang='a'><seg>&x;&amp;&#55357;&#56534;</seg></tuv></tu>");
    let unit = &units(&file, Inline::Flatten).unwrap()[0];
    assert_eq!((unit.id.as_deref(), &*unit.variants[0].text), (Some("y\u{1f4d6}"), "y&\u{1f4d6}"));
}

#[test]
fn the_header_is_read_and_empty_memories_are_fine() {
    let file = tmx("");
    let reader = TmxReader::new(&*file, Inline::Flatten).unwrap();
    assert_eq!((reader.version(), &*reader.header().source_lang), ("1.4", "ar"));
    assert_eq!(reader.header().props, [Prop::new("x-a", "b")]);
    assert_eq!(reader.count(), 0);
    let empty = b"<tmx version='1.1'><header/><body/></tmx>";
    assert_eq!(units(empty, Inline::Flatten).unwrap().len(), 0);
}

#[test]
fn what_is_not_known_is_passed_over_but_for_the_units_in_it() {
    let known = "<tu creationdate=\"20240723T120000Z\" changedate=\"2024-07-24\"><tuv xml:lang=\"ar\"><seg>a</seg></tuv></tu>";
    let file = format!(
        "<tmx version=\"1.4\"><x><body><tu/></body></x><header><ude><prop type=\"no\">no</prop></ude><note>yes</note></header>\n\
         <body><y><tu><tuv lang=\"y\"/></tu></y>{known}<z/>\
         <tu><u><tuv lang=\"no\"/></u><tuv lang=\"en\"><v><seg>no</seg></v><seg>b</seg></tuv></tu><tu/></body></tmx>\n"
    );
    let reader = TmxReader::new(file.as_bytes(), Inline::Flatten).unwrap();
    assert_eq!((reader.header().notes.as_slice(), reader.header().props.len()), (&["yes".to_owned()][..], 0));
    let units: Vec<_> = reader.collect::<Result<_, _>>().unwrap();
    let texts: Vec<Vec<&str>> = units.iter().map(|u| u.variants.iter().map(|v| &*v.text).collect()).collect();
    assert_eq!(texts, [vec![""], vec!["a"], vec!["b"], vec![]]);
    assert_eq!(units[1].creation_date, "20240723T120000Z".parse().ok());
    assert_eq!(units[1].change_date, "2024-07-24".parse().ok());
}

#[test]
fn units_of_groups_and_of_a_second_document_are_read() {
    let unit = |text: &str| format!("<tu><tuv lang='ar'><seg>{text}</seg></tuv></tu>");
    let head = "<tmx version=\"1.4\"><header srclang=\"ar\"><note>n</note></header>";
    let file = format!(
        "{head}<body><group>{}</group>{}</body>{}</tmx>\n{head}<body>{}</body></tmx>",
        unit("ا"),
        unit("ب"),
        unit("ت"),
        unit("ث")
    );
    let read = units(file.as_bytes(), Inline::Flatten).unwrap();
    let texts: Vec<&str> = read.iter().map(|u| &*u.variants[0].text).collect();
    assert_eq!(texts, ["ا", "ب", "ت", "ث"]);
}

#[test]
fn text_inside_elements_that_are_no_codes_stays() {
    let file = tmx(
        "<tu><tuv lang='en'><seg>Turn the <g id=\"1\">blue</g> knob.<x id=\"2\"/>Stop<ph type=\"lb\"/>here</seg></tuv></tu>",
    );
    let text = |inline| units(&file, inline).unwrap()[0].variants[0].text.clone();
    assert_eq!(text(Inline::Flatten), "Turn the blue knob.Stop here");
    assert_eq!(text(Inline::Keep), "Turn the blue knob.Stop here");
}

#[test]
fn a_segment_without_text_ends_where_it_begins() {
    for empty in ["<seg/>", "<seg></seg>", "<seg><ph/></seg>"] {
        let file = tmx(&format!(
            "<tu><tuv lang='ar'>{empty}</tuv><tuv lang='en'><seg>b</seg></tuv></tu><tu><tuv lang='ar'><seg>c</seg></tuv></tu>"
        ));
        let units = units(&file, Inline::Flatten).unwrap();
        let texts: Vec<Vec<&str>> =
            units.iter().map(|u| u.variants.iter().map(|v| &*v.text).collect()).collect();
        assert_eq!(texts, [vec!["", "b"], vec!["c"]], "{empty}");
    }
}

#[test]
fn references_and_hidden_parts_are_read_as_xml_has_them() {
    let file = tmx(
        "<!-- <tu/> --><tu><?x y?><note><b>n</b>&lt;1</note><tuv lang='ar'><seg>&amp;&lt;&gt;&quot;&apos;&#1593;&#x639;<![CDATA[<b>&amp;]]><!-- no --></seg></tuv></tu>",
    );
    let unit = &units(&file, Inline::Keep).unwrap()[0];
    assert_eq!(unit.variants[0].text, "&<>\"'عع<b>&amp;");
    assert_eq!((&*unit.notes[0], unit.variants[0].markup.as_deref()), ("n<1", None));
    let error = units(&tmx("<tu><tuv lang='ar'><seg>&#0;</seg></tuv></tu>"), Inline::Flatten).unwrap_err();
    assert!(matches!(error, TmxError::Xml { line: 4, .. }), "{error}");
}

#[test]
fn a_memory_that_ends_early_says_where() {
    let ends = |file: &str| units(file.as_bytes(), Inline::Flatten).unwrap_err().to_string();
    insta::assert_snapshot!(ends("<tmx>"), @"line 1: the file ends too early, inside <tmx>");
    insta::assert_snapshot!(ends("<tmx>\n<header><note>n</note>"), @"line 2: the file ends too early, inside <header>");
    insta::assert_snapshot!(ends("<tmx><body>\n\n"), @"line 3: the file ends too early, inside <body>");
    insta::assert_snapshot!(ends("<tmx><body><tu>"), @"line 1: the file ends too early, inside <tu>");
    insta::assert_snapshot!(ends("<tmx><body><tu><tuv lang='a'>"), @"line 1: the file ends too early, inside <tuv>");
    insta::assert_snapshot!(ends("<tmx><body><tu><prop>"), @"line 1: the file ends too early, inside <prop>");
    // A memory without a body has no units.
    assert_eq!(units(b"<tmx><header/></tmx>", Inline::Flatten).unwrap().len(), 0);
}

#[test]
fn a_segment_or_note_is_as_long_as_it_may_be_and_no_longer() {
    let file = |length: usize, tag: &str| {
        let text = "a".repeat(length);
        match tag {
            "seg" => tmx(&format!("<tu><tuv lang='a'><seg>{text}<ph/></seg></tuv></tu>")),
            _ => tmx(&format!("<tu><note>{text}</note></tu>")),
        }
    };
    for tag in ["seg", "note"] {
        assert!(units(&file(MAX_SEGMENT, tag), Inline::Flatten).is_ok(), "{tag}");
        let error = units(&file(MAX_SEGMENT + 1, tag), Inline::Flatten).unwrap_err();
        assert!(matches!(error, TmxError::TooLong { line: 4 }), "{tag}: {error}");
    }
    // Text and markup are both held.
    let half = file(MAX_SEGMENT / 2 + 1, "seg");
    assert!(matches!(units(&half, Inline::Keep), Err(TmxError::TooLong { .. })));
}

#[test]
fn utf_16_and_declared_encodings_are_read() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"ar\"><seg>العراق</seg></tuv></tu></body></tmx>";
    let utf_16 = |mark: &str, bytes_of: fn(u16) -> [u8; 2]| {
        format!("{mark}{text}").encode_utf16().flat_map(bytes_of).collect::<Vec<u8>>()
    };
    let old = text.replace("UTF-16", "windows-1256");
    let files = [
        utf_16("\u{feff}", u16::to_le_bytes),
        utf_16("\u{feff}", u16::to_be_bytes),
        utf_16("", u16::to_le_bytes),
        encoding_rs::WINDOWS_1256.encode(&old).0.into_owned(),
        format!("\u{feff}{text}").into_bytes(),
    ];
    for file in files {
        assert_eq!(units(&file, Inline::Flatten).unwrap()[0].variants[0].text, "العراق");
    }
}

#[test]
fn broken_files_are_errors_with_a_line() {
    let error = |file: &[u8]| units(file, Inline::Flatten).unwrap_err().to_string();
    insta::assert_snapshot!(error(b""), @"line 1: the file ends too early, inside <nothing>");
    insta::assert_snapshot!(error(b"<html/>"), @"not a TMX: the outermost element is <html>, not <tmx>");
    insta::assert_snapshot!(error(b"<tmx>\n<header/><body><tu>\n<tuv xml:lang='ar'><seg>a"), @"line 3: the file ends too early, inside <seg>");
    insta::assert_snapshot!(error(&tmx("\n<tu><tuv><seg/></tuv></tu>")), @"line 5: a <tuv> without xml:lang");
    insta::assert_snapshot!(error(&tmx("<tu><tuv lang='a'><seg>&z;</seg></tuv></tu>")), @"line 4: unknown entity &z;");
    insta::assert_snapshot!(error(&tmx("<tu><tuv lang='a'><seg>&#xD83D;-</seg></tuv></tu>")), @"line 4: broken XML: &#xD83D; is no character of XML");
    insta::assert_snapshot!(error(&tmx("<tu></body>")), @"line 4: broken XML: ill-formed document: expected `</tu>`, but `</body>` was found");
}

/// Texts that XML can hold.
fn text() -> impl Strategy<Value = String> {
    let in_xml = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    awkward::text().prop_map(move |text| text.chars().filter(in_xml).collect())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(source in text(), target in text(), note in text(), kind in text()) {
        let unit = Unit {
            id: Some(Cow::Owned(kind.clone())),
            notes: vec![Cow::Owned(note.clone())],
            props: vec![Prop::new(kind, note)],
            creation_date: Timestamp::from_unix(1_721_779_199),
            variants: vec![Variant::new("ar-IQ", source), Variant::new("en", target)],
            ..Unit::default()
        };
        let mut file = Vec::new();
        let header = Header { notes: vec!["n".to_owned()], ..Header::new("ar-IQ") };
        let mut writer = TmxWriter::new(&mut file, &header).unwrap();
        writer.unit(&unit).unwrap();
        writer.unit(&unit).unwrap();
        prop_assert_eq!(writer.finish().unwrap().dropped, 0);
        let reader = TmxReader::new(&*file, Inline::Keep).unwrap();
        prop_assert_eq!(reader.header(), &header);
        let read: Vec<_> = reader.collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read, vec![unit.clone(), unit]);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), body in "[<>/tuvseg &;#x\"=\\[\\]!-]{0,80}") {
        let _ = units(&bytes, Inline::Keep);
        let _ = units(&tmx(&body), Inline::Keep);
    }
}
