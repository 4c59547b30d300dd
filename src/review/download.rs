//! Export from the page: the reviewed beads in one of the file formats, as a download.
//!
//! In: a format and a selection. Out: the bytes of the file, or what they would hold and what not. Guarantee: the bytes are those that `muqabala export`
//! writes with the same choices; nothing is written to the disk.

use std::io::Write;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::bitext::{Side, Sides};
use crate::export::tmx::TmxReport;
use crate::export::{self, Format, Only, ReportLanguage, Selection, WriteOptions};
use crate::project::{Decision, InterfaceLanguage, Project};
use crate::tmx::Timestamp;

use super::answer::{Refusal, Shared, apart, json};

/// What to write.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Download {
    format: String,
    #[serde(default)]
    only: String,
    min_confidence: Option<f64>,
}

impl Download {
    /// The format and the selection that are meant.
    fn meant(&self) -> Result<(Format, Selection), Refusal> {
        let bad = |what: &str| Refusal::new(StatusCode::BAD_REQUEST, what);
        let format = Format::from_name(&self.format).filter(|f| !f.is_several_files());
        let format = format.ok_or_else(|| bad("there is no such format"))?;
        let only = match self.only.as_str() {
            "accepted" => Only::Accepted,
            "" | "all" => Only::All,
            _ => return Err(bad("`only` is `accepted` or `all`")),
        };
        Ok((format, Selection { only, min_confidence: self.min_confidence }))
    }
}

/// What would be written, and what not and why; each pair is counted once.
#[derive(Debug, Serialize)]
struct Leaving {
    /// All pairs of the project.
    total: usize,
    /// Pairs that would be written.
    written: usize,
    /// Left out because they were rejected.
    rejected: usize,
    /// Left out because only accepted ones are wanted.
    undecided: usize,
    /// Left out because they are less sure than is wanted.
    unsure: usize,
    /// Left out because the format has no place for what has no counterpart.
    alone: usize,
    /// Left out because the same pair of texts is written elsewhere.
    repeated: usize,
    /// Characters left out because the format cannot hold them.
    dropped: usize,
}

/// Counts what a download would hold: it is written, and thrown away.
pub(super) async fn leaving(
    State(workbench): Shared,
    query: Result<Query<Download>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(wanted) = query?;
    let (format, selection) = wanted.meant()?;
    apart(workbench, move |w| {
        let file = w.file();
        let project = file.project();
        let (mut rejected, mut undecided, mut unsure, mut taken) = (0, 0, 0, 0);
        for bead in project.beads() {
            match bead.attributes.decision {
                _ if selection.takes(bead) => taken += 1,
                Decision::Rejected => rejected += 1,
                _ if selection.only == Only::Accepted => undecided += 1,
                _ => unsure += 1,
            }
        }
        let report = write(project, format, selection, None, &mut std::io::sink())
            .map_err(|error| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
        let (written, repeated, dropped) =
            report.map_or((taken, 0, 0), |r| (r.written.units, r.repeated, r.written.dropped));
        let alone = taken.saturating_sub(written + repeated);
        let total = project.len();
        json(&Leaving { total, written, rejected, undecided, unsure, alone, repeated, dropped })
    })
    .await
}

pub(super) async fn download(
    State(workbench): Shared,
    query: Result<Query<Download>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(wanted) = query?;
    let (format, selection) = wanted.meant()?;
    apart(workbench, move |w| {
        let file = w.file();
        if !file.project().beads().any(|bead| selection.takes(bead)) {
            // An empty file would only be in the way.
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "no pair is chosen; nothing is written",
            ));
        }
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
    out: &mut dyn Write,
) -> std::io::Result<Option<TmxReport>> {
    let mut options = WriteOptions::new(project.languages().clone());
    options.tmx.creation_date = date;
    options.report.files =
        Some(Sides::new(Side::Source, Side::Target).map(|side| project.name(side).to_owned()));
    options.report.language = match project.settings().interface {
        InterfaceLanguage::English => ReportLanguage::English,
        InterfaceLanguage::Arabic => ReportLanguage::Arabic,
    };
    export::write(format, export::reviewed(project, selection), &options, out)
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
