//! That rows cost what single beads cost.

use proptest::prelude::*;

use std::ops::Range;

use crate::bitext::{Bead, Bitext, CostModel, DEAREST, Lang, SegmentedDocument, Sides};
use crate::lexicon;
use crate::score::{ScoreOptions, Scorer};

use crate::score::prior::LINKED;

const ARABIC: [&str; 14] = [
    "الوزير",
    "مدينة",
    "بغداد",
    "كتب",
    "الكتاب",
    "ثلاثة",
    "٢٠٢٤",
    "تموز",
    "بيت",
    "قال",
    "على",
    "12",
    "NATO",
    "؟",
];
const ENGLISH: [&str; 14] = [
    "minister", "city", "Baghdad", "wrote", "book", "three", "2024", "July", "house", "said", "on", "12",
    "NATO", "?",
];

fn documents() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<Vec<usize>>)> {
    let side = || proptest::collection::vec(proptest::collection::vec(0..ARABIC.len(), 1..9), 1..14);
    (side(), side())
}

fn lines(words: &[&str], segments: &[Vec<usize>]) -> SegmentedDocument {
    let lines: Vec<String> =
        segments.iter().map(|s| s.iter().map(|&w| words[w]).collect::<Vec<_>>().join(" ")).collect();
    SegmentedDocument::from_lines(&lines)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_cost_what_beads_cost(
        (source, target) in documents(),
        ranges in proptest::collection::vec((0..14usize, 0..14usize, 1..9usize), 1..12),
        first in 0..14usize,
        learn in any::<bool>(),
    ) {
        let bitext = Bitext {
            documents: Sides::new(lines(&ARABIC, &source), lines(&ENGLISH, &target)),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        };
        let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
        let mut scorer = Scorer::new(&bitext, &dictionaries, &ScoreOptions::default());
        if learn {
            let diagonal = (0..source.len().min(target.len()) as u32).map(|i| (Bead::new((i, i + 1), (i, i + 1)), 0.9));
            let believed = diagonal.collect::<Vec<_>>();
            let learnt = scorer.induce(&believed);
            scorer.learn(&believed, learnt);
        }
        let model = scorer.model();
        let (n, m) = model.size();
        // One reader for all: what it keeps from one row must not show in the next.
        let first = first % n;
        let columns: Vec<Range<usize>> = ranges
            .iter()
            .map(|(_, from, length)| from % m..(from % m + length).min(m))
            .take(n - first)
            .collect();
        let mut rows = model.rows(first, &columns);
        let mut usual = model.usual_rows(first, &columns);
        let draft = model.draft().expect("a model of tokens has a draft");
        let mut drafted = draft.rows(first, &columns);
        for (band_row, _, _) in ranges {
            let band_row = band_row % columns.len();
            let (row, columns) = (first + band_row, columns[band_row].clone());
            let mut few = vec![0; columns.len() * model.usual_types()];
            usual.fill(band_row, &mut few);
            let mut costs = vec![0; columns.len() * LINKED.len()];
            rows.fill(band_row, &mut costs);
            prop_assert_eq!(&few[..], &costs[..few.len()]);
            let mut rough = vec![0; columns.len() * draft.linked_types().len()];
            drafted.fill(band_row, &mut rough);
            for (at, column) in columns.clone().enumerate() {
                for (index, t) in draft.linked_types().iter().enumerate() {
                    let (a, b) = (row + t.source as usize, column + t.target as usize);
                    let wanted = if a > n || b > m {
                        DEAREST
                    } else {
                        draft.bead(Bead::new((row as u32, a as u32), (column as u32, b as u32))).units() as i32
                    };
                    prop_assert_eq!(rough[index * columns.len() + at], wanted, "draft: {} at {}, {}", t, row, column);
                }
                for (index, t) in LINKED.iter().enumerate() {
                    let cost = costs[index * columns.len() + at];
                    let (a, b) = (row + t.source as usize, column + t.target as usize);
                    let wanted = if a > n || b > m {
                        DEAREST
                    } else {
                        model.bead(Bead::new((row as u32, a as u32), (column as u32, b as u32))).units() as i32
                    };
                    prop_assert_eq!(cost, wanted, "{} at {}, {}", t, row, column);
                }
            }
        }
    }
}
