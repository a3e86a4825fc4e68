//! The Typst world: the template, its data and the fonts. No clock, no network, no other files.

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
use typst_kit::{
    diagnostics::{DiagnosticFormat, DiagnosticWorld, emit, termcolor::NoColor},
    files::{FileLoader, FileStore},
};
use typst_layout::PagedDocument;

use super::fonts::FontSet;
use crate::embedded::TEMPLATE;
use gongbao_core::{file, paths::PathExt};

/// Folder of the template in the Typst world, as in the repository.
const FOLDER: &str = "/typst";
/// Largest file of a template in bytes, and deepest nesting of its folders: links may form a circle.
const LARGEST_TEMPLATE: u64 = 64 << 20;
const DEEPEST: usize = 16;
/// Path of the data.
const DATA: &str = "/data/report.json";
/// Path of the data of the sign-off sheet.
const FILING: &str = "/data/filing.json";
/// Path of the file to be attached.
const ATTACHMENT: &str = "/data/attachment.json";

/// Label of the metadata with which a template declares how its paper copy is made from its web copy.
pub(crate) const PAPER_COPY: &str = "paper-copy";

/// A template: the embedded one, or a folder of the user's. It is loaded once and used for many reports.
pub struct Template {
    main: FileId,
    /// The files, with their parsed sources.
    store: FileStore<TemplateFiles>,
    /// The standard library for each kind of copy. It is the same for every report, and computing its hash is slow.
    libraries: Mutex<HashMap<Inputs, Arc<LazyHash<Library>>>>,
    /// Whether all files are those of the embedded template.
    is_embedded: bool,
    declares_paper: bool,
}

/// The faces that Typst is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Faces {
    /// The faces themselves.
    Whole,
    /// Their hollow twins: pages are the same, but outlines have to be embedded afterwards.
    Hollow,
}

/// The files of a template in memory.
#[derive(Clone, Default)]
struct TemplateFiles(HashMap<FileId, TemplateFile>);

#[derive(Clone)]
struct TemplateFile {
    bytes: Bytes,
    /// Name in messages.
    name: String,
}

impl FileLoader for TemplateFiles {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        self.0.get(&id).map(|file| file.bytes.clone()).ok_or_else(|| not_found(id))
    }
}

/// `sys.inputs`: names and values.
type Inputs = Vec<(&'static str, String)>;

/// Error from loading a template or typesetting with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypesetError {
    /// The message, in Chinese.
    pub message: String,
    /// The diagnostics of Typst, with the lines of the template.
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
    /// Returns the embedded template.
    ///
    /// # Errors
    /// None in practice: the paths of the embedded files are valid.
    pub fn embedded() -> Result<Self, TypesetError> {
        Self::new(
            TEMPLATE
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Bytes::from_string(*text), format!("typst/{name}"))),
        )
    }

    /// Loads the template in a folder with a `report.typ`. All files below the folder can be used.
    ///
    /// # Errors
    /// The folder or one of its files cannot be read, or there is no `report.typ`.
    pub fn in_folder(folder: &Path) -> Result<Self, TypesetError> {
        let mut files = Vec::new();
        collect(folder, String::new(), &mut files).map_err(|(path, error)| TypesetError {
            message: format!("读不出模板文件“{}”：{error}", path.to_text()),
            details: String::new(),
        })?;
        if !files.iter().any(|(name, ..)| name == "report.typ") {
            return Err(TypesetError {
                message: format!("模板文件夹“{}”里没有 report.typ", folder.to_text()),
                details: String::new(),
            });
        }
        Self::new(files)
    }

    fn new(files: impl IntoIterator<Item = (String, Bytes, String)>) -> Result<Self, TypesetError> {
        let mut loaded = TemplateFiles::default();
        for (path, bytes, name) in files {
            loaded.0.insert(id(&format!("{FOLDER}/{path}"))?, TemplateFile { bytes, name });
        }
        Ok(Self::with_main(id(&format!("{FOLDER}/report.typ"))?, loaded))
    }

    fn with_main(main: FileId, files: TemplateFiles) -> Self {
        let text_of =
            |name: &str| Some(files.0.get(&id(&format!("{FOLDER}/{name}")).ok()?)?.bytes.as_slice());
        let is_embedded = TEMPLATE.iter().all(|(name, text)| text_of(name) == Some(text.as_bytes()));
        let label = format!("<{PAPER_COPY}>");
        let is_label = |window: &[u8]| window == label.as_bytes();
        let declares_paper = files.0.values().any(|file| file.bytes.windows(label.len()).any(is_label));
        Self { main, store: FileStore::new(files), libraries: Mutex::default(), is_embedded, declares_paper }
    }

    /// Returns the faces with which the template is set.
    ///
    /// The embedded template asks for no outline. A template of the user's may: for the bounds of a glyph, a formula,
    /// an underline that evades letters, text in a picture.
    pub(crate) fn faces(&self) -> Faces {
        if self.is_embedded { Faces::Hollow } else { Faces::Whole }
    }

    /// Returns the template for the notice of a correction: `correction.typ` of this template, otherwise the embedded
    /// one.
    ///
    /// # Errors
    /// None in practice: the paths of the embedded files are valid.
    pub fn for_corrections(&self) -> Result<Self, TypesetError> {
        let main = id(&format!("{FOLDER}/correction.typ"))?;
        let files = self.store.loader();
        let files =
            if files.0.contains_key(&main) { files.clone() } else { Self::embedded()?.store.into_loader() };
        Ok(Self::with_main(main, files))
    }

    /// Returns the standard library with these inputs.
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

    /// Whether the template declares how its paper copy is made from its web copy: whether a file contains the label.
    pub(crate) fn declares_paper(&self) -> bool {
        self.declares_paper
    }

    /// Returns the names and contents of all files, sorted by name. Outputs depend on them.
    pub fn files(&self) -> Vec<(&str, &[u8])> {
        let files = self.store.loader().0.iter();
        let mut files: Vec<_> =
            files.map(|(id, file)| (id.vpath().get_without_slash(), file.bytes.as_slice())).collect();
        files.sort();
        files
    }
}

