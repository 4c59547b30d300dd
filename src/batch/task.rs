//! One pair of a collection: what is to be done, what came of it, and doing it.
//!
//! In: a [`Task`]. Out: an [`Outcome`], and the alignment in a file. Guarantee: the file is written whole or not at
//! all; a task whose inputs, options and program are those of an earlier result, and whose output still is what
//! was written then, is not done again.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::digest::{Digest, Digester};
use super::documents::{Both, Documents, Reading};
use super::figures::{Figures, Suspicion, figures};
use super::settings::Settings;
use crate::bitext::{Alignment, Bitext, Lang, Sides};
use crate::export::tmx::TmxOptions;
use crate::export::{self, Format, ReportLanguage, WriteOptions};
use crate::formats::Placeholders;
use crate::pipeline::{self, AlignOptions};
use crate::read::{InlineTags, ReadOptions};
use crate::segment::SegmentOptions;

/// A pair of documents to align.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Task {
    /// Its name, unique in the collection.
    pub id: String,
    /// The documents.
    pub documents: Documents,
    /// The file to write.
    pub output: PathBuf,
    /// The language of the source; `None` detects it.
    pub source_lang: Option<String>,
    /// The language of the target; `None` detects it.
    pub target_lang: Option<String>,
    /// Options of its own.
    pub settings: Settings,
}

impl Task {
    /// The languages named for both sides.
    pub(super) fn languages(&self) -> Sides<Option<&str>> {
        Sides::new(self.source_lang.as_deref(), self.target_lang.as_deref())
    }
}

/// What a pair gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finished {
    /// Of the inputs, the options and the program: what the output depends on.
    pub inputs: Digest,
    /// Of the file written.
    pub output: Digest,
    /// The languages, as given or detected.
    pub languages: [String; 2],
    /// The alignment in figures.
    pub figures: Figures,
    /// Pairs that were not written, being less sure than asked for.
    #[serde(default)]
    pub left_out: usize,
    /// Pieces of a document with both languages that were left out, since they are in neither.
    #[serde(default)]
    pub pieces_left_out: usize,
    /// What was said of the documents when they were read: what was left out of them, how sure their reading is.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Seconds that it took.
    pub seconds: f64,
}

/// How a pair ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// It was aligned and written.
    Done(Finished),
    /// It was finished before, and nothing has changed since.
    Unchanged(Finished),
    /// It could not be aligned, for this reason.
    Failed(String),
}

impl Outcome {
    /// The result, if there is one.
    pub const fn finished(&self) -> Option<&Finished> {
        match self {
            Self::Done(finished) | Self::Unchanged(finished) => Some(finished),
            Self::Failed(_) => None,
        }
    }
}

/// What holds for all pairs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TaskOptions {
    /// How to align, where a pair has no settings of its own.
    pub align: AlignOptions,
    /// Of everything that `align` was made from, such as the files of lexicons.
    pub align_digest: Digest,
    /// Settings of pairs that have none of their own.
    pub settings: Settings,
    /// How to read.
    pub read: ReadOptions,
    /// How to cut; what its rules were made from belongs into `align_digest`.
    pub segment: SegmentOptions,
    /// The format where an output's extension stands for none.
    pub format: Format,
    /// How to write translation memories; its languages are replaced by those of the pair.
    pub tmx: TmxOptions,
    /// The language of HTML reports.
    pub report: ReportLanguage,
    /// Pairs less sure than this, from 0 to 1, are not written.
    pub min_confidence: Option<f64>,
}

impl TaskOptions {
    /// Options that write `format`, with the defaults of the library else.
    pub fn new(format: Format) -> Self {
        let und = Lang::undetermined();
        Self {
            align: AlignOptions::default(),
            align_digest: Digester::new().finish(),
            settings: Settings::default(),
            read: ReadOptions::default(),
            segment: SegmentOptions::default(),
            format,
            tmx: TmxOptions::new(Sides::new(und.clone(), und)),
            report: ReportLanguage::default(),
            min_confidence: None,
        }
    }

    /// How documents are read and cut, with `settings`.
    pub(super) fn reading(&self, settings: &Settings) -> Reading<'_> {
        Reading {
            read: self.read.clone(),
            segment: &self.segment,
            presegmented: settings.presegmented == Some(true),
        }
    }

    /// The format of a task's output.
    fn format_of(&self, task: &Task) -> Format {
        Format::from_path(&task.output).unwrap_or(self.format)
    }
}

