//! The addresses of the workbench: what each request reads or does.
//!
//! In: requests that passed the guard. Out: JSON. Guarantee: an edit is made only on the revision that the page
//! knows; a request of the wrong shape changes nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::project::{Action, BeadId, Edit, ProjectError, Stamp};

use super::answer::{Refusal, Shared, apart, json};
use super::assets::asset;
use super::changes::{self, Before, Reader};
use super::detail::DetailView;
use super::find::{self, Backwards};
use super::view::{BeadView, OutlineView, ProjectView, SettingsView, edit_name};
use super::workbench::Workbench;

/// The most rows given at once.
const MAX_ROWS: usize = 200;

/// A file of the page, or nothing.
pub(super) async fn page(uri: Uri) -> Response {
    match asset(uri.path()) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.media_type)], asset.content).into_response(),
        None => (StatusCode::NOT_FOUND, "there is nothing at this address").into_response(),
    }
}

pub(super) async fn ping() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Where the page stood before, if it loads the project again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Again {
    at: Option<String>,
}

pub(super) async fn project(
    State(workbench): Shared,
    query: Result<Query<Again>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(again) = query?;
    let reader = match again.at {
        None => None,
        Some(at) => match serde_json::from_str::<Reader>(&at) {
            Ok(reader) => Some(reader),
            Err(error) => return Err(Refusal::new(StatusCode::BAD_REQUEST, error.to_string())),
        },
    };
    apart(workbench, move |w| {
        let file = w.file();
        json(&ProjectView::new(&file, reader.and_then(|r| r.row(file.project()))))
    })
    .await
}

pub(super) async fn outline(State(workbench): Shared) -> Result<Response, Refusal> {
    apart(workbench, |w| json(&OutlineView::new(&w.file()))).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    from: usize,
    count: usize,
}

pub(super) async fn rows(
    State(workbench): Shared,
    query: Result<Query<Rows>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(rows) = query?;
    apart(workbench, move |w| {
        let file = w.file();
        let project = file.project();
        let beads: Vec<_> = project
            .beads()
            .skip(rows.from)
            .take(rows.count.min(MAX_ROWS))
            .map(|bead| BeadView::new(project, bead))
            .collect();
        json(&serde_json::json!({
            "revision": file.journal().revision(),
            "from": rows.from,
            "total": project.len(),
            "beads": beads,
        }))
    })
    .await
}

pub(super) async fn detail(State(workbench): Shared, Path(id): Path<u64>) -> Result<Response, Refusal> {
    apart(workbench, move |w| {
        let file = w.file();
        let bead = file.project().bead(BeadId(id)).map_err(ProjectError::from)?;
        json(&DetailView::new(file.project(), bead))
    })
    .await
}

pub(super) async fn find_rows(
    State(workbench): Shared,
    query: Result<Query<find::Query>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query?;
    apart(workbench, move |w| {
        let file = w.file();
        let rows = find::find(file.project(), &query);
        json(&serde_json::json!({ "revision": file.journal().revision(), "rows": rows }))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Next {
    what: find::Wanted,
    from: Option<usize>,
    #[serde(default)]
    backwards: bool,
}

pub(super) async fn next_row(
    State(workbench): Shared,
    query: Result<Query<Next>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(next) = query?;
    apart(workbench, move |w| {
        let backwards = if next.backwards { Backwards::Yes } else { Backwards::No };
        let row = find::next(w.file().project(), next.what, next.from, backwards);
        json(&serde_json::json!({ "row": row }))
    })
    .await
}

/// An edit, and the revision it is meant for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditRequest {
    revision: u64,
    edit: Edit,
    /// Where the reader is.
    #[serde(default)]
    at: Option<Reader>,
}

/// The revision that undo or redo is meant for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RevisionRequest {
    revision: u64,
    /// Where the reader is.
    #[serde(default)]
    at: Option<Reader>,
}

fn stale(expected: u64, found: u64) -> Result<(), Refusal> {
    if expected == found {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::CONFLICT,
        format!("the page shows revision {expected}, the project is at {found}; reload the page"),
    ))
}

pub(super) async fn edit(
    State(workbench): Shared,
    body: Result<Json<EditRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(request) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        stale(request.revision, file.journal().revision())?;
        let before = Before::new(file.project(), Some(&request.edit), request.at);
        let done = edit_name(&request.edit);
        let reviewer = file.project().settings().reviewer.clone();
        let stamp = Stamp { at: w.now(), reviewer: &reviewer };
        let change = file.edit(request.edit, stamp, w.aligner())?;
        json(&changes::view(&file, &before, &change.steps, done))
    })
    .await
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Undo,
    Redo,
}

async fn travel(
    workbench: Arc<Workbench>,
    body: Result<Json<RevisionRequest>, JsonRejection>,
    way: Way,
) -> Result<Response, Refusal> {
    let Json(request) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        stale(request.revision, file.journal().revision())?;
        let journal = file.journal();
        let entry = match way {
            Way::Undo => journal.undoable(),
            Way::Redo => journal.redoable(),
        };
        let edit = match entry.map(|e| &e.action) {
            Some(Action::Edit { edit, .. }) => Some(edit.clone()),
            _ => None,
        };
        let mut before = Before::new(file.project(), edit.as_ref(), request.at);
        let reviewer = file.project().settings().reviewer.clone();
        let stamp = Stamp { at: w.now(), reviewer: &reviewer };
        let (steps, done) = match way {
            Way::Undo => (file.undo(stamp)?, "undo"),
            Way::Redo => (file.redo(stamp)?, "redo"),
        };
        if matches!(way, Way::Undo) {
            // The beads that the edit named are back; they say where it was made.
            before.look_at(file.project(), edit.as_ref());
        }
        json(&changes::view(&file, &before, &steps, done))
    })
    .await
}

pub(super) async fn undo(
    State(workbench): Shared,
    body: Result<Json<RevisionRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    travel(workbench, body, Way::Undo).await
}

pub(super) async fn redo(
    State(workbench): Shared,
    body: Result<Json<RevisionRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    travel(workbench, body, Way::Redo).await
}

pub(super) async fn settings(
    State(workbench): Shared,
    body: Result<Json<SettingsView>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(settings) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        file.set_settings(settings.settings())?;
        json(&SettingsView::from(file.project().settings()))
    })
    .await
}

#[cfg(test)]
mod tests {
    use crate::bitext::Side;
    use crate::project::EditError;

    #[test]
    fn the_page_says_in_arabic_why_an_edit_is_refused() {
        let words = include_str!("assets/words.js");
        let arabic = words.split("refused: {").nth(1).expect("a table of refusals");
        let arabic = arabic.split("},").next().unwrap_or_default();
        let errors = [
            EditError::UnknownBead(7),
            EditError::UnknownSegment { side: Side::Source, start: 0 },
            EditError::NoNeighbour,
            EditError::NotAdjacent(Side::Source),
            EditError::NothingToSplit,
            EditError::NoSegment(Side::Target),
            EditError::Together,
            EditError::BadCut,
            EditError::LastSegment,
            EditError::Corrected,
            EditError::EmptyText,
            EditError::TooLong { limit: 1 },
            EditError::NoRival,
            EditError::BadConfidence,
            EditError::Nothing,
            EditError::EndOfHistory("undo"),
            EditError::Conflict(String::new()),
        ];
        for error in &errors {
            assert!(arabic.contains(&format!("\"{}\": \"", error.name())), "{error}");
        }
        assert_eq!(arabic.matches("\": \"").count(), errors.len(), "the page knows a name that is none");
    }
}
