//! `align`: two documents → an alignment in a file or on the terminal.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use muqabala::batch::{self, Figures};
use muqabala::bitext::{Alignment, BeadType, BuiltinLexicon, DOUBTFUL_BELOW, Side, Sides};
use muqabala::export;
use muqabala::export::counted;
use muqabala::export::tmx::TmxReport;
use muqabala::formats::{Placeholders, Told};
use muqabala::lexicon;
use muqabala::pipeline::{self, AlignError, Explanations};
use muqabala::session::Imported;

use super::figures;
use super::from;
use super::interleaved;
use crate::cli::args::AlignCommand;
use crate::cli::files::Files;
use crate::cli::project;
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::setup::output::{self, Destination, Plan};
use crate::cli::setup::pins;
use crate::cli::setup::stages::{self, Prepared};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;
use crate::cli::terminal::working;

pub(crate) fn execute(command: &AlignCommand, files: Files, terminal: Terminal) -> Result<Exit> {
    if let (Some(source), Some(target)) = (&command.source, &command.target) {
        check_inputs(source, target)?;
    }
    let mut plan = output::plan(&command.output, files)?;
    if command.read.inline_tags {
        plan.placeholders = Placeholders::Elements;
    }
    if let Some(path) = &command.save {
        project::check_new(path)?;
    }
    if let Some(path) = &command.figures {
        check_figures(path, &plan)?;
    }
    let mut options = evidence::options(&command.evidence, terminal)?;
    if let Some(path) = &command.pins.pins {
        options.pins = pins::load(path)?;
    }
    if command.save.is_none() && command.figures.is_none() && !plan.format.shows_evidence() {
        options.explanations = Explanations::Omitted;
    }
    if options.choices.builtin_lexicon == BuiltinLexicon::Used {
        // It takes about as long as a short document: meanwhile the documents are read.
        rayon::spawn(lexicon::prepare_builtin);
    }
    let (Sides { mut source, mut target }, imported, told) = prepare(command)?;
    pipeline::lean_on_the_other(Sides::new(&mut source.text, &mut target.text));
    let sides = Sides::new(&source, &target);
    describe_inputs(sides, terminal);
    from::describe(&told, terminal);
    plan.report.files = Some(sides.map(|side| side.name.clone()));
    let read = sides.map(figures::describe);
    let bitext = pipeline::bitext(Sides::new(source.text, target.text));
    output::check_names(&plan, &bitext.languages)?;
    options.pins.extend(imported.pins(&bitext));
    working::on("aligning");
    let alignment = pipeline::align(&bitext, &options).map_err(|e| match (e, &command.pins.pins) {
        (AlignError::Pins(e), Some(path)) => pins::refused(path, &e),
        (e, _) => e.into(),
    })?;
    working::on("writing");
    if let Some(path) = &command.save {
        let names = Sides::new(source.name.clone(), target.name.clone());
        let decisions = imported.decisions(&bitext, &alignment);
        project::save(path, &bitext, alignment.clone(), names, &options, &decisions)?;
        terminal.note(format_args!("saved     {}", path.display()));
    }
    let figures = match &command.figures {
        Some(_) => batch::figures(&bitext, &alignment),
        None => batch::count(&alignment),
    };
    let verb = plan.verb();
    let beads = export::sure_views(&bitext, &alignment, command.min_confidence);
    let report = output::write(beads, bitext.languages.clone(), &plan, &command.readable, terminal)?;
    if let Some(path) = &command.figures {
        figures::write(path, &read, bitext.languages.as_ref(), &figures)?;
    }
    if let Some(least) = command.min_confidence {
        let left_out = counted(export::left_out(&alignment, command.min_confidence), "pair");
        terminal.note(format_args!("left out  {left_out} less sure than {least}"));
    }
    describe_result(&alignment, &figures, options.explanations, report.as_ref(), terminal);
    describe_written(&plan, verb, report.as_ref(), terminal);
    describe_doubts(&figures, terminal);
    Ok(Exit::Done)
}

fn prepare(command: &AlignCommand) -> Result<(Sides<Prepared>, Imported, Told)> {
    let cutting = cutting::options(command.read.srx.as_deref())?;
    if let Some(path) = &command.from.from {
        return from::prepare(command, path, &cutting);
    }
    if let Some(path) = &command.from.interleaved {
        let sides = interleaved::prepare(command, path, &cutting)?;
        return Ok((sides, Imported::default(), Told::default()));
    }
    let one = |path: &Option<PathBuf>, side| {
        let lang = command.languages.get(side);
        let options = command.read.options(command.encodings.get(side), lang);
        let path = path.as_deref().context("both documents must be named")?;
        stages::prepare(path, &options, lang, &cutting)
    };
    let (source, target) =
        rayon::join(|| one(&command.source, Side::Source), || one(&command.target, Side::Target));
    Ok((Sides::new(source?, target?), Imported::default(), Told::default()))
}

