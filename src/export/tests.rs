//! Round trips of the formats that `export` writes itself, and what stands in the report.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::bitext::{BeadType, Cost, EvidenceKind, Lang, Sides};
use crate::formats::{Head, directions, on_one_line, table};
use crate::tmx::awkward::text;

fn bead(at: usize, source: &str, target: &str, confidence: f64) -> BeadView<'static> {
    let end = |text: &str| at + usize::from(!text.is_empty());
    BeadView {
        segments: Sides::new(at..end(source), at..end(target)),
        texts: Sides::new(source.to_owned().into(), target.to_owned().into()),
        pieces: Sides::default(),
        cost: Cost::from_nats(-1.25),
        confidence: Some(confidence),
        evidence: Vec::new(),
        doubts: Vec::new(),
        crossing: false,
        pinned: false,
        review: None,
    }
}

proptest! {
    #[test]
    fn json_lines_are_read_back(source in text(), target in text(), confidence in 0.0_f64..=1.0) {
        // Where there is no text there is no segment, and nothing says where none stands.
        let (source, target) = (format!("x{source}"), format!("y{target}"));
        let beads = [bead(0, &source, &target, confidence), bead(1, &target, &source, confidence)];
        let mut file = Vec::new();
        jsonl::write(beads.clone(), &mut file).unwrap();
        prop_assert_eq!(saved::read(&*file).unwrap(), beads);
    }

    #[test]
    fn tsv_is_read_back_but_for_line_ends(source in text(), target in text(), confidence in 0_u32..=10_000) {
        let confidence = f64::from(confidence) / 10_000.0;
        // A text that is nothing but line ends is no text of a row.
        let fill = |t: &str| format!("x{t}");
        let beads = [bead(0, &fill(&source), &fill(&target), confidence), bead(1, "", &fill(&target), confidence)];
        let mut file = Vec::new();
        tsv::write(beads, &mut file).unwrap();
        let units = table::read(std::str::from_utf8(&file).unwrap(), table::Table::Tsv).unwrap().by_sides().units;
        let expected = on_one_line(&fill(&source)).into_owned();
        prop_assert_eq!(&*units[0].texts.source, expected.as_str());
        let expected = on_one_line(&fill(&target)).into_owned();
        prop_assert_eq!(&*units[1].texts.target, expected.as_str());
        prop_assert_eq!((units[0].confidence, units[1].bead_type), (Some(confidence), Some(BeadType::new(0, 1))));
    }
}

#[test]
fn every_format_has_a_name_and_extensions_of_its_own() {
    for format in Format::ALL {
        assert_eq!(Format::from_path(Path::new(&format!("x.{}", format.name()))), Some(format));
        if !format.is_several_files() {
            let options = WriteOptions::new(Sides::new(Lang::arabic(), Lang::english()));
            let mut file = Vec::new();
            write(format, [bead(0, "نعم", "Yes", 0.9)].into_iter(), &options, &mut file).unwrap();
            assert!(!file.is_empty(), "{}", format.name());
        }
    }
    assert_eq!(Format::from_path(Path::new("x.doc")), None);
}

