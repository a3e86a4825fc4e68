//! `citation`: 文号 written wrongly, a form that is not this year's, and 条例 under a wrong name or number.

use std::{fmt::Write, ops::Range, sync::Arc};

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            Said, Texts,
            scan::{has_any, head, is_han, sentences, tail},
        },
    },
    finding::{Finding, Rule, Severity},
    form::{self, Form},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "引用的文件名称、文号有误",
    demands: "文号写成“国办公开办函〔2021〕30号”：年份用六角括号，不加“第”，不编虚位；引用当年的格式；条例是国务院令第711号。",
    source: "GB/T 9704-2012 7.2.5；国办公开办函〔2021〕30号；国务院令第711号",
    mend: "按提示改正。",
    check: Some(Check { turn: 140, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// 条例 as it was promulgated: 国务院令第711号, 3 April 2019.
const REGULATION: &str = "中华人民共和国政府信息公开条例";

/// The number of the order in force, and of the one of 2007 that it replaced.
const ORDER: (&str, &str) = ("711", "492");

/// Longer names between 《 and 》 are not looked at, in characters.
const NAME: usize = 40;

/// As far as this on both sides of a citation its sentence is looked through, in characters.
const SENTENCE: usize = 100;

/// How like the right name of 条例 another must be to be meant for it.
const LIKE: f64 = 0.8;

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let forms = Forms::of(texts);
    let mut findings = Vec::new();
    for said in &texts.said {
        let mut found = Vec::new();
        numbers(&said.text, &forms, &mut found);
        forms.other_form(&said.text, &mut found);
        forms.misnamed(&said.text, &mut found);
        regulation(&said.text, &mut found);
        found.sort_by_key(|wrong| wrong.part.start);
        let mut end = 0;
        for wrong in found {
            // Of two complaints of the same words the first says enough.
            if wrong.part.start >= end {
                end = wrong.part.end;
                findings.push(told(texts, said, wrong));
            }
        }
    }
    findings
}

/// A citation that is wrong.
struct Wrong {
    part: Range<usize>,
    message: String,
    hint: String,
}

fn told(texts: &Texts<'_>, said: &Said, wrong: Wrong) -> Finding {
    texts.warn(said, wrong.part, Rule::Citation, wrong.message).hint(wrong.hint)
}

/// The forms that a report may or may not cite.
struct Forms<'a> {
    /// The form for the year.
    right: Option<&'a Arc<Form>>,
    /// All of them.
    all: &'a [Arc<Form>],
    year: u16,
}

/// A 文号 taken apart: what stands before the bracket, the year, the number.
struct Number<'t> {
    prefix: &'t str,
    year: &'t str,
    number: &'t str,
}

/// `国办公开办函〔2021〕30号` taken apart.
fn split(source: &str) -> Option<Number<'_>> {
    let (prefix, rest) = source.split_once('〔')?;
    let (year, rest) = rest.split_once('〕')?;
    Some(Number { prefix, year, number: rest.strip_suffix('号')? })
}

impl<'a> Forms<'a> {
    fn of(texts: &'a Texts<'_>) -> Self {
        let all = form::all().unwrap_or_default();
        Self { right: all.iter().find(|form| form.years.contains(texts.year())), all, year: texts.year() }
    }

