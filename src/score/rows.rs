//! The costs of beads' tokens, row by row: what neighbouring beads share is computed once.
//!
//! In: a [`Model`] and a band. Out: for each row of the band what the tokens of all beads that start there
//! cost. Guarantee: equal to their part of [`Model::bead`], to the unit. Space O(`W` · width of the band); no allocation a bead.

use std::ops::Range;

use crate::bitext::{DEAREST, Side};

use super::gains::Gains;
use super::key_marks::KeyMarks;
use super::model::{Model, WordWindows};
use super::prior::LINKED;
use super::side_data::{Class, Token};

const NONE: u32 = u32::MAX;

/// A token that is explained, and how much.
type Mass = (u32, f32);

/// Lists of masses, one after the other.
#[derive(Default)]
struct Lists {
    offsets: Vec<u32>,
    masses: Vec<Mass>,
}

impl Lists {
    fn clear(&mut self) {
        self.masses.clear();
        self.offsets.clear();
        self.offsets.push(0);
    }

    fn close(&mut self) {
        self.offsets.push(self.masses.len() as u32);
    }

    #[inline]
    fn get(&self, at: usize) -> &[Mass] {
        &self.masses[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }

    fn len(&self) -> usize {
        self.offsets.len() - 1
    }
}

/// One source segment against a range of target segments.
struct Row<const W: usize> {
    source: Option<usize>,
    start: usize,
    /// For each target segment which of its tokens the source segment explains.
    forward: Lists,
    /// For each target segment which of the source segment's tokens it explains.
    backward: Lists,
    /// For windows of 1 to `W` target segments, and for each place where they start: the cost of the source
    /// segment's tokens.
    costs: [Vec<i32>; W],
}

impl<const W: usize> Default for Row<W> {
    fn default() -> Self {
        Self {
            source: None,
            start: 0,
            forward: Lists::default(),
            backward: Lists::default(),
            costs: std::array::from_fn(|_| Vec::new()),
        }
    }
}

/// The reader of rows, for beads whose sides are at most `W` segments long.
pub(super) struct Rows<'a, const W: usize> {
    model: &'a Model<'a>,
    first: usize,
    columns: &'a [Range<usize>],
    ring: [Row<W>; W],
    postings: Postings,
    sums: Sums,
    matrix: Matrix<W>,
    /// The first target segment that the band reaches.
    start: usize,
    /// For each target segment from there on what source words gain by each window that starts there.
    word_windows: Vec<WordWindows<W>>,
    /// For windows of 1 to `W` source segments running sums, over the row's columns, of the cost of the
    /// target segments' tokens.
    windows: [Vec<i32>; W],
}

impl<'a, const W: usize> Rows<'a, W> {
    pub(super) fn new(model: &'a Model<'a>, first: usize, columns: &'a [Range<usize>]) -> Self {
        let filled = columns.iter().filter(|c| !c.is_empty());
        let start = filled.clone().map(|c| c.start).min().unwrap_or(0);
        let end = filled.map(|c| c.end + W - 1).max().unwrap_or(0).min(model.sides.target.len());
        let of_words = |from| model.word_windows(Side::Source, from);
        Self {
            start,
            word_windows: (start..end.max(start)).map(of_words).collect(),
            model,
            first,
            columns,
            ring: std::array::from_fn(|_| Row::default()),
            postings: Postings {
                marks: KeyMarks::NONE,
                words: vec![NONE; model.target_keys()],
                anchors: vec![NONE; model.anchors.len()],
                entries: Vec::new(),
            },
            sums: Sums::default(),
            matrix: Matrix::default(),
            windows: std::array::from_fn(|_| Vec::new()),
        }
    }

    /// Target segments at which beads start that hold row `row` of the band, which may start in rows before it.
    fn starts(&self, row: usize) -> Range<usize> {
        let asking = &self.columns[(row + 1).saturating_sub(W)..(row + 1).min(self.columns.len())];
        let asking = asking.iter().filter(|c| !c.is_empty());
        let start = asking.clone().map(|c| c.start).min().unwrap_or(0);
        let end = asking.map(|c| c.end).max().unwrap_or(0);
        start..end.clamp(start, self.model.sides.target.len().max(start))
    }

    /// Makes sure that the ring holds row `row` of the band.
    fn prepare(&mut self, row: usize) {
        let source = self.first + row;
        let slot = source % W;
        if self.ring[slot].source != Some(source) {
            let starts = self.starts(row);
            let mut space = std::mem::take(&mut self.ring[slot]);
            self.compute(source, starts, &mut space);
            self.ring[slot] = space;
        }
    }

