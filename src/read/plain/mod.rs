//! Plain text → blocks.
//!
//! In: text. Out: a [`Document`] whose blocks are its lines or, where the text is evidently wrapped at a fixed
//! width, its paragraphs on one line each. Guarantee: the text is unchanged but for the line breaks and indents of
//! wrapped paragraphs, which become one space; a block starts and ends on characters that are no white space; no
//! block is empty.

mod pages;
mod wrapped;

use unicode_width::UnicodeWidthChar;

use super::Lines;
use crate::bitext::{Block, BlockKind, Document, TextSpan};

use wrapped::Wrapping;

/// A line of a presegmented text, counted from 1, has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmptyLine(pub usize);

/// A text read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) document: Document,
    /// The lines at the head or the foot of its pages, which are in no block.
    pub(super) running: Vec<String>,
}

/// The document of running text, without what stands at the head or the foot of its pages, if it has form feeds.
pub fn document(text: String) -> Document {
    read(text, Lines::Joined).document
}

/// The same, with what was left out; whether the lines of paragraphs are joined is said by `joining`.
pub(super) fn read(text: String, joining: Lines) -> Plain {
    let all: Vec<Line> = lines(&text).collect();
    let (lines, running) = pages::without_running(&text, all);
    let running = running.iter().map(|line| line.text(&text).to_owned()).collect();
    if joining == Lines::Joined
        && let Some(wrapping) = Wrapping::of(&text, &lines)
    {
        return Plain { document: unwrapped(&text, &lines, wrapping), running };
    }
    let blocks = line_blocks(&text, &lines);
    Plain { document: Document::of_blocks(text, blocks), running }
}

/// The document of a text with one segment a line: segment `i` is line `i + 1`. Lines end with a line feed,
/// or a carriage return and a line feed.
pub fn presegmented(text: String) -> Result<Document, EmptyLine> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for (index, line) in text.split_terminator('\n').enumerate() {
        let span = trimmed(&text, TextSpan::new(start, start + line.len()));
        if span.is_empty() {
            return Err(EmptyLine(index + 1));
        }
        blocks.push(Block { span, kind: BlockKind::Presegmented });
        start += line.len() + 1;
    }
    Ok(Document::of_blocks(text, blocks))
}

/// A line: its text without the white space around it.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: TextSpan,
    /// Columns of white space before it.
    indent: usize,
    /// Whether it is the first line of a page that may go on with the last line of the one before.
    after_page: bool,
}

impl Line {
    fn text(self, text: &str) -> &str {
        &text[self.span.range()]
    }

    /// Columns that it takes, with its indent.
    fn columns(self, text: &str) -> usize {
        self.indent + columns(self.text(text))
    }
}

/// Columns that a text takes where every letter has its own, as the programs that wrap text count them.
fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

fn lines(text: &str) -> impl Iterator<Item = Line> {
    const ENDS: [char; 5] = ['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'];
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let end = text[from..].find(ENDS).map(|at| from + at);
        start = end.map(|end| {
            let ending = text[end..].chars().next().map_or(0, char::len_utf8);
            if text[end..].starts_with("\r\n") { end + 2 } else { end + ending }
        });
        let span = trimmed(text, TextSpan::new(from, end.unwrap_or(text.len())));
        let indent = text[from..span.start].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
        Some(Line { span, indent, after_page: false })
    })
}

fn trimmed(text: &str, span: TextSpan) -> TextSpan {
    let line = &text[span.range()];
    let start = span.start + (line.len() - line.trim_start().len());
    TextSpan::new(start, start + line.trim().len())
}

fn line_blocks(text: &str, lines: &[Line]) -> Vec<Block> {
    let filled: Vec<Line> = lines.iter().copied().filter(|l| !l.span.is_empty()).collect();
    filled.iter().map(|l| Block { span: l.span, kind: kind_of_line(l.text(text)) }).collect()
}

/// The document of a wrapped text, with a line for each paragraph.
fn unwrapped(text: &str, lines: &[Line], wrapping: Wrapping) -> Document {
    let mut out = String::with_capacity(text.len());
    let mut blocks: Vec<Block> = Vec::new();
    // The line before, and which of its paragraph it is.
    let mut before: Option<(Line, usize)> = None;
    for &line in lines {
        let content = line.text(text);
        if content.is_empty() {
            before = None;
            continue;
        }
        let number = match before {
            Some((last, number)) if wrapping.goes_on(text, number, last, line) => {
                if !wrapped::is_unspaced(last.text(text), content) {
                    out.push(' ');
                }
                number + 1
            }
            _ => {
                if !out.is_empty() {
                    out.push('\n');
                }
                let span = TextSpan::new(out.len(), out.len());
                blocks.push(Block { span, kind: BlockKind::Paragraph });
                0
            }
        };
        out.push_str(content);
        if let Some(block) = blocks.last_mut() {
            block.span.end = out.len();
        }
        before = Some((line, number));
    }
    for block in &mut blocks {
        block.kind = kind_of_line(&out[block.span.range()]);
    }
    Document::of_blocks(out, blocks)
}

