//! Tests of choosing two languages.

use super::*;
use crate::formats::Text;

/// A unit of `code:text` parted by blanks; a code in capitals `S=` or `T=` gives the side.
fn unit(texts: &str) -> Several {
    let one = |word: &str| {
        let (side, word) = match word.split_once('=') {
            Some(("S", word)) => (Some(Side::Source), word),
            Some(("T", word)) => (Some(Side::Target), word),
            _ => (None, word),
        };
        let (code, text) = word.split_once(':').unwrap();
        Text { code: code.to_owned(), side, text: text.to_owned() }
    };
    Several { unit: Unit::default(), texts: texts.split(' ').map(one).collect() }
}

fn file(units: &[&str]) -> Multilingual {
    Multilingual { units: units.iter().map(|texts| unit(texts)).collect(), ..Multilingual::default() }
}

/// The pairs chosen, what was left out and told, or why there are none.
fn chosen(units: &[&str], source: &str, target: &str) -> String {
    let asked = Sides::new(source.parse().ok(), target.parse().ok());
    match choose(file(units), &asked) {
        Ok(read) => {
            let pairs = read.units.iter().map(|u| format!("{}={}", u.texts.source, u.texts.target));
            let left = read.told.left_out.iter().map(|(what, &count)| what.words(count));
            let name = |lang: Option<Lang>| lang.map_or("?".to_owned(), |l| l.to_string());
            let languages = format!("{} → {}", name(read.languages.source), name(read.languages.target));
            let parts: Vec<String> =
                std::iter::once(languages).chain(pairs).chain(left).chain(read.told.notes).collect();
            parts.join("; ")
        }
        Err(NoPair(why)) => why,
    }
}

