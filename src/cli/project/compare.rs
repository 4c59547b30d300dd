//! `compare`: where two reviewers' projects of the same texts differ, and how far they agree.

use std::path::Path;

use anyhow::Result;
use muqabala::export::comparison::{Compared, Shown, write_html, write_json, write_text};
use muqabala::export::file;
use muqabala::project::{self as projects, CompareError, store};

use crate::cli::args::project::CompareCommand;
use crate::cli::files;
use crate::cli::project;
use crate::cli::setup::output;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &CompareCommand, terminal: Terminal) -> Result<Exit> {
    refuse_one_file(&command.first, &command.second)?;
    if let Some(path) = &command.html {
        output::check_writable(path)?;
    }
    let (first, _) = store::read(&command.first)?;
    let (second, _) = store::read(&command.second)?;
    let comparison = projects::compare(&first, &second)
        .map_err(|error| refused(error, &command.first, &command.second))?;
    let (first_name, second_name) = names(&command.first, &command.second);
    let compared = Compared {
        first_name: &first_name,
        first: &first,
        second_name: &second_name,
        second: &second,
        comparison: &comparison,
        shown: if command.all { Shown::All } else { Shown::OfBoth },
    };
    if let Some(path) = &command.html {
        let verb = files::verb(path, "written");
        file::write_whole(path, |out| write_html(compared, out))?;
        terminal.note(format_args!("{verb:<10}{}", path.display()));
    }
    Terminal::write_results(|out| {
        if command.json { write_json(compared, out) } else { write_text(compared, command.show, out) }
    })?;
    Ok(Exit::Done)
}

/// What the two are called: by their files, and where those are called alike by their folders too.
fn names(first: &Path, second: &Path) -> (String, String) {
    let short = |path: &Path| project::file_name(path.to_string_lossy().into_owned());
    let (one, other) = (short(first), short(second));
    if one == other {
        return (first.to_string_lossy().into_owned(), second.to_string_lossy().into_owned());
    }
    (one, other)
}

/// Why two projects cannot be compared or merged.
pub(crate) fn refused(error: CompareError, first: &Path, second: &Path) -> anyhow::Error {
    Failure::new(
        format!("{} and {}: {error}", first.display(), second.display()),
        "give two copies of one project; one of an older version of the documents is taken over to a new one by \
         `muqabala update`",
    )
    .into()
}

/// Refuses one file given twice.
pub(crate) fn refuse_one_file(first: &Path, second: &Path) -> Result<()> {
    let same = file::FileIdentity::of(first);
    if first.exists() && same.is_some() && same == file::FileIdentity::of(second) {
        return Err(Failure::new(
            format!("{} is given twice", first.display()),
            "give two projects of the same texts",
        )
        .into());
    }
    Ok(())
}
