//! Tables whose cells go over several lines.
//!
//! In: the rows of pieces that gaps part into strips. Out: the rows of the table, each cell with its lines. Guarantee: what
//! is not surely such a table is left to `columns`; every piece is in one cell.

use super::lines::Piece;

/// Rows of a table at least, its head among them.
const FEWEST_ROWS: usize = 3;

/// Columns that a table with such cells has at most.
const MOST_STRIPS: usize = 40;

/// A cell: its lines, from above.
pub(super) type Cell = Vec<Piece>;

/// The rows of a table with cells of several lines, each with its cells from left to right; nothing where these rows are
/// something else. A row begins where the strip with the fewest lines has one, and with it all others do; below, cells
/// go on, and their last lines are short or end a sentence, as lines of running text beside notes in the margin do not.
pub(super) fn with_wrapped_cells(rows: &[Vec<Piece>], strips: &[(f32, f32)]) -> Option<Vec<Vec<Cell>>> {
    if !(2..=MOST_STRIPS).contains(&strips.len()) {
        return None;
    }
    let lines: Vec<Vec<Option<Piece>>> = rows.iter().map(|row| in_strips(row, strips)).collect();
    let count = |strip: usize| lines.iter().filter(|row| row[strip].is_some()).count();
    let key = (0..strips.len()).min_by_key(|strip| count(*strip))?;
    let starts: Vec<usize> = (0..lines.len()).filter(|row| lines[*row][key].is_some()).collect();
    if starts.len() < FEWEST_ROWS || starts.len() == lines.len() || starts[0] != 0 {
        return None;
    }
    let ends = starts[1..].iter().copied().chain([lines.len()]);
    let table: Vec<Vec<Cell>> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let cell =
                |strip: usize| lines[*start..end].iter().filter_map(|row| row[strip].clone()).collect();
            (0..strips.len()).map(cell).collect()
        })
        .collect();
    let (mut cells, mut begun, mut long, mut closed) = (0, 0, 0, 0);
    for (start, row) in starts.iter().zip(&table) {
        for (strip, cell) in row.iter().enumerate() {
            let Some(last) = cell.last() else { continue };
            cells += 1;
            begun += usize::from(lines[*start][strip].is_some());
            if cell.len() > 1 {
                long += 1;
                let short = last.right - last.left < 0.8 * (strips[strip].1 - strips[strip].0);
                closed += usize::from(short || ends_sentence(last));
            }
        }
    }
    // Notes in the margin stand beside one column, and two columns may be side by side by chance.
    let (least, fewest) = if strips.len() > 2 { (4, 1) } else { (7, 2) };
    (begun * 10 >= cells * 9 && closed * 10 >= long * least && long >= fewest).then_some(table)
}

/// The line of a row in each strip.
fn in_strips(row: &[Piece], strips: &[(f32, f32)]) -> Vec<Option<Piece>> {
    let line = |strip: &(f32, f32)| {
        let within = |p: &&Piece| (strip.0..strip.1).contains(&f32::midpoint(p.left, p.right));
        let pieces: Vec<Piece> = row.iter().filter(within).cloned().collect();
        (!pieces.is_empty()).then(|| Piece::joined(pieces))
    };
    strips.iter().map(line).collect()
}

/// Whether a line ends a sentence, from whichever side it is read.
fn ends_sentence(line: &Piece) -> bool {
    let mark = |glyph: Option<&super::glyphs::Glyph>| {
        glyph.is_some_and(|g| matches!(&*g.text, "." | "!" | "?" | "؟" | ":" | "؛" | ";" | "۔"))
    };
    mark(line.glyphs.first()) || mark(line.glyphs.last())
}
