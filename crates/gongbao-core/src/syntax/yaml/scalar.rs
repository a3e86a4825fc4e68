//! Types of unquoted values by the core schema of YAML 1.2 (10.3.2).

use super::Value;

/// Types of the core schema that a tag may name.
pub(super) const KINDS: &[&str] = &["str", "int", "float", "bool", "null", "seq", "map"];

/// Value of an unquoted scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_integer(text) || is_float(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Value of a scalar with a tag; `None` where the text is no value of that type.
pub(super) fn resolve_as(text: &str, kind: &str) -> Option<Value> {
    let value = resolve(text);
    let fits = match &value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "bool",
        Value::Number(number) => kind == "float" || kind == "int" && is_integer(number),
        _ => false,
    };
    fits.then_some(value)
}

fn is_integer(text: &str) -> bool {
    let all = |digits: &str, radix| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(digits), _) => all(digits, 8),
        (_, Some(digits)) => all(digits, 16),
        _ => all(text.strip_prefix(['+', '-']).unwrap_or(text), 10),
    }
}

fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unquoted_values_follow_the_core_schema() {
        for number in [
            "0", "-12", "+3", "007", "0o17", "0x1F", "1.5", ".5", "5.", "1e3", "-1.5E-3", ".inf", "-.INF",
            ".nan",
        ] {
            assert_eq!(resolve(number), Value::Number(number.to_owned()));
        }
        for text in [
            "-",
            "+",
            ".",
            "1_000",
            "0x",
            "0o8",
            "e5",
            "1e",
            "1.2.3",
            "-0x1F",
            "+.nan",
            "yes",
            "on",
            "NULLS",
            "１２",
            "2025-01-24",
        ] {
            assert_eq!(resolve(text), Value::Text(text.to_owned()));
        }
        assert_eq!(resolve(""), Value::Null);
        assert_eq!(resolve("~"), Value::Null);
        assert_eq!(resolve("True"), Value::Bool(true));
    }
}
