//! Memories made to hurt: checking them names what is wrong within bounded time and memory.

use std::io::{self, Read};

use muqabala::memory::{
    CheckOptions, CleanOptions, FixOptions, Kind, MAX_HELD, Summary, check, clean, extract, fix, reverse,
    stats,
};

const HEAD: &str = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">\n<header creationtool=\"t\" creationtoolversion=\"1\" \
    segtype=\"block\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/>\n<body>\n";
const UNIT: &str =
    "<tu><tuv xml:lang=\"ar\"><seg>نعم</seg></tuv><tuv xml:lang=\"en\"><seg>Yes</seg></tuv></tu>\n";
const END: &str = "</body>\n</tmx>\n";

/// Pieces of a file, each so many times, made while they are read.
struct Made {
    pieces: Vec<(Vec<u8>, usize)>,
    piece: usize,
    at: usize,
}

fn made(pieces: &[(&str, usize)]) -> Made {
    Made { pieces: pieces.iter().map(|(p, n)| (p.as_bytes().to_vec(), *n)).collect(), piece: 0, at: 0 }
}

impl Read for Made {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < out.len() {
            let Some((piece, times)) = self.pieces.get(self.piece) else { break };
            if self.at == piece.len() * times {
                self.piece += 1;
                self.at = 0;
                continue;
            }
            let from = &piece[self.at % piece.len()..];
            let count = from.len().min(out.len() - written);
            out[written..written + count].copy_from_slice(&from[..count]);
            written += count;
            self.at += count;
        }
        Ok(written)
    }
}

fn checked(input: impl Read) -> Summary {
    check(input, &CheckOptions::default(), |_| Ok(())).unwrap()
}

fn count(summary: &Summary, kind: Kind) -> u64 {
    summary.counts.iter().find(|(k, _)| *k == kind).map_or(0, |(_, n)| *n)
}

#[test]
fn a_line_of_a_hundred_megabytes_is_passed_over_and_the_next_unit_is_read() {
    let line = "abcdefghij".repeat(10_000);
    let pieces = [
        (HEAD, 1),
        (UNIT, 1),
        ("<tu><tuv xml:lang=\"ar\"><seg>", 1),
        (&*line, 1050),
        ("</seg></tuv></tu>", 1),
        (UNIT, 1),
        (END, 1),
    ];
    let summary = checked(made(&pieces));
    assert_eq!((count(&summary, Kind::TooLarge), count(&summary, Kind::Duplicate)), (1, 1));
    assert!(summary.bytes > 100 << 20);
    let mut out = Vec::new();
    let report = fix(made(&pieces), &mut out, &FixOptions::default(), |_| {}).unwrap();
    assert_eq!((report.units, report.left_out), (2, 1));
    assert_eq!(String::from_utf8(out).unwrap(), format!("{HEAD}{}{UNIT}{END}", UNIT.trim_end()));
}

#[test]
fn a_head_without_end_is_told() {
    let long = "x".repeat(MAX_HELD / 16);
    let summary = checked(made(&[("<tmx version=\"1.4\"><!-- ", 1), (&long, 3 * 16)]));
    assert!(count(&summary, Kind::XmlBroken) >= 1);
    let summary = checked(made(&[(&long, 3 * 16)]));
    assert_eq!(count(&summary, Kind::NotTmx), 1);
}

#[test]
fn nesting_without_end_is_passed_over() {
    let pieces = [(HEAD, 1), ("<tu><tuv xml:lang=\"ar\"><seg>", 1), ("<hi>", 1 << 20), (UNIT, 1), (END, 1)];
    let summary = checked(made(&pieces));
    assert_eq!(count(&summary, Kind::XmlBroken), 1);
    let nested = [
        (HEAD, 1),
        ("<tu><tuv xml:lang=\"ar\"><seg>", 1),
        ("<hi>", 1 << 18),
        ("</hi>", 1 << 18),
        ("</seg></tuv></tu>", 1),
        (END, 1),
    ];
    let summary = checked(made(&nested));
    assert_eq!((summary.units, count(&summary, Kind::SingleVariant)), (1, 1));
}

