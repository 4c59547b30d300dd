//! `anchors`: a document → the anchors found in it, one a line.

use anyhow::Result;

use crate::cli::args::AnchorsCommand;
use crate::cli::setup::cutting;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &AnchorsCommand, terminal: Terminal) -> Result<Exit> {
    let options = command.read.options(None, command.lang.as_ref());
    let prepared = stages::prepare(
        &command.file,
        &options,
        command.lang.as_ref(),
        &cutting::options(command.read.srx.as_deref())?,
    )?;
    prepared.warn(terminal);
    let mut count = 0;
    Terminal::write_results(|out| {
        for (index, text) in prepared.text.document.texts().enumerate() {
            for anchor in stages::anchors(text, &prepared.text.language) {
                let stands = anchor.text.replace(['\t', '\n', '\r'], " ");
                writeln!(out, "{}\t{}\t{}\t{stands}", index + 1, anchor.kind, anchor.value)?;
                count += 1;
            }
        }
        Ok(())
    })?;
    terminal.detail(format_args!("{}: {count} anchors, language {}", prepared.name, prepared.text.language));
    Ok(Exit::Done)
}
