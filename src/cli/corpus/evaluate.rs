//! `evaluate`: folders with known alignments → scores.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use muqabala::bitext::{Alignment, Bitext, Lang, SegmentedDocument, Sides};
use muqabala::evaluate::{self, Case, Couples, Gold, GoldBead, Report, SureReport};
use muqabala::export;
use muqabala::pipeline::{self, AlignOptions, Explanations};
use muqabala::read::{self, Format, Input, ReadOptions};
use muqabala::segment::SegmentOptions;

use super::gold_files::{self, GoldFiles};
use crate::cli::args::{EvaluateCommand, SegmentsName};
use crate::cli::files::Files;
use crate::cli::setup::evidence;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use crate::cli::terminal::working;

pub(crate) fn execute(command: &EvaluateCommand, mut files: Files, terminal: Terminal) -> Result<Exit> {
    let mut align_options = evidence::options(&command.evidence, terminal)?;
    align_options.explanations = Explanations::Omitted;
    let mut report = Report::default();
    let mut pairs = Vec::new();
    for path in &command.folders {
        let named = || format!("cannot evaluate {}", path.display());
        let found =
            gold_files::find(path, &command.gold, command.source_lang.as_ref()).with_context(named)?;
        for found in found {
            files.reads(&found.documents.source.0);
            files.reads(&found.documents.target.0);
            files.reads(&found.gold);
            let pair = open(found, command, terminal).with_context(named)?;
            let bitext = &pair.bitext;
            terminal.detail(format_args!(
                "{}: {} and {}, {} and {} segments",
                path.display(),
                bitext.languages.source,
                bitext.languages.target,
                bitext.documents.source.len(),
                bitext.documents.target.len(),
            ));
            if command.write_beads.is_some() && pairs.iter().any(|p: &GoldPair| p.name == pair.name) {
                return Err(Failure::new(
                    format!("{}: there are two folders of the name {}", path.display(), pair.name),
                    "their beads would be written to one file; evaluate them one after the other",
                )
                .into());
            }
            pairs.push(pair);
        }
    }
    if command.unrelated {
        return how_sure(&pairs, command, &align_options);
    }
    for (pair, (alignment, seconds)) in pairs.iter().zip(align(&pairs, command, &align_options)?) {
        if let Some(out) = &command.write_beads {
            write_beads(out, &pair.name, &pair.bitext, &alignment, &mut files)?;
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
        let timed = pairs.iter().enumerate().map(|(done, pair)| {
            working::of("aligning", done, pairs.len());
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

/// How sure the aligner is of short texts that do not translate each other, and of those that do.
fn how_sure(pairs: &[GoldPair], command: &EvaluateCommand, options: &AlignOptions) -> Result<Exit> {
    let documents: Vec<Couples> = pairs.iter().map(GoldPair::couples).collect();
    let trials = evaluate::trials(&documents, command.seed);
    if trials.is_empty() {
        return Err(Failure::new(
            "there are no unrelated texts to take",
            "give at least two folders of the same languages, each with two beads of type 1-1 or more",
        )
        .into());
    }
    let mut report = SureReport::default();
    for trial in &trials {
        let lines = trial.segments.as_ref().map(|segments| SegmentedDocument::from_lines(segments));
        let bitext = Bitext { documents: lines, languages: trial.languages.clone() };
        report.add(trial, &pipeline::align(&bitext, options)?);
    }
    Terminal::write_results(|mut out| {
        if command.json { report.write_json(&mut out) } else { report.write_text(&mut out) }
    })?;
    Ok(Exit::Done)
}

impl GoldPair {
    /// The texts of its 1-1 beads.
    fn couples(&self) -> Couples {
        let documents = &self.bitext.documents;
        let one = |bead: &GoldBead| match (bead.source(), bead.target()) {
            (&[s], &[t]) => Some(Sides::new(
                documents.source.segment_text(s as usize).to_owned(),
                documents.target.segment_text(t as usize).to_owned(),
            )),
            _ => None,
        };
        let texts = self.gold.beads().iter().filter_map(one).collect();
        Couples { languages: self.bitext.languages.clone(), texts }
    }
}

/// A gold whose last beads are missing may leave out one segment in so many.
const FEW_LEFT_OUT: usize = 20;

fn open(files: GoldFiles, command: &EvaluateCommand, terminal: Terminal) -> Result<GoldPair> {
    let gold_path = &files.gold;
    let gold_text = std::fs::read_to_string(gold_path).map_err(|e| {
        Failure::new(
            format!("{}: {e}", gold_path.display()),
            "each folder needs a gold file; --gold gives its name",
        )
    })?;
    let gold = Gold::parse(&gold_text).map_err(|e| {
        Failure::new(
            format!("{}: {e}", gold_path.display()),
            "a gold file has `source indices<TAB>target indices` a line, from 0, separated by commas; \
             docs/evaluation.md names the other forms",
        )
    })?;
    let options = ReadOptions::default();
    let bytes = Sides::new(
        read::read_bytes(&Input::File(files.documents.source.0.clone()), options.max_size)?,
        read::read_bytes(&Input::File(files.documents.target.0.clone()), options.max_size)?,
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
        Ok(Sides::new(
            one(&files.documents.source, &bytes.source)?,
            one(&files.documents.target, &bytes.target)?,
        ))
    };
    // What no detector takes for another format: published documents are plain text whatever they are called.
    let text = files.published.then_some(Format::Text);
    let size = |d: &Sides<SegmentedDocument>| (d.source.len(), d.target.len());
    let fits = |d: &Sides<SegmentedDocument>| size(d) == gold.size();
    // A gold that leaves segments out may leave out the last ones too; a document that is cut must fit exactly.
    let reaches = |d: &Sides<SegmentedDocument>| size(d).0 >= gold.size().0 && size(d).1 >= gold.size().1;
    // One that leaves out nothing but a few segments at the end looks like one that is whole.
    let few_more = |segments: usize, of_gold: usize| {
        (of_gold..=of_gold + (of_gold / FEW_LEFT_OUT).max(1)).contains(&segments)
    };
    let nearly = |d: &Sides<SegmentedDocument>| {
        few_more(size(d).0, gold.size().0) && few_more(size(d).1, gold.size().1)
    };
    let loose = files.published || !gold.is_partition();
    let (documents, fitting) = match command.segments {
        SegmentsName::Lines => {
            let lines = prepare(Some(Format::Lines))?;
            let fitting = reaches(&lines);
            (lines, fitting)
        }
        SegmentsName::Cut => {
            let cut = prepare(text)?;
            let fitting = fits(&cut);
            (cut, fitting)
        }
        SegmentsName::Auto => {
            // An empty line shows that the document is not presegmented.
            let lines = prepare(Some(Format::Lines)).ok();
            match lines {
                Some(lines) if fits(&lines) => (lines, true),
                lines => {
                    let cut = prepare(text)?;
                    let fitting = fits(&cut);
                    if let Some(lines) = lines.filter(|d| !fitting && (nearly(d) || loose && reaches(d))) {
                        (lines, true)
                    } else {
                        (cut, fitting)
                    }
                }
            }
        }
    };
    if !fitting {
        // The other way round it may fit.
        let swapped = prepare(Some(Format::Lines)).is_ok_and(|d| size(&d) == (gold.size().1, gold.size().0));
        let hint = if swapped {
            format!(
                "the gold counts the other document as the source: --source-lang {}",
                files.documents.target.1
            )
        } else {
            "`muqabala segment --numbered FILE` shows the segments".to_owned()
        };
        return Err(Failure::new(
            format!(
                "{} covers {} source and {} target segments, the documents have {} and {}",
                gold_path.display(),
                gold.size().0,
                gold.size().1,
                documents.source.len(),
                documents.target.len(),
            ),
            hint,
        )
        .into());
    }
    if let Some(irregular) = gold.irregular(size(&documents)) {
        terminal.note(format_args!("{}: {irregular}", gold_path.display()));
    }
    let languages = Sides::new(files.documents.source.1, files.documents.target.1);
    Ok(GoldPair { name: files.name, bitext: Bitext { documents, languages }, gold })
}

fn write_beads(
    folder: &Path,
    name: &str,
    bitext: &Bitext,
    alignment: &Alignment,
    files: &mut Files,
) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let path = folder.join(format!("{name}.tsv"));
    files.writes(&path)?;
    export::file::write_whole(&path, |out| export::beads::write(export::views(bitext, alignment), out))?;
    Ok(())
}
