//! What stands around the text of pages: heads, feet, page numbers, footnotes.
//!
//! In: the pieces of lines of all pages, from above. Out: the same without heads, feet and page numbers; footnotes
//! apart. Guarantee: a page keeps at least one line; a number is left out only where it counts pages.

use super::cells::Before;
use super::lines::Piece;
use super::order::Brackets;
use crate::read::running::{self, Running};

/// How many lines at the head and at the foot are looked at.
const DEPTH: usize = 3;
/// Notes are printed in letters smaller than this part of those of the text.
const NOTE_SIZE: f32 = 0.89;

/// The place of a line on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Head,
    Foot,
}

/// Leaves out page numbers and the lines that stand at the head or the foot of many pages; says how many lines.
pub(super) fn leave_out(pages: &mut [Vec<Piece>]) -> usize {
    let mut count = 0;
    for _ in 0..DEPTH {
        let filled = pages.iter().filter(|p| !p.is_empty()).count();
        let mut gone = false;
        for end in [End::Head, End::Foot] {
            let ends: Vec<Option<Running>> = pages.iter().map(|p| outermost(p, end).map(key)).collect();
            let drop = running::repeated(&ends, filled);
            for (page, index) in pages.iter_mut().zip(0..) {
                let row = outermost(page, end).map_or(0, <[Piece]>::len);
                // A page keeps something.
                if drop.contains(&index) && row < page.len() {
                    match end {
                        End::Head => drop_first(page, row),
                        End::Foot => page.truncate(page.len() - row),
                    }
                    gone = true;
                    count += 1;
                }
            }
        }
        if !gone {
            break;
        }
    }
    count
}

fn drop_first(page: &mut Vec<Piece>, count: usize) {
    page.drain(..count);
}

/// The pieces of the first or the last line of a page.
fn outermost(page: &[Piece], end: End) -> Option<&[Piece]> {
    let near = |a: &Piece, b: &Piece| (a.baseline - b.baseline).abs() < 0.4 * a.size.max(b.size);
    match end {
        End::Head => {
            let first = page.first()?;
            Some(&page[..page.iter().take_while(|p| near(p, first)).count()])
        }
        End::Foot => {
            let last = page.last()?;
            Some(&page[page.len() - page.iter().rev().take_while(|p| near(p, last)).count()..])
        }
    }
}

/// A line without its numbers, and these.
fn key(row: &[Piece]) -> Running {
    let mut words: Vec<String> =
        row.iter().map(|p| p.cells().iter().map(|c| c.text.as_str()).collect::<String>()).collect();
    words.sort();
    Running::of(&words.join(" "))
}

/// Takes the footnotes off the pages: lines in small letters at the foot, of which the first begins as a note does.
pub(super) fn footnotes(pages: &mut [Vec<Piece>]) -> Vec<Vec<Piece>> {
    let mut sizes: Vec<f32> = pages.iter().flatten().flat_map(|p| p.glyphs.iter().map(|_| p.size)).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let take = |page: &mut Vec<Piece>| {
        let small = page.iter().rev().take_while(|p| p.size < NOTE_SIZE * usual).count();
        if small == 0 || small == page.len() {
            return Vec::new();
        }
        let start = page.len() - small;
        // Where small letters begin otherwise, a table or the like is set in them.
        let begins = |p: &Piece| begins_note(&p.text(p.runs_left(true), Brackets::Meant, Before::Other));
        match page[start..].iter().position(begins) {
            Some(0) => page.split_off(start),
            _ => Vec::new(),
        }
    };
    pages.iter_mut().map(take).collect()
}

/// Whether a line begins as a footnote does.
pub(super) fn begins_note(line: &str) -> bool {
    let line = line.trim_start_matches(['(', '[', ')', ']']);
    let digits = line.chars().take_while(|c| c.is_numeric()).count();
    (1..=3).contains(&digits) && line.chars().any(char::is_alphabetic)
        || line.starts_with(['*', '†', '‡', '§'])
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::Glyph;
    use super::*;

    fn line(text: &str, line: usize, size: f32) -> Piece {
        let glyph = |(n, c): (usize, char)| Glyph {
            text: c.to_string(),
            left: 100.0 + 5.0 * n as f32,
            right: 105.0 + 5.0 * n as f32,
            ink: None,
            baseline: 15.0 * line as f32,
            size,
        };
        let glyphs: Vec<Glyph> = text.chars().enumerate().map(glyph).collect();
        Piece::joined(vec![Piece { glyphs, left: 100.0, right: 0.0, baseline: 0.0, size, blanks: true }])
    }

    fn left(pages: &[&[&str]]) -> Vec<Vec<String>> {
        let mut pages: Vec<Vec<Piece>> =
            pages.iter().map(|p| p.iter().enumerate().map(|(n, t)| line(t, n, 10.0)).collect()).collect();
        leave_out(&mut pages);
        let text = |p: &Piece| p.glyphs.iter().map(|g| g.text.as_str()).collect();
        pages.iter().map(|p| p.iter().map(text).collect()).collect()
    }

    #[test]
    fn heads_and_numbers_go_and_other_numbers_stay() {
        let pages: [&[&str]; 3] =
            [&["Report", "a", "- 7 -"], &["Report", "b", "- 8 -"], &["Report", "c", "1998", "- 9 -"]];
        assert_eq!(left(&pages), [vec!["a"], vec!["b"], vec!["c", "1998"]]);
        assert_eq!(left(&[&["a", "1"]]), [["a"]]);
        assert_eq!(left(&[&["a", "2024"]]), [["a", "2024"]]);
        assert_eq!(left(&[&["1"], &["2"], &["x", "3"]]), [vec!["1"], vec!["2"], vec!["x"]]);
        assert_eq!(left(&[&["a", "1990"], &["b", "2024"]]), [["a", "1990"], ["b", "2024"]]);
    }

    #[test]
    fn footnotes_stand_apart() {
        let mut pages = vec![vec![
            line("text of a page", 0, 10.0),
            line("more", 1, 10.0),
            line("1 a note", 3, 8.0),
            line("goes on", 4, 8.0),
        ]];
        let notes = footnotes(&mut pages);
        assert_eq!((pages[0].len(), notes[0].len()), (2, 2));
        let mut pages = vec![vec![line("text of a page", 0, 10.0), line("a caption", 1, 8.0)]];
        assert!(footnotes(&mut pages)[0].is_empty());
    }
}
