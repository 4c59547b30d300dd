//! The file by which a browser is led to the page.
//!
//! What stands on a command line can be read by every user of the machine. So the browser is started with the name of
//! a file that only this user can read, in a folder that only this user can enter, and the file leads on to the page.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A file that leads a browser on; removed with its folder when dropped.
#[derive(Debug)]
pub(super) struct Opening {
    folder: TempDir,
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
        let mut builder = tempfile::Builder::new();
        let prefix = format!("muqabala-page-{}-", std::process::id());
        builder.prefix(&prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let opening = Self { folder: builder.tempdir_in(parent)? };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(opening.path())?.write_all(page(address).as_bytes())?;
        Ok(opening)
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("open.html")
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
        drop(opening);
        assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
