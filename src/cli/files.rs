//! The files that a command reads and those that it writes, and that none of them meet.
//!
//! In: what was typed. Out: a refusal, before any work, where an output is a file that the command reads or another
//! output of it, or is work that only the user may give up: a project, or the memory of another program. Guarantee:
//! [`Files::of`] names every path that can be typed; a test in this file goes through the definitions of all commands.

mod standing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::bitext::Lang;
use muqabala::export::file::{self, FileIdentity};
use muqabala::project::Decision;

use crate::cli::args::batch::{BatchCommand, PipeCommand};
use crate::cli::args::first::{DemoCommand, ManCommand};
use crate::cli::args::input::{EvidenceArgs, ReadArgs};
use crate::cli::args::output::OutputArgs;
use crate::cli::args::project::{
    ExportCommand, ReviewCommand, StartCommand, UpdateCommand, project_name, with_status,
};
use crate::cli::args::search::SearchCommand;
use crate::cli::args::snapshot::SnapshotCommand;
use crate::cli::args::tmx::{TmxAction, TmxCommand};
use crate::cli::args::{AlignCommand, Command, EvaluateCommand, LexiconAction, SegmentCommand};
use crate::cli::terminal::failure::Failure;

use standing::Standing;
pub(crate) use standing::{is_own_memory, standing};

/// What may stand where an output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Anything but a project or another program's memory.
    Any,
    /// Nothing: a project is only ever made anew, and its command says so.
    New,
    /// A memory that is looked at when the new one is written: see [`is_own_memory`].
    Memory,
    /// What is no file of its own: a folder, or a name that others are made of.
    Names,
}

/// Whether what is protected is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Force {
    /// The command has no such option.
    #[default]
    None,
    /// It has, and it was not given.
    Possible,
    /// It was given.
    Given,
}

impl Force {
    const fn of(given: bool) -> Self {
        if given { Self::Given } else { Self::Possible }
    }
}

/// What a command reads and writes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    inputs: Vec<PathBuf>,
    outputs: Vec<(PathBuf, Kind)>,
    force: Force,
    /// What was found to be there, by what tells files apart.
    taken: BTreeMap<FileIdentity, (PathBuf, Use)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Written,
}

impl Files {
    /// The files of `command`, as far as the command line names them.
    pub(crate) fn of(command: &Command) -> Self {
        let mut files = Self::default();
        match command {
            Command::Start(StartCommand { folder, .. }) => files.write_to(folder, Kind::Names),
            Command::Demo(command) => files.demo(command),
            Command::Align(command) => files.align(command),
            Command::Read(command) => {
                files.read([&command.file]);
                files.reading(&command.read);
            }
            Command::Segment(SegmentCommand { file, read, .. }) => {
                files.read(file);
                files.reading(read);
            }
            Command::Anchors(command) => {
                files.read([&command.file]);
                files.reading(&command.read);
            }
            Command::Show(command) => {
                files.read([&command.file]);
                files.write(&command.output);
            }
            Command::Review(command) => files.review(command),
            Command::Status(command) => files.read([&command.project]),
            Command::History(command) => files.read([&command.project]),
            Command::Export(command) => files.export(command),
            // It changes the project as it is asked to.
            Command::Realign(command) => files.read([&command.project]),
            Command::Update(command) => files.update(command),
            Command::Compare(command) => {
                files.read([&command.first, &command.second]);
                files.write_to(&command.html, Kind::Any);
            }
            // It changes the first as it is asked to.
            Command::Merge(command) => files.read([&command.project, &command.other]),
            Command::Search(command) => files.search(command),
            Command::Evaluate(command) => files.evaluate(command),
            Command::Snapshot(command) => files.snapshot(command),
            Command::Batch(command) => files.batch(command),
            Command::Pipe(PipeCommand { srx, evidence, .. }) => {
                files.read(srx);
                files.evidence(evidence);
            }
            Command::Lexicon(command) => files.lexicon(&command.action),
            Command::Tmx(command) => files.tmx(command),
            Command::Man(ManCommand { folder }) => files.write_to([folder], Kind::Names),
            Command::Config(command) => files.read([&command.place]),
            Command::Doctor(_) | Command::Languages(_) | Command::Completions(_) => {}
        }
        files
    }

