//! What stands as it is in every language: addresses, file names, Latin words, codes; list markers.
//!
//! In: tokens. Out: anchors compared by case-folded identity. Guarantee: total; a Latin side gives only
//! words that look like acronyms, codes or camel-case names, an Arabic side every Latin word of two
//! letters or more.

use rust_decimal::Decimal;

use super::digits::{DigitNumber, digits};
use super::token::{Letters, Reader, TokenKind};
use super::value::{Anchor, AnchorKind, AnchorValue, Strength};
use crate::language::{Cue, Habit, NumberWord, Unit, UnitWord, currency_sign};

/// Addresses are read no further than this many bytes, so that a text costs no more than its length.
const LONGEST_ADDRESS: usize = 2048;

/// Endings that make `name.ending` an address.
const DOMAINS: [&str; 40] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "io", "tv", "eu", "uk", "us", "de", "fr", "nl",
    "ch", "at", "es", "it", "ru", "cn", "jp", "in", "eg", "iq", "sa", "ae", "qa", "kw", "jo", "lb", "sy",
    "ma", "dz", "tn", "ly", "sd", "ye", "om",
];

/// Endings that make `name.ending` a file name.
const FILES: [&str; 36] = [
    "pdf", "doc", "docx", "txt", "rtf", "odt", "html", "htm", "xml", "json", "csv", "tsv", "xls", "xlsx",
    "ppt", "pptx", "jpg", "jpeg", "png", "gif", "svg", "zip", "rar", "tar", "gz", "mp3", "mp4", "avi", "exe",
    "dll", "py", "rs", "js", "php", "tmx", "xlf",
];

/// Reads the address, file name, word or Roman numeral that starts at token `at`, if one does.
pub(super) fn read(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.get(at)?;
    match token.kind {
        TokenKind::Latin => address(reader, at, out)
            .or_else(|| century(reader, at, out))
            .or_else(|| roman(reader, at, out))
            .or_else(|| word(reader, at, out)),
        TokenKind::Digits => address(reader, at, out),
        TokenKind::Sign('@') => handle(reader, at, out),
        _ => None,
    }
}

/// The kind of a chunk of text without white space.
fn classify(chunk: &str) -> Option<AnchorKind> {
    let lower = |text: &str, list: &[&str]| {
        text.len() <= 5 && list.iter().any(|ending| text.eq_ignore_ascii_case(ending))
    };
    if let Some((scheme, rest)) = chunk.split_once("://") {
        return (!scheme.is_empty() && !rest.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
            .then_some(AnchorKind::Address);
    }
    if let Some((name, host)) = chunk.split_once('@') {
        let dotted = host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        return (!name.is_empty() && dotted).then_some(AnchorKind::Address);
    }
    let host = chunk.split_once('/').map_or(chunk, |(host, _)| host);
    if let Some((name, ending)) = host.rsplit_once('.')
        && !name.is_empty()
        && !ending.is_empty()
    {
        let www = name.len() > 4 && name.as_bytes()[..4].eq_ignore_ascii_case(b"www.");
        let lettered = name.bytes().any(|b| b.is_ascii_alphabetic());
        // "U.S" and the like are no hosts.
        let label = name.rsplit('.').next().is_some_and(|label| label.len() >= 2);
        if (www || lettered && lower(ending, &DOMAINS)) && label {
            return Some(AnchorKind::Address);
        }
    }
    let (name, ending) = chunk.rsplit_once('.')?;
    let named = name.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ')'));
    (named && lower(ending, &FILES)).then_some(AnchorKind::FileName)
}

/// A web or mail address or a file name that starts at `at`.
fn address(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    // Only the first token of a chunk is tried, so that a text costs no more than its length.
    let mut before = at;
    while before > 0
        && at - before < 3
        && reader.is_glued(before)
        && matches!(reader.tokens[before - 1].kind, TokenKind::Sign(_))
    {
        before -= 1;
    }
    let inside = reader.is_glued(before)
        && matches!(reader.tokens[before - 1].kind, TokenKind::Latin | TokenKind::Digits);
    if inside && !matches!(reader.slice(at), "www" | "http" | "https") {
        return None;
    }
    if !matches!(reader.glued_sign(at + 1), Some('.' | ':' | '@' | '-' | '_' | '/' | '+'))
        && !reader.is_glued(at + 1)
    {
        return None;
    }
    let start = reader.tokens[at].start;
    let rest = &reader.text[start..];
    let length = rest
        .bytes()
        .take(LONGEST_ADDRESS)
        .position(|b| !(b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b)))
        .unwrap_or_else(|| rest.len().min(LONGEST_ADDRESS));
    let mut chunk = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    if !chunk.contains('(') {
        chunk = chunk.trim_end_matches([')', ']', '.', ',']);
    }
    let kind = classify(chunk)?;
    let end = start + chunk.len();
    let mut next = at + 1;
    while reader.get(next).is_some_and(|t| t.start < end) {
        next += 1;
    }
    let end = reader.tokens[next - 1].end.max(end);
    let key = chunk.split_once("://").map_or(chunk, |(_, rest)| rest).to_ascii_lowercase();
    let key = key.strip_prefix("www.").unwrap_or(&key).trim_end_matches('/');
    out.push(Anchor::new(kind, AnchorValue::Text(key.into()), start, end));
    Some(next)
}

