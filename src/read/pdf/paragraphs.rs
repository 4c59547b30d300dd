//! Lines of a PDF → paragraphs.
//!
//! In: the lines of all pages, a form feed before each page. Out: a paragraph a line. Guarantee: only page numbers
//! and lines that stand at the head or foot of most pages are left out; a word parted by a hyphen at a line's end
//! is joined where its parts are no words joined elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::items::Numbering;

/// Joins the lines.
pub(super) fn paragraphs(text: &str) -> String {
    let mut pages: Vec<Vec<&str>> = text.split('\u{c}').map(|p| p.lines().map(str::trim).collect()).collect();
    drop_heads_and_feet(&mut pages);
    let width = usual_width(&pages);
    let compounds = compounds(&pages);
    let mut out = String::with_capacity(text.len());
    // Whether the paragraph reached may go on.
    let mut open = false;
    let mut numbering = Numbering::default();
    let mut before = "";
    for page in &pages {
        for (index, line) in page.iter().enumerate() {
            if line.is_empty() {
                // Over the foot of a page and the head of the next, a paragraph may go on.
                open &=
                    page[index..].iter().all(|l| l.is_empty()) || page[..index].iter().all(|l| l.is_empty());
                continue;
            }
            if open && !numbering.begins_item(before, line) {
                join(&mut out, line, &compounds);
            } else {
                numbering.open(line);
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(line);
            }
            open = goes_on(line, width);
            before = line;
        }
    }
    out
}

fn characters(line: &str) -> usize {
    line.chars().count()
}

/// The number of characters that one line in ten has more of.
fn usual_width(pages: &[Vec<&str>]) -> usize {
    let mut widths: Vec<usize> =
        pages.iter().flatten().filter(|l| !l.is_empty()).map(|l| characters(l)).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}

/// Whether a paragraph goes on after `line`: short lines are last lines, the shorter the surer.
fn goes_on(line: &str, width: usize) -> bool {
    let length = characters(line) * 100;
    let ends = ends_sentence(line);
    let parted =
        line.strip_suffix(['-', '\u{ad}', '\u{2010}']).is_some_and(|l| l.ends_with(char::is_alphabetic));
    parted || length >= width * if ends { 80 } else { 55 }
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '؟', '…', '۔', ':'])
}

/// Puts `line` after the text, without the hyphen that parts a word between them.
pub(super) fn join(out: &mut String, line: &str, compounds: &BTreeSet<String>) {
    let parted = out.ends_with(['-', '\u{ad}', '\u{2010}']) && line.starts_with(char::is_lowercase);
    let before = out.trim_end_matches(['-', '\u{ad}', '\u{2010}']);
    if parted && before.ends_with(char::is_alphabetic) {
        let head = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let tail: String = line.chars().take_while(|c| c.is_alphabetic()).collect();
        // No syllable that is parted off is a single letter.
        let meant = head.chars().count() == 1 || compounds.contains(&format!("{head}-{tail}").to_lowercase());
        if out.ends_with('\u{ad}') || !meant {
            out.truncate(before.len());
        }
    } else if parts_number(out, line)
        || parts_compound(out, line)
        || out.ends_with(['(', '[', '«'])
        || line.starts_with([')', ']', '»'])
    {
        // A range or a number was parted after its dash, or a bracket from its word: they belong together.
    } else if !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(line);
}

/// Whether a line ends in a number and a dash, and the next begins with a number.
fn parts_number(before: &str, line: &str) -> bool {
    let head = before.strip_suffix(['-', '\u{2010}', '–', '/']);
    head.is_some_and(|h| h.ends_with(char::is_numeric)) && line.starts_with(char::is_numeric)
}

/// Whether a line ends in a hyphen or a slash that is written: between letters or numbers, before a capital, a number or,
/// after a slash or a number, any letter.
fn parts_compound(before: &str, line: &str) -> bool {
    let (hyphens, slash) = (['-', '\u{2010}'], before.ends_with('/'));
    let Some(head) = before.strip_suffix(hyphens).or_else(|| before.strip_suffix('/')) else { return false };
    let (Some(last), Some(first)) = (head.chars().next_back(), line.chars().next()) else { return false };
    let goes_on = first.is_numeric() || first.is_uppercase();
    let any = slash || last.is_numeric();
    (last.is_alphanumeric() || last == '.' && !slash)
        && (goes_on || any && first.is_alphabetic() && (slash || first.is_lowercase()))
}

