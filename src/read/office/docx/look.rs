//! How a run of a DOCX is formatted.

use super::super::styles::{Styles, is_on};
use crate::read::ReadError;
use crate::read::xml::{Piece, Xml};

/// Formatting that a translator would set anew, and whether the text is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Bold, slanted and the like, a bit each.
    pub(super) marks: u8,
    /// Whether the text is not shown.
    pub(super) hidden: bool,
}

impl Look {
    /// Reads the properties of a run, which were opened just now; `hidden` is what the style of its paragraph says.
    pub(super) fn read(xml: &mut Xml<'_>, styles: &Styles, hidden: bool) -> Result<Self, ReadError> {
        let mut look = Self { marks: 0, hidden };
        let (mut direct, mut on_the_web) = (None, false);
        let mut depth = 1;
        while depth > 0 {
            match xml.next_piece()? {
                Piece::Open(tag) => {
                    depth += 1;
                    match &*tag.name {
                        // What was before a tracked change of formatting.
                        "rPrChange" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        // Said by both styles, it is unsaid.
                        "rStyle" => look.hidden ^= tag.attribute("val").is_some_and(|id| styles.hides(&id)),
                        "vanish" => direct = Some(is_on(&tag)),
                        "webHidden" => on_the_web |= is_on(&tag),
                        "b" | "bCs" if is_on(&tag) => look.marks |= 2,
                        "i" | "iCs" if is_on(&tag) => look.marks |= 4,
                        "u" if is_on(&tag) => look.marks |= 8,
                        "strike" | "dstrike" if is_on(&tag) => look.marks |= 16,
                        "vertAlign" if tag.attribute("val").is_some_and(|v| v != "baseline") => {
                            look.marks |= 32;
                        }
                        _ => {}
                    }
                }
                Piece::Close(_) => depth -= 1,
                Piece::Text(_) => {}
                Piece::End => break,
            }
        }
        look.hidden = direct.unwrap_or(look.hidden) || on_the_web;
        Ok(look)
    }
}