#[test]
fn ces_align_has_the_segments_and_not_the_beads() {
    let folder = tempfile::tempdir().unwrap();
    let mut two = bead(0, "واحد. اثنان.", "One. Two.", 0.9);
    two.segments.source = 0..2;
    two.pieces = Sides::new(vec!["واحد.".into(), "اثنان.".into()], vec!["One. Two.".into()]);
    let mut alone = bead(1, "", "Three.", 0.5);
    alone.pieces.target.push("Three.".into());
    let options = WriteOptions::new(Sides::new(Lang::arabic(), Lang::english()));
    let files =
        write_files(Format::Ces, [two, alone].into_iter(), &options, &folder.path().join("x.ces")).unwrap();
    let read = |i: usize| std::fs::read_to_string(&files[i]).unwrap();
    insta::assert_snapshot!(read(0), @r##"
    <?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
    <cesAlign version="1.0">
    <linkGrp targType="s" fromDoc="x.ar.xml" toDoc="x.en.xml">
    <link id="SL1" xtargets="1 2;1" certainty="0.9000"/>
    <link id="SL2" xtargets=";2" certainty="0.5000"/>
    </linkGrp>
    </cesAlign>
    "##);
    insta::assert_snapshot!(read(1), @r##"
    <?xml version="1.0" encoding="utf-8"?>
    <text xml:lang="ar">
    <s id="1">واحد.</s>
    <s id="2">اثنان.</s>
    </text>
    "##);
}

#[test]
fn the_report_escapes_what_it_shows_and_turns_with_the_source() {
    let mut first = bead(0, "نعم <b>&\u{200f}", "Yes \"<script>\"", 0.97);
    first.evidence.push(EvidenceView {
        kind: EvidenceKind::Dates,
        cost: Cost::from_nats(-3.0),
        matches: vec![MatchView { value: "2024-07-22".into(), texts: Sides::default() }],
        unmatched: Vec::new(),
    });
    first.review = Some(ReviewView { status: "flagged".into(), comment: "راجع".into() });
    let mut doubtful = bead(1, "لا", "Perhaps", 0.3);
    doubtful.doubts.push(DoubtView { name: "x".into(), text: "7 stands on the target side alone".into() });
    let beads = [first, doubtful, bead(2, "وحده", "", 0.9)];
    let head = Head::new(
        Sides::new(Lang::arabic(), "xx".parse().unwrap()),
        directions(beads.iter().map(|b| b.texts.clone())),
    );
    let mut file = Vec::new();
    let mut options = WriteOptions::new(head.languages.clone());
    options.tmx.creation_date = "2024-07-23".parse().ok();
    html::write(beads.iter().cloned(), &head, &options, &mut file).unwrap();
    let file = String::from_utf8(file).unwrap();
    let body = &file[file.find("<body>").unwrap()..];
    assert!(!file.contains("<script"), "texts are text");
    insta::assert_snapshot!(body.replace('\u{200f}', "<RLM>"), @r##"
    <body>
    <header>
    <div>
    <h1>Arabic – xx</h1>
    <p class="date">2024-07-23</p>
    <dl>
    <div class="sure"><dt>pairs</dt><dd>3</dd></div>
    <div class="sure"><dt>decided</dt><dd>0</dd></div>
    <div class="doubtful"><dt>doubtful</dt><dd>1</dd></div>
    <div class="doubtful"><dt>flagged</dt><dd>1</dd></div>
    <div class="alone"><dt>source segments without counterpart</dt><dd>1</dd></div>
    <div class="alone"><dt>target segments without counterpart</dt><dd>0</dd></div>
    </dl>
    <p class="look">To look at: <a href="#b2">2</a></p>
    </div>
    <figure>
    <svg viewBox="0 0 2 3" preserveAspectRatio="none" role="img" aria-label="The alignment: source segments from top to bottom, target segments from left to right">
    <a href="#b1"><rect class="sure" x="0" y="0" width="1" height="1"><title>1-1</title></rect></a>
    <a href="#b2"><rect class="doubtful" x="1" y="1" width="1" height="1"><title>1-1</title></rect></a>
    <a href="#b3"><rect class="alone" x="2" y="2" width="0.25" height="1"><title>1-0</title></rect></a>
    </svg>
    <figcaption>↓ source · target →</figcaption>
    </figure>
    </header>
    <main>
    <table dir="rtl">
    <thead><tr><th scope="col" style="text-align: right">Arabic</th><th scope="col" class="about"><span class="hidden">confidence</span></th><th scope="col" style="text-align: left">xx</th></tr></thead>
    <tbody>
    <tr id="b1" class="sure flagged"><td lang="ar" dir="rtl"><span class="key">1</span><bdi dir="rtl">نعم &lt;b&gt;&amp;<RLM></bdi></td><td class="about"><span class="type" title="1-1">●–●</span><span class="share">97%</span><span class="bar" aria-hidden="true"><i style="width:97%"></i></span><span class="mark">flagged</span></td><td lang="xx" dir="ltr"><span class="key">1</span><bdi dir="ltr">Yes &quot;&lt;script&gt;&quot;</bdi></td></tr>
    <tr class="why"><td colspan="3" dir="ltr"><p>date 2024-07-22</p><p class="comment" dir="auto">راجع</p></td></tr>
    <tr id="b2" class="doubtful"><td lang="ar" dir="rtl"><span class="key">2</span><bdi dir="rtl">لا</bdi></td><td class="about"><span class="type" title="1-1">●–●</span><span class="share">30%</span><span class="bar" aria-hidden="true"><i style="width:30%"></i></span></td><td lang="xx" dir="ltr"><span class="key">2</span><bdi dir="ltr">Perhaps</bdi></td></tr>
    <tr class="why"><td colspan="3" dir="ltr"><p class="doubt">7 stands on the target side alone</p></td></tr>
    <tr id="b3" class="alone"><td lang="ar" dir="rtl"><span class="key">3</span><bdi dir="rtl">وحده</bdi></td><td class="about"><span class="type" title="1-0">●–○</span></td><td class="none"></td></tr>
    </tbody>
    </table>
    </main>
    <footer><p>Made with <bdi>muqabala 0.1.0</bdi>.</p></footer>
    </body>
    </html>
    "##);
}

#[test]
fn the_report_speaks_arabic_and_names_its_files_and_day() {
    let mut doubtful = bead(0, "IBM أعلنت", "Perhaps", 0.299);
    doubtful
        .doubts
        .push(DoubtView { name: "close-rival".into(), text: "another pair may stand here".into() });
    doubtful.review = Some(ReviewView { status: "pending".into(), comment: "".into() });
    let mut options = WriteOptions::new(Sides::new(Lang::arabic(), Lang::english()));
    options.tmx.creation_date = "2024-07-23".parse().ok();
    options.report.language = ReportLanguage::Arabic;
    options.report.files = Some(Sides::new("تقرير.docx".to_owned(), "report.docx".to_owned()));
    let mut file = Vec::new();
    write(Format::Html, [doubtful].into_iter(), &options, &mut file).unwrap();
    let file = String::from_utf8(file).unwrap();
    for part in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "<title>تقرير.docx – report.docx</title>",
        "<bdi>تقرير.docx</bdi> – <bdi>report.docx</bdi>",
        "٢٣/٠٧/٢٠٢٤",
        "<dt>مشكوك فيه</dt><dd>١</dd>",
        "<dt>حُسم</dt><dd>صفر</dd>",
        "للنظر فيها: <a href=\"#b1\">١</a>",
        "<span class=\"share\">٢٩٪</span>",
        "قد تصحّ مقابلة أخرى لهذه الجمل",
        // Arabic that begins with Latin letters.
        "<bdi dir=\"rtl\">IBM أعلنت</bdi>",
        "prefers-color-scheme: dark",
    ] {
        assert!(file.contains(part), "{part} is missing in\n{file}");
    }
    let body = &file[file.find("<body>").unwrap()..];
    assert!(!body.contains("doubtful</") && !body.contains("confidence"), "{body}");
}
