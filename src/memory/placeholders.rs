//! Placeholders that a program fills in, and tags written as text: which stand on one side only.
//!
//! In: two texts. Out: what differs, in words. Guarantee: their order makes no difference, and `%1$s` is `%s`; of a
//! message with branches (`{n, plural, one {…} other {…}}`) the name of its argument counts, and what stands in its
//! branches as often as in the one that has most of it, since languages have branches of their own.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::finding::quoted;

/// Placeholders of a text, and how often each stands in it.
type Found = BTreeMap<String, usize>;

/// Placeholders that a message names, at most.
const NAMED: usize = 4;

/// What stands in one of two texts only; each comes with its language.
pub(super) fn difference(one: (&str, &str), other: (&str, &str)) -> Option<String> {
    let has_any =
        |text: &str| memchr::memchr3(b'{', b'%', b'$', text.as_bytes()).is_some() || text.contains('<');
    if !has_any(one.0) && !has_any(other.0) {
        return None;
    }
    let (of_one, of_other) = (placeholders(one.0), placeholders(other.0));
    let only = |here: &Found, there: &Found| -> Vec<String> {
        let more = here.iter().filter(|(key, count)| there.get(*key).unwrap_or(&0) < count);
        more.map(|(key, _)| quoted(key)).collect()
    };
    let told: Vec<String> = [(only(&of_one, &of_other), one.1), (only(&of_other, &of_one), other.1)]
        .into_iter()
        .filter(|(keys, _)| !keys.is_empty())
        .map(|(keys, lang)| {
            let more = if keys.len() > NAMED { ", …" } else { "" };
            format!("{}{more} only in {lang}", keys[..keys.len().min(NAMED)].join(", "))
        })
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// How deep messages in branches of others are looked into.
const MOST_DEPTH: usize = 16;

/// No placeholder is longer, in bytes: its end is looked for so far.
const LONGEST: usize = 1024;

fn placeholders(text: &str) -> Found {
    let mut found = Found::new();
    let closed =
        if text.contains("plural") || text.contains("select") { closed(text) } else { HashMap::new() };
    gather(text, 0..text.len(), &closed, 0, &mut found);
    found
}

/// Adds what stands in `range` of `text`, whose braces end as `closed` says.
fn gather(text: &str, range: Range<usize>, closed: &HashMap<usize, usize>, depth: usize, found: &mut Found) {
    let (mut at, text) = (range.start, &text[..range.end]);
    while let Some(next) = text[at..].find(['{', '%', '$', '<']) {
        at += next;
        if depth < MOST_DEPTH
            && let Some((key, branches)) = message(text, at, closed)
        {
            *found.entry(key).or_default() += 1;
            let mut most = Found::new();
            for branch in branches {
                let mut inner = Found::new();
                gather(text, branch, closed, depth + 1, &mut inner);
                for (key, count) in inner {
                    let held = most.entry(key).or_default();
                    *held = count.max(*held);
                }
            }
            for (key, count) in most {
                *found.entry(key).or_default() += count;
            }
            at = closed[&at] + 1;
            continue;
        }
        let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
        let before = text[range.start..at].chars().next_back();
        let met = match rest.as_bytes()[0] {
            b'{' => braces(rest),
            b'%' => percent(rest, before),
            b'$' => variable(rest, before),
            _ => tag(rest),
        };
        match met {
            Some((key, length)) => {
                if !key.is_empty() {
                    *found.entry(key).or_default() += 1;
                }
                at += length;
            }
            None => at += 1,
        }
    }
}

/// Where each brace that opens is closed. In a message, braces after an apostrophe are text up to the next one.
fn closed(text: &str) -> HashMap<usize, usize> {
    let (mut open, mut closed, mut quoted) = (Vec::new(), HashMap::new(), false);
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'{', b'}', b'\'', bytes) {
        match bytes[at] {
            b'\'' if quoted => quoted = false,
            b'\'' => quoted = matches!(bytes.get(at + 1), Some(b'{' | b'}')) && text[at + 1..].contains('\''),
            _ if quoted => {}
            b'{' => open.push(at),
            _ => {
                if let Some(start) = open.pop() {
                    closed.insert(start, at);
                }
            }
        }
    }
    closed
}

