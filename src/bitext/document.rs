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
    /// The span `start..end`.
    ///
    /// # Panics
    /// If `end` lies before `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends where it starts or later");
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no text.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to index a `str` with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The same span moved `by` bytes towards the end.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
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
    /// A document from its text and blocks.
    ///
    /// # Panics
    /// When the blocks overlap, are out of order, or do not lie on character boundaries of `text`: a
    /// reader that does this is wrong, whatever its input was.
    pub fn new(text: String, blocks: Vec<Block>) -> Self {
        let mut from = 0;
        for block in &blocks {
            assert!(
                block.span.start >= from,
                "blocks overlap or are out of order at byte {}",
                block.span.start
            );
            assert!(
                text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end),
                "block {}..{} does not lie on character boundaries",
                block.span.start,
                block.span.end
            );
            from = block.span.end;
        }
        Self { text, blocks }
    }

    /// The whole text, exactly as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text of `span`.
    pub fn slice(&self, span: TextSpan) -> &str {
        &self.text[span.range()]
    }
}
