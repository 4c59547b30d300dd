//! PPTX → blocks.
//!
//! In: a container of PresentationML. Out: the text of its slides in the order of the presentation, each followed
//! by its notes. Guarantee: the runs of a paragraph are joined; numbers of slides, dates, headers and footers stay
//! out.

use super::relations;
use crate::bitext::BlockKind;
use crate::read::flow::Flow;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Tag, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Reads a presentation.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let main = relations::main_part(&mut package, name, "ppt/presentation.xml")?;
    let origin = Origin { name, part: &main };
    let text = xml::decode(origin, package.required(&main)?)?;
    let related = relations::of(&mut package, name, &main)?;
    let mut flow = Flow::new(options);
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "sldId" => {
                let slide = tag.prefixed("id").and_then(|id| related.iter().find(|r| r.id == id));
                let Some(slide) = slide.map(|r| r.target.clone()) else { continue };
                read_part(&mut package, name, &slide, &mut flow)?;
                for relation in relations::of(&mut package, name, &slide)? {
                    if relation.kind == "notesSlide" {
                        read_part(&mut package, name, &relation.target, &mut flow)?;
                    }
                }
            }
            Piece::End => break,
            _ => {}
        }
    }
    Ok(ReadDocument::new(flow.finish(), Format::Pptx, None))
}

/// What an element says of the blocks in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shape {
    kind: Option<BlockKind>,
    left_out: bool,
}

fn read_part(package: &mut Package<'_>, name: &str, part: &str, flow: &mut Flow) -> Result<(), ReadError> {
    let Some(bytes) = package.part(part)? else { return Ok(()) };
    let origin = Origin { name, part };
    let text = xml::decode(origin, bytes)?;
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    let mut shape = Shape::default();
    let mut cells = 0_usize;
    let mut item = false;
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "Fallback" | "rPr" | "endParaRPr" | "extLst" => xml.skip()?,
                "fld" if is_counter(&tag) => xml.skip()?,
                "sp" => shape = Shape::default(),
                "ph" => shape = placeholder(tag.attribute("type").as_deref()),
                "tc" => cells += 1,
                "p" if !shape.left_out => {
                    let kind = if cells > 0 { Some(BlockKind::TableCell) } else { shape.kind };
                    flow.open(kind.unwrap_or(BlockKind::Paragraph));
                }
                "pPr" => item = false,
                "buChar" | "buAutoNum" | "buBlip" => item = true,
                "br" if !shape.left_out => flow.break_line(),
                "t" => {
                    let text = text_of(&mut xml)?;
                    if !shape.left_out && flow.is_open() {
                        flow.push(&text);
                    }
                }
                _ => {}
            },
            Piece::Close(closed) => match &*closed {
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
