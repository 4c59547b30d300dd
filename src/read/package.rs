//! Documents that are ZIP containers: their parts, read within limits.
//!
//! In: the bytes of a container. Out: the bytes of its parts by name. Guarantee: nothing is written anywhere, so
//! that no name of a part can lead out of a folder; all parts together unpack to no more than
//! [`ReadOptions::max_size`], and none to more than [`MOST_RATIO`] times its size once it is large; a part that is
//! damaged, encrypted or packed in a way not known is an error.

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::percent::percent_decoded;
use super::{ReadError, ReadOptions};

/// How much larger than its packed size a part may be.
pub(crate) const MOST_RATIO: u64 = 250;
/// Parts smaller than this may have any ratio: bytes.
pub(super) const SMALL: u64 = 8 << 20;
/// Parts that a container may have.
pub(super) const MOST_PARTS: usize = 100_000;

/// An open container.
pub(crate) struct Package<'b> {
    name: &'b str,
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Where the parts stand, by their names: what is not there is looked for again and again.
    places: HashMap<Vec<u8>, usize>,
    limit: u64,
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens the container `bytes` of the input `name`.
    pub(crate) fn open(name: &'b str, bytes: &'b [u8], options: &ReadOptions) -> Result<Self, ReadError> {
        let zip = archive(name, Cursor::new(bytes))?;
        if zip.len() > MOST_PARTS {
            return Err(bomb(name, format!("it has {} parts", zip.len()), BY_HAND));
        }
        // As they stand, and where no other has that name as they are meant: older containers have other encodings.
        let mut places: HashMap<Vec<u8>, usize> =
            zip.file_names_raw().enumerate().map(|(at, name)| (name.to_vec(), at)).collect();
        for (at, meant) in zip.file_names().enumerate() {
            if let Ok(meant) = meant {
                places.entry(meant.into_owned().into_bytes()).or_insert(at);
            }
        }
        Ok(Self { name, zip, places, limit: options.max_size, left: options.max_size })
    }

    /// Opens a container that is a part of this one: what it unpacks counts for both.
    pub(crate) fn inner<'c>(&self, name: &'c str, bytes: &'c [u8]) -> Result<Package<'c>, ReadError> {
        let options = ReadOptions { max_size: self.limit, ..ReadOptions::default() };
        let mut inner = Package::open(name, bytes, &options)?;
        inner.left = self.left;
        Ok(inner)
    }

    /// Counts what `inner` unpacked.
    pub(crate) fn spend_as(&mut self, inner: &Package<'_>) {
        self.left = inner.left;
    }

    /// The names of all parts, in order of the names.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.zip.file_names_raw().map(|n| String::from_utf8_lossy(n).into_owned()).collect();
        names.sort();
        names
    }

    /// The bytes of the part `part`; `None` where there is no such part.
    pub(crate) fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = self.name;
        let damaged = |e: &dyn std::fmt::Display| ReadError::Damaged {
            name: name.to_owned(),
            message: format!("{part}: {e}"),
        };
        let Some(&at) = self.places.get(part.as_bytes()) else { return Ok(None) };
        let file = match self.zip.by_index(at) {
            Ok(file) => file,
            Err(error) => return Err(encrypted(name, &error).unwrap_or_else(|| damaged(&error))),
        };
        let allowed = self.left.min((file.compressed_size().saturating_mul(MOST_RATIO)).max(SMALL));
        let mut bytes = Vec::new();
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(bomb(name, format!("its parts unpack to more than {} bytes", self.limit), LIMIT));
        }
        if size > allowed {
            return Err(bomb(
                name,
                format!("{part} unpacks to more than {MOST_RATIO} times its size"),
                BY_HAND,
            ));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// The bytes of the part `part`, which the format demands.
    pub(crate) fn required(&mut self, part: &str) -> Result<Vec<u8>, ReadError> {
        let name = self.name;
        self.part(part)?.ok_or_else(|| ReadError::Damaged {
            name: name.to_owned(),
            message: format!("it has no part {part}"),
        })
    }
}

/// What helps against the limit that the user sets, and what against those that stand.
const LIMIT: &str =
    "this is how ZIP bombs are made; if you trust the file, raise --max-input-size or unpack it yourself";
const BY_HAND: &str = "this is how ZIP bombs are made; if you trust the file, unpack it yourself, or save it anew in its program";

/// Opens the list of the parts of a container.
pub(super) fn archive<R: Read + Seek>(name: &str, container: R) -> Result<ZipArchive<R>, ReadError> {
    ZipArchive::new(container).map_err(|e| {
        let message = format!("its list of parts cannot be read ({e}); it may be cut off");
        ReadError::Damaged { name: name.to_owned(), message }
    })
}

/// What is said of a part that is encrypted, if `error` says so.
pub(super) fn encrypted(name: &str, error: &ZipError) -> Option<ReadError> {
    matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)).then(|| ReadError::Refused {
        name: name.to_owned(),
        why: "it is encrypted".to_owned(),
        hint: "save it without a password first",
    })
}

fn bomb(name: &str, why: String, hint: &'static str) -> ReadError {
    ReadError::Refused { name: name.to_owned(), why, hint }
}

/// The name of the part that `target` names, seen from the part `from`: `..` and `.` are resolved, and `%20`
/// and the like decoded; what would lead out of the container stays at its root.
pub(crate) fn resolve(from: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    percent_decoded(&steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_resolved_inside_the_container() {
        let cases = [
            ("word/document.xml", "footnotes.xml", "word/footnotes.xml"),
            ("ppt/slides/slide1.xml", "../notesSlides/n1.xml", "ppt/notesSlides/n1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("x/y", "/word/document.xml", "word/document.xml"),
            ("OEBPS/c.opf", "../../../../etc/passwd", "etc/passwd"),
            ("OEBPS/c.opf", "%D9%86%20./a.xhtml#x", "OEBPS/\u{646} ./a.xhtml"),
            ("c", "100%.xhtml", "100%.xhtml"),
        ];
        for (from, target, expected) in cases {
            assert_eq!(resolve(from, target), expected, "{from} {target}");
        }
    }
}
