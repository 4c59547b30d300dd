//! The addresses of the start page: what each request reads or does.
//!
//! In: requests that passed the guard. Out: JSON, or a file. Guarantee: a request of the wrong shape does nothing;
//! no request names a path: files are numbers that this program gave, projects are names that it listed.

use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::bitext::Sides;
use crate::language::Profile;
use crate::review::{Refusal, apart, json as answer};

use super::aligning::{self, Choices, Texts};
use super::assets::asset;
use super::desk::{Desk, Shared};
use super::file_body::FileBody;
use super::trouble::{bad, inner};
use super::{example, look, memory, names, pairs, projects, search};

type Asked<T> = Result<Query<T>, QueryRejection>;
type Sent<T> = Result<Json<T>, JsonRejection>;

/// A file of the page, or nothing.
pub(super) async fn page(uri: Uri) -> Response {
    match asset(uri.path()) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.media_type)], asset.content).into_response(),
        None => (StatusCode::NOT_FOUND, "there is nothing at this address").into_response(),
    }
}

/// A page that waits here is open.
pub(super) async fn alive() -> StatusCode {
    tokio::time::sleep(Duration::from_secs(20)).await;
    StatusCode::NO_CONTENT
}

pub(super) async fn ping() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The list of projects, and what else the page shows before anything is done.
pub(super) async fn desk(State(desk): Shared) -> Result<Response, Refusal> {
    apart(desk, |desk| {
        let languages: Vec<_> = Profile::all().iter().map(|p| [p.code(), p.name()]).collect();
        answer(&json!({
            "run": desk.run,
            "folder": desk.folder.display().to_string(),
            "languages": languages,
            "projects": projects::list(desk)?,
        }))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    name: String,
}

/// Takes the content of a file.
pub(super) async fn upload(
    State(desk): Shared,
    asked: Asked<Named>,
    request: Request,
) -> Result<Response, Refusal> {
    let Query(Named { name }) = asked?;
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    let mut arriving = desk.uploads.begin(names::document(&name), length)?;
    let mut body = request.into_body();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| bad("the file broke off on its way"))?;
        if let Ok(piece) = frame.into_data() {
            tokio::task::block_in_place(|| arriving.take(&piece))?;
        }
    }
    let number = desk.uploads.keep(arriving);
    answer(&json!({ "upload": number }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Uploaded {
    uploads: Vec<u64>,
}

pub(super) async fn discard(State(desk): Shared, sent: Sent<Uploaded>) -> Result<StatusCode, Refusal> {
    let Json(Uploaded { uploads }) = sent?;
    desk.uploads.discard(&uploads);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Look {
    upload: u64,
    /// Whether it is to hold two languages.
    #[serde(default)]
    both: bool,
}

pub(super) async fn look(State(desk): Shared, asked: Asked<Look>) -> Result<Response, Refusal> {
    let Query(Look { upload, both }) = asked?;
    apart(desk, move |desk| {
        let upload = desk.uploads.get(upload)?;
        let mut seen = if both { look::both(&upload)? } else { look::document(&upload)? };
        seen["bytes"] = upload.bytes.into();
        answer(&seen)
    })
    .await
}

/// What is to be aligned into a project.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Align {
    source: Option<u64>,
    target: Option<u64>,
    both: Option<u64>,
    /// The name of the project; none takes it from the source.
    name: Option<String>,
    #[serde(default)]
    choices: Choices,
}

pub(super) async fn align(State(desk): Shared, sent: Sent<Align>) -> Result<Response, Refusal> {
    let Json(sent) = sent?;
    let texts = match (sent.source, sent.target, sent.both) {
        (Some(source), Some(target), None) => {
            Texts::Two(Sides::new(desk.uploads.get(source)?, desk.uploads.get(target)?))
        }
        (None, None, Some(both)) => Texts::Both(desk.uploads.get(both)?),
        _ => return Err(bad("give two documents, or one file with both languages")),
    };
    let document = match &texts {
        Texts::Two(uploads) => &uploads.source.name,
        Texts::Both(upload) => &upload.name,
    };
    let name = sent.name.as_deref().and_then(names::file).unwrap_or_else(|| names::of_document(document));
    let own = Arc::clone(&desk);
    let job = desk.jobs.begin(move |job| {
        let options = sent.choices.options(&own)?;
        let begun = aligning::align(job, &texts, &options, (&own.folder, &name), &json!({}))?;
        let suspicions: Vec<_> = begun.figures.suspicions.iter().map(|s| s.name()).collect();
        Ok(json!({ "project": projects::name_of(&own, &begun.path), "suspicions": suspicions }))
    })?;
    answer(&json!({ "job": job }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    job: u64,
    seen: u64,
}

pub(super) async fn job(State(desk): Shared, asked: Asked<Since>) -> Result<Response, Refusal> {
    let Query(Since { job, seen }) = asked?;
    let (serial, said) = desk.jobs.get(job)?.news(seen).await;
    answer(&json!({ "serial": serial, "said": *said }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    job: u64,
}

pub(super) async fn stop(State(desk): Shared, sent: Sent<Stop>) -> Result<StatusCode, Refusal> {
    let Json(Stop { job }) = sent?;
    desk.jobs.stop(job)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    project: String,
}

fn opened(desk: &Desk, path: &Path) -> Result<Response, Refusal> {
    let address = desk.opened.open(path, desk.clock)?;
    desk.recent.note(&projects::name_of(desk, path), (desk.clock)());
    answer(&json!({ "address": address }))
}

pub(super) async fn open(State(desk): Shared, sent: Sent<Chosen>) -> Result<Response, Refusal> {
    let Json(Chosen { project }) = sent?;
    apart(desk, move |desk| opened(desk, &projects::path_of(desk, &project)?)).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    /// The name of the project.
    name: String,
    #[serde(default)]
    choices: Choices,
}

/// Opens the example, which is made if it is not there yet.
pub(super) async fn example(State(desk): Shared, sent: Sent<Example>) -> Result<Response, Refusal> {
    let Json(sent) = sent?;
    apart(desk, move |desk| {
        let name = names::file(&sent.name).ok_or_else(|| bad("the name is empty"))?;
        let path = desk.folder.join(format!("{name}.muq"));
        if !path.exists() {
            let bitext = example::bitext().map_err(inner)?;
            aligning::example(&bitext, &sent.choices.options(desk)?, &path)?;
        }
        opened(desk, &path)
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rename {
    project: String,
    name: String,
}

pub(super) async fn rename(State(desk): Shared, sent: Sent<Rename>) -> Result<Response, Refusal> {
    let Json(Rename { project, name }) = sent?;
    apart(desk, move |desk| answer(&json!({ "project": projects::rename(desk, &project, &name)? }))).await
}

pub(super) async fn copy(State(desk): Shared, sent: Sent<Chosen>) -> Result<Response, Refusal> {
    let Json(Chosen { project }) = sent?;
    apart(desk, move |desk| answer(&json!({ "project": projects::copy(desk, &project)? }))).await
}

pub(super) async fn remove(State(desk): Shared, sent: Sent<Chosen>) -> Result<Response, Refusal> {
    let Json(Chosen { project }) = sent?;
    apart(desk, move |desk| answer(&json!({ "place": projects::remove(desk, &project)? }))).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    upload: u64,
}

pub(super) async fn check(State(desk): Shared, sent: Sent<File>) -> Result<Response, Refusal> {
    let Json(File { upload }) = sent?;
    let upload = desk.uploads.get(upload)?;
    let job = desk.jobs.begin(move |job| memory::check(job, &upload))?;
    answer(&json!({ "job": job }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Make {
    upload: u64,
    making: memory::Making,
}

pub(super) async fn make(State(desk): Shared, sent: Sent<Make>) -> Result<Response, Refusal> {
    let Json(Make { upload, making }) = sent?;
    let upload = desk.uploads.get(upload)?;
    let own = Arc::clone(&desk);
    let job = desk.jobs.begin(move |job| memory::make(job, &upload, &making, &own.uploads))?;
    answer(&json!({ "job": job }))
}

/// The content of a file that was made here.
pub(super) async fn file(State(desk): Shared, asked: Asked<File>) -> Result<Response, Refusal> {
    let Query(File { upload }) = asked?;
    let upload = desk.uploads.get(upload)?;
    let content = FileBody::new(upload.open().map_err(inner)?);
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, upload.bytes.to_string()),
    ];
    Ok((headers, Body::new(content)).into_response())
}

/// Searches the folder, into a list or into a file.
pub(super) async fn search(State(desk): Shared, sent: Sent<search::Asked>) -> Result<Response, Refusal> {
    let Json(asked) = sent?;
    let own = Arc::clone(&desk);
    let job = desk.jobs.begin(move |job| search::search(&own, job, &asked))?;
    answer(&json!({ "job": job }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Around {
    file: String,
    number: u64,
    /// What tells the pair from others, whatever its number.
    mark: String,
}

/// The pairs around one that was found.
pub(super) async fn around(State(desk): Shared, asked: Asked<Around>) -> Result<Response, Refusal> {
    let Query(Around { file, number, mark }) = asked?;
    apart(desk, move |desk| answer(&search::around(desk, &file, number, &mark)?)).await
}

pub(super) async fn pair(State(_): Shared, sent: Sent<pairs::Names>) -> Result<Response, Refusal> {
    let Json(names) = sent?;
    answer(&pairs::pair(&names))
}

pub(super) async fn pairs(State(desk): Shared, sent: Sent<pairs::Pairs>) -> Result<Response, Refusal> {
    let Json(sent) = sent?;
    let own = Arc::clone(&desk);
    let job = apart(desk, move |_| pairs::begin(&own, &sent)).await?;
    answer(&json!({ "job": job }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    job: u64,
    from: usize,
}

/// The most rows given at once.
const MAX_ROWS: usize = 200;

pub(super) async fn rows(State(desk): Shared, asked: Asked<Rows>) -> Result<Response, Refusal> {
    let Query(Rows { job, from }) = asked?;
    answer(&json!({ "rows": desk.jobs.get(job)?.done(from, MAX_ROWS) }))
}
