//! The cells of a line as they are seen, from left to right → its text in reading order.
//!
//! In: cells in visual order, each a letter with its marks, a ligature, a digit or another character, and whether
//! the line runs from right to left. Out: the text that the Unicode Bidirectional Algorithm (UAX #9) shows so.
//! Several texts may be shown alike; then the usual one is taken: a number after a Latin word belongs to it, and a
//! percent sign follows its number. How numbers stand at the head of a line depends on the last letter before it in its
//! paragraph ([`Before`]). Guarantee: every cell is given once.

use std::ops::Range;

use super::cells::{Before, Cell, Kind, mirror};

/// What the brackets of right-to-left text are given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brackets {
    /// As they are meant: an opening one as an opening one.
    Meant,
    /// As they look: an opening one, which looks to the left there, as a closing one.
    Seen,
}

/// The text of `cells`; `before` is the last letter before them in their paragraph.
pub(super) fn in_reading_order(
    cells: &[Cell],
    right_to_left: bool,
    brackets: Brackets,
    before: Before,
) -> String {
    if right_to_left {
        return from_right(cells, brackets, before);
    }
    let mut out = String::new();
    let mut at = 0;
    while at < cells.len() {
        if cells[at].kind == Kind::Right {
            let end = cells[at..].iter().position(|c| c.kind == Kind::Left).map_or(cells.len(), |n| at + n);
            let last = cells[at..end].iter().rposition(|c| c.kind == Kind::Right).map_or(at, |n| at + n);
            out.push_str(&from_right(&cells[at..=last], brackets, Before::Other));
            at = last + 1;
        } else {
            out.push_str(&cells[at].text);
            at += 1;
        }
    }
    out
}

/// How many brackets of right-to-left text in `cells` are right when they are taken as meant, less those that are
/// right when they are taken as seen: an opening one has a blank before it and a word behind it.
pub(super) fn bracket_votes(cells: &[Cell]) -> i32 {
    let mut votes = 0;
    for stretch in stretches(cells, Before::Other) {
        let Stretch::Right(range) = stretch else { continue };
        for at in range {
            let Some((_, opens)) = cells[at].text.chars().next().and_then(mirror) else { continue };
            let blank = |at: Option<usize>| at.and_then(|n| cells.get(n)).is_none_or(Cell::is_space);
            let (before, behind) = (blank(Some(at + 1)), blank(at.checked_sub(1)));
            if before != behind {
                votes += if opens == before { 1 } else { -1 };
            }
        }
    }
    votes
}

/// Which way a line runs by the marks at its ends, if they tell; true is from right to left. No sentence begins with a
/// full stop or a closing bracket, and none ends with an opening one; the number of an item stands before its stop.
pub(super) fn direction_shown(cells: &[Cell]) -> Option<bool> {
    let visible: Vec<&Cell> = cells.iter().filter(|c| !c.is_space()).collect();
    let reversed: Vec<&Cell> = visible.iter().rev().copied().collect();
    let right = has_stop_at_head(&visible) || begins_with_number(&reversed);
    let left = has_stop_at_head(&reversed) || begins_with_number(&visible);
    let turned = is_bracket(visible.first()?, ")]") || is_bracket(visible.last()?, "([");
    (right != left || turned).then_some(right || turned && !left)
}

fn is_bracket(cell: &Cell, which: &str) -> bool {
    cell.text.chars().next().is_some_and(|c| which.contains(c))
}

/// Whether a mark that closes sentences stands first; several of them are an ellipsis.
fn has_stop_at_head(cells: &[&Cell]) -> bool {
    let stop = |cell: &Cell| matches!(&*cell.text, "." | "," | ":" | ";" | "!" | "?" | "،" | "؛" | "؟" | "۔");
    matches!(cells, [first, second, ..] if stop(first) && !stop(second) && second.kind != Kind::Digit)
}

/// Whether the number of an item stands first: `1.`, `2)`.
fn begins_with_number(cells: &[&Cell]) -> bool {
    let digits = cells.iter().take_while(|c| c.kind == Kind::Digit).count();
    matches!(&cells[digits..], [stop, next, ..] if (1..=2).contains(&digits)
        && matches!(&*stop.text, "." | ")") && matches!(next.kind, Kind::Left | Kind::Right))
}

/// A part of a line that runs from right to left.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stretch {
    /// Latin words and what belongs to them.
    Left(Range<usize>),
    /// The rest.
    Right(Range<usize>),
}

