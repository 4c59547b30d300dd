//! Pieces of text in reading order → a [`Document`]: what every reader of marked-up documents builds with.
//!
//! In: blocks opened and closed, pieces of their text, inline tags. Out: a document whose text holds each block's
//! text and a line feed between blocks. Guarantee: no block is empty or has white space at its ends; verbatim text
//! stays as it was pushed.

use std::ops::Range;

use super::omitted::{LeftOut, Omitted};
use super::{Code, Format, InlineTags, ReadDocument, ReadOptions};
use crate::bitext::{Block, BlockKind, Document, TextSpan};
use crate::formats::placeholder::marked;

/// A document under construction.
#[derive(Debug)]
pub(crate) struct Flow {
    text: String,
    blocks: Vec<Block>,
    open: Option<Open>,
    inline: InlineTags,
    code: Code,
    left_out: LeftOut,
}

/// The block that is being filled.
#[derive(Debug)]
struct Open {
    kind: BlockKind,
    start: usize,
    /// Numbers of the inline tags that are open, outermost first.
    tags: Vec<u32>,
    /// Where placeholders stand, in the order of the text.
    placeholders: Vec<Range<usize>>,
    next_tag: u32,
    /// Whether a collapsible space or a line break was pushed last, or nothing yet.
    at_space: bool,
}

impl Flow {
    /// An empty flow that treats inline tags as `options` say.
    pub(crate) fn new(options: &ReadOptions) -> Self {
        Self {
            text: String::new(),
            blocks: Vec::new(),
            open: None,
            inline: options.inline_tags,
            code: options.code,
            left_out: LeftOut::default(),
        }
    }

    /// An empty flow of the same manner.
    #[must_use]
    pub(crate) fn sibling(&self) -> Self {
        Self {
            text: String::new(),
            blocks: Vec::new(),
            open: None,
            inline: self.inline,
            code: self.code,
            left_out: LeftOut::default(),
        }
    }

    /// Whether blocks of code are wanted.
    pub(crate) const fn code(&self) -> Code {
        self.code
    }

    /// Counts something that is not read.
    pub(crate) fn omit(&mut self, what: Omitted) {
        self.left_out.add(what);
    }

    /// Whether there is no text yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Closes the open block, and opens one of `kind`.
    pub(crate) fn open(&mut self, kind: BlockKind) {
        self.close();
        let start = self.text.len();
        self.open = Some(Open {
            kind,
            start,
            tags: Vec::new(),
            placeholders: Vec::new(),
            next_tag: 1,
            at_space: true,
        });
    }

