//! `merge`: takes another reviewer's work over into a project of the same texts.

use std::io::{self, Write};

use anyhow::Result;
use muqabala::bitext::Side;
use muqabala::export::counted;
use muqabala::project::{AdoptError, Adopted, Project, ProjectFile, Region, Stamp, store};
use serde_json::json;

use super::compare::{refuse_one_file, refused};
use crate::cli::args::project::MergeCommand;
use crate::cli::project;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

/// As many characters of a text or comment are shown.
const SHOWN: usize = 1000;

pub(crate) fn execute(command: &MergeCommand, terminal: Terminal) -> Result<Exit> {
    refuse_one_file(&command.project, &command.other)?;
    let other = store::read_to_adopt(&command.other)?;
    let mut file = ProjectFile::open(&command.project)?;
    // Conflicts are told by the places before anything is taken.
    let before = file.project().clone();
    let reviewer = before.settings().reviewer.clone();
    let from = project::file_name(command.other.to_string_lossy().into_owned());
    let stamp = Stamp { at: project::now(), reviewer: &reviewer };
    let adopted = file.adopt(&other, &from, stamp).map_err(|error| match error {
        AdoptError::Compare(error) => refused(error, &command.project, &command.other),
        AdoptError::Project(error) => error.into(),
        error @ AdoptError::Edit(_) => Failure::new(
            format!("{}: {error}", command.other.display()),
            "nothing was taken over; ask for another copy of that project",
        )
        .into(),
    })?;
    Terminal::write_results(|out| {
        if command.json {
            writeln!(out, "{}", as_json(&adopted))
        } else {
            write_text(&adopted, &before, &other, out)
        }
    })?;
    if adopted.taken() == 0 {
        terminal.note("nothing was taken over");
    } else {
        let taken = counted(adopted.taken(), "thing");
        terminal.note(format_args!("took over {taken}, as one edit that undo takes back"));
    }
    if !adopted.unfit.is_empty() {
        terminal.warn(
            format_args!(
                "{} left as it was, for the other project says there what this program would not have written: a \
                 comment, a corrected text or a name that is too long, or a corrected text that is empty",
                counted(adopted.unfit.len(), "place")
            ),
            Some("they are listed above; look at them in the other project"),
        );
    }
    if adopted.conflicts.is_empty() {
        return Ok(if adopted.unfit.is_empty() { Exit::Done } else { Exit::Below });
    }
    terminal.warn(
        format_args!(
            "{} left as it was, for both say something else",
            counted(adopted.conflicts.len(), "place")
        ),
        Some("they are listed above; decide them in `muqabala review`"),
    );
    Ok(Exit::Below)
}

fn write_text(adopted: &Adopted, own: &Project, other: &Project, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "decisions    {}", adopted.decisions)?;
    writeln!(out, "comments     {}", adopted.comments)?;
    writeln!(out, "corrections  {}", adopted.corrections)?;
    writeln!(out, "pins         {}", adopted.pins)?;
    writeln!(out, "cuts         {}", adopted.cuts)?;
    writeln!(out, "conflicts    {}", adopted.conflicts.len())?;
    if !adopted.unfit.is_empty() {
        writeln!(out, "unfit        {}", adopted.unfit.len())?;
    }
    let line = |text: &str| {
        let (shown, more) = match text.char_indices().nth(SHOWN) {
            Some((end, _)) => (&text[..end], "…"),
            None => (text, ""),
        };
        format!("{}{more}", shown.replace(char::is_control, " "))
    };
    for region in adopted.conflicts.iter().chain(&adopted.unfit) {
        writeln!(out)?;
        for (who, project, places) in [("here", own, &region.first), ("there", other, &region.second)] {
            for bead in places.iter().filter_map(|&at| Some((at, project.bead_at(at)?))) {
                let (at, bead) = bead;
                let said = &bead.attributes;
                let comment = if said.comment.is_empty() {
                    String::new()
                } else {
                    format!(", {}", line(&said.comment))
                };
                writeln!(out, "{who:<6} {}  {}{comment}", at + 1, said.decision)?;
                for side in Side::BOTH {
                    let text = project.bead_text(side, bead);
                    writeln!(out, "  {}", if text.is_empty() { "-".to_owned() } else { line(&text) })?;
                }
            }
        }
    }
    Ok(())
}

fn as_json(adopted: &Adopted) -> serde_json::Value {
    let pairs = |places: &[usize]| places.iter().map(|at| at + 1).collect::<Vec<_>>();
    let places = |regions: &[Region]| -> Vec<_> {
        let place = |region: &Region| json!({ "here": pairs(&region.first), "there": pairs(&region.second) });
        regions.iter().map(place).collect()
    };
    json!({
        "decisions": adopted.decisions,
        "comments": adopted.comments,
        "corrections": adopted.corrections,
        "pins": adopted.pins,
        "cuts": adopted.cuts,
        "conflicts": places(&adopted.conflicts),
        "unfit": places(&adopted.unfit),
    })
}