    fn compute(&mut self, source: usize, starts: Range<usize>, row: &mut Row<W>) {
        let model = self.model;
        let tokens = model.sides.source.tokens(source);
        self.postings.set(model, tokens);
        // Beads reach so many segments further.
        let targets = starts.start..(starts.end + W - 1).min(model.sides.target.len());
        (row.source, row.start) = (Some(source), starts.start);
        row.forward.clear();
        row.backward.clear();
        self.sums.reserve(tokens.len());
        self.matrix.reserve(tokens.len());
        for target in targets {
            for (k, t) in model.explainable(target) {
                if !self.postings.marks.may_hold(t.key) {
                    continue;
                }
                let mut sum = 0f32;
                let mut at = self.postings.head(*t);
                while at != NONE {
                    let p = self.postings.entries[at as usize];
                    sum += p.forward;
                    self.sums.add(p.token, p.backward);
                    at = p.next;
                }
                if sum > 0.0 {
                    row.forward.masses.push((*k, sum));
                }
            }
            row.forward.close();
            // In the order of the segment's tokens, as the model lists them.
            self.sums.drain_into(tokens.len(), &mut row.backward.masses);
            row.backward.close();
        }
        self.postings.unset(model, tokens);
        let places = starts.len();
        for costs in &mut row.costs {
            costs.clear();
            costs.resize(places, 0);
        }
        for at in 0..places {
            let from = starts.start + at;
            let longest = W.min(row.backward.len() - at);
            for window in 0..longest {
                self.matrix.add(window, row.backward.get(at + window));
            }
            let words = &self.word_windows[from - self.start];
            let gains = self.matrix.gains(model, tokens, &words.coefficients, |class| {
                model.window_coefficients(Side::Source, class, from)
            });
            let cost = model.tokens_units(Side::Source, source, &gains, &words.chance);
            for (costs, cost) in row.costs.iter_mut().zip(cost) {
                costs[at] = cost;
            }
        }
    }

    /// Fills [`Rows::windows`] for the beads that start in row `row` of the band.
    fn windows(&mut self, row: usize, rows: usize, wide: &Range<usize>) {
        let model = self.model;
        let source = self.first + row;
        let words = model.word_windows(Side::Target, source);
        for running in &mut self.windows {
            running.clear();
            running.push(0);
        }
        for j in wide.clone() {
            let tokens = model.sides.target.tokens(j);
            self.matrix.reserve(tokens.len());
            for k in 0..rows {
                let row = &self.ring[(source + k) % W];
                self.matrix.add(k, row.forward.get(j - row.start));
            }
            let gains = self.matrix.gains(model, tokens, &words.coefficients, |class| {
                model.window_coefficients(Side::Target, class, source)
            });
            let costs = model.tokens_units(Side::Target, j, &gains, &words.chance);
            for (running, cost) in self.windows.iter_mut().zip(costs) {
                running.push(running[running.len() - 1].wrapping_add(cost));
            }
        }
    }
}

impl<const W: usize> Rows<'_, W> {
    /// The costs of the tokens of all beads that start in row `row` of the band, as
    /// [`RowCosts::fill`](crate::bitext::RowCosts::fill) lays them out.
    pub(super) fn fill(&mut self, row: usize, costs: &mut [i32]) {
        let model = self.model;
        let (n, m) = (model.sides.source.len(), model.sides.target.len());
        let (source, columns) = (self.first + row, self.columns[row].clone());
        costs.fill(DEAREST);
        let width = columns.len();
        if source >= n || columns.start >= m || width == 0 {
            return;
        }
        // Beads reach so many segments further on both sides.
        let wide = columns.start..(columns.end + W - 1).min(m);
        let rows = W.min(n - source);
        for k in row..row + rows {
            self.prepare(k);
        }
        self.windows(row, rows, &wide);
        for (t, costs) in LINKED.iter().zip(costs.chunks_exact_mut(width)) {
            let (a, b) = (t.source as usize, t.target as usize);
            if source + a > n || columns.start + b > m {
                continue;
            }
            // Where beads of this type start and stay inside.
            let places = width.min(m + 1 - b - columns.start);
            let costs = &mut costs[..places];
            let running = &self.windows[a - 1];
            for (cost, (to, from)) in costs.iter_mut().zip(running[b..].iter().zip(running)) {
                *cost = to.wrapping_sub(*from);
            }
            for k in 0..a {
                let row = &self.ring[(source + k) % W];
                let own = &row.costs[b - 1][columns.start - row.start..];
                for (cost, own) in costs.iter_mut().zip(own) {
                    *cost += own;
                }
            }
        }
    }
}

/// The entries of one source segment's tokens, by target key.
struct Postings {
    /// The keys that have entries, of words and anchors alike: most have none, and the lists of all are not at hand.
    marks: KeyMarks,
    /// By word key of the target side, and by anchor key: the first entry.
    words: Vec<u32>,
    anchors: Vec<u32>,
    entries: Vec<Posting>,
}

#[derive(Clone, Copy)]
struct Posting {
    token: u32,
    forward: f32,
    backward: f32,
    next: u32,
}

