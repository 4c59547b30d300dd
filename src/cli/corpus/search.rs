//! `search`: words in context over all projects and memories of a folder.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::export::{counted, file};
use muqabala::search::{self, Found, Hit, Index, Matching, Query, SearchError};

use crate::cli::args::search::{HitFormat, SearchCommand};
use crate::cli::files;
use crate::cli::setup::output;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use crate::cli::terminal::{Styled, Terminal};

/// Pairs shown on a terminal where no number is given.
const SHOWN: usize = 50;

pub(crate) fn execute(command: &SearchCommand, terminal: Terminal) -> Result<Exit> {
    if !command.folder.is_dir() {
        return Err(helped(SearchError::NoFolder(command.folder.clone())));
    }
    let path = index_path(command)?;
    if command.forget {
        let there = Index::forget(&path).map_err(helped)?;
        terminal.note(if there {
            format!("removed   {}", path.display())
        } else {
            "there is no index".into()
        });
        return Ok(Exit::Done);
    }
    let destination = command.output.as_deref().filter(|path| path.as_os_str() != "-");
    let format = format(command, destination)?;
    if let Some(path) = destination {
        output::check_writable(path)?;
        refuse_searched(&command.folder, path)?;
    }
    let matching = match (command.exact, command.forms) {
        (true, _) => Matching::Exact,
        (_, true) => Matching::Forms,
        _ => Matching::Attached,
    };
    let query = Query::new(&command.words, matching).map_err(helped)?;
    let mut index = Index::open(&command.folder, &path).map_err(helped)?;
    if command.no_refresh {
        tell_behind(index.behind().map_err(helped)?, terminal);
    } else {
        refresh(&mut index, terminal)?;
    }
    let most = command.most.unwrap_or(if destination.is_some() { usize::MAX } else { SHOWN });
    let found = index.find(&query, command.lang.as_ref(), most).map_err(helped)?;
    write(&found, format, destination, terminal)?;
    tell(&found, terminal);
    Ok(if found.hits.is_empty() { Exit::Below } else { Exit::Done })
}

fn index_path(command: &SearchCommand) -> Result<PathBuf> {
    if let Some(path) = &command.index {
        return Ok(path.clone());
    }
    let cache = search::cache_folder(|name| std::env::var_os(name)).ok_or_else(|| {
        Failure::new(
            "there is no folder for caches, as HOME is not set",
            "say where the index is to stand with --index",
        )
    })?;
    Ok(search::index_file(&cache, &command.folder))
}

fn format(command: &SearchCommand, destination: Option<&Path>) -> Result<HitFormat> {
    if let Some(format) = command.format {
        if format == HitFormat::Xlsx && destination.is_none() && Terminal::shows_results() {
            return Err(Failure::new(
                "xlsx is no text that a terminal could show",
                "name a file with --output",
            )
            .into());
        }
        return Ok(format);
    }
    let Some(path) = destination else { return Ok(HitFormat::Text) };
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match &*extension {
        "txt" => Ok(HitFormat::Text),
        "tsv" => Ok(HitFormat::Tsv),
        "xlsx" => Ok(HitFormat::Xlsx),
        "tmx" => Ok(HitFormat::Tmx),
        "jsonl" | "json" => Ok(HitFormat::Jsonl),
        _ => Err(Failure::new(
            format!("{}: the extension does not say which format to write", path.display()),
            "name it with --format: text, tsv, xlsx, tmx or jsonl",
        )
        .into()),
    }
}

/// Refuses to replace a file that is itself searched.
fn refuse_searched(folder: &Path, path: &Path) -> Result<()> {
    let output = file::FileIdentity::of(path);
    let meets =
        |searched: &PathBuf| output.is_some() && file::FileIdentity::of(&folder.join(searched)) == output;
    if path.exists() && search::files(folder).iter().any(meets) {
        return Err(Failure::new(
            format!("{} is one of the files that are searched", path.display()),
            "name another file for what is found",
        )
        .into());
    }
    Ok(())
}

