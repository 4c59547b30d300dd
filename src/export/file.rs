//! Files that are written whole or not at all.
//!
//! In: a path and what to write. Out: the file. Guarantee: under its name stands what was there before or what was
//! written to its end; [`discard_unfinished`] leaves nothing of files under way.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The temporary files of this process.
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

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the operating system says.
    pub source: io::Error,
}

/// Writes the file `path` by `write`: into a temporary file in the same folder, which takes the file's name
/// when all went well. After an error the file is as it was before.
pub fn write_whole<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<T>,
) -> Result<T, WriteError> {
    let fail = |source| WriteError { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(fail(io::Error::from(ErrorKind::IsADirectory)));
    }
    // A device or a pipe cannot be replaced; it is written to.
    if std::fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        let mut file = File::options().write(true).open(path).map_err(fail)?;
        return into(&mut file, write).map_err(fail);
    }
    // Through a symbolic link, so that the link stays one.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let before = std::fs::metadata(&place).ok();
    if before.is_some() {
        // Renaming would replace a write-protected file without asking.
        File::options().write(true).open(&place).map_err(fail)?;
    }
    let mut temporary = new_file_in(folder).map_err(fail)?;
    let name = temporary.path().to_owned();
    unfinished().insert(name.clone());
    let done = (|| {
        let value = into(temporary.as_file_mut(), write)?;
        if let Some(before) = before {
            temporary.as_file().set_permissions(before.permissions())?;
        }
        temporary.persist(&place).map_err(|e| e.error)?;
        Ok(value)
    })();
    unfinished().remove(&name);
    done.map_err(fail)
}

/// Finds out whether a file may be written into `folder`, by making one and removing it.
pub fn check_folder(folder: &Path) -> io::Result<()> {
    new_file_in(folder).map(drop)
}

/// A temporary file with the permissions of a new file, not those of a private one.
fn new_file_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".muqabala-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).map_err(|error| match error.kind() {
        // Without the temporary name, which tells nobody anything.
        kind @ (ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded) => kind.into(),
        _ => error,
    })
}

fn into<T>(file: &mut File, write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<T>) -> io::Result<T> {
    let mut buffered = BufWriter::new(file);
    let value = write(&mut buffered)?;
    buffered.flush()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.tsv");
        write_whole(&path, |out| out.write_all(b"before")).unwrap();
        let failed = write_whole(&path, |out| {
            out.write_all(b"half")?;
            out.flush()?;
            Err::<(), _>(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_whole(folder.path(), |_| Ok(())).is_err());
        assert!(write_whole(&folder.path().join("no/such"), |_| Ok(())).is_err());
    }
}
