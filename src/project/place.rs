//! Where a project file stands: putting it there whole, and seeing whether it is still there.
//!
//! In: the path of a project. Out: the file in its place, or what became of it since it was opened. Guarantee: a
//! name is given only to a file that is written to its end.

use std::io;
use std::path::{Path, PathBuf};

use crate::part_file::{PartFile, numbers, regular};

/// What became of a file since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    There,
    Gone,
    /// Another file has its name.
    Replaced,
}

/// What tells a file from another of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(Option<(u64, u64)>);

impl Identity {
    /// Of the file that has this name now.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        Ok(Self(numbers(&std::fs::metadata(path)?)))
    }

    /// What became of the file, which had the name `path`.
    pub(super) fn standing(self, path: &Path) -> io::Result<Standing> {
        match Self::of(path) {
            Ok(now) if now == self => Ok(Standing::There),
            Ok(_) => Ok(Standing::Replaced),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Standing::Gone)
            }
            Err(error) => Err(error),
        }
    }
}

/// Gives a file that is written to its end the name `path`.
pub(super) fn put(part: PartFile, path: &Path) -> io::Result<()> {
    part.as_file().sync_all()?;
    // A log left behind by a file of the same name that was deleted must not be taken for ours.
    for suffix in ["-wal", "-shm"] {
        let log = with_suffix(path, suffix);
        regular(&log)?;
        match std::fs::remove_file(log) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    part.persist(path)
}

/// `path` with `suffix` after its name: the files that go with a project.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_a_file_whose_name_is_free_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.muq");
        std::fs::write(&path, "").unwrap();
        let standing = |path: &Path| Identity::of(&folder.path().join("x.muq")).unwrap().standing(path);
        assert!(matches!(standing(&path), Ok(Standing::There)));
        assert!(matches!(standing(&folder.path().join("y.muq")), Ok(Standing::Gone)));
        assert!(matches!(standing(&path.join("below a file")), Ok(Standing::Gone)));
        // Whether there is a file is not known.
        assert!(standing(&folder.path().join("x".repeat(5000))).is_err());
    }
}
