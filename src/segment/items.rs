//! Items inside a line: "three kinds: 1. the first 2. the second 3. the third".
//!
//! In: the text of a block, and where its rules break it. Out: the breaks with one before each item, and none between an
//! item's number and its text. Guarantee: linear in the text's length; a number counts only as one of a series that
//! begins at the start of a line, after a colon or after the end of a sentence, and goes on one by one in the same
//! form.

use crate::bitext::Lang;
use crate::language::Words;
use crate::normalize::fold_arabic;

/// Letters that number items, in their order; digits are read as numbers. A letter may stand in several series.
const SERIES: [&[&str]; 9] = [
    &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"],
    &["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P"],
    &["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
    &["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"],
    // The older order of Arabic letters, which numbers items, and the alphabetical one.
    &["أ", "ب", "ج", "د", "ه\u{640}", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن"],
    &["أ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش"],
    &["а", "б", "в", "г", "д", "е", "ж", "з", "и", "к", "л", "м"],
    &["α", "β", "γ", "δ", "ε", "ζ", "η", "θ", "ι", "κ"],
    &["א", "ב", "ג", "ד", "ה", "ו", "ז", "ח", "ט", "י"],
];

/// The series of numbers: one more than the letters have.
const NUMBERS: usize = SERIES.len();

/// Longest label of an item, in characters.
const LONGEST_LABEL: usize = 4;

/// How the label of an item is set off: `1.`, `1)`, `(1)`, `1.)`, `1-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Point,
    Bracket,
    Brackets,
    PointAndBracket,
    Hyphen,
}

const FORMS: usize = Form::Hyphen as usize + 1;

/// The label of an item as it stands in the text.
#[derive(Debug, Clone, Copy)]
struct Marker<'t> {
    start: usize,
    /// Where its text begins.
    text: usize,
    label: &'t str,
    form: Form,
}

/// Items of one form that follow one another.
struct Run {
    series: usize,
    form: Form,
    starts: Vec<(usize, usize)>,
}

/// Puts the breaks of the items inside a line among `breaks`, which are in order and stay so.
pub(super) fn cut(text: &str, language: &Lang, breaks: &mut Vec<usize>) {
    let mut runs: Vec<Run> = Vec::new();
    // The latest run of each series and form.
    let mut latest = [[None; FORMS]; NUMBERS + 1];
    for marker in markers(text) {
        if marker.form == Form::Point && names_a_month(&text[marker.text..], language) {
            continue;
        }
        for (series, latest) in latest.iter_mut().enumerate() {
            let Some(place) = place(marker.label, series) else { continue };
            let open: &mut Option<usize> = &mut latest[marker.form as usize];
            match open.map(|run| &mut runs[run]) {
                _ if place == 0 && begins(&text[..marker.start]) => {
                    *open = Some(runs.len());
                    let starts = vec![(marker.start, marker.text)];
                    runs.push(Run { series, form: marker.form, starts });
                }
                Some(run) if run.starts.len() == place && has_letters(text, run, marker) => {
                    run.starts.push((marker.start, marker.text));
                }
                _ => {}
            }
        }
    }
    let mut items: Vec<(usize, usize)> =
        runs.iter().filter(|run| run.is_long_enough()).flat_map(|run| run.starts.iter().copied()).collect();
    if items.is_empty() {
        return;
    }
    items.sort_unstable();
    breaks.retain(|&at| !is_inside(&items, at));
    breaks.extend(items.iter().map(|&(start, _)| start).filter(|&start| start > 0));
    breaks.sort_unstable();
    breaks.dedup();
}

/// Whether `at` lies behind the start of an item, and not behind the start of its text. The items are in order.
fn is_inside(items: &[(usize, usize)], at: usize) -> bool {
    let next = items.partition_point(|&(start, _)| start < at);
    next > 0 && at <= items[next - 1].1
}

impl Run {
    /// Two items make a series; three where each looks like an initial: A. Smith and B. Jones.
    fn is_long_enough(&self) -> bool {
        let least = if self.form == Form::Point && self.series != NUMBERS { 3 } else { 2 };
        self.starts.len() >= least
    }
}

/// Whether something is said between the last item of `run` and `next`.
fn has_letters(text: &str, run: &Run, next: Marker<'_>) -> bool {
    let from = run.starts.last().map_or(0, |&(_, text)| text);
    text.get(from..next.start).is_some_and(|item| item.chars().any(char::is_alphabetic))
}

/// Whether a series may begin after `before`: at the start of a line, after a colon or the end of a sentence.
fn begins(before: &str) -> bool {
    let on_line = before.trim_end_matches([' ', '\t', '\u{A0}']);
    let last = on_line.trim_end_matches(['\u{200E}', '\u{200F}', '\u{61C}']).chars().next_back();
    last.is_none_or(|c| {
        matches!(c, '\n' | '\r' | ':' | '：' | '.' | '!' | '?' | '؟' | '…' | '。' | '።' | '।')
    })
}

