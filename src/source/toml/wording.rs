//! The TOML parser's errors in the words of an office.

/// What is wrong, and what to do.
pub(super) fn of(message: &str) -> (String, &'static str) {
    (format!("此处不符合TOML的书写规则（{message}）"), "请对照数据格式说明改正此处")
}
