//! What a lexicon was worth in a bitext.
//!
//! In: counts of its words. Out: [`LexiconWorth`], for people. Guarantee: plain data.

/// What a lexicon was worth in a bitext: judged by the pairs that it holds and no other does.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct LexiconWorth {
    /// The lexicon's name: a file's, or `built-in`.
    pub lexicon: String,
    /// Running words of believed beads, of both sides, for which it alone has equivalents in the other document.
    pub words: f64,
    /// The share of them that find one in their bead, beyond what chance gives: 0 to 1.
    pub found: f64,
    /// How much such pairs are trusted: 0 to 1. Few words leave it near 1, as nothing speaks against them.
    pub trust: f64,
}

impl LexiconWorth {
    /// What the lexicon called `lexicon` was worth.
    pub const fn new(lexicon: String, words: f64, found: f64, trust: f64) -> Self {
        Self { lexicon, words, found, trust }
    }

    /// Takes in what the same lexicon was worth in another bitext: words are added up, shares weighted by them.
    pub fn add(&mut self, other: &Self) {
        let words = self.words + other.words;
        if words > 0.0 {
            self.found = (self.words * self.found + other.words * other.found) / words;
            self.trust = (self.words * self.trust + other.words * other.trust) / words;
        }
        self.words = words;
    }
}

#[cfg(test)]
mod tests {
    use super::LexiconWorth;

    #[test]
    fn shares_of_several_bitexts_are_weighted_by_their_words() {
        let mut worth = LexiconWorth::new("a.tsv".to_owned(), 30.0, 0.5, 1.0);
        worth.add(&LexiconWorth::new("a.tsv".to_owned(), 10.0, 0.1, 0.2));
        assert_eq!((worth.words, worth.found, worth.trust), (40.0, 0.4, 0.8));
        let mut none = LexiconWorth::new("b.tsv".to_owned(), 0.0, 0.0, 1.0);
        none.add(&LexiconWorth::new("b.tsv".to_owned(), 0.0, 0.0, 1.0));
        assert_eq!((none.words, none.trust), (0.0, 1.0));
    }
}
