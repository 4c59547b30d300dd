//! Where an alignment goes, and in what format.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use muqabala::bitext::{Lang, Sides};
use muqabala::export::file::WriteError;
use muqabala::export::readable::{self, Bidi, Colour, Invisible, Unaligned};
use muqabala::export::tmx::{Duplicates, TmxReport};
use muqabala::export::{self, BeadView, Format, ReportOptions, WriteOptions, counted};
use muqabala::formats::Placeholders;
use muqabala::tmx::Timestamp;

use crate::cli::args::near::question;
use crate::cli::args::output::{BidiName, DuplicatesName, OutputArgs, ReadableArgs};
use crate::cli::files::{self, Files};
use crate::cli::terminal::failure::Failure;
use crate::cli::terminal::{Styled, Terminal};

/// Where the result goes.
#[derive(Debug)]
pub(crate) enum Destination {
    Stdout,
    File(PathBuf),
}

/// What to write, decided before any work is done, so that a mistake shows at once.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) destination: Destination,
    pub(crate) format: Format,
    pub(crate) creation_date: Option<Timestamp>,
    pub(crate) duplicates: Duplicates,
    /// What becomes of placeholders for inline markup.
    pub(crate) placeholders: Placeholders,
    /// What an HTML report names, and its language.
    pub(crate) report: ReportOptions,
    /// What the command reads and writes.
    pub(crate) files: Files,
}

impl Plan {
    /// What the message about the file written begins with; to be asked before it is written.
    pub(crate) fn verb(&self) -> &'static str {
        match &self.destination {
            Destination::Stdout => "written",
            Destination::File(path) => files::verb(path, "written"),
        }
    }
}

/// What the options of output mean.
pub(crate) fn plan(args: &OutputArgs, files: Files) -> Result<Plan> {
    let destination = match &args.output {
        None => Destination::Stdout,
        Some(path) if path.as_os_str() == "-" => Destination::Stdout,
        Some(path) => Destination::File(path.clone()),
    };
    if let Destination::File(path) = &destination {
        check_writable(path)?;
    }
    let by_extension = match &destination {
        Destination::Stdout => Some(Format::Text),
        Destination::File(path) => Format::from_path(path),
    };
    let format = match (args.format, by_extension, &args.output) {
        (Some(name), _, _) => name.0,
        (None, Some(format), _) => format,
        (None, None, path) => return Err(unknown_extension(path.as_deref().unwrap_or(Path::new("")))),
    };
    if matches!(destination, Destination::Stdout) {
        refuse_on_stdout(format)?;
    }
    let creation_date = match (format, args.creation_date) {
        (Format::Tmx | Format::Html, None) => Some(default_date()?),
        (_, date) => date,
    };
    let duplicates = match args.duplicates {
        DuplicatesName::Once => Duplicates::Once,
        DuplicatesName::All => Duplicates::All,
    };
    let mut report = ReportOptions::default();
    report.language = args.report_language.map(Into::into).unwrap_or_default();
    let placeholders = Placeholders::Text;
    Ok(Plan { destination, format, creation_date, duplicates, placeholders, report, files })
}

fn unknown_extension(path: &Path) -> anyhow::Error {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let names: Vec<_> = Format::ALL.iter().map(|f| f.name()).collect();
    Failure::new(
        format!("{}: the extension does not say which format to write", path.display()),
        format!(
            "name it with --format, one of {}{}",
            names.join(", "),
            question(extension, names.iter().copied())
        ),
    )
    .into()
}

fn refuse_on_stdout(format: Format) -> Result<()> {
    if format.is_several_files() {
        return Err(Failure::new(
            format!("{} is several files, which standard output cannot take", format.name()),
            "name a file with --output; the others are written beside it",
        )
        .into());
    }
    if format.is_binary() && Terminal::shows_results() {
        return Err(Failure::new(
            format!("{} is no text that a terminal could show", format.name()),
            "name a file with --output",
        )
        .into());
    }
    Ok(())
}

/// Refuses a place that cannot be written before any work is done.
pub(crate) fn check_writable(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(Failure::new(
            format!("{} is a directory, not a file", path.display()),
            "name a file in it, such as alignment.tmx",
        )
        .into());
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|f| !f.is_dir()) {
        return Err(Failure::new(
            format!("{} cannot be written: there is no folder {}", path.display(), folder.display()),
            "make the folder first",
        )
        .into());
    }
    if !path.exists() {
        let source = match export::file::check_folder(folder.unwrap_or(Path::new("."))) {
            Ok(()) => return Ok(()),
            Err(source) => source,
        };
        return Err(WriteError { path: path.to_owned(), source }.into());
    }
    Ok(())
}

