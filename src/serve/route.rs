//! Which request does what.

use std::time::Duration;

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
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
        .route("/api/pages", get(pages))
        .route("/api/page", get(page))
        .route("/api/fields", get(fields))
        .route("/api/new", post(begin))
        .route("/api/import", post(bring))
        .route("/api/convert", post(convert))
        .route("/api/preview", post(preview))
        .route("/api/build", post(build))
        .route("/api/output", get(output))
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

async fn pages(State(server): State<Server>, uri: Uri) -> Answer {
    let file = Query::of(uri.query()).need("file")?;
    let asked = file.clone();
    if let Some(told) = server.press.ask(move |press| Ok(press.told(&asked))).await? {
        return Ok(Json(told));
    }
    // Nobody has opened it since the server was started.
    let asked = file.clone();
    server.desk.ask(move |desk| desk.report(&asked)).await?;
    let told = server.press.ask(move |press| Ok(press.told(&file))).await?;
    told.map(Json).ok_or_else(Refusal::broken)
}

async fn page(State(server): State<Server>, uri: Uri) -> Result<Response, Refusal> {
    let hash = Query::of(uri.query()).need("hash")?;
    let picture = server.press.ask(move |press| press.picture(&hash)).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        // The address names the content.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, picture.to_string()).into_response())
}

async fn fields(State(server): State<Server>, uri: Uri) -> Answer {
    let file = Query::of(uri.query()).need("file")?;
    server.press.ask(move |press| press.fields(&file)).await
}

async fn begin(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.begin(&body)).await
}

async fn bring(State(server): State<Server>, request: Request) -> Answer {
    let name = Query::of(request.uri().query()).need("name")?;
    let bytes = bytes(request, LARGEST_FILE).await?;
    server.desk.ask(move |desk| desk.bring(&name, bytes.into())).await
}

async fn convert(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.convert(&body)).await
}

async fn preview(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.preview(&body)).await
}

async fn build(State(server): State<Server>, request: Request) -> Answer {
    let body = json_body(request).await?;
    server.desk.ask(move |desk| desk.build(&body)).await
}

async fn output(State(server): State<Server>, uri: Uri) -> Result<Response, Refusal> {
    let path = Query::of(uri.query()).need("path")?;
    let (name, bytes) = server.desk.ask(move |desk| desk.output(&path)).await?;
    // RFC 6266: the name in UTF-8, percent-encoded.
    let encoded = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let attached =
        HeaderValue::try_from(format!("attachment; filename*=UTF-8''{encoded}")).map_err(Refusal::failed)?;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, attached)], bytes).into_response())
}

/// A body of JSON.
async fn json_body(request: Request) -> Result<Value, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if kind != Some("application/json") {
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
