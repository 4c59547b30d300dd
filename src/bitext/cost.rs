//! Costs, and the trait by which a model of costs meets the search that minimises them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Range, Sub};

use super::bead::{Bead, BeadType};
use super::side::Side;

/// An additive cost in nats, fixed-point: 1 nat = 10,000 units. Lower is better.
///
/// Costs are log-likelihood ratios against the background in which every segment stands for itself, so
/// that beads of different sizes and unaligned segments compare: 0 is "no better than chance", a cost
/// below 0 says that the two sides explain each other. Being integers they have a total order and exact
/// ties, and their sum does not depend on the order of adding. The rounding from `f64` happens once, in
/// [`Cost::from_nats`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Cost(i64);

impl Cost {
    /// No cost.
    pub const ZERO: Self = Self(0);
    /// Dearer than any path through real beads; adding a few of them does not overflow.
    pub const FORBIDDEN: Self = Self(i64::MAX / 16);
    const UNITS_PER_NAT: f64 = 10_000.0;

    /// The cost of `nats`, rounded to the nearest unit; NaN and values beyond ±10^9 nats become
    /// [`Cost::FORBIDDEN`] or its negative.
    pub fn from_nats(nats: f64) -> Self {
        if nats.is_nan() || nats > 1e9 {
            return Self::FORBIDDEN;
        }
        if nats < -1e9 {
            return Self(-Self::FORBIDDEN.0);
        }
        Self((nats * Self::UNITS_PER_NAT).round() as i64)
    }

    /// A cost from its fixed-point units.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The fixed-point units.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The cost in nats.
    pub fn nats(self) -> f64 {
        self.0 as f64 / Self::UNITS_PER_NAT
    }
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Sub for Cost {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Neg for Cost {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}
impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::ZERO, Add::add)
    }
}
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.nats())
    }
}

/// A source segment and a target segment that share something rare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hint {
    /// The source segment.
    pub source: u32,
    /// The target segment.
    pub target: u32,
    /// How much it says, above 0.
    pub weight: u32,
}

/// What a bead costs, for a fixed bitext: the only thing the search in [`crate::align`] knows.
///
/// Every cost is in nats (see [`Cost`]). The cost of an alignment is the sum of [`CostModel::bead`] over
/// its linked beads, [`CostModel::null`] over its unaligned segments, and one [`CostModel::null_open`]
/// for each run of consecutive unaligned segments of one side (an affine gap: Gotoh 1982). Within a run
/// between two linked beads, unaligned source segments come before unaligned target segments.
///
/// Implementations must be pure: the same arguments always give the same cost. The search takes a cost below
/// −(2³¹ − 1) units for that one. A bead as dear as 2³¹ − 1 units is one that no path may take; segments alone always
/// may stand, at 2³⁰ units at most, and as much to open a run. A model that does not keep to what is said here is refused
/// ([`ModelError`](crate::align::ModelError)) or leads to some ladder that means nothing.
pub trait CostModel: Sync {
    /// Number of source segments and of target segments.
    fn size(&self) -> (usize, usize);

    /// The bead types that may be linked, in a fixed order without repetition, no side empty.
    fn linked_types(&self) -> &[BeadType];

    /// How many of [`CostModel::linked_types`], from the first on, are the usual ones: steps on the way to
    /// the last search look at these alone.
    fn usual_types(&self) -> usize {
        self.linked_types().len()
    }

    /// The cost of a linked bead. Its type need not be one of [`CostModel::linked_types`].
    fn bead(&self, bead: Bead) -> Cost;

    /// The cost of leaving one segment of `side` unaligned, inside a run that is already open.
    fn null(&self, side: Side, segment: usize) -> Cost;

    /// The cost of opening a run of unaligned segments of `side`.
    fn null_open(&self, side: Side) -> Cost;

    /// Pairs of segments that share something rare: only a hint where to look first in a long bitext,
    /// never a condition. In any order; may be empty.
    fn hints(&self) -> Vec<Hint> {
        Vec::new()
    }

    /// A cheaper model of the same bitext, with fewer bead types and nearly the same costs, whose cheapest ladder
    /// says where to look in a long bitext; `None` where this model is cheap itself.
    fn draft(&self) -> Option<Box<dyn CostModel + '_>> {
        None
    }

    /// For each run of segments of `side` between two of `cuts` (rising places, from the first to the last) a vector of
    /// [`SIGNATURE`] numbers, of length 1 or 0: two runs that translate each other have vectors of a like direction,
    /// and two that do not have about a product of 0. Empty where nothing of the kind is known.
    fn signatures(&self, side: Side, cuts: &[usize]) -> Vec<f32> {
        let _ = (side, cuts);
        Vec::new()
    }

    /// A reader of the costs of a band, row by row, for the search; the default asks [`CostModel::bead`]
    /// for each. Row `k` of the band starts at source segment `first + k`, and at each target segment of
    /// `columns[k]`.
    fn rows<'a>(&'a self, first: usize, columns: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        Box::new(OneByOne { model: self, first, columns })
    }

    /// The same for the usual types alone ([`CostModel::usual_types`]): [`RowCosts::fill`] takes a slice of as many
    /// costs as these make. It may be faster.
    fn usual_rows<'a>(&'a self, first: usize, columns: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        self.rows(first, columns)
    }
}

/// Costs of all beads that start in one row of a band (see [`CostModel::rows`]).
///
/// The values equal those of [`CostModel::bead`]; an implementation may compute neighbours together and
/// keep what the next rows need. Rows may be asked for in any order; in rising order is fastest.
pub trait RowCosts {
    /// Writes into `costs` the cost, in units of [`Cost`], of the beads that start in row `row` of the
    /// band: for each of [`CostModel::linked_types`], in that order, one cost for each column of the row;
    /// [`DEAREST`] where the bead would run past the end of the bitext or costs more. Where `costs` is shorter, of so
    /// many types as it has room for.
    fn fill(&mut self, row: usize, costs: &mut [i32]);
}

/// How many numbers a vector of [`CostModel::signatures`] has.
pub const SIGNATURE: usize = 128;

/// The cost of a bead in [`RowCosts`] that no path may take.
pub const DEAREST: i32 = i32::MAX;

struct OneByOne<'a, M: CostModel + ?Sized> {
    model: &'a M,
    first: usize,
    columns: &'a [Range<usize>],
}

impl<M: CostModel + ?Sized> RowCosts for OneByOne<'_, M> {
    fn fill(&mut self, row: usize, costs: &mut [i32]) {
        let (n, m) = self.model.size();
        let (source, columns) = (self.first + row, self.columns[row].clone());
        let room = costs.len() / columns.len().max(1);
        let types = self.model.linked_types().iter().take(room);
        for (k, t) in types.enumerate() {
            for (c, target) in columns.clone().enumerate() {
                let (s_end, t_end) = (source + t.source as usize, target + t.target as usize);
                costs[k * columns.len() + c] = if s_end > n || t_end > m {
                    DEAREST
                } else {
                    let bead = Bead::new((source as u32, s_end as u32), (target as u32, t_end as u32));
                    self.model.bead(bead).units().clamp(i64::from(-DEAREST), i64::from(DEAREST)) as i32
                };
            }
        }
    }
}
