//! Rules made ready to cut.
//!
//! In: the rules for one language, and the text of one block. Out: the positions of the breaks. Guarantee: the
//! first rule in order that fits a position decides about it; a rule sees at most [`SIGHT`] bytes on either side,
//! so the time is linear in the text's length whatever the patterns are.
//!
//! Only positions next to a trigger character are looked at. There, one lazy automaton that reads backwards
//! finds all rules whose `before` fits in a single pass; where that asks for the edge of a word first, it is looked for
//! then. Only their `after` is tried, in the rules' order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use regex_automata::hybrid::dfa::{Cache, DFA, OverlappingState};
use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::LookSet;

use super::backtracking::Backtracking;
use super::rule::{AtMark, Engine, Guard, GuardSide, Mark, Rule, RuleAction, Wanted};
use super::triggers::{CharSet, Triggers};

/// How far a rule sees before and after a position, in bytes.
pub(super) const SIGHT: usize = 1024;

/// Searches with backtracking that may take too long in one document.
const MOST_TOO_LONG: usize = 100;

/// Memory of the lazy automaton, in bytes.
const CACHE_CAPACITY: usize = 16 << 20;

/// Rules made ready.
pub(super) struct Cutter {
    rules: Vec<Compiled>,
    /// The rules that break, as indices.
    breaking: Vec<usize>,
    triggers: Triggers,
    /// All `before` patterns of kind [`Before::Together`], read backwards. Made when first asked: a single sentence asks
    /// nothing.
    backwards: OnceLock<DFA>,
    /// What each pattern of `backwards` stands for.
    patterns: Vec<Pattern>,
    caches: Mutex<Vec<Cache>>,
}

struct Compiled {
    rule: Rule,
    before: Before,
    /// The pattern after the position, compiled when first asked: most rules never are.
    after: OnceLock<Regex>,
    /// The patterns of the rule's guards, likewise.
    guards: Vec<OnceLock<Guarding>>,
}

/// The pattern of a guard.
enum Guarding {
    Linear(Regex),
    Backtracking(Backtracking),
}

impl Guarding {
    fn new(guard: &Guard) -> Self {
        match (guard.engine, guard.side) {
            (Engine::Linear, GuardSide::Before) => {
                Self::Linear(compile(&format!(r"(?:{})\z", guard.pattern)))
            }
            (Engine::Linear, GuardSide::After) => Self::Linear(compile(&format!("(?:{})", guard.pattern))),
            (Engine::Backtracking, side) => Self::Backtracking(
                Backtracking::new(&guard.pattern, side).expect("patterns are checked when rules are made"),
            ),
        }
    }
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
        let mut by_pattern: BTreeMap<(Edge, &str), Vec<usize>> = BTreeMap::new();
        for (index, compiled) in rules.iter().enumerate() {
            if matches!(compiled.before, Before::Together) {
                by_pattern.entry(Edge::split(&compiled.rule.before)).or_default().push(index);
            }
        }
        let patterns: Vec<Pattern> =
            by_pattern.into_iter().map(|((edge, rest), rules)| Pattern::new(edge, rest, rules)).collect();
        let breaking: Vec<usize> =
            (0..rules.len()).filter(|&index| rules[index].rule.action == RuleAction::Break).collect();
        let breaks = breaking.iter().map(|&index| &rules[index].rule);
        let triggers = Triggers::new(breaks.map(|rule| (rule.before.as_str(), rule.after.as_str())));
        Self { rules, breaking, triggers, backwards: OnceLock::new(), patterns, caches: Mutex::default() }
    }

    /// The automaton of the patterns, in their order.
    fn backwards(&self) -> &DFA {
        self.backwards.get_or_init(|| {
            let texts: Vec<String> = self.patterns.iter().map(|p| format!("(?:{})", p.text)).collect();
            DFA::builder()
                .configure(
                    DFA::config()
                        .match_kind(MatchKind::All)
                        .cache_capacity(CACHE_CAPACITY)
                        .skip_cache_capacity_check(true),
                )
                .thompson(thompson::Config::new().reverse(true).which_captures(WhichCaptures::None))
                .build_many(&texts)
                .expect("each pattern compiles, and there is no limit on all together")
        })
    }

    /// Starts cutting where options say `at` of each mark; what it returns is used for block after block.
    pub(super) fn start(&self, at: impl Fn(Mark) -> AtMark) -> Cut<'_> {
        let cache = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Cut {
            cutter: self,
            counts: self.rules.iter().map(|c| c.rule.counts(&at)).collect(),
            fits: vec![false; self.rules.len()],
            asked: vec![false; self.patterns.len()],
            too_long: 0,
            cache,
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
        let guards = rule.guards.iter().map(|_| OnceLock::new()).collect();
        Self { rule, before, after: OnceLock::new(), guards }
    }

    /// Whether the pattern after the position fits at the start of `span`.
    fn fits_after(&self, text: &str, span: Range<usize>) -> bool {
        self.rule.after.is_empty() || {
            let regex = self.after.get_or_init(|| compile(&format!("(?:{})", self.rule.after)));
            regex.is_match(Input::new(text).span(span).anchored(Anchored::Yes).earliest(true))
        }
    }
}

