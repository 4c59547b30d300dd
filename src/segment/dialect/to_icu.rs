//! Patterns of rules, written for tools that read them as Java and ICU do.
//!
//! In: a pattern of the crate `regex`. Out: one that they read as meant. Guarantee: total.

use super::Place;

/// White space as Unicode has it, in Java, whose `\s` is ASCII.
const JAVA_SPACE: &str = r"\s\p{Z}\x{85}";
/// What of it follows `\s`.
const JAVA_SPACE_BUT_ASCII: &str = r"\p{Z}\x{85}";
/// Word characters as Unicode has them, in Java.
const JAVA_WORD: &str = r"\p{L}\p{M}\p{Nd}\p{Pc}";

/// `pattern`, in the dialect of the crate `regex`, in one that Java and ICU read as meant.
///
/// Java's `\s`, `\d` and `\w` know ASCII only, so they are spelt out; `(?:^|[^x])` at the start becomes a
/// look-behind, as Java's search would otherwise miss a match that begins where the last one ended.
///
/// Tools search a whole paragraph for matches that do not overlap, both before and after positions. What is
/// looked for after a position therefore becomes a look-ahead, which takes no text from the next match.
pub(in crate::segment) fn to_icu(pattern: &str, place: Place) -> String {
    if place == Place::After && !pattern.is_empty() {
        return format!("(?={})", spelt_out(pattern, 0));
    }
    if let Some(after) = pattern.strip_prefix("(?:^|[^")
        && let Some(end) = end_of_members(after)
        && let Some(rest) = after[end..].strip_prefix("])")
    {
        return format!("(?<![{}]){}", spelt_out(&after[..end], 1), spelt_out(rest, 0));
    }
    spelt_out(pattern, 0)
}

/// `pattern`, which begins inside `depth` classes, with `\s`, `\d` and `\w` spelt out.
fn spelt_out(pattern: &str, mut depth: usize) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next();
                let members = match escaped {
                    // Not twice, where the pattern says it already.
                    Some('s') if !chars.as_str().starts_with(JAVA_SPACE_BUT_ASCII) => Some(JAVA_SPACE),
                    Some('d') => Some(r"\p{Nd}"),
                    Some('w') => Some(JAVA_WORD),
                    _ => None,
                };
                match members {
                    Some(members) if depth > 0 || members.matches('\\').count() == 1 => out.push_str(members),
                    Some(members) => {
                        out.push('[');
                        out.push_str(members);
                        out.push(']');
                    }
                    None => {
                        out.push(c);
                        out.extend(escaped);
                    }
                }
                continue;
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Where the members of a class end, in bytes; nothing where a class stands in it.
fn end_of_members(members: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in members.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => return None,
            ']' => return Some(at),
            _ => {}
        }
    }
    None
}