#[test]
fn text_and_comments_without_end_between_units_are_passed_over() {
    let long = "x".repeat(MAX_HELD / 16);
    let pieces = [(HEAD, 1), ("<!-- ", 1), (&*long, 2 * 16), (" -->", 1), (UNIT, 1), (END, 1)];
    let summary = checked(made(&pieces));
    assert_eq!((summary.units, count(&summary, Kind::TooLarge)), (1, 1));
}

#[test]
fn thousands_of_attributes_and_variants_are_read_in_linear_time() {
    let pieces = [
        (HEAD, 1),
        ("<tu", 1),
        (" a=\"b\"", 100_000),
        (">", 1),
        ("<tuv xml:lang=\"ar\"><seg>نعم</seg></tuv>", 500),
        ("</tu>", 1),
        (END, 1),
    ];
    let summary = checked(made(&pieces));
    assert_eq!(count(&summary, Kind::XmlBroken), 1);
}

/// Each was held against all before it, and each stray text against all variants.
#[test]
fn a_unit_of_very_many_languages_is_checked_in_linear_time() {
    const MANY: usize = 60_000;
    let variant = |k: usize| format!("<tuv xml:lang=\"x-{k:05}\"><seg>a</seg></tuv>astray\n");
    let variants: String = (0..MANY).chain([7]).map(variant).collect();
    let start = std::time::Instant::now();
    let summary = checked(format!("{HEAD}<tu>{variants}</tu>{END}").as_bytes());
    assert!(start.elapsed() < std::time::Duration::from_mins(1), "{:?}", start.elapsed());
    assert_eq!(
        (count(&summary, Kind::RepeatedLang), count(&summary, Kind::UnknownElement)),
        (1, MANY as u64 + 1)
    );
}

/// The end of each was looked for in all the rest of the text.
#[test]
fn beginnings_of_placeholders_are_read_in_linear_time() {
    for mark in ["&lt;a ", "{a:", "%(", "{{a"] {
        let text = mark.repeat(700_000);
        let start = std::time::Instant::now();
        let unit = format!(
            "<tu><tuv xml:lang=\"ar\"><seg>{text}</seg></tuv><tuv xml:lang=\"en\"><seg>b</seg></tuv></tu>"
        );
        let summary = checked(format!("{HEAD}{unit}{END}").as_bytes());
        assert!(start.elapsed() < std::time::Duration::from_mins(1), "{mark}: {:?}", start.elapsed());
        assert_eq!((summary.units, count(&summary, Kind::PlaceholderDiffers)), (1, 0), "{mark}");
    }
}

#[test]
fn unknown_languages_and_properties_without_end_are_told_a_bounded_number_of_times() {
    let mut file = HEAD.to_owned();
    for i in 0..2000 {
        file.push_str(&format!(
            "<tu><prop type=\"p{i}\">x</prop><tuv xml:lang=\"ar\"><seg>نعم</seg></tuv><tuv xml:lang=\"en-{i:04}\"><seg>Yes {i}</seg></tuv></tu>\n"
        ));
    }
    file.push_str(END);
    let summary = checked(file.as_bytes());
    assert!(count(&summary, Kind::PropPrefix) + count(&summary, Kind::LangRegion) <= 256);
}

/// Found by fuzzing: mended, they named an encoding that the file is not in, or lost their end.
#[test]
fn declarations_that_cannot_be_read_are_told_and_refused() {
    for declaration in [
        "<?xml version=\"1.0\" e\0\0ncoding=\"UTF-4\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-7;?>",
        "<?x\0ml version=\"1.0\" enc+ding=\"x\"?>",
    ] {
        let file = HEAD.replace("<?xml version=\"1.0\"?>", declaration) + UNIT + END;
        assert_eq!(count(&checked(file.as_bytes()), Kind::XmlBroken), 1, "{declaration}");
        let error = fix(file.as_bytes(), &mut io::sink(), &FixOptions::default(), |_| {}).unwrap_err();
        assert!(error.to_string().contains("an XML declaration that cannot be read"), "{error}");
    }
}

