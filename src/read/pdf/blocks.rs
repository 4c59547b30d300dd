//! The parts of all pages → the blocks of a document.
//!
//! In: the pieces of lines on each sheet, and the paragraphs of pages that were recognised. Out: a document whose blocks are paragraphs, cells and, after all others,
//! footnotes. Guarantee: only page numbers and what stands at the head or the foot of most pages are left out, and
//! never all that a page has; a paragraph may go on in the next column or on the next page.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Before;
use super::columns::{Part, parts};
use super::items::{Numbering, signs_before_text};
use super::lines::Piece;
use super::margins;
use super::order::{self, Brackets};
use super::paragraphs::{compounds, ends_sentence, join};
use super::reading::{Line, Script};
use crate::bitext::BlockKind;
use crate::read::ReadOptions;
use crate::read::flow::Flow;
use crate::read::omitted::Omitted;

/// How lines stand in the whole document.
struct Habits {
    /// From line to line in a paragraph at most: parts of the size of the letters.
    spacing: f32,
    /// Whether lines are stretched to the end of their column.
    justified: bool,
    /// The columns with several lines, from where to where they go.
    columns: Vec<(f32, f32)>,
}

/// The last line of a paragraph, and from where to where its column goes.
struct Open {
    line: Line,
    bounds: (f32, f32),
    /// Where its lines hang, if it is an item.
    item: Option<Item>,
}

/// Where the lines of an item stand, from the beginning of its column.
#[derive(Debug, Clone, Copy)]
struct Item {
    /// Where its text begins, behind its number or its sign.
    text: f32,
    /// Where its second line begins.
    hang: Option<f32>,
}

/// How far apart lines begin that hang alike, and a line that hangs at a text: parts of the size of the letters.
const HANGING: f32 = 0.4;
const NEAR_TEXT: f32 = 1.0;

impl Item {
    /// The item that a line begins.
    fn begun_by(line: &Line, bounds: (f32, f32)) -> Option<Self> {
        let text = start(line, bounds) + line.start_after(signs_before_text(&line.text)?)?;
        Some(Self { text, hang: None })
    }

    /// Whether a line that begins at `start` hangs as its others do.
    fn holds(&self, start: f32, size: f32) -> bool {
        match self.hang {
            Some(hang) => (start - hang).abs() < HANGING * size,
            None => (start - self.text).abs() < NEAR_TEXT * size,
        }
    }

    /// The same with a line that goes on with it.
    fn with(self, line: &Line, bounds: (f32, f32)) -> Self {
        Self { hang: self.hang.or(Some(start(line, bounds))), ..self }
    }
}

/// How far from the beginning of its column a line begins.
fn start(line: &Line, bounds: (f32, f32)) -> f32 {
    if line.from_right { bounds.1 - line.right } else { line.left - bounds.0 }
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// From where to where its column goes.
    bounds: (f32, f32),
    /// Whether lines fill it: several go so far, or one is long.
    filled: bool,
    /// Whether a line of its column stands before it.
    adjacent: bool,
}

/// Lines as far apart are of several paragraphs where no lines are full: parts of the size of their letters.
const DISTANT: f32 = 2.2;

/// A line as long fills its column: parts of the size of its letters.
const WIDE: f32 = 22.0;

/// A run of lines in one column, a row of cells, or a footnote.
enum Text {
    Column(Vec<Line>),
    Row(Vec<Vec<Line>>),
    Notes(Vec<Line>),
    /// The paragraphs of a page that was recognised.
    Recognised(Vec<String>),
}

impl Text {
    fn lines(&self) -> Vec<&Line> {
        match self {
            Self::Column(lines) | Self::Notes(lines) => lines.iter().collect(),
            Self::Row(cells) => cells.iter().flatten().collect(),
            Self::Recognised(_) => Vec::new(),
        }
    }
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
    let script = Script { from_right, brackets };
    let mut texts = Vec::new();
    for (number, (sheet, notes)) in sheets.into_iter().zip(notes).enumerate() {
        texts.extend(recognised.remove(&number).map(Text::Recognised));
        let line = |p: Piece| Line::alone(if has_notes { p.without_references() } else { p }, script);
        for part in parts(sheet, from_right) {
            texts.push(match part {
                Part::Column(pieces) => Text::Column(pieces.into_iter().map(line).collect()),
                Part::Row(cells) => {
                    Text::Row(cells.into_iter().map(|cell| cell.into_iter().map(line).collect()).collect())
                }
            });
        }
        for part in parts(notes, from_right) {
            let pieces = match part {
                Part::Column(pieces) => pieces,
                Part::Row(cells) => cells.into_iter().flatten().collect(),
            };
            texts.push(Text::Notes(pieces.into_iter().map(|p| Line::alone(p, script)).collect()));
        }
    }
    let habits = habits(&texts);
    let (mut flow, notes) = write(texts, &habits, script, options);
    (0..left_out).for_each(|_| flow.omit(Omitted::Running));
    Laid { flow, notes, both }
}

