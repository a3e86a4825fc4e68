//! Extractors for the query and the body of a request; a malformed one becomes a [`Refusal`].
//!
//! `axum::extract::Query` and `axum::Json` are not used: their features of axum change the features of crates that Typst
//! depends on. `axum::Json` also has neither a timeout nor a check of the announced length.

use std::time::Duration;

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::answer::Refusal;

/// Maximum size of a JSON body; the texts of a report are far smaller.
const MAX_JSON: usize = 4 << 20;
/// Maximum size of a file to be imported.
const MAX_UPLOAD: usize = 20 << 20;
/// Time within which a body must arrive.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The query of the address.
pub(super) struct Parameters<T>(pub(super) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let parameters: Map<String, Value> =
            pairs.map(|(key, value)| (key.into_owned(), value.into_owned().into())).collect();
        T::deserialize(Value::Object(parameters))
            .map(Self)
            .map_err(|error| Refusal::bad(format!("网址里的参数不对：{error}")))
    }
}

/// A JSON object as the body, at most 4 MB.
pub(super) struct JsonBody<T>(pub(super) T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
        if kind != Some("application/json") {
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "请求的内容应是 application/json"));
        }
        let bytes = read_body(request, MAX_JSON).await?;
        // An object first: serde would also read a struct from an array.
        let object: Map<String, Value> = serde_json::from_slice(&bytes)
            .map_err(|error| Refusal::bad(format!("请求的内容不是 JSON 对象：{error}")))?;
        T::deserialize(Value::Object(object))
            .map(Self)
            .map_err(|error| Refusal::bad(format!("请求的内容不对：{error}")))
    }
}

/// A file as the body, at most 20 MB.
pub(super) struct Upload(pub(super) Bytes);

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Refusal> {
        read_body(request, MAX_UPLOAD).await.map(Self)
    }
}

/// Reads a body within the size limit and the timeout.
async fn read_body(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    let too_large =
        || Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("内容超过{}兆字节的上限", limit >> 20));
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(too_large());
    }
    match tokio::time::timeout(TIMEOUT, to_bytes(request.into_body(), limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "内容没有传完")),
    }
}

/// `?file=REL`, and the body `{file}`: a report by its path from the folder, with `/`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReportRequest {
    pub(super) file: String,
}

/// `?hash=H`: the picture of a page.
#[derive(Debug, Deserialize)]
pub(super) struct PictureRequest {
    pub(super) hash: String,
}

/// `?file=REL&id=ID&show=1`, and the body `{file, id}`: an output of a report by its id; with `show` to be shown in the
/// browser and not saved.
#[derive(Debug, Deserialize)]
pub(super) struct OutputRequest {
    pub(super) file: String,
    pub(super) id: String,
    #[serde(default)]
    pub(super) show: Option<String>,
}

/// `?name=NAME`: the name of an uploaded file.
#[derive(Debug, Deserialize)]
pub(super) struct ImportRequest {
    pub(super) name: String,
}

/// The body `{file, base, version}`: an earlier state of a report, by the digest of its bytes.
#[derive(Debug, Deserialize)]
pub(super) struct RestoreRequest {
    pub(super) file: String,
    /// Digest of the file that the page shows.
    pub(super) base: String,
    pub(super) version: String,
}

/// The body `{file, base, edits, seq?}`: changes of a report.
#[derive(Debug, Deserialize)]
pub(super) struct EditRequest {
    pub(super) file: String,
    /// Digest of the file that the changes were made on.
    pub(super) base: String,
    pub(super) edits: Vec<Edit>,
    /// Number of the request, repeated in the answer.
    pub(super) seq: Option<Value>,
}

/// The body `{file, base, name, year, edits}`: a report to be saved under another name, because its own file cannot be
/// written. `base` is the version that the page shows, `edits` make it what the page shows now.
#[derive(Debug, Deserialize)]
pub(super) struct RescueRequest {
    pub(super) file: String,
    pub(super) base: String,
    pub(super) name: String,
    pub(super) year: Year,
    pub(super) edits: Vec<Edit>,
    /// Everything that the page shows, for a version that the server does not know.
    pub(super) all: Vec<Edit>,
}

/// The body `{file, base, rule, path, reason}`: accepts a finding, or takes that back if `reason` is null.
#[derive(Debug, Deserialize)]
pub(super) struct AcceptRequest {
    pub(super) file: String,
    pub(super) base: String,
    pub(super) rule: String,
    pub(super) path: String,
    pub(super) reason: Option<String>,
}