impl Compiled {
    /// Whether what else must hold at `at` holds, seeing `from..to`. Searches that took too long are counted in
    /// `too_long`; after [`MOST_TOO_LONG`] of them none of the kind is tried any more.
    fn is_guarded(&self, text: &str, (from, at, to): (usize, usize, usize), too_long: &mut usize) -> bool {
        self.rule.guards.iter().zip(&self.guards).all(|(guard, regex)| {
            let fits = match (regex.get_or_init(|| Guarding::new(guard)), guard.side) {
                (Guarding::Linear(regex), GuardSide::Before) => {
                    // The haystack ends at the position, so that `\z` holds there.
                    regex.is_match(Input::new(&text[..at]).span(from..at))
                }
                (Guarding::Linear(regex), GuardSide::After) => {
                    regex.is_match(Input::new(text).span(at..to).anchored(Anchored::Yes).earliest(true))
                }
                (Guarding::Backtracking(_), _) if *too_long >= MOST_TOO_LONG => return false,
                (Guarding::Backtracking(pattern), _) => {
                    let Ok(fits) = pattern.fits(text, (from, at, to)) else {
                        *too_long += 1;
                        return false;
                    };
                    fits
                }
            };
            fits == (guard.wanted == Wanted::Yes)
        })
    }
}

fn compile(pattern: &str) -> Regex {
    // A rule's pattern is asked seldom and of short texts: the quicker it is made, the better.
    let quickly = Regex::config().which_captures(WhichCaptures::Implicit).onepass(false).dfa(false);
    Regex::builder().configure(quickly).build(pattern).expect("patterns are checked when rules are made")
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

/// A pattern of the common automaton.
struct Pattern {
    text: String,
    /// Where the rules' pattern is this one with [`EDGE`] before it: this one, anchored at both ends, compiled when first
    /// asked.
    at_edge: Option<OnceLock<Regex>>,
    /// The rules, as indices, that have it: often several, as one decides what another leaves open.
    rules: Vec<usize>,
}

/// Letters, marks, digits and tatweel, as inside of a class.
macro_rules! inside_words {
    () => {
        r"\p{L}\p{M}\p{Nd}\x{0640}"
    };
}

/// What many patterns begin with: no letter, mark, digit or tatweel before. Its large classes are not repeated
/// in the automaton, which would take longer to make than a short document to cut.
const EDGE: &str = concat!("(?:^|[^", inside_words!(), "])");

static INSIDE_WORDS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(concat!("[", inside_words!(), "]")));

impl Pattern {
    fn new(edge: Edge, rest: &str, rules: Vec<usize>) -> Self {
        Self { text: rest.to_owned(), at_edge: (edge == Edge::OfWord).then(OnceLock::new), rules }
    }

