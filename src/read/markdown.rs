//! Markdown → blocks.
//!
//! In: text in CommonMark, with the tables, footnotes, strikethrough and task lists of GitHub. Out: its text
//! without marks, before it the title and the description of its front matter; pieces of HTML in it are read as HTML
//! is. Guarantee: footnotes come last, in the order of their text; code keeps its lines.

mod front_matter;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::flow::Flow;
use super::not_text::decode_text;
use super::omitted::Omitted;
use super::{Code, Format, ReadDocument, ReadError, ReadOptions};
use crate::bitext::BlockKind;

/// Lists and quotes inside each other, at most.
const DEEPEST: usize = 200;

/// Reads Markdown.
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let (text, encoding, repaired) = decode_text(name, bytes, options)?;
    let mut reading = Reading::new(options);
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
        reading.take(event);
    }
    let mut read = reading.finish().into_read(name, Format::Markdown);
    read.encoding = Some(encoding);
    read.warnings.extend(repaired);
    Ok(read)
}

struct Reading {
    flow: Flow,
    notes: Flow,
    in_note: bool,
    /// Containers around the place reached; `None` for those that say nothing of a block's kind.
    around: Vec<Option<BlockKind>>,
    skipped: usize,
    /// The open element of raw HTML whose text is not shown.
    hidden: Option<String>,
    /// The front matter that is open.
    front: Option<(MetadataBlockKind, String)>,
}

impl Reading {
    fn new(options: &ReadOptions) -> Self {
        let flow = Flow::new(options);
        let notes = flow.sibling();
        Self { flow, notes, in_note: false, around: Vec::new(), skipped: 0, hidden: None, front: None }
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
        if self.skipped > 0 || self.hidden.is_some() || text.is_empty() {
            return;
        }
        if !self.flow().is_open() {
            self.open(BlockKind::Paragraph);
        }
        self.flow().push(text);
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.flow().break_line(),
            Event::Rule => self.flow().close(),
            Event::InlineHtml(html) => self.html(&html),
            Event::Html(html) => {
                for piece in pieces(&html) {
                    if piece.starts_with('<') {
                        self.html(piece);
                    } else {
                        self.text(&piece.replace('\n', " "));
                    }
                }
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "as the parser gives it")]
    fn start(&mut self, tag: Tag<'_>) {
        match tag {
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
            Tag::HtmlBlock | Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::DefinitionList => {
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
            }
            TagEnd::FootnoteDefinition => {
                self.notes.close();
                self.around.pop();
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
            TagEnd::HtmlBlock => {
                self.hidden = None;
                self.flow().close();
            }
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

    /// One tag of raw HTML.
    fn html(&mut self, tag: &str) {
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let closes = tag.starts_with("</");
        match &*name {
            "script" | "style" | "template" | "textarea" => {
                self.hidden = if closes { None } else { Some(name) };
            }
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
        self.flow.append(self.notes);
        self.flow
    }
}

/// Raw HTML as tags and the text between them.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first {
            '<' if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            '<' => rest.find('>').map(|at| at + 1),
            _ => rest.find('<'),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

const fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
