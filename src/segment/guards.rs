//! Look-around of SRX patterns, and references to groups, as guards of the rule.
//!
//! In: a pattern in the dialect of ICU or Java that cannot be translated as it is. Out: a pattern that fits no less, and
//! guards that together with it say the same. Guarantee: what is not understood is an error, and nothing is dropped.
//!
//! Look-around at the rule's position, or at a fixed distance from it, is a guard of its own, which takes linear time. Of
//! what is left the whole pattern is the guard, with backtracking.

use regex_syntax::hir::{Hir, HirKind};

use super::backtracking::Backtracking;
use super::dialect::{DialectError, Place, from_icu, loosened, to_fancy};
use super::rule::{Engine, Guard, GuardSide, Wanted};

/// A translated pattern with its guards.
pub(super) type Guarded = (String, Vec<Guard>);

/// `pattern` translated; look-around that has no counterpart in it becomes guards.
pub(super) fn guarded(pattern: &str, place: Place) -> Result<Guarded, DialectError> {
    let error = match from_icu(pattern, place) {
        Ok(translated) => return Ok((translated, Vec::new())),
        Err(error) => error,
    };
    let mut guards = Vec::new();
    let mut rest = pattern.to_owned();
    while let Some(group) = groups(&rest).and_then(|groups| at_position(&groups, &rest, place)) {
        let look = look_of(&rest[group.clone()]).ok_or_else(|| error.clone())?;
        guards.push(look.guard(from_icu(look.inner, look.place())?));
        rest.replace_range(group, "");
        if let Ok(translated) = from_icu(&rest, place) {
            return Ok((translated, guards));
        }
    }
    let (translated, guard) = match at_the_far_end(&rest, place) {
        Some(guarded) => guarded,
        None => with_backtracking(&rest, place, error)?,
    };
    guards.push(guard);
    Ok((translated, guards))
}

/// A negative look-around at the far end, where the text between it and the position is as long in every match.
fn at_the_far_end(pattern: &str, place: Place) -> Option<(String, Guard)> {
    let far = groups(pattern).and_then(|groups| far_end(&groups, pattern, place))?;
    let look = look_of(&pattern[far.clone()]).filter(|look| look.wanted == Wanted::No)?;
    let inner = from_icu(look.inner, look.place()).ok()?;
    let mut rest = pattern.to_owned();
    rest.replace_range(far, "");
    let translated = from_icu(&rest, place).ok()?;
    let (shortest, longest) = length_in_characters(&translated)?;
    let side = side_of(place);
    if look.side != side || longest != Some(shortest) {
        return None;
    }
    let whole = match side {
        GuardSide::Before => format!("(?:{inner})(?:{translated})"),
        GuardSide::After => format!("(?:{translated})(?:{inner})"),
    };
    Some((translated, Guard { side, wanted: Wanted::No, engine: Engine::Linear, pattern: whole }))
}

const fn side_of(place: Place) -> GuardSide {
    match place {
        Place::Before => GuardSide::Before,
        Place::After | Place::Whole => GuardSide::After,
    }
}

/// A pattern with look-around anywhere or references to groups; `error` is why it is none of the crate `regex`.
fn with_backtracking(
    pattern: &str,
    place: Place,
    error: DialectError,
) -> Result<(String, Guard), DialectError> {
    let side = side_of(place);
    let exact = to_fancy(pattern)?;
    // The text before a position ends there: what looks beyond it would not see what it is meant to see.
    if side == GuardSide::Before && looks_beyond(pattern) {
        return Err(error);
    }
    if let Err(reason) = Backtracking::new(&exact, side) {
        return Err(DialectError { construct: format!("what does not compile ({reason})"), at: error.at });
    }
    Ok((
        loosened(pattern)?,
        Guard { side, wanted: Wanted::Yes, engine: Engine::Backtracking, pattern: exact },
    ))
}

