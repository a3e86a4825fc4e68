//! Formats of report files.

use std::sync::Arc;

use super::{
    Node, Source,
    error::{unreadable_file, with_plain_words},
    json, toml, yaml,
};
use crate::finding::{Finding, MediumWords};

/// Format of a report file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.1, which people write by hand.
    Toml,
    /// JSON, strictly.
    Json,
    /// YAML 1.2, one document.
    Yaml,
}

impl Format {
    /// Format by the file's extension; `None` for an unknown extension.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// Guesses the format of a text without a name: TOML or JSON.
    pub fn sniff(text: &str) -> Self {
        // A report in JSON begins with a brace, and a TOML document never does.
        if text.trim_start().starts_with('{') { Self::Json } else { Self::Toml }
    }

    /// Name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

/// Parses a file.
///
/// # Errors
/// All syntax errors that can be told apart, in the order of the file, with rule `unreadable`.
pub fn parse(source: &Arc<Source>, format: Format) -> Result<Node, Vec<Finding>> {
    if source.text.trim().is_empty() {
        return Err(vec![unreadable_file(&source.name, "文件是空的").hint(MediumWords::new(
            "请检查文件是否保存成功，或者用 gongbao new 新建一份",
            "请检查文件是否保存成功，或者新建一份",
        ))]);
    }
    let parsed = match format {
        Format::Toml => toml::parse(source),
        Format::Json => json::parse(source),
        Format::Yaml => yaml::parse(source),
    };
    parsed.map_err(with_plain_words)
}
