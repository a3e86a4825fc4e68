//! Dates in words.

use jiff::civil::Date;

/// Formats a date in Chinese: 2025年1月26日.
pub fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
