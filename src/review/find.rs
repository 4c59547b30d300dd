//! Search and filters over the rows.
//!
//! In: words to find and conditions. Out: the rows that meet them. Guarantee: texts are compared with harakat,
//! tatweel and invisible marks left out, alef forms and letter case folded, digits of all scripts alike; the texts
//! themselves are never changed.

use serde::Deserialize;

use crate::bitext::Side;
use crate::normalize::search_key;
use crate::project::{Decision, Project, ReviewBead};

use super::findings::Rows;

/// What to look for; every condition given must be met.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Query {
    /// Text to find on either side, or in the comment.
    q: String,
    /// A decision.
    decision: Option<String>,
    /// A bead type such as `1-1`, or `null`, `crossing`, `other` (neither 1-1 nor null).
    #[serde(rename = "type")]
    bead_type: Option<String>,
    /// The least confidence.
    min: Option<f64>,
    /// The greatest confidence.
    max: Option<f64>,
    /// What else must hold of the row.
    only: Option<Only>,
}

/// A condition on a row.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Only {
    Doubtful,
    Commented,
    Corrected,
    Pinned,
    Bookmarked,
    Finding,
    Renewed,
}

/// What the next row is to be.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Wanted {
    Pending,
    Flagged,
    Doubtful,
    /// Of any type but 1-1.
    Other,
    /// Without counterpart.
    Null,
    /// With something in the list of findings.
    Finding,
    Bookmarked,
    /// Aligned anew when the project was taken over to another version of its documents.
    Renewed,
}

impl Query {
    /// Whether it asks for findings.
    pub(super) const fn asks_for_findings(&self) -> bool {
        matches!(self.only, Some(Only::Finding))
    }
}

/// The rows that meet `query`, in order; `findings` are those with a finding, if it asks for them.
pub(super) fn find(project: &Project, query: &Query, findings: &Rows) -> Vec<usize> {
    let needle = search_key(&query.q);
    let is_meant = |row: &usize| !query.asks_for_findings() || findings.contains(row);
    project
        .beads()
        .enumerate()
        .filter(|(_, bead)| meets(project, bead, query) && contains(project, bead, needle.trim()))
        .map(|(position, _)| position)
        .filter(is_meant)
        .collect()
}

/// The next row after (or before) `from` that is as wanted; the search goes round at the end. `findings` are the rows with
/// a finding, if such a one is wanted.
pub(super) fn next(
    project: &Project,
    (wanted, findings): (Wanted, &Rows),
    from: Option<usize>,
    backwards: Backwards,
) -> Option<usize> {
    let is_wanted = |row: usize, bead: &ReviewBead| match wanted {
        Wanted::Pending => bead.attributes.decision == Decision::Pending,
        Wanted::Flagged => bead.attributes.decision == Decision::Flagged,
        Wanted::Doubtful => Project::is_doubtful(bead),
        Wanted::Other => project.bead_type(bead).to_string() != "1-1",
        Wanted::Null => project.bead_type(bead).is_null(),
        Wanted::Finding => findings.contains(&row),
        Wanted::Bookmarked => project.is_bookmarked(bead),
        Wanted::Renewed => project.is_renewed(bead),
    };
    let n = project.len();
    let mut positions: Box<dyn Iterator<Item = usize>> = match (from, backwards) {
        (Some(from), Backwards::No) => Box::new((from + 1..n).chain(0..n.min(from + 1))),
        (Some(from), Backwards::Yes) => Box::new((0..n.min(from)).rev().chain((from.min(n)..n).rev())),
        (None, Backwards::No) => Box::new(0..n),
        (None, Backwards::Yes) => Box::new((0..n).rev()),
    };
    positions.find(|&p| project.bead_at(p).is_some_and(|bead| is_wanted(p, bead)))
}

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backwards {
    Yes,
    No,
}

fn meets(project: &Project, bead: &ReviewBead, query: &Query) -> bool {
    let attributes = &bead.attributes;
    let decision = query.decision.as_deref().is_none_or(|d| attributes.decision.name() == d);
    let bead_type = query.bead_type.as_deref().is_none_or(|wanted| {
        let found = project.bead_type(bead);
        match wanted {
            "null" => found.is_null(),
            "crossing" => bead.score.crossing,
            "other" => !found.is_null() && found.to_string() != "1-1",
            _ => found.to_string() == wanted,
        }
    });
    let confidence = bead.confidence();
    let min = query.min.is_none_or(|least| confidence.is_some_and(|c| c >= least));
    let max = query.max.is_none_or(|most| confidence.is_some_and(|c| c <= most));
    let only = query.only.is_none_or(|only| match only {
        Only::Doubtful => Project::is_doubtful(bead),
        Only::Commented => !attributes.comment.is_empty(),
        Only::Pinned => attributes.pinned,
        Only::Bookmarked => project.is_bookmarked(bead),
        Only::Renewed => project.is_renewed(bead),
        // Those are told by their rows.
        Only::Finding => true,
        Only::Corrected => Side::BOTH
            .into_iter()
            .any(|side| project.segments_of(side, bead).iter().any(|s| s.corrected.is_some())),
    });
    decision && bead_type && min && max && only
}

fn contains(project: &Project, bead: &ReviewBead, needle: &str) -> bool {
    needle.is_empty()
        || Side::BOTH.into_iter().any(|side| search_key(&project.bead_text(side, bead)).contains(needle))
        || search_key(&bead.attributes.comment).contains(needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fold_arabic;
    use regex::Regex;
    use std::collections::BTreeMap;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        assert_eq!(search_key("الأُمَّة"), search_key("الامه"));
        assert_eq!(search_key("إلى\u{200f}"), search_key("الي"));
        assert_eq!(search_key("٢٠٢٤ ۲۰۲۴"), "2024 2024");
        assert_eq!(search_key("Joint \u{a0} STATEMENT"), "joint statement");
    }

    /// The page marks what was found by its own copy of [`search_key`].
    #[test]
    fn the_page_leaves_out_and_unites_the_same_characters() {
        let script = include_str!("assets/text.js");
        let line = Regex::new(r"if \(/(\[.*\])/\.test\(c\)\) continue;").unwrap();
        let classes: Vec<&str> = line.captures_iter(script).map(|c| c.get(1).unwrap().as_str()).collect();
        let left_out = Regex::new(&classes.join("|")).unwrap();
        let table = Regex::new(r"const LETTERS = \{(.*)\};").unwrap().captures(script).unwrap();
        let pair = Regex::new("\"(.)\": \"(.)\"").unwrap();
        let letters: BTreeMap<&str, &str> = pair
            .captures_iter(table.get(1).unwrap().as_str())
            .map(|c| c.extract().1)
            .map(|[a, b]| (a, b))
            .collect();
        let mut united = 0;
        for c in '\0'..='\u{FFFF}' {
            let text = c.to_string();
            assert_eq!(left_out.is_match(&text), search_key(&text).is_empty(), "U+{:04X}", u32::from(c));
            let other = fold_arabic(c).filter(|&other| other != c).map(|other| other.to_string());
            assert_eq!(letters.get(&*text).copied(), other.as_deref(), "U+{:04X}", u32::from(c));
            united += usize::from(other.is_some());
        }
        assert_eq!(united, letters.len());
    }
}
