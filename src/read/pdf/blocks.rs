//! The parts of all pages → the blocks of a document.
//!
//! In: the pieces of lines on each sheet, and the paragraphs of pages that were recognised. Out: a document whose blocks are paragraphs, cells and, after all others,
//! footnotes. Guarantee: only page numbers and what stands at the head or the foot of most pages are left out, and
//! never all that a page has; a paragraph may go on in the next column or on the next page.

use std::collections::BTreeMap;

use super::columns::{Part, parts};
use super::lines::Piece;
use super::margins;
use super::order::{self, Brackets};
use super::paragraphs::{begins_item, compounds, ends_sentence, join};
use crate::bitext::BlockKind;
use crate::read::ReadOptions;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;

/// A line of text and its place.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    from_right: bool,
    /// How wide its first word is.
    first_word: f32,
}

/// What is known of the whole document.
struct Habits {
    /// From line to line in a paragraph at most: parts of the size of the letters.
    spacing: f32,
    /// Whether lines are stretched to the end of their column.
    justified: bool,
    /// The columns with several lines, from where to where they go.
    columns: Vec<(f32, f32)>,
}

/// A run of lines in one column, a row of cells, or a footnote.
enum Text {
    Column(Vec<Line>),
    Row(Vec<Line>),
    Notes(Vec<Line>),
    /// The paragraphs of a page that was recognised.
    Recognised(Vec<String>),
}

/// Text in blocks.
#[derive(Debug)]
pub(super) struct Laid {
    pub flow: Flow,
    pub notes: Flow,
    /// The number of lines that hold text of both directions.
    pub both: usize,
}

/// The blocks; `recognised` has the paragraphs of sheets that hold no pieces.
pub(super) fn document(
    sheets: Vec<Vec<Piece>>,
    mut recognised: BTreeMap<usize, Vec<String>>,
    options: &ReadOptions,
) -> Laid {
    let mut sheets = sheets;
    let left_out = margins::leave_out(&mut sheets);
    let (right, left) =
        sheets.iter().flatten().map(Piece::directions).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let from_right = right > left;
    let votes: i32 = sheets.iter().flatten().map(|p| order::bracket_votes(&p.cells())).sum();
    let brackets = if votes >= 0 { Brackets::Meant } else { Brackets::Seen };
    let both = sheets.iter().flatten().map(Piece::directions).filter(|(a, b)| *a > 0 && *b > 0).count();
    let notes: Vec<Vec<Piece>> = margins::footnotes(&mut sheets);
    let has_notes = notes.iter().any(|n| !n.is_empty());
    let line = |piece: Piece| line(piece, from_right, brackets, has_notes);
    let mut texts = Vec::new();
    for (number, (sheet, notes)) in sheets.into_iter().zip(notes).enumerate() {
        texts.extend(recognised.remove(&number).map(Text::Recognised));
        for part in parts(sheet, from_right) {
            texts.push(match part {
                Part::Column(pieces) => Text::Column(pieces.into_iter().map(line).collect()),
                Part::Row(pieces) => Text::Row(pieces.into_iter().map(line).collect()),
            });
        }
        for part in parts(notes, from_right) {
            let (Part::Column(pieces) | Part::Row(pieces)) = part;
            texts.push(Text::Notes(
                pieces.into_iter().map(|p| self::line(p, from_right, brackets, false)).collect(),
            ));
        }
    }
    let habits = habits(&texts);
    let (mut flow, notes) = write(&texts, &habits, options);
    (0..left_out).for_each(|_| flow.omit(Omitted::Running));
    Laid { flow, notes, both }
}

fn line(piece: Piece, document_from_right: bool, brackets: Brackets, has_notes: bool) -> Line {
    let piece = if has_notes { piece.without_references() } else { piece };
    let (text, from_right) = piece.text(document_from_right, brackets);
    let blank = |g: &super::glyphs::Glyph| g.text.trim().is_empty();
    let first_word = if from_right {
        let start = piece.glyphs.iter().rposition(blank).map_or(piece.left, |n| piece.glyphs[n].right);
        piece.right - start
    } else {
        let end = piece.glyphs.iter().position(blank).map_or(piece.right, |n| piece.glyphs[n].left);
        end - piece.left
    };
    let first_word = match piece.first_gap(from_right) {
        Some(width) => width.min(first_word),
        None => first_word,
    };
    Line {
        text,
        from_right,
        first_word,
        left: piece.left,
        right: piece.right,
        baseline: piece.baseline,
        size: piece.size,
    }
}

fn habits(texts: &[Text]) -> Habits {
    let mut spacings = Vec::new();
    let mut columns: Vec<(f32, f32)> = Vec::new();
    let (mut full, mut all) = (0_usize, 0_usize);
    for text in texts {
        let Text::Column(lines) = text else { continue };
        for pair in lines.windows(2) {
            let step = (pair[1].baseline - pair[0].baseline) / pair[0].size.max(1.0);
            if step > 0.5 && step < 4.0 {
                spacings.push(step);
            }
        }
        if lines.len() >= 4 {
            let bounds = bounds(lines);
            columns.push(bounds);
            full += lines
                .iter()
                .filter(|l| l.left - bounds.0 < 0.3 * l.size && bounds.1 - l.right < 0.3 * l.size)
                .count();
            all += lines.len();
        }
    }
    spacings.sort_by(f32::total_cmp);
    let spacing = widest_in_paragraphs(&spacings);
    Habits { spacing, justified: full * 2 > all && all > 0, columns }
}

