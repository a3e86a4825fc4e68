//! Report files that were made up, with everything in them that a file can hold; shared with other tests.

pub(crate) const FORM_2021: &str = include_str!("form-2021.toml");
pub(crate) const FORM_2019: &str = include_str!("form-2019.toml");

/// A report on a form that nobody has seen before: none of its keys, labels or sums occur in the official ones.
pub(crate) const OWN: &str = r#"
form = "own-form.toml"
year = 2024
summary = "培训{{training.courses}}次，举办{{training.held}}次，支出{{training.money.value}}。"
agency = { name = "甲局" }

[training]
cancelled = [1, 1, 0]
courses.online = { city = 5, county = 2 }
courses.onsite = [9, 6, 3]
money = [{ value = 1.5, unit = "万元" }, 2.25, -3]
extra = [{ after = "courses.onsite", label = "上门", figures = { city = 1, county = 1 } }]
"#;
