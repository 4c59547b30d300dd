//! Tests: what is read is shown as it is seen, by the algorithm of UAX #9 itself.

use unicode_bidi::{BidiInfo, Level};

use super::*;

/// What the algorithm of UAX #9 shows, from left to right; brackets as they look.
fn shown(text: &str, right_to_left: bool) -> Vec<Cell> {
    shown_from(text, 0, right_to_left)
}

/// The same of the last line of a paragraph, which begins at the byte `from`.
fn shown_from(text: &str, from: usize, right_to_left: bool) -> Vec<Cell> {
    let level = if right_to_left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(level));
    let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
    let (levels, runs) = info.visual_runs(paragraph, from..paragraph.range.end);
    let mut out = Vec::new();
    for run in runs {
        let cells = text[run.clone()].chars();
        if levels[run.start].is_rtl() {
            out.extend(cells.rev().map(|c| Cell::new(mirror(c).map_or(c, |(o, _)| o).to_string())));
        } else {
            out.extend(cells.map(|c| Cell::new(c.to_string())));
        }
    }
    out
}

/// What is read of what is shown.
fn again(text: &str, right_to_left: bool) -> String {
    in_reading_order(&shown(text, right_to_left), right_to_left, Brackets::Seen, Before::Other)
}

#[track_caller]
fn check(text: &str, right_to_left: bool) {
    assert_eq!(again(text, right_to_left), text);
}

#[test]
fn lines_come_back_as_they_were_written() {
    for line in [
        "بلغت الكلفة 1,250,000 دولار في عام 2023، أي بنسبة 100% منها",
        "تغطي السنوات 2023-2024 و2025-2027، وقد وقعت في 14/10/2022.",
        "قال: «لا أحد يريد الفوضى» (الأوروبي) وبرنامج الأمم (UNDP) يدعمان",
        "والموقع www.example.org ينشر برنامج Microsoft Office 365 وملفات PDF الأخرى",
        "الرقم 01-345678 قبل الساعة 18:30 وبسعر ٣٫٥ دولار",
        "راجعها (John Smith) و[الفرع الأول] و(EU) (UN) معاً",
        "1998-2004 أعوام",
        "100% منها",
    ] {
        check(line, true);
    }
    check("The word الكلمة الأولى, and 25 more (نعم).", false);
}

#[test]
fn brackets_vote_on_how_they_are_given() {
    let seen = shown("قال (نعم) ثم [لا]", true);
    assert_eq!(bracket_votes(&seen), -4);
    let meant: Vec<Cell> = "قال (نعم) ثم [لا]".chars().rev().map(|c| Cell::new(c.to_string())).collect();
    assert_eq!(bracket_votes(&meant), 4);
}

/// How numbers stand at the head of a line, and where the last letter before it is an Arabic or a Latin one.
#[test]
fn chains_of_numbers_are_read_whole() {
    for line in [
        "2023-05-12",
        "12-05-2023",
        "011-234-5678",
        "978-3-16-148410-0",
        "1234-5678-9012-3456",
        "2024-01-31 إلى 2024-12-31",
        "2023-05-12 تاريخ الصدور.",
        "+966-11-2345678 هاتف المكتب",
        "5-2 التعاريف",
        "١٢-٠٥-٢٠٢٣ تاريخ الصدور",
        "۲۰۲۳-۰۵-۱۲ تاریخ",
        "$100 ثمن الكتاب",
        "100$ ثمن الكتاب",
        "כרך 2023-05-12 ומספר 10-20-30",
        "اثنان 12،13 و14،15",
    ] {
        check(line, true);
    }
    for (paragraph, line) in [
        ("وصدر القرار في", "2023-05-12 عن الوزارة"),
        ("رقم الهاتف", "00966-11-2345678، وهو متاح"),
        ("بنسبة", "100% منها"),
        ("نشرته شركة Microsoft", "365, Word وسواها 25"),
        ("كتاب ISBN", "978-3-16-148410-0 في السوق"),
        ("كتاب ISBN", "2024-2023, 5"),
    ] {
        let text = format!("{paragraph} {line}");
        let cells = shown_from(&text, text.len() - line.len(), true);
        let found = in_reading_order(&cells, true, Brackets::Seen, Before::Other.then(paragraph));
        assert_eq!(found, line);
    }
    assert_eq!(again("2024-2023 أعوام", true), "2023-2024 أعوام");
}

