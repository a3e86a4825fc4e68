//! P7: the period of the figures, the title and the date are those of the year reported on.

use std::ops::Range;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            PREFACE, PROBLEMS, Said, Texts,
            scan::{Year, first_of, has_any, head, sentences, tail, years},
        },
    },
    finding::{Finding, Message, Remedy, Rule, Severity},
    report::{self, fields},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    varies: "某一段沿用了别的年度、统计期限不是整年、日期里丢字的，为提醒",
    title: "年度一致",
    demands: "统计期限、标题里的年度与报告年度（year）相同，统计期限是1月1日至12月31日；成文日期和公布日期在年度过完之后。",
    source: "条例第四十九条（“上一年度”）；各地审核年报的通行做法",
    mend: "改正写错的一处；多半是沿用上年文稿没有改年份。",
    check: Some(Check { turn: 60, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// What names the period of the figures.
const PERIOD: [&str; 8] =
    ["统计期限", "统计时限", "统计时间", "统计期间", "统计周期", "统计时段", "统计区间", "数据期限"];

/// How many characters behind the name its first year stands at most.
const NEAR: usize = 20;

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    title(texts, &mut findings);
    dates(texts, &mut findings);
    for said in texts.of(PROBLEMS) {
        findings.extend(old_problems(texts, said));
    }
    for said in &texts.said {
        if !periods(texts, said, &mut findings) {
            other_year(texts, said, &mut findings);
        }
    }
    findings
}

/// The title names another year.
fn title(texts: &Texts<'_>, findings: &mut Vec<Finding>) {
    let Some(title) = &texts.file.report.title else { return };
    let years = years(&title.replace('\n', ""));
    if years.is_empty() || years.iter().any(|year| year.year == texts.year()) {
        return;
    }
    let message = Message::from(format!("标题写的是{}年，", years[0].year)).join(reported_year(texts));
    let hint = Message::from("请改正标题或").field(fields::name("year")).then("；两处应是同一个年度");
    findings.push(texts.at("title", Rule::P7, Severity::Error, message).hint(hint));
}

/// What the report says of its year.
fn reported_year(texts: &Texts<'_>) -> Message {
    Message::from("报告年度").path("year").then(format!("是{}年", texts.year()))
}

/// The report is dated, or published, before the year is over.
fn dates(texts: &Texts<'_>, findings: &mut Vec<Finding>) {
    let report = &texts.file.report;
    let year = texts.year();
    let is_within = |date: jiff::civil::Date| i64::from(date.year()) <= i64::from(year);
    if let Some(date) = report.date.filter(|date| is_within(*date)) {
        let message = format!("成文日期{}早于统计期限截止日（{year}年12月31日）", report::day(date));
        let hint = Message::from("年度过完才有全年数据：请核对").field(fields::name("date"));
        let hint = hint.then("，或核对").field(fields::name("year"));
        findings.push(texts.at("date", Rule::P7, Severity::Error, message).hint(hint));
    }
    if let Some(published) = report.published.as_ref().filter(|published| is_within(published.date)) {
        let message =
            format!("公布日期{}早于统计期限截止日（{year}年12月31日）", report::day(published.date));
        let hint = Message::from("年度过完才有全年数据：请核对公布日期和").field(fields::name("year"));
        findings.push(texts.at("published.date", Rule::P7, Severity::Error, message).hint(hint));
    }
}

/// The period that a paragraph gives, wherever it gives one; says whether it does.
fn periods(texts: &Texts<'_>, said: &Said, findings: &mut Vec<Finding>) -> bool {
    let mut any = false;
    for sentence in sentences(&said.text) {
        let text = said.part(sentence.clone());
        let Some(start) = period_start(text) else { continue };
        any = true;
        let rest = &text[start..];
        let at = sentence.start + start;
        if let Some(lost) = lost_year_sign(rest) {
            findings.push(lost_sign(texts, said, at + lost.start..at + lost.end));
        }
        let Some(period) = Period::read(rest) else {
            findings.extend(collapsed(rest).map(|lost| {
                let part = at + lost.start..at + lost.end;
                let message = format!("统计期限写成了“{}”，丢了“年”“月”等字", said.part(part.clone()));
                let hint = format!("应为{0}年1月1日至{0}年12月31日；多半是从网页复制时丢的", texts.year());
                texts.warn(said, part, Rule::P7, message).hint(hint)
            }));
            continue;
        };
        let part = at + period.range.start..at + period.range.end;
        let wrong = [Some(period.from), period.to].into_iter().flatten().find(|year| *year != texts.year());
        if let Some(wrong) = wrong {
            let message = format!("统计期限“{}”出现{wrong}年，", said.part(part.clone()));
            let message = Message::from(message).join(reported_year(texts));
            let hint = format!("统计期限应为{0}年1月1日至{0}年12月31日", texts.year());
            findings.push(texts.about(said, part, Rule::P7, Severity::Error, message).hint(hint));
        } else if !period.is_whole_year {
            let message =
                format!("统计期限“{}”不是1月1日至12月31日，不是一个完整的年度", said.part(part.clone()));
            let hint = "请核对起止日期；单位年中成立或撤销的，请在文字里说明";
            findings.push(texts.warn(said, part, Rule::P7, message).hint(hint));
        }
    }
    any
}

/// Where a sentence begins to speak of the period of the figures.
fn period_start(text: &str) -> Option<usize> {
    if let Some((at, word)) = first_of(text, &PERIOD) {
        return Some(at + word.len());
    }
    // 本报告中所列数据自2023年1月1日起至12月31日止.
    let at = text.find("1月1日")?;
    let is_about_figures = has_any(&text[..at], &["数据", "统计", "本报告", "本年度报告"]);
    let starts = years(&text[..at]).into_iter().next_back()?;
    (is_about_figures && starts.range.end == at && text[at..].contains("12月31"))
        .then_some(starts.range.start)
}

/// `20251月1日`, where the 年 was lost in copying.
fn lost_year_sign(text: &str) -> Option<Range<usize>> {
    let end = text.find("1月1日")?;
    let start = end.checked_sub(4)?;
    let year = text.get(start..end).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_more = text[..start].ends_with(|c: char| c.is_ascii_digit());
    (!is_more && year.starts_with("20")).then_some(start..end + "1月1日".len())
}

/// `202011日至20201231日`, where 年 and 月 were lost: digits that begin like a year, where a date belongs.
fn collapsed(text: &str) -> Option<Range<usize>> {
    let near = head(text, NEAR);
    let start = near.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let is_date = (5..=8).contains(&digits) && text[start..].starts_with("20");
    let end = start + digits;
    (is_date && text[end..].starts_with(['日', '至', '起'])).then(|| {
        let rest = head(&text[end..], NEAR);
        let last = rest.rfind('日').map_or(0, |at| at + '日'.len_utf8());
        start..end + last
    })
}

fn lost_sign(texts: &Texts<'_>, said: &Said, part: Range<usize>) -> Finding {
    let year = &said.part(part.clone())[..4];
    let message = format!("统计期限写成了“{}”，丢了“年”字", said.part(part.clone()));
    let hint = format!("应为“{year}年1月1日”；多半是从网页复制时丢的");
    texts.warn(said, part, Rule::P7, message).hint(hint)
}

/// A period: 自2023年1月1日起至2023年12月31日止.
struct Period {
    from: u16,
    /// The year of the end, where it is given.
    to: Option<u16>,
    /// Whether it is a year, or from 1 January to 31 December.
    is_whole_year: bool,
    range: Range<usize>,
}

impl Period {
    fn read(text: &str) -> Option<Self> {
        let near = head(text, NEAR);
        let years = years(head(text, 3 * NEAR));
        let from = years.first().filter(|year| year.range.start < near.len())?;
        let behind = &text[from.range.end..];
        let (first, to, end) = match day(behind) {
            None => return Some(Self::year(from)),
            Some((first, length)) => {
                let at = from.range.end + length;
                let rest = &text[at..];
                let link = rest.trim_start_matches(['起', '开', '始', '，']);
                let after = link.trim_start_matches(['至', '到', '—', '－', '-', '~', '～', '–']);
                if after.len() == link.len() {
                    let range = from.range.start..at;
                    return Some(Self { from: from.year, to: None, is_whole_year: true, range });
                }
                let at = text.len() - after.len();
                let to = years.iter().find(|year| year.range.start == at);
                let at = to.map_or(at, |to| to.range.end);
                let last = day(&text[at..]);
                (first, to.map(|to| (to.year, last)).or(last.map(|last| (from.year, Some(last)))), at)
            }
        };
        let last = to.and_then(|(_, last)| last);
        let range = from.range.start..end + last.map_or(0, |(_, length)| length);
        // An end that cannot be read is nothing to complain of.
        let is_whole_year = first == (1, 1) && last.is_none_or(|(day, _)| day == (12, 31));
        Some(Self { from: from.year, to: to.map(|(year, _)| year), is_whole_year, range })
    }

    fn year(year: &Year) -> Self {
        Self { from: year.year, to: None, is_whole_year: true, range: year.range.clone() }
    }
}

/// The month and day that open a text, and how long they are: `12月31日`, also `12月31`.
fn day(text: &str) -> Option<((u8, u8), usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let month = digits(text);
    let rest = text.get(month..)?.strip_prefix('月')?;
    let day = digits(rest);
    let numbers = (text[..month].parse().ok()?, rest[..day].parse().ok()?);
    let sign = if rest[day..].starts_with('日') { "日".len() } else { 0 };
    Some((numbers, month + "月".len() + day + sign))
}

/// A paragraph that speaks of another year as if it were the one reported on.
fn other_year(texts: &Texts<'_>, said: &Said, findings: &mut Vec<Finding>) {
    // Chapter 五 looks back to last year's problems and ahead to next year's work.
    if said.key == PROBLEMS {
        return;
    }
    let years = years(&said.text);
    if years.iter().any(|year| year.year == texts.year()) {
        return;
    }
    let wrong = years.iter().find(|year| opens(&said.text, year) || is_own_report(said, year));
    let Some(wrong) = wrong.filter(|wrong| wrong.year < texts.year() || said.key == PREFACE) else { return };
    let message = format!("这一段写的是{}年的情况，报告年度是{}年", wrong.year, texts.year());
    let hint = Message::from("多半是沿用上年文稿没有改；确实是回顾或展望的，")
        .remedy(Remedy::Accept { names_file: true });
    findings.push(texts.warn(said, wrong.range.clone(), Rule::P7, message).hint(hint));
}

/// A heading of chapter 五 with a year that nobody changed: problems are this year's, improvements also of last year's
/// problems.
fn old_problems(texts: &Texts<'_>, said: &Said) -> Option<Finding> {
    let end = said.text.find(['。', '：']).unwrap_or(said.text.len());
    let heading = head(&said.text[..end], 2 * NEAR);
    let is_heading = said.level > 0 || said.text.len() == heading.len() && !heading.contains('，');
    let wrong = years(heading).into_iter().find(|wrong| wrong.year < texts.year())?;
    let is_improved = has_any(heading, &["改进", "整改", "解决", "落实", "上年", "上一年"]);
    if !is_heading || !has_any(heading, &["问题", "不足", "改进", "整改"]) {
        return None;
    }
    let is_last_year = wrong.year + 1 == texts.year();
    if is_last_year && is_improved {
        return None;
    }
    let severity = if is_last_year { Severity::Unsure } else { Severity::Warning };
    let message = format!("第五部分的小标题写的是{}年，报告年度是{}年", wrong.year, texts.year());
    let hint = "多半是沿用往年文稿没有改；写的是上年问题的改进情况的，年份只能是上一年";
    Some(texts.about(said, wrong.range, Rule::P7, severity, message).hint(hint))
}

/// Whether what a paragraph says begins with this year.
fn opens(text: &str, year: &Year) -> bool {
    let before = &text[..year.range.start];
    let behind = text[year.range.end..].trim_start_matches('度');
    let is_near = head(text, NEAR).len() > year.range.start;
    let ends = ['况', '面', '作', '设', '理', '开', '障', '。', '：', '）', '.', '，', '—', '、'];
    let is_start = before.is_empty() || before.ends_with(ends);
    // 2019年以来, 2020年12月, 2020年至2022年, 2020年印发的《…》 are no statement about that year.
    let elsewhere = ["以来", "起", "底", "末", "初", "至", "到", "—", "-", "前", "后", "版", "修订", "印发"];
    let is_month = behind.starts_with(|c: char| c.is_ascii_digit());
    is_near && is_start && !is_month && !elsewhere.iter().any(|word| behind.starts_with(word))
}

/// Whether the preface calls the report itself one of this year.
fn is_own_report(said: &Said, year: &Year) -> bool {
    let behind = said.text[year.range.end..].trim_start_matches('度');
    let before = tail(&said.text[..year.range.start], 3 * NEAR);
    said.key == PREFACE
        && ["政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作报告"]
            .iter()
            .any(|name| behind.starts_with(name))
        // 《关于做好2022年政府信息公开工作年度报告编制工作的通知》 is somebody else's title.
        && before.rfind('《') <= before.rfind('》')
}
