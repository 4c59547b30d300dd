//! Subtitles (SRT, WebVTT, SBV, ASS and SSA) → blocks.
//!
//! In: the text of a file. Out: a [`Document`] of the spoken text, without numbers, times, tags, notes and readings of ruby. A
//! sentence that runs over several cues is in one block, so that the segmenter can put it together; a new block
//! begins where the cue before ended a sentence, after a pause of two seconds, and where another person begins to
//! speak (`- …`). Lines of a block are kept apart by line feeds.

mod cues;

use self::cues::{Cue, Lost};
pub(super) use self::cues::{is_ass, is_sbv, is_srt, is_vtt};
use super::{Format, Warning};
use crate::bitext::{Block, BlockKind, Document, TextSpan};

/// The longest silence inside a sentence, in milliseconds.
const PAUSE: i64 = 2_000;

/// The document of a file of subtitles of the given format, and what is not in it.
pub(super) fn document(format: Format, file: &str) -> (Document, Lost) {
    let cues = match format {
        Format::Vtt => cues::vtt(file),
        Format::Sbv => cues::sbv(file),
        Format::Ass => cues::ass(file),
        _ => cues::srt(file),
    };
    (spoken(&cues.found), cues.lost)
}

impl Lost {
    /// What is to be said of the file `name`.
    pub(super) fn warning(self, name: &str) -> Option<Warning> {
        let Self { count, line } = self;
        let what = match count {
            0 => return None,
            1 => "subtitle whose times cannot be read, on",
            _ => "subtitles whose times cannot be read, the first on",
        };
        Some((
            format!("{name}: left out {count} {what} line {line}"),
            Some("in a text editor, write the times there as those of the others are written"),
        ))
    }
}

