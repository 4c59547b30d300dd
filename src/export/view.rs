//! A bead as it is written: its indices, its texts, and all that is known of it.

use std::borrow::Cow;
use std::ops::Range;

use crate::bitext::{
    AlignedBead, Alignment, Around, BeadType, Bitext, Cost, Doubt, Evidence, EvidenceKind, SegmentedDocument,
    Side, Sides, Spoken, TextSpan, is_doubtful,
};
use crate::project::Decision;

/// A bead with its texts, independent of the documents it came from.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BeadView<'a> {
    /// The indices of its segments.
    pub segments: Sides<Range<usize>>,
    /// Its texts, as [`text_of`] gives them; empty where it has no segment.
    pub texts: Sides<Cow<'a, str>>,
    /// The texts of its segments one by one; empty where they are not known.
    pub pieces: Sides<Vec<Cow<'a, str>>>,
    /// Its cost.
    pub cost: Cost,
    /// How sure the aligner is, from 0 to 1, where that is known.
    pub confidence: Option<f64>,
    /// What the cost is made of.
    pub evidence: Vec<EvidenceView<'a>>,
    /// What makes it doubtful.
    pub doubts: Vec<DoubtView<'a>>,
    /// Whether it links across others.
    pub crossing: bool,
    /// Whether it was fixed from outside.
    pub pinned: bool,
    /// What a reviewer said of it; `None` where there was no review.
    pub review: Option<ReviewView<'a>>,
}

/// What a reviewer said of a bead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReviewView<'a> {
    /// The name of the decision, such as `accepted`.
    pub status: Cow<'a, str>,
    /// The comment; empty where there is none.
    pub comment: Cow<'a, str>,
}

impl BeadView<'_> {
    /// How many segments it has on each side.
    pub fn bead_type(&self) -> BeadType {
        BeadType::new(self.segments.source.len() as u32, self.segments.target.len() as u32)
    }

    /// Whether one side is empty.
    pub fn is_null(&self) -> bool {
        self.bead_type().is_null()
    }

    /// Whether it deserves a second look: see [`is_doubtful`].
    pub fn is_doubtful(&self) -> bool {
        let pending = self.review.as_ref().is_none_or(|review| review.status == Decision::Pending.name())
            && !self.pinned;
        let spoken = if pending { Spoken::No } else { Spoken::Yes };
        is_doubtful(spoken, self.confidence, self.doubts.iter().map(|doubt| &*doubt.name))
    }
}

/// One item of evidence, with what was found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EvidenceView<'a> {
    /// What kind of evidence.
    pub kind: EvidenceKind,
    /// Its part of the bead's cost.
    pub cost: Cost,
    /// What was found on both sides.
    pub matches: Vec<MatchView<'a>>,
    /// What was found on one side alone.
    pub unmatched: Vec<UnmatchedView<'a>>,
}

/// Something found on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchView<'a> {
    /// What they have in common, for people.
    pub value: Cow<'a, str>,
    /// How each side has it.
    pub texts: Sides<Cow<'a, str>>,
}

/// Something found on one side alone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnmatchedView<'a> {
    /// That side.
    pub side: Side,
    /// Its value, for people.
    pub value: Cow<'a, str>,
}

/// A doubt: its name, and what it says in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DoubtView<'a> {
    /// Its name in files, such as `missing-value`.
    pub name: Cow<'a, str>,
    /// A sentence for people.
    pub text: Cow<'a, str>,
}

/// The beads of `alignment`, each with its texts, in order.
pub fn views<'a>(bitext: &'a Bitext, alignment: &'a Alignment) -> impl Iterator<Item = BeadView<'a>> + Clone {
    alignment.beads().iter().map(|bead| view(bitext, bead))
}

/// The same, without the pairs less sure than `least`, from 0 to 1; segments that were found to have no counterpart
/// stay. `None` leaves nothing out.
pub fn sure_views<'a>(
    bitext: &'a Bitext,
    alignment: &'a Alignment,
    least: Option<f64>,
) -> impl Iterator<Item = BeadView<'a>> + Clone {
    let taken = alignment.beads().iter().filter(move |bead| is_taken(bead, least));
    taken.map(|bead| view(bitext, bead))
}

/// How many pairs [`sure_views`] leaves out.
pub fn left_out(alignment: &Alignment, least: Option<f64>) -> usize {
    alignment.beads().iter().filter(|bead| !is_taken(bead, least)).count()
}