/// Whether a line begins an item of a list: with a marker, or a number such as `1.2.`
fn is_item(line: &str) -> bool {
    let number = line.split_whitespace().next().unwrap_or(line);
    let numbered = number.ends_with('.')
        && number.starts_with(char::is_numeric)
        && number.split('.').all(|part| part.len() <= 3 && part.chars().all(char::is_numeric));
    numbered || !matches!(kind_of_marker(line), None | Some(BlockKind::Paragraph))
}

fn kind_of_line(line: &str) -> BlockKind {
    if let Some(kind) = kind_of_marker(line) {
        return kind;
    }
    let short = line.chars().count() <= 60 && line.split_whitespace().count() <= 10;
    if short && !line.ends_with(closes_line) { BlockKind::Heading { level: 0 } } else { BlockKind::Paragraph }
}

/// What the marker at the head of a line says: `#` and `*Title` are headings, bullets and numbers items.
fn kind_of_marker(line: &str) -> Option<BlockKind> {
    let marks = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&marks) && line[marks..].starts_with(char::is_whitespace) {
        return Some(BlockKind::Heading { level: marks as u8 });
    }
    if line.starts_with('#') {
        // "#tag" and the like.
        return Some(BlockKind::Paragraph);
    }
    if let Some(rest) = line.strip_prefix('*') {
        let title = rest.trim_start_matches('*');
        return match title.chars().next() {
            Some(c) if c.is_whitespace() => Some(BlockKind::ListItem),
            Some(_) if line.chars().count() <= 100 => Some(BlockKind::Heading { level: 0 }),
            _ => None,
        };
    }
    let mut rest = line.chars();
    match rest.next()? {
        '-' | '–' | '—' | '•' | '·' | '▪' | '●' | '○' | '◦' | '‣' | '➢' | '✓'
            if rest.next().is_some_and(char::is_whitespace) =>
        {
            Some(BlockKind::ListItem)
        }
        _ => is_enumerated(line).then_some(BlockKind::ListItem),
    }
}

/// `1.` `12)` `(3)` `١-` `(أ)` `b)` before white space; a number alone may be followed by text at once only
/// after a hyphen, as in `١-المادة`.
fn is_enumerated(line: &str) -> bool {
    let opened = line.starts_with('(');
    let body = if opened { &line[1..] } else { line };
    let label: String = body.chars().take_while(|c| c.is_numeric() || c.is_alphabetic()).take(5).collect();
    let number = !label.is_empty() && label.chars().all(char::is_numeric) && label.chars().count() <= 3;
    let letter = label.chars().count() == 1;
    let mut after = body[label.len()..].chars();
    let (close, next) = (after.next(), after.next());
    let spaced = next.is_some_and(char::is_whitespace);
    match close {
        Some(')') => (number || letter) && next.is_some(),
        Some('.' | '-' | '–') if !opened => {
            (number || letter) && spaced
                || close == Some('-') && number && next.is_some_and(char::is_alphabetic)
        }
        _ => false,
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '»', ')', ']', '」', '）', '\u{200f}', '\u{200e}'])
        .ends_with(['.', '!', '?', '؟', '…', '۔', ':', '؛', ';', '。', '！', '？', '：', '；', '।'])
}