fn habits(texts: &[Text]) -> Habits {
    let mut spacings = Vec::new();
    let mut columns: Vec<(f32, f32)> = Vec::new();
    let (mut full, mut all) = (0_usize, 0_usize);
    // Whether in no column more than one line is as long as the longest.
    let mut short = true;
    for text in texts {
        let Text::Column(lines) = text else { continue };
        // Between a heading and its text the distance says nothing of lines in a paragraph.
        for pair in lines.windows(2).filter(|pair| alike(&pair[0], &pair[1])) {
            let step = (pair[1].baseline - pair[0].baseline) / pair[0].size.max(1.0);
            if step > 0.5 && step < 4.0 {
                spacings.push(step);
            }
        }
        if lines.len() >= 4 {
            let bounds = bounds(lines);
            columns.push(bounds);
            let longest = |l: &&Line| l.right - l.left > bounds.1 - bounds.0 - 0.5 * l.size;
            short &= lines.iter().filter(longest).count() < 2;
            full += lines
                .iter()
                .filter(|l| l.left - bounds.0 < 0.3 * l.size && bounds.1 - l.right < 0.3 * l.size)
                .count();
            all += lines.len();
        }
    }
    spacings.sort_by(f32::total_cmp);
    let mut spacing = widest_in_paragraphs(&spacings);
    if short && !columns.is_empty() {
        spacing = spacing.min(DISTANT);
    }
    Habits { spacing, justified: full * 2 > all && all > 0, columns }
}

