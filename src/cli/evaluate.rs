//! `evaluate`: folders with known alignments → scores.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use muqabala::bitext::{Alignment, Bitext, Lang, SegmentedDocument, Sides};
use muqabala::evaluate::{Case, Gold, Report};
use muqabala::export;
use muqabala::pipeline::{self, AlignOptions, Explanations};
use muqabala::read::{self, Format, Input, ReadError, ReadOptions};
use muqabala::segment::SegmentOptions;

use super::args::{EvaluateCommand, SegmentsName};
use super::evidence;
use super::exit::Exit;
use super::failure::Failure;
use super::stages;
use super::terminal::Terminal;

pub(crate) fn execute(command: &EvaluateCommand, terminal: Terminal) -> Result<Exit> {
    let mut align_options = evidence::options(&command.evidence, terminal)?;
    align_options.explanations = Explanations::Omitted;
    let mut report = Report::default();
    let mut pairs = Vec::new();
    for folder in &command.folders {
        let pair = open(folder, command).with_context(|| format!("cannot evaluate {}", folder.display()))?;
        terminal.detail(format_args!(
            "{}: {} and {}, {} and {} segments",
            folder.display(),
            pair.bitext.languages.source,
            pair.bitext.languages.target,
            pair.bitext.documents.source.len(),
            pair.bitext.documents.target.len(),
        ));
        if command.write_beads.is_some() && pairs.iter().any(|p: &GoldPair| p.name == pair.name) {
            return Err(Failure::new(
                format!("{}: there are two folders of the name {}", folder.display(), pair.name),
                "their beads would be written to one file; evaluate them one after the other",
            )
            .into());
        }
        pairs.push(pair);
    }
    for (pair, (alignment, seconds)) in pairs.iter().zip(align(&pairs, command, &align_options)?) {
        if let Some(out) = &command.write_beads {
            write_beads(out, &pair.name, &pair.bitext, &alignment)?;
        }
        report.cases.push(Case::new(pair.name.clone(), &pair.gold, &alignment, seconds));
    }
    Terminal::write_results(|mut out| {
        if command.json { report.write_json(&mut out) } else { report.write_text(&mut out) }
    })?;
    let f1 = report.total().scores().strict.f1;
    match command.fail_under {
        Some(least) if f1 < least => {
            terminal.note(format_args!("strict F1 {f1:.4} is below {least}"));
            Ok(Exit::Below)
        }
        _ => Ok(Exit::Done),
    }
}

/// The alignments of `pairs`, with the seconds each took: of those aligned together an equal share.
fn align(
    pairs: &[GoldPair],
    command: &EvaluateCommand,
    options: &AlignOptions,
) -> Result<Vec<(Alignment, f64)>> {
    let start = Instant::now();
    if !command.learn_together {
        let timed = pairs.iter().map(|pair| {
            let start = Instant::now();
            Ok((pipeline::align(&pair.bitext, options)?, start.elapsed().as_secs_f64()))
        });
        return timed.collect();
    }
    let bitexts: Vec<Bitext> = pairs.iter().map(|pair| pair.bitext.clone()).collect();
    let alignments = pipeline::align_together(&bitexts, options);
    let seconds = start.elapsed().as_secs_f64() / pairs.len().max(1) as f64;
    alignments.into_iter().map(|alignment| Ok((alignment?, seconds))).collect()
}

struct GoldPair {
    name: String,
    bitext: Bitext,
    gold: Gold,
}

