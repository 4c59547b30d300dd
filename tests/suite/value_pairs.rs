//! Arabic–English pairs that agree in a value: what aligns them must find it on both sides and miss nothing.

use std::collections::BTreeSet;

use muqabala::bitext::{Bead, Bitext, Doubt, EvidenceKind, Lang, SegmentedDocument, Sides};
use muqabala::score::{ScoreOptions, Scorer};

/// What of the values two segments share, and which are said to be missing.
fn agreed(arabic: &str, english: &str) -> (BTreeSet<String>, Vec<String>) {
    agreed_in("ar", arabic, english)
}

/// The same for a segment of any language and one of English.
fn agreed_in(language: &str, text: &str, english: &str) -> (BTreeSet<String>, Vec<String>) {
    let line = |text: &str| SegmentedDocument::from_lines(&[text.to_owned()]);
    let bitext = Bitext {
        documents: Sides::new(line(text), line(english)),
        languages: Sides::new(language.parse().unwrap(), Lang::english()),
    };
    let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
    let explanation = scorer.explain(&scorer.model(), &bitext, Bead::new((0, 1), (0, 1)));
    let values = [EvidenceKind::Numbers, EvidenceKind::Dates, EvidenceKind::Symbols];
    let items = explanation.evidence.iter().filter(|e| values.contains(&e.kind));
    let shared = items.flat_map(|e| e.matches.iter().map(|m| m.value.clone())).collect();
    let missing = explanation.doubts.into_iter().filter_map(|doubt| match doubt {
        Doubt::MissingValue { value, .. } => Some(value),
        _ => None,
    });
    (shared, missing.collect())
}

/// Three tables; neither of the writers of the first two wrote the rules of the second.
const TABLES: [&str; 3] = [
    include_str!("../fixtures/value-pairs.tsv"),
    include_str!("../fixtures/value-pairs-2.tsv"),
    include_str!("../fixtures/value-pairs-3.tsv"),
];

/// The values of a table's column.
fn values_of(column: &str) -> BTreeSet<String> {
    column.split(" | ").filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

#[test]
fn both_sides_say_the_same_value() {
    let lines: Vec<_> = TABLES.iter().flat_map(|table| table.lines()).collect();
    let mut wrong = Vec::new();
    for line in &lines {
        let [arabic, english, values] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("Arabic, English, values: {line}")
        };
        let (shared, missing) = agreed(arabic, english);
        let expected = values_of(values);
        if shared != expected || !missing.is_empty() {
            wrong.push(format!(
                "{arabic} = {english}\n  expected {expected:?}\n  found {shared:?}, missing {missing:?}"
            ));
        }
    }
    assert!(lines.len() >= 300, "{} pairs", lines.len());
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

/// The test can fail: another value on one side is no agreement.
#[test]
fn other_values_do_not_agree() {
    for (arabic, english) in [
        ("دفع ألفا وخمسمئة دينار.", "He paid 2,500 dinars."),
        ("الساعة العاشرة والنصف", "at 10:15"),
        ("بتاريخ ١٢ / ٥ / ٢٠٢٠", "dated 7 June 2021"),
        ("٥٧٠ ق.م.", "in 580 BC"),
        ("ثلاث سنوات ونصف", "two and a half years"),
        ("ثلث ساعة", "30 minutes"),
        ("الساعة الخامسة والنصف إلا خمس دقائق", "at 5:35"),
        ("عقد ونصف", "25 years"),
    ] {
        let (shared, missing) = agreed(arabic, english);
        assert!(shared.is_empty() && !missing.is_empty(), "{arabic} = {english}: {shared:?}, {missing:?}");
    }
}

#[test]
fn other_languages_agree_or_at_least_do_no_harm() {
    let cases = [
        (
            "he",
            "שלושים וחמישה תלמידים הגיעו ביום רביעי.",
            "Thirty-five pupils arrived on Wednesday.",
            "35 | Wednesday",
        ),
        ("fa", "در سال ۱۳۹۹ چهل و دو نفر", "forty-two people in 2020", "42 | 2020"),
        ("ur", "31 مارچ 2015 کو پچپن افراد", "55 people on 31 March 2015", "55 | 2015-03-31"),
        ("tr", "On dokuz kişi, 12 Ekim 2011", "Nineteen people, October 12, 2011", "19 | 2011-10-12"),
        (
            "ru",
            "сорок пять человек, 2,5 млн рублей",
            "forty-five people, 2.5 million roubles",
            "45 | 2500000 roubles",
        ),
        (
            "es",
            "treinta y ocho personas, el jueves 9 de mayo",
            "thirty-eight people, Thursday, 9 May",
            "38 | Thursday | 9 May",
        ),
        ("pt", "quarenta e sete pessoas, terça-feira", "forty-seven people, Tuesday", "47 | Tuesday"),
        ("it", "cinquantuno persone, sabato", "fifty-one people, Saturday", "51 | Saturday"),
        ("nl", "tweeënzestig mensen, woensdag", "sixty-two people, Wednesday", "62 | Wednesday"),
        ("pl", "siedemdziesiąt trzy osoby, w środę", "seventy-three people, on Wednesday", "73 | Wednesday"),
        ("zh", "八十四人，2019年5月17日", "Eighty-four people, May 17, 2019", "84 | 2019-05-17"),
        ("ja", "平成31年4月30日、９５人", "95 people, 30 April 2019", "95 | 2019-04-30"),
        (
            "ko",
            "수요일에 1억 2천만 원, 36명",
            "120 million won and 36 people on Wednesday",
            "120000000 | 36 | Wednesday",
        ),
        ("hi", "सैंतीस लोग, २० लाख रुपये", "thirty-seven people, two million rupees", "37 | 2000000 rupees"),
        ("id", "empat puluh satu orang, hari Kamis", "forty-one people, Thursday", "41 | Thursday"),
        ("th", "๖๐ คน 14 ตุลาคม 2516", "60 people, 14 October 1973", "60 | 1973-10-14"),
        // Of these languages no number words or weekdays are known: nothing is missing.
        ("my", "သောကြာနေ့တွင် လူနှစ်ဆယ့်သုံးဦး", "Twenty-three people on Friday", ""),
        ("fi", "Kaksikymmentäkolme ihmistä perjantaina", "Twenty-three people on Friday, in March", ""),
    ];
    for (language, text, english, values) in cases {
        assert_eq!(
            agreed_in(language, text, english),
            (values_of(values), Vec::new()),
            "{language}: {text} = {english}"
        );
    }
}
