//! How every address of the workbench answers: JSON, or a refusal with its status.
//!
//! In: what a request asked for, or why it failed. Out: the answer. Guarantee: what takes its time runs where it
//! keeps no other request waiting.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::project::{EditError, ProjectError};

use super::workbench::Workbench;

/// The workbench, as every request gets it.
pub(super) type Shared = State<Arc<Workbench>>;

/// A refusal, as the page reads it.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    error: String,
    /// The name of the edit's error, for which the page has words in its language.
    name: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), name: None }
    }

    /// The same with a name, for which the page has words in its language.
    pub(crate) fn named(status: StatusCode, name: &'static str, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), name: Some(name) }
    }

    /// The same, with `name` where `shown` stood in its words.
    pub(crate) fn instead(mut self, shown: &str, name: &str) -> Self {
        self.error = self.error.replace(shown, name);
        self
    }

    /// What the page reads.
    pub(crate) fn said(&self) -> serde_json::Value {
        serde_json::json!({ "error": self.error, "name": self.name })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.said())).into_response()
    }
}

impl From<ProjectError> for Refusal {
    fn from(error: ProjectError) -> Self {
        let status = match &error {
            ProjectError::Edit(EditError::UnknownBead(_) | EditError::UnknownSegment { .. }) => {
                StatusCode::NOT_FOUND
            }
            ProjectError::Edit(_) => StatusCode::UNPROCESSABLE_ENTITY,
            ProjectError::ChangedOutside(_) | ProjectError::Locked { .. } => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        let name = match &error {
            ProjectError::Edit(error) => Some(error.name()),
            ProjectError::Locked { .. } => Some("locked"),
            _ => None,
        };
        Self { status, error: text, name }
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

/// Runs `f` where it may take its time.
pub(crate) async fn apart<S: Send + Sync + 'static, T: Send + 'static>(
    state: Arc<S>,
    f: impl FnOnce(&S) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(move || f(&state)).await {
        Ok(result) => result,
        Err(_) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the request could not be finished")),
    }
}

/// A value as JSON.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<Response, Refusal> {
    match serde_json::to_vec(value) {
        Ok(body) => Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response()),
        Err(error) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())),
    }
}
