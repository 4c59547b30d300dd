//! `history`: every edit of a project, in order.

use anyhow::Result;
use muqabala::export::counted;
use muqabala::project::{Action, Step, store};
use muqabala::tmx::Timestamp;

use crate::cli::args::project::HistoryCommand;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &HistoryCommand) -> Result<Exit> {
    let (_, journal) = store::read(&command.project)?;
    let entries = journal.entries();
    let from = command.last.map_or(0, |n| entries.len().saturating_sub(n));
    Terminal::write_results(|out| {
        for entry in &entries[from..] {
            let seconds = u64::try_from(entry.at / 1000).unwrap_or(0);
            let at = Timestamp::from_unix(seconds).map_or_else(String::new, |t| t.to_string());
            let who = if entry.reviewer.is_empty() { "-" } else { &entry.reviewer };
            let what = match &entry.action {
                Action::Edit { edit, steps } => {
                    let beads: usize = steps
                        .iter()
                        .map(|s| if let Step::Beads { added, .. } = s { added.len() } else { 0 })
                        .sum();
                    let edit = serde_json::to_string(edit).unwrap_or_default();
                    if beads > 0 { format!("{edit}\tmade {}", counted(beads, "pair")) } else { edit }
                }
                Action::Undo { of } => format!("undo of {of}"),
                Action::Redo { of } => format!("redo of {of}"),
            };
            writeln!(out, "{}\t{at}\t{}\t{what}", entry.number, who.replace(char::is_control, " "))?;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}