    /// Whether the pattern, of which the automaton found that it ends at `at`, begins where it may, seeing `text`
    /// from `from` on.
    fn fits(&self, text: &str, from: usize, at: usize) -> bool {
        self.at_edge.as_ref().is_none_or(|regex| {
            let regex = regex.get_or_init(|| compile(&format!(r"(?:{})\z", self.text)));
            // The haystack ends at the position, so that `\z` holds there.
            let begins = |start: usize| {
                regex.is_match(Input::new(&text[..at]).span(start..at).anchored(Anchored::Yes))
            };
            let mut inside = text[from..at].char_indices().rev();
            inside.any(|(start, c)| !INSIDE_WORDS.contains(c) && begins(from + start + c.len_utf8()))
                || from == 0 && begins(0)
        })
    }
}

/// Whether a match must begin at an edge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Any,
    OfWord,
}

impl Edge {
    /// Takes a pattern's edge off.
    fn split(pattern: &str) -> (Self, &str) {
        match pattern.strip_prefix(EDGE) {
            Some(rest) if !rest.is_empty() && !alternates(rest) => (Self::OfWord, rest),
            _ => (Self::Any, pattern),
        }
    }
}

/// Whether a pattern has alternatives outside of its groups, or what might look so.
fn alternates(pattern: &str) -> bool {
    if pattern.contains("[]") || pattern.contains("[^]") {
        return true;
    }
    let (mut groups, mut classes, mut escaped) = (0, 0, false);
    for c in pattern.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => classes += 1,
            ']' if classes > 0 => classes -= 1,
            '(' if classes == 0 => groups += 1,
            ')' if classes == 0 => groups -= 1,
            '|' if classes == 0 && groups == 0 => return true,
            _ => {}
        }
    }
    false
}

/// A [`Cutter`] at work.
pub(super) struct Cut<'c> {
    cutter: &'c Cutter,
    /// Which rules count with the options given.
    counts: Vec<bool>,
    /// Which rules' `before` fits the position looked at.
    fits: Vec<bool>,
    /// Which patterns of the automaton were found to end there.
    asked: Vec<bool>,
    /// Searches with backtracking that took too long.
    too_long: usize,
    /// There once the automaton was asked; goes back to the cutter when dropped.
    cache: Option<Cache>,
}

