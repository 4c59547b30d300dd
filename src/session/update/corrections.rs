//! What becomes of corrections: they go with their segments, or are in the new document, or are told.
//!
//! In: a project, and where its segments stand now. Out: the corrections beside the new segments, a count and a list.
//! Guarantee: each correction is in exactly one of the three.

use std::collections::{BTreeMap, VecDeque};

use crate::bitext::{SegmentedDocument, Side, Sides};
use crate::project::Project;

use super::LostCorrection;
use super::carried::Carried;
use super::version::{key, look_alike};

/// What was not put beside a segment.
#[derive(Default)]
pub(super) struct Corrections {
    pub(super) lost: Vec<LostCorrection>,
    /// How many stand in the new document itself.
    pub(super) fulfilled: usize,
}

impl Corrections {
    /// Puts the corrections beside the segments that have them by now.
    pub(super) fn carry(project: &Project, carried: &Sides<Carried<'_>>, updated: &mut Project) -> Self {
        let mut done = Self::default();
        for side in Side::BOTH {
            let carried = carried.get(side);
            let mut free: Option<Free<'_>> = None;
            for (at, segment) in project.segments(side).iter().enumerate() {
                let Some(corrected) = &segment.corrected else { continue };
                if carried.fulfils(at) {
                    done.fulfilled += 1;
                    continue;
                }
                let original = carried.original(at);
                let found = carried.places[at].map(|place| (place, false)).or_else(|| {
                    let free = free.get_or_insert_with(|| Free::of(carried));
                    // A segment that moved has its text elsewhere.
                    [str::eq, look_alike].into_iter().find_map(|same: fn(&str, &str) -> bool| {
                        let own = free.take(original, same).map(|place| (place, false));
                        own.or_else(|| Some((free.take(corrected, same)?, true)))
                    })
                });
                match found {
                    Some((place, false)) => updated.set_correction(side, place, corrected.clone()),
                    Some((_, true)) => done.fulfilled += 1,
                    None => done.lost.push(LostCorrection {
                        side,
                        original: original.to_owned(),
                        corrected: corrected.clone(),
                    }),
                }
            }
        }
        done
    }
}

/// The new segments in which no old one was found.
struct Free<'c> {
    document: &'c SegmentedDocument,
    places: BTreeMap<String, VecDeque<usize>>,
}

impl<'c> Free<'c> {
    fn of(carried: &'c Carried<'_>) -> Self {
        let mut taken = vec![false; carried.document.len()];
        carried.places.iter().flatten().for_each(|&at| taken[at] = true);
        let mut places: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (at, text) in carried.document.texts().enumerate().filter(|(at, _)| !taken[*at]) {
            places.entry(key(text)).or_default().push_back(at);
        }
        Self { document: &carried.document, places }
    }

    /// The first that holds `text`.
    fn take(&mut self, text: &str, same: fn(&str, &str) -> bool) -> Option<usize> {
        let places = self.places.get_mut(&key(text))?;
        let found = places.iter().position(|&at| same(self.document.segment_text(at), text))?;
        places.remove(found)
    }
}
