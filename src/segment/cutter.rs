//! Rules made ready to cut.
//!
//! What comes in: the rules for one language, and the text of one block. What goes out: the positions of the
//! breaks. Guarantee: the first rule in order that fits a position decides about it; a rule sees at most
//! [`SIGHT`] bytes on either side, so the time is linear in the text's length whatever the patterns are.
//!
//! Only positions next to a trigger character are looked at. There, one lazy automaton that reads backwards
//! finds all rules whose `before` fits in a single pass; only their `after` is tried, in the rules' order.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use regex_automata::hybrid::dfa::{Cache, DFA, OverlappingState};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::LookSet;

use super::SegmentOptions;
use super::rules::{Rule, RuleAction};
use super::triggers::Triggers;

/// How far a rule sees before and after a position, in bytes.
pub(super) const SIGHT: usize = 1024;

/// Memory of the lazy automaton, in bytes.
const CACHE_CAPACITY: usize = 16 << 20;

/// Rules made ready.
pub(super) struct Cutter {
    rules: Vec<Compiled>,
    triggers: Triggers,
    /// All `before` patterns of kind [`Before::Together`], read backwards.
    backwards: DFA,
    /// Index in `rules` of each pattern of `backwards`.
    pattern_rules: Vec<usize>,
    caches: Mutex<Vec<Cache>>,
}

struct Compiled {
    rule: Rule,
    before: Before,
    /// The pattern after the position, compiled when first asked: most rules never are.
    after: OnceLock<Regex>,
}

enum Before {
    /// Nothing is asked.
    Anything,
    /// One of the patterns of the common automaton.
    Together,
    /// A pattern that automaton cannot hold, as it looks at Unicode word boundaries.
    Alone(Regex),
}

impl Cutter {
    /// Makes rules ready; their patterns must compile.
    pub(super) fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let rules: Vec<Compiled> = rules.into_iter().map(Compiled::new).collect();
        let together = |c: &Compiled| matches!(c.before, Before::Together);
        let pattern_rules: Vec<usize> = (0..rules.len()).filter(|&i| together(&rules[i])).collect();
        let patterns: Vec<String> =
            pattern_rules.iter().map(|&i| format!("(?:{})", rules[i].rule.before)).collect();
        let backwards = DFA::builder()
            .configure(
                DFA::config()
                    .match_kind(MatchKind::All)
                    .cache_capacity(CACHE_CAPACITY)
                    .skip_cache_capacity_check(true),
            )
            .thompson(thompson::Config::new().reverse(true).which_captures(WhichCaptures::None))
            .build_many(&patterns)
            .expect("each pattern compiles, and there is no limit on all together");
        let breaks = rules.iter().filter(|c| c.rule.action == RuleAction::Break);
        let triggers = Triggers::new(breaks.map(|c| (c.rule.before.as_str(), c.rule.after.as_str())));
        Self { rules, triggers, backwards, pattern_rules, caches: Mutex::default() }
    }

    /// Starts cutting with `options`; what it returns is used for block after block.
    pub(super) fn start(&self, options: &SegmentOptions) -> Cut<'_> {
        let cache = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Cut {
            cutter: self,
            counts: self.rules.iter().map(|c| c.rule.counts(options)).collect(),
            fits: vec![false; self.rules.len()],
            cache: Some(cache.unwrap_or_else(|| self.backwards.create_cache())),
        }
    }
}

impl Compiled {
    fn new(rule: Rule) -> Self {
        let before = if rule.before.is_empty() {
            Before::Anything
        } else if looks_at_word_boundaries(&rule.before) {
            Before::Alone(compile(&format!(r"(?:{})\z", rule.before)))
        } else {
            Before::Together
        };
        Self { rule, before, after: OnceLock::new() }
    }

    /// Whether the pattern after the position fits at the start of `span`.
    fn fits_after(&self, text: &str, span: Range<usize>) -> bool {
        self.rule.after.is_empty() || {
            let regex = self.after.get_or_init(|| compile(&format!("(?:{})", self.rule.after)));
            regex.is_match(Input::new(text).span(span).anchored(Anchored::Yes).earliest(true))
        }
    }
}

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns are checked when rules are made")
}

fn looks_at_word_boundaries(pattern: &str) -> bool {
    // Parsing is dear; without a `b` behind a backslash there is none.
    if !pattern.contains("\\b") && !pattern.contains("\\B") {
        return false;
    }
    let hir = regex_syntax::parse(pattern).expect("patterns are checked when rules are made");
    let looks: LookSet = hir.properties().look_set();
    looks.contains_word_unicode()
}

/// A [`Cutter`] at work.
pub(super) struct Cut<'c> {
    cutter: &'c Cutter,
    /// Which rules count with the options given.
    counts: Vec<bool>,
    /// Which rules' `before` fits the position looked at.
    fits: Vec<bool>,
    /// Always there until dropped, when it goes back to the cutter.
    cache: Option<Cache>,
}

impl Cut<'_> {
    /// The positions inside `text` at which a segment ends, in order; never its start or end.
    pub(super) fn breaks(&mut self, text: &str) -> Vec<usize> {
        let triggers = &self.cutter.triggers;
        let mut breaks = Vec::new();
        let mut after_trigger = false;
        for (at, c) in text.char_indices() {
            if (after_trigger || triggers.before.contains(c)) && at > 0 && self.is_break(text, at) {
                breaks.push(at);
            }
            after_trigger = triggers.after.contains(c);
        }
        breaks
    }

    /// What the first rule that fits says of position `at`.
    fn is_break(&mut self, text: &str, at: usize) -> bool {
        let from = text.floor_char_boundary(at.saturating_sub(SIGHT));
        let to = text.ceil_char_boundary((at + SIGHT).min(text.len()));
        self.find_fitting_before(text, from, at);
        let rules = self.cutter.rules.iter().zip(&self.counts).zip(&self.fits);
        for ((compiled, &counts), &fits) in rules {
            let before = match &compiled.before {
                Before::Anything => true,
                Before::Together => fits,
                // The haystack ends at the position, so that `\z` holds there.
                Before::Alone(regex) => counts && regex.is_match(Input::new(&text[..at]).span(from..at)),
            };
            if counts && before && compiled.fits_after(text, at..to) {
                return compiled.rule.action == RuleAction::Break;
            }
        }
        false
    }

    /// Sets `fits` for the text `from..at`.
    fn find_fitting_before(&mut self, text: &str, from: usize, at: usize) {
        self.fits.fill(false);
        let cache = self.cache.as_mut().expect("there until dropped");
        let input = Input::new(text).span(from..at).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        loop {
            self.cutter
                .backwards
                .try_search_overlapping_rev(cache, &input, &mut state)
                .expect("the automaton has no bytes to quit at and no limit at which it gives up");
            let Some(found) = state.get_match() else { break };
            self.fits[self.cutter.pattern_rules[found.pattern().as_usize()]] = true;
        }
    }
}

impl Drop for Cut<'_> {
    fn drop(&mut self) {
        if let Some(cache) = self.cache.take() {
            self.cutter.caches.lock().unwrap_or_else(PoisonError::into_inner).push(cache);
        }
    }
}