/// Whether two lines are of one size, as those of a paragraph are.
fn alike(line: &Line, next: &Line) -> bool {
    (line.size - next.size).abs() <= 0.12 * line.size.max(1.0)
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

    /// Which way a line runs, if its paragraph or its column tells otherwise than its letters do: `(EU).` at the end of
    /// an Arabic paragraph is a line of it.
    fn turned(&self, line: &Line, place: Place, open: Option<&Open>, column: Option<bool>) -> Option<bool> {
        let other = !line.from_right;
        let open = open.filter(|open| open.line.from_right == other);
        if open.is_none() && column != Some(other) {
            return None;
        }
        match line.shown() {
            Some(shown) if shown == other => return Some(other),
            Some(_) => return None,
            None => {}
        }
        let mut turned = line.clone();
        turned.turn(other);
        let goes_on = |open: &Open| !ends_sentence(&open.line.text) && self.goes_on(open, &turned, place);
        let (from_left, from_right) = (line.left - place.bounds.0, place.bounds.1 - line.right);
        let (near, far) = if other { (from_right, from_left) } else { (from_left, from_right) };
        let flush = column == Some(other) && near < 0.5 * line.size && far > 2.0 * line.size;
        (open.is_some_and(goes_on) || flush).then_some(other)
    }

    /// Whether the paragraph that is open goes on with `next`.
    fn goes_on(&self, open: &Open, next: &Line, place: Place) -> bool {
        let (line, bounds) = (&open.line, open.bounds);
        let (next_bounds, adjacent) = (place.bounds, place.adjacent);
        let size = line.size.max(1.0);
        if !alike(line, next) {
            return false;
        }
        if adjacent && (next.baseline - line.baseline) / size > self.spacing {
            return false;
        }
        // Below the longest line of some short ones a number stands alone.
        let number =
            |text: &str| text.chars().any(char::is_numeric) && !text.chars().any(char::is_alphabetic);
        if !place.filled && number(&next.text) {
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
        let (starts, next_starts) = (start(line, bounds), start(next, next_bounds));
        let hangs = open.item.is_some_and(|item| item.holds(next_starts, size));
        let room = if line.from_right { line.left - bounds.0 } else { bounds.1 - line.right };
        let indented =
            next_starts - starts > 0.8 * size || next_starts > 0.8 * size && adjacent && starts < 0.3 * size;
        // What stands before the lines of an item is none of it.
        let out = open.item.and_then(|item| item.hang).is_some_and(|hang| next_starts < hang - 0.8 * size);
        if indented && !hangs || out && adjacent {
            return false;
        }
        // The next word would have found room: the line was not full when it ended.
        let enough = if self.justified { size } else { next.first_word + 0.45 * size };
        room <= enough
    }
}

/// The blocks, and those that are footnotes.
fn write(texts: Vec<Text>, habits: &Habits, script: Script, options: &ReadOptions) -> (Flow, Flow) {
    let all: Vec<&str> = texts.iter().flat_map(Text::lines).map(|l| l.text.as_str()).collect();
    let compounds = compounds(&[all]);
    let mut flow = Flow::new(options);
    let mut notes = flow.sibling();
    let mut open: Option<Open> = None;
    let mut paragraph = Paragraph::new(&compounds, script);
    let mut numbering = Numbering::default();
    for text in texts {
        let lines = match text {
            Text::Column(lines) => lines,
            Text::Row(cells) => {
                put(&mut flow, &mut paragraph.take(), BlockKind::Paragraph);
                open = None;
                for mut cell in cells {
                    for line in &mut cell {
                        paragraph.add(line);
                    }
                    put(&mut flow, &mut paragraph.take(), BlockKind::TableCell);
                }
                continue;
            }
            Text::Notes(lines) => {
                write_notes(lines, Paragraph::new(&compounds, script), &mut notes);
                continue;
            }
            Text::Recognised(paragraphs) => {
                put(&mut flow, &mut paragraph.take(), BlockKind::Paragraph);
                open = None;
                for paragraph in paragraphs {
                    put(&mut flow, &mut paragraph.clone(), BlockKind::Paragraph);
                }
                continue;
            }
        };
        let bounds = habits.bounds(&lines);
        let column = most_from_right(&lines);
        let full = |l: &&Line| l.right - l.left > bounds.1 - bounds.0 - l.size;
        let wide = |l: &&Line| l.right - l.left > WIDE * l.size;
        let filled = lines.iter().filter(full).count() > 1 || lines.iter().any(|l| wide(&l));
        for (index, mut line) in lines.into_iter().enumerate() {
            let place = Place { bounds, filled, adjacent: index > 0 };
            if let Some(from_right) = habits.turned(&line, place, open.as_ref(), column) {
                line.turn(from_right);
                line.read(Before::Other, script);
            }
            let goes_on = |open: &Open| {
                !numbering.begins_item(&open.line.text, &line.text) && habits.goes_on(open, &line, place)
            };
            let item = if open.as_ref().is_some_and(goes_on) {
                open.and_then(|open| open.item).map(|item| item.with(&line, bounds))
            } else {
                put(&mut flow, &mut paragraph.take(), BlockKind::Paragraph);
                numbering.open(&line.text);
                Item::begun_by(&line, bounds)
            };
            paragraph.add(&mut line);
            open = Some(Open { line, bounds, item });
        }
    }
    put(&mut flow, &mut paragraph.take(), BlockKind::Paragraph);
    (flow, notes)
}

/// Whether most lines of a column run from right to left, if most run one way.
fn most_from_right(lines: &[Line]) -> Option<bool> {
    let right = lines.iter().filter(|l| l.from_right).count();
    (right * 2 != lines.len()).then_some(right * 2 > lines.len())
}

/// A paragraph that grows line by line.
struct Paragraph<'c> {
    text: String,
    /// The last letter in it.
    before: Before,
    compounds: &'c BTreeSet<String>,
    script: Script,
}

impl<'c> Paragraph<'c> {
    const fn new(compounds: &'c BTreeSet<String>, script: Script) -> Self {
        Self { text: String::new(), before: Before::Other, compounds, script }
    }

    /// Adds a line, read as what stands before it tells.
    fn add(&mut self, line: &mut Line) {
        let before = self.before.above(&self.text);
        // Lines that run from left to right are read alike, whatever stands before them.
        if line.from_right && before != Before::Other {
            line.read(before, self.script);
        }
        self.before = self.before.then(&line.text);
        if self.text.is_empty() {
            self.text.push_str(&line.text);
        } else {
            join(&mut self.text, &line.text, self.compounds);
        }
    }

    /// Its text; the next begins.
    fn take(&mut self) -> String {
        self.before = Before::Other;
        std::mem::take(&mut self.text)
    }
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
fn write_notes(lines: Vec<Line>, mut note: Paragraph<'_>, notes: &mut Flow) {
    for mut line in lines {
        if margins::begins_note(&line.text) {
            put(notes, &mut note.take(), BlockKind::Footnote);
        }
        note.add(&mut line);
    }
    put(notes, &mut note.take(), BlockKind::Footnote);
}

#[cfg(test)]
mod tests;
