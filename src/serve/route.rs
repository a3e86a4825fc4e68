//! The routes, and the handler of each.

use std::sync::Arc;

use super::{
    access::Access,
    answer::{Answer, Json, Refusal},
    assets::Assets,
    begin::{Created, Imported},
    bin::BinEntry,
    differences::Differences,
    entry,
    guard::guard,
    inspect::Inspected,
    list::ReportList,
    outputs::{BuildAnswer, OutputView},
    preview::Preview,
    renderer::{PageList, Renderer},
    request::{
        AcceptRequest, BinRequest, DraftRequest, EditRequest, ImportRequest, JsonBody, NewRequest,
        OutputRequest, Parameters, PictureRequest, PreviewRequest, RenameRequest, ReportRequest,
        RescueRequest, RestoreRequest, RowRequest, Upload, VersionRequest,
    },
    saves::SavedVersion,
    spots::Spot,
    watched::FileState,
    worker::Worker,
    workspace::Workspace,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};

/// Policy of a page that was made for a website: its style and nothing else, as a document without an origin.
const SHOWN_PAGE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The state that all handlers share.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) workspace: Worker<Workspace>,
    pub(super) renderer: Worker<Renderer>,
    pub(super) assets: Assets,
    pub(super) access: Arc<Access>,
    /// The port that the server listens on.
    pub(super) port: u16,
}

/// Creates the router: all routes, behind the guard.
pub(super) fn router(server: Server) -> Router {
    let guard = middleware::from_fn_with_state(server.clone(), guard);
    Router::new()
        .route("/enter", post(entry::enter))
        .route("/hello", post(entry::hello))
        .route("/admit", post(entry::admit))
        .route("/", get(index))
        .route("/assets/{*path}", get(asset))
        .route("/api/reports", get(reports))
        .route("/api/report", get(report))
        .route("/api/version", get(version))
        .route("/api/edit", post(edit))
        .route("/api/rescue", post(rescue))
        .route("/api/pages", get(pages))
        .route("/api/page", get(page))
        .route("/api/fields", get(fields))
        .route("/api/new", post(new))
        .route("/api/import", post(import))
        .route("/api/convert", post(convert))
        .route("/api/preview", post(preview))
        .route("/api/build", post(build))
        .route("/api/outputs", get(outputs))
        .route("/api/output", get(output))
        .route("/api/reveal", post(reveal))
        .route("/api/draft", post(draft))
        .route("/api/accept", post(accept))
        .route("/api/inspect", post(inspect))
        .route("/api/delete", post(delete))
        .route("/api/rename", post(rename))
        .route("/api/bin", get(bin))
        .route("/api/undelete", post(undelete))
        .merge(super::route_year::routes())
        .route("/api/row", post(row))
        .route("/api/difference", get(difference))
        .route("/api/saves", get(saves))
        .route("/api/restore", post(restore))
        .fallback(async || Refusal::missing("没有这个网址"))
        .layer(guard)
        .with_state(server)
}

async fn index(State(server): State<Server>) -> Response {
    server.assets.response("index.html")
}

async fn asset(State(server): State<Server>, Path(path): Path<String>) -> Response {
    server.assets.response(&path)
}

async fn reports(State(server): State<Server>) -> Answer<ReportList> {
    server.workspace.run(Workspace::list).await
}

async fn report(State(server): State<Server>, Parameters(request): Parameters<ReportRequest>) -> Answer {
    server.workspace.run(move |workspace| workspace.report(&request.file)).await
}

async fn version(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<FileState> {
    server.workspace.run(move |workspace| workspace.file_state(&request.file)).await
}

async fn rescue(
    State(server): State<Server>,
    JsonBody(request): JsonBody<RescueRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.rescue(request)).await
}

async fn edit(State(server): State<Server>, JsonBody(request): JsonBody<EditRequest>) -> Answer {
    server.workspace.run(move |workspace| workspace.edit(request)).await
}

async fn saves(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<Vec<SavedVersion>> {
    server.workspace.run(move |workspace| workspace.summarised_saves(&request.file)).await
}

async fn difference(
    State(server): State<Server>,
    Parameters(request): Parameters<VersionRequest>,
) -> Answer<Differences> {
    server.workspace.run(move |workspace| workspace.difference(&request)).await
}

async fn accept(State(server): State<Server>, JsonBody(request): JsonBody<AcceptRequest>) -> Answer {
    server.workspace.run(move |workspace| workspace.accept(&request)).await
}

async fn row(State(server): State<Server>, JsonBody(request): JsonBody<RowRequest>) -> Answer {
    server.workspace.run(move |workspace| workspace.add_row(&request)).await
}

async fn inspect(
    State(server): State<Server>,
    Parameters(request): Parameters<ImportRequest>,
    Upload(bytes): Upload,
) -> Answer<Inspected> {
    server.workspace.run(move |workspace| workspace.inspect(&request.name, &bytes)).await
}

async fn delete(
    State(server): State<Server>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.delete(&request)).await
}

