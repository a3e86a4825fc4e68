//! Answers to the page: JSON, or a refusal with one sentence in Chinese.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Map, Value};

/// A request that is not carried out: status and body of the answer.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Map<String, Value>,
}

impl Refusal {
    /// Creates a refusal with this status and sentence.
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, body: Map::from_iter([("error".to_owned(), Value::String(error.into()))]) }
    }

    /// The request is malformed (400).
    pub(super) fn bad(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// The file or address does not exist (404).
    pub(super) fn missing(error: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, error)
    }

    /// The request is well-formed, but its content cannot be used (422).
    pub(super) fn unfit(error: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    /// The program or the system failed (500).
    pub(super) fn failed(error: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }

    /// The worker thread panicked during the request (500).
    pub(super) fn broken() -> Self {
        Self::failed("程序内部出错，这一步没有做，文件没有改动。请刷新页面再试")
    }

    /// Returns the key of the reason, if the refusal has one.
    pub(super) fn reason(&self) -> Option<&str> {
        self.body.get("reason").and_then(Value::as_str)
    }

    /// Returns the sentence.
    pub(super) fn sentence(&self) -> String {
        self.body.get("error").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Adds an entry to the body of the answer.
    #[must_use]
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.body.insert(key.to_owned(), value.into());
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// A JSON answer. `axum::Json` is not used; see [`super::request`].
pub(super) struct Json<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => {
                let kind = HeaderValue::from_static("application/json; charset=utf-8");
                ([(header::CONTENT_TYPE, kind)], Body::from(bytes)).into_response()
            }
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        }
    }
}

/// Result of a request; JSON of any shape by default.
pub(super) type Answer<T = Value> = Result<Json<T>, Refusal>;
