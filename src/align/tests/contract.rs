//! Cost models that break their contract: an error, or some ladder in bounded time and memory.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::bitext::{RowCosts, SIGNATURE};

/// A model that says what it likes of itself, and another cost each time that it is asked.
#[derive(Debug)]
struct Liar {
    size: (usize, usize),
    types: Vec<BeadType>,
    usual: usize,
    hints: Vec<Hint>,
    /// How many numbers its signatures have too many or too few.
    signatures: isize,
    /// The size of its draft.
    draft: Option<(usize, usize)>,
    costs: Vec<f64>,
    asked: AtomicU64,
}

impl Liar {
    fn honest() -> Self {
        Self {
            size: (3, 4),
            types: vec![BeadType::new(1, 1), BeadType::new(1, 2)],
            usual: 2,
            hints: Vec::new(),
            signatures: 0,
            draft: None,
            costs: vec![1.0],
            asked: AtomicU64::new(0),
        }
    }

    fn next(&self) -> Cost {
        let at = mixed(&[self.asked.fetch_add(1, Ordering::Relaxed)]) as usize;
        Cost::from_nats(self.costs[at % self.costs.len()])
    }
}

/// Fills rows with anything that fits.
struct Lies<'a>(&'a Liar);

impl RowCosts for Lies<'_> {
    fn fill(&mut self, _: usize, costs: &mut [i32]) {
        costs.fill_with(|| self.0.next().units() as i32);
    }
}

impl CostModel for Liar {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn linked_types(&self) -> &[BeadType] {
        &self.types
    }

    fn usual_types(&self) -> usize {
        self.usual
    }

    fn bead(&self, _: Bead) -> Cost {
        self.next()
    }

    fn null(&self, _: Side, _: usize) -> Cost {
        self.next()
    }

    fn null_open(&self, _: Side) -> Cost {
        self.next()
    }

    fn hints(&self) -> Vec<Hint> {
        self.hints.clone()
    }

    fn draft(&self) -> Option<Box<dyn CostModel + '_>> {
        let (types, costs) = (self.types.clone(), self.costs.clone());
        Some(Box::new(Self { size: self.draft?, types, costs, ..Self::honest() }))
    }

    fn signatures(&self, _: Side, cuts: &[usize]) -> Vec<f32> {
        let right = (cuts.len() - 1) * SIGNATURE;
        vec![f32::NAN; right.saturating_add_signed(self.signatures)]
    }

    fn rows<'a>(&'a self, _: usize, _: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        Box::new(Lies(self))
    }
}

fn refused(change: fn(&mut Liar)) -> String {
    let mut model = Liar::honest();
    change(&mut model);
    let options = SearchOptions { whole_cells: 0, ..SearchOptions::default() };
    search(&model, &[], &options).expect_err("it breaks its contract").to_string()
}

#[test]
fn a_model_that_breaks_its_contract_is_refused() {
    assert!(search(&Liar::honest(), &[], &SearchOptions::default()).is_ok());
    insta::assert_snapshot!(refused(|m| m.types.push(BeadType::new(0, 0))), @"the cost model has the bead type 0-0; a linked bead has a segment on either side");
    insta::assert_snapshot!(refused(|m| m.types.push(BeadType::new(2, 0))), @"the cost model has the bead type 2-0; a linked bead has a segment on either side");
    insta::assert_snapshot!(refused(|m| m.types.push(BeadType::new(1, 1))), @"the cost model names the bead type 1-1 twice");
    insta::assert_snapshot!(refused(|m| m.types = (1..66).map(|k| BeadType::new(1, k)).collect()), @"the cost model has 65 bead types, and can have 64");
    insta::assert_snapshot!(refused(|m| m.usual = 3), @"of the cost model's 2 bead types 3 are said to be usual");
    insta::assert_snapshot!(refused(|m| m.size.0 = usize::MAX), @"the bitext has 18446744073709551615 source and 4 target segments, and can have 16777215 a side; cut it");
    insta::assert_snapshot!(refused(|m| m.draft = Some((4, 3))), @"the cost model's draft has another size");
    let moved = moved_blocks(&Liar { usual: 9, ..Liar::honest() }, &[], &SearchOptions::default());
    assert_eq!(moved, Err(SearchError::Model(ModelError::Usual { usual: 9, types: 2 })));
}

