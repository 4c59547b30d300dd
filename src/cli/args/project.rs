//! The commands on a project, as typed.
//!
//! In: arguments. Out: one struct for each command. Guarantee: what clap lets through is well formed.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use muqabala::project::Decision;

use super::input::{EvidenceArgs, LangArgs, ReadArgs, parse_share};
use super::output::{OutputArgs, ReadableArgs};

/// Open the workbench in the browser: choose two documents, go on with a project, mend a memory
///
/// This is what the program does without arguments, where there is a desktop. The page is served on this machine
/// alone, and sends what you choose to this program and nowhere else. If that of the folder runs already it is shown, and
/// no other is served, but with --port or --keep.
#[derive(Debug, Args)]
pub(crate) struct StartCommand {
    /// The folder of the projects; it is made if need be [default: muqabala in your folder for documents]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Do not open a browser; the page's address is written all the same
    #[arg(long)]
    pub(crate) no_open: bool,
    /// The port of 127.0.0.1 to listen at; 0 takes any free one [default: the same for a folder each time, if it is free]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Go on when the last page was closed, until Ctrl-C
    #[arg(long)]
    pub(crate) keep: bool,
    /// How long after its last page was closed the program stops
    #[arg(long, value_name = "SECONDS", default_value_t = STOP_AFTER, conflicts_with = "keep")]
    pub(crate) stop_after: u64,
}

/// How long after its last page was closed the program stops, in seconds, if nothing else is said.
const STOP_AFTER: u64 = 60;

/// Correct an alignment in the browser
///
/// `review PROJECT.muq` opens a saved project; `review SOURCE TARGET` aligns two documents, saves them as a
/// project and opens it. The page is served on this machine alone; its address, with the code that opens
/// it, is written to standard output.
#[derive(Debug, Args)]
pub(crate) struct ReviewCommand {
    /// The project, or the source document
    #[arg(value_name = "PROJECT|SOURCE")]
    pub(crate) project: PathBuf,
    /// The target document
    pub(crate) target: Option<PathBuf>,
    /// Where to save the project of two documents [default: the name of SOURCE with .muq]
    #[arg(long, value_name = "FILE", requires = "target")]
    pub(crate) save: Option<PathBuf>,
    /// Your name, which the page writes down with each edit [default: the one in the project]
    #[arg(long, value_name = "NAME")]
    pub(crate) reviewer: Option<String>,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// The port of 127.0.0.1 to listen at; 0 takes any free one [default: the same for a project each time, if it is free]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) languages: LangArgs,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
}

/// Show how far the review of a project is
///
/// Ends with status 1 while pairs are pending or flagged.
#[derive(Debug, Args)]
pub(crate) struct StatusCommand {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: PathBuf,
    /// How many doubtful pairs to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) doubtful: usize,
}

/// Show every edit of a project, one a line
#[derive(Debug, Args)]
pub(crate) struct HistoryCommand {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: PathBuf,
    /// Show the last N only
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<usize>,
}

/// Write the pairs of a project in a file format
///
/// Rejected pairs are never written.
#[derive(Debug, Args)]
pub(crate) struct ExportCommand {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: PathBuf,
    /// Which pairs to write
    #[arg(long, value_name = "WHICH", default_value = "all")]
    pub(crate) only: OnlyName,
    /// Write a file for each status: NAME.accepted.tmx, NAME.pending.tmx, NAME.flagged.tmx
    #[arg(long, requires = "output", conflicts_with = "only")]
    pub(crate) split_by_status: bool,
    /// The least confidence of pairs that were not accepted, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) min_confidence: Option<f64>,
    /// The documents were read with --inline-tags: write placeholders as inline elements of TMX and XLIFF
    #[arg(long)]
    pub(crate) inline_tags: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) readable: ReadableArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnlyName {
    /// All but the rejected ones
    All,
    /// The accepted ones
    Accepted,
}

/// Align a project again, keeping what was accepted or fixed
#[derive(Debug, Args)]
pub(crate) struct RealignCommand {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: PathBuf,
}

/// Take a project over to new versions of its documents
///
/// Pairs both sides of which did not change stay, with decisions, comments, corrections and pins; the rest is aligned
/// anew and stands as pending. What was said of pairs that are gone is listed; comments and flags go to the pairs that
/// hold what is left of them. The project as it was is kept beside the new one.
#[derive(Debug, Args)]
pub(crate) struct UpdateCommand {
    /// The project
    #[arg(value_name = "PROJECT")]
    pub(crate) project: PathBuf,
    /// The new version of the source document
    #[arg(long, value_name = "FILE", required_unless_present = "target")]
    pub(crate) source: Option<PathBuf>,
    /// The new version of the target document
    #[arg(long, value_name = "FILE")]
    pub(crate) target: Option<PathBuf>,
    /// Write the result there and leave PROJECT as it is [default: in its place]
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// How many of the pairs that were aligned anew to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) show: usize,
    /// Write what became of the pairs as JSON, all of it
    #[arg(long, conflicts_with = "show")]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// Show where two reviewers' projects of the same texts differ, and how far they agree
///
/// Shown are places that both cut, decided on, commented or corrected, and not alike; with figures: the F1 of the pairs,
/// and of decisions the share made alike and Cohen's kappa.
#[derive(Debug, Args)]
pub(crate) struct CompareCommand {
    /// The first project
    #[arg(value_name = "A")]
    pub(crate) first: PathBuf,
    /// The second project
    #[arg(value_name = "B")]
    pub(crate) second: PathBuf,
    /// Show also where one alone decided, commented or corrected
    #[arg(long)]
    pub(crate) all: bool,
    /// How many places to show
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) show: usize,
    /// Write all of it as JSON
    #[arg(long, conflicts_with_all = ["all", "show"])]
    pub(crate) json: bool,
    /// Also write it as a page
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// Take another reviewer's work over into a project of the same texts
///
/// A gets what B has and A has not: decisions on pairs that are pending in A, comments, corrections and pins where A has
/// none, and B's cuts where nobody spoke on them in A. What was said in A stays; where both said something and not the
/// same, A stays as it is and the place is listed. It is one edit, which undo takes back. Ends with status 1 if there
/// is such a place.
#[derive(Debug, Args)]
pub(crate) struct MergeCommand {
    /// The project that is changed
    #[arg(value_name = "A")]
    pub(crate) project: PathBuf,
    /// The project whose work is taken over; it is only read
    #[arg(value_name = "B")]
    pub(crate) other: PathBuf,
    /// Write what was taken, and the conflicts, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `pairs.accepted.tmx` for `pairs.tmx`.
pub(crate) fn with_status(path: &Path, decision: Decision) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{decision}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// `statement.muq` for `statement.ar.txt`.
pub(crate) fn project_name(source: &Path) -> PathBuf {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem.split('.').next().filter(|s| !s.is_empty()).unwrap_or("review").to_owned();
    PathBuf::from(format!("{stem}.muq"))
}