/// The message with branches that begins at `at`: its key, and where its branches stand.
fn message(text: &str, at: usize, closed: &HashMap<usize, usize>) -> Option<(String, Vec<Range<usize>>)> {
    let end = *closed.get(&at).filter(|end| **end < text.len())?;
    let (name, rest) = text[at + 1..end].split_once(',')?;
    let (kind, rest) = rest.split_once(',')?;
    let name = name.trim();
    let named = !name.is_empty() && name.chars().all(is_name_char);
    if !named || !matches!(kind.trim(), "plural" | "select" | "selectordinal") {
        return None;
    }
    let (mut at, mut branches) = (end - rest.len(), Vec::new());
    loop {
        let rest = &text[at..end];
        let Some(open) = rest.find('{') else {
            return (rest.trim().is_empty() && !branches.is_empty())
                .then(|| (format!("{{{name}, …}}"), branches));
        };
        let selector = rest[..open].split_whitespace().filter(|word| !word.starts_with("offset:"));
        let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '=' | '_' | '-'));
        if !matches!(selector.collect::<Vec<_>>()[..], [word] if is_word(word)) {
            return None;
        }
        let close = *closed.get(&(at + open))?;
        branches.push(at + open + 1..close);
        at = close + 1;
    }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']' | '@' | '#')
}

/// `{name}`, `{0}`, `{}`, `{price:.2f}`, `{{name}}`, and the beginning of `{count, plural, …}`.
fn braces(text: &str) -> Option<(String, usize)> {
    if let Some(inner) = text.strip_prefix("{{")
        && let Some((name, _)) = inner.split_once("}}")
        && !name.trim().is_empty()
        && name.trim().chars().all(|c| is_name_char(c) || c == ' ' || c == '|')
    {
        return Some((format!("{{{{{}}}}}", name.trim()), name.len() + 4));
    }
    let inner = &text[1..];
    let end = inner.find(|c: char| !is_name_char(c)).unwrap_or(inner.len());
    let name = &inner[..end];
    let after = inner[end..].trim_start();
    match after.chars().next()? {
        '}' => {
            let length = inner.len() - after.len() + 2;
            Some((format!("{{{name}}}"), length))
        }
        // What follows says how the value is shown, which languages may do each in their way.
        ':' | '!' if !name.is_empty() => {
            let length = inner.find('}')? + 2;
            (!inner[..length - 2].contains('{')).then(|| (format!("{{{name}}}"), length))
        }
        ',' if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Some((format!("{{{name}, …}}"), end + 1))
        }
        _ => None,
    }
}

/// `%s`, `%1$d`, `%(name)s`, `%.2f`, `%@`, `%name%`; `%%` is a percent sign.
fn percent(text: &str, before: Option<char>) -> Option<(String, usize)> {
    let rest = &text[1..];
    if rest.starts_with('%') {
        return Some((String::new(), 2));
    }
    if let Some((name, _)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')'))
        && !name.is_empty()
        && name.chars().all(is_name_char)
    {
        let kind =
            rest[name.len() + 2..].trim_start_matches(|c: char| c.is_ascii_digit() || ".+-#0".contains(c));
        let kind = kind.chars().next().filter(char::is_ascii_alphabetic)?;
        let length = text.find(')')? + 1;
        let more = text[length..].find(kind)? + 1;
        return Some((format!("%({name}){kind}"), length + more));
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    if end > 1 && rest[end..].starts_with('%') && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some((format!("%{}%", &rest[..end]), end + 2));
    }
    // "50%s" is hardly one; "%discount" is none.
    let numbered =
        rest.split_once('$').filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let (place, rest_of) = numbered.map_or((0, rest), |(n, rest_of)| (n.len() + 1, rest_of));
    if place == 0 && before.is_some_and(char::is_numeric) {
        return None;
    }
    let flags =
        rest_of.find(|c: char| !(c.is_ascii_digit() || "+-#.*'".contains(c))).unwrap_or(rest_of.len());
    let sizes = rest_of[flags..].find(|c: char| !"hlqjzt".contains(c)).unwrap_or(rest_of.len() - flags);
    let kind = rest_of[flags + sizes..].chars().next().filter(|c| "sdiufFeEgGxXocp@".contains(*c))?;
    let length = 1 + place + flags + sizes + kind.len_utf8();
    let ends = !text[length..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    ends.then(|| (format!("%{}{kind}", &rest_of[flags..flags + sizes]), length))
}

/// `$name` and `${name}`; `$5` is money, and so is `$US`.
fn variable(text: &str, before: Option<char>) -> Option<(String, usize)> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[1..];
    if rest.starts_with('{') {
        return braces(rest).map(|(key, length)| (format!("${key}"), length + 1));
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let name = &rest[..end];
    let is_money = name.len() <= 3 && name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (is_name && !is_money).then(|| (format!("${name}"), end + 1))
}