/// The body `{file, base, table, after, label}`: a row to be added to a table.
#[derive(Debug, Deserialize)]
pub(super) struct RowRequest {
    pub(super) file: String,
    pub(super) base: String,
    pub(super) table: String,
    /// The row that the new one follows, as a path within the table.
    pub(super) after: String,
    pub(super) label: String,
}

/// The body `{file, kind}`: `pdf`, `docx` or `review`.
#[derive(Debug, Deserialize)]
pub(super) struct DraftRequest {
    pub(super) file: String,
    pub(super) kind: String,
}

/// The body `{file, base, date}`: a report to be recorded as published.
#[derive(Debug, Deserialize)]
pub(super) struct PublishRequest {
    pub(super) file: String,
    pub(super) base: String,
    pub(super) date: String,
}

/// The body `{file, base, reason, date, redact}`: a correction to be completed; `file` is the working copy.
#[derive(Debug, Deserialize)]
pub(super) struct CorrectionRequest {
    pub(super) file: String,
    pub(super) base: String,
    pub(super) reason: String,
    pub(super) date: String,
    /// Paths whose old values are withdrawn.
    #[serde(default)]
    pub(super) redact: Vec<String>,
}

/// The body `{files}`: reports to be built; all if there are none.
#[derive(Debug, Deserialize)]
pub(super) struct BuildAllRequest {
    #[serde(default)]
    pub(super) files: Vec<String>,
}

/// The body `{agency}`: the body of a consolidated report.
#[derive(Debug, Deserialize)]
pub(super) struct RollupRequest {
    pub(super) agency: String,
}

/// The body `{files}`: reports whose opinions are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct OpinionRequest {
    pub(super) files: Vec<String>,
}

/// The body `{id}`: a report in the bin.
#[derive(Debug, Deserialize)]
pub(super) struct BinRequest {
    pub(super) id: String,
}

/// The body `{file, name}`: another name for a report.
#[derive(Debug, Deserialize)]
pub(super) struct RenameRequest {
    pub(super) file: String,
    pub(super) name: String,
}

/// A body without entries.
#[derive(Debug, Deserialize)]
pub(super) struct EmptyRequest {}

/// `?file=REL&version=V`: a saved version of a report.
#[derive(Debug, Deserialize)]
pub(super) struct VersionRequest {
    pub(super) file: String,
    pub(super) version: String,
}

/// The body `{file, edits}`: changes to be read without saving them.
#[derive(Debug, Deserialize)]
pub(super) struct PreviewRequest {
    pub(super) file: String,
    pub(super) edits: Vec<Edit>,
}

/// One change: of the paragraphs of a text, of a note, or of a value.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Edit {
    /// `{chapter, paragraphs}`.
    Text { chapter: String, paragraphs: Vec<String> },
    /// `{path, note}`: the note on a figure, `null` to remove it.
    Note { path: String, note: Entered },
    /// `{path, value}`: a figure, a field of the head or the note under a table.
    Value { path: String, value: Entered },
}

/// What the user entered: text, a number, or `null` to remove the key.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Entered {
    Text(String),
    Number(serde_json::Number),
    Removed(()),
}

impl From<Entered> for Option<String> {
    fn from(entered: Entered) -> Self {
        match entered {
            Entered::Text(text) => Some(text),
            Entered::Number(number) => Some(number.to_string()),
            Entered::Removed(()) => None,
        }
    }
}

/// The body `{agency, year, form?, from?, file?}`: a new report.
#[derive(Debug, Deserialize)]
pub(super) struct NewRequest {
    /// Full name of the body; optional if `from` is given.
    #[serde(default)]
    pub(super) agency: Option<String>,
    /// The year; defaults to the year after `from`.
    #[serde(default)]
    pub(super) year: Option<Year>,
    /// Id of the form; defaults to that of the year.
    #[serde(default)]
    pub(super) form: Option<String>,
    /// Last year's report, which the new one is based on.
    #[serde(default)]
    pub(super) from: Option<String>,
    /// The file to be created; defaults to a name made of the body and the year.
    #[serde(default)]
    pub(super) file: Option<String>,
}

/// A year as entered in a form field or as a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Year {
    Text(String),
    Number(u64),
}

impl Year {
    /// Returns the number, if it is one.
    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Number(number) => u16::try_from(*number).ok(),
        }
    }
}
