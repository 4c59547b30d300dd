//! `tmx`: checking, mending and rearranging translation memories.

mod check;
mod input;
mod show;
mod split;

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use muqabala::export::counted;
use muqabala::export::file::write_whole_if;
use muqabala::memory::{self, CleanOptions, Context, FixOptions, Kind, MemoryError, Repeated};
use muqabala::read::{Input, is_gzip};

use crate::cli::args::tmx::{
    RepeatedName, TmxAction, TmxClean, TmxCommand, TmxDiff, TmxExtract, TmxFix, TmxMerge, TmxReverse,
    TmxStats,
};
use crate::cli::files::{self, Files, Force, is_dash};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use check::describe_left_out;
pub(crate) use input::open_input;
use input::{name_of, open_again};
use show::{difference_json, show_difference, show_stats, stats_json};

pub(crate) fn execute(command: &TmxCommand, files: Files, terminal: Terminal) -> Result<Exit> {
    match &command.action {
        TmxAction::Check(command) => check::execute(command),
        TmxAction::Fix(command) => fix(command, &files, terminal),
        TmxAction::Clean(command) => clean(command, &files, terminal),
        TmxAction::Merge(command) => merge(command, &files, terminal),
        TmxAction::Split(command) => split::execute(command, files, terminal),
        TmxAction::Diff(command) => diff(command, terminal),
        TmxAction::Stats(command) => stats(command, terminal),
        TmxAction::Extract(command) => extract(command, &files, terminal),
        TmxAction::Reverse(command) => reverse(command, &files, terminal),
        TmxAction::Kinds => kinds(),
    }
}

fn refused(path: &Path, error: MemoryError) -> anyhow::Error {
    anyhow::Error::from(error).context(name_of(path))
}

/// Writes a file or standard output by `write`; after an error a file is as it was before. A file called `.gz` is packed. What only the user may give
/// up is not replaced, as `files` have it; the memory at `input`, which is mended in its place, may be.
fn write_to<T>(
    output: &Path,
    input: &Path,
    files: &Files,
    write: impl FnOnce(&mut dyn Write) -> Result<T, MemoryError>,
) -> Result<T> {
    let (mut reason, mut kept) = (None, None);
    let into = |out: &mut dyn Write| match write(out) {
        Ok(value) => Ok(value),
        Err(MemoryError::Io(error)) => Err(error),
        Err(other) => {
            reason = Some(other);
            Err(io::Error::other("refused"))
        }
    };
    let extension = output.extension().and_then(|end| end.to_str()).unwrap_or_default();
    if extension.eq_ignore_ascii_case("zip") {
        return Err(Failure::new(
            format!("{}: a memory is not written into a ZIP container", output.display()),
            "name the output .tmx, or .tmx.gz to have it packed by gzip",
        )
        .into());
    }
    let result = if is_dash(output) {
        Terminal::write_results(into).map_err(anyhow::Error::from)
    } else {
        let in_place = files::is_in_place(input, output);
        let allowed = |old: &Path, new: &Path| {
            if files.force() == Force::Given || in_place {
                return Ok(());
            }
            kept = files::is_own_memory(old, new)?;
            if kept.is_some() { Err(io::Error::other("refused")) } else { Ok(()) }
        };
        let packed = is_gzip(extension);
        let whole = |out: &mut BufWriter<&mut File>| {
            if !packed {
                return into(out);
            }
            let mut packer = GzEncoder::new(out, Compression::default());
            let value = into(&mut packer)?;
            packer.finish()?;
            Ok(value)
        };
        write_whole_if(output, whole, allowed).map_err(anyhow::Error::from)
    };
    match (reason, kept) {
        (Some(reason), _) => Err(refused(input, reason)),
        (_, Some(standing)) => Err(files.protected(output, &standing)),
        _ => result,
    }
}

/// What is said of a memory that was written: that it is new, that it replaced another, or that it was mended in place.
fn written(verb: &str, output: &Path, more: impl Display, terminal: Terminal) {
    terminal.note(format_args!("{verb:<10}{}{more}", output.display()));
}

/// The status of a command that had to leave something out.
const fn status(left_out: u64) -> Exit {
    if left_out > 0 { Exit::Below } else { Exit::Done }
}

