//! The parts of the file beside the text: settings, properties, and how they hang together.

use super::xml::{Element, element, val};
use gongbao_core::document::Metadata;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of the document: the file in its folder, what it is to the document, its id there, whose kind of content it is.
const PARTS: [(&str, &str, &str, &str); 6] = [
    ("styles.xml", "styles", "styles", WORD_TYPE),
    ("settings.xml", "settings", "settings", WORD_TYPE),
    ("fontTable.xml", "fontTable", "fontTable", WORD_TYPE),
    ("footer1.xml", "footer", "footerOdd", WORD_TYPE),
    ("footer2.xml", "footer", "footerEven", WORD_TYPE),
    ("theme1.xml", "theme", "theme", "application/vnd.openxmlformats-officedocument"),
];

/// `[Content_Types].xml`.
pub(super) fn content_types() -> Element {
    let default =
        |ending: &str, kind: &str| element("Default").with("Extension", ending).with("ContentType", kind);
    let part = |name: &str, kind: &str| element("Override").with("PartName", name).with("ContentType", kind);
    element("Types")
        .with("xmlns", format!("{PACKAGE}/content-types"))
        .holding(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .holding(default("xml", "application/xml"))
        .holding(part("/word/document.xml", &format!("{WORD_TYPE}.document.main+xml")))
        .holding_all(
            PARTS
                .map(|(file, kind, _, whose)| part(&format!("/word/{file}"), &format!("{whose}.{kind}+xml"))),
        )
        .holding(part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
        .holding(part(
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ))
}

fn relationship(id: &str, kind: &str, target: &str) -> Element {
    element("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

fn relationships() -> Element {
    element("Relationships").with("xmlns", format!("{PACKAGE}/relationships"))
}

/// `_rels/.rels`: where the document and its properties are.
pub(super) fn package_relationships() -> Element {
    relationships()
        .holding(relationship("rId1", &format!("{OFFICE}/relationships/officeDocument"), "word/document.xml"))
        .holding(relationship(
            "rId2",
            &format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml",
        ))
        .holding(relationship(
            "rId3",
            &format!("{OFFICE}/relationships/extended-properties"),
            "docProps/app.xml",
        ))
}

/// `word/_rels/document.xml.rels`: the parts of the document, and where its links lead.
pub(super) fn document_relationships(links: &[String]) -> Element {
    relationships()
        .holding_all(
            PARTS
                .map(|(file, kind, id, _)| relationship(id, &format!("{OFFICE}/relationships/{kind}"), file)),
        )
        .holding_all(links.iter().enumerate().map(|(number, target)| {
            relationship(&link_id(number), &format!("{OFFICE}/relationships/hyperlink"), target)
                .with("TargetMode", "External")
        }))
}

/// The id of the document's link of this number.
pub(super) fn link_id(number: usize) -> String {
    format!("link{}", number + 1)
}

/// `word/settings.xml`. Without the mode of the present Word a file opens in 兼容模式.
pub(super) fn settings() -> Element {
    let mode = |name: &str, value: u32| {
        element("w:compatSetting")
            .with("w:name", name)
            .with("w:uri", "http://schemas.microsoft.com/office/word")
            .with("w:val", value)
    };
    super::root("w:settings")
        .holding(element("w:zoom").with("w:percent", 100))
        .holding(val("w:defaultTabStop", 420))
        .holding(element("w:evenAndOddHeaders"))
        .holding(val("w:characterSpacingControl", "compressPunctuation"))
        .holding(
            element("w:compat")
                // What Word writes into each Chinese file: half and full widths balanced, no line stretched that was
                // ended by hand.
                .holding(element("w:spaceForUL"))
                .holding(element("w:balanceSingleByteDoubleByteWidth"))
                .holding(element("w:doNotLeaveBackslashAlone"))
                .holding(element("w:ulTrailSpace"))
                .holding(element("w:doNotExpandShiftReturn"))
                .holding(element("w:useFELayout"))
                .holding(mode("compatibilityMode", 15))
                .holding(mode("overrideTableStyleFontSizeAndJustification", 1))
                .holding(mode("enableOpenTypeFeatures", 1))
                .holding(mode("doNotFlipMirrorIndents", 1))
                .holding(mode("differentiateMultirowTableHeaders", 1)),
        )
        .holding(element("w:themeFontLang").with("w:val", "zh-CN").with("w:eastAsia", "zh-CN"))
        .holding(val("w:decimalSymbol", "."))
        .holding(val("w:listSeparator", ","))
}

/// `docProps/core.xml`: title, author, language, date; all from the report.
pub(super) fn core_properties(metadata: &Metadata) -> Element {
    let [year, month, day] = metadata.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let said = |name: &'static str, words: &str| element(name).saying(words);
    let dated = |name: &'static str| element(name).with("xsi:type", "dcterms:W3CDTF").saying(&date);
    element("cp:coreProperties")
        .with("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .holding(said("dc:title", &metadata.title))
        .holding(said("dc:creator", &metadata.author))
        .holding(said("cp:keywords", &metadata.keywords.join("；")))
        .holding(said("dc:description", &metadata.description))
        .holding(said("cp:lastModifiedBy", &metadata.author))
        .holding(dated("dcterms:created"))
        .holding(dated("dcterms:modified"))
        .holding(said("dc:language", "zh-CN"))
}

/// `docProps/app.xml`: what wrote the file, for whom.
pub(super) fn app_properties(metadata: &Metadata) -> Element {
    element("Properties")
        .with("xmlns", format!("{OFFICE}/extended-properties"))
        .holding(element("Application").saying(concat!("gongbao ", env!("CARGO_PKG_VERSION"))))
        .holding(element("Company").saying(&metadata.author))
}
