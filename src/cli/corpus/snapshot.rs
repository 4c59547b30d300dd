//! `snapshot`: a corpus of document pairs → the alignment of each in a readable file, or what changed in it since.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use muqabala::bitext::{Bitext, Lang, Sides};
use muqabala::evaluate::Gold;
use muqabala::export;
use muqabala::export::counted;
use muqabala::pipeline::{self, AlignOptions};
use muqabala::read::ReadError;
use muqabala::read::readers::READERS;
use muqabala::segment::SegmentOptions;
use muqabala::snapshot::Snapshot;
use muqabala::snapshot::compare::{Kind, compare};

use crate::cli::args::snapshot::{CompareName, SnapshotCommand};
use crate::cli::files::Files;
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use crate::cli::terminal::working;

/// Two documents in one folder.
struct Pair {
    /// The folder's path from the corpus, with `/`; the corpus's own name for the corpus itself.
    name: String,
    folder: PathBuf,
    documents: Sides<(PathBuf, Lang)>,
}

pub(crate) fn execute(command: &SnapshotCommand, mut files: Files, terminal: Terminal) -> Result<Exit> {
    let options = evidence::options(&command.evidence, terminal)?;
    let srx = command.read.srx.as_deref();
    let cutting = cutting::options(srx)?;
    cutting::warn_of_rules(&cutting, srx, terminal);
    let pairs = pairs(&command.corpus)?;
    let folder = command.snapshots.clone().unwrap_or_else(|| command.corpus.join("snapshots"));
    if command.show {
        for pair in &pairs {
            let snapshot = take(pair, command, &cutting, &options)?;
            Terminal::write_results(|out| write!(out, "{snapshot}"))?;
        }
        return Ok(Exit::Done);
    }
    if command.check {
        return check(&pairs, &folder, command, &cutting, &options, terminal);
    }
    for pair in &pairs {
        files.reads(&pair.documents.source.0);
        files.reads(&pair.documents.target.0);
    }
    for pair in &pairs {
        files.writes(&file(&folder, &pair.name))?;
    }
    for (done, pair) in pairs.iter().enumerate() {
        working::of("aligning", done, pairs.len());
        let snapshot = take(pair, command, &cutting, &options)?;
        let path = file(&folder, &pair.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("the folder {} cannot be made", parent.display()))?;
        }
        export::file::write_whole(&path, |out| write!(out, "{snapshot}"))?;
    }
    terminal.note(format_args!("written   {} into {}", counted(pairs.len(), "snapshot"), folder.display()));
    for path in strangers(&pairs, &folder)? {
        terminal.warn(
            format_args!("{} is the snapshot of documents that are not there", path.display()),
            Some("remove it, or --check will always find it"),
        );
    }
    Ok(Exit::Done)
}

/// Compares each pair's alignment with its snapshot; 1 if anything differs.
fn check(
    pairs: &[Pair],
    folder: &Path,
    command: &SnapshotCommand,
    cutting: &SegmentOptions,
    options: &AlignOptions,
    terminal: Terminal,
) -> Result<Exit> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut without = 0;
    for (done, pair) in pairs.iter().enumerate() {
        working::of("aligning", done, pairs.len());
        let path = file(folder, &pair.name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                without += 1;
                Terminal::write_results(|out| writeln!(out, "{}: there is no snapshot", pair.name))?;
                continue;
            }
            Err(error) => return Err(ReadError::from_io(&path.display().to_string(), error).into()),
        };
        let before: Snapshot = text.parse().map_err(|e| {
            Failure::new(
                format!("{}: {e}", path.display()),
                "`muqabala snapshot` without --check writes it anew",
            )
        })?;
        let mut changes = compare(&before, &take(pair, command, cutting, options)?, gold(pair)?.as_ref());
        if command.compare == CompareName::Beads {
            changes.retain(|change| change.kind != Kind::Evidence);
        }
        if changes.is_empty() {
            terminal.detail(format_args!("{}: as before", pair.name));
            continue;
        }
        for change in &changes {
            *counts.entry(change.kind).or_default() += 1;
        }
        Terminal::write_results(|out| {
            writeln!(out, "== {}", pair.name)?;
            changes.iter().try_for_each(|change| writeln!(out, "{change}"))
        })?;
    }
    let strangers = strangers(pairs, folder)?;
    for path in &strangers {
        Terminal::write_results(|out| writeln!(out, "{}: its documents are not there", path.display()))?;
    }
    let listed: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    if listed.is_empty() && without == 0 && strangers.is_empty() {
        let as_before = match pairs.len() {
            1 => "1 alignment is as its snapshot".to_owned(),
            n => format!("{n} alignments are as their snapshots"),
        };
        terminal.note(as_before);
        return Ok(Exit::Done);
    }
    if !listed.is_empty() {
        terminal.note(format_args!("changed   {}", listed.join(", ")));
    }
    terminal.note("if it is better so, run `muqabala snapshot` without --check, and commit the snapshots");
    Ok(Exit::Below)
}

