//! A document that holds two languages in turn → two documents.
//!
//! In: a document whose lines, paragraphs, cells or blocks are in one of two languages, and the languages if they are
//! known. Out: a document for each, and what belongs to neither. Guarantee: every piece of text is in one of the two
//! documents or named as left out, exactly as it stood; deterministic, and linear in the text's length.
//!
//! Languages of two scripts are told by their letters, those of one script by the words of each piece (`tell`); what
//! says nothing itself, such as a number, is told by its place where the two languages alternate (`places`).

mod places;
mod tell;

use crate::bitext::{Block, BlockKind, Document, Lang, Side, Sides, TextSpan};
use crate::read::{Format, ReadDocument, plain};
use tell::Told;

/// A document taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Apart {
    /// What is in each language, in its order.
    pub documents: Sides<Document>,
    /// The languages, where they were named or had to be told to part the text.
    pub languages: Sides<Option<Lang>>,
    /// The pieces that could not be told, as they stand.
    pub left_out: Vec<String>,
}

/// Why a document is not taken apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotApart {
    /// There is but one language, or none that can be told.
    #[error("two languages in turn could not be found in it")]
    OneLanguage,
    /// A language that was named is not there.
    #[error("no text in {0} was found in it")]
    Missing(Lang),
}

/// A stretch of a block that no line break, tab or wide gap cuts.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: TextSpan,
    kind: BlockKind,
    /// Which block it is of.
    block: usize,
}

/// Takes `read` apart; a text must have been read with its lines as they stand
/// ([`Lines::AsTheyStand`](crate::read::Lines::AsTheyStand)). The source is the language named for it, else the one that
/// comes first.
pub fn take_apart(read: &ReadDocument, wanted: &Sides<Option<Lang>>) -> Result<Apart, NotApart> {
    let document = &read.document;
    let pieces = pieces(document);
    let texts: Vec<&str> = pieces.iter().map(|p| document.slice(p.span)).collect();
    let Told { mut sides, languages } = tell::tell(&texts, wanted)?;
    places::fill(&mut sides);
    let of = |side| -> Vec<Piece> {
        let own = pieces.iter().zip(&sides).filter(|(_, told)| told.side() == Some(side));
        own.map(|(piece, _)| *piece).collect()
    };
    let made = |side| match read.format {
        Format::Text => lines_again(document, &of(side)),
        _ => blocks_again(document, &of(side)),
    };
    let left = texts.iter().zip(&sides).filter(|(_, told)| told.side().is_none());
    Ok(Apart {
        documents: Sides::new(made(Side::Source), made(Side::Target)),
        languages,
        left_out: left.map(|(text, _)| (*text).to_owned()).collect(),
    })
}

/// What may stand between two columns of a text: so many spaces.
const GAP: &str = "   ";

fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, block) in document.blocks().iter().enumerate() {
        let text = document.slice(block.span);
        let mut start = 0;
        while start < text.len() {
            let rest = &text[start..];
            let break_at = rest.find(['\n', '\r', '\t', '\u{b}', '\u{2028}']);
            let end = [break_at, rest.find(GAP)].into_iter().flatten().min().unwrap_or(rest.len());
            let line = &rest[..end];
            let from = block.span.start + start + (line.len() - line.trim_start().len());
            let span = TextSpan::new(from, from + line.trim().len());
            if !span.is_empty() {
                pieces.push(Piece { span, kind: block.kind, block: at });
            }
            start += end + rest[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    pieces
}

/// The document of the pieces of a text: its lines, apart where they stood apart.
fn lines_again(document: &Document, pieces: &[Piece]) -> Document {
    let mut text = String::new();
    let mut before: Option<Piece> = None;
    for piece in pieces {
        if let Some(before) = before {
            let between = &document.text()[before.span.end..piece.span.start];
            let breaks = between.replace("\r\n", "\n").matches(['\n', '\r', '\u{2028}']).count();
            let follows = between.trim().is_empty() && breaks == 1;
            text.push_str(if follows { "\n" } else { "\n\n" });
        }
        text.push_str(document.slice(piece.span));
        before = Some(*piece);
    }
    plain::document(text)
}

/// The document of the pieces of one with marked blocks: those that follow each other in one block are one.
fn blocks_again(document: &Document, pieces: &[Piece]) -> Document {
    let mut text = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<Piece> = None;
    for piece in pieces {
        let follows = before.filter(|before| {
            before.block == piece.block
                && document.text()[before.span.end..piece.span.start].trim().is_empty()
        });
        if let (Some(before), Some(block)) = (follows, blocks.last_mut()) {
            text.push_str(&document.text()[before.span.end..piece.span.end]);
            block.span.end = text.len();
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(document.slice(piece.span));
            blocks.push(Block { span: TextSpan::new(start, text.len()), kind: piece.kind });
        }
        before = Some(*piece);
    }
    Document::of_blocks(text, blocks)
}

#[cfg(test)]
mod tests;
