//! Tests of taking a document apart.

use super::*;
use crate::read::{Lines, ReadOptions, parse};

fn read(name: &str, text: &str) -> ReadDocument {
    let options = ReadOptions { lines: Lines::AsTheyStand, ..ReadOptions::default() };
    parse(name, text.as_bytes().to_vec(), &options).unwrap()
}

/// The blocks of both sides and what is left out, one a line.
fn shown(name: &str, text: &str, wanted: &Sides<Option<Lang>>) -> String {
    let apart = match take_apart(&read(name, text), wanted) {
        Ok(apart) => apart,
        Err(why) => return why.to_string(),
    };
    let blocks = |label: &str, document: &Document| -> Vec<String> {
        document
            .blocks()
            .iter()
            .map(|b| format!("{label}|{}", document.slice(b.span).escape_debug()))
            .collect()
    };
    let mut lines = blocks("s", &apart.documents.source);
    lines.extend(blocks("t", &apart.documents.target));
    lines.extend(apart.left_out.iter().map(|piece| format!("-|{piece}")));
    lines.join("\n")
}

fn any() -> Sides<Option<Lang>> {
    Sides::default()
}

fn lang(code: &str) -> Lang {
    code.parse().unwrap()
}

#[test]
fn lines_in_turn_are_told_by_their_letters() {
    let text = "البيان المشترك\nJoint statement\nالتقى الوزيران في واشنطن (IMF).\nThe two ministers met.\n2024\n2024\n\
                شكراً.\nThank you.\nWord كلمة word كلمة\n";
    insta::assert_snapshot!(shown("a.txt", text, &any()), @r"
    s|البيان المشترك
    s|التقى الوزيران في واشنطن (IMF).
    s|2024
    s|شكراً.
    t|Joint statement
    t|The two ministers met.
    t|2024
    t|Thank you.
    -|Word كلمة word كلمة
    ");
    // The source is the language that is named for it.
    let english = Sides::new(Some(lang("en")), None);
    assert!(shown("a.txt", text, &english).starts_with("s|Joint statement"));
    let arabic = Sides::new(None, Some(lang("ar")));
    assert!(shown("a.txt", text, &arabic).starts_with("s|Joint statement"));
    assert_eq!(shown("a.txt", text, &Sides::new(Some(lang("ru")), None)), "no text in ru was found in it");
}

#[test]
fn wrapped_paragraphs_in_turn_are_joined() {
    let arabic = "ناقش الوفدان عددا من المسائل ضمن الاتفاق الإطاري\nالاستراتيجي لعام 2008، واعترفا بكامل الشراكة بين\nالبلدين وبأهمية التعاون الأمني بينهما في المنطقة\nكلها.\n\n";
    let english = "The delegations discussed a number of the issues\nunder the framework agreement of 2008, and in the\nend recognised the whole partnership of the states\nthere.\n\n";
    let apart = take_apart(&read("a.txt", &[arabic, english, arabic, english].concat()), &any()).unwrap();
    assert_eq!(apart.documents.map(|d| d.blocks().len()), Sides::new(2, 2));
    assert_eq!(apart.left_out, Vec::<String>::new());
}

#[test]
fn columns_are_taken_apart() {
    let text =
        "The ministers met.\tالتقى الوزيران.\nThey agreed.\tواتفقا.\n12\t12\nThey went home.\tوعادا.\n";
    insta::assert_snapshot!(shown("a.txt", text, &any()), @r"
    s|The ministers met.
    s|They agreed.
    s|12
    s|They went home.
    t|التقى الوزيران.
    t|واتفقا.
    t|12
    t|وعادا.
    ");
    let table = "<table><tr><th>English<th>العربية<tr><td>The ministers met.<br>They agreed.<td>التقى الوزيران.<br>واتفقا.</table>";
    insta::assert_snapshot!(shown("a.html", table, &any()), @r"
    s|English
    s|The ministers met.\nThey agreed.
    t|العربية
    t|التقى الوزيران.\nواتفقا.
    ");
}

#[test]
fn languages_of_one_script_are_told_by_their_words() {
    let pairs = [
        (
            "The council met in the morning to discuss the budget.",
            "Le conseil s’est réuni le matin pour examiner le budget.",
        ),
        ("Budget", "Budget"),
        (
            "It was agreed that the tax would not be raised this year.",
            "Il a été convenu que l’impôt ne serait pas augmenté cette année.",
        ),
        ("Nobody was against it.", "Personne n’était contre."),
        (
            "The mayor thanked those who had come to the meeting.",
            "Le maire a remercié ceux qui étaient venus à la réunion.",
        ),
        ("Meeting closed.", "Réunion terminée."),
        (
            "The next meeting will be held in the spring of next year.",
            "La prochaine réunion se tiendra au printemps de l’année prochaine.",
        ),
    ];
    let text: String = pairs.iter().map(|(en, fr)| format!("{en}\n{fr}\n")).collect();
    let apart = take_apart(&read("a.txt", &text), &any()).unwrap();
    let texts = |document: &Document| -> Vec<String> {
        document.blocks().iter().map(|b| document.slice(b.span).to_owned()).collect()
    };
    assert_eq!(texts(&apart.documents.source), pairs.map(|(en, _)| en));
    assert_eq!(texts(&apart.documents.target), pairs.map(|(_, fr)| fr));
    assert_eq!(apart.languages, Sides::new(Some(lang("en")), Some(lang("fr"))));
}

#[test]
fn one_language_is_not_taken_apart() {
    let text = "The council met in the morning.\nIt was agreed that the tax would not be raised.\n";
    assert_eq!(shown("a.txt", text, &any()), "two languages in turn could not be found in it");
    assert_eq!(shown("a.txt", "12\n13\n", &any()), "two languages in turn could not be found in it");
}

proptest::proptest! {
    /// Every piece is in one of the documents or left out, as it stood.
    #[test]
    fn nothing_is_lost(text in "([a-e ]{0,6}|[\u{627}-\u{62c} ]{0,6}|[0-9\t.]{0,3}|\n){1,30}") {
        let Ok(read) = parse("a.txt", text.clone().into_bytes(), &ReadOptions { lines: Lines::AsTheyStand, ..ReadOptions::default() }) else {
            return Ok(());
        };
        let Ok(apart) = take_apart(&read, &any()) else { return Ok(()) };
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            letters.sort_unstable();
            letters
        };
        let all = [apart.documents.source.text(), apart.documents.target.text(), &apart.left_out.concat()].concat();
        assert_eq!(letters(&all), letters(&text));
    }
}