async fn rename(
    State(server): State<Server>,
    JsonBody(request): JsonBody<RenameRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.rename(&request)).await
}

async fn bin(State(server): State<Server>) -> Answer<Vec<BinEntry>> {
    server.workspace.run(Workspace::bin).await
}

async fn undelete(
    State(server): State<Server>,
    JsonBody(request): JsonBody<BinRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.undelete(&request)).await
}

async fn draft(
    State(server): State<Server>,
    JsonBody(request): JsonBody<DraftRequest>,
) -> Answer<OutputView> {
    server.workspace.run(move |workspace| workspace.draft(&request)).await
}

async fn outputs(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<Vec<OutputView>> {
    server.workspace.run(move |workspace| workspace.outputs(&request.file)).await
}

async fn reveal(State(server): State<Server>, JsonBody(request): JsonBody<OutputRequest>) -> Answer<()> {
    server.workspace.run(move |workspace| workspace.reveal(&request)).await
}

async fn restore(State(server): State<Server>, JsonBody(request): JsonBody<RestoreRequest>) -> Answer {
    server.workspace.run(move |workspace| workspace.restore(&request)).await
}

async fn pages(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<PageList> {
    let file = request.file.clone();
    if let Some(pages) = server.renderer.run(move |renderer| Ok(renderer.page_list(&file))).await? {
        return Ok(Json(pages));
    }
    // The report has not been opened since the server started; opening it starts the rendering.
    let file = request.file.clone();
    server.workspace.run(move |workspace| workspace.report(&file)).await?;
    let pages = server.renderer.run(move |renderer| Ok(renderer.page_list(&request.file))).await?;
    pages.map(Json).ok_or_else(Refusal::broken)
}

async fn page(
    State(server): State<Server>,
    Parameters(request): Parameters<PictureRequest>,
) -> Result<Response, Refusal> {
    let picture = server.renderer.run(move |renderer| renderer.picture(&request.hash)).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        // The address contains the digest of the picture, so the browser may cache it forever.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, picture.to_string()).into_response())
}

async fn fields(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<Vec<Spot>> {
    server.renderer.run(move |renderer| renderer.fields(&request.file)).await
}

async fn new(State(server): State<Server>, JsonBody(request): JsonBody<NewRequest>) -> Answer<Created> {
    server.workspace.run(move |workspace| workspace.create(&request)).await
}

async fn import(
    State(server): State<Server>,
    Parameters(request): Parameters<ImportRequest>,
    Upload(bytes): Upload,
) -> Answer<Imported> {
    server.workspace.run(move |workspace| workspace.import(&request.name, bytes.into())).await
}

async fn convert(
    State(server): State<Server>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.convert(&request.file)).await
}

async fn preview(
    State(server): State<Server>,
    JsonBody(request): JsonBody<PreviewRequest>,
) -> Answer<Preview> {
    server.workspace.run(move |workspace| workspace.preview(request)).await
}

async fn build(
    State(server): State<Server>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Answer<BuildAnswer> {
    server.workspace.run(move |workspace| workspace.build(&request.file)).await
}

async fn output(
    State(server): State<Server>,
    Parameters(request): Parameters<OutputRequest>,
) -> Result<Response, Refusal> {
    let show = request.show.is_some();
    let (name, bytes) = server.workspace.run(move |workspace| workspace.output(&request)).await?;
    // RFC 6266: the file name in UTF-8, percent-encoded.
    let encoded = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let (kind, policy) = match name.rsplit('.').next() {
        Some("pdf") if show => ("application/pdf", None),
        Some("html") if show => ("text/html; charset=utf-8", Some(SHOWN_PAGE)),
        _ => ("application/octet-stream", None),
    };
    let how = if kind == "application/octet-stream" { "attachment" } else { "inline" };
    let disposition = format!("{how}; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::try_from(disposition).map_err(Refusal::failed)?;
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    let mut response = (headers, bytes).into_response();
    if let Some(policy) = policy {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    Ok(response)
}
