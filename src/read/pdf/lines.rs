//! Glyphs → the pieces of lines that stand apart, and these → their text.
//!
//! In: the glyphs of a sheet, marks joined to their letters. Out: pieces, each the glyphs of one line that no wide
//! gap parts, in the order in which they are seen from left to right. Guarantee: every glyph is in one piece; words
//! are parted where a blank is drawn or where a gap as wide as one is left.

use super::cells::{Before, Cell};
use super::glyphs::{Glyph, Sheet};
use super::order::{self, Brackets};
use super::shapes::is_stretching;
use crate::normalize::is_combining;

/// Gaps wider than this part pieces: parts of the size of the letters.
const PIECE_GAP: f32 = 0.75;
/// Gaps wider than this part words where blanks are not drawn, and where they are.
const WORD_GAP: f32 = 0.13;
const WORD_GAP_BESIDE_BLANKS: f32 = 0.35;
/// Between an Arabic letter and a Latin one or a number, where some producers draw no blank: such letters never join.
const TURNING_GAP: f32 = 0.2;
/// Between letters that touch.
const TOUCHING: f32 = 0.05;

/// A piece of a line, or pieces of one line joined.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// From left to right.
    pub glyphs: Vec<Glyph>,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    /// Whether the blanks between words are drawn on its sheet.
    pub blanks: bool,
}

impl Piece {
    fn of(glyphs: Vec<Glyph>, blanks: bool) -> Self {
        let left = glyphs.iter().map(|g| g.left).fold(f32::INFINITY, f32::min);
        let right = glyphs.iter().map(|g| g.right).fold(f32::NEG_INFINITY, f32::max);
        Self {
            left,
            right,
            baseline: median(&glyphs, |g| g.baseline),
            size: usual_size(&glyphs),
            blanks,
            glyphs,
        }
    }

    /// The pieces of one line as one.
    pub(super) fn joined(mut pieces: Vec<Self>) -> Self {
        pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
        let blanks = pieces.first().is_some_and(|p| p.blanks);
        Self::of(pieces.into_iter().flat_map(|p| p.glyphs).collect(), blanks)
    }

