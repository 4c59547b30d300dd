//! The content of a segment of TMX or XLIFF: its text, and what becomes of the elements in it.
//!
//! Elements that hold native codes (`bpt`, `ept`, `ph`, `it`, `ut` and the like) are left out; one that stands for a
//! break or a blank is a space, unless there is white space beside it. The text inside all other elements stays,
//! known or not. What stands in `sub` is text of its own.

use std::collections::BTreeMap;

use super::FormatError;
use super::xml::{Piece, Pieces, Tag};

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

/// What an open element is.
enum Open {
    /// Markup around text that counts.
    Markup,
    /// A piece that a tool cut, by its place among them.
    Cut(usize),
    /// A native code, and what stands in it.
    Code { blank: bool, native: String },
    /// Text of its own inside a code.
    Inner,
    /// Text marked as deleted.
    Deleted { blank: bool },
}

/// The content of the element that was opened last; `native` are the codes that the unit keeps elsewhere.
pub(super) fn content(
    pieces: &mut Pieces<'_>,
    native: &BTreeMap<String, String>,
) -> Result<Content, FormatError> {
    let mut found = Content::default();
    let mut open: Vec<Open> = Vec::new();
    let mut blank_due = false;
    let push = |found: &mut Content, blank_due: &mut bool, text: &str| {
        if std::mem::take(blank_due)
            && !text.starts_with(char::is_whitespace)
            && found.text.chars().next_back().is_some_and(|c| !c.is_whitespace())
        {
            found.text.push(' ');
        }
        found.text.push_str(text);
    };
    loop {
        match pieces.next_piece()? {
            Piece::Text(text) if text.is_empty() => {}
            Piece::Text(text) => {
                let inside = open.iter_mut().rev().find(|o| !matches!(o, Open::Markup | Open::Cut(_)));
                match inside {
                    Some(Open::Code { native, .. }) => native.push_str(&text),
                    Some(Open::Inner) => {
                        if let Some(inner) = found.inner.last_mut() {
                            inner.push_str(&text);
                        }
                    }
                    Some(Open::Deleted { blank }) => *blank &= text.trim().is_empty(),
                    _ => push(&mut found, &mut blank_due, &text),
                }
            }
            Piece::Open(tag) => open.push(match &*tag.name {
                "bpt" | "ept" | "it" | "ph" | "ut" | "x" | "bx" | "ex" | "sc" | "ec" => Open::Code {
                    blank: says_blank(&tag),
                    native: tag.get("dataRef").and_then(|id| native.get(id)).cloned().unwrap_or_default(),
                },
                // Outside of a code it is markup as any other.
                "sub" if open.iter().any(|o| matches!(o, Open::Code { .. })) => {
                    found.inner.push(String::new());
                    Open::Inner
                }
                "cp" => {
                    let hex = tag.get("hex").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                    if let Some(c) = hex.and_then(char::from_u32) {
                        push(&mut found, &mut blank_due, c.encode_utf8(&mut [0; 4]));
                    }
                    Open::Markup
                }
                "mrk" if tag.get("mtype") == Some("seg") => {
                    let at = found.text.len();
                    found.cuts.push((tag.get("mid").map(str::to_owned), at..at));
                    Open::Cut(found.cuts.len() - 1)
                }
                "mrk" if tag.get("mtype") == Some("x-sdl-deleted") => Open::Deleted { blank: true },
                _ => Open::Markup,
            }),
            Piece::Close(_) => match open.pop() {
                Some(Open::Code { blank, native }) => {
                    let inside = open.iter().any(|o| matches!(o, Open::Code { .. } | Open::Inner));
                    blank_due |= !inside && (blank || is_blank_code(&native));
                }
                Some(Open::Cut(at)) => found.cuts[at].1.end = found.text.len(),
                Some(Open::Deleted { blank }) => found.deleted += usize::from(!blank),
                Some(Open::Markup | Open::Inner) => {}
                None => return Ok(found),
            },
            Piece::End => return Ok(found),
        }
    }
}

/// Whether the attributes of a code say that it is a break or a blank.
fn says_blank(tag: &Tag) -> bool {
    let kind = ["ctype", "type", "subType"].into_iter().filter_map(|name| tag.get(name)).any(|kind| {
        let kind = kind.to_ascii_lowercase();
        let kind = kind.strip_prefix("x-").unwrap_or(&kind);
        let kind = kind.rsplit_once(':').map_or(kind, |(_, last)| last);
        let kind: String = kind.chars().filter(char::is_ascii_alphanumeric).collect();
        matches!(
            &*kind,
            "lb" | "br"
                | "pb"
                | "tab"
                | "nbsp"
                | "space"
                | "break"
                | "newline"
                | "linebreak"
                | "pagebreak"
                | "softbreak"
                | "softreturn"
                | "softlinebreak"
                | "linefeed"
                | "columnbreak"
                | "hardbreak"
        )
    });
    let shown = ["equiv-text", "equiv", "disp"].into_iter().filter_map(|name| tag.get(name));
    kind || shown.into_iter().any(is_blank_code)
}

/// Whether a native code is a break or a blank: `<br/>`, `\n`, `{\line}`, `&nbsp;`, or white space itself.
fn is_blank_code(native: &str) -> bool {
    if native.is_empty() {
        return false;
    }
    let code =
        native.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}')).to_ascii_lowercase();
    if code.is_empty() {
        return native.chars().all(char::is_whitespace);
    }
    let element = code.strip_prefix('<').map(|rest| {
        rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default()
    });
    let element = element.map(|name| name.rsplit_once(':').map_or(name, |(_, local)| local));
    matches!(element, Some("br" | "tab" | "cr" | "line-break" | "s" | "hr"))
        && !code.starts_with("<s>")
        && !code.starts_with("<s ")
        || matches!(
            &*code,
            "\\n"
                | "\\r"
                | "\\r\\n"
                | "\\t"
                | "\\line"
                | "\\par"
                | "\\tab"
                | "\\~"
                | "&nbsp;"
                | "&#160;"
                | "&#10;"
        )
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
