//! Export from the page: the reviewed beads in one of the file formats, as a download.
//!
//! What comes in: a format and a selection. What goes out: the bytes of the file. What it guarantees: the
//! bytes are those that `muqabala export` writes with the same choices; nothing is written to the disk.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::export::{self, Format, Only, Selection, WriteOptions};
use crate::project::Project;
use crate::tmx::Timestamp;

use super::routes::{Refusal, Shared, apart};

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
    let bad = |what: &str| Refusal(StatusCode::BAD_REQUEST, what.to_owned());
    let format = Format::ALL.into_iter().find(|f| f.name() == wanted.format && !f.is_several_files());
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
            .map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
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