/// Does `task`, unless `earlier` still holds.
pub(super) fn perform(task: &Task, earlier: Option<&Finished>, options: &TaskOptions) -> Outcome {
    match try_perform(task, earlier, options) {
        Ok(outcome) => outcome,
        Err(reason) => Outcome::Failed(reason),
    }
}

fn try_perform(task: &Task, earlier: Option<&Finished>, options: &TaskOptions) -> Result<Outcome, String> {
    let start = Instant::now();
    let settings = task.settings.over(&options.settings);
    let bytes = task.documents.bytes(options.read.max_size)?;
    let inputs = digest_of_inputs(task, &settings, &bytes, options)?;
    if let Some(earlier) = earlier
        && earlier.inputs == inputs
        && std::fs::read(&task.output).is_ok_and(|written| Digester::of(&written) == earlier.output)
    {
        return Ok(Outcome::Unchanged(earlier.clone()));
    }
    let Both { sides, pieces_left_out, warnings } =
        task.documents.prepare(bytes, task.languages(), options.reading(&settings))?;
    let bitext = pipeline::bitext(sides);
    let alignment =
        pipeline::align(&bitext, &settings.align_options(&options.align)).map_err(|e| e.to_string())?;
    let written = rendered(&bitext, &alignment, task, options)?;
    if let Some(folder) = task.output.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| format!("the folder {} cannot be made: {e}", folder.display()))?;
    }
    export::file::write_whole(&task.output, |out| std::io::Write::write_all(out, &written))
        .map_err(|e| format!("{e}: {}", e.source))?;
    let languages = &bitext.languages;
    let mut figures = figures(&bitext, &alignment);
    if pieces_left_out > 0 {
        figures.suspicions.push(Suspicion::TextLeftOut);
    }
    Ok(Outcome::Done(Finished {
        inputs,
        output: Digester::of(&written),
        languages: [languages.source.to_string(), languages.target.to_string()],
        figures,
        left_out: export::left_out(&alignment, options.min_confidence),
        pieces_left_out,
        warnings,
        seconds: start.elapsed().as_secs_f64(),
    }))
}

fn rendered(
    bitext: &Bitext,
    alignment: &Alignment,
    task: &Task,
    options: &TaskOptions,
) -> Result<Vec<u8>, String> {
    let mut write = WriteOptions::new(bitext.languages.clone());
    write.tmx = TmxOptions { languages: bitext.languages.clone(), ..options.tmx.clone() };
    if options.read.inline_tags == InlineTags::Placeholders {
        write.tmx.placeholders = Placeholders::Elements;
    }
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    write.report.files = Some(task.documents.sides().map(name));
    write.report.language = options.report;
    let mut out = Vec::new();
    let beads = export::sure_views(bitext, alignment, options.min_confidence);
    export::write(options.format_of(task), beads, &write, &mut out).map_err(|e| e.to_string())?;
    Ok(out)
}

fn digest_of_inputs(
    task: &Task,
    settings: &Settings,
    documents: &[Vec<u8>],
    options: &TaskOptions,
) -> Result<Digest, String> {
    let mut digester = Digester::new();
    digester.add(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).as_bytes());
    digester.add(options.align_digest.as_str().as_bytes());
    digester.add(&serde_json::to_vec(settings).map_err(|e| e.to_string())?);
    digester.add(options.format_of(task).name().as_bytes());
    let date = options.tmx.creation_date.map(|date| date.to_string());
    digester.add(date.unwrap_or_default().as_bytes());
    digester.add(format!("{:?} {:?}", options.tmx.duplicates, options.read).as_bytes());
    if options.format_of(task) == Format::Html {
        digester.add(options.report.tag().as_bytes());
    }
    if let Some(least) = options.min_confidence {
        digester.add(format!("sure {least}").as_bytes());
    }
    if let Documents::Interleaved(_) = task.documents {
        digester.add(b"both languages in turn");
    }
    for lang in [&task.source_lang, &task.target_lang] {
        digester.add(lang.as_deref().unwrap_or_default().as_bytes());
    }
    for (path, bytes) in task.documents.paths().into_iter().zip(documents) {
        // The extension says how the document is read.
        digester.add(path.extension().unwrap_or_default().as_encoded_bytes());
        digester.add(bytes);
    }
    Ok(digester.finish())
}
