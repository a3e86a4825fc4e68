//! The web page of a report: a self-contained file, and a fragment for the editor of a portal. Both are made from the
//! [`Document`] of the PDF and from [`About`] only.

mod about;
mod article;
mod head;
pub mod markup;
mod portal;
mod style;
mod table;
mod widths;

pub use about::{About, Beside, CorrectionLine, Day};
pub use portal::Portal;

pub use head::policy;

use base64::{Engine, prelude::BASE64_STANDARD};

use gongbao_core::document::Document;
use markup::{Markup, relative_address, size};
use style::{Part, Variant};

/// Writes the page: valid HTML without scripts, network access or other files, with a content security policy that
/// forbids them.
pub fn page(document: &Document, about: &About) -> String {
    let mut markup = Markup::document();
    markup.open("html", &[("lang", "zh-CN")]);
    markup.line();
    head::write(&mut markup, document, about);
    markup.open("body", &[]);
    markup.line();
    markup.element("a", &[("class", "skip"), ("href", "#report")], "跳到正文");
    markup.line();
    markup.open("main", &[("id", "report"), ("tabindex", "-1")]);
    markup.line();
    markup.open("article", &[]);
    markup.line();
    markup.open("header", &[]);
    markup.line();
    article::title(&mut markup, document, Variant::Page);
    byline(&mut markup, document, about);
    downloads(&mut markup, about);
    corrections(&mut markup, about, Variant::Page);
    markup.close();
    markup.line();
    contents(&mut markup, document);
    article::body(&mut markup, document, Variant::Page);
    markup.finish()
}

/// Writes the fragment: the article only, with inline styles and without ids, for the editor of a portal.
pub fn fragment(document: &Document, about: &About) -> String {
    let mut markup = Markup::default();
    // Editors keep the style of a `div`, but not that of an `article`.
    markup.open("div", &[("lang", "zh-CN"), ("style", "overflow-wrap:anywhere")]);
    markup.line();
    article::title(&mut markup, document, Variant::Fragment);
    corrections(&mut markup, about, Variant::Fragment);
    article::body(&mut markup, document, Variant::Fragment);
    markup.finish()
}

/// Writes publisher and date.
fn byline(markup: &mut Markup, document: &Document, about: &About) {
    markup.open("p", &[("class", "byline")]);
    markup.element("span", &[], &format!("发布机构：{}", document.document.author));
    if let Some(published) = &about.published {
        markup.words(" ");
        markup.open("span", &[]);
        markup.words("发布日期：");
        markup.element("time", &[("datetime", &published.iso)], &published.words);
        markup.close();
    }
    markup.close();
    markup.line();
}

/// Writes the links to the files beside the page, and to the data.
fn downloads(markup: &mut Markup, about: &About) {
    if about.beside.is_empty() && about.data.is_none() {
        return;
    }
    markup.open("nav", &[("class", "downloads"), ("aria-label", "下载")]);
    markup.open("ul", &[]);
    for beside in &about.beside {
        let is_pdf = beside.name.ends_with(".pdf");
        let (what, mime) = if is_pdf {
            ("PDF", "application/pdf")
        } else {
            ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        };
        markup.open("li", &[]);
        let address = relative_address(&beside.name);
        markup.element(
            "a",
            &[("href", &address), ("type", mime)],
            &format!("下载{what}（{}）", extent(beside)),
        );
        markup.close();
    }
    if let Some(data) = &about.data {
        // The page is one file, so the data is part of the link. A link is neither executed nor fetched, so the strictest
        // content security policy allows it, unlike a `script` element of any type.
        let address = format!("data:application/json;base64,{}", BASE64_STANDARD.encode(data));
        let name = format!("{}.json", about.stem);
        markup.open("li", &[]);
        markup.element(
            "a",
            &[("href", &address), ("rel", "alternate"), ("type", "application/json"), ("download", &name)],
            &format!("下载数据（JSON，{}）", size(data.len())),
        );
        markup.close();
    }
    markup.close();
    markup.close();
    markup.line();
}

/// Pages and size of a file: 7页，213 KB.
fn extent(beside: &Beside) -> String {
    let pages = beside.pages.map_or_else(String::new, |pages| format!("{pages}页，"));
    pages + &size(beside.bytes)
}

/// Writes one line for each correction. Withdrawn values are mentioned, not shown.
fn corrections(markup: &mut Markup, about: &About, variant: Variant) {
    for (index, correction) in about.corrections.iter().enumerate() {
        markup.open("p", &[variant.attribute(Part::Correction)]);
        markup.words(&format!("本报告于{}更正", correction.date.words));
        if !correction.reason.is_empty() {
            markup.words(&format!("：{}", correction.reason));
        }
        if !correction.reason.ends_with(['。', '！', '？']) {
            markup.words("。");
        }
        if correction.withdrawn {
            markup.words("部分内容已撤下。");
        }
        // The fragment is pasted elsewhere, where the linked files are not.
        if let (Some(note), Variant::Page) = (&correction.note, variant) {
            let words = match about.corrections.len() {
                1 => format!("更正说明（PDF，{}）", extent(note)),
                _ => format!("第{}号更正说明（PDF，{}）", index + 1, extent(note)),
            };
            let address = relative_address(&note.name);
            markup.element("a", &[("href", &address), ("type", "application/pdf")], &words);
        }
        markup.close();
        markup.line();
    }
}

/// Writes the table of contents.
fn contents(markup: &mut Markup, document: &Document) {
    markup.open("nav", &[("class", "contents"), ("aria-label", "目录")]);
    markup.open("ul", &[]);
    for (index, chapter) in document.chapters.iter().enumerate() {
        let address = format!("#{}", article::anchor(index + 1));
        markup.open("li", &[]);
        markup.element("a", &[("href", &address)], &chapter.heading);
        markup.close();
    }
    markup.close();
    markup.close();
    markup.line();
}

/// A date in ISO form in Chinese words; any other text is returned unchanged.
pub fn spelled_day(iso: &str) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), |date| Day::of(date).words)
}