impl Cut<'_> {
    /// The positions inside `text` at which a segment ends, in order; never its start or end.
    pub(super) fn breaks(&mut self, text: &str) -> Vec<usize> {
        let triggers = &self.cutter.triggers;
        let mut breaks = Vec::new();
        let mut before: Option<char> = None;
        for (at, c) in text.char_indices() {
            if let Some(before) = before
                && (triggers.after.contains(before) || triggers.before.contains(c))
                && self.may_break(text, at, (before, c))
                && self.is_break(text, at)
            {
                breaks.push(at);
            }
            before = Some(c);
        }
        breaks
    }

    /// Whether the text after `at` fits a rule that breaks: a quick look, which spares most positions the other one.
    fn may_break(&self, text: &str, at: usize, neighbours: (char, char)) -> bool {
        let to = text.ceil_char_boundary((at + SIGHT).min(text.len()));
        self.cutter.triggers.between(neighbours.0, neighbours.1).any(|nth| {
            let index = self.cutter.breaking[nth];
            self.counts[index] && self.cutter.rules[index].fits_after(text, at..to)
        })
    }

    /// What the first rule that fits says of position `at`.
    fn is_break(&mut self, text: &str, at: usize) -> bool {
        let from = text.floor_char_boundary(at.saturating_sub(SIGHT));
        let to = text.ceil_char_boundary((at + SIGHT).min(text.len()));
        self.find_fitting_before(text, from, at);
        let Self { cutter, counts, fits, too_long, .. } = self;
        let rules = cutter.rules.iter().zip(&*counts).zip(&*fits);
        for ((compiled, &counts), &fits) in rules {
            let before = match &compiled.before {
                Before::Anything => true,
                Before::Together => fits,
                // The haystack ends at the position, so that `\z` holds there.
                Before::Alone(regex) => counts && regex.is_match(Input::new(&text[..at]).span(from..at)),
            };
            if counts
                && before
                && compiled.fits_after(text, at..to)
                && compiled.is_guarded(text, (from, at, to), too_long)
            {
                return compiled.rule.action == RuleAction::Break;
            }
        }
        false
    }

    /// Sets `fits` for the text `from..at`.
    fn find_fitting_before(&mut self, text: &str, from: usize, at: usize) {
        self.fits.fill(false);
        self.asked.fill(false);
        let backwards = self.cutter.backwards();
        let cache = self.cache.get_or_insert_with(|| backwards.create_cache());
        let input = Input::new(text).span(from..at).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        loop {
            backwards
                .try_search_overlapping_rev(cache, &input, &mut state)
                .expect("the automaton has no bytes to quit at and no limit at which it gives up");
            let Some(found) = state.get_match() else { break };
            let found = found.pattern().as_usize();
            if std::mem::replace(&mut self.asked[found], true) {
                continue;
            }
            let pattern = &self.cutter.patterns[found];
            if pattern.fits(text, from, at) {
                for &rule in &pattern.rules {
                    self.fits[rule] = true;
                }
            }
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

#[cfg(test)]
mod tests {
    use super::super::shipped_rules;
    use super::*;

    #[test]
    fn an_edge_is_taken_off_where_it_belongs_to_the_whole_pattern() {
        let split = |rest: &str| {
            let pattern = format!("{EDGE}{rest}");
            let (edge, left) = Edge::split(&pattern);
            (edge == Edge::OfWord, left == rest)
        };
        assert_eq!(split(r"(?:Mr|Dr)\."), (true, true));
        assert_eq!(split(r"[(|]x\|\."), (true, true));
        assert_eq!(split(r"Mr\.|Dr\."), (false, false));
        assert_eq!(split(r"[(]a|b"), (false, false));
        assert_eq!(split(r"[]()]a|b"), (false, false));
        assert_eq!(split(""), (false, false));
    }

    /// `EDGE` of the shipped fragments is written here again.
    #[test]
    fn the_edges_of_the_shipped_rules_are_taken_off() {
        let rules = shipped_rules().lists().iter().flat_map(|list| &list.rules);
        let at_edges = rules.filter(|rule| Edge::split(&rule.before).0 == Edge::OfWord).count();
        assert!(at_edges >= 30, "{at_edges}");
    }

    #[test]
    fn words_begin_at_edges() {
        let keep = |before: &str| Rule {
            action: RuleAction::Keep,
            before: before.to_owned(),
            after: String::new(),
            guards: Vec::new(),
            condition: None,
        };
        let stop = Rule { action: RuleAction::Break, ..keep(r"\.") };
        let cutter = Cutter::new([keep(&format!(r"{EDGE}(?:Mr|د)\.")), stop]);
        let breaks = |text: &str| cutter.start(|_| AtMark::Keep).breaks(text);
        assert_eq!(breaks("Mr. x"), [] as [usize; 0]);
        assert_eq!(breaks("a Mr. x"), [] as [usize; 0]);
        assert_eq!(breaks("aMr. x"), [4]);
        assert_eq!(breaks("عد. س"), ["عد.".len()]);
        assert_eq!(breaks("ع د. س"), [] as [usize; 0]);
        assert_eq!(breaks("\u{64E}د. س"), ["\u{64E}د.".len()]);
        assert_eq!(breaks("éMr. x"), ["éMr.".len()]);
        assert_eq!(breaks("«Mr. x"), [] as [usize; 0]);
    }

    #[test]
    fn what_a_rule_cannot_see_is_no_edge() {
        let word = "b".repeat(SIGHT - 1);
        let keep = Rule {
            action: RuleAction::Keep,
            before: format!(r"{EDGE}b+\."),
            after: String::new(),
            guards: Vec::new(),
            condition: None,
        };
        let stop = Rule { action: RuleAction::Break, before: r"\.".to_owned(), ..keep.clone() };
        let cutter = Cutter::new([keep, stop]);
        let breaks = |text: &str| cutter.start(|_| AtMark::Keep).breaks(text);
        assert_eq!(breaks(&format!("{word}. c")), [] as [usize; 0]);
        assert_eq!(breaks(&format!(" {word}. c")), [SIGHT + 1]);
        assert_eq!(breaks(&format!(" {}. c", &word[1..])), [] as [usize; 0]);
    }
}
