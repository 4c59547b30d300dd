//! Documents inserted whole into a DOCX (`w:altChunk`), which Word makes text when it opens it.

use std::collections::BTreeMap;

use super::super::relations::Relation;
use crate::read::flow::Flow;
use crate::read::looks::{is_mail, like_html};
use crate::read::not_text::decode_text;
use crate::read::omitted::Omitted;
use crate::read::package::Package;
use crate::read::sample::Sample;
use crate::read::{ReadError, ReadOptions, Warning, html, mail, plain};

/// What a document holds, and what is to be said of what it does not.
pub(super) struct Content {
    /// Its blocks.
    pub(super) flow: Flow,
    /// What was left out for a reason of its own.
    pub(super) warnings: Vec<Warning>,
}

/// Reads a DOCX that is inserted into so many others.
pub(super) type ReadDocx<'f> =
    &'f dyn Fn(&mut Package<'_>, &str, &ReadOptions, usize) -> Result<Content, ReadError>;

/// Documents inserted into each other, at most.
pub(super) const DEEPEST: usize = 4;

const SAVE: &str = "open the document in Word and save it: then what is inserted is text of it";

/// The texts of the documents inserted, by their identifiers, and what is said of those that could not be read.
pub(super) fn read(
    package: &mut Package<'_>,
    name: &str,
    relations: &[Relation],
    options: &ReadOptions,
    depth: usize,
    read_docx: ReadDocx<'_>,
) -> Result<(BTreeMap<String, Flow>, Vec<Warning>), ReadError> {
    let (mut flows, mut warnings) = (BTreeMap::new(), Vec::new());
    for relation in relations.iter().filter(|r| r.kind == "aFChunk") {
        let Some(bytes) = package.part(&relation.target)? else { continue };
        let inner = format!("{name}, {}", relation.target);
        let flow = match one(package, &inner, bytes, options, depth, read_docx) {
            Ok(Some(content)) => {
                warnings.extend(content.warnings);
                content.flow
            }
            Ok(None) => left_out(options),
            Err(error) => {
                warnings.push((format!("an inserted document was left out: {error}"), Some(SAVE)));
                continue;
            }
        };
        flows.insert(relation.id.clone(), flow);
    }
    Ok((flows, warnings))
}

/// One of a kind that is not read here: only counted.
fn left_out(options: &ReadOptions) -> Flow {
    let mut flow = Flow::new(options);
    flow.omit(Omitted::Inserted);
    flow
}

/// What the document `bytes` holds; `None` where its kind is none that is read here.
fn one(
    package: &mut Package<'_>,
    name: &str,
    bytes: Vec<u8>,
    options: &ReadOptions,
    depth: usize,
    read_docx: ReadDocx<'_>,
) -> Result<Option<Content>, ReadError> {
    if bytes.starts_with(b"PK") && depth < DEEPEST {
        let mut inner = package.inner(name, &bytes)?;
        let content = read_docx(&mut inner, name, options, depth + 1);
        package.spend_as(&inner);
        return content.map(Some);
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(b"{\\rtf") {
        return Ok(None);
    }
    let sample = Sample::of(name, &bytes)?;
    let flow = if is_mail(&sample.text) {
        mail::whole(name, &bytes, options)?
    } else if like_html(&sample) {
        html::inside(name, bytes, options)?
    } else {
        let (text, _, _) = decode_text(name, bytes, &ReadOptions::default())?;
        let mut flow = Flow::new(options);
        flow.append_document(&plain::read(text, options.lines).document);
        flow
    };
    Ok(Some(Content { flow, warnings: Vec::new() }))
}
