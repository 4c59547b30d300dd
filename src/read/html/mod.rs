//! HTML → blocks.
//!
//! In: a page in any encoding, told by its byte order mark, the server, its `meta` element or its bytes. Out: the
//! text of its main content or, with [`Page::Whole`], all text that a browser shows. Guarantee: nothing is fetched
//! and no script is run; elements may stand in each other [`DEEPEST`] deep, and a page that goes deeper is refused;
//! a page in which no main content can be told is read whole, with a warning.

mod charset;
mod main_content;

use dom_query::{Document as Dom, NodeId, NodeRef};
use rustc_hash::FxHashSet;

use super::flow::Flow;
use super::markup::Markup;
use super::{Format, Page, ReadDocument, ReadError, ReadOptions};
use crate::bitext::BlockKind;

/// Elements inside each other, at most.
pub(crate) const DEEPEST: usize = 1000;

/// Attributes of an element, at most: the parser compares each with all before.
const MOST_ATTRIBUTES: usize = 4000;

const NO_PAGE: &str = "no page of a person is nested so deep; copy its text into a file and give that";

/// Reads a page.
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut options = options.clone();
    options.encoding = options.encoding.or_else(|| charset::declared(&bytes));
    let (text, encoding, repaired) = super::not_text::decode_text(name, bytes, &options)?;
    refuse_deep(name, &text)?;
    let dom = Dom::from(&*text);
    drop(text);
    let whole = blocks_of(&dom, &options, &FxHashSet::default());
    let mut warning = None;
    let flow = match options.page {
        Page::Whole => whole,
        Page::Main => {
            if let Some(main) = main_content(&dom, &whole, &options) {
                main
            } else {
                let letters = whole.closed().map(|(_, text)| text.chars().count()).sum::<usize>();
                let message = format!(
                    "{name}: no main content could be told, the whole page was read: {letters} characters, with what \
                     stands around a text"
                );
                warning = Some((message, Some("check it with `muqabala read`")));
                whole
            }
        }
    };
    let mut read = flow.into_read(name, Format::Html);
    read.encoding = Some(encoding);
    read.warnings.extend(repaired);
    read.warnings.extend(warning);
    Ok(read)
}

/// The blocks of all that is shown of the page `text`.
pub(super) fn whole(name: &str, text: &str, options: &ReadOptions) -> Result<Flow, ReadError> {
    refuse_deep(name, text)?;
    Ok(blocks_of(&Dom::from(text), options, &FxHashSet::default()))
}

/// The blocks of all that is shown of the page `bytes`, which stands in another document.
pub(super) fn inside(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Flow, ReadError> {
    let mut options = options.clone();
    options.encoding = charset::declared(&bytes);
    let (text, _, _) = super::not_text::decode_text(name, bytes, &options)?;
    whole(name, &text, &options)
}

/// The blocks of the main content; `None` where there is none to be told from the rest.
fn main_content(dom: &Dom, whole: &Flow, options: &ReadOptions) -> Option<Flow> {
    // A fragment, or a page so bare that it has nothing but content, needs no search.
    if dom.select("nav, header, footer, aside, script, style, form, iframe, [role], [class], [id]").is_empty()
    {
        return Some(blocks_of(dom, options, &FxHashSet::default()));
    }
    let mut main = blocks_of(dom, options, &main_content::left_out(dom)?);
    if main.is_empty() {
        return None;
    }
    // The page's title stands outside the content in many pages.
    let titles: Vec<&str> =
        whole.closed().filter(|(k, _)| *k == BlockKind::Heading { level: 1 }).map(|(_, text)| text).collect();
    let mut distinct = titles.clone();
    distinct.dedup();
    if let [title] = distinct[..]
        && !main.closed().any(|(k, text)| matches!(k, BlockKind::Heading { .. }) && text == title)
    {
        let mut head = main.sibling();
        head.open(BlockKind::Heading { level: 1 });
        head.push(title);
        main.prepend(head);
    }
    Some(main)
}

/// The blocks of all that is shown of `dom`, without the elements that are `left_out`.
fn blocks_of(dom: &Dom, options: &ReadOptions, left_out: &FxHashSet<NodeId>) -> Flow {
    let mut markup = Markup::new(Flow::new(options));
    let root = dom.root();
    let mut next = root.first_child();
    while let Some(node) = next {
        let name = node.node_name().filter(|_| !left_out.contains(&node.id));
        if let Some(name) = &name {
            markup.start(name, &|attribute| node.attr(attribute).map(|v| v.to_string()));
            if let Some(child) = node.first_child() {
                next = Some(child);
                continue;
            }
            markup.end(name);
        } else if node.is_text() {
            markup.text(&node.text());
        }
        next = after(node, &mut markup);
    }
    markup.finish()
}

/// The node after `node` and all that it holds, in the order of the page.
fn after<'d>(node: NodeRef<'d>, markup: &mut Markup) -> Option<NodeRef<'d>> {
    let mut node = node;
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent()?;
        if let Some(name) = node.node_name() {
            markup.end(&name);
        }
    }
}

