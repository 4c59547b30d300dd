//! What can be typed after `tmx`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use encoding_rs::Encoding;

use muqabala::memory::{Kind, Severity, Tool};

use super::near::question;

/// Check translation memories, mend them, clean, merge, split, compare, count and reverse them, take a pair of languages out
#[derive(Debug, Args)]
#[command(after_help = TMX_EXAMPLES)]
pub(crate) struct TmxCommand {
    #[command(subcommand)]
    pub(crate) action: TmxAction,
}

const TMX_EXAMPLES: &str = "\
Examples:
  muqabala tmx check memory.tmx                          what is wrong, where, how to mend it
  muqabala tmx check memory.tmx --tool omegat            only what matters to OmegaT
  muqabala tmx fix memory.tmx -o mended.tmx              mend what can be mended without loss
  muqabala tmx clean memory.tmx -o clean.tmx             leave out empty and repeated units
  muqabala tmx merge old.tmx new.tmx -o all.tmx
  muqabala tmx split all.tmx --units 50000 -o part.tmx   part-1.tmx, part-2.tmx, ...
  muqabala tmx diff before.tmx after.tmx
  muqabala tmx reverse ar-en.tmx -o en-ar.tmx
  muqabala tmx extract all.tmx --source-lang fr --target-lang ar -o fr-ar.tmx

Files of any size are read as streams; `-` is standard input or output. TMX 1.1 to 1.4 is read, in \
UTF-8, UTF-16 or what the XML declaration names; UTF-8 is written.";

#[derive(Debug, Subcommand)]
pub(crate) enum TmxAction {
    Check(TmxCheck),
    Fix(TmxFix),
    Clean(TmxClean),
    Merge(TmxMerge),
    Split(TmxSplit),
    Diff(TmxDiff),
    Stats(TmxStats),
    Reverse(TmxReverse),
    Extract(TmxExtract),
    /// List every kind of finding: code, severity, what it is, tools, who mends it, how
    Kinds,
}

/// Say what is wrong with translation memories; status 1 if anything is
#[derive(Debug, Args)]
pub(crate) struct TmxCheck {
    /// The translation memories; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// One JSON object a line: findings, then a summary of each file
    #[arg(long)]
    pub(crate) json: bool,
    /// Only what matters to this tool, such as omegat, translate-toolkit, modernmt, dtd
    #[arg(long, value_name = "TOOL", value_parser = parse_tool)]
    pub(crate) tool: Option<Tool>,
    /// Only what is as bad as this
    #[arg(long, value_name = "SEVERITY", default_value = "note")]
    pub(crate) least: SeverityName,
    /// Pass over kinds of findings, by their codes
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = parse_kind)]
    pub(crate) without: Vec<Kind>,
    /// Show at most so many findings of a kind; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) most: u64,
    /// The encoding of the files, where they do not say it right
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub(crate) encoding: Option<&'static Encoding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityName {
    /// Everything
    Note,
    /// Warnings and errors
    Warning,
    /// Errors alone
    Error,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Note => Self::Note,
            SeverityName::Warning => Self::Warning,
            SeverityName::Error => Self::Error,
        }
    }
}

/// Mend what can be mended without loss, and say what was mended
#[derive(Debug, Args)]
pub(crate) struct TmxFix {
    /// The translation memory; `-` is standard input
    pub(crate) file: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Spell a language otherwise, as in ar-SA=ar; may be repeated
    #[arg(long, value_name = "OLD=NEW", value_parser = parse_respelling)]
    pub(crate) lang: Vec<(String, String)>,
    /// The encoding of the file, where it does not say it right
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub(crate) encoding: Option<&'static Encoding>,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

/// Leave units out: those with an empty or missing side, untranslated ones, repetitions
#[derive(Debug, Args)]
pub(crate) struct TmxClean {
    /// The translation memory; `-` is standard input
    pub(crate) file: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Leave out units that have a finding of these kinds (`muqabala tmx kinds` lists them)
    #[arg(
        long,
        value_name = "CODES",
        value_delimiter = ',',
        value_parser = parse_kind,
        default_value = "single-variant,empty-segment,untranslated,duplicate"
    )]
    pub(crate) drop: Vec<Kind>,
    /// The encoding of the file, where it does not say it right
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub(crate) encoding: Option<&'static Encoding>,
    /// Take units with the same texts for repetitions even if they stand in other contexts (tuid, x-context…)
    #[arg(long)]
    pub(crate) ignore_context: bool,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