fn closes_line(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '؟'
            | '…'
            | '۔'
            | ':'
            | '؛'
            | ';'
            | '،'
            | ','
            | '"'
            | '”'
            | '»'
            | '\u{200f}'
            | '。'
            | '！'
            | '？'
            | '：'
            | '；'
            | '，'
            | '」'
            | '।'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let document = document(text.to_owned());
        let line = |b: &Block| {
            let kind = match b.kind {
                BlockKind::Heading { level } => format!("h{level}"),
                BlockKind::ListItem => "item".to_owned(),
                _ => "p".to_owned(),
            };
            format!("{kind}|{}", document.slice(b.span).escape_debug())
        };
        document.blocks().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lines_are_blocks_with_their_kind() {
        insta::assert_snapshot!(shown("*البيان المشترك\r\nأدناه نص البيان:\n\n  * first item\n- second \n1. third\n١-المادة الأولى\n(أ) بند\n## Two\n#tag\nA title\nA sentence.\n2024 was a year.\nA.B. said so.\u{2028}end."), @r#"
        h0|*البيان المشترك
        p|أدناه نص البيان:
        item|* first item
        item|- second
        item|1. third
        item|١-المادة الأولى
        item|(أ) بند
        h2|## Two
        p|#tag
        h0|A title
        p|A sentence.
        p|2024 was a year.
        p|A.B. said so.
        p|end.
        "#);
    }

    #[test]
    fn wrapped_text_has_paragraphs_for_blocks() {
        let wrapped = "The defence ministries led the second dialogue on\nsecurity cooperation in Washington, where they had\ncommitted themselves to regional stability and the\nshared interest.\n\nThe delegations discussed a range of issues under\nthe framework agreement of 2008, and recognised the\nwhole partnership.\n";
        insta::assert_snapshot!(shown(wrapped), @r"
        p|The defence ministries led the second dialogue on security cooperation in Washington, where they had committed themselves to regional stability and the shared interest.
        p|The delegations discussed a range of issues under the framework agreement of 2008, and recognised the whole partnership.
        ");
    }

    #[test]
    fn only_full_lines_go_on() {
        let wrapped = "1. قاد وزيرا الدفاع الحوار الثاني للتعاون الأمني\n   في واشنطن، حيث التزما بالاستقرار في المنطقة\n   وبالمصلحة المشتركة.\n\n1.1. عنوان\n1.2. عنوان طويل عن الاتفاق الإطاري بين البلدين وما\n     يتبعه من لجان\n1.3. عنوان آخر\n\nناقش الوفدان عددا من المسائل ضمن الاتفاق الإطاري\nالاستراتيجي لعام 2008، واعترفا بكامل الشراكة بين\nالبلدين. وشكر كل منهما الآخر:\n  - على التعاون\n  - على الضيافة\n";
        insta::assert_snapshot!(shown(wrapped), @r"
        item|1. قاد وزيرا الدفاع الحوار الثاني للتعاون الأمني في واشنطن، حيث التزما بالاستقرار في المنطقة وبالمصلحة المشتركة.
        h0|1.1. عنوان
        p|1.2. عنوان طويل عن الاتفاق الإطاري بين البلدين وما يتبعه من لجان
        h0|1.3. عنوان آخر
        p|ناقش الوفدان عددا من المسائل ضمن الاتفاق الإطاري الاستراتيجي لعام 2008، واعترفا بكامل الشراكة بين البلدين. وشكر كل منهما الآخر:
        item|- على التعاون
        item|- على الضيافة
        ");
        let wrapped = "联合声明全文如下，两国国防部长在华盛顿主持了第二次安全合作\n对话，并承诺维护地区稳定和共同利益。\n\n两国代表团在二零零八年战略框架协定下讨论了一系列问题，并且\n承认了双方的全面伙伴关系，双方讨论了军事能力建设以及今后的\n安全合作和联合演习，还讨论了专业军事教育，以及提供美制装备\n的问题。\n";
        insta::assert_snapshot!(shown(wrapped), @r"
        p|联合声明全文如下，两国国防部长在华盛顿主持了第二次安全合作对话，并承诺维护地区稳定和共同利益。
        p|两国代表团在二零零八年战略框架协定下讨论了一系列问题，并且承认了双方的全面伙伴关系，双方讨论了军事能力建设以及今后的安全合作和联合演习，还讨论了专业军事教育，以及提供美制装备的问题。
        ");
    }

    #[test]
    fn a_list_of_short_sentences_is_not_wrapped() {
        let text = "He came at the very end of a long day and sat down.\n\nShe left at the start of a short day and stood up.\nThey all went home by the same road as the others.\nNobody knew where the house of the old man stood.\nIt was not in the town but on the hill beyond it.\nThe end of the story is not known to anybody here.\n";
        assert_eq!(document(text.to_owned()).blocks().len(), 6);
    }

    #[test]
    fn a_line_of_a_presegmented_text_is_a_segment() {
        let document = presegmented("a\r\n  b \nc".to_owned()).unwrap();
        let texts: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span)).collect();
        assert_eq!(texts, ["a", "b", "c"]);
        assert_eq!(presegmented("a\n \nc".to_owned()), Err(EmptyLine(2)));
        assert_eq!(presegmented(String::new()).unwrap().blocks().len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn blocks_are_trimmed_and_hold_all_text(text in "[a\u{627}. \u{a0}\u{2028}*#\r\n\u{200f}1)-]{0,60}") {
            let document = document(text.clone());
            let mut rest = document.text().to_owned();
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&rest), letters(&text));
            for block in document.blocks().iter().rev() {
                let slice = document.slice(block.span);
                assert!(!slice.is_empty() && slice == slice.trim());
                rest.replace_range(block.span.range(), "");
            }
            assert_eq!(rest.trim(), "");
        }

        #[test]
        fn wrapping_is_undone(
            paragraphs in proptest::collection::vec(
                proptest::collection::vec("[a-z]{1,9}|[\u{627}-\u{64A}]{1,9}", 40..70), 2..5),
            width in 45_usize..80,
            indent in 0_usize..5,
        ) {
            let mut text = String::new();
            for words in &paragraphs {
                let mut column = 0;
                for word in words {
                    let columns = word.chars().count();
                    if column > 0 && column + 1 + columns > width {
                        text.push('\n');
                        column = 0;
                    }
                    text += &if column == 0 { " ".repeat(indent) } else { " ".to_owned() };
                    text += word;
                    column += columns + if column == 0 { indent } else { 1 };
                }
                text += "\n\n";
            }
            let document = document(text);
            let read: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span)).collect();
            let wrapped: Vec<_> = paragraphs.iter().map(|words| words.join(" ")).collect();
            assert_eq!(read, wrapped);
        }
    }
}
