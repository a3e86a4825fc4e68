//! Exact decimal numbers for figures and amounts.

use std::{
    fmt,
    ops::Neg,
    ops::{Add, Sub},
};

/// A decimal number with up to six decimals, stored exactly in millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

/// Error from parsing a [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberError {
    /// It is not a number.
    NotANumber,
    /// It has more than twelve digits before the decimal point.
    TooLarge,
    /// It has more than six decimals.
    TooManyDecimals,
}

const MILLION: i64 = 1_000_000;

/// Largest accepted exponent; the limit bounds the cost of `1e999999999`.
const LARGEST_EXPONENT: i64 = 40;

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// Creates a whole number; `None` if it has more than twelve digits.
    pub fn whole(value: i64) -> Option<Self> {
        (value.unsigned_abs() < 1_000_000_000_000).then(|| Self(value * MILLION))
    }

    /// Parses a number in any common notation: `22`, `22.0`, `2.2e1`, `+4`, `-8`, `−8`, `－８`, `１，２３４`, `1,234`,
    /// `1_234`. Commas must separate groups of three digits.
    ///
    /// ```
    /// use gongbao_core::report::Number;
    ///
    /// assert_eq!(Number::parse("1,234.50").map(|number| number.to_string()), Ok("1234.5".to_owned()));
    /// assert!(Number::parse("12件").is_err());
    /// ```
    ///
    /// # Errors
    /// The text is no number, or has too many digits.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let ascii: String = text.trim().chars().map(half_width).collect();
        let (mantissa, exponent) = match ascii.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (ascii.as_str(), 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, decimals) = match mantissa.split_once('.') {
            Some((whole, decimals)) if is_digits(decimals) => (whole, decimals),
            Some(_) => return Err(NumberError::NotANumber),
            None => (mantissa, ""),
        };
        let whole = ungroup(whole)?;
        let value = scale(&whole, decimals, exponent)?;
        Ok(Self(if negative { -value } else { value }))
    }

    /// Whether there are no decimals.
    pub fn is_whole(self) -> bool {
        self.0 % MILLION == 0
    }

    /// Whether the number is less than zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The digits before the decimal point, without sign.
    pub fn whole_part(self) -> u64 {
        self.0.unsigned_abs() / MILLION.unsigned_abs()
    }

    /// The number in JSON.
    pub fn to_json(self) -> serde_json::Number {
        if self.is_whole() {
            (self.0 / MILLION).into()
        } else {
            // A binary float represents up to fifteen digits exactly, which real amounts do not exceed; eighteen are possible.
            serde_json::Number::from_f64(self.0 as f64 / MILLION as f64).unwrap_or_else(|| 0.into())
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '＋' | '－' | 'ｅ' | 'Ｅ' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '\u{2212}' => '-',
        _ => c,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_exponent(text: &str) -> Result<i64, NumberError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !is_digits(digits) {
        return Err(NumberError::NotANumber);
    }
    // An exponent that overflows an integer is too large, or too small, in any case.
    let value = digits.parse().unwrap_or(i64::MAX).min(2 * LARGEST_EXPONENT);
    Ok(if text.starts_with('-') { -value } else { value })
}

/// Removes the separators of a whole part.
fn ungroup(text: &str) -> Result<String, NumberError> {
    for separator in [',', '_'] {
        if text.contains(separator) {
            let groups: Vec<&str> = text.split(separator).collect();
            let three = |group: &&str| group.len() == 3 || separator == '_';
            let well_formed = groups.iter().all(|group| is_digits(group))
                && groups[1..].iter().all(three)
                && (groups[0].len() <= 3 || separator == '_');
            return if well_formed { Ok(groups.concat()) } else { Err(NumberError::NotANumber) };
        }
    }
    if is_digits(text) { Ok(text.to_owned()) } else { Err(NumberError::NotANumber) }
}

/// Value in millionths.
fn scale(whole: &str, decimals: &str, exponent: i64) -> Result<i64, NumberError> {
    let digits = format!("{whole}{decimals}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).unwrap_or(i64::MAX);
    let decimals = i64::try_from(decimals.len()).unwrap_or(i64::MAX);
    // Power of ten by which `significant` is multiplied to give millionths.
    let power = exponent.saturating_sub(decimals).saturating_add(zeros).saturating_add(6);
    if power < 0 {
        return Err(NumberError::TooManyDecimals);
    }
    let length = i64::try_from(significant.len()).unwrap_or(i64::MAX).saturating_add(power);
    if length > 18 {
        return Err(NumberError::TooLarge);
    }
    let value: i64 = significant.parse().map_err(|_| NumberError::TooLarge)?;
    let power = u32::try_from(power).map_err(|_| NumberError::TooLarge)?;
    Ok(value * 10_i64.pow(power))
}

impl fmt::Display for Number {
    /// Formats as printed: `-8`, `27.948692`, without trailing zeros or plus sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let rest = self.0.unsigned_abs() % MILLION.unsigned_abs();
        if rest == 0 {
            return write!(f, "{sign}{}", self.whole_part());
        }
        let decimals = format!("{rest:06}");
        write!(f, "{sign}{}.{}", self.whole_part(), decimals.trim_end_matches('0'))
    }
}

impl Add for Number {
    type Output = Self;
    /// Saturates at the end of the range, which sums of figures never reach.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, NumberError> {
        Number::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn parses_all_notations_exactly() {
        for (text, printed) in [
            ("22", "22"),
            ("22.0", "22"),
            ("2.2e1", "22"),
            ("2200E-2", "22"),
            ("-0", "0"),
            ("007", "7"),
            ("+4", "4"),
            ("-8", "-8"),
            ("\u{2212}8", "-8"),
            ("－８", "-8"),
            ("＋１，２３４", "1234"),
            ("1,234,567.5", "1234567.5"),
            ("1_000", "1000"),
            (" １２．５０ ", "12.5"),
            ("27.948692", "27.948692"),
            ("0.000001", "0.000001"),
            ("1e-6", "0.000001"),
            ("5125.1100000000", "5125.11"),
            ("999999999999.999999", "999999999999.999999"),
            ("0e999999999999999999999", "0"),
        ] {
            assert_eq!(parse(text), Ok(printed.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_invalid_and_too_long_numbers() {
        use NumberError::{NotANumber, TooLarge, TooManyDecimals};
        for (text, error) in [
            ("", NotANumber),
            ("一", NotANumber),
            ("12件", NotANumber),
            ("1 234", NotANumber),
            ("1234,567", NotANumber),
            ("1,23", NotANumber),
            ("1,2345", NotANumber),
            ("--1", NotANumber),
            ("+-1", NotANumber),
            ("1.2.3", NotANumber),
            ("1.", NotANumber),
            ("1e", NotANumber),
            ("0x1F", NotANumber),
            ("inf", NotANumber),
            ("NaN", NotANumber),
            ("1000000000000", TooLarge),
            ("1e999999999999999999999", TooLarge),
            ("0.0000001", TooManyDecimals),
            ("1e-999999999999999999999", TooManyDecimals),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn adds_exactly() {
        let number = |text| Number::parse(text).expect("a number");
        let sum: Number = ["0.1", "0.2", "96171.6"].map(number).into_iter().sum();
        assert_eq!(sum, number("96171.9"));
        assert_eq!(number("1") - number("0.000001"), number("0.999999"));
        assert!(Number::whole(1_000_000_000_000).is_none());
        assert_eq!(Number::whole(-5).map(|number| number.to_string()), Some("-5".to_owned()));
    }
}
