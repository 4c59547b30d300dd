//! `export`: the reviewed beads of a project in a file format.

use anyhow::Result;
use muqabala::export::{self, Only, Selection};
use muqabala::project::store;

use super::args::{ExportCommand, OnlyName};
use super::exit::Exit;
use super::output;
use super::terminal::Terminal;

pub(crate) fn execute(command: &ExportCommand, terminal: Terminal) -> Result<Exit> {
    let plan = output::plan(&command.output)?;
    let (project, _) = store::read(&command.project)?;
    let mut selection = Selection::default();
    selection.only = match command.only {
        OnlyName::All => Only::All,
        OnlyName::Accepted => Only::Accepted,
    };
    selection.min_confidence = command.min_confidence;
    let written = project.beads().filter(|b| selection.takes(b)).count();
    let beads = export::reviewed(&project, selection);
    output::write(beads, project.languages().clone(), &plan, &command.readable, terminal)?;
    terminal.note(format_args!("exported {written} of {} beads", project.len()));
    Ok(Exit::Done)
}