/// Reads all files below a folder: path from the folder, contents, name in messages.
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
            if prefix.matches('/').count() >= DEEPEST {
                return Err(fail(std::io::Error::other("里面的文件夹层次太深，可能是链接绕成了圈")));
            }
            collect(&path, format!("{prefix}{name}/"), files)?;
        } else {
            let bytes = file::read(&path, LARGEST_TEMPLATE).map_err(|error| (path.clone(), error))?;
            files.push((format!("{prefix}{name}"), Bytes::new(bytes), path.to_text()));
        }
    }
    Ok(())
}

/// Returns the id of a file by its path in the Typst world.
fn id(path: &str) -> Result<FileId, TypesetError> {
    match VirtualPath::new(path) {
        Ok(path) => Ok(RootedPath::new(VirtualRoot::Project, path).intern()),
        Err(error) => Err(TypesetError {
            message: format!("模板文件的路径“{path}”不能使用：{error}"),
            details: String::new(),
        }),
    }
}

/// The copy of a report to be typeset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copy {
    /// Whether it is the paper copy; otherwise the web copy.
    pub print: bool,
    /// The data of the sign-off sheet, as JSON.
    pub filing: Option<String>,
    /// The file to be attached, as JSON.
    pub attachment: Option<String>,
    /// Text across every page of a draft.
    pub draft: Option<String>,
}

/// Typesets one copy of a report.
///
/// # Errors
/// The template gives an error or a warning, for instance about an unknown font.
pub fn compile(
    template: &Template,
    fonts: &FontSet,
    data: String,
    copy: &Copy,
) -> Result<PagedDocument, TypesetError> {
    compile_with(template, fonts, Faces::Whole, data, copy)
}

/// Typesets one copy of a report with whole faces or with their twins.
///
/// # Errors
/// As [`compile`].
pub(crate) fn compile_with(
    template: &Template,
    fonts: &FontSet,
    faces: Faces,
    data: String,
    copy: &Copy,
) -> Result<PagedDocument, TypesetError> {
    let world = ReportWorld { faces, ..ReportWorld::new(template, fonts, data, copy)? };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    if let Some(face) = fonts.unreadable() {
        return Err(TypesetError {
            message: format!(
                "字体文件“{}”读不出来，没有用别的字体代替。请检查文件和磁盘后再生成一次",
                gongbao_core::text::visible_path(&face.path)
            ),
            details: String::new(),
        });
    }
    match output {
        Ok(document) if warnings.is_empty() => Ok(document),
        Ok(_) => Err(world.error(&warnings)),
        Err(errors) => Err(world.error(&errors)),
    }
}

/// Converts diagnostics of an export to an error with the lines of the template.
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

/// The world of one report.
struct ReportWorld<'a> {
    template: &'a Template,
    fonts: &'a FontSet,
    faces: Faces,
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
        Ok(Self { template, fonts, faces: Faces::Whole, library: template.library(inputs), data: files })
    }

    fn error(&self, diagnostics: &[SourceDiagnostic]) -> TypesetError {
        let mut shown = NoColor::new(Vec::new());
        // If rendering fails, each diagnostic is one line.
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
        self.template.store.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.data.get(&id) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.template.store.file(id),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        match self.faces {
            Faces::Whole => self.fonts.font(index),
            Faces::Hollow => self.fonts.hollow_font(index),
        }
    }

    /// Returns no date, so that outputs do not depend on the clock.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

impl DiagnosticWorld for ReportWorld<'_> {
    fn name(&self, id: FileId) -> String {
        match self.template.store.loader().0.get(&id) {
            Some(file) => file.name.clone(),
            None => id.vpath().get_with_slash().to_owned(),
        }
    }
}

/// Locks a mutex, also after a panic: the maps are consistent at all times.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
