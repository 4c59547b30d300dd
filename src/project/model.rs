//! A project in memory: both texts, the segments, the beads, and what people said of them.
//!
//! In: a bitext and its alignment. Out: a [`Project`] to read from; it changes only through [`super::edit`] and
//! [`super::change`]. Guarantee: the texts never change; live beads partition the segments of both sides; a bead
//! keeps its number for ever, also when an edit retires it and undo brings it back.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::bitext::{
    AlignedBead, Alignment, Bead, BeadType, Bitext, Block, BlockKind, Document, Doubt, Lang, Segment,
    SegmentedDocument, Side, Sides, Spoken, TextSpan, is_doubtful,
};

use super::aligning::{Aligning, LexiconPair};
use super::decision::{Attributes, Decision};
use super::error::EditError;
use super::score::{Mapping, Places, Score};
use super::settings::{Bookmark, Settings};

/// The number of a bead, from 1; never used again for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct BeadId(pub u64);

/// A segment of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewSegment {
    /// Where it stands in the side's text.
    pub span: TextSpan,
    /// The kind of block it stands in.
    pub kind: BlockKind,
    /// Whether it is the first of its block.
    pub opens_block: bool,
    /// The text a reviewer put in place of the original, if any.
    pub corrected: Option<String>,
}

/// A bead under review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewBead {
    /// Its number.
    pub id: BeadId,
    /// Where it stands.
    pub places: Places,
    /// What the aligner says of it.
    pub score: Arc<Score>,
    /// What people say of it.
    pub attributes: Attributes,
}

impl ReviewBead {
    /// How sure the aligner is, from 0 to 1; `None` where it was not asked, and of what a person made or fixed: that is
    /// by hand, whatever the aligner says of a bead that it may not change.
    pub fn confidence(&self) -> Option<f64> {
        self.score.confidence.filter(|_| !self.attributes.pinned)
    }
}

/// How far the review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// All beads.
    pub beads: usize,
    /// Beads not decided on.
    pub pending: usize,
    /// Beads accepted.
    pub accepted: usize,
    /// Beads flagged.
    pub flagged: usize,
    /// Beads rejected.
    pub rejected: usize,
    /// Beads not decided on that are doubtful.
    pub doubtful: usize,
    /// Beads with a comment.
    pub commented: usize,
}

impl Counts {
    /// Whether everything was decided: no bead is pending or flagged.
    pub const fn is_finished(self) -> bool {
        self.pending == 0 && self.flagged == 0
    }
}

/// A project under review.
#[derive(Debug, Clone)]
pub struct Project {
    pub(super) names: Sides<String>,
    pub(super) languages: Sides<Lang>,
    pub(super) texts: Sides<Arc<str>>,
    pub(super) segments: Sides<Vec<ReviewSegment>>,
    /// All beads that ever were, bead `n` at index `n - 1`.
    pub(super) beads: Vec<ReviewBead>,
    /// The live ones, in order.
    pub(super) order: Vec<BeadId>,
    /// Where each bead stands in `order`.
    pub(super) positions: Vec<Option<u32>>,
    pub(super) settings: Settings,
    pub(super) lexicon: Vec<LexiconPair>,
    pub(super) aligning: Aligning,
}

impl Project {
    /// A project of `bitext` as it was aligned; `names` say where the documents came from.
    pub fn new(bitext: &Bitext, alignment: Alignment, names: Sides<String>) -> Self {
        let segments = bitext.documents.as_ref().map(review_segments);
        let texts = bitext.documents.as_ref().map(|d| Arc::from(d.document().text()));
        let spans = segments.as_ref().map(|s| s.iter().map(|s| s.span).collect::<Vec<_>>());
        let mapping = Mapping { spans: Sides::new(&spans.source, &spans.target), offsets: Sides::new(0, 0) };
        let beads: Vec<_> = alignment
            .into_beads()
            .into_iter()
            .enumerate()
            .map(|(index, aligned)| ReviewBead {
                id: BeadId(index as u64 + 1),
                places: mapping.places(aligned.bead),
                attributes: Attributes { pinned: aligned.pinned, ..Attributes::default() },
                score: Arc::new(mapping.score(aligned)),
            })
            .collect();
        let mut project = Self {
            names,
            languages: bitext.languages.clone(),
            texts,
            segments,
            order: beads.iter().map(|b| b.id).collect(),
            positions: Vec::new(),
            beads,
            settings: Settings::default(),
            lexicon: Vec::new(),
            aligning: Aligning::default(),
        };
        project.reorder();
        project
    }

    /// The name of `side`'s document.
    pub fn name(&self, side: Side) -> &str {
        self.names.get(side)
    }

    /// The languages.
    pub const fn languages(&self) -> &Sides<Lang> {
        &self.languages
    }

