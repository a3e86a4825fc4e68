//! Strict reading of the headers that the guard relies on: each at most once, and the address without another host.

use axum::{
    extract::Request,
    http::{HeaderName, StatusCode, header},
};

use super::answer::Refusal;

/// Headers that decide whether a request is accepted. Of two values a browser, a proxy and this server might each take
/// another one.
const ONCE: [HeaderName; 6] = [
    header::HOST,
    header::ORIGIN,
    header::CONTENT_TYPE,
    header::COOKIE,
    HeaderName::from_static("sec-fetch-site"),
    HeaderName::from_static("x-gongbao"),
];

/// Returns why a request is refused before its headers are believed; `None` if it is not.
pub(super) fn refusal(request: &Request, port: u16) -> Option<Refusal> {
    let headers = request.headers();
    if ONCE.iter().any(|name| headers.get_all(name).iter().nth(1).is_some()) {
        return Some(Refusal::new(StatusCode::BAD_REQUEST, "请求的写法不对：同一个请求头写了两次"));
    }
    // `GET http://host/path` names a host of its own, which a proxy would follow.
    let uri = request.uri();
    let is_ours = |host: &str| host == format!("127.0.0.1:{port}") || host == format!("localhost:{port}");
    if uri.authority().is_some_and(|authority| !is_ours(authority.as_str()))
        || uri.scheme_str().is_some_and(|scheme| scheme != "http")
    {
        return Some(Refusal::new(
            StatusCode::FORBIDDEN,
            "只接受发给本机地址的请求。请用启动时显示的网址打开",
        ));
    }
    None
}
