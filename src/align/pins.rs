//! Pins: places that the alignment must keep, as stretches between which the search is free.
//!
//! In: pins in any order. Out: consecutive stretches that cover the bitext. Guarantee: pins that cross,
//! repeat differently or lie outside are refused, with the two that clash.

use crate::bitext::{Bead, Pin, Rung};

use super::forward::Stretch;

/// Pins that no ladder can honour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PinError {
    /// A pin lies beyond the end of the bitext.
    #[error(
        "pin {pin} lies outside the bitext of {source_segments} source and {target_segments} target segments"
    )]
    Outside {
        /// The pin.
        pin: String,
        /// Source segments there are.
        source_segments: usize,
        /// Target segments there are.
        target_segments: usize,
    },
    /// Two pins cross or overlap.
    #[error("pins {first} and {second} cannot both hold: they cross or overlap; remove one of them")]
    Clash {
        /// The one that starts first.
        first: String,
        /// The other.
        second: String,
    },
    /// A pinned bead has no segment.
    #[error("a pinned pair is empty on both sides; name at least one segment")]
    Empty,
}

/// A stretch to search, or a single pinned bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) stretch: Stretch,
    pub(super) one_bead: bool,
}

fn show(pin: &Pin) -> String {
    /// Of so many segments all are named.
    const FEW: usize = 8;
    let list = |range: std::ops::Range<usize>| {
        if range.len() > FEW {
            return format!("{}-{}", range.start, range.end - 1);
        }
        range.map(|i| i.to_string()).collect::<Vec<_>>().join(",")
    };
    match pin {
        Pin::Rung(r) => format!("({}, {})", r.source, r.target),
        Pin::Bead(b) => format!("[{} | {}]", list(b.source.indices()), list(b.target.indices())),
    }
}

/// Cuts a bitext of `n` and `m` segments at `pins`.
pub(super) fn stretches(pins: &[Pin], n: usize, m: usize) -> Result<Vec<Part>, PinError> {
    // A rung is a bead without segments here.
    let span = |pin: &Pin| -> Bead {
        match *pin {
            Pin::Rung(Rung { source, target }) => Bead::new((source, source), (target, target)),
            Pin::Bead(bead) => bead,
        }
    };
    let mut sorted: Vec<Pin> = pins.to_vec();
    sorted.sort_by_key(|p| {
        let b = span(p);
        (b.source.start() + b.source.end(), b.target.start() + b.target.end(), b)
    });
    sorted.dedup();
    let mut parts = Vec::new();
    let mut at = (0u32, 0u32);
    let mut last: Option<Pin> = None;
    for pin in &sorted {
        let bead = span(pin);
        if bead.source.end() > n || bead.target.end() > m {
            return Err(PinError::Outside { pin: show(pin), source_segments: n, target_segments: m });
        }
        let is_bead = matches!(pin, Pin::Bead(_));
        if is_bead && bead.source.is_empty() && bead.target.is_empty() {
            return Err(PinError::Empty);
        }
        let start = (bead.source.start() as u32, bead.target.start() as u32);
        if start.0 < at.0 || start.1 < at.1 {
            let first = last.as_ref().map_or_else(|| "(0, 0)".to_owned(), show);
            return Err(PinError::Clash { first, second: show(pin) });
        }
        push(&mut parts, at, start);
        at = (bead.source.end() as u32, bead.target.end() as u32);
        if is_bead {
            let stretch = Stretch { source: (start.0, at.0), target: (start.1, at.1) };
            parts.push(Part { stretch, one_bead: true });
        }
        last = Some(*pin);
    }
    push(&mut parts, at, (n as u32, m as u32));
    Ok(parts)
}

fn push(parts: &mut Vec<Part>, from: (u32, u32), to: (u32, u32)) {
    if from != to {
        let stretch = Stretch { source: (from.0, to.0), target: (from.1, to.1) };
        parts.push(Part { stretch, one_bead: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_of_any_size_is_refused_in_few_words() {
        let outside = |bead| stretches(&[Pin::Bead(bead)], 3, 3).unwrap_err().to_string();
        insta::assert_snapshot!(outside(Bead::new((0, u32::MAX), (1, 4))), @"pin [0-4294967294 | 1,2,3] lies outside the bitext of 3 source and 3 target segments");
        let rung = stretches(&[Pin::Rung(Rung::new(u32::MAX, 0))], 3, 3).unwrap_err();
        insta::assert_snapshot!(rung, @"pin (4294967295, 0) lies outside the bitext of 3 source and 3 target segments");
    }
}