#[test]
fn options_that_cannot_be_meant_are_refused() {
    let refused = |options: SearchOptions| {
        search(&Liar::honest(), &[], &options).expect_err("cannot be meant").to_string()
    };
    let usual = SearchOptions::default();
    insta::assert_snapshot!(refused(SearchOptions { temperature: f64::NAN, ..usual }), @"the option `temperature` is NaN, and must be from a millionth to a million");
    insta::assert_snapshot!(refused(SearchOptions { window: 0, ..usual }), @"the option `window` is 0, and must be at least 1 and at most 2^40");
    insta::assert_snapshot!(refused(SearchOptions { band: usize::MAX, ..usual }), @"the option `band` is 18446744073709551615, and must be at least 1 and at most 2^40");
}

#[test]
fn what_is_said_to_be_large_takes_no_memory() {
    // A type longer than any bitext, and signposts through a bitext without end.
    let model =
        Liar { types: vec![BeadType::new(u32::MAX, u32::MAX), BeadType::new(1, 1)], ..Liar::honest() };
    let found = search(&model, &[], &SearchOptions::default()).expect("it can never stand, and is no error");
    assert!(partitions(&found.beads, model.size));
    let hints: Vec<Hint> = (0..9).map(|k| Hint { source: k, target: k, weight: 1 }).collect();
    assert_eq!(signposts(&hints, (usize::MAX, usize::MAX)).len(), 9);
    // Lists beyond the end of the bitext, and more pairs than are looked at.
    assert_eq!(listed(&model, 5..9, 0..u32::MAX), []);
    assert_eq!(listed(&Liar { size: (1 << 20, 1 << 20), ..Liar::honest() }, 0..u32::MAX, 0..u32::MAX), []);
    // Beads beyond the end.
    let beyond = [Bead::new((7, u32::MAX), (0, 0)), Bead::new((0, 0), (7, u32::MAX))];
    assert_eq!(moved_blocks(&model, &beyond, &SearchOptions::default()), Ok((Vec::new(), false)));
}

const NUMBERS: [f64; 9] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -1e9, 1e6, -3.0, 0.0, 2.0];

proptest! {
    // Windows that never meet, which went round for ever, came once in some thousand.
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn whatever_a_model_says_there_is_a_ladder_or_an_error(
        size in (0..30usize, 0..30usize),
        types in proptest::collection::vec((0..4u32, 0..4u32), 0..6),
        usual in 0..7usize,
        hints in proptest::collection::vec((0..40u32, 0..40u32, any::<u32>()), 0..8),
        signatures in prop_oneof![Just(0isize), -300..300isize],
        draft in proptest::option::of(prop_oneof![9 => Just(None), 1 => (0..30usize, 0..30usize).prop_map(Some)]),
        costs in proptest::collection::vec(proptest::sample::select(NUMBERS.to_vec()), 1..5),
        whole in any::<bool>(),
        (narrow, window, most_cells) in (1..9usize, 1..20usize, 1..20usize),
    ) {
        let types: Vec<BeadType> = types.into_iter().map(|(s, t)| BeadType::new(s, t)).collect();
        let hints = hints.into_iter().map(|(source, target, weight)| Hint { source, target, weight }).collect();
        let model = Liar {
            size, types, usual, hints, signatures, draft: draft.map(|d| d.unwrap_or(size)), costs, asked: AtomicU64::new(0),
        };
        let cells = if whole { usize::MAX } else { 0 };
        let options = SearchOptions {
            whole_cells: cells, draft_cells: cells, proof_cells: 0, narrow, check: narrow, band: narrow, window, overlap: 3,
            sample: window, most_cells, least_cells: 0, ..SearchOptions::default()
        };
        let ones: Vec<Bead> = (0..size.0.min(size.1) as u32).map(|k| Bead::new((k, k + 1), (k, k + 1))).collect();
        for guide in [Guide::Hints, Guide::FirstLook(&model.hints), Guide::Passing(&ones), Guide::Final(&ones)] {
            match search_near(&model, &[], guide, &options) {
                Ok(found) => {
                    prop_assert!(partitions(&found.beads, size), "{:?}", found.beads);
                    prop_assert!(found.posteriors.iter().all(|(_, p)| (0.0..=1.0).contains(p)));
                    prop_assert!(moved_blocks(&model, &found.beads, &options).is_ok());
                }
                Err(SearchError::Model(_)) => {}
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
        prop_assert!(listed(&model, 0..40, 0..40).len() <= size.0.min(size.1));
    }
}
