//! `status`: how far the review of a project is, and what is doubtful.

use anyhow::Result;
use muqabala::bitext::{Side, rounded_down};
use muqabala::project::{Project, store};

use crate::cli::args::project::StatusCommand;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &StatusCommand) -> Result<Exit> {
    let (project, journal) = store::read(&command.project)?;
    let counts = project.counts();
    let decided = counts.beads - counts.pending - counts.flagged;
    Terminal::write_results(|out| {
        writeln!(out, "pairs      {}", counts.beads)?;
        writeln!(out, "decided    {decided}")?;
        writeln!(out, "accepted   {}", counts.accepted)?;
        writeln!(out, "rejected   {}", counts.rejected)?;
        writeln!(out, "flagged    {}", counts.flagged)?;
        writeln!(out, "pending    {}", counts.pending)?;
        writeln!(out, "doubtful   {}", counts.doubtful)?;
        writeln!(out, "comments   {}", counts.commented)?;
        writeln!(out, "edits      {}", journal.revision())?;
        let doubtful =
            project.beads().enumerate().filter(|(_, b)| Project::is_doubtful(b)).take(command.doubtful);
        for (position, bead) in doubtful {
            let confidence = bead.confidence().map_or("-".to_owned(), |c| format!("{:.2}", rounded_down(c)));
            let start = |side| project.bead_text(side, bead).chars().take(60).collect::<String>();
            writeln!(out, "\n{}  {}  {confidence}", position + 1, project.bead_type(bead))?;
            for side in Side::BOTH {
                let text = start(side).replace(char::is_control, " ");
                writeln!(out, "  {}", if text.is_empty() { "-" } else { &text })?;
            }
        }
        Ok(())
    })?;
    Ok(if counts.is_finished() { Exit::Done } else { Exit::Below })
}
