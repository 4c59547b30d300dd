//! Tests of the translation of patterns.

use super::*;
use regex::Regex;

fn read(pattern: &str, place: Place) -> String {
    from_icu(pattern, place).unwrap_or_else(|e| e.to_string())
}

#[test]
fn constructs_of_java_and_icu_become_ours() {
    let cases = [
        (r"\u00AB\uD83D\uDE00", "\u{AB}\u{1F600}"),
        (r"[\h\u200F]+", "\t \u{A0}\u{200F}"),
        (r"\Qa.b(\E\.", "a.b(."),
        (r"\p{InArabic}\p{IsLu}\p{javaLowerCase}\p{Arabic}\pL", "مEeمe"),
        (r"[[:alpha:]\p{Punct}]++", "a.!"),
        (r"(?>a|ab)c*+\Z", "acc\n"),
        (r"(?iu)MR(?# title)\.", "mr."),
        (r"\<b\>\—\-\x41\cA", "<b>—-A\u{1}"),
        (r"a{2,3}+b{1}", "aaab"),
        (r"[^\h]\R", "x\r\n"),
    ];
    for (pattern, text) in cases {
        let ours = read(pattern, Place::Whole);
        let fits = Regex::new(&format!(r"\A(?:{ours})\z")).map(|regex| regex.is_match(text));
        assert_eq!(fits, Ok(true), "{pattern} became {ours}");
    }
}

#[test]
fn look_around_at_the_edges_is_understood() {
    insta::assert_snapshot!(read(r"(?<![\p{L}\d])Mr\.", Place::Before), @r"(?:^|[^\p{L}\d])Mr\.");
    insta::assert_snapshot!(read(r"(?<!\w)Mr\.", Place::Before), @r"(?:^|[^\w])Mr\.");
    insta::assert_snapshot!(read(r"(?<=a|b)\.", Place::Before), @r"(?:a|b)\.");
    insta::assert_snapshot!(read(r"\s(?=\p{Lu})", Place::After), @r"\s(?:\p{Lu})");
    insta::assert_snapshot!(read(r"\s(?!\p{Ll})", Place::After), @r"\s(?:$|[^\p{Ll}])");
}

#[test]
fn what_has_no_counterpart_is_named_with_its_place() {
    insta::assert_snapshot!(read(r"a(?<!bc)\.", Place::Before), @"a look-behind at character 2 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"(?<!bc)\.", Place::Before), @"a look-behind for a text at character 1 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"(?=a)b", Place::After), @"a look-ahead at character 1 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"(a)\1", Place::Before), @"a reference to a group at character 4 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"\p{InKlingon}", Place::Before), @"the property `InKlingon` at character 1 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"ab\", Place::Before), @"a backslash at the end at character 3 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"\uD800", Place::Before), @"a code point that is none at character 1 of the pattern cannot be translated");
    insta::assert_snapshot!(read(r"\G.", Place::Before), @r"`\G` at character 1 of the pattern cannot be translated");
}

#[test]
fn ours_become_java_s() {
    insta::assert_snapshot!(to_icu(r"(?:^|[^\p{L}\d])Mr\.[\s,]\s", Place::Before), @r"(?<![\p{L}\p{Nd}])Mr\.[\s\p{Z}\x{85},][\s\p{Z}\x{85}]");
    insta::assert_snapshot!(to_icu(r"(?:^|[^.])\.\.", Place::Before), @r"(?<![.])\.\.");
    insta::assert_snapshot!(to_icu(r"\d|x", Place::After), @r"(?=\p{Nd}|x)");
    assert_eq!(read(r"(?=\p{Nd}|x)", Place::After), r"\p{Nd}|x");
    insta::assert_snapshot!(to_icu(r"(?:^|[^a[b]])c", Place::Before), @r"(?:^|[^a[b]])c");
}

proptest::proptest! {
    #[test]
    fn any_pattern_is_translated_or_refused_without_panic(pattern in r"[\\\[\](){}?<>=!:+*^$.|&a-zA-Z0-9é-]{0,24}") {
        for place in [Place::Before, Place::After, Place::Whole] {
            let _ = from_icu(&pattern, place);
            let _ = to_icu(&pattern, place);
        }
    }
}
