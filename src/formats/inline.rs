//! The content of a segment of TMX or XLIFF: its text, and what becomes of the elements in it.
//!
//! Elements that hold native codes (`bpt`, `ept`, `ph`, `it`, `ut` and the like) are left out; one that stands for a
//! break or a blank is a space, unless there is white space beside it. The text inside all other elements stays,
//! known or not. What stands in `sub` is text of its own.

use std::collections::BTreeMap;

use super::FormatError;
use super::xml::{Piece, Pieces, Tag};
use crate::tmx::{Element, Flat, is_blank_code, is_blank_kind, is_code};

/// What stands in a segment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// The text, without codes.
    pub(super) text: String,
    /// The pieces into which a tool cut it: what it calls each, and where in the text it is.
    pub(super) cuts: Vec<(Option<String>, std::ops::Range<usize>)>,
    /// The texts inside codes.
    pub(super) inner: Vec<String>,
    /// How many texts in it are marked as deleted.
    pub(super) deleted: usize,
}

/// The content of the element that was opened last; `native` are the codes that the unit keeps elsewhere.
pub(super) fn content(
    pieces: &mut Pieces<'_>,
    native: &BTreeMap<String, String>,
) -> Result<Content, FormatError> {
    let mut found = Flat::default();
    loop {
        match pieces.next_piece()? {
            Piece::Text(text) => found.text(&text),
            Piece::Open(tag) => {
                found.open(&element(&tag, native));
                if tag.name == "cp" {
                    let hex = tag.get("hex").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                    if let Some(c) = hex.and_then(char::from_u32) {
                        found.text(c.encode_utf8(&mut [0; 4]));
                    }
                }
            }
            Piece::Close(_) if found.is_open() => found.close(),
            Piece::Close(_) | Piece::End => {
                let Flat { text, cuts, inner, deleted, .. } = found;
                return Ok(Content { text, cuts, inner, deleted });
            }
        }
    }
}

/// What an element is.
fn element<'t>(tag: &'t Tag, native: &'t BTreeMap<String, String>) -> Element<'t> {
    match &*tag.name {
        name if is_code(name) || matches!(name, "bx" | "ex" | "sc" | "ec") => {
            let kept = tag.get("dataRef").and_then(|id| native.get(id));
            Element::Code { blank: says_blank(tag), native: kept.map_or("", String::as_str) }
        }
        "sub" => Element::Sub,
        "mrk" if tag.get("mtype") == Some("seg") => Element::Cut(tag.get("mid")),
        "mrk" if tag.get("mtype") == Some("x-sdl-deleted") => Element::Deleted,
        _ => Element::Markup,
    }
}

/// Whether the attributes of a code say that it is a break or a blank.
fn says_blank(tag: &Tag) -> bool {
    let kind = ["ctype", "type", "subType"].into_iter().filter_map(|name| tag.get(name)).any(is_blank_kind);
    let mut shown = ["equiv-text", "equiv", "disp"].into_iter().filter_map(|name| tag.get(name));
    kind || shown.any(is_blank_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inside: &str) -> Content {
        let xml = format!("<seg>{inside}</seg>");
        let mut pieces = Pieces::new(&xml);
        pieces.root().unwrap();
        content(&mut pieces, &BTreeMap::new()).unwrap()
    }

    #[test]
    fn text_stays_in_all_but_native_codes() {
        assert_eq!(
            of("Press <g id='1'>the <k:b xmlns:k='k'>green</k:b></g> one<x id='2'/>.").text,
            "Press the green one."
        );
        assert_eq!(
            of("a <bpt i='1'>&lt;b&gt;</bpt>b<ept i='1'>&lt;/b&gt;</ept> <![CDATA[<c>]]><!-- d --><?e f?>")
                .text,
            "a b <c>"
        );
        let inner = of("see <ph>&lt;img alt='<sub>a <bpt i='1'>x</bpt>cat</sub>'/></ph>it");
        assert_eq!((&*inner.text, &*inner.inner), ("see it", &["a cat".to_owned()][..]));
        assert_eq!(of("a <sub>b</sub> c").text, "a b c");
        let deleted = of("now<mrk mtype='x-sdl-deleted'> then</mrk>");
        assert_eq!((&*deleted.text, deleted.deleted), ("now", 1));
    }

    #[test]
    fn a_code_that_is_a_break_is_white_space() {
        for code in [
            "<ph type='lb'/>",
            "<x id='1' ctype='lb'/>",
            "<x id='1' ctype='x-br'/>",
            "<ph>&lt;br/></ph>",
            "<ph>&lt;BR class='a'></ph>",
            "<ph>\\n</ph>",
            "<ut>{\\line }</ut>",
            "<ph>&amp;nbsp;</ph>",
            "<ph type='fmt' subType='xlf:lb'/>",
            "<x equiv-text='&#10;'/>",
            "<ph>&lt;w:br/></ph>",
        ] {
            assert_eq!(of(&format!("gap{code}and")).text, "gap and", "{code}");
            assert_eq!(of(&format!("{code}gap {code}and{code}")).text, "gap and", "{code}");
        }
        for code in ["<ph>&lt;s></ph>", "<ph>&lt;b></ph>", "<ph/>", "<ph type='bold'/>", "<ph>{0}</ph>"] {
            assert_eq!(of(&format!("g{code}d")).text, "gd", "{code}");
        }
    }

    #[test]
    fn what_a_tool_cut_is_found_wherever_it_stands() {
        let cut = of(
            "<g id='1'><mrk mtype='seg' mid='1'>One.</mrk> <mrk mtype='seg' mid='2'>T<g>w</g>o.</mrk></g> ",
        );
        let pieces: Vec<(&str, &str)> =
            cut.cuts.iter().map(|(mid, place)| (mid.as_deref().unwrap(), &cut.text[place.clone()])).collect();
        assert_eq!(pieces, [("1", "One."), ("2", "Two.")]);
    }
}
