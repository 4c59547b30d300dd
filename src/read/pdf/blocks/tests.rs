//! Tests: pages of lines, drawn letter by letter, are parted into blocks.

use super::*;
use crate::read::Format;
use crate::read::pdf::glyphs::{Glyph, Sheet};
use crate::read::pdf::lines::pieces;

/// The left edge of pages, and the right one.
const EDGES: (f32, f32) = (50.0, 550.0);

/// A line on a page: how far from its edge it begins, where it stands, how large its letters are.
type Drawn<'t> = (f32, f32, f32, &'t str);

/// The letters of a line, each half as wide as large; of Arabic ones the first stands at the right.
fn letters(&(indent, baseline, size, text): &Drawn<'_>) -> Vec<Glyph> {
    let from_right = text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
    let width = 0.5 * size;
    let place = |n: usize| {
        let before = width * n as f32;
        if from_right { EDGES.1 - indent - before - width } else { EDGES.0 + indent + before }
    };
    let glyph = |(n, c): (usize, char)| Glyph {
        text: c.to_string(),
        left: place(n),
        right: place(n) + width,
        ink: None,
        baseline,
        size,
    };
    text.chars().enumerate().map(glyph).collect()
}

/// The blocks of a page.
fn blocks(lines: &[Drawn<'_>]) -> Vec<String> {
    let sheet = Sheet { glyphs: lines.iter().flat_map(letters).collect() };
    let options = ReadOptions::default();
    let laid = document(vec![pieces(sheet)], BTreeMap::new(), &options);
    let read = laid.flow.into_read("a.pdf", Format::Pdf);
    read.document.text().lines().map(str::to_owned).collect()
}

/// Lines of the size 10, fifteen points apart: how far from the edge they begin, and their text.
fn lines<'t>(lines: &[(f32, &'t str)]) -> Vec<Drawn<'t>> {
    (0..).zip(lines).map(|(n, (indent, text))| (*indent, 100.0 + 15.0 * n as f32, 10.0, *text)).collect()
}

const WIDE: &str = "This line is as long as the column that it stands in and it is full of words that go on";

#[test]
fn the_lines_of_an_item_hang_at_its_text() {
    let item = |number: &str| {
        format!(
            "{number} the fees that people pay in the first years of their work and all that is in law now"
        )
    };
    for (first, second) in [("1.", "2."), ("(a)", "(b)"), ("\u{2022}", "\u{2022}")] {
        let (one, two) = (item(first), item(second));
        let hang = 10.0 + 5.0 * (first.chars().count() + 1) as f32;
        let read = blocks(&lines(&[
            (0.0, WIDE),
            (0.0, "and ends:"),
            (10.0, &one),
            (hang, "due on them in the three years that follow the first of them, which is all there yet"),
            (hang, "is to it"),
            (10.0, &two),
            (hang, "due on them"),
            (0.0, WIDE),
            (0.0, "and ends."),
        ]));
        assert_eq!(read.len(), 4, "{read:?}");
        assert!(read[1].starts_with(first) && read[1].ends_with("is to it"), "{read:?}");
        assert!(read[2].ends_with("due on them"), "{read:?}");
    }
}

#[test]
fn the_lines_of_an_arabic_item_hang_at_its_text() {
    let long = "تخفيض الرسوم المفروضة على المشاريع الصغيرة في السنوات الأولى من عملها بالتعاون مع الجهات";
    let (one, two) = (format!("أ) {long}"), format!("ب) {long}"));
    let read = blocks(&lines(&[
        (0.0, &format!("{long} المانحة")),
        (0.0, "ومنها:"),
        (10.0, &one),
        (25.0, "الدولية المانحة"),
        (10.0, &two),
        (25.0, "المحلية"),
    ]));
    assert_eq!(read.len(), 3, "{read:?}");
    assert!(read[1].starts_with("أ)") && read[1].ends_with("الدولية المانحة"), "{read:?}");
}

/// Steps on a leaflet, of which none fills a line.
#[test]
fn numbers_part_short_items() {
    let items = [
        (10.0, "1. Submit the passport and two pictures"),
        (10.0, "2. pay the fee of 50 dinars at the bank"),
        (10.0, "3. wait for the message on the telephone"),
        (10.0, "4. sign the register"),
    ];
    assert_eq!(blocks(&lines(&items)), items.map(|(_, text)| text));
}

/// No number is there, but they stand as far from each other as no lines of a paragraph.
#[test]
fn distances_part_short_items() {
    let texts = [
        "تقديم جواز السفر وصورتين للمكتب",
        "دفع الرسم البالغ دينارا في المصر",
        "انتظار الرسالة على الهاتف",
        "التوقيع في السجل",
    ];
    let apart: Vec<Drawn<'_>> =
        (0..).zip(texts).map(|(n, text)| (0.0, 100.0 + 25.0 * n as f32, 10.0, text)).collect();
    assert_eq!(blocks(&apart), texts);
}

/// The distance from a heading to its text, in parts of its size, is less than that from line to line.
#[test]
fn short_paragraphs_below_large_headings_are_whole() {
    let mut page = Vec::new();
    for n in 0..6 {
        let top = 100.0 + 100.0 * n as f32;
        page.push((0.0, top, 16.0, "An article"));
        page.push((0.0, top + 20.0, 10.0, WIDE));
        page.push((
            0.0,
            top + 36.0,
            10.0,
            "over several lines, as it must, of which this is the one that stands in the middle of all",
        ));
        page.push((0.0, top + 52.0, 10.0, "to the end."));
    }
    let read = blocks(&page);
    assert_eq!(read.len(), 12, "{read:?}");
}
