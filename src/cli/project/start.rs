//! `start`, and the program without arguments: the start page.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use muqabala::search;
use muqabala::serve::{self, Wanted};
use muqabala::start::{self, Ended, Start};

use crate::cli::args::project::StartCommand;
use crate::cli::project;
use crate::cli::project::review::{self, Browser};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &StartCommand, terminal: Terminal) -> Result<Exit> {
    let folder = folder(command.folder.as_deref())?;
    let browser = if command.no_open { Browser::Left } else { Browser::Opened };
    let caches = search::cache_folder(|name| std::env::var_os(name));
    let file = standing_file(&folder, caches.clone());
    // Who says at which port, or for how long, wants a page of his own.
    let others = file.as_deref().filter(|_| command.port.is_none() && !command.keep);
    let running = |within| others.and_then(|file| running(file, browser, within));
    if let Some(address) = running(Duration::ZERO) {
        return show(&address, &folder, terminal);
    }
    let bound = match command.port {
        Some(port) => serve::bind(port)?,
        None => match serve::bind_usual(&folder) {
            Ok(bound) => bound,
            // Perhaps a start of this very moment has it.
            Err(_) => match running(Duration::from_millis(500)) {
                Some(address) => return show(&address, &folder, terminal),
                None => serve::bind(0)?,
            },
        },
    };
    // A page that no other start finds is a page all the same.
    let standing = file.and_then(|file| bound.leave(&file).ok());
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
    review::write_address(&bound.address())?;
    let stop_after = (!command.keep).then(|| Duration::from_secs(command.stop_after));
    let start = Start { folder, caches, stop_after, clock: project::now };
    let ended = start::serve(bound, start, |bound| review::begin(bound, browser, terminal))?;
    drop(standing);
    // Work that somebody stopped may still have been at a file, or waited for another program.
    muqabala::export::file::discard_unfinished();
    muqabala::outside::end_all();
    match ended {
        Ended::Closed => terminal.note("stopped, as its last page was closed"),
        Ended::NeverOpened => terminal.note("stopped, as no page was ever opened"),
        Ended::Interrupted => {}
    }
    Ok(Exit::Done)
}

/// The file by which other starts of the program find the page of `folder`; it stands where only its user can read, if
/// need be among the caches.
fn standing_file(folder: &Path, caches: Option<PathBuf>) -> Option<PathBuf> {
    let runtime = dirs::runtime_dir().filter(|folder| folder.is_dir()).map(|folder| folder.join("muqabala"));
    let place = runtime.or(caches)?;
    // The index of a folder is named after it, too.
    Some(search::index_file(&place, folder).with_extension("page"))
}

/// The address of a page that runs already, and shows itself if that is wanted; it is looked for as long as is said.
fn running(file: &Path, browser: Browser, within: Duration) -> Option<String> {
    let wanted = if browser == Browser::Opened { Wanted::Shown } else { Wanted::Address };
    let begun = Instant::now();
    loop {
        let address = serve::ask(file, wanted);
        if address.is_some() || begun.elapsed() >= within {
            return address;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Says that the page runs already, and where.
fn show(address: &str, folder: &Path, terminal: Terminal) -> Result<Exit> {
    terminal.note(format_args!("projects  {}", folder.display()));
    terminal.note("running   already; this start ends here (--port N begins another)");
    review::write_address(address)?;
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
