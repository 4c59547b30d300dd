//! The formats that are several files: Moses and cesAlign.
//!
//! In: beads, and a path that gives the names. Out: the files, each written whole or not at all, and their names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::beads_again::Beads;
use super::file::{WriteError, write_whole};
use super::unit::units;
use super::view::BeadView;
use crate::bitext::{Lang, Side, Sides};
use crate::formats::{ces, moses};

/// Where files go.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The path that was named.
    pub path: &'p Path,
    /// The same, without the extension if it is one of the format's own.
    pub stem: &'p Path,
}

impl Place<'_> {
    /// The file beside it for `side`: its language and `extension` stand at the end. Where both languages are one, the
    /// sides' names stand in their place.
    fn beside(self, languages: &Sides<Lang>, side: Side, extension: &str) -> PathBuf {
        let same = languages.source == languages.target;
        let language = if same { side.to_string() } else { languages.get(side).to_string() };
        let mut name = self.stem.to_path_buf().into_os_string();
        name.push(format!(".{language}{extension}"));
        PathBuf::from(name)
    }
}

/// The files of Moses.
pub(super) fn moses_files(languages: &Sides<Lang>, place: Place<'_>) -> Vec<PathBuf> {
    Side::BOTH.map(|side| place.beside(languages, side, "")).into()
}

/// The files of cesAlign.
pub(super) fn ces_files(languages: &Sides<Lang>, place: Place<'_>) -> Vec<PathBuf> {
    let [source, target] = Side::BOTH.map(|side| place.beside(languages, side, ".xml"));
    vec![place.path.to_owned(), source, target]
}

/// Moses: `stem.ar` and `stem.en`, from `path` without its extension.
pub(super) fn moses(
    beads: &Beads<'_, '_>,
    languages: &Sides<Lang>,
    place: Place<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    let files = moses_files(languages, place);
    for (side, file) in Side::BOTH.into_iter().zip(&files) {
        write_whole(file, |out| moses::write(units(beads.clone()), side, out))?;
    }
    Ok(files)
}

/// cesAlign: the path itself with the links, and the documents `stem.ar.xml` and `stem.en.xml` beside it.
pub(super) fn ces(
    beads: Beads<'_, '_>,
    languages: &Sides<Lang>,
    place: Place<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    let beside = |side| place.beside(languages, side, ".xml");
    let documents = Sides::new(beside(Side::Source), beside(Side::Target));
    for side in Side::BOTH {
        let sentences = sentences(beads.clone(), side);
        let sentences = sentences.iter().map(|(id, text)| (id + 1, &**text));
        write_whole(documents.get(side), |out| ces::write_document(sentences, languages.get(side), out))?;
    }
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let links = ces::Links {
        documents: documents.as_ref().map(name),
        links: beads.map(|bead| link(&bead)).collect(),
    };
    write_whole(place.path, |out| ces::write_links(&links, out))?;
    Ok(vec![place.path.to_owned(), documents.source, documents.target])
}

/// The sentences of one side by their index. Where only the text of a whole bead is known, it is one sentence.
fn sentences<'a>(beads: impl Iterator<Item = BeadView<'a>>, side: Side) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    for bead in beads {
        let range = bead.segments.get(side).clone();
        if bead.pieces.get(side).len() == range.len() {
            found.extend(range.zip(bead.pieces.get(side).iter().map(ToString::to_string)));
        } else if !range.is_empty() {
            found.insert(range.start, bead.texts.get(side).to_string());
        }
    }
    found
}

fn link(bead: &BeadView<'_>) -> ces::Link {
    let ids = |side: Side| {
        let range = bead.segments.get(side).clone();
        let known = bead.pieces.get(side).len() == range.len();
        let count = if known { range.len() } else { 1 };
        range.take(count).map(|index| (index + 1).to_string()).collect()
    };
    ces::Link { sentences: Sides::new(ids(Side::Source), ids(Side::Target)), certainty: bead.confidence }
}
