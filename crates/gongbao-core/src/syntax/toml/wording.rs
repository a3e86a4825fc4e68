//! Translation of the TOML parser's errors.

use std::ops::Range;

use super::super::{error::Wording, fullwidth::FullWidth};

/// Constant part of the parser's message, Chinese message, Chinese hint. An empty hint stands for the general one.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "文字没有加引号，或者数字里夹了别的字符",
        "文字请用半角双引号括起来，例如 name = \"某市人民政府\"；数字请只写数字，单位和说明不写在数字里",
    ),
    (
        "key with no value",
        "这一项只有名称，缺少等号和内容",
        "请写成 名称 = 内容；如果这一行是正文，请检查前面正文的三引号 \"\"\" 是否写全",
    ),
    ("missing value", "等号后面缺少内容", "请补上内容；文字用半角双引号括起来，空白请写 \"\""),
    ("unquoted keys cannot be empty", "这里缺少名称", "请补上名称，或者删去多余的等号、点号或括号"),
    (
        "invalid unquoted key",
        "名称里有不能用的字符，名称只能用英文字母、数字、下划线和连字符",
        "请对照数据格式说明改正名称；如果这一行是正文，请检查前面正文的三引号 \"\"\" 是否写全",
    ),
    (
        "invalid basic string, expected `\"`",
        "文字缺少结尾的半角双引号",
        "请在这段文字末尾补上半角双引号；文字要分行时，首尾请用三引号 \"\"\"",
    ),
    ("invalid literal string, expected `'`", "文字缺少结尾的半角单引号", "请在这段文字末尾补上半角单引号"),
    (
        "invalid multi-line basic string, expected `\"`",
        "多行文字缺少结尾的三引号 \"\"\"，文件可能不完整",
        "请在这段文字末尾补上三引号 \"\"\"",
    ),
    (
        "invalid multi-line literal string, expected `'`",
        "多行文字缺少结尾的三引号 '''，文件可能不完整",
        "请在这段文字末尾补上三引号 '''",
    ),
    ("unclosed array table", "标题行缺少右方括号 ]]", "请补上右方括号"),
    ("unclosed table", "标题行缺少右方括号 ]", "请补上右方括号"),
    ("unclosed array", "方括号没有配对，缺少右方括号 ]", "请补上右方括号；文件可能不完整"),
    ("unclosed inline table", "花括号没有配对，缺少右花括号 }", "请补上右花括号；文件可能不完整"),
    (
        "missing comma between array elements",
        "方括号里的各项之间缺少逗号，或者缺少右方括号 ]",
        "各项之间请用半角逗号隔开，末尾补上右方括号",
    ),
    (
        "missing comma between key-value pairs",
        "花括号里的各项之间缺少逗号，或者缺少右花括号 }",
        "各项之间请用半角逗号隔开，末尾补上右花括号",
    ),
    ("missing assignment between key-value pairs", "花括号里的这一项缺少等号", "请写成 名称 = 内容"),
    ("extra assignment between key-value pairs", "花括号里的这一项多了等号", "请删去多余的等号"),
    ("missing key for inline table element", "花括号里的这一项缺少名称", "请写成 名称 = 内容"),
    ("extra comma in", "多了一个逗号", "请删去多余的逗号"),
    ("unexpected `=` in array", "方括号里不能写等号", "方括号里请只写内容，各项用半角逗号隔开"),
    ("extra `=`", "多了一个等号", "请删去多余的等号"),
    ("missing table open", "方括号没有配对，缺少左方括号 [", "请补上左方括号，或者删去多余的右方括号"),
    ("missing array opening", "方括号没有配对，缺少左方括号 [", "请补上左方括号，或者删去多余的右方括号"),
    (
        "missing inline table opening",
        "花括号没有配对，缺少左花括号 {",
        "请补上左花括号，或者删去多余的右花括号",
    ),
    ("missing opening quote", "缺少开头的引号", "请在这段文字开头补上引号"),
    (
        "invalid boolean",
        "这里只能写 true 或 false（小写），文字则要加引号",
        "请改为小写的 true 或 false，或者用半角双引号把文字括起来",
    ),
    ("unexpected leading zero", "数字前面多了 0", "请删去前面的 0；邮政编码、电话号码等请用半角双引号括起来"),
    (
        "missing escaped value",
        "反斜杠 \\ 后面的字符不对",
        "要写反斜杠本身请写两个 \\\\；正文里有反斜杠时，首尾可改用三个单引号 '''",
    ),
    ("too few unicode value digits", "反斜杠 \\u 后面的编码位数不够", "请补足位数，或者直接写出该字符"),
    ("unexpected key or value", "一项写完以后，同一行后面还有多余的内容", "请删去多余的内容，或者另起一行"),
    (
        "invalid key-value pair",
        "这一行不是 名称 = 内容 的写法",
        "请对照数据格式说明改正；如果这是JSON文件，请把文件名的后缀改为.json",
    ),
    ("invalid comment character", "注释里有看不见的控制字符", "请删去这一行 # 后面的注释重新输入"),
    ("cannot extend value of type", "前面已经给这一项写了内容，不能再在它下面写别的项", "请删去其中一处"),
    ("`_` may only go between digits", "数字里的下划线位置不对", "请删去下划线"),
    ("redundant numeric sign", "数字前面的正负号重复", "请只保留一个正负号"),
    ("radix must be lowercase", "数字的写法不对", "请只用阿拉伯数字"),
    ("invalid date", "日期不对", "日期请写成 2025-01-24 的样子，并核对月、日是否存在"),
    ("invalid time", "时间不对", "日期请写成 2025-01-24 的样子"),
    ("invalid mantissa", "小数点前面缺少数字", "请补上 0，例如 0.5"),
    ("invalid fraction", "小数点后面缺少数字", "请补上数字，或者删去小数点"),
    ("invalid exponent", "数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5"),
    ("invalid float", "数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5"),
    ("redundant integer number prefix", "数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5"),
    ("integers with a radix", "数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5"),
    ("unexpected sign", "数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5"),
    ("invalid inline table element", "花括号里的写法不对", "请写成 { 名称 = 内容, 名称 = 内容 }"),
    ("keys cannot be multi-line", "名称不能用三引号", "请检查前面正文的三引号是否写全"),
    ("invalid multi-line", "多行文字里的引号或反斜杠不对", "请检查首尾的三引号；要写反斜杠本身请写两个 \\\\"),
];

