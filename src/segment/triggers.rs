//! Which characters can stand just before or after a position that rules decide.
//!
//! In: the patterns of break rules. Out: two sets of characters. Guarantee: no position at which a break rule fits
//! is missed, so all other positions need not be looked at.

use std::collections::BTreeMap;

use regex_syntax::hir::{Class, ClassBytes, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// Code points of the basic plane, kept as one bit each.
const BASIC_PLANE: usize = 1 << 16;

/// Characters by which a candidate position is known.
pub(super) struct Triggers {
    /// What stands before and after a position at which each rule may break, in the order of the rules.
    neighbours: Vec<Neighbours>,
    /// Candidates lie just after these.
    pub(super) after: CharSet,
    /// Candidates lie just before these.
    pub(super) before: CharSet,
}

impl Triggers {
    /// The triggers of break rules, given as pairs of patterns (before, after) that compile.
    pub(super) fn new<'a>(break_rules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut after, mut before) = (ClassUnicode::empty(), ClassUnicode::empty());
        let mut neighbours = Vec::new();
        // Parsing is dear, and rules share their patterns.
        let mut parsed = BTreeMap::new();
        for (left, right) in break_rules {
            let mut edge =
                |pattern, which| edge(parsed.entry(pattern).or_insert_with(|| parse(pattern)), which);
            let (last, first) = (edge(left, Edge::Last), edge(right, Edge::First));
            neighbours.push(Neighbours { before: last.required(), after: first.required() });
            // Of two sets that both would do, take the one that running text holds less of.
            if first.optional || (!last.optional && commonness(&last.set) <= commonness(&first.set)) {
                after.union(&if last.optional { anything() } else { last.set });
            } else {
                before.union(&first.set);
            }
        }
        Self { neighbours, after: CharSet::new(&after), before: CharSet::new(&before) }
    }

    /// Which of the rules, by their place in the order given, may break between `before` and `after`.
    ///
    /// Inside a run of one mark none may, so that a run costs no more than other text.
    pub(super) fn between(&self, before: char, after: char) -> impl Iterator<Item = usize> {
        let fits = move |pair: &Neighbours| {
            let holds = |set: &Option<ClassUnicode>, c| set.as_ref().is_none_or(|set| class_holds(set, c));
            holds(&pair.after, after) && holds(&pair.before, before)
        };
        self.neighbours.iter().enumerate().filter(move |(_, pair)| fits(pair)).map(|(index, _)| index)
    }
}

/// The characters next to a position at which a rule fits; `None` where it asks for none.
struct Neighbours {
    before: Option<ClassUnicode>,
    after: Option<ClassUnicode>,
}

fn class_holds(class: &ClassUnicode, c: char) -> bool {
    let ranges = class.ranges();
    let at = ranges.partition_point(|range| range.end() < c);
    ranges.get(at).is_some_and(|range| range.start() <= c)
}

/// A set of characters with a quick membership test.
pub(super) struct CharSet {
    basic: Vec<u64>,
    beyond: Vec<(u32, u32)>,
}

impl CharSet {
    /// The characters of a pattern's class, which must parse.
    pub(super) fn of(class: &str) -> Self {
        Self::new(&edge(&parse(class), Edge::First).set)
    }

    fn new(class: &ClassUnicode) -> Self {
        let mut basic = vec![0_u64; BASIC_PLANE / 64];
        let mut beyond = Vec::new();
        for range in class.ranges() {
            let (start, end) = (range.start() as u32, range.end() as u32);
            for code in start..=end.min(BASIC_PLANE as u32 - 1) {
                basic[code as usize / 64] |= 1 << (code % 64);
            }
            if end as usize >= BASIC_PLANE {
                beyond.push((start, end));
            }
        }
        Self { basic, beyond }
    }

    /// Whether `c` is in the set.
    pub(super) fn contains(&self, c: char) -> bool {
        let code = c as u32;
        match self.basic.get(code as usize / 64) {
            Some(bits) => bits >> (code % 64) & 1 == 1,
            None => self.beyond.iter().any(|&(start, end)| (start..=end).contains(&code)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// The characters with which a match can begin or end, and whether it can be empty.
struct EdgeSet {
    set: ClassUnicode,
    optional: bool,
}

impl EdgeSet {
    /// The set, unless the match can be empty.
    fn required(&self) -> Option<ClassUnicode> {
        (!self.optional).then(|| self.set.clone())
    }
}

fn parse(pattern: &str) -> Hir {
    regex_syntax::parse(&format!("(?:{pattern})")).expect("patterns are checked when rules are made")
}

fn anything() -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)])
}