/// Whether a look-ahead may see more than what follows it in the pattern.
fn looks_beyond(pattern: &str) -> bool {
    let is_ahead = |group: &str| group.starts_with("(?=") || group.starts_with("(?!");
    let count = |text: &str| text.matches("(?=").count() + text.matches("(?!").count();
    if count(pattern) == 0 {
        return false;
    }
    let Some(groups) = groups(pattern) else { return true };
    let ahead: Vec<&Group> = groups.iter().filter(|g| is_ahead(&pattern[(*g).clone()])).collect();
    if ahead.len() != count(pattern) {
        return true;
    }
    ahead.into_iter().any(|group| {
        let length = |text: &str| loosened(text).ok().and_then(|text| length_in_characters(&text));
        let inner = length(&pattern[group.start + 3..group.end - 1]);
        let (Some((_, Some(longest))), Some((shortest, _))) = (inner, length(&pattern[group.end..])) else {
            return true;
        };
        // The edge of a word is seen by the character behind it.
        let edge = ["\\b", "\\B", "$", "\\z", "\\Z"].iter().any(|mark| pattern[group.clone()].contains(mark));
        longest + usize::from(edge) > shortest
    })
}

/// A look-around.
struct Look<'p> {
    side: GuardSide,
    wanted: Wanted,
    inner: &'p str,
}

impl Look<'_> {
    const fn place(&self) -> Place {
        match self.side {
            GuardSide::Before => Place::Before,
            GuardSide::After => Place::After,
        }
    }

    fn guard(&self, pattern: String) -> Guard {
        Guard { side: self.side, wanted: self.wanted, engine: Engine::Linear, pattern }
    }
}

/// The look-around that a group is.
fn look_of(group: &str) -> Option<Look<'_>> {
    let kinds = [
        ("(?=", GuardSide::After, Wanted::Yes),
        ("(?!", GuardSide::After, Wanted::No),
        ("(?<=", GuardSide::Before, Wanted::Yes),
        ("(?<!", GuardSide::Before, Wanted::No),
    ];
    kinds.into_iter().find_map(|(opening, side, wanted)| {
        let inner = group.strip_prefix(opening)?.strip_suffix(')')?;
        Some(Look { side, wanted, inner })
    })
}

type Group = std::ops::Range<usize>;

/// The look-around that stands at the position itself: at the end of what is before, at the start of what is after.
fn at_position(groups: &[Group], pattern: &str, place: Place) -> Option<Group> {
    let group = match place {
        Place::Before => groups.last().filter(|group| group.end == pattern.len()),
        Place::After | Place::Whole => groups.first().filter(|group| group.start == 0),
    };
    group
        .filter(|group| look_of(&pattern[(*group).clone()]).is_some() && !is_quantified(pattern, group))
        .cloned()
}

/// The look-around at the other end.
fn far_end(groups: &[Group], pattern: &str, place: Place) -> Option<Group> {
    let other = if place == Place::Before { Place::After } else { Place::Before };
    at_position(groups, pattern, other)
}

fn is_quantified(pattern: &str, group: &Group) -> bool {
    pattern[group.end..].starts_with(['*', '+', '?', '{'])
}

/// The groups of a pattern that stand in no other; nothing where it has alternatives outside of them, or is broken.
fn groups(pattern: &str) -> Option<Vec<Group>> {
    let (mut found, mut open, mut classes, mut start) = (Vec::new(), 0_usize, 0_usize, 0);
    let mut chars = pattern.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            // What is quoted may hold anything.
            '\\' if chars.next()?.1 == 'Q' => return None,
            '[' => classes += 1,
            ']' => classes = classes.saturating_sub(1),
            '(' if classes == 0 => {
                if open == 0 {
                    start = at;
                }
                open += 1;
            }
            ')' if classes == 0 => {
                open = open.checked_sub(1)?;
                if open == 0 {
                    found.push(start..at + 1);
                }
            }
            '|' if classes == 0 && open == 0 => return None,
            _ => {}
        }
    }
    (open == 0).then_some(found)
}

