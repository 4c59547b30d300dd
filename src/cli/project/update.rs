//! `update`: takes a project over to new versions of its documents.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use muqabala::bitext::{BlockKind, Side, Sides};
use muqabala::export::counted;
use muqabala::project::{Decision, Project, ProjectFile, store};
use muqabala::read::Format;
use muqabala::segment::SegmentOptions;
use muqabala::session::{self, Lost, NewVersion, Update};
use serde_json::{Value, json};

use crate::cli::args::project::UpdateCommand;
use crate::cli::project;
use crate::cli::setup::cutting;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &UpdateCommand, terminal: Terminal) -> Result<Exit> {
    let cutting = cutting::options(command.read.srx.as_deref())?;
    let new = |project: &Project| -> Result<Sides<Option<NewVersion>>> {
        let side = |path: &Option<PathBuf>, side| {
            path.as_deref().map(|path| read(command, path, project, side, &cutting, terminal)).transpose()
        };
        Ok(Sides::new(side(&command.source, Side::Source)?, side(&command.target, Side::Target)?))
    };
    if let Some(path) = &command.save {
        project::check_new(path)?;
        let (old, _) = store::read(&command.project)?;
        let update = session::update(&old, new(&old)?)?;
        let file = ProjectFile::create(path, update.project.clone())?;
        tell(command, &update, file.path(), None, terminal)?;
        return Ok(Exit::Done);
    }
    let file = ProjectFile::open(&command.project)?;
    let old = file.project().clone();
    let update = session::update(&old, new(&old)?)?;
    if is_same(&old, &update.project) {
        terminal.note("nothing changed");
        return Ok(Exit::Done);
    }
    let kept = free_name(&command.project);
    let file = file.supersede(&kept, update.project.clone())?;
    tell(command, &update, file.path(), Some(&kept), terminal)?;
    Ok(Exit::Done)
}

fn read(
    command: &UpdateCommand,
    path: &Path,
    project: &Project,
    side: Side,
    cutting: &SegmentOptions,
    terminal: Terminal,
) -> Result<NewVersion> {
    let lang = project.languages().get(side);
    let lang = (!lang.is("und")).then_some(lang);
    let mut options = command.read.options(None, lang);
    // A text of one segment a line stays one.
    let lines = project.segments(side).iter().all(|s| s.kind == BlockKind::Presegmented);
    let is_text = path.extension().is_none_or(|extension| extension.eq_ignore_ascii_case("txt"));
    if lines && is_text && !project.segments(side).is_empty() && options.format.is_none() {
        options.format = Some(Format::Lines);
        terminal.note(format_args!("{}: one segment a line, as before", path.display()));
    }
    let prepared = stages::prepare(path, &options, lang, cutting)
        .with_context(|| format!("the new version of the {side}"))?;
    prepared.warn(terminal);
    Ok(NewVersion { name: project::file_name(prepared.name), document: prepared.text.document })
}

/// Whether nothing in the texts or in what was said of them is another.
fn is_same(old: &Project, new: &Project) -> bool {
    let texts = Side::BOTH.iter().all(|&side| {
        old.text(side) == new.text(side)
            && old.name(side) == new.name(side)
            && old.segments(side) == new.segments(side)
    });
    let said = |project: &Project| -> Vec<_> {
        project.beads().map(|bead| (bead.places, bead.attributes.clone())).collect()
    };
    texts && said(old) == said(new)
}

/// The first free name for the project as it was: `law.before-update.muq`, `law.before-update-2.muq`, ….
fn free_name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let mut names = (1_u32..).map(|number| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        path.with_file_name(format!("{stem}.before-update{number}{extension}"))
    });
    names.find(|name| !name.exists()).unwrap_or_else(|| path.with_extension("old.muq"))
}

fn tell(
    command: &UpdateCommand,
    update: &Update,
    path: &Path,
    kept: Option<&Path>,
    terminal: Terminal,
) -> Result<()> {
    Terminal::write_results(|out| {
        if command.json {
            let value = as_json(update, path, kept);
            return writeln!(out, "{value}");
        }
        write_text(update, command.show, out)
    })?;
    if !update.lost.is_empty() {
        terminal.warn(
            format_args!(
                "decisions, comments or pins on {} whose text is gone",
                counted(update.lost.len(), "pair")
            ),
            Some("they are listed; comments and flags went to the pairs that hold what is left"),
        );
    }
    if !update.corrections.is_empty() {
        let count = counted(update.corrections.len(), "corrected segment");
        terminal.warn(format_args!("{count} whose text is gone"), Some("they are listed"));
    }
    if update.bookmarks > 0 {
        let count = counted(update.bookmarks, "bookmark");
        terminal.warn(format_args!("{count} at texts that are gone"), None);
    }
    terminal.note(format_args!("wrote     {}", path.display()));
    if let Some(kept) = kept {
        terminal.note(format_args!(
            "kept      {}: the project as it was; undo begins anew, and going back is opening that one",
            kept.display()
        ));
    }
    Ok(())
}