    /// The first file or folder that is read.
    pub(crate) fn first_input(&self) -> Option<&Path> {
        self.inputs.first().map(PathBuf::as_path)
    }

    fn read<'p>(&mut self, paths: impl IntoIterator<Item = &'p PathBuf>) {
        self.inputs.extend(paths.into_iter().cloned());
    }

    fn write_to<'p>(&mut self, paths: impl IntoIterator<Item = &'p PathBuf>, kind: Kind) {
        self.outputs.extend(paths.into_iter().map(|path| (path.clone(), kind)));
    }

    fn write(&mut self, args: &OutputArgs) {
        self.write_to(&args.output, Kind::Any);
        self.force = Force::of(args.force);
    }

    fn reading(&mut self, args: &ReadArgs) {
        self.read(&args.srx);
    }

    fn evidence(&mut self, args: &EvidenceArgs) {
        self.read(&args.lexicon);
        let vectors = &args.vectors;
        self.read(&vectors.overlaps_source);
        self.read(&vectors.embeddings_source);
        self.read(&vectors.overlaps_target);
        self.read(&vectors.embeddings_target);
        self.read(&args.model.embedding_model);
    }

    fn demo(&mut self, command: &DemoCommand) {
        self.write_to(&command.save, Kind::New);
        self.write_to(&command.write_documents, Kind::Names);
    }

    fn align(&mut self, command: &AlignCommand) {
        self.read(&command.source);
        self.read(&command.target);
        self.read(&command.pins.pins);
        self.read(&command.from.interleaved);
        if let Some(from) = &command.from.from {
            self.read([from]);
            let languages = &command.languages;
            self.beside(from, [languages.source_lang.as_ref(), languages.target_lang.as_ref()]);
        }
        self.reading(&command.read);
        self.evidence(&command.evidence);
        self.write(&command.output);
        self.write_to(&command.figures, Kind::Any);
        self.write_to(&command.save, Kind::New);
    }

    /// The files beside a file with two languages that belong to it: both texts of Moses, both documents of cesAlign.
    fn beside(&mut self, from: &Path, languages: [Option<&Lang>; 2]) {
        let extension = from.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if extension == "moses" {
            self.inputs
                .extend(languages.into_iter().flatten().map(|lang| from.with_extension(lang.as_str())));
        } else if matches!(&*extension, "xml" | "ces" | "xces" | "cesalign") {
            let stem = from.file_stem().unwrap_or_default().to_string_lossy().into_owned() + ".";
            let folder = from.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let names = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.file_name());
            let documents = names.filter_map(|name| {
                let name = name.into_string().ok()?;
                (name.starts_with(&stem) && name.contains(".xml")).then(|| from.with_file_name(name))
            });
            self.inputs.extend(documents);
        }
    }

    fn review(&mut self, command: &ReviewCommand) {
        self.read([&command.project]);
        self.read(&command.target);
        self.reading(&command.read);
        self.evidence(&command.evidence);
        if command.target.is_some() {
            let path = command.save.clone().unwrap_or_else(|| project_name(&command.project));
            self.write_to([&path], Kind::New);
        }
    }

    fn export(&mut self, command: &ExportCommand) {
        self.read([&command.project]);
        self.write(&command.output);
        if let Some(output) = command.output.output.as_ref().filter(|_| command.split_by_status) {
            self.outputs.clear();
            self.write_to([output], Kind::Names);
            let kept = Decision::ALL.into_iter().filter(|d| *d != Decision::Rejected);
            self.outputs.extend(kept.map(|decision| (with_status(output, decision), Kind::Any)));
        }
    }

    fn update(&mut self, command: &UpdateCommand) {
        self.read([&command.project]);
        self.read(&command.source);
        self.read(&command.target);
        self.reading(&command.read);
        self.write_to(&command.save, Kind::New);
    }

    fn search(&mut self, command: &SearchCommand) {
        self.read([&command.folder]);
        self.write_to(&command.output, Kind::Any);
        // What stands there is looked at when it is opened: only an index is replaced.
        self.write_to(&command.index, Kind::Names);
        self.force = Force::of(command.force);
    }

    fn evaluate(&mut self, command: &EvaluateCommand) {
        self.read(&command.folders);
        self.read([&command.gold]);
        self.evidence(&command.evidence);
        self.write_to(&command.write_beads, Kind::Names);
    }

    fn snapshot(&mut self, command: &SnapshotCommand) {
        self.read([&command.corpus]);
        self.reading(&command.read);
        self.evidence(&command.evidence);
        self.write_to(&command.snapshots, Kind::Names);
    }

    fn batch(&mut self, command: &BatchCommand) {
        self.read([&command.source]);
        self.read(&command.target);
        self.read(&command.learnt);
        self.reading(&command.read);
        self.evidence(&command.evidence);
        self.write_to([&command.output], Kind::Names);
        // A worker writes what the run has been allowed to.
        let kind = if command.as_worker.is_some() { Kind::Names } else { Kind::Any };
        self.write_to(&[command.report_file(), command.html_file(), command.state_file()], kind);
        if command.learn_together {
            self.write_to([&command.learnt_file()], kind);
        }
        self.force = Force::of(command.force);
    }

    fn lexicon(&mut self, action: &LexiconAction) {
        match action {
            LexiconAction::Check { file } => self.read([file]),
            LexiconAction::Show { lexicon, .. } => self.read(lexicon),
            LexiconAction::Learn { files, output, force } => {
                self.read(files);
                self.write_to([output], Kind::Any);
                self.force = Force::of(*force);
            }
        }
    }

    fn tmx(&mut self, command: &TmxCommand) {
        let mut one = |input: &PathBuf, output: &PathBuf, force: bool| {
            self.read([input]);
            self.write_to([output], Kind::Memory);
            self.force = Force::of(force);
        };
        match &command.action {
            TmxAction::Check(command) => self.read(&command.files),
            // It may mend a memory in its place.
            TmxAction::Fix(command) if is_in_place(&command.file, &command.output) => {
                self.read([&command.file]);
                self.write_to([&command.output], Kind::Names);
            }
            TmxAction::Fix(command) => one(&command.file, &command.output, command.force),
            TmxAction::Clean(command) => one(&command.file, &command.output, command.force),
            TmxAction::Extract(command) => one(&command.file, &command.output, command.force),
            TmxAction::Reverse(command) => one(&command.file, &command.output, command.force),
            TmxAction::Merge(command) => {
                self.read(&command.files);
                self.write_to([&command.output], Kind::Memory);
                self.force = Force::of(command.force);
            }
            TmxAction::Split(command) => {
                self.read([&command.file]);
                self.write_to([&command.output], Kind::Names);
                self.force = Force::of(command.force);
            }
            TmxAction::Diff(command) => self.read([&command.first, &command.second]),
            TmxAction::Stats(command) => self.read([&command.file]),
            TmxAction::Kinds => {}
        }
    }

    /// Counts the files of settings among those that are read.
    pub(crate) fn and_settings(mut self, settings: Vec<PathBuf>) -> Self {
        self.inputs.extend(settings);
        self
    }

    /// Refuses outputs that meet an input, or each other, or what is protected.
    pub(crate) fn check(mut self) -> Result<Self> {
        for path in std::mem::take(&mut self.inputs) {
            self.reads(&path);
        }
        for (path, kind) in std::mem::take(&mut self.outputs) {
            match kind {
                Kind::Names => {}
                Kind::New => self.meets_none(&path)?,
                Kind::Any => self.writes(&path)?,
                Kind::Memory => self.writes_memory(&path)?,
            }
        }
        Ok(self)
    }

    /// Knows of one more file that is read.
    pub(crate) fn reads(&mut self, path: &Path) {
        let path = if is_dash(path) { Path::new(STDIN) } else { path };
        if let Some(identity) = FileIdentity::of(path) {
            self.taken.entry(identity).or_insert_with(|| (path.to_owned(), Use::Read));
        }
    }

    /// Knows of one more output, and refuses it like all others.
    pub(crate) fn writes(&mut self, path: &Path) -> Result<()> {
        self.meets_none(path)?;
        self.is_free(path, true)
    }

    /// As [`Files::writes`] for a memory of the `tmx` commands; one that is there is left to [`is_own_memory`].
    pub(crate) fn writes_memory(&mut self, path: &Path) -> Result<()> {
        self.meets_none(path)?;
        self.is_free(path, false)
    }

    /// Whether a memory of another program may be replaced.
    pub(crate) const fn force(&self) -> Force {
        self.force
    }

    fn meets_none(&mut self, path: &Path) -> Result<()> {
        let Some(identity) = FileIdentity::of(if is_dash(path) { Path::new(STDOUT) } else { path }) else {
            return Ok(());
        };
        let Some((other, used)) = self.taken.get(&identity) else {
            self.taken.insert(identity, (path.to_owned(), Use::Written));
            return Ok(());
        };
        let output = path.display();
        let (message, hint) = match used {
            Use::Read if other == path => {
                (format!("{output} is given as input and as output"), "name another file for the output")
            }
            Use::Read => (
                format!("the output {output} is the same file as the input {}", other.display()),
                "name another file for the output",
            ),
            Use::Written => (
                format!("the outputs {} and {output} are one file", other.display()),
                "name a file of its own for each output",
            ),
        };
        Err(Failure::new(message, hint).into())
    }

    fn is_free(&self, path: &Path, memories: bool) -> Result<()> {
        if self.force == Force::Given || is_dash(path) {
            return Ok(());
        }
        match standing(path) {
            Some(standing) if memories || !matches!(standing, Standing::Memory(_)) => {
                Err(self.protected(path, &standing))
            }
            _ => Ok(()),
        }
    }

    /// Why what stands there is not replaced.
    pub(crate) fn protected(&self, path: &Path, standing: &Standing) -> anyhow::Error {
        let what = match standing {
            Standing::Project => "a project or another database".to_owned(),
            Standing::Memory(tool) | Standing::Other(tool) if tool.is_empty() => {
                "a memory of another program".to_owned()
            }
            Standing::Memory(tool) => format!("a memory written by {tool}"),
            Standing::Other(what) => what.clone(),
        };
        let hint = match self.force {
            Force::None => "name another file, or take it away first",
            Force::Possible | Force::Given => "name another file, or replace it with --force",
        };
        Failure::new(format!("{} is {what}; it is not replaced", path.display()), hint).into()
    }
}

const STDIN: &str = "/dev/stdin";
const STDOUT: &str = "/dev/stdout";

/// Whether standard input or output is meant.
pub(crate) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether a command that may mend in place is asked to: both names are given, and lead to one file.
pub(crate) fn is_in_place(input: &Path, output: &Path) -> bool {
    let named = !is_dash(input) && !is_dash(output) && input.exists();
    named && FileIdentity::of(input).is_some_and(|identity| Some(identity) == FileIdentity::of(output))
}

/// What a message about a written file begins with: `word`, or `replaced` where there is a file already. To be asked
/// before it is written.
pub(crate) fn verb(path: &Path, word: &'static str) -> &'static str {
    let there = !is_dash(path)
        && !file::is_stream(path)
        && std::fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() > 0);
    if there { "replaced" } else { word }
}

#[cfg(test)]
mod tests;
