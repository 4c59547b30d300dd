//! Errors of the program: what went wrong and what the user can do.

use std::io::ErrorKind;
use std::path::Path;

use muqabala::doctor::DoctorError;
use muqabala::export::file::WriteError;
use muqabala::project::ProjectError;
use muqabala::read::ReadError;

use super::near;

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
        } else if let Some(ProjectError::Missing(path)) = cause.downcast_ref::<ProjectError>() {
            meant(path)
        } else if let Some(doctor) = cause.downcast_ref::<DoctorError>() {
            doctor.hint().map(str::to_owned)
        } else {
            let write = cause.downcast_ref::<WriteError>()?;
            Some(hint_of_write(write.source.kind()).to_owned())
        }
    })
}

/// The file that was probably meant by a name that no file has.
fn meant(path: &Path) -> Option<String> {
    near::file_near(path).map(|found| format!("did you mean {found}?"))
}

fn hint_of_write(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space, or write elsewhere",
        _ => "check that the folder exists and that you may write there",
    }
}

/// Whether the reader of standard output went away, which is no error of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == ErrorKind::BrokenPipe)
}
