//! What the styles of a DOCX say of its paragraphs: headings and items of lists.

use std::collections::BTreeMap;

use crate::bitext::BlockKind;
use crate::read::ReadError;
use crate::read::xml::{Entities, Origin, Piece, Xml};

/// What is known of a paragraph's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ParagraphStyle {
    /// Its kind, where a style or the paragraph says so.
    pub(super) kind: Option<BlockKind>,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    kinds: BTreeMap<String, Option<BlockKind>>,
}

/// A style as it stands in the file.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    kind: Option<BlockKind>,
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
                    _ => {}
                },
                Piece::Close(name) if name == "style" => styles.extend(current.take()),
                Piece::End => break,
                _ => {}
            }
        }
        let kind = |id: &String| {
            let mut next = styles.get(id);
            for _ in 0..LONGEST_CHAIN {
                let style = next?;
                if style.kind.is_some() {
                    return style.kind;
                }
                next = styles.get(style.based_on.as_ref()?);
            }
            None
        };
        Ok(Self { kinds: styles.keys().map(|id| (id.clone(), kind(id))).collect() })
    }

    /// Reads the properties of a paragraph, which were opened just now: its kind, and whether its end was
    /// deleted with tracking.
    pub(super) fn paragraph(&self, xml: &mut Xml<'_>) -> Result<(ParagraphStyle, bool), ReadError> {
        let (mut style, mut direct, mut deleted) = (None, None, false);
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
                            style =
                                tag.attribute("val").and_then(|id| self.kinds.get(&id).copied().flatten());
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
        Ok((ParagraphStyle { kind }, deleted))
    }
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
