//! What the user typed, as types. What it means is said where it is used.

pub(crate) mod batch;
pub(crate) mod examples;
pub(crate) mod first;
pub(crate) mod from;
pub(crate) mod input;
pub(crate) mod near;
pub(crate) mod output;
pub(crate) mod project;
pub(crate) mod search;
pub(crate) mod size;
pub(crate) mod snapshot;
pub(crate) mod tmx;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use muqabala::bitext::Lang;

use batch::{BatchCommand, PipeCommand};
use first::{ConfigCommand, DemoCommand, DoctorCommand, LanguagesCommand, ManCommand};
use from::FromArgs;
use input::{EncodingArgs, EvidenceArgs, LangArgs, PinArgs, ReadArgs, parse_share};
use near::parse_lang;
use output::{OutputArgs, ReadableArgs};
use project::{
    CompareCommand, ExportCommand, HistoryCommand, MergeCommand, RealignCommand, ReviewCommand, StartCommand,
    StatusCommand, UpdateCommand,
};
use search::SearchCommand;
use snapshot::SnapshotCommand;
use tmx::TmxCommand;

/// Align two documents that translate each other, sentence by sentence.
///
/// muqabala reads both documents, cuts them into segments, aligns the segments, says how sure it is of each
/// pair and why, and writes a translation memory (TMX) or another format.
#[derive(Debug, Parser)]
#[command(name = "muqabala", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    /// Take no defaults from files of settings (muqabala.toml)
    #[arg(long, global = true)]
    pub(crate) no_settings: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  muqabala start                                                   choose documents in the browser
  muqabala demo                                                    see it at work
  muqabala align statement.ar.txt statement.en.txt                 show the alignment
  muqabala align statement.ar.txt statement.en.txt -o pairs.tmx    write a translation memory

Results go to standard output or to the file named by --output, messages to standard error.
Exit status: 0 done, 1 done but below a threshold that was asked for, 2 error.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Start(StartCommand),
    Demo(DemoCommand),
    Align(AlignCommand),
    Read(ReadCommand),
    Segment(SegmentCommand),
    Anchors(AnchorsCommand),
    Show(ShowCommand),
    Review(ReviewCommand),
    Status(StatusCommand),
    History(HistoryCommand),
    Export(ExportCommand),
    Realign(RealignCommand),
    Update(UpdateCommand),
    Compare(CompareCommand),
    Merge(MergeCommand),
    Search(SearchCommand),
    Evaluate(EvaluateCommand),
    Snapshot(SnapshotCommand),
    Batch(BatchCommand),
    Pipe(PipeCommand),
    Lexicon(LexiconCommand),
    Tmx(TmxCommand),
    Config(ConfigCommand),
    Languages(LanguagesCommand),
    Doctor(DoctorCommand),
    Completions(CompletionsCommand),
    Man(ManCommand),
}

/// Options of the messages on standard error.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(crate) struct MessageArgs {
    /// Say more of what is done
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// When to use colours; `auto` looks at the terminal and at NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
}

/// When to do something that depends on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// Align two documents and write or show the result
///
/// SOURCE and TARGET are two documents that translate each other, wholly or in part; what has no
/// counterpart stays unaligned.
#[derive(Debug, Args)]
pub(crate) struct AlignCommand {
    /// The source document; `-` is standard input
    #[arg(required_unless_present_any = ["from", "interleaved"])]
    pub(crate) source: Option<PathBuf>,
    /// The target document; `-` is standard input
    #[arg(required_unless_present_any = ["from", "interleaved"])]
    pub(crate) target: Option<PathBuf>,
    /// Also save a project to review, such as statement.muq
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Also write what was read and how the alignment looks in figures, as JSON; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) figures: Option<PathBuf>,
    /// Leave out pairs less sure than this, from 0 to 1; segments without counterpart stay
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) from: FromArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) encodings: EncodingArgs,
    #[command(flatten)]
    pub(crate) languages: LangArgs,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
    #[command(flatten)]
    pub(crate) pins: PinArgs,
    #[command(flatten)]
    pub(crate) readable: ReadableArgs,
}

