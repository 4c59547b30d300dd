//! `batch`: a collection of pairs → a file for each, and a report.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use muqabala::batch::manifest::{self, Entry, Places};
use muqabala::batch::report::{self, Row};
use muqabala::batch::state::{Resume, State, StateError};
use muqabala::batch::{self, Digest, Digester, Finished, Outcome, RunOptions, Stop, Task, TaskOptions};
use muqabala::bitext::{Lang, Side, Sides};
use muqabala::export::Format;
use muqabala::export::counted;
use muqabala::export::file::write_whole;
use muqabala::export::tmx::Duplicates;
use muqabala::read::Input;
use muqabala::tmx::Timestamp;

use super::progress::{Audience, Progress};
use crate::cli::args::batch::BatchCommand;
use crate::cli::args::output::DuplicatesName;
use crate::cli::files::{self, Files};
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::setup::output;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &BatchCommand, mut files: Files, terminal: Terminal) -> Result<Exit> {
    if let Some(date) = &command.as_worker {
        return serve(command, date);
    }
    refuse_what_is_read_once(command)?;
    // Mistakes in the options show here, before a worker meets them.
    evidence::options(&command.evidence, terminal)?;
    let cutting = cutting::options(command.read.srx.as_deref())?;
    cutting::warn_of_rules(&cutting, command.read.srx.as_deref(), terminal);
    let entries = entries(command, terminal)?;
    let tasks: Vec<Task> = entries.iter().filter_map(task_of).collect();
    let replaced = outputs(&tasks, &mut files)?;
    std::fs::create_dir_all(&command.output)
        .with_context(|| format!("the folder {} cannot be made", command.output.display()))?;
    let mut state = open_state(command)?;
    let earlier = std::mem::take(&mut state.earlier);
    let learnt = if command.learn_together { Some(learn(command, &tasks, terminal)?) } else { None };
    let options = run_options(command, state.creation_date.as_deref(), learnt.as_deref())?;
    let stop = Arc::new(Stop::default());
    stop_on_signals(&stop)?;
    let outcomes = run(&tasks, &earlier, &options, &stop, &mut state, command, terminal)?;
    let rows = rows(&entries, outcomes);
    write_reports(command, &rows)?;
    describe_replaced(&tasks, &rows, &replaced, terminal);
    Ok(describe(command, &rows, &stop, terminal))
}

/// Refuses lexicons, rules and vectors that can be read only once: every worker of a run reads them again.
fn refuse_what_is_read_once(command: &BatchCommand) -> Result<()> {
    let vectors = &command.evidence.vectors;
    let single = [
        &command.read.srx,
        &command.learnt,
        &vectors.overlaps_source,
        &vectors.embeddings_source,
        &vectors.overlaps_target,
        &vectors.embeddings_target,
    ];
    for path in single.into_iter().flatten().chain(&command.evidence.lexicon) {
        if !Input::from_argument(path).can_be_read_again() {
            return Err(Failure::new(
                format!("{} can be read only once, and each part of a run reads it again", path.display()),
                "write it into a file first, and give that",
            )
            .into());
        }
    }
    Ok(())
}

fn task_of(entry: &Entry) -> Option<Task> {
    match entry {
        Entry::Task(task) => Some(task.clone()),
        Entry::Bad { .. } => None,
    }
}