/// The parts of a line, from left to right.
fn stretches(cells: &[Cell], before: Before) -> Vec<Stretch> {
    // Behind a Latin word a line that begins with a number goes on as that did: up to the first letter that runs from right
    // to left.
    let price = |at: usize| cells[at].kind == Kind::Unit && cells.get(at + 1).is_some_and(Cell::is_european);
    let tail = cells.iter().rposition(Cell::is_right_to_left).map_or(0, |n| n + 1);
    let tail =
        (tail..cells.len()).find(|at| price(*at) || matches!(cells[*at].kind, Kind::Left | Kind::Digit));
    let number = tail.filter(|at| before == Before::Left && (price(*at) || cells[*at].is_european()));
    let mut out = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < cells.len() {
        if cells[at].kind != Kind::Left && number != Some(at) {
            at += 1;
            continue;
        }
        // Digits at its very head: `3D`.
        let mut start = at;
        while start > done && cells[start - 1].kind == Kind::Digit {
            start -= 1;
        }
        if start > done {
            out.push(Stretch::Right(done..start));
        }
        done = left_end(cells, at);
        out.push(Stretch::Left(start..done));
        at = done;
    }
    if done < cells.len() {
        out.push(Stretch::Right(done..cells.len()));
    }
    out
}

/// Where the Latin words that begin at `from` end: behind their last letter or number, before what runs from right
/// to left and before a bracket that has no counterpart among them.
fn left_end(cells: &[Cell], from: usize) -> usize {
    let mut end = from + 1;
    let mut at = from + 1;
    while at < cells.len() {
        match cells[at].kind {
            Kind::Right => break,
            // After `١` nothing goes on but what touches it.
            _ if end != at && is_indic(&cells[end - 1]) => break,
            Kind::Digit if end != at && is_indic(&cells[at]) => break,
            Kind::Left | Kind::Digit => end = at + 1,
            Kind::Unit if end == at && cells[at - 1].kind == Kind::Digit => end = at + 1,
            _ => {
                if let Some((other, _)) = cells[at].text.chars().next().and_then(mirror) {
                    let Some(close) = counterpart(cells, at, other) else { break };
                    at = close;
                    end = close + 1;
                }
            }
        }
        at += 1;
    }
    end
}

fn is_indic(cell: &Cell) -> bool {
    cell.kind == Kind::Digit && !cell.is_european()
}

/// Where the bracket that opens at `at` closes, with a word inside: by its counterpart `other`.
fn counterpart(cells: &[Cell], at: usize, other: char) -> Option<usize> {
    let mut word = false;
    for (index, cell) in cells.iter().enumerate().skip(at + 1) {
        match cell.kind {
            Kind::Right => return None,
            Kind::Left | Kind::Digit => word = true,
            _ => {
                let c = cell.text.chars().next();
                if c == Some(other) {
                    return word.then_some(index);
                }
                if c.and_then(mirror).is_some() {
                    return None;
                }
            }
        }
    }
    None
}

/// The text of a line that runs from right to left.
fn from_right(cells: &[Cell], brackets: Brackets, before: Before) -> String {
    let mut out = String::new();
    let mut before = before;
    for stretch in stretches(cells, before).into_iter().rev() {
        match stretch {
            Stretch::Left(range) => {
                left_stretch(&cells[range], &mut out);
                before = Before::Left;
            }
            Stretch::Right(range) => right_stretch(&cells[range], brackets, &mut before, &mut out),
        }
    }
    out
}

/// Latin words: as they are seen, but for brackets that are named after those of right-to-left text, with which they share
/// their glyphs, and so the wrong way round.
fn left_stretch(cells: &[Cell], out: &mut String) {
    let mut close = None;
    for (at, cell) in cells.iter().enumerate() {
        let bracket = cell.text.chars().next().and_then(mirror);
        match bracket {
            Some((other, _)) if close == Some(at) => out.push(other),
            Some((other, false)) => {
                close = counterpart(cells, at, other);
                if close.is_some() { out.push(other) } else { out.push_str(&cell.text) }
            }
            _ => out.push_str(&cell.text),
        }
    }
}