/// Write the units of several translation memories into one, under the header of the first
#[derive(Debug, Args)]
pub(crate) struct TmxMerge {
    /// The translation memories; of several translations of a text the last file's come last, which OmegaT prefers
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// What to do with units whose texts were there before
    #[arg(long, value_name = "HOW", default_value = "once")]
    pub(crate) duplicates: RepeatedName,
    /// Take units with the same texts for repetitions even if they stand in other contexts (tuid, x-context…)
    #[arg(long)]
    pub(crate) ignore_context: bool,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RepeatedName {
    /// The first is kept
    Once,
    /// All are kept
    All,
}

/// Cut a translation memory into parts
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("size").required(true)))]
pub(crate) struct TmxSplit {
    /// The translation memory
    pub(crate) file: PathBuf,
    /// The name of the parts: of part.tmx they are part-1.tmx, part-2.tmx, ...
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Units in each part
    #[arg(long, value_name = "N", group = "size")]
    pub(crate) units: Option<NonZeroU64>,
    /// How many parts
    #[arg(long, value_name = "N", group = "size")]
    pub(crate) parts: Option<NonZeroU64>,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

/// Compare two translation memories unit by unit, in all languages; status 1 if they differ
#[derive(Debug, Args)]
pub(crate) struct TmxDiff {
    /// One
    pub(crate) first: PathBuf,
    /// The other
    pub(crate) second: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// Count what a translation memory holds
#[derive(Debug, Args)]
pub(crate) struct TmxStats {
    /// The translation memory; `-` is standard input
    pub(crate) file: PathBuf,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Make another language the source
#[derive(Debug, Args)]
pub(crate) struct TmxReverse {
    /// The translation memory; `-` is standard input
    pub(crate) file: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The new source language [default: the other language of the first unit]
    #[arg(long, value_name = "LANG")]
    pub(crate) to: Option<String>,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

/// Take the units of one pair of languages out of a memory of many
///
/// Of each unit that has texts in both languages those two are kept. A language is met by the same tag first
/// (ar-SA), else by the same language in another spelling or region (ar, ar_SA, AR-01).
#[derive(Debug, Args)]
pub(crate) struct TmxExtract {
    /// The translation memory; `-` is standard input
    pub(crate) file: PathBuf,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The language that becomes the source
    #[arg(long, value_name = "LANG")]
    pub(crate) source_lang: String,
    /// The other language
    #[arg(long, value_name = "LANG")]
    pub(crate) target_lang: String,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
}

fn parse_tool(text: &str) -> Result<Tool, String> {
    let names: Vec<_> = Tool::ALL.iter().map(|t| t.name()).collect();
    Tool::from_name(text).ok_or_else(|| {
        format!("the tools known are {}{}", names.join(", "), question(text, names.iter().copied()))
    })
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    Kind::from_code(text.trim()).ok_or_else(|| {
        let meant = question(text, Kind::ALL.iter().map(|k| k.code()));
        format!("`{text}` is no kind of finding; `muqabala tmx kinds` lists them{meant}")
    })
}

fn parse_encoding(text: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label_no_replacement(text.as_bytes())
        .ok_or_else(|| format!("`{text}` is not an encoding such as utf-8, utf-16le or windows-1256"))
}

fn parse_respelling(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && new.parse::<muqabala::bitext::Lang>().is_ok() => {
            Ok((old.to_owned(), new.to_owned()))
        }
        _ => Err(format!("`{text}` is not a respelling such as ar-SA=ar")),
    }
}