/// SOURCE_DATE_EPOCH, if it is set, else now.
pub(crate) fn default_date() -> Result<Timestamp> {
    if let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") {
        let date = text.trim().parse().ok().and_then(Timestamp::from_unix);
        return date.ok_or_else(|| {
            Failure::new(
                format!("SOURCE_DATE_EPOCH is `{text}`, which is not a number of seconds since 1970"),
                "unset it, or give --creation-date",
            )
            .into()
        });
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(now.as_secs()).context("the clock stands beyond the year 9999")
}

/// Writes the beads as planned; says what was written if it was a TMX.
pub(crate) fn write<'a>(
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    languages: Sides<Lang>,
    plan: &Plan,
    readable: &ReadableArgs,
    terminal: Terminal,
) -> Result<Option<TmxReport>> {
    let several = match &plan.destination {
        Destination::File(path) if plan.format.is_several_files() => {
            several_files(plan.format, &languages, path, &plan.files)?
        }
        _ => Vec::new(),
    };
    let mut options = WriteOptions::new(languages);
    options.tmx.creation_date = plan.creation_date;
    options.tmx.duplicates = plan.duplicates;
    options.tmx.placeholders = plan.placeholders;
    options.report = plan.report.clone();
    options.readable = readable_options(readable, plan, terminal);
    match &plan.destination {
        Destination::Stdout => {
            let write = |out: &mut dyn Write| export::write(plan.format, beads, &options, out);
            // The view for people makes texts harmless itself, since it knows which colours are its own.
            Ok(match plan.format {
                Format::Text => Terminal::write_coloured(write),
                _ => Terminal::write_results(write),
            }?)
        }
        Destination::File(path) if plan.format.is_several_files() => {
            export::write_files(plan.format, beads, &options, path)?;
            for (file, verb) in several {
                terminal.note(format_args!("{verb:<10}{}", file.display()));
            }
            Ok(None)
        }
        Destination::File(path) => {
            Ok(export::file::write_whole(path, |out| export::write(plan.format, beads, &options, out))?)
        }
    }
}

/// Refuses files of a format of several files that meet others, as soon as their names are known.
pub(crate) fn check_names(plan: &Plan, languages: &Sides<Lang>) -> Result<()> {
    match &plan.destination {
        Destination::File(path) if plan.format.is_several_files() => {
            several_files(plan.format, languages, path, &plan.files).map(drop)
        }
        _ => Ok(()),
    }
}

/// The files that a format of several files is written into, and whether each is new.
fn several_files(
    format: Format,
    languages: &Sides<Lang>,
    path: &Path,
    files: &Files,
) -> Result<Vec<(PathBuf, &'static str)>> {
    let mut files = files.clone();
    let names = export::file_names(format, languages, path);
    // The path that was typed is known already.
    names.iter().filter(|name| *name != path).try_for_each(|name| files.writes(name))?;
    Ok(names.into_iter().map(|name| (name.clone(), files::verb(&name, "written"))).collect())
}

fn readable_options(args: &ReadableArgs, plan: &Plan, terminal: Terminal) -> readable::ReadableOptions {
    let on_terminal = matches!(plan.destination, Destination::Stdout) && Terminal::shows_results();
    let mut meant = readable::ReadableOptions::default();
    meant.bidi = match args.bidi {
        BidiName::Auto if on_terminal => Bidi::for_terminal(std::env::var("TERM").ok().as_deref(), &|name| {
            std::env::var_os(name).is_some()
        }),
        BidiName::Auto | BidiName::Off => Bidi::Off,
        BidiName::Terminal => Bidi::Terminal,
        BidiName::Reorder => Bidi::Reorder,
    };
    meant.width = match args.width {
        Some(width) => width,
        None if on_terminal => Terminal::width().unwrap_or(0),
        None => 0,
    };
    meant.invisible = if args.show_invisible { Invisible::Shown } else { Invisible::AsIs };
    meant.unaligned = if args.all { Unaligned::All } else { Unaligned::Folded };
    let to_stdout = matches!(plan.destination, Destination::Stdout);
    meant.colour =
        if to_stdout && terminal.styled_results() == Styled::Yes { Colour::On } else { Colour::Off };
    meant
}

/// Says what a TMX does not hold.
pub(crate) fn describe_omissions(report: Option<&TmxReport>, terminal: Terminal) {
    let Some(report) = report else { return };
    if report.repeated > 0 {
        terminal.note(format_args!(
            "once only {} left out (--duplicates all)",
            counted(report.repeated, "repeated pair")
        ));
    }
    if report.written.dropped > 0 {
        terminal.warn(
            format_args!("characters that XML cannot hold were left out: {}", report.written.dropped),
            None,
        );
    }
}
