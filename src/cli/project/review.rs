//! `review`: opens a project, or two documents, in the browser to correct the alignment.

use std::path::Path;

use anyhow::{Context, Result};
use muqabala::bitext::Sides;
use muqabala::export::counted;
use muqabala::pipeline::{self, AlignOptions};
use muqabala::project::ProjectFile;
use muqabala::review::{self, Workbench};
use muqabala::serve::{self, Bound};
use muqabala::session::{self, PipelineAligner};

use crate::cli::args::project::{ReviewCommand, project_name};
use crate::cli::project;
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::{interrupt, working};

pub(crate) fn execute(command: &ReviewCommand, terminal: Terminal) -> Result<Exit> {
    let options = evidence::options(&command.evidence, terminal)?;
    let mut file = match &command.target {
        None => {
            if options.vectors.is_some() || options.encoder.is_some() {
                terminal.warn("a project that is there already is not aligned by sentence embeddings", None);
            }
            open(command, &options)?
        }
        Some(target) => start(command, target, &options, terminal)?,
    };
    if let Some(reviewer) = &command.reviewer
        && *reviewer != file.project().settings().reviewer
    {
        let mut settings = file.project().settings().clone();
        settings.reviewer.clone_from(reviewer);
        file.set_settings(settings)?;
    }
    let browser = if command.no_open { Browser::Left } else { Browser::Opened };
    serve(file, command.port, browser, terminal)
}

/// Whether a browser is opened at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Opened,
    Left,
}

/// Serves the page of `file` until it is stopped; without `port`, at the one that the project has each time.
pub(crate) fn serve(
    mut file: ProjectFile,
    port: Option<u16>,
    browser: Browser,
    terminal: Terminal,
) -> Result<Exit> {
    working::end();
    let bound = serve::bind_for(file.path(), port)?;
    file.announce(&format!("process {}, http://127.0.0.1:{}/", std::process::id(), bound.port()))?;
    terminal.note(format_args!("reviewing {}; stop with Ctrl-C", file.path().display()));
    write_address(&bound.address())?;
    let aligner = PipelineAligner::of(file.project());
    let workbench = Workbench::new(file, Box::new(aligner), project::now);
    review::serve(bound, workbench, |bound| begin(bound, browser, terminal))?;
    Ok(Exit::Done)
}

/// Leaves interrupts to the page's server, which listens to them, and opens the page in the browser if that is wanted.
pub(crate) fn begin(bound: &Bound, browser: Browser, terminal: Terminal) {
    interrupt::leave_to_the_server();
    if browser == Browser::Opened && bound.open_in_browser().is_err() {
        terminal.warn("no browser could be opened", Some("open the address above in a browser"));
    }
}

/// Writes the address of the page.
pub(crate) fn write_address(address: &str) -> Result<()> {
    Terminal::write_results(|out| {
        writeln!(out, "{address}")?;
        out.flush()
    })?;
    Ok(())
}

/// Opens a project; choices of aligning that are given replace those that it was begun with.
fn open(command: &ReviewCommand, options: &AlignOptions) -> Result<ProjectFile> {
    let mut file = ProjectFile::open(&command.project)?;
    if command.evidence.is_given() {
        file.set_aligning(session::aligning(options))?;
    }
    Ok(file)
}

/// Aligns two documents, saves them as a project and opens it; a project that is there already is opened.
fn start(
    command: &ReviewCommand,
    target: &Path,
    options: &AlignOptions,
    terminal: Terminal,
) -> Result<ProjectFile> {
    let path = command.save.clone().unwrap_or_else(|| project_name(&command.project));
    project::check_new(&path)?;
    let cutting = cutting::options(command.read.srx.as_deref())?;
    let read = |path: &Path, lang| stages::prepare(path, &command.read.options(None, lang), lang, &cutting);
    let (source_lang, target_lang) =
        (command.languages.source_lang.as_ref(), command.languages.target_lang.as_ref());
    let source = read(&command.project, source_lang).context("the source")?;
    let target = read(target, target_lang).context("the target")?;
    let names = Sides::new(source.name.clone(), target.name.clone());
    let bitext = pipeline::bitext(Sides::new(source.text, target.text));
    working::on("aligning");
    let alignment = pipeline::align(&bitext, options)?;
    terminal.note(format_args!("aligned into {}", counted(alignment.beads().len(), "pair")));
    project::save(&path, &bitext, alignment, names, options, &[])
}
