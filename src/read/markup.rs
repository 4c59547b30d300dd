//! What the elements of HTML mean for a document's text, whoever parsed them.
//!
//! In: elements, their ends and text, in the order of a page (of HTML, or of XHTML in an EPUB). Out: blocks,
//! through a [`Flow`]. Guarantee: text that a browser does not show (scripts, styles, hidden elements, fields of
//! forms) stays out; nothing recurses, however deep elements stand in each other.

use super::Code;
use super::flow::Flow;
use super::note_marks::{Held, Part};
use super::omitted::Omitted;
use crate::bitext::BlockKind;

/// Elements → blocks.
#[derive(Debug)]
pub(crate) struct Markup {
    flow: Flow,
    open: Vec<Element>,
    /// Elements of which nothing is shown, around the place reached.
    hidden: usize,
    /// Elements whose white space is kept, around the place reached.
    verbatim: usize,
    /// Elements that are heads of what follows, around the place reached.
    heads: usize,
    /// Line breaks since the last text.
    breaks: usize,
    /// What may be the mark of a note.
    held: Option<Held>,
}

#[derive(Debug)]
struct Element {
    name: String,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Block(BlockKind),
    /// A block whose kind is that of the block around it.
    Plain,
    Verbatim,
    /// Markup inside a block: its tag is kept where tags are kept.
    Inline,
    Hidden,
}

impl Markup {
    /// Fills `flow`.
    pub(crate) const fn new(flow: Flow) -> Self {
        Self { flow, open: Vec::new(), hidden: 0, verbatim: 0, heads: 0, breaks: 0, held: None }
    }

    /// The blocks.
    pub(crate) fn finish(mut self) -> Flow {
        self.let_go();
        self.flow.close();
        self.flow
    }

    /// An element begins; `attribute` gives the value of its attribute of a name.
    pub(crate) fn start(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let mut role = role_of(name, attribute);
        if name == "button" && !is_hidden(attribute) && self.is_label(attribute) {
            role = Role::Inline;
        }
        if self.hidden == 0 {
            if role == Role::Verbatim && self.flow.code() == Code::LeftOut {
                role = Role::Hidden;
                self.flow.omit(Omitted::Code);
            } else if role == Role::Hidden && name == "math" {
                self.flow.omit(Omitted::Formula);
            }
        }
        match role {
            Role::Hidden => self.hidden += 1,
            _ if self.hidden > 0 => {}
            Role::Block(_) | Role::Plain => self.boundary(),
            Role::Verbatim => {
                self.boundary();
                self.verbatim += 1;
            }
            Role::Inline => {
                let href = (name == "a").then(|| attribute("href")).flatten();
                match &mut self.held {
                    Some(held) => held.link(href.as_deref()),
                    None => self.held = Held::begin(name, href.as_deref(), self.open.len()),
                }
                self.inline(name);
            }
        }
        self.heads += usize::from(is_head(name));
        self.open.push(Element { name: name.to_owned(), role });
    }

    /// Whether a button that begins is text: the head of what it opens.
    fn is_label(&self, attribute: &dyn Fn(&str) -> Option<String>) -> bool {
        self.heads > 0 || is_accordion(attribute)
    }

    fn inline(&mut self, name: &str) {
        match name {
            // Several line breaks in a row are how old pages part paragraphs.
            "br" if self.breaks > 0 => self.boundary(),
            "br" => {
                self.let_go();
                self.breaks += 1;
                self.flow.break_line();
            }
            "img" => {
                self.let_go();
                self.flow.lone_tag();
            }
            _ if is_tag(name) => match &mut self.held {
                Some(held) => held.parts.push(Part::Open),
                None => self.flow.open_tag(),
            },
            _ => {}
        }
    }

    /// What was held back is no mark of a note.
    fn let_go(&mut self) {
        for part in self.held.take().into_iter().flat_map(|held| held.parts) {
            match part {
                Part::Open => self.flow.open_tag(),
                Part::Close => self.flow.close_tag(),
                Part::Text(text) => self.text(&text),
            }
        }
    }

