//! The sample reports of the repository.

use std::path::{Path, PathBuf};

/// File names of the sample reports, without extension.
pub const SAMPLES: [&str; 2] = ["pengyang-jgsw-2020", "shanghai-gov-office-2025"];

/// The sample on the form of 2019: 彭阳县机关事务服务中心, 2020.
pub const PENGYANG: &str = include_str!("../../../data/reports/pengyang-jgsw-2020.toml");

/// The sample on the form of 2021: 上海市人民政府办公厅, 2025.
pub const SHANGHAI: &str = include_str!("../../../data/reports/shanghai-gov-office-2025.toml");

/// Returns the root folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// Returns the path of a sample report by its file name.
pub fn sample(name: &str) -> PathBuf {
    repository().join("data/reports").join(name)
}
