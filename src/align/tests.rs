//! Properties of the search on random costs, against the slow twin and the definition of a path's cost.

mod bounds;
mod contract;
mod edges;
mod moved;

use proptest::prelude::*;

use super::exhaustive::exhaustive;
use super::forward::{Keep, Stretch, forward};
use super::region::Region;
use super::{
    Guide, ModelError, PinError, SearchError, SearchOptions, Searched, listed, moved_blocks, search,
    search_near, signposts,
};
use crate::bitext::{Bead, BeadType, Cost, CostModel, Hint, Ladder, Pin, Rung, Side};

/// A model whose costs are drawn from a seed, with beads planted that are far cheaper than the rest.
#[derive(Debug, Clone)]
struct Random {
    size: (usize, usize),
    types: Vec<BeadType>,
    seed: u64,
    /// Costs are drawn from `low..high` and multiplied by `step`: a coarse step makes ties.
    low: i64,
    high: i64,
    step: i64,
    /// One bead in so many is forbidden; 0 for none.
    forbidden: u64,
    planted: Vec<Bead>,
    /// Whether the sides are seen from the other side than the seed has them.
    swapped: bool,
}

/// What a planted bead costs.
const PLANTED: Cost = Cost::from_units(-150_000);

const TYPES: [(u32, u32); 8] = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2)];

