//! Text for a terminal: made safe, wrapped, and put in visual order where the terminal does not do that.

use std::fmt::Write as _;

use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::formats::Direction;

/// Who puts right-to-left text in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bidi {
    /// The terminal; texts are put into isolates, so that they do not disturb what stands around them.
    Terminal,
    /// The terminal, one that knows no isolates and would show them as boxes: they are left out.
    TerminalWithoutIsolates,
    /// We do, by the Unicode Bidirectional Algorithm (UAX #9), for a terminal that shows characters as they come.
    Reorder,
    /// Nobody: the text as it is stored.
    Off,
}

impl Bidi {
    /// What suits the terminal called `term` (the variable TERM), given a way to look up other variables of the
    /// environment. Terminals known to follow UAX #9 are left to do so.
    pub fn for_terminal(term: Option<&str>, has_variable: &dyn Fn(&str) -> bool) -> Self {
        if term.is_some_and(|t| t.starts_with("mlterm")) || has_variable("MLTERM") {
            return Self::TerminalWithoutIsolates;
        }
        let reorders_itself =
            ["VTE_VERSION", "KONSOLE_VERSION", "TERMUX_VERSION"].into_iter().any(has_variable);
        if reorders_itself { Self::Terminal } else { Self::Reorder }
    }
}

/// What to do with invisible marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invisible {
    /// Left as they are.
    AsIs,
    /// Shown by name: `<RLM>`.
    Shown,
}

/// Whether `text` holds characters that override the direction of others, with which text can be hidden.
pub(super) fn has_override(text: &str) -> bool {
    text.contains(['\u{202d}', '\u{202e}'])
}

/// `text` on one line and harmless: white space folded, control characters and directional embeddings and
/// overrides escaped, isolates too where they are not balanced.
pub(super) fn safe(text: &str, invisible: Invisible) -> String {
    let balanced = isolates_are_balanced(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let escaped = match c {
            '\u{202a}'..='\u{202e}' => true,
            '\u{2066}'..='\u{2069}' => !balanced || invisible == Invisible::Shown,
            // Line ends, tabs and the like.
            _ if c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                continue;
            }
            _ => c.is_control(),
        };
        match name_of(c) {
            Some(name) if escaped || invisible == Invisible::Shown => {
                // Writing to a string does not fail.
                let _ = write!(out, "<{name}>");
            }
            _ if escaped => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

fn isolates_are_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

fn name_of(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "NBSP",
        '\u{ad}' => "SHY",
        '\u{61c}' => "ALM",
        '\u{200b}' => "ZWSP",
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{202f}' => "NNBSP",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{feff}' => "BOM",
        _ => return None,
    })
}

/// A line ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrapped {
    /// Its text, in the order in which the terminal wants it.
    pub(super) text: String,
    /// Spaces to put before it, so that right-to-left text ends at the right margin.
    pub(super) padding: usize,
}

/// `text` in lines of at most `columns` columns (0: one line), ordered as `bidi` says, in lines that run in
/// `direction`; without one, as its first letter does. There is always a line.
pub(super) fn wrap(text: &str, columns: usize, bidi: Bidi, direction: Option<Direction>) -> Vec<Wrapped> {
    let level = direction.map(|d| if d.is_rtl() { Level::rtl() } else { Level::ltr() });
    let info = (bidi != Bidi::Off).then(|| ParagraphBidiInfo::new(text, level));
    let isolate = match direction {
        Some(Direction::LeftToRight) => '\u{2066}',
        Some(Direction::RightToLeft) => '\u{2067}',
        None => '\u{2068}',
    };
    let to_right = columns > 0 && info.as_ref().is_some_and(|i| i.paragraph_level.is_rtl());
    let lines = break_lines(text, columns);
    let shown = lines.into_iter().map(|range| {
        let line = &text[range.clone()];
        let padding = if to_right { columns.saturating_sub(columns_of(line)) } else { 0 };
        let text = match (bidi, &info) {
            (Bidi::Reorder, Some(info)) if !range.is_empty() => visual(info, range),
            (Bidi::Terminal, _) => format!("{isolate}{line}\u{2069}"),
            _ => line.to_owned(),
        };
        Wrapped { text, padding }
    });
    shown.collect()
}

/// The line `range` in visual order, with mirrored brackets; grapheme clusters stay whole, so that vowel
/// signs stand on their letters.
fn visual(info: &ParagraphBidiInfo<'_>, range: std::ops::Range<usize>) -> String {
    let (levels, runs) = info.visual_runs(range);
    let mut out = String::new();
    for run in runs {
        let text = &info.text[run.clone()];
        if levels[run.start].is_rtl() {
            for cluster in text.graphemes(true).rev() {
                match mirrored(cluster) {
                    Some(c) => out.push(c),
                    None => out.push_str(cluster),
                }
            }
        } else {
            out.push_str(text);
        }
    }
    // Marks that only steer the order have done their work.
    out.retain(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}'));
    out
}

/// The mirror image of a bracket or another paired sign (the pairs that texts use, of UAX #9's BidiMirroring).
fn mirrored(cluster: &str) -> Option<char> {
    const PAIRS: [(char, char); 8] =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›'), ('≤', '≥'), ('⟨', '⟩')];
    let mut chars = cluster.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    PAIRS.iter().find_map(|&(a, b)| match c {
        _ if c == a => Some(b),
        _ if c == b => Some(a),
        _ => None,
    })
}

