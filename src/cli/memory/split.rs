//! `tmx split`: one memory into parts, which go beside each other.
//!
//! Guarantee: before the first part is written, it is known that none of them replaces what only the user may give up.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::export::counted;
use muqabala::export::file::write_whole;
use muqabala::memory::{self, Splitter};
use muqabala::read::is_gzip;

use super::check::describe_left_out;
use super::input::open_input;
use super::{refused, status, write_to, written};
use crate::cli::args::tmx::TmxSplit;
use crate::cli::files::{self, Files, Force, is_dash};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

/// The stem and the extension that parts have: `part` and `tmx` of `a/part.tmx`, `part` and `tmx.gz` of `part.tmx.gz`.
fn names(output: &Path) -> (String, String) {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let cut = |name: &str| match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() => (stem.to_owned(), Some(end.to_owned())),
        _ => (name.to_owned(), None),
    };
    match cut(&name) {
        (stem, Some(gzip)) if is_gzip(&gzip) => {
            let (stem, inner) = cut(&stem);
            (stem, inner.map_or_else(|| gzip.clone(), |inner| format!("{inner}.{gzip}")))
        }
        (stem, extension) => (stem, extension.unwrap_or_else(|| "tmx".to_owned())),
    }
}

/// The name of a part: of `a/part.tmx` it is `a/part-3.tmx`.
fn part_name(output: &Path, part: u64) -> PathBuf {
    let (stem, extension) = names(output);
    output.with_file_name(format!("{stem}-{part}.{extension}"))
}

/// The parts whose names are taken.
fn taken(output: &Path) -> BTreeSet<u64> {
    let (stem, extension) = names(output);
    let folder = output.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.file_name());
    names
        .filter_map(|name| {
            let name = name.into_string().ok()?;
            let middle = name.strip_prefix(&stem)?.strip_suffix(&extension)?;
            middle.strip_prefix('-')?.strip_suffix('.')?.parse().ok()
        })
        .collect()
}

pub(super) fn execute(command: &TmxSplit, mut files: Files, terminal: Terminal) -> Result<Exit> {
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
            let whole = memory::stats(open_input(path)?, |_| {}).map_err(|e| refused(path, e))?;
            (whole.units - whole.unreadable).div_ceil(parts).max(1)
        }
    };
    look_ahead(command, units, files.clone())?;
    let mut splitter = Splitter::new(open_input(path)?).map_err(|e| refused(path, e))?;
    let mut part = 0;
    loop {
        part += 1;
        let name = part_name(&command.output, part);
        files.writes_memory(&name)?;
        let verb = files::verb(&name, "wrote");
        let units = write_to(&name, Path::new(""), &files, |mut out| Ok(splitter.part(units, &mut out)?))?;
        for finding in splitter.take_told() {
            describe_left_out(path, &finding, terminal);
        }
        written(verb, &name, format_args!(" ({})", counted(units, "unit")), terminal);
        if !splitter.has_more() {
            break;
        }
    }
    let (unreadable, strays) = splitter.left_out();
    Ok(status(unreadable + strays))
}

/// Refuses parts that would replace what only the user may give up. Where names are taken, this needs the parts to be
/// made; of standard input, which can be read once, any that is taken so is refused.
fn look_ahead(command: &TmxSplit, units: u64, mut files: Files) -> Result<()> {
    let mut taken = taken(&command.output);
    if is_dash(&command.file) {
        for part in taken {
            let name = part_name(&command.output, part);
            files.writes_memory(&name)?;
            if let Some(standing) = files::standing(&name).filter(|_| files.force() != Force::Given) {
                return Err(files.protected(&name, &standing));
            }
        }
        return Ok(());
    }
    if taken.is_empty() {
        return Ok(());
    }
    let refused = |e| refused(&command.file, e);
    let mut splitter = Splitter::new(open_input(&command.file)?).map_err(refused)?;
    let mut part = 0;
    while part == 0 || (splitter.has_more() && !taken.is_empty()) {
        part += 1;
        let name = part_name(&command.output, part);
        if !taken.remove(&part) {
            splitter.part(units, &mut io::sink())?;
            continue;
        }
        files.writes_memory(&name)?;
        if files.force() == Force::Given || files::standing(&name).is_none() {
            splitter.part(units, &mut io::sink())?;
            continue;
        }
        let new = tempfile::NamedTempFile::new()?.into_temp_path();
        write_whole(&new, |out| splitter.part(units, out))?;
        if let Some(standing) = files::is_own_memory(&name, &new)? {
            return Err(files.protected(&name, &standing));
        }
    }
    Ok(())
}