fn entries(command: &BatchCommand, terminal: Terminal) -> Result<Vec<Entry>> {
    let extension = match command.format.0 {
        Format::Text => "txt",
        format => format.name(),
    };
    let path = &command.source;
    let mut entries = if command.interleaved {
        if path.is_file() {
            return Err(Failure::new(
                format!("{} is a file, not a folder of documents with both languages", path.display()),
                format!(
                    "to align it alone, run `muqabala align --interleaved {}`; a manifest names such documents in a column `interleaved`",
                    path.display()
                ),
            )
            .into());
        }
        manifest::each_of_folder(path, &Places::new(PathBuf::new(), command.output.clone(), extension))?
    } else if let Some(target) = &command.target {
        if path.is_file() && target.is_file() {
            return Err(Failure::new(
                format!("{} and {} are files, not folders of documents", path.display(), target.display()),
                format!(
                    "to align these two, run `muqabala align {} {}`; `batch` takes two folders, or a manifest alone",
                    path.display(),
                    target.display()
                ),
            )
            .into());
        }
        let places = Places::new(PathBuf::new(), command.output.clone(), extension);
        let code = |side| command.languages.get(side).map(Lang::primary);
        let languages = Sides::new(code(Side::Source), code(Side::Target));
        let pairing = manifest::pair_folders(Sides::new(path, target), languages, &places)?;
        for alone in &pairing.alone {
            terminal.warn(format_args!("{} has no counterpart", alone.display()), None);
        }
        pairing.entries
    } else if path.is_dir() {
        return Err(Failure::new(
            format!("{} is a folder, and there is no second one", path.display()),
            "give a manifest, or the folder of sources and the folder of targets, or `--interleaved` if each document in it holds both languages in turn",
        )
        .into());
    } else {
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        let text = String::from_utf8(evidence::read_bytes(path)?)
            .map_err(|_| Failure::new(format!("{} is not UTF-8", path.display()), "convert the manifest"))?;
        manifest::parse(&text, &Places::new(base, command.output.clone(), extension))
            .with_context(|| path.display().to_string())?
    };
    for entry in &mut entries {
        if let Entry::Task(task) = entry {
            let lang = |own: &mut Option<String>, side| {
                if own.is_none() {
                    *own = command.languages.get(side).map(ToString::to_string);
                }
            };
            lang(&mut task.source_lang, Side::Source);
            lang(&mut task.target_lang, Side::Target);
        }
    }
    if entries.is_empty() {
        return Err(Failure::new(
            format!("{}: there is no document pair", path.display()),
            "a manifest has a line for each document pair; files of two folders are paired by their names",
        )
        .into());
    }
    Ok(entries)
}

fn open_state(command: &BatchCommand) -> Result<State> {
    let path = command.state_file();
    let date = match (command.creation_date, output::default_date()?) {
        (Some(date), _) | (None, date) => date.to_string(),
    };
    let resume = if command.resume { Resume::Earlier } else { Resume::Anew };
    let mut state = State::open(&path, resume, Some(&date)).map_err(anyhow::Error::from)?;
    if command.creation_date.is_some() {
        state.creation_date = Some(date);
    }
    Ok(state)
}

/// Refuses outputs of the pairs that meet each other or anything that is read; gives those that are there already.
fn outputs(tasks: &[Task], files: &mut Files) -> Result<BTreeSet<PathBuf>> {
    for task in tasks {
        for document in task.documents.paths() {
            files.reads(document);
        }
    }
    let mut there = BTreeSet::new();
    for task in tasks {
        files.writes(&task.output)?;
        if files::verb(&task.output, "written") == "replaced" {
            there.insert(task.output.clone());
        }
    }
    Ok(there)
}

/// Learns from all pairs; returns the file with what was learnt.
fn learn(command: &BatchCommand, tasks: &[Task], terminal: Terminal) -> Result<PathBuf> {
    let path = command.learnt_file();
    let options = task_options(command)?;
    let learnt = batch::learn_to(&path, tasks, &options, command.learn_from)?;
    terminal.note(format_args!(
        "learnt    {} from {} with {}{}",
        counted(learnt.words, "word pair"),
        counted(learnt.pairs, "document pair"),
        counted(learnt.segments, "segment"),
        if learnt.reused { ", earlier" } else { "" }
    ));
    Ok(path)
}

fn run_options(command: &BatchCommand, date: Option<&str>, learnt: Option<&Path>) -> Result<RunOptions> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // The worker gets the same arguments, so that it means the same by them.
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let at = arguments.iter().position(|a| a == "batch").map_or(0, |at| at + 1);
    arguments.insert(at, format!("--as-worker={}", date.unwrap_or_default()).into());
    if let Some(path) = learnt {
        let mut option = OsString::from("--learnt=");
        option.push(path);
        arguments.insert(at, option);
    }
    let program = std::env::current_exe().context("the program cannot find itself")?;
    let mut worker = vec![program.into_os_string()];
    worker.append(&mut arguments);
    let mut options = RunOptions::new(worker);
    options.jobs = command.jobs.map_or(cores, usize::from);
    options.threads = (cores / options.jobs).max(1);
    options.timeout = command.timeout;
    Ok(options)
}