/// How far apart lines of a paragraph may stand, from the distances of all lines in rising order: up to the middle of
/// the widest jump in the distances from the usual one to its double.
fn widest_in_paragraphs(spacings: &[f32]) -> f32 {
    // Lines of a paragraph stand closer than others.
    let usual = spacings.get(spacings.len() / 8).copied().unwrap_or(1.4);
    let near = spacings.iter().copied().filter(|s| (usual..2.0 * usual + 0.1).contains(s));
    let near: Vec<f32> = near.chain([1.6 * usual]).collect();
    let mut sorted = near;
    sorted.sort_by(f32::total_cmp);
    let jump = sorted.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    match jump {
        Some(pair) if pair[1] - pair[0] > 0.1 * usual => f32::midpoint(pair[0], pair[1]),
        _ => 1.3 * usual,
    }
}

fn bounds(lines: &[Line]) -> (f32, f32) {
    let left = lines.iter().map(|l| l.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|l| l.right).fold(f32::NEG_INFINITY, f32::max);
    (left, right)
}

impl Habits {
    /// From where to where the column of these lines goes: as far as they do, or as the narrowest column of several
    /// lines that holds them.
    fn bounds(&self, lines: &[Line]) -> (f32, f32) {
        let own = bounds(lines);
        let holds = |c: &&(f32, f32)| c.0 <= own.0 + 3.0 && own.1 <= c.1 + 3.0;
        let width = |c: &(f32, f32)| c.1 - c.0;
        let narrowest = self.columns.iter().filter(holds).min_by(|a, b| width(a).total_cmp(&width(b)));
        let widened = narrowest.map_or(own, |c| (c.0.min(own.0), c.1.max(own.1)));
        if lines.len() >= 4 { own } else { widened }
    }

    /// Whether the paragraph of `line`, in a column that goes from `bounds.0` to `bounds.1`, goes on with `next`.
    fn goes_on(
        &self,
        line: &Line,
        bounds: (f32, f32),
        next: &Line,
        next_bounds: (f32, f32),
        adjacent: bool,
    ) -> bool {
        let size = line.size.max(1.0);
        if (line.size - next.size).abs() > 0.12 * size || begins_item(&next.text) {
            return false;
        }
        if adjacent && (next.baseline - line.baseline) / size > self.spacing {
            return false;
        }
        // Where a sentence ends with a column it costs nothing to part paragraphs.
        if !adjacent && ends_sentence(&line.text) {
            return false;
        }
        if line.from_right != next.from_right {
            let words = next.text.split_whitespace().count();
            if ends_sentence(&line.text) || words > 3 {
                return false;
            }
        }
        let start = |l: &Line, b: (f32, f32)| if l.from_right { b.1 - l.right } else { l.left - b.0 };
        let room = if line.from_right { line.left - bounds.0 } else { bounds.1 - line.right };
        let indented = start(next, next_bounds) - start(line, bounds) > 0.8 * size
            || start(next, next_bounds) > 0.8 * size && adjacent && start(line, bounds) < 0.3 * size;
        if indented {
            return false;
        }
        // The next word would have found room: the line was not full when it ended.
        let enough = if self.justified { size } else { next.first_word + 0.45 * size };
        room <= enough
    }
}

/// The blocks, and those that are footnotes.
fn write(texts: &[Text], habits: &Habits, options: &ReadOptions) -> (Flow, Flow) {
    let all: Vec<&str> = texts
        .iter()
        .flat_map(|t| match t {
            Text::Column(lines) | Text::Row(lines) | Text::Notes(lines) => lines.as_slice(),
            Text::Recognised(_) => &[],
        })
        .map(|l| l.text.as_str())
        .collect();
    let compounds = compounds(&[all]);
    let mut flow = Flow::new(options);
    let mut notes = flow.sibling();
    let mut open: Option<(&Line, (f32, f32))> = None;
    let mut paragraph = String::new();
    for text in texts {
        let lines = match text {
            Text::Column(lines) => lines,
            Text::Row(cells) => {
                put(&mut flow, &mut paragraph, BlockKind::Paragraph);
                open = None;
                for cell in cells {
                    put(&mut flow, &mut cell.text.clone(), BlockKind::TableCell);
                }
                continue;
            }
            Text::Notes(lines) => {
                write_notes(lines, &compounds, &mut notes);
                continue;
            }
            Text::Recognised(paragraphs) => {
                put(&mut flow, &mut paragraph, BlockKind::Paragraph);
                open = None;
                for paragraph in paragraphs {
                    put(&mut flow, &mut paragraph.clone(), BlockKind::Paragraph);
                }
                continue;
            }
        };
        let bounds = habits.bounds(lines);
        for (index, line) in lines.iter().enumerate() {
            let continues =
                open.is_some_and(|(before, its)| habits.goes_on(before, its, line, bounds, index > 0));
            if !continues {
                put(&mut flow, &mut paragraph, BlockKind::Paragraph);
            }
            if paragraph.is_empty() {
                paragraph.push_str(&line.text);
            } else {
                join(&mut paragraph, &line.text, &compounds);
            }
            open = Some((line, bounds));
        }
    }
    put(&mut flow, &mut paragraph, BlockKind::Paragraph);
    (flow, notes)
}

fn put(flow: &mut Flow, text: &mut String, kind: BlockKind) {
    if !text.trim().is_empty() {
        flow.open(kind);
        flow.push(text.trim());
        flow.close();
    }
    text.clear();
}

/// Notes begin with a number or a sign.
fn write_notes(lines: &[Line], compounds: &std::collections::BTreeSet<String>, notes: &mut Flow) {
    let mut note = String::new();
    for line in lines {
        if margins::begins_note(&line.text) {
            put(notes, &mut note, BlockKind::Footnote);
        }
        if note.is_empty() {
            note.push_str(&line.text);
        } else {
            join(&mut note, &line.text, compounds);
        }
    }
    put(notes, &mut note, BlockKind::Footnote);
}
