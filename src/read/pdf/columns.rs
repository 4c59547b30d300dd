//! The pieces on a sheet → the order in which they are read.
//!
//! In: pieces of lines with their places. Out: parts in reading order: lines of running text, each column after
//! the other, and the cells of tables, row by row. Guarantee: every piece is in one part. Columns, two or more side by
//! side, are told from tables by their text: it fills each of them. Cells of several lines are put together in `tables`.
//!
//! The page is cut again and again, as in the X-Y cut (Nagy and Seth, "Hierarchical Representation of Optically
//! Scanned Documents", 1984), but only where a gap goes down through several lines. For `n` lines it takes time
//! `O(n²)` for each cut.

use super::lines::Piece;
use super::tables::{self, Cell};

/// A part of a page, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Lines one under the other, in one column.
    Column(Vec<Piece>),
    /// A row of a table, its cells in reading order, each with its lines.
    Row(Vec<Cell>),
}

/// How deep columns may stand in columns.
const DEEPEST: usize = 8;
/// Widths of places where columns might part: points.
const STEP: f32 = 3.0;
/// Columns of running text side by side.
const MOST_COLUMNS: usize = 12;
/// Lines that a gap must go through.
const FEWEST: usize = 3;
/// Blanks inside a line that is stretched are narrower, and lines of running text are longer: parts of the size of the
/// letters.
const WIDEST_BLANK: f32 = 2.0;
const WIDEST_STRETCH: f32 = 5.0;
/// How much blanks of a line that is stretched differ at most: parts of the size of the letters.
const ALIKE: f32 = 0.02;
const LONG: f32 = 12.0;
/// The same where sentences go on from line to line.
const LONG_RUNNING: f32 = 7.0;

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
    rows.iter().map(|row| join_stretched(row)).collect()
}

