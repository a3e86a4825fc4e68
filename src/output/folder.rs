//! Paths of the outputs of a report. Public and internal files are in separate folders.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::WriteError;
use gongbao_core::file::is_safe_stem;

/// A kind of output, selected with `--only`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 供网站发布的 PDF
    Web,
    /// 供打印存档的纸质件 PDF
    Print,
    /// 网页，和粘贴到网站编辑器里的片段
    Html,
    /// 可以修改的 Word 文件
    Docx,
    /// 模板读取的数据
    Data,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Web, Self::Print, Self::Html, Self::Docx, Self::Data];

    /// The kinds that are made by default.
    pub const DEFAULT: [Self; 3] = [Self::Web, Self::Print, Self::Html];
}

/// An output file. A kind of output may consist of several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// The PDF for the website.
    Web,
    /// The paper copy.
    Print,
    /// The Word file.
    Word,
    /// The data that the template reads.
    Data,
    /// The web page.
    Page,
    /// The article of the web page, for pasting into an editor.
    Fragment,
    /// The notice of the correction with this number (更正说明), for the website.
    Correction(usize),
    /// The paper copy of the notice.
    CorrectionPrint(usize),
}

impl Kind {
    /// Returns the output files of this kind for a report with this number of corrections.
    pub fn products(self, corrections: usize) -> Vec<Product> {
        let notices = |product: fn(usize) -> Product| (1..=corrections).map(product);
        match self {
            Self::Web => std::iter::once(Product::Web).chain(notices(Product::Correction)).collect(),
            Self::Print => std::iter::once(Product::Print).chain(notices(Product::CorrectionPrint)).collect(),
            Self::Html => vec![Product::Page, Product::Fragment],
            Self::Docx => vec![Product::Word],
            Self::Data => vec![Product::Data],
        }
    }
}

/// The folder of one report's outputs: `out/STEM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
    stem: String,
}

impl Folder {
    /// Creates the folder of a report with this stem below the output folder.
    pub fn new(out: &Path, stem: &str) -> Self {
        Self { root: out.join(stem), stem: stem.to_owned() }
    }

    /// Checks that the outputs lie below the output folder: that the stem has no meaning to a system, and that neither the
    /// folder nor one in it is a link.
    ///
    /// # Errors
    /// The outputs would lie elsewhere.
    pub fn check(&self) -> Result<(), WriteError> {
        if !is_safe_stem(&self.stem) {
            return Err(WriteError::new(&self.root, io::ErrorKind::InvalidFilename.into()));
        }
        for path in [self.root.clone(), self.path("public"), self.path("filing"), self.path("history")] {
            if path.is_symlink() {
                let error = io::Error::other("它是链接，成品不写到链接指向的地方");
                return Err(WriteError::new(&path, error));
            }
        }
        Ok(())
    }

    /// Returns the path of the folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the stem of the file names.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// Returns the path of an output relative to the folder, with `/`.
    pub fn relative(&self, product: Product) -> String {
        let stem = &self.stem;
        match product {
            Product::Web => format!("public/{stem}.pdf"),
            Product::Print => format!("filing/{stem}-print.pdf"),
            Product::Word => format!("public/{stem}.docx"),
            Product::Data => format!("{stem}.json"),
            Product::Page => format!("public/{stem}.html"),
            Product::Fragment => format!("public/{stem}.fragment.html"),
            Product::Correction(number) => format!("public/{stem}-correction-{number}.pdf"),
            Product::CorrectionPrint(number) => format!("filing/{stem}-correction-{number}-print.pdf"),
        }
    }

    /// Returns the path of the draft relative to the folder.
    pub fn relative_draft(&self) -> String {
        format!("{}-draft.pdf", self.stem)
    }

    /// Returns the full path of a file in this folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// Returns the full path of the manifest.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("manifest.json")
    }
}
