//! The files of the browser page.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::answer::Refusal;
use crate::embedded::PAGE;

/// The files of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Assets;

impl Assets {
    /// Returns a file by its path below `/assets/`.
    pub(super) fn response(&self, path: &str) -> Response {
        let Some((_, text)) = PAGE.iter().find(|(known, _)| *known == path) else {
            return Refusal::missing(format!("没有“{path}”这个文件")).into_response();
        };
        let ending = path.rsplit('.').next().unwrap_or_default();
        let kind = match ending {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "json" => "application/json; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };
        ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], Body::from(*text)).into_response()
    }
}
