//! Middleware that accepts requests from the page of this server only.
//!
//! A page of another site can make the browser send requests to this server. The browser sets `Host`, which shows a
//! foreign name that resolves to this machine (DNS rebinding), and `Origin`. The header `X-Gongbao` requires a CORS
//! preflight request, which is never granted. Everything but the entrance also needs the cookie of
//! [`super::access`], because every user of the machine can connect to this server.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{answer::Refusal, entry, route::Server, strict};

/// Content security policy of every answer. Pictures of pages are shown as images, in which no script runs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The form of a private file on this machine, which has no origin, is sent here.
const ENTER: &str = "/enter";
/// Addresses that need no cookie: the entrance, the files of its page, the questions of the program's second start.
const OPEN: [&str; 5] = [ENTER, "/hello", "/admit", "/assets/enter.js", "/assets/enter.css"];

/// Passes a request on or refuses it, and adds the security headers to the answer.
pub(super) async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_entry = path == ENTER && request.method() == Method::POST;
    let refused = strict::refusal(&request, server.port);
    let refused = refused.or_else(|| refusal(request.method(), request.headers(), server.port, is_entry));
    let mut response = match refused {
        Some(refusal) => refusal.into_response(),
        None if OPEN.contains(&path) || server.access.admits(request.headers()) => next.run(request).await,
        None if path == "/" => entry::page(&server, StatusCode::OK),
        None => Refusal::new(
            StatusCode::UNAUTHORIZED,
            "这一页还没有得到许可。请重新运行启动程序，从它打开的页面进入",
        )
        .with("reason", "entry")
        .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A handler may set a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Returns why a request is refused; `None` if it is accepted.
///
/// The entrance accepts the form of a file; what it needs is the one-time code.
fn refusal(method: &Method, headers: &HeaderMap, port: u16, is_entry: bool) -> Option<Refusal> {
    let forbidden = |error: &str| Some(Refusal::new(StatusCode::FORBIDDEN, error));
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let mut hosts = headers.get_all(header::HOST).iter();
    let is_ours = |host: &HeaderValue| ours.iter().any(|our| host.as_bytes() == our.as_bytes());
    if !hosts.next().is_some_and(is_ours) || hosts.next().is_some() {
        return forbidden("只接受发给本机地址的请求。请用启动时显示的网址打开");
    }
    if is_entry {
        return None;
    }
    let from_us = |origin: &HeaderValue| {
        origin
            .as_bytes()
            .strip_prefix(b"http://")
            .is_some_and(|origin| ours.iter().any(|our| origin == our.as_bytes()))
    };
    if !headers.get_all(header::ORIGIN).iter().all(from_us) {
        return forbidden("请求来自别的网页，没有执行");
    }
    // Browsers send it with every request; `none` is an address typed by the user.
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return forbidden("请求来自别的网页，没有执行");
    }
    match *method {
        Method::GET | Method::HEAD => None,
        Method::POST if headers.get("x-gongbao").is_some_and(|value| value == "1") => None,
        Method::POST => forbidden("请求不是本程序的页面发出的，没有执行"),
        _ => Some(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "不接受这种请求")),
    }
}
