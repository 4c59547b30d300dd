//! Files of subtitles → cues: what is shown from when to when, without marks.
//!
//! Times are read as programs and people write them, where they are clear; what has none that are is counted.

use quick_xml::escape::resolve_html5_entity;

use crate::xml::{Reference, named};

/// What is shown at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// When it begins, in milliseconds.
    pub(super) start: i64,
    /// When it ends, in milliseconds.
    pub(super) end: i64,
    /// Its lines, without marks and without white space at their ends; none is empty.
    pub(super) lines: Vec<String>,
}

/// The cues of a file, and what of it is none.
#[derive(Debug, Default)]
pub(super) struct Cues {
    /// The cues.
    pub(super) found: Vec<Cue>,
    /// Texts whose times cannot be read.
    pub(super) lost: Lost,
}

/// Texts that are not shown, since their times cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct Lost {
    /// How many.
    pub(in crate::read) count: usize,
    /// The line on which the first stands.
    pub(in crate::read) line: usize,
}

impl Lost {
    fn add(&mut self, line: usize) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }
}

/// Whether the head of a file looks like SRT: a number, then a line of times.
pub(in crate::read) fn is_srt(head: &str) -> bool {
    let mut lines = lines(head).take(12).map(str::trim).filter(|l| !l.is_empty());
    lines.next().is_some_and(is_number) && lines.next().is_some_and(|l| times(l).is_some())
}

/// Whether the head of a file says that it is WebVTT: a text that begins with this word has no cues.
pub(in crate::read) fn is_vtt(head: &str) -> bool {
    let Some(rest) = head.strip_prefix("WEBVTT") else { return false };
    let mut rest = lines(rest);
    match rest.next() {
        Some(title) if title.trim().is_empty() => true,
        Some(title) => title.starts_with([' ', '\t']) && rest.any(|line| times(line).is_some()),
        None => true,
    }
}

/// Whether the head of a file is that of Advanced SubStation Alpha, or of its forerunner.
pub(in crate::read) fn is_ass(head: &str) -> bool {
    lines(head).next().is_some_and(|line| line.trim().eq_ignore_ascii_case("[Script Info]"))
}

/// Whether a file begins with the times of a cue as SBV has them.
pub(in crate::read) fn is_sbv(head: &str) -> bool {
    lines(head).map(str::trim).find(|l| !l.is_empty()).is_some_and(|line| sbv_times(line).is_some())
}

/// The lines of a text, however they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text).filter(|text| !text.is_empty());
        };
        let end = if text[at..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[at + end..]);
        Some(&text[..at])
    })
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// The cues of SRT. An empty line ends none, only the times of the next do.
pub(super) fn srt(file: &str) -> Cues {
    let mut cues = Cues::default();
    let mut before: Vec<&str> = Vec::new();
    let mut numbered = false;
    let mut open: Option<(i64, i64)> = None;
    for line in lines(file) {
        let Some(found) = times(line) else {
            before.extend(Some(line.trim()).filter(|l| !l.is_empty()));
            continue;
        };
        // The number of a cue stands before its times.
        let number = before.last().is_some_and(|l| is_number(l));
        numbered |= number && open.is_none();
        if number && numbered {
            before.pop();
        }
        match open {
            Some(times) => cues.found.push(cue(times, &before)),
            None if !before.is_empty() => cues.lost.add(1),
            None => {}
        }
        before.clear();
        open = Some(found);
    }
    cues.found.extend(open.map(|times| cue(times, &before)));
    cues
}

/// What follows times, or the beginning of a block of lines.
#[derive(Default)]
struct Part<'f> {
    line: usize,
    times: Option<(i64, i64)>,
    lines: Vec<&'f str>,
}

impl Part<'_> {
    /// Whether it is no text, though it has no times: the head, a note, a style or a number alone.
    fn is_aside(&self) -> bool {
        const WORDS: [&str; 4] = ["WEBVTT", "NOTE", "STYLE", "REGION"];
        let first = self.lines.first().map_or("", |line| line.trim());
        let word = first.split_whitespace().next().unwrap_or_default();
        WORDS.contains(&word) || self.lines.len() == 1 && is_number(first)
    }
}