    /// The text of `side`'s document, exactly as it was read.
    pub fn text(&self, side: Side) -> &str {
        self.texts.get(side)
    }

    /// The segments of `side`, in order.
    pub fn segments(&self, side: Side) -> &[ReviewSegment] {
        self.segments.get(side)
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The words learnt.
    pub fn lexicon(&self) -> &[LexiconPair] {
        &self.lexicon
    }

    /// Replaces the words learnt.
    pub fn set_lexicon(&mut self, lexicon: Vec<LexiconPair>) {
        self.lexicon = lexicon;
    }

    /// What the documents were aligned with.
    pub const fn aligning(&self) -> &Aligning {
        &self.aligning
    }

    /// Says what the documents were aligned with.
    pub fn set_aligning(&mut self, aligning: Aligning) {
        self.aligning = aligning;
    }

    /// Says what was decided about the bead at a place before the project was made, as by the file that the texts
    /// come from. Edits of a reviewer go through [`super::edit`].
    pub fn set_decision(&mut self, position: usize, decision: Decision) {
        if let Some(&id) = self.order.get(position) {
            self.beads[id.0 as usize - 1].attributes.decision = decision;
        }
    }

    /// The live beads, in the order of [`Alignment`].
    pub fn beads(&self) -> impl ExactSizeIterator<Item = &ReviewBead> + Clone {
        self.order.iter().map(|&id| &self.beads[id.0 as usize - 1])
    }

    /// Number of live beads.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no bead.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The live bead at `position` in the order.
    pub fn bead_at(&self, position: usize) -> Option<&ReviewBead> {
        self.order.get(position).map(|&id| &self.beads[id.0 as usize - 1])
    }

    /// Where the bead stands in the order; `None` if it does not exist or is retired.
    pub fn position(&self, id: BeadId) -> Option<usize> {
        let index = usize::try_from(id.0).ok()?.checked_sub(1)?;
        self.positions.get(index).copied().flatten().map(|p| p as usize)
    }

    /// The live bead `id`.
    pub fn bead(&self, id: BeadId) -> Result<&ReviewBead, EditError> {
        self.position(id)
            .map(|p| &self.beads[self.order[p].0 as usize - 1])
            .ok_or(EditError::UnknownBead(id.0))
    }

    /// Any bead that ever was, live or retired.
    pub fn any_bead(&self, id: BeadId) -> Option<&ReviewBead> {
        self.beads.get(usize::try_from(id.0).ok()?.checked_sub(1)?)
    }

    /// The indices of the segments of `side` inside `place`.
    pub fn indices(&self, side: Side, place: Option<TextSpan>) -> Range<usize> {
        let segments = self.segments.get(side);
        let Some(place) = place else { return 0..0 };
        let start = segments.partition_point(|s| s.span.start < place.start);
        let end = segments.partition_point(|s| s.span.start < place.end);
        start..end
    }

    /// The segments of `side` in `bead`.
    pub fn segments_of(&self, side: Side, bead: &ReviewBead) -> &[ReviewSegment] {
        &self.segments.get(side)[self.indices(side, *bead.places.get(side))]
    }

    /// The bead's type.
    pub fn bead_type(&self, bead: &ReviewBead) -> BeadType {
        let count = |side| self.indices(side, *bead.places.get(side)).len() as u32;
        BeadType::new(count(Side::Source), count(Side::Target))
    }

    /// The text of one segment: the correction if there is one, else the document's.
    pub fn segment_text<'a>(&'a self, side: Side, segment: &'a ReviewSegment) -> &'a str {
        segment.corrected.as_deref().unwrap_or(&self.texts.get(side)[segment.span.range()])
    }

    /// The text of a bead on `side`: the document's, with what stands between the segments, and corrections
    /// in place of what they correct. Between segments of different blocks stands one space.
    pub fn bead_text(&self, side: Side, bead: &ReviewBead) -> Cow<'_, str> {
        let range = self.indices(side, *bead.places.get(side));
        joined(self.texts.get(side), &self.segments.get(side)[range])
    }

    /// Where each segment of a bead begins in its [`Project::bead_text`], in bytes.
    pub fn segment_offsets(&self, side: Side, bead: &ReviewBead) -> Vec<usize> {
        let segments = self.segments_of(side, bead);
        let mut at = 0;
        let gap = |two: &[ReviewSegment]| {
            if two[1].opens_block { 1 } else { two[1].span.start - two[0].span.end }
        };
        let gaps = segments.windows(2).map(gap);
        let lengths = segments.iter().map(|segment| self.segment_text(side, segment).len());
        let place = |(length, gap)| {
            let here = at;
            at += length + gap;
            here
        };
        lengths.zip(gaps.chain([0])).map(place).collect()
    }

