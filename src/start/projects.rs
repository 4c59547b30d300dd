//! The projects of the folder: listing them, and renaming, copying and removing one.
//!
//! In: a folder, and the name of a project as it was listed. Out: the list; what was done. Guarantee: a name leads to
//! a project that is listed, and nowhere else; nothing that is there is replaced; what is removed goes to the bin of
//! the system, or into a folder inside, and which is said.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Serialize;

use crate::bitext::Sides;
use crate::project::store::Summary;
use crate::project::{ProjectError, ProjectFile};
use crate::review::Refusal;

use super::desk::Desk;
use super::known::look;
use super::names;
use super::trouble::{bad, conflict, gone, inner};

/// Where removed projects go if the system has no bin.
pub(super) const REMOVED: &str = "Removed";
/// The most projects that are listed.
const MOST: usize = 2000;

/// A project as the page lists it.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    /// Its name, with that of the folder inside before it, if it stands in one.
    name: String,
    documents: [String; 2],
    languages: [String; 2],
    beads: usize,
    decided: usize,
    flagged: usize,
    /// When it was opened or changed last: milliseconds since 1970.
    opened: i64,
    /// Whether a page shows it.
    shown: bool,
    /// Why nothing is known of it.
    trouble: Option<String>,
}

/// The projects of the folder and of the folders in it, by their names.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Refusal> {
    let mut found = BTreeMap::new();
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(inner)?.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if kind.is_dir() && !name.starts_with('.') && name != REMOVED {
            inside.push((name, entry.path()));
        } else if kind.is_file() {
            add(&mut found, "", &name, entry.path());
        }
    }
    for (group, folder) in inside {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if let Some(name) = name.to_str().filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) {
                add(&mut found, &format!("{group}/"), name, entry.path());
            }
        }
    }
    Ok(found)
}

fn add(found: &mut BTreeMap<String, PathBuf>, group: &str, name: &str, path: PathBuf) {
    let stem = name.strip_suffix(".muq").filter(|stem| !stem.is_empty() && !stem.starts_with('.'));
    if let Some(stem) = stem.filter(|_| found.len() < MOST) {
        found.insert(format!("{group}{stem}"), path);
    }
}

/// The names under which projects are listed.
pub(super) fn names(desk: &Desk) -> Result<BTreeSet<String>, Refusal> {
    Ok(files(&desk.folder)?.into_keys().collect())
}

/// The path of a project that is listed.
pub(super) fn path_of(desk: &Desk, name: &str) -> Result<PathBuf, Refusal> {
    files(&desk.folder)?
        .remove(name)
        .ok_or_else(|| gone("project", format!("there is no project {name} any more")))
}

/// The list, what was opened last first.
pub(super) fn list(desk: &Desk) -> Result<Vec<Listed>, Refusal> {
    let mut list: Vec<Listed> =
        files(&desk.folder)?.into_iter().map(|(name, path)| listed(desk, name, &path)).collect();
    list.sort_by(|a, b| b.opened.cmp(&a.opened).then_with(|| a.name.cmp(&b.name)));
    Ok(list)
}

fn listed(desk: &Desk, name: String, path: &Path) -> Listed {
    let changed = look(path).into_iter().flatten().map(|(time, _)| time).max();
    let changed =
        changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_millis() as i64);
    let opened = desk.recent.time(&name).unwrap_or(0).max(changed);
    let (summary, trouble) = match desk.known.summary(path) {
        Ok(summary) => (summary, None),
        Err(error) => (Summary::default(), Some(error.to_string())),
    };
    let both = |sides: Sides<String>| [sides.source, sides.target];
    Listed {
        name,
        documents: both(summary.names),
        languages: both(summary.languages),
        beads: summary.beads,
        decided: summary.beads - summary.pending - summary.flagged,
        flagged: summary.flagged,
        opened,
        shown: desk.opened.is_shown(path),
        trouble,
    }
}

/// The name under which `path` is listed.
pub(super) fn name_of(desk: &Desk, path: &Path) -> String {
    let inside = path.strip_prefix(&desk.folder).unwrap_or(path).with_extension("");
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Gives a project another name; it stays in its folder.
pub(super) fn rename(desk: &Desk, name: &str, new: &str) -> Result<String, Refusal> {
    let path = path_of(desk, name)?;
    let new = names::file(new).ok_or_else(|| bad("the new name is empty"))?;
    let to = path.with_file_name(format!("{new}.muq"));
    if to == path {
        return Ok(name.to_owned());
    }
    if to.exists() {
        return Err(conflict("taken", format!("there is a project {new} already")));
    }
    free(desk, &path)?;
    std::fs::rename(&path, &to).map_err(inner)?;
    let listed = name_of(desk, &to);
    desk.recent.rename(name, Some(&listed));
    Ok(listed)
}

/// Copies a project, journal and all, beside it; gives the name of the copy.
pub(super) fn copy(desk: &Desk, name: &str) -> Result<String, Refusal> {
    let path = path_of(desk, name)?;
    desk.opened.close(&path)?;
    let file = ProjectFile::open(&path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let to = names::free(path.parent().unwrap_or(&desk.folder), &stem);
    file.copy_to(&to)?;
    Ok(name_of(desk, &to))
}

/// Removes a project; says whether it is in the system's bin, or in the folder `Removed`.
pub(super) fn remove(desk: &Desk, name: &str) -> Result<&'static str, Refusal> {
    let path = path_of(desk, name)?;
    free(desk, &path)?;
    let place = if trash::delete(&path).is_ok() {
        "bin"
    } else {
        let folder = desk.folder.join(REMOVED);
        std::fs::create_dir_all(&folder).map_err(inner)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        std::fs::rename(&path, names::free(&folder, &stem)).map_err(inner)?;
        "folder"
    };
    desk.recent.rename(name, None);
    Ok(place)
}

/// Sees to it that nobody has the project open and that all of it stands in its file.
fn free(desk: &Desk, path: &Path) -> Result<(), Refusal> {
    desk.opened.close(path)?;
    match ProjectFile::open(path) {
        // Closed again, its log is part of the file.
        Ok(file) => drop(file),
        Err(locked @ ProjectError::Locked { .. }) => return Err(locked.into()),
        // What cannot be opened can still be moved.
        Err(_) => {}
    }
    Ok(())
}
