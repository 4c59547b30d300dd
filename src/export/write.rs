//! One function for all formats that are one file, and one for those that are several.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::file::{WriteError, write_whole};
use super::tmx::{TmxOptions, TmxReport};
use super::unit::{texts, units};
use super::view::BeadView;
use super::{Format, beads as bare, html, jsonl, readable, tmx, tsv};
use crate::bitext::{Lang, Side, Sides};
use crate::formats::{self, Head, ces, docx, moses, po, table, xliff, xliff2, xlsx};
use crate::tmx::Written;

/// How to write, whatever the format; each takes what it knows of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WriteOptions {
    /// What a TMX needs, and the languages for all.
    pub tmx: TmxOptions,
    /// How the readable text looks.
    pub readable: readable::ReadableOptions,
}

impl WriteOptions {
    /// Options for `languages`.
    pub fn new(languages: Sides<Lang>) -> Self {
        Self { tmx: TmxOptions::new(languages), readable: readable::ReadableOptions::default() }
    }
}

/// Writes `beads` as `format`; says what was written where the format may leave something out.
///
/// A format of several files is an error here: [`write_files`] writes those.
pub fn write<'a>(
    format: Format,
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    options: &WriteOptions,
    mut out: &mut dyn Write,
) -> io::Result<Option<TmxReport>> {
    let languages = &options.tmx.languages;
    let head = || Head::new(languages.clone(), formats::directions(texts(beads.clone())));
    let report = |written: Written| Some(TmxReport { written, repeated: 0 });
    match format {
        Format::Tmx => return tmx::write(beads, &options.tmx, out).map(Some),
        Format::Xliff => return Ok(report(xliff::write(units(beads.clone()), &head(), out)?)),
        Format::Xliff2 => return Ok(report(xliff2::write(units(beads.clone()), &head(), out)?)),
        Format::Docx => return Ok(report(docx::write(units(beads.clone()), &head(), out)?)),
        Format::Po => return Ok(report(po::write(units(beads.clone()), &head(), out)?)),
        Format::Xlsx => {
            xlsx::write(units(beads.clone()), &head(), out)?;
        }
        Format::Csv => table::write_csv(units(beads), out)?,
        Format::Html => html::write(beads.clone(), &head(), out)?,
        Format::Tsv => tsv::write(beads, &mut out)?,
        Format::Jsonl => jsonl::write(beads, &mut out)?,
        Format::Beads => bare::write(beads, &mut out)?,
        Format::Text => {
            let beads: Vec<_> = beads.collect();
            readable::write(&beads, &options.readable, &mut out)?;
        }
        Format::Moses | Format::Ces => {
            return Err(io::Error::other(format!("{} is several files", format.name())));
        }
    }
    Ok(None)
}

/// Writes `beads` as `format`, which [is several files](Format::is_several_files), and names the files.
///
/// Moses: `stem.ar` and `stem.en`, from `path` without its extension. cesAlign: `path` itself with the links, and
/// the documents `stem.ar.xml` and `stem.en.xml` beside it. Where both languages are one, the sides' names stand
/// in their place.
pub fn write_files<'a>(
    format: Format,
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    options: &WriteOptions,
    path: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let languages = &options.tmx.languages;
    let stem =
        if Format::from_path(path) == Some(format) { path.with_extension("") } else { path.to_owned() };
    let same = languages.source == languages.target;
    let beside = |side: Side, extension: &str| {
        let language = if same { side.to_string() } else { languages.get(side).to_string() };
        let mut name = stem.clone().into_os_string();
        name.push(format!(".{language}{extension}"));
        PathBuf::from(name)
    };
    if format == Format::Moses {
        let files = Side::BOTH.map(|side| (side, beside(side, "")));
        for (side, file) in &files {
            write_whole(file, |out| moses::write(units(beads.clone()), *side, out))?;
        }
        return Ok(files.map(|(_, file)| file).to_vec());
    }
    let documents = Sides::new(beside(Side::Source, ".xml"), beside(Side::Target, ".xml"));
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
    write_whole(path, |out| ces::write_links(&links, out))?;
    Ok(vec![path.to_owned(), documents.source, documents.target])
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
