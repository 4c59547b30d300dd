//! How sure the aligner is of texts that do not translate each other, and of those that do.
//!
//! In: documents as pairs of texts known to translate each other, a seed. Out: short texts to align, [`Trial`]s, and a
//! [`SureReport`] of how they went. Guarantee: the same documents and seed give the same trials.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::metrics::Share;
use crate::bitext::{Alignment, Lang, Sides};

/// How many segments the texts of a row have on each side.
pub const LENGTHS: [usize; 5] = [1, 2, 3, 5, 8];

/// How many texts a row has of each sort.
pub const TEXTS: usize = 40;

/// A bead of this confidence counts as sure.
pub const SURE: f64 = 0.9;

/// A document as its pairs of segments that are known to translate each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Couples {
    /// The languages.
    pub languages: Sides<Lang>,
    /// The texts of its 1-1 beads, in the order of the gold.
    pub texts: Vec<Sides<String>>,
}

/// Two short texts to align.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trial {
    /// How many segments each has.
    pub length: usize,
    /// Whether they translate each other, segment by segment; else they are of two documents.
    pub related: bool,
    /// Their languages.
    pub languages: Sides<Lang>,
    /// Their segments.
    pub segments: Sides<Vec<String>>,
}

/// Texts to align for each of [`LENGTHS`], as far as there are two documents of the same languages with more beads than
/// that: [`TEXTS`] of two documents, and as many of one.
pub fn trials(documents: &[Couples], seed: u64) -> Vec<Trial> {
    let mut random = Random(seed);
    let mut trials = Vec::new();
    for length in LENGTHS {
        let long = |c: &&Couples| c.texts.len() > length;
        let others = |one: &Couples| -> Vec<&Couples> {
            let fits = |c: &&Couples| !std::ptr::eq(*c, one) && c.languages == one.languages;
            documents.iter().filter(long).filter(fits).collect()
        };
        let first: Vec<&Couples> = documents.iter().filter(long).filter(|c| !others(c).is_empty()).collect();
        if first.is_empty() {
            continue;
        }
        for _ in 0..TEXTS {
            let one = *random.of(&first);
            let other = *random.of(&others(one));
            let run = |document: &Couples, start: usize, side| -> Vec<String> {
                let texts = &document.texts[start..start + length];
                texts.iter().map(|texts: &Sides<String>| texts.get(side).clone()).collect()
            };
            let start = random.below(one.texts.len() - length + 1);
            let elsewhere = random.below(other.texts.len() - length + 1);
            for (related, document, start_opposite) in [(false, other, elsewhere), (true, one, start)] {
                let segments = Sides::new(
                    run(one, start, crate::bitext::Side::Source),
                    run(document, start_opposite, crate::bitext::Side::Target),
                );
                trials.push(Trial { length, related, languages: one.languages.clone(), segments });
            }
        }
    }
    trials
}

/// How many source segments of a row stand in sure linked beads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SureRow {
    /// Segments on each side of each text.
    pub length: usize,
    /// Of texts that do not translate each other.
    pub unrelated: Share,
    /// Of texts that do.
    pub related: Share,
}

/// How sure the aligner was, by the length of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SureReport {
    /// The rows, by rising length.
    pub rows: Vec<SureRow>,
}

impl SureReport {
    /// Counts what became of `trial`; trials come by rising length.
    pub fn add(&mut self, trial: &Trial, alignment: &Alignment) {
        if self.rows.last().is_none_or(|row| row.length != trial.length) {
            self.rows.push(SureRow { length: trial.length, ..SureRow::default() });
        }
        let Some(row) = self.rows.last_mut() else { return };
        let share = if trial.related { &mut row.related } else { &mut row.unrelated };
        let sure =
            alignment.beads().iter().filter(|b| !b.bead.is_null() && b.confidence.is_some_and(|c| c >= SURE));
        *share += Share { hits: sure.map(|b| b.bead.source.len()).sum(), of: alignment.size().0 };
    }

    /// Writes the report as a table.
    pub fn write_text(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "share of the source segments in linked beads of confidence {SURE} or more")?;
        writeln!(out, "segments  unrelated  related")?;
        for row in &self.rows {
            writeln!(out, "{:8}  {:9.2}  {:7.2}", row.length, row.unrelated.ratio(), row.related.ratio())?;
        }
        Ok(())
    }

    /// Writes the report as one JSON object.
    pub fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        let row = |row: &SureRow| -> Value {
            let (unrelated, related) = (row.unrelated.ratio(), row.related.ratio());
            json!({ "segments": row.length, "unrelated": unrelated, "related": related })
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        serde_json::to_writer_pretty(&mut *out, &json!({ "sure": SURE, "texts": TEXTS, "rows": rows }))?;
        writeln!(out)
    }
}

/// Numbers that look random: SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{AlignedBead, Bead};

    fn couples(name: &str, texts: usize, target: &str) -> Couples {
        let text = |i: usize| Sides::new(format!("{name}{i}"), format!("{name}{i}"));
        let lang = |tag: &str| tag.parse::<Lang>().unwrap();
        Couples { languages: Sides::new(lang("hu"), lang(target)), texts: (0..texts).map(text).collect() }
    }

    #[test]
    fn unrelated_texts_are_of_two_documents_and_related_ones_of_one_place() {
        // The third is alone in its language; the second is too short for the longest texts.
        let documents = [couples("a", 20, "en"), couples("b", 6, "en"), couples("c", 20, "fi")];
        let trials = trials(&documents, 7);
        assert_eq!(trials.len(), 4 * 2 * TEXTS);
        for trial in &trials {
            let (s, t) = (&trial.segments.source, &trial.segments.target);
            assert_eq!((s.len(), t.len()), (trial.length, trial.length));
            assert_eq!(s == t, trial.related);
            assert!(!s[0].starts_with('c') && (trial.related || s[0][..1] != t[0][..1]));
        }
        assert_eq!(trials, super::trials(&documents, 7));
        assert_ne!(trials, super::trials(&documents, 8));
        assert!(super::trials(&documents[1..], 7).is_empty());
    }

    #[test]
    fn segments_in_sure_beads_are_counted() {
        let mut report = SureReport::default();
        let trial = |length, related| {
            let texts = vec![String::new(); length];
            let languages = couples("a", 1, "en").languages;
            Trial { length, related, languages, segments: Sides::new(texts.clone(), texts) }
        };
        let aligned = |bead: Bead, confidence| {
            let mut aligned = AlignedBead::bare(bead);
            aligned.confidence = Some(confidence);
            aligned
        };
        let beads = vec![
            aligned(Bead::new((0, 2), (0, 1)), 0.95),
            aligned(Bead::new((2, 3), (1, 2)), 0.89),
            aligned(Bead::new((3, 4), (2, 2)), 1.0),
        ];
        report.add(&trial(4, true), &Alignment::new(beads, 4, 2).unwrap());
        let one = vec![aligned(Bead::new((0, 1), (0, 1)), 0.1)];
        report.add(&trial(4, false), &Alignment::new(one, 1, 1).unwrap());
        let mut text = Vec::new();
        report.write_text(&mut text).unwrap();
        insta::assert_snapshot!(String::from_utf8(text).unwrap(), @r"
        share of the source segments in linked beads of confidence 0.9 or more
        segments  unrelated  related
               4       0.00     0.50
        ");
    }
}
