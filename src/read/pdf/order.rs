//! The cells of a line as they are seen, from left to right → its text in reading order.
//!
//! In: cells in visual order, each a letter with its marks, a ligature, a digit or another character, and whether
//! the line runs from right to left. Out: the text that the Unicode Bidirectional Algorithm (UAX #9) shows so.
//! Several texts may be shown alike; then the usual one is taken: a number after a Latin word belongs to it, a
//! percent sign follows its number, and a range at the head of a line ascends. Guarantee: every cell is given once.

use unicode_bidi::{BidiClass, bidi_class};

/// What takes part in ordering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter of a script that runs from right to left.
    Right,
    /// Another letter.
    Left,
    Digit,
    /// What stands inside numbers: `.`, `,`, `:`, `/`.
    Separator,
    /// What stands at their ends: `%`, `$`.
    Unit,
    Other,
}

impl Cell {
    pub(super) fn new(text: String) -> Self {
        let kind = text.chars().find_map(|c| match bidi_class(c) {
            BidiClass::R | BidiClass::AL => Some(Kind::Right),
            BidiClass::L => Some(Kind::Left),
            BidiClass::EN | BidiClass::AN if c.is_numeric() => Some(Kind::Digit),
            BidiClass::AN | BidiClass::CS if !c.is_whitespace() && c != '،' => Some(Kind::Separator),
            BidiClass::ET => Some(Kind::Unit),
            BidiClass::NSM => None,
            _ => Some(Kind::Other),
        });
        Self { text, kind: kind.unwrap_or(Kind::Other) }
    }

    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        self.kind == Kind::Right
    }

    /// Whether one of the two runs from right to left and the other is a letter or a digit that does not.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let latin = |cell: &Self| matches!(cell.kind, Kind::Left | Kind::Digit);
        self.is_right_to_left() && latin(other) || latin(self) && other.is_right_to_left()
    }

    pub(super) fn is_left_to_right(&self) -> bool {
        self.kind == Kind::Left
    }
}

/// What the brackets of right-to-left text are given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brackets {
    /// As they are meant: an opening one as an opening one.
    Meant,
    /// As they look: an opening one, which looks to the left there, as a closing one.
    Seen,
}

