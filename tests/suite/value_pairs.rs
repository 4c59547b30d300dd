//! Arabic–English pairs that agree in a value: what aligns them must find it on both sides and miss nothing.

use std::collections::BTreeSet;

use muqabala::bitext::{Bead, Bitext, Doubt, EvidenceKind, Lang, SegmentedDocument, Sides};
use muqabala::score::{ScoreOptions, Scorer};

/// What of the values two segments share, and which are said to be missing.
fn agreed(arabic: &str, english: &str) -> (BTreeSet<String>, Vec<String>) {
    let line = |text: &str| SegmentedDocument::from_lines(&[text.to_owned()]);
    let bitext = Bitext {
        documents: Sides::new(line(arabic), line(english)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
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

#[test]
fn both_sides_say_the_same_value() {
    let mut wrong = Vec::new();
    let table = include_str!("../fixtures/value-pairs.tsv");
    for line in table.lines() {
        let [arabic, english, values] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("Arabic, English, values: {line}")
        };
        let (shared, missing) = agreed(arabic, english);
        let expected: BTreeSet<String> = values.split(" | ").map(str::to_owned).collect();
        if shared != expected || !missing.is_empty() {
            wrong.push(format!(
                "{arabic} = {english}\n  expected {expected:?}\n  found {shared:?}, missing {missing:?}"
            ));
        }
    }
    assert!(table.lines().count() >= 150);
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), table.lines().count(), wrong.join("\n"));
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
    ] {
        let (shared, missing) = agreed(arabic, english);
        assert!(shared.is_empty() && !missing.is_empty(), "{arabic} = {english}: {shared:?}, {missing:?}");
    }
}
