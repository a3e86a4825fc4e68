//! Description of one key: what it is called, what it holds, who sees it.

use crate::finding::MediumWords;

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// A year of [`super::YEARS`].
    Year,
    /// The id of a form, or the path of a form file.
    Form,
    /// Text without line breaks.
    Line,
    /// Text whose line breaks are kept.
    Lines,
    /// A code, name, path or file that a program wrote or that was copied: any text.
    Identifier,
    /// Paragraphs.
    Text,
    /// Whose figures single paragraphs state, by path.
    Scopes,
    /// A date.
    Date,
    /// True or false.
    Flag,
    /// On where the key holds this word, off where the key is left out.
    Switch(&'static str),
    /// One of these keys, each with its label.
    Choice(&'static [(&'static str, &'static str)]),
    /// A list of lines.
    List,
    /// `sha256:` and 64 hexadecimal digits.
    Digest,
    /// What a figure or a paragraph was before or after a correction.
    Quoted,
    /// The changes of a correction.
    Changes,
    /// A table of keys.
    Table,
    /// A list of tables.
    Tables,
}

/// Who sees the value of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldScope {
    /// Everyone: part of the public outputs and of the digest.
    Visible,
    /// Part of the data in public outputs but not of the digest: how the file is to be read and checked.
    Setting,
    /// Part of the data in public outputs but not of the digest: what happened to the report once it was published.
    Record,
    /// The office alone: neither in public outputs nor in the digest.
    Office,
}

impl FieldScope {
    /// Whether the value is part of public outputs.
    pub fn is_public(self) -> bool {
        self != Self::Office
    }
}

/// Description of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldSpec {
    /// The key within its table.
    pub key: &'static str,
    /// What people call it, in Chinese.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Explanation for people who write the file: comments of `gongbao new`, descriptions of the JSON Schema.
    pub note: &'static str,
    /// Explanation for people who fill in a sheet of the workbook or the browser's form.
    pub help: &'static str,
    /// Who sees it.
    pub scope: FieldScope,
    /// Whether its table is incomplete without it.
    pub required: bool,
    /// A value as an example, without quotes; a list as TOML writes it.
    pub example: &'static str,
    /// What writers of the file do about a value of the wrong kind, where the kind alone does not tell.
    pub remedy: &'static str,
    /// The same for people who fill in the workbook or the browser's form.
    pub form_remedy: &'static str,
}

impl FieldSpec {
    pub(super) const fn new(key: &'static str, label: &'static str, kind: FieldKind) -> Self {
        let scope = FieldScope::Visible;
        Self {
            key,
            label,
            kind,
            note: "",
            help: "",
            scope,
            required: false,
            example: "",
            remedy: "",
            form_remedy: "",
        }
    }

    pub(super) const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    pub(super) const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    pub(super) const fn scope(mut self, scope: FieldScope) -> Self {
        self.scope = scope;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    pub(super) const fn remedy(mut self, file: &'static str, form: &'static str) -> Self {
        self.remedy = file;
        self.form_remedy = form;
        self
    }

    /// What to do about a value of the wrong kind, in the words of each medium.
    pub fn remedy_words(&self) -> MediumWords {
        MediumWords::fixed(self.remedy, self.form_remedy, self.form_remedy)
    }

    /// Label and explanation in one sentence, for people who write the file.
    pub fn description(&self) -> String {
        let mut description = self.label.to_owned();
        if !self.note.is_empty() {
            description = format!("{description}，{}", self.note);
        }
        if let FieldKind::Choice(options) = self.kind {
            let options: Vec<String> = options.iter().map(|(key, label)| format!("{key} {label}")).collect();
            description = format!("{description}，可以写：{}", options.join("，"));
        }
        description
    }

    /// Label with the explanation in brackets, for headings of the workbook.
    pub fn heading(&self) -> String {
        if self.help.is_empty() {
            self.label.to_owned()
        } else {
            format!("{}（{}）", self.label, self.help)
        }
    }

    /// The example as a line of TOML: `year = 2024`.
    pub fn example_line(&self) -> String {
        let is_bare = matches!(
            self.kind,
            FieldKind::Year | FieldKind::Date | FieldKind::Flag | FieldKind::List | FieldKind::Quoted
        );
        let quote = if is_bare { "" } else { "\"" };
        format!("{} = {quote}{}{quote}", self.key, self.example)
    }
}
