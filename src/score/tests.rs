//! What the scorer makes of a short bitext, number by number: whatever changes a cost changes a line here.

use std::fmt::Write;

use super::*;
use crate::bitext::{Bead, Bitext, Cost, CostModel, EvidenceKind, Lang, SegmentedDocument, Side, Sides};
use crate::lexicon;

const ARABIC: [&str; 8] = [
    "البيان المشترك",
    "قادت وزارتا الدفاع الحوار في واشنطن يومي 22 و23 تموز 2024.",
    "وناقش الوفدان 15 مسألة، ومنها الدفاع عن بغداد؟",
    "وقال الوزير: «نعم، سنبني 3 مدارس».",
    "وكلفتها 4.5 مليون دولار.",
    "ولم يحضر أحد من الصحفيين هذا اللقاء الطويل.",
    "وزار الوفد مدينة البصرة، وبقي فيها يومين.",
    "انظر https://example.org/joint (NATO).",
];
const ENGLISH: [&str; 8] = [
    "Joint statement",
    "The ministries of defense led the dialogue in Washington on July 22 and 23, 2024.",
    "The two delegations discussed 15 issues, among them the defense of Baghdad?",
    "The minister said: \"Yes, we shall build 3 schools\", which cost 4.5 million dollars.",
    "The delegation visited the city of Basra.",
    "It stayed there for two days.",
    "See https://example.org/joint (NATO).",
    "Printed in Geneva on 1 May 2025",
];

/// The kinds of evidence that tokens give.
const OF_TOKENS: [EvidenceKind; 6] = [
    EvidenceKind::Words,
    EvidenceKind::Names,
    EvidenceKind::Numbers,
    EvidenceKind::Dates,
    EvidenceKind::Symbols,
    EvidenceKind::Structure,
];

