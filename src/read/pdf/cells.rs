//! The cells of a line: what takes part in ordering it.
//!
//! In: the text of a glyph. Out: the same with what the Unicode Bidirectional Algorithm (UAX #9) takes it for.

use unicode_bidi::{BidiClass, bidi_class};

use super::paragraphs::ends_sentence;

/// What takes part in ordering: a letter with its marks, a ligature, a digit or another character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter of a script that runs from right to left.
    Right,
    /// Another letter.
    Left,
    Digit,
    /// What stands inside numbers: `.`, `,`, `:`, `/`.
    Separator,
    /// What stands inside numbers that no Arabic letter stands before: `-`, `+`.
    Sign,
    /// What stands at their ends: `%`, `$`.
    Unit,
    Other,
}

impl Cell {
    /// A cell of this text.
    pub(super) fn new(text: String) -> Self {
        let kind = text.chars().find_map(|c| match bidi_class(c) {
            BidiClass::R | BidiClass::AL => Some(Kind::Right),
            BidiClass::L => Some(Kind::Left),
            BidiClass::EN | BidiClass::AN if c.is_numeric() => Some(Kind::Digit),
            BidiClass::AN | BidiClass::CS if !c.is_whitespace() => Some(Kind::Separator),
            BidiClass::ES => Some(Kind::Sign),
            BidiClass::ET => Some(Kind::Unit),
            BidiClass::NSM => None,
            _ => Some(Kind::Other),
        });
        Self { text, kind: kind.unwrap_or(Kind::Other) }
    }

    /// Whether it is of white space alone.
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// Whether it is a letter of a script that runs from right to left.
    pub(super) fn is_right_to_left(&self) -> bool {
        self.kind == Kind::Right
    }

    /// Whether it is another letter.
    pub(super) fn is_left_to_right(&self) -> bool {
        self.kind == Kind::Left
    }

    /// Whether it is a digit of those that Arabic letters change (UAX #9, W2): `1` and `۱`, but not `١`.
    pub(super) fn is_european(&self) -> bool {
        self.kind == Kind::Digit && self.text.chars().any(|c| bidi_class(c) == BidiClass::EN)
    }

    /// Whether one of the two runs from right to left and the other is a letter or a digit that does not.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let latin = |cell: &Self| matches!(cell.kind, Kind::Left | Kind::Digit);
        self.is_right_to_left() && latin(other) || latin(self) && other.is_right_to_left()
    }
}

/// The last letter that stands before a place in its paragraph: numbers stand as it tells them to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Before {
    /// None, or one of another script that runs from right to left.
    #[default]
    Other,
    /// An Arabic letter: signs part the numbers after it.
    Arabic,
    /// An Arabic letter in a line above: signs part the numbers after it, unless the line was put in order by itself.
    Above,
    /// One that runs from left to right: numbers after it belong to it.
    Left,
}

impl Before {
    /// What stands before a place behind `text`, which stands behind `self`.
    pub(super) fn then(self, text: &str) -> Self {
        let last = text.chars().rev().find_map(|c| match bidi_class(c) {
            BidiClass::AL => Some(Self::Arabic),
            BidiClass::R => Some(Self::Other),
            BidiClass::L => Some(Self::Left),
            _ => None,
        });
        last.unwrap_or(self)
    }

    /// The same for a new line of the paragraph `text`.
    pub(super) fn above(self, text: &str) -> Self {
        match self {
            // What stands behind a sentence may well be a paragraph of its own.
            Self::Arabic | Self::Above if ends_sentence(text) => Self::Other,
            Self::Arabic => Self::Above,
            other => other,
        }
    }
}

/// The counterpart of a bracket or of an angle quotation mark, and whether the character opens.
pub(super) const fn mirror(c: char) -> Option<(char, bool)> {
    Some(match c {
        '(' => (')', true),
        ')' => ('(', false),
        '[' => (']', true),
        ']' => ('[', false),
        '{' => ('}', true),
        '}' => ('{', false),
        '«' => ('»', true),
        '»' => ('«', false),
        '‹' => ('›', true),
        '›' => ('‹', false),
        '<' => ('>', true),
        '>' => ('<', false),
        '\u{fd3f}' => ('\u{fd3e}', true),
        '\u{fd3e}' => ('\u{fd3f}', false),
        _ => return None,
    })
}
