//! Files that are being written, under a name of their own beside the one that they will have.
//!
//! In: where the file will stand. Out: a [`PartFile`] to write into. Guarantee: it takes its name only by
//! [`PartFile::persist`]; else it is removed, at the latest by [`discard_unfinished`].

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The unfinished files of this process.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the temporary files of all that is being written. Only for a process that ends at once, such as one
/// that was interrupted: what is under way fails.
pub fn discard_unfinished() {
    for path in std::mem::take(&mut *unfinished()) {
        // Nobody is left to tell; one that was just put in its place has another name.
        let _ = std::fs::remove_file(path);
    }
}

/// An unfinished file, removed if it is not put in its place.
pub(crate) struct PartFile {
    file: NamedTempFile,
    _listed: Listed,
}

/// Keeps a file among the unfinished ones of this process.
struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        unfinished().remove(&self.0);
    }
}

impl PartFile {
    /// An empty file in the folder of `path`, with the permissions of a new file, not those of a private one.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => Self::in_folder(parent),
            _ => Self::in_folder(Path::new(".")),
        }
    }

    /// As [`PartFile::beside`] for a file in `folder`.
    pub(crate) fn in_folder(folder: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".muqabala-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(without_path)?;
        unfinished().insert(file.path().to_owned());
        let listed = Listed(file.path().to_owned());
        Ok(Self { file, _listed: listed })
    }

    /// The name that it has for now.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    pub(crate) fn as_file(&self) -> &File {
        self.file.as_file()
    }

    pub(crate) fn as_file_mut(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives it the name `path`; a file that had it is replaced.
    pub(crate) fn persist(self, path: &Path) -> io::Result<()> {
        self.file.persist(path).map_err(|failed| failed.error)?;
        Ok(())
    }
}

/// The error without the temporary name, which tells nobody anything.
fn without_path(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ (ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded) => kind.into(),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_put_in_place_is_removed_and_no_longer_listed() {
        let folder = tempfile::tempdir().unwrap();
        let dropped = PartFile::in_folder(folder.path()).unwrap();
        let name = dropped.path().to_owned();
        assert!(name.exists() && unfinished().contains(&name));
        drop(dropped);
        assert!(!name.exists() && !unfinished().contains(&name));

        let place = folder.path().join("whole");
        let kept = PartFile::beside(&place).unwrap();
        let name = kept.path().to_owned();
        assert_eq!(name.parent(), Some(folder.path()));
        kept.persist(&place).unwrap();
        assert!(place.exists() && !name.exists() && !unfinished().contains(&name));
    }

    #[test]
    fn an_error_does_not_speak_of_the_temporary_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = PartFile::in_folder(&folder.path().join("no such folder")).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(!error.to_string().contains("muqabala"), "{error}");
    }
}
