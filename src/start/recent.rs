//! When each project was opened last from the start page: a small file in the folder of the projects.
//!
//! In: a project that is opened, renamed or removed. Out: the times. Guarantee: a file that is missing, damaged or
//! cannot be written costs the order of the list alone.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::export::file::write_whole;

/// Its name in the folder.
const NAME: &str = ".muqabala-opened.json";
/// A file larger than this, in bytes, is not ours.
const LARGEST: u64 = 1 << 20;

/// When projects were opened: milliseconds since 1970, by their names.
#[derive(Debug)]
pub(super) struct Recent {
    path: PathBuf,
    times: Mutex<BTreeMap<String, i64>>,
}

impl Recent {
    /// Reads what is known in `folder`.
    pub(super) fn of(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let small = std::fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= LARGEST);
        let read = small.then(|| std::fs::read(&path).ok()).flatten();
        let times = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { path, times: Mutex::new(times) }
    }

    /// When `project` was opened.
    pub(super) fn time(&self, project: &str) -> Option<i64> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).get(project).copied()
    }

    /// Notes that `project` is opened now.
    pub(super) fn note(&self, project: &str, now: i64) {
        self.change(|times| {
            times.insert(project.to_owned(), now);
        });
    }

    /// `project` is called otherwise now, or is not there any more.
    pub(super) fn rename(&self, project: &str, new: Option<&str>) {
        self.change(|times| {
            let time = times.remove(project);
            if let (Some(new), Some(time)) = (new, time) {
                times.insert(new.to_owned(), time);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, i64>)) {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut times);
        // The order of a list is worth no failure.
        let _ = write_whole(&self.path, |out| out.write_all(&serde_json::to_vec(&*times)?));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_kept_and_a_damaged_file_is_no_failure() {
        let folder = tempfile::tempdir().unwrap();
        let recent = Recent::of(folder.path());
        recent.note("a", 5);
        recent.note("b", 6);
        recent.rename("a", Some("c"));
        recent.rename("b", None);
        let again = Recent::of(folder.path());
        assert_eq!([again.time("a"), again.time("b"), again.time("c")], [None, None, Some(5)]);
        std::fs::write(folder.path().join(NAME), "{").unwrap();
        assert_eq!(Recent::of(folder.path()).time("c"), None);
    }
}
