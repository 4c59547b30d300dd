//! What the aligner says of a bead, kept by places in the text instead of segment numbers.
//!
//! In: an [`AlignedBead`] and the segments it speaks of. Out: a [`Score`] whose places are byte spans of the two
//! documents, so that it stays true when a reviewer splits or joins segments elsewhere. Guarantee: nothing refers
//! to a segment by its number.

use std::cell::Cell;

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
    pub doubts: Vec<Doubt>,
    /// Other ways to cut this place, likeliest first.
    pub rivals: Vec<ScoreRival>,
    /// Whether it links across others.
    pub crossing: bool,
}

impl Score {
    /// The same for texts in which `place` says where each span stands now; what has no place there is left out.
    #[must_use]
    pub fn moved(&self, place: impl Fn(Side, TextSpan) -> Option<TextSpan>) -> Self {
        let evidence = self.evidence.iter().cloned().map(|mut item| {
            item.matches = item
                .matches
                .into_iter()
                .filter_map(|mut m| {
                    m.source = place(Side::Source, m.source)?;
                    m.target = place(Side::Target, m.target)?;
                    Some(m)
                })
                .collect();
            item.unmatched = item
                .unmatched
                .into_iter()
                .filter_map(|mut u| {
                    u.span = place(u.side, u.span)?;
                    Some(u)
                })
                .collect();
            item
        });
        let doubts = self.doubts.iter().filter_map(|doubt| {
            let lost = Cell::new(false);
            let doubt = doubt.clone().with_places(|side, span| {
                place(side, span).unwrap_or_else(|| {
                    lost.set(true);
                    span
                })
            });
            (!lost.get()).then_some(doubt)
        });
        let side = |side, span: Option<TextSpan>| span.map_or(Some(None), |span| place(side, span).map(Some));
        let rivals = self.rivals.iter().filter_map(|rival| {
            let (source, target) =
                (side(Side::Source, rival.places.source)?, side(Side::Target, rival.places.target)?);
            Some(ScoreRival { places: Places::new(source, target), probability: rival.probability })
        });
        Self {
            cost: self.cost,
            confidence: self.confidence,
            evidence: evidence.collect(),
            doubts: doubts.collect(),
            rivals: rivals.collect(),
            crossing: self.crossing,
        }
    }
}

/// Another way to cut a place.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRival {
    /// Where the other bead would stand.
    pub places: Places,
    /// Its posterior probability, from 0 to 1.
    pub probability: f64,
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
        let doubts = aligned.doubts.into_iter().map(|doubt| doubt.with_places(moved));
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
