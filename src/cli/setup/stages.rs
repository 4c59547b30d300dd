//! The stages of the library as the commands use them: reading, language, segments.

use std::path::Path;

use anyhow::Result;
use muqabala::anchor;
use muqabala::bitext::{Document, Lang, Sides};
use muqabala::export::counted;
use muqabala::formats::{Status, Told};
use muqabala::pipeline;
use muqabala::read::{self, BilingualOptions, Input, ReadDocument, ReadOptions, TextEncoding};
use muqabala::segment::{SegmentOptions, check_script};

use crate::cli::setup::cutting::{CUT_OTHERWISE, switched_off};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::failure::Failure;

/// A document read and segmented, and what is known of it.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) name: String,
    /// What it was read as, for people.
    pub(crate) format: &'static str,
    pub(crate) encoding: Option<TextEncoding>,
    /// Its segments and its language.
    pub(crate) text: pipeline::Prepared,
    /// What the user should know of the reading, each with what to do about it.
    pub(crate) warnings: Vec<(String, Option<&'static str>)>,
}

impl Prepared {
    /// Says what the user should know of the reading.
    pub(crate) fn warn(&self, terminal: Terminal) {
        for (message, hint) in &self.warnings {
            terminal.warn(message, *hint);
        }
    }
}

/// Reads and segments one document; the language is detected where `lang` is `None`.
pub(crate) fn prepare(
    path: &Path,
    options: &ReadOptions,
    lang: Option<&Lang>,
    cutting: &SegmentOptions,
) -> Result<Prepared> {
    let input = Input::from_argument(path);
    let read = read::read(&input, options)?;
    if let Some(lang) = lang {
        check_script(read.document.text(), lang).map_err(|wrong| wrong_script(&input, &wrong))?;
    }
    Ok(prepare_read(input.name(), read, lang, cutting))
}

/// What is said of a text that is not in the script of the language named for it.
fn wrong_script(input: &Input, wrong: &impl std::fmt::Display) -> Failure {
    Failure::new(
        format!("{}: {wrong}", input.name()),
        "check the file; name its own language, or none, and it is detected; a script that is unusual for a language is \
         named with it, as in sr-Latn",
    )
}

/// Segments a document that was read already.
pub(crate) fn prepare_read(
    name: String,
    read: ReadDocument,
    lang: Option<&Lang>,
    cutting: &SegmentOptions,
) -> Prepared {
    let mut prepared = Prepared {
        name,
        format: read.format.name(),
        encoding: read.encoding,
        text: pipeline::prepare(read.document, lang, cutting),
        warnings: read.warnings,
    };
    warn_of_rules(&mut prepared, cutting);
    prepared
}

/// Says which rules of the user's own could not be used on a document: its language's one by one, others by their count.
fn warn_of_rules(prepared: &mut Prepared, cutting: &SegmentOptions) {
    let Some(rules) = &cutting.rules else { return };
    let (own, others) = rules.left_out_for(&prepared.text.language);
    let hint = Some(CUT_OTHERWISE);
    let off = rules.switched_off_for(&prepared.text.language);
    if off > 0 {
        prepared.warnings.push((switched_off(off), None));
    }
    prepared.warnings.extend(own.iter().map(|why| (format!("{}: {why}", prepared.name), hint)));
    if others > 0 {
        let count = counted(others, "rule");
        let was = if others == 1 { "was" } else { "were" };
        let message = format!("{count} for other languages cannot be used here, and {was} not needed");
        prepared.warnings.push((message, None));
    }
}

/// What a file with two languages says besides its texts.
pub(crate) struct Said {
    /// What was decided about each unit.
    pub(crate) decided: Vec<Status>,
    /// What was left out, and how the rest was read.
    pub(crate) told: Told,
}

/// Reads both sides of a file with two languages and segments them.
pub(crate) fn prepare_both(
    path: &Path,
    options: &ReadOptions,
    wanted: &BilingualOptions,
    cutting: &SegmentOptions,
) -> Result<(Sides<Prepared>, Said)> {
    let input = Input::from_argument(path);
    let read = read::read_bilingual(&input, options, wanted)?;
    let prepared = |document: Document, lang: Option<Lang>, named: bool| -> Result<Prepared> {
        let mut warnings = Vec::new();
        match lang.as_ref().map(|lang| check_script(document.text(), lang)) {
            Some(Err(wrong)) if named => return Err(wrong_script(&input, &wrong).into()),
            // What the file itself says of its language is kept, and stays what it is.
            Some(Err(wrong)) => warnings.push((
                format!("{}: by the file {wrong}", input.name()),
                Some("--source-lang and --target-lang name other languages"),
            )),
            _ => {}
        }
        let text = pipeline::prepare(document, lang.as_ref(), cutting);
        let mut prepared =
            Prepared { name: input.name(), format: read.format.name(), encoding: None, text, warnings };
        warn_of_rules(&mut prepared, cutting);
        Ok(prepared)
    };
    let named = wanted.languages.as_ref().map(Option::is_some);
    let sides = Sides::new(
        prepared(read.documents.source, read.languages.source, named.source)?,
        prepared(read.documents.target, read.languages.target, named.target)?,
    );
    Ok((sides, Said { decided: read.decided, told: read.told }))
}

/// An anchor of a segment: kind, value and the text as it stands.
pub(crate) struct FoundAnchor {
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) text: String,
}

/// The anchors of `text`.
pub(crate) fn anchors(text: &str, lang: &Lang) -> Vec<FoundAnchor> {
    anchor::anchors(text, lang)
        .into_iter()
        .map(|a| FoundAnchor {
            kind: a.kind.name().to_owned(),
            value: a.display(),
            text: text[a.span.range()].to_owned(),
        })
        .collect()
}
