//! The slow twin: all ladders, one recursion, no band, no tables of states.
//!
//! In: a [`CostModel`]. Out: the cost of the cheapest ladder, and ln of the sum over all ladders.
//! Guarantee: follows the definition in [`CostModel`] to the letter. Time O(n · m · types), for tests.

use std::collections::HashMap;

use crate::bitext::{Bead, Cost, CostModel, Side};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Before {
    Bead,
    SourceRun,
    TargetRun,
}

/// The cost of the cheapest ladder of the whole bitext, and ln Σ exp(−cost) over all ladders.
pub(super) fn exhaustive(model: &dyn CostModel) -> (Cost, f64) {
    let mut known = HashMap::new();
    from(model, 0, 0, Before::Bead, &mut known)
}

type Known = HashMap<(usize, usize, Before), (Cost, f64)>;

/// Cheapest way, and all ways, from rung (`i`, `j`) to the end.
#[expect(clippy::many_single_char_names, reason = "the letters of the recursion")]
fn from(model: &dyn CostModel, i: usize, j: usize, before: Before, known: &mut Known) -> (Cost, f64) {
    let (n, m) = model.size();
    if (i, j) == (n, m) {
        return (Cost::ZERO, 0.0);
    }
    if let Some(&answer) = known.get(&(i, j, before)) {
        return answer;
    }
    let mut ways: Vec<(Cost, f64)> = Vec::new();
    let mut way = |cost: Cost, rest: (Cost, f64)| {
        if rest.0 < Cost::FORBIDDEN {
            ways.push((cost + rest.0, rest.1 - cost.nats()));
        }
    };
    for t in model.linked_types() {
        let (a, b) = (i + t.source as usize, j + t.target as usize);
        if a <= n && b <= m {
            let cost = model.bead(Bead::new((i as u32, a as u32), (j as u32, b as u32)));
            way(cost, from(model, a, b, Before::Bead, known));
        }
    }
    if i < n && before != Before::TargetRun {
        let open = if before == Before::SourceRun { Cost::ZERO } else { model.null_open(Side::Source) };
        way(open + model.null(Side::Source, i), from(model, i + 1, j, Before::SourceRun, known));
    }
    if j < m {
        let open = if before == Before::TargetRun { Cost::ZERO } else { model.null_open(Side::Target) };
        way(open + model.null(Side::Target, j), from(model, i, j + 1, Before::TargetRun, known));
    }
    let best = ways.iter().map(|w| w.0).min().unwrap_or(Cost::FORBIDDEN);
    let top = ways.iter().map(|w| w.1).fold(f64::NEG_INFINITY, f64::max);
    let sum = if ways.is_empty() {
        f64::NEG_INFINITY
    } else {
        top + ways.iter().map(|w| (w.1 - top).exp()).sum::<f64>().ln()
    };
    known.insert((i, j, before), (best, sum));
    (best, sum)
}
