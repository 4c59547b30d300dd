//! `demo`: the joint statement from inside the binary, aligned and shown; then the review page for who wants it.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use muqabala::bitext::{Alignment, Bitext};
use muqabala::export;
use muqabala::pipeline::{self, AlignOptions};
use muqabala::start::example::{self, DOCUMENTS};
use muqabala::tmx::Timestamp;

use crate::cli::args::first::DemoCommand;
use crate::cli::args::output::{DuplicatesName, OutputArgs};
use crate::cli::files::Files;
use crate::cli::project;
use crate::cli::project::review::{self, Browser};
use crate::cli::setup::output;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

const INTRODUCTION: &str = "\
The Arabic is the U.S.-Iraq joint statement of July 2024 inside the news article that printed it.
The English is a rendering written for this project, not the official release.
The article's own sentences have no counterpart, and are to stay alone.";

const OUTLOOK: &str = "\
S9| is the source's ninth segment, T3| the target's third; 0.99 is how sure muqabala is, and why stands below.
Next, with your own documents:
  muqabala align SOURCE TARGET -o memory.tmx    write a translation memory
  muqabala review SOURCE TARGET                 correct the alignment in the browser";

pub(crate) fn execute(command: &DemoCommand, terminal: Terminal) -> Result<Exit> {
    if let Some(path) = &command.save {
        project::check_new(path)?;
    }
    if let Some(folder) = &command.write_documents {
        write_documents(folder, terminal)?;
    }
    let bitext = example::bitext()?;
    let alignment = pipeline::align(&bitext, &AlignOptions::default())?;
    terminal.note(INTRODUCTION);
    terminal.note("");
    show(command, &bitext, &alignment, terminal)?;
    terminal.note("");
    if command.review || wanted(terminal)? {
        return open(command, &bitext, alignment, terminal);
    }
    terminal.note(OUTLOOK);
    Ok(Exit::Done)
}

fn show(command: &DemoCommand, bitext: &Bitext, alignment: &Alignment, terminal: Terminal) -> Result<()> {
    let output = OutputArgs {
        output: None,
        format: None,
        creation_date: Timestamp::from_unix(0),
        duplicates: DuplicatesName::Once,
        report_language: None,
        force: false,
    };
    let plan = output::plan(&output, Files::default())?;
    output::write(
        export::views(bitext, alignment),
        bitext.languages.clone(),
        &plan,
        &command.readable,
        terminal,
    )?;
    Ok(())
}

/// Asks whether to open the page, where there is someone to ask.
fn wanted(terminal: Terminal) -> Result<bool> {
    let someone = Terminal::shows_results() && Terminal::shows_messages() && std::io::stdin().is_terminal();
    if !someone || !terminal.speaks() {
        return Ok(false);
    }
    Terminal::ask("Open the review page in the browser? [y/N] ")?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context("the answer cannot be read")?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "ن" | "نعم"))
}

/// Serves the review page of a project that is gone with the page, unless it is to be kept.
fn open(command: &DemoCommand, bitext: &Bitext, alignment: Alignment, terminal: Terminal) -> Result<Exit> {
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    let path = command.save.clone().unwrap_or_else(|| folder.path().join("demo.muq"));
    let names = DOCUMENTS.map(|(name, _)| name.to_owned());
    let file = project::save(&path, bitext, alignment, names, &AlignOptions::default(), &[])?;
    let browser = if command.no_open { Browser::Left } else { Browser::Opened };
    review::serve(file, Some(command.port), browser, terminal)
}

fn write_documents(folder: &Path, terminal: Terminal) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for (name, bytes) in [DOCUMENTS.source, DOCUMENTS.target] {
        let path = folder.join(name);
        if path.exists() {
            return Err(Failure::new(
                format!("{} exists already", path.display()),
                "name another folder with --write-documents",
            )
            .into());
        }
        export::file::write_whole(&path, |out| out.write_all(bytes))?;
        terminal.note(format_args!("written   {}", path.display()));
    }
    Ok(())
}