/// The cues of WebVTT and SBV, which end with an empty line: what else stands between is a name, a note or a style.
fn with_ends(file: &str, times: impl Fn(&str) -> Option<(i64, i64)>) -> Cues {
    let mut cues = Cues::default();
    let mut part = Part::default();
    let mut end = |part: &mut Part<'_>, names: usize| {
        let part = std::mem::take(part);
        match part.times {
            Some(times) => cues.found.push(cue(times, &part.lines)),
            None if part.lines.len() > names && !part.is_aside() => cues.lost.add(part.line),
            None => {}
        }
    };
    for (number, line) in (1..).zip(lines(file)) {
        if let Some(found) = times(line) {
            // A line before the times is a name.
            end(&mut part, 1);
            part = Part { line: number, times: Some(found), lines: Vec::new() };
        } else if !line.trim().is_empty() {
            if part.times.is_none() && part.lines.is_empty() {
                part.line = number;
            }
            part.lines.push(line);
        } else if line.is_empty() || !part.lines.is_empty() {
            // A blank first line of a cue is not empty.
            end(&mut part, 0);
        }
    }
    end(&mut part, 0);
    cues
}

/// The cues of WebVTT.
pub(super) fn vtt(file: &str) -> Cues {
    with_ends(file, times)
}

/// The cues of SBV.
pub(super) fn sbv(file: &str) -> Cues {
    with_ends(file, sbv_times)
}

fn cue((start, end): (i64, i64), lines: &[&str]) -> Cue {
    let lines = lines.iter().map(|line| without_tags(line).trim().to_owned());
    Cue { start, end, lines: lines.filter(|line| !line.is_empty()).collect() }
}

/// The cues of ASS and SSA, in the order in which they are shown.
pub(super) fn ass(file: &str) -> Cues {
    // Those that files have which do not say it.
    let (mut start, mut end, mut fields) = (1, 2, 10);
    let mut cues = Cues::default();
    let mut in_events = false;
    for (number, line) in (1..).zip(lines(file)) {
        let line = line.trim();
        if line.starts_with('[') && line.ends_with(']') {
            in_events = line.eq_ignore_ascii_case("[Events]");
            continue;
        }
        if let Some(format) = line.strip_prefix("Format:").filter(|_| in_events) {
            let names: Vec<String> = format.split(',').map(|n| n.trim().to_lowercase()).collect();
            let at = |name: &str, usual| names.iter().position(|n| n == name).unwrap_or(usual);
            (start, end, fields) = (at("start", 1), at("end", 2), names.len().max(3));
        }
        let Some(event) = line.strip_prefix("Dialogue:").filter(|_| in_events) else { continue };
        let values: Vec<&str> = event.splitn(fields, ',').collect();
        let times = values.get(start).and_then(|s| time(s)).zip(values.get(end).and_then(|e| time(e)));
        if let (Some((start, end)), Some(text)) = (times, values.get(fields - 1)) {
            let text = ass_text(text);
            let lines = text.split('\n').map(|l| l.trim().to_owned()).filter(|l| !l.is_empty());
            cues.found.push(Cue { start, end, lines: lines.collect() });
        } else {
            cues.lost.add(number);
        }
    }
    cues.found.sort_by_key(|cue| cue.start);
    cues
}

/// The text of an event without what stands in braces, and without drawings.
fn ass_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut drawing = false;
    let mut rest = text;
    while let Some(at) = rest.find('{').filter(|&at| rest[at..].contains('}')) {
        let (before, braces) = rest.split_at(at);
        if !drawing {
            out.push_str(before);
        }
        let (codes, after) = braces.split_once('}').unwrap_or((braces, ""));
        for code in codes.split('\\').skip(1) {
            if let Some(scale) = code.strip_prefix('p').filter(|s| is_number(s.trim())) {
                drawing = scale.trim() != "0";
            }
        }
        rest = after;
    }
    if !drawing {
        out.push_str(rest);
    }
    out.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u{a0}")
}

/// `00:01:02,345 --> 00:01:04.000 …`, hours optional: start and end in milliseconds. The arrow may have any number of
/// dashes, or be a character.
pub(super) fn times(line: &str) -> Option<(i64, i64)> {
    let at = line.find(['>', '→'])?;
    let (start, rest) = line.split_at(at);
    let mut rest = rest.chars();
    let before = start.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    if rest.next() == Some('>') && before == start.trim_end() {
        return None;
    }
    Some((time(before)?, time(rest.as_str().split_whitespace().next()?)?))
}

/// `0:01:02.345,0:01:04.000`, and nothing else.
fn sbv_times(line: &str) -> Option<(i64, i64)> {
    let (start, end) = line.trim().split_once(',')?;
    (start.contains('.') && end.contains('.')).then_some(())?;
    Some((time(start)?, time(end)?))
}

