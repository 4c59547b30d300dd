//! What stands between units and after the last: what of it may stay.
//!
//! In: the text before a unit. Out: the same text where it is white space, comments and instructions, else what of it
//! is; and the rest in words, told apart by whether text is lost with it. Guarantee: what stays is well formed.

use std::borrow::Cow;

use super::finding::quoted;
use super::refs::illegal_from;
use super::scan::{Rest, Scanned, Token, TokenKind, is_name, name_of, scan};

/// A gap as it may be written.
#[derive(Debug)]
pub(super) struct Gap<'g> {
    pub(super) text: Cow<'g, str>,
    pub(super) stray: Option<Stray>,
}

/// What of a gap may not stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stray {
    /// Where it begins, in bytes of the gap.
    pub(super) at: usize,
    /// What it is, as a message quotes it.
    pub(super) quoted: String,
    /// Whether text is lost with it, not tags alone.
    pub(super) lost: bool,
}

/// What may stay of `gap`.
pub(super) fn sound_gap(gap: &str) -> Gap<'_> {
    let is_blank = |text: &str| text.trim().is_empty() && illegal_from(text, 0).is_none();
    if is_blank(gap) {
        return Gap { text: Cow::Borrowed(gap), stray: None };
    }
    let (mut kept, mut strays, mut changed): (Vec<Cow<'_, str>>, Vec<(Token, bool)>, bool) =
        (Vec::new(), Vec::new(), false);
    let mut at = 0;
    while let Scanned::Token(token) = scan(gap, at, Rest::None) {
        at = token.end;
        let piece = token.of(gap);
        match token.kind {
            TokenKind::Text if is_blank(piece) => {}
            // The mark of an old end of file, and the bytes that fill up a block.
            TokenKind::Text if piece.trim_matches(['\u{0}', '\u{1a}']).trim().is_empty() => changed = true,
            TokenKind::Comment => {
                let sound = sound_comment(piece);
                changed |= sound.is_some();
                kept.push(sound.map_or(Cow::Borrowed(piece), Cow::Owned));
            }
            TokenKind::Instruction if is_sound_instruction(piece) => kept.push(Cow::Borrowed(piece)),
            TokenKind::Open
            | TokenKind::Empty
            | TokenKind::Close
            | TokenKind::Doctype
            | TokenKind::Instruction => {
                strays.push((token, false));
            }
            TokenKind::Text | TokenKind::CData | TokenKind::Stray | TokenKind::Broken | TokenKind::Cut => {
                strays.push((token, true));
            }
        }
    }
    let Some(((first, _), (last, _))) = strays.first().zip(strays.last()) else {
        let text = if changed { Cow::Owned(lines(&kept)) } else { Cow::Borrowed(gap) };
        return Gap { text, stray: None };
    };
    let stray = Stray {
        at: first.start,
        quoted: quoted(gap[first.start..last.end].trim()),
        lost: strays.iter().any(|(_, lost)| *lost),
    };
    Gap { text: Cow::Owned(lines(&kept)), stray: Some(stray) }
}

fn lines(kept: &[Cow<'_, str>]) -> String {
    kept.iter().fold("\n".to_owned(), |mut out, piece| {
        out.push_str(piece);
        out.push('\n');
        out
    })
}

/// A comment that XML accepts in place of `comment`; `None` where it does accept it.
pub(super) fn sound_comment(comment: &str) -> Option<String> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
    let illegal = illegal_from(inner, 0).is_some();
    if !inner.contains("--") && !inner.ends_with('-') && !illegal {
        return None;
    }
    let mut out = "<!--".to_owned();
    for c in inner.chars() {
        if !crate::xml::is_xml(c) {
            out.push(' ');
            continue;
        }
        if c == '-' && out.ends_with('-') && out.len() > "<!--".len() {
            out.push(' ');
        }
        out.push(c);
    }
    if out.ends_with('-') {
        out.push(' ');
    }
    out.push_str("-->");
    Some(out)
}

/// Whether XML accepts the processing instruction, where no XML declaration may stand.
pub(super) fn is_sound_instruction(instruction: &str) -> bool {
    let target = name_of(instruction).strip_prefix('?').unwrap_or_default();
    let target = target.strip_suffix('?').unwrap_or(target);
    is_name(target)
        && !target.contains(':')
        && !target.eq_ignore_ascii_case("xml")
        && illegal_from(instruction, 0).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(gap: &str) -> String {
        let gap = sound_gap(gap);
        let stray =
            gap.stray.map(|s| format!(" | {} {}{}", s.at, s.quoted, if s.lost { " lost" } else { "" }));
        format!("{:?}{}", gap.text, stray.unwrap_or_default())
    }

    #[test]
    fn white_space_comments_and_instructions_stay() {
        for gap in ["", "\r\n  ", "\n<!-- a - b -->\n<?tool x?> "] {
            assert_eq!(shown(gap), format!("{gap:?}"));
        }
    }

    #[test]
    fn the_rest_is_named() {
        assert_eq!(shown("\n</group><group id=\"1\">\n"), "\"\\n\" | 1 `</group><group id=\"1\">`");
        assert_eq!(shown(" <!-- c --> lost words <x/>"), "\"\\n<!-- c -->\\n\" | 11 `lost words <x/>` lost");
        assert_eq!(shown("<?xml version='1.0'?>"), "\"\\n\" | 0 `<?xml version='1.0'?>`");
        assert_eq!(shown("\0\0\n"), "\"\\n\"");
        assert_eq!(shown("<!-- a -- b --->"), "\"\\n<!-- a - - b - -->\\n\"");
        assert_eq!(shown("<!--a--->"), "\"\\n<!--a- -->\\n\"");
    }
}
