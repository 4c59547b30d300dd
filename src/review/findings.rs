//! What is to be looked at in the texts, whatever the aligner thinks of them: numbers, placeholders, what was not
//! translated, one source with two translations, double blanks, hidden marks.
//!
//! In: a project. Out: findings by row. Guarantee: the rules for pairs of texts are those of `muqabala tmx check`;
//! rejected pairs are passed over; the list is of bounded length, the counts are of all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::bitext::Side;
use crate::memory::{Judge, Kind};
use crate::normalize::is_invisible;
use crate::project::{Decision, Project};

/// Findings in the list, at most.
const MOST: usize = 1000;

/// One thing found.
#[derive(Debug, Serialize)]
struct Found {
    row: usize,
    /// The code of its kind.
    code: &'static str,
    /// More about it, in English.
    detail: String,
    /// How the two texts begin.
    source: String,
    target: String,
}

/// All that was found.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    revision: u64,
    /// How many there are of each kind.
    counts: BTreeMap<&'static str, usize>,
    found: Vec<Found>,
}

/// Two blanks one after the other.
pub(super) const DOUBLE_BLANK: &str = "double-blank";
/// A character that cannot be seen, other than those that scripts need.
pub(super) const HIDDEN_MARK: &str = "hidden-mark";

/// Rows with a finding.
pub(super) type Rows = BTreeSet<usize>;

/// The rows with a finding.
pub(super) fn rows(project: &Project) -> Rows {
    let mut rows = Rows::new();
    each(project, |row, _, _, _| {
        rows.insert(row);
    });
    rows
}

/// All that is found in `project`, which is as of `revision`.
pub(super) fn find(project: &Project, revision: u64) -> Findings {
    let mut all = Findings { revision, counts: BTreeMap::new(), found: Vec::new() };
    each(project, |row, code, detail, [source, target]| {
        *all.counts.entry(code).or_default() += 1;
        if all.found.len() < MOST {
            let (source, target) = (beginning(source), beginning(target));
            all.found.push(Found { row, code, detail, source, target });
        }
    });
    all
}

/// Calls `found` with all that is found: row, code, what more there is to say, and the two texts.
fn each(project: &Project, mut found: impl FnMut(usize, &'static str, String, [&str; 2])) {
    let languages = project.languages();
    let mut judge = Judge::new(languages.source.as_str(), languages.target.as_str());
    let mut translations: HashMap<String, String> = HashMap::new();
    for (row, bead) in project.beads().enumerate() {
        if bead.attributes.decision == Decision::Rejected {
            continue;
        }
        let [source, target] = Side::BOTH.map(|side| project.bead_text(side, bead));
        let mut said: Vec<(&'static str, String)> =
            judge.pair(&source, &target).into_iter().map(|(kind, detail)| (kind.code(), detail)).collect();
        for text in [&source, &target] {
            if has_double_blank(text) {
                said.push((DOUBLE_BLANK, String::new()));
            }
            if let Some(mark) = hidden_mark(text) {
                said.push((HIDDEN_MARK, format!("U+{:04X}", u32::from(mark))));
            }
        }
        if !source.trim().is_empty() && !target.trim().is_empty() {
            let first =
                translations.entry(source.trim().to_owned()).or_insert_with(|| target.trim().to_owned());
            if first != target.trim() {
                said.push((Kind::Contradiction.code(), first.clone()));
            }
        }
        for (code, detail) in said {
            found(row, code, detail, [&source, &target]);
        }
    }
}

fn has_double_blank(text: &str) -> bool {
    text.trim().as_bytes().windows(2).any(|pair| pair == b"  ")
}

/// The first character that cannot be seen and that neither joins letters nor names the direction of a word.
fn hidden_mark(text: &str) -> Option<char> {
    let needed = |c: char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{ad}');
    text.chars().find(|&c| is_invisible(c) && !needed(c))
}

/// How a text begins.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 80;
    let mut beginning: String = text.chars().take(SHOWN).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_marks_are_found_that_cannot_be_seen() {
        assert!(has_double_blank("a  b") && !has_double_blank(" a b  "));
        assert_eq!(hidden_mark("a\u{200b}b"), Some('\u{200b}'));
        assert_eq!(hidden_mark("مي\u{200c}شود 5\u{200f}"), None);
    }

    /// The page has words for all that the rules may find in a pair of texts.
    #[test]
    fn the_page_has_words_for_every_kind_of_finding() {
        let script = include_str!("assets/finding_words.js");
        let rules = include_str!("../memory/check_text.rs");
        let named = Kind::ALL.iter().filter(|kind| {
            let code = kind.code();
            let variant =
                code.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect::<String>();
            rules.contains(&format!("Kind::{variant},"))
        });
        let mut codes: Vec<&str> = named.map(|kind| kind.code()).collect();
        codes.extend([DOUBLE_BLANK, HIDDEN_MARK, Kind::Contradiction.code()]);
        assert!(codes.len() > 10, "{codes:?}");
        for code in
            codes.iter().filter(|code| !["unescaped", "unknown-entity", "illegal-character"].contains(code))
        {
            assert!(script.contains(&format!("\"{code}\": [")), "no words for {code}");
        }
    }
}
