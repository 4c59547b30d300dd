//! The file by which a browser is led to the page.
//!
//! What stands on a command line can be read by every user of the machine. So the browser is started with the name of
//! a file that only this user can read, in a folder that only this user can enter, and the file leads on to the page.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::part_file::{hold, remove_if_left};

/// What the folders of these files are called, before what tells them apart.
const PREFIX: &str = "muqabala-page-";
/// The file in such a folder.
const NAME: &str = "open.html";

/// A file that leads a browser on; removed with its folder when dropped.
#[derive(Debug)]
pub(super) struct Opening {
    folder: TempDir,
    /// Held, so that it is not taken for one that a killed process left.
    _file: File,
}

impl Opening {
    /// A file that leads to `address`, where browsers of this machine can read it.
    pub(super) fn new(address: &str) -> io::Result<Self> {
        // Browsers out of a snap see neither /tmp nor hidden folders, but the home folder. Elsewhere each user has
        // a folder of temporary files.
        if cfg!(target_os = "linux")
            && let Some(home) = std::env::home_dir().filter(|home| home.is_absolute())
            && let Ok(opening) = Self::inside(&home, address)
        {
            return Ok(opening);
        }
        Self::inside(&std::env::temp_dir(), address)
    }

    /// A file that leads to `address`, in a new folder inside `parent`.
    pub(super) fn inside(parent: &Path, address: &str) -> io::Result<Self> {
        clear(parent);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(parent)?;
        let path = folder.path().join(NAME);
        let mut file = create_for_user(&path)?;
        file.write_all(page(address).as_bytes())?;
        hold(&file, &path);
        Ok(Self { folder, _file: file })
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join(NAME)
    }
}

/// A new file at `path` that its user alone can read.
pub(super) fn create_for_user(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes the files of processes that were killed, with their folders.
fn clear(parent: &Path) {
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_ours && remove_if_left(&entry.path().join(NAME)) {
            // If something else stands in it, it stays.
            let _ = std::fs::remove_dir(entry.path());
        }
    }
}

/// A page that leads on to `address`, which holds nothing that means something in HTML or a script.
fn page(address: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>muqabala</title>\n<script>location.replace(\"{address}\");</script>\n"
    )
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_file_or_enter_its_folder() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let opening = super::Opening::inside(parent.path(), "http://127.0.0.1:49152/#code=0a").unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&opening.path()), 0o600);
        assert_eq!(mode(opening.path().parent().unwrap()), 0o700);
        let page = std::fs::read_to_string(opening.path()).unwrap();
        assert!(page.contains("location.replace(\"http://127.0.0.1:49152/#code=0a\")"), "{page}");
        // One that a killed process left goes with the next; this one is held.
        std::fs::create_dir(parent.path().join("muqabala-page-abc")).unwrap();
        std::fs::write(parent.path().join("muqabala-page-abc/open.html"), "").unwrap();
        let next = super::Opening::inside(parent.path(), "http://127.0.0.1:49152/#code=0b").unwrap();
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 2);
        assert!(opening.path().exists());
        drop((opening, next));
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