/// `<b>`, `</b>`, `<br/>`, `<a href="…">`: without the attributes, which may be translated.
fn tag(text: &str) -> Option<(String, usize)> {
    let length = text.find('>')? + 1;
    let inner = &text[1..length - 1];
    let (inner, end) = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
        (Some(name), _) => (name, Tag::Close),
        (None, Some(inner)) => (inner, Tag::Empty),
        (None, None) => (inner, Tag::Open),
    };
    let name_end = inner
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && (attributes.trim().is_empty() || (attributes.starts_with(' ') && attributes.contains('=')));
    // Both ways to write a tag that is closed at once.
    let is_void = matches!(&*name.to_ascii_lowercase(), "br" | "hr" | "img" | "wbr");
    let key = match end {
        Tag::Close => format!("</{name}>"),
        Tag::Empty if is_void => format!("<{name}>"),
        Tag::Empty => format!("<{name}/>"),
        Tag::Open => format!("<{name}>"),
    };
    is_tag.then_some((key, length))
}

enum Tag {
    Open,
    Close,
    Empty,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        placeholders(text)
            .iter()
            .map(|(key, count)| if *count > 1 { format!("{key}×{count}") } else { key.clone() })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn placeholders_of_many_programs_are_found() {
        assert_eq!(
            found("{user} {0} {} {price:.2f} {{ city }} ${dir} {n, plural, one {# x} other {# y}}"),
            "${dir} {0} {n, …} {price} {user} {{city}} {}"
        );
        assert_eq!(
            found("%s and %1$s of %2$d, %(name)s %.2f %ld %@ 100%% %host%"),
            "%(name)s %@ %d %f %host% %ld %s×2"
        );
        assert_eq!(found("$user <b>x</b> <br/> <br> <a href=\"#\">"), "$user </b> <a> <b> <br>×2");
        assert_eq!(found("%dملف"), "%d");
    }

    #[test]
    fn prose_has_none() {
        for prose in [
            "50% of it, 20%d",
            "a %discount",
            "$5 and $US 7, A$AP",
            "a < b and c > d",
            "{a b}",
            "<someone@example.org>",
            "30 % de",
        ] {
            assert_eq!(found(prose), "", "{prose}");
        }
    }

    #[test]
    fn of_messages_with_branches_the_arguments_count() {
        let differs = |en: &str, ar: &str| difference((en, "en"), (ar, "ar")).unwrap_or_default();
        let en = "{n, plural, =0 {no post} one {# post by {who}} other {# posts by {who} on %s}} for {team}";
        let ar = "{n, plural, zero {لا منشور} one {منشور {who}} two {منشوران لـ{who}} few {# منشورات {who} %s} many {# منشورا {who} %s} other {# منشور {who} %s}} في {team}";
        assert_eq!(differs(en, ar), "");
        assert_eq!(found(en), "%s {n, …} {team} {who}");
        let en = "{host, select, male {He} female {She} other {They}} said '{'x'}'";
        assert_eq!(differs(en, "قال{host, select, male {} female {ت} other {وا}} '{'x'}'"), "");
        assert_eq!(differs(en, "قالوا"), "`{host, …}` only in en");
        assert_eq!(
            differs("{n, plural, other {# of {all}}}", "{n, plural, other {# من {كل}}}"),
            "`{all}` only in en"
        );
        let nested =
            "{a, select, x {{b, selectordinal, offset:1 one {{c}st} other {{c}th {d}}}} other {{c}}}";
        assert_eq!(found(nested), "{a, …} {b, …} {c} {d}");
        // What only looks like one.
        assert_eq!(found("{n, plural, one {x} {y} other"), "{n, …} {x} {y}");
        assert_eq!(found("{n, plural}"), "{n, …}");
        let deep = "{a, select, x {".repeat(5000);
        for end in [String::new(), "}}".repeat(5000)] {
            assert!(found(&(deep.clone() + &end)).starts_with("{a, …}×5000"));
        }
    }

    #[test]
    fn what_differs_is_named() {
        let told = |en: &str, ar: &str| difference((en, "en"), (ar, "ar")).unwrap_or_default();
        assert_eq!(told("Dear {user}, you owe %d.", "عزيزي {user}، عليك %d."), "");
        assert_eq!(told("%1$s sent %2$d", "%2$d من %1$s"), "");
        assert_eq!(told("%s sent %d", "%2$d من %1$s"), "");
        assert_eq!(told("Dear {user}!", "عزيزي {usr}!"), "`{user}` only in en; `{usr}` only in ar");
        assert_eq!(told("Now <i>stop</i>", "قف"), "`</i>`, `<i>` only in en");
    }
}