    /// The element `name` that was opened last ends. An end without a start is passed over.
    pub(crate) fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|e| e.name == name) else { return };
        while self.open.len() > at {
            let Some(element) = self.open.pop() else { return };
            self.heads -= usize::from(is_head(&element.name));
            match element.role {
                Role::Hidden => self.hidden -= 1,
                _ if self.hidden > 0 => {}
                Role::Block(_) | Role::Plain => self.boundary(),
                Role::Verbatim => {
                    self.verbatim -= 1;
                    self.boundary();
                }
                Role::Inline if is_tag(&element.name) => match &mut self.held {
                    Some(held) => held.parts.push(Part::Close),
                    None => self.flow.close_tag(),
                },
                Role::Inline => {}
            }
            if self.held.as_ref().is_some_and(|held| held.depth == self.open.len()) {
                self.held.take_if(|held| held.is_mark());
                self.let_go();
            }
        }
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if let Some(held) = &mut self.held {
            held.parts.push(Part::Text(text.to_owned()));
            return;
        }
        if !self.flow.is_open() {
            if text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']).is_empty() {
                return;
            }
            let kind = self.open.iter().rev().find_map(|e| match e.role {
                Role::Block(kind) => Some(kind),
                _ => None,
            });
            self.flow.open(kind.unwrap_or(BlockKind::Paragraph));
            // Inline elements that began before the block did.
            let plain = |e: &Element| e.role == Role::Inline;
            let around = self.open.iter().rev().take_while(|e| plain(e)).filter(|e| is_tag(&e.name)).count();
            (0..around).for_each(|_| self.flow.open_tag());
        }
        if self.verbatim > 0 {
            self.flow.push(text);
        } else {
            self.flow.push_collapsed(text);
        }
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
    }

    fn boundary(&mut self) {
        self.let_go();
        self.breaks = 0;
        self.flow.close();
    }
}

/// Inline elements whose tags a translator sets anew.
fn is_tag(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

fn role_of(name: &str, attribute: &dyn Fn(&str) -> Option<String>) -> Role {
    let kind = match name {
        "script" | "style" | "noscript" | "template" | "head" | "title" | "svg" | "math" | "iframe"
        | "object" | "embed" | "select" | "datalist" | "textarea" | "audio" | "video" | "canvas" | "rp"
        | "rt" | "button" => return Role::Hidden,
        "dialog" if attribute("open").is_none() => return Role::Hidden,
        _ if is_hidden(attribute) => return Role::Hidden,
        "br" | "img" => return Role::Inline,
        "h1" => BlockKind::Heading { level: 1 },
        "h2" => BlockKind::Heading { level: 2 },
        "h3" => BlockKind::Heading { level: 3 },
        "h4" => BlockKind::Heading { level: 4 },
        "h5" => BlockKind::Heading { level: 5 },
        "h6" => BlockKind::Heading { level: 6 },
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "td" | "th" => BlockKind::TableCell,
        "pre" | "xmp" | "listing" => return Role::Verbatim,
        _ => {
            let block = is_block(name);
            return match attribute("role").or_else(|| attribute("epub:type")) {
                Some(kind) if kind.contains("noteref") => Role::Hidden,
                Some(kind) if block && (kind.contains("footnote") || kind.contains("endnote")) => {
                    // The list of all notes is no note.
                    if kind.ends_with('s') { Role::Plain } else { Role::Block(BlockKind::Footnote) }
                }
                _ if name == "sup" && is_note_mark(attribute) => Role::Hidden,
                _ if block => Role::Plain,
                _ => Role::Inline,
            };
        }
    };
    let note = attribute("role").or_else(|| attribute("epub:type"));
    if note.is_some_and(|n| !n.ends_with('s') && (n.contains("footnote") || n.contains("endnote"))) {
        return Role::Block(BlockKind::Footnote);
    }
    Role::Block(kind)
}

/// Whether its attributes hide an element. What a search in the page would open is not hidden.
pub(super) fn is_hidden(attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    attribute("hidden").is_some_and(|hidden| !hidden.eq_ignore_ascii_case("until-found"))
        || attribute("aria-hidden").is_some_and(|v| v == "true")
        || attribute("style").is_some_and(|style| {
            let style: String = style.to_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Elements whose text is the head of what follows, also where it is a button that opens that.
pub(super) fn is_head(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt")
}

/// Whether a button is the head of a part that it opens, by the classes that the usual frameworks give it.
pub(super) fn is_accordion(attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    attribute("class").is_some_and(|class| {
        let class = class.to_ascii_lowercase();
        ["accordion", "collapsible"].iter().any(|word| class.contains(word))
    })
}

/// The mark of a footnote in running text, as the usual programs write it.
fn is_note_mark(attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    attribute("class").is_some_and(|class| {
        class
            .split_whitespace()
            .any(|c| matches!(c, "reference" | "footnote-ref" | "footnote-reference" | "noteref"))
    })
}

/// Whether an element is a block.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "label"
            | "legend"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}
