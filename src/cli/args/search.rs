//! What can be typed about a search over many projects and memories.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use muqabala::bitext::Lang;

use super::near::parse_lang;

/// Find words in all projects and memories of a folder, in their context, with their counterparts
///
/// Each WORD must stand in the pair, on either side; one of several words in quotes is a phrase. Harakat, alef forms and
/// letter case make no difference, nor do the particles that Arabic writes onto a word (و ف, ب ك ل, ال). A star at the
/// end of a word lets more letters follow. Ends with status 1 if nothing is found.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
pub(crate) struct SearchCommand {
    /// What to look for
    #[arg(value_name = "WORD", required_unless_present = "forget")]
    pub(crate) words: Vec<String>,
    /// The folder whose .muq, .tmx and .tmx.gz files are searched, with those below it
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// The word as it is typed, without particles
    #[arg(long, conflicts_with = "forms")]
    pub(crate) exact: bool,
    /// Other forms of the word too, as far as they share a stem
    #[arg(long)]
    pub(crate) forms: bool,
    /// Only texts in this language, such as ar; ar-IQ is one of ar
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(crate) lang: Option<Lang>,
    /// The most pairs to give [default: 50; all into a file]
    #[arg(long, value_name = "N")]
    pub(crate) most: Option<usize>,
    /// Write the pairs into a file: .tsv, .xlsx, .tmx or .jsonl; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The format [default: by the extension of --output, else text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<HitFormat>,
    /// Replace what is there even if it is a project or another program's memory
    #[arg(long)]
    pub(crate) force: bool,
    /// Where the index stands [default: in the user's folder for caches]
    #[arg(long, value_name = "FILE")]
    pub(crate) index: Option<PathBuf>,
    /// Search what was indexed last, without looking for changes
    #[arg(long)]
    pub(crate) no_refresh: bool,
    /// Remove the index of the folder, and search nothing
    #[arg(long, conflicts_with_all = ["words", "output"])]
    pub(crate) forget: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HitFormat {
    /// For people: each word in its context, the counterpart below
    Text,
    /// A line for each word: file, pair, language, before, word, after, counterpart
    Tsv,
    /// A workbook with both texts and the place
    Xlsx,
    /// A translation memory of the pairs
    Tmx,
    /// A JSON object for each pair
    Jsonl,
}
