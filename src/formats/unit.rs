//! What bilingual files are made of: a text, its translation, and what is known of the pair.

use std::borrow::Cow;

use super::Direction;
use super::placeholder::Placeholders;
use super::told::{LeftOut, Told};
use crate::bitext::{BeadType, Lang, Sides};

/// A text and its translation. One of them may be empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unit<'a> {
    /// Its number in the alignment or its identifier in the file; may be empty.
    pub id: Cow<'a, str>,
    /// The texts.
    pub texts: Sides<Cow<'a, str>>,
    /// What a reviewer decided.
    pub status: Status,
    /// How many segments stand on each side, where that is known.
    pub bead_type: Option<BeadType>,
    /// How sure the aligner is, from 0 to 1, where that is known.
    pub confidence: Option<f64>,
    /// A comment for people; may be empty.
    pub comment: Cow<'a, str>,
    /// What tells it from other units of the same text, such as a menu's name; may be empty.
    pub context: Cow<'a, str>,
    /// Why it is no finished translation, where its file says so.
    pub unfinished: Option<LeftOut>,
}

/// What a reviewer decided about a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Nothing yet.
    #[default]
    Pending,
    /// It is right.
    Accepted,
    /// Somebody should look again.
    Flagged,
}

/// The name of a status in tables.
pub(super) const fn status_name(status: Status) -> &'static str {
    match status {
        Status::Pending => "pending",
        Status::Accepted => "accepted",
        Status::Flagged => "flagged",
    }
}

/// What a bilingual file says of all its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The languages, exactly as their codes are to stand in the file.
    pub languages: Sides<Lang>,
    /// Which way the texts run.
    pub directions: Sides<Direction>,
    /// The name of the document.
    pub name: String,
    /// What becomes of placeholders in the texts.
    pub placeholders: Placeholders,
}

impl Head {
    /// A head for these languages and directions.
    pub fn new(languages: Sides<Lang>, directions: Sides<Direction>) -> Self {
        Self { languages, directions, name: "bitext".to_owned(), placeholders: Placeholders::Text }
    }
}

/// What was read from a bilingual file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bilingual {
    /// The languages, where the file names them.
    pub languages: Sides<Option<Lang>>,
    /// The units, in the order of the file.
    pub units: Vec<Unit<'static>>,
    /// What was left out, and how the rest was read.
    pub told: Told,
}

impl Unit<'_> {
    /// A unit of two texts, of which nothing else is known.
    pub fn of_texts(source: String, target: String) -> Unit<'static> {
        Unit { texts: Sides::new(Cow::Owned(source), Cow::Owned(target)), ..Unit::default() }
    }

    /// Takes a comment, unless there is one already.
    pub(super) fn comment_first(&mut self, comment: String) {
        if self.comment.is_empty() {
            self.comment = Cow::Owned(comment);
        }
    }

    /// The confidence as it is written: four places after the point.
    pub fn confidence_text(&self) -> Option<String> {
        self.confidence.map(|c| format!("{c:.4}"))
    }
}

/// `text` without tabs and line ends: each run of them is one space. For formats with a unit a line.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    const SEPARATORS: [char; 8] = ['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(SEPARATORS) {
        return Cow::Borrowed(text);
    }
    let pieces: Vec<&str> = text.split(SEPARATORS).filter(|p| !p.is_empty()).collect();
    Cow::Owned(pieces.join(" "))
}

/// The bead type `text`, such as `2-1`.
pub(super) fn bead_type(text: &str) -> Option<BeadType> {
    let (source, target) = text.trim().split_once('-')?;
    Some(BeadType::new(source.parse().ok()?, target.parse().ok()?))
}

/// The share `text`, a number from 0 to 1.
pub(super) fn share(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|c| (0.0..=1.0).contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_line_ends_become_a_space() {
        assert_eq!(on_one_line("a\r\n\tb\u{a0}c"), "a b\u{a0}c");
        assert_eq!(on_one_line("a  b"), "a  b");
    }

    #[test]
    fn numbers_out_of_range_are_nothing() {
        assert_eq!(share(" 0.5"), Some(0.5));
        assert_eq!((share("1.5"), share("NaN"), share("x")), (None, None, None));
        assert_eq!(bead_type("2-1"), Some(BeadType::new(2, 1)));
        assert_eq!((bead_type("2"), bead_type("-1-2")), (None, None));
    }
}