/// About how many attributes the tag has that begins at `from`, and where it ends; of a script, where that ends.
fn attributes_in(bytes: &[u8], from: usize) -> (usize, usize) {
    let rest = &bytes[from + 1..];
    if rest.starts_with(b"!--") {
        let end = memchr::memmem::find(rest, b"-->").map_or(bytes.len(), |at| from + at);
        return (0, end);
    }
    let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
    if length == 0 {
        return (0, from + 1);
    }
    let (attributes, end) = attributes_from(bytes, from + 1);
    let element = &rest[..length];
    if ![&b"script"[..], b"style", b"title", b"textarea"].iter().any(|n| n.eq_ignore_ascii_case(element)) {
        return (attributes, end);
    }
    let closes = |&at: &usize| {
        let tag = bytes.get(end + at + 1..end + at + 2 + length);
        tag.is_some_and(|tag| tag[0] == b'/' && tag[1..].eq_ignore_ascii_case(element))
    };
    (attributes, memchr::memchr_iter(b'<', &bytes[end..]).find(closes).map_or(bytes.len(), |at| end + at))
}

/// About how many attributes stand between `from`, in a tag, and its end, and where that is.
fn attributes_from(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut attributes, mut quote, mut last) = (0_usize, None, b'x');
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), _) if open != byte => continue,
            // What follows the end of a value is parted from it, whichever quote that is.
            (Some(_), _) => (quote, last) = (None, b' '),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, b'>') => return (attributes, at),
            // White space around an equals sign parts nothing.
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => {
                if last != b'=' {
                    last = b' ';
                }
            }
            (None, _) => {
                attributes += usize::from(last == b' ' && byte != b'=');
                last = byte;
            }
        }
        if attributes > MOST_ATTRIBUTES {
            return (attributes, at);
        }
    }
    (attributes, bytes.len())
}

/// Refuses what no browser shows in a reasonable time: counts the tags that are open, without those that
/// need no end.
fn refuse_deep(name: &str, text: &str) -> Result<(), ReadError> {
    const NO_END: [&str; 26] = [
        "p", "li", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source",
        "track", "wbr", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot",
        "param",
    ];
    let bytes = text.as_bytes();
    let (mut depth, mut looked_at) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        let (closes, rest) = match rest {
            [b'/', rest @ ..] => (true, rest),
            _ => (false, rest),
        };
        let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        if at >= looked_at {
            let (attributes, end) = attributes_in(bytes, at);
            if attributes > MOST_ATTRIBUTES {
                return Err(ReadError::Refused {
                    name: name.to_owned(),
                    why: format!("an element has more than {MOST_ATTRIBUTES} attributes"),
                    hint: NO_PAGE,
                });
            }
            looked_at = end;
        }
        if length == 0 || NO_END.iter().any(|n| n.as_bytes().eq_ignore_ascii_case(&rest[..length])) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return Err(ReadError::Refused {
                name: name.to_owned(),
                why: format!("elements are nested deeper than {DEEPEST}"),
                hint: NO_PAGE,
            });
        }
    }
    Ok(())
}
