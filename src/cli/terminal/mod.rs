//! The only place that prints: results to standard output, messages to standard error.
//!
//! What a terminal would obey is written by its code ([`harmless()`]); files and pipes get the bytes as they are.
//! A message that nobody can read any more, as standard error is closed, is dropped: the work goes on.

pub(crate) mod exit;
pub(crate) mod failure;
mod harmless;
pub(crate) mod interrupt;
pub(crate) mod welcome;
pub(crate) mod working;

use std::fmt::{self, Display};
use std::io::{self, IsTerminal, Write};

use crate::cli::args::{MessageArgs, When};

use harmless::{Harmless, Own, harmless, is_harmless};

/// The two streams, and how much is said on the second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    verbosity: Verbosity,
    styled_messages: Styled,
    styled_results: Styled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

/// Whether a stream takes colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Styled {
    Yes,
    No,
}

impl Terminal {
    pub(crate) fn new(args: &MessageArgs) -> Self {
        let verbosity = match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        let styled = |automatic: anstream::ColorChoice| match args.color {
            When::Never => Styled::No,
            When::Auto if automatic == anstream::ColorChoice::Never => Styled::No,
            When::Auto | When::Always => Styled::Yes,
        };
        Self {
            verbosity,
            styled_messages: styled(anstream::AutoStream::choice(&io::stderr())),
            styled_results: styled(anstream::AutoStream::choice(&io::stdout())),
        }
    }

    /// Whether results may be coloured.
    pub(crate) const fn styled_results(self) -> Styled {
        self.styled_results
    }

    /// Whether standard output is a terminal.
    pub(crate) fn shows_results() -> bool {
        io::stdout().is_terminal()
    }

    /// Whether standard error is a terminal.
    pub(crate) fn shows_messages() -> bool {
        io::stderr().is_terminal()
    }

    /// Whether anything but errors is said.
    pub(crate) fn speaks(self) -> bool {
        self.verbosity >= Verbosity::Normal
    }

    /// One that says nothing but errors.
    pub(crate) const fn silent() -> Self {
        Self { verbosity: Verbosity::Quiet, styled_messages: Styled::No, styled_results: Styled::No }
    }

    /// A line of progress for another program.
    pub(crate) fn progress(line: impl Display) {
        tell("", line);
    }

    /// The columns of the terminal, if results go to one.
    pub(crate) fn width() -> Option<usize> {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        Self::shows_results().then(|| columns.or_else(terminal_columns).unwrap_or(80))
    }

    /// Writes results to standard output, through a buffer.
    pub(crate) fn write_results<T>(write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        Self::write_through(Own::Nothing, write)
    }

    /// As [`Terminal::write_results`] for what has colours of ours, between texts that were made harmless.
    pub(crate) fn write_coloured<T>(write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        Self::write_through(Own::Marks, write)
    }

    fn write_through<T>(own: Own, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        const BUFFER: usize = 1 << 16;
        let stdout = io::stdout().lock();
        let written = if Self::shows_results() {
            working::end();
            let mut out = io::BufWriter::with_capacity(BUFFER, Harmless::new(stdout, own));
            write(&mut out).and_then(|value| {
                out.flush()?;
                out.get_mut().finish().map(|()| value)
            })
        } else {
            let mut out = io::BufWriter::with_capacity(BUFFER, stdout);
            write(&mut out).and_then(|value| out.flush().map(|()| value))
        };
        written.map_err(|error| match error.raw_os_error() {
            Some(_) => io::Error::new(error.kind(), format!("standard output cannot be written: {error}")),
            None => error,
        })
    }

    /// Asks on standard error; the answer comes from standard input.
    pub(crate) fn ask(question: impl Display) -> io::Result<()> {
        working::end();
        let mut err = io::stderr();
        write!(err, "{question}")?;
        err.flush()
    }

    /// Says what is wrong with a command line.
    pub(crate) fn refuse(error: &clap::Error) {
        let text = error.render();
        let plain = text.to_string();
        let styled = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
        // What was typed stands in it: with colours only where nothing of that is a command to the terminal.
        if styled && is_harmless(&plain) && std::env::args_os().all(|a| is_harmless(&a.to_string_lossy())) {
            let _ = write!(io::stderr(), "{}", text.ansi());
        } else {
            tell("", plain.trim_end_matches('\n'));
        }
    }

    /// Says what to do next, whatever the options of messages are.
    pub(crate) fn say(text: impl Display) {
        tell("", text);
    }

    /// Says what was done.
    pub(crate) fn note(self, message: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            tell("", message);
        }
    }

    /// Says more of what was done.
    pub(crate) fn detail(self, message: impl Display) {
        if self.verbosity >= Verbosity::Verbose {
            tell("", message);
        }
    }

    /// Says what the user should know although it is no error.
    pub(crate) fn warn(self, message: impl Display, hint: Option<&str>) {
        if self.verbosity >= Verbosity::Normal {
            tell(self.painted("33;1", "warning"), message);
            self.hint(hint);
        }
    }

    /// Says what went wrong, with the chain of causes and what to do.
    pub(crate) fn error(self, error: &anyhow::Error, hint: Option<&str>) {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        let mut message = String::new();
        for cause in causes {
            // Some errors repeat their cause in their own words.
            if !message.contains(&cause) {
                message.push_str(if message.is_empty() { "" } else { ": " });
                message.push_str(&cause);
            }
        }
        tell(self.painted("31;1", "error"), message);
        if hint.is_some() {
            tell("", "");
        }
        self.hint(hint);
    }

    fn hint(self, hint: Option<&str>) {
        if let Some(hint) = hint {
            tell(self.painted("36;1", "hint"), hint);
        }
    }

    fn painted(self, code: &'static str, text: &'static str) -> Painted {
        Painted { code, text, styled: self.styled_messages }
    }
}

/// Writes a message after a label of ours, which may be coloured.
fn tell(label: impl Display, message: impl Display) {
    let message = message.to_string();
    let message = if Terminal::shows_messages() { harmless(&message) } else { message };
    working::aside(|| {
        let _ = writeln!(io::stderr(), "{label}{message}");
    });
}

/// What stands before a message: `error: `.
struct Painted {
    code: &'static str,
    text: &'static str,
    styled: Styled,
}

impl Display for Painted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.styled {
            Styled::Yes => write!(f, "\u{1b}[{}m{}\u{1b}[0m: ", self.code, self.text),
            Styled::No => write!(f, "{}: ", self.text),
        }
    }
}

fn terminal_columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
