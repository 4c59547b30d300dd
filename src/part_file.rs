//! Files that are being written, under a name of their own beside the one that they will have; and what tells two
//! files apart.
//!
//! In: where the file will stand. Out: a [`PartFile`] to write into. Guarantee: it takes its name only by
//! [`PartFile::persist`]; else it is removed, at the latest by [`discard_unfinished`], or, if the process was killed, by
//! the next one that writes into the folder: as long as a process lives it holds a lock on its unfinished files, so one
//! that nobody holds has been left. (Not on Windows, where locks would keep its own process out.)

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

mod standing;

pub(crate) use standing::descriptor;
#[cfg(feature = "review")]
pub(crate) use standing::regular;

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

/// What unfinished files are called, before and after what tells them apart.
const NAME: (&str, &str) = (".muqabala-", ".part");
/// The same of unfinished projects. SQLite locks them in a way of its own, of which some file systems think that it
/// speaks against ours; so they are not held, and not taken for left either.
#[cfg(feature = "review")]
const PROJECT: &str = ".muqabala-project-";

/// The folders that this process has looked into, and what it removed there and told nobody of.
static LEFT_BEHIND: Mutex<(BTreeSet<PathBuf>, Vec<PathBuf>)> = Mutex::new((BTreeSet::new(), Vec::new()));

fn left_behind() -> MutexGuard<'static, (BTreeSet<PathBuf>, Vec<PathBuf>)> {
    LEFT_BEHIND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The unfinished files of killed processes that were removed since this was last asked.
pub fn take_removed() -> Vec<PathBuf> {
    std::mem::take(&mut left_behind().1)
}

/// Removes the unfinished files of killed processes in `folder`, at the first time that this process asks for it.
fn clear(folder: &Path) {
    let place = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if !left_behind().0.insert(place) {
        return;
    }
    // What cannot be looked at stays.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| {
            name.strip_prefix(NAME.0).and_then(|name| name.strip_suffix(NAME.1)).is_some_and(|middle| {
                middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        });
        if is_ours && remove_if_left(&entry.path()) {
            left_behind().1.push(entry.path());
        }
    }
}

/// Removes the file `path` if it is this user's and nobody holds it.
#[cfg(unix)]
pub(crate) fn remove_if_left(path: &Path) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let is_own = |metadata: &Metadata| metadata.is_file() && metadata.uid() == own;
    if !std::fs::symlink_metadata(path).is_ok_and(|metadata| is_own(&metadata)) {
        return false;
    }
    File::open(path).is_ok_and(|file| file.try_lock().is_ok() && std::fs::remove_file(path).is_ok())
}

#[cfg(not(unix))]
pub(crate) fn remove_if_left(_: &Path) -> bool {
    false
}

/// Holds `file`, at `path`, as long as this process lives or the file is open; whether it still stands there, as
/// another process may have taken it for one that was left.
#[cfg(unix)]
pub(crate) fn hold(file: &File, path: &Path) -> bool {
    // Where a file system knows no locks, nobody can remove by them either.
    let _ = file.lock();
    let here = |metadata: &Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(held), Ok(standing)) => here(&held) == here(&standing),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(crate) fn hold(_: &File, _: &Path) -> bool {
    true
}

/// An unfinished file, removed if it is not put in its place.
pub(crate) struct PartFile {
    file: NamedTempFile,
    _listed: Listed,
}

/// Keeps a file among the unfinished ones of this process, as long as it lives.
#[derive(Debug)]
pub(crate) struct Listed(PathBuf);

impl Listed {
    /// Lists the file `path`, which is removed should the process be interrupted.
    pub(crate) fn new(path: &Path) -> Self {
        unfinished().insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        unfinished().remove(&self.0);
    }
}

impl PartFile {
    /// An empty file in the folder of `path`, with the permissions of a new file, not those of a private one.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        check_name(path)?;
        Self::in_folder(folder_of(path))
    }

    /// As [`PartFile::beside`] for a file that SQLite opens; one that a killed process left is not removed later.
    #[cfg(feature = "review")]
    pub(crate) fn of_project(path: &Path) -> io::Result<Self> {
        Self::made(folder_of(path), PROJECT)
    }

    /// As [`PartFile::beside`] for a file in `folder`.
    pub(crate) fn in_folder(folder: &Path) -> io::Result<Self> {
        clear(folder);
        let mut part = Self::made(folder, NAME.0)?;
        while !hold(part.as_file(), part.path()) {
            part = Self::made(folder, NAME.0)?;
        }
        Ok(part)
    }

    fn made(folder: &Path, prefix: &str) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix).suffix(NAME.1);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(without_path)?;
        let listed = Listed::new(file.path());
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

/// Refuses a path under which Windows would write to something else than a file of this name.
pub(crate) fn check_name(path: &Path) -> io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if cfg!(windows) && is_kept_by_windows(&name) {
        let why = format!("Windows keeps the name {name} for itself");
        return Err(io::Error::new(ErrorKind::InvalidInput, why));
    }
    Ok(())
}

/// Whether Windows takes the name of a file for a device (`con.tmx`), for a hidden part of another file (`a:b`), or
/// changes it (`a.`, `a `).
pub(crate) fn is_kept_by_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |kind: &str| {
        let rest = stem.strip_prefix(kind);
        rest.is_some_and(|rest| {
            matches!(rest, "0" | "\u{b9}" | "\u{b2}" | "\u{b3}") || matches!(rest.as_bytes(), [b'1'..=b'9'])
        })
    };
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
        || name.contains([':', '<', '>', '"', '|', '?', '*'])
        || name.ends_with(['.', ' ']) && !matches!(name, "." | "..")
}