/// What is spoken in the cues.
fn spoken(cues: &[Cue]) -> Document {
    let (mut text, mut blocks): (String, Vec<Block>) = (String::new(), Vec::new());
    let mut ended: Option<i64> = None;
    // Whether the line before is no part of what is spoken.
    let mut after_apart = false;
    for cue in cues {
        let mut new_block = ended.is_none_or(|e| cue.start - e > PAUSE);
        ended = Some(cue.end);
        for line in &cue.lines {
            let apart = stands_apart(line);
            new_block |= apart || after_apart || starts_speech(line) || ends_sentence(&text);
            after_apart = apart || text_of_song_ends(line);
            match blocks.last_mut() {
                Some(block) if !new_block => {
                    text.push('\n');
                    text.push_str(line);
                    block.span.end = text.len();
                }
                _ => {
                    if !text.is_empty() {
                        text.push_str("\n\n");
                    }
                    let start = text.len();
                    text.push_str(line);
                    blocks.push(Block { span: TextSpan::new(start, text.len()), kind: BlockKind::Paragraph });
                }
            }
            new_block = false;
        }
    }
    Document::of_blocks(text, blocks)
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
        blocks_of(if is_vtt(file) { Format::Vtt } else { Format::Srt }, file)
    }

    fn blocks_of(format: Format, file: &str) -> Vec<String> {
        let (document, lost) = document(format, file);
        assert_eq!(lost, Lost::default(), "{file}");
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
            00:02.100 --> 00:03.000\n<c.loud>لا <ruby>漢<rt>kan</rt>字<rt>ji</ruby></c>\n";
        assert!(is_vtt(file) && is_vtt("WEBVTT\n"));
        assert!(
            !is_vtt("WEBVTT is a format.\nIt has cues.\n")
                && !is_vtt("WEBVTTX")
                && !is_srt(file)
                && !is_srt("1\n2 text")
        );
        assert_eq!(blocks(file), ["قال: نعم؟\u{200f}", "لا 漢字"]);
    }

    #[test]
    fn cues_of_srt_are_read_however_they_are_parted() {
        let read = |file: &str| {
            assert!(is_srt(file), "{file}");
            blocks(file).join("|")
        };
        let times = |second: i32| format!("00:00:{second:02},000 --> 00:00:{second:02},900");
        let (first, second) = (times(1), times(9));
        let gap =
            format!("1\n{first}\nBefore a gap,\n\nafter it.\n\n2\n{second}\n2024\n\n3\n{}\n", times(20));
        assert_eq!(read(&gap), "Before a gap,\nafter it.|2024");
        assert_eq!(read(&format!("1\n{first}\nOne\n2\n{second}\nTwo")), "One|Two");
        assert_eq!(read(&format!("1\r{first}\rOne\r\r2\r{second}\rTwo\r")), "One|Two");
        assert_eq!(read(&format!("1\n{first}\nOne\n\n{second}\nTwo")), "One|Two");
        assert_eq!(read("1\n00:00:01:000 --> 00:00:02:000\nOne\n\n2\n00:00:09 --> 00:00:10\nTwo"), "One|Two");
        let unnumbered = format!("{first}\nIn\n1999\n\n{second}\nTwo");
        assert_eq!(blocks(&unnumbered), ["In\n1999", "Two"]);
    }

    #[test]
    fn ass_is_read_without_codes_drawings_and_comments_in_the_order_of_time() {
        let file = "[Script Info]\nTitle: no\n[V4+ Styles]\nFormat: Name\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
            Comment: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,no\nDialogue: 0,0:00:09.00,0:00:10.00,D,,0,0,0,,{\\p1}m 0 0{\\p0}Later {sic}\n\
            Dialogue: 0,0:00:01.00,0:00:03.00,D,Bob,0,0,0,,{\\i1}Hello, all{\\i0}\\Nfriends\\hthere {\n";
        assert!(is_ass(file));
        assert_eq!(blocks_of(Format::Ass, file), ["Hello, all\nfriends\u{a0}there {", "Later"]);
    }

    #[test]
    fn sbv_is_read_without_its_times() {
        let file = "0:00:01.000,0:00:03.000\nHello\nthere.\n\n0:00:03.000,0:00:05.000\n1.5,2.5 it is\n";
        assert!(is_sbv(file) && !is_sbv("1.5,2.5 it is\n") && !is_sbv("text"));
        assert_eq!(blocks_of(Format::Sbv, file), ["Hello\nthere.", "1.5,2.5 it is"]);
    }

    /// What is read, and what is said of the rest.
    fn read(format: Format, file: &str) -> (Vec<String>, Option<String>) {
        let (document, lost) = document(format, file);
        let blocks = document.blocks().iter().map(|b| document.slice(b.span).to_owned()).collect();
        (blocks, lost.warning("a").map(|(message, _)| message))
    }

    #[test]
    fn what_has_no_times_that_can_be_read_is_counted() {
        let told = |format, file: &str| {
            let (blocks, said) = read(format, file);
            format!("{}: {}", blocks.join("|"), said.unwrap_or_default())
        };
        let vtt = "WEBVTT\nKind: captions\n\nSTYLE\n::cue {}\n\n1\n00:01.000 -> 00:02.000\n \nOne.\n\n2\n00:0x.000 --> 00:08.000\nTwo.\n\nNOTE no\n\n00:09.0000 --> 00:10.0000\nThree.\n\nand more\n";
        insta::assert_snapshot!(told(Format::Vtt, vtt), @"One.|Three.: a: left out 2 subtitles whose times cannot be read, the first on line 12");
        let sbv = "0:00:01.000,0:00:03.000\nOne.\n\n0:00:03.000\nTwo.\n";
        insta::assert_snapshot!(told(Format::Sbv, sbv), @"One.: a: left out 1 subtitle whose times cannot be read, on line 4");
        let ass = "[Script Info]\n[Events]\nDialogue: 0,0:00:05.0000,0:00:06.0000,D,,0,0,0,,One.\nDialogue: 0,x,0:00:06.00,D,,0,0,0,,Two.\nDialogue: 0\n";
        insta::assert_snapshot!(told(Format::Ass, ass), @"One.: a: left out 2 subtitles whose times cannot be read, the first on line 4");
        let srt = "1\n00:00:0x,000 --> 00:00:02,000\nOne.\n\n2\n00:00:03,000 -> 00:00:04,000\nTwo.\n";
        insta::assert_snapshot!(told(Format::Srt, srt), @"Two.: a: left out 1 subtitle whose times cannot be read, on line 1");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(file in "([0-9]{1,2}\n|00:00:0[0-9],[0-9]{3} --> 00:00:0[0-9],000\n|[a<>{}&;\\\\م.\n-]{0,12}\n){0,12}") {
            for format in [Format::Srt, Format::Vtt, Format::Sbv, Format::Ass] {
                let _ = document(format, &file);
            }
        }
    }
}
