//! Tests of the whole stage; the hard cases of Arabic and English stand in `tests/segmentation/`.

use std::str::FromStr;
use std::sync::Arc;

use proptest::prelude::*;
use regex::Regex;

use super::cutter::SIGHT;
use super::*;
use crate::bitext::Block;

/// A document of one paragraph.
fn paragraph(text: &str) -> Document {
    let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
    Document::of_blocks(text.to_owned(), vec![block])
}

fn lang(tag: &str) -> Lang {
    Lang::from_str(tag).unwrap()
}

/// The segments of one paragraph, a line each, invisible characters escaped.
fn cut(tag: &str, text: &str, options: &SegmentOptions) -> String {
    let cut = segment(paragraph(text), &lang(tag), options);
    let shown = |text: &str| {
        let seen = |c: char| can_be_seen(c) || c == ' ';
        text.chars()
            .map(|c| if seen(c) { c.to_string() } else { format!("<{:04X}>", c as u32) })
            .collect::<String>()
    };
    cut.texts().map(shown).collect::<Vec<_>>().join("\n")
}

fn by_default(tag: &str, text: &str) -> String {
    cut(tag, text, &SegmentOptions::default())
}

#[test]
fn marks_of_direction_stay_with_the_sentence_they_follow() {
    insta::assert_snapshot!(by_default("ar", "قال «نعم».\u{200F} ثم خرج."), @"
    قال «نعم».<200F>
    ثم خرج.
    ");
}

#[test]
fn what_cannot_be_seen_is_no_segment_of_its_own() {
    insta::assert_snapshot!(by_default("en", "One. \u{200F} \u{200B}"), @"One. <200F> <200B>");
    insta::assert_snapshot!(by_default("en", "\u{FEFF}\u{200E}. Two"), @"
    <FEFF><200E>.
    Two
    ");
    assert_eq!(by_default("en", " \u{200F}\u{FEFF} "), "");
}

#[test]
fn presegmented_blocks_are_never_cut() {
    let document = SegmentedDocument::from_lines(&["One. Two.", "", "  Three! Four? "]).document().clone();
    let cut = segment(document, &Lang::english(), &SegmentOptions::default());
    assert_eq!(cut.texts().collect::<Vec<_>>(), ["One. Two.", "Three! Four?"]);
}

#[test]
fn blocks_are_never_crossed_and_text_outside_them_is_no_segment() {
    let text = "A title\n<hr> It is late. We\nleave.";
    let blocks = vec![
        Block { span: TextSpan::new(0, 8), kind: BlockKind::Heading { level: 1 } },
        Block { span: TextSpan::new(12, text.len()), kind: BlockKind::Paragraph },
    ];
    let cut =
        segment(Document::of_blocks(text.to_owned(), blocks), &Lang::english(), &SegmentOptions::default());
    assert_eq!(cut.texts().collect::<Vec<_>>(), ["A title", "It is late.", "We\nleave."]);
    assert_eq!(cut.segments().iter().map(|s| s.block).collect::<Vec<_>>(), [0, 1, 1]);
    assert_eq!(cut.rejoined(), text);
}

#[test]
fn options_break_at_marks_that_are_kept_by_default() {
    let mut options = SegmentOptions::default();
    let arabic = "فتح الباب؛ ثم قال: ادخلوا.. الوقت متأخر..والبيت قريب.";
    insta::assert_snapshot!(cut("ar", arabic, &options), @"فتح الباب؛ ثم قال: ادخلوا.. الوقت متأخر..والبيت قريب.");
    options.semicolons = AtMark::Break;
    options.colons = AtMark::Break;
    options.two_dots = AtMark::Break;
    insta::assert_snapshot!(cut("ar", arabic, &options), @"
    فتح الباب؛
    ثم قال:
    ادخلوا..
    الوقت متأخر..
    والبيت قريب.
    ");
    insta::assert_snapshot!(cut("en", "At 10:30 he left; she stayed: why?", &options), @"
    At 10:30 he left;
    she stayed:
    why?
    ");
}

#[test]
fn other_languages_have_their_abbreviations() {
    insta::assert_snapshot!(by_default("de", "Am 3. Oktober kam Dr. Huber, z. B. mit Nr. 5. Er blieb bis 1990. Dann ging er."), @"
    Am 3. Oktober kam Dr. Huber, z. B. mit Nr. 5.
    Er blieb bis 1990.
    Dann ging er.
    ");
    insta::assert_snapshot!(by_default("fr", "« Où est M. Dupont ? » demanda Mme Roux. « Ici. » Elle sortit, cf. p. 12."), @"
    « Où est M. Dupont ? » demanda Mme Roux.
    « Ici. »
    Elle sortit, cf. p. 12.
    ");
    insta::assert_snapshot!(by_default("hu", "Kovács dr. 1848. március 15-én érkezett. – Igen! – mondta. IV. Béla királyról beszélt."), @"
    Kovács dr. 1848. március 15-én érkezett.
    – Igen! – mondta.
    IV. Béla királyról beszélt.
    ");
    insta::assert_snapshot!(by_default("es", "El Sr. Gómez vive en la Avda. Mayor. ¿Quién llama? ¡Nadie!"), @"
    El Sr. Gómez vive en la Avda. Mayor.
    ¿Quién llama?
    ¡Nadie!
    ");
    insta::assert_snapshot!(by_default("ru", "Это было в 1812 г. в Москве. А. С. Пушкин родился в 1799 г. Он жил на ул. Арбат."), @"
    Это было в 1812 г. в Москве.
    А. С. Пушкин родился в 1799 г.
    Он жил на ул. Арбат.
    ");
    insta::assert_snapshot!(by_default("it", "Il dott. Bianchi, cioè il Sig. Rossi, arriva. Perché?"), @"
    Il dott. Bianchi, cioè il Sig. Rossi, arriva.
    Perché?
    ");
    insta::assert_snapshot!(by_default("zh", "他来了。“你好！”她说。现在3.5点了吗？是的"), @"
    他来了。
    “你好！”她说。
    现在3.5点了吗？
    是的
    ");
    insta::assert_snapshot!(by_default("ja", "彼は来た。「行こう。」と言った。本当？はい。"), @"
    彼は来た。
    「行こう。」と言った。
    本当？
    はい。
    ");
    insta::assert_snapshot!(by_default("ur", "وہ آیا۔ پھر گیا۔"), @"
    وہ آیا۔
    پھر گیا۔
    ");
    insta::assert_snapshot!(by_default("hi", "वह आया। फिर गया।"), @"
    वह आया।
    फिर गया।
    ");
    insta::assert_snapshot!(by_default("und", "Ena. Dva! tri? Štiri."), @"
    Ena.
    Dva! tri?
    Štiri.
    ");
}

#[test]
fn rules_with_word_boundaries_work_too() {
    let rule = |action, before: &str, after: &str| Rule {
        action,
        before: before.to_owned(),
        after: after.to_owned(),
        guards: Vec::new(),
        condition: None,
    };
    let rules = vec![rule(RuleAction::Keep, r"\bهـ\.", r"\s"), rule(RuleAction::Break, r"\.", r"\s+\b")];
    let list = LanguageRules { name: "own".to_owned(), rules };
    let map = LanguageMap { languages: ".*".to_owned(), name: "own".to_owned() };
    let rules = SegmentationRules::new(Cascade::All, vec![list], vec![map]).unwrap();
    let options = SegmentOptions { rules: Some(Arc::new(rules)), ..SegmentOptions::default() };
    insta::assert_snapshot!(cut("ar", "سنة 1445 هـ. كانت. ومرت. - هنا", &options), @"
    سنة 1445 هـ. كانت.
    ومرت. - هنا
    ");
}

#[test]
fn wrong_rules_are_refused_by_name() {
    let rules = |before: &str, languages: &str, name: &str| {
        let rule = Rule {
            action: RuleAction::Break,
            before: before.to_owned(),
            after: String::new(),
            guards: Vec::new(),
            condition: None,
        };
        let list = LanguageRules { name: "own".to_owned(), rules: vec![rule] };
        let map = LanguageMap { languages: languages.to_owned(), name: name.to_owned() };
        SegmentationRules::new(Cascade::All, vec![list], vec![map]).unwrap_err().to_string()
    };
    insta::assert_snapshot!(rules("(a", ".*", "own"), @"rule 1 of `own`: the pattern `(a` does not compile: unclosed group");
    insta::assert_snapshot!(rules("a", "*", "own"), @"the language pattern `*` for `own` does not compile: repetition operator missing expression");
    insta::assert_snapshot!(rules("a", ".*", "their"), @"the language pattern `.*` names the rules `their`, which do not exist");
}

/// The rules asked one by one at every position, with plain patterns: slow and plain.
fn slow_breaks(text: &str, language: &Lang, options: &SegmentOptions) -> Vec<usize> {
    let rules = shipped_rules().rules_for(language);
    let compiled: Vec<_> = rules
        .iter()
        .filter(|rule| rule.counts(|mark| options.at(mark)))
        .map(|rule| {
            let before = Regex::new(&format!(r"(?:{})\z", rule.before)).unwrap();
            let after = Regex::new(&format!(r"\A(?:{})", rule.after)).unwrap();
            (before, after, rule.action)
        })
        .collect();
    let positions = text.char_indices().map(|(at, _)| at).skip(1);
    positions
        .filter(|&at| {
            let first = compiled.iter().find(|(b, a, _)| b.is_match(&text[..at]) && a.is_match(&text[at..]));
            first.is_some_and(|(_, _, action)| *action == RuleAction::Break)
        })
        .collect()
}

/// Random mixtures of what decides about breaks.
fn mixture() -> impl Strategy<Value = String> {
    let atoms = proptest::sample::select(vec![
        ".",
        ".",
        ".",
        "!",
        "?",
        "؟",
        "…",
        "..",
        "...",
        "۔",
        "،",
        "؛",
        ":",
        ";",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        "[",
        "]",
        " ",
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u{A0}",
        "\u{200F}",
        "\u{200E}",
        "\u{200B}",
        "\u{FEFF}",
        "\0",
        "و",
        "وقال",
        "قال",
        "د",
        "أ",
        "هـ",
        "كلم",
        "إلخ",
        "كِتَاب",
        "العراق",
        "ثم",
        "Mr",
        "U.S",
        "e.g",
        "The",
        "the",
        "No",
        "J",
        "p.m",
        "Monday",
        "said",
        "Iraq",
        "1",
        "12",
        "٣",
        "2024",
        "-",
        "–",
        "*",
        "•",
        "https://a.b/",
        "。",
        "」",
        "と",
        "他",
        "😀",
        "é",
    ]);
    proptest::collection::vec(atoms, 0..40).prop_map(|atoms| atoms.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_is_lost_and_segments_are_trimmed(text in mixture(), tag in "ar|en|de|ja|und") {
        let cut = segment(paragraph(&text), &lang(&tag), &SegmentOptions::default());
        prop_assert_eq!(cut.rejoined(), text.as_str());
        let mut from = 0;
        for (segment, piece) in cut.segments().iter().zip(cut.texts()) {
            prop_assert_eq!(piece, piece.trim());
            prop_assert!(piece.chars().any(can_be_seen), "nothing to be seen in {:?}", piece);
            prop_assert!(!text[from..segment.span.start].chars().any(can_be_seen), "text lost before {:?}", piece);
            from = segment.span.end;
        }
        prop_assert!(!text[from..].chars().any(can_be_seen), "text lost at the end");
    }

    #[test]
    fn the_automaton_cuts_like_the_rules_one_by_one(text in mixture(), tag in "ar|en", two in any::<bool>()) {
        let mut options = SegmentOptions::default();
        if two {
            options.two_dots = AtMark::Break;
            options.colons = AtMark::Break;
        }
        prop_assume!(text.len() < SIGHT);
        let cutter = shipped_rules().cutter(&lang(&tag));
        prop_assert_eq!(cutter.start(|mark| options.at(mark)).breaks(&text), slow_breaks(&text, &lang(&tag), &options));
    }

    #[test]
    fn any_text_in_any_blocks_is_cut_without_panic(text in "\\PC{0,60}", at in 0_usize..60) {
        let at = text.floor_char_boundary(at.min(text.len()));
        let blocks = vec![
            Block { span: TextSpan::new(0, at), kind: BlockKind::Paragraph },
            Block { span: TextSpan::new(at, text.len()), kind: BlockKind::TableCell },
        ];
        let cut = segment(Document::of_blocks(text.clone(), blocks), &Lang::arabic(), &SegmentOptions::default());
        prop_assert_eq!(cut.rejoined(), text);
    }
}
