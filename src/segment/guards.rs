//! Look-around of SRX patterns that stands at a rule's position, or at a fixed distance from it, as guards of the rule.
//!
//! In: a pattern in the dialect of ICU or Java that cannot be translated as it is. Out: the pattern without its
//! look-around, and guards that say the same. Guarantee: what is not understood is an error, and nothing is dropped.

use regex_syntax::hir::{Hir, HirKind};

use super::dialect::{DialectError, Place, from_icu};
use super::rule::{Guard, GuardSide, Wanted};

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
    // A negative look-around at the far end: the text between it and the position is as long in every match.
    let far = groups(&rest).and_then(|groups| far_end(&groups, &rest, place)).ok_or_else(|| error.clone())?;
    let group = rest[far.clone()].to_owned();
    let look = look_of(&group).filter(|look| look.wanted == Wanted::No).ok_or_else(|| error.clone())?;
    let inner = from_icu(look.inner, look.place())?;
    rest.replace_range(far, "");
    let translated = from_icu(&rest, place)?;
    let side = if place == Place::Before { GuardSide::Before } else { GuardSide::After };
    if look.side != side || length_in_characters(&translated).is_none() {
        return Err(error);
    }
    let whole = match side {
        GuardSide::Before => format!("(?:{inner})(?:{translated})"),
        GuardSide::After => format!("(?:{translated})(?:{inner})"),
    };
    guards.push(Guard { side, wanted: Wanted::No, pattern: whole });
    Ok((translated, guards))
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
        Guard { side: self.side, wanted: self.wanted, pattern }
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

/// How many characters every match of a translated pattern has.
fn length_in_characters(pattern: &str) -> Option<usize> {
    fn of(hir: &Hir) -> Option<usize> {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Some(0),
            HirKind::Literal(text) => std::str::from_utf8(&text.0).ok().map(|text| text.chars().count()),
            HirKind::Class(_) => Some(1),
            HirKind::Repetition(r) if Some(r.min) == r.max => Some(of(&r.sub)? * r.min as usize),
            HirKind::Repetition(_) => None,
            HirKind::Capture(capture) => of(&capture.sub),
            HirKind::Concat(parts) => parts.iter().map(of).sum(),
            HirKind::Alternation(parts) => {
                let mut lengths = parts.iter().map(of);
                let first = lengths.next()??;
                lengths.all(|length| length == Some(first)).then_some(first)
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
    fn other_look_around_is_told() {
        for (pattern, place) in [
            (r"(?<!Dr)\.+", Place::Before),
            (r"a(?<!b)c|d", Place::Before),
            (r"x(?=y)z", Place::Before),
            (r"(\w)\1", Place::Before),
        ] {
            assert!(guarded(pattern, place).is_err(), "{pattern}: {}", shown(pattern, place));
        }
    }
}
