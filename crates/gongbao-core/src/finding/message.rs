//! Messages and hints as parts, which each medium puts into its own words.

use std::borrow::Cow;

use super::{FieldName, Medium, MediumWords, Remedy};

/// A message or a hint.
///
/// A plain string is the same in every medium. Fields, lines of the file and commands are parts of their own, because a
/// workbook and the browser name them otherwise or not at all.
///
/// ```
/// use gongbao_core::finding::{FieldName, Medium, Message};
///
/// let message = Message::from("请改正标题或").field(FieldName::new("year", "报告年度"));
/// assert_eq!(message.text(Medium::File), "请改正标题或 year");
/// assert_eq!(message.text(Medium::Browser), "请改正标题或报告年度");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    parts: Vec<Part>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Words that are the same in every medium.
    Text(Cow<'static, str>),
    /// A field or figure.
    Field(FieldName),
    /// The path of what the words before name, in brackets; only in text files.
    Path(Cow<'static, str>),
    /// Words that differ: a line of the file, a command, a sheet.
    Words(MediumWords),
    /// What to do.
    Remedy(Remedy),
}

impl Message {
    /// Adds words that are the same in every medium.
    #[must_use]
    pub fn then(self, words: impl Into<Cow<'static, str>>) -> Self {
        self.with(Part::Text(words.into()))
    }

    /// Adds the name of a field or figure.
    #[must_use]
    pub fn field(self, name: FieldName) -> Self {
        self.with(Part::Field(name))
    }

    /// Adds the path of what was just named, in brackets; only writers of text files see it.
    #[must_use]
    pub fn path(self, path: impl Into<Cow<'static, str>>) -> Self {
        self.with(Part::Path(path.into()))
    }

    /// Adds words that differ between media.
    #[must_use]
    pub fn words(self, wording: MediumWords) -> Self {
        self.with(Part::Words(wording))
    }

    /// Adds what to do.
    #[must_use]
    pub fn remedy(self, remedy: Remedy) -> Self {
        self.with(Part::Remedy(remedy))
    }

    /// Adds another message.
    #[must_use]
    pub fn join(mut self, other: impl Into<Self>) -> Self {
        self.parts.extend(other.into().parts);
        self
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The remedies that the message names.
    pub fn remedies(&self) -> impl Iterator<Item = &Remedy> {
        self.parts.iter().filter_map(|part| match part {
            Part::Remedy(remedy) => Some(remedy),
            _ => None,
        })
    }

    /// Whether the message has no parts.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The message in the words of a medium; empty where it has nothing to say there.
    pub fn text(&self, medium: Medium) -> String {
        let mut text = String::new();
        let mut after_key = false;
        for part in &self.parts {
            let words: Cow<'_, str> = match part {
                Part::Text(words) => words.as_ref().into(),
                Part::Field(name) => name.text(medium).into(),
                Part::Path(path) if medium == Medium::File => format!("（{path}）").into(),
                Part::Path(_) => continue,
                Part::Words(wording) => wording.text(medium).into(),
                Part::Remedy(remedy) => remedy.text(medium).into(),
            };
            let is_field = matches!(part, Part::Field(_));
            if (is_field || after_key) && needs_space(&text, &words) {
                text.push(' ');
            }
            text.push_str(&words);
            after_key = is_field;
        }
        text
    }
}

/// Whether a space separates a key and the Chinese words beside it.
fn needs_space(before: &str, after: &str) -> bool {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let is_key = |c: char| c.is_ascii_alphanumeric();
    match (before.chars().next_back(), after.chars().next()) {
        (Some(last), Some(first)) => is_han(last) && is_key(first) || is_key(last) && is_han(first),
        _ => false,
    }
}

impl From<&str> for Message {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl From<&String> for Message {
    fn from(words: &String) -> Self {
        words.clone().into()
    }
}

impl From<String> for Message {
    fn from(words: String) -> Self {
        if words.is_empty() { Self::default() } else { Self::default().then(words) }
    }
}

impl From<Cow<'_, str>> for Message {
    fn from(words: Cow<'_, str>) -> Self {
        words.into_owned().into()
    }
}

impl From<FieldName> for Message {
    fn from(name: FieldName) -> Self {
        Self::default().field(name)
    }
}

impl From<MediumWords> for Message {
    fn from(wording: MediumWords) -> Self {
        if wording == MediumWords::default() { Self::default() } else { Self::default().words(wording) }
    }
}

impl From<Remedy> for Message {
    fn from(remedy: Remedy) -> Self {
        Self::default().remedy(remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_apart_from_hanzi_and_labels_do_not() {
        let name = || FieldName::new("agency.name", "单位名称");
        let title = FieldName::new("title", "标题");
        let message = Message::from("请改正").field(name()).then("；不写").field(title).then("时按“");
        let message = message.field(name()).then("”生成");
        assert_eq!(message.text(Medium::File), "请改正 agency.name；不写 title 时按“agency.name”生成");
        assert_eq!(message.text(Medium::Workbook), "请改正单位名称；不写标题时按“单位名称”生成");
    }

    #[test]
    fn paths_are_for_writers_of_files() {
        let message = Message::from("缺少“总计”").path("applications.new.total");
        assert_eq!(message.text(Medium::File), "缺少“总计”（applications.new.total）");
        assert_eq!(message.text(Medium::Browser), "缺少“总计”");
    }

    #[test]
    fn an_empty_string_is_no_message() {
        assert!(Message::from("").is_empty() && Message::from(MediumWords::default()).is_empty());
    }
}
