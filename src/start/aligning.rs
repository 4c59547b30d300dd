//! Aligning what pages sent, into a new project.
//!
//! In: two documents or one file with two languages, and what was chosen. Out: a project in the folder. Guarantee: a
//! job that was stopped, or failed, leaves no project; a name that is taken gets a number.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::batch::{Figures, figures};
use crate::bitext::{Alignment, Bitext, Lang, Side, Sides};
use crate::lexicon;
use crate::pipeline::{self, AlignOptions, Prepared, Stage};
use crate::project::{InterfaceLanguage, Project, ProjectError, ProjectFile};
use crate::read::{self, BilingualOptions, Input, ReadOptions, UnfinishedRead, UnitsRead};
use crate::review::Refusal;
use crate::segment::{self, OnUntranslatable, SegmentOptions};
use crate::session::{self, Imported};

use super::desk::Desk;
use super::example::DOCUMENTS;
use super::jobs::{Halt, Job};
use super::names;
use super::trouble::{self, bad};
use super::uploads::{MAX_FILE, Upload};

/// What the page chose for an alignment.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Choices {
    source_lang: Option<String>,
    target_lang: Option<String>,
    lexicons: Vec<u64>,
    srx: Option<u64>,
    /// Each line of the documents is a segment.
    lines: bool,
    /// Each unit of a file with two languages stays a pair.
    keep_units: bool,
    /// The language of the review page.
    interface: Interface,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Interface {
    #[default]
    En,
    Ar,
}

/// What [`Choices`] mean to the library.
#[derive(Default)]
pub(super) struct Options {
    languages: Sides<Option<Lang>>,
    read: ReadOptions,
    units: UnitsRead,
    segment: SegmentOptions,
    align: AlignOptions,
    interface: InterfaceLanguage,
}

/// What is aligned.
pub(super) enum Texts {
    Two(Sides<Arc<Upload>>),
    Both(Arc<Upload>),
}

/// A language, where one is named.
fn language(code: Option<&String>) -> Result<Option<Lang>, Refusal> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    code.parse().map(Some).map_err(|_| bad(format!("`{code}` is no code of a language")))
}

impl Choices {
    /// Reads the lexicons and rules that were chosen.
    pub(super) fn options(&self, desk: &Desk) -> Result<Options, Refusal> {
        let mut options = Options {
            languages: Sides::new(language(self.source_lang.as_ref())?, language(self.target_lang.as_ref())?),
            units: if self.keep_units { UnitsRead::Whole } else { UnitsRead::Cut },
            interface: match self.interface {
                Interface::En => InterfaceLanguage::English,
                Interface::Ar => InterfaceLanguage::Arabic,
            },
            ..Options::default()
        };
        options.read.max_size = MAX_FILE;
        options.read.format = self.lines.then_some(read::Format::Lines);
        for &number in &self.lexicons {
            let upload = desk.uploads.get(number)?;
            let imported =
                lexicon::import(&upload.read()?).map_err(|error| trouble::lexicon(&upload.name, &error))?;
            let named = imported.dictionaries.into_iter().map(|d| d.named(upload.name.clone()));
            options.align.dictionaries.extend(named);
        }
        if let Some(number) = self.srx {
            let upload = desk.uploads.get(number)?;
            options.segment.rules = Some(Arc::new(rules(&upload)?));
        }
        Ok(options)
    }
}

fn rules(upload: &Upload) -> Result<segment::SegmentationRules, Refusal> {
    let (text, _) = read::encoding::decode(&upload.name, upload.read()?, &ReadOptions::default())
        .map_err(|error| trouble::reading(&upload.name, &error))?;
    let import = segment::read_srx(&text, OnUntranslatable::LeaveOut).map_err(|error| {
        let said = format!("{}: {error}", upload.name);
        Refusal::named(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "srx", said)
    })?;
    Ok(import.rules)
}

/// A bitext that is made of what was sent.
struct Made {
    bitext: Bitext,
    imported: Imported,
    names: Sides<String>,
    /// What was said of the documents when they were read.
    warnings: Vec<String>,
}

