//! A line of text as it is read.
//!
//! In: a piece of a line, and what is known of the paragraph that it stands in. Out: its text. Guarantee: which way a
//! line runs is told by its paragraph where it does not tell itself: by its marks, or by its letters.

use super::cells::Before;
use super::lines::Piece;
use super::order::{self, Brackets};

/// What is known of the whole document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Script {
    /// Whether most of it runs from right to left.
    pub from_right: bool,
    /// How its brackets are given, where a line does not tell.
    pub brackets: Brackets,
}

/// A line of text and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    pub from_right: bool,
    /// How wide its first word is.
    pub first_word: f32,
    piece: Piece,
}

impl Line {
    /// A line that stands alone: the first of its paragraph.
    pub(super) fn alone(piece: Piece, script: Script) -> Self {
        let own = piece.runs_left(script.from_right);
        let shown = || order::direction_shown(&piece.cells()) == Some(script.from_right);
        let from_right = if own != script.from_right && shown() { script.from_right } else { own };
        let mut line = Self {
            text: String::new(),
            left: piece.left,
            right: piece.right,
            baseline: piece.baseline,
            size: piece.size,
            from_right,
            first_word: 0.0,
            piece,
        };
        line.turn(from_right);
        line.read(Before::Other, script);
        line
    }

    /// Makes it a line of a paragraph that runs from right to left, or from left to right; its text is not read anew.
    pub(super) fn turn(&mut self, from_right: bool) {
        self.from_right = from_right;
        self.first_word = first_word(&self.piece, from_right);
    }

    /// Reads its text; `before` is the last letter before it in its paragraph.
    pub(super) fn read(&mut self, before: Before, script: Script) {
        self.text = self.piece.text(self.from_right, script.brackets, before);
    }

    /// How far from its beginning the sign stands that follows so many others.
    pub(super) fn start_after(&self, signs: usize) -> Option<f32> {
        let mut drawn = self.piece.glyphs.iter().filter(|g| !g.text.trim().is_empty() && !g.is_narrow());
        if self.from_right {
            drawn.rev().nth(signs).map(|g| self.right - g.right)
        } else {
            drawn.nth(signs).map(|g| g.left - self.left)
        }
    }

    /// Which way it runs by the marks at its ends, if they tell; true is from right to left.
    pub(super) fn shown(&self) -> Option<bool> {
        order::direction_shown(&self.piece.cells())
    }
}

fn first_word(piece: &Piece, from_right: bool) -> f32 {
    let blank = |g: &super::glyphs::Glyph| g.text.trim().is_empty();
    let first_word = if from_right {
        let start = piece.glyphs.iter().rposition(blank).map_or(piece.left, |n| piece.glyphs[n].right);
        piece.right - start
    } else {
        let end = piece.glyphs.iter().position(blank).map_or(piece.right, |n| piece.glyphs[n].left);
        end - piece.left
    };
    match piece.first_gap(from_right) {
        Some(width) => width.min(first_word),
        None => first_word,
    }
}
