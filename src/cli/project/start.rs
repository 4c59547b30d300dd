//! `start`, and the program without arguments: the start page.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use muqabala::serve;
use muqabala::start::{self, Ended, Start};

use crate::cli::args::project::StartCommand;
use crate::cli::project;
use crate::cli::project::review::{self, Browser};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &StartCommand, terminal: Terminal) -> Result<Exit> {
    let folder = folder(command.folder.as_deref())?;
    let bound = serve::bind_for(&folder, command.port)?;
    terminal.note(format_args!("projects  {}", folder.display()));
    let stops = if command.keep {
        "stop with Ctrl-C".to_owned()
    } else {
        format!(
            "stops {} s after its last page was closed (--keep: never), or with Ctrl-C",
            command.stop_after
        )
    };
    terminal.note(stops);
    let browser = if command.no_open { Browser::Left } else { Browser::Opened };
    review::write_address(&bound)?;
    let stop_after = (!command.keep).then(|| Duration::from_secs(command.stop_after));
    let start = Start { folder, stop_after, clock: project::now };
    let ended = start::serve(bound, start, |bound| review::begin(bound, browser, terminal))?;
    // Work that somebody stopped may still have been at a file.
    muqabala::export::file::discard_unfinished();
    match ended {
        Ended::Closed => terminal.note("stopped, as its last page was closed"),
        Ended::NeverOpened => terminal.note("stopped, as no page was ever opened"),
        Ended::Interrupted => {}
    }
    Ok(Exit::Done)
}

/// The folder of the projects, made if need be.
fn folder(given: Option<&Path>) -> Result<PathBuf> {
    let usual =
        || Some(dirs::document_dir().filter(|d| d.is_dir()).or_else(dirs::home_dir)?.join("muqabala"));
    let folder = given.map(Path::to_owned).or_else(usual).ok_or_else(|| {
        Failure::new(
            "there is no folder for documents on this machine",
            "name a folder for projects with --folder",
        )
    })?;
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure::new(
            format!("the folder {} cannot be made: {error}", folder.display()),
            "name another folder for projects with --folder",
        )
    })?;
    folder.canonicalize().with_context(|| folder.display().to_string())
}

/// Whether a page can be shown to whoever started the program without arguments: a desktop is there, and either a
/// person at a terminal, or none at all, as when the program was started by its icon.
pub(crate) fn can_show_a_page() -> bool {
    use std::io::IsTerminal;
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let desktop = if cfg!(any(windows, target_os = "macos")) {
        !has("SSH_CONNECTION")
    } else {
        has("DISPLAY") || has("WAYLAND_DISPLAY")
    };
    let terminals = [std::io::stdin().is_terminal(), Terminal::shows_results(), Terminal::shows_messages()];
    desktop && is_for_a_person(terminals)
}

/// Whether a person looks, by which of standard input, output and error are terminals: one at a terminal, or one who
/// clicked an icon. Where output alone goes elsewhere, a script asks.
const fn is_for_a_person([input, output, errors]: [bool; 3]) -> bool {
    (output && errors) || !(input || output || errors)
}

#[cfg(test)]
mod tests {
    use super::is_for_a_person;

    #[test]
    fn a_page_is_for_people_at_a_terminal_and_for_those_who_clicked() {
        assert!(is_for_a_person([true, true, true]), "typed");
        assert!(is_for_a_person([false, true, true]), "typed with < /dev/null");
        assert!(is_for_a_person([false, false, false]), "clicked");
        assert!(!is_for_a_person([true, false, true]), "muqabala | less");
        assert!(!is_for_a_person([true, true, false]), "messages into a file");
        assert!(!is_for_a_person([true, false, false]), "both into a file");
    }
}
