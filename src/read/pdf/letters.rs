//! The order of letters in what `pdftotext` gives for right-to-left lines.
//!
//! In: its text, with marks of direction that it puts around each line and around what it takes for left-to-right
//! pieces in it. Out: the text without these marks, in reading order as far as they show it. Guarantee: lines
//! without such marks stay as they are; no letter is lost.

use std::sync::LazyLock;

use regex::Regex;

const RIGHT_TO_LEFT: char = '\u{202b}';
const LEFT_TO_RIGHT: char = '\u{202a}';
const END: char = '\u{202c}';

/// Puts every line in order.
pub(super) fn in_order(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // A new page begins with a form feed, which stands before the marks.
        let content = line.trim_end_matches(['\n', '\r']);
        let breaks = content.len() - content.trim_start_matches('\u{c}').len();
        out.push_str(&content[..breaks]);
        let content = &content[breaks..];
        match content.strip_prefix(RIGHT_TO_LEFT) {
            Some(inner) => out.push_str(&ligatures(&right_to_left(inner))),
            None => out.extend(content.chars().filter(|c| !is_mark(*c))),
        }
        out.push_str(&line[breaks + content.len()..]);
    }
    out
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}')
}

/// A line whose marks say that it runs from right to left.
fn right_to_left(line: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(LEFT_TO_RIGHT) {
        pieces.push(rest[..at].to_owned());
        let after = &rest[at + LEFT_TO_RIGHT.len_utf8()..];
        let (inner, after) = after.split_once(END).unwrap_or((after, ""));
        pieces.push(embedded(inner));
        rest = after;
    }
    pieces.push(rest.to_owned());
    // Marks that close a sentence never open a line: they were taken for the left end of a left-to-right one.
    let closing = |p: &String| {
        !p.trim().is_empty()
            && p.chars().all(|c| matches!(c, '.' | ':' | '،' | '؛' | '؟' | '!' | '…' | '/' | ' '))
    };
    if pieces.len() > 2 && pieces[0].is_empty() && closing(&pieces[1]) {
        let end = pieces.remove(1);
        pieces.push(end.trim().to_owned());
    }
    pieces.concat().chars().filter(|c| !is_mark(*c)).collect()
}

/// A piece that was taken for left-to-right: it stands as it is seen, from left to right. What has Latin
/// letters is in order; of numbers and marks, all but the numbers themselves are turned round.
fn embedded(piece: &str) -> String {
    static NUMBERS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d[\d.,:/٫٬-]*\d|\d").expect("the pattern is right"));
    if piece.chars().any(|c| c.is_alphabetic() && c.is_ascii()) {
        return piece.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut from = 0;
    for number in NUMBERS.find_iter(piece) {
        out.extend(piece[from..number.start()].chars().map(String::from));
        out.push(number.as_str().to_owned());
        from = number.end();
    }
    out.extend(piece[from..].chars().map(String::from));
    // Marks alone at an end of a line were put in reading order already.
    if out.iter().all(|p| p.chars().all(|c| !c.is_numeric() && c != ' ')) {
        return piece.to_owned();
    }
    out.reverse();
    out.concat()
}

/// Ligatures of lam and alef come out with their letters turned round. Where that gives letters that stand
/// in no Arabic word, they are turned back: `اال`, `األ` at the head of a word are `الا`, `الأ`.
fn ligatures(line: &str) -> String {
    static TURNED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [r"(^|[^\p{L}\p{M}])([وف]?[بك]?ا)([اأإآ])ل", r"(^|[^\p{L}\p{M}])([وف]?ل)([أإآ])ل"]
            .map(|pattern| Regex::new(pattern).expect("the patterns are right"))
    });
    let line = TURNED[0].replace_all(line, "${1}${2}ل${3}");
    TURNED[1].replace_all(&line, "${1}${2}ل${3}").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        assert_eq!(in_order(given), expected);
    }

    #[test]
    fn numbers_and_marks_of_right_to_left_lines_are_put_in_order() {
        check(
            "\u{202b}يومي \u{202a} 22\u{202c}و\u{202a} 23\u{202c}تموز \u{202a} ،2024\u{202c}حيث\u{202c}\n",
            "يومي 22 و23 تموز 2024، حيث\n",
        );
        check("\u{202b}\u{202a}.\u{202c}بين البلدين\u{202c}\n", "بين البلدين.\n");
        check(
            "\u{202b}بين البلدين\u{202a}.\u{202c}\u{202c}\n\u{c}\u{202b}نعم\u{202c}\n",
            "بين البلدين.\n\u{c}نعم\n",
        );
        check("\u{202b}وقال \u{202a}John Smith, 20\u{202c} ذلك\u{202c}", "وقال John Smith, 20 ذلك");
        check("plain, left 20.\n", "plain, left 20.\n");
    }

    #[test]
    fn ligatures_are_turned_back_where_that_is_sure() {
        let line = |word: &str| in_order(&format!("\u{202b}{word}\u{202c}"));
        for (given, expected) in [
            ("االمريكية", "الامريكية"),
            ("واألمن", "والأمن"),
            ("باإلضافة", "بالإضافة"),
            ("لألمن", "للأمن"),
            ("رجال", "رجال"),
            ("قالوا", "قالوا"),
        ] {
            assert_eq!(line(given), expected);
        }
    }
}
