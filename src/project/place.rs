//! Where a project file stands: putting it there whole, and seeing whether it is still there.
//!
//! What comes in: the path of a project. What goes out: a file beside it to write into, or what became of the
//! file since it was opened. What it guarantees: a name is given only to a file that is written to its end.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

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

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no such number")]
fn numbers(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn numbers(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// An empty file beside `path`, removed if it is not [`put`].
pub(super) fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".muqabala-").suffix(".part");
    // The permissions of a new file, not those of a private one.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Gives a file that is written to its end the name `path`.
pub(super) fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    // A log left behind by a file of the same name that was deleted must not be taken for ours.
    for suffix in ["-wal", "-shm"] {
        match std::fs::remove_file(with_suffix(path, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// `path` with `suffix` after its name: the files that go with a project.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
