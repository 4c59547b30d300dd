//! Where an alignment goes, and in what format.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use muqabala::bitext::{Lang, Sides};
use muqabala::export::readable::{self, Bidi, Colour, Invisible, Unaligned};
use muqabala::export::tmx::{Duplicates, TmxOptions, TmxReport};
use muqabala::export::{self, BeadView, Format};
use muqabala::tmx::Timestamp;

use super::args::{BidiName, DuplicatesName, OutputArgs, ReadableArgs};
use super::failure::Failure;
use super::terminal::{Styled, Terminal};

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
}

/// What the options of output mean.
pub(crate) fn plan(args: &OutputArgs) -> Result<Plan> {
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
        (Some(name), _, _) => name.into(),
        (None, Some(format), _) => format,
        (None, None, path) => return Err(unknown_extension(path.as_deref().unwrap_or(Path::new("")))),
    };
    let creation_date = match (format, args.creation_date) {
        (Format::Tmx, None) => Some(default_date()?),
        (_, date) => date,
    };
    let duplicates = match args.duplicates {
        DuplicatesName::Once => Duplicates::Once,
        DuplicatesName::All => Duplicates::All,
    };
    Ok(Plan { destination, format, creation_date, duplicates })
}

fn unknown_extension(path: &Path) -> anyhow::Error {
    let names: Vec<_> = Format::ALL.iter().map(|f| f.name()).collect();
    Failure::new(
        format!("{}: the extension does not say which format to write", path.display()),
        format!("name it with --format, one of {}", names.join(", ")),
    )
    .into()
}

fn check_writable(path: &Path) -> Result<()> {
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
    let options = Options { languages, readable, terminal, plan };
    match &plan.destination {
        Destination::Stdout => Ok(Terminal::write_results(|out| write_to(beads, &options, out))?),
        Destination::File(path) => Ok(export::file::write_whole(path, |out| write_to(beads, &options, out))?),
    }
}

struct Options<'o> {
    languages: Sides<Lang>,
    readable: &'o ReadableArgs,
    terminal: Terminal,
    plan: &'o Plan,
}

fn write_to<'a>(
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    options: &Options<'_>,
    mut out: &mut dyn Write,
) -> io::Result<Option<TmxReport>> {
    match options.plan.format {
        Format::Tmx => {
            let mut tmx = TmxOptions::new(options.languages.clone());
            tmx.creation_date = options.plan.creation_date;
            tmx.duplicates = options.plan.duplicates;
            return export::tmx::write(beads, &tmx, out).map(Some);
        }
        Format::Tsv => export::tsv::write(beads, &mut out)?,
        Format::Jsonl => export::jsonl::write(beads, &mut out)?,
        Format::Beads => export::beads::write(beads, &mut out)?,
        _ => {
            let beads: Vec<_> = beads.collect();
            readable::write(&beads, &readable_options(options), &mut out)?;
        }
    }
    Ok(None)
}

fn readable_options(options: &Options<'_>) -> readable::ReadableOptions {
    let args = options.readable;
    let on_terminal = matches!(options.plan.destination, Destination::Stdout) && Terminal::shows_results();
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
    let to_stdout = matches!(options.plan.destination, Destination::Stdout);
    meant.colour =
        if to_stdout && options.terminal.styled_results() == Styled::Yes { Colour::On } else { Colour::Off };
    meant
}

/// Says what a TMX does not hold.
pub(crate) fn describe_omissions(report: Option<&TmxReport>, terminal: Terminal) {
    let Some(report) = report else { return };
    if report.repeated > 0 {
        terminal.note(format_args!(
            "once only {} repeated pairs were left out (--duplicates all)",
            report.repeated
        ));
    }
    if report.written.dropped > 0 {
        terminal.warn(
            format_args!("characters that XML cannot hold were left out: {}", report.written.dropped),
            None,
        );
    }
}
