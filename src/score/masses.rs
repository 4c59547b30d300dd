//! How much the tokens of single segments and beads explain each other.
//!
//! In: a [`Model`], segments. Out: [`Masses`]. Guarantee: pure; sums are added up in the order of the tokens, as the row
//! readers do, so that both agree to the unit.

use crate::bitext::{Bead, Sides};

use super::key_marks::KeyMarks;
use super::model::{Masses, Model};
use super::side_data::Class;

impl Model<'_> {
    /// How much each token of the target segment is explained by the source segment, and the other way
    /// round: only tokens that are explained at all.
    pub(crate) fn masses(&self, source: usize, target: usize) -> Sides<Masses> {
        /// Rows so many times as long as the segment are searched for its words, not gone through.
        const FEW: usize = 4;
        let (s_tokens, t_tokens) = (self.sides.source.tokens(source), self.explainable(target));
        let mut out = Sides::<Masses>::default();
        let mut forward = vec![0f32; t_tokens.len()];
        // Most words of one side have no pair on the other: a bit for each that is there says so at once.
        let mut marks = KeyMarks::NONE;
        let mut words: Vec<(u32, u32)> = Vec::with_capacity(t_tokens.len());
        for (at, (_, t)) in (0u32..).zip(t_tokens).filter(|(_, (_, t))| t.class == Class::Word) {
            marks.add(t.key);
            words.push((t.key, at));
        }
        words.sort_unstable();
        // Places in the target segment of what a word is paired with, and the pairs.
        let mut found = Vec::new();
        for (l, s) in (0u32..).zip(s_tokens) {
            let mut backward = 0f32;
            if s.class == Class::Word {
                let row = self.table.row(s.key);
                found.clear();
                if row.len() > FEW * t_tokens.len() {
                    for &(key, at) in &words {
                        if let Ok(pair) = row.binary_search_by_key(&key, |r| r.target) {
                            found.push((at, row[pair]));
                        }
                    }
                } else {
                    for pair in row.iter().filter(|r| marks.may_hold(r.target)) {
                        let first = words.partition_point(|w| w.0 < pair.target);
                        let same = words[first..].iter().take_while(|w| w.0 == pair.target);
                        found.extend(same.map(|w| (w.1, *pair)));
                    }
                }
                // In the order of the segment's tokens, as the row readers add them up.
                found.sort_unstable_by_key(|(at, _)| *at);
                for (at, pair) in &found {
                    forward[*at as usize] += pair.forward;
                    backward += pair.backward;
                }
            } else {
                let ratios = self.anchors[s.key as usize];
                for (forward, (_, t)) in forward.iter_mut().zip(t_tokens) {
                    if t.class != Class::Word && t.key == s.key {
                        *forward += ratios.target;
                        backward += ratios.source;
                    }
                }
            }
            if backward > 0.0 {
                out.source.push((l, backward));
            }
        }
        let explained = t_tokens.iter().zip(forward).filter(|&(_, f)| f > 0.0);
        out.target = explained.map(|((k, _), f)| (*k, f)).collect();
        out
    }

    /// How much each token of each segment of a bead is explained by the bead's other side.
    pub(crate) fn bead_masses(&self, bead: Bead) -> Sides<Vec<Masses>> {
        let (source, target) = (bead.source.indices(), bead.target.indices());
        let mut out = Sides::new(vec![Masses::new(); source.len()], vec![Masses::new(); target.len()]);
        for (i, s) in source.enumerate() {
            for (j, t) in target.clone().enumerate() {
                let more = self.masses(s, t);
                add_masses(&mut out.source[i], &more.source);
                add_masses(&mut out.target[j], &more.target);
            }
        }
        out
    }
}

/// Adds `more` to `masses`; tokens not yet there come last.
fn add_masses(masses: &mut Masses, more: &[(u32, f32)]) {
    for &(token, mass) in more {
        match masses.iter_mut().find(|m| m.0 == token) {
            Some(known) => known.1 += mass,
            None => masses.push((token, mass)),
        }
    }
}
