//! What stands at a path that a user named: a file, nothing, or what is neither replaced nor waited for.
//!
//! In: a path. Out: what to expect of it, before it is opened: opening a pipe waits for whoever is at its other end.
//! Guarantee: links are followed.

#[cfg(feature = "review")]
use std::fs::Metadata;
#[cfg(feature = "review")]
use std::io::{self, ErrorKind};
use std::path::Path;

/// What is known of the file at `path`; `None` where nothing stands.
///
/// # Errors
/// If something else stands there (a folder, a device, a pipe), or it cannot be told.
#[cfg(feature = "review")]
pub(crate) fn regular(path: &Path) -> io::Result<Option<Metadata>> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(metadata) if metadata.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "it is a device or a pipe, not a file")),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The number of the open file of this process that `path` names: 1 for `/dev/stdout` or a link to it. Behind such a
/// name may stand a file that somebody else goes on writing to: it has to be written to as it is open, and not to be
/// replaced.
#[cfg(unix)]
pub(crate) fn descriptor(path: &Path) -> Option<u32> {
    /// Links that are followed, at most.
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().ok()?;
        if is_of_descriptors(&folder) {
            return path.file_name()?.to_str()?.parse().ok();
        }
        path = folder.join(std::fs::read_link(&path).ok()?);
    }
    None
}

#[cfg(not(unix))]
pub(crate) fn descriptor(_: &Path) -> Option<u32> {
    None
}

/// Whether a folder, free of links, lists the open files of this process.
#[cfg(unix)]
fn is_of_descriptors(folder: &Path) -> bool {
    let own = format!("/proc/{}", std::process::id());
    folder == Path::new("/dev/fd") || folder.starts_with(own) && folder.ends_with("fd")
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[cfg(feature = "review")]
    #[test]
    fn files_are_told_from_what_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "four").unwrap();
        std::os::unix::fs::symlink("file", at("link")).unwrap();
        assert_eq!(regular(&at("file")).unwrap().unwrap().len(), 4);
        assert_eq!(regular(&at("link")).unwrap().unwrap().len(), 4);
        assert!(regular(&at("none")).unwrap().is_none() && regular(&at("file/below")).unwrap().is_none());
        assert_eq!(regular(folder.path()).unwrap_err().kind(), ErrorKind::IsADirectory);
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        assert_eq!(regular(&at("socket")).unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn open_files_are_known_by_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink("/dev/stdout", at("out")).unwrap();
        std::os::unix::fs::symlink("out", at("again")).unwrap();
        std::fs::write(at("1"), "").unwrap();
        let number = |path: &Path| descriptor(path);
        assert_eq!(number(Path::new("/dev/stdout")), Some(1));
        assert_eq!(number(Path::new("/dev/stderr")), Some(2));
        assert_eq!(number(Path::new("/proc/self/fd/7")), Some(7));
        assert_eq!(number(Path::new("/proc/thread-self/fd/1")), Some(1));
        assert_eq!((number(&at("out")), number(&at("again"))), (Some(1), Some(1)));
        assert_eq!((number(&at("1")), number(&at("none")), number(Path::new("1"))), (None, None, None));
    }
}