/// A part without Latin words: from right to left but for its numbers.
fn right_stretch(cells: &[Cell], brackets: Brackets, before: &mut Before, out: &mut String) {
    let mut end = cells.len();
    // Where the chain starts whose numbers are turned round.
    let mut chain = end;
    while end > 0 {
        let cell = &cells[end - 1];
        let number = match cell.kind {
            Kind::Digit if end > chain => Some(number_start(cells, end, Before::Arabic)),
            Kind::Digit => Some(number_start(cells, end, *before)),
            // Where no Arabic letter stands before it, a number has its unit on its right.
            Kind::Unit if *before != Before::Arabic && end >= 2 && cells[end - 2].is_european() => {
                Some(number_start(cells, end - 1, *before))
            }
            _ => None,
        };
        if let Some((start, first)) = number {
            chain = chain.min(first);
            out.extend(cells[start..end].iter().map(|c| c.text.as_str()));
            end = start;
            continue;
        }
        if cell.is_right_to_left() {
            *before = before.then(&cell.text);
        }
        if brackets == Brackets::Seen {
            out.extend(cell.text.chars().map(|c| mirror(c).map_or(c, |(other, _)| other)));
        } else {
            out.push_str(&cell.text);
        }
        end -= 1;
    }
}

/// Where the number that ends at `end` starts: digits with single separators between them (UAX #9, W4). Where no Arabic
/// letter stands before it, single signs join as separators do, all of a chain or none: `2023-05-12`; and what a price
/// is in stands on its left: `$100`. Where one stands in a line above, that is told by the number, since some programs
/// put each line in order by itself. Says also where the first number of its chain starts.
fn number_start(cells: &[Cell], end: usize, before: Before) -> (usize, usize) {
    let european = before != Before::Arabic && cells[end - 1].is_european();
    let mut start = group_start(cells, end);
    let mut groups: Vec<Range<usize>> = std::iter::once(start..end).collect();
    while start >= 2 && cells[start - 2].kind == Kind::Digit {
        let between = &cells[start - 1];
        let alike = cells[start - 2].is_european() == cells[end - 1].is_european();
        if !(alike && (between.kind == Kind::Separator || european && between.kind == Kind::Sign)) {
            break;
        }
        let group = group_start(cells, start - 1)..start - 1;
        start = group.start;
        groups.push(group);
    }
    let is_signed = groups[1..].iter().any(|group| cells[group.end].kind == Kind::Sign);
    if is_signed && !stands_as_seen(cells, &groups, before) {
        // Up to the first sign.
        let joined = groups[1..].iter().take_while(|group| cells[group.end].kind != Kind::Sign).count();
        return (groups[joined].start, start);
    }
    let price = |cell: &Cell| cell.kind == Kind::Unit && !matches!(&*cell.text, "%" | "٪" | "‰");
    let sure = european && before != Before::Above;
    let start = if sure && start > 0 && price(&cells[start - 1]) { start - 1 } else { start };
    (start, start)
}

/// Whether the numbers of a chain, the rightmost first, with signs between them, stand in the order in which they are seen.
fn stands_as_seen(cells: &[Cell], groups: &[Range<usize>], before: Before) -> bool {
    let value = |group: &Range<usize>| value(&cells[group.clone()]);
    let year = |group| value(group).filter(|y| (1000..=2100).contains(y));
    // With what numbers of telephones and of books begin.
    let begins = |group: &Range<usize>| {
        let zero = value(&(group.start..group.start + 1)) == Some(0) && group.len() > 1;
        zero || matches!(value(group), Some(978 | 979)) && groups.len() > 2
    };
    match groups {
        // A range of years ascends: one that descends stands at the head of a line whose paragraph has begun, where the
        // two were parted wrongly.
        [later, earlier] if before != Before::Above => {
            !matches!((year(earlier), year(later)), (Some(a), Some(b)) if a > b)
        }
        [later, earlier] => value(earlier) < value(later),
        [last, .., first] => before != Before::Above || begins(first) && !begins(last),
        _ => true,
    }
}

/// Where the digits that end at `end` start.
fn group_start(cells: &[Cell], end: usize) -> usize {
    cells[..end].iter().rposition(|c| c.kind != Kind::Digit).map_or(0, |n| n + 1)
}

fn value(cells: &[Cell]) -> Option<u64> {
    let digit = |c: &Cell| c.text.chars().next().and_then(|c| c.to_digit(10).or_else(|| arabic_digit(c)));
    cells.iter().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(u64::from(digit(c)?)))
}

const fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