/// What ends a run before its time.
#[derive(Debug, thiserror::Error)]
enum RunError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    State(#[from] StateError),
}

fn run(
    tasks: &[Task],
    earlier: &BTreeMap<String, Finished>,
    options: &RunOptions,
    stop: &Stop,
    state: &mut State,
    command: &BatchCommand,
    terminal: Terminal,
) -> Result<Vec<Option<Outcome>>> {
    let audience = if command.json_progress { Audience::Programs } else { Audience::People };
    let mut progress = Progress::new(tasks.len(), audience, terminal);
    let outcomes = batch::run(tasks, earlier, options, stop, |index, outcome| -> Result<(), RunError> {
        // What is unchanged stands in the file already.
        if let Outcome::Done(finished) = outcome {
            state.note(&tasks[index].id, finished)?;
        }
        progress.tell(&tasks[index].id, outcome);
        Ok(())
    });
    progress.end();
    Ok(outcomes?)
}

fn rows(entries: &[Entry], outcomes: Vec<Option<Outcome>>) -> Vec<Row> {
    let mut outcomes = outcomes.into_iter();
    let row = |entry: &Entry| match entry {
        Entry::Task(task) => {
            Row::new(task.id.clone(), task.output.display().to_string(), outcomes.next().flatten())
        }
        Entry::Bad { id, reason } => {
            Row::new(id.clone(), String::new(), Some(Outcome::Failed(reason.clone())))
        }
    };
    entries.iter().map(row).collect()
}

fn write_reports(command: &BatchCommand, rows: &[Row]) -> Result<()> {
    let date = Some(command.creation_date.map_or_else(output::default_date, Ok)?);
    let tsv = command.report_file();
    write_whole(&tsv, |out| report::write_tsv(rows, out))?;
    let html = command.html_file();
    let named = [Some(&command.source), command.target.as_ref()].into_iter().flatten();
    let head = report::Head {
        collection: named.map(|path| path.display().to_string()).collect::<Vec<_>>().join(" – "),
        output: command.output.display().to_string(),
        date,
        language: command.report_language.into(),
    };
    write_whole(&html, |out| report::write_html(rows, &head, out))?;
    Ok(())
}

/// Says how many files that were there were written anew.
fn describe_replaced(tasks: &[Task], rows: &[Row], there: &BTreeSet<PathBuf>, terminal: Terminal) {
    let done = rows.iter().filter(|row| row.status() == "done").map(|row| &row.id).collect::<BTreeSet<_>>();
    let replaced =
        tasks.iter().filter(|task| there.contains(&task.output) && done.contains(&task.id)).count();
    if replaced > 0 {
        terminal.note(format_args!("replaced  {}", counted(replaced, "file")));
    }
}

fn describe(command: &BatchCommand, rows: &[Row], stop: &Stop, terminal: Terminal) -> Exit {
    const SHOWN: usize = 50;
    let count = |status: &str| rows.iter().filter(|r| r.status() == status).count();
    let (failed, undone) = (count("failed"), count("not-done"));
    for row in rows.iter().filter(|r| r.reason().is_some()).take(SHOWN) {
        terminal.warn(format_args!("{}: {}", row.id, row.reason().unwrap_or_default()), None);
    }
    let report = command.report_file();
    if failed > SHOWN {
        terminal.warn(format_args!("and {} more; {} lists them", failed - SHOWN, report.display()), None);
    }
    let finished = || rows.iter().filter_map(|r| r.outcome.as_ref().and_then(Outcome::finished));
    let odd = finished().filter(|f| !f.figures.suspicions.is_empty()).count();
    terminal.note(format_args!(
        "aligned   {}, {} unchanged, {failed} failed",
        counted(count("done"), "document pair"),
        count("unchanged")
    ));
    if let Some(least) = command.min_confidence {
        let left_out: usize = finished().map(|f| f.left_out).sum();
        terminal.note(format_args!("left out  {} less sure than {least}", counted(left_out, "pair")));
    }
    let pieces: usize = finished().map(|f| f.pieces_left_out).sum();
    if pieces > 0 {
        terminal.note(format_args!(
            "left out  {} of which the language could not be told; {} says of which document",
            counted(pieces, "piece"),
            report.display()
        ));
    }
    let warned = finished().filter(|f| !f.warnings.is_empty()).count();
    if warned > 0 {
        terminal.note(format_args!(
            "warned    of {} when they were read; {} says of what",
            counted(warned, "document pair"),
            report.display()
        ));
    }
    if odd > 0 {
        terminal.note(format_args!(
            "look      {} to look at; {} says why",
            counted(odd, "document pair"),
            report.display()
        ));
    }
    if stop.is_asked() && undone > 0 {
        terminal.warn(
            format_args!("stopped with {} not done", counted(undone, "document pair")),
            Some("run the same command with --resume to go on"),
        );
    }
    if failed + undone > 0 { Exit::Below } else { Exit::Done }
}

