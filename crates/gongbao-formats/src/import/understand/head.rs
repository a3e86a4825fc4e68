//! Head of an imported report: agency, year, title and date, from the title, the first lines and the signature.

use jiff::civil::Date;

use super::{
    Hints,
    chapters::{Chapters, is_furniture, lines},
    date::{find_year, signed, squeeze},
};
use crate::import::{
    neutral::{Block, Document, Paragraph},
    words::{compact, trim},
};
use gongbao_core::report::fields::YEARS;

/// Head of a report.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) year: Option<u16>,
    pub(super) agency: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) preface: Vec<String>,
}

/// Ending of the title of every report.
const NAME: &str = "年度报告";
/// Words of the title that follow the agency's name.
const SUBJECTS: [&str; 3] = ["政府信息公开", "信息公开", "政务公开"];

impl Head {
    pub(super) fn of(blocks: &[Block], document: &Document, chapters: &Chapters, hints: &Hints) -> Self {
        let before: Vec<&Paragraph> = blocks
            .iter()
            .take(chapters.start)
            .enumerate()
            .filter(|(at, _)| !chapters.contents.contains(at))
            .filter_map(|(_, block)| match block {
                Block::Paragraph(paragraph) if !trim(&paragraph.text).is_empty() => Some(paragraph),
                _ => None,
            })
            .collect();
        let found = title(&before);
        let from_page = || document.title.as_deref().map(squeeze).and_then(|title| page_title(&title));
        let title = found.as_ref().map(|(title, _)| title.clone()).or_else(from_page);
        let parts = title.as_deref().map(parts);
        let mut head = Self {
            year: hints.year.or_else(|| parts.as_ref().and_then(|(year, _)| *year)),
            title,
            ..Self::default()
        };
        let mut signature = chapters.signature.iter();
        head.date = signature.next().and_then(|date| signed(date)).and_then(|(_, date)| date.parse().ok());
        let signed_by = signature.next().map(|name| squeeze(name)).unwrap_or_default();
        let named = parts.map(|(_, agency)| agency).unwrap_or_default();
        head.agency = hints.agency.clone().unwrap_or(if named.is_empty() { signed_by } else { named });
        let after = found.map_or(0, |(_, end)| end);
        let preface = before.iter().skip(after).filter(|paragraph| !paragraph.aside);
        let preface = preface.flat_map(|paragraph| lines(&paragraph.text));
        head.preface =
            preface.filter(|line| !(is_leftover(line) || document.page && is_furniture(line))).collect();
        head
    }
}

/// Year in the first lines, the texts or the title of the page.
pub(super) fn year(blocks: &[Block], document: &Document) -> Option<u16> {
    let paragraphs = || {
        blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
    };
    let titles = paragraphs().map(|paragraph| squeeze(&paragraph.text)).take(200);
    let titles = titles.filter(|text| text.chars().take(61).count() <= 60 && text.contains(NAME));
    let named = titles
        .chain(document.title.as_deref().map(squeeze))
        .find_map(|title| find_year(&title).map(|(year, _)| year));
    named.or_else(|| {
        // 统计期限: 2024年1月1日至2024年12月31日.
        let texts = paragraphs().map(|paragraph| compact(&paragraph.text));
        texts
            .filter_map(|text| {
                let at = text.find("年1月1日")?;
                let digits = text.get(at.checked_sub(4)?..at)?;
                digits.parse().ok().filter(|year| YEARS.contains(year))
            })
            .next()
    })
}

/// Title among the paragraphs before the first chapter, and the index after it. The title may have several lines.
fn title(before: &[&Paragraph]) -> Option<(String, usize)> {
    let at = before.iter().rposition(|paragraph| {
        let text = squeeze(&paragraph.text);
        text.chars().take(61).count() <= 60 && text.ends_with(NAME) && !text.contains(['。', '《', '，'])
    })?;
    let mut title = squeeze(&before.get(at)?.text);
    let mut above = at;
    // The line above is part of the title if the title so far contains no agency.
    while above > 0 && parts(&title).1.is_empty() {
        above -= 1;
        let line = squeeze(&before.get(above)?.text);
        let is_line = line.chars().take(41).count() <= 40
            && !line.contains(['。', '，', '：', '、'])
            && !is_furniture(&line);
        if !is_line {
            break;
        }
        title = line + &title;
    }
    Some((title, at + 1))
}

/// Title of a page without the name of the site.
fn page_title(text: &str) -> Option<String> {
    let parts = text.split(['_', '-', '|', '—', '–']).map(trim);
    parts.filter(|part| part.ends_with(NAME)).map(str::to_owned).next()
}

/// Year and agency in a title.
fn parts(title: &str) -> (Option<u16>, String) {
    let (year, rest) = match find_year(title) {
        Some((year, range)) => {
            let mut rest = title.to_owned();
            rest.replace_range(range, "");
            (Some(year), rest)
        }
        None => (None, title.to_owned()),
    };
    let end = SUBJECTS.iter().filter_map(|subject| rest.find(subject)).min();
    let agency = rest
        .get(..end.unwrap_or(0))
        .unwrap_or_default()
        .trim_start_matches("关于")
        .trim_end_matches(['的', '“', '《']);
    (year, agency.to_owned())
}

/// Whether a line is the remainder of a title: （2024年度）.
fn is_leftover(line: &str) -> bool {
    let compact = compact(line);
    let inner = compact.trim_start_matches('(').trim_end_matches(')').trim_end_matches('度');
    inner
        .strip_suffix('年')
        .is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_contain_year_and_agency() {
        for (title, year, agency) in [
            ("淮安市人民政府2024年政府信息公开工作年度报告", 2024, "淮安市人民政府"),
            ("2025年上海市人民政府办公厅政府信息公开工作年度报告", 2025, "上海市人民政府办公厅"),
            ("某某县民政局2023年度政府信息公开工作年度报告", 2023, "某某县民政局"),
            ("关于某某县民政局二〇二三年信息公开工作年度报告", 2023, "某某县民政局"),
        ] {
            assert_eq!(parts(title), (Some(year), agency.to_owned()), "{title}");
        }
    }
}