/// The columns that `text` takes: lam and alef one each, as terminals keep a cell for either, though they are
/// drawn as one.
fn columns_of(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

fn break_lines(text: &str, columns: usize) -> Vec<std::ops::Range<usize>> {
    if columns == 0 || columns_of(text) <= columns {
        return std::iter::once(0..text.len()).collect();
    }
    let mut lines = Vec::new();
    let (mut start, mut end, mut used) = (0, 0, 0);
    for (at, word) in text.split_inclusive(' ').scan(0, |at, word| {
        let here = *at;
        *at += word.len();
        Some((here, word))
    }) {
        let bare = columns_of(word.trim_end_matches(' '));
        if used > 0 && used + bare > columns {
            lines.push(start..end);
            (start, used) = (at, 0);
        }
        if bare > columns {
            // Longer than a line: an address, or a script without spaces.
            for (offset, cluster) in word.grapheme_indices(true) {
                let width = cluster.width();
                if used > 0 && used + width > columns {
                    lines.push(start..at + offset);
                    (start, used) = (at + offset, 0);
                }
                used += width;
            }
        } else {
            used += columns_of(word);
        }
        end = at + word.trim_end_matches(' ').len();
    }
    lines.push(start..end.max(start));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Wrapped]) -> Vec<&str> {
        lines.iter().map(|l| &*l.text).collect()
    }

    #[test]
    fn long_text_is_wrapped_at_spaces_and_long_words_anywhere() {
        assert_eq!(texts(&wrap("one two three", 7, Bidi::Off, None)), ["one two", "three"]);
        assert_eq!(texts(&wrap("a abcdefghij b", 4, Bidi::Off, None)), ["a", "abcd", "efgh", "ij b"]);
        assert_eq!(texts(&wrap("", 4, Bidi::Off, None)), [""]);
        assert_eq!(texts(&wrap("日本語", 4, Bidi::Off, None)), ["日本", "語"]);
    }

    #[test]
    fn right_to_left_text_is_reordered_line_by_line() {
        let lines = wrap("abc (1) אבג", 0, Bidi::Reorder, None);
        assert_eq!(texts(&lines), ["abc (1) גבא"]);
        // Stored: alef bet, bracket, 12, bracket, gimel.
        let lines = wrap("אב (12) ג", 20, Bidi::Reorder, None);
        assert_eq!(texts(&lines), ["ג (12) בא"]);
        assert_eq!(lines[0].padding, 11);
        // A letter with a vowel sign stays one.
        assert_eq!(texts(&wrap("ب\u{64e}ت", 0, Bidi::Reorder, None)), ["تب\u{64e}"]);
    }

    #[test]
    fn lam_and_alef_take_a_column_each() {
        assert_eq!(columns_of("لا"), 2);
        assert_eq!(columns_of("الأَمن"), 5);
        assert_eq!(texts(&wrap("لا لا", 4, Bidi::Off, None)), ["لا", "لا"]);
        let arabic = wrap("IBM لا", 10, Bidi::Terminal, Some(Direction::RightToLeft));
        assert_eq!((&*arabic[0].text, arabic[0].padding), ("\u{2067}IBM لا\u{2069}", 4));
        assert_eq!(texts(&wrap("IBM לא", 0, Bidi::Reorder, Some(Direction::RightToLeft))), ["אל IBM"]);
        assert_eq!(
            wrap("لا", 10, Bidi::TerminalWithoutIsolates, None),
            [Wrapped { text: "لا".into(), padding: 8 }]
        );
        assert_eq!(wrap("لا", 10, Bidi::Terminal, None)[0].text, "\u{2068}لا\u{2069}");
    }

    #[test]
    fn what_could_harm_is_escaped() {
        let text = "a\u{1b}[31m\u{202e}b\r\n\tc\u{200f}\u{2067}d";
        assert_eq!(safe(text, Invisible::AsIs), "a<U+001B>[31m<RLO>b c\u{200f}<RLI>d");
        assert_eq!(
            safe("\u{2067}d\u{2069}\u{a0}\u{200f}", Invisible::AsIs),
            "\u{2067}d\u{2069}\u{a0}\u{200f}"
        );
        assert_eq!(safe("d\u{a0}\u{200f}\u{200c}", Invisible::Shown), "d<NBSP><RLM><ZWNJ>");
        assert!(has_override("\u{202e}") && !has_override("\u{200f}"));
    }

    #[test]
    fn terminals_that_reorder_are_left_to_do_so() {
        assert_eq!(Bidi::for_terminal(Some("xterm-256color"), &|_| false), Bidi::Reorder);
        assert_eq!(Bidi::for_terminal(Some("xterm-256color"), &|name| name == "VTE_VERSION"), Bidi::Terminal);
        assert_eq!(Bidi::for_terminal(Some("mlterm"), &|_| false), Bidi::TerminalWithoutIsolates);
    }

    proptest::proptest! {
        #[test]
        fn lines_fit_and_no_visible_character_is_lost(text in "[ab \u{627}\u{628}\u{64e}()1日]{0,80}", columns in 2_usize..20) {
            for bidi in [Bidi::Off, Bidi::Reorder] {
                let lines = wrap(&text, columns, bidi, None);
                let mut shown: Vec<char> = lines.iter().flat_map(|l| l.text.chars()).collect();
                let mut stored: Vec<char> = text.chars().collect();
                // Mirroring turns brackets into each other.
                for chars in [&mut shown, &mut stored] {
                    chars.retain(|c| *c != ' ');
                    for c in chars.iter_mut().filter(|c| **c == ')') {
                        *c = '(';
                    }
                    chars.sort_unstable();
                }
                assert_eq!(shown, stored);
                for line in &lines {
                    assert!(columns_of(line.text.trim_end()) <= columns, "{line:?}");
                }
            }
        }
    }
}