fn by_kind(list: &[(Kind, u64)]) -> String {
    list.iter().map(|(kind, count)| format!("{} × {count}", kind.code())).collect::<Vec<_>>().join(", ")
}

fn fix(command: &TmxFix, files: &Files, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let mut options = FixOptions::default();
    options.encoding = command.encoding;
    options.languages.clone_from(&command.lang);
    let in_place = files::is_in_place(&command.file, &command.output);
    let verb = if in_place { "in place" } else { files::verb(&command.output, "wrote") };
    // The only copy of what cannot be read is the file itself.
    let mut unreadable = 0;
    let report = write_to(&command.output, &command.file, files, |mut out| {
        let report =
            memory::fix(input, &mut out, &options, |f| describe_left_out(&command.file, f, terminal))?;
        if in_place && !command.force {
            unreadable = report.left_out + report.strays;
        }
        if unreadable > 0 { Err(io::Error::other("refused").into()) } else { Ok(report) }
    });
    if unreadable > 0 {
        let left_out = counted(unreadable, "place");
        return Err(Failure::new(
            format!("{}: stays as it is: {left_out} named above would be left out", name_of(&command.file)),
            "name another output and mend these by hand, or leave them out with --force",
        )
        .into());
    }
    let report = report?;
    let mended = by_kind(&report.mended);
    terminal.note(format_args!("mended    {}", if mended.is_empty() { "nothing" } else { &mended }));
    if report.respelt > 0 {
        terminal.note(format_args!("respelt   {}", counted(report.respelt, "language")));
    }
    if !report.lost.is_empty() {
        terminal.warn(
            format_args!("lost: {} (XML has no place for these characters)", by_kind(&report.lost)),
            Some("look at the texts: it cannot be told what should stand there"),
        );
    }
    let units = format!(" ({}, {} left out)", counted(report.units, "unit"), report.left_out);
    written(verb, &command.output, units, terminal);
    Ok(status(report.left_out + report.strays))
}

fn clean(command: &TmxClean, files: &Files, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let mut options = CleanOptions::default();
    options.encoding = command.encoding;
    options.drop.clone_from(&command.drop);
    options.context = context(command.ignore_context);
    let verb = files::verb(&command.output, "wrote");
    let report = write_to(&command.output, &command.file, files, |mut out| {
        memory::clean(input, &mut out, &options, |f| {
            // What it is asked to leave out is told in detail only, all else is told.
            if f.unit.is_some() && options.drop.contains(&f.kind) {
                terminal.detail(format_args!("{}:{f}", name_of(&command.file)));
            } else {
                describe_left_out(&command.file, f, terminal);
            }
        })
    })?;
    let left_out = by_kind(&report.left_out);
    terminal.note(format_args!("left out  {}", if left_out.is_empty() { "nothing" } else { &left_out }));
    if report.unreadable > 0 {
        terminal
            .warn(format_args!("left out {} that cannot be read", counted(report.unreadable, "unit")), None);
    }
    written(verb, &command.output, format_args!(" ({})", counted(report.units, "unit")), terminal);
    Ok(status(report.unreadable + report.strays))
}

/// Whether contexts keep units apart.
const fn context(ignored: bool) -> Context {
    if ignored { Context::Ignored } else { Context::Counts }
}

fn merge(command: &TmxMerge, files: &Files, terminal: Terminal) -> Result<Exit> {
    let repeated = match command.duplicates {
        RepeatedName::Once => Repeated::Once { context: context(command.ignore_context) },
        RepeatedName::All => Repeated::All,
    };
    let inputs = command.files.iter().map(|path| open_input(path)).collect::<Result<Vec<_>>>()?;
    let mut failed = 0;
    let verb = files::verb(&command.output, "wrote");
    let report = write_to(&command.output, Path::new(""), files, |mut out| {
        let told = |index: usize, finding: &_| describe_left_out(&command.files[index], finding, terminal);
        memory::merge(inputs, &mut out, repeated, told).map_err(|(index, error)| {
            failed = index;
            error
        })
    });
    let report = report.map_err(|error| match error.downcast::<MemoryError>() {
        Ok(error) => refused(&command.files[failed], error),
        Err(error) => error,
    })?;
    if report.repeated > 0 {
        terminal.note(format_args!(
            "once only {} left out (--duplicates all)",
            counted(report.repeated, "repeated unit")
        ));
    }
    written(verb, &command.output, format_args!(" ({})", counted(report.units, "unit")), terminal);
    Ok(status(report.unreadable + report.strays))
}