/// Joins the words of lines that are stretched so far that each word stands apart: all blanks of such a line are alike,
/// while its words are not, as cells in columns of like widths must be to have like blanks between them.
fn join_stretched(row: &[Piece]) -> Vec<Piece> {
    let gap = |pair: &[Piece]| pair[1].left - pair[0].right;
    let vary = |words: &[Piece]| {
        let widths = words.iter().map(|p| p.right - p.left);
        let (least, most) = widths.fold((f32::INFINITY, 0.0_f32), |(a, b), w| (a.min(w), b.max(w)));
        most > 1.1 * least
    };
    let mut out = Vec::new();
    let mut rest = row;
    while !rest.is_empty() {
        let blank = rest.get(..2).map_or(f32::INFINITY, gap);
        let size = rest[0].size;
        let alike = |pair: &&[Piece]| (gap(pair) - blank).abs() < ALIKE * size;
        let words = rest.windows(2).take_while(alike).count() + 1;
        let line = &rest[..words];
        let ends = [line[0].clone(), line[words - 1].clone()];
        let stretched = words > 2 && blank < WIDEST_STRETCH * size;
        if stretched && vary(&line[1..]) && vary(&line[..words - 1]) && (words > 3 || vary(&ends)) {
            out.push(Piece::joined(line.to_vec()));
            rest = &rest[words..];
        } else {
            // The last may begin another line.
            let cells = (words - 1).max(1);
            out.extend_from_slice(&line[..cells]);
            rest = &rest[cells..];
        }
    }
    out
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
    let wrapped =
        if is_prose(&middle) { None } else { tables::with_wrapped_cells(&middle, &strips(&middle)) };
    let table = match wrapped {
        None if is_table(&middle, at) => {
            Some(middle.iter().map(|row| row.iter().map(|cell| vec![cell.clone()]).collect()).collect())
        }
        wrapped => wrapped,
    };
    if let Some(table) = table {
        let table: Vec<Vec<Cell>> = table;
        for mut row in table {
            row.retain(|cell| !cell.is_empty());
            if from_right {
                row.reverse();
            }
            out.push(match <[Cell; 1]>::try_from(row) {
                Ok([lines]) => Part::Column(lines),
                Err(row) => Part::Row(row),
            });
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
    let (size, width) = (size.min(14.0), start - end);
    let wide = || width > 1.2 * size || width > 0.7 * size && (rows.len() >= 6 || is_prose(rows));
    (left >= FEWEST && right >= FEWEST && wide()).then_some((left + right, width))
}

/// Whether the rows are those of a table: most have pieces on both sides, and not all strips are filled with text.
fn is_table(rows: &[Vec<Piece>], at: f32) -> bool {
    let both =
        rows.iter().filter(|r| r.iter().any(|p| centre(p) < at) && r.iter().any(|p| centre(p) >= at)).count();
    both * 10 >= rows.len() * 6 && !is_prose(rows)
}

/// Whether the rows are lines of running text in columns side by side: each strip between gaps is filled by them.
fn is_prose(rows: &[Vec<Piece>]) -> bool {
    let strips = strips(rows);
    strips.len() <= MOST_COLUMNS && strips.iter().all(|strip| is_filled(rows, *strip))
}

/// From where to where the strips go that are parted by gaps through all rows.
fn strips(rows: &[Vec<Piece>]) -> Vec<(f32, f32)> {
    let mut places: Vec<(f32, f32)> = rows.iter().flatten().map(|p| (p.left, p.right)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips: Vec<(f32, f32)> = Vec::new();
    for (left, right) in places {
        match strips.last_mut() {
            Some(last) if left < last.1 => last.1 = last.1.max(right),
            _ => strips.push((left, right)),
        }
    }
    strips
}

/// A line in a strip.
struct Extent {
    width: f32,
    size: f32,
    /// Whether it begins with a small letter: in scripts that have such, a sentence goes on.
    runs_on: bool,
}

/// Whether the pieces in a strip are lines of running text, which fill their column.
fn is_filled(rows: &[Vec<Piece>], (start, end): (f32, f32)) -> bool {
    let mut lines: Vec<Extent> = Vec::new();
    for row in rows {
        let mut reached: Option<f32> = None;
        for piece in row.iter().filter(|p| (start..end).contains(&centre(p))) {
            match (reached, lines.last_mut()) {
                // The blanks of a line that is stretched may be wide.
                (Some(end), Some(line)) if piece.left - end < WIDEST_BLANK * piece.size => {
                    line.width += piece.right - end;
                }
                _ => lines.push(Extent {
                    width: piece.right - piece.left,
                    size: piece.size,
                    runs_on: piece.glyphs.first().is_some_and(|g| g.text.starts_with(char::is_lowercase)),
                }),
            }
            reached = Some(piece.right);
        }
    }
    let running = lines.iter().filter(|l| l.runs_on).count();
    let longest = if lines.len() >= 6 && running * 2 >= lines.len() { LONG_RUNNING } else { LONG };
    let full = lines.iter().filter(|l| l.width > 0.75 * (end - start)).count();
    // Words in a column of a table may be of like lengths, but there is no line of many words.
    let long = lines.iter().filter(|l| l.width > longest * l.size).count();
    full * 2 >= lines.len() && long * 2 >= lines.len()
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
            Part::Row(cells) => cells.iter().map(|cell| of(cell).join(" ")).collect::<Vec<_>>().join(" | "),
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

    /// Cells of several lines: rows begin where the narrow columns have text.
    #[test]
    fn cells_of_several_lines_stay_whole() {
        let table = |last: f32| {
            let mut pieces = vec![piece("title", 60.0, 500.0, 0)];
            for row in 0..3 {
                let line = 1 + 4 * row;
                pieces.push(piece(&format!("a{row}"), 60.0, 80.0, line));
                pieces.push(piece(&format!("c{row}"), 400.0, 460.0, line));
                for (n, end) in [340.0, 335.0, 338.0, last].into_iter().enumerate() {
                    pieces.push(piece(&format!("b{row}{n}"), 150.0, end, line + n));
                }
            }
            pieces
        };
        let expected =
            ["title", "a0 | b00 b01 b02 b03 | c0", "a1 | b10 b11 b12 b13 | c1", "a2 | b20 b21 b22 b23 | c2"];
        assert_eq!(names(parts(table(220.0), false)), expected);
        let first = names(parts(table(220.0), true));
        assert_eq!(first[1], "c0 | b00 b01 b02 b03 | a0");
        // Running text beside notes in the margin goes on past them.
        let notes: Vec<Piece> = table(339.0).into_iter().filter(|p| p.left < 390.0).collect();
        let read = names(parts(notes, false));
        assert!(read.iter().any(|part| part.contains("b00 b01 b02 b03 b10 b11")), "{read:?}");
    }

    #[test]
    fn three_columns_and_more_are_read_one_after_the_other() {
        let columns = |count: usize, width: f32, name: fn(usize, usize) -> String| {
            let mut pieces = vec![piece("title", 60.0, 500.0, 0)];
            for (line, column) in (1..9).flat_map(|line| (0..count).map(move |column| (line, column))) {
                let left = 60.0 + (width + 12.0) * column as f32;
                // The last lines of paragraphs are short.
                let end = if line % 4 == 0 { 0.5 * width } else { width };
                pieces.push(piece(&name(column, line), left, left + end, line));
            }
            pieces
        };
        let named = |column: usize, line: usize| format!("{}{line}", ["A", "B", "C", "D"][column]);
        let small = |column: usize, line: usize| format!("{}{line}", ["a", "b", "c", "d"][column]);
        let lines = |letter: &str| (1..9).map(|line| format!("{letter}{line}")).collect::<Vec<_>>().join(" ");
        let expected = |letters: &[&str]| {
            ["title".to_owned()].into_iter().chain(letters.iter().map(|l| lines(l))).collect::<Vec<_>>()
        };
        assert_eq!(names(parts(columns(3, 150.0, named), false)), expected(&["A", "B", "C"]));
        assert_eq!(names(parts(columns(3, 150.0, named), true)), expected(&["C", "B", "A"]));
        // Narrow ones, where sentences go on from line to line; without that they are cells.
        assert_eq!(names(parts(columns(4, 100.0, small), false)), expected(&["a", "b", "c", "d"]));
        assert_eq!(names(parts(columns(4, 100.0, named), false))[1], "A1 | B1 | C1 | D1");
    }

    /// Where a line is stretched its words stand apart; cells in columns do so otherwise.
    #[test]
    fn words_of_a_stretched_line_are_no_cells() {
        let row = |widths: &[f32], gaps: &[f32]| {
            let mut left = 60.0;
            let place = |(width, gap): (&f32, &f32)| {
                let place = piece("x", left, left + width, 1);
                left += width + gap;
                place
            };
            widths.iter().zip(gaps).map(place).collect::<Vec<_>>()
        };
        let joined = |widths: &[f32], gaps: &[f32]| join_stretched(&row(widths, gaps)).len();
        assert_eq!(joined(&[30.0, 50.0, 20.0], &[25.0, 25.0, 0.0]), 1);
        assert_eq!(joined(&[30.0, 50.0, 20.0, 60.0], &[25.0, 25.0, 25.0, 0.0]), 1);
        assert_eq!(joined(&[30.0, 50.0, 20.0], &[25.0, 45.0, 0.0]), 3);
        // Cells of like widths in columns of like widths, but for one.
        assert_eq!(joined(&[30.0, 30.0, 60.0], &[25.0, 25.0, 0.0]), 3);
        assert_eq!(joined(&[60.0, 30.0, 30.0], &[25.0, 25.0, 0.0]), 3);
        assert_eq!(joined(&[30.0, 60.0, 30.0], &[25.0, 25.0, 0.0]), 3);
        assert_eq!(joined(&[30.0, 50.0, 20.0], &[80.0, 80.0, 0.0]), 3);
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
