//! A document as a reader hands it on: its text, and the blocks (paragraphs, headings, …) in it.

use std::ops::Range;

/// A half-open range of bytes in a document's text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TextSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextSpan {
    /// The span `start..end`, empty at `start` if `end` lies before it.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no text.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The span as a range, to index a `str` with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The same span moved `by` bytes towards the end.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for TextSpan {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// What a block of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// A heading; level 1 is the document's title, 0 an unknown level.
    Heading {
        /// 1 (title) to 6, or 0 where the format does not say.
        level: u8,
    },
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A footnote or endnote.
    Footnote,
    /// A segment that the input fixed itself: a line of a presegmented file, a subtitle, a unit of a
    /// translation memory. It is never cut further.
    Presegmented,
}

/// A stretch of text that no segment crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// Where it stands in the document's text.
    pub span: TextSpan,
    /// What it is.
    pub kind: BlockKind,
}

/// Blocks or segments that are not those of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// One overlaps the one before it, or ends before it begins.
    #[error("a block or segment overlaps another, or is out of order, at byte {at}")]
    Order {
        /// Where it begins.
        at: usize,
    },
    /// One does not lie on character boundaries of the text.
    #[error("the block {start}..{end} does not lie on character boundaries of the text")]
    Boundary {
        /// Its first byte.
        start: usize,
        /// One past its last byte.
        end: usize,
    },
    /// A segment is empty.
    #[error("the segment at byte {at} is empty")]
    Empty {
        /// Where it is.
        at: usize,
    },
    /// A segment does not lie in the block that it names.
    #[error("the segment {start}..{end} does not lie in block {block}")]
    OutsideBlock {
        /// Its first byte.
        start: usize,
        /// One past its last byte.
        end: usize,
        /// The number of the block.
        block: u32,
    },
    /// There are more than 2³² − 1 segments.
    #[error("a document has at most 4,294,967,295 segments")]
    TooMany,
}

/// A document's text and its blocks.
///
/// Guarantees (checked by [`Document::new`]): blocks are in order, do not overlap, lie on character
/// boundaries and inside the text. Text between blocks (line ends, markup that was dropped) belongs to
/// no block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    text: String,
    blocks: Vec<Block>,
}

impl Document {
    /// A document from its text and blocks; refuses blocks that overlap, are out of order, or do not lie on character
    /// boundaries of `text`.
    pub fn new(text: String, blocks: Vec<Block>) -> Result<Self, DocumentError> {
        let mut from = 0;
        for block in &blocks {
            let TextSpan { start, end } = block.span;
            if start < from || end < start {
                return Err(DocumentError::Order { at: start });
            }
            if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                return Err(DocumentError::Boundary { start, end });
            }
            from = end;
        }
        Ok(Self { text, blocks })
    }

    /// As [`Document::new`] for what makes the blocks in the order of the text, whatever the text is.
    pub(crate) fn of_blocks(text: String, blocks: Vec<Block>) -> Self {
        Self::new(text, blocks).expect("blocks are made in order on character boundaries")
    }

    /// The whole text, exactly as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text of `span`; nothing where it is no span of this text.
    pub fn slice(&self, span: TextSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bitext::{Segment, SegmentedDocument};

    #[test]
    fn what_is_wrong_with_blocks_and_segments_is_said() {
        let block = |start, end| Block { span: TextSpan { start, end }, kind: BlockKind::Paragraph };
        let of = |blocks: Vec<Block>| Document::new("سلام عليكم".to_owned(), blocks);
        assert_eq!(of(vec![block(0, 1)]), Err(DocumentError::Boundary { start: 0, end: 1 }));
        assert_eq!(of(vec![block(0, 90)]), Err(DocumentError::Boundary { start: 0, end: 90 }));
        assert_eq!(of(vec![block(2, 8), block(0, 2)]), Err(DocumentError::Order { at: 0 }));
        assert_eq!(of(vec![block(4, 2)]), Err(DocumentError::Order { at: 4 }));
        let document = of(vec![block(0, 8)]).unwrap();
        assert_eq!(document.slice(TextSpan::new(3, 200)), "");
        let cut = |segments: &[(usize, usize, u32)]| {
            let segment = |&(start, end, block)| Segment { span: TextSpan { start, end }, block };
            SegmentedDocument::new(document.clone(), segments.iter().map(segment).collect())
        };
        assert_eq!(cut(&[(2, 2, 0)]), Err(DocumentError::Empty { at: 2 }));
        assert_eq!(cut(&[(2, 4, 7)]), Err(DocumentError::OutsideBlock { start: 2, end: 4, block: 7 }));
        assert_eq!(cut(&[(0, 12, 0)]), Err(DocumentError::OutsideBlock { start: 0, end: 12, block: 0 }));
        assert_eq!(cut(&[(0, 3, 0)]), Err(DocumentError::Boundary { start: 0, end: 3 }));
        assert_eq!(cut(&[(2, 4, 0), (0, 2, 0)]), Err(DocumentError::Order { at: 0 }));
        assert!(cut(&[(0, 2, 0), (2, 8, 0)]).is_ok());
    }

    proptest! {
        #[test]
        fn no_span_of_any_numbers_panics(text in ".{0,8}", at in proptest::collection::vec(any::<(usize, usize)>(), 0..3)) {
            for &(start, end) in &at {
                let (made, raw) = (TextSpan::new(start, end), TextSpan { start, end });
                prop_assert!(made.start <= made.end);
                prop_assert_eq!(raw.is_empty(), matches!(raw.len(), 0));
                let _ = (raw.shifted(end), raw.contains(made));
            }
            let span = |&(start, end): &(usize, usize)| TextSpan { start: start % 12, end: end % 12 };
            let blocks = at.iter().map(|at| Block { span: span(at), kind: BlockKind::Paragraph }).collect();
            if let Ok(document) = Document::new(text, blocks) {
                let segments = at.iter().map(|at| Segment { span: span(at), block: (at.0 % 4) as u32 }).collect();
                let _ = at.iter().map(|at| document.slice(span(at)).len()).sum::<usize>();
                let _ = SegmentedDocument::new(document, segments);
            }
        }
    }
}