/// The snapshot of a pair's alignment.
fn take(
    pair: &Pair,
    command: &SnapshotCommand,
    cutting: &SegmentOptions,
    options: &AlignOptions,
) -> Result<Snapshot> {
    let one = |(path, lang): &(PathBuf, Lang)| -> Result<_> {
        Ok(stages::prepare(path, &command.read.options(None, Some(lang)), Some(lang), cutting)?.text.document)
    };
    let documents = Sides::new(one(&pair.documents.source)?, one(&pair.documents.target)?);
    let languages = Sides::new(pair.documents.source.1.clone(), pair.documents.target.1.clone());
    let codes = languages.as_ref().map(ToString::to_string);
    let bitext = Bitext { documents, languages };
    let alignment = pipeline::align(&bitext, options)?;
    Ok(Snapshot::of(export::views(&bitext, &alignment), codes))
}

/// The known alignment of a pair, if its folder has one.
fn gold(pair: &Pair) -> Result<Option<Gold>> {
    let path = pair.folder.join("gold.tsv");
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(Gold::parse(&text).map_err(|e| {
            Failure::new(format!("{}: {e}", path.display()), "docs/evaluation.md says what a gold file holds")
        })?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ReadError::from_io(&path.display().to_string(), error).into()),
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.snap"))
}

/// The pairs at and below `corpus`, by name.
fn pairs(corpus: &Path) -> Result<Vec<Pair>> {
    let mut found = Vec::new();
    let mut open = vec![(corpus.to_owned(), String::new())];
    while let Some((folder, name)) = open.pop() {
        let entries = std::fs::read_dir(&folder)
            .map_err(|e| ReadError::from_io(&folder.display().to_string(), e))?
            .collect::<Result<Vec<_>, _>>()
            .map_err(|e| ReadError::from_io(&folder.display().to_string(), e))?;
        let mut documents: Vec<(PathBuf, Lang)> = Vec::new();
        for path in entries.into_iter().map(|entry| entry.path()) {
            let Some(file_name) = path.file_name().and_then(|n| n.to_str()).filter(|n| !n.starts_with('.'))
            else {
                continue;
            };
            if path.is_dir() {
                let below =
                    if name.is_empty() { file_name.to_owned() } else { format!("{name}/{file_name}") };
                open.push((path.clone(), below));
            } else if let Some(lang) = document_language(&path) {
                documents.push((path, lang));
            }
        }
        documents.sort();
        match <[(PathBuf, Lang); 2]>::try_from(documents) {
            Ok([source, target]) if source.1 != target.1 => {
                let name = if name.is_empty() { own_name(corpus) } else { name };
                found.push(Pair { name, folder, documents: Sides::new(source, target) });
            }
            Err(documents) if documents.len() > 2 => {
                return Err(Failure::new(
                    format!("{} holds {} documents", folder.display(), documents.len()),
                    "a folder of a corpus holds two, such as ar.txt and en.docx",
                )
                .into());
            }
            Ok(_) | Err(_) => {}
        }
    }
    if found.is_empty() {
        return Err(Failure::new(
            format!("{} holds no pair of documents", corpus.display()),
            "put each pair into a folder of its own, named by language: ar.txt and en.txt, ar.docx and en.html",
        )
        .into());
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn own_name(corpus: &Path) -> String {
    let whole = corpus.canonicalize().unwrap_or_else(|_| corpus.to_owned());
    whole.file_name().map_or_else(|| "corpus".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// The language of a document that is named by it: `ar.txt`, `en-GB.html`.
fn document_language(path: &Path) -> Option<Lang> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    let is_document = READERS.iter().any(|r| r.extensions.contains(&&*extension) || r.name == extension);
    let lang: Lang = path.file_stem()?.to_str()?.parse().ok()?;
    (is_document && lang.primary().len() <= 3).then_some(lang)
}

/// Snapshots without documents.
fn strangers(pairs: &[Pair], folder: &Path) -> Result<Vec<PathBuf>> {
    let known: Vec<PathBuf> = pairs.iter().map(|pair| file(folder, &pair.name)).collect();
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(ReadError::from_io(&folder.display().to_string(), error).into()),
        };
        for entry in entries {
            let path = entry.map_err(|e| ReadError::from_io(&folder.display().to_string(), e))?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "snap") && !known.contains(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