/// Behind Arabic letters in a line above, where some programs put lines in order by themselves.
#[test]
fn chains_below_arabic_letters_are_told_by_their_numbers() {
    let read = |cells: &[Cell]| in_reading_order(cells, true, Brackets::Seen, Before::Above);
    let behind = |line: &str| shown_from(&format!("ا {line}"), 3, true);
    for line in
        ["2023-2024 وما بعدها", "00966-11-2345678", "978-3-16-148410-0 في السوق", "100% منها", "3-7 منها"]
    {
        assert_eq!(read(&shown(line, true)), line);
    }
    for line in ["2023-2024 وما بعدها", "00966-11-2345678", "2023-05-12", "978-3-16-148410-0 في السوق"]
    {
        assert_eq!(read(&behind(line)), line);
    }
    assert_eq!(read(&behind("100$ منها")), "100$ منها");
}

#[test]
fn which_way_a_line_runs_is_told_by_the_marks_at_its_ends() {
    for (line, shown) in [
        (".(EU)", Some(true)),
        (")EU(", Some(true)),
        ("Introduction .1", Some(true)),
        ("1. Introduction", Some(false)),
        ("The end.", Some(false)),
        ("... and so on", None),
        ("2.5 metres", None),
        ("Word", None),
        (".", None),
        ("", None),
    ] {
        let cells: Vec<Cell> = line.chars().map(|c| Cell::new(c.to_string())).collect();
        assert_eq!(direction_shown(&cells), shown, "{line}");
    }
}

/// Brackets may be named after those of right-to-left text also in Latin words.
#[test]
fn brackets_among_latin_words_are_put_right() {
    let read = |shown: &str| {
        let cells: Vec<Cell> = shown.chars().map(|c| Cell::new(c.to_string())).collect();
        in_reading_order(&cells, true, Brackets::Meant, Before::Other)
    };
    assert_eq!(read(".Microsoft )USA("), "Microsoft (USA).");
    assert_eq!(read(".Microsoft (USA)"), "Microsoft (USA).");
    assert_eq!(read("اعم )UN( )EU(و"), "و(EU) (UN) معا");
}

/// Words, and numbers of the digits that their documents have, among them chains: dates, numbers of telephones, accounts
/// and books.
const EUROPEAN: &str = "[ابتو]{1,4}|[אבג]{1,4}|[a-c]{1,3}|[$€]?[1-9]{1,3}([-+/.,:،][1-9]{1,3}){0,4}|\
    [1-9]{1,3}(-[1-9]{1,3}){2,4}";
const INDIC: &str = "[ابتو]{1,4}|[אבג]{1,4}|[a-c]{1,3}|[١-٩]{1,3}([-/٫][١-٩]{1,3}){0,4}";

fn words() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    use proptest::collection::vec;
    proptest::prop_oneof![vec(EUROPEAN, 1..9), vec(INDIC, 1..9)]
}

proptest::proptest! {
    /// Whatever text is found, it is shown as the cells stand, and holds each of them: in the first line of a
    /// paragraph and in any other.
    #[test]
    fn what_is_found_is_shown_so(words in words(), first in 0_usize..4) {
        let first = first.min(words.len() - 1);
        let before: String = words[..first].iter().map(|w| format!("{w} ")).collect();
        let text = format!("{before}{}", words[first..].join(" "));
        let cells = shown_from(&text, before.len(), true);
        let found = in_reading_order(&cells, true, Brackets::Seen, Before::Other.then(&before));
        let whole = format!("{before}{found}");
        proptest::prop_assert_eq!(shown_from(&whole, before.len(), true), cells);
    }

    #[test]
    fn no_cell_is_lost(text in "[ابa1.,:()«%$-]{0,20}", right_to_left: bool, before in "[ابa]?") {
        let cells: Vec<Cell> = text.chars().map(|c| Cell::new(c.to_string())).collect();
        let before = Before::Other.then(&before);
        let found = in_reading_order(&cells, right_to_left, Brackets::Meant, before);
        let mut found: Vec<char> = found.chars().collect();
        let mut given: Vec<char> = text.chars().collect();
        found.sort_unstable();
        given.sort_unstable();
        proptest::prop_assert_eq!(found, given);
    }
}
