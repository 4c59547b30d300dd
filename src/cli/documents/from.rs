//! A file with two languages as input: what of it is read, and what is said of it.

use std::path::Path;

use anyhow::Result;
use muqabala::bitext::{Side, Sides};
use muqabala::formats::po::PluralsRead;
use muqabala::formats::{LeftOut, Told};
use muqabala::read::{BilingualOptions, UnfinishedRead, UnitsRead};
use muqabala::segment::SegmentOptions;
use muqabala::session::Imported;

use crate::cli::args::AlignCommand;
use crate::cli::setup::stages::{self, Prepared};
use crate::cli::terminal::Terminal;

/// Reads `path` as `command` asks for.
pub(crate) fn prepare(
    command: &AlignCommand,
    path: &Path,
    cutting: &SegmentOptions,
) -> Result<(Sides<Prepared>, Imported, Told)> {
    let mut wanted = BilingualOptions::default();
    wanted.languages =
        Sides::new(Side::Source, Side::Target).map(|side| command.languages.get(side).cloned());
    wanted.columns.clone_from(&command.from.columns);
    wanted.plurals = if command.from.all_plurals { PluralsRead::All } else { PluralsRead::Two };
    wanted.unfinished = match (command.from.with_untranslated, &command.save) {
        (true, _) => UnfinishedRead::All,
        // In a project they are flagged, for somebody to look at.
        (false, Some(_)) => UnfinishedRead::ForReview,
        (false, None) => UnfinishedRead::LeftOut,
    };
    wanted.units = if command.from.keep_units { UnitsRead::Whole } else { UnitsRead::Cut };
    let (sides, read) = stages::prepare_both(path, &command.read.options(None, None), &wanted, cutting)?;
    Ok((sides, Imported { decided: read.decided, kept: command.from.keep_units }, read.told))
}

/// Says what was left out, and how the rest was read.
pub(crate) fn describe(told: &Told, terminal: Terminal) {
    for note in &told.notes {
        terminal.note(format_args!("read      {note}"));
    }
    for (what, &count) in &told.left_out {
        let how = match what {
            LeftOut::PluralForm => " (--all-plurals)",
            what if what.is_unfinished() => " (--with-untranslated)",
            _ => "",
        };
        terminal.note(format_args!("left out  {}{how}", what.words(count)));
    }
}
