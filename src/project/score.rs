//! What the aligner says of a bead, kept by places in the text instead of segment numbers.
//!
//! In: an [`AlignedBead`] and the segments it speaks of. Out: a [`Score`] whose places are byte spans of the two
//! documents, so that it stays true when a reviewer splits or joins segments elsewhere. Guarantee: nothing refers
//! to a segment by its number.

use crate::bitext::{AlignedBead, Bead, Cost, Doubt, Evidence, Side, Sides, TextSpan};

/// The places of a bead: a span of each document's text, none where it has no segment on that side.
pub type Places = Sides<Option<TextSpan>>;

/// What the aligner says of a bead.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// Its cost.
    pub cost: Cost,
    /// How sure the aligner is, from 0 to 1; `None` where it was not asked.
    pub confidence: Option<f64>,
    /// What the cost is made of.
    pub evidence: Vec<Evidence>,
    /// What makes it doubtful.
    pub doubts: Vec<ScoreDoubt>,
    /// Other ways to cut this place, likeliest first.
    pub rivals: Vec<ScoreRival>,
    /// Whether it links across others.
    pub crossing: bool,
}

/// Another way to cut a place.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRival {
    /// Where the other bead would stand.
    pub places: Places,
    /// Its posterior probability, from 0 to 1.
    pub probability: f64,
}

/// What makes a bead doubtful.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreDoubt {
    /// The lengths are far apart.
    LengthsFarApart {
        /// Characters on each side.
        chars: Sides<usize>,
    },
    /// Little in the two sides shows that they translate each other at all.
    PerhapsUnrelated,
    /// No word of the one side explains a word of the other.
    NoWordInCommon,
    /// A number or date stands on one side alone.
    MissingValue {
        /// The side on which it does stand.
        side: Side,
        /// The value, for people.
        value: String,
    },
    /// Another bead may stand here instead.
    CloseRival {
        /// Its posterior probability, from 0 to 1.
        probability: f64,
    },
    /// A segment brings little evidence of its own.
    WeakSegment {
        /// The side on which it stands.
        side: Side,
        /// Where it stands.
        place: TextSpan,
    },
}

/// From the numbers of an aligner's answer to places in the text.
pub(super) struct Mapping<'a> {
    /// The spans of the segments the aligner saw, in the documents' own bytes.
    pub(super) spans: Sides<&'a [TextSpan]>,
    /// How far the texts that the aligner saw stand inside the documents.
    pub(super) offsets: Sides<usize>,
}

impl Mapping<'_> {
    pub(super) fn places(&self, bead: Bead) -> Places {
        let place = |spans: &[TextSpan], range: std::ops::Range<usize>| {
            let inside = spans.get(range)?;
            Some(TextSpan::new(inside.first()?.start, inside.last()?.end))
        };
        Sides::new(
            place(self.spans.source, bead.source.indices()),
            place(self.spans.target, bead.target.indices()),
        )
    }

    pub(super) fn score(&self, aligned: AlignedBead) -> Score {
        let moved = |side: Side, span: TextSpan| span.shifted(*self.offsets.get(side));
        let evidence = aligned.evidence.into_iter().map(|mut item| {
            for m in &mut item.matches {
                m.source = moved(Side::Source, m.source);
                m.target = moved(Side::Target, m.target);
            }
            for u in &mut item.unmatched {
                u.span = moved(u.side, u.span);
            }
            item
        });
        let doubts = aligned.doubts.into_iter().filter_map(|doubt| {
            Some(match doubt {
                Doubt::LengthsFarApart { chars } => ScoreDoubt::LengthsFarApart { chars },
                Doubt::PerhapsUnrelated => ScoreDoubt::PerhapsUnrelated,
                Doubt::NoWordInCommon => ScoreDoubt::NoWordInCommon,
                Doubt::MissingValue { side, value } => ScoreDoubt::MissingValue { side, value },
                Doubt::CloseRival(rival) => ScoreDoubt::CloseRival { probability: rival.probability },
                Doubt::WeakSegment { side, segment } => {
                    ScoreDoubt::WeakSegment { side, place: *self.spans.get(side).get(segment)? }
                }
            })
        });
        Score {
            cost: aligned.cost,
            confidence: aligned.confidence,
            evidence: evidence.collect(),
            doubts: doubts.collect(),
            rivals: aligned
                .rivals
                .iter()
                .map(|r| ScoreRival { places: self.places(r.bead), probability: r.probability })
                .collect(),
            crossing: aligned.crossing,
        }
    }
}
