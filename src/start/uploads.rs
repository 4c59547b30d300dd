//! What pages sent: contents of files, kept in a temporary folder until they are done with.
//!
//! In: the body of a request, piece by piece. Out: an [`Upload`] with a number. Guarantee: a piece at a time is held
//! in memory; one file, all files together and their number are bounded; a body that breaks off leaves nothing; a
//! file is removed when nobody uses it any more, all of them with the program.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use tempfile::{NamedTempFile, TempDir, TempPath};

use crate::review::Refusal;

use super::trouble::{gone, inner};

/// The largest file, in bytes.
pub(super) const MAX_FILE: u64 = 512 << 20;
/// The most that is kept of all files, in bytes.
const MAX_ALL: u64 = 4 << 30;
/// The most files.
const MAX_FILES: usize = 20_000;

/// A file that a page sent, or that was made of one.
#[derive(Debug)]
pub(super) struct Upload {
    /// What the page calls it.
    pub(super) name: String,
    /// Its size, in bytes.
    pub(super) bytes: u64,
    file: TempPath,
    _room: Room,
}

impl Upload {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.file
    }

    /// Its content.
    pub(super) fn open(&self) -> io::Result<File> {
        File::open(&self.file)
    }

    /// Its content, whole.
    pub(super) fn read(&self) -> Result<Vec<u8>, Refusal> {
        std::fs::read(&self.file).map_err(inner)
    }
}

/// The room that a file takes of what all may take.
#[derive(Debug)]
struct Room {
    taken: Arc<AtomicU64>,
    bytes: u64,
}

impl Room {
    fn take(&mut self, more: u64) -> Result<(), Refusal> {
        if self.taken.fetch_add(more, Ordering::SeqCst) + more > MAX_ALL {
            self.taken.fetch_sub(more, Ordering::SeqCst);
            return Err(full());
        }
        self.bytes += more;
        Ok(())
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.taken.fetch_sub(self.bytes, Ordering::SeqCst);
    }
}

fn full() -> Refusal {
    let said = "more was sent than is kept at a time; open what is done, or start the program again";
    Refusal::named(StatusCode::INSUFFICIENT_STORAGE, "full", said)
}

fn too_large() -> Refusal {
    let said = format!("a file may have {} MB at most", MAX_FILE >> 20);
    Refusal::named(StatusCode::PAYLOAD_TOO_LARGE, "too-large", said)
}

/// All that was sent and is still used.
#[derive(Debug)]
pub(super) struct Uploads {
    folder: TempDir,
    kept: Mutex<BTreeMap<u64, Arc<Upload>>>,
    next: AtomicU64,
    taken: Arc<AtomicU64>,
}

/// A file that is arriving.
pub(super) struct Arriving {
    name: String,
    file: NamedTempFile,
    room: Room,
}

impl Arriving {
    /// Takes one piece.
    pub(super) fn take(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        let more = piece.len() as u64;
        if self.room.bytes + more > MAX_FILE {
            return Err(too_large());
        }
        self.room.take(more)?;
        self.file.write_all(piece).map_err(inner)
    }
}

impl Write for Arriving {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.room.take(piece.len() as u64).map_err(|_| io::Error::from(io::ErrorKind::StorageFull))?;
        self.file.write_all(piece)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Uploads {
    pub(super) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("muqabala-").tempdir()?;
        Ok(Self { folder, kept: Mutex::default(), next: AtomicU64::new(1), taken: Arc::default() })
    }

    /// The folder of what was sent; it goes with the program.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Upload>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to take a file called `name`, of `length` bytes if that is known.
    pub(super) fn begin(&self, name: String, length: Option<u64>) -> Result<Arriving, Refusal> {
        if length.is_some_and(|length| length > MAX_FILE) {
            return Err(too_large());
        }
        if self.kept().len() >= MAX_FILES {
            return Err(full());
        }
        // Some formats are told by the extension; nothing else of the name becomes part of a path.
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let plain = extension.len() <= 12 && extension.bytes().all(|b| b.is_ascii_alphanumeric());
        let suffix = if plain { format!(".{extension}") } else { String::new() };
        let file = tempfile::Builder::new().suffix(&suffix).tempfile_in(self.folder.path()).map_err(inner)?;
        Ok(Arriving { name, file, room: Room { taken: Arc::clone(&self.taken), bytes: 0 } })
    }

    /// Keeps a file that has arrived whole; gives its number.
    pub(super) fn keep(&self, arrived: Arriving) -> u64 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let bytes = arrived.room.bytes;
        let Arriving { name, file, room } = arrived;
        let upload = Upload { name, bytes, file: file.into_temp_path(), _room: room };
        self.kept().insert(number, Arc::new(upload));
        number
    }

    /// The file with this number.
    pub(super) fn get(&self, number: u64) -> Result<Arc<Upload>, Refusal> {
        let found = self.kept().get(&number).map(Arc::clone);
        found.ok_or_else(|| gone("upload", "this file is not here any more; give it again"))
    }

    /// Removes all that was sent, also what work that goes on still uses: the program ends.
    pub(super) fn end(&self) {
        self.kept().clear();
        // At worst the folder stays among the system's temporary files.
        let _ = std::fs::remove_dir_all(self.folder.path());
    }

    /// Forgets files; those that a job uses stay until it is done.
    pub(super) fn discard(&self, numbers: &[u64]) {
        let mut kept = self.kept();
        for number in numbers {
            kept.remove(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_off_or_is_discarded_leaves_nothing() {
        let uploads = Uploads::new().unwrap();
        let files = || std::fs::read_dir(uploads.folder.path()).unwrap().count();
        let mut broken = uploads.begin("a.txt".to_owned(), None).unwrap();
        broken.take(b"half").unwrap();
        assert_eq!(files(), 1);
        drop(broken);
        assert_eq!((files(), uploads.taken.load(Ordering::SeqCst)), (0, 0));
        let mut whole = uploads.begin("a.txt".to_owned(), Some(5)).unwrap();
        whole.take(b"whole").unwrap();
        let number = uploads.keep(whole);
        let used = uploads.get(number).unwrap();
        uploads.discard(&[number]);
        assert!(uploads.get(number).is_err());
        assert_eq!((files(), used.read().unwrap()), (1, b"whole".to_vec()));
        drop(used);
        assert_eq!((files(), uploads.taken.load(Ordering::SeqCst)), (0, 0));
    }

    #[test]
    fn sizes_are_bounded() {
        let uploads = Uploads::new().unwrap();
        assert!(uploads.begin(String::new(), Some(MAX_FILE + 1)).is_err());
        let mut room = Room { taken: Arc::clone(&uploads.taken), bytes: 0 };
        room.take(MAX_ALL).unwrap();
        assert!(uploads.begin("a.txt".to_owned(), None).unwrap().take(b"x").is_err(), "all files together");
        drop(room);
        let mut one = uploads.begin("a.txt".to_owned(), None).unwrap();
        one.room.take(MAX_FILE).unwrap();
        assert!(one.take(b"x").is_err(), "one file");
    }
}
