//! `numbering`: ordinals that skip or repeat, and a second system of numbers within a chapter.
//!
//! `一、` within a chapter has been complained of by reading.

use std::ops::Range;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            Said, Texts,
            scan::{chinese, number, to_chinese},
        },
    },
    finding::{Finding, Rule, Severity},
    form::section,
    report::{level, opens_like_a_chapter},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "序号混乱",
    demands: "部分之内依次用“（一）”“1.”“（1）”，不跳号、不重号、不混用；“一是”“二是”也一样。",
    source: "GB/T 9704-2012 7.3.3；各地审核年报的通行做法",
    mend: "按顺序重新编号。",
    check: Some(Check { turn: 130, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Lists stand in lists no deeper than this.
const DEPTH: usize = 4;

const HINT: &str = "请按顺序重新编号；部分之内依次用“（一）”“1.”“（1）”";

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The texts beside a table are one chapter with it; the numbers run through.
    for said in texts.said.chunk_by(|one, next| section(one.key) == section(next.key)) {
        let said: Vec<&Said> = said.iter().collect();
        paragraphs(texts, &said, &mut findings);
        points(texts, &said, &mut findings);
    }
    findings
}

/// An ordinal that opens a paragraph.
struct Ordinal {
    /// 2 for （一）, 3 for 1., 4 for （1）.
    level: u8,
    value: u32,
    range: Range<usize>,
}

impl Ordinal {
    fn of(text: &str) -> Option<Self> {
        let level = level(text);
        let (open, close) = if level == 3 { ("", '.') } else { ("（", '）') };
        let end = text.find(close).filter(|_| level > 0)?;
        let value = number(text.get(open.len()..end)?)?;
        Some(Self { level, value, range: 0..end + close.len_utf8() })
    }

    /// An ordinal of this level as it is written.
    fn written(level: u8, value: u32) -> String {
        match level {
            2 => format!("（{}）", to_chinese(value)),
            3 => format!("{value}."),
            _ => format!("（{value}）"),
        }
    }
}

/// How far each level has been counted.
#[derive(Default)]
struct Counts {
    /// The last number of each level, 0 where its next must be the first.
    last: [u32; 5],
    /// Whether a paragraph without a number has stood since.
    broken: bool,
    /// The level that numbered first.
    first: Option<u8>,
    /// Whether it has been told that levels are turned round.
    told: bool,
}

/// The ordinals that open the paragraphs of a text.
fn paragraphs(texts: &Texts<'_>, said: &[&Said], findings: &mut Vec<Finding>) {
    let mut counts = Counts::default();
    for said in said {
        if opens_like_a_chapter(&said.text) {
            counts = Counts::default();
            continue;
        }
        let Some(ordinal) = Ordinal::of(&said.text) else {
            counts.broken = true;
            continue;
        };
        if let Some(message) = counts.count(&ordinal) {
            findings.push(texts.warn(said, ordinal.range.clone(), Rule::Numbering, message).hint(HINT));
        }
    }
}

impl Counts {
    /// Goes on with an ordinal; says what is wrong with it.
    fn count(&mut self, ordinal: &Ordinal) -> Option<String> {
        let Ordinal { level, value, .. } = *ordinal;
        let written = |value| Ordinal::written(level, value);
        let last = self.last[usize::from(level)];
        // After a paragraph without a number another list may begin.
        let begins_anew = value == 1 && (self.broken || last == 0);
        let message = if value == last + 1 || begins_anew {
            // （一） under 1. turns the order of the levels round.
            let is_turned = !self.told && last == 0 && level == 2;
            let turned = self.first.filter(|first| is_turned && *first > level);
            self.told |= turned.is_some();
            turned.map(|first| {
                let first = Ordinal::written(first, 1);
                format!("前面用了“{first}”编号，这里又用“{}”：一个部分里有两套编号", written(value))
            })
        } else if let Some(other) = self.goes_on_from(level, value) {
            Some(format!(
                "“{}”接在“{}”后面，换了一种编号：一个部分里有两套编号",
                written(value),
                Ordinal::written(other, value - 1)
            ))
        } else if last == 0 {
            Some(format!("编号从“{}”开始，前面没有“{}”", written(value), written(value - 1)))
        } else if value == last {
            Some(format!("编号“{}”重复", written(value)))
        } else if value > last {
            let missing: Vec<String> = (last + 1..value).take(3).map(written).collect();
            Some(format!("“{}”之后是“{}”，缺“{}”", written(last), written(value), missing.join("”“")))
        } else {
            Some(format!("“{}”之后又是“{}”", written(last), written(value)))
        };
        self.last[usize::from(level)] = value;
        let first = *self.first.get_or_insert(level);
        // Whatever numbered first stands above all others, rightly or not.
        for below in 2..=4 {
            if below != level && (level == first || below > level && below != first) {
                self.last[usize::from(below)] = 0;
            }
        }
        self.broken = false;
        message
    }

    /// The level above whose numbers this one goes on with.
    fn goes_on_from(&self, level: u8, value: u32) -> Option<u8> {
        (2..=4).find(|other| {
            *other != level
                && self.last[usize::from(level)] == 0
                && value > 1
                && self.last[usize::from(*other)] + 1 == value
        })
    }
}

/// A list of points under way: 一是…二是….
struct Points {
    last: u32,
    /// Whether its points open paragraphs, so that shorter lists may stand within them.
    opens: bool,
    /// The paragraph of its last point.
    paragraph: usize,
}

/// 一是, 二是, 三是 within a text.
fn points(texts: &Texts<'_>, said: &[&Said], findings: &mut Vec<Finding>) {
    let mut lists: Vec<Points> = Vec::new();
    for (number, said) in said.iter().enumerate() {
        // Each heading begins a text of its own.
        if said.level == 2 || opens_like_a_chapter(&said.text) {
            lists.clear();
        }
        for (value, range) in found(&said.text) {
            let opens = range.start == 0;
            let point = || Points { last: value, opens, paragraph: number };
            if value == 1 {
                lists.retain(|list| !opens && (list.opens || list.paragraph == number));
                lists.truncate(DEPTH);
                lists.push(point());
                continue;
            }
            let goes_on = lists.iter().rposition(|list| list.last + 1 == value);
            if let Some(index) = goes_on {
                lists.truncate(index + 1);
            } else {
                let last = lists.last().map_or(0, |list| list.last);
                if let Some(message) = wrong(value, last) {
                    let hint = "请核对是漏了一点，还是编错了号";
                    findings.push(texts.warn(said, range, Rule::Numbering, message).hint(hint));
                }
            }
            match lists.last_mut() {
                Some(list) => *list = Points { opens: list.opens || opens, ..point() },
                None => lists.push(point()),
            }
        }
    }
}

fn wrong(value: u32, last: u32) -> Option<String> {
    let written = |value| format!("{}是", to_chinese(value));
    if last == 0 {
        return Some(format!("有“{}”，前面没有“{}”", written(value), written(value - 1)));
    }
    if value == last {
        return Some(format!("“{}”重复", written(value)));
    }
    // A smaller number goes back to a list that stands further up.
    (value > last)
        .then(|| format!("“{}”之后是“{}”，没有“{}”", written(last), written(value), written(last + 1)))
}

/// The points of a paragraph: each numeral with 是 that begins a clause.
fn found(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices('是') {
        let before = &text[..at];
        let start = before
            .char_indices()
            .rev()
            .take(3)
            .take_while(|(_, c)| "一二三四五六七八九十".contains(*c))
            .last()
            .map_or(at, |(start, _)| start);
        let Some(value) = chinese(&before[start..]) else { continue };
        let begins = before[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if begins {
            found.push((value, start..at + sign.len()));
        }
    }
    found
}
