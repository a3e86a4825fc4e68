//! Translation of the YAML parser's errors.

use std::{ops::Range, sync::Arc};

use saphyr_parser::ScanError;

use super::{
    super::{
        Source, depth,
        error::{Wording, unreadable},
        fullwidth::FullWidth,
    },
    place::Places,
};
use crate::finding::Finding;

const INDENT: &str = "请检查这一行和上一行的缩进：同一层的各项要左对齐，用空格缩进";

/// Part of the parser's message, Chinese message, Chinese hint.
const KNOWN: &[(&str, &str, &str)] = &[
    ("unexpected end of stream", "文字缺少结尾的引号，文件可能不完整", "请在这段文字末尾补上引号"),
    ("unexpected document indicator", "文字缺少结尾的引号，文件可能不完整", "请在这段文字末尾补上引号"),
    (
        "invalid trailing content after",
        "引号结束以后，同一行后面还有多余的内容",
        "如果正文里用了与首尾相同的引号，请改为中文引号“”",
    ),
    (
        "unknown escape character",
        "反斜杠 \\ 后面的字符不对",
        "要写反斜杠本身请写两个 \\\\，或者把首尾的双引号改为单引号",
    ),
    ("hexadecimal number", "反斜杠 \\ 后面的编码不对", "请补足位数，或者直接写出该字符"),
    ("Unicode character escape", "反斜杠 \\ 后面的编码不对", "请补足位数，或者直接写出该字符"),
    ("tab", "缩进用了制表符（Tab），YAML只能用空格缩进", "请把这一行开头的制表符改为空格"),
    (
        "mapping values are not allowed",
        "这里不该出现冒号",
        "内容里有“: ”的，请把整段文字用引号括起来；否则请检查缩进",
    ),
    ("simple key", "这一行缺少冒号，或者冒号后面没有空格", "请写成 名称: 内容，冒号用半角，后面空一格"),
    ("':' must be followed", "冒号后面没有空格", "请写成 名称: 内容，冒号用半角，后面空一格"),
    ("illegal placement of ':'", "冒号的位置不对", "内容里有“: ”的，请把整段文字用引号括起来"),
    (
        "unknown anchor",
        "这里用了YAML的引用写法（*名称），本程序不接受",
        "请把被引用的内容照写一遍；如果星号是正文的一部分，请把整段文字用引号括起来",
    ),
    ("anchor or alias", "& 或 * 是YAML的特殊符号，不能直接用在文字开头", "请把整段文字用引号括起来"),
    ("unexpected character", "文字不能以这个符号开头", "请把整段文字用引号括起来"),
    (
        "expected ',' or ']'",
        "方括号里的各项之间缺少逗号，或者缺少右方括号 ]",
        "各项之间请用半角逗号隔开，末尾补上右方括号；文件可能不完整",
    ),
    (
        "expected ',' or '}'",
        "花括号里的各项之间缺少逗号，或者缺少右花括号 }",
        "各项之间请用半角逗号隔开，末尾补上右花括号；文件可能不完整",
    ),
    ("misplaced bracket", "右括号多余", "请核对括号是否配对"),
    (
        "did not find expected node content",
        "括号没有配对，或者缺少内容",
        "请核对括号是否配对；文件可能不完整",
    ),
    ("did not find expected key", "缩进不对，或者前面的引号没有配对", INDENT),
    (
        "expected '-' indicator",
        "列表里的这一行缺少开头的短横 -",
        "请在开头补上短横和一个空格，并与上一项左对齐",
    ),
    ("block sequence entries are not allowed", "短横 - 的位置不对", "请另起一行写，并与上一项左对齐"),
    ("indentation", "缩进不对", INDENT),
    ("indented", "缩进不对", INDENT),
    ("document start", "内容已经结束，后面还有多余的内容", INDENT),
    (
        "comments must be separated",
        "# 前面没有空格",
        "# 后面是注释的，请在 # 前面空一格；是正文的，请把整段文字用引号括起来",
    ),
    ("comment intercepting", "多行文字中间不能插注释", "请删去注释，或者把整段文字用引号括起来"),
    ("block scalar", "| 或 > 后面只能换行", "请把正文写在下一行，并比名称多缩进两格"),
    ("tag", "! 是YAML的特殊符号，不能直接用在文字开头", "请把整段文字用引号括起来"),
    ("directive", "% 是YAML的特殊符号，不能直接用在一行开头", "请把整段文字用引号括起来"),
    ("unprintable", "文字里有看不见的控制字符", "请删去这里的字符重新输入"),
    ("byte order mark", "文字里有看不见的字节顺序标记（U+FEFF）", "请删去这里的字符重新输入"),
    ("inside a block", "方括号或花括号里不能用短横 -", "方括号里的各项请用半角逗号隔开"),
    ("cannot start with '-'", "方括号或花括号里不能用短横 -", "方括号里的各项请用半角逗号隔开"),
    ("':' may not precede", "冒号的位置不对", "请写成 { 名称: 内容 }，冒号后面空一格"),
    ("mapping keys are not allowed", "问号 ? 不能直接用在这里", "请把整段文字用引号括起来"),
    ("expected whitespace", "这里缺少空格", "请补上空格"),
    (
        "document end marker",
        "文档结束标记 ... 后面还有内容",
        "请删去这一行；是正文的，请把整段文字用引号括起来",
    ),
    ("handle", "! 是YAML的特殊符号，不能直接用在文字开头", "请把整段文字用引号括起来"),
];