/// How many characters the matches of a translated pattern have, at least and, if there is a limit, at most.
fn length_in_characters(pattern: &str) -> Option<(usize, Option<usize>)> {
    fn of(hir: &Hir) -> Option<(usize, Option<usize>)> {
        let sum = |a: (usize, Option<usize>), b: (usize, Option<usize>)| {
            (a.0.saturating_add(b.0), a.1.zip(b.1).map(|(a, b)| a.saturating_add(b)))
        };
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Some((0, Some(0))),
            HirKind::Literal(text) => {
                let count = std::str::from_utf8(&text.0).ok()?.chars().count();
                Some((count, Some(count)))
            }
            HirKind::Class(_) => Some((1, Some(1))),
            HirKind::Repetition(r) => {
                let (least, most) = of(&r.sub)?;
                let times = |count: u32, length: usize| length.saturating_mul(count as usize);
                Some((times(r.min, least), r.max.zip(most).map(|(max, most)| times(max, most))))
            }
            HirKind::Capture(capture) => of(&capture.sub),
            HirKind::Concat(parts) => {
                parts.iter().try_fold((0, Some(0)), |length, part| Some(sum(length, of(part)?)))
            }
            HirKind::Alternation(parts) => {
                let lengths: Option<Vec<_>> = parts.iter().map(of).collect();
                let all = lengths?;
                let most = all.iter().map(|(_, most)| *most).collect::<Option<Vec<_>>>();
                Some((
                    all.iter().map(|(least, _)| *least).min()?,
                    most.and_then(|most| most.into_iter().max()),
                ))
            }
        }
    }
    of(&regex_syntax::parse(pattern).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str, place: Place) -> String {
        match guarded(pattern, place) {
            Err(error) => error.to_string(),
            Ok((rest, guards)) => {
                let guards = guards.iter().map(|g| format!(" {:?} {:?} {}", g.side, g.wanted, g.pattern));
                format!("{rest}{}", guards.collect::<String>())
            }
        }
    }

    #[test]
    fn look_around_at_the_position_is_a_guard() {
        assert_eq!(shown(r"\.(?!\.\.)", Place::Before), r"\. After No \.\.");
        assert_eq!(shown(r"[.!](?<!etc\.)", Place::Before), r"[.!] Before No etc\.");
        assert_eq!(shown(r"(?!de\b)\p{Ll}", Place::After), r"\p{Ll} After No de\b");
        assert_eq!(shown(r"(?<=[0-9]\.)(?!x)\s", Place::After), r"\s Before Yes [0-9]\. After No x");
    }

    #[test]
    fn look_around_at_a_fixed_distance_is_a_guard() {
        assert_eq!(shown(r"(?<!Prof|Dr)\.", Place::Before), r"\. Before No (?:Prof|Dr)(?:\.)");
        assert_eq!(shown(r"\s[A-Z](?!bis|ter)", Place::After), r"\s[A-Z] After No (?:\s[A-Z])(?:bis|ter)");
    }

    #[test]
    fn other_look_around_and_references_are_looked_for_with_backtracking() {
        let shown = |pattern, place| {
            let (rest, guards) = guarded(pattern, place).unwrap();
            let engines = guards.iter().map(|g| format!(" {:?} {:?} {}", g.engine, g.side, g.pattern));
            format!("{rest}{}", engines.collect::<String>())
        };
        assert_eq!(shown(r"(?<!Dr)\.+", Place::Before), r"(?:)\.+ Backtracking Before (?<!Dr)\.+");
        assert_eq!(shown(r"x(?=y)yz", Place::Before), r"x(?:)yz Backtracking Before x(?=y)yz");
        assert_eq!(shown(r"(\w)\1", Place::Before), r"(\w)(?s:.*?) Backtracking Before (\w)\1");
        assert_eq!(
            shown(r"(?<q>['’])\w++\k<q>", Place::After),
            r"(?<q>['’])\w+(?s:.*?) Backtracking After (?<q>['’])\w++\k<q>"
        );
        assert_eq!(
            shown(r"(?<!Dr|a+)\.+(?!\s\d)", Place::Before),
            r"(?:)\.+ Linear After \s\d Backtracking Before (?<!Dr|a+)\.+"
        );
        assert_eq!(shown(r"a(?<!b)c|d", Place::Before), r"a(?:)c|d Backtracking Before a(?<!b)c|d");
    }

    #[test]
    fn what_looks_beyond_the_position_is_told() {
        for pattern in [r"(?=\w+ x)\w+", r"(?:x(?=y)y)z", r"a(?=b)|c", r"x(?=y\b)y"] {
            let error = guarded(pattern, Place::Before).unwrap_err().to_string();
            assert!(error.contains("a look-ahead"), "{pattern}: {error}");
        }
        assert!(guarded(r"(a)\2", Place::Before).unwrap_err().to_string().contains("does not compile"));
        assert!(
            guarded(r"(?<!x)\p{InKlingon}+", Place::Before).unwrap_err().to_string().contains("InKlingon")
        );
    }
}
