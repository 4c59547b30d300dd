//! Beads → the units of bilingual files.

use std::borrow::Cow;

use super::view::BeadView;
use crate::bitext::Sides;
use crate::formats::{Status, Unit};

/// The units of `beads`, null beads too, numbered from 1.
pub fn units<'a>(beads: impl Iterator<Item = BeadView<'a>>) -> impl Iterator<Item = Unit<'a>> {
    beads.enumerate().map(|(index, bead)| {
        let bead_type = bead.bead_type();
        let review = bead.review;
        let status = match review.as_ref().map(|r| &*r.status) {
            Some("accepted") => Status::Accepted,
            Some("flagged") => Status::Flagged,
            _ => Status::Pending,
        };
        Unit {
            id: Cow::Owned((index + 1).to_string()),
            texts: bead.texts,
            status,
            bead_type: Some(bead_type),
            confidence: bead.confidence,
            comment: review.map(|r| r.comment).unwrap_or_default(),
            ..Unit::default()
        }
    })
}

/// The texts of `beads`.
pub(super) fn texts<'a>(
    beads: impl Iterator<Item = BeadView<'a>>,
) -> impl Iterator<Item = Sides<Cow<'a, str>>> {
    beads.map(|bead| bead.texts)
}