fn write_text(update: &Update, show: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "kept       {}", update.kept)?;
    if update.respelt > 0 {
        writeln!(
            out,
            "           {} of them with other blanks, unseen marks or vowel signs",
            update.respelt
        )?;
    }
    writeln!(out, "anew       {}", update.fresh.len())?;
    writeln!(out, "gone       {}", update.gone)?;
    if update.fulfilled > 0 {
        let count = counted(update.fulfilled, "correction");
        writeln!(out, "corrected  {count} now in the documents themselves")?;
    }
    let project = &update.project;
    if !update.lost.is_empty() {
        writeln!(out, "\nSaid of pairs that are gone:")?;
    }
    for lost in &update.lost {
        writeln!(out, "\n{}  {}", lost.position + 1, said_of(lost))?;
        for side in Side::BOTH {
            writeln!(out, "  {}", shown(lost.texts.get(side)))?;
        }
    }
    if !update.corrections.is_empty() {
        writeln!(out, "\nCorrections of texts that are gone:")?;
    }
    for lost in &update.corrections {
        writeln!(out, "\n  {}\n  {}", shown(&lost.original), shown(&lost.corrected))?;
    }
    if !update.fresh.is_empty() && show > 0 {
        writeln!(out, "\nAligned anew:")?;
    }
    for &position in update.fresh.iter().take(show) {
        let Some(bead) = project.bead_at(position) else { continue };
        let confidence = bead.score.confidence.map_or("-".to_owned(), |c| format!("{c:.2}"));
        writeln!(out, "\n{}  {}  {confidence}", position + 1, project.bead_type(bead))?;
        for side in Side::BOTH {
            writeln!(out, "  {}", shown(&project.bead_text(side, bead)))?;
        }
    }
    let more = update.fresh.len().saturating_sub(show);
    if more > 0 && show > 0 {
        writeln!(out, "\nand {more} more; all with --json")?;
    }
    Ok(())
}

/// A text on one line; all of it, for it may stand nowhere else.
fn shown(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.replace(char::is_control, " ") }
}

fn said_of(lost: &Lost) -> String {
    let said = &lost.attributes;
    let mut parts = Vec::new();
    if said.decision != Decision::Pending {
        parts.push(said.decision.to_string());
    }
    if said.pinned {
        parts.push("pinned".to_owned());
    }
    if let Some(reviewer) = &said.reviewer {
        parts.push(format!("by {}", shown(reviewer)));
    }
    if !said.comment.is_empty() {
        parts.push(format!("comment: {}", shown(&said.comment)));
    }
    if let Some(now) = lost.now {
        parts.push(format!("now pair {}", now + 1));
    }
    parts.join(", ")
}

fn as_json(update: &Update, path: &Path, kept: Option<&Path>) -> Value {
    let project = &update.project;
    let fresh = update.fresh.iter().filter_map(|&position| {
        let bead = project.bead_at(position)?;
        Some(json!({
            "pair": position + 1,
            "type": project.bead_type(bead).to_string(),
            "confidence": bead.score.confidence,
            "source": project.bead_text(Side::Source, bead),
            "target": project.bead_text(Side::Target, bead),
        }))
    });
    let lost = update.lost.iter().map(|lost| {
        json!({
            "pair": lost.position + 1,
            "decision": lost.attributes.decision,
            "pinned": lost.attributes.pinned,
            "comment": lost.attributes.comment,
            "reviewer": lost.attributes.reviewer,
            "source": lost.texts.source,
            "target": lost.texts.target,
            "now": lost.now.map(|now| now + 1),
        })
    });
    let corrections = update.corrections.iter().map(|lost| {
        json!({
            "side": lost.side.to_string(),
            "original": lost.original,
            "corrected": lost.corrected,
        })
    });
    json!({
        "project": path.to_string_lossy(),
        "old": kept.map(|kept| kept.to_string_lossy()),
        "kept": update.kept,
        "respelt": update.respelt,
        "gone": update.gone,
        "corrections-fulfilled": update.fulfilled,
        "bookmarks-lost": update.bookmarks,
        "fresh": fresh.collect::<Vec<_>>(),
        "lost": lost.collect::<Vec<_>>(),
        "corrections": corrections.collect::<Vec<_>>(),
    })
}
