//! The pieces on a sheet → the order in which they are read.
//!
//! In: pieces of lines with their places. Out: parts in reading order: lines of running text, each column after
//! the other, and the cells of tables, row by row. Guarantee: every piece is in one part. Columns are told from
//! tables by their text: it fills them.
//!
//! The page is cut again and again, as in the X-Y cut (Nagy and Seth, "Hierarchical Representation of Optically
//! Scanned Documents", 1984), but only where a gap goes down through several lines. For `n` lines it takes time
//! `O(n²)` for each cut.

use super::lines::Piece;

/// A part of a page, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Lines one under the other, in one column.
    Column(Vec<Piece>),
    /// A row of a table, its cells in reading order.
    Row(Vec<Piece>),
}

/// How deep columns may stand in columns.
const DEEPEST: usize = 8;
/// Widths of places where columns might part: points.
const STEP: f32 = 3.0;
/// Lines that a gap must go through.
const FEWEST: usize = 3;

/// The parts of a sheet; `from_right` says whether its text runs from right to left.
pub(super) fn parts(pieces: Vec<Piece>, from_right: bool) -> Vec<Part> {
    let mut out = Vec::new();
    cut(rows(pieces), from_right, DEEPEST, &mut out);
    out
}

/// Pieces on the same height.
fn rows(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.baseline - row[0].baseline < 0.4 * row[0].size.max(piece.size) => {
                row.push(piece);
            }
            _ => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

fn cut(rows: Vec<Vec<Piece>>, from_right: bool, depth: usize, out: &mut Vec<Part>) {
    let gap = if depth == 0 { None } else { widest_gap(&rows) };
    let Some((range, at)) = gap else {
        let lines: Vec<Piece> = rows.into_iter().map(Piece::joined).collect();
        if !lines.is_empty() {
            out.push(Part::Column(lines));
        }
        return;
    };
    let mut rows = rows;
    let below = rows.split_off(range.end);
    let middle = rows.split_off(range.start);
    if !rows.is_empty() {
        cut(rows, from_right, depth - 1, out);
    }
    if is_table(&middle, at) {
        for row in middle {
            let mut row = row;
            if from_right {
                row.reverse();
            }
            out.push(if row.len() > 1 { Part::Row(row) } else { Part::Column(row) });
        }
    } else {
        let (left, right): (Vec<Piece>, Vec<Piece>) =
            middle.into_iter().flatten().partition(|p| centre(p) < at);
        let (first, second) = if from_right { (right, left) } else { (left, right) };
        cut(self::rows(first), from_right, depth - 1, out);
        cut(self::rows(second), from_right, depth - 1, out);
    }
    if !below.is_empty() {
        cut(below, from_right, depth - 1, out);
    }
}

fn centre(piece: &Piece) -> f32 {
    f32::midpoint(piece.left, piece.right)
}

/// The rows that a gap goes through, and where it is: of all such gaps the one between most pieces.
fn widest_gap(rows: &[Vec<Piece>]) -> Option<(std::ops::Range<usize>, f32)> {
    let all = || rows.iter().flatten();
    let left = all().map(|p| p.left).fold(f32::INFINITY, f32::min);
    let right = all().map(|p| p.right).fold(f32::NEG_INFINITY, f32::max);
    if !(right - left).is_finite() || right - left > 100_000.0 {
        return None;
    }
    let mut best: Option<(usize, f32, std::ops::Range<usize>, f32)> = None;
    let steps = ((right - left) / STEP) as usize;
    for step in 1..steps {
        let at = STEP.mul_add(step as f32, left);
        let mut start = 0;
        while start < rows.len() {
            let clear = |row: &Vec<Piece>| row.iter().all(|p| at <= p.left || p.right <= at);
            let length = rows[start..].iter().take_while(|r| clear(r)).count();
            if length >= FEWEST {
                let range = trimmed(rows, start..start + length, at);
                if let Some((pieces, width)) = weight(&rows[range.clone()], at)
                    && best.as_ref().is_none_or(|b| pieces > b.0 || pieces == b.0 && width > b.1)
                {
                    best = Some((pieces, width, range, at));
                }
            }
            start += length.max(1);
        }
    }
    best.map(|(_, _, range, at)| (range, at))
}

/// The rows of `range` from the first to the last that has a piece on the lesser side: titles and short lines above
/// and below are no part of the columns.
fn trimmed(rows: &[Vec<Piece>], range: std::ops::Range<usize>, at: f32) -> std::ops::Range<usize> {
    let has = |row: &[Piece], left: bool| row.iter().any(|p| (centre(p) < at) == left);
    let side = |left: bool| {
        let first = rows[range.clone()].iter().position(|r| has(r, left))?;
        let last = rows[range.clone()].iter().rposition(|r| has(r, left))?;
        Some((first, last))
    };
    let (Some(left), Some(right)) = (side(true), side(false)) else { return range.start..range.start };
    // Columns begin nearly together; one may end before the other.
    let (later, size) = (left.0.max(right.0), rows[range.start][0].size);
    let height = |row: usize| rows[range.start + row][0].baseline;
    let first = (0..later).find(|row| height(later) - height(*row) < 1.7 * size).unwrap_or(later);
    range.start + first..range.start + left.1.max(right.1) + 1
}

/// The number of pieces that the gap at `at` parts, and its width; nothing where it is no gap between columns.
fn weight(rows: &[Vec<Piece>], at: f32) -> Option<(usize, f32)> {
    let pieces = || rows.iter().flatten();
    let count = |left: bool| pieces().filter(|p| (centre(p) < at) == left).count();
    let (left, right) = (count(true), count(false));
    let (end, start) = (
        pieces().filter(|p| centre(p) < at).map(|p| p.right).fold(f32::NEG_INFINITY, f32::max),
        pieces().filter(|p| centre(p) >= at).map(|p| p.left).fold(f32::INFINITY, f32::min),
    );
    let size = pieces().map(|p| p.size).fold(0.0, f32::max);
    // A few lines may have wide blanks one over the other by chance; but text does not end there again and again.
    let sure = rows.len() >= 6 || is_filled(rows, at, true) && is_filled(rows, at, false);
    let least = if sure { 0.7 } else { 1.2 };
    (left >= FEWEST && right >= FEWEST && start - end > least * size.min(14.0))
        .then_some((left + right, start - end))
}

/// Whether the rows are those of a table: most have pieces on both sides, and no side is filled with text.
fn is_table(rows: &[Vec<Piece>], at: f32) -> bool {
    let both =
        rows.iter().filter(|r| r.iter().any(|p| centre(p) < at) && r.iter().any(|p| centre(p) >= at)).count();
    if both * 10 < rows.len() * 6 {
        return false;
    }
    !(is_filled(rows, at, true) && is_filled(rows, at, false))
}

/// Whether the pieces on one side are lines of running text, which fill their column.
fn is_filled(rows: &[Vec<Piece>], at: f32, left: bool) -> bool {
    let side: Vec<&Piece> = rows.iter().flatten().filter(|p| (centre(p) < at) == left).collect();
    let start = side.iter().map(|p| p.left).fold(f32::INFINITY, f32::min);
    let end = side.iter().map(|p| p.right).fold(f32::NEG_INFINITY, f32::max);
    let full = side.iter().filter(|p| p.right - p.left > 0.8 * (end - start)).count();
    // Words in a column of a table may be of like lengths, but there is no line of many words.
    let long = side.iter().filter(|p| p.right - p.left > 12.0 * p.size).count();
    full * 2 >= side.len() && long * 2 >= side.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A piece of letters at a place, from `left` to `right`, on the line `line`.
    fn piece(name: &str, left: f32, right: f32, line: usize) -> Piece {
        let glyph = super::super::glyphs::Glyph {
            text: name.to_owned(),
            left,
            right,
            ink: None,
            baseline: 15.0 * line as f32,
            size: 10.0,
        };
        Piece::joined(vec![Piece {
            glyphs: vec![glyph],
            left,
            right,
            baseline: 0.0,
            size: 10.0,
            blanks: true,
        }])
    }

    fn names(parts: Vec<Part>) -> Vec<String> {
        let of = |pieces: &[Piece]| {
            pieces
                .iter()
                .map(|p| p.glyphs.iter().map(|g| g.text.as_str()).collect::<String>())
                .collect::<Vec<_>>()
        };
        let name = |part: Part| match part {
            Part::Column(lines) => of(&lines).join(" "),
            Part::Row(cells) => of(&cells).join(" | "),
        };
        parts.into_iter().map(name).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_from_the_right() {
        let mut pieces = vec![piece("title", 100.0, 400.0, 0), piece("foot", 60.0, 500.0, 9)];
        for line in 1..6 {
            pieces.push(piece(&format!("a{line}"), 310.0, 500.0, line));
            pieces.push(piece(&format!("b{line}"), 60.0, 250.0, line));
        }
        let expected = ["title", "a1 a2 a3 a4 a5", "b1 b2 b3 b4 b5", "foot"];
        assert_eq!(names(parts(pieces.clone(), true)), expected);
        let expected = ["title", "b1 b2 b3 b4 b5", "a1 a2 a3 a4 a5", "foot"];
        assert_eq!(names(parts(pieces, false)), expected);
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let mut pieces = vec![piece("title", 60.0, 500.0, 0)];
        for line in 1..5 {
            pieces.push(piece(&format!("a{line}"), 440.0, 500.0, line));
            pieces.push(piece(&format!("b{line}"), 240.0, 250.0 + 9.0 * line as f32, line));
            pieces.push(piece(&format!("c{line}"), 60.0, 120.0, line));
        }
        let expected = ["title", "a1 | b1 | c1", "a2 | b2 | c2", "a3 | b3 | c3", "a4 | b4 | c4"];
        assert_eq!(names(parts(pieces, true)), expected);
    }

    #[test]
    fn wide_blanks_in_single_lines_part_nothing() {
        let pieces = vec![
            piece("a", 60.0, 500.0, 0),
            piece("c", 60.0, 200.0, 1),
            piece("b", 240.0, 500.0, 1),
            piece("d", 60.0, 500.0, 2),
        ];
        assert_eq!(names(parts(pieces, true)), ["a cb d"]);
    }
}