#[test]
fn codes_are_understood_as_tools_spell_them() {
    let tag = |code: &str| language_of(code).map(|lang| lang.to_string()).unwrap_or_default();
    for (code, expected) in [
        ("ar_SA", "ar-SA"),
        ("AR-01", "ar"),
        ("ar-001", "ar"),
        ("ara", "ar"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("EN-us", "en-US"),
        ("sr@latin", "sr"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("en_GB.UTF-8", "en-GB"),
        ("oc", "oc"),
        ("und", ""),
        ("gibberish", ""),
        ("", ""),
    ] {
        assert_eq!(tag(code), expected, "{code}");
    }
}

#[test]
fn the_only_pair_is_read_and_of_several_one_must_be_named() {
    let two = ["en:a ar:b", "ar:d en:c", "en:e"];
    insta::assert_snapshot!(chosen(&two, "", ""), @"en → ar; a=b; c=d; 1 unit with text on one side alone");
    insta::assert_snapshot!(chosen(&two, "ar", ""), @"ar → en; b=a; d=c; 1 unit with text on one side alone");
    let three = ["en:a ar:b fr:c", "en:d fr:e", "en:f ar:g", "ar:h fr:i"];
    insta::assert_snapshot!(chosen(&three, "", ""), @"it holds several pairs of languages: en → ar (2 units), en → fr (2 units), ar → fr (1 unit)");
    insta::assert_snapshot!(chosen(&three, "fr", ""), @"it holds several pairs of languages: fr → en (2 units), fr → ar (1 unit)");
    insta::assert_snapshot!(chosen(&three, "", "ar"), @"en → ar; a=b; f=g; 2 units with text on one side alone; 1 text in fr");
    insta::assert_snapshot!(chosen(&three, "fr", "ar"), @"fr → ar; c=b; i=h; 2 units with text on one side alone; 1 text in en");
    insta::assert_snapshot!(chosen(&three, "de", "ar"), @"it holds no texts in de; its pairs of languages are: en → ar (2 units), en → fr (2 units), ar → fr (1 unit)");
}

#[test]
fn units_with_sides_of_other_languages_are_counted_by_these() {
    let files = ["S=en:a T=ar:b", "S=en:a T=fr:c", "S=en:d T=fr:e"];
    insta::assert_snapshot!(chosen(&files, "", ""), @"it holds several pairs of languages: en → fr (2 units), en → ar (1 unit)");
    insta::assert_snapshot!(chosen(&files, "", "ar"), @"en → ar; a=b; 2 units of en → fr");
    insta::assert_snapshot!(chosen(&files, "fr", "en"), @"fr → en; c=a; e=d; 1 unit of en → ar");
}

#[test]
fn a_country_counts_where_it_is_asked_for_or_where_it_tells_texts_apart() {
    let variants = ["en-US:color en-GB:colour", "EN-us:gray en_GB:grey", "en-US:x"];
    insta::assert_snapshot!(chosen(&variants, "en-US", "en-GB"), @"en-US → en-GB; color=colour; gray=grey; 1 unit with text on one side alone");
    insta::assert_snapshot!(chosen(&variants, "en-GB", ""), @"en-GB → en-US; colour=color; grey=gray; 1 unit with text on one side alone");
    insta::assert_snapshot!(chosen(&variants, "", ""), @"en-US → en-GB; color=colour; gray=grey; 1 unit with text on one side alone");
    let both = ["en:a ar-SA:b ar-EG:c", "en:d ar-EG:e"];
    insta::assert_snapshot!(chosen(&both, "en", "ar-SA"), @"en → ar-SA; a=b; 1 unit of en → ar-EG; 1 text in ar-EG");
    insta::assert_snapshot!(chosen(&both, "en", "ar-MA"), @"en → ar-MA; a=b; d=e; 1 text in ar-EG; 2 units of another region than was asked for: ar-MA is read from texts in ar-EG, ar-SA");
    // Spellings of one language are one.
    insta::assert_snapshot!(chosen(&["en:a AR-01:b", "en:c ara:d", "en:e ar_SA:f"], "", ""), @"en → ar; a=b; c=d; e=f");
    let targets = ["S=en:a T=ar-SA:b", "S=en:c T=ar-EG:d"];
    insta::assert_snapshot!(chosen(&targets, "", ""), @"it holds several pairs of languages: en → ar-EG (1 unit), en → ar-SA (1 unit)");
}

/// Unit by unit: what one unit has does not decide about another, and what is not as it was asked for is told.
#[test]
fn each_unit_gives_the_nearest_that_it_has() {
    let spelt = ["en:a ar-SA:b", "en:c ar_SA:d", "en:e AR-01:f", "en:g ara:h", "en:i ar-001:j", "en:k ar:l"];
    insta::assert_snapshot!(chosen(&spelt, "en", "ar-SA"), @"en → ar-SA; a=b; c=d; e=f; g=h; i=j; k=l; 4 units of another region than was asked for: ar-SA is read from texts in ar");
    let source =
        ["en:a ar:b", "en-US:c ar:d", "en-GB:e ar:f", "en:g en-GB:h en-US:i ar:j", "en-GB:k en:l ar:m"];
    insta::assert_snapshot!(chosen(&source, "en-US", "ar"), @"en-US → ar; a=b; c=d; i=j; l=m; 1 unit of en-GB → ar; 1 text in en; 2 texts in en-GB; 2 units of another region than was asked for: en-US is read from texts in en");
    insta::assert_snapshot!(chosen(&source, "en", "ar"), @"en → ar; a=b; c=d; e=f; g=j; l=m; 2 texts in en-GB; 1 text in en-US; 2 units of another region than was asked for: en is read from texts in en-GB, en-US");
    insta::assert_snapshot!(chosen(&["en:a ar-SA:b", "en:c ar-SA:d"], "en", "ar"), @"en → ar; a=b; c=d");
    // Without the very region, another.
    insta::assert_snapshot!(chosen(&source, "en-AU", "ar"), @"en-AU → ar; a=b; c=d; e=f; g=j; l=m; 2 texts in en-GB; 1 text in en-US; 5 units of another region than was asked for: en-AU is read from texts in en, en-GB, en-US");
    let sides = ["S=en:a T=ar-SA:b", "S=en:c T=ar:d", "S=en:e T=:f"];
    insta::assert_snapshot!(chosen(&sides, "", "ar-SA"), @"en → ar-SA; a=b; c=d; e=f; 1 unit of another region than was asked for: ar-SA is read from texts in ar");
    // A variant that the other side asks for is never taken for this one.
    let variants = ["pt:a pt-BR:b", "pt-BR:c", "pt-AO:d pt-BR:e", "pt:f"];
    insta::assert_snapshot!(chosen(&variants, "pt-PT", "pt-BR"), @"pt-PT → pt-BR; a=b; d=e; 2 units with text on one side alone; 2 units of another region than was asked for: pt-PT is read from texts in pt, pt-AO");
    insta::assert_snapshot!(chosen(&variants, "pt-BR", "pt"), @"pt-BR → pt; b=a; e=d; 2 units with text on one side alone; 1 unit of another region than was asked for: pt is read from texts in pt-AO");
}

#[test]
fn where_codes_are_missing_sides_count() {
    insta::assert_snapshot!(chosen(&["S=:a T=:b", "S=:c T=:"], "", ""), @"? → ?; a=b; 1 unit with text on one side alone");
    insta::assert_snapshot!(chosen(&["S=:a T=:b"], "fr", "ar"), @"fr → ar; a=b");
    insta::assert_snapshot!(chosen(&["S=en:a T=:b"], "en", "ar"), @"en → ar; a=b");
    insta::assert_snapshot!(chosen(&["S=:a T=ar:b"], "ar", "en"), @"ar → en; b=a");
    insta::assert_snapshot!(chosen(&["S=:a T=ar:b"], "", "ar"), @"? → ar; a=b");
    // A text without a code in a file that has no sides.
    insta::assert_snapshot!(chosen(&["en:a :b", "en:c ar:d"], "en", "ar"), @"en → ar; a=b; c=d");
}