    /// Whether a bead that nobody decided on deserves a second look: see [`is_doubtful`].
    pub fn is_doubtful(bead: &ReviewBead) -> bool {
        let pending = bead.attributes.decision == Decision::Pending && !bead.attributes.pinned;
        let spoken = if pending { Spoken::No } else { Spoken::Yes };
        is_doubtful(spoken, bead.score.confidence, bead.score.doubts.iter().map(Doubt::name))
    }

    /// Whether something weighs against a bead, whoever has spoken on it.
    pub fn has_doubts(bead: &ReviewBead) -> bool {
        is_doubtful(Spoken::No, None, bead.score.doubts.iter().map(Doubt::name))
    }

    /// Whether a reviewer wants to find a bead again.
    pub fn is_bookmarked(&self, bead: &ReviewBead) -> bool {
        holds_any(bead, &self.settings.bookmarks)
    }

    /// Whether a bead was aligned anew when the project was taken over to another version of its documents, and nobody
    /// has accepted or rejected it since.
    pub fn is_renewed(&self, bead: &ReviewBead) -> bool {
        let is_open = matches!(bead.attributes.decision, Decision::Pending | Decision::Flagged);
        is_open && holds_any(bead, &self.settings.renewed)
    }

    /// How far the review is.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { beads: self.len(), ..Counts::default() };
        for bead in self.beads() {
            match bead.attributes.decision {
                Decision::Pending => counts.pending += 1,
                Decision::Accepted => counts.accepted += 1,
                Decision::Flagged => counts.flagged += 1,
                Decision::Rejected => counts.rejected += 1,
            }
            counts.doubtful += usize::from(Self::is_doubtful(bead));
            counts.commented += usize::from(!bead.attributes.comment.is_empty());
        }
        counts
    }

    /// The documents as they are segmented now, with their original texts.
    pub fn bitext(&self) -> Bitext {
        let document = |side: Side| {
            let segments = self.segments.get(side);
            segmented(self.texts.get(side).to_string(), segments, 0)
        };
        Bitext {
            documents: Sides::new(document(Side::Source), document(Side::Target)),
            languages: self.languages.clone(),
        }
    }

    /// The live beads as an alignment of [`Project::bitext`], without evidence.
    #[expect(clippy::missing_panics_doc, reason = "live beads partition both sides")]
    pub fn alignment(&self) -> Alignment {
        let beads = self
            .beads()
            .map(|bead| {
                let mut aligned = AlignedBead::bare(self.numbered(&bead.places));
                aligned.cost = bead.score.cost;
                aligned.confidence = bead.score.confidence;
                aligned.crossing = bead.score.crossing;
                aligned.pinned = bead.attributes.pinned;
                aligned
            })
            .collect();
        Alignment::new(beads, self.segments.source.len(), self.segments.target.len())
            .expect("live beads partition both sides")
    }

    /// Forgets retired beads that were never stored; they are the last.
    pub(super) fn forget(&mut self, made: &[BeadId]) {
        if let Some(first) = made.first() {
            self.beads.truncate(first.0 as usize - 1);
            self.positions.truncate(self.beads.len());
        }
    }

    /// The segment numbers of `places`.
    pub(super) fn numbered(&self, places: &Places) -> Bead {
        let range = |side| {
            let range = self.indices(side, *places.get(side));
            (range.start as u32, range.end as u32)
        };
        Bead::new(range(Side::Source), range(Side::Target))
    }

    /// Puts the live beads into the order of [`Alignment`] again. Linear on a list that is nearly in order.
    pub(super) fn reorder(&mut self) {
        let beads = &self.beads;
        let place = |id: BeadId, side: Side| *beads[id.0 as usize - 1].places.get(side);
        // A target-only bead follows the bead that holds the target segment before it.
        let mut by_target: Vec<(usize, BeadId)> = self
            .order
            .iter()
            .filter_map(|&id| place(id, Side::Target).map(|span| (span.start, id)))
            .collect();
        by_target.sort();
        let mut keys: Vec<((usize, u8, usize), BeadId)> = Vec::with_capacity(self.order.len());
        let mut owner = 0;
        for (start, id) in by_target {
            if let Some(source) = place(id, Side::Source) {
                owner = source.end;
                keys.push(((owner, 0, start), id));
            } else {
                keys.push(((owner, 1, start), id));
            }
        }
        keys.extend(self.order.iter().filter(|&&id| place(id, Side::Target).is_none()).map(|&id| {
            let end = place(id, Side::Source).map_or(0, |s| s.end);
            ((end, 0, 0), id)
        }));
        keys.sort();
        self.order = keys.into_iter().map(|(_, id)| id).collect();
        self.positions.clear();
        self.positions.resize(self.beads.len(), None);
        for (position, id) in self.order.iter().enumerate() {
            self.positions[id.0 as usize - 1] = Some(position as u32);
        }
    }

    /// Checks that the live beads partition the segments of both sides.
    ///
    /// # Errors
    /// What does not fit, for people.
    pub fn check(&self) -> Result<(), String> {
        for side in Side::BOTH {
            let segments = self.segments.get(side);
            let text = self.texts.get(side);
            let mut from = 0;
            for segment in segments {
                let TextSpan { start, end } = segment.span;
                if start < from || start >= end || text.get(start..end).is_none() {
                    return Err(format!("the {side} segment at byte {start} does not fit the text"));
                }
                from = end;
            }
            let mut ranges: Vec<_> = self
                .beads()
                .filter_map(|bead| {
                    bead.places.get(side).map(|place| (self.indices(side, Some(place)), place))
                })
                .collect();
            ranges.sort_by_key(|(range, _)| range.start);
            let mut next = 0;
            for (range, place) in ranges {
                if range.start != next || range.is_empty() {
                    return Err(format!("{side} segment {} is in no pair or in two", next + 1));
                }
                if segments[range.start].span.start != place.start
                    || segments[range.end - 1].span.end != place.end
                {
                    return Err(format!("a pair cuts through {side} segment {}", range.start + 1));
                }
                next = range.end;
            }
            if next != segments.len() {
                return Err(format!("{side} segment {} is in no pair", next + 1));
            }
        }
        let live: BTreeSet<_> = self.order.iter().collect();
        if live.len() != self.order.len() {
            return Err("a pair stands twice in the order".to_owned());
        }
        if self.beads().any(|b| b.places.source.is_none() && b.places.target.is_none()) {
            return Err("a pair is empty on both sides".to_owned());
        }
        Ok(())
    }

    /// Everything that edits can change, to compare two states.
    pub fn state(&self) -> State<'_> {
        State {
            segments: Sides::new(&self.segments.source, &self.segments.target),
            beads: self.beads().map(|b| (b.id, &b.places, &b.attributes)).collect(),
        }
    }
}