/// Show what was understood of a document: its blocks, one a line
///
/// A line has the kind of the block, a tab, and its text; line ends in the text stand as spaces.
#[derive(Debug, Args)]
#[command(mut_arg("srx", |srx| srx.hide(true)))]
pub(crate) struct ReadCommand {
    /// The document, or its web address; `-` is standard input
    pub(crate) file: PathBuf,
    /// Write each block as JSON: kind, level of a heading, the bytes of the text at which it starts and ends, text
    #[arg(long)]
    pub(crate) json: bool,
    /// The document's language, such as ar: a hint for old encodings
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// Show how a document is cut into segments, one a line
#[derive(Debug, Args)]
pub(crate) struct SegmentCommand {
    /// The document; `-` is standard input
    #[arg(required_unless_present = "export_srx")]
    pub(crate) file: Option<PathBuf>,
    /// Write the segmentation rules as SRX 2.0, for a CAT tool, and cut nothing
    #[arg(long, conflicts_with_all = ["file", "lang", "numbered"])]
    pub(crate) export_srx: bool,
    /// The document's language, such as ar [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) lang: Option<Lang>,
    /// Number the segments, and name the kind of block each stands in
    #[arg(long)]
    pub(crate) numbered: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// Show the numbers, dates and symbols found in a document
///
/// One anchor a line: segment number, kind, value, the text as it stands. Names are found only with both
/// documents at hand: `align` tells them.
#[derive(Debug, Args)]
pub(crate) struct AnchorsCommand {
    /// The document; `-` is standard input
    pub(crate) file: PathBuf,
    /// The document's language, such as ar [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// Show a saved alignment (JSON lines), or write it in another format
#[derive(Debug, Args)]
pub(crate) struct ShowCommand {
    /// The alignment, written earlier with --format jsonl; `-` is standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) languages: LangArgs,
    #[command(flatten)]
    pub(crate) readable: ReadableArgs,
}

/// Align documents whose alignment is known and measure the result
///
/// Each folder holds two documents LANG.txt (such as ar.txt and en.txt; the first in alphabetical order is
/// the source) and a gold file: `source indices<TAB>target indices` a line, from 0, separated by commas.
/// Where the gold covers just the lines of the documents they count as presegmented; otherwise they are
/// segmented, and the gold must cover the segments.
#[derive(Debug, Args)]
pub(crate) struct EvaluateCommand {
    /// Folders with two documents and a gold file, or of published gold: NAME.de, NAME.fr and NAME.defr
    #[arg(required = true, value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    /// The name of the gold file in each folder
    #[arg(long, value_name = "NAME", default_value = "gold.tsv")]
    pub(crate) gold: PathBuf,
    /// Write the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write the beads found, as NAME.tsv for each folder, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write_beads: Option<PathBuf>,
    /// Which document of each folder is the source, by its language [default: the first in alphabetical order]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) source_lang: Option<Lang>,
    /// Learn words from all folders of the same languages together, not from each alone
    #[arg(long)]
    pub(crate) learn_together: bool,
    /// How to read the documents [default: by what the gold covers]
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub(crate) segments: SegmentsName,
    /// End with status 1 if the strict F1 over all folders is below this, from 0 to 1
    #[arg(long, value_name = "F1", value_parser = parse_share)]
    pub(crate) fail_under: Option<f64>,
    /// Show how sure short texts are that do not translate each other, and those that do, in place of scores
    ///
    /// Texts of 1, 2, 3, 5 and 8 segments a side are made of the folders' 1-1 beads: 40 of two folders, and 40 of one.
    /// Shown is the share of their source segments in linked beads of confidence 0.9 or more.
    #[arg(long, conflicts_with_all = ["write_beads", "learn_together", "fail_under"])]
    pub(crate) unrelated: bool,
    /// Which texts are taken, as a number
    #[arg(long, value_name = "N", default_value_t = 5, requires = "unrelated")]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SegmentsName {
    /// Lines if the gold covers just the lines, else as muqabala cuts them
    Auto,
    /// One segment a line
    Lines,
    /// As muqabala cuts them
    Cut,
}

/// Check lexicons, look words up in them, learn them from translation memories
#[derive(Debug, Args)]
pub(crate) struct LexiconCommand {
    #[command(subcommand)]
    pub(crate) action: LexiconAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LexiconAction {
    /// Read a lexicon and tell every line that cannot be used; status 1 if there is one
    Check {
        /// The lexicon; `-` is standard input
        file: PathBuf,
    },
    /// Show the equivalents of a word in either direction: word, equivalent, weight, lexicon
    ///
    /// A word that stands in no lexicon as it is written is looked up as an alignment does it, under the words that it
    /// may be a form of.
    Show {
        /// The word
        word: String,
        /// A lexicon to look into besides the built-in one; may be repeated
        #[arg(long, value_name = "FILE")]
        lexicon: Vec<PathBuf>,
        /// Do not look into the lexicon that is built in
        #[arg(long)]
        no_builtin_lexicon: bool,
    },
    /// Learn word pairs from translation memories: word, word, probability; as TBX into a file NAME.tbx
    Learn {
        /// Translation memories; their most frequent pair of languages is learnt
        #[arg(required = true, value_name = "TMX")]
        files: Vec<PathBuf>,
        /// The file to write; `-` is standard output
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        /// Replace what is there even if it is a project or another program's memory
        #[arg(long)]
        force: bool,
    },
}

/// Write the completions of a shell to standard output
#[derive(Debug, Args)]
pub(crate) struct CompletionsCommand {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn only_what_a_project_keeps_replaces_what_it_keeps() {
        let given = |option: &str| {
            let line = ["muqabala", "review", "statement.muq", option];
            let cli = Cli::try_parse_from(line).expect("a line that clap accepts");
            matches!(cli.command, Some(Command::Review(command)) if command.evidence.is_given())
        };
        assert!(given("--monotone") && given("--no-builtin-lexicon"));
        assert!(!given("--prove"), "a check of one run must not reset what the project was aligned with");
    }
}
