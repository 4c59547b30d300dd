//! What can be typed after `snapshot`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::input::{EvidenceArgs, ReadArgs};

/// Write the alignments of a corpus to compare later ones with, or compare
///
/// Each folder at or below DIR with two documents named by their languages, such as ar.txt and en.docx (the first
/// in alphabetical order is the source), is aligned, and its alignment written as a text that is made to be read
/// and compared. With --check nothing is written; what changed is shown in both languages: places that are broken,
/// mended or cut otherwise, and evidence that differs. Where a folder has a gold.tsv, it says what is broken and
/// what is mended; elsewhere links lost and won do. Ends with status 1 if anything changed.
#[derive(Debug, Args)]
pub(crate) struct SnapshotCommand {
    /// The corpus
    #[arg(value_name = "DIR")]
    pub(crate) corpus: PathBuf,
    /// Compare with the snapshots that are there, and write none
    #[arg(long, conflicts_with = "show")]
    pub(crate) check: bool,
    /// Write the snapshots to standard output, and into no file
    #[arg(long, conflicts_with = "snapshots")]
    pub(crate) show: bool,
    /// The folder of the snapshots [default: snapshots in DIR]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) snapshots: Option<PathBuf>,
    /// What --check compares
    #[arg(long, value_name = "WHAT", default_value = "all", requires = "check")]
    pub(crate) compare: CompareName,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareName {
    /// Beads, and their confidence, evidence and doubts
    All,
    /// Beads alone
    Beads,
}
