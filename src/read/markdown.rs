//! Markdown → blocks.
//!
//! In: text in CommonMark, with the tables, footnotes, strikethrough and task lists of GitHub. Out: its text
//! without marks, before it the title and the description of its front matter; pieces of HTML in it are read as HTML
//! is, without comments and hidden elements. Guarantee: footnotes come last, in the order of their text; code keeps its
//! lines.

mod front_matter;
mod raw_html;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use self::raw_html::{RawHtml, name_of};
use super::flow::Flow;
use super::html;
use super::not_text::decode_text;
use super::omitted::Omitted;
use super::{Code, Format, ReadDocument, ReadError, ReadOptions};
use crate::bitext::BlockKind;

/// Lists and quotes inside each other, at most.
const DEEPEST: usize = 200;

/// Reads Markdown.
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding, repaired) = decode_text(name, bytes, options)?;
    let mut reading = Reading::new(name, options);
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&text, extensions).into_offset_iter() {
        if reading.around.len() > DEEPEST {
            let line = 1 + text[..range.start].matches('\n').count();
            return Err(ReadError::Refused {
                name: name.to_owned(),
                why: format!("line {line}: lists and quotes are nested deeper than {DEEPEST}"),
                hint: "no document of a person is nested so deep; get it from a source you trust",
            });
        }
        reading.take(event, range, &text)?;
    }
    let mut read = reading.finish().into_read(name, Format::Markdown);
    read.encoding = Some(encoding);
    read.warnings.extend(repaired);
    Ok(read)
}

struct Reading<'o> {
    name: &'o str,
    options: &'o ReadOptions,
    flow: Flow,
    notes: Flow,
    in_note: bool,
    /// Containers around the place reached; `None` for those that say nothing of a block's kind.
    around: Vec<Option<BlockKind>>,
    skipped: usize,
    raw: RawHtml,
    /// The block of raw HTML that is open.
    block: Option<String>,
    /// Where a comment or tag ends that goes on after its block, in bytes of the source.
    apart: usize,
    /// What would end a comment and the like, and does not stand in the rest of the source.
    endless: Vec<&'static str>,
    /// The front matter that is open.
    front: Option<(MetadataBlockKind, String)>,
}

