//! What the portal publishes beside the PDF: the page, one self-contained file, and the fragment for pasting into
//! an editor. Both are made from the same [`Document`] as the PDF and from [`About`], and from nothing else.

mod about;
mod article;
mod dress;
mod head;
pub mod markup;
mod portal;
mod table;
mod widths;

pub use about::{About, Beside, CorrectionLine, Day};
pub use portal::Portal;

pub use head::policy;

use base64::{Engine, prelude::BASE64_STANDARD};

use dress::{Look, Part};
use gongbao_core::document::Document;
use markup::{Markup, relative_address, size};

/// The page: valid HTML that needs no script, no network and no other file to be read, with a policy of its own
/// that allows it none.
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
    article::title(&mut markup, document, Look::Page);
    byline(&mut markup, document, about);
    downloads(&mut markup, about);
    corrections(&mut markup, about, Look::Page);
    markup.close();
    markup.line();
    contents(&mut markup, document);
    article::body(&mut markup, document, Look::Page);
    markup.finish()
}

/// The fragment: the article alone, with a style on each element and no ids, for the editor of a portal.
pub fn fragment(document: &Document, about: &About) -> String {
    let mut markup = Markup::default();
    // Editors know `div` and take its style; `article` they leave bare.
    markup.open("div", &[("lang", "zh-CN"), ("style", "overflow-wrap:anywhere")]);
    markup.line();
    article::title(&mut markup, document, Look::Fragment);
    corrections(&mut markup, about, Look::Fragment);
    article::body(&mut markup, document, Look::Fragment);
    markup.finish()
}

/// Who published it, and when.
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

/// The files beside the page, and the data.
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
        // The page is one file, so its data travel in the link itself. A link is neither run nor fetched: the
        // strictest policy has nothing against it, which cannot be said of a `script` element of any type.
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

/// How long and how large a file is: 7页，213 KB.
fn extent(beside: &Beside) -> String {
    let pages = beside.pages.map_or_else(String::new, |pages| format!("{pages}页，"));
    pages + &size(beside.bytes)
}

/// One line on each correction. What was withdrawn is said to have been, and no more.
fn corrections(markup: &mut Markup, about: &About, look: Look) {
    for (index, correction) in about.corrections.iter().enumerate() {
        markup.open("p", &[look.of(Part::Correction)]);
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
        // The fragment goes where the files beside it do not.
        if let (Some(note), Look::Page) = (&correction.note, look) {
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

/// The chapters, to jump to.
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

/// A day that was written 2025-01-24 as people write it; what is no day stays as it is.
pub fn spelled_day(iso: &str) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), |date| Day::of(date).words)
}
