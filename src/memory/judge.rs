//! Judging a pair of texts by the rules of [`check`](super::check), outside of any file.
//!
//! In: a source and its translation. Out: what is wrong with them, by kind, with words. Guarantee: what is found is what
//! `check` finds in a unit of these two texts; no text is kept.

use super::check_text::{Language, SideText, check_one, check_pair};
use super::kind::Kind;
use super::measure::Measure;

/// Judges pairs of two languages.
#[derive(Debug)]
pub struct Judge {
    languages: [Language; 2],
    /// Runs of digits, kept between pairs for their room.
    runs: [Vec<u64>; 2],
}

impl Judge {
    /// A judge of texts in these languages: source, target.
    pub fn new(source: &str, target: &str) -> Self {
        Self { languages: [Language::new(source), Language::new(target)], runs: [Vec::new(), Vec::new()] }
    }

    /// What is wrong with a pair of texts; nothing is said of a pair of which one is empty.
    pub fn pair(&mut self, source: &str, target: &str) -> Vec<(Kind, String)> {
        let mut all = Vec::new();
        let measures = [Measure::of(source), Measure::of(target)];
        if !measures.iter().all(|m| m.visible) {
            return all;
        }
        let [source, target] = [(source, 0), (target, 1)].map(|(text, index)| SideText {
            text,
            measure: &measures[index],
            language: &self.languages[index],
        });
        let mut found = |kind, detail| all.push((kind, detail));
        check_one(source, &mut found);
        check_one(target, &mut found);
        check_pair(source, target, &mut self.runs, &mut found);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_judged_as_units_are() {
        let mut judge = Judge::new("ar", "en");
        let mut kinds = |source: &str, target: &str| {
            judge.pair(source, target).into_iter().map(|(kind, _)| kind.code()).collect::<Vec<_>>()
        };
        assert_eq!(kinds("رقم الحساب 458721", "the account number"), ["number-mismatch"]);
        assert_eq!(kinds("see the page", "see the page"), ["untranslated"]);
        assert_eq!(kinds("مرحبًا {name}", "hello"), ["placeholder-differs"]);
        assert_eq!(kinds("نعم\u{202e}", "yes"), ["bidi-override", "bidi-unbalanced"]);
        assert_eq!(kinds("البند ١٢", "article 12"), [] as [&str; 0]);
        assert_eq!(kinds("", "alone 7"), [] as [&str; 0]);
    }
}