/// Seconds after two colons or one, and a part of a second, which some programs write after a colon too.
fn time(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, part) = match text.split_once([',', '.']) {
        Some(parts) => parts,
        None if text.matches(':').count() == 3 => text.rsplit_once(':')?,
        None if text.matches(':').count() == 2 => (text, "0"),
        None => return None,
    };
    let digits = |text: &str| text.parse::<i64>().ok().filter(|_| is_number(text));
    let seconds = whole.split(':').try_fold(0_i64, |sum, piece| {
        let value = digits(piece).filter(|v| *v < 1_000_000)?;
        sum.checked_mul(60)?.checked_add(value)
    })?;
    // What is finer than milliseconds is left; without minutes it may be another number.
    let part = part.get(..3).filter(|_| is_number(part) && whole.contains(':')).unwrap_or(part);
    let tens = 10_i64.pow(u32::try_from(3_usize.checked_sub(part.len())?).ok()?);
    seconds.checked_mul(1000)?.checked_add(digits(part)? * tens)
}

/// The line without `<i>`, `<c.class>`, `<00:01.000>`, `{\an8}` and the readings of ruby; with the entities of HTML
/// resolved. A `<` that opens no tag stays.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // What is not found once is not further on either.
    let mut missing: Vec<char> = Vec::new();
    while let Some(at) = rest.find(['<', '{', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = match rest.as_bytes()[0] {
            b'<' if rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') => Some('>'),
            b'{' if rest[1..].starts_with('\\') => Some('}'),
            _ => None,
        };
        let close = close.filter(|close| !missing.contains(close));
        let end = close.and_then(|close| rest.find(close));
        if let Some(end) = end {
            let reading = rest.starts_with("<rt>") || rest.starts_with("<rt.");
            rest = &rest[end + 1..];
            if reading {
                rest = &rest[reading_end(rest)..];
            }
            continue;
        }
        missing.extend(close);
        if let Some((text, length)) = entity(rest) {
            out.push_str(&text);
            rest = &rest[length..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Where the reading of ruby ends with which `text` begins.
fn reading_end(text: &str) -> usize {
    let ends = |at: &usize| ["</rt>", "</ruby>", "<rt>"].iter().any(|tag| text[*at..].starts_with(tag));
    text.match_indices('<').map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

/// What the entity stands for with which `text` begins, such as `&eacute;` and `&#233;`, and its length. One for a
/// control character stays as it is.
fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 40;
    let inner = text.strip_prefix('&')?;
    let name = &inner[..inner.bytes().take(LONGEST).position(|b| b == b';')?];
    let text = match named(name) {
        Reference::Char(c) => c.to_string(),
        Reference::Unknown(name) => resolve_html5_entity(name)?.to_owned(),
        _ => return None,
    };
    (!text.contains(char::is_control)).then_some((text, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_programs_write_them() {
        let cases = [
            ("00:01:02,345", Some(62_345)),
            ("01:02.5", Some(62_500)),
            ("0:00:01.50", Some(1_500)),
            ("00:00:03:040", Some(3_040)),
            ("00:00:03", Some(3_000)),
            ("10:30", None),
            ("0:00:05.0000", Some(5_000)),
            ("00:01.2345678", Some(1_234)),
            ("1,2345", None),
            ("00:01.234x", None),
            ("+1:00,000", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(time(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_end_in_any_way() {
        let found: Vec<&str> = lines("a\r\nb\rc\n\r\rd").collect();
        assert_eq!(found, ["a", "b", "c", "", "", "d"]);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn arrows_are_read_where_times_stand_on_both_sides() {
        for arrow in ["-->", "->", "--->", "-- >", "→", "–>"] {
            assert_eq!(
                times(&format!("00:01.0 {arrow} 00:02.0 align:start")),
                Some((1_000, 2_000)),
                "{arrow}"
            );
        }
        for line in ["00:01.0 > 00:02.0", "00:01.0 00:02.0", "10:30 -> 11:30", "a -> b", "->", ">"] {
            assert_eq!(times(line), None, "{line}");
        }
    }

    #[test]
    fn entities_are_those_of_html() {
        let line = "caf&eacute; &#233;&#xE9; &lt;i&gt; &rlm;AT&T; &nosuch; &#10; &#xd800; &";
        assert_eq!(without_tags(line), "café éé <i> \u{200f}AT&T; &nosuch; &#10; &#xd800; &");
    }

    #[test]
    fn tags_that_nothing_closes_stay_and_take_no_time() {
        for tag in ["{\\an8 ", "<c.a ‹"] {
            let line = tag.repeat(50_000);
            assert_eq!(without_tags(&line), line);
        }
        assert_eq!(without_tags(&"<ruby>a<rt>b".repeat(50_000)), "a");
    }
}
