//! Text that is drawn more than once on nearly the same place, as shadows, outlines and bold letters are.
//!
//! In: the glyphs of a sheet, in the order of drawing. Out: the same without the later copies. Guarantee: a copy has the
//! text and the size of what it copies and lies over it, so that letters that stand side by side stay; it takes time
//! `O(n)`.

use std::collections::HashMap;

use super::glyphs::Glyph;

/// How far a copy may lie from what it copies: parts of the size of the letters.
const REACH: f32 = 0.15;
/// The same as a part of the width of a letter: of one on the same line, of one that is not, and of its size at least.
const REACH_ON_LINE: f32 = 0.75;
const REACH_BESIDE_LINE: f32 = 0.9;
const LEAST_REACH: f32 = 0.08;

/// Where a glyph is looked for: a number for its size, and the square that it stands in.
type Square = (i32, i64, i64);
/// Glyphs of a square that are looked at: it is smaller than most letters, and what else is crowded into it is given as it
/// is.
const MOST_IN_SQUARE: usize = 16;

/// Leaves out what is drawn again. Glyphs that take no room, such as marks, are left out with a letter beside them.
pub(super) fn drop_copies(glyphs: &mut Vec<Glyph>) {
    let copies = copies(glyphs);
    let letter = |at: &usize| !glyphs[*at].is_narrow();
    let dropped = |at: usize| {
        let copied = |at: Option<usize>| at.is_some_and(|at| copies[at]);
        let beside = || {
            let before = (at.saturating_sub(4)..at).rev().find(letter);
            let after = (at + 1..(at + 5).min(glyphs.len())).find(letter);
            copied(before) || copied(after)
        };
        copies[at] && (letter(&at) || beside())
    };
    let dropped: Vec<bool> = (0..glyphs.len()).map(dropped).collect();
    let mut flags = dropped.into_iter();
    glyphs.retain(|_| !flags.next().unwrap_or(false));
}

/// Which glyphs lie over one with the same text that was drawn before and is no copy.
fn copies(glyphs: &[Glyph]) -> Vec<bool> {
    // The last glyph of each square that is no copy, and the one before each in its square.
    let mut last: HashMap<Square, usize> = HashMap::with_capacity(glyphs.len());
    let mut before: Vec<Option<usize>> = vec![None; glyphs.len()];
    let mut copies = Vec::with_capacity(glyphs.len());
    for (index, glyph) in glyphs.iter().enumerate() {
        let size = glyph.size.max(0.1).log2().ceil() as i32;
        let width = REACH * (size as f32).exp2();
        let reach = REACH * glyph.size;
        let square = |from: f32| (from / width).floor() as i64;
        let copied = |at: usize| glyph.text == glyphs[at].text && lies_over(glyph, &glyphs[at]);
        let is_copy = (square(glyph.left - reach)..=square(glyph.left + reach)).any(|column| {
            (square(glyph.baseline - reach)..=square(glyph.baseline + reach)).any(|row| {
                let first = last.get(&(size, column, row)).copied();
                std::iter::successors(first, |at| before[*at]).take(MOST_IN_SQUARE).any(copied)
            })
        });
        if !is_copy {
            before[index] = last.insert((size, square(glyph.left), square(glyph.baseline)), index);
        }
        copies.push(is_copy);
    }
    copies
}

fn lies_over(copy: &Glyph, first: &Glyph) -> bool {
    let size = first.size;
    let beside_line = (copy.baseline - first.baseline).abs() > 0.02 * size;
    let of_width = if beside_line { REACH_BESIDE_LINE } else { REACH_ON_LINE };
    let reach = if first.is_unknown() {
        // Others that nobody can name may well stand over one another.
        LEAST_REACH * size
    } else if first.is_narrow() {
        REACH * size
    } else {
        (of_width * (first.right - first.left)).clamp(LEAST_REACH * size, REACH * size)
    };
    (copy.size - size).abs() < 0.05 * size
        && copy.is_narrow() == first.is_narrow()
        && (copy.left - first.left).abs() < reach
        && (copy.baseline - first.baseline).abs() < REACH * size
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters five points wide of the size ten, side by side; marks take no room.
    fn drawn(text: &str, left: f32, baseline: f32) -> Vec<Glyph> {
        let mut at = left;
        let glyph = |c: char| {
            let width = if c == '\u{64e}' { 0.0 } else { 2.5 };
            let glyph =
                Glyph { text: c.to_string(), left: at, right: at + width, ink: None, baseline, size: 10.0 };
            at += width;
            glyph
        };
        text.chars().map(glyph).collect()
    }

    fn kept(drawn: &[Vec<Glyph>]) -> String {
        let mut glyphs = drawn.concat();
        drop_copies(&mut glyphs);
        glyphs.iter().map(|g| g.text.as_str()).collect()
    }

    #[test]
    fn text_that_is_drawn_again_is_given_once() {
        let word = |x: f32, y: f32| drawn("all is well", 20.0 + x, 100.0 + y);
        assert_eq!(kept(&[word(0.0, 0.0)]), "all is well");
        // A shadow, and an outline of four.
        assert_eq!(kept(&[word(1.2, 1.2), word(0.0, 0.0)]), "all is well");
        let around = [(-0.3, 0.0), (0.3, 0.0), (0.0, -0.3), (0.0, 0.3)];
        assert_eq!(kept(&around.map(|(x, y)| word(x, y))), "all is well");
        // Another line, and the same letters further on, are no copies.
        assert_eq!(kept(&[word(0.0, 0.0), word(0.0, 12.0)]), "all is wellall is well");
        assert_eq!(kept(&[word(0.0, 0.0), word(1.0, 5.0)]), "all is wellall is well");
    }

    #[test]
    fn marks_go_with_the_letters_that_are_drawn_again() {
        let word = "ب\u{64e}ب\u{64e}";
        assert_eq!(kept(&[drawn(word, 20.0, 100.0)]), word);
        assert_eq!(kept(&[drawn(word, 20.0, 100.0), drawn(word, 20.5, 100.5)]), word);
        // Two marks near one another on letters that are no copies.
        let near = [drawn("\u{64e}", 20.0, 100.0), drawn("ب", 20.0, 100.0), drawn("\u{64e}", 20.5, 100.0)];
        assert_eq!(kept(&near), "\u{64e}ب\u{64e}");
    }
}
