//! The state file: which pairs of a collection are finished, so that a stopped run can go on.
//!
//! In: results as they come. Out: a file of JSON lines, appended to line by line, and what it held before.
//! Guarantee: a run that is killed at any moment leaves a file that can be read; a line that was cut off is
//! dropped. The file is only a hint of what need not be done: each result is checked by content before it is
//! believed.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::task::Finished;

/// The format of the file.
const FORMAT: u32 = 1;
const START: &[u8] = b"{\"muqabala_batch\"";

/// A state file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// It cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Another run writes it.
    #[error("{} is in use by another run", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// It is some other file.
    #[error("{} is not a state file of this version of `batch`; delete it, or name another with --state", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// Whether earlier results are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resume {
    /// The file is begun anew.
    Anew,
    /// What it says is kept.
    Earlier,
}

/// An open state file.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    file: File,
    /// The date written into translation memories, of the first run.
    pub creation_date: Option<String>,
    /// The results of earlier runs, by id.
    pub earlier: BTreeMap<String, Finished>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    muqabala_batch: u32,
    creation_date: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    id: String,
    finished: Finished,
}

impl State {
    /// Opens the state file `path`, or begins one with `creation_date`.
    pub fn open(path: &Path, resume: Resume, creation_date: Option<&str>) -> Result<Self, StateError> {
        let fail = |source| StateError::Io { path: path.to_owned(), source };
        let foreign = || StateError::Foreign { path: path.to_owned() };
        // Reading from a pipe would wait without end.
        if std::fs::metadata(path).is_ok_and(|m| !m.is_file()) {
            return Err(fail(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
        }
        let mut options = File::options();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(fail)?;
        file.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => StateError::InUse { path: path.to_owned() },
            TryLockError::Error(source) => fail(source),
        })?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(fail)?;
        let whole = content.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let mut lines = content[..whole].split(|&b| b == b'\n').filter(|l| !l.is_empty());
        let head: Option<Head> = match lines.next() {
            Some(line) => Some(serde_json::from_slice(line).map_err(|_| foreign())?),
            // Nothing was written yet, or the run was killed while writing the first line.
            None if content.starts_with(START) || START.starts_with(&content) => None,
            None => return Err(foreign()),
        };
        if head.as_ref().is_some_and(|h| h.muqabala_batch != FORMAT) {
            return Err(foreign());
        }
        let mut state = Self { path: path.to_owned(), file, creation_date: None, earlier: BTreeMap::new() };
        if let (Some(head), Resume::Earlier) = (head, resume) {
            state.creation_date = head.creation_date;
            // A line that cannot be read costs its pair a second run.
            let entries = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
            state.earlier = entries.map(|entry| (entry.id, entry.finished)).collect();
            state.file.set_len(whole as u64).map_err(fail)?;
        } else {
            state.file.set_len(0).map_err(fail)?;
            state.creation_date = creation_date.map(str::to_owned);
            let head = Head { muqabala_batch: FORMAT, creation_date: state.creation_date.clone() };
            state.append(&head).map_err(fail)?;
        }
        state.file.seek(SeekFrom::End(0)).map_err(fail)?;
        Ok(state)
    }

    /// Notes that the pair `id` is finished.
    pub fn note(&mut self, id: &str, finished: &Finished) -> Result<(), StateError> {
        let entry = Entry { id: id.to_owned(), finished: finished.clone() };
        self.append(&entry).map_err(|source| StateError::Io { path: self.path.clone(), source })
    }

    /// Appends a line by a single write.
    fn append(&mut self, record: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Figures, digest::Digester};

    fn finished(seconds: f64) -> Finished {
        Finished {
            inputs: Digester::of(b"in"),
            output: Digester::of(b"out"),
            languages: ["ar".to_owned(), "en".to_owned()],
            figures: Figures::default(),
            left_out: 0,
            pieces_left_out: 0,
            warnings: Vec::new(),
            seconds,
        }
    }

    #[test]
    fn a_file_cut_off_anywhere_is_read_and_written_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let mut state = State::open(&path, Resume::Anew, Some("20240723T000000Z")).unwrap();
        state.note("a", &finished(1.0)).unwrap();
        state.note("b", &finished(2.0)).unwrap();
        drop(state);
        let whole = std::fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let known = whole[..length].split(|&b| b == b'\n').skip(1).count().saturating_sub(1);
            let mut state = State::open(&path, Resume::Earlier, Some("20250101T000000Z")).unwrap();
            assert_eq!(state.earlier.len(), known, "cut off at {length}");
            state.note("c", &finished(3.0)).unwrap();
            drop(state);
            let state = State::open(&path, Resume::Earlier, None).unwrap();
            assert_eq!(state.earlier.len(), known + 1, "cut off at {length}");
            assert!(state.creation_date.is_some());
        }
    }

    #[test]
    fn other_files_and_files_in_use_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thesis.txt");
        for text in ["my thesis\n", "my thesis", "{\"muqabala_batch\":2}\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(State::open(&path, Resume::Anew, None), Err(StateError::Foreign { .. })));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        let path = folder.path().join("state");
        let _open = State::open(&path, Resume::Anew, None).unwrap();
        assert!(matches!(State::open(&path, Resume::Earlier, None), Err(StateError::InUse { .. })));
    }
}