/// Everything that edits can change.
#[derive(Debug, PartialEq)]
pub struct State<'a> {
    segments: Sides<&'a Vec<ReviewSegment>>,
    beads: Vec<(BeadId, &'a Places, &'a Attributes)>,
}

fn review_segments(document: &SegmentedDocument) -> Vec<ReviewSegment> {
    document
        .segments()
        .iter()
        .enumerate()
        .map(|(index, segment)| ReviewSegment {
            span: segment.span,
            kind: document.kind(index),
            opens_block: document.starts_block(index),
            corrected: None,
        })
        .collect()
}

/// A segmented document of `segments`, which stand at `offset` and later in a longer text of which `text`
/// is the part from there.
pub(super) fn segmented(text: String, segments: &[ReviewSegment], offset: usize) -> SegmentedDocument {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = Vec::with_capacity(segments.len());
    for segment in segments {
        let span = TextSpan::new(segment.span.start - offset, segment.span.end - offset);
        match blocks.last_mut() {
            Some(block) if !segment.opens_block => block.span.end = span.end,
            _ => blocks.push(Block { span, kind: segment.kind }),
        }
        inside.push(Segment { span, block: blocks.len() as u32 - 1 });
    }
    SegmentedDocument::of_segments(Document::of_blocks(text, blocks), inside)
}

fn joined<'a>(text: &'a str, segments: &[ReviewSegment]) -> Cow<'a, str> {
    let [first, rest @ ..] = segments else { return Cow::Borrowed("") };
    if first.corrected.is_none() && rest.iter().all(|s| s.corrected.is_none() && !s.opens_block) {
        let end = rest.last().map_or(first.span.end, |s| s.span.end);
        return Cow::Borrowed(&text[first.span.start..end]);
    }
    let mut out = String::new();
    let mut from = first.span.start;
    for segment in segments {
        if segment.opens_block && !out.is_empty() {
            out.push(' ');
        } else {
            out.push_str(&text[from..segment.span.start]);
        }
        out.push_str(segment.corrected.as_deref().unwrap_or(&text[segment.span.range()]));
        from = segment.span.end;
    }
    Cow::Owned(out)
}

/// Whether one of `marks` stands at a segment of `bead`.
fn holds_any(bead: &ReviewBead, marks: &BTreeSet<Bookmark>) -> bool {
    Side::BOTH.into_iter().any(|side| {
        bead.places.get(side).is_some_and(|place| {
            let from = |segment| Bookmark { side, segment };
            marks.range(from(place.start)..from(place.end)).next().is_some()
        })
    })
}