impl Postings {
    fn set(&mut self, model: &Model<'_>, tokens: &[Token]) {
        self.entries.clear();
        // Pushed in reverse, so that each chain lists tokens in order.
        for (index, token) in tokens.iter().enumerate().rev() {
            let index = index as u32;
            if token.class == Class::Word {
                for r in model.table.row(token.key) {
                    self.marks.add(r.target);
                    let head = &mut self.words[r.target as usize];
                    self.entries.push(Posting {
                        token: index,
                        forward: r.forward,
                        backward: r.backward,
                        next: *head,
                    });
                    *head = self.entries.len() as u32 - 1;
                }
            } else {
                self.marks.add(token.key);
                let ratios = model.anchors[token.key as usize];
                let head = &mut self.anchors[token.key as usize];
                let (forward, backward) = (ratios.target, ratios.source);
                self.entries.push(Posting { token: index, forward, backward, next: *head });
                *head = self.entries.len() as u32 - 1;
            }
        }
    }

    fn unset(&mut self, model: &Model<'_>, tokens: &[Token]) {
        self.marks = KeyMarks::NONE;
        for token in tokens {
            if token.class == Class::Word {
                for r in model.table.row(token.key) {
                    self.words[r.target as usize] = NONE;
                }
            } else {
                self.anchors[token.key as usize] = NONE;
            }
        }
    }

    #[inline]
    fn head(&self, token: Token) -> u32 {
        let heads = if token.class == Class::Word { &self.words } else { &self.anchors };
        heads[token.key as usize]
    }
}

/// Masses being summed up by token.
#[derive(Default)]
struct Sums {
    masses: Vec<f32>,
    /// A bit for each token that has a mass, shared by tokens 64 apart: most segments have no more.
    touched: u64,
}

impl Sums {
    /// Makes room for `tokens` tokens.
    fn reserve(&mut self, tokens: usize) {
        if self.masses.len() < tokens {
            self.masses.resize(tokens, 0.0);
        }
    }

    #[inline]
    fn add(&mut self, token: u32, mass: f32) {
        self.touched |= 1 << (token % 64);
        self.masses[token as usize] += mass;
    }

    /// Appends the masses above 0 of the first `tokens` tokens to `out`, in their order, leaving none.
    #[inline]
    fn drain_into(&mut self, tokens: usize, out: &mut Vec<Mass>) {
        let touched = std::mem::take(&mut self.touched);
        if touched == 0 {
            return;
        }
        for (group, masses) in self.masses[..tokens].chunks_mut(64).enumerate() {
            let mut left = touched;
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                left &= left - 1;
                let Some(mass) = masses.get_mut(at) else { break };
                let mass = std::mem::take(mass);
                if mass > 0.0 {
                    out.push((64 * group as u32 + at as u32, mass));
                }
            }
        }
    }
}

/// Masses by token, and by window.
#[derive(Default)]
struct Matrix<const W: usize> {
    /// How many tokens have a mass.
    len: usize,
    /// They, in the order in which they were first added; what follows has no meaning.
    touched: Vec<u32>,
    /// By token; the last window holds all that is added, which is above 0.
    masses: Vec<[f32; W]>,
}

impl<const W: usize> Matrix<W> {
    /// Makes room for `tokens` tokens.
    fn reserve(&mut self, tokens: usize) {
        if self.masses.len() < tokens {
            self.masses.resize(tokens, [0.0; W]);
            // Each addition writes the token behind those that are there, whether it counts or not.
            self.touched.resize(tokens + 1, 0);
        }
    }

    /// Adds masses that windows from `window` on hold.
    #[inline]
    fn add(&mut self, window: usize, masses: &[Mass]) {
        let holds: [f32; W] = std::array::from_fn(|k| f32::from(u8::from(k >= window)));
        let (touched, mut len) = (self.touched.as_mut_slice(), self.len);
        for &(token, mass) in masses {
            let sums = &mut self.masses[token as usize];
            touched[len] = token;
            // All bits of +0, which nothing that is added gives back.
            len += usize::from(sums[W - 1].to_bits() == 0);
            for (sum, holds) in sums.iter_mut().zip(&holds) {
                *sum += holds * mass;
            }
        }
        self.len = len;
    }

    /// What the tokens gain in each window; leaves nothing.
    #[inline]
    fn gains(
        &mut self,
        model: &Model<'_>,
        tokens: &[Token],
        words: &[f32; W],
        others: impl Fn(Class) -> [f32; W],
    ) -> Gains<W> {
        let mut gains = Gains::NONE;
        for &token in &self.touched[..std::mem::take(&mut self.len)] {
            let masses = std::mem::replace(&mut self.masses[token as usize], [0.0; W]);
            let class = tokens[token as usize].class;
            if class == Class::Word {
                gains.add_word(words, &masses);
            } else {
                gains.add_other(model.class_weight(class), &others(class), &masses);
            }
        }
        gains
    }
}

#[cfg(test)]
mod tests;
