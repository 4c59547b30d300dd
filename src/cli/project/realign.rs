//! `realign`: aligns again what nobody decided on.

use anyhow::Result;
use muqabala::export::counted;
use muqabala::project::{Edit, EditError, ProjectError, ProjectFile, Stamp};
use muqabala::session::{self, PipelineAligner};

use crate::cli::args::project::RealignCommand;
use crate::cli::project;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &RealignCommand, terminal: Terminal) -> Result<Exit> {
    let mut file = ProjectFile::open(&command.project)?;
    let kept = file.project().beads().filter(|b| b.attributes.is_fixed()).count();
    let reviewer = file.project().settings().reviewer.clone();
    let stamp = Stamp { at: project::now(), reviewer: &reviewer };
    // What was accepted since teaches words too.
    file.set_lexicon(session::learn(file.project()))?;
    let aligner = PipelineAligner::of(file.project());
    let said = match file.edit(Edit::Realign { around: None }, stamp, &aligner) {
        Ok(change) => {
            format!("made {} anew, {} stayed", counted(change.made.len(), "pair"), counted(kept, "fixed one"))
        }
        Err(ProjectError::Edit(EditError::Nothing)) => "nothing changed".to_owned(),
        Err(error) => return Err(error.into()),
    };
    terminal.note(said);
    Ok(Exit::Done)
}