/// Finding for an error of the parser.
pub(super) fn finding(source: &Arc<Source>, error: &ScanError, places: &mut Places<'_>) -> Finding {
    let at = places.byte(*error.marker());
    if error.info().contains("recursion limit") {
        return depth::too_deep(source, at..at + 1);
    }
    // The parser notices a missing colon only on a later line.
    let (line, _) = source.line_column(at);
    let from = source.line(line.saturating_sub(1)).map_or(0, |line| line.start);
    let to = source.line(line).map_or(at, |line| line.end);
    if let Some(finding) = full_width_colon(source, from..to) {
        return finding;
    }
    if error.info().contains("simple key") || error.info().contains("document start") {
        return without_colon(source, at, error.info());
    }
    let mark =
        if error.info().contains("while parsing a flow") { FullWidth::at(&source.text, at) } else { None };
    let wording = mark.map_or_else(|| wording(error.info()), Wording::of_full_width);
    unreadable(source, wording.span.unwrap_or(at..at + 1), wording.message).hint(wording.hint)
}

fn wording(info: &str) -> Wording {
    match KNOWN.iter().find(|(known, ..)| info.contains(known)) {
        Some((_, message, hint)) => Wording::new(*message, *hint),
        None => Wording::unknown("YAML", info),
    }
}

/// Finding for a line without a colon; the line ends before `at`, where the parser reports the error.
fn without_colon(source: &Arc<Source>, at: usize, info: &str) -> Finding {
    let text = source.text.as_str();
    if text.get(at..).is_some_and(|rest| rest.starts_with(':')) {
        let wording = wording("':' must be followed");
        return unreadable(source, at..at + 1, wording.message).hint(wording.hint);
    }
    let wording = wording(info);
    let before = text.get(..at).unwrap_or_default();
    let span = if info.contains("simple key")
        && before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
    {
        let end = before.trim_end().len();
        let line = source.line(source.line_column(end).0).unwrap_or(end..end);
        let start = text.get(line.clone()).map_or(end, |line_text| line.end - line_text.trim_start().len());
        start..end.max(start)
    } else {
        at..at + 1
    };
    unreadable(source, span, wording.message).hint(wording.hint)
}

/// Finding for a file that is a single text without keys.
pub(super) fn no_keys(source: &Arc<Source>, span: Range<usize>) -> Finding {
    full_width_colon(source, 0..source.text.len()).unwrap_or_else(|| {
        unreadable(source, span, "整个文件只是一段文字，没有按“名称: 内容”书写")
            .hint("名称后面写半角冒号，再空一格；如果这不是YAML文件，请检查是否选错了文件")
    })
}

/// Finding for the first line in `part` with a full-width colon after its key.
pub(super) fn full_width_colon(source: &Arc<Source>, part: Range<usize>) -> Option<Finding> {
    let mut start = part.start;
    for line in source.text.get(part)?.split('\n') {
        if let Some((key, _)) = line.split_once('：') {
            let name = key.trim_start_matches([' ', '-']).trim_end();
            let is_key =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
            if let Some(mark) = FullWidth::at(&source.text, start + key.len()).filter(|_| is_key) {
                let hint = format!("{}，后面空一格", mark.hint());
                return Some(unreadable(source, mark.span.clone(), mark.message()).hint(hint));
            }
        }
        start += line.len() + 1;
    }
    None
}
