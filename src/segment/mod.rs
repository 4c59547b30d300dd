//! Stage 2: cutting documents into segments, and telling a document's language.
//!
//! In: a [`Document`] with its blocks, and its language. Out: a [`SegmentedDocument`]. Guarantee: segments start
//! and end on non-white characters, never cross a block, and no text is lost: the segments and what stands between
//! them give the document back byte for byte. It is pure, total and linear in the text's length.
//!
//! Where to cut is said by rules, and rules are data ([`SegmentationRules`]): the shipped ones stand in
//! profiles of languages (`src/language/profiles/`), and those for all languages in `src/segment/rules/`; a user's own come as SRX 2.0 ([`read_srx`]), and any can be handed to another
//! tool ([`write_srx`]). A rule says what stands before and after a position; the first that fits decides.
//! One thing rules cannot say, as they cannot count: items numbered one after the other inside a line. With the shipped
//! rules these are looked for in the text (`items.rs`).

mod cutter;
mod detect;
mod dialect;
mod guards;
mod items;
mod known;
mod options;
mod rule;
mod rules;
mod shipped;
mod srx;
mod triggers;

use std::ops::Range;

pub use detect::{WrongScript, check_script, detect_language};
pub(crate) use detect::{can_detect, language_beside};
pub use dialect::DialectError;
pub use known::{KnownRules, known_rules};
pub use options::SegmentOptions;
pub use rule::{AtMark, Condition, Guard, GuardSide, Mark, Rule, RuleAction, Wanted};
pub use rules::{Cascade, LanguageMap, LanguageRules, RulesError, SegmentationRules};
pub use shipped::shipped_rules;
pub use srx::{OnUntranslatable, SrxError, SrxImport, UntranslatedRule, read_srx, write_srx};

use crate::bitext::{BlockKind, Document, Lang, Segment, SegmentedDocument, TextSpan};
use crate::normalize::is_invisible;

/// Cuts a document into segments by the rules for `language`.
///
/// A block of kind [`BlockKind::Presegmented`] is one segment as it stands, without white space at its ends.
/// A line end inside a block is white space like any other. A piece of a block in which nothing can be seen
/// (white space, controls, marks of direction) goes with the piece before it, or after it where there is none.
///
/// ```
/// use muqabala::bitext::{Block, BlockKind, Document, Lang, TextSpan};
/// use muqabala::segment::{SegmentOptions, segment};
///
/// let text = "التقى د. ثابت العباسي الوزير. وناقشا اتفاقية 2008.";
/// let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
/// let cut = segment(Document::new(text.to_owned(), vec![block]).unwrap(), &Lang::arabic(), &SegmentOptions::default());
/// let segments: Vec<&str> = cut.texts().collect();
/// assert_eq!(segments, ["التقى د. ثابت العباسي الوزير.", "وناقشا اتفاقية 2008."]);
/// ```
pub fn segment(document: Document, language: &Lang, options: &SegmentOptions) -> SegmentedDocument {
    let cutter = match &options.rules {
        Some(rules) => rules.cutter(language),
        None => shipped::cutter(language),
    };
    let mut cut = cutter.start(|mark| options.at(mark));
    let (mut segments, mut pieces) = (Vec::new(), Vec::new());
    for (index, block) in document.blocks().iter().enumerate() {
        let text = document.slice(block.span);
        pieces.clear();
        if block.kind == BlockKind::Presegmented {
            pieces.extend(trimmed(text, 0..text.len()));
        } else {
            let mut breaks = cut.breaks(text);
            if options.rules.is_none() {
                items::cut(text, language, &mut breaks);
            }
            pieces_of(text, &breaks, &mut pieces);
        }
        segments.extend(pieces.iter().map(|piece| Segment {
            span: TextSpan::from(piece.clone()).shifted(block.span.start),
            block: index as u32,
        }));
    }
    drop(cut);
    SegmentedDocument::of_segments(document, segments)
}

/// The pieces between `breaks`, trimmed; those in which nothing can be seen joined to a neighbour.
fn pieces_of(text: &str, breaks: &[usize], pieces: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for &to in breaks.iter().chain([&text.len()]) {
        let Some(piece) = trimmed(text, from..to) else { continue };
        if text[piece.clone()].chars().any(can_be_seen) {
            pieces.push(piece);
            from = to;
        } else if let Some(last) = pieces.last_mut() {
            last.end = piece.end;
            from = to;
        }
        // Where there is no piece yet, `from` stays: what cannot be seen opens the next piece.
    }
}

/// `range` without white space at its ends; nothing where it is all white.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &text[range.clone()];
    let rest = piece.trim_start();
    let start = range.start + piece.len() - rest.len();
    let end = start + rest.trim_end().len();
    (start < end).then_some(start..end)
}

/// Whether a character leaves a trace on paper: not white, no control, no mark of direction or joining.
fn can_be_seen(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || is_invisible(c))
}

#[cfg(test)]
mod tests;
