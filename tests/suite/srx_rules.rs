//! Rules as CAT tools and proofing tools ship them: each is used, or told with its reason.

use std::fs;
use std::path::Path;

use muqabala::segment::{OnUntranslatable, read_srx};

use crate::support::run;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/srx").join(name);
    fs::read_to_string(path).unwrap()
}

/// The segments of `text`, and what is said.
fn cut(rules: &str, lang: &str, text: &str) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.srx"), fixture(rules)).unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let ran = run(folder.path(), &["segment", "a.txt", "--srx", "rules.srx", "--lang", lang]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (ran.out.lines().map(str::to_owned).collect(), ran.err)
}

#[test]
fn every_rule_is_used_or_told() {
    let import = read_srx(&fixture("filters.srx"), OnUntranslatable::LeaveOut).unwrap();
    assert_eq!(import.left_out, []);
    let import = read_srx(&fixture("many-languages.srx"), OnUntranslatable::LeaveOut).unwrap();
    let told: Vec<String> = import.rules.left_out().map(str::to_owned).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    rule 1 of `Odd`: a look-ahead at character 1 of the pattern cannot be translated in `(?=\w+ and)\w+\.\s`
    rule 2 of `Odd`: the property `InKlingon` at character 1 of the pattern cannot be translated in `\p{InKlingon}\.\s`
    ");
    let (all, left) = (import.rules.lists().iter().map(|list| list.rules.len()).sum::<usize>(), told.len());
    assert_eq!(all + left, fixture("many-languages.srx").matches("<rule ").count());
}

#[test]
fn they_cut_as_they_say() {
    let english = "I met Dr. Who and J. R. Ewing. See no. 5 vs. others etc. and so on. It was P.P. Yes, no. \
                   It is in chap. 5. it says. He said: “No.” (and left). The end.";
    insta::assert_snapshot!(cut("many-languages.srx", "en-GB", english).0.join("\n"), @r"
    I met Dr. Who and J. R. Ewing.
    See no. 5 vs. others etc. and so on.
    It was P.P. Yes, no.
    It is in chap.
    5. it says.
    He said: “No.” (and left).
    The end.
    ");
    insta::assert_snapshot!(cut("many-languages.srx", "de", "Am 3. Mai kam er. Er kam z. B. nicht am 4. Das war alles.").0.join("\n"), @r"
    Am 3. Mai kam er.
    Er kam z.
    B. nicht am 4.
    Das war alles.
    ");
    insta::assert_snapshot!(cut("many-languages.srx", "ar", "قال د. أحمد نعم. هل تعود؟ لا.").0.join("\n"), @r"
    قال د. أحمد نعم.
    هل تعود؟
    لا.
    ");
    insta::assert_snapshot!(cut("filters.srx", "en", "Mr. X of the U.S. army said \"No.\" and left. He went 'home.' To sleep. No. 5 is no. 6.").0.join("\n"), @r#"
    Mr. X of the U.S. army said "No." and left.
    He went 'home.'
    To sleep.
    No. 5 is no. 6.
    "#);
}

#[test]
fn a_rule_for_another_language_is_not_needed() {
    let (_, said) = cut("many-languages.srx", "en", "One. Two.");
    assert!(said.contains("2 rules for other languages cannot be used here"), "{said}");
    let (_, said) = cut("many-languages.srx", "xx", "One. Two.");
    assert!(said.contains("rule 1 of `Odd`: a look-ahead at character 1"), "{said}");
    assert!(said.contains("rule 2 of `Odd`: the property `InKlingon`"), "{said}");
}

/// A rule that backtracks without end costs a bounded time, and the rest of the rules go on.
#[test]
fn a_rule_without_end_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "<srx version=\"2.0\"><header cascade=\"no\"/><body><languagerules><languagerule languagerulename=\"a\">\
        <rule break=\"no\"><beforebreak>((a+)+(?!b)\\2?)+\\.</beforebreak><afterbreak>\\s(?=((\\w+)+ )+\\2x)</afterbreak></rule>\
        <rule break=\"yes\"><beforebreak>\\.</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule></languagerules>\
        <maprules><languagemap languagepattern=\".*\" languagerulename=\"a\"/></maprules></body></srx>";
    fs::write(folder.path().join("rules.srx"), rules).unwrap();
    let text = format!("{}. ", "a".repeat(500)).repeat(3000);
    fs::write(folder.path().join("a.txt"), &text).unwrap();
    let begun = std::time::Instant::now();
    let ran = run(folder.path(), &["segment", "a.txt", "--srx", "rules.srx", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 3000);
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}
