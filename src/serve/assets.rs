//! The files of the browser page.

use std::{path::PathBuf, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::answer::Refusal;
use crate::embedded::PAGE;
use gongbao_core::file::{self, LARGEST_SETTINGS};

/// The files of the page: embedded, or read from a folder at every request.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    folder: Option<Arc<PathBuf>>,
}

impl Assets {
    /// Uses the files of a folder, `None` for the embedded ones.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder: folder.map(Arc::new) }
    }

    /// Returns a file by its path below `/assets/`.
    pub(super) fn response(&self, path: &str) -> Response {
        let Some((_, text)) = PAGE.iter().find(|(known, _)| *known == path) else {
            return Refusal::missing(format!("没有“{path}”这个文件")).into_response();
        };
        let body = match &self.folder {
            None => Body::from(*text),
            Some(folder) => match file::read(&folder.join(path), LARGEST_SETTINGS) {
                Ok(bytes) => Body::from(bytes),
                Err(error) => return Refusal::failed(format!("“{path}”读不出来：{error}")).into_response(),
            },
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
        ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
    }
}
