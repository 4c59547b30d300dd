//! What the commands on projects share: making one, opening one, what to say of one.

pub(crate) mod compare;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod merge;
pub(crate) mod realign;
pub(crate) mod review;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod update;

use std::path::Path;

use anyhow::Result;
use muqabala::bitext::{Bitext, Sides};
use muqabala::pipeline::AlignOptions;
use muqabala::project::{Decision, ProjectFile};
use muqabala::session;

use crate::cli::setup::output;
use crate::cli::terminal::failure::Failure;

/// Saves an alignment as a new project, with what it was made with, the words that it teaches, and what was decided
/// about beads before, by their places.
pub(crate) fn save(
    path: &Path,
    bitext: &Bitext,
    alignment: muqabala::bitext::Alignment,
    names: Sides<String>,
    options: &AlignOptions,
    decisions: &[(usize, Decision)],
) -> Result<ProjectFile> {
    let names = names.map(file_name);
    let mut project = session::begin(bitext, alignment, names, options);
    for &(place, decision) in decisions {
        project.set_decision(place, decision);
    }
    Ok(ProjectFile::create(path, project)?)
}

/// The name without its folders: those on this machine are nobody else's business.
pub(crate) fn file_name(name: String) -> String {
    match Path::new(&name).file_name() {
        Some(file) => file.to_string_lossy().into_owned(),
        None => name,
    }
}

/// Refuses a place where no project can be made before any work is done.
pub(crate) fn check_new(path: &Path) -> Result<()> {
    if path.exists() {
        return Err(exists_already(path).into());
    }
    output::check_writable(path)
}

/// Why a project is not made where a file is already.
fn exists_already(path: &Path) -> Failure {
    Failure::new(
        format!("{} exists already", path.display()),
        format!("to go on with it, run `muqabala review {}`; or name another with --save", path.display()),
    )
}

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64)
}
