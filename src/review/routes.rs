//! The addresses of the workbench: what each request reads or does.
//!
//! In: requests that passed the guard. Out: JSON. Guarantee: an edit is made only if nobody else changed the beads
//! that it names since the page showed them; a request of the wrong shape changes nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::project::{Action, BeadId, Doubtful, Edit, ProjectError, Stamp};

use super::alternatives::AlternativesView;
use super::answer::{Refusal, Shared, apart, json};
use super::assets::asset;
use super::changes::{self, Before, EditView, Reader};
use super::detail::DetailView;
use super::find::{self, Backwards};
use super::findings;
use super::meanwhile::{self, Seen, Standing};
use super::sought::Sought;
use super::view::{BeadView, OutlineView, ProjectView, SettingsView};
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
        let has_home = w.home().is_some();
        json(&ProjectView::new(&file, reader.and_then(|r| r.row(file.project())), has_home))
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
        let revision = file.journal().revision();
        let findings =
            if query.asks_for_findings() { w.findings(file.project(), revision) } else { Arc::default() };
        let rows = find::find(file.project(), &query, &findings);
        json(&serde_json::json!({ "revision": file.journal().revision(), "rows": rows }))
    })
    .await
}

/// Where what was found in a search stands now; nothing in a project without pairs.
pub(super) async fn sought(
    State(workbench): Shared,
    body: Result<Json<Sought>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(sought) = body?;
    apart(workbench, move |w| json(&sought.find(w.file().project()))).await
}

/// What is to be looked at in the texts.
pub(super) async fn findings(State(workbench): Shared) -> Result<Response, Refusal> {
    apart(workbench, |w| {
        let file = w.file();
        json(&findings::find(file.project(), file.journal().revision()))
    })
    .await
}

/// What would stand at the place of a bead if one of its rivals were taken.
pub(super) async fn alternatives(State(workbench): Shared, Path(id): Path<u64>) -> Result<Response, Refusal> {
    apart(workbench, move |w| {
        // Others work on while the aligner tries what it would do.
        let project = w.file().project().clone();
        let view = AlternativesView::new(&project, BeadId(id), w.aligner()).map_err(ProjectError::from)?;
        json(&view)
    })
    .await
}

/// What is to be accepted: from a confidence on, or up to a bead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Takes {
    confidence: Option<f64>,
    bead: Option<BeadId>,
}

/// How many beads would be accepted, and how many doubtful ones would be left out.
pub(super) async fn takes(
    State(workbench): Shared,
    query: Result<Query<Takes>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(wanted) = query?;
    apart(workbench, move |w| {
        let file = w.file();
        let count = |doubtful| match wanted.bead {
            Some(bead) => file.project().accepted_up_to(bead, doubtful).map(|beads| beads.len()),
            None => Ok(file.project().accepted_above(wanted.confidence.unwrap_or(0.0), doubtful).len()),
        };
        let count = |doubtful| count(doubtful).map_err(ProjectError::from);
        let sure = count(Doubtful::Left)?;
        json(&serde_json::json!({ "takes": sure, "doubtful": count(Doubtful::Taken)? - sure }))
    })
    .await
}

/// Sets a bookmark, or takes it away.
pub(super) async fn bookmark(
    State(workbench): Shared,
    body: Result<Json<Reader>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(at) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        let mut settings = file.project().settings().clone();
        for bookmark in at.bookmarks(file.project()) {
            settings.toggle(bookmark);
        }
        file.set_settings(settings)?;
        let bead = at.row(file.project()).and_then(|row| file.project().bead_at(row));
        json(&serde_json::json!({ "bookmarked": bead.is_some_and(|b| file.project().is_bookmarked(b)) }))
    })
    .await
}

/// An address that leads back to the page from which the project was opened, once.
pub(super) async fn home(State(workbench): Shared) -> Result<Response, Refusal> {
    let none = || Refusal::new(StatusCode::NOT_FOUND, "the project was not opened from another page");
    let address = workbench.home().ok_or_else(none)?.address();
    let address = address.map_err(|e| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    json(&serde_json::json!({ "address": address }))
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
        let file = w.file();
        let findings = match next.what {
            find::Wanted::Finding => w.findings(file.project(), file.journal().revision()),
            _ => Arc::default(),
        };
        let row = find::next(file.project(), (next.what, &findings), next.from, backwards);
        json(&serde_json::json!({ "row": row }))
    })
    .await
}

