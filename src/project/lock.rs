//! One writer at a time: a lock beside the project file.
//!
//! In: the path of a project. Out: a [`Lock`] held until it is dropped, or who holds it. Guarantee: the operating
//! system lets go of the lock when the process ends, however it ends; the file `NAME.muq.lock` that is left behind
//! then stops nobody.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::ProjectError;
use super::place;
use crate::part_file::{self, Listed};

/// How each lock begins.
const HOLDER: &str = "process ";

/// The right to write to a project.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// What is said to those who come second.
    holder: String,
    /// An interrupt removes it.
    _listed: Listed,
}

impl Lock {
    /// Takes the lock of `project`.
    pub(super) fn take(project: &Path) -> Result<Self, ProjectError> {
        let path = place::with_suffix(project, ".lock");
        let io = |source| ProjectError::Io { path: path.clone(), source };
        // A pipe would be waited for; and what is no file is nobody's lock.
        part_file::regular(&path).map_err(io)?;
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // The holder's name is a courtesy; some systems do not let a locked file be read.
                let _ = file.read_to_string(&mut holder);
                let holder = if holder.is_empty() { "unknown process".to_owned() } else { holder };
                return Err(ProjectError::Locked { path: project.to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        if !is_own(&mut file).map_err(io)? {
            let why = "it is no lock of muqabala; move it away, so that the project can be opened";
            return Err(io(std::io::Error::new(std::io::ErrorKind::AlreadyExists, why)));
        }
        let mut lock = Self { file, path: path.clone(), holder: String::new(), _listed: Listed::new(&path) };
        lock.say(&format!("{HOLDER}{}", std::process::id())).map_err(io)?;
        Ok(lock)
    }

    /// Says who holds the lock, for those who come second.
    pub(super) fn say(&mut self, who: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(who.as_bytes())?;
        self.file.flush()?;
        who.clone_into(&mut self.holder);
        Ok(())
    }

    /// Takes the lock again if somebody removed its file.
    pub(super) fn renew(&mut self) -> Result<(), ProjectError> {
        if self.path.exists() {
            return Ok(());
        }
        let io = |source| ProjectError::Io { path: self.path.clone(), source };
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create_new(true).open(&self.path).map_err(io)?;
        file.try_lock().map_err(|error| io(error.into()))?;
        self.file = file;
        self.say(&self.holder.clone()).map_err(|source| ProjectError::Io { path: self.path.clone(), source })
    }
}

/// Whether a file is a lock that was left behind, or begun, and not a file of the user's by the same name.
fn is_own(file: &mut File) -> std::io::Result<bool> {
    let mut head = Vec::new();
    file.take(HOLDER.len() as u64).read_to_end(&mut head)?;
    Ok(HOLDER.as_bytes().starts_with(&head))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a file left behind stops nobody, and every write checks the revision besides.
        let _ = std::fs::remove_file(&self.path);
    }
}