    /// Its cells: what is drawn, and a blank between words.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::with_capacity(self.glyphs.len() + 8);
        let gap = self.word_gap();
        let mut reached = f32::NEG_INFINITY;
        let mut stretched = false;
        let numbered = self.note_number().unwrap_or(usize::MAX);
        for (at, glyph) in self.glyphs.iter().enumerate() {
            let blank = cells.last().is_none_or(Cell::is_space);
            if glyph.text.chars().all(char::is_whitespace) {
                if !blank {
                    let kept = if glyph.text == "\u{a0}" { "\u{a0}" } else { " " };
                    cells.push(Cell::new(kept.to_owned()));
                }
            } else {
                // Words are stretched inside, where gaps may be left between the pieces.
                let stretches = is_stretching(glyph);
                let gap = if stretches || stretched { 3.0 * gap } else { gap };
                stretched = stretches;
                let cell = Cell::new(glyph.text.clone());
                let turns = cells.last().is_some_and(|last| last.is_beside(&cell));
                let gap = if turns { gap.min(TURNING_GAP * self.size) } else { gap };
                if !blank && (glyph.left - reached > gap || at == numbered) {
                    cells.push(Cell::new(" ".to_owned()));
                }
                cells.push(cell);
            }
            reached = reached.max(glyph.right);
        }
        while cells.last().is_some_and(Cell::is_space) {
            cells.pop();
        }
        cells
    }

    /// Where the number of a note and its text meet, if the line begins with such: a small one, raised.
    fn note_number(&self) -> Option<usize> {
        let number = |g: &Glyph| self.is_raised(g) && g.text.chars().all(char::is_numeric);
        let before = self.glyphs.iter().take_while(|g| number(g)).count();
        let behind = self.glyphs.iter().rev().take_while(|g| number(g)).count();
        let at = self.glyphs.len() - behind;
        let letter = |at: usize, right: bool| {
            let cell = self.glyphs.get(at).map(|g| Cell::new(g.text.clone()));
            cell.is_some_and(|c| if right { c.is_right_to_left() } else { c.is_left_to_right() })
        };
        if before > 0 && letter(before, false) {
            Some(before)
        } else {
            (behind > 0 && at > 0 && letter(at - 1, true)).then_some(at)
        }
    }

    fn is_raised(&self, glyph: &Glyph) -> bool {
        glyph.size < 0.8 * self.size && glyph.baseline < self.baseline - 0.15 * self.size
    }

    /// How wide a gap parts words: letters that are spaced out stand apart too.
    fn word_gap(&self) -> f32 {
        let mut gaps: Vec<f32> = Vec::with_capacity(self.glyphs.len());
        let mut reached = f32::NEG_INFINITY;
        let mut before = "";
        for glyph in &self.glyphs {
            // Those between the dots that lead to a page number say nothing of words.
            let leads = glyph.text == "." && before == ".";
            if reached.is_finite() && !leads {
                gaps.push(glyph.left - reached);
            }
            reached = reached.max(glyph.right);
            before = &glyph.text;
        }
        gaps.sort_by(f32::total_cmp);
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
        let least = if self.blanks { WORD_GAP_BESIDE_BLANKS } else { WORD_GAP };
        (least * self.size).max(1.8 * usual)
    }

    /// How far the first gap as wide as a blank is from its beginning.
    pub(super) fn first_gap(&self, from_right: bool) -> Option<f32> {
        let gap = self.word_gap();
        let wide = |w: &[Glyph]| w[1].left - w[0].right > gap;
        if from_right {
            self.glyphs.windows(2).rposition(wide).map(|n| self.right - self.glyphs[n + 1].left)
        } else {
            self.glyphs.windows(2).position(wide).map(|n| self.glyphs[n].right - self.left)
        }
    }

    /// Its letters of scripts that run from right to left, and its others.
    pub(super) fn directions(&self) -> (usize, usize) {
        let cells: Vec<Cell> = self.glyphs.iter().map(|g| Cell::new(g.text.clone())).collect();
        (
            cells.iter().filter(|c| c.is_right_to_left()).count(),
            cells.iter().filter(|c| c.is_left_to_right()).count(),
        )
    }

    /// Whether it runs from right to left, as far as it tells itself: as the document does, unless nearly all is of
    /// the other direction.
    pub(super) fn runs_left(&self, document_does: bool) -> bool {
        let (right, left) = self.directions();
        if document_does { right * 12 >= left } else { right > left }
    }

    /// Its text, read in this direction; `before` is the last letter before it in its paragraph.
    pub(super) fn text(&self, right_to_left: bool, brackets: Brackets, before: Before) -> String {
        let cells = self.cells();
        let votes = order::bracket_votes(&cells);
        let brackets = match votes {
            0 => brackets,
            1.. => Brackets::Meant,
            _ => Brackets::Seen,
        };
        without_stretching(&order::in_reading_order(&cells, right_to_left, brackets, before))
    }

    /// Without the small raised numbers that point to notes.
    pub(super) fn without_references(mut self) -> Self {
        let raised = |g: &Glyph| {
            self.is_raised(g)
                && g.text.chars().all(|c| c.is_numeric() || matches!(c, '*' | '†' | '‡' | '(' | ')' | ' '))
        };
        let kept: Vec<bool> = self.glyphs.iter().map(|g| !raised(g)).collect();
        if kept.contains(&true) {
            self.reach_over_references(&kept);
            let mut kept = kept.into_iter();
            self.glyphs.retain(|_| kept.next().unwrap_or(true));
        }
        self
    }

    /// Makes the letters that touch glyphs which are not kept reach over these, so that they leave no gap.
    fn reach_over_references(&mut self, kept: &[bool]) {
        let blank = |g: &Glyph| g.text.trim().is_empty();
        let near = WORD_GAP * self.size;
        let mut at = 0;
        for run in kept.chunk_by(|a, b| a == b) {
            let (start, end) = (at, at + run.len());
            at = end;
            if kept[start] || self.glyphs[start..end].iter().any(blank) {
                continue;
            }
            let (left, right) = (self.glyphs[start].left, self.glyphs[end - 1].right);
            if start > 0 && !blank(&self.glyphs[start - 1]) && left - self.glyphs[start - 1].right < near {
                self.glyphs[start - 1].right = right;
            } else if end < kept.len() && !blank(&self.glyphs[end]) && self.glyphs[end].left - right < near {
                self.glyphs[end].left = left;
            }
        }
    }
}

/// Letters that never join the next one.
const NEVER_JOINING: &str = "اأإآٱدذرزوؤةىءژڈڑےۓ";

/// Without the tatweel that stretches words, between two letters, and without that which fills a gap after a letter that
/// joins no other. One at the end of a word, as in `هـ`, was written.
fn without_stretching(text: &str) -> String {
    const TATWEEL: char = '\u{640}';
    if !text.contains(TATWEEL) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let letter = |c: &char| c.is_alphabetic() && *c != TATWEEL;
    let keeps = |at: usize| {
        let after = chars[at..].iter().find(|c| **c != TATWEEL && !is_combining(**c));
        let before = chars[..at].iter().rev().find(|c| **c != TATWEEL && !is_combining(**c));
        let inside = after.is_some_and(letter) && before.is_some_and(letter);
        chars[at] != TATWEEL || !(inside || before.is_some_and(|c| NEVER_JOINING.contains(*c)))
    };
    (0..chars.len()).filter(|at| keeps(*at)).map(|at| chars[at]).collect()
}

