//! Export from the page: the reviewed beads in one of the file formats, as a download.
//!
//! In: a format and a selection. Out: the bytes of the file. Guarantee: the bytes are those that `muqabala export`
//! writes with the same choices; nothing is written to the disk.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::export::{self, Format, Only, Selection, WriteOptions};
use crate::project::Project;
use crate::tmx::Timestamp;

use super::answer::{Refusal, Shared, apart};

/// What to write.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Download {
    format: String,
    #[serde(default)]
    only: String,
    min_confidence: Option<f64>,
}

pub(super) async fn download(
    State(workbench): Shared,
    query: Result<Query<Download>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(wanted) = query?;
    let bad = |what: &str| Refusal::new(StatusCode::BAD_REQUEST, what);
    let format = Format::from_name(&wanted.format).filter(|f| !f.is_several_files());
    let format = format.ok_or_else(|| bad("there is no such format"))?;
    let only = match wanted.only.as_str() {
        "accepted" => Only::Accepted,
        "" | "all" => Only::All,
        _ => return Err(bad("`only` is `accepted` or `all`")),
    };
    let selection = Selection { only, min_confidence: wanted.min_confidence };
    apart(workbench, move |w| {
        let file = w.file();
        let date = u64::try_from(w.now() / 1000).ok().and_then(Timestamp::from_unix);
        let mut bytes = Vec::new();
        write(file.project(), format, selection, date, &mut bytes)
            .map_err(|error| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
        Ok(([(header::CONTENT_TYPE, format.media_type())], bytes).into_response())
    })
    .await
}

fn write(
    project: &Project,
    format: Format,
    selection: Selection,
    date: Option<Timestamp>,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    let mut options = WriteOptions::new(project.languages().clone());
    options.tmx.creation_date = date;
    export::write(format, export::reviewed(project, selection), &options, out).map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_page_offers_every_format_of_one_file_in_both_languages() {
        let words = include_str!("assets/words.js");
        let known: BTreeSet<&str> = Format::of_one_file().map(Format::name).collect();
        let offered: Vec<BTreeSet<&str>> = words
            .split("formats: {")
            .skip(1)
            .map(|rest| {
                let list = rest.split('}').next().unwrap_or_default();
                list.split("\",").filter_map(|item| item.split(':').next()).map(str::trim).collect()
            })
            .collect();
        assert_eq!(offered, [known.clone(), known]);
    }
}