/// Lets an interrupt, or a wish of the system that the program end, stop the run.
fn stop_on_signals(stop: &Arc<Stop>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stop = Arc::clone(stop);
    std::thread::spawn(move || runtime.block_on(listen(&stop)));
    Ok(())
}

#[cfg(unix)]
async fn listen(stop: &Stop) {
    use muqabala::signals;
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn heard(signal: &mut Option<Signal>) {
        match signal {
            Some(signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    }
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    // A run that was started so as to survive its terminal does.
    let unless_ignored = |ends: bool, kind| ends.then(|| signal(kind).ok()).flatten();
    let mut hangup = unless_ignored(signals::ends_with_its_terminal(), SignalKind::hangup());
    let mut quit = unless_ignored(signals::ends_by_quit(), SignalKind::quit());
    loop {
        tokio::select! {
            heard = tokio::signal::ctrl_c() => if heard.is_err() { return },
            _ = terminate.recv() => {}
            () = heard(&mut hangup) => {}
            () = heard(&mut quit) => {}
        }
        stop.ask();
    }
}

#[cfg(not(unix))]
async fn listen(stop: &Stop) {
    while tokio::signal::ctrl_c().await.is_ok() {
        stop.ask();
    }
}

/// What a worker does.
fn serve(command: &BatchCommand, date: &str) -> Result<Exit> {
    let mut options = task_options(command)?;
    if let Some(path) = &command.learnt {
        let (dictionaries, digest) = batch::load_learnt(path)?;
        options.align.dictionaries.extend(dictionaries);
        let mut both = Digester::new();
        both.add(options.align_digest.as_str().as_bytes());
        both.add(digest.as_str().as_bytes());
        options.align_digest = both.finish();
    }
    options.tmx.creation_date = date.parse::<Timestamp>().ok();
    batch::serve(io::stdin().lock(), &mut io::stdout().lock(), &options)?;
    Ok(Exit::Done)
}

/// What holds for all pairs, but for the date.
fn task_options(command: &BatchCommand) -> Result<TaskOptions> {
    let mut options = TaskOptions::new(command.format.0);
    options.align = evidence::options(&command.evidence, Terminal::silent())?;
    options.align_digest = digest(command)?;
    options.read = command.read.options(None, None);
    options.segment = cutting::options(command.read.srx.as_deref())?;
    options.min_confidence = command.min_confidence;
    options.report = command.report_language.into();
    options.tmx.duplicates = match command.duplicates {
        DuplicatesName::Once => Duplicates::Once,
        DuplicatesName::All => Duplicates::All,
    };
    Ok(options)
}

/// Of all that the options of aligning are made from.
fn digest(command: &BatchCommand) -> Result<Digest> {
    let evidence = &command.evidence;
    let mut digester = Digester::new();
    for path in &evidence.lexicon {
        digester.add(&evidence::read_bytes(path)?);
    }
    for path in evidence::vector_files(evidence)? {
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        digester.add(&bytes);
    }
    if let Some(path) = &command.read.srx {
        digester.add(b"srx");
        digester.add(&evidence::read_bytes(path)?);
    }
    let mut without: Vec<&str> = evidence.without.iter().map(|kind| kind.name()).collect();
    without.sort_unstable();
    let flags = [evidence.no_builtin_lexicon, evidence.monotone, command.read.presegmented];
    digester.add(format!("{without:?} {flags:?}").as_bytes());
    Ok(digester.finish())
}
