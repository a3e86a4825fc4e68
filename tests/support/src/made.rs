//! Made-up report files that use everything a report file can hold.

/// A report on the form of 2021.
pub const FORM_2021: &str = include_str!("../made/form-2021.toml");

/// A report on the form of 2019.
pub const FORM_2019: &str = include_str!("../made/form-2019.toml");

/// Folder of these files: a report's `form = "own-form.toml"` is found in it.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/made");

/// A form of a user's own: none of its keys, labels or sums occur in the official forms.
pub const OWN_FORM: &str = include_str!("../made/own-form.toml");

/// A report on [`OWN_FORM`].
pub const OWN: &str = r#"
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
