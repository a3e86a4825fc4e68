//! Entering: the page for those who have no cookie yet, and the requests of the program's second start.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use super::{
    answer::{Answer, Json, Refusal},
    request::JsonBody,
    route::Server,
};

/// Maximum size of the form with the code.
const MAX_FORM: usize = 1000;

/// The page that leads on to the first view. The browser sends a strict cookie only with requests that a page of this
/// server causes, hence no redirection of the request that came from a file.
const ENTERED: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>正在打开</title>\
<meta http-equiv=\"refresh\" content=\"0; url=/\"><p><a href=\"/\">打开填报页面</a></p></html>";

/// Redeems the one-time code of the form; the answer sets the cookie.
pub(super) async fn enter(State(server): State<Server>, request: Request) -> Response {
    let Ok(body) = to_bytes(request.into_body(), MAX_FORM).await else {
        return Refusal::bad("口令太长").into_response();
    };
    let code = form_urlencoded::parse(&body).find(|(key, _)| key == "code").map(|(_, value)| value);
    let cookie = code.and_then(|code| server.access.redeem(code.trim()));
    let Some(cookie) = cookie else { return page(&server, StatusCode::FORBIDDEN) };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::SET_COOKIE, cookie),
    ];
    (headers, Body::from(ENTERED)).into_response()
}

/// Returns the page for those who have no cookie.
pub(super) fn page(server: &Server, status: StatusCode) -> Response {
    let mut response = server.assets.response("enter.html");
    *response.status_mut() = status;
    response
}

/// The body `{nonce}` of `POST /hello`.
#[derive(Debug, Serialize, Deserialize)]
pub struct HelloRequest {
    /// A random text of the asking program.
    pub nonce: String,
}

/// The answer of `POST /hello`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Hello {
    /// A random text of the server.
    pub nonce: String,
    /// The proof that the server knows the secret.
    pub proof: String,
}

/// The body of `POST /admit`: a one-time code, with the proof that its maker knows the secret.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdmitRequest {
    /// The server's random text.
    pub nonce: String,
    /// The code.
    pub code: String,
    /// The proof.
    pub proof: String,
}

/// Proves that this server knows the secret.
pub(super) async fn hello(
    State(server): State<Server>,
    JsonBody(request): JsonBody<HelloRequest>,
) -> Answer<Hello> {
    let (nonce, proof) = server.access.hello(&request.nonce).map_err(Refusal::failed)?;
    Ok(Json(Hello { nonce, proof }))
}

/// Registers the one-time code of a second start.
pub(super) async fn admit(
    State(server): State<Server>,
    JsonBody(request): JsonBody<AdmitRequest>,
) -> Answer<()> {
    if server.access.admit(&request.nonce, &request.code, &request.proof) {
        return Ok(Json(()));
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, "没有许可"))
}