/// Found by fuzzing: `fix` passed the header on as it was.
#[test]
fn an_attribute_twice_in_the_header_is_told_and_refused() {
    let file = HEAD.replace("adminlang=\"en\"", "adminlang=\"en\" datatype=\"x\"") + END;
    let summary = checked(file.as_bytes());
    assert_eq!(count(&summary, Kind::XmlBroken), 1);
    let error = fix(file.as_bytes(), &mut io::sink(), &FixOptions::default(), |_| {}).unwrap_err();
    assert!(error.to_string().contains("the attribute datatype twice"), "{error}");
}

/// Every tag closes another than the one that is open; looking through all that are open took forever.
#[test]
fn tags_that_close_nothing_are_read_in_linear_time() {
    let open = "<a>".repeat(200_000);
    let wrong = "</b>".repeat(200_000);
    let file = format!("{HEAD}<tu>{open}{wrong}</tu>\n{UNIT}{END}");
    let start = std::time::Instant::now();
    let summary = checked(file.as_bytes());
    assert!(start.elapsed() < std::time::Duration::from_mins(1), "{:?}", start.elapsed());
    assert_eq!((summary.units, count(&summary, Kind::XmlBroken)), (2, 1));
}

#[test]
fn a_memory_without_header_and_body_gets_both_inside_it() {
    let text = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><tuv xml:lang=\"ar\"><seg>نعم</seg></tuv>\
                <tuv xml:lang=\"en\"><seg>Yes</seg></tuv></tu></tmx>";
    let mut mended = Vec::new();
    let report = fix(text.as_bytes(), &mut mended, &FixOptions::default(), |_| {}).unwrap();
    let mended = String::from_utf8(mended).unwrap();
    let (tmx, header, body) = (mended.find("<tmx"), mended.find("<header"), mended.find("<body>"));
    assert!(tmx < header && header < body, "{mended}");
    let again = stats(mended.as_bytes(), |finding| panic!("{finding}\n{mended}")).unwrap();
    assert_eq!(again.units, report.units, "{mended}");
}

/// An element that follows the root is part of no memory: written out, it would be closed by nothing.
#[test]
fn what_follows_the_first_element_is_refused() {
    for second in ["<other>\n", "<body>\n", "<tmx version=\"1.4\"><body>\n", ""] {
        let file = format!("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"/>\n{second}{UNIT}{END}");
        let mut out = Vec::new();
        let refused = [
            fix(file.as_bytes(), &mut out, &FixOptions::default(), |_| {}).map(|_| ()),
            clean(file.as_bytes(), &mut out, &CleanOptions::default(), |_| {}).map(|_| ()),
            reverse(file.as_bytes(), &mut out, None, |_| {}).map(|_| ()),
            extract(file.as_bytes(), &mut out, ("ar", "en"), |_| {}).map(|_| ()),
        ];
        for refused in refused {
            assert_eq!(
                refused.unwrap_err().to_string(),
                "line 3: something stands after the end of the first element",
                "{second}"
            );
        }
        assert!(out.is_empty());
        assert!(count(&checked(file.as_bytes()), Kind::XmlBroken) > 0);
    }
}

/// Prefixes that nothing declares become part of the name, which stays one that XML knows and that the tag has once.
#[test]
fn names_of_attributes_whose_prefix_is_taken_out_stay_names() {
    for (attributes, mended) in [
        (":lang=\"ar\"", "_-lang=\"ar\""),
        ("x:lang=\"ar\" x-lang=\"en\"", "_x-lang=\"ar\" x-lang=\"en\""),
        ("a:b:c=\"1\" a-b:c=\"2\"", "a-b-c=\"1\" _a-b-c=\"2\""),
        (":1=\"ar\"", "_-1=\"ar\""),
    ] {
        let unit = UNIT.replace("<tu>", &format!("<tu {attributes}>"));
        let file = format!("{HEAD}{unit}{END}");
        let mut options = CleanOptions::default();
        options.drop.clear();
        let mut out = Vec::new();
        let report = clean(file.as_bytes(), &mut out, &options, |_| {}).unwrap();
        assert_eq!((report.units, report.unreadable), (1, 0), "{attributes}");
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains(&format!("<tu {mended}>")), "{out}");
        assert_eq!(count(&checked(out.as_bytes()), Kind::XmlBroken), 0, "{out}");
    }
}