fn diff(command: &TmxDiff, terminal: Terminal) -> Result<Exit> {
    let files = [&command.first, &command.second];
    if let Some(path) = files.iter().find(|path| !Input::from_argument(path).can_be_read_again()) {
        return Err(Failure::new(
            format!("{} cannot be read twice", name_of(path)),
            "give files: each is read twice",
        )
        .into());
    }
    open_input(&command.first)?;
    open_input(&command.second)?;
    let mut failure = None;
    let report = Terminal::write_results(|out| {
        let result = memory::diff(
            || open_again(&command.first),
            || open_again(&command.second),
            |difference| {
                if command.json { difference_json(difference, out) } else { show_difference(difference, out) }
            },
            |index, finding| describe_left_out(files[index], finding, terminal),
        );
        result.or_else(|(index, error)| match error {
            MemoryError::Io(error) => Err(error),
            other => {
                failure = Some(refused(files[index], other));
                Ok(memory::DiffReport::default())
            }
        })
    })?;
    if let Some(failure) = failure {
        return Err(failure);
    }
    terminal.note(format_args!(
        "{} the same, {} changed, {} only in {}, {} only in {}",
        counted(report.same, "unit"),
        report.changed,
        report.first,
        command.first.display(),
        report.second,
        command.second.display()
    ));
    Ok(if report.is_same() && report.not_compared == 0 { Exit::Done } else { Exit::Below })
}

fn stats(command: &TmxStats, terminal: Terminal) -> Result<Exit> {
    let told = |finding: &_| describe_left_out(&command.file, finding, terminal);
    let stats = memory::stats(open_input(&command.file)?, told).map_err(|e| refused(&command.file, e))?;
    Terminal::write_results(
        |out| if command.json { stats_json(&stats, out) } else { show_stats(&stats, out) },
    )?;
    Ok(status(stats.unreadable + stats.strays))
}

fn reverse(command: &TmxReverse, files: &Files, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let verb = files::verb(&command.output, "wrote");
    let report = write_to(&command.output, &command.file, files, |mut out| {
        let told = |finding: &_| describe_left_out(&command.file, finding, terminal);
        memory::reverse(input, &mut out, command.to.as_deref(), told)
    })?;
    if report.without > 0 {
        terminal
            .warn(format_args!("{} without a text in {}", counted(report.without, "unit"), report.to), None);
    }
    let units = format!(" ({}, {} to {})", counted(report.units, "unit"), report.to, report.from);
    written(verb, &command.output, units, terminal);
    Ok(status(report.unreadable + report.strays))
}

fn extract(command: &TmxExtract, files: &Files, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let verb = files::verb(&command.output, "wrote");
    let report = write_to(&command.output, &command.file, files, |mut out| {
        let told = |finding: &_| describe_left_out(&command.file, finding, terminal);
        memory::extract(input, &mut out, (&command.source_lang, &command.target_lang), told)
    })?;
    if report.without > 0 {
        terminal.note(format_args!(
            "left out  {} without a text in {} or in {}",
            counted(report.without, "unit"),
            command.source_lang,
            command.target_lang
        ));
    }
    if report.other_region > 0 {
        let units = counted(report.other_region, "unit");
        terminal.note(format_args!("of these  {units} of another region than was asked for"));
    }
    written(verb, &command.output, format_args!(" ({})", counted(report.units, "unit")), terminal);
    Ok(status(report.unreadable + report.strays + report.repeated))
}

fn kinds() -> Result<Exit> {
    Terminal::write_results(|out| {
        for kind in Kind::ALL {
            let tools: Vec<_> = kind.tools().iter().map(|t| t.name()).collect();
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}",
                kind.code(),
                kind.severity().name(),
                kind.text(),
                tools.join(", "),
                kind.mend().name(),
                kind.remedy()
            )?;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}
