//! Where what was found in a search stands now.
//!
//! In: where it stood when it was found: a place in a document, and the text there. Out: the row that holds it now.
//! Guarantee: while the documents are the same the place says it, whatever was merged, cut, moved or corrected since; in
//! other versions of them the text does, the nearest of several; where it is gone, that is said, with the nearest row.

use serde::{Deserialize, Serialize};

use crate::bitext::Side;
use crate::project::Project;
use crate::project::change::SideName;

use super::changes::row_of;

/// What is looked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sought {
    /// The number of its pair when it was found, from 1.
    number: usize,
    /// Where its texts stood, the one with the words first.
    spots: Vec<Spot>,
}

/// A place in a document, and the text there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spot {
    side: SideName,
    /// Where the segment begins, in bytes of the document.
    start: usize,
    /// How far into it the word stands.
    within: usize,
    /// The beginning of the segment.
    text: String,
}

/// Where it stands now.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Found {
    row: usize,
    /// The segment that holds it; none where it is gone.
    segment: Option<(SideName, usize)>,
}

impl Sought {
    /// The row that holds it now, or the nearest; `None` where there is no row.
    pub(super) fn find(&self, project: &Project) -> Option<Found> {
        let mut spots = self.spots.iter().map(|spot| spot.find(project));
        if let Some((side, row, segment)) = spots.next().flatten() {
            return Some(Found { row, segment: Some((side.into(), segment)) });
        }
        // Its counterpart says where it stood.
        let by_counterpart = spots.flatten().next().map(|(_, row, _)| row);
        let last = project.len().checked_sub(1)?;
        let row = by_counterpart.unwrap_or_else(|| self.number.saturating_sub(1).min(last));
        Some(Found { row, segment: None })
    }
}

impl Spot {
    /// The row and the segment that hold the text.
    fn find(&self, project: &Project) -> Option<(Side, usize, usize)> {
        let side = Side::from(self.side);
        let text = project.text(side);
        if self.text.is_empty() {
            return None;
        }
        let stands = text.get(self.start..).is_some_and(|rest| rest.starts_with(&self.text));
        let (start, within) = if stands {
            (self.start, self.within)
        } else {
            let places = text.match_indices(&self.text).map(|(at, _)| at);
            (places.min_by_key(|at| at.abs_diff(self.start))?, self.within.min(self.text.len() - 1))
        };
        let holds = |byte: usize| {
            let row = row_of(project, side, byte)?;
            let segments = project.segments_of(side, project.bead_at(row)?);
            let segment = segments.iter().rev().find(|segment| segment.span.start <= byte)?;
            Some((side, row, segment.span.start))
        };
        holds(start.saturating_add(within)).or_else(|| holds(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, SegmentedDocument, Sides};

    const AR: [&str; 4] = ["افتُتحت الجلسة.", "تكلم الوزير.", "وقّع الوزير الاتفاق.", "انتهت الجلسة."];
    const EN: [&str; 4] = ["It was opened.", "He spoke.", "He signed it.", "It ended."];

    /// A project whose pairs end before these segments, the same on both sides.
    fn project(ar: &[&str], en: &[&str], ends: &[u32]) -> Project {
        let bitext = Bitext {
            documents: Sides::new(SegmentedDocument::from_lines(ar), SegmentedDocument::from_lines(en)),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        };
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let beads = starts.zip(ends).map(|(a, &b)| AlignedBead::bare(Bead::new((a, b), (a, b)))).collect();
        let alignment = Alignment::new(beads, ar.len(), en.len()).unwrap();
        Project::new(&bitext, alignment, Sides::default())
    }

    /// The third pair of [`AR`] and [`EN`], as it is found by a word of its Arabic text.
    fn third() -> Sought {
        let project = project(&AR, &EN, &[1, 2, 3, 4]);
        let spot = |side: Side| Spot {
            side: side.into(),
            start: project.segments(side)[2].span.start,
            within: if side == Side::Source { 9 } else { 0 },
            text: project.text(side)[project.segments(side)[2].span.range()].to_owned(),
        };
        Sought { number: 3, spots: vec![spot(Side::Source), spot(Side::Target)] }
    }

    fn found(project: &Project, sought: &Sought) -> (usize, Option<String>) {
        let Found { row, segment } = sought.find(project).unwrap();
        let text = |(side, start): (SideName, usize)| {
            let side = Side::from(side);
            let segment = project.segments(side).iter().find(|s| s.span.start == start).unwrap();
            project.segment_text(side, segment).to_owned()
        };
        (row, segment.map(text))
    }

    #[test]
    fn the_row_is_that_of_the_place_however_the_pairs_are_cut() {
        for (ends, row) in [(&[1, 2, 3, 4][..], 2), (&[2, 3, 4], 1), (&[1, 4], 1), (&[4], 0)] {
            let project = project(&AR, &EN, ends);
            assert_eq!(found(&project, &third()), (row, Some(AR[2].to_owned())), "{ends:?}");
        }
    }

    /// What stands twice is found where it stood; a place of other documents is found by its text, the nearest of several.
    #[test]
    fn in_other_versions_of_the_documents_the_text_says_where() {
        let twice = [AR[2], AR[1], AR[2], AR[3]];
        assert_eq!(found(&project(&AR, &EN, &[1, 2, 3, 4]), &third()).0, 2);
        let before = [AR[2], "س.", AR[0], AR[1], AR[2], AR[3]];
        let en = ["a.", "b.", "c.", "d.", "e.", "f."];
        assert_eq!(
            found(&project(&before, &en, &[1, 2, 3, 4, 5, 6]), &third()),
            (4, Some(AR[2].to_owned())),
            "the second is nearer"
        );
        assert_eq!(found(&project(&twice, &EN, &[1, 2, 3, 4]), &third()).1, Some(AR[2].to_owned()));
    }

    #[test]
    fn what_is_gone_is_said_with_the_place_of_its_counterpart_or_of_its_number() {
        let other = ["افتُتحت الجلسة.", "سطر جديد.", "تكلم الوزير.", "انتهت الجلسة."];
        let moved = ["It was opened.", "He signed it.", "He spoke.", "It ended."];
        assert_eq!(found(&project(&other, &moved, &[1, 2, 3, 4]), &third()), (1, None));
        let none = ["a.", "b.", "c.", "d."];
        assert_eq!(found(&project(&none, &none, &[1, 2, 3, 4]), &third()), (2, None));
        assert_eq!(found(&project(&none, &none, &[2, 4]), &third()), (1, None), "there are only two");
        assert_eq!(third().find(&project(&[], &[], &[])), None);
        let beyond =
            Spot { side: SideName::Source, start: usize::MAX, within: usize::MAX, text: String::new() };
        let sought = Sought { number: usize::MAX, spots: vec![beyond] };
        assert_eq!(found(&project(&AR, &EN, &[4]), &sought), (0, None));
    }
}
