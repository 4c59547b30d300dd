//! Beads: what corresponds to what, as index ranges.

use std::fmt;
use std::ops::Range;

use super::segment::{SegmentRange, SourceSide, TargetSide};
use super::side::Side;

/// Source segments and target segments that correspond; one side may be empty (a null bead), never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bead {
    /// The source segments.
    pub source: SegmentRange<SourceSide>,
    /// The target segments.
    pub target: SegmentRange<TargetSide>,
}

impl Bead {
    /// The bead of the source segments `s.0..s.1` and the target segments `t.0..t.1`.
    pub const fn new(s: (u32, u32), t: (u32, u32)) -> Self {
        Self { source: SegmentRange::new(s.0, s.1), target: SegmentRange::new(t.0, t.1) }
    }

    /// Its type: how many segments stand on each side.
    pub const fn bead_type(self) -> BeadType {
        BeadType { source: self.source.len() as u32, target: self.target.len() as u32 }
    }

    /// Whether one side is empty.
    pub const fn is_null(self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }

    /// Whether all segments of `other` are among its own.
    pub fn contains(self, other: Self) -> bool {
        let within = |own: Range<usize>, other: Range<usize>| {
            other.is_empty() || own.start <= other.start && other.end <= own.end
        };
        within(self.source.indices(), other.source.indices())
            && within(self.target.indices(), other.target.indices())
    }

    /// The indices of `side`'s segments, and of those opposite.
    pub fn seen_from(self, side: Side) -> (Range<usize>, Range<usize>) {
        match side {
            Side::Source => (self.source.indices(), self.target.indices()),
            Side::Target => (self.target.indices(), self.source.indices()),
        }
    }

    /// The bead seen from the other side.
    #[must_use]
    pub const fn swapped(self) -> Self {
        Self {
            source: SegmentRange::new(self.target.start() as u32, self.target.end() as u32),
            target: SegmentRange::new(self.source.start() as u32, self.source.end() as u32),
        }
    }
}

/// How many segments a bead has on each side: "1-1", "2-1", "1-0".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BeadType {
    /// Segments on the source side.
    pub source: u32,
    /// Segments on the target side.
    pub target: u32,
}

impl BeadType {
    /// The type `source`-`target`.
    pub const fn new(source: u32, target: u32) -> Self {
        Self { source, target }
    }

    /// Whether one side is empty.
    pub const fn is_null(self) -> bool {
        self.source == 0 || self.target == 0
    }
}

impl fmt::Display for BeadType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.source, self.target)
    }
}