fn prepare(job: &Job, texts: &Texts, options: &Options) -> Result<Made, Halt> {
    job.say(json!({ "step": "reading" }))?;
    match texts {
        Texts::Two(uploads) => {
            let one = |side: Side| -> Result<(Prepared, Vec<String>), Refusal> {
                let upload = uploads.get(side);
                let language = options.languages.get(side).as_ref();
                let mut read = options.read.clone();
                read.language = language.cloned();
                let found = read::parse(&upload.name, upload.read()?, &read)
                    .map_err(|error| trouble::reading(&upload.name, &error))?;
                if let Some(language) = language {
                    segment::check_script(found.document.text(), language).map_err(|wrong| {
                        let said = format!("{}: {wrong}", upload.name);
                        Refusal::named(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "script", said)
                    })?;
                }
                let warnings = found.warnings.into_iter().map(|(text, _)| text).collect();
                Ok((pipeline::prepare(found.document, language, &options.segment), warnings))
            };
            let (source, target) = rayon::join(|| one(Side::Source), || one(Side::Target));
            let ((source, mut warnings), (target, others)) = (source?, target?);
            warnings.extend(others);
            let bitext = pipeline::bitext(Sides::new(source, target));
            Ok(Made {
                bitext,
                imported: Imported::default(),
                names: uploads.as_ref().map(|u| u.name.clone()),
                warnings,
            })
        }
        Texts::Both(upload) => {
            let read = both(upload, options)?;
            let languages = read.languages;
            let prepared =
                |document, lang: Option<Lang>| pipeline::prepare(document, lang.as_ref(), &options.segment);
            let bitext = pipeline::bitext(Sides::new(
                prepared(read.documents.source, languages.source),
                prepared(read.documents.target, languages.target),
            ));
            let imported = Imported { decided: read.decided, kept: options.units == UnitsRead::Whole };
            let names = Sides::new(upload.name.clone(), upload.name.clone());
            // The page has shown what was left out of the file when it was given.
            Ok(Made { bitext, imported, names, warnings: Vec::new() })
        }
    }
}

/// Reads a file with two languages.
fn both(upload: &Upload, options: &Options) -> Result<read::ReadBilingual, Refusal> {
    let wanted = BilingualOptions {
        languages: options.languages.clone(),
        unfinished: UnfinishedRead::ForReview,
        units: options.units,
        ..BilingualOptions::default()
    };
    read::read_bilingual(&Input::File(upload.path().to_owned()), &options.read, &wanted).map_err(|error| {
        let said = trouble::reading(&upload.name, &error);
        // The file's path is of this program's making, and nobody's business.
        said.instead(&upload.path().display().to_string(), &upload.name)
    })
}

/// What a file with two languages holds, for the page to show before it is aligned.
pub(super) fn look_at_both(upload: &Upload) -> Result<read::ReadBilingual, Refusal> {
    both(upload, &Options::default())
}

fn stage(stage: Stage) -> Value {
    match stage {
        Stage::FirstLook => json!({ "step": "first" }),
        Stage::Round { number, of } => json!({ "step": "round", "number": number, "of": of }),
        _ => json!({ "step": "explaining" }),
    }
}

/// A project that was made.
pub(super) struct Begun {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// Its alignment in figures.
    pub(super) figures: Figures,
    /// Its languages.
    pub(super) languages: Sides<Lang>,
    /// What was said of the documents when they were read.
    pub(super) warnings: Vec<String>,
}

/// Aligns `texts` into a new project called `name` in `folder`; `more` is said with each step.
pub(super) fn align(
    job: &Job,
    texts: &Texts,
    options: &Options,
    (folder, name): (&Path, &str),
    more: &Value,
) -> Result<Begun, Halt> {
    let say = |what: Value| {
        let mut what = what;
        if let (Some(what), Some(more)) = (what.as_object_mut(), more.as_object()) {
            what.extend(more.clone());
        }
        job.say(what)
    };
    let mut made = prepare(job, texts, options)?;
    let warnings = std::mem::take(&mut made.warnings);
    let mut align = options.align.clone();
    align.pins = made.imported.pins(&made.bitext);
    let watched = pipeline::align_watched(&made.bitext, &align, &mut |at| match say(stage(at)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    });
    let alignment = watched.map_err(|error| trouble::aligning(&error))?.ok_or(Halt::Stopped)?;
    say(json!({ "step": "saving" }))?;
    let figures = figures(&made.bitext, &alignment);
    let languages = made.bitext.languages.clone();
    let path = save(made, alignment, &align, options.interface, (folder, name))?;
    Ok(Begun { path, figures, languages, warnings })
}

fn save(
    made: Made,
    alignment: Alignment,
    align: &AlignOptions,
    interface: InterfaceLanguage,
    (folder, name): (&Path, &str),
) -> Result<PathBuf, Refusal> {
    let decisions = made.imported.decisions(&made.bitext, &alignment);
    let mut project = session::begin(&made.bitext, alignment, made.names, align);
    for (place, decision) in decisions {
        project.set_decision(place, decision);
    }
    loop {
        let path = names::free(folder, name);
        match create(&path, project.clone(), interface) {
            // Another job was first with this name.
            Err(ProjectError::Exists(_)) => {}
            other => return Ok(other.map(|()| path)?),
        }
    }
}

fn create(path: &Path, project: Project, interface: InterfaceLanguage) -> Result<(), ProjectError> {
    let mut file = ProjectFile::create(path, project)?;
    let mut settings = file.project().settings().clone();
    settings.interface = interface;
    file.set_settings(settings)
}

/// Makes the project of the example.
pub(super) fn example(bitext: &Bitext, options: &Options, path: &Path) -> Result<(), Refusal> {
    let alignment = pipeline::align(bitext, &options.align).map_err(|error| trouble::aligning(&error))?;
    let names = DOCUMENTS.map(|(name, _)| name.to_owned());
    let project = session::begin(bitext, alignment, names, &options.align);
    Ok(create(path, project, options.interface)?)
}
