//! `read`: a document → what was understood of it.

use anyhow::Result;
use muqabala::bitext::{Block, BlockKind};
use muqabala::export::counted;
use muqabala::read::{self, Input};

use crate::cli::args::ReadCommand;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &ReadCommand, terminal: Terminal) -> Result<Exit> {
    let input = Input::from_argument(&command.file);
    let read = read::read(&input, &command.read.options(None, command.lang.as_ref()))?;
    for (message, hint) in &read.warnings {
        terminal.warn(message, *hint);
    }
    let document = &read.document;
    Terminal::write_results(|out| {
        for block in document.blocks() {
            let text = document.slice(block.span);
            if command.json {
                writeln!(out, "{}", json(block, text))?;
            } else {
                let text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
                writeln!(out, "{}\t{text}", kind_name(block.kind))?;
            }
        }
        Ok(())
    })?;
    let encoding = read.encoding.map(|e| format!(" in {e}")).unwrap_or_default();
    terminal.note(format_args!(
        "{}: read as {}{encoding}: {}, {} of text",
        input.name(),
        read.format.name(),
        counted(document.blocks().len(), "block"),
        counted(document.text().len(), "byte"),
    ));
    Ok(Exit::Done)
}

fn json(block: &Block, text: &str) -> serde_json::Value {
    let mut value = serde_json::json!({
        "kind": kind_name(block.kind).trim_end_matches(|c: char| c.is_ascii_digit()),
        "start": block.span.start,
        "end": block.span.end,
        "text": text,
    });
    if let BlockKind::Heading { level } = block.kind {
        value["level"] = level.into();
    }
    value
}

/// The name of a kind in results; a heading's with its level, if it is known.
pub(crate) fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading { level: 1 } => "heading1",
        BlockKind::Heading { level: 2 } => "heading2",
        BlockKind::Heading { level: 3 } => "heading3",
        BlockKind::Heading { level: 4 } => "heading4",
        BlockKind::Heading { level: 5 } => "heading5",
        BlockKind::Heading { level: 6 } => "heading6",
        BlockKind::Heading { .. } => "heading",
        BlockKind::ListItem => "item",
        BlockKind::TableCell => "cell",
        BlockKind::Footnote => "footnote",
        BlockKind::Presegmented => "line",
        _ => "paragraph",
    }
}
