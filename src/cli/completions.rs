//! `completions`: the completions of a shell.

use anyhow::Result;

use super::args::CompletionsCommand;
use super::examples;
use super::exit::Exit;
use super::terminal::Terminal;

pub(crate) fn execute(command: &CompletionsCommand) -> Result<Exit> {
    // Into memory first: clap_complete panics where standard output is closed.
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut examples::command(), "muqabala", &mut script);
    Terminal::write_results(|out| out.write_all(&script))?;
    Ok(Exit::Done)
}
