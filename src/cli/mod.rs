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
mod evaluate;
mod evidence;
mod exit;
mod export_project;
mod failure;
mod history;
mod lexicon;
mod output;
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
mod stages;
mod status;
mod terminal;
mod tmx;
mod tmx_args;
mod tmx_check;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use exit::Exit;
use failure::Failure;
use terminal::Terminal;

/// Runs the program on the arguments it was started with.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(&cli.messages);
    let result = match &cli.command {
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
        Some(Command::Batch(command)) => batch::execute(command, terminal),
        Some(Command::Pipe(command)) => pipe::execute(command, terminal),
        Some(Command::Lexicon(command)) => lexicon::execute(command, terminal),
        Some(Command::Tmx(command)) => tmx::execute(command, terminal),
        Some(Command::Completions(command)) => completions::execute(command),
        None => Err(Failure::new(
            "no command was given",
            "to see two documents aligned, run `muqabala align SOURCE TARGET`;\n      \
             to write a translation memory, add `--output pairs.tmx`;\n      \
             `muqabala --help` lists all commands",
        )
        .into()),
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