    /// Whether a block is open.
    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Changes the kind of the open block.
    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        if let Some(open) = &mut self.open {
            open.kind = kind;
        }
    }

    fn opened(&mut self) -> &mut Open {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph);
        }
        self.open.as_mut().expect("it was just opened")
    }

    /// Pushes text as it stands, into a paragraph if no block is open.
    pub(crate) fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.opened().at_space = false;
            self.text.push_str(text);
        }
    }

    /// Pushes text whose runs of white space (not no-break spaces) count as one space, as in HTML.
    pub(crate) fn push_collapsed(&mut self, text: &str) {
        let mut at_space = match &self.open {
            Some(open) => open.at_space,
            None if text.bytes().all(is_space) => return,
            None => true,
        };
        self.opened();
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            if is_space(first) {
                rest = rest.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
                if !at_space {
                    self.text.push(' ');
                    at_space = true;
                }
            } else {
                let end = rest.bytes().position(is_space).unwrap_or(rest.len());
                self.text.push_str(&rest[..end]);
                rest = &rest[end..];
                at_space = false;
            }
        }
        self.opened().at_space = at_space;
    }

    /// A line break inside the open block.
    pub(crate) fn break_line(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.at_space && self.text.ends_with(' ') {
            self.text.pop();
        }
        open.at_space = true;
        self.text.push('\n');
    }

    /// An inline tag begins: a placeholder `<1>`, if they are wanted.
    pub(crate) fn open_tag(&mut self) {
        if self.inline == InlineTags::Placeholders {
            let open = self.opened();
            let number = open.next_tag;
            open.next_tag += 1;
            open.tags.push(number);
            self.placeholder(&format!("<{number}>"));
        }
    }

    /// The innermost open inline tag ends: a placeholder `</1>`; a tag around nothing is taken back.
    pub(crate) fn close_tag(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(number) = open.tags.pop() else { return };
        let opening = format!("<{number}>");
        let end = self.text.len();
        if open.placeholders.last().is_some_and(|last| last.end == end && self.text[last.clone()] == opening)
        {
            open.placeholders.pop();
            self.text.truncate(end - opening.len());
        } else {
            self.placeholder(&format!("</{number}>"));
        }
    }

    /// Something inline without text, such as a picture: a placeholder `<1/>`, if they are wanted.
    pub(crate) fn lone_tag(&mut self) {
        if self.inline == InlineTags::Placeholders && self.open.is_some() {
            let open = self.opened();
            let number = open.next_tag;
            open.next_tag += 1;
            open.at_space = false;
            self.placeholder(&format!("<{number}/>"));
        }
    }

    /// Puts in what stands for a tag of the open block.
    fn placeholder(&mut self, placeholder: &str) {
        let start = self.text.len();
        self.text.push_str(placeholder);
        let place = start..self.text.len();
        self.opened().placeholders.push(place);
    }

    /// Marks what looks like a placeholder in the text from `start` on and is none.
    fn mark(&mut self, start: usize, placeholders: &[Range<usize>]) {
        let mut marked_text = String::with_capacity(self.text.len() - start);
        let mut done = start;
        for place in placeholders {
            marked_text.push_str(&marked(&self.text[done..place.start]));
            marked_text.push_str(&self.text[place.clone()]);
            done = place.end;
        }
        marked_text.push_str(&marked(&self.text[done..]));
        self.text.truncate(start);
        self.text.push_str(&marked_text);
    }

    /// Closes the open block; one without text is dropped.
    pub(crate) fn close(&mut self) {
        while self.open.as_ref().is_some_and(|o| !o.tags.is_empty()) {
            self.close_tag();
        }
        let Some(open) = self.open.take() else { return };
        if self.inline == InlineTags::Placeholders {
            self.mark(open.start, &open.placeholders);
        }
        let text = &self.text[open.start..];
        let start = open.start + (text.len() - text.trim_start().len());
        let length = text.trim().len();
        if length == 0 {
            self.text.truncate(open.start);
            return;
        }
        self.blocks.push(Block { span: TextSpan::new(start, start + length), kind: open.kind });
        self.text.push('\n');
    }

    /// Makes the closed paragraphs blocks of `kind`.
    pub(crate) fn set_kind_of_paragraphs(&mut self, kind: BlockKind) {
        for block in self.blocks.iter_mut().filter(|block| block.kind == BlockKind::Paragraph) {
            block.kind = kind;
        }
    }

    /// Puts the blocks of a document, as they are, after those of this flow.
    pub(crate) fn append_document(&mut self, document: &Document) {
        for block in document.blocks() {
            self.open(block.kind);
            self.push(document.slice(block.span));
        }
        self.close();
    }

    /// Drops the open block; whether it had text.
    pub(crate) fn discard(&mut self) -> bool {
        let Some(open) = self.open.take() else { return false };
        let had = !self.text[open.start..].trim().is_empty();
        self.text.truncate(open.start);
        had
    }

    /// Puts the blocks of `other` after those of this flow.
    pub(crate) fn append(&mut self, mut other: Self) {
        other.close();
        self.close();
        let by = self.text.len();
        self.left_out.extend(std::mem::take(&mut other.left_out));
        self.text.push_str(&other.text);
        self.blocks.extend(other.blocks.iter().map(|b| Block { span: b.span.shifted(by), kind: b.kind }));
    }

    /// Puts the blocks of `other` before those of this flow.
    pub(crate) fn prepend(&mut self, mut other: Self) {
        other.close();
        self.close();
        let mine = std::mem::replace(self, other);
        self.append(mine);
    }

    /// The kinds and texts of the closed blocks.
    pub(crate) fn closed(&self) -> impl Iterator<Item = (BlockKind, &str)> {
        self.blocks.iter().map(|b| (b.kind, &self.text[b.span.range()]))
    }

    /// The document `name`, read as `format`, with a warning of what was left out.
    pub(crate) fn into_read(self, name: &str, format: Format) -> ReadDocument {
        let warning = self.left_out.warning(name);
        let mut read = ReadDocument::new(self.finish(), format, None);
        read.warnings.extend(warning);
        read
    }

    /// The document.
    pub(crate) fn finish(mut self) -> Document {
        self.close();
        Document::of_blocks(self.text, self.blocks)
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(inline: InlineTags) -> Flow {
        Flow::new(&ReadOptions { inline_tags: inline, ..ReadOptions::default() })
    }

    #[test]
    fn white_space_collapses_across_pieces_but_not_in_verbatim_text() {
        let mut flow = flow(InlineTags::Dropped);
        flow.push_collapsed(" \n");
        assert!(!flow.is_open());
        for piece in [" a\n ", " b", "\u{a0} c ", "\n"] {
            flow.push_collapsed(piece);
        }
        flow.break_line();
        flow.push_collapsed(" d ");
        flow.open(BlockKind::ListItem);
        flow.push("  x  y\t\u{200f} ");
        flow.open(BlockKind::TableCell);
        flow.push_collapsed("  ");
        let document = flow.finish();
        insta::assert_debug_snapshot!(document.text(), @r#""a b\u{a0} c\nd \n  x  y\t\u{200f} \n""#);
        let texts: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span)).collect();
        insta::assert_debug_snapshot!(texts, @r#"
        [
            "a b\u{a0} c\nd",
            "x  y\t\u{200f}",
        ]
        "#);
    }

    #[test]
    fn inline_tags_are_numbered_in_each_block_and_closed_with_it() {
        let write = |inline| {
            let mut flow = flow(inline);
            flow.push("a ");
            flow.open_tag();
            flow.open_tag();
            flow.close_tag();
            flow.push("b");
            flow.close_tag();
            flow.lone_tag();
            flow.open(BlockKind::Paragraph);
            flow.open_tag();
            flow.push("c");
            flow.finish().text().to_owned()
        };
        assert_eq!(write(InlineTags::Placeholders), "a <1>b</1><3/>\n<1>c</1>\n");
        assert_eq!(write(InlineTags::Dropped), "a b\nc\n");
    }

    #[test]
    fn text_that_looks_like_a_placeholder_is_marked() {
        let write = |inline: InlineTags| {
            let mut flow = flow(inline);
            flow.open(BlockKind::Paragraph);
            flow.push("type <1");
            flow.push("> or ");
            flow.open_tag();
            flow.push("<1>");
            flow.close_tag();
            flow.push(" <2/> <b>");
            flow.finish().text().to_owned()
        };
        assert_eq!(write(InlineTags::Placeholders), "type <=1> or <1><=1></1> <=2/> <b>\n");
        assert_eq!(write(InlineTags::Dropped), "type <1> or <1> <2/> <b>\n");
    }
}
