//! A file with two languages as input: what of it is read, what is said of it, and what its units become.

use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use muqabala::bitext::{Alignment, Bead, Bitext, Pin, SegmentedDocument, Side, Sides};
use muqabala::formats::po::PluralsRead;
use muqabala::formats::{LeftOut, Status, Told};
use muqabala::project::Decision;
use muqabala::read::{BilingualOptions, UnfinishedRead, UnitsRead};
use muqabala::segment::SegmentOptions;

use crate::cli::args::AlignCommand;
use crate::cli::setup::stages::{self, Prepared};
use crate::cli::terminal::Terminal;

/// What a file with two languages gives besides its texts.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// What was decided about each unit.
    decided: Vec<Status>,
    told: Told,
    /// Whether each unit is to stay a pair.
    kept: bool,
}

/// Reads `path` as `command` asks for.
pub(crate) fn prepare(
    command: &AlignCommand,
    path: &Path,
    cutting: &SegmentOptions,
) -> Result<(Sides<Prepared>, Imported)> {
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
    Ok((sides, Imported { decided: read.decided, told: read.told, kept: command.from.keep_units }))
}

impl Imported {
    /// Says what was left out, and how the rest was read.
    pub(crate) fn describe(&self, terminal: Terminal) {
        for note in &self.told.notes {
            terminal.note(format_args!("read      {note}"));
        }
        for (what, &count) in &self.told.left_out {
            let how = match what {
                LeftOut::PluralForm => " (--all-plurals)",
                what if what.is_unfinished() => " (--with-untranslated)",
                _ => "",
            };
            terminal.note(format_args!("left out  {}{how}", what.words(count)));
        }
    }

    /// The units' own pairs, where they are to be kept.
    pub(crate) fn pins(&self, bitext: &Bitext) -> Vec<Pin> {
        if !self.kept {
            return Vec::new();
        }
        let units = units(bitext);
        let range = |range: &Range<usize>| (range.start as u32, range.end as u32);
        let pairs = units.source.iter().zip(&units.target).filter(|(s, t)| !s.is_empty() && !t.is_empty());
        pairs.map(|(source, target)| Pin::Bead(Bead::new(range(source), range(target)))).collect()
    }

    /// What the file says of the beads of a project, by their places: a bead that is a whole unit is decided as the
    /// unit was, one inside a unit that asks for review is flagged.
    pub(crate) fn decisions(&self, bitext: &Bitext, alignment: &Alignment) -> Vec<(usize, Decision)> {
        let units = units(bitext);
        let holder = |side: Side, own: &Range<usize>| {
            let ranges = units.get(side);
            let at = ranges.partition_point(|unit| unit.end <= own.start);
            ranges.get(at).filter(|unit| unit.start <= own.start && own.end <= unit.end).map(|_| at)
        };
        let mut decisions = Vec::new();
        for (place, aligned) in alignment.beads().iter().enumerate() {
            let (source, target) = (aligned.bead.source.indices(), aligned.bead.target.indices());
            let unit = holder(Side::Source, &source);
            if aligned.bead.is_null() || unit.is_none() || unit != holder(Side::Target, &target) {
                continue;
            }
            let Some(unit) = unit else { continue };
            let whole = units.source.get(unit) == Some(&source) && units.target.get(unit) == Some(&target);
            match self.decided.get(unit) {
                Some(Status::Accepted) if whole => decisions.push((place, Decision::Accepted)),
                Some(Status::Flagged) => decisions.push((place, Decision::Flagged)),
                _ => {}
            }
        }
        decisions
    }
}

/// The segments of each unit, which is a block on either side.
fn units(bitext: &Bitext) -> Sides<Vec<Range<usize>>> {
    let of = |document: &SegmentedDocument| {
        let segments = document.segments();
        let mut from = 0;
        (0..document.document().blocks().len())
            .map(|block| {
                let start = from;
                from += segments[start..].iter().take_while(|s| s.block as usize == block).count();
                start..from
            })
            .collect()
    };
    bitext.documents.as_ref().map(of)
}