/// A rough measure of how much of running text a set covers.
fn commonness(set: &ClassUnicode) -> usize {
    const COMMON: [char; 8] = [' ', 'e', 'n', 't', 'A', '\u{627}', '\u{644}', '0'];
    COMMON.iter().filter(|&&c| set.ranges().iter().any(|r| r.start() <= c && c <= r.end())).count()
}

fn edge(hir: &Hir, which: Edge) -> EdgeSet {
    let of = |set, optional| EdgeSet { set, optional };
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => of(ClassUnicode::empty(), true),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            let c = match which {
                Edge::First => text.chars().next(),
                Edge::Last => text.chars().next_back(),
            };
            of(c.map_or_else(anything, |c| ClassUnicode::new([ClassUnicodeRange::new(c, c)])), false)
        }
        HirKind::Class(Class::Unicode(class)) => of(class.clone(), false),
        HirKind::Class(Class::Bytes(class)) => of(ascii(class), false),
        HirKind::Repetition(repetition) => {
            let inner = edge(&repetition.sub, which);
            of(inner.set, inner.optional || repetition.min == 0)
        }
        HirKind::Capture(capture) => edge(&capture.sub, which),
        HirKind::Concat(parts) => {
            let mut set = ClassUnicode::empty();
            let mut from_edge: Box<dyn Iterator<Item = &Hir>> = match which {
                Edge::First => Box::new(parts.iter()),
                Edge::Last => Box::new(parts.iter().rev()),
            };
            let optional = from_edge.all(|part| {
                let inner = edge(part, which);
                set.union(&inner.set);
                inner.optional
            });
            of(set, optional)
        }
        HirKind::Alternation(parts) => {
            let mut whole = of(ClassUnicode::empty(), false);
            for part in parts {
                let inner = edge(part, which);
                whole.set.union(&inner.set);
                whole.optional |= inner.optional;
            }
            whole
        }
    }
}

/// A class of bytes as characters; text is UTF-8, so only ASCII can be meant.
fn ascii(class: &ClassBytes) -> ClassUnicode {
    class.to_unicode_class().unwrap_or_else(anything)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{RuleAction, shipped_rules};

    fn shown(left: &str, right: &str) -> String {
        let triggers = Triggers::new([(left, right)]);
        let list = |set: &CharSet| {
            ('\0'..char::MAX)
                .filter(|&c| set.contains(c))
                .take(9)
                .map(|c| c.escape_debug().to_string())
                .collect::<String>()
        };
        format!("after [{}] before [{}]", list(&triggers.after), list(&triggers.before))
    }

    /// A rule that made every blank or letter a candidate would cost a large part of the speed.
    #[test]
    fn shipped_rules_look_only_at_what_is_rare() {
        for list in shipped_rules().lists() {
            let breaks = list.rules.iter().filter(|rule| rule.action == RuleAction::Break);
            let triggers = Triggers::new(breaks.map(|rule| (rule.before.as_str(), rule.after.as_str())));
            for common in [' ', 'e', 'T', 'ا', ',', '،', '5'] {
                let (after, before) = (triggers.after.contains(common), triggers.before.contains(common));
                assert!(!after && !before, "{}: {common:?} is a trigger", list.name);
            }
        }
    }

    /// Inside a run of one mark no rule may break, so none is asked: a run takes no longer than other text.
    #[test]
    fn no_shipped_rule_breaks_inside_a_run_of_one_mark() {
        for list in shipped_rules().lists() {
            let breaks = list.rules.iter().filter(|rule| rule.action == RuleAction::Break);
            let triggers = Triggers::new(breaks.map(|rule| (rule.before.as_str(), rule.after.as_str())));
            for mark in ".!?؟…‽۔।።·:;-–—)](\"'«»”•*。！？」\u{200F}".chars() {
                assert_eq!(triggers.between(mark, mark).next(), None, "{}: {mark:?}", list.name);
            }
        }
        let general = shipped_rules().lists().last().expect("the general rules are last");
        let breaks = general.rules.iter().filter(|rule| rule.action == RuleAction::Break);
        let triggers = Triggers::new(breaks.map(|rule| (rule.before.as_str(), rule.after.as_str())));
        assert!(triggers.between('.', ' ').next().is_some());
    }

    #[test]
    fn the_rarer_edge_is_the_trigger() {
        insta::assert_snapshot!(shown(r"[.!?]+[»)]*", r"\s"), @"after [!).?»] before []");
        insta::assert_snapshot!(shown(r"\s", r"[•‣]\s"), @"after [] before [•‣]");
        insta::assert_snapshot!(shown(r"(?:a|b?)c?$", "[😀-😂]x"), @"after [] before [😀😁😂]");
        insta::assert_snapshot!(shown("", ""), @r"after [\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}] before []");
    }
}
