//! Files that are written whole or not at all.
//!
//! In: a path and what to write. Out: the file. Guarantee: under its name stands what was there before or what was
//! written to its end; [`discard_unfinished`] leaves nothing of files under way.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::part_file::{PartFile, check_name, descriptor, place_of};

pub use crate::part_file::{FileIdentity, discard_unfinished, take_removed};

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
///
/// What is no file is written to as it stands, and keeps its place: a device, a pipe, and a name of an open file of this
/// process, such as `/dev/stdout`.
pub fn write_whole<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<T>,
) -> Result<T, WriteError> {
    write_whole_if(path, write, |_, _| Ok(()))
}

/// As [`write_whole`]; before a file that is there is replaced, `allowed` looks at it and at the new one, by their
/// paths, and may refuse by an error.
pub fn write_whole_if<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<T>,
    allowed: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> Result<T, WriteError> {
    let fail = |source| WriteError { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(fail(io::Error::from(ErrorKind::IsADirectory)));
    }
    check_name(path).map_err(fail)?;
    if is_stream(path) {
        return stream(path).and_then(|mut file| into(&mut file, write)).map_err(fail);
    }
    // Through a symbolic link, so that the link stays one.
    let place = place_of(path);
    let before = std::fs::metadata(&place).ok();
    if before.is_some() {
        // Renaming would replace a write-protected file without asking.
        File::options().write(true).open(&place).map_err(fail)?;
    }
    let mut part = PartFile::beside(&place).map_err(fail)?;
    (|| {
        let value = into(part.as_file_mut(), write)?;
        if let Some(before) = before {
            allowed(&place, part.path())?;
            part.as_file().set_permissions(before.permissions())?;
        }
        part.persist(&place)?;
        Ok(value)
    })()
    .map_err(fail)
}

/// Whether what is written to `path` is written to what stands there, and replaces nothing: a device, a pipe, or an open
/// file of this process by such a name as `/dev/stdout`.
pub fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| !m.is_file() || descriptor(path).is_some())
}

/// What stands at `path`, to be written to: standard output and error as they are open, so that others who write there
/// go on where this program ended; what else is a file behind a number is written to at its end.
fn stream(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let open = match descriptor(path) {
            Some(1) => {
                io::stdout().flush()?;
                Some(io::stdout().as_fd().try_clone_to_owned()?)
            }
            Some(2) => Some(io::stderr().as_fd().try_clone_to_owned()?),
            _ => None,
        };
        if let Some(open) = open {
            return Ok(open.into());
        }
    }
    let is_file = std::fs::metadata(path).is_ok_and(|m| m.is_file());
    File::options().write(true).append(is_file).open(path)
}

/// Finds out whether a file may be written into `folder`, by making one and removing it.
pub fn check_folder(folder: &Path) -> io::Result<()> {
    PartFile::in_folder(folder).map(drop)
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
