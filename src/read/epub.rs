//! EPUB → blocks.
//!
//! In: a container with a package document. Out: the blocks of its pages in the order of reading, as HTML means
//! them. Guarantee: pages are looked for in the container alone; tables of contents made for navigation stay out; a
//! page that is no XHTML is read as HTML is; an encrypted book is refused.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::flow::Flow;
use super::markup::Markup;
use super::omitted::Omitted;
use super::package::{Package, resolve};
use super::xml::{self, Entities, Origin, Piece, Xml};
use super::{Format, ReadDocument, ReadError, ReadOptions, html};

/// Reads a book.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let root = root_file(&mut package, name)?;
    let pages = spine(&mut package, name, &root)?;
    let locked = encrypted(&mut package, name)?;
    let mut flow = Flow::new(options);
    let mut missing = None;
    for page in pages {
        if locked.contains(&page) {
            return Err(ReadError::Refused {
                name: name.to_owned(),
                why: format!("{page} is encrypted"),
                hint: "the book is protected against copying; ask its publisher for one that is not",
            });
        }
        if let Some(bytes) = package.part(&page)? {
            flow.append(blocks(name, &page, bytes, &flow, options)?);
        } else {
            missing.get_or_insert(page);
            flow.omit(Omitted::Page);
        }
    }
    let mut read = flow.into_read(name, Format::Epub);
    if let (Some(page), Some((message, _))) = (missing, read.warnings.first_mut()) {
        message.push_str(&format!("; the first page that is missing is {page}"));
    }
    Ok(read)
}

/// The blocks of one page.
fn blocks(
    name: &str,
    page: &str,
    bytes: Vec<u8>,
    like: &Flow,
    options: &ReadOptions,
) -> Result<Flow, ReadError> {
    let origin = Origin { name, part: page };
    let text = xml::decode(origin, bytes)?;
    match xhtml(origin, &text, like.sibling()) {
        Err(ReadError::Damaged { .. }) => html::whole(name, &with_ends(&text), options),
        result => result,
    }
}

/// The page with an end for each empty element, which in HTML would go on to the end of the page: `<title/>`.
fn with_ends(text: &str) -> Cow<'_, str> {
    static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
        let names = "title|script|style|a|b|i|em|strong|span|div|p|td|th|li|sup|sub|iframe|textarea|h[1-6]";
        Regex::new(&format!("(?i)<({names})((?:\\s[^<>]*)?)/>")).expect("the pattern is right")
    });
    EMPTY.replace_all(text, "<$1$2></$1>")
}

fn xhtml(origin: Origin<'_>, text: &str, flow: Flow) -> Result<Flow, ReadError> {
    let mut xml = Xml::new(origin, text, Entities::Html);
    let mut markup = Markup::new(flow);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) => {
                // `epub:type` is the one attribute asked for with its prefix.
                markup.start(&tag.name, &|name| match name.strip_prefix("epub:") {
                    Some(local) => tag.prefixed(local),
                    None => tag.attribute(name),
                });
            }
            Piece::Close(name) => markup.end(&name),
            Piece::Text(text) => markup.text(&text),
            Piece::End => return Ok(markup.finish()),
        }
    }
}

/// The package document that the container names.
fn root_file(package: &mut Package<'_>, name: &str) -> Result<String, ReadError> {
    let part = "META-INF/container.xml";
    let origin = Origin { name, part };
    let text = xml::decode(origin, package.required(part)?)?;
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "rootfile" => {
                if let Some(path) = tag.attribute("full-path") {
                    return Ok(resolve("", &path));
                }
            }
            Piece::End => return Err(xml.broken("it names no package document")),
            _ => {}
        }
    }
}

/// The parts of the book's pages in the order of reading, each once.
fn spine(package: &mut Package<'_>, name: &str, root: &str) -> Result<Vec<String>, ReadError> {
    let origin = Origin { name, part: root };
    let text = xml::decode(origin, package.required(root)?)?;
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    let mut pages: Vec<String> = Vec::new();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "item" => {
                let is_navigation =
                    tag.attribute("properties").is_some_and(|p| p.split_whitespace().any(|p| p == "nav"));
                let media = tag.attribute("media-type").unwrap_or_default();
                if let (Some(id), Some(href), false) =
                    (tag.attribute("id"), tag.attribute("href"), is_navigation)
                    && matches!(&*media, "application/xhtml+xml" | "text/html" | "text/x-oeb1-document")
                {
                    items.insert(id, resolve(root, &href));
                }
            }
            Piece::Open(tag) if tag.name == "itemref" => {
                pages.extend(tag.attribute("idref").and_then(|id| items.remove(&id)));
            }
            Piece::End => return Ok(pages),
            _ => {}
        }
    }
}

/// The parts that are encrypted.
fn encrypted(package: &mut Package<'_>, name: &str) -> Result<Vec<String>, ReadError> {
    let part = "META-INF/encryption.xml";
    let Some(bytes) = package.part(part)? else { return Ok(Vec::new()) };
    let origin = Origin { name, part };
    let text = xml::decode(origin, bytes)?;
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    let mut parts = Vec::new();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "CipherReference" => {
                parts.extend(tag.attribute("URI").map(|uri| resolve("", &uri)));
            }
            Piece::End => return Ok(parts),
            _ => {}
        }
    }
}
