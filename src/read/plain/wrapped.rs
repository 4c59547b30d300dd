//! Lines that were broken because they were full.
//!
//! In: the lines of a text. Out: whether it is wrapped at a fixed width, and which lines go on in the next.
//! Guarantee: a line goes on only where the next word would not have fitted.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthChar;

use super::{Line, ends_sentence, is_item};

/// Widths that people wrap at, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// How a text is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// By a program, at so many columns.
    At(usize),
    /// By hand, so that every line goes on in the next; the widest has so many columns.
    ByHand(usize),
}

impl Wrapping {
    /// How `text` is wrapped, if it evidently is: empty lines part paragraphs, and of the lines that others follow
    /// at once at least four are full and mostly end without a sentence's end. At a width a third of them are too
    /// full for the next word; by hand nearly all are about as wide as the widest.
    pub(super) fn of(text: &str, lines: &[Line]) -> Option<Self> {
        let last_text = lines.iter().rposition(|l| !l.span.is_empty()).unwrap_or(0);
        if !lines[..last_text].iter().any(|l| l.span.is_empty()) {
            return None;
        }
        let followed: Vec<(Line, Line)> = lines
            .windows(2)
            .filter(|p| !p[0].span.is_empty() && !p[1].span.is_empty())
            .map(|p| (p[0], p[1]))
            .collect();
        let mut widths: Vec<usize> = followed.iter().map(|(line, _)| line.columns(text)).collect();
        widths.sort_unstable();
        let widest = *widths.last()?;
        // A few lines may be wider: addresses, programs.
        let most = widths[widths.len() * 49 / 50];
        let evident = |columns: usize, share: f64, is_full: &dyn Fn(Line, Line) -> bool| {
            let full: Vec<&(Line, Line)> = followed.iter().filter(|(l, n)| is_full(*l, *n)).collect();
            let open = full.iter().filter(|(line, _)| !ends_sentence(line.text(text))).count();
            WIDTHS.contains(&columns)
                && full.len() >= 4
                && full.len() as f64 >= share * followed.len() as f64
                && open as f64 >= 0.6 * full.len() as f64
        };
        if evident(most, 1.0 / 3.0, &|line, next| is_full(text, line, next, most)) {
            Some(Self::At(most))
        } else if evident(widest, 0.8, &|line, _| line.columns(text) * 4 >= widest * 3) {
            Some(Self::ByHand(widest))
        } else {
            None
        }
    }

    /// Whether `line`, the `nth` of its paragraph from 0, goes on in `next`.
    pub(super) fn goes_on(self, text: &str, nth: usize, line: Line, next: Line) -> bool {
        if is_item(next.text(text)) {
            return false;
        }
        // A paragraph may end with its page, where no empty line shows it.
        let page_ends = next.after_page;
        if page_ends && ends_sentence(line.text(text)) {
            return false;
        }
        let columns = match self {
            Self::At(columns) => columns,
            Self::ByHand(widest) => return !page_ends || line.columns(text) * 4 >= widest * 3,
        };
        if !is_full(text, line, next, columns) {
            return false;
        }
        // Lines further in begin a paragraph, but below the head of an item; lines further out end one, but
        // below its first line.
        match next.indent.cmp(&line.indent) {
            Ordering::Equal => true,
            Ordering::Greater => nth == 0 && is_item(line.text(text)),
            Ordering::Less => nth == 0,
        }
    }
}

/// Whether the first word of `next` would not have fitted onto `line`.
fn is_full(text: &str, line: Line, next: Line, columns: usize) -> bool {
    let next = next.text(text);
    let word = next.split_whitespace().next().unwrap_or(next);
    let more = if is_unspaced(line.text(text), next) { 2 } else { 1 + super::columns(word) };
    line.columns(text) + more > columns
}

/// Whether no space belongs between two lines: text of characters that take two columns is broken anywhere.
pub(super) fn is_unspaced(line: &str, next: &str) -> bool {
    let wide = |c: Option<char>| c.and_then(UnicodeWidthChar::width) == Some(2);
    wide(line.chars().next_back()) && wide(next.chars().next())
}
