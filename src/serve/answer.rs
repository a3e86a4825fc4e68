//! What goes back to the page: JSON, or a refusal with one sentence in Chinese.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

/// What is not done, and why.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Map<String, Value>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, body: Map::from_iter([("error".to_owned(), Value::String(error.into()))]) }
    }

    /// The request is none that we know.
    pub(super) fn bad(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// There is no such thing.
    pub(super) fn missing(error: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, error)
    }

    /// What is asked for is understood, but cannot stand.
    pub(super) fn unfit(error: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    /// Something of ours or of the system's went wrong.
    pub(super) fn failed(error: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }

    /// A job that came to no end.
    pub(super) fn broken() -> Self {
        Self::failed("程序内部出错，这一步没有做，文件没有改动。请刷新页面再试")
    }

    /// The sentence.
    pub(super) fn sentence(&self) -> String {
        self.body.get("error").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Says more beside the sentence.
    #[must_use]
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.body.insert(key.to_owned(), value.into());
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(Value::Object(self.body))).into_response()
    }
}

/// A value as the body of an answer.
pub(super) struct Json(pub(super) Value);

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/json; charset=utf-8");
        ([(header::CONTENT_TYPE, kind)], Body::from(self.0.to_string())).into_response()
    }
}

/// What a request comes to.
pub(super) type Answer = Result<Json, Refusal>;

/// An object of a body, or what is wrong with the body.
pub(super) fn object(bytes: &[u8]) -> Result<Value, Refusal> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Refusal::bad(format!("请求的内容不是 JSON：{error}")))?;
    if value.is_object() { Ok(value) } else { Err(Refusal::bad("请求的内容不是 JSON 对象")) }
}

/// The text under a key.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> Result<&'v str, Refusal> {
    value.get(key).and_then(Value::as_str).ok_or_else(|| Refusal::bad(format!("请求里没有 {key}")))
}

/// An answer of one key.
pub(super) fn one(key: &str, value: impl Into<Value>) -> Json {
    Json(json!({ key: value.into() }))
}
