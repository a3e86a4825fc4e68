//! Judges that run under Node: a browser driven by scripts, axe, and the Nu HTML checker, which comes with them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{judge, output, script, text};

/// Runs a script of `tests/judges` with Chromium and returns the JSON it prints. `fontconfig` is the configuration by
/// which the browser finds faces.
pub fn node(name: &str, job: &Path, fontconfig: Option<&Path>) -> Option<Value> {
    let modules = modules()?;
    let chromium = judge("GONGBAO_JUDGES_CHROMIUM", "chromium")?;
    let mut command = Command::new("node");
    command.arg(script(name)).arg(job);
    command.env("GONGBAO_JUDGES_NODE", modules).env("GONGBAO_JUDGES_CHROMIUM", chromium);
    if let Some(fontconfig) = fontconfig {
        command.env("FONTCONFIG_FILE", fontconfig);
    }
    Some(serde_json::from_str(&text(output("node", &mut command)?)).expect("JSON"))
}

/// Checks HTML files with the Nu checker; one line per error.
pub fn nu(files: &[PathBuf]) -> Option<Vec<String>> {
    let modules = modules()?;
    // The checker does not know container queries, which browsers have supported since 2023, and reports a style sheet
    // that the policy allows by its digest as one that is not allowed.
    let known = "(?s).*(container-type|@container|Inline style violates).*";
    let mut command = Command::new("java");
    command.arg("-jar").arg(modules.join("node_modules/vnu-jar/build/dist/vnu.jar"));
    command.args(["--format", "json", "--errors-only", "--stdout", "--exit-zero-always"]);
    command.args(["--filterpattern", known]).args(files);
    let said: Value = serde_json::from_str(&text(output("vnu", &mut command)?)).expect("JSON");
    Some(said["messages"].as_array().expect("messages").iter().map(Value::to_string).collect())
}

/// Returns the folder in which the packages of `tests/judges/package.json` are installed.
fn modules() -> Option<PathBuf> {
    judge("GONGBAO_JUDGES_NODE", "node")
}
