//! Makes the outputs of one report.

pub(crate) mod recipe;
mod record;

use std::{borrow::Cow, fmt, path::Path};

use serde::Serialize;
use serde_json::Value;

use recipe::{Recipe, filing_json};
pub(crate) use record::is_current;
use record::{current_entry, digest_of, entry};

use super::{
    CREATOR, Folder, Kind, Manifest, OutputEntry, Pending, Product, Subject, WriteError, create_folder_like,
    digest, draft, history::PreviousVersion, manifest, replace_all, web, write_all,
};
use crate::typeset::{
    compose,
    fonts::{Face, FontError, FontSet},
    world::{Template, TypesetError},
};
use gongbao_core::{
    document::{Composed, Document},
    form::GridError,
    history,
    report::{self, ReportFile},
};
use gongbao_formats::{
    html::{About, Beside, Portal},
    word::{WordError, WordMargins},
};

/// Which outputs to make, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The kinds of outputs.
    pub kinds: Vec<Kind>,
    /// If set, only a draft is made, with this text across each page.
    pub draft: Option<String>,
    /// Whether the data is attached to the website's PDF and the page.
    pub attach: bool,
    /// Values for the metadata of the website.
    pub portal: Portal,
    /// How the margins of the Word file are measured.
    pub word_margins: WordMargins,
    /// Whether unchanged outputs are made again.
    pub force: bool,
    /// Whether the corrections are also printed at the end of the report.
    pub inline_corrections: bool,
}

impl Plan {
    /// Creates a plan for these outputs, with the data attached and all other options off.
    pub fn new(kinds: impl Into<Vec<Kind>>) -> Self {
        Self {
            kinds: kinds.into(),
            draft: None,
            attach: true,
            portal: Portal::default(),
            word_margins: WordMargins::default(),
            force: false,
            inline_corrections: false,
        }
    }
}

/// The outputs of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Whether all outputs were up to date.
    pub unchanged: bool,
    /// The requested outputs.
    pub outputs: Vec<OutputEntry>,
}

/// Error from making outputs. Nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum MakeError {
    /// A font cannot be read.
    Font(FontError),
    /// Typesetting failed.
    Typeset(TypesetError),
    /// The Word file could not be made.
    Word(WordError),
    /// A file could not be written.
    Write(WriteError),
    /// The form's grid could not be filled.
    Grid(GridError),
    /// The program failed; the other reports of the run are not affected.
    Broken,
    /// The data could not be encoded as JSON.
    Json(serde_json::Error),
    /// The files of the version before a correction cannot be read.
    History(std::io::Error),
}

impl fmt::Display for MakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font(error) => error.fmt(f),
            Self::Typeset(error) => error.fmt(f),
            Self::Word(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Grid(error) => write!(f, "表格排不出来：{error}"),
            Self::Broken => f.write_str("排版时程序内部出错，原有文件没有改动。请把报告文件交给程序的维护者"),
            Self::Json(error) => write!(f, "数据写不成 JSON：{error}"),
            Self::History(error) => write!(
                f,
                "更正前的文件读不出来，存不进 history：{error}。请关闭打开它们的程序，检查权限和磁盘后再生成一次"
            ),
        }
    }
}

impl std::error::Error for MakeError {}

/// Makes outputs of many reports with the same fonts, template and plan.
pub struct Maker<'a> {
    fonts: &'a FontSet,
    template: &'a Template,
    template_digest: String,
    fonts_digest: String,
    plan: Plan,
}

impl<'a> Maker<'a> {
    /// Creates a maker with these fonts, this template and plan.
    ///
    /// # Errors
    /// A font of the user's cannot be read.
    pub fn new(fonts: &'a FontSet, template: &'a Template, plan: Plan) -> Result<Self, FontError> {
        let files = template.files();
        let template_digest = digest(files.iter().flat_map(|(name, bytes)| [name.as_bytes(), *bytes]));
        let faces: Vec<&str> = fonts.faces().iter().map(Face::sha256).collect::<Result<_, _>>()?;
        let fonts_digest = digest(faces.iter().map(|sha256| sha256.as_bytes()));
        Ok(Self { fonts, template, template_digest, fonts_digest, plan })
    }

    /// The fonts.
    pub fn fonts(&self) -> &FontSet {
        self.fonts
    }

    /// The plan.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns the digest of everything that outputs depend on except the report: program, plan, template, fonts.
    pub(crate) fn digest(&self) -> String {
        let plan = format!("{:?}", Plan { force: false, ..self.plan.clone() });
        let parts = [env!("GONGBAO_SOURCES"), &plan, &self.template_digest, &self.fonts_digest];
        digest(parts.map(str::as_bytes))
    }

