//! Where the outputs of a report lie: what may go on the web and what may not, apart.

use std::path::{Path, PathBuf};

use serde::Serialize;

/// A kind of output, as `--only` names it.
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

    /// What is made where nothing else is asked for.
    pub const DEFAULT: [Self; 3] = [Self::Web, Self::Print, Self::Html];
}

/// A file that is made. A kind that people ask for may stand for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// The website's PDF.
    Web,
    /// The paper copy.
    Print,
    /// The Word file.
    Word,
    /// What the template reads.
    Data,
    /// The page.
    Page,
    /// The article alone, to be pasted into an editor.
    Fragment,
    /// The website's notice of the correction of this number (更正说明).
    Correction(usize),
    /// Its paper copy.
    CorrectionPrint(usize),
}

impl Kind {
    /// The files that are made of a report with so many corrections for this kind.
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
    /// The folder for a report of this stem below the output folder.
    pub fn new(out: &Path, stem: &str) -> Self {
        Self { root: out.join(stem), stem: stem.to_owned() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the files are named after.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// The path of a file that is made, from the folder, with `/`.
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

    /// The path of the draft, from the folder.
    pub fn relative_draft(&self) -> String {
        format!("{}-draft.pdf", self.stem)
    }

    /// The full path of a file of this folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// The full path of the manifest.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("manifest.json")
    }
}
