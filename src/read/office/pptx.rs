//! PPTX → blocks.
//!
//! In: a container of PresentationML. Out: the text of its slides in the order of the presentation, each followed
//! by its notes, and the text of its diagrams in their place. Guarantee: numbers of slides, dates, headers and footers stay
//! out.

use super::{drawing, relations};
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::xml::{self, Entities, Origin, Piece, Xml};
use crate::read::{Format, ReadDocument, ReadError, ReadOptions};

/// Reads a presentation.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let mut package = Package::open(name, &bytes, options)?;
    let main = relations::main_part(&mut package, name, "ppt/presentation.xml")?;
    let origin = Origin { name, part: &main };
    let text = xml::decode(origin, package.required(&main)?)?;
    let related = relations::by_id(relations::of(&mut package, name, &main)?);
    let mut flow = Flow::new(options);
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "sldId" => {
                let Some(slide) =
                    tag.prefixed("id").and_then(|id| related.get(&id)).map(|r| r.target.clone())
                else {
                    flow.omit(Omitted::Page);
                    continue;
                };
                drawing::read_part(&mut package, name, &slide, &mut flow)?;
                for relation in relations::of(&mut package, name, &slide)? {
                    if relation.kind == "notesSlide" {
                        drawing::read_part(&mut package, name, &relation.target, &mut flow)?;
                    }
                }
            }
            Piece::End => break,
            _ => {}
        }
    }
    Ok(flow.into_read(name, Format::Pptx))
}
