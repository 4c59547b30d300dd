//! What the user typed, as types. What it means is said where it is used.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use muqabala::bitext::{EvidenceKind, Lang, Side};
use muqabala::export;
use muqabala::read::{Format as InputFormat, InlineTags, Page, ReadOptions, TextEncoding};
use muqabala::tmx::Timestamp;

use super::batch_args::{BatchCommand, PipeCommand};
use super::first_args::{DemoCommand, DoctorCommand, ManCommand};
use super::near::{parse_lang, question};
use super::project_args::{ExportCommand, HistoryCommand, RealignCommand, ReviewCommand, StatusCommand};
use super::size::parse_size;
use super::snapshot_args::SnapshotCommand;
use super::tmx_args::TmxCommand;

/// Align two documents that translate each other, sentence by sentence.
///
/// muqabala reads both documents, cuts them into segments, aligns the segments, says how sure it is of each
/// pair and why, and writes a translation memory (TMX) or another format.
#[derive(Debug, Parser)]
#[command(name = "muqabala", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) messages: MessageArgs,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  muqabala demo                                                    see it at work
  muqabala align statement.ar.txt statement.en.txt                 show the alignment
  muqabala align statement.ar.txt statement.en.txt -o pairs.tmx    write a translation memory

Results go to standard output or to the file named by --output, messages to standard error.
Exit status: 0 done, 1 done but below a threshold that was asked for, 2 error.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
    Evaluate(EvaluateCommand),
    Snapshot(SnapshotCommand),
    Batch(BatchCommand),
    Pipe(PipeCommand),
    Lexicon(LexiconCommand),
    Tmx(TmxCommand),
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

/// How to read the documents.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadArgs {
    /// The documents have one segment a line: do not segment them
    #[arg(long)]
    pub(crate) presegmented: bool,
    /// The documents' encoding, such as utf-8, utf-16le or windows-1256 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<TextEncoding>,
    /// Cut into segments by the rules of this SRX file, such as a CAT tool's, in place of the built-in ones
    #[arg(long, value_name = "FILE", conflicts_with = "presegmented")]
    pub(crate) srx: Option<PathBuf>,
    /// The documents' format [default: by their content, then by their extension]
    #[arg(long, value_name = "NAME", value_parser = parse_input_format, conflicts_with = "presegmented")]
    pub(crate) input_format: Option<InputFormat>,
    /// Read all of a web page, not its main content alone
    #[arg(long)]
    pub(crate) whole_page: bool,
    /// Keep inline markup, such as bold text and links, as placeholders: <1>…</1>
    #[arg(long)]
    pub(crate) inline_tags: bool,
    /// The largest document accepted, packed or unpacked, in bytes or as 100K, 512M, 2G
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = parse_size)]
    pub(crate) max_input_size: u64,
}

/// The encodings of the documents, each for itself.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct EncodingArgs {
    /// The encoding of SOURCE alone
    #[arg(long, value_name = "NAME")]
    pub(crate) source_encoding: Option<TextEncoding>,
    /// The encoding of TARGET alone
    #[arg(long, value_name = "NAME")]
    pub(crate) target_encoding: Option<TextEncoding>,
}

impl EncodingArgs {
    pub(crate) const fn get(&self, side: Side) -> Option<TextEncoding> {
        match side {
            Side::Source => self.source_encoding,
            Side::Target => self.target_encoding,
        }
    }
}

/// The languages of the documents.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct LangArgs {
    /// The language of SOURCE, such as ar or ar-IQ [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) source_lang: Option<Lang>,
    /// The language of TARGET [default: detected]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) target_lang: Option<Lang>,
}

impl LangArgs {
    pub(crate) const fn get(&self, side: Side) -> Option<&Lang> {
        match side {
            Side::Source => self.source_lang.as_ref(),
            Side::Target => self.target_lang.as_ref(),
        }
    }
}

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

/// What the alignment goes by.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct EvidenceArgs {
    /// A lexicon to use besides the built-in one: word pairs, hunalign .dic, TBX or TMX; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Vec<PathBuf>,
    /// Do not use the lexicon that is built in
    #[arg(long)]
    pub(crate) no_builtin_lexicon: bool,
    /// Do not look for blocks that stand elsewhere in the other document
    #[arg(long)]
    pub(crate) monotone: bool,
    /// Hold the result against every possible alignment, however long the documents: proven, not likely,
    /// to be the best by its costs. Takes time by the product of their lengths (documents of up to 630
    /// segments are always checked so).
    #[arg(long)]
    pub(crate) prove: bool,
    /// Leave kinds of evidence out: words, numbers, dates, names, symbols, length, type, structure, embedding
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = parse_evidence)]
    pub(crate) without: Vec<EvidenceKind>,
    #[command(flatten)]
    pub(crate) vectors: VectorArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// Sentence embeddings in the files that vecalign reads: texts, one a line (segments, and if you like runs of