fn check_inputs(source: &Path, target: &Path) -> Result<()> {
    if source.as_os_str() == "-" && target.as_os_str() == "-" {
        return Err(Failure::new(
            "both documents are to come from standard input",
            "give `-` for one of them and a file for the other",
        )
        .into());
    }
    let same = source == target
        || matches!((source.canonicalize(), target.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if same && source.exists() {
        return Err(Failure::new(
            format!("{} is given as source and as target", source.display()),
            "give the document and its translation",
        )
        .into());
    }
    Ok(())
}

/// Refuses a place for the figures that cannot be written, or that the alignment goes to.
fn check_figures(path: &Path, plan: &Plan) -> Result<()> {
    if path.as_os_str() != "-" {
        return output::check_writable(path);
    }
    match plan.destination {
        Destination::File(_) => Ok(()),
        Destination::Stdout => Err(Failure::new(
            "the alignment and its figures are both to go to standard output",
            "name a file for one of them",
        )
        .into()),
    }
}

fn describe_inputs(sides: Sides<&Prepared>, terminal: Terminal) {
    for (label, side) in [("source", sides.source), ("target", sides.target)] {
        let encoding = side.encoding.map(|e| format!(", {e}")).unwrap_or_default();
        terminal.note(format_args!(
            "{label}    {}: {}, language {}{encoding}",
            side.name,
            counted(side.text.document.len(), "segment"),
            side.text.language,
        ));
        terminal.detail(format_args!(
            "          read as {}: {}, {} of text",
            side.format,
            counted(side.text.document.document().blocks().len(), "block"),
            counted(side.text.document.document().text().len(), "byte"),
        ));
        side.warn(terminal);
        if side.text.language.is("und") {
            terminal.warn(
                format_args!("the language of {} could not be told", side.name),
                Some(&format!("name it with --{label}-lang")),
            );
        }
    }
    let languages = sides.map(|side| &side.text.language);
    // Two countries' ways of writing one language are a pair where they are asked for.
    let varieties = languages.source != languages.target
        && [languages.source, languages.target].iter().all(|lang| lang.as_str() != lang.primary());
    if languages.source.primary() == languages.target.primary() && !languages.source.is("und") && !varieties {
        terminal.warn(
            format_args!("both documents are in one language ({})", languages.source.primary()),
            Some("check the files, or name the languages with --source-lang and --target-lang"),
        );
    }
}

fn describe_result(
    alignment: &Alignment,
    figures: &Figures,
    explanations: Explanations,
    report: Option<&TmxReport>,
    terminal: Terminal,
) {
    let mut types: BTreeMap<BeadType, usize> = BTreeMap::new();
    for aligned in alignment.beads().iter().filter(|aligned| !aligned.bead.is_null()) {
        *types.entry(aligned.bead.bead_type()).or_default() += 1;
    }
    let mut by_count: Vec<_> = types.into_iter().collect();
    by_count.sort_by_key(|&(bead_type, count)| (std::cmp::Reverse(count), bead_type));
    let listed: Vec<_> = by_count.iter().map(|(t, n)| format!("{n} of type {t}")).collect();
    let listed = if listed.is_empty() { String::new() } else { format!(" ({})", listed.join(", ")) };
    terminal.note(format_args!("pairs     {}{listed}", figures.beads));
    terminal.note(format_args!(
        "unaligned {} source and {}",
        figures.source_unaligned,
        counted(figures.target_unaligned, "target segment")
    ));
    if let Some(mean) = figures.mean_confidence {
        // Without explanations nothing is known of doubts, and of doubtful beads only those that are unsure.
        let doubtful = match explanations {
            Explanations::Full => format!("doubtful: {}", figures.doubtful),
            Explanations::Omitted => format!("pairs below {DOUBTFUL_BELOW:.2}: {}", figures.doubtful),
        };
        terminal.note(format_args!("sure      {mean:.2} on average; {doubtful}"));
    }
    output::describe_omissions(report, terminal);
}

/// Says where the result stands.
fn describe_written(plan: &Plan, verb: &str, report: Option<&TmxReport>, terminal: Terminal) {
    // Of several files each was told when it was written.
    if let Destination::File(path) = &plan.destination
        && !plan.format.is_several_files()
    {
        let units = report.map(|r| format!(" ({})", counted(r.written.units, "unit"))).unwrap_or_default();
        terminal.note(format_args!("{verb:<10}{}{units}", path.display()));
    }
}

fn describe_doubts(figures: &Figures, terminal: Terminal) {
    if figures.beads == 0 {
        terminal.warn("nothing could be aligned", Some("check that the two documents translate each other"));
    } else if figures.seem_unrelated() {
        terminal.warn(
            "the two documents seem not to translate each other",
            Some(
                "check that they are the right ones, and their languages; else review the result before use",
            ),
        );
    }
}
