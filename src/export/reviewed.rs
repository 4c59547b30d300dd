//! A project under review → the beads to write.
//!
//! In: a [`Project`] and a [`Selection`]. Out: [`BeadView`]s, for every writer of this folder. Guarantee: texts are
//! the documents' own, but for what a reviewer corrected; rejected beads are never among them.

use std::borrow::Cow;

use super::view::{BeadView, ReviewView, doubt_view, evidence_view};
use crate::bitext::{Around, BeadType, Side, Sides, TextSpan};
use crate::project::{Decision, Project, ReviewBead};

/// Which beads by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Only {
    /// All but the rejected ones.
    #[default]
    All,
    /// The accepted ones.
    Accepted,
    /// Those with this very decision; of rejected ones still none.
    Decided(Decision),
}

/// Which beads to write.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Selection {
    /// By decision.
    pub only: Only,
    /// The least confidence, from 0 to 1, of beads that nobody accepted; `None` takes all.
    pub min_confidence: Option<f64>,
}

impl Selection {
    /// Whether `bead` is one of them.
    pub fn takes(&self, bead: &ReviewBead) -> bool {
        match bead.attributes.decision {
            Decision::Rejected => false,
            decision if matches!(self.only, Only::Decided(wanted) if wanted != decision) => false,
            Decision::Accepted => true,
            _ if self.only == Only::Accepted => false,
            _ => self.min_confidence.is_none_or(|least| bead.score.confidence.is_some_and(|c| c >= least)),
        }
    }
}

/// The selected beads of `project`, in order.
pub fn reviewed(project: &Project, selection: Selection) -> impl Iterator<Item = BeadView<'_>> + Clone {
    project.beads().filter(move |bead| selection.takes(bead)).map(|bead| view(project, bead))
}

fn view<'a>(project: &'a Project, bead: &'a ReviewBead) -> BeadView<'a> {
    let text = |side: Side, span: TextSpan| project.text(side).get(span.range()).unwrap_or_default();
    let around = Around {
        rival: bead.score.rivals.first().map(|rival| {
            let count = |side| project.indices(side, *rival.places.get(side)).len() as u32;
            BeadType::new(count(Side::Source), count(Side::Target))
        }),
        number: &|side, place| {
            let index = project.indices(side, Some(place)).start;
            let found = project.segments(side).get(index)?;
            (found.span.start == place.start).then_some(index + 1)
        },
    };
    BeadView {
        segments: Sides::new(
            project.indices(Side::Source, bead.places.source),
            project.indices(Side::Target, bead.places.target),
        ),
        texts: Sides::new(project.bead_text(Side::Source, bead), project.bead_text(Side::Target, bead)),
        pieces: Sides::new(pieces(project, Side::Source, bead), pieces(project, Side::Target, bead)),
        cost: bead.score.cost,
        confidence: bead.score.confidence,
        evidence: bead.score.evidence.iter().map(|item| evidence_view(item, text)).collect(),
        doubts: bead.score.doubts.iter().map(|doubt| doubt_view(doubt, &around)).collect(),
        crossing: bead.score.crossing,
        pinned: bead.attributes.pinned,
        review: Some(ReviewView {
            status: Cow::Borrowed(bead.attributes.decision.name()),
            comment: Cow::Borrowed(&*bead.attributes.comment),
        }),
    }
}

fn pieces<'a>(project: &'a Project, side: Side, bead: &ReviewBead) -> Vec<Cow<'a, str>> {
    let segments = project.segments_of(side, bead).iter();
    segments.map(|segment| Cow::Borrowed(project.segment_text(side, segment))).collect()
}