/// Words with a hyphen inside a line, each two parts of them as one.
pub(super) fn compounds(pages: &[Vec<&str>]) -> BTreeSet<String> {
    let words = pages.iter().flatten().flat_map(|l| l.split_whitespace());
    let mut out = BTreeSet::new();
    for word in words.filter(|w| w.contains(['-', '\u{2010}'])) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let parts: Vec<&str> = word.split(['-', '\u{2010}']).collect();
        out.extend(parts.windows(2).map(|pair| format!("{}-{}", pair[0], pair[1])));
    }
    out
}

/// Which of a page's lines stands at a place.
type Place = fn(&[&str]) -> Option<usize>;

/// Takes away the numbers of pages, and what stands at the head or the foot of most pages.
fn drop_heads_and_feet(pages: &mut [Vec<&str>]) {
    let key = |line: &str| line.chars().filter(|c| !c.is_numeric()).collect::<String>();
    let places: [Place; 2] =
        [|p| p.iter().position(|l| !l.is_empty()), |p| p.iter().rposition(|l| !l.is_empty())];
    let filled = pages.iter().filter(|p| p.iter().any(|l| !l.is_empty())).count();
    for place in places {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for page in pages.iter() {
            if let Some(at) = place(page) {
                *counts.entry(key(page[at])).or_default() += 1;
            }
        }
        for page in pages.iter_mut() {
            let Some(at) = place(page) else { continue };
            let line = page[at];
            let number = !line.is_empty()
                && characters(line) <= 12
                && line.chars().any(char::is_numeric)
                && line.chars().all(|c| c.is_numeric() || matches!(c, ' ' | '-' | '–' | '/' | '|'));
            let repeated = filled >= 3 && counts.get(&key(line)).is_some_and(|n| n * 2 > filled);
            if number && filled >= 2 || repeated {
                page[at] = "";
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_words_are_mended() {
        let text = "A Title\n\nThe delegations discussed the security-\nrelated questions of the region and of\n\
            its neigh-\u{20}\nbours, security-related or not, and they\nagreed.\nAfter that the ministers went home by a\n\
            train that was late.\n- an item\n- another item that is as long as a line\n";
        insta::assert_snapshot!(paragraphs(text), @r"
        A Title
        The delegations discussed the security-related questions of the region and of its neighbours, security-related or not, and they agreed.
        After that the ministers went home by a train that was late.
        - an item
        - another item that is as long as a line
        ");
    }

    #[test]
    fn hyphens_and_slashes_that_are_written_stay() {
        let known = compounds(&[vec!["(e-government), the non-self-governing ones and co-operation"]]);
        for (before, line, expected) in [
            ("near Al-", "Quds", "near Al-Quds"),
            ("of COVID-", "19 and", "of COVID-19 and"),
            ("the U.S.-", "Iraq talks", "the U.S.-Iraq talks"),
            ("in A/", "RES/70/1", "in A/RES/70/1"),
            ("and/", "or", "and/or"),
            ("a 5-", "year plan", "a 5-year plan"),
            ("by e-", "mail", "by e-mail"),
            ("the self-", "governing", "the self-governing"),
            ("the co-", "operation", "the co-operation"),
            ("the neigh-", "bours", "the neighbours"),
            ("he came -", "Ahmad", "he came - Ahmad"),
            ("from 1 /", "Ahmad", "from 1 / Ahmad"),
        ] {
            let mut out = before.to_owned();
            join(&mut out, line, &known);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn paragraphs_go_on_over_pages_and_heads_and_numbers_are_left_out() {
        let page = |n: usize, text: &str| format!("Annual Report {n}\n\n{text}\n\n{n}\n");
        let long = "This line is as wide as the page that it stands on";
        let text = [page(1, long), page(2, "and here it ends."), page(3, long)].join("\u{c}");
        assert_eq!(paragraphs(&text), format!("{long} and here it ends.\n{long}"));
    }
}