    /// The 文号 that was meant where the prefix is nearly that of the forms: the year's own.
    fn meant(&self, year: &str) -> Option<&'a str> {
        let of_year =
            self.all.iter().find(|form| split(&form.source).is_some_and(|source| source.year == year));
        of_year.or(self.right).map(|form| form.source.as_str())
    }

    /// Whether a prefix is, or is meant for, that of the forms.
    fn is_prefix(&self, prefix: &str) -> Option<bool> {
        let right = self.all.iter().filter_map(|form| split(&form.source)).map(|source| source.prefix);
        let mut near = None;
        for right in right {
            if prefix == right {
                return Some(true);
            }
            // 国办公开函, 国办公开办: the opening is right, and a character is missing or too many.
            let is_near = prefix.starts_with("国办公开") || prefix.starts_with("国办函公开");
            if is_near && strsim::levenshtein(prefix, right) <= 2 {
                near = Some(false);
            }
        }
        near
    }

    /// The form's name with a word left out or changed: 政府信息公开工作报告格式.
    fn misnamed(&self, text: &str, found: &mut Vec<Wrong>) {
        let Some(right) = self.right else { return };
        for (at, open) in text.match_indices(['《', '〈']) {
            let start = at + open.len();
            let Some(end) = head(&text[start..], NAME).find(['》', '〉']).map(|end| start + end) else {
                continue;
            };
            let name = text[start..end].trim_start_matches("中华人民共和国");
            let is_known = self.all.iter().any(|form| {
                let form = form.name.trim_start_matches("中华人民共和国");
                form == name || form.trim_end_matches("（试行）") == name
            });
            let meant = right.name.trim_start_matches("中华人民共和国");
            let is_like = name.ends_with("格式")
                && name.contains("信息公开")
                && strsim::normalized_levenshtein(name, meant) >= LIKE;
            if is_like && !is_known {
                found.push(Wrong {
                    part: at..end + "》".len(),
                    message: format!("格式的名称写成了“《{}》”", &text[start..end]),
                    hint: format!("应为《{}》（{}）", right.name, right.source),
                });
            }
        }
    }

    /// A form of other years, cited by its 文号 or its name.
    fn other_form(&self, text: &str, found: &mut Vec<Wrong>) {
        let Some(right) = self.right else { return };
        for form in self.all.iter().filter(|form| form.id != right.id) {
            // 《…格式（试行）》 is also called 《格式（试行）》.
            let trial = if form.name.ends_with("（试行）") { "格式（试行）" } else { "" };
            let names = [form.source.as_str(), form.name.as_str(), trial];
            let cited = names
                .into_iter()
                .filter(|name| !name.is_empty() && !right.name.contains(name))
                .flat_map(|name| text.match_indices(name).map(move |(at, _)| (at, name)))
                .filter(|(at, name)| is_cited(text, *at, name, form))
                .min_by_key(|(at, name)| (*at, usize::MAX - name.len()));
            // Name and 文号 stand together, and are one citation.
            if let Some((at, name)) = cited {
                found.push(Wrong {
                    part: at..at + name.len(),
                    message: format!("{}年的报告引用了“{name}”，那不是这一年度的格式", self.year),
                    hint: format!("应引用《{}》（{}）", right.name, right.source),
                });
            }
        }
    }
}

/// 国务院令第711条, where 号 was meant.
fn order_sign(text: &str, found: &mut Vec<Wrong>) {
    for (at, _) in text.match_indices("国务院令") {
        let behind = text[at + "国务院令".len()..].trim_start_matches('第');
        let number = [ORDER.0, ORDER.1].into_iter().find(|number| behind.starts_with(number));
        let Some(rest) = number.map(|number| &behind[number.len()..]) else { continue };
        let Some(sign) = rest.chars().next().filter(|c| "条款项".contains(*c)) else { continue };
        let part = at..text.len() - rest.len() + sign.len_utf8();
        found.push(Wrong {
            message: format!("“{}”的“{sign}”应为“号”", &text[part.clone()]),
            hint: format!("应为“国务院令第{}号”", ORDER.0),
            part,
        });
    }
}

/// Whether a form is cited rather than said to have been replaced.
fn is_cited(text: &str, at: usize, name: &str, form: &Form) -> bool {
    let before = tail(&text[..at], SENTENCE);
    let before = before.rfind('。').map_or(before, |stop| &before[stop..]);
    let behind = head(&text[at + name.len()..], SENTENCE);
    let behind = behind.find('。').map_or(behind, |stop| &behind[..stop]);
    // 《…格式》 without （试行） may be short for the older form.
    let is_short = name == form.name && !name.ends_with("（试行）");
    let is_past = [before, behind].iter().any(|part| has_any(part, &["废止", "同时停止", "修订前", "替代"]));
    !is_past && !is_short
}