fn open(folder: &Path, command: &EvaluateCommand) -> Result<GoldPair> {
    let files = documents(folder, command.source_lang.as_ref())?;
    let gold_path = folder.join(&command.gold);
    let gold_text = std::fs::read_to_string(&gold_path).map_err(|e| {
        Failure::new(
            format!("{}: {e}", gold_path.display()),
            "each folder needs a gold file; --gold gives its name",
        )
    })?;
    let gold = Gold::parse(&gold_text).map_err(|e| {
        Failure::new(
            format!("{}: {e}", gold_path.display()),
            "a gold file has `source indices<TAB>target indices` a line, from 0, separated by commas, \
             each segment once",
        )
    })?;
    let options = ReadOptions::default();
    let bytes = Sides::new(
        read::read_bytes(&Input::File(files.source.0.clone()), options.max_size)?,
        read::read_bytes(&Input::File(files.target.0.clone()), options.max_size)?,
    );
    let prepare = |format: Option<Format>| -> Result<Sides<SegmentedDocument>> {
        let one = |(path, lang): &(PathBuf, Lang), bytes: &Vec<u8>| -> Result<SegmentedDocument> {
            let mut options = options.clone();
            options.format = format;
            options.language = Some(lang.clone());
            let name = path.display().to_string();
            let read = read::parse(&name, bytes.clone(), &options)?;
            Ok(stages::prepare_read(name, read, Some(lang), &SegmentOptions::default()).text.document)
        };
        Ok(Sides::new(one(&files.source, &bytes.source)?, one(&files.target, &bytes.target)?))
    };
    let fits = |d: &Sides<SegmentedDocument>| (d.source.len(), d.target.len()) == gold.size();
    let lines = match command.segments {
        SegmentsName::Lines => Some(prepare(Some(Format::Lines))?),
        // An empty line shows that the document is not presegmented.
        SegmentsName::Auto => prepare(Some(Format::Lines)).ok().filter(fits),
        SegmentsName::Cut => None,
    };
    let documents = match lines {
        Some(documents) => documents,
        None => prepare(None)?,
    };
    if !fits(&documents) {
        return Err(Failure::new(
            format!(
                "{} covers {} source and {} target segments, the documents have {} and {}",
                gold_path.display(),
                gold.size().0,
                gold.size().1,
                documents.source.len(),
                documents.target.len(),
            ),
            "`muqabala segment --numbered FILE` shows the segments",
        )
        .into());
    }
    let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name =
        name.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into_owned());
    let languages = Sides::new(files.source.1, files.target.1);
    Ok(GoldPair { name, bitext: Bitext { documents, languages }, gold })
}

/// The two documents of a folder, LANG.txt each, and their languages.
fn documents(folder: &Path, source_lang: Option<&Lang>) -> Result<Sides<(PathBuf, Lang)>> {
    let entries = std::fs::read_dir(folder).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotADirectory => anyhow::Error::from(Failure::new(
            format!("{} is not a folder", folder.display()),
            "give the folder that holds the documents and the gold file",
        )),
        _ => ReadError::from_io(&folder.display().to_string(), e).into(),
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let lang = path.file_stem().and_then(|s| s.to_str()).and_then(|s| s.parse::<Lang>().ok());
        if let Some(lang) =
            lang.filter(|l| path.extension().is_some_and(|e| e == "txt") && l.primary().len() <= 3)
        {
            files.push((path, lang));
        }
    }
    files.sort();
    let found = files.len();
    let (Some(second), Some(first), 2) = (files.pop(), files.pop(), found) else {
        let hint = if found == 0 && folders_in(folder) > 0 {
            format!("there are folders in it: give these, as in {}", folder.join("*").display())
        } else {
            "put the two documents there as, for example, ar.txt and en.txt".to_owned()
        };
        let problem = format!("{}: expected two documents named LANG.txt, found {found}", folder.display());
        return Err(Failure::new(problem, hint).into());
    };
    match source_lang {
        None => Ok(Sides::new(first, second)),
        Some(lang) if *lang == first.1 => Ok(Sides::new(first, second)),
        Some(lang) if *lang == second.1 => Ok(Sides::new(second, first)),
        Some(lang) => Err(Failure::new(
            format!("{} holds no document in the language {lang}", folder.display()),
            format!("there are {} and {}", first.1, second.1),
        )
        .into()),
    }
}

fn folders_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, |entries| entries.flatten().filter(|e| e.path().is_dir()).count())
}

fn write_beads(folder: &Path, name: &str, bitext: &Bitext, alignment: &Alignment) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let path = folder.join(format!("{name}.tsv"));
    export::file::write_whole(&path, |out| export::beads::write(export::views(bitext, alignment), out))?;
    Ok(())
}
