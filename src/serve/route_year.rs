//! The routes of publication, corrections, and the collecting office.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use super::{
    answer::{Answer, Json, Refusal},
    correction::{Corrected, CorrectionView},
    many::{Progress, RolledUp, SiteView},
    office::BoardView,
    publish::Publication,
    request::{
        BuildAllRequest, CorrectionRequest, EmptyRequest, ImportRequest, JsonBody, OpinionRequest,
        Parameters, PublishRequest, ReportRequest, RollupRequest, Upload,
    },
    route::Server,
};

/// Media types of archives and of the files of office programs.
const ZIP: &str = "application/zip";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Returns the routes.
pub(super) fn routes() -> Router<Server> {
    Router::new()
        .route("/api/publish", post(publish))
        .route("/api/publication", get(publication))
        .route("/api/correction", get(correction).post(correct))
        .route("/api/correction/begin", post(begin))
        .route("/api/correction/cancel", post(cancel))
        .route("/api/board", get(board))
        .route("/api/roster", post(roster))
        .route("/api/status-file", get(status_file))
        .route("/api/opinion", post(opinion))
        .route("/api/opinion-file", post(opinion_file))
        .route("/api/build-all", get(progress).post(build_all))
        .route("/api/build-all/stop", post(stop))
        .route("/api/rollup", post(roll_up))
        .route("/api/site", post(site))
        .route("/api/site/reveal", post(reveal_site))
        .route("/api/site-file", get(site_file))
}

async fn publish(
    State(server): State<Server>,
    JsonBody(request): JsonBody<PublishRequest>,
) -> Answer<Publication> {
    server.workspace.run(move |workspace| workspace.publish(&request)).await
}

async fn publication(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<Publication> {
    server.workspace.run(move |workspace| workspace.publication(&request.file)).await
}

async fn begin(
    State(server): State<Server>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.begin_correction(&request.file)).await
}

async fn cancel(
    State(server): State<Server>,
    JsonBody(request): JsonBody<ReportRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(move |workspace| workspace.cancel_correction(&request.file)).await
}

async fn correction(
    State(server): State<Server>,
    Parameters(request): Parameters<ReportRequest>,
) -> Answer<CorrectionView> {
    server.workspace.run(move |workspace| workspace.correction_view(&request.file)).await
}

async fn correct(
    State(server): State<Server>,
    JsonBody(request): JsonBody<CorrectionRequest>,
) -> Answer<Corrected> {
    server.workspace.run(move |workspace| workspace.correct(&request)).await
}

async fn board(State(server): State<Server>) -> Answer<BoardView> {
    server.workspace.run(|workspace| workspace.board()).await
}

async fn roster(
    State(server): State<Server>,
    Parameters(request): Parameters<ImportRequest>,
    Upload(bytes): Upload,
) -> Answer<BoardView> {
    server.workspace.run(move |workspace| workspace.put_roster(&request.name, &bytes)).await
}

async fn status_file(State(server): State<Server>) -> Result<Response, Refusal> {
    let bytes = server.workspace.run(|workspace| workspace.status_file()).await?;
    Ok(file(XLSX, bytes))
}

async fn opinion(
    State(server): State<Server>,
    JsonBody(request): JsonBody<OpinionRequest>,
) -> Answer<String> {
    server.workspace.run(move |workspace| workspace.opinion_text(&request.files).map(Json)).await
}

async fn opinion_file(
    State(server): State<Server>,
    JsonBody(request): JsonBody<OpinionRequest>,
) -> Result<Response, Refusal> {
    let bytes = server.workspace.run(move |workspace| workspace.opinion_word(&request.files)).await?;
    Ok(file(DOCX, bytes))
}

async fn build_all(
    State(server): State<Server>,
    JsonBody(request): JsonBody<BuildAllRequest>,
) -> Answer<Progress> {
    server.workspace.run(move |workspace| workspace.build_all(&request)).await
}

async fn progress(State(server): State<Server>) -> Answer<Progress> {
    server.workspace.run(|workspace| Ok(Json(workspace.building.get()))).await
}

async fn stop(State(server): State<Server>, JsonBody(_): JsonBody<EmptyRequest>) -> Answer<Progress> {
    let stop = |workspace: &mut super::workspace::Workspace| {
        workspace.building.stop();
        Ok(Json(workspace.building.get()))
    };
    server.workspace.run(stop).await
}

async fn roll_up(
    State(server): State<Server>,
    JsonBody(request): JsonBody<RollupRequest>,
) -> Answer<RolledUp> {
    server.workspace.run(move |workspace| workspace.roll_up(&request)).await
}

async fn site(State(server): State<Server>, JsonBody(_): JsonBody<EmptyRequest>) -> Answer<SiteView> {
    server.workspace.run(|workspace| workspace.put_site()).await
}

async fn reveal_site(
    State(server): State<Server>,
    JsonBody(_): JsonBody<EmptyRequest>,
) -> Answer<ReportRequest> {
    server.workspace.run(|workspace| workspace.reveal_site()).await
}

async fn site_file(State(server): State<Server>) -> Result<Response, Refusal> {
    let bytes = server.workspace.run(|workspace| workspace.site_archive()).await?;
    Ok(file(ZIP, bytes))
}

/// Returns a file to be saved; the page gives it its name.
fn file(kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    ];
    (headers, bytes).into_response()
}
