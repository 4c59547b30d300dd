//! Tables of cases: a text, and its anchors as `kind display` in order.

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

#[test]
fn the_statement_agrees_in_both_languages() {
    let (ar, en) =
        (include_str!("../../corpora/jscd-2024/ar.txt"), include_str!("../../corpora/jscd-2024/en.txt"));
    let arabic: Vec<_> =
        anchors(ar, &Lang::arabic()).iter().flat_map(|a| a.keys().first().copied()).collect();
    for value in [
        "2024-07-22",
        "2024-07-23",
        "2008",
        "April",
        "6 months",
        "10",
        "10 years",
        "3",
        "millions",
        "hundreds of thousands",
    ] {
        let english = anchors(en, &Lang::english());
        let found = english.iter().filter(|a| a.display() == value).collect::<Vec<_>>();
        assert!(!found.is_empty(), "{value} in English");
        assert!(found.iter().any(|a| arabic.contains(&a.keys()[0])), "{value} in Arabic");
    }
    assert_eq!(shown("يومي 22 و23 تموز 2024", &Lang::arabic()), "date:2024-07-22 | date:2024-07-23");
}