fn is_taken(aligned: &AlignedBead, least: Option<f64>) -> bool {
    aligned.bead.is_null() || least.is_none_or(|least| aligned.confidence.is_some_and(|c| c >= least))
}

fn view<'a>(bitext: &'a Bitext, aligned: &'a AlignedBead) -> BeadView<'a> {
    let segments = Sides::new(aligned.bead.source.indices(), aligned.bead.target.indices());
    let text = |side: Side, span: TextSpan| bitext.documents.get(side).document().slice(span);
    let around = Around {
        rival: aligned.rivals.first().map(|rival| rival.bead.bead_type()),
        number: &|side, place| {
            let segments = bitext.documents.get(side).segments();
            segments.binary_search_by_key(&place.start, |s| s.span.start).ok().map(|index| index + 1)
        },
    };
    let texts = Sides::new(
        text_of(&bitext.documents.source, segments.source.clone()),
        text_of(&bitext.documents.target, segments.target.clone()),
    );
    BeadView {
        pieces: Sides::new(
            pieces_of(&bitext.documents.source, segments.source.clone()),
            pieces_of(&bitext.documents.target, segments.target.clone()),
        ),
        segments,
        texts,
        cost: aligned.cost,
        confidence: aligned.confidence,
        evidence: aligned.evidence.iter().map(|e| evidence_view(e, text)).collect(),
        doubts: aligned.doubts.iter().map(|doubt| doubt_view(doubt, &around)).collect(),
        crossing: aligned.crossing,
        pinned: aligned.pinned,
        review: None,
    }
}

/// The text of the segments `range`: exactly the document's inside a block; between segments of different
/// blocks stands one space, because what separates blocks (line ends, markup) is no part of the text.
pub fn text_of(document: &SegmentedDocument, range: Range<usize>) -> Cow<'_, str> {
    let crosses = range.clone().skip(1).any(|i| document.starts_block(i));
    if !crosses {
        return Cow::Borrowed(document.range_text(range));
    }
    let mut text = String::new();
    let mut from = range.start;
    for end in range.start + 1..=range.end {
        if end == range.end || document.starts_block(end) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(document.range_text(from..end));
            from = end;
        }
    }
    Cow::Owned(text)
}

fn pieces_of(document: &SegmentedDocument, range: Range<usize>) -> Vec<Cow<'_, str>> {
    range.map(|index| Cow::Borrowed(document.segment_text(index))).collect()
}

/// An item of evidence with the texts that `text` finds at its places.
pub(super) fn evidence_view<'a>(
    evidence: &'a Evidence,
    text: impl Fn(Side, TextSpan) -> &'a str,
) -> EvidenceView<'a> {
    let text = |side, span| Cow::Borrowed(text(side, span));
    EvidenceView {
        kind: evidence.kind,
        cost: evidence.cost,
        matches: evidence
            .matches
            .iter()
            .map(|m| MatchView {
                value: Cow::Borrowed(&*m.value),
                texts: Sides::new(text(Side::Source, m.source), text(Side::Target, m.target)),
            })
            .collect(),
        unmatched: evidence
            .unmatched
            .iter()
            .map(|u| UnmatchedView { side: u.side, value: Cow::Borrowed(&*u.value) })
            .collect(),
    }
}

/// A doubt in words.
pub(super) fn doubt_view(doubt: &Doubt, around: &Around<'_>) -> DoubtView<'static> {
    DoubtView { name: Cow::Borrowed(doubt.name()), text: Cow::Owned(doubt.words(around)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Block, BlockKind, Document, Segment, TextSpan};

    #[test]
    fn text_between_segments_is_kept_inside_a_block_and_a_space_between_blocks() {
        let text = "One.  Two.\n\n- Three.";
        let blocks = [(0, 10, BlockKind::Paragraph), (12, 20, BlockKind::ListItem)];
        let blocks = blocks.map(|(a, b, kind)| Block { span: TextSpan::new(a, b), kind }).to_vec();
        let segments = [(0, 4, 0), (6, 10, 0), (14, 20, 1)];
        let segments = segments.map(|(a, b, block)| Segment { span: TextSpan::new(a, b), block }).to_vec();
        let document = SegmentedDocument::of_segments(Document::of_blocks(text.to_owned(), blocks), segments);
        assert_eq!(text_of(&document, 0..2), "One.  Two.");
        assert_eq!(text_of(&document, 0..3), "One.  Two. Three.");
        assert_eq!(text_of(&document, 1..1), "");
    }
}
