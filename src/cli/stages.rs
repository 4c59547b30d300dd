//! The stages of the library as the commands use them: reading, language, segments.

use std::path::Path;

use anyhow::Result;
use muqabala::bitext::{Block, BlockKind, Document, Lang, Segment, SegmentedDocument, TextSpan};
use muqabala::read::{self, Input, ReadDocument, ReadOptions, TextEncoding};

/// A document read and segmented, and what is known of it.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) name: String,
    pub(crate) format: read::Format,
    pub(crate) encoding: Option<TextEncoding>,
    pub(crate) lang: Lang,
    pub(crate) segmented: SegmentedDocument,
}

/// Reads and segments one document; the language is detected where `lang` is `None`.
pub(crate) fn prepare(path: &Path, options: &ReadOptions, lang: Option<&Lang>) -> Result<Prepared> {
    let input = Input::from_argument(path);
    let read = read::read(&input, options)?;
    Ok(prepare_read(input.name(), read, lang))
}

/// Segments a document that was read already.
pub(crate) fn prepare_read(name: String, read: ReadDocument, lang: Option<&Lang>) -> Prepared {
    let lang = lang.cloned().or_else(|| detect_language(read.document.text()));
    let lang = lang.unwrap_or_else(Lang::undetermined);
    let segmented = segment(read.document, &lang);
    Prepared { name, format: read.format, encoding: read.encoding, lang, segmented }
}

fn detect_language(text: &str) -> Option<Lang> {
    let arabic = text.chars().filter(|c| ('\u{600}'..='\u{6ff}').contains(c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    match (arabic, latin) {
        (0, 0) => None,
        _ if arabic > latin => Some(Lang::arabic()),
        _ => Some(Lang::english()),
    }
}

fn segment(document: Document, _lang: &Lang) -> SegmentedDocument {
    let mut segments = Vec::new();
    for (block, &Block { span, kind }) in document.blocks().iter().enumerate() {
        let text = document.slice(span);
        let mut from = 0;
        let mut ends: Vec<usize> = Vec::new();
        if kind != BlockKind::Presegmented {
            ends.extend(text.match_indices(['.', '!', '?', '؟']).filter_map(|(at, mark)| {
                let end = at + mark.len();
                text[end..].starts_with(char::is_whitespace).then_some(end)
            }));
        }
        ends.push(text.len());
        for end in ends {
            let start = from + (text[from..].len() - text[from..].trim_start().len());
            if start < end {
                let span = TextSpan::new(start, end).shifted(span.start);
                segments.push(Segment { span, block: block as u32 });
            }
            from = end;
        }
    }
    SegmentedDocument::new(document, segments)
}

/// An anchor of a segment: kind, value and the text as it stands.
pub(crate) struct FoundAnchor {
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) text: String,
}

/// The anchors of `text`.
pub(crate) fn anchors(text: &str, _lang: &Lang) -> Vec<FoundAnchor> {
    let digits = text.split(|c: char| !c.is_numeric()).filter(|d| !d.is_empty());
    digits
        .map(|d| FoundAnchor { kind: "number".to_owned(), value: d.to_owned(), text: d.to_owned() })
        .collect()
}
