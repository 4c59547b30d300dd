//! A document that holds two languages in turn as input.

use std::path::Path;

use anyhow::Result;
use muqabala::bitext::{Side, Sides};
use muqabala::export::counted;
use muqabala::pipeline::{self, NotApart};
use muqabala::read::{self, Input, Lines, ReadDocument};
use muqabala::segment::SegmentOptions;

use crate::cli::args::AlignCommand;
use crate::cli::setup::stages::{self, Prepared};
use crate::cli::terminal::failure::Failure;

/// Pieces that a message shows, and the letters of each.
const SHOWN: usize = 3;
const LONGEST: usize = 40;

/// Reads `path`, takes it apart, and segments both parts.
pub(crate) fn prepare(
    command: &AlignCommand,
    path: &Path,
    cutting: &SegmentOptions,
) -> Result<Sides<Prepared>> {
    let input = Input::from_argument(path);
    let name = input.name();
    let mut options = command.read.options(None, None);
    options.lines = Lines::AsTheyStand;
    let read = read::read(&input, &options)?;
    let wanted = Sides::new(Side::Source, Side::Target).map(|side| command.languages.get(side).cloned());
    let apart = pipeline::take_apart(&read, &wanted).map_err(|why| {
        let hint = match why {
            NotApart::Missing(_) => "check the languages that you named, or leave them out",
            _ => "name them with --source-lang and --target-lang; two documents are aligned by `align SOURCE TARGET`",
        };
        Failure::new(format!("{name}: {why}"), hint)
    })?;
    let part = |document, lang: Option<_>| {
        let mut part = ReadDocument::new(document, read.format, read.encoding);
        part.warnings.clear();
        stages::prepare_read(name.clone(), part, lang.as_ref(), cutting)
    };
    let Sides { source, target } = apart.documents;
    let mut source = part(source, apart.languages.source);
    let target = part(target, apart.languages.target);
    source.warnings.extend(read.warnings);
    source.warnings.extend(left_out(&name, &apart.left_out));
    Ok(Sides::new(source, target))
}

/// Says what belongs to neither part.
fn left_out(name: &str, pieces: &[String]) -> Option<(String, Option<&'static str>)> {
    if pieces.is_empty() {
        return None;
    }
    let shown = |piece: &String| match piece.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("«{}…»", &piece[..at]),
        None => format!("«{piece}»"),
    };
    let named: Vec<String> = pieces.iter().take(SHOWN).map(shown).collect();
    let more = if pieces.len() > SHOWN { ", …" } else { "" };
    let message = format!(
        "{name}: left out {} of which the language could not be told: {}{more}",
        counted(pieces.len(), "piece"),
        named.join(", ")
    );
    Some((message, Some("what has both languages in one piece must be put on lines of its own")))
}
