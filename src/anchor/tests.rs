//! Tables of cases (a text, and its anchors as `kind:display`), agreement between languages, properties.

use proptest::prelude::*;

use super::*;

/// The anchors of a text as `kind:display`, `?` after weak ones, joined by ` | `.
fn shown(text: &str, language: &Lang) -> String {
    let mut out = Vec::new();
    for a in anchors(text, language) {
        let weak = if a.strength == Strength::Weak { "?" } else { "" };
        out.push(format!("{}:{}{weak}", a.kind.name(), a.display()));
    }
    out.join(" | ")
}

/// Whether a line `text<TAB>anchors` of a table holds; if not, what differs.
fn differs(line: &str, language: &Lang) -> Option<String> {
    let (text, expected) = line.split_once('\t').expect("a text, a tab, its anchors");
    let found = shown(text, language);
    (found != expected).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
}

/// Compares every line of a table, and names all that differ.
fn check(table: &str, language: &Lang, at_least: usize) {
    let wrong: Vec<String> = table.lines().filter_map(|line| differs(line, language)).collect();
    let lines = table.lines().count();
    assert!(lines >= at_least, "only {lines} cases");
    assert!(wrong.is_empty(), "{} of {lines} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn arabic_cases() {
    check(include_str!("../../tests/fixtures/anchors-ar.tsv"), &Lang::arabic(), 150);
}

#[test]
fn english_cases() {
    check(include_str!("../../tests/fixtures/anchors-en.tsv"), &Lang::english(), 150);
}

#[test]
fn other_languages_have_digits_and_some_words() {
    let lines = include_str!("../../tests/fixtures/anchors-other.tsv").lines();
    let wrong: Vec<String> = lines
        .filter_map(|line| {
            let (code, case) = line.split_once('\t').unwrap();
            Some(format!("{code}: {}", differs(case, &code.parse().unwrap())?))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_looks_like_a_part_a_time_or_a_day_is_none() {
    let arabic = |text| shown(text, &Lang::arabic());
    let english = |text| shown(text, &Lang::english());
    assert_eq!(arabic("خُمس الغنائم"), "number:0.2");
    assert_eq!(arabic("خمس الغنائم"), "number:5");
    assert_eq!(arabic("خَمس نساء"), "number:5");
    assert_eq!(arabic("كوبان ونصف"), "number:2.5");
    assert_eq!(arabic("لبنان ونصف سوريا"), "number:0.5?");
    assert_eq!(arabic("نصف العام"), "quantity:0.5 years?");
    assert_eq!(english("at ten to four"), "time:3:50");
    assert_eq!(english("at ten to twelve dollars"), "number:10 | money:12 dollars");
    assert_eq!(english("from ten to four"), "number:10 | number:4");
    assert_eq!(english("five days of July"), "quantity:5 days | date:July");
    assert_eq!(english("a third of an hour"), "quantity:20 minutes");
    assert_eq!(english("the third of the brothers"), "ordinal:3");
    assert_eq!(english("Jan and May went"), "date:May?");
}

#[test]
fn the_statement_agrees_in_both_languages() {
    let arabic = anchors(include_str!("../../corpora/jscd-2024/ar.txt"), &Lang::arabic());
    let english = anchors(include_str!("../../corpora/jscd-2024/en.txt"), &Lang::english());
    for value in [
        "2024-07-22",
        "2024-07-23",
        "2008",
        "2024",
        "April",
        "6 months",
        "10",
        "10 years",
        "3",
        "millions",
        "hundreds of thousands",
    ] {
        let key = |anchors: &[Anchor]| anchors.iter().find(|a| a.display() == value).map(|a| a.keys()[0]);
        let (a, e) = (key(&arabic), key(&english));
        assert!(a.is_some(), "{value} in Arabic");
        assert_eq!(a, e, "{value}");
    }
}

/// What both texts say: all first keys of the one, in order, are those of the other.
#[test]
fn two_languages_give_the_same_keys() {
    let cases = [
        ("ألفان وأربعة وعشرون", "2,024"),
        ("خمسة وعشرون ألفا", "twenty-five thousand"),
        ("٣٫٥ مليون", "3.5 million"),
        ("مليونان ونصف المليون", "2500000"),
        ("المرتبة الثانية والعشرون", "22nd place"),
        ("القرن التاسع عشر", "the nineteenth century"),
        ("٤٥٪", "45 percent"),
        ("5 ملايين دولار", "$5 million"),
        ("مئتا جنيه", "£200"),
        ("عشرة كيلومترات", "10 km"),
        ("شهرين", "two months"),
        ("خمسة أعوام", "a five-year plan"),
        ("ثلثي", "two thirds"),
        ("عشرات الآلاف", "tens of thousands"),
        ("السابع من تشرين الأول/أكتوبر 2023", "October 7, 2023"),
        ("7 أكتوبر 2023", "7/10/2023"),
        ("غشت 2019", "August 2019"),
        ("1 رمضان 1445هـ", "1 Ramadan 1445 AH"),
        ("يوم الأحد", "on Sunday"),
        ("الساعة 3:30 مساء", "at 15:30"),
        ("ستينيات القرن", "the sixties"),
        ("(ب) البند", "(b) item"),
        ("١- البند", "1. Item"),
        ("طائرة F16", "an F-16"),
        ("WWW.Example.com/a", "http://www.example.com/a/"),
    ];
    for (ar, en) in cases {
        let first = |text, lang: Lang| anchors(text, &lang).iter().map(|a| a.keys()[0]).collect::<Vec<_>>();
        let any = |text, lang: Lang| anchors(text, &lang).iter().flat_map(Anchor::keys).collect::<Vec<_>>();
        let (a, e) = (first(ar, Lang::arabic()), any(en, Lang::english()));
        assert!(!a.is_empty() && a.iter().all(|k| e.contains(k)), "{ar} = {en}");
    }
}

#[test]
fn related_values_share_weaker_keys() {
    let keys = |text| anchors(text, &Lang::english())[0].keys();
    let date = keys("July 22, 2024");
    assert_eq!(date.len(), 5, "full date, month and day, year, month, day");
    assert!(date.contains(&keys("2024")[0]), "the year");
    assert!(date.contains(&keys("July")[0]), "the month");
    assert_eq!(date[1], keys("22 July")[0], "month and day");
    assert_ne!(keys("10 percent")[0], keys("10")[0]);
    assert_eq!(keys("10 percent")[1], keys("10")[0]);
    assert_eq!(keys("tenth"), keys("ten"));
    assert!(keys("1 Ramadan 1445").contains(&keys("2024-03-11")[0]), "the Gregorian day");
    assert_eq!(keys("3/4/2024")[0], keys("March 4, 2024")[0]);
    assert!(keys("3/4/2024").contains(&keys("April 3, 2024")[0]), "the other order");
    assert_eq!(keys("-5")[1], keys("5")[0], "without its sign");
}

#[test]
fn spans_cover_what_was_read() {
    let text = "أكد أن 5 ملايين و300 ألف ريال في 22 و23 تموز 2024";
    let found = anchors(text, &Lang::arabic());
    let slices: Vec<_> = found.iter().map(|a| &text[a.span.range()]).collect();
    assert_eq!(slices, ["5 ملايين و300 ألف ريال", "22", "23 تموز 2024"]);
    let text = "On July 22 and 23, 2024, the U.S. paid US$5 million.";
    let found = anchors(text, &Lang::english());
    let slices: Vec<_> = found.iter().map(|a| &text[a.span.range()]).collect();
    assert_eq!(slices, ["July 22", "23, 2024", "U.S.", "$5 million"]);
}

#[test]
fn marks_without_width_change_nothing() {
    for (plain, marked) in [
        ("22/7/2024", "22\u{200F}/7\u{200F}/2024"),
        ("ثلاثة آلاف", "ثَلَاثَةُ آلَافٍ"),
        ("العاشرة", "العـــاشرة"),
        ("10%", "\u{202B}10\u{202C}%"),
        ("في أبريل", "\u{FEFF}في أبريل"),
    ] {
        assert!(!shown(plain, &Lang::arabic()).is_empty());
        assert_eq!(shown(plain, &Lang::arabic()), shown(marked, &Lang::arabic()), "{plain}");
    }
}

/// Products beyond what a number can hold once overflowed.
#[test]
fn numbers_too_large_end_where_they_still_fit() {
    let nines = "9".repeat(28);
    for (text, language) in [
        (format!("{nines} مليون و{nines} ألف"), Lang::arabic()),
        (format!("{nines} مليار"), Lang::arabic()),
        ("5 تريليون تريليون".to_owned(), Lang::arabic()),
        ("مليار مليار مليار مليار".to_owned(), Lang::arabic()),
        ("hundreds of millions of trillions".to_owned(), Lang::english()),
        (format!("{nines}½ million"), Lang::english()),
    ] {
        assert!(!anchors(&text, &language).is_empty(), "{text}");
    }
    assert_eq!(shown("ألف مليون", &Lang::arabic()), "number:1000000000");
    assert_eq!(shown("5 آلاف مليون", &Lang::arabic()), "number:5000000000");
}

fn read(text: &str, language: &str) -> String {
    let found = anchors(text, &language.parse().unwrap());
    found.iter().map(Anchor::display).collect::<Vec<_>>().join(" | ")
}

#[test]
fn bengali_number_words_add_up() {
    insta::assert_snapshot!(read("তেইশ জন মন্ত্রী, তিনটি বই, দুইশ পঞ্চাশ টাকা, তিন লাখ, এটি নয়, নয় হাজার", "bn"), @"23 | 3 | 250 taka | 300000 | 9000");
}

#[test]
fn ordinals_of_slavic_languages_and_hebrew_are_numbers() {
    insta::assert_snapshot!(read("двадцать первый век, в третьем ряду, сороковая годовщина", "ru"), @"21 | 3 | 40");
    insta::assert_snapshot!(read("dwudziesty pierwszy wiek, w trzecim rzędzie, czterdziesta rocznica", "pl"), @"21 | 3 | 40");
    insta::assert_snapshot!(read("בפעם השלישית, הקומה העשירית, ביום שלישי", "he"), @"3 | 10 | Tuesday");
}

#[test]
fn time_grows_with_the_text_only() {
    // Each of these once could have made a reader look at the rest of the text from every token.
    for piece in ["a(", "a.b/", "1,", "5 and ", "A.", "one hundred and ", "خمسة و", "22 و", "- ", "(a) "]
    {
        let text = piece.repeat(30_000);
        let start = std::time::Instant::now();
        anchors(&text, &Lang::english());
        anchors(&text, &Lang::arabic());
        assert!(start.elapsed().as_secs() < 30, "{piece}: {:?}", start.elapsed());
    }
}

/// The figures in the documentation of `name` are those of this test.
#[test]
fn name_similarity_keeps_its_precision_and_recall() {
    let pairs: Vec<(&str, &str)> =
        include_str!("../../tests/fixtures/names.tsv").lines().map(|l| l.split_once('\t').unwrap()).collect();
    let skeletons: Vec<_> = pairs.iter().map(|(ar, en)| (skeleton(ar), skeleton(en))).collect();
    let at_least = |a: &str, b: &str| skeleton_similarity(a, b) >= 0.85;
    let right = skeletons.iter().filter(|(a, b)| at_least(a, b)).count();
    let mut wrong = 0;
    for (i, (a, _)) in skeletons.iter().enumerate() {
        for (j, (_, b)) in skeletons.iter().enumerate() {
            wrong += usize::from(pairs[i].1 != pairs[j].1 && at_least(a, b));
        }
    }
    insta::assert_snapshot!(format!("{right} of {} true pairs, {wrong} wrong ones", pairs.len()),
        @"166 of 187 true pairs, 11 wrong ones");
}

fn languages() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec!["ar", "en", "de", "fr", "fa", "und"]).prop_map(|l| l.parse().unwrap())
}

/// Texts of the words and signs that the readers know, in any order.
fn salad() -> impl Strategy<Value = String> {
    let words: Vec<&str> = include_str!("../../tests/fixtures/anchors-ar.tsv")
        .split(['\t', '\n', ' '])
        .chain(include_str!("../../tests/fixtures/anchors-en.tsv").split(['\t', '\n', ' ']))
        .chain([
            "-",
            "/",
            ".",
            ",",
            "%",
            "و",
            "\u{200F}",
            "½",
            "(",
            ")",
            "٪",
            "1",
            "00",
            "9999999999999999999999999999",
            "$",
            "@",
            "'",
        ])
        .filter(|w| !w.is_empty())
        .collect();
    let gaps = prop::sample::select(vec!["", " ", " ", " ", "\u{A0}", "\n"]);
    prop::collection::vec((prop::sample::select(words), gaps), 0..14)
        .prop_map(|parts| parts.into_iter().flat_map(|(w, g)| [w, g]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn anchors_are_in_order_and_stable(text in prop_oneof![salad(), ".{0,60}"], language in languages()) {
        let found = anchors(&text, &language);
        let mut end = 0;
        for anchor in &found {
            prop_assert!(anchor.span.start >= end, "{anchor:?} overlaps");
            prop_assert!(!anchor.span.is_empty());
            prop_assert!(text.get(anchor.span.range()).is_some(), "{anchor:?} cuts a character");
            prop_assert!(!anchor.keys().is_empty());
            prop_assert!(!anchor.display().is_empty());
            end = anchor.span.end;
        }
        prop_assert_eq!(&found, &anchors(&text, &language));
    }

    #[test]
    fn integers_are_read_back_in_all_digits(n in 0u64..1_000_000_000_000) {
        let ascii = n.to_string();
        let shift = |from: u32| ascii.bytes().map(|b| char::from_u32(from + u32::from(b - b'0')).unwrap()).collect::<String>();
        for text in [ascii.clone(), shift(0x660), shift(0x6F0)] {
            let found = anchors(&format!("x {text} x"), &Lang::undetermined());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].display(), ascii.clone());
        }
    }

    #[test]
    fn similarity_is_symmetric_and_between_0_and_1(a in "[a-zA-Zا-ي]{0,9}", b in "[a-zA-Zا-ي]{0,9}") {
        let (a, b) = (skeleton(&a), skeleton(&b));
        let s = skeleton_similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&s), "{s}");
        prop_assert!((s - skeleton_similarity(&b, &a)).abs() < 1e-12);
    }
}

#[test]
fn a_name_has_one_skeleton_in_both_scripts() {
    assert_eq!((skeleton("ترامب"), skeleton("Trump")), ("trmb.a".to_owned(), "trmb.u".to_owned()));
}