fn bitext() -> Bitext {
    let lines = |texts: &[&str]| {
        SegmentedDocument::from_lines(&texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>())
    };
    Bitext {
        documents: Sides::new(lines(&ARABIC), lines(&ENGLISH)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    }
}

/// The beads of the bitext, linked ones.
fn beads() -> [Bead; 6] {
    [
        ((0, 1), (0, 1)),
        ((1, 2), (1, 2)),
        ((2, 3), (2, 3)),
        ((3, 5), (3, 4)),
        ((6, 7), (4, 6)),
        ((7, 8), (6, 7)),
    ]
    .map(|(source, target)| Bead::new(source, target))
}

/// What each bead costs, by evidence.
fn shown(scorer: &Scorer, bitext: &Bitext, beads: &[Bead]) -> String {
    let model = scorer.model();
    let mut out = format!("{}\n", scorer.describe());
    for &bead in beads {
        let explained = scorer.explain(&model, bitext, bead);
        assert_eq!(explained.cost, model.bead(bead), "the evidence adds up to the cost");
        write!(out, "{bead:?} {:.2}:", explained.cost.nats()).unwrap();
        for item in &explained.evidence {
            write!(out, " {:?} {:.2}", item.kind, item.cost.nats()).unwrap();
            let missing: Vec<&str> = item.unmatched.iter().map(|u| &*u.value).collect();
            if !missing.is_empty() {
                write!(out, " (alone: {})", missing.join(", ")).unwrap();
            }
        }
        writeln!(out, "; {} doubts", explained.doubts.len()).unwrap();
    }
    let nulls = [model.null_open(Side::Source), model.null(Side::Target, 0)].map(Cost::nats);
    writeln!(out, "unaligned {:.3} and {:.3}", nulls[0], nulls[1]).unwrap();
    out
}

#[test]
fn every_number_is_the_one_that_was_measured_to_work() {
    let bitext = bitext();
    let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
    let mut scorer = Scorer::new(&bitext, &dictionaries, &ScoreOptions::default());
    let beads = beads();
    let apart = [Bead::new((5, 6), (7, 8)), Bead::new((0, 1), (1, 2)), Bead::new((1, 3), (1, 3))];
    let all = [&beads[..], &apart].concat();
    insta::assert_snapshot!(shown(&scorer, &bitext, &all), @"
    ratio 1.00 0.10/0.10 null 0.020/0.30 shares 0.25 0.25 pairs 53 learnt 0
    Bead { source: 0..1, target: 0..1 } -2.38: Words -2.70 Length 0.11 BeadType 0.21; 0 doubts
    Bead { source: 1..2, target: 1..2 } -7.87: Words -2.33 Dates -5.71 Names 0.00 Length -0.04 BeadType 0.21; 0 doubts
    Bead { source: 2..3, target: 2..3 } -8.18: Words -1.88 Numbers -3.93 Names 0.00 Length 0.47 BeadType 0.21 Structure -3.04; 0 doubts
    Bead { source: 3..5, target: 3..4 } -10.67: Words -2.41 Numbers -7.09 Length 0.04 BeadType 2.51 Structure -3.73; 0 doubts
    Bead { source: 6..7, target: 4..6 } -5.23: Words -2.50 Numbers -5.84 Length 0.59 BeadType 2.51; 0 doubts
    Bead { source: 7..8, target: 6..7 } -11.27: Words -2.44 Symbols -4.95 Length -0.37 BeadType 0.21 Structure -3.73; 0 doubts
    Bead { source: 5..6, target: 7..8 } 1.79: Words 0.42 Dates 1.18 Length -0.02 BeadType 0.21; 1 doubts
    Bead { source: 0..1, target: 1..2 } 7.51: Words 1.38 Dates 2.29 (alone: 2024-07-22, 2024-07-23) Length 3.63 BeadType 0.21; 4 doubts
    Bead { source: 1..3, target: 1..3 } -7.94: Words -1.56 Numbers -3.93 Dates -5.71 Names 0.00 Length 0.51 BeadType 5.79 Structure -3.04; 0 doubts
    unaligned 3.758 and 1.204
    ");
    insta::assert_snapshot!(format!("{:.3?}", scorer.starts(&[])), @"[Start { length_ratio: 1.000, prior: TypePrior { source_extends: 0.100, target_extends: 0.100 } }, Start { length_ratio: 1.200, prior: TypePrior { source_extends: 0.100, target_extends: 0.100 } }, Start { length_ratio: 1.450, prior: TypePrior { source_extends: 0.100, target_extends: 0.100 } }, Start { length_ratio: 1.315, prior: TypePrior { source_extends: 0.100, target_extends: 0.100 } }]");
    let hints = scorer.model().hints();
    let hints: Vec<_> = hints.iter().map(|h| (h.source, h.target, h.weight)).collect();
    insta::assert_snapshot!(format!("{hints:?}"), @"[(0, 0, 24), (1, 1, 91), (1, 2, 7), (1, 3, 6), (1, 4, 4), (1, 5, 12), (1, 7, 18), (2, 1, 23), (2, 2, 83), (2, 4, 14), (2, 5, 24), (2, 7, 6), (3, 1, 6), (3, 3, 66), (4, 3, 24), (5, 1, 4), (5, 2, 16), (5, 4, 4), (5, 5, 12), (6, 1, 22), (6, 2, 10), (6, 3, 6), (6, 4, 46), (6, 5, 48), (6, 7, 12), (7, 6, 36)]");

    // A round of learning from what is believed, more or less.
    let believed: Vec<(Bead, f64)> =
        beads.iter().zip([1.0, 0.9, 0.8, 0.7, 0.6, 0.95]).map(|(b, p)| (*b, p)).collect();
    let learnt = scorer.induce(&believed);
    scorer.learn(&believed, learnt);
    let mut ladder = believed.clone();
    ladder.insert(4, (Bead::new((5, 6), (4, 4)), 0.9));
    ladder.push((Bead::new((8, 8), (7, 8)), 0.6));
    scorer.fit_nulls(&ladder);
    insta::assert_snapshot!(shown(&scorer, &bitext, &all), @"
    ratio 1.20 0.11/0.10 null 0.034/0.28 shares 0.26 0.26 pairs 53 learnt 5
    Bead { source: 0..1, target: 0..1 } -2.46: Words -2.77 Length 0.09 BeadType 0.22; 0 doubts
    Bead { source: 1..2, target: 1..2 } -8.34: Words -2.42 Dates -5.72 Names 0.00 Length -0.42 BeadType 0.22; 0 doubts
    Bead { source: 2..3, target: 2..3 } -8.82: Words -1.95 Numbers -3.95 Names 0.00 Length -0.09 BeadType 0.22 Structure -3.04; 0 doubts
    Bead { source: 3..5, target: 3..4 } -11.26: Words -2.49 Numbers -7.12 Length -0.38 BeadType 2.46 Structure -3.73; 0 doubts
    Bead { source: 6..7, target: 4..6 } -5.93: Words -2.59 Numbers -5.85 Length 0.01 BeadType 2.50; 0 doubts
    Bead { source: 7..8, target: 6..7 } -11.12: Words -2.48 Symbols -4.95 Length -0.19 BeadType 0.22 Structure -3.73; 0 doubts
    Bead { source: 5..6, target: 7..8 } 2.17: Words 0.45 Dates 1.20 Length 0.31 BeadType 0.22; 1 doubts
    Bead { source: 0..1, target: 1..2 } 6.57: Words 1.45 Dates 2.32 (alone: 2024-07-22, 2024-07-23) Length 2.58 BeadType 0.22; 4 doubts
    Bead { source: 1..3, target: 1..3 } -8.95: Words -1.62 Numbers -3.95 Dates -5.72 Names 0.00 Length -0.34 BeadType 5.72 Structure -3.04; 0 doubts
    unaligned 3.108 and 1.290
    ");
}

/// A Latin word in Arabic text was a symbol, the same word in English text a word: they never met, and a sentence
/// left in English cost more the longer it was.
#[test]
fn words_left_in_latin_letters_answer_to_the_same_words() {
    let lines = |texts: [&str; 2]| SegmentedDocument::from_lines(&texts.map(str::to_owned));
    let kept = "Fortunately, you know the format of a package and can download it by hand.";
    let bitext = Bitext {
        documents: Sides::new(
            lines([kept, "يعمل البرنامج على Windows وLinux."]),
            lines([kept, "The program runs on Windows and Linux."]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
    let beads = [Bead::new((0, 1), (0, 1)), Bead::new((1, 2), (1, 2)), Bead::new((0, 1), (1, 2))];
    insta::assert_snapshot!(shown(&scorer, &bitext, &beads), @"
    ratio 1.00 0.10/0.10 null 0.020/0.30 shares 0.25 0.25 pairs 12 learnt 0
    Bead { source: 0..1, target: 0..1 } -0.78: Words -0.28 Names 0.00 Length -0.71 BeadType 0.21; 0 doubts
    Bead { source: 1..2, target: 1..2 } -0.52: Words -0.45 Names 0.00 Length -0.28 BeadType 0.21; 0 doubts
    Bead { source: 0..1, target: 1..2 } 2.15: Words 0.88 Names 0.00 Length 1.06 BeadType 0.21; 0 doubts
    unaligned 3.758 and 1.204
    ");
}

#[test]
fn evidence_left_out_costs_nothing() {
    let bitext = bitext();
    let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
    let mut out = String::new();
    for kind in OF_TOKENS.into_iter().chain([EvidenceKind::Length, EvidenceKind::BeadType]) {
        let mut options = ScoreOptions::default();
        options.without.insert(kind);
        let scorer = Scorer::new(&bitext, &dictionaries, &options);
        let model = scorer.model();
        let costs = beads().map(|bead| format!("{:.2}", model.bead(bead).nats())).join(" ");
        writeln!(out, "without {kind:?}: {costs}").unwrap();
    }
    insta::assert_snapshot!(out, @"
    without Words: 0.39 -6.14 -7.04 -8.26 -2.73 -8.84
    without Names: -2.38 -7.87 -8.18 -10.67 -5.23 -11.27
    without Numbers: -2.38 -7.87 -4.24 -3.58 0.60 -11.27
    without Dates: -2.38 -2.16 -8.18 -10.67 -5.23 -11.27
    without Symbols: -2.38 -7.87 -8.18 -10.67 -5.23 -6.33
    without Structure: -2.38 -7.87 -5.13 -6.94 -5.23 -7.54
    without Length: -2.49 -7.83 -8.65 -10.71 -5.83 -10.90
    without BeadType: -2.59 -8.08 -8.39 -13.18 -7.75 -11.48
    ");
}

/// So many times the same line on either side.
fn recurring(source: (usize, &str), target: (usize, &str)) -> Bitext {
    let lines = |(count, text): (usize, &str)| SegmentedDocument::from_lines(&vec![text.to_owned(); count]);
    Bitext {
        documents: Sides::new(lines(source), lines(target)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    }
}

#[test]
fn a_side_cut_finer_or_much_longer_gives_more_places_to_start_from() {
    let starts = |source: usize, target: usize| {
        let bitext = recurring((source, "كتب الوزير"), (target, "he wrote it"));
        let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
        let shown = scorer.starts(&[]).iter().map(|s| format!("{s:.2?}")).collect::<Vec<_>>().join("\n");
        format!("{shown}\n")
    };
    insta::assert_snapshot!(starts(10, 10) + &starts(10, 20) + &starts(20, 10) + &starts(2, 20), @"
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.10, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.10, target_extends: 0.55 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.55 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.10, target_extends: 0.55 } }
    Start { length_ratio: 2.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 2.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.55 } }
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.55, target_extends: 0.10 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.55, target_extends: 0.10 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.55, target_extends: 0.10 } }
    Start { length_ratio: 0.55, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 0.55, prior: TypePrior { source_extends: 0.55, target_extends: 0.10 } }
    Start { length_ratio: 1.00, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.20, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    Start { length_ratio: 1.45, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }
    ");
    // Many signposts in one line say how long translations are.
    let bitext = recurring((120, "كتب الوزير"), (120, "he wrote it down"));
    let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
    let along = |count: usize| (0..count).map(|k| (k, k)).collect::<Vec<_>>();
    assert_eq!(scorer.starts(&along(101)).len(), 1);
    assert_eq!(scorer.starts(&along(100)).len(), 4);
    insta::assert_snapshot!(format!("{:.2?}", scorer.starts(&along(101))), @"[Start { length_ratio: 1.60, prior: TypePrior { source_extends: 0.10, target_extends: 0.10 } }]");
}

#[test]
fn signposts_say_how_finely_the_sides_are_cut_whatever_stands_beside_them() {
    // Every Arabic sentence is two lines of English; in the middle 400 lines have no Arabic.
    let bitext = recurring((120, "كتب الوزير"), (640, "he wrote"));
    let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
    let along: Vec<_> = (0..120).map(|k| (k, 2 * k + if k < 60 { 0 } else { 400 })).collect();
    insta::assert_snapshot!(format!("{:.2?}", scorer.starts(&along)), @"[Start { length_ratio: 1.60, prior: TypePrior { source_extends: 0.10, target_extends: 0.55 } }]");
    let swapped = Bitext {
        documents: Sides::new(bitext.documents.target.clone(), bitext.documents.source.clone()),
        languages: Sides::new(Lang::english(), Lang::arabic()),
    };
    let scorer = Scorer::new(&swapped, &[], &ScoreOptions::default());
    let crossed: Vec<_> = along.iter().map(|&(s, t)| (t, s)).collect();
    insta::assert_snapshot!(format!("{:.2?}", scorer.starts(&crossed)), @"[Start { length_ratio: 0.62, prior: TypePrior { source_extends: 0.55, target_extends: 0.10 } }]");
    // Beads of four segments hold what is cut twice as fine, but not three times.
    let fine = |each: usize| {
        let along: Vec<_> = (0..120).map(|k| (each * k, k)).collect();
        scorer.starts(&along).iter().any(Start::is_finely_cut)
    };
    assert_eq!((fine(1), fine(2), fine(3)), (false, false, true));
}

#[test]
fn numbers_are_no_evidence_where_lengths_alone_are_read() {
    let bitext = bitext();
    let mut options = ScoreOptions::default();
    options.without.extend(OF_TOKENS);
    let scorer = Scorer::new(&bitext, &[], &options);
    let model = scorer.model();
    for bead in beads() {
        let explained = scorer.explain(&model, &bitext, bead);
        assert!(explained.evidence.iter().all(|e| e.matches.is_empty() && e.unmatched.is_empty()));
        assert_eq!(explained.cost, model.bead(bead));
    }
}

/// The cost of a bead's words, in nats.
fn words_cost(scorer: &Scorer, bitext: &Bitext, bead: Bead) -> f64 {
    let explained = scorer.explain(&scorer.model(), bitext, bead);
    let words = explained.evidence.iter().filter(|e| e.kind == EvidenceKind::Words);
    words.map(|e| e.cost.nats()).sum()
}

/// A dictionary knows a few words of a text: where a word has no equivalent opposite, what stands there is often
/// one that the dictionary lacks.
#[test]
fn unknown_words_opposite_explain_a_known_word_by_half_of_chance() {
    let lines = |texts: &[&str]| {
        SegmentedDocument::from_lines(&texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>())
    };
    let bitext = Bitext {
        documents: Sides::new(
            lines(&["kato", "hundo", "birdo"]),
            lines(&["mika tuli vena pora", "gatti kane", "gatti kane mika tuli", "linnu"]),
        ),
        languages: Sides::new("eo".parse::<Lang>().unwrap(), Lang::undetermined()),
    };
    let pairs = [("kato", "gatti"), ("hundo", "kane"), ("birdo", "linnu")];
    let mut dictionary = lexicon::Dictionary::new(None);
    for (first, second) in pairs {
        dictionary.add(first, second, 1.0);
    }
    let mut options = ScoreOptions::default();
    options.without.insert(EvidenceKind::Names);
    // As where no lexicon carries the evidence.
    (options.stranger_chance, options.most_against) =
        (options.unaided_stranger_chance, options.unaided_most_against);
    let scorer = Scorer::new(&bitext, &[&dictionary], &options);
    // A known word that nothing explains costs w·−ln(1 − share), of which u unknown words among n opposite take
    // w·ln(1 + share / (1 − share) · u / 2n). A segment's words count n·m / (n + m) of their nats.
    let w = options.word_weight;
    let counted = |nats: f64| nats * options.most_against / (nats + options.most_against);
    let check = |bead: Bead, nats: f64| {
        let found = words_cost(&scorer, &bitext, bead);
        assert!((found - nats).abs() < 1e-3, "{bead:?}: {found:.4}, by hand {nats:.4}");
    };
    let unexplained = w * (4.0f64 / 3.0).ln();
    // Four unknown words of four: 1 + 1/3 · 4/8 = 7/6. They cost nothing themselves.
    check(Bead::new((0, 1), (0, 1)), counted(unexplained - w * (7.0f64 / 6.0).ln()));
    // None of two, and two known words opposite that nothing explains either.
    check(Bead::new((2, 3), (1, 2)), counted(unexplained) + counted(2.0 * unexplained));
    // Two of four: 1 + 1/3 · 2/8 = 13/12.
    check(
        Bead::new((2, 3), (2, 3)),
        counted(unexplained - w * (13.0f64 / 12.0).ln()) + counted(2.0 * unexplained),
    );
}

#[test]
fn a_lexicon_whose_words_do_not_meet_is_not_trusted() {
    // The same few sentences, so often that there are words enough to judge by.
    const TIMES: usize = 20;
    let lines = |texts: &[&str]| {
        SegmentedDocument::from_lines(&texts.repeat(TIMES).iter().map(|&t| t.to_owned()).collect::<Vec<_>>())
    };
    let bitext = Bitext {
        documents: Sides::new(lines(&ARABIC), lines(&ENGLISH)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let builtin = lexicon::builtin(&bitext.languages).expect("Arabic and English have one");
    // Each word of the text with what the built-in lexicon has for another, of two sentences on.
    let words: Vec<Vec<String>> = ENGLISH
        .iter()
        .map(|text| {
            let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
            words.map(str::to_lowercase).collect()
        })
        .collect();
    let mut permuted = lexicon::Dictionary::new(Some((Lang::english(), Lang::arabic())));
    for (sentence, of) in words.iter().enumerate() {
        let others = &words[(sentence + 2) % words.len()];
        for (word, other) in of.iter().zip(others.iter().cycle()) {
            for lemma in builtin.lemmas(other) {
                for translation in builtin.translations(&lemma) {
                    permuted.add(word, &translation.term, translation.weight);
                }
            }
        }
    }
    let mut scorer = Scorer::new(&bitext, &[&permuted, builtin], &ScoreOptions::default());
    let (n, m) = (ARABIC.len() as u32, ENGLISH.len() as u32);
    let believed: Vec<(Bead, f64)> = (0..TIMES as u32)
        .flat_map(|time| {
            beads().map(move |bead| {
                let (s, t) = (bead.source, bead.target);
                let at = |k: usize, of: u32| k as u32 + time * of;
                (Bead::new((at(s.start(), n), at(s.end(), n)), (at(t.start(), m), at(t.end(), m))), 1.0)
            })
        })
        .collect();
    let learnt = scorer.induce(&believed);
    scorer.learn(&believed, learnt);
    let worth = scorer.lexicon_worth(&["permuted".to_owned(), "built-in".to_owned()]);
    assert!(worth[0].words > 100.0 && worth[0].trust < 0.2, "{worth:?}");
    assert!(worth[1].words > 100.0 && worth[1].trust >= 0.9, "{worth:?}");
}