fn mixed(values: &[u64]) -> u64 {
    // splitmix64 over the values in turn.
    values.iter().fold(0x9E37_79B9_7F4A_7C15, |state, value| {
        let mut z = (state ^ value).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}

impl Random {
    fn drawn(&self, values: &[u64]) -> Cost {
        let width = (self.high - self.low) as u64;
        let drawn = (mixed(&[&[self.seed], values].concat()) % width) as i64;
        Cost::from_units((self.low + drawn) * self.step)
    }

    fn swapped(&self) -> Self {
        Self {
            size: (self.size.1, self.size.0),
            types: self.types.iter().map(|t| BeadType::new(t.target, t.source)).collect(),
            planted: self.planted.iter().map(|b| b.swapped()).collect(),
            swapped: !self.swapped,
            ..self.clone()
        }
    }

    fn side(&self, side: Side) -> u64 {
        u64::from((side == Side::Target) != self.swapped)
    }
}

impl CostModel for Random {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn linked_types(&self) -> &[BeadType] {
        &self.types
    }

    fn bead(&self, bead: Bead) -> Cost {
        if self.planted.binary_search(&bead).is_ok() {
            return PLANTED;
        }
        let b = if self.swapped { bead.swapped() } else { bead };
        let values = [b.source.start(), b.source.end(), b.target.start(), b.target.end()].map(|v| v as u64);
        if self.forbidden > 0 && mixed(&values).is_multiple_of(self.forbidden) {
            return Cost::FORBIDDEN;
        }
        self.drawn(&values)
    }

    fn null(&self, side: Side, segment: usize) -> Cost {
        self.drawn(&[100 + self.side(side), segment as u64])
    }

    fn null_open(&self, side: Side) -> Cost {
        self.drawn(&[200 + self.side(side)])
    }

    fn hints(&self) -> Vec<Hint> {
        let hint =
            |b: &Bead| Hint { source: b.source.start() as u32, target: b.target.start() as u32, weight: 5 };
        self.planted.iter().map(hint).collect()
    }
}

/// The cost of `beads` in order, by the definition in [`CostModel`].
fn cost_of(model: &dyn CostModel, beads: &[Bead]) -> Cost {
    let mut cost = Cost::ZERO;
    let mut open: Option<Side> = None;
    for &bead in beads {
        let run = match (bead.source.is_empty(), bead.target.is_empty()) {
            (false, true) => Some(Side::Source),
            (true, false) => Some(Side::Target),
            _ => None,
        };
        match run {
            None => cost += model.bead(bead),
            Some(side) => {
                if open != Some(side) {
                    cost += model.null_open(side);
                }
                let own = if side == Side::Source { bead.source.indices() } else { bead.target.indices() };
                cost += own.map(|i| model.null(side, i)).sum::<Cost>();
            }
        }
        open = run;
    }
    cost
}

fn partitions(beads: &[Bead], size: (usize, usize)) -> bool {
    let count = |f: fn(&Bead) -> usize| beads.iter().map(f).sum::<usize>();
    Ladder::new(beads.to_vec()).is_ok() && (count(|b| b.source.len()), count(|b| b.target.len())) == size
}

fn whole(model: &dyn CostModel, pins: &[Pin]) -> Result<Searched, SearchError> {
    search(model, pins, &SearchOptions::default())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * (1.0 + a.abs().max(b.abs()))
}

fn small() -> impl Strategy<Value = Random> {
    let types = proptest::sample::subsequence(TYPES.to_vec(), 1..=TYPES.len());
    let range = prop_oneof![
        Just((-60_000, 40_000, 1)),
        Just((-3, 4, 10_000)),
        Just((0, 3, 10_000)),
        Just((-200_000, 200_000, 1))
    ];
    ((0..8usize, 0..8usize), types, any::<u64>(), range, prop_oneof![Just(0u64), Just(6)]).prop_map(
        |(size, types, seed, (low, high, step), forbidden)| Random {
            size,
            types: types.into_iter().map(|(s, t)| BeadType::new(s, t)).collect(),
            seed,
            low,
            high,
            step,
            forbidden,
            planted: Vec::new(),
            swapped: false,
        },
    )
}

/// The beads of a ladder whose beads have the given types.
fn ladder(types: &[(u32, u32)]) -> Vec<Bead> {
    let (mut s, mut t) = (0, 0);
    types
        .iter()
        .map(|&(a, b)| {
            let bead = Bead::new((s, s + a), (t, t + b));
            (s, t) = (s + a, t + b);
            bead
        })
        .collect()
}

/// Pairs of one segment each, of these source segments and those from `target` on.
pub(super) fn ones(source: std::ops::Range<u32>, target: u32) -> Vec<Bead> {
    let first = source.start;
    source.map(|s| Bead::new((s, s + 1), (target + s - first, target + s - first + 1))).collect()
}

/// A long model with a cheap ladder planted in it, unaligned segments among its beads.
fn long() -> impl Strategy<Value = Random> {
    let step = prop_oneof![
        12 => Just((1u32, 1u32)),
        2 => Just((1, 2)),
        2 => Just((2, 1)),
        1 => Just((1, 0)),
        1 => Just((0, 1)),
    ];
    (proptest::collection::vec(step, 30..80), any::<u64>()).prop_map(|(types, seed)| {
        let beads = ladder(&types);
        let size = beads.last().map_or((0, 0), |b| (b.source.end(), b.target.end()));
        Random {
            size,
            types: TYPES[..4].iter().map(|&(s, t)| BeadType::new(s, t)).collect(),
            seed,
            low: 10_000,
            high: 60_000,
            step: 1,
            forbidden: 0,
            planted: beads.into_iter().filter(|b| !b.is_null()).collect(),
            swapped: false,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_search_finds_what_the_slow_twin_finds(model in small()) {
        let found = whole(&model, &[]).expect("no pin, no clash");
        let (cost, likelihood) = exhaustive(&model);
        prop_assert!(partitions(&found.beads, model.size), "{:?}", found.beads);
        prop_assert_eq!(found.cost, cost);
        prop_assert_eq!(found.cost, cost_of(&model, &found.beads));
        prop_assert!(near(found.likelihood, likelihood), "{} and {likelihood}", found.likelihood);
        for (bead, p) in &found.posteriors {
            prop_assert!((0.01..=1.0).contains(p), "{bead:?} {p}");
        }
    }

    #[test]
    fn the_other_side_sees_the_same_cost(model in small()) {
        let (here, there) = (whole(&model, &[]), whole(&model.swapped(), &[]));
        let (here, there) = (here.expect("no pin"), there.expect("no pin"));
        prop_assert_eq!(here.cost, there.cost);
        prop_assert!(near(here.likelihood, there.likelihood));
        let mirrored: Vec<Bead> = there.beads.iter().filter(|b| !b.is_null()).map(|b| b.swapped()).collect();
        let linked = here.beads.iter().filter(|b| !b.is_null()).map(|&b| model.bead(b)).sum::<Cost>();
        let nulls = here.cost - linked;
        // Ties may be broken differently, so the beads themselves need not agree; their sums do.
        let other = mirrored.iter().map(|&b| model.bead(b)).sum::<Cost>();
        if model.step == 1 {
            prop_assert_eq!(linked, other);
            prop_assert_eq!(nulls, there.cost - other);
        }
    }

    #[test]
    fn posteriors_of_each_segment_add_up_to_one(model in small(), temperature in 0.5f64..4.0) {
        let (n, m) = model.size;
        let stretch = Stretch { source: (0, n as u32), target: (0, m as u32) };
        let pass = forward(&model, stretch, Region::full(n, m), Keep::All);
        let posteriors = pass.posteriors(temperature);
        let (forward, backward) = posteriors.totals();
        prop_assert!(near(forward, backward), "{forward} and {backward}");
        let mut sums = [vec![0.0; n], vec![0.0; m]];
        posteriors.each(0.0, |bead, p| {
            bead.source.indices().for_each(|i| sums[0][i] += p);
            bead.target.indices().for_each(|j| sums[1][j] += p);
        });
        for sum in sums.concat() {
            prop_assert!((sum - 1.0).abs() < 1e-6, "{sum}");
        }
    }

    #[test]
    fn pins_are_honoured(
        model in small(),
        types in proptest::collection::vec((0..4u32, 0..4u32), 1..6),
        chosen in proptest::collection::vec(0..4u8, 6),
        order in any::<u64>(),
    ) {
        let planned: Vec<Bead> = ladder(&types)
            .into_iter()
            .filter(|b| b.source.len() + b.target.len() > 0)
            .filter(|b| b.source.end() <= model.size.0 && b.target.end() <= model.size.1)
            .collect();
        let mut pins = Vec::new();
        for (bead, choice) in planned.iter().zip(&chosen) {
            match choice {
                1 => pins.push(Pin::Bead(*bead)),
                2 => pins.push(Pin::Rung(Rung::new(bead.source.end() as u32, bead.target.end() as u32))),
                3 => {
                    pins.push(Pin::Rung(Rung::new(bead.source.start() as u32, bead.target.start() as u32)));
                    pins.push(Pin::Bead(*bead));
                }
                _ => {}
            }
        }
        // Pins come in any order, and may be repeated.
        pins.sort_by_key(|pin| match pin {
            Pin::Rung(r) => mixed(&[order, u64::from(r.source), u64::from(r.target)]),
            Pin::Bead(b) => mixed(&[order, b.source.start() as u64, b.target.end() as u64, 7]),
        });
        pins.extend(pins.first().copied());
        let found = whole(&model, &pins).expect("pins of one ladder do not clash");
        prop_assert!(partitions(&found.beads, model.size), "{:?}", found.beads);
        let rungs = Ladder::new(found.beads.clone()).expect("checked above").rungs();
        for pin in &pins {
            match *pin {
                Pin::Rung(rung) => prop_assert!(rungs.contains(&rung), "{rung:?} in {:?}", found.beads),
                Pin::Bead(bead) if bead.is_null() => {
                    // Unaligned segments stand one by one.
                    for b in &found.beads {
                        let inside = |i: usize, j: usize| bead.source.indices().contains(&i) || bead.target.indices().contains(&j);
                        let touched = b.source.indices().any(|i| inside(i, usize::MAX)) || b.target.indices().any(|j| inside(usize::MAX, j));
                        prop_assert!(!touched || b.is_null(), "{b:?} for {bead:?}");
                    }
                }
                Pin::Bead(bead) => prop_assert!(found.beads.contains(&bead), "{bead:?} in {:?}", found.beads),
            }
        }
        // A pinned bead may be of a type that the search may not link, and a pin inside a run of
        // unaligned segments ends it, so that the next one is opened anew.
        let usual = found.beads.iter().all(|b| b.is_null() || model.types.contains(&b.bead_type()));
        if usual && Side::BOTH.iter().all(|&side| model.null_open(side) >= Cost::ZERO) {
            prop_assert!(found.cost >= exhaustive(&model).0, "pins made the best path cheaper");
        }
    }

    #[test]
    fn pins_on_the_best_path_change_nothing(model in small(), chosen in any::<u8>()) {
        let free = whole(&model, &[]).expect("no pin");
        let linked = free.beads.iter().filter(|b| !b.is_null());
        let pins: Vec<Pin> = linked.enumerate().filter(|(i, _)| chosen >> (i % 8) & 1 == 1).map(|(_, b)| Pin::Bead(*b)).collect();
        let pinned = whole(&model, &pins).expect("pins of one ladder");
        prop_assert_eq!(pinned.cost, free.cost);
        prop_assert!(pinned.likelihood <= free.likelihood + 1e-6);
    }

    #[test]
    fn pins_that_contradict_each_other_are_refused(
        model in small(),
        a in (0..8u32, 0..8u32),
        b in (0..8u32, 0..8u32),
    ) {
        let (n, m) = (model.size.0 as u32, model.size.1 as u32);
        let pins = [Pin::Rung(Rung::new(a.0, a.1)), Pin::Rung(Rung::new(b.0, b.1))];
        let outside = a.0.max(b.0) > n || a.1.max(b.1) > m;
        let crossing = (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
        match whole(&model, &pins) {
            Err(SearchError::Pins(PinError::Outside { .. })) => prop_assert!(outside),
            Err(SearchError::Pins(PinError::Clash { .. })) => prop_assert!(crossing),
            Err(error) => prop_assert!(false, "{error}"),
            Ok(_) => prop_assert!(!outside && !crossing),
        }
        let beads = [Bead::new((a.0, a.0 + 2), (a.1, a.1 + 1)), Bead::new((a.0 + 1, a.0 + 3), (a.1 + 1, a.1 + 2))];
        prop_assert!(whole(&model, &beads.map(Pin::Bead)).is_err(), "source segment {} twice", a.0 + 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_band_finds_what_the_whole_lattice_finds(model in long(), band in 1..12usize) {
        let options = SearchOptions { whole_cells: 0, proof_cells: 0, band, ..SearchOptions::default() };
        let found = search(&model, &[], &options).expect("no pin");
        prop_assert!(partitions(&found.beads, model.size));
        prop_assert_eq!(found.cost, cost_of(&model, &found.beads));
        prop_assert_eq!(found.cost, exhaustive(&model).0);
        // A long stretch is searched in windows, which have the costs of linked beads at hand.
        prop_assert_eq!(found.costs.len(), if found.costs.is_empty() { 0 } else { found.beads.len() });
        for (bead, cost) in found.beads.iter().zip(&found.costs) {
            prop_assert_eq!(*cost, (!bead.is_null()).then(|| model.bead(*bead)));
        }
    }

    #[test]
    fn windows_find_what_the_whole_lattice_finds(model in long(), band in 4..12usize, window in 16..24usize) {
        let options =
            SearchOptions { whole_cells: 0, proof_cells: 0, band, window, overlap: 10, ..SearchOptions::default() };
        let found = search(&model, &[], &options).expect("no pin");
        let (cost, likelihood) = exhaustive(&model);
        prop_assert!(partitions(&found.beads, model.size));
        prop_assert_eq!(cost_of(&model, &found.beads), cost, "the beads are not the cheapest");
        prop_assert_eq!(found.cost, cost, "the cost is not that of the beads");
        // Joined windows only estimate it.
        let apart = (found.likelihood - likelihood).abs();
        prop_assert!(apart < 0.02 * likelihood.abs(), "{} and {likelihood}", found.likelihood);
    }

    #[test]
    fn a_sample_is_mended_where_it_is_looked_at(model in long(), band in 4..12usize, sample in 4..14usize) {
        let options = SearchOptions {
            whole_cells: 0,
            proof_cells: 0,
            band,
            sample,
            window: 4,
            overlap: 2,
            ..SearchOptions::default()
        };
        let hints = model.hints();
        let first = search_near(&model, &[], Guide::FirstLook(&hints), &options).expect("no pin");
        let passed = search_near(&model, &[], Guide::Passing(&first.beads), &options).expect("no pin");
        for found in [&first, &passed] {
            prop_assert!(partitions(&found.beads, model.size));
            prop_assert!(found.looked_at.windows(2).all(|r| r[0].end <= r[1].start), "{:?}", found.looked_at);
            let looked: Vec<&Bead> = found.looked_at.iter().flat_map(|r| &found.beads[r.clone()]).collect();
            prop_assert!(!looked.is_empty() && looked.len() <= found.beads.len());
            // Whoever learns from a sample learns from its beads alone.
            let known = |bead: &Bead| found.posteriors.iter().filter(|(b, _)| b == bead).map(|(_, p)| p).sum::<f64>();
            prop_assert!(looked.iter().all(|bead| known(bead) > 0.0 && (bead.is_null() || known(bead) <= 1.0)));
        }
        let last = search_near(&model, &[], Guide::Final(&passed.beads), &options).expect("no pin");
        prop_assert_eq!(last.cost, exhaustive(&model).0);
        prop_assert_eq!(last.looked_at, vec![0..last.beads.len()]);
    }
}
