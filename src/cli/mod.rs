//! The command line: what was typed → calls of the library → results and messages.
//!
//! [`args`] says what can be typed, [`setup`] what that means to the library; each command has a file in the folder of
//! what it works on: [`documents`], a [`corpus`], a [`project`], a translation [`memory`], or the user ([`help`]).
//! [`terminal`] alone prints.

mod args;
mod corpus;
mod documents;
mod files;
mod help;
mod memory;
mod project;
mod setup;
mod terminal;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use clap::FromArgMatches;

use args::{Cli, Command};
use corpus::{batch, evaluate, lexicon, pipe, search, snapshot};
use documents::{align, anchors, read, segment, show};
use files::Files;
use help::{completions, config, demo, doctor, languages, man};
use project::{compare, export, history, merge, realign, review, start, status, update};
use setup::settings;
use terminal::exit::Exit;
use terminal::{Terminal, failure, interrupt, welcome, working};

/// Runs the program on the arguments it was started with.
pub(crate) fn run() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    let understood = |arguments: &[OsString]| {
        let matches = args::examples::command().try_get_matches_from(arguments)?;
        Ok((Cli::from_arg_matches(&matches)?, matches))
    };
    let mut typed = understood(&arguments);
    if matches!(&typed, Ok((cli, _)) if cli.command.is_none()) && start::can_show_a_page() {
        arguments.push("start".into());
        typed = understood(&arguments);
    }
    let (cli, matches) = match typed {
        Ok(typed) => typed,
        Err(error) => match welcome::meant(&error, &arguments) {
            Some(failure) => {
                let error = failure.into();
                Terminal::silent().error(&error, failure::hint(&error).as_deref());
                return Exit::Error.into();
            }
            None if error.use_stderr() => {
                Terminal::refuse(&error);
                return Exit::Error.into();
            }
            // clap would not say that its help could not be written.
            None => return ended(asked_for(&error), Terminal::silent()).into(),
        },
    };
    let terminal = Terminal::new(&cli.messages);
    let cli = match settings::under(cli, &matches, &arguments, terminal) {
        Ok(cli) => cli,
        Err(error) => {
            terminal.error(&error, failure::hint(&error).as_deref());
            return Exit::Error.into();
        }
    };
    interrupt::listen(cli.command.as_ref());
    // Nothing is begun where an output would replace what the command reads.
    let read = settings::read_by(&cli, &matches);
    let files = cli.command.as_ref().map(|command| Files::of(command).and_settings(read).check());
    let files = match files.transpose() {
        Ok(files) => files.unwrap_or_default(),
        Err(error) => {
            terminal.error(&error, failure::hint(&error).as_deref());
            return Exit::Error.into();
        }
    };
    working::begin(cli.command.as_ref(), terminal);
    let result = match &cli.command {
        Some(Command::Start(command)) => start::execute(command, terminal),
        Some(Command::Demo(command)) => demo::execute(command, terminal),
        Some(Command::Align(command)) => align::execute(command, files, terminal),
        Some(Command::Read(command)) => read::execute(command, terminal),
        Some(Command::Segment(command)) => segment::execute(command, terminal),
        Some(Command::Anchors(command)) => anchors::execute(command, terminal),
        Some(Command::Show(command)) => show::execute(command, files, terminal),
        Some(Command::Review(command)) => review::execute(command, terminal),
        Some(Command::Status(command)) => status::execute(command),
        Some(Command::History(command)) => history::execute(command),
        Some(Command::Export(command)) => export::execute(command, files, terminal),
        Some(Command::Realign(command)) => realign::execute(command, terminal),
        Some(Command::Update(command)) => update::execute(command, terminal),
        Some(Command::Compare(command)) => compare::execute(command, terminal),
        Some(Command::Merge(command)) => merge::execute(command, terminal),
        Some(Command::Search(command)) => search::execute(command, terminal),
        Some(Command::Evaluate(command)) => evaluate::execute(command, files, terminal),
        Some(Command::Snapshot(command)) => snapshot::execute(command, files, terminal),
        Some(Command::Batch(command)) => batch::execute(command, files, terminal),
        Some(Command::Pipe(command)) => pipe::execute(command, terminal),
        Some(Command::Lexicon(command)) => lexicon::execute(command, terminal),
        Some(Command::Tmx(command)) => memory::execute(command, files, terminal),
        Some(Command::Completions(command)) => completions::execute(command),
        Some(Command::Man(command)) => man::execute(command, terminal),
        Some(Command::Config(command)) => config::execute(command, terminal),
        Some(Command::Languages(command)) => languages::execute(command),
        Some(Command::Doctor(_)) => doctor::execute(),
        None => {
            Terminal::say(welcome::WELCOME);
            Ok(Exit::Error)
        }
    };
    working::end();
    for path in muqabala::export::file::take_removed() {
        terminal.note(format_args!("removed   {}, which a run that was killed left behind", path.display()));
    }
    ended(result, terminal).into()
}

/// Says what went wrong, if anything did.
fn ended(result: Result<Exit>, terminal: Terminal) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(error) if failure::is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            terminal.error(&error, failure::hint(&error).as_deref());
            Exit::Error
        }
    }
}

/// Writes the help or the version that was asked for.
fn asked_for(text: &clap::Error) -> Result<Exit> {
    let text = text.render();
    let styled = AutoStream::choice(&std::io::stdout()) != ColorChoice::Never;
    Terminal::write_coloured(
        |out| {
            if styled { write!(out, "{}", text.ansi()) } else { write!(out, "{text}") }
        },
    )?;
    Ok(Exit::Done)
}
