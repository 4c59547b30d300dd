//! Which pairs of texts were there before, in 16 bytes a pair.
//!
//! In: pairs as hashes. Out: whether the pair, or its source with another target, was there, and in which
//! unit. Guarantee: memory is bounded ([`Repeats::CAPACITY`] pairs); a false "same" needs two 96-bit hashes to
//! be equal.

/// A hash of 64 bits, the same in every run and on every platform. Not safe against forgers, who could only
/// make two units be taken for one.
pub(super) fn hash(parts: &[&[u8]]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut h: u64 = 0x243f_6a88_85a3_08d3;
    let mut mix = |word: u64| {
        let product = u128::from(h ^ word) * u128::from(FACTOR);
        h = (product as u64) ^ ((product >> 64) as u64);
        h = h.wrapping_add(0x1319_8a2e_0370_7344);
    };
    for part in parts {
        let mut chunks = part.chunks_exact(8);
        for chunk in &mut chunks {
            mix(u64::from_le_bytes(chunk.try_into().expect("a chunk has 8 bytes")));
        }
        let mut last = [0; 8];
        last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        mix(u64::from_le_bytes(last));
        // Where a part ends matters.
        mix(part.len() as u64);
    }
    h
}

/// What is known of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    New,
    /// The same pair stood in this unit.
    Same(u32),
    /// The same source stood in this unit, with another target.
    OtherTarget(u32),
    /// New as far as is known: the table is full.
    Untold,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    source: u64,
    target: u32,
    /// From 1; 0 is an empty slot.
    unit: u32,
}

/// The pairs seen so far: a hash table with open addressing.
#[derive(Debug)]
pub(super) struct Repeats {
    slots: Vec<Slot>,
    taken: usize,
    untold: u64,
}

/// Translations of one source text that are kept apart.
const MOST_TARGETS: usize = 64;

impl Repeats {
    /// Pairs that are remembered at most: 128 MB.
    pub(super) const CAPACITY: usize = (1 << 23) / 8 * 7;

    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::default(); 1 << 10], taken: 0, untold: 0 }
    }

    /// Pairs that found no place.
    pub(super) const fn untold(&self) -> u64 {
        self.untold
    }

    /// What is known of a pair; from now on it is known.
    pub(super) fn meet(&mut self, source: u64, target: u64, unit: u64) -> Known {
        if self.taken * 8 >= self.slots.len() * 7 && self.taken < Self::CAPACITY {
            self.double();
        }
        let mask = self.slots.len() - 1;
        let target = (target >> 32) as u32;
        let mut at = source as usize & mask;
        let mut other = None;
        let mut targets = 0;
        loop {
            let slot = self.slots[at];
            if slot.unit == 0 {
                break;
            }
            if slot.source == source {
                if slot.target == target {
                    return Known::Same(slot.unit);
                }
                other.get_or_insert(slot.unit);
                targets += 1;
            }
            at = (at + 1) & mask;
        }
        if self.taken >= Self::CAPACITY || targets >= MOST_TARGETS {
            self.untold += 1;
        } else {
            let unit = u32::try_from(unit).unwrap_or(u32::MAX).max(1);
            self.slots[at] = Slot { source, target, unit };
            self.taken += 1;
        }
        match other {
            Some(unit) => Known::OtherTarget(unit),
            None if self.taken >= Self::CAPACITY => Known::Untold,
            None => Known::New,
        }
    }

    fn double(&mut self) {
        let mut larger = vec![Slot::default(); self.slots.len() * 2];
        let mask = larger.len() - 1;
        for slot in self.slots.iter().filter(|s| s.unit != 0) {
            let mut at = slot.source as usize & mask;
            while larger[at].unit != 0 {
                at = (at + 1) & mask;
            }
            larger[at] = *slot;
        }
        self.slots = larger;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_found_whatever_the_size() {
        let mut repeats = Repeats::new();
        let pair = |i: u64| (hash(&[&i.to_le_bytes()]), hash(&[b"t", &i.to_le_bytes()]));
        for i in 0..5000 {
            assert_eq!(repeats.meet(pair(i).0, pair(i).1, i + 1), Known::New);
        }
        for i in 0..5000 {
            assert_eq!(repeats.meet(pair(i).0, pair(i).1, 9999), Known::Same(i as u32 + 1));
        }
        assert_eq!(repeats.meet(pair(7).0, 1 << 40, 9999), Known::OtherTarget(8));
        assert_eq!(repeats.meet(pair(7).0, 1 << 40, 10_000), Known::Same(9999));
    }

    #[test]
    fn a_source_with_a_thousand_translations_costs_no_more() {
        let mut repeats = Repeats::new();
        for i in 0..1000 {
            repeats.meet(1, i << 32, i + 1);
        }
        assert_eq!(repeats.untold(), 1000 - MOST_TARGETS as u64);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_ne!(hash(&[b"a\0"]), hash(&[b"a"]));
    }
}
