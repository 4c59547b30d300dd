//! `export`: the reviewed pairs of a project in a file format.

use anyhow::Result;
use muqabala::bitext::{Side, Sides};
use muqabala::export::{self, Only, ReportLanguage, Selection, counted};
use muqabala::formats::Placeholders;
use muqabala::project::{Decision, InterfaceLanguage, Project, store};

use crate::cli::args::project::{ExportCommand, OnlyName, with_status};
use crate::cli::files::Files;
use crate::cli::setup::output::{self, Destination, Plan};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &ExportCommand, files: Files, terminal: Terminal) -> Result<Exit> {
    let mut plan = output::plan(&command.output, files)?;
    if command.inline_tags {
        plan.placeholders = Placeholders::Elements;
    }
    let (project, _) = store::read(&command.project)?;
    plan.report.files =
        Some(Sides::new(Side::Source, Side::Target).map(|side| project.name(side).to_owned()));
    if command.output.report_language.is_none() {
        plan.report.language = match project.settings().interface {
            InterfaceLanguage::English => ReportLanguage::English,
            InterfaceLanguage::Arabic => ReportLanguage::Arabic,
        };
    }
    let mut selection = Selection::default();
    selection.min_confidence = command.min_confidence;
    if !command.split_by_status {
        selection.only = match command.only {
            OnlyName::All => Only::All,
            OnlyName::Accepted => Only::Accepted,
        };
        return one(&project, selection, &plan, command, terminal);
    }
    let Destination::File(path) = &plan.destination else {
        return Err(Failure::new(
            "a file for each status cannot go to standard output",
            "name a file with --output, such as pairs.tmx",
        )
        .into());
    };
    for decision in Decision::ALL.into_iter().filter(|d| *d != Decision::Rejected) {
        selection.only = Only::Decided(decision);
        // An empty file would only be in the way.
        if project.beads().any(|b| selection.takes(b)) {
            let destination = Destination::File(with_status(path, decision));
            one(
                &project,
                selection,
                &Plan { destination, files: plan.files.clone(), report: plan.report.clone(), ..plan },
                command,
                terminal,
            )?;
        }
    }
    Ok(Exit::Done)
}

fn one(
    project: &Project,
    selection: Selection,
    plan: &Plan,
    command: &ExportCommand,
    terminal: Terminal,
) -> Result<Exit> {
    let written = project.beads().filter(|b| selection.takes(b)).count();
    let verb = plan.verb();
    let beads = export::reviewed(project, selection);
    let report = output::write(beads, project.languages().clone(), plan, &command.readable, terminal)?;
    output::describe_omissions(report.as_ref(), terminal);
    let file = match &plan.destination {
        Destination::File(path) if command.split_by_status => format!(" to {}", path.display()),
        _ => String::new(),
    };
    if verb == "replaced"
        && let Destination::File(path) = &plan.destination
    {
        terminal.note(format_args!("replaced  {}", path.display()));
    }
    // Unaligned segments are beads, but no units of a memory.
    let units = report.map(|r| format!(", {}", counted(r.written.units, "unit"))).unwrap_or_default();
    terminal.note(format_args!("exported {written} of {}{file}{units}", counted(project.len(), "pair")));
    Ok(Exit::Done)
}
