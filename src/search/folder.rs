//! Which files of a folder hold pairs, and what tells that one changed.
//!
//! In: a folder. Out: the projects and memories in it and below, by name. Guarantee: links are not followed, so that a
//! walk ends and stays inside; hidden folders are passed over; a folder that cannot be read is told.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::part_file;

/// How deep folders are looked into.
const DEEPEST: usize = 24;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Project,
    Memory,
    PackedMemory,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        if name.starts_with('.') {
            return None;
        }
        let ends = |end: &str| name.len() > end.len() && name.ends_with(end);
        match () {
            () if ends(".muq") => Some(Self::Project),
            () if ends(".tmx") => Some(Self::Memory),
            () if ends(".tmx.gz") => Some(Self::PackedMemory),
            () => None,
        }
    }
}

/// A file that holds pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// Below the folder.
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    /// Another stamp is another content.
    pub(super) stamp: String,
}

/// The projects and memories in `folder` and below that a search reads, by their paths from there.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    sources(folder).0.into_iter().map(|source| source.path).collect()
}

/// The files in `folder` and below, by their paths, and the folders that cannot be read.
pub(super) fn sources(folder: &Path) -> (Vec<Source>, Vec<PathBuf>) {
    let (mut found, mut closed) = (Vec::new(), Vec::new());
    walk(folder, Path::new(""), 0, &mut found, &mut closed);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, closed)
}

fn walk(folder: &Path, below: &Path, depth: usize, found: &mut Vec<Source>, closed: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder.join(below)) else {
        closed.push(below.to_owned());
        return;
    };
    for entry in entries.flatten() {
        let path = below.join(entry.file_name());
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < DEEPEST && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            walk(folder, &path, depth + 1, found, closed);
        } else if kind.is_file()
            && let (Some(kind), Ok(metadata)) = (Kind::of(&path), entry.metadata())
        {
            let mut stamp = stamp(&metadata);
            if kind == Kind::Project {
                // Edits stand beside a project until they are written back.
                let mut log = folder.join(&path).into_os_string();
                log.push("-wal");
                if let Ok(metadata) = fs::metadata(&log) {
                    stamp = format!("{stamp} {}", self::stamp(&metadata));
                }
            }
            found.push(Source { path, kind, stamp });
        }
    }
}

fn stamp(metadata: &Metadata) -> String {
    let changed = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let (device, number) = part_file::numbers(metadata).unwrap_or_default();
    format!("{}:{}:{device}:{number}", metadata.len(), changed.unwrap_or_default().as_nanos())
}
