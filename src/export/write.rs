//! One function for all formats that are one file, and one for those that are several.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::beads_again::Beads;
use super::file::WriteError;
use super::format::{Format, WriteAs};
use super::options::WriteOptions;
use super::several::Place;
use super::tmx::TmxReport;
use super::view::BeadView;
use crate::bitext::{Lang, Sides};

/// Writes `beads` as `format`; says what was written where the format may leave something out.
///
/// A format of several files is an error here: [`write_files`] writes those.
pub fn write<'i, 'a>(
    format: Format,
    beads: impl Iterator<Item = BeadView<'a>> + Clone + 'i,
    options: &WriteOptions,
    out: &mut dyn Write,
) -> io::Result<Option<TmxReport>> {
    match format.writer().write {
        WriteAs::File(write) => write(Beads::new(beads), options, out),
        WriteAs::Files { .. } => Err(io::Error::other(format!("{} is several files", format.name()))),
    }
}

/// Writes `beads` as `format`, which [is several files](Format::is_several_files), and names the files.
///
/// Moses: `stem.ar` and `stem.en`, from `path` without its extension. cesAlign: `path` itself with the links, and
/// the documents `stem.ar.xml` and `stem.en.xml` beside it. Where both languages are one, the sides' names stand
/// in their place. A format of one file is an error here: [`write()`] writes those.
pub fn write_files<'i, 'a>(
    format: Format,
    beads: impl Iterator<Item = BeadView<'a>> + Clone + 'i,
    options: &WriteOptions,
    path: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let stem = stem(format, path);
    match format.writer().write {
        WriteAs::Files { write, .. } => write(Beads::new(beads), options, Place { path, stem: &stem }),
        WriteAs::File(_) => {
            let source = io::Error::other(format!("{} is one file", format.name()));
            Err(WriteError { path: path.to_owned(), source })
        }
    }
}

/// The files that [`write_files`] writes for `path`, or that path alone where the format is one file.
pub fn file_names(format: Format, languages: &Sides<Lang>, path: &Path) -> Vec<PathBuf> {
    match format.writer().write {
        WriteAs::Files { names, .. } => names(languages, Place { path, stem: &stem(format, path) }),
        WriteAs::File(_) => vec![path.to_owned()],
    }
}

/// The path without its extension, if it is one of the format's own.
fn stem(format: Format, path: &Path) -> PathBuf {
    if Format::from_path(path) == Some(format) { path.with_extension("") } else { path.to_owned() }
}
