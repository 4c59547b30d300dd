//! `review`: opens a project, or two documents, in the browser to correct the alignment.

use std::path::Path;

use anyhow::{Context, Result};
use muqabala::bitext::Sides;
use muqabala::export::counted;
use muqabala::pipeline::{self, AlignOptions};
use muqabala::project::ProjectFile;
use muqabala::review::{self, Workbench};
use muqabala::serve;
use muqabala::session::{self, PipelineAligner};

use crate::cli::args::project::{ReviewCommand, project_name};
use crate::cli::project;
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::setup::stages;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::interrupt;

pub(crate) fn execute(command: &ReviewCommand, terminal: Terminal) -> Result<Exit> {
    let options = evidence::options(&command.evidence, terminal)?;
    let file = match &command.target {
        None => {
            if options.vectors.is_some() || options.encoder.is_some() {
                terminal.warn("a project that is there already is not aligned by sentence embeddings", None);
            }
            open(command, &options)?
        }
        Some(target) => start(command, target, &options, terminal)?,
    };
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
    let bound = match port {
        Some(port) => serve::bind(port)?,
        None => serve::bind(usual_port(file.path())).or_else(|_| serve::bind(0))?,
    };
    let address = bound.address();
    file.announce(&format!("process {}, http://127.0.0.1:{}/", std::process::id(), bound.port()))?;
    terminal.note(format_args!("reviewing {}; stop with Ctrl-C", file.path().display()));
    Terminal::write_results(|out| {
        writeln!(out, "{address}")?;
        out.flush()
    })?;
    let aligner = PipelineAligner::of(file.project());
    review::serve(bound, Workbench::new(file, Box::new(aligner), project::now), |bound| {
        interrupt::leave_to_the_server();
        if browser == Browser::Opened && bound.open_in_browser().is_err() {
            terminal.warn("no browser could be opened", Some("open the address above in a browser"));
        }
    })?;
    Ok(Exit::Done)
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
    let alignment = pipeline::align(&bitext, options)?;
    terminal.note(format_args!("aligned into {}", counted(alignment.beads().len(), "pair")));
    project::save(&path, &bitext, alignment, names, options, &[])
}

/// A port that is the same for a project each time, among those that the system gives to nobody: a page still
/// open, and what the browser keeps for it, then find the program again.
fn usual_port(project: &Path) -> u16 {
    const DYNAMIC: std::ops::RangeInclusive<u16> = 49152..=65535;
    let path = project.canonicalize().unwrap_or_else(|_| project.to_owned());
    // FNV-1a.
    let hash = path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    *DYNAMIC.start() + (hash % DYNAMIC.len() as u64) as u16
}