fn refresh(index: &mut Index, terminal: Terminal) -> Result<()> {
    let start = std::time::Instant::now();
    let said = RefCell::new(start);
    let refreshed = index
        .refresh(|path, left| {
            // A line now and then is enough, and none for what takes a moment.
            let slow = said.borrow().elapsed().as_secs() >= 1;
            if slow {
                *said.borrow_mut() = std::time::Instant::now();
                terminal.note(format_args!("indexing  {}, {} left", path.display(), counted(left, "file")));
            }
        })
        .map_err(helped)?;
    for (path, trouble) in &refreshed.troubles {
        terminal.warn(
            format_args!("{}: {trouble}", path.display()),
            Some("what could be read of it is searched"),
        );
    }
    if refreshed.read > 0 || refreshed.gone > 0 {
        let took = start.elapsed().as_secs_f64();
        terminal.note(format_args!(
            "indexed   {} anew, {} gone, in {took:.1} s",
            counted(refreshed.read, "file"),
            refreshed.gone
        ));
    }
    terminal.detail(format_args!(
        "          {} in {}",
        counted(refreshed.pairs, "pair"),
        counted(refreshed.files, "file")
    ));
    if refreshed.files == 0 {
        terminal.warn("the folder holds no project and no memory", Some("name another with --folder"));
    }
    Ok(())
}

/// Says that what is found may stand elsewhere by now.
fn tell_behind(files: usize, terminal: Terminal) {
    if files > 0 {
        terminal.warn(
            format_args!(
                "{} changed since the last search; pairs in them may have other numbers, or be gone",
                counted(files, "file")
            ),
            Some("search without --no-refresh"),
        );
    }
}

fn write(found: &Found, format: HitFormat, destination: Option<&Path>, terminal: Terminal) -> Result<()> {
    let hits = &found.hits;
    let marks = match (destination, terminal.styled_results()) {
        (None, Styled::Yes) => ("\u{1b}[1m", "\u{1b}[0m"),
        _ => ("[", "]"),
    };
    let date = if format == HitFormat::Tmx { Some(output::default_date()?) } else { None };
    let write = |hits: &[Hit], out: &mut dyn Write| -> io::Result<usize> {
        match format {
            HitFormat::Text => search::write_text(hits, marks, out)?,
            HitFormat::Tsv => search::write_tsv(hits, out)?,
            HitFormat::Xlsx => search::write_xlsx(hits, out)?,
            HitFormat::Jsonl => search::write_json(hits, out)?,
            HitFormat::Tmx => {
                return search::write_tmx(hits, date, out).map(|written| hits.len() - written.units);
            }
        }
        Ok(0)
    };
    let left_out = match destination {
        None => Terminal::write_results(|out| write(hits, out))?,
        Some(path) => {
            let verb = files::verb(path, "written");
            let left_out = file::write_whole(path, |out| write(hits, out))?;
            terminal.note(format_args!("{verb:<10}{}", path.display()));
            left_out
        }
    };
    if left_out > 0 {
        terminal.note(format_args!("left out  {} with a text on one side only", counted(left_out, "pair")));
    }
    Ok(())
}

fn tell(found: &Found, terminal: Terminal) {
    let hits = counted(found.hits.len(), "pair");
    if found.more {
        terminal.note(format_args!("found     {hits}, and there are more (--most)"));
    } else {
        terminal.note(format_args!("found     {hits}"));
    }
}

/// The error with what to do about it.
fn helped(error: SearchError) -> anyhow::Error {
    let hint = match &error {
        SearchError::NoFolder(_) => "name a folder with --folder",
        SearchError::NoWord(_) => "give a word or a number",
        SearchError::Foreign(_) => "name another place with --index",
        SearchError::Sqlite { .. } => {
            "`muqabala search --forget` removes the index; it is made anew the next time"
        }
        _ => return error.into(),
    };
    let message = match &error {
        SearchError::Sqlite { source, .. } => format!("{error}: {source}"),
        _ => error.to_string(),
    };
    Failure::new(message, hint).into()
}