impl<'o> Reading<'o> {
    fn new(name: &'o str, options: &'o ReadOptions) -> Self {
        let flow = Flow::new(options);
        let notes = flow.sibling();
        Self {
            name,
            options,
            flow,
            notes,
            in_note: false,
            around: Vec::new(),
            skipped: 0,
            raw: RawHtml::default(),
            block: None,
            apart: 0,
            endless: Vec::new(),
            front: None,
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.in_note { &mut self.notes } else { &mut self.flow }
    }

    fn open(&mut self, otherwise: BlockKind) {
        let kind = self.around.iter().rev().find_map(|k| *k).unwrap_or(otherwise);
        self.flow().open(kind);
    }

    fn text(&mut self, text: &str) {
        if let Some((_, front)) = &mut self.front {
            front.push_str(text);
            return;
        }
        if self.skipped > 0 || text.is_empty() || self.raw.hides(text) {
            return;
        }
        if !self.flow().is_open() {
            self.open(BlockKind::Paragraph);
        }
        self.flow().push(text);
    }

    /// Takes what stands in `range` of `source`.
    fn take(&mut self, event: Event<'_>, range: Range<usize>, source: &str) -> Result<(), ReadError> {
        if range.start < self.apart && !matches!(event, Event::Start(_) | Event::End(_)) {
            // Of what goes on after the comment or tag its source says all that Markdown has left to say.
            match (source.get(self.apart..range.end), event, &mut self.block) {
                (Some(rest), Event::Text(_), _) => self.text(rest),
                (Some(rest), Event::Html(_), Some(block)) => block.push_str(rest),
                _ => {}
            }
            return Ok(());
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::HtmlBlock) => self.end_html(range.end, source)?,
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.flow().break_line(),
            Event::Rule => self.flow().close(),
            Event::Html(html) if self.block.is_some() => {
                if let Some(block) = &mut self.block {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                let (shown, _) = self.raw.shown(&html, self.around.len());
                for piece in shown.into_iter().filter(|piece| piece.starts_with('<')) {
                    self.html(piece);
                }
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    /// A block of raw HTML ends: it is read as a part of a page.
    fn end_html(&mut self, end: usize, source: &str) -> Result<(), ReadError> {
        let Some(block) = self.block.take() else { return Ok(()) };
        let (shown, unfinished) = self.raw.shown(&block, self.around.len());
        let page = shown.concat();
        if let Some(ends_with) = unfinished {
            let rest = &source[end..];
            // A tag ends before the next begins; what was looked for in vain is nowhere.
            let found = match ends_with {
                ">" => rest.find(['<', '>']).filter(|&at| rest[at..].starts_with('>')),
                _ if self.endless.contains(&ends_with) => None,
                _ => rest.find(ends_with),
            };
            match found {
                Some(at) => self.apart = end + at + ends_with.len(),
                None if ends_with != ">" => self.endless.push(ends_with),
                None => {}
            }
        }
        self.flow().close();
        if !page.trim().is_empty() && self.skipped == 0 {
            let mut inside = html::whole(self.name, &page, self.options)?;
            if let Some(kind) = self.around.iter().rev().find_map(|k| *k) {
                inside.set_kind_of_paragraphs(kind);
            }
            self.flow().append(inside);
        }
        Ok(())
    }

    #[expect(clippy::needless_pass_by_value, reason = "as the parser gives it")]
    fn start(&mut self, tag: Tag<'_>) {
        if !matches!(tag, Tag::HtmlBlock) && is_block(&tag) {
            self.raw.begin_block();
        }
        match tag {
            Tag::HtmlBlock => {
                self.flow().close();
                self.block = Some(String::new());
            }
            Tag::Paragraph => self.open(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.flow().open(BlockKind::Heading { level: level_of(level) }),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.flow().close();
                self.around.push(Some(BlockKind::ListItem));
            }
            Tag::TableCell => self.flow().open(BlockKind::TableCell),
            Tag::FootnoteDefinition(_) => {
                self.in_note = true;
                self.around.push(Some(BlockKind::Footnote));
            }
            Tag::BlockQuote(_) | Tag::List(_) => {
                self.flow().close();
                self.around.push(None);
            }
            Tag::CodeBlock(_) if self.flow.code() == Code::LeftOut => {
                if self.skipped == 0 {
                    self.flow().close();
                    self.flow.omit(Omitted::Code);
                }
                self.skipped += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.open(BlockKind::Paragraph);
            }
            Tag::MetadataBlock(kind) => self.front = Some((kind, String::new())),
            Tag::Image { .. } => {
                self.flow().lone_tag();
                self.skipped += 1;
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => {
                if !self.flow().is_open() {
                    self.open(BlockKind::Paragraph);
                }
                self.flow().open_tag();
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::DefinitionList => {
                self.flow().close();
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {
                self.flow().close();
                self.around.pop();
                self.raw.leave(self.around.len());
            }
            TagEnd::FootnoteDefinition => {
                self.notes.close();
                self.around.pop();
                self.raw.leave(self.around.len());
                self.in_note = false;
            }
            TagEnd::MetadataBlock(_) => self.end_front_matter(),
            TagEnd::CodeBlock if self.flow.code() == Code::LeftOut => self.skipped -= 1,
            TagEnd::Image => self.skipped -= 1,
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.flow().close_tag(),
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::TableCell
            | TagEnd::Table => {
                self.flow().close();
            }
            _ => {}
        }
    }

    /// Title and description stand before the text.
    fn end_front_matter(&mut self) {
        let Some((kind, text)) = self.front.take() else { return };
        let found = front_matter::read(&text, kind);
        for (kind, text) in
            [(BlockKind::Heading { level: 1 }, found.title), (BlockKind::Paragraph, found.description)]
        {
            if let Some(text) = text {
                self.flow.open(kind);
                self.flow.push(&text);
                self.flow.close();
            }
        }
    }

    /// One tag of raw HTML inside a line.
    fn html(&mut self, tag: &str) {
        match &*name_of(tag) {
            "br" => self.flow().break_line(),
            "p" | "div" | "td" | "th" | "tr" | "table" | "li" | "ul" | "ol" | "hr" | "blockquote"
            | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "details" | "summary" | "figure"
            | "figcaption" => {
                self.flow().close();
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Flow {
        for _ in 0..self.raw.left_out() {
            self.flow.omit(Omitted::Hidden);
        }
        self.flow.append(self.notes);
        self.flow
    }
}

/// Whether it begins a block.
const fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::DefinitionList
    )
}

const fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