/// `@name`
fn handle(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let mut next = at + 1;
    while reader.is_glued(next)
        && matches!(reader.tokens[next].kind, TokenKind::Latin | TokenKind::Digits | TokenKind::Sign('_'))
    {
        next += 1;
    }
    if next < at + 2 || reader.tokens[at + 1].kind == TokenKind::Digits {
        return None;
    }
    let (start, end) = (reader.tokens[at].start, reader.tokens[next - 1].end);
    let text = reader.text[start..end].to_lowercase();
    out.push(Anchor::new(AnchorKind::Address, AnchorValue::Text(text.into()), start, end));
    Some(next)
}

/// The Roman numeral of a century, beside the word for it: «XIXe siècle», «siglo XXI», «XXI веке», «XIX. yüzyıl»; of
/// two, the first too: «du XVIIe au XIXe siècle».
fn century(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    const LATEST: u32 = 30;
    let value = |at: usize| {
        let slice = reader.slice(at);
        let numeral = slice.trim_end_matches(char::is_lowercase);
        let suffix = &slice[numeral.len()..];
        let of_one = suffix.is_empty() || reader.words.is_ordinal_suffix(suffix);
        roman_value(numeral).filter(|value| of_one && *value <= LATEST)
    };
    let is_century = |at: usize| {
        let unit = reader.get(at).and_then(|t| t.senses).and_then(|s| s.unit);
        unit == Some(UnitWord::Plain(Unit::Century))
    };
    let named = |at: usize| is_century(at + 1 + usize::from(reader.glued_sign(at + 1) == Some('.')));
    let number = value(at)?;
    let joins = matches!(reader.sign(at + 1), Some('-' | '–' | ','))
        || matches!(reader.cue(at + 1), Some(Cue::And | Cue::To));
    let of_two = joins && value(at + 2).is_some() && named(at + 2);
    let behind = at > 0 && is_century(at - 1);
    if !named(at) && !of_two && !behind {
        return None;
    }
    Some(ordinal(reader, at, number, out))
}

/// A Roman numeral: after "Chapter" and the like, or of two letters or more after a name.
fn roman(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    if !matches!(token.letters, Letters::Single | Letters::Upper) || reader.shouting {
        return None;
    }
    let text = reader.slice(at);
    let value = roman_value(text)?;
    let cue = reader.cue_before(at) == Some(Cue::Chapter);
    let name = text.len() >= 2
        && !text.contains(['L', 'C', 'D', 'M'])
        && (reader.words.has(Habit::LatinStandsOut)
            || reader.before(at).is_some_and(|t| matches!(t.letters, Letters::Title) && token.spaced));
    if !cue && !name {
        return None;
    }
    Some(ordinal(reader, at, value, out))
}

/// Adds that the token at `at` is an ordinal; gives the place behind it.
fn ordinal(reader: &Reader<'_>, at: usize, value: u32, out: &mut Vec<Anchor>) -> usize {
    let token = reader.tokens[at];
    let value = AnchorValue::Number(Decimal::from(value));
    out.push(Anchor::new(AnchorKind::Ordinal, value, token.start, token.end));
    at + 1
}

/// The value of a well-formed Roman numeral below 400, in one case.
fn roman_value(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut rest = text;
    let mut value = 0;
    let steps =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    for (n, letters) in steps {
        let most = if letters.len() == 2 || letters == "L" || letters == "V" { 1 } else { 3 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(letters) else { break };
            (rest, value) = (after, value + n);
        }
    }
    rest.is_empty().then_some(value)
}