/// What a page knows when it sends an edit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditRequest {
    /// The revision that was shown when the reader made the edit.
    revision: u64,
    /// The revisions since then that this page made itself.
    #[serde(default)]
    own: Vec<u64>,
    /// The revision that the page shows now.
    known: Option<u64>,
    /// The edit; none to take one back or make it again.
    edit: Option<Edit>,
    /// Where the reader is.
    #[serde(default)]
    at: Option<Reader>,
}

impl EditRequest {
    fn seen(&self) -> Seen<'_> {
        Seen { revision: self.revision, own: &self.own }
    }

    /// The answer: what this edit changed, if it made `revision`, and what the page missed before it.
    fn answer(&self, workbench: &Workbench, now: u64, view: &EditView<'_>) -> Result<Response, Refusal> {
        let missed = workbench.missed(self.known.unwrap_or(self.revision), now);
        if view.revision() != now {
            let told = serde_json::value::to_raw_value(view)
                .map_err(|error| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
            workbench.tell(view.revision(), told.into());
        }
        json(&Answer { missed: missed.as_deref().map(listed), view })
    }
}

/// The answer to an edit.
#[derive(Debug, serde::Serialize)]
struct Answer<'a> {
    /// The answers to the edits of others before this one; `None`: too many, the page must ask for its rows again.
    missed: Option<Vec<&'a RawValue>>,
    #[serde(flatten)]
    view: &'a EditView<'a>,
}

fn stale(expected: u64, found: u64) -> Refusal {
    let said =
        format!("the page shows revision {expected}, the project is at {found}, where this was changed");
    Refusal::new(StatusCode::CONFLICT, said)
}

/// How long a page that asks for changes waits for one.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    since: u64,
}

/// What was changed after a revision, as soon as there is something, or that nothing was.
pub(super) async fn changes(
    State(workbench): Shared,
    query: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(Since { since }) = query?;
    let now = tokio::time::timeout(PATIENCE, workbench.other_than(since)).await.unwrap_or(since);
    let missed = workbench.missed(since, now);
    json(&Changes { revision: now, missed: missed.as_deref().map(listed) })
}

/// What was changed after a revision.
#[derive(Debug, serde::Serialize)]
struct Changes<'a> {
    revision: u64,
    /// As in [`Answer`].
    missed: Option<Vec<&'a RawValue>>,
}

fn listed(answers: &[Arc<RawValue>]) -> Vec<&RawValue> {
    answers.iter().map(|answer| &**answer).collect()
}

pub(super) async fn edit(
    State(workbench): Shared,
    body: Result<Json<EditRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(request) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        let now = file.journal().revision();
        let Some(edit) = request.edit.clone() else {
            return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "the edit is missing"));
        };
        let before = Before::new(file.project(), Some(&edit), request.at);
        let done = edit.kind().name.as_str();
        match meanwhile::standing(file.project(), file.journal(), &edit, request.seen()) {
            Standing::Stale => return Err(stale(request.revision, now)),
            Standing::Made => {
                return request.answer(w, now, &changes::view(&file, &before, &[], (done, None)));
            }
            Standing::Free => {}
        }
        let reviewer = file.project().settings().reviewer.clone();
        let stamp = Stamp { at: w.now(), reviewer: &reviewer };
        let change = file.edit(edit, stamp, w.aligner())?;
        request.answer(w, now, &changes::view(&file, &before, &change.steps, (done, None)))
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
    body: Result<Json<EditRequest>, JsonRejection>,
    way: Way,
) -> Result<Response, Refusal> {
    let Json(request) = body?;
    apart(workbench, move |w| {
        let mut file = w.file();
        let now = file.journal().revision();
        if !meanwhile::is_current(file.journal(), request.seen()) {
            return Err(stale(request.revision, now));
        }
        let journal = file.journal();
        let entry = match way {
            Way::Undo => journal.undoable(),
            Way::Redo => journal.redoable(),
        };
        let edit = match entry.map(|e| &e.action) {
            Some(Action::Edit { edit, .. }) => Some(edit.clone()),
            _ => None,
        };
        let of = edit.as_ref().map(|edit| edit.kind().name.as_str());
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
        request.answer(w, now, &changes::view(&file, &before, &steps, (done, of)))
    })
    .await
}

pub(super) async fn undo(
    State(workbench): Shared,
    body: Result<Json<EditRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    travel(workbench, body, Way::Undo).await
}

pub(super) async fn redo(
    State(workbench): Shared,
    body: Result<Json<EditRequest>, JsonRejection>,
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
        let settings = settings.put_into(file.project().settings());
        file.set_settings(settings)?;
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
            EditError::BadPattern(String::new()),
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
