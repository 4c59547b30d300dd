//! `man`: the manual pages, from the definitions that the program itself reads its arguments by.

use anyhow::{Context, Result};

use crate::cli::args::examples;
use crate::cli::args::first::ManCommand;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &ManCommand, terminal: Terminal) -> Result<Exit> {
    let folder = &command.folder;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    clap_mangen::generate_to(examples::command(), folder)
        .with_context(|| format!("the manual pages cannot be written into {}", folder.display()))?;
    terminal.note(format_args!("written   the manual pages into {}", folder.display()));
    Ok(Exit::Done)
}
