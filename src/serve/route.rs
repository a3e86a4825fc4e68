//! Which request does what.

use std::time::Duration;

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Path, Request, State},
    http::{StatusCode, Uri, header},
    middleware,
    routing::{get, post},
};
use serde_json::Value;

use super::{
    answer::{Answer, Json, Refusal, object},
    assets::asset,
    desk::Desk,
    guard::guard,
    press::Press,
    query::Query,
    worker::Worker,
};

/// The largest request in JSON: a report's texts are far smaller.
const LARGEST: usize = 4 << 20;
/// The largest file to be imported.
const LARGEST_FILE: usize = 20 << 20;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(60);

/// The threads that do the work, and where the server is.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) desk: Worker<Desk>,
    pub(super) press: Worker<Press>,
    pub(super) port: u16,
}

/// All routes behind the guard.
pub(super) fn router(server: Server) -> Router {
    let guard = middleware::from_fn_with_state(server.port, guard);
    Router::new()
        .route("/", get(async || asset("index.html")))
        .route("/assets/{*path}", get(async |Path(path): Path<String>| asset(&path)))
        .route("/api/reports", get(reports))
        .route("/api/report", get(report))
        .route("/api/version", get(version))
        .route("/api/edit", post(edit))
        .route("/api/saves", get(saves))
        .route("/api/restore", post(restore))
        .fallback(async || Refusal::missing("没有这个网址"))
        .layer(guard)
        .with_state(server)
}

async fn reports(State(server): State<Server>) -> Answer {
    server.desk.ask(Desk::list).await
}

async fn report(State(server): State<Server>, uri: Uri) -> Answer {
    let file = Query::of(uri.query()).need("file")?;
    server.desk.ask(move |desk| desk.report(&file)).await
}

async fn version(State(server): State<Server>, uri: Uri) -> Answer {
    let file = Query::of(uri.query()).need("file")?;
    let opened = server.desk.ask(move |desk| desk.version(&file)).await?;
    Ok(super::answer::one("version", opened))
}

async fn edit(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.edit(&body)).await
}

async fn saves(State(server): State<Server>, uri: Uri) -> Answer {
    let file = Query::of(uri.query()).need("file")?;
    server.desk.ask(move |desk| desk.open(&file).map(|_| Json(desk.saves(&file)))).await
}

async fn restore(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.restore(&body)).await
}

/// A body of JSON.
async fn json_body(request: Request) -> Result<Value, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim() == "application/json") {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "请求的内容应是 application/json"));
    }
    object(&bytes(request, LARGEST).await?)
}

/// A body that is not too large and does not take too long.
async fn bytes(request: Request, most: usize) -> Result<Bytes, Refusal> {
    let too_large =
        || Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("内容超过{}兆字节的上限", most >> 20));
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > most) {
        return Err(too_large());
    }
    match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "内容没有传完")),
    }
}
