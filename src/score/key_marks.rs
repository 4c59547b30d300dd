//! Which keys are there, told by a few bits that stay close at hand.
//!
//! In: keys. Out: whether a key may be among them. Guarantee: `false` is sure; keys that share a bit are as many words of
//! bits apart as there are.

/// Words of bits.
const WORDS: usize = 64;

/// A bit for each key that is there, shared by keys 64 · [`WORDS`] apart.
#[derive(Debug, Clone)]
pub(super) struct KeyMarks([u64; WORDS]);

impl KeyMarks {
    /// No key.
    pub(super) const NONE: Self = Self([0; WORDS]);

    /// Adds a key.
    #[inline]
    pub(super) const fn add(&mut self, key: u32) {
        self.0[Self::word(key)] |= 1 << (key % 64);
    }

    /// Whether `key` may be there.
    #[inline]
    pub(super) const fn may_hold(&self, key: u32) -> bool {
        self.0[Self::word(key)] >> (key % 64) & 1 == 1
    }

    #[inline]
    const fn word(key: u32) -> usize {
        key as usize / 64 % WORDS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::KeyMarks;

    proptest! {
        #[test]
        fn what_was_added_is_never_missed(keys in proptest::collection::vec(any::<u32>(), 0..40), other: u32) {
            let mut marks = KeyMarks::NONE;
            for key in &keys {
                marks.add(*key);
            }
            prop_assert!(keys.iter().all(|key| marks.may_hold(*key)));
            let shared = keys.iter().any(|key| key % 4096 == other % 4096);
            prop_assert_eq!(marks.may_hold(other), shared);
        }
    }
}