    /// Returns the creator entry of PDFs.
    pub fn creator() -> &'static str {
        CREATOR
    }

    /// Makes the outputs of the plan. All files are written, or none.
    ///
    /// # Errors
    /// Typesetting failed or a file cannot be written; existing files are unchanged.
    pub fn make(&self, file: &ReportFile, folder: &Folder) -> Result<Made, MakeError> {
        folder.check().map_err(MakeError::Write)?;
        let Composed { document, printed, .. } = compose(file, self.fonts).map_err(MakeError::Grid)?;
        let data = self.data(file, &document)?;
        // Most outputs are made from it.
        let data_digest = digest([data.as_bytes()]);
        if let Some(words) = &self.plan.draft {
            let exported = draft(self.template, self.fonts, &data, words).map_err(MakeError::Typeset)?;
            let relative = folder.relative_draft();
            let entry = entry(&relative, &exported.bytes, Some(exported.pages), String::new());
            write_all(&[Pending { path: folder.path(&relative), bytes: exported.bytes }])
                .map_err(MakeError::Write)?;
            return Ok(Made { unchanged: false, outputs: vec![entry] });
        }
        let old = manifest::read(&folder.manifest());
        let mut entries: Vec<OutputEntry> = Vec::new();
        let mut pending = Vec::new();
        let current = digest([file.source.text.as_bytes()]);
        let corrections = file.report.corrections.len();
        let mut products: Vec<Product> =
            self.plan.kinds.iter().flat_map(|kind| kind.products(corrections)).collect();
        // The page lists the other files with their sizes, so the other files come first.
        products.sort_by_key(|product| matches!(product, Product::Page | Product::Fragment));
        let mut web = None;
        for product in products {
            let relative = folder.relative(product);
            let own = self.own_data(product, file, &document, &data)?;
            let beside =
                self.beside(product, file, folder, (&document, &data, &data_digest), &entries, old.as_ref());
            let recipe = self.recipe(product, file, folder, &beside)?;
            let inputs = self.inputs(&recipe, &digest_of(&own, &data_digest));
            if let Some(entry) = old
                .as_ref()
                .filter(|_| !self.plan.force)
                .and_then(|old| current_entry(old, &relative, &inputs, folder))
            {
                // The output is the same for the current data, even if it was made for other data.
                entries.push(OutputEntry { data: current.clone(), ..entry });
                continue;
            }
            let (bytes, pages) = recipe.bytes(self, file, &document, &own, &mut web)?;
            entries.push(OutputEntry { data: current.clone(), ..entry(&relative, &bytes, pages, inputs) });
            pending.push(Pending { path: folder.path(&relative), bytes });
        }
        let unchanged = pending.is_empty();
        let subject = Subject::of(&file.report);
        let is_outdated = |old: &Manifest| {
            old.report.as_ref() != Some(&subject) || entries.iter().any(|entry| !old.outputs.contains(entry))
        };
        if !unchanged || old.as_ref().is_some_and(is_outdated) {
            let previous = PreviousVersion::find(folder, old.as_ref(), corrections);
            let copies = previous.copies(folder).map_err(MakeError::History)?;
            if !copies.is_empty() {
                // What a correction withdrew is for nobody who may not read the report.
                create_folder_like(&folder.path("history"), Path::new(&file.source.name))
                    .map_err(MakeError::History)?;
            }
            pending.extend(copies);
            // The files removed below are not listed any more.
            let old = old.map(|old| previous.without(old));
            let manifest = self.manifest(file, folder, subject, &printed, &entries, old);
            if pending.iter().any(|file| file.path.starts_with(folder.path("filing"))) {
                create_folder_like(&folder.path("filing"), Path::new(&file.source.name))
                    .map_err(MakeError::History)?;
            }
            pending.push(Pending { path: folder.manifest(), bytes: json(&manifest)?.into_bytes() });
            let outputs = entries.iter().map(|entry| entry.path.as_str());
            replace_all(&pending, &previous.withdrawn(folder, outputs)).map_err(MakeError::Write)?;
        }
        Ok(Made { unchanged, outputs: entries })
    }

    /// Makes the website's PDF of a report with the data attached. Nothing is written.
    ///
    /// # Errors
    /// Typesetting failed.
    pub fn web_again(&self, file: &ReportFile) -> Result<Vec<u8>, MakeError> {
        let Composed { document, .. } = compose(file, self.fonts).map_err(MakeError::Grid)?;
        let attachment = report::to_json(&file.report, &file.form, report::Scope::Public);
        let exported = web(self.template, self.fonts, &self.data(file, &document)?, Some(&attachment));
        Ok(exported.map_err(MakeError::Typeset)?.bytes)
    }

    /// Returns the data to be attached.
    fn attachment(&self, file: &ReportFile) -> Option<String> {
        self.plan.attach.then(|| report::to_json(&file.report, &file.form, report::Scope::Public))
    }

    /// Returns the data that the template reads, without spaces between values.
    fn data(&self, file: &ReportFile, document: &Document) -> Result<String, MakeError> {
        let data = match self.with_corrections(file, document)? {
            Some(data) => serde_json::to_string(&data),
            None => serde_json::to_string(document),
        };
        data.map_err(MakeError::Json)
    }

    /// Returns the same with a line for each value.
    fn readable(&self, file: &ReportFile, document: &Document) -> Result<String, MakeError> {
        match self.with_corrections(file, document)? {
            Some(data) => json(&data),
            None => json(document),
        }
    }

    /// Returns the data with the corrections, if they are to be printed at the end of the report.
    fn with_corrections(&self, file: &ReportFile, document: &Document) -> Result<Option<Value>, MakeError> {
        if !self.plan.inline_corrections || file.report.corrections.is_empty() {
            return Ok(None);
        }
        let mut data = serde_json::to_value(document).map_err(MakeError::Json)?;
        data["corrections"] = history::notices(file);
        Ok(Some(data))
    }

    /// Returns the data that the template reads for the notice of a correction.
    fn notice(
        &self,
        file: &ReportFile,
        number: usize,
        document: &Document,
        print: bool,
    ) -> Result<String, MakeError> {
        let mut notice = history::notice(file, number, document, self.fonts, self.fonts.families_json())
            .unwrap_or_default();
        // Only the paper copy has a place for the seal.
        notice["seal"] = (print && file.report.filing.as_ref().is_none_or(|filing| filing.seal)).into();
        json(&notice)
    }

    /// Returns the data for one output: that of the report, or that of a notice.
    fn own_data<'d>(
        &self,
        product: Product,
        file: &ReportFile,
        document: &Document,
        data: &'d str,
    ) -> Result<Cow<'d, str>, MakeError> {
        Ok(match product {
            Product::Correction(number) => self.notice(file, number, document, false)?.into(),
            Product::CorrectionPrint(number) => self.notice(file, number, document, true)?.into(),
            // A person may read it.
            Product::Data => self.readable(file, document)?.into(),
            _ => data.into(),
        })
    }

    /// Returns what an output is made from except the data. `beside` are the files that the page links to.
    fn recipe(
        &self,
        product: Product,
        file: &ReportFile,
        folder: &Folder,
        beside: &[OutputEntry],
    ) -> Result<Recipe, MakeError> {
        let attachment = || self.attachment(file);
        let beside: Vec<Beside> = beside.iter().filter_map(OutputEntry::beside).collect();
        let about = match product {
            Product::Page => {
                Some(About::new(&file.report, folder.stem(), &beside, &self.plan.portal, attachment()))
            }
            // The fragment is pasted into another page, so it links to no files.
            Product::Fragment => Some(About::new(&file.report, folder.stem(), &[], &Portal::default(), None)),
            _ => None,
        };
        let extra = match product {
            Product::Web => attachment(),
            Product::Print => file.report.filing.as_ref().map(|filing| filing_json(file, filing)),
            Product::Word => Some(self.plan.word_margins.key().to_owned()),
            // The PDF standard of the notice is that of the report.
            Product::Correction(_) => self.plan.attach.then(String::new),
            Product::Data | Product::CorrectionPrint(_) => None,
            Product::Page | Product::Fragment => Some(json(&about)?),
        };
        Ok(Recipe { product, extra, about })
    }

    /// Returns the files in `public` that the page links to: made by this run, or by an earlier run from the same
    /// data. Files made from other data are left out.
    fn beside(
        &self,
        product: Product,
        file: &ReportFile,
        folder: &Folder,
        (document, data, data_digest): (&Document, &str, &str),
        made: &[OutputEntry],
        old: Option<&Manifest>,
    ) -> Vec<OutputEntry> {
        if product != Product::Page {
            return Vec::new();
        }
        let corrections = file.report.corrections.len();
        let others = Kind::ALL.iter().flat_map(|kind| kind.products(corrections));
        let existing = |other: Product| {
            let relative = folder.relative(other);
            if let Some(entry) = made.iter().find(|entry| entry.path == relative) {
                return Some(entry.clone());
            }
            let recipe = self.recipe(other, file, folder, &[]).ok()?;
            let own = self.own_data(other, file, document, data).ok()?;
            current_entry(old?, &relative, &self.inputs(&recipe, &digest_of(&own, data_digest)), folder)
        };
        others
            .filter(|other| *other != Product::Page && folder.relative(*other).starts_with("public/"))
            .filter_map(existing)
            .collect()
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, MakeError> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(MakeError::Json)
}
