//! A look at what was sent, before it is aligned: what it is, its language, how it begins.
//!
//! In: an upload. Out: what the page shows beside it. Guarantee: texts are given as they stand, cut short.

use serde_json::{Value, json};

use crate::bitext::{Document, Sides};
use crate::pipeline;
use crate::read::{self, ReadError, ReadOptions};
use crate::review::Refusal;
use crate::segment::SegmentOptions;

use super::aligning::look_at_both;
use super::trouble;
use super::uploads::{MAX_FILE, Upload};

/// How many characters of a text are shown.
const SHOWN: usize = 240;

/// What a document is.
pub(super) fn document(upload: &Upload) -> Result<Value, Refusal> {
    let options = ReadOptions { max_size: MAX_FILE, ..ReadOptions::default() };
    match read::parse(&upload.name, upload.read()?, &options) {
        Ok(found) => {
            let format = found.format.name();
            let start = start(&found.document);
            let prepared = pipeline::prepare(found.document, None, &SegmentOptions::default());
            Ok(json!({
                "kind": "document",
                "format": format,
                "language": prepared.language.as_str(),
                "segments": prepared.document.len(),
                "start": start,
                "warnings": found.warnings.iter().map(|(text, _)| text).collect::<Vec<_>>(),
            }))
        }
        // Given as one of two documents, it is both of them.
        Err(ReadError::TwoLanguages { .. }) => both(upload),
        Err(error) => Err(trouble::reading(&upload.name, &error)),
    }
}

/// What a file with two languages is.
pub(super) fn both(upload: &Upload) -> Result<Value, Refusal> {
    let found = look_at_both(upload)?;
    let languages = found.languages.as_ref().map(|lang| lang.as_ref().map(|lang| lang.as_str().to_owned()));
    let documents = Sides::new(&found.documents.source, &found.documents.target);
    let starts = documents.map(start);
    Ok(json!({
        "kind": "both",
        "format": found.format.reader().name,
        "languages": [languages.source, languages.target],
        "units": found.units,
        "starts": [starts.source, starts.target],
    }))
}

/// How a document begins.
fn start(document: &Document) -> String {
    let blocks = document.blocks().iter().map(|block| document.slice(block.span));
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(block);
        if text.chars().count() > SHOWN {
            break;
        }
    }
    text.chars().take(SHOWN).collect()
}
