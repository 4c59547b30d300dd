//! Changes to a text: what is replaced where.

use std::cmp::Reverse;
use std::ops::Range;

use super::frames::RawUnit;
use super::scan::{Rest, Scanned, Token, scan};
use super::unit::UnitView;

/// Replacements in one text.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.list.push((range, with.into()));
    }

    pub(super) fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.replace(at..at, what);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text with all replacements; of two that overlap, the one that begins first counts, or the longer.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.list.sort_by_key(|(range, _)| (range.start, !range.is_empty(), Reverse(range.end)));
        let mut out = String::with_capacity(text.len() + 64);
        let mut done = 0;
        for (range, with) in self.list {
            if range.start >= done {
                out.push_str(&text[done..range.start]);
                out.push_str(&with);
                done = range.end;
            }
        }
        out.push_str(&text[done..]);
        out
    }
}

/// The tokens of a unit's text that was changed.
pub(super) fn tokens_of(text: &str) -> Vec<Token> {
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Scanned::Token(token) = scan(text, at, Rest::None) {
        tokens.push(token);
        at = token.end;
    }
    tokens
}

/// `raw` with another text.
pub(super) fn with_text<'u>(raw: &RawUnit<'u>, text: &'u str, tokens: &'u [Token]) -> RawUnit<'u> {
    RawUnit { text, tokens, fault: None, bad: &[], ..*raw }
}

/// Lets two variants change places, and leaves what stands between them.
pub(super) fn swap(raw: &RawUnit<'_>, view: &UnitView<'_>, one: usize, other: usize) -> String {
    let mut edits = Edits::default();
    let (a, b) = (view.variants[one].range.clone(), view.variants[other].range.clone());
    edits.replace(a.clone(), &raw.text[b.clone()]);
    edits.replace(b, &raw.text[a]);
    edits.apply(raw.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_in_the_order_of_the_text() {
        let mut edits = Edits::default();
        edits.replace(3..4, "never");
        edits.insert(1, "+");
        edits.replace(3..5, "X");
        edits.replace(4..6, "never");
        edits.insert(3, "-");
        assert_eq!(edits.apply("abcdef"), "a+bc-Xf");
    }
}
