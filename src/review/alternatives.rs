//! What would stand at a place if one of its rivals were taken: whole small alignments, side by side.
//!
//! In: a project, a bead, an aligner. Out: the beads that stand there now, and those that each rival would lead to,
//! re-alignment included, all over the same segments. Guarantee: the project is not changed; what is shown of a rival
//! is what taking it does.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::bitext::Side;
use crate::project::edit::apply;
use crate::project::{BeadId, Edit, EditError, Project, Realigner, ReviewBead};

use super::view::Pair;

/// The most rivals shown: as many as have a key.
const MOST: usize = 9;

/// A place and the ways to cut it.
#[derive(Debug, Serialize)]
pub(super) struct AlternativesView {
    id: BeadId,
    /// What stands there.
    stands: Vec<SmallPair>,
    rivals: Vec<RivalView>,
}

/// A rival, as the small alignment that it leads to.
#[derive(Debug, Serialize)]
struct RivalView {
    /// Its number in the edit that takes it.
    index: usize,
    probability: f64,
    pairs: Vec<SmallPair>,
}

/// A bead of a small alignment.
#[derive(Debug, Serialize)]
struct SmallPair {
    texts: Pair<Vec<String>>,
    /// Whether it is in none of the others that it is held against.
    differs: bool,
    #[serde(skip)]
    key: Key,
}

/// Where a bead stands: two beads of one key hold the same segments.
type Key = [Option<(usize, usize)>; 2];

fn key(bead: &ReviewBead) -> Key {
    [bead.places.source, bead.places.target].map(|p| p.map(|p| (p.start, p.end)))
}

/// A project in which a rival was taken, and where it differs from the one before.
struct Twin {
    index: usize,
    probability: f64,
    project: Project,
    /// How many beads are the same before, and after.
    same: (usize, usize),
}

impl AlternativesView {
    /// The ways to cut the place of bead `id`.
    pub(super) fn new(project: &Project, id: BeadId, aligner: &dyn Realigner) -> Result<Self, EditError> {
        let bead = project.bead(id)?;
        let position = project.position(id).ok_or(EditError::UnknownBead(id.0))?;
        let taken = bead.score.rivals.iter().enumerate().take(MOST).filter_map(|(index, rival)| {
            let mut twin = project.clone();
            apply(&mut twin, &Edit::TakeRival { bead: id, rival: index }, "", aligner).ok()?;
            let is_same = |(a, b): &(&ReviewBead, &ReviewBead)| key(a) == key(b);
            let before = project.beads().zip(twin.beads()).take_while(is_same).count();
            let most = project.len().min(twin.len()) - before;
            let from_end = |p: &Project, i: usize| p.bead_at(p.len() - 1 - i).map(key);
            let after = (0..most).take_while(|&i| from_end(project, i) == from_end(&twin, i)).count();
            Some(Twin { index, probability: rival.probability, project: twin, same: (before, after) })
        });
        let twins: Vec<Twin> = taken.collect();
        let low = twins.iter().map(|t| t.same.0).min().unwrap_or(position).min(position);
        let rest = project.len() - position - 1;
        let after = twins.iter().map(|t| t.same.1).min().unwrap_or(rest).min(rest);
        let mut stands = pairs(project, low, after);
        let mut rivals: Vec<RivalView> = twins
            .iter()
            .map(|t| RivalView {
                index: t.index,
                probability: t.probability,
                pairs: pairs(&t.project, low, after),
            })
            .collect();
        let keys = |pairs: &[SmallPair]| pairs.iter().map(|pair| pair.key).collect::<BTreeSet<Key>>();
        let standing = keys(&stands);
        for pair in rivals.iter_mut().flat_map(|rival| &mut rival.pairs) {
            pair.differs = !standing.contains(&pair.key);
        }
        let others: Vec<_> = rivals.iter().map(|rival| keys(&rival.pairs)).collect();
        for pair in &mut stands {
            pair.differs = !others.is_empty() && !others.iter().all(|other| other.contains(&pair.key));
        }
        Ok(Self { id, stands, rivals })
    }
}

/// The beads of `project` but for the first `low` and the last `after`.
fn pairs(project: &Project, low: usize, after: usize) -> Vec<SmallPair> {
    let beads = (low..project.len().saturating_sub(after)).filter_map(|position| project.bead_at(position));
    let pair = |bead: &ReviewBead| {
        let text = |side: Side| {
            let segments = project.segments_of(side, bead).iter();
            segments.map(|segment| project.segment_text(side, segment).to_owned()).collect()
        };
        SmallPair { texts: Pair::of(text), differs: false, key: key(bead) }
    };
    beads.map(pair).collect()
}
