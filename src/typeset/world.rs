//! What the template sees: itself, its data, the faces. No clock, no network, no other file.

use std::{
    collections::HashMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic, Warned},
    foundations::{Bytes, Datetime, Dict, Duration, IntoValue},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::diagnostics::{DiagnosticFormat, DiagnosticWorld, emit, termcolor::NoColor};
use typst_layout::PagedDocument;

use super::fonts::FontSet;
use crate::embedded::TEMPLATE;

/// Where the template lies in its own world, as in the repository.
const FOLDER: &str = "/typst";
/// Where the data lies.
const DATA: &str = "/data/report.json";
/// Where the data of the sign-off sheet lies.
const FILING: &str = "/data/filing.json";
/// Where the file to be attached lies.
const ATTACHMENT: &str = "/data/attachment.json";

/// The label under which a template says how its paper copy is made of its web copy.
pub(crate) const PAPER_COPY: &str = "paper-copy";

/// A template: the one the program carries, or a folder of the user's.
pub struct Template {
    main: FileId,
    files: HashMap<FileId, Bytes>,
    /// A parsed file is kept: every report reads the same ones.
    sources: Mutex<HashMap<FileId, Source>>,
    /// What Typst offers to it and what it is told, for each kind of copy: the same for every report, and slow to digest.
    libraries: Mutex<HashMap<Inputs, Arc<LazyHash<Library>>>>,
    names: HashMap<FileId, String>,
}

/// `sys.inputs`: names and values.
type Inputs = Vec<(&'static str, String)>;

/// Why a template or what it made cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypesetError {
    /// What went wrong, in Chinese.
    pub message: String,
    /// What Typst says about it, with the lines of the template.
    pub details: String,
}

impl fmt::Display for TypesetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if self.details.is_empty() { Ok(()) } else { write!(f, "\n{}", self.details.trim_end()) }
    }
}

impl std::error::Error for TypesetError {}

impl Template {
    /// The template the program carries.
    ///
    /// # Errors
    /// None in practice: the paths are ours.
    pub fn carried() -> Result<Self, TypesetError> {
        Self::new(
            TEMPLATE
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Bytes::from_string(*text), format!("typst/{name}"))),
        )
    }

    /// The template in a folder that holds a `report.typ`. All files below the folder can be used.
    ///
    /// # Errors
    /// The folder or one of its files cannot be read, or there is no `report.typ`.
    pub fn in_folder(folder: &Path) -> Result<Self, TypesetError> {
        let mut files = Vec::new();
        collect(folder, String::new(), &mut files).map_err(|(path, error)| TypesetError {
            message: format!("读不出模板文件“{}”：{error}", path.display()),
            details: String::new(),
        })?;
        if !files.iter().any(|(name, ..)| name == "report.typ") {
            return Err(TypesetError {
                message: format!("模板文件夹“{}”里没有 report.typ", folder.display()),
                details: String::new(),
            });
        }
        Self::new(files)
    }

    fn new(files: impl IntoIterator<Item = (String, Bytes, String)>) -> Result<Self, TypesetError> {
        let mut template = Self {
            main: id(&format!("{FOLDER}/report.typ"))?,
            files: HashMap::new(),
            sources: Mutex::default(),
            libraries: Mutex::default(),
            names: HashMap::new(),
        };
        for (name, bytes, shown) in files {
            let id = id(&format!("{FOLDER}/{name}"))?;
            template.files.insert(id, bytes);
            template.names.insert(id, shown);
        }
        Ok(template)
    }

    /// The same files for the notice of a correction: `correction.typ` among them, else the one the program carries.
    ///
    /// # Errors
    /// None in practice: the paths are ours.
    pub fn for_corrections(&self) -> Result<Self, TypesetError> {
        let main = id(&format!("{FOLDER}/correction.typ"))?;
        if !self.files.contains_key(&main) {
            return Ok(Self { main, ..Self::carried()? });
        }
        let (files, names) = (self.files.clone(), self.names.clone());
        Ok(Self { main, files, names, sources: Mutex::default(), libraries: Mutex::default() })
    }

    fn library(&self, inputs: Inputs) -> Arc<LazyHash<Library>> {
        let build = |inputs: &Inputs| {
            let inputs: Dict =
                inputs.iter().map(|(name, value)| ((*name).into(), value.as_str().into_value())).collect();
            let features = [Feature::A11yExtras].into_iter().collect();
            let library = Library::builder().with_inputs(inputs).with_features(features).build();
            Arc::new(LazyHash::new(library))
        };
        Arc::clone(locked(&self.libraries).entry(inputs).or_insert_with_key(build))
    }

    /// Whether it says how its paper copy is made of its web copy: then the label stands in it somewhere.
    pub(crate) fn declares_paper(&self) -> bool {
        let label = format!("<{PAPER_COPY}>");
        self.files.values().any(|bytes| bytes.windows(label.len()).any(|window| window == label.as_bytes()))
    }

    /// Names and contents of all its files, by name: what a build depends on.
    pub fn files(&self) -> Vec<(&str, &[u8])> {
        let mut files: Vec<_> = self
            .files
            .iter()
            .map(|(id, bytes)| {
                let name = id.vpath().get_without_slash();
                (name, bytes.as_slice())
            })
            .collect();
        files.sort();
        files
    }
}

