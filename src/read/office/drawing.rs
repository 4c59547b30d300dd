//! DrawingML → blocks: the shapes and tables of slides, and the points of diagrams (SmartArt).
//!
//! In: a part of a presentation, or the relations of one. Out: its paragraphs in the order of the file. Guarantee: the
//! runs of a paragraph are joined; a diagram stands where the slide shows it; what is left out is counted.

use std::collections::BTreeMap;

use super::alternatives::Alternatives;
use super::relations::{self, Relation};
use crate::bitext::BlockKind;
use crate::read::ReadError;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Tag, Xml};

/// What an element says of the blocks in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shape {
    kind: Option<BlockKind>,
    left_out: bool,
}

/// Reads a slide or its notes into `flow`, with its diagrams in their places.
pub(super) fn read_part(
    package: &mut Package<'_>,
    name: &str,
    part: &str,
    flow: &mut Flow,
) -> Result<(), ReadError> {
    let Some(bytes) = package.part(part)? else {
        flow.omit(Omitted::Page);
        return Ok(());
    };
    let origin = Origin { name, part };
    let text = xml::decode(origin, bytes)?;
    let related = relations::of(package, name, part)?;
    let mut diagrams = diagrams(package, name, &related, flow)?;
    shapes(origin, &text, flow, &mut diagrams)
}

/// The texts of the diagrams (SmartArt) that a part relates to, by the identifiers that it has for them.
pub(super) fn diagrams(
    package: &mut Package<'_>,
    name: &str,
    relations: &[Relation],
    like: &Flow,
) -> Result<BTreeMap<String, Flow>, ReadError> {
    let mut diagrams = BTreeMap::new();
    for relation in relations.iter().filter(|r| r.kind == "diagramData") {
        if let Some(bytes) = package.part(&relation.target)? {
            let origin = Origin { name, part: &relation.target };
            let text = xml::decode(origin, bytes)?;
            let mut flow = like.sibling();
            shapes(origin, &text, &mut flow, &mut BTreeMap::new())?;
            diagrams.insert(relation.id.clone(), flow);
        }
    }
    Ok(diagrams)
}

/// The paragraphs of shapes, tables and points of diagrams.
fn shapes(
    origin: Origin<'_>,
    text: &str,
    flow: &mut Flow,
    diagrams: &mut BTreeMap<String, Flow>,
) -> Result<(), ReadError> {
    let mut xml = Xml::new(origin, text, Entities::Xml);
    let mut shape = Shape::default();
    let mut cells = 0_usize;
    let mut item = false;
    let mut alternatives = Alternatives::default();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if alternatives.passes_over(&tag) => xml.skip()?,
            Piece::Open(tag) => match &*tag.name {
                "rPr" | "endParaRPr" | "extLst" => xml.skip()?,
                "fld" if is_counter(&tag) => xml.skip()?,
                "sp" => shape = Shape::default(),
                "ph" => shape = placeholder(tag.attribute("type").as_deref()),
                "tc" => cells += 1,
                "chart" => flow.omit(Omitted::Chart),
                "oMath" => {
                    flow.omit(Omitted::Formula);
                    xml.skip()?;
                }
                "relIds" => match tag.prefixed("dm").and_then(|id| diagrams.remove(&id)) {
                    Some(diagram) => flow.append(diagram),
                    None => flow.omit(Omitted::Diagram),
                },
                "p" if !shape.left_out => {
                    let kind = if cells > 0 { Some(BlockKind::TableCell) } else { shape.kind };
                    flow.open(kind.unwrap_or(BlockKind::Paragraph));
                }
                "pPr" => item = false,
                "buChar" | "buAutoNum" | "buBlip" => item = true,
                "br" if !shape.left_out => flow.break_line(),
                // The text of a run; a point of a diagram has its paragraphs in an element of the same name.
                "t" if flow.is_open() => {
                    let text = text_of(&mut xml)?;
                    if !shape.left_out {
                        flow.push(&text);
                    }
                }
                _ => {}
            },
            Piece::Close(closed) => match &*closed {
                name if alternatives.end(name) => flow.omit(Omitted::Object),
                "tc" => cells = cells.saturating_sub(1),
                "pPr" if item && cells == 0 && shape.kind.is_none() && flow.is_open() => {
                    flow.set_kind(BlockKind::ListItem);
                    item = false;
                }
                "p" => flow.close(),
                "sp" => shape = Shape::default(),
                _ => {}
            },
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    flow.close();
    Ok(())
}

/// Numbers of slides and dates, which the program puts in.
fn is_counter(tag: &Tag<'_>) -> bool {
    tag.attribute("type").is_some_and(|t| t == "slidenum" || t.starts_with("datetime"))
}

fn placeholder(kind: Option<&str>) -> Shape {
    match kind {
        Some("title" | "ctrTitle") => Shape { kind: Some(BlockKind::Heading { level: 1 }), left_out: false },
        Some("subTitle") => Shape { kind: Some(BlockKind::Heading { level: 2 }), left_out: false },
        Some("dt" | "ftr" | "hdr" | "sldNum" | "sldImg") => Shape { kind: None, left_out: true },
        _ => Shape::default(),
    }
}

/// The text of the element that was opened last.
pub(super) fn text_of(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    loop {
        match xml.next_piece()? {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Open(_) => xml.skip()?,
            Piece::Close(_) | Piece::End => return Ok(text),
        }
    }
}