/// A Latin word inside Arabic; an acronym, code or camel-case name on a Latin side.
fn word(reader: &Reader<'_>, at: usize, out: &mut Vec<Anchor>) -> Option<usize> {
    let token = reader.tokens[at];
    if let Some(next) = dotted(reader, at) {
        let end = reader.tokens[next - 1].end;
        push_text(reader, token.start, end, None, out);
        return Some(next);
    }
    let hyphen = usize::from(matches!(reader.glued_sign(at + 1), Some('-' | '\u{2010}' | '\u{2011}')));
    let code = token.letters != Letters::Lower
        && reader.is_glued(at + 1)
        && reader.is_glued(at + 1 + hyphen)
        && reader.is_digits(at + 1 + hyphen);
    // «Rp1.234.567,89», "RM50,000", "Rp1.2 million": a currency, and no code.
    let money = |number: DigitNumber| {
        let scale = reader.number(number.next);
        number.is_grouped() || matches!(scale, Some(NumberWord::Scale(_) | NumberWord::ScalePlural(_)))
    };
    if code && hyphen == 0 && digits(reader, at + 1).is_some_and(money) {
        return None;
    }
    if code {
        return Some(push_code(reader, at, at + 1 + hyphen, out));
    }
    let long = token.end - token.start >= 2;
    let apart = if reader.words.has(Habit::LatinStandsOut) {
        long
    } else {
        match token.letters {
            Letters::Upper => !reader.shouting,
            Letters::Mixed => !reader.shouting && !is_name_with_capital(reader.slice(at)),
            _ => false,
        }
    };
    // The "US" of "US$5" belongs to the money.
    let money = reader.glued_sign(at + 1).and_then(currency_sign).is_some();
    let era = matches!(
        reader.cue(at),
        Some(
            Cue::Hijri | Cue::SolarHijri | Cue::Gregorian | Cue::BeforeChrist | Cue::Morning | Cue::Afternoon
        )
    );
    if !apart || money || era || token.senses.is_some_and(|s| s.currency.is_some()) {
        return None;
    }
    push_text(reader, token.start, token.end, None, out);
    Some(at + 1)
}

/// McDonald, MacArthur: spelt with a capital inside, but a name that other scripts spell by sound.
fn is_name_with_capital(word: &str) -> bool {
    word.starts_with("Mc") || word.starts_with("Mac") && word.len() > 5
}

/// `U.S.`, `D.C.`: two or more single capitals with points; gives the token after them.
fn dotted(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut next = at;
    let mut letters = 0;
    while reader.get(next)?.letters == Letters::Single
        && (letters == 0 || reader.is_glued(next))
        && reader.glued_sign(next + 1) == Some('.')
    {
        letters += 1;
        next += 2;
        if reader.get(next).is_none() {
            break;
        }
    }
    // "U.S": the last point may be missing.
    if letters >= 1 && reader.is_glued(next) && reader.tokens[next].letters == Letters::Single {
        return Some(next + 1);
    }
    (letters >= 2).then_some(next)
}

/// `F-16`, `COVID-19`, `M1A2`: the letters at `at`, the digits at `digits` and what is glued to them.
fn push_code(reader: &Reader<'_>, at: usize, digits: usize, out: &mut Vec<Anchor>) -> usize {
    let mut next = digits + 1;
    while reader.is_glued(next)
        && (reader.is_digits(next)
            || reader.tokens[next].kind == TokenKind::Latin
                && reader.tokens[next].end - reader.tokens[next].start <= 3)
    {
        next += 1;
    }
    let number = if next == digits + 1 { reader.small(digits) } else { None };
    let also = number.map(|n| AnchorValue::Number(Decimal::from(n)));
    push_text(reader, reader.tokens[at].start, reader.tokens[next - 1].end, also, out);
    next
}

fn push_text(
    reader: &Reader<'_>,
    start: usize,
    end: usize,
    also: Option<AnchorValue>,
    out: &mut Vec<Anchor>,
) {
    let text = reader.text[start..end].into();
    let mut anchor = Anchor::new(AnchorKind::LatinWord, AnchorValue::Text(text), start, end);
    anchor.also = also;
    out.push(anchor);
}

const TATWEEL: char = '\u{0640}';

/// Letters that number Arabic lists, in the order of the abjad.
const ABJAD: [char; 12] = ['ا', 'ب', 'ج', 'د', 'ه', 'و', 'ز', 'ح', 'ط', 'ي', 'ك', 'ل'];

