//! What can be typed about output: where the result goes, in what format, how readable text looks.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use muqabala::export::{Format, ReportLanguage};
use muqabala::tmx::Timestamp;

/// Where the result goes, and in what format.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The format [default: by the extension of --output, else text]
    #[arg(long, short, value_name = "FORMAT", ignore_case = true)]
    pub(crate) format: Option<FormatName>,
    /// The date written into a TMX, in UTC, such as 2024-07-23 or 20240723T120000Z [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "DATE")]
    pub(crate) creation_date: Option<Timestamp>,
    /// What a TMX does with pairs of texts that recur
    #[arg(long, value_name = "HOW", default_value = "once")]
    pub(crate) duplicates: DuplicatesName,
    /// The language of an HTML report [default: that of the project's review page, else en]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) report_language: Option<ReportLanguageName>,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

/// The language of a report, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportLanguageName {
    /// English
    En,
    /// Arabic, from right to left
    Ar,
}

impl From<ReportLanguageName> for ReportLanguage {
    fn from(name: ReportLanguageName) -> Self {
        match name {
            ReportLanguageName::En => Self::English,
            ReportLanguageName::Ar => Self::Arabic,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DuplicatesName {
    /// Each pair is written once; of several translations of one text the surest comes last
    Once,
    /// Every pair is written, in order
    All,
}

/// A format by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormatName(pub(crate) Format);

impl ValueEnum for FormatName {
    fn value_variants<'a>() -> &'a [Self] {
        const NAMES: [FormatName; Format::ALL.len()] = {
            let mut names = [FormatName(Format::Text); Format::ALL.len()];
            let mut at = 0;
            while at < names.len() {
                names[at] = FormatName(Format::ALL[at]);
                at += 1;
            }
            names
        };
        &NAMES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.about()))
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
