//! `segment`: a document → its segments, one a line.

use anyhow::Result;
use muqabala::bitext::BlockKind;
use muqabala::export::counted;
use muqabala::segment::{shipped_rules, write_srx};

use super::read;
use crate::cli::args::SegmentCommand;
use crate::cli::setup::cutting;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &SegmentCommand, terminal: Terminal) -> Result<Exit> {
    let cutting = cutting::options(command.read.srx.as_deref())?;
    let Some(file) = command.file.as_ref().filter(|_| !command.export_srx) else {
        let rules = cutting.rules.as_deref().unwrap_or_else(|| shipped_rules());
        let srx = write_srx(rules, &cutting);
        Terminal::write_results(|out| out.write_all(srx.as_bytes()))?;
        return Ok(Exit::Done);
    };
    let options = command.read.options(None, command.lang.as_ref());
    let prepared = stages::prepare(file, &options, command.lang.as_ref(), &cutting)?;
    prepared.warn(terminal);
    if prepared.text.language.is("und") && command.lang.is_none() {
        terminal.warn(
            format_args!("the language of {} could not be told, so general rules cut it", prepared.name),
            Some("name it with --lang"),
        );
    }
    Terminal::write_results(|out| {
        for (index, text) in prepared.text.document.texts().enumerate() {
            if command.numbered {
                let kind = kind_name(prepared.text.document.kind(index));
                let mark = if prepared.text.document.starts_block(index) { kind } else { "" };
                write!(out, "{}\t{mark}\t", index + 1)?;
            }
            // A segment of a wrapped text keeps its line ends; here it stands on one line.
            let mut lines = text.split(['\n', '\r']).filter(|l| !l.is_empty());
            out.write_all(lines.next().unwrap_or_default().as_bytes())?;
            for line in lines {
                write!(out, " {}", line.trim_start())?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    terminal.detail(format_args!(
        "{}: {} in {}, language {}",
        prepared.name,
        counted(prepared.text.document.len(), "segment"),
        counted(prepared.text.document.document().blocks().len(), "block"),
        prepared.text.language
    ));
    Ok(Exit::Done)
}

/// The name of a kind in results; headings of all levels have one.
fn kind_name(kind: BlockKind) -> &'static str {
    if matches!(kind, BlockKind::Heading { .. }) { "heading" } else { read::kind_name(kind) }
}
