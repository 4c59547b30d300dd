//! What of a text is prose.
//!
//! In: a text. Out: its words and sentences without code, addresses, file names and markup, a line each. Guarantee:
//! linear, and every word of the result stands in the text.

/// Longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 300;

/// The prose of `text`.
pub(super) fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced && !is_statement(trimmed) {
            add_words(&without_markup(trimmed), &mut prose);
        }
    }
    prose
}

/// Whether a line begins or ends as one of a program does.
fn is_statement(line: &str) -> bool {
    const BEGINNINGS: [&str; 12] =
        ["import ", "export ", "const ", "let ", "var ", "#include", "//", "/*", "$ ", "</", "{", "}"];
    const ENDINGS: [&str; 7] = ["{", "}", "};", ");", "=>", "/>", "*/"];
    let latin = line.is_ascii();
    let code_signs = || line.bytes().filter(|b| b"(){}[]=<>;_".contains(b)).count();
    latin
        && (BEGINNINGS.iter().any(|beginning| line.starts_with(beginning)) && code_signs() > 0
            || ENDINGS.iter().any(|ending| line.ends_with(ending)))
}

/// `line` without tags, character references and what stands between backticks.
fn without_markup(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '&', '`']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let near = &from[..from.floor_char_boundary(LONGEST_TAG)];
        let end = match from.as_bytes()[0] {
            b'<' if near[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) => {
                near.find('>')
            }
            b'&' => near.find(';').filter(|&end| {
                end <= 10 && near[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
            }),
            b'`' => near[1..].find('`').map(|end| end + 1),
            _ => None,
        };
        out.push(' ');
        rest = &from[end.map_or(1, |end| end + 1)..];
    }
    out.push_str(rest);
    out
}

/// Adds what of `line` is no code; nothing where half of it is.
fn add_words(line: &str, prose: &mut String) {
    let begun = prose.len();
    let (mut words, mut code) = (0, 0);
    for word in line.split_whitespace() {
        words += 1;
        if is_code(word) {
            code += 1;
            continue;
        }
        if prose.len() > begun {
            prose.push(' ');
        }
        prose.push_str(word);
    }
    if words == 0 || code * 2 > words {
        prose.truncate(begun);
        return;
    }
    prose.push('\n');
}

/// Whether `word` is an address, a path, the name of a file or of something in a program.
fn is_code(word: &str) -> bool {
    // Most words are small letters, perhaps behind a capital and before a comma or a full stop.
    let letters = word.strip_suffix([',', '.']).unwrap_or(word).as_bytes();
    if letters.iter().skip(1).all(|b| b.is_ascii_lowercase() || !b.is_ascii())
        && letters.first().is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii())
    {
        return false;
    }
    let inner =
        word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '$' | '{' | '<'));
    if inner.contains("://") || inner.contains('@') || inner.starts_with("www.") {
        return true;
    }
    if inner.bytes().any(|b| b"{}<>=\\_$|#^~".contains(&b)) || word.contains("()") || word.contains("[]") {
        return true;
    }
    if !inner.is_ascii() {
        return false;
    }
    let bytes = inner.as_bytes();
    let camel =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    // "McDonald" and "iPhone" are names; what has small letters, a point and small letters is a file or a member.
    let member =
        bytes.windows(3).any(|t| t[1] == b'.' && t[0].is_ascii_lowercase() && t[2].is_ascii_lowercase());
    let path = inner.starts_with('/') || inner.bytes().filter(|b| *b == b'/').count() > 1;
    camel > 1 || camel == 1 && bytes.len() > 10 || member && !is_abbreviation(inner) || path
}

/// Whether single letters stand between the points: e.g, a.k.a.
fn is_abbreviation(word: &str) -> bool {
    word.split('.').all(|part| part.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_addresses_and_markup_are_left_out() {
        let text = "<p>Read the <b>guide</b>&nbsp;first.</p>\n\
            See https://example.org/a/b or write to me@example.org, e.g. today.\n\
            const [count, setCount] = useState(0);\n\
            Call `setCount(count)` in handleClick() or useEffect().\n\
            ```\nlet us = not be(read);\n```\n\
            import { useState } from 'react';\n\
            Let us end here.";
        insta::assert_snapshot!(prose(text), @"
        Read the guide first.
        See or write to e.g. today.
        Call in or
        Let us end here.
        ");
    }

    #[test]
    fn prose_stays_as_it_is() {
        for line in [
            "Mr. O'Neill (he was 40) said: \"No; never!\" & left.",
            "5 < 6, and a > b?",
            "انتهى الاجتماع.وغادر",
        ] {
            let stays: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(
                prose(line).split_whitespace().filter(|w| w.len() > 1).count(),
                stays.iter().filter(|w| w.len() > 1).count(),
                "{line}"
            );
        }
    }
}