/// The text of `cells`.
pub(super) fn in_reading_order(cells: &[Cell], right_to_left: bool, brackets: Brackets) -> String {
    if right_to_left {
        return from_right(cells, brackets);
    }
    let mut out = String::new();
    let mut at = 0;
    while at < cells.len() {
        if cells[at].kind == Kind::Right {
            let end = cells[at..].iter().position(|c| c.kind == Kind::Left).map_or(cells.len(), |n| at + n);
            let last = cells[at..end].iter().rposition(|c| c.kind == Kind::Right).map_or(at, |n| at + n);
            out.push_str(&from_right(&cells[at..=last], brackets));
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
    for stretch in stretches(cells) {
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

/// A part of a line that runs from right to left.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stretch {
    /// Latin words and what belongs to them.
    Left(std::ops::Range<usize>),
    /// The rest.
    Right(std::ops::Range<usize>),
}

/// The parts of a line, from left to right.
fn stretches(cells: &[Cell]) -> Vec<Stretch> {
    let mut out = Vec::new();
    let (mut at, mut done) = (0, 0);
    while at < cells.len() {
        if cells[at].kind != Kind::Left {
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
            Kind::Left | Kind::Digit => end = at + 1,
            Kind::Unit if end == at && cells[at - 1].kind == Kind::Digit => end = at + 1,
            _ => {
                if let Some(mirrored) = cells[at].text.chars().next().and_then(mirror) {
                    let Some(close) = counterpart(cells, at, mirrored) else { break };
                    at = close;
                    end = close + 1;
                }
            }
        }
        at += 1;
    }
    end
}

/// Where the bracket that opens at `at` closes, with a word inside.
fn counterpart(cells: &[Cell], at: usize, (other, opens): (char, bool)) -> Option<usize> {
    if !opens {
        return None;
    }
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
fn from_right(cells: &[Cell], brackets: Brackets) -> String {
    let mut out = String::new();
    let mut begun = false;
    for stretch in stretches(cells).into_iter().rev() {
        match stretch {
            Stretch::Left(range) => {
                out.extend(cells[range].iter().map(|c| c.text.as_str()));
                begun = true;
            }
            Stretch::Right(range) => right_stretch(&cells[range], brackets, &mut begun, &mut out),
        }
    }
    out
}

/// A part without Latin words: from right to left but for its numbers.
fn right_stretch(cells: &[Cell], brackets: Brackets, begun: &mut bool, out: &mut String) {
    let mut end = cells.len();
    while end > 0 {
        let cell = &cells[end - 1];
        match cell.kind {
            Kind::Digit => {
                let start = number_start(cells, end, *begun);
                out.extend(cells[start..end].iter().map(|c| c.text.as_str()));
                end = start;
                continue;
            }
            // At the head of a paragraph a number has its unit on its right.
            Kind::Unit if !*begun && end >= 2 && cells[end - 2].kind == Kind::Digit => {
                let start = number_start(cells, end - 1, false);
                out.extend(cells[start..end].iter().map(|c| c.text.as_str()));
                end = start;
                continue;
            }
            Kind::Right => *begun = true,
            _ => {}
        }
        if brackets == Brackets::Seen {
            out.extend(cell.text.chars().map(|c| mirror(c).map_or(c, |(other, _)| other)));
        } else {
            out.push_str(&cell.text);
        }
        end -= 1;
    }
}

/// Where the number that ends at `end` starts: digits with single separators between them. Before any letter
/// (`begun`) a dash stands between numbers as a separator does, if they ascend.
fn number_start(cells: &[Cell], end: usize, begun: bool) -> usize {
    let digits = |end: usize| {
        let mut start = end;
        while start > 0 && cells[start - 1].kind == Kind::Digit {
            start -= 1;
        }
        start
    };
    let mut start = digits(end);
    while start >= 2 && cells[start - 2].kind == Kind::Digit {
        let joins = match cells[start - 1].kind {
            Kind::Separator => true,
            _ if begun => false,
            _ => {
                let before = digits(start - 1);
                matches!(&*cells[start - 1].text, "-" | "+")
                    && value(&cells[before..start - 1]) < value(&cells[start..end])
            }
        };
        if !joins {
            break;
        }
        start = digits(start - 1);
    }
    start
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

/// The counterpart of a bracket or of an angle quotation mark, and whether the character opens.
const fn mirror(c: char) -> Option<(char, bool)> {
    Some(match c {
        '(' => (')', true),
        ')' => ('(', false),
        '[' => (']', true),
        ']' => ('[', false),
        '{' => ('}', true),
        '}' => ('{', false),
        '«' => ('»', true),
        '»' => ('«', false),
        '‹' => ('›', true),
        '›' => ('‹', false),
        '<' => ('>', true),
        '>' => ('<', false),
        '\u{fd3f}' => ('\u{fd3e}', true),
        '\u{fd3e}' => ('\u{fd3f}', false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_bidi::{BidiInfo, Level};

    use super::*;

    /// What the algorithm of UAX #9 shows, from left to right; brackets as they look.
    fn shown(text: &str, right_to_left: bool) -> Vec<Cell> {
        let level = if right_to_left { Level::rtl() } else { Level::ltr() };
        let info = BidiInfo::new(text, Some(level));
        let Some(paragraph) = info.paragraphs.first() else { return Vec::new() };
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        let mut out = Vec::new();
        for run in runs {
            let cells = text[run.clone()].chars();
            if levels[run.start].is_rtl() {
                out.extend(cells.rev().map(|c| Cell::new(mirror(c).map_or(c, |(o, _)| o).to_string())));
            } else {
                out.extend(cells.map(|c| Cell::new(c.to_string())));
            }
        }
        out
    }

    #[track_caller]
    fn check(text: &str, right_to_left: bool) {
        assert_eq!(in_reading_order(&shown(text, right_to_left), right_to_left, Brackets::Seen), text);
    }

    #[test]
    fn lines_come_back_as_they_were_written() {
        for line in [
            "بلغت الكلفة 1,250,000 دولار في عام 2023، أي بنسبة 100% منها",
            "تغطي السنوات 2023-2024 و2025-2027، وقد وقعت في 14/10/2022.",
            "قال: «لا أحد يريد الفوضى» (الأوروبي) وبرنامج الأمم (UNDP) يدعمان",
            "والموقع www.example.org ينشر برنامج Microsoft Office 365 وملفات PDF الأخرى",
            "الرقم 01-345678 قبل الساعة 18:30 وبسعر ٣٫٥ دولار",
            "راجعها (John Smith) و[الفرع الأول] و(EU) (UN) معاً",
            "1998-2004 أعوام",
            "100% منها",
        ] {
            check(line, true);
        }
        check("The word الكلمة الأولى, and 25 more (نعم).", false);
    }

    #[test]
    fn brackets_vote_on_how_they_are_given() {
        let seen = shown("قال (نعم) ثم [لا]", true);
        assert_eq!(bracket_votes(&seen), -4);
        let meant: Vec<Cell> = "قال (نعم) ثم [لا]".chars().rev().map(|c| Cell::new(c.to_string())).collect();
        assert_eq!(bracket_votes(&meant), 4);
    }

    proptest::proptest! {
        /// Whatever text is found, it is shown as the cells stand, and holds each of them.
        #[test]
        fn what_is_found_is_shown_so(words in proptest::collection::vec("[ابتو]{1,4}|[a-c]{1,3}|[1-9]{1,3}", 1..7)) {
            let text = format!("ا {}", words.join(" "));
            let cells = shown(&text, true);
            let found = in_reading_order(&cells, true, Brackets::Seen);
            proptest::prop_assert_eq!(shown(&found, true), cells);
        }

        #[test]
        fn no_cell_is_lost(text in "[ابa1.,:()«%-]{0,20}", right_to_left: bool) {
            let cells: Vec<Cell> = text.chars().map(|c| Cell::new(c.to_string())).collect();
            let mut found: Vec<char> = in_reading_order(&cells, right_to_left, Brackets::Meant).chars().collect();
            let mut given: Vec<char> = text.chars().collect();
            found.sort_unstable();
            given.sort_unstable();
            proptest::prop_assert_eq!(found, given);
        }
    }
}
