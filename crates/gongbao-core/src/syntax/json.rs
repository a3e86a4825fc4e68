//! Strict JSON parser.

use std::{ops::Range, sync::Arc};

use jsonc_parser::{
    CollectOptions, ParseOptions, ParseStringErrorKind, ast,
    common::Ranged,
    errors::{ParseError, ParseErrorKind},
    parse_to_ast,
};
use serde::de::IgnoredAny;

use super::{
    Key, Node, Source, Value, depth,
    duplicate::Duplicate,
    error::{Wording, unreadable},
    fullwidth::FullWidth,
};
use crate::finding::Finding;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses a JSON text.
///
/// # Errors
/// The first syntax error, or all duplicate keys.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Finding>> {
    let text = source.text.as_str();
    if let Some(span) = too_deep(text) {
        return Err(vec![depth::too_deep(source, span)]);
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT);
    let value = match parsed {
        Ok(parsed) => parsed.value,
        Err(error) => return Err(vec![finding(source, &error)]),
    };
    let mut reader = Reader { duplicates: Vec::new() };
    let node = match value {
        Some(value) => reader.node(value),
        None => return Err(vec![unreadable(source, 0..0, "文件里没有内容").hint("请检查文件是否保存成功")]),
    };
    // The first parser accepts control characters and other Unicode spaces. `serde_json` refuses them, but gives no
    // places of values.
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(vec![strict_finding(source, &error)]);
    }
    if reader.duplicates.is_empty() { Ok(node) } else { Err(Duplicate::findings(source, reader.duplicates)) }
}

/// The first bracket that nests too deep. The parser recurses, and its own limit is eight times as high.
fn too_deep(text: &str) -> Option<Range<usize>> {
    let (mut levels, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => levels += 1,
            b']' | b'}' if !quoted => levels = levels.saturating_sub(1),
            _ => {}
        }
        if levels > depth::LIMIT {
            return Some(at..at + 1);
        }
    }
    None
}

/// Converts the parser's values into nodes.
struct Reader {
    duplicates: Vec<Duplicate>,
}

impl Reader {
    /// Converts one value.
    fn node(&mut self, value: ast::Value<'_>) -> Node {
        let range = value.range();
        let span = range.start..range.end;
        let value = match value {
            ast::Value::StringLit(text) => Value::Text(text.value.into_owned()),
            ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
            ast::Value::BooleanLit(truth) => Value::Bool(truth.value),
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::Array(array) => {
                Value::List(array.elements.into_iter().map(|item| self.node(item)).collect())
            }
            ast::Value::Object(object) => {
                let mut entries = Vec::with_capacity(object.properties.len());
                for property in object.properties {
                    let range = property.name.range();
                    let key = Key { name: property.name.into_string(), span: range.start..range.end };
                    entries.push((key, self.node(property.value)));
                }
                self.duplicates.extend(Duplicate::among(&entries));
                Value::Table(entries)
            }
        };
        Node { value, span }
    }
}

/// Finding for an error of the parser.
fn finding(source: &Arc<Source>, error: &ParseError) -> Finding {
    let text = source.text.as_str();
    let span = error.range().start..error.range().end;
    if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
        return depth::too_deep(source, span);
    }
    let unclosed =
        matches!(error.kind(), ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject);
    let mark = if unclosed {
        None
    } else {
        FullWidth::at(text, span.start).or_else(|| FullWidth::within(text, &span))
    };
    let after_text = text.get(..span.start).is_some_and(|before| before.trim_end().ends_with('"'));
    let wording = match (mark, error.kind()) {
        (Some(mark), _) => Wording::of_full_width(mark),
        (None, ParseErrorKind::UnexpectedToken | ParseErrorKind::UnexpectedWord) if after_text => {
            Wording::new(
                "引号结束以后，后面还有多余的内容",
                "如果正文里用了半角双引号，请改为中文引号“”，或者写成 \\\"；如果是下一项，请补上逗号",
            )
        }
        (None, kind) => wording(kind),
    };
    unreadable(source, wording.span.unwrap_or(span), wording.message).hint(wording.hint)
}

