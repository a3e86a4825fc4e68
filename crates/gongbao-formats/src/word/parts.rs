//! Parts of the file besides the text: settings, properties, relationships.

use super::xml::{Element, element, val};
use gongbao_core::document::Metadata;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts of the document: file name, relationship type, relationship id, content type.
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
    let default = |ending: &str, kind: &str| {
        element("Default").attribute("Extension", ending).attribute("ContentType", kind)
    };
    let part = |name: &str, kind: &str| {
        element("Override").attribute("PartName", name).attribute("ContentType", kind)
    };
    element("Types")
        .attribute("xmlns", format!("{PACKAGE}/content-types"))
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(part("/word/document.xml", &format!("{WORD_TYPE}.document.main+xml")))
        .children(
            PARTS
                .map(|(file, kind, _, whose)| part(&format!("/word/{file}"), &format!("{whose}.{kind}+xml"))),
        )
        .child(part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
        .child(part(
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ))
}

fn relationship(id: &str, kind: &str, target: &str) -> Element {
    element("Relationship").attribute("Id", id).attribute("Type", kind).attribute("Target", target)
}

fn relationships() -> Element {
    element("Relationships").attribute("xmlns", format!("{PACKAGE}/relationships"))
}

/// `_rels/.rels`: relationships of the package.
pub(super) fn package_relationships() -> Element {
    relationships()
        .child(relationship("rId1", &format!("{OFFICE}/relationships/officeDocument"), "word/document.xml"))
        .child(relationship(
            "rId2",
            &format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml",
        ))
        .child(relationship(
            "rId3",
            &format!("{OFFICE}/relationships/extended-properties"),
            "docProps/app.xml",
        ))
}

/// `word/_rels/document.xml.rels`: relationships of the document, links included.
pub(super) fn document_relationships(links: &[String]) -> Element {
    relationships()
        .children(
            PARTS
                .map(|(file, kind, id, _)| relationship(id, &format!("{OFFICE}/relationships/{kind}"), file)),
        )
        .children(links.iter().enumerate().map(|(number, target)| {
            relationship(&link_id(number), &format!("{OFFICE}/relationships/hyperlink"), target)
                .attribute("TargetMode", "External")
        }))
}

/// Relationship id of a link.
pub(super) fn link_id(number: usize) -> String {
    format!("link{}", number + 1)
}

/// `word/settings.xml`. Without the current compatibility mode Word opens a file in 兼容模式.
pub(super) fn settings() -> Element {
    let mode = |name: &str, value: u32| {
        element("w:compatSetting")
            .attribute("w:name", name)
            .attribute("w:uri", "http://schemas.microsoft.com/office/word")
            .attribute("w:val", value)
    };
    super::root("w:settings")
        .child(element("w:zoom").attribute("w:percent", 100))
        .child(val("w:defaultTabStop", 420))
        .child(element("w:evenAndOddHeaders"))
        .child(val("w:characterSpacingControl", "compressPunctuation"))
        .child(
            element("w:compat")
                // Settings of every Chinese Word file: balanced half- and full-width characters, no stretched lines before manual line
                // breaks.
                .child(element("w:spaceForUL"))
                .child(element("w:balanceSingleByteDoubleByteWidth"))
                .child(element("w:doNotLeaveBackslashAlone"))
                .child(element("w:ulTrailSpace"))
                .child(element("w:doNotExpandShiftReturn"))
                .child(element("w:useFELayout"))
                .child(mode("compatibilityMode", 15))
                .child(mode("overrideTableStyleFontSizeAndJustification", 1))
                .child(mode("enableOpenTypeFeatures", 1))
                .child(mode("doNotFlipMirrorIndents", 1))
                .child(mode("differentiateMultirowTableHeaders", 1)),
        )
        .child(element("w:themeFontLang").attribute("w:val", "zh-CN").attribute("w:eastAsia", "zh-CN"))
        .child(val("w:decimalSymbol", "."))
        .child(val("w:listSeparator", ","))
}

/// `docProps/core.xml`: title, author, language, date.
pub(super) fn core_properties(metadata: &Metadata) -> Element {
    let [year, month, day] = metadata.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let property = |name: &'static str, words: &str| element(name).text(words);
    let dated = |name: &'static str| element(name).attribute("xsi:type", "dcterms:W3CDTF").text(&date);
    element("cp:coreProperties")
        .attribute("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attribute("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(property("dc:title", &metadata.title))
        .child(property("dc:creator", &metadata.author))
        .child(property("cp:keywords", &metadata.keywords.join("；")))
        .child(property("dc:description", &metadata.description))
        .child(property("cp:lastModifiedBy", &metadata.author))
        .child(dated("dcterms:created"))
        .child(dated("dcterms:modified"))
        .child(property("dc:language", "zh-CN"))
}

/// `docProps/app.xml`: application and company.
pub(super) fn app_properties(metadata: &Metadata) -> Element {
    element("Properties")
        .attribute("xmlns", format!("{OFFICE}/extended-properties"))
        .child(element("Application").text(concat!("gongbao ", env!("CARGO_PKG_VERSION"))))
        .child(element("Company").text(&metadata.author))
}