/// The place of a label in a series, from 0.
fn place(label: &str, series: usize) -> Option<usize> {
    if series < NUMBERS {
        return SERIES[series].iter().position(|letter| *letter == label);
    }
    let mut digits = label.chars().map(decimal);
    let number = digits.try_fold(0, |number, digit| Some(number * 10 + digit? as usize))?;
    number.checked_sub(1)
}

/// The value of a digit: European, Arabic, Persian, Devanagari or Bengali.
fn decimal(c: char) -> Option<u32> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}'];
    ZEROS.into_iter().find_map(|zero| (c as u32).checked_sub(zero as u32).filter(|digit| *digit < 10))
}

/// Whether `rest` begins with the name of a month: "1. Oktober" is a day.
fn names_a_month(rest: &str, language: &Lang) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(16).collect();
    let folded: String = word.chars().filter_map(fold_arabic).collect::<String>().to_lowercase();
    Words::of(language).get(&folded).is_some_and(|senses| senses.month.is_some())
}

/// All labels in `text` that stand after white space, or first.
fn markers(text: &str) -> impl Iterator<Item = Marker<'_>> {
    let mut white_before = true;
    text.char_indices().filter_map(move |(start, c)| {
        let may_begin = white_before && (c == '(' || c.is_alphanumeric());
        white_before = c.is_whitespace();
        if may_begin { marker(text, start) } else { None }
    })
}

/// The label that begins at `start`, if one does.
fn marker(text: &str, start: usize) -> Option<Marker<'_>> {
    let bracket = usize::from(text[start..].starts_with('('));
    let label = label(&text[start + bracket..])?;
    let end = start + bracket + label.len();
    let rest = &text[end..];
    let (form, sign) = match (bracket, rest) {
        (1, _) if rest.starts_with(')') => (Form::Brackets, 1),
        (0, _) if rest.starts_with(".)") => (Form::PointAndBracket, 2),
        (0, _) if rest.starts_with('.') => (Form::Point, 1),
        (0, _) if rest.starts_with(')') => (Form::Bracket, 1),
        (0, _) if rest.starts_with('-') => (Form::Hyphen, 1),
        _ => return None,
    };
    let after = &rest[sign..];
    let trimmed = after.trim_start();
    let parted = trimmed.len() < after.len();
    // A number and its bracket or hyphen may touch an Arabic word.
    let touches = form != Form::Point && after.starts_with(|c: char| matches!(c, '\u{620}'..='\u{64A}'));
    let touches = touches && label.starts_with(|c| decimal(c).is_some());
    if trimmed.is_empty() || !(parted || touches) {
        return None;
    }
    Some(Marker { start, text: text.len() - trimmed.len(), label, form })
}

/// The number of up to two digits, or the letters, with which `text` begins.
fn label(text: &str) -> Option<&str> {
    let is_number = decimal(text.chars().next()?).is_some();
    let inside = |c: char| if is_number { decimal(c).is_some() } else { c.is_alphabetic() || c == '\u{640}' };
    let (mut end, mut length) = (0, 0);
    for c in text.chars().take_while(|&c| inside(c)) {
        length += 1;
        end += c.len_utf8();
        if length > LONGEST_LABEL {
            return None;
        }
    }
    (!is_number || length <= 2).then(|| &text[..end]).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, expected: &str) {
        let text = expected.replace('|', "");
        let mut breaks = Vec::new();
        cut(&text, &language.parse().expect("a code"), &mut breaks);
        let mut shown = text.clone();
        for &at in breaks.iter().rev() {
            shown.insert(at, '|');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn items_of_a_series_are_cut() {
        check("en", "Bring three things: |1. a pen |2. some paper |3. your card.");
        check("en", "Bring two things: |1) a pen |2) some paper");
        check("en", "The board shall: |(a) meet twice a year; |(b) elect a chair; and |(c) report.");
        check("en", "Steps: |i) open |ii) read |iii) close");
        check("en", "1. Open the lid. |2. Fill it. |3. Close it.");
        check("ar", "المطلوب: |١- جواز السفر |٢- صورتان |٣- الاستمارة");
        check("ar", "المطلوب: |1-جواز السفر |2-صورتان");
        check("ar", "الشروط: |أ) العمر |ب) الخبرة |ج) اللغة");
        check("ru", "Нужно: |а) паспорт |б) фото");
        check("en", "They sell: |1. apples |2. pears, of: |a) Kent |b) York |3. plums");
    }

    #[test]
    fn what_is_no_series_is_left() {
        check("en", "She was 1. He was 2. They were 3.");
        check("en", "Results: 1. 2. 3. 4.");
        check("en", "Only one: 1. the first");
        check("en", "A. Smith met B. Jones in Hull.");
        check("en", "It opened: 1. in May 1. in June");
        check("en", "See: 2. the second 3. the third");
        check("de", "Dauer: 1. Oktober bis 2. November");
        check("en", "The ratio: 1.5 to 2.5");
        check("en", "");
    }

    #[test]
    fn breaks_of_the_rules_stay_but_for_those_behind_a_label() {
        let text = "Two: 1. A cat. It sleeps. 2. A dog.";
        let mut breaks = vec![7, 14, 25, 28];
        cut(text, &Lang::english(), &mut breaks);
        assert_eq!(breaks, [5, 14, 25, 26]);
    }
}
