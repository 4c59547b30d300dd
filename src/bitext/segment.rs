//! Segments: the smallest units aligned, as spans of a document; and ranges of them that know their side.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use super::document::{Block, BlockKind, Document, DocumentError, TextSpan};

/// One segment: a span of the document's text, and the block it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Where it stands in the document's text; starts and ends on non-white characters.
    pub span: TextSpan,
    /// Index of its block in [`Document::blocks`].
    pub block: u32,
}

/// A document cut into segments.
///
/// Guarantees (checked by [`SegmentedDocument::new`]): segments are in order, do not overlap, are not
/// empty, and each lies inside its block. [`SegmentedDocument::rejoined`] gives the text back exactly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentedDocument {
    document: Document,
    segments: Vec<Segment>,
}

impl SegmentedDocument {
    /// A segmented document; refuses segments that are empty, out of order, cut through a character, or do not lie in
    /// the block that they name.
    pub fn new(document: Document, segments: Vec<Segment>) -> Result<Self, DocumentError> {
        if u32::try_from(segments.len()).is_err() {
            return Err(DocumentError::TooMany);
        }
        let mut from = 0;
        for segment in &segments {
            let TextSpan { start, end } = segment.span;
            if segment.span.is_empty() {
                return Err(DocumentError::Empty { at: start });
            }
            if start < from {
                return Err(DocumentError::Order { at: start });
            }
            let block = document.blocks().get(segment.block as usize);
            if !block.is_some_and(|block| block.span.contains(segment.span)) {
                return Err(DocumentError::OutsideBlock { start, end, block: segment.block });
            }
            if !document.text().is_char_boundary(start) || !document.text().is_char_boundary(end) {
                return Err(DocumentError::Boundary { start, end });
            }
            from = end;
        }
        Ok(Self { document, segments })
    }

    /// As [`SegmentedDocument::new`] for what makes the segments in the order of the text, whatever the text is.
    pub(crate) fn of_segments(document: Document, segments: Vec<Segment>) -> Self {
        Self::new(document, segments).expect("segments are made in order inside their blocks")
    }

    /// A document of one segment per string, joined by line feeds; empty strings stay as empty lines and
    /// give no segment. For tests, examples and callers that have segments already.
    pub fn from_lines<S: AsRef<str>>(lines: &[S]) -> Self {
        let (mut text, mut blocks, mut segments) = (String::new(), Vec::new(), Vec::new());
        for line in lines {
            let start = text.len();
            text.push_str(line.as_ref());
            let span = TextSpan::new(start, text.len());
            if !span.is_empty() {
                segments.push(Segment { span, block: blocks.len() as u32 });
                blocks.push(Block { span, kind: BlockKind::Presegmented });
            }
            text.push('\n');
        }
        Self::of_segments(Document::of_blocks(text, blocks), segments)
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The segments, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The exact text of segment `index`.
    pub fn segment_text(&self, index: usize) -> &str {
        self.document.slice(self.segments[index].span)
    }

    /// The texts of all segments, in order.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.segments.iter().map(|s| self.document.slice(s.span))
    }

    /// The kind of the block that segment `index` stands in.
    pub fn kind(&self, index: usize) -> BlockKind {
        self.document.blocks()[self.segments[index].block as usize].kind
    }

    /// Whether segment `index` is the first of its block.
    pub fn starts_block(&self, index: usize) -> bool {
        index == 0 || self.segments[index - 1].block != self.segments[index].block
    }

    /// The text from the first to the last segment of `range`, with what stands between them, exactly as
    /// in the document; empty for an empty range.
    pub fn range_text(&self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        let span =
            TextSpan::new(self.segments[range.start].span.start, self.segments[range.end - 1].span.end);
        self.document.slice(span)
    }

    /// All segments and the text between them put together again: the document's text.
    pub fn rejoined(&self) -> String {
        let mut out = String::with_capacity(self.document.text().len());
        let mut from = 0;
        for segment in &self.segments {
            out.push_str(&self.document.text()[from..segment.span.start]);
            out.push_str(self.document.slice(segment.span));
            from = segment.span.end;
        }
        out.push_str(&self.document.text()[from..]);
        out
    }
}

/// Marks a [`SegmentRange`] of the source side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceSide {}

/// Marks a [`SegmentRange`] of the target side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TargetSide {}

/// A half-open range of segment indices on side `S`; ranges of different sides do not mix.
///
/// ```compile_fail
/// use muqabala::bitext::{SegmentRange, SourceSide, TargetSide};
/// let source: SegmentRange<SourceSide> = SegmentRange::new(0, 1);
/// let target: SegmentRange<TargetSide> = source;
/// ```
pub struct SegmentRange<S> {
    start: u32,
    end: u32,
    side: PhantomData<fn() -> S>,
}

impl<S> SegmentRange<S> {
    /// The range `start..end`, empty at `start` if `end` lies before it.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end }, side: PhantomData }
    }

    /// First segment.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last segment.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Number of segments.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no segment.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The indices, to loop over or to index a slice with.
    pub const fn indices(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<S> Clone for SegmentRange<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for SegmentRange<S> {}
impl<S> PartialEq for SegmentRange<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<S> Eq for SegmentRange<S> {}
impl<S> PartialOrd for SegmentRange<S> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<S> Ord for SegmentRange<S> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<S> Hash for SegmentRange<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<S> fmt::Debug for SegmentRange<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