fn median(glyphs: &[Glyph], of: impl Fn(&Glyph) -> f32) -> f32 {
    let mut values: Vec<f32> = glyphs.iter().filter(|g| !g.is_narrow()).map(&of).collect();
    if values.is_empty() {
        values = glyphs.iter().map(of).collect();
    }
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn usual_size(glyphs: &[Glyph]) -> f32 {
    median(glyphs, |g| g.size)
}

/// The pieces of a sheet, from above.
pub(super) fn pieces(sheet: Sheet) -> Vec<Piece> {
    let drawn = sheet.glyphs.iter().filter(|g| g.text.trim().is_empty()).count();
    let blanks = drawn * 20 > sheet.glyphs.len();
    let mut chunks = chunks(sheet.glyphs, blanks);
    chunks.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for chunk in chunks {
        let fits = |row: &&mut Vec<Piece>| {
            let widest = row.iter().max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left)));
            widest.is_some_and(|first| {
                (chunk.baseline - first.baseline).abs() < 0.4 * first.size.max(chunk.size)
            })
        };
        match rows.iter_mut().rev().take(3).find(fits) {
            Some(row) => row.push(chunk),
            None => rows.push(vec![chunk]),
        }
    }
    let mut out: Vec<Piece> = rows.into_iter().flat_map(row_pieces).collect();
    out.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    out
}

/// What is drawn in one go on one line.
fn chunks(glyphs: Vec<Glyph>, blanks: bool) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut current: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if let Some(last) = current.last() {
            let size = last.size.max(glyph.size);
            let far = glyph.left > last.right + size || glyph.right < last.left - size;
            // Letters of a line may step down towards its end, as in Nastaliq; a new line begins at the other end.
            if far || (glyph.baseline - last.baseline).abs() > 0.7 * size {
                out.push(Piece::of(std::mem::take(&mut current), blanks));
            }
        }
        current.push(glyph);
    }
    if !current.is_empty() {
        out.push(Piece::of(current, blanks));
    }
    out
}

/// The pieces of the chunks of one line.
fn row_pieces(chunks: Vec<Piece>) -> Vec<Piece> {
    let blanks = chunks.first().is_some_and(|c| c.blanks);
    let mut glyphs: Vec<Glyph> = sorted(chunks);
    // Blanks at the ends of what is drawn join nothing.
    while glyphs.last().is_some_and(|g| g.text.trim().is_empty()) {
        glyphs.pop();
    }
    let mut out = Vec::new();
    let mut current: Vec<Glyph> = Vec::new();
    let mut reached = f32::NEG_INFINITY;
    for glyph in glyphs {
        let blank = glyph.text.trim().is_empty();
        if !current.is_empty() && !blank && glyph.left > reached + PIECE_GAP * glyph.size {
            out.push(Piece::of(std::mem::take(&mut current), blanks));
            reached = f32::NEG_INFINITY;
        }
        if blank {
            if current.is_empty() {
                continue;
            }
            current.push(glyph);
        } else {
            reached = reached.max(glyph.right);
            current.push(glyph);
        }
    }
    if !current.is_empty() {
        out.push(Piece::of(current, blanks));
    }
    for piece in &mut out {
        while piece.glyphs.last().is_some_and(|g| g.text.trim().is_empty()) {
            piece.glyphs.pop();
        }
        *piece = Piece::of(std::mem::take(&mut piece.glyphs), blanks);
    }
    out
}

/// The glyphs of a line from left to right. Glyphs drawn one after another in this direction, or against it, keep
/// their order even where they overlap, as letters in a ligature do.
fn sorted(mut chunks: Vec<Piece>) -> Vec<Glyph> {
    for chunk in &mut chunks {
        let steps = chunk.glyphs.windows(2).filter(|w| !w[0].is_narrow() && !w[1].is_narrow());
        let (mut right, mut left) = (0_usize, 0_usize);
        for step in steps {
            if step[1].left > step[0].left { right += 1 } else { left += 1 }
        }
        if left > right * 9 {
            chunk.glyphs.reverse();
            turn_numbers(&mut chunk.glyphs);
        } else if left * 20 > right {
            chunk.glyphs.sort_by(|a, b| (a.left + a.right).total_cmp(&(b.left + b.right)));
        }
    }
    chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
    let overlap = chunks.windows(2).any(|w| w[1].left < w[0].right - 0.5 * w[0].size);
    let mut glyphs: Vec<Glyph> = chunks.into_iter().flat_map(|c| c.glyphs).collect();
    if overlap {
        glyphs.sort_by(|a, b| (a.left + a.right).total_cmp(&(b.left + b.right)));
    }
    without_hanging_blanks(glyphs)
}

