//! What can be typed for the commands on collections.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use muqabala::batch::Detail;
use muqabala::tmx::Timestamp;

use super::input::{EvidenceArgs, LangArgs, ReadArgs, parse_share};
use super::output::{DuplicatesName, FormatName, ReportLanguageName};
use super::size::parse_size;

/// Align many texts: JSON lines in, JSON lines out, in the same order
///
/// Each line of standard input is a record: {"id": …, "source": "text", "target": ["segment", …]}, with
/// "source_lang", "target_lang" and "options" where they differ from what is given here. Each gets one line for
/// answer, with its pairs as "beads", or with "error" if it cannot be aligned. Memory does not grow with the number of
/// records. docs/batch.md has the schema.
#[derive(Debug, Args)]
pub(crate) struct PipeCommand {
    /// Records aligned at a time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// How much an answer holds of each pair
    #[arg(long, value_name = "WHAT", default_value = "texts")]
    pub(crate) detail: DetailName,
    /// Texts have one segment a line: do not segment them
    #[arg(long)]
    pub(crate) presegmented: bool,
    /// Cut into segments by the rules of this SRX file, such as a CAT tool's, in place of the built-in ones
    #[arg(long, value_name = "FILE", conflicts_with = "presegmented")]
    pub(crate) srx: Option<PathBuf>,
    /// The longest record accepted, in bytes or as 100K, 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = parse_size)]
    pub(crate) max_record_size: u64,
    /// The longest time for one record, in seconds; the answer of one that takes longer says so
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub(crate) timeout: Option<Duration>,
    /// End with status 1 if a record could not be aligned
    #[arg(long)]
    pub(crate) fail_on_error: bool,
    /// Leave out pairs less sure than this, from 0 to 1; segments without counterpart stay
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) languages: LangArgs,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DetailName {
    /// Indices, type and confidence
    Beads,
    /// The texts as well
    Texts,
    /// Evidence and doubts as well
    Evidence,
}

impl From<DetailName> for Detail {
    fn from(name: DetailName) -> Self {
        match name {
            DetailName::Beads => Self::Beads,
            DetailName::Texts => Self::Texts,
            DetailName::Evidence => Self::Evidence,
        }
    }
}

/// Align a collection: a manifest of document pairs, or two folders paired by name
///
/// A manifest has a document pair a line, as tab-separated values (source, target, output, id, options; or as a header
/// names them) or as JSON lines; a document that holds both languages in turn stands in a column "interleaved", and
/// --interleaved takes a folder of such. The alignment of each goes into a file of its own. One that cannot be
/// aligned is listed with its reason at the end and stops nothing. With --resume, those that are finished, by
/// the content of their documents and by all options, are not aligned again. docs/batch.md says more.
/// Ends with status 1 if one failed or the run was stopped.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct BatchCommand {
    /// The manifest, or the folder of source documents
    #[arg(value_name = "MANIFEST|SOURCES")]
    pub(crate) source: PathBuf,
    /// The folder of target documents
    #[arg(value_name = "TARGETS")]
    pub(crate) target: Option<PathBuf>,
    /// Each document of the folder holds both languages in turn: take it apart and align its two parts
    #[arg(long, conflicts_with = "target")]
    pub(crate) interleaved: bool,
    /// The folder to write into
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// The format of outputs that a manifest does not name
    #[arg(long, short, value_name = "FORMAT", default_value = "tmx", ignore_case = true)]
    pub(crate) format: FormatName,
    /// Do not align again what is finished
    #[arg(long)]
    pub(crate) resume: bool,
    /// Document pairs aligned at a time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// The longest time for one document pair, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub(crate) timeout: Option<Duration>,
    /// First learn words from the whole collection, then align each document pair with them
    #[arg(long)]
    pub(crate) learn_together: bool,
    /// Segments to learn from at most; of a larger collection a sample of the document pairs is taken
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "learn_together")]
    pub(crate) learn_from: usize,
    /// Where to write the report as tab-separated values [default: report.tsv in the output folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Where to write the report as a page [default: report.html in the output folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Where to keep what is finished [default: muqabala-batch.state in the output folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Write progress to standard error as JSON lines
    #[arg(long)]
    pub(crate) json_progress: bool,
    /// The date written into translation memories [default: that of the run resumed, else SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "DATE")]
    pub(crate) creation_date: Option<Timestamp>,
    /// What a TMX does with pairs of texts that recur
    #[arg(long, value_name = "HOW", default_value = "once")]
    pub(crate) duplicates: DuplicatesName,
    /// Leave out pairs less sure than this, from 0 to 1; segments without counterpart stay
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) min_confidence: Option<f64>,
    /// The language of HTML reports, that of the whole run and those of the document pairs
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) report_language: ReportLanguageName,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) languages: LangArgs,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
    /// Serve a run, on standard input and output
    #[arg(long, hide = true, value_name = "DATE", num_args = 0..=1, default_missing_value = "")]
    pub(crate) as_worker: Option<String>,
    /// Words that the run has learnt
    #[arg(long, hide = true, value_name = "FILE")]
    pub(crate) learnt: Option<PathBuf>,
}

impl BatchCommand {
    /// Where the report goes as tab-separated values.
    pub(crate) fn report_file(&self) -> PathBuf {
        self.place(self.report.as_ref(), "report.tsv")
    }

    /// Where the report goes as a page.
    pub(crate) fn html_file(&self) -> PathBuf {
        self.place(self.html.as_ref(), "report.html")
    }

    /// Where it is kept what is finished.
    pub(crate) fn state_file(&self) -> PathBuf {
        self.place(self.state.as_ref(), "muqabala-batch.state")
    }

    /// Where the words go that are learnt from the whole collection.
    pub(crate) fn learnt_file(&self) -> PathBuf {
        self.output.join("learnt.tsv")
    }

    fn place(&self, given: Option<&PathBuf>, name: &str) -> PathBuf {
        given.cloned().unwrap_or_else(|| self.output.join(name))
    }
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|s: &f64| *s > 0.0 && *s < 1e9);
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("`{text}` is not a number of seconds"))
}
