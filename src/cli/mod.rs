//! The command line: what was typed → calls of the library → results and messages.
//!
//! [`args`] says what can be typed, one file per command says what it means, [`terminal`] alone prints.

mod align;
mod anchors;
mod args;
mod batch;
mod batch_args;
mod batch_progress;
mod completions;
mod cutting;
mod demo;
mod doctor;
mod evaluate;
mod evidence;
mod examples;
mod exit;
mod export_project;
mod failure;
mod first_args;
mod gold_files;
mod history;
mod input_args;
mod interrupt;
mod lexicon;
mod man;
mod near;
mod output;
mod output_args;
mod pins;
mod pipe;
mod project;
mod project_args;
mod read;
mod realign;
mod review;
mod segment;
mod show;
mod size;
mod snapshot;
mod snapshot_args;
mod stages;
mod status;
mod terminal;
#[cfg(test)]
mod tests;
mod tmx;
mod tmx_args;
mod tmx_check;
mod welcome;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Command};
use exit::Exit;
use terminal::Terminal;

/// Runs the program on the arguments it was started with.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let typed = examples::command().try_get_matches_from(&arguments);
    let cli = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => match welcome::documents_for_command(&error, &arguments) {
            Some(failure) => {
                let error = failure.into();
                Terminal::silent().error(&error, failure::hint(&error).as_deref());
                return Exit::Error.into();
            }
            None => error.exit(),
        },
    };
    let terminal = Terminal::new(&cli.messages);
    interrupt::listen(cli.command.as_ref());
    let result = match &cli.command {
        Some(Command::Demo(command)) => demo::execute(command, terminal),
        Some(Command::Align(command)) => align::execute(command, terminal),
        Some(Command::Read(command)) => read::execute(command, terminal),
        Some(Command::Segment(command)) => segment::execute(command, terminal),
        Some(Command::Anchors(command)) => anchors::execute(command, terminal),
        Some(Command::Show(command)) => show::execute(command, terminal),
        Some(Command::Review(command)) => review::execute(command, terminal),
        Some(Command::Status(command)) => status::execute(command),
        Some(Command::History(command)) => history::execute(command),
        Some(Command::Export(command)) => export_project::execute(command, terminal),
        Some(Command::Realign(command)) => realign::execute(command, terminal),
        Some(Command::Evaluate(command)) => evaluate::execute(command, terminal),
        Some(Command::Snapshot(command)) => snapshot::execute(command, terminal),
        Some(Command::Batch(command)) => batch::execute(command, terminal),
        Some(Command::Pipe(command)) => pipe::execute(command, terminal),
        Some(Command::Lexicon(command)) => lexicon::execute(command, terminal),
        Some(Command::Tmx(command)) => tmx::execute(command, terminal),
        Some(Command::Completions(command)) => completions::execute(command),
        Some(Command::Man(command)) => man::execute(command, terminal),
        Some(Command::Doctor(_)) => doctor::execute(),
        None => {
            Terminal::say(welcome::WELCOME);
            Ok(Exit::Error)
        }
    };
    match result {
        Ok(exit) => exit,
        Err(error) if failure::is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            terminal.error(&error, failure::hint(&error).as_deref());
            Exit::Error
        }
    }
    .into()
}
