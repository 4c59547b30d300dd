//! What is told of an update: the pairs that stayed, those that moved, and what was said of those that are gone.
//!
//! In: a project, where its segments stand now, and the project of the new texts. Out: [`Told`]. Guarantee: whatever
//! people said of an old pair is with a new one or in the list.

use std::collections::BTreeMap;

use crate::bitext::{Side, Sides};
use crate::project::{Decision, Project, ReviewBead};

use super::Lost;
use super::carried::Carried;
use super::kept::{Held, Kept};
use super::version::{key, look_alike};

/// What is told of an update.
pub(super) struct Told {
    /// Places of the pairs that were aligned anew, in order.
    pub(super) fresh: Vec<usize>,
    /// How many of those that stayed have a text that only looks the same.
    pub(super) respelt: usize,
    /// How many pairs are gone.
    pub(super) gone: usize,
    /// What was said of those.
    pub(super) lost: Vec<Lost>,
}

impl Told {
    /// Gives the pairs that stayed what was said of them, and finds what did not stay.
    pub(super) fn of(
        project: &Project,
        carried: &Sides<Carried<'_>>,
        kept: &Kept,
        updated: &mut Project,
    ) -> Self {
        let places = by_segments(updated);
        let mut fresh = vec![true; updated.len()];
        let mut gone: Vec<(usize, ReviewBead)> = Vec::new();
        let mut respelt = 0;
        for (position, bead) in project.beads().enumerate() {
            let now = kept.at(position).and_then(|held| places.get(&held).copied());
            let Some(now) = now else {
                gone.push((position, bead.clone()));
                continue;
            };
            updated.set_attributes(now, bead.attributes.clone());
            updated.set_score(now, bead.score.moved(|side, span| carried.get(side).span(span)));
            fresh[now] = false;
            let other =
                |side| carried.get(side).only_looks_alike(project.indices(side, *bead.places.get(side)));
            respelt += usize::from(Side::BOTH.into_iter().any(other));
        }
        // What moved as a whole is told by its texts, where the aligner paired them again.
        let mut found = vec![false; gone.len()];
        for way in Way::ALL {
            for (at, now) in moved(project, &gone, updated, way, (&found, &fresh)) {
                updated.set_attributes(now, gone[at].1.attributes.clone());
                (found[at], fresh[now]) = (true, false);
                respelt += usize::from(way.seen);
            }
        }
        let holders = holders(updated);
        let mut lost = Vec::new();
        for (at, (position, bead)) in gone.iter().enumerate() {
            if !found[at] && bead.attributes.is_fixed() {
                let now = left_of(project, carried, bead)
                    .map(|(side, at)| holders.get(side)[at])
                    .find(|&now| fresh[now]);
                lost.push(lose(project, *position, bead, updated, now));
            }
        }
        let fresh: Vec<usize> = (0..fresh.len()).filter(|&now| fresh[now]).collect();
        Self { fresh, respelt, gone: found.iter().filter(|found| !**found).count(), lost }
    }
}

/// How the texts of a pair that moved are compared.
#[derive(Clone, Copy)]
struct Way {
    /// With the old pair's corrections.
    corrected: bool,
    /// By what is seen of them.
    seen: bool,
}

impl Way {
    /// The nearest first.
    const ALL: [Self; 4] = [
        Self { corrected: false, seen: false },
        Self { corrected: true, seen: false },
        Self { corrected: false, seen: true },
        Self { corrected: true, seen: true },
    ];
}

/// Which of the pairs `gone` stand among the fresh ones, by their numbers there; those already found are left out.
fn moved(
    project: &Project,
    gone: &[(usize, ReviewBead)],
    updated: &Project,
    way: Way,
    (found, fresh): (&[bool], &[bool]),
) -> Vec<(usize, usize)> {
    let texts = |bead: &ReviewBead| {
        if way.corrected {
            Side::BOTH.map(|side| project.bead_text(side, bead).into_owned())
        } else {
            original(project, bead).map(str::to_owned)
        }
    };
    let known = |texts: &[String; 2]| if way.seen { [key(&texts[0]), key(&texts[1])] } else { texts.clone() };
    let mut waiting: BTreeMap<[String; 2], Vec<usize>> = BTreeMap::new();
    for (at, (_, bead)) in gone.iter().enumerate().rev().filter(|(at, _)| !found[*at]) {
        waiting.entry(known(&texts(bead))).or_default().push(at);
    }
    let mut again = Vec::new();
    for (now, bead) in updated.beads().enumerate().filter(|(now, _)| fresh[*now]) {
        let new = original(updated, bead).map(str::to_owned);
        let Some(list) = waiting.get_mut(&known(&new)) else { continue };
        let same = |&at: &usize| {
            !way.seen || texts(&gone[at].1).iter().zip(&new).all(|(old, new)| look_alike(old, new))
        };
        if let Some(at) = list.pop_if(|at| same(at)) {
            again.push((at, now));
        }
    }
    again
}

/// The documents' own texts of a bead, whatever was corrected in them.
pub(super) fn original<'p>(project: &'p Project, bead: &ReviewBead) -> [&'p str; 2] {
    Side::BOTH.map(|side| bead.places.get(side).map_or("", |place| &project.text(side)[place.range()]))
}

/// The places of the live beads by the segments that they hold.
fn by_segments(project: &Project) -> BTreeMap<Held, usize> {
    let held = |bead: &ReviewBead| {
        Side::BOTH.map(|side| {
            let range = project.indices(side, *bead.places.get(side));
            (!range.is_empty()).then_some((range.start, range.end))
        })
    };
    project.beads().enumerate().map(|(at, bead)| (held(bead), at)).collect()
}

/// The place of the live bead that holds each segment.
fn holders(project: &Project) -> Sides<Vec<usize>> {
    Sides::new(Side::Source, Side::Target).map(|side| {
        let mut holders = vec![0; project.segments(side).len()];
        for (position, bead) in project.beads().enumerate() {
            holders[project.indices(side, *bead.places.get(side))].fill(position);
        }
        holders
    })
}

/// The new segments that are left of an old bead.
fn left_of<'p>(
    project: &'p Project,
    carried: &'p Sides<Carried<'p>>,
    bead: &'p ReviewBead,
) -> impl Iterator<Item = (Side, usize)> + 'p {
    Side::BOTH.into_iter().flat_map(move |side| {
        let range = project.indices(side, *bead.places.get(side));
        range.filter_map(move |at| Some((side, carried.get(side).places[at]?)))
    })
}

/// Says what is lost with a bead; its comment and a flag go to the new one at `now`, which holds what is left of it.
fn lose(
    project: &Project,
    position: usize,
    bead: &ReviewBead,
    updated: &mut Project,
    now: Option<usize>,
) -> Lost {
    let said = &bead.attributes;
    let holder = now.and_then(|now| updated.bead_at(now)).map(|holder| holder.attributes.clone());
    if let (Some(now), Some(mut attributes)) = (now, holder) {
        if !said.comment.is_empty() {
            let apart = if attributes.comment.is_empty() { "" } else { "\n" };
            attributes.comment = format!("{}{apart}{}", attributes.comment, said.comment);
            attributes.reviewer.clone_from(&said.reviewer);
        }
        if said.decision == Decision::Flagged {
            attributes.decision = Decision::Flagged;
            attributes.reviewer.clone_from(&said.reviewer);
        }
        updated.set_attributes(now, attributes);
    }
    let texts = Sides::new(Side::Source, Side::Target).map(|side| project.bead_text(side, bead).into_owned());
    Lost { position, texts, attributes: said.clone(), now }
}
