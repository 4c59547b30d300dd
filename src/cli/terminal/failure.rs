//! Errors of the program: what went wrong and what the user can do.

use std::io::ErrorKind;
use std::path::Path;

use muqabala::export::file::WriteError;
use muqabala::memory::MemoryError;
use muqabala::project::ProjectError;
use muqabala::read::ReadError;
use rusqlite::ErrorCode;

use crate::cli::args::near;

/// A message with a hint.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Failure {
    message: String,
    hint: String,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// What the user can do about `error`.
pub(crate) fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            Some(failure.hint.clone())
        } else if let Some(read) = cause.downcast_ref::<ReadError>() {
            match read {
                ReadError::Missing { name } => {
                    meant(Path::new(name)).or_else(|| read.hint().map(str::to_owned))
                }
                _ => read.hint().map(str::to_owned),
            }
        } else if let Some(project) = cause.downcast_ref::<ProjectError>() {
            match project {
                ProjectError::Missing(path) => Some(hint_of_missing(path)),
                ProjectError::NotAProject(_) => Some(
                    "to make a project of two documents, run `muqabala review SOURCE TARGET`; of a translation memory, \
                     `muqabala align --from MEMORY --save NAME.muq`"
                        .to_owned(),
                ),
                ProjectError::Sqlite { source, .. } => hint_of_project(source).map(str::to_owned),
                ProjectError::Io { source, .. } => hint_of_write(source.kind()).map(str::to_owned),
                _ => None,
            }
        } else if let Some(memory) = cause.downcast_ref::<MemoryError>() {
            memory.hint().map(str::to_owned)
        } else if let Some(write) = cause.downcast_ref::<WriteError>() {
            let otherwise = "check that the folder exists and that you may write there";
            Some(hint_of_write(write.source.kind()).unwrap_or(otherwise).to_owned())
        } else {
            hint_of_write(cause.downcast_ref::<std::io::Error>()?.kind()).map(str::to_owned)
        }
    })
}

/// The file that was probably meant by a name that no file has.
fn meant(path: &Path) -> Option<String> {
    near::file_near(path).map(|found| format!("did you mean {found}?"))
}

/// For a project that is not there: one that is, or how to make one.
fn hint_of_missing(path: &Path) -> String {
    match near::file_near(path).filter(|found| Path::new(found).extension() == path.extension()) {
        Some(found) => format!("did you mean {found}?"),
        None => format!("to make a project, run `muqabala align SOURCE TARGET --save {}`", path.display()),
    }
}

fn hint_of_write(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space, or write elsewhere",
        ErrorKind::FileTooLarge => {
            "a limit of the file system or of the shell (ulimit -f) allows no larger file"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "you may not write there; name a place where you may"
        }
        _ => return None,
    })
}

fn hint_of_project(error: &rusqlite::Error) -> Option<&'static str> {
    Some(match error.sqlite_error_code()? {
        ErrorCode::DiskFull => "free some space; nothing of what was saved before is lost",
        ErrorCode::SystemIoFailure => "check that the disk works and is not full",
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            "check that you may write to the file and to its folder, or copy the project to where you may"
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another program has the file open; close it there"
        }
        _ => return None,
    })
}

/// Whether the reader of standard output went away, which is no error of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == ErrorKind::BrokenPipe)
}