/// neighbouring segments joined by a space), and for each a vector of raw little-endian 32-bit floats.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sentence embeddings")]
#[group(id = "vectors", args = ["overlaps_source", "embeddings_source", "overlaps_target", "embeddings_target"], requires_all = ["overlaps_source", "embeddings_source", "overlaps_target", "embeddings_target"], multiple = true)]
pub(crate) struct VectorArgs {
    /// Texts of the source that have a vector, one a line
    #[arg(long, value_name = "TXT")]
    pub(crate) overlaps_source: Option<PathBuf>,
    /// Their vectors, raw 32-bit floats, as vecalign reads them
    #[arg(long, value_name = "RAW_F32")]
    pub(crate) embeddings_source: Option<PathBuf>,
    /// Texts of the target that have a vector, one a line
    #[arg(long, value_name = "TXT")]
    pub(crate) overlaps_target: Option<PathBuf>,
    /// Their vectors
    #[arg(long, value_name = "RAW_F32")]
    pub(crate) embeddings_target: Option<PathBuf>,
}

/// A model that makes the vectors.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sentence embeddings")]
pub(crate) struct ModelArgs {
    /// A multilingual model on disk that makes the vectors: a folder with tokenizer.json and either a table of
    /// tokens (model.safetensors, as of model2vec) or an ONNX sentence encoder (model.onnx). Needs a muqabala
    /// built with `--features embeddings`
    #[arg(long, value_name = "FOLDER", conflicts_with = "vectors")]
    pub(crate) embedding_model: Option<PathBuf>,
}

impl EvidenceArgs {
    /// Whether any of those was given that a project keeps.
    pub(crate) const fn is_given(&self) -> bool {
        !self.lexicon.is_empty() || self.no_builtin_lexicon || self.monotone || !self.without.is_empty()
    }
}

/// Places that the alignment must keep.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct PinArgs {
    /// Beads and boundaries that must hold, one a line: `3,4<TAB>5` is a bead, `3|5` a boundary before the source segment 3 and the target segment 5; indices from 0
    #[arg(long, value_name = "FILE")]
    pub(crate) pins: Option<PathBuf>,
}

/// Align two documents and write or show the result
///
/// SOURCE and TARGET are two documents that translate each other, wholly or in part; what has no
/// counterpart stays unaligned.
#[derive(Debug, Args)]
pub(crate) struct AlignCommand {
    /// The source document; `-` is standard input
    #[arg(required_unless_present = "from")]
    pub(crate) source: Option<PathBuf>,
    /// The target document; `-` is standard input
    #[arg(required_unless_present = "from")]
    pub(crate) target: Option<PathBuf>,
    /// Align anew the texts of a file with two languages, in place of two documents: TMX, XLIFF, PO, CSV, TSV, XLSX, cesAlign, a DOCX table, or NAME.moses for a pair of files; what it aligned is left behind
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "target"])]
    pub(crate) from: Option<PathBuf>,
    /// Also save a project to review, such as statement.muq
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
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
pub(crate) struct ReadCommand {
    /// The document, or its web address; `-` is standard input
    pub(crate) file: PathBuf,
    /// Write each block as JSON: kind, level of a heading, first and last byte in the text, text
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

/// Show the numbers, dates, names and symbols found in a document
///
/// One anchor a line: segment number, kind, value, the text as it stands.
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
    /// Folders with two documents and a gold file
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
    },
}

/// Write the completions of a shell to standard output
#[derive(Debug, Args)]
pub(crate) struct CompletionsCommand {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

impl ReadArgs {
    /// The options of reading one document.
    pub(crate) fn options(&self, encoding: Option<TextEncoding>, language: Option<&Lang>) -> ReadOptions {
        let mut options = ReadOptions::default();
        options.format = if self.presegmented { Some(InputFormat::Lines) } else { self.input_format };
        options.page = if self.whole_page { Page::Whole } else { Page::Main };
        options.inline_tags = if self.inline_tags { InlineTags::Placeholders } else { InlineTags::Dropped };
        options.encoding = encoding.or(self.encoding);
        options.language = language.cloned();
        options.max_size = self.max_input_size;
        options
    }
}

fn parse_input_format(text: &str) -> Result<InputFormat, String> {
    InputFormat::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = muqabala::read::format::READERS.iter().map(|r| r.name).collect();
        format!(
            "`{text}` is no format that can be read; they are {}{}",
            names.join(", "),
            question(text, names.iter().copied())
        )
    })
}

fn parse_evidence(text: &str) -> Result<EvidenceKind, String> {
    // Unaligned segments are no evidence that could be left out.
    let kinds = EvidenceKind::ALL.into_iter().filter(|k| *k != EvidenceKind::Unaligned);
    let names: Vec<&str> = kinds.clone().map(EvidenceKind::name).collect();
    kinds.into_iter().find(|k| k.name() == text.trim()).ok_or_else(|| {
        format!(
            "`{text}` is no kind of evidence; the kinds are {}{}",
            names.join(", "),
            question(text, names.iter().copied())
        )
    })
}

pub(super) fn parse_share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(format!("`{text}` is not a number from 0 to 1")),
    }
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
