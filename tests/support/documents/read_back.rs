//! What was read of a document, as tests compare it.

use muqabala::bitext::BlockKind;
use muqabala::read::{self, InlineTags, Page, ReadOptions};

/// The blocks as `kind|text`, one a line; invisible characters are escaped.
pub(crate) fn shown_with(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> String {
    let read = read::parse(name, bytes, options).unwrap_or_else(|e| panic!("{e}"));
    let line = |block: &muqabala::bitext::Block| {
        let kind = match block.kind {
            BlockKind::Heading { level } => format!("h{level}"),
            BlockKind::ListItem => "item".to_owned(),
            BlockKind::TableCell => "cell".to_owned(),
            BlockKind::Footnote => "note".to_owned(),
            _ => "p".to_owned(),
        };
        format!("{kind}|{}", read.document.slice(block.span).escape_debug())
    };
    read.document.blocks().iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The blocks of a document whose name says nothing.
pub(crate) fn shown(bytes: Vec<u8>) -> String {
    shown_with("document", bytes, &ReadOptions::default())
}

/// With placeholders for inline markup.
pub(crate) fn tagged() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.inline_tags = InlineTags::Placeholders;
    options
}

/// With all that a page shows.
pub(crate) fn whole() -> ReadOptions {
    let mut options = ReadOptions::default();
    options.page = Page::Whole;
    options
}

/// What is said of the reading, one message a line, with its hint.
pub(crate) fn told(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> String {
    let read = read::parse(name, bytes, options).unwrap_or_else(|e| panic!("{e}"));
    let line =
        |(message, hint): &(String, Option<&str>)| format!("{message} ({})", hint.unwrap_or("no hint"));
    read.warnings.iter().map(line).collect::<Vec<_>>().join("\n")
}
