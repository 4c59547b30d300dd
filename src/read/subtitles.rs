//! Subtitles (SRT and WebVTT) → blocks.
//!
//! In: the text of a file. Out: a [`Document`] of the spoken text, without numbers, times, tags and notes. A
//! sentence that runs over several cues is in one block, so that the segmenter can put it together; a new block
//! begins where the cue before ended a sentence, after a pause of two seconds, and where another person begins to
//! speak (`- …`). Lines of a block are kept apart by line feeds.

use crate::bitext::{Block, BlockKind, Document, TextSpan};

/// The longest silence inside a sentence, in milliseconds.
const PAUSE: i64 = 2_000;

/// Whether the head of a file looks like SRT: a number, then a line of times.
pub(super) fn is_srt(head: &str) -> bool {
    let mut lines = head.lines().take(12).map(str::trim).filter(|l| !l.is_empty());
    lines.next().is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()))
        && lines.next().is_some_and(|l| times(l).is_some())
}

/// Whether the head of a file says that it is WebVTT.
pub(super) fn is_vtt(head: &str) -> bool {
    head.strip_prefix("WEBVTT").is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

/// The document of a file of subtitles.
pub(super) fn document(file: &str) -> Document {
    let (mut text, mut blocks): (String, Vec<Block>) = (String::new(), Vec::new());
    let mut ended: Option<i64> = None;
    // Whether the line before is no part of what is spoken.
    let mut after_apart = false;
    let mut lines = file.lines().peekable();
    while let Some(line) = lines.next() {
        // Anything before a line of times is a number, a name, a note or a style.
        let Some((start, end)) = times(line) else { continue };
        let mut new_block = ended.is_none_or(|e| start - e > PAUSE);
        ended = Some(end);
        while let Some(line) = lines.next_if(|l| !l.trim().is_empty()) {
            let spoken = without_tags(line);
            let spoken = spoken.trim();
            if spoken.is_empty() {
                continue;
            }
            let apart = stands_apart(spoken);
            new_block |= apart || after_apart || starts_speech(spoken) || ends_sentence(&text);
            after_apart = apart || text_of_song_ends(spoken);
            match blocks.last_mut() {
                Some(block) if !new_block => {
                    text.push('\n');
                    text.push_str(spoken);
                    block.span.end = text.len();
                }
                _ => {
                    if !text.is_empty() {
                        text.push_str("\n\n");
                    }
                    let start = text.len();
                    text.push_str(spoken);
                    blocks.push(Block { span: TextSpan::new(start, text.len()), kind: BlockKind::Paragraph });
                }
            }
            new_block = false;
        }
    }
    Document::of_blocks(text, blocks)
}

/// `00:01:02,345 --> 00:01:04.000 …`, hours optional: start and end in milliseconds.
fn times(line: &str) -> Option<(i64, i64)> {
    let (start, rest) = line.split_once("-->")?;
    Some((time(start)?, time(rest.split_whitespace().next()?)?))
}

fn time(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once([',', '.'])?;
    let seconds = whole.split(':').try_fold(0_i64, |sum, piece| {
        let value: i64 = piece.parse().ok().filter(|v| (0..1_000_000).contains(v))?;
        sum.checked_mul(60)?.checked_add(value)
    })?;
    let milliseconds: i64 = part.parse().ok().filter(|m| (0..1000).contains(m))?;
    seconds.checked_mul(1000)?.checked_add(milliseconds)
}

/// The line without `<i>`, `<c.class>`, `<00:01.000>`, `{\an8}`; with the entities of WebVTT resolved. A `<` that
/// opens no tag stays.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag_end = match rest.as_bytes()[0] {
            b'<' if rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') => rest.find('>'),
            b'{' if rest[1..].starts_with('\\') => rest.find('}'),
            _ => None,
        };
        if let Some(end) = tag_end {
            rest = &rest[end + 1..];
            continue;
        }
        let entities = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&nbsp;", '\u{a0}'),
            ("&lrm;", '\u{200e}'),
            ("&rlm;", '\u{200f}'),
        ];
        if let Some((name, c)) = entities.iter().find(|(name, _)| rest.starts_with(name)) {
            out.push(*c);
            rest = &rest[name.len()..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn starts_speech(line: &str) -> bool {
    let line = without_direction(line);
    line.starts_with(['-', '–', '—', '♪', '♫']) || names_speaker(line)
}

fn without_direction(line: &str) -> &str {
    line.trim_matches(['\u{200f}', '\u{200e}', '\u{202a}', '\u{202b}', '\u{202c}'])
}

/// Whether a line begins with who speaks: `JOHN: …`, `[علي] …`. A name in small letters could be a word.
fn names_speaker(line: &str) -> bool {
    if let Some((name, _)) = line.split_once(':') {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let capital =
            |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '#') || c.is_numeric();
        if (2..=25).contains(&letters) && name.chars().all(capital) {
            return true;
        }
    }
    let close = match line.chars().next() {
        Some('[') => ']',
        Some('(') => ')',
        _ => return false,
    };
    line.split_once(close).is_some_and(|(name, said)| name.chars().count() < 25 && !said.trim().is_empty())
}

/// Whether a line is no part of what is spoken: a sound in brackets, or who made the subtitles.
fn stands_apart(line: &str) -> bool {
    const MAKERS: [&str; 8] = [
        "subtitles by",
        "subtitle by",
        "captions by",
        "captioned by",
        "translated by",
        "synced by",
        "sync by",
        "ترجمة:",
    ];
    let line = without_direction(line);
    let within = |open: char, close: char| {
        line.strip_prefix(open).and_then(|l| l.strip_suffix(close)).is_some_and(|l| !l.contains(close))
    };
    let lower = line.to_lowercase();
    within('[', ']')
        || within('(', ')')
        || MAKERS.iter().any(|maker| lower.starts_with(maker))
        || lower.contains("opensubtitles")
}

/// Whether a line is the last of what is sung at once.
fn text_of_song_ends(line: &str) -> bool {
    without_direction(line).ends_with(['♪', '♫'])
}

fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '”', '’', '»', ')', ']', '♪', '\u{200f}', '\u{200e}', '\u{202c}', ' '];
    // Three dots are a pause as often as an end: the segmenter decides.
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '؟', '۔']) && !text.ends_with("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(file: &str) -> Vec<String> {
        let document = document(file);
        document.blocks().iter().map(|b| document.slice(b.span).to_owned()).collect()
    }

    #[test]
    fn a_sentence_over_several_cues_is_one_block() {
        let file = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>We met</i>\r\nin the city\r\n\r\n2\r\n00:00:02,600 --> 00:00:04,000\r\n{\\an8}of peace. \r\n\r\n\
            3\r\n00:00:04,100 --> 00:00:05,000\r\n- Where?\r\n- In 5 < 6 <b>&amp; there\r\n\r\n4\r\n00:00:09,000 --> 00:00:10,000\r\nLater\r\n";
        assert!(is_srt(file) && !is_vtt(file));
        assert_eq!(
            blocks(file),
            ["We met\nin the city\nof peace.", "- Where?", "- In 5 < 6 & there", "Later"]
        );
    }

    #[test]
    fn sounds_songs_speakers_and_credits_join_nothing() {
        let lines = [
            "and then we",
            "[music]",
            "came home",
            "(ضحك)",
            "♪ la la",
            "la ♪",
            "where it",
            "JOHN: was late",
            "[علي] نعم",
            "Subtitles by A. B.",
            "at (about) ten",
        ];
        let cue =
            |(n, line): (usize, &&str)| format!("{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n");
        let file: String = lines.iter().enumerate().map(cue).collect();
        let mut expected: Vec<String> = lines.map(str::to_owned).to_vec();
        expected[4] = "♪ la la\nla ♪".to_owned();
        expected.remove(5);
        assert_eq!(blocks(&file), expected);
    }

    #[test]
    fn webvtt_has_notes_styles_and_names() {
        let file = "WEBVTT - title\n\nNOTE nothing\nto see\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ali>قال:<00:01.500> نعم؟&rlm;</v>\n\n\
            00:02.100 --> 00:03.000\n<c.loud>لا</c>\n";
        assert!(is_vtt(file) && is_vtt("WEBVTT\n"));
        assert!(!is_vtt("WEBVTTX") && !is_srt(file) && !is_srt("1\n2 text"));
        assert_eq!(blocks(file), ["قال: نعم؟\u{200f}", "لا"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(file in "([0-9]{1,2}\n|00:00:0[0-9],[0-9]{3} --> 00:00:0[0-9],000\n|[a<>{}&;\\\\م.\n-]{0,12}\n){0,12}") {
            let _ = document(&file);
        }
    }
}
