//! `doubled-word`: words typed or pasted twice: 资金资金, 过程性性信息, 的的.
//!
//! What is rightly repeated (层层, 等等, 一步一步, 人民政府政府信息) is left alone, and so is whatever
//! stands on both sides of a comma.

use std::collections::BTreeSet;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Said, Texts, scan::is_han},
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "字词重复",
    demands: "没有“资金资金”“过程性性信息”“的的”“，，”一类的重复；“层层”“等等”“一步一步”不算。",
    source: "各地审核年报的通行做法",
    mend: "删去多出来的字；确是两个词相连的，加标点或换一种说法。",
    check: Some(Check { turn: 120, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// The longest word that is looked for twice.
const LONGEST: usize = 6;

/// Characters that are never repeated, with what may stand before and behind where two of them meet by
/// chance: 为了|了解, 派出所所长.
const SINGLE: [(char, &str, &str); 27] = [
    ('的', "", "确"),
    ('了', "", "解结然"),
    ('性', "", ""),
    ('化', "", "学工解肥验石"),
    ('者', "", ""),
    ('们', "", ""),
    ('和', "", "谐平睦解美气善县田"),
    ('是', "", "否非"),
    ('在', "现存正潜所实", "线于场职"),
    ('与', "参付给赋", "会否"),
    ('及', "普涉波顾提触遍", "时其格早"),
    ('为', "作行成认因", "民了主"),
    ('对', "针面相绝应核", "象策口照外方接"),
    ('将', "", "军来士"),
    ('以', "可予加得所足", "往上下内外来及便人"),
    ('于', "由", "是今"),
    ('由', "自理事缘经", ""),
    ('被', "", "申告诉"),
    ('从', "", "业事严而速"),
    ('并', "", "非列入购联"),
    ('或', "", "者许"),
    ('也', "", ""),
    ('而', "从然因进", ""),
    ('其', "尤极与", "他中它余实次"),
    ('，', "", ""),
    ('。', "", ""),
    ('、', "", ""),
];

/// Words that meet their like by chance, with what stands before and behind: 彭阳县人民政府|政府信息.
const CHANCE: [(&str, &[&str], &[&str]); 9] = [
    (
        "政府",
        &["人民", "省", "市", "县", "区", "镇", "乡", "级", "州", "旗"],
        &["采购", "网站", "门户", "公报"],
    ),
    ("信息", &[], &["中心", "化", "系统"]),
    ("公开", &[], &["栏", "率", "目录", "指南", "专"]),
    ("机关", &[], &["事务", "党委", "党组"]),
    ("服务", &["政务", "公共", "便民", "行政"], &["中心", "大厅"]),
    ("申请", &[], &["人", "表", "书", "量"]),
    ("监督", &[], &["员"]),
    ("处理", &[], &["决定", "费"]),
    ("管理", &[], &["局", "办法", "制度", "规定", "条例"]),
];

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    texts.said.iter().flat_map(|said| doubled(texts, said)).collect()
}

fn doubled(texts: &Texts<'_>, said: &Said) -> Vec<Finding> {
    let chars: Vec<(usize, char)> = said.text.char_indices().collect();
    let place = |index: usize| chars.get(index).map_or(said.text.len(), |(at, _)| *at);
    let mut findings = Vec::new();
    // The same slip twice in one paragraph is reported once.
    let mut told = BTreeSet::new();
    let mut index = 0;
    while index < chars.len() {
        let Some(run) = run(&said.text, &chars, index) else {
            index += 1;
            continue;
        };
        let part = place(index)..place(index + run.characters);
        let words = said.part(part.clone());
        if run.is_wrong && told.insert(words.to_owned()) {
            let (message, hint) = if run.characters == 2 * run.period {
                let word = said.part(place(index)..place(index + run.period));
                (format!("“{words}”：“{word}”重复了"), format!("多半应为一个“{word}”"))
            } else {
                (format!("“{words}”里有重复的字词"), "请删去重复的字".to_owned())
            };
            findings.push(texts.warn(said, part, Rule::DoubledWord, message).hint(hint));
        }
        index += run.characters;
    }
    findings
}

/// A stretch in which a word stands twice, and perhaps a part of it once more.
struct Run {
    /// How long the word is.
    period: usize,
    characters: usize,
    is_wrong: bool,
}

/// The stretch that begins here.
fn run(text: &str, chars: &[(usize, char)], index: usize) -> Option<Run> {
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let before = index.checked_sub(1).and_then(at);
    let first = at(index)?;
    if at(index + 1) == Some(first) {
        let characters = chars[index..].iter().take_while(|(_, c)| *c == first).count();
        let is_wrong = SINGLE.iter().any(|(c, left, right)| {
            let is_near = |chars: &str, c: Option<char>| c.is_some_and(|c| chars.contains(c));
            *c == first && !is_near(left, before) && !is_near(right, at(index + 2))
        });
        // Three in a row are no slip of one: 。。。 is how some write an ellipsis.
        return Some(Run { period: 1, characters, is_wrong: is_wrong && characters == 2 });
    }
    let is_twice = |period: &usize| {
        let stretch = chars.get(index..index + 2 * period);
        stretch.is_some_and(|stretch| {
            let (one, two) = stretch.split_at(*period);
            one.iter().zip(two).all(|((_, a), (_, b))| a == b && is_han(*a))
        })
    };
    let period = (2..=LONGEST).find(is_twice)?;
    let more = chars[index + 2 * period..]
        .iter()
        .zip(&chars[index + period..])
        .take_while(|((_, a), (_, b))| a == b && is_han(*a))
        .count();
    // 政务服务服务中心 holds 务服务服 as well: what is right for one reading is right.
    let is_wrong = (index..=index + more).all(|start| is_word_twice(text, chars, start, period));
    Some(Run { period, characters: 2 * period + more, is_wrong })
}

/// Whether a word that stands here twice stands there by mistake.
fn is_word_twice(text: &str, chars: &[(usize, char)], index: usize, period: usize) -> bool {
    let word = &chars[index..index + period];
    // 一步一步, 一件一件; 二〇二〇; 三五三五.
    let is_numeral = |c: char| "一二三四五六七八九十百千万两〇零".contains(c);
    if is_numeral(word[0].1) || word.iter().all(|(_, c)| is_numeral(*c)) {
        return false;
    }
    let place = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let (before, word, behind) = (
        &text[..place(index)],
        &text[place(index)..place(index + period)],
        &text[place(index + 2 * period)..],
    );
    !CHANCE.iter().any(|(chance, left, right)| {
        *chance == word
            && (left.iter().any(|left| before.ends_with(left))
                || right.iter().any(|right| behind.starts_with(right)))
    })
}