/// 文号 with wrong brackets, lost digits, 第 or a needless zero.
fn numbers(text: &str, forms: &Forms<'_>, found: &mut Vec<Wrong>) {
    let is_about_form = text.contains("年度报告格式");
    for (at, open) in text.char_indices().filter(|(_, c)| OPEN.contains(*c)) {
        let inside = &text[at + open.len_utf8()..];
        let year: String = inside.chars().take_while(char::is_ascii_digit).collect();
        let close = inside[year.len()..].chars().next();
        let is_closed = close.is_some_and(|c| CLOSE.contains(c));
        let rest = &inside[year.len() + if is_closed { close.map_or(0, char::len_utf8) } else { 0 }..];
        let first = rest.strip_prefix('第').unwrap_or(rest);
        let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
        let behind = &first[digits.len()..];
        let prefix = prefix(&text[..at]);
        let start = at - prefix.len();
        let kind = forms.is_prefix(prefix);
        let is_number = !prefix.is_empty()
            && (kind.is_some()
                || (behind.starts_with('号') && year.len() >= 4 && year.starts_with(['1', '2'])));
        if !is_number || (open != '〔' && close == Some('〕') && year.is_empty()) {
            continue;
        }
        let sign = if behind.starts_with('号') { "号" } else { "" };
        let part = start..text.len() - behind.len() + sign.len();
        let written = &text[part.clone()];
        let mut right = String::new();
        let is_whole = year.len() == 4 && is_closed && !digits.is_empty();
        if let Some(source) = kind.and_then(|_| forms.meant(year.get(..4).unwrap_or_default())) {
            let number = split(source).map_or("", |source| source.number);
            // Other papers of the same office have numbers of their own.
            let is_form = !is_whole || digits.trim_start_matches('0') == number || is_about_form;
            if is_form {
                right.push_str(source);
            }
        }
        if right.is_empty() && is_whole {
            let _ = write!(right, "{prefix}〔{year}〕{}号", digits.trim_start_matches('0'));
        }
        if written == right {
            continue;
        }
        let hint = match right.is_empty() {
            true => "文号写成“机关代字〔年份〕顺序号”，例如“〔2021〕30号”".to_owned(),
            false => format!("应为“{right}”"),
        };
        found.push(Wrong { part, message: format!("文号“{written}”写得不规范"), hint });
    }
    // 2021〕30号, with its opening bracket lost.
    for (at, close) in text.match_indices('〕') {
        let year = &text[..at];
        let digits = year.bytes().rev().take_while(u8::is_ascii_digit).count();
        let before = year[..year.len() - digits].chars().next_back();
        if digits > 0 && !before.is_some_and(|c| OPEN.contains(c)) {
            let part = at - digits..at + close.len();
            found.push(Wrong {
                message: format!("文号里“{}”的前半个括号丢了", &text[part.clone()]),
                hint: "年份用六角括号括起来，例如“〔2021〕30号”".to_owned(),
                part,
            });
        }
    }
}

/// Brackets that people put a year into.
const OPEN: &str = "〔（([【［﹝「";
const CLOSE: &str = "〕）)]】］﹞」";

/// The letters of the issuing body before a bracket: 国办公开办函, 甘政办发.
fn prefix(before: &str) -> &str {
    let start = before.char_indices().rev().take_while(|(_, c)| is_han(*c)).take(10).last();
    let run = start.map_or("", |(start, _)| &before[start..]);
    // 国办公开办函 may stand right behind other words: 按照国办公开办函.
    let run = run.find("国办").map_or(run, |at| &run[at..]);
    // 国办公开办涵: a character like 函.
    let ends_like_one = run.starts_with("国办公开")
        || run.ends_with(['函', '发', '办', '字', '文', '通', '规', '令', '政', '公', '开', '财', '综']);
    if ends_like_one { run } else { "" }
}

/// 条例 under a wrong name, or by the number of the order that it replaced.
fn regulation(text: &str, found: &mut Vec<Wrong>) {
    for (at, _) in text.match_indices('《') {
        let start = at + '《'.len_utf8();
        let Some(end) = head(&text[start..], NAME).find('》').map(|end| start + end) else { continue };
        let name = &text[start..end];
        let is_like = name.len() < 2 * REGULATION.len()
            && name.starts_with('中')
            && strsim::normalized_levenshtein(name, REGULATION) >= LIKE;
        if (is_like || name.ends_with("信息公开条列")) && name != REGULATION {
            found.push(Wrong {
                part: at..end + '》'.len_utf8(),
                message: format!("条例的名称写成了“《{name}》”"),
                hint: format!("应为《{REGULATION}》"),
            });
        }
    }
    order_sign(text, found);
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let Some(named) = words.find("信息公开条例") else { continue };
        let is_past = has_any(words, &["废止", "修订前", "原《"]);
        for (at, _) in words.match_indices("国务院") {
            let behind = words[at + "国务院".len()..].trim_start_matches(['令', '第']);
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let number = &behind[..digits];
            let is_order = behind[digits..].starts_with('号') && digits > 0;
            // Behind the name, within its brackets, a number can only be that of 条例.
            let is_its_own = named < at && at - named < "信息公开条例》（中华人民共和国".len() + 3;
            if !is_order || number == ORDER.0 || is_past || !(number == ORDER.1 || is_its_own) {
                continue;
            }
            let end = words.len() - behind.len() + digits + '号'.len_utf8();
            let written = &words[at..end];
            found.push(Wrong {
                part: sentence.start + at..sentence.start + end,
                message: format!("条例的文号写成了“{written}”"),
                hint: "现行条例是2019年修订的国务院令第711号；第492号是2007年的旧条例".to_owned(),
            });
        }
    }
}