/// The folder that `path` stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What tells two files apart, whatever names and links lead to them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileIdentity {
    /// The device and the number of a file that is there.
    Node(u64, u64),
    /// Where a file stands or will stand, without links.
    Place(PathBuf),
}

impl FileIdentity {
    /// Of the file that `path` leads to, or of the one that writing to `path` would make; `None` for what is no file:
    /// a folder, a device, a pipe.
    pub fn of(path: &Path) -> Option<Self> {
        match std::fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => None,
            Ok(metadata) => Some(match numbers(&metadata) {
                Some((device, number)) => Self::Node(device, number),
                None => Self::Place(place_of(path)),
            }),
            Err(_) => {
                // By way of a folder that is not made yet, `new/../text.txt`, it may be there.
                let place = place_of(path);
                match std::fs::metadata(&place).ok().filter(Metadata::is_file).as_ref().and_then(numbers) {
                    Some((device, number)) => Some(Self::Node(device, number)),
                    None => Some(Self::Place(place)),
                }
            }
        }
    }
}

/// The device and the number of a file, where the system has such numbers.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is no such number")]
pub(crate) fn numbers(metadata: &Metadata) -> Option<(u64, u64)> {
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(crate) fn numbers(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Links that are followed to a file that is not there, at most.
const MOST_LINKS: usize = 40;

/// Where the file that `path` leads to stands or will stand: links are followed, also those that lead to nothing yet.
pub(crate) fn place_of(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(place) = path.canonicalize() {
            return place;
        }
        let Ok(meant) = std::fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(meant);
    }
    // Of what is not there, the folders that are; the rest by its names.
    let mut place = PathBuf::new();
    for part in std::path::absolute(&path).unwrap_or(path).components() {
        match part {
            Component::ParentDir => {
                place.pop();
            }
            Component::CurDir => {}
            part => {
                place.push(part);
                place = place.canonicalize().unwrap_or(place);
            }
        }
    }
    place
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

    #[cfg(unix)]
    #[test]
    fn what_a_dead_process_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let left = at(".muqabala-aB3xY9.part");
        std::fs::write(&left, "half").unwrap();
        // Of others, by their names; a link; a folder; and one that somebody holds.
        let others = [
            ".muqabala-aB3xY.part",
            ".muqabala-aB3xY9.parts",
            "x.muqabala-aB3xY9.part",
            ".other-aB3xY9.part",
        ];
        for name in others {
            std::fs::write(at(name), "not ours").unwrap();
        }
        std::os::unix::fs::symlink(at(others[0]), at(".muqabala-aaaaaa.part")).unwrap();
        std::fs::create_dir(at(".muqabala-bbbbbb.part")).unwrap();
        std::fs::write(at(".muqabala-cccccc.part"), "under way").unwrap();
        let held = File::open(at(".muqabala-cccccc.part")).unwrap();
        held.lock().unwrap();
        let before = std::fs::read_dir(folder.path()).unwrap().count();
        let own = PartFile::in_folder(folder.path()).unwrap();
        assert!(!left.exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "one less, and our own");
        assert!(take_removed().contains(&left));
        // A folder is looked into once, since there may be many files to write into it; our own is held.
        std::fs::write(&left, "half").unwrap();
        drop(PartFile::in_folder(folder.path()).unwrap());
        assert!(left.exists() && !remove_if_left(own.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_the_same_by_every_name() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a"), "x").unwrap();
        std::fs::write(at("b"), "x").unwrap();
        std::fs::create_dir(at("d")).unwrap();
        symlink("a", at("soft")).unwrap();
        std::fs::hard_link(at("a"), at("hard")).unwrap();
        let of = |name: &str| FileIdentity::of(&at(name));
        assert!(of("a") == of("soft") && of("a") == of("hard") && of("a") == of("d/../a"));
        assert_ne!(of("a"), of("b"));
        assert_eq!(of("d"), None);
        // What is not there yet, by its place.
        symlink("../new", at("d/dangling")).unwrap();
        assert!(of("new") == of("d/../new") && of("new") == of("d/dangling"));
        assert_ne!(of("new"), of("other"));
        // By way of a folder that is not there yet.
        assert!(of("a") == of("later/../a") && of("new") == of("later/on/../../new"));
        // A link to itself leads nowhere.
        symlink("loop", at("loop")).unwrap();
        assert!(of("loop").is_some());
    }

    #[test]
    fn names_that_windows_keeps_are_known() {
        for name in [
            "con",
            "CON.tmx",
            "aux.ar.txt",
            "com1",
            "LPT9.log",
            "nul ",
            "a:b",
            "what?.txt",
            "a.",
            "a ",
            "lpt\u{b2}",
        ] {
            assert!(is_kept_by_windows(name), "{name}");
        }
        for name in
            ["contract.tmx", "com.txt", "com10", "auxiliary", "a.con", ".hidden", "..", "\u{646}\u{635}.txt"]
        {
            assert!(!is_kept_by_windows(name), "{name}");
        }
        // Elsewhere they are names like any other.
        assert_eq!(check_name(Path::new("folder/con.tmx")).is_err(), cfg!(windows));
    }

    #[test]
    fn an_error_does_not_speak_of_the_temporary_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = PartFile::in_folder(&folder.path().join("no such folder")).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(!error.to_string().contains("muqabala"), "{error}");
    }
}
