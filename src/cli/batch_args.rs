//! What can be typed for the commands on collections.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use muqabala::batch::Detail;

use super::args::{EvidenceArgs, LangArgs, parse_size};

/// Align many texts: JSON lines in, JSON lines out, in the same order
///
/// Each line of standard input is a record: {"id": …, "source": "text", "target": ["segment", …]}, with
/// "source_lang", "target_lang" and "options" where they differ from what is given here. Each gets one line for
/// answer, with its beads, or with "error" if it cannot be aligned. Memory does not grow with the number of
/// records. docs/batch.md has the schema.
#[derive(Debug, Args)]
pub(crate) struct PipeCommand {
    /// Records aligned at a time [default: one for each core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// How much an answer holds of each bead
    #[arg(long, value_name = "WHAT", default_value = "texts")]
    pub(crate) detail: DetailName,
    /// Texts have one segment a line: do not segment them
    #[arg(long)]
    pub(crate) presegmented: bool,
    /// The longest record accepted, in bytes or as 100K, 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = parse_size)]
    pub(crate) max_record_size: u64,
    /// End with status 1 if a record could not be aligned
    #[arg(long)]
    pub(crate) fail_on_error: bool,
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
