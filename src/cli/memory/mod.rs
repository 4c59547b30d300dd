//! `tmx`: checking, mending and rearranging translation memories.

mod check;
mod input;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::export::counted;
use muqabala::export::file::write_whole;
use muqabala::memory::{
    self, CleanOptions, Difference, FixOptions, Kind, MemoryError, Repeated, ShownUnit, Splitter, Stats,
};
use serde_json::json;

use crate::cli::args::tmx::{
    RepeatedName, TmxAction, TmxClean, TmxCommand, TmxDiff, TmxFix, TmxMerge, TmxReverse, TmxSplit, TmxStats,
};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use check::describe_left_out;
use input::{is_dash, name_of, open_file, open_input};

pub(crate) fn execute(command: &TmxCommand, terminal: Terminal) -> Result<Exit> {
    match &command.action {
        TmxAction::Check(command) => check::execute(command),
        TmxAction::Fix(command) => fix(command, terminal),
        TmxAction::Clean(command) => clean(command, terminal),
        TmxAction::Merge(command) => merge(command, terminal),
        TmxAction::Split(command) => split(command, terminal),
        TmxAction::Diff(command) => diff(command, terminal),
        TmxAction::Stats(command) => stats(command),
        TmxAction::Reverse(command) => reverse(command, terminal),
        TmxAction::Kinds => kinds(),
    }
}

fn refused(path: &Path, error: MemoryError) -> anyhow::Error {
    anyhow::Error::from(error).context(name_of(path))
}

/// Writes a file or standard output by `write`; after an error a file is as it was before.
fn write_to<T>(
    output: &Path,
    input: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, MemoryError>,
) -> Result<T> {
    let mut reason = None;
    let into = |out: &mut dyn Write| match write(out) {
        Ok(value) => Ok(value),
        Err(MemoryError::Io(error)) => Err(error),
        Err(other) => {
            reason = Some(other);
            Err(io::Error::other("refused"))
        }
    };
    let result = if is_dash(output) {
        Terminal::write_results(into).map_err(anyhow::Error::from)
    } else {
        write_whole(output, |out| into(out)).map_err(anyhow::Error::from)
    };
    match reason {
        Some(reason) => Err(refused(input, reason)),
        None => result,
    }
}

fn by_kind(list: &[(Kind, u64)]) -> String {
    list.iter().map(|(kind, count)| format!("{} × {count}", kind.code())).collect::<Vec<_>>().join(", ")
}

fn fix(command: &TmxFix, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let mut options = FixOptions::default();
    options.encoding = command.encoding;
    options.languages.clone_from(&command.lang);
    let report = write_to(&command.output, &command.file, |mut out| {
        memory::fix(input, &mut out, &options, |f| describe_left_out(&command.file, f, terminal))
    })?;
    let mended = by_kind(&report.mended);
    terminal.note(format_args!("mended    {}", if mended.is_empty() { "nothing" } else { &mended }));
    if report.respelt > 0 {
        terminal.note(format_args!("respelt   {}", counted(report.respelt, "language")));
    }
    terminal.note(format_args!(
        "wrote     {} ({}, {} left out)",
        command.output.display(),
        counted(report.units, "unit"),
        report.left_out
    ));
    Ok(if report.left_out > 0 { Exit::Below } else { Exit::Done })
}

fn clean(command: &TmxClean, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let mut options = CleanOptions::default();
    options.encoding = command.encoding;
    options.drop.clone_from(&command.drop);
    let report = write_to(&command.output, &command.file, |mut out| {
        memory::clean(input, &mut out, &options, |f| {
            terminal.detail(format_args!("{}:{f}", name_of(&command.file)));
        })
    })?;
    let left_out = by_kind(&report.left_out);
    terminal.note(format_args!("left out  {}", if left_out.is_empty() { "nothing" } else { &left_out }));
    if report.unreadable > 0 {
        terminal
            .warn(format_args!("left out {} that cannot be read", counted(report.unreadable, "unit")), None);
    }
    terminal.note(format_args!("wrote     {} ({})", command.output.display(), counted(report.units, "unit")));
    Ok(Exit::Done)
}