/// Message and hint for an error.
pub(super) fn of(message: &str, text: &str, span: &Range<usize>) -> Wording {
    if let Some(mark) = full_width(message, text, span) {
        return Wording::of_full_width(mark);
    }
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let at = text.get(span.start..).and_then(|rest| rest.chars().next());
    match message {
        // A straight quotation mark within a text.
        m if m.starts_with("unexpected key or value") && line.trim_end().ends_with(['"', '\'']) => {
            Wording::new(
                "引号结束以后，同一行后面还有多余的内容",
                "如果正文里用了半角双引号，请改为中文引号“”，或者把正文首尾的引号改为三引号 \"\"\"；如果是下一项，请另起一行",
            )
        }
        m if m.starts_with("unexpected key or value") && at == Some(',') => {
            Wording::new("数字里或行末不能有逗号", "请删去逗号；千位分隔请改为 \"1,234\" 这样加引号的写法")
        }
        m if m.starts_with("string values must be quoted")
            && text.get(span.clone()).is_none_or(|v| v.trim().is_empty()) =>
        {
            Wording::new("等号后面缺少内容", "请补上内容；文字用半角双引号括起来，空白请写 \"\"")
        }
        m if m.starts_with("invalid unquoted key") && text.get(span.clone()) == Some(":") => Wording::new(
            "名称和内容之间要用等号，不用冒号",
            "请把冒号改为等号；如果这是YAML文件，请把文件名的后缀改为.yaml",
        ),
        m if m.contains("string, expected") && at.is_some_and(|c| c.is_control() && c != '\n') => {
            Wording::new("文字里有看不见的控制字符", "请删去这里的字符重新输入")
        }
        m => match KNOWN.iter().find(|(known, ..)| m.starts_with(known)) {
            Some((_, message, hint)) => Wording::new(*message, *hint),
            None => Wording::unknown("TOML", m),
        },
    }
}

/// The full-width mark that causes the error.
fn full_width(message: &str, text: &str, span: &Range<usize>) -> Option<FullWidth> {
    if message.starts_with("string values must be quoted") {
        // An unquoted text may contain full-width marks legitimately; a number does not.
        let value = text.get(span.clone())?;
        let suspect = value.starts_with(['“', '”', '‘', '’', '＂', '\u{3000}', '［', '【', '｛', '－'])
            || value.chars().all(|c| !c.is_alphabetic());
        return if suspect { FullWidth::within(text, span) } else { None };
    }
    let after_quote = text.get(..span.start).is_some_and(|before| before.trim_end().ends_with('"'));
    let text_goes_on = message.starts_with("unexpected key or value") && after_quote && {
        let rest = text.get(span.start..).unwrap_or_default();
        rest.lines().next().unwrap_or_default().trim().chars().count() > 1
    };
    if text_goes_on {
        None
    } else {
        FullWidth::at(text, span.start).or_else(|| FullWidth::within(text, span))
    }
}