/// Turns back what was drawn from left to right, as numbers and Latin words are, within letters that were drawn from right
/// to left and turned round: where each stands wholly to the left of the one before it.
fn turn_numbers(glyphs: &mut [Glyph]) {
    let stands_left = |a: &Glyph, b: &Glyph| {
        let reach = 0.3 * (a.right - a.left).min(b.right - b.left);
        !a.is_narrow() && !b.is_narrow() && b.right <= a.left + reach
    };
    for run in glyphs.chunk_by_mut(stands_left) {
        run.reverse();
    }
}

/// Without the blanks that are drawn over letters: they hang over the end of a line, or stand between letters that touch,
/// as XeLaTeX draws them beside a stretch of the other direction.
fn without_hanging_blanks(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let blank = |g: &Glyph| g.text.chars().all(char::is_whitespace);
    let covers = |g: &Glyph, b: &Glyph| {
        !blank(g) && g.right.min(b.right) - g.left.max(b.left) > 0.5 * (b.right - b.left).max(0.1)
    };
    let touched = |at: usize| {
        let before = glyphs[..at].iter().rev().take(2).find(|g| !blank(g));
        let after = glyphs[at + 1..].iter().take(2).find(|g| !blank(g));
        matches!((before, after), (Some(a), Some(b)) if !a.is_narrow() && !b.is_narrow()
            && (b.left - a.right).abs() < TOUCHING * b.size)
    };
    let keeps = |at: usize| {
        if at > 2 && at + 3 < glyphs.len() {
            return !blank(&glyphs[at]) || !touched(at);
        }
        let around = at.saturating_sub(2)..(at + 3).min(glyphs.len());
        !blank(&glyphs[at]) || !glyphs[around].iter().any(|g| covers(g, &glyphs[at]))
    };
    let kept: Vec<bool> = (0..glyphs.len()).map(keeps).collect();
    glyphs.into_iter().zip(kept).filter_map(|(glyph, keep)| keep.then_some(glyph)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, left: f32, width: f32) -> Glyph {
        Glyph { text: text.to_owned(), left, right: left + width, ink: None, baseline: 100.0, size: 10.0 }
    }

    fn text(glyphs: Vec<Glyph>) -> Vec<String> {
        let pieces = pieces(Sheet { glyphs });
        pieces.iter().map(|p| p.text(p.runs_left(true), Brackets::Meant, Before::Other)).collect()
    }

    /// Blanks are drawn between other words.
    fn with_blanks(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
        glyphs.extend(
            [("ا", 60.0), (" ", 65.0), ("ب", 68.0)]
                .map(|(t, left)| glyph(t, left, if t == " " { 3.0 } else { 5.0 })),
        );
        glyphs
    }

    #[test]
    fn a_blank_between_letters_that_touch_is_none() {
        let number = |gap: f32| {
            let at = |n: f32| 20.0 + 5.0 * n + if n > 2.0 { gap } else { 0.0 };
            let digit = |n: f32, text| glyph(text, at(n), 5.0);
            let mut out =
                vec![digit(0.0, "2"), digit(1.0, "0"), digit(2.0, "."), glyph(" ", at(2.0) + 5.0, 3.0)];
            out.extend([digit(3.0, "5"), digit(4.0, "1"), digit(5.0, "7")]);
            out
        };
        assert_eq!(text(number(0.1)), ["20.517"]);
        assert_eq!(text(number(3.0)), ["517 .20"]);
    }

    /// Letters from right to left, numbers and Latin words between them from left to right, all in one go.
    #[test]
    fn numbers_drawn_with_the_letters_around_them_keep_their_order() {
        let drawn = |words: &[&str]| {
            let mut right = 500.0;
            let mut out = Vec::new();
            for word in words {
                let latin = word.is_ascii();
                let left = right - 5.0 * word.chars().count() as f32;
                for (n, c) in (0..).zip(word.chars()) {
                    let place = if latin { left + 5.0 * n as f32 } else { right - 5.0 * (n + 1) as f32 };
                    out.push(glyph(&c.to_string(), place, 5.0));
                }
                out.push(glyph(" ", left - 3.0, 3.0));
                right = left - 3.0;
            }
            out
        };
        for words in [
            ["رقم", "المادة", "45", "من", "قانون"],
            ["بنسبة", "%25", "على", "الواردات", "والصادرات"],
            ["تدعم", "الهيئة", "UN", "برامج", "التنمية"],
        ] {
            let given = words.map(|w| if w == "%25" { "25%" } else { w }).join(" ");
            assert_eq!(text(drawn(&words)), [given]);
        }
    }

    /// Words without drawn blanks, with a gap of three points between them.
    fn spaced(words: &str) -> (Vec<Glyph>, f32) {
        let mut left = 20.0;
        let mut out = Vec::new();
        for c in words.chars() {
            if c != ' ' {
                out.push(glyph(&c.to_string(), left, 5.0));
            }
            left += if c == ' ' { 3.0 } else { 5.0 };
        }
        (out, left)
    }

    #[test]
    fn dots_that_lead_to_a_number_part_no_words() {
        let (mut glyphs, end) = spaced("Scope of the agreement ");
        glyphs.extend((0..30).map(|n| glyph(".", end + 6.0 * n as f32, 2.0)));
        let read = text(glyphs).concat();
        assert!(read.starts_with("Scope of the agreement ."), "{read}");
    }

    #[test]
    fn the_number_of_a_note_is_parted_from_its_text() {
        let raised = |text: &str, left: f32| Glyph { size: 6.0, baseline: 96.0, ..glyph(text, left, 4.0) };
        let (mut glyphs, end) = spaced("In the capital");
        glyphs.insert(0, raised("1", 16.0));
        assert_eq!(text(glyphs.clone()), ["1 In the capital"]);
        // Behind a word it points to a note.
        glyphs.remove(0);
        glyphs.push(raised("1", end));
        assert_eq!(text(glyphs), ["In the capital1"]);
        let arabic = ["ب", "ا", "ل"].iter().enumerate().map(|(n, c)| glyph(c, 20.0 + 5.0 * n as f32, 5.0));
        assert_eq!(text(arabic.chain([raised("1", 35.0)]).collect()), ["1 لاب"]);
    }

    /// Before a comma, and before a word after a gap as wide as a blank.
    #[test]
    fn a_reference_taken_out_leaves_no_blank() {
        let raised = |text: &str, left: f32| Glyph { size: 6.0, baseline: 96.0, ..glyph(text, left, 4.0) };
        let read = |glyphs, right| {
            let piece = pieces(Sheet { glyphs }).remove(0).without_references();
            piece.text(right, Brackets::Meant, Before::Other)
        };
        let (mut glyphs, end) = spaced("civil towns");
        glyphs.extend([raised("1", end), raised("2", end + 4.0), glyph(",", end + 8.0, 3.0)]);
        glyphs.extend([glyph("o", end + 14.0, 5.0), glyph("f", end + 19.0, 5.0)]);
        assert_eq!(read(glyphs, false), "civil towns, of");
        let word = |left: f32| {
            ["ب", "ا", "ل"].iter().zip(0..).map(move |(c, n)| glyph(c, left + 5.0 * n as f32, 5.0))
        };
        let around =
            |between: &[Glyph]| word(20.0).chain(between.iter().cloned()).chain(word(43.0)).collect();
        assert_eq!(read(around(&[raised("1", 39.0)]), true), "لاب لاب");
        assert_eq!(read(around(&[glyph("،", 37.0, 2.0), raised("1", 39.0)]), true), "لاب، لاب");
    }

    #[test]
    fn tatweel_that_stretches_or_fills_is_none() {
        for (drawn, text) in [
            ("عـقـد", "عقد"),
            ("عقدـ توريدـ أجهزةـ طبيةـ", "عقد توريد أجهزة طبية"),
            ("عقدِـ", "عقدِ"),
            ("هـ", "هـ"),
            ("ـــ", "ـــ"),
            ("لـ 25", "لـ 25"),
        ] {
            assert_eq!(without_stretching(drawn), text);
        }
    }

    #[test]
    fn words_of_both_directions_are_parted_by_a_narrow_gap() {
        let words = |gap: f32| {
            with_blanks(vec![
                glyph("ن", 40.0, 5.0),
                glyph("و", 45.0, 5.0),
                glyph("P", 50.0 + gap, 5.0),
                glyph("D", 55.0 + gap, 4.0),
            ])
        };
        assert_eq!(text(words(2.5)).concat().matches("PD ").count(), 1);
        assert_eq!(text(words(0.5)).concat().matches("PD ").count(), 0);
    }
}
