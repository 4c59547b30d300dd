//! Plain text → blocks.
//!
//! What comes in: text. What goes out: a [`Document`] whose blocks are its lines or, where the text is
//! evidently wrapped at a fixed width, its paragraphs between empty lines. What it guarantees: the text is
//! unchanged; a block starts and ends on characters that are no white space; no block is empty.

use crate::bitext::{Block, BlockKind, Document, TextSpan};

/// A line of a presegmented text, counted from 1, has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmptyLine(pub usize);

/// The document of running text.
///
/// # Panics
/// Never: the lines of a text lie in order on character boundaries.
pub fn document(text: String) -> Document {
    let lines: Vec<Line> = lines(&text).collect();
    let blocks =
        if is_wrapped(&text, &lines) { paragraphs(&text, &lines) } else { line_blocks(&text, &lines) };
    Document::new(text, blocks)
}

/// The document of a text with one segment a line: segment `i` is line `i + 1`. Lines end with a line feed,
/// or a carriage return and a line feed.
///
/// # Panics
/// Never: the lines of a text lie in order on character boundaries.
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
    Ok(Document::new(text, blocks))
}

/// A line: its text without the white space around it.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: TextSpan,
}

impl Line {
    fn text(self, text: &str) -> &str {
        &text[self.span.range()]
    }
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
        Some(Line { span: trimmed(text, TextSpan::new(from, end.unwrap_or(text.len()))) })
    })
}

fn trimmed(text: &str, span: TextSpan) -> TextSpan {
    let line = &text[span.range()];
    let start = span.start + (line.len() - line.trim_start().len());
    TextSpan::new(start, start + line.trim().len())
}

/// Whether lines were broken at a fixed width: empty lines between paragraphs, and of the lines that are
/// not their paragraph's last at least four, nearly all of them about as wide as the widest and mostly
/// without a sentence's end.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let mut inner = Vec::new();
    let mut open_ends = 0;
    for pair in lines.windows(2).filter(|p| !p[0].span.is_empty() && !p[1].span.is_empty()) {
        let line = pair[0].text(text);
        inner.push(line.chars().count());
        open_ends += usize::from(!ends_sentence(line));
    }
    let last_text = lines.iter().rposition(|l| !l.span.is_empty()).unwrap_or(0);
    let has_gap = lines[..last_text].iter().any(|l| l.span.is_empty());
    let widest = inner.iter().copied().max().unwrap_or(0);
    let full = inner.iter().filter(|&&w| w * 4 >= widest * 3).count();
    has_gap
        && inner.len() >= 4
        && (40..=100).contains(&widest)
        && full * 5 >= inner.len() * 4
        && open_ends * 5 >= inner.len() * 3
}

fn line_blocks(text: &str, lines: &[Line]) -> Vec<Block> {
    let filled: Vec<Line> = lines.iter().copied().filter(|l| !l.span.is_empty()).collect();
    filled.iter().map(|l| Block { span: l.span, kind: kind_of_line(l.text(text)) }).collect()
}

fn paragraphs(text: &str, lines: &[Line]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in lines {
        let content = line.text(text);
        let starts_item = !matches!(kind_of_marker(content), None | Some(BlockKind::Paragraph));
        match blocks.last_mut() {
            _ if content.is_empty() => open = false,
            Some(block) if open && !starts_item => block.span.end = line.span.end,
            _ => {
                blocks.push(Block { span: line.span, kind: BlockKind::Paragraph });
                open = true;
            }
        }
    }
    for block in &mut blocks {
        block.kind = kind_of_line(&text[block.span.range()]);
    }
    blocks
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
    line.trim_end_matches(['"', '”', '’', '»', ')', ']', '\u{200f}', '\u{200e}'])
        .ends_with(['.', '!', '?', '؟', '…', '۔', ':', '؛', ';'])
}

fn closes_line(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '؟' | '…' | '۔' | ':' | '؛' | ';' | '،' | ',' | '"' | '”' | '»' | '\u{200f}'
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
        p|The defence ministries led the second dialogue on\nsecurity cooperation in Washington, where they had\ncommitted themselves to regional stability and the\nshared interest.
        p|The delegations discussed a range of issues under\nthe framework agreement of 2008, and recognised the\nwhole partnership.
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
            let mut rest = text.clone();
            for block in document.blocks().iter().rev() {
                let slice = document.slice(block.span);
                assert!(!slice.is_empty() && slice == slice.trim());
                rest.replace_range(block.span.range(), "");
            }
            assert_eq!(rest.trim(), "");
        }
    }
}
