//! The index of a site: `index.html` for people, `index.json` for programs.

use serde_json::{Value, json};

use super::gather::{Site, SiteFile, SiteReport};
use gongbao_formats::html::{
    markup::{Markup, relative_address, size},
    policy, spelled_day,
};

/// Value in `index.json` that identifies a site of this program.
pub(super) const GENERATOR: &str = "gongbao site";
/// The files of the index.
pub(super) const INDEX: [&str; 2] = ["index.html", "index.json"];

const STYLE: &str = include_str!("index.css");
const TITLE: &str = "政府信息公开工作年度报告";

/// Returns the address of a file relative to the folder of the site.
pub(super) fn path(report: &SiteReport, file: &SiteFile) -> String {
    format!("{}/{}", report.stem, file.name)
}

/// Returns `index.json`.
pub(super) fn for_programs(site: &Site) -> String {
    let reports: Vec<Value> = site.reports.iter().map(report_json).collect();
    let index = json!({ "generator": GENERATOR, "reports": reports });
    format!("{index:#}\n")
}

fn report_json(report: &SiteReport) -> Value {
    let files: Vec<Value> = report
        .files
        .iter()
        .map(|file| {
            json!({
                "path": path(report, file),
                "type": media_type(&file.name),
                "bytes": file.entry.bytes,
                "pages": file.entry.pages,
                "sha256": file.entry.sha256,
            })
        })
        .collect();
    let subject = &report.subject;
    json!({
        "stem": report.stem,
        "agency": subject.agency,
        "region": subject.region,
        "year": subject.year,
        "title": subject.title,
        "state": state(report),
        "published": subject.published,
        "corrected": subject.corrected,
        "files": files,
    })
}

/// Returns the state of a report for `index.json`.
fn state(report: &SiteReport) -> &'static str {
    let subject = &report.subject;
    match (subject.corrected.is_empty(), &subject.published) {
        (false, _) => "corrected",
        (true, Some(_)) => "published",
        (true, None) => "built",
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("pdf") => "application/pdf",
        Some("html") => "text/html",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// Returns `index.html`: the bodies, each with its reports, newest first.
pub(super) fn for_people(site: &Site) -> String {
    let mut markup = Markup::document();
    markup.open("html", &[("lang", "zh-CN")]);
    markup.open("head", &[]);
    markup.void("meta", &[("charset", "utf-8")]);
    markup.line();
    policy(&mut markup, STYLE);
    markup.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    markup.element("title", &[], TITLE);
    markup.void("link", &[("rel", "icon"), ("href", "data:,")]);
    markup.line();
    markup.style(STYLE);
    markup.close();
    markup.line();
    markup.open("body", &[]);
    markup.open("main", &[]);
    markup.line();
    markup.element("h1", &[], TITLE);
    markup.line();
    let same_body = |a: &SiteReport, b: &SiteReport| {
        a.subject.agency == b.subject.agency && a.subject.region == b.subject.region
    };
    for reports in site.reports.chunk_by(same_body) {
        body(&mut markup, reports);
    }
    markup.finish()
}

fn body(markup: &mut Markup, reports: &[SiteReport]) {
    let Some(first) = reports.first() else { return };
    markup.open("h2", &[]);
    markup.words(&first.subject.agency);
    if let Some(region) = &first.subject.region {
        markup.words(" ");
        markup.element("span", &[("class", "region")], region);
    }
    markup.close();
    markup.line();
    markup.open("ul", &[]);
    markup.line();
    for report in reports {
        markup.open("li", &[]);
        one(markup, report);
        markup.close();
        markup.line();
    }
    markup.close();
    markup.line();
}

/// Writes one report. Its title links to the page, otherwise to another file.
fn one(markup: &mut Markup, report: &SiteReport) {
    let address =
        |file: &SiteFile| format!("{}/{}", relative_address(&report.stem), relative_address(&file.name));
    let named =
        |ending: &str| report.files.iter().find(|file| file.name == format!("{}.{ending}", report.stem));
    let page = named("html");
    let main = page.or_else(|| named("pdf")).or_else(|| report.files.first());
    if let Some(main) = main {
        markup.element("a", &[("href", &address(main))], &report.subject.title);
    }
    markup.words(" ");
    let (class, words) = state_label(report);
    markup.element("span", &[("class", class)], &words);
    let others = [("pdf", "PDF"), ("docx", "Word")];
    let others = others.iter().filter_map(|(ending, what)| Some((named(ending)?, *what)));
    for (file, what) in others {
        markup.words(" ");
        // The link texts are the same for every report; the accessible name also contains the body and begins with
        // the visible text.
        let words = format!("{what}（{}）", size(file.entry.bytes));
        let label = format!("{}{words}", report.subject.title);
        markup.element("a", &[("href", &address(file)), ("aria-label", &label)], &words);
    }
}

/// Returns the state of a report in Chinese, with its class.
fn state_label(report: &SiteReport) -> (&'static str, String) {
    let subject = &report.subject;
    let published = subject.published.as_deref().map(|day| format!("{}公布", spelled_day(day)));
    match (subject.corrected.last(), published) {
        (Some(last), published) => {
            let published = published.map_or_else(String::new, |published| published + "，");
            ("corrected", format!("已更正（{published}{}更正）", spelled_day(last)))
        }
        (None, Some(published)) => ("published", format!("已公布（{published}）")),
        (None, None) => ("built", "未登记公布".to_owned()),
    }
}
