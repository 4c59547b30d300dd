//! What the styles of a DOCX say: which paragraphs are headings and items of lists, and which text is hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::bitext::BlockKind;
use crate::read::ReadError;
use crate::read::xml::{Entities, Origin, Piece, Tag, Xml};

/// What is known of a paragraph's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ParagraphStyle {
    /// Its kind, where a style or the paragraph says so.
    pub(super) kind: Option<BlockKind>,
    /// Whether its style hides its text.
    pub(super) hidden: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: BTreeMap<String, Option<BlockKind>>,
    hidden: BTreeSet<String>,
}

/// A style as it stands in the file.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    kind: Option<BlockKind>,
    hidden: Option<bool>,
}

/// Styles based on each other, at most.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(origin: Origin<'_>, text: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(origin, text, Entities::Xml);
        let mut styles: BTreeMap<String, Style> = BTreeMap::new();
        let mut current: Option<(String, Style)> = None;
        loop {
            match xml.next_piece()? {
                Piece::Open(tag) => match (&*tag.name, &mut current) {
                    ("style", current) => {
                        *current = tag.attribute("styleId").map(|id| (id, Style::default()));
                    }
                    ("name", Some((_, style))) => {
                        let name = tag.attribute("val").unwrap_or_default().to_lowercase();
                        if let Some(kind) = kind_of_name(&name) {
                            style.kind = Some(kind);
                        }
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                    ("outlineLvl", Some((_, style))) => {
                        style.kind = style.kind.or_else(|| level(tag.attribute("val")));
                    }
                    ("numPr", Some((_, style))) if style.kind.is_none() => {
                        style.kind = Some(BlockKind::ListItem);
                    }
                    // What a style says of some cells of a table, or said before a tracked change.
                    ("tblStylePr" | "rPrChange" | "pPrChange", Some(_)) => xml.skip()?,
                    ("vanish", Some((_, style))) => style.hidden = Some(is_on(&tag)),
                    _ => {}
                },
                Piece::Close(name) if name == "style" => styles.extend(current.take()),
                Piece::End => break,
                _ => {}
            }
        }
        let kinds = styles.keys().map(|id| (id.clone(), along(&styles, id, |s| s.kind))).collect();
        let hidden = styles.keys().filter(|id| along(&styles, id, |s| s.hidden) == Some(true));
        Ok(Self { kinds, hidden: hidden.cloned().collect() })
    }

    /// Whether the style `id` hides its text.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.hidden.contains(id)
    }

    /// Reads the properties of a paragraph, which were opened just now: its kind, and whether its end was
    /// deleted with tracking.
    pub(super) fn paragraph(&self, xml: &mut Xml<'_>) -> Result<(ParagraphStyle, bool), ReadError> {
        let (mut style, mut direct, mut deleted, mut hidden) = (None, None, false, false);
        let mut open = vec![String::new()];
        while !open.is_empty() {
            match xml.next_piece()? {
                Piece::Open(tag) => {
                    match &*tag.name {
                        "pPrChange" => {
                            xml.skip()?;
                            continue;
                        }
                        "pStyle" => {
                            let id = tag.attribute("val").unwrap_or_default();
                            style = self.kinds.get(&id).copied().flatten();
                            hidden = self.hides(&id);
                        }
                        "outlineLvl" => direct = level(tag.attribute("val")).or(direct),
                        // Number 0 takes the numbering of the style away.
                        "numId" if tag.attribute("val").as_deref() == Some("0") => {
                            style = style.filter(|k| *k != BlockKind::ListItem);
                        }
                        "numId" => direct = direct.or(Some(BlockKind::ListItem)),
                        "del" if open.last().is_some_and(|o| o == "rPr") => deleted = true,
                        _ => {}
                    }
                    open.push(tag.name);
                }
                Piece::Close(_) => {
                    open.pop();
                }
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        // A numbered heading is a heading.
        let kind = match (style, direct) {
            (Some(heading @ BlockKind::Heading { .. }), _) => Some(heading),
            (style, direct) => direct.or(style),
        };
        Ok((ParagraphStyle { kind, hidden }, deleted))
    }
}

/// Whether a property that may be on or off is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|v| !matches!(&*v, "0" | "false" | "off" | "none"))
}

/// The first answer of the style `id` and those that it is based on.
fn along<T>(styles: &BTreeMap<String, Style>, id: &str, answer: impl Fn(&Style) -> Option<T>) -> Option<T> {
    let mut next = styles.get(id);
    for _ in 0..LONGEST_CHAIN {
        let style = next?;
        if let Some(answer) = answer(style) {
            return Some(answer);
        }
        next = styles.get(style.based_on.as_ref()?);
    }
    None
}

fn kind_of_name(name: &str) -> Option<BlockKind> {
    if let Some(rest) = name.strip_prefix("heading ") {
        let level = rest.trim().parse().ok().filter(|l| (1..=9).contains(l))?;
        return Some(BlockKind::Heading { level: u8::min(level, 6) });
    }
    match name {
        "title" => Some(BlockKind::Heading { level: 1 }),
        "subtitle" => Some(BlockKind::Heading { level: 2 }),
        _ if name.starts_with("list ") && name != "list continue" => Some(BlockKind::ListItem),
        _ => None,
    }
}

/// Outline levels count from 0; 9 is body text.
fn level(value: Option<String>) -> Option<BlockKind> {
    let level: u8 = value?.parse().ok()?;
    (level < 9).then(|| BlockKind::Heading { level: (level + 1).min(6) })
}
