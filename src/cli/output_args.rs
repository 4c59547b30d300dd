//! What can be typed about output: where the result goes, in what format, how readable text looks.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use muqabala::export;
use muqabala::tmx::Timestamp;

/// Where the result goes, and in what format.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The format [default: by the extension of --output, else text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<FormatName>,
    /// The date written into a TMX, in UTC, such as 2024-07-23 or 20240723T120000Z [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "DATE")]
    pub(crate) creation_date: Option<Timestamp>,
    /// What a TMX does with pairs of texts that recur
    #[arg(long, value_name = "HOW", default_value = "once")]
    pub(crate) duplicates: DuplicatesName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DuplicatesName {
    /// Each pair is written once; of several translations of one text the surest comes last
    Once,
    /// Every bead is written, in order
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    /// Translation Memory eXchange 1.4, for translators' tools
    Tmx,
    /// XLIFF 1.2, for translators' tools
    Xliff,
    /// XLIFF 2.1
    Xliff2,
    /// PO of GNU gettext
    Po,
    /// Tab-separated values, for scripts
    Tsv,
    /// Comma-separated values, for spreadsheets
    Csv,
    /// A workbook of Excel
    Xlsx,
    /// A document with a table of two columns, for people
    Docx,
    /// A report with the alignment as a picture, for people
    Html,
    /// A pair of files with a text a line: NAME.ar and NAME.en
    Moses,
    /// cesAlign: the links, and two documents beside them, as in OPUS
    #[value(name = "cesalign")]
    Ces,
    /// A bead a line in JSON, with its evidence
    Jsonl,
    /// Bare segment indices, the format of gold files
    Beads,
    /// Source and target side by side, for people
    Text,
}

impl From<FormatName> for export::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Tmx => Self::Tmx,
            FormatName::Xliff => Self::Xliff,
            FormatName::Xliff2 => Self::Xliff2,
            FormatName::Po => Self::Po,
            FormatName::Tsv => Self::Tsv,
            FormatName::Csv => Self::Csv,
            FormatName::Xlsx => Self::Xlsx,
            FormatName::Docx => Self::Docx,
            FormatName::Html => Self::Html,
            FormatName::Moses => Self::Moses,
            FormatName::Ces => Self::Ces,
            FormatName::Jsonl => Self::Jsonl,
            FormatName::Beads => Self::Beads,
            FormatName::Text => Self::Text,
        }
    }
}

/// How the readable text looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Readable text")]
pub(crate) struct ReadableArgs {
    /// Who puts right-to-left text in order
    #[arg(long, value_name = "WHO", default_value = "auto")]
    pub(crate) bidi: BidiName,
    /// Columns to wrap at; 0 does not wrap [default: the terminal's width, else 0]
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
    /// Show invisible marks, such as RLM, ZWNJ and no-break space, by name
    #[arg(long)]
    pub(crate) show_invisible: bool,
    /// Show every unaligned segment; long runs are folded otherwise
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BidiName {
    /// The terminal does, where there is one that can; text for a file or a pipe is left alone
    Auto,
    /// The terminal does; segments are put into isolates
    Terminal,
    /// muqabala does, for a terminal that cannot
    Reorder,
    /// Nobody: the raw text
    Off,
}
