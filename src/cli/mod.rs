//! The command line: what was typed → calls of the library → results and messages.
//!
//! [`args`] says what can be typed, [`setup`] what that means to the library; each command has a file in the folder of
//! what it works on: [`documents`], a [`corpus`], a [`project`], a translation [`memory`], or the user ([`help`]).
//! [`terminal`] alone prints.

mod args;
mod corpus;
mod documents;
mod help;
mod memory;
mod project;
mod setup;
mod terminal;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Command};
use corpus::{batch, evaluate, lexicon, pipe, snapshot};
use documents::{align, anchors, read, segment, show};
use help::{completions, demo, doctor, man};
use project::{export, history, realign, review, status};
use terminal::exit::Exit;
use terminal::{Terminal, failure, interrupt, welcome};

/// Runs the program on the arguments it was started with.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let typed = args::examples::command().try_get_matches_from(&arguments);
    let cli = match typed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => match welcome::meant(&error, &arguments) {
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
        Some(Command::Export(command)) => export::execute(command, terminal),
        Some(Command::Realign(command)) => realign::execute(command, terminal),
        Some(Command::Evaluate(command)) => evaluate::execute(command, terminal),
        Some(Command::Snapshot(command)) => snapshot::execute(command, terminal),
        Some(Command::Batch(command)) => batch::execute(command, terminal),
        Some(Command::Pipe(command)) => pipe::execute(command, terminal),
        Some(Command::Lexicon(command)) => lexicon::execute(command, terminal),
        Some(Command::Tmx(command)) => memory::execute(command, terminal),
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
