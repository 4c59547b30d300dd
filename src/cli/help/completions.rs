//! `completions`: the completions of a shell.

use anyhow::Result;

use crate::cli::args::CompletionsCommand;
use crate::cli::args::examples;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &CompletionsCommand) -> Result<Exit> {
    // Into memory first: clap_complete panics where standard output is closed.
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut examples::command(), "muqabala", &mut script);
    Terminal::write_results(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}
