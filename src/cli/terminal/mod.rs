//! The only place that prints: results to standard output, messages to standard error.
//!
//! A message that nobody can read any more, as standard error is closed, is dropped: the work goes on.

pub(crate) mod exit;
pub(crate) mod failure;
pub(crate) mod interrupt;
pub(crate) mod welcome;
pub(crate) mod working;

use std::fmt::{self, Display};
use std::io::{self, IsTerminal, Write};

use crate::cli::args::{MessageArgs, When};

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
        tell(line);
    }

    /// The columns of the terminal, if results go to one.
    pub(crate) fn width() -> Option<usize> {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        Self::shows_results().then(|| columns.or_else(terminal_columns).unwrap_or(80))
    }

    /// Writes results to standard output, through a buffer.
    pub(crate) fn write_results<T>(write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        if Self::shows_results() {
            working::end();
        }
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        let written = write(&mut out).and_then(|value| out.flush().map(|()| value));
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

    /// Says what to do next, whatever the options of messages are.
    pub(crate) fn say(text: impl Display) {
        tell(text);
    }

    /// Says what was done.
    pub(crate) fn note(self, message: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            tell(message);
        }
    }

    /// Says more of what was done.
    pub(crate) fn detail(self, message: impl Display) {
        if self.verbosity >= Verbosity::Verbose {
            tell(message);
        }
    }

    /// Says what the user should know although it is no error.
    pub(crate) fn warn(self, message: impl Display, hint: Option<&str>) {
        if self.verbosity >= Verbosity::Normal {
            tell(format_args!("{}: {message}", self.painted("33;1", "warning")));
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
        tell(format_args!("{}: {message}", self.painted("31;1", "error")));
        if hint.is_some() {
            tell("");
        }
        self.hint(hint);
    }

    fn hint(self, hint: Option<&str>) {
        if let Some(hint) = hint {
            tell(format_args!("{}: {hint}", self.painted("36;1", "hint")));
        }
    }

    fn painted(self, code: &'static str, text: &'static str) -> Painted {
        Painted { code, text, styled: self.styled_messages }
    }
}

fn tell(message: impl Display) {
    working::aside(|| {
        let _ = writeln!(io::stderr(), "{message}");
    });
}

struct Painted {
    code: &'static str,
    text: &'static str,
    styled: Styled,
}

impl Display for Painted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.styled {
            Styled::Yes => write!(f, "\u{1b}[{}m{}\u{1b}[0m", self.code, self.text),
            Styled::No => f.write_str(self.text),
        }
    }
}

fn terminal_columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
