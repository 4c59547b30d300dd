//! What can be typed in the first five minutes: the demonstration, the look at this machine, the manual.

use std::path::PathBuf;

use clap::Args;

use super::output::ReadableArgs;

/// Show the program at work on a text that is built in
///
/// Aligns the Arabic U.S.-Iraq joint statement of July 2024, which stands inside a news article, with an English
/// text. That English is a rendering written for this project, not the official release.
#[derive(Debug, Args)]
pub(crate) struct DemoCommand {
    /// Then open the review page in the browser, without asking
    #[arg(long)]
    pub(crate) review: bool,
    /// Keep the project of the review in this file, such as demo.muq [default: it is gone with the page]
    #[arg(long, value_name = "FILE", requires = "review")]
    pub(crate) save: Option<PathBuf>,
    /// Do not open a browser; the page's address is written all the same
    #[arg(long, requires = "review")]
    pub(crate) no_open: bool,
    /// The port of 127.0.0.1 for the page; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 0, requires = "review")]
    pub(crate) port: u16,
    /// Also write the two documents, ar.txt and en.txt, into this folder, to try other commands on
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write_documents: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) readable: ReadableArgs,
}

/// Show the settings that count at a place, and which file each comes from
///
/// Settings are the defaults of options. They stand in the nearest file muqabala.toml, beside the documents or above, and
/// in your own file for all folders; the nearer counts, and what is typed counts before both.
#[derive(Debug, Args)]
pub(crate) struct ConfigCommand {
    /// A document or a folder
    #[arg(value_name = "PLACE", default_value = ".")]
    pub(crate) place: PathBuf,
    /// Write them as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Say which optional programs are on this machine, and what each is for
///
/// Nothing of it is needed to align text, and nothing is changed. Ends with status 1 if something is missing that
/// the review page or writing files needs. (What looks into translation memories is `muqabala tmx check`.)
#[derive(Debug, Args)]
pub(crate) struct DoctorCommand {}

/// Show which languages are known, and what is known of each
///
/// A language that is not in the table is aligned too: by general rules, lengths, numbers in digits, marks, and the
/// words learnt from the documents themselves.
#[derive(Debug, Args)]
pub(crate) struct LanguagesCommand {
    /// Write the table as JSON, an object for each language
    #[arg(long)]
    pub(crate) json: bool,
}

/// Write the manual pages, one for each command, into a folder
#[derive(Debug, Args)]
pub(crate) struct ManCommand {
    /// The folder, such as ~/.local/share/man/man1; it is made if need be
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}