fn wording(kind: &ParseErrorKind) -> Wording {
    use ParseErrorKind as K;
    let (message, hint) = match kind {
        K::CommentsNotAllowed => ("JSON里不能写注释", "请删去注释"),
        K::ExpectedColonAfterObjectKey => ("名称后面缺少冒号", "请写成 \"名称\": 内容，冒号用半角"),
        K::ExpectedObjectValue => ("冒号后面缺少内容", "请补上内容；空白请写 \"\"；文件可能不完整"),
        K::ExpectedStringObjectProperty | K::UnexpectedTokenInObject => {
            ("名称没有用半角双引号括起来，或者这里多了符号", "请写成 \"名称\": 内容")
        }
        K::ExpectedComma => ("两项之间缺少逗号", "请在前一项末尾补上半角逗号"),
        K::TrailingCommasNotAllowed => ("最后一项后面多了逗号", "请删去这个逗号"),
        K::UnexpectedComma => ("多了一个逗号，或者逗号前面缺少内容", "请删去多余的逗号，或者补上内容"),
        K::UnexpectedColon => ("冒号的位置不对", "冒号只写在名称和内容之间"),
        K::MultipleRootJsonValues => {
            ("内容已经结束，后面还有多余的内容", "请删去多余的内容；正文里用了半角双引号时，请改为中文引号“”")
        }
        K::SingleQuotedStringsNotAllowed => ("JSON里不能用单引号", "请把单引号改为半角双引号"),
        K::String(ParseStringErrorKind::UnterminatedStringLiteral) => {
            ("文字缺少结尾的半角双引号，文件可能不完整", "请在这段文字末尾补上半角双引号")
        }
        K::String(_) => {
            ("反斜杠 \\ 后面的字符不对", "要写反斜杠本身请写两个 \\\\；要写双引号请用中文引号“”或写 \\\"")
        }
        K::HexadecimalNumbersNotAllowed
        | K::UnaryPlusNumbersNotAllowed
        | K::BareDecimalPointNumbersNotAllowed
        | K::NonFiniteNumbersNotAllowed
        | K::ExpectedDigit
        | K::ExpectedDigitFollowingNegativeSign
        | K::ExpectedPlusMinusOrDigitInNumberLiteral => {
            ("数字的写法不对", "请只用阿拉伯数字、小数点和负号，例如 12、-3、0.5")
        }
        K::UnexpectedCloseBrace => ("右花括号 } 多余，或者前面缺少内容", "请核对括号是否配对"),
        K::UnexpectedCloseBracket => ("右方括号 ] 多余，或者前面缺少内容", "请核对括号是否配对"),
        K::UnterminatedArray => ("方括号没有配对，缺少右方括号 ]，文件可能不完整", "请补上右方括号"),
        K::UnterminatedObject => ("花括号没有配对，缺少右花括号 }，文件可能不完整", "请补上右花括号"),
        K::UnexpectedWord | K::UnexpectedToken => (
            "文字没有用半角双引号括起来，或者这里有不能用的符号",
            "请写成 \"文字\"；正文里用了半角双引号时，请改为中文引号“”",
        ),
        other => return Wording::unknown("JSON", &other.to_string()),
    };
    Wording::new(message, hint)
}

/// Finding for an error of `serde_json`.
fn strict_finding(source: &Arc<Source>, error: &serde_json::Error) -> Finding {
    // Its column is the number of bytes up to and including the invalid byte.
    let line = source.line(error.line()).unwrap_or(0..0);
    let at = source
        .text
        .floor_char_boundary((line.start + error.column().saturating_sub(1)).min(source.text.len()));
    let next = |at: usize| source.text.get(at..).and_then(|rest| rest.chars().next());
    // For a control character it gives the byte before.
    let at = next(at)
        .map(|c| at + c.len_utf8())
        .filter(|at| next(*at).is_some_and(char::is_control))
        .unwrap_or(at);
    let wording = match next(at) {
        Some(c) if c.is_control() => Wording::new(
            "文字里有换行或看不见的控制字符，或者缺少结尾的半角双引号",
            "换行请写 \\n；其他控制字符请删去",
        ),
        Some(c) if c.is_whitespace() => {
            Wording::new("这里输入了全角空格或特殊空格", "请删去，或者改为半角空格")
        }
        _ => Wording::unknown("JSON", &error.to_string()),
    };
    unreadable(source, at..at + 1, wording.message).hint(wording.hint)
}