/// Reads a list marker at the start of the text: `1.`, `(1)`, `(a)`, «(أ)», «١-», «أولاً:».
pub(super) fn list_marker(reader: &Reader<'_>, out: &mut Vec<Anchor>) -> Option<usize> {
    let mut at = 0;
    while matches!(reader.sign(at), Some('•' | '*' | '–' | '-' | '▪' | '●' | 'o')) && !reader.is_glued(at + 1)
    {
        at += 1;
    }
    let open = usize::from(matches!(reader.sign(at), Some('(' | '[' | '\u{FD3F}')));
    let item = at + open;
    let token = *reader.get(item)?;
    if open == 1 && !reader.is_glued(item) {
        return None;
    }
    if let Some(next) = adverb(reader, item) {
        if let Some(NumberWord::Ordinal(n)) = reader.number(item) {
            let value = AnchorValue::Number(Decimal::from(n));
            let mut anchor = Anchor::new(AnchorKind::ListMarker, value, token.start, token.end);
            anchor.strength = Strength::Weak;
            out.push(anchor);
        }
        return Some(next);
    }
    let closing = match reader.glued_sign(item + 1) {
        Some(')' | ']' | '\u{FD3E}') => true,
        Some('.' | '-' | '–' | '/') => open == 0,
        _ => false,
    };
    // «٣ـ», «أـ»: a tatweel stands for the hyphen.
    let is_tatweel = |text: &str| !text.is_empty() && text.chars().all(|c| c == TATWEEL);
    let behind = reader.is_glued(item + 1) && is_tatweel(reader.slice(item + 1));
    let inside =
        reader.slice(item).char_indices().nth(1).is_some_and(|(i, _)| is_tatweel(&reader.slice(item)[i..]));
    let closing = closing || open == 0 && (behind || inside && token.kind == TokenKind::Arabic);
    let mut next = item + 1 + usize::from(!inside);
    if reader.glued_sign(item + 1) == Some(')') && matches!(reader.glued_sign(next), Some('-' | '.')) {
        next += 1;
    }
    // What follows must stand apart: "1.5" and "A-level" are no items.
    if !closing || reader.get(next).is_some_and(|t| !t.spaced && t.kind != TokenKind::Arabic) {
        return None;
    }
    let (value, also) = marker_value(reader, item, open)?;
    let mut anchor =
        Anchor::new(AnchorKind::ListMarker, value, reader.tokens[at].start, reader.tokens[next - 1].end);
    anchor.also = also;
    out.push(anchor);
    Some(next)
}

fn marker_value(reader: &Reader<'_>, item: usize, open: usize) -> Option<(AnchorValue, Option<AnchorValue>)> {
    let number = |n: u32| AnchorValue::Number(Decimal::from(n));
    let token = reader.tokens[item];
    if token.kind == TokenKind::Digits {
        return (reader.digit_count(item) <= 3).then_some((number(reader.small(item)?), None));
    }
    let text = reader.slice(item);
    let lower = text.to_lowercase();
    let numeral = roman_value(&text.to_uppercase()).filter(|_| text == lower || text.len() <= 5).map(number);
    let mut chars = lower.chars();
    let (first, rest) = (chars.next()?, chars.next());
    if rest.is_none() && first.is_ascii_lowercase() {
        // A capital with a point is an initial more often than an item.
        if token.letters == Letters::Single && open == 0 && reader.glued_sign(item + 1) == Some('.') {
            return numeral.map(|n| (n, None));
        }
        return Some((AnchorValue::Letter(first as u8 - b'a' + 1), numeral));
    }
    if let Some(numeral) = numeral {
        return Some((numeral, None));
    }
    let folded = reader.folded(item);
    let mut chars = folded.chars();
    let letter = chars.next()?;
    if chars.next().is_some() || reader.glued_sign(item + 1) == Some('.') {
        return None;
    }
    let place = ABJAD.iter().position(|&c| c == letter)?;
    Some((AnchorValue::Letter(place as u8 + 1), None))
}

/// «أولاً», "First," and the like at the start: the token after the word.
fn adverb(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let NumberWord::Ordinal(_) = reader.number(at)? else { return None };
    let stop = matches!(reader.sign(at + 1), Some(',' | ':' | '،' | '-' | '–' | '.' | '/'));
    let adverb = match reader.tokens[at].kind {
        TokenKind::Arabic => {
            let folded = reader.folded(at);
            folded.ends_with('ا') && folded.chars().count() >= 4 || stop
        }
        _ => stop && reader.glued_sign(at + 1) != Some('-') || reader.slice(at).ends_with("ly"),
    };
    adverb.then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_well_formed_or_nothing() {
        let of = |text| roman_value(text);
        assert_eq!([of("IV"), of("IX"), of("XIV"), of("XLII"), of("CCC")], [4, 9, 14, 42, 300].map(Some));
        assert_eq!([of("IIII"), of("VX"), of("IC"), of(""), of("MIX")], [None; 5]);
    }

    #[test]
    fn chunks_are_classified_by_their_form() {
        assert_eq!(classify("https://example.org/a?b=1"), Some(AnchorKind::Address));
        assert_eq!(classify("www.example.museum"), Some(AnchorKind::Address));
        assert_eq!(classify("info@example.gov.iq"), Some(AnchorKind::Address));
        assert_eq!(classify("example.com/path"), Some(AnchorKind::Address));
        assert_eq!(classify("report.pdf"), Some(AnchorKind::FileName));
        assert_eq!(classify("src/main.rs"), Some(AnchorKind::FileName));
        assert_eq!(classify("and/or"), None);
        assert_eq!(classify("3.14"), None);
        assert_eq!(classify("U.S"), None);
        assert_eq!(classify("end.The"), None);
    }
}