fn collect(
    folder: &Path,
    prefix: String,
    files: &mut Vec<(String, Bytes, String)>,
) -> Result<(), (PathBuf, std::io::Error)> {
    let fail = |error| (folder.to_owned(), error);
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, format!("{prefix}{name}/"), files)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|error| (path.clone(), error))?;
            files.push((format!("{prefix}{name}"), Bytes::new(bytes), path.display().to_string()));
        }
    }
    Ok(())
}

fn id(path: &str) -> Result<FileId, TypesetError> {
    match VirtualPath::new(path) {
        Ok(path) => Ok(RootedPath::new(VirtualRoot::Project, path).intern()),
        Err(error) => Err(TypesetError {
            message: format!("模板文件的路径“{path}”不能使用：{error}"),
            details: String::new(),
        }),
    }
}

/// Which copy is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copy {
    /// The paper copy instead of the website's.
    pub print: bool,
    /// The data of the sign-off sheet, as JSON.
    pub filing: Option<String>,
    /// The file to be attached, as JSON.
    pub attachment: Option<String>,
    /// Words across every page.
    pub draft: Option<String>,
}

/// Sets one copy of a report.
///
/// # Errors
/// The template does not compile without an error or a warning, for instance because of an unknown font.
pub fn compile(
    template: &Template,
    fonts: &FontSet,
    data: String,
    copy: &Copy,
) -> Result<PagedDocument, TypesetError> {
    let world = ReportWorld::new(template, fonts, data, copy)?;
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    match output {
        Ok(document) if warnings.is_empty() => Ok(document),
        Ok(_) => Err(world.error(&warnings)),
        Err(errors) => Err(world.error(&errors)),
    }
}

/// Turns what Typst complains about while exporting into an error with the template's lines.
pub(crate) fn export_error(
    template: &Template,
    fonts: &FontSet,
    diagnostics: &[SourceDiagnostic],
) -> TypesetError {
    match ReportWorld::new(template, fonts, String::new(), &Copy::default()) {
        Ok(world) => world.error(diagnostics),
        Err(error) => error,
    }
}

struct ReportWorld<'a> {
    template: &'a Template,
    fonts: &'a FontSet,
    library: Arc<LazyHash<Library>>,
    data: HashMap<FileId, Bytes>,
}

impl<'a> ReportWorld<'a> {
    fn new(
        template: &'a Template,
        fonts: &'a FontSet,
        data: String,
        copy: &Copy,
    ) -> Result<Self, TypesetError> {
        let mut files = HashMap::from([(id(DATA)?, Bytes::from_string(data))]);
        let mut inputs =
            vec![("data", DATA.to_owned()), ("copy", if copy.print { "print" } else { "web" }.to_owned())];
        for (name, path, text) in
            [("filing", FILING, &copy.filing), ("attachment", ATTACHMENT, &copy.attachment)]
        {
            if let Some(text) = text {
                inputs.push((name, path.to_owned()));
                files.insert(id(path)?, Bytes::from_string(text.clone()));
            }
        }
        inputs.extend(copy.draft.iter().map(|draft| ("draft", draft.clone())));
        Ok(Self { template, fonts, library: template.library(inputs), data: files })
    }

    fn error(&self, diagnostics: &[SourceDiagnostic]) -> TypesetError {
        let mut shown = NoColor::new(Vec::new());
        // What cannot be drawn is told in one line each.
        let details = match emit(&mut shown, self, diagnostics, DiagnosticFormat::Human) {
            Ok(()) => String::from_utf8_lossy(&shown.into_inner()).into_owned(),
            Err(_) => diagnostics.iter().map(|d| format!("{}\n", d.message)).collect(),
        };
        TypesetError {
            message: "模板排版时出错，未生成任何文件。以下是 Typst 的说明：".to_owned(), details
        }
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut sources = locked(&self.template.sources);
        if let Some(source) = sources.get(&id) {
            return Ok(source.clone());
        }
        let text = std::str::from_utf8(self.template.files.get(&id).ok_or_else(|| not_found(id))?)
            .map_err(|_| FileError::InvalidUtf8)?;
        let source = Source::new(id, text.to_owned());
        sources.insert(id, source.clone());
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.data.get(&id).or_else(|| self.template.files.get(&id)).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// No clock enters a result: the template is told that there is none.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

impl DiagnosticWorld for ReportWorld<'_> {
    fn name(&self, id: FileId) -> String {
        let name = || id.vpath().get_with_slash().to_owned();
        self.template.names.get(&id).cloned().unwrap_or_else(name)
    }
}

/// What a mutex keeps is whole at all times here, whatever became of a thread that held it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