fn merge(command: &TmxMerge, terminal: Terminal) -> Result<Exit> {
    let repeated = match command.duplicates {
        RepeatedName::Once => Repeated::Once,
        RepeatedName::All => Repeated::All,
    };
    let inputs = command.files.iter().map(|path| open_input(path)).collect::<Result<Vec<_>>>()?;
    let mut failed = 0;
    let report = write_to(&command.output, Path::new(""), |mut out| {
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
    terminal.note(format_args!("wrote     {} ({})", command.output.display(), counted(report.units, "unit")));
    Ok(Exit::Done)
}

/// The name of a part: of `a/part.tmx` it is `a/part-3.tmx`.
fn part_name(output: &Path, part: u64) -> PathBuf {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    let extension = output.extension().map_or_else(|| "tmx".into(), |e| e.to_string_lossy());
    output.with_file_name(format!("{stem}-{part}.{extension}"))
}

fn split(command: &TmxSplit, terminal: Terminal) -> Result<Exit> {
    let path = &command.file;
    if is_dash(&command.output) {
        return Err(Failure::new("parts cannot go to standard output", "name them with -o part.tmx").into());
    }
    let units = match (command.units, command.parts) {
        (Some(units), _) => units.get(),
        (None, parts) => {
            if is_dash(path) {
                return Err(Failure::new(
                    "the units of standard input cannot be counted beforehand",
                    "give a file, or say how many units a part has with --units",
                )
                .into());
            }
            let parts = parts.map_or(1, std::num::NonZeroU64::get);
            let whole = memory::stats(open_file(path)?).map_err(|e| refused(path, e))?;
            (whole.units - whole.unreadable).div_ceil(parts).max(1)
        }
    };
    let mut splitter = Splitter::new(open_input(path)?).map_err(|e| refused(path, e))?;
    let mut part = 0;
    loop {
        part += 1;
        let name = part_name(&command.output, part);
        let written = write_whole(&name, |mut out| splitter.part(units, &mut out))?;
        terminal.note(format_args!("wrote     {} ({})", name.display(), counted(written, "unit")));
        if !splitter.has_more() {
            break;
        }
    }
    for finding in splitter.unreadable() {
        describe_left_out(path, finding, terminal);
    }
    Ok(Exit::Done)
}

fn diff(command: &TmxDiff, terminal: Terminal) -> Result<Exit> {
    let files = [&command.first, &command.second];
    if let Some(path) = files.iter().find(|p| is_dash(p)) {
        return Err(Failure::new(
            format!("{} cannot be read twice", name_of(path)),
            "give files: each is read twice",
        )
        .into());
    }
    open_file(&command.first)?;
    open_file(&command.second)?;
    let mut failure = None;
    let report = Terminal::write_results(|out| {
        let result = memory::diff(
            || File::open(&command.first),
            || File::open(&command.second),
            |difference| {
                if command.json { difference_json(difference, out) } else { show_difference(difference, out) }
            },
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
    Ok(if report.is_same() { Exit::Done } else { Exit::Below })
}

fn show_difference(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let lines = |out: &mut dyn Write, sign: char, unit: &ShownUnit, other: Option<&ShownUnit>| {
        for text in &unit.texts {
            let both = other.is_some_and(|o| o.texts.contains(text));
            if !both {
                writeln!(out, "{sign} {}: {}", text.0, text.1)?;
            } else if sign == '-' {
                writeln!(out, "  {}: {}", text.0, text.1)?;
            }
        }
        Ok::<_, io::Error>(())
    };
    match difference {
        Difference::First(unit) => {
            writeln!(out, "@ unit {} (line {}) only in the first", unit.number, unit.place.line)?;
            lines(out, '-', unit, None)
        }
        Difference::Second(unit) => {
            writeln!(out, "@ unit {} (line {}) only in the second", unit.number, unit.place.line)?;
            lines(out, '+', unit, None)
        }
        Difference::Changed(before, after) => {
            writeln!(
                out,
                "@ unit {} (line {}), unit {} (line {})",
                before.number, before.place.line, after.number, after.place.line
            )?;
            lines(out, '-', before, Some(after))?;
            lines(out, '+', after, Some(before))
        }
    }
}

fn difference_json(difference: &Difference, out: &mut dyn Write) -> io::Result<()> {
    let unit = |unit: &ShownUnit| {
        let texts: Vec<_> =
            unit.texts.iter().map(|(lang, text)| json!({ "lang": lang, "text": text })).collect();
        json!({ "unit": unit.number, "line": unit.place.line, "texts": texts })
    };
    let value = match difference {
        Difference::First(first) => json!({ "what": "first", "first": unit(first) }),
        Difference::Second(second) => json!({ "what": "second", "second": unit(second) }),
        Difference::Changed(first, second) => {
            json!({ "what": "changed", "first": unit(first), "second": unit(second) })
        }
    };
    writeln!(out, "{value}")
}

fn stats(command: &TmxStats) -> Result<Exit> {
    let stats = memory::stats(open_input(&command.file)?).map_err(|e| refused(&command.file, e))?;
    Terminal::write_results(
        |out| if command.json { stats_json(&stats, out) } else { show_stats(&stats, out) },
    )?;
    Ok(Exit::Done)
}

fn stats_json(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let languages: serde_json::Map<_, _> = stats
        .languages
        .iter()
        .map(|(lang, l)| {
            let value = json!({
                "texts": l.texts, "empty": l.empty, "words": l.words,
                "characters": l.characters, "longest": l.longest,
            });
            (lang.clone(), value)
        })
        .collect();
    let value = json!({
        "version": stats.version, "source_lang": stats.source_lang, "segtype": stats.segtype,
        "tool": stats.tool, "encoding": stats.encoding, "bytes": stats.bytes, "units": stats.units,
        "unreadable": stats.unreadable, "repeated": stats.repeated, "contradicting": stats.contradicting,
        "with_codes": stats.with_codes, "notes": stats.notes, "props": stats.props,
        "languages": languages, "sets": stats.sets, "earliest": stats.earliest, "latest": stats.latest,
    });
    writeln!(out, "{value}")
}

fn show_stats(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "TMX {}, {}, {} bytes, source language {}, segtype {}, by {}",
        stats.version, stats.encoding, stats.bytes, stats.source_lang, stats.segtype, stats.tool
    )?;
    writeln!(
        out,
        "{}, {} unreadable, {} repeated, {} with another translation of an earlier source",
        counted(stats.units, "unit"),
        stats.unreadable,
        stats.repeated,
        stats.contradicting
    )?;
    for (set, units) in &stats.sets {
        writeln!(out, "{set}: {}", counted(*units, "unit"))?;
    }
    for (lang, l) in &stats.languages {
        writeln!(
            out,
            "{lang}: {}, {} empty, {}, {}, the longest {}",
            counted(l.texts, "text"),
            l.empty,
            counted(l.words, "word"),
            counted(l.characters, "character"),
            l.longest
        )?;
    }
    writeln!(
        out,
        "{} with inline codes, {}",
        counted(stats.with_codes, "text"),
        counted(stats.notes, "note")
    )?;
    for (kind, count) in &stats.props {
        writeln!(out, "property {kind}: {count}")?;
    }
    if let (Some(earliest), Some(latest)) = (&stats.earliest, &stats.latest) {
        writeln!(out, "dates from {earliest} to {latest}")?;
    }
    Ok(())
}

fn reverse(command: &TmxReverse, terminal: Terminal) -> Result<Exit> {
    let input = open_input(&command.file)?;
    let report = write_to(&command.output, &command.file, |mut out| {
        let told = |finding: &_| describe_left_out(&command.file, finding, terminal);
        memory::reverse(input, &mut out, command.to.as_deref(), told)
    })?;
    if report.without > 0 {
        terminal
            .warn(format_args!("{} without a text in {}", counted(report.without, "unit"), report.to), None);
    }
    terminal.note(format_args!(
        "wrote     {} ({}, {} to {})",
        command.output.display(),
        counted(report.units, "unit"),
        report.to,
        report.from
    ));
    Ok(Exit::Done)
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
