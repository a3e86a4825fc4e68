//! The `head` element: metadata, content security policy, style sheet.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::{about::About, markup::Markup, widths};
use gongbao_core::document::Document;

/// The style sheet without the widths of the tables.
const STYLE: &str = include_str!("page.css");

/// Writes the `head` element.
pub(super) fn write(markup: &mut Markup, document: &Document, about: &About) {
    // The pieces of a table have the columns of the whole table.
    let tables: Vec<_> = document
        .chapters
        .iter()
        .filter_map(|chapter| chapter.table.as_ref())
        .flat_map(|table| std::iter::repeat_n(table, table.pieces().len()))
        .collect();
    let css = format!("\n{STYLE}{}", widths::rules(&tables));
    markup.open("head", &[]);
    markup.line();
    markup.void("meta", &[("charset", "utf-8")]);
    markup.line();
    policy(markup, &css);
    for (name, content) in labels(document, about) {
        markup.void("meta", &[("name", name), ("content", &content)]);
        markup.line();
    }
    markup.element("title", &[], &document.document.title);
    markup.line();
    // Without an icon browsers request one from the server.
    markup.void("link", &[("rel", "icon"), ("href", "data:,")]);
    markup.line();
    markup.void("link", &[("rel", "schema.dcterms"), ("href", "http://purl.org/dc/terms/")]);
    markup.line();
    markup.style(&css);
    markup.line();
    markup.close();
    markup.line();
}

/// Writes the content security policy: no scripts, no network, only the page's own style sheet, by its hash.
pub fn policy(markup: &mut Markup, css: &str) {
    let digest = BASE64_STANDARD.encode(Sha256::digest(css));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    markup.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    markup.line();
}

/// Metadata of the page: for browsers, in the labels of government sites (see [`super::portal`]), and in Dublin Core for
/// archives.
fn labels(document: &Document, about: &About) -> Vec<(&'static str, String)> {
    let metadata = &document.document;
    let [year, month, day] = metadata.date;
    let mut labels = vec![("viewport", "width=device-width, initial-scale=1".to_owned())];
    labels.push(("generator", concat!("gongbao ", env!("CARGO_PKG_VERSION")).to_owned()));
    labels.extend(about.portal.labels().into_iter().map(|(name, value)| (name, value.to_owned())));
    labels.push(("ArticleTitle", metadata.title.clone()));
    if let Some(published) = &about.published {
        // The annex requires YYYY-MM-DD HH:MM; the time is not known.
        labels.push(("PubDate", format!("{} 00:00", published.iso)));
    }
    labels.push(("ContentSource", metadata.author.clone()));
    labels.push(("Keywords", metadata.keywords.join(",")));
    labels.push(("Author", metadata.author.clone()));
    labels.push(("Description", metadata.description.clone()));
    labels.push(("dcterms.title", metadata.title.clone()));
    labels.push(("dcterms.creator", metadata.author.clone()));
    labels.push(("dcterms.date", format!("{year:04}-{month:02}-{day:02}")));
    labels.extend(about.published.iter().map(|published| ("dcterms.issued", published.iso.clone())));
    labels
        .extend(about.corrections.last().map(|correction| ("dcterms.modified", correction.date.iso.clone())));
    labels.extend(about.region.clone().map(|region| ("dcterms.spatial", region)));
    labels.push(("dcterms.language", "zh-CN".to_owned()));
    labels
}
