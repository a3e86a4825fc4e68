//! Conversion of old Office files by LibreOffice.
//!
//! The files come from strangers. LibreOffice therefore runs with a new profile that forbids macros and links, on a copy in
//! a private folder, in a process group of its own that is killed as a whole, with limits on time and memory.

use gongbao_core::paths::PathExt;
use std::{
    io::ErrorKind,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::output::save;
use gongbao_formats::import::{self, ImportError, LARGEST};

/// Maximum time of a conversion.
const LONGEST: Duration = Duration::from_secs(60);
/// Maximum address space in KiB.
const SPACE: u64 = 1 << 20;
/// Maximum size of a written file in blocks of 512 bytes: twice the largest accepted file.
const WRITTEN: u64 = 2 * (LARGEST >> 9);
/// Names of the program.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];
/// An address at which no proxy listens, so that no request leaves the process.
const NO_PROXY: &str = "http://127.0.0.1:9";

/// Settings of the new profile: no macros, no links to other files or servers.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// Makes the library convert old Office files with LibreOffice.
pub(super) fn install() {
    import::install_office_converter(convert);
}

/// Converts a file. `from` and `to` are extensions.
fn convert(bytes: &[u8], from: &str, to: &str) -> Result<Vec<u8>, ImportError> {
    let failed =
        |message: String| ImportError::new(message, format!("请用Word、Excel或WPS打开，另存为 .{to} 再导入"));
    let place = tempfile::Builder::new()
        .prefix("gongbao-")
        .tempdir()
        .map_err(|error| failed(format!("临时文件夹建不起来：{error}")))?;
    let (profile, out) = (place.path().join("profile"), place.path().join("out"));
    let source = place.path().join(format!("source.{from}"));
    let settings = profile.join("user").join("registrymodifications.xcu");
    for folder in [settings.parent(), Some(out.as_path())].into_iter().flatten() {
        std::fs::create_dir_all(folder).map_err(|error| failed(format!("临时文件夹建不起来：{error}")))?;
    }
    for (path, bytes) in [(&settings, SETTINGS.as_bytes()), (&source, bytes)] {
        save(path, bytes).map_err(|error| failed(error.to_string()))?;
    }
    let mut child = PROGRAMS
        .iter()
        .find_map(|program| start(program, place.path(), &profile, &source, &out, to))
        .ok_or_else(|| failed(format!("要读 .{from} 文件，须装有LibreOffice，这台电脑上没有找到")))?;
    let is_done = wait(&mut child);
    let result = out.join(format!("source.{to}"));
    let size = result.metadata().map_or(0, |meta| meta.len());
    if !is_done || size == 0 || size > LARGEST {
        return Err(failed("LibreOffice没能在限定的时间和内存内读出这个文件".to_owned()));
    }
    gongbao_core::file::read(&result, gongbao_core::file::LARGEST_REPORT)
        .map_err(|error| failed(format!("转换的结果读不出来：{error}")))
}

/// Starts LibreOffice; `None` where there is no such program.
fn start(program: &str, home: &Path, profile: &Path, source: &Path, out: &Path, to: &str) -> Option<Child> {
    let installation = format!("-env:UserInstallation=file://{}", profile.to_text().replace('\\', "/"));
    let options = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--convert-to",
        to,
        "--outdir",
    ];
    let mut command = limited(program)?;
    command
        .arg(installation)
        .args(options)
        .arg(out)
        .arg(source)
        .current_dir(home)
        .env("HOME", home)
        .envs(
            ["http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"]
                .map(|name| (name, NO_PROXY)),
        )
        .env("no_proxy", "")
        .env("NO_PROXY", "")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().ok()
}

/// A command with limits on address space and written files, in a process group of its own.
#[cfg(unix)]
fn limited(program: &str) -> Option<Command> {
    use std::os::unix::process::CommandExt;

    is_installed(program).then(|| {
        let mut command = Command::new("sh");
        let script = format!("ulimit -c 0; ulimit -f {WRITTEN}; ulimit -v {SPACE}; exec \"$0\" \"$@\"");
        command.args(["-c", &script, program]).process_group(0);
        command
    })
}

/// A command. Windows has no limits that a program could set for another one without unsafe code.
#[cfg(not(unix))]
fn limited(program: &str) -> Option<Command> {
    is_installed(program).then(|| Command::new(program))
}

fn is_installed(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    !matches!(command.status(), Err(error) if error.kind() == ErrorKind::NotFound)
}

/// Waits for the end of the conversion. At its end, or at the time limit, no process of the group is left. Returns whether
/// it succeeded.
fn wait(child: &mut Child) -> bool {
    let start = Instant::now();
    let is_done = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if start.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(20)),
            _ => break false,
        }
    };
    kill_group(child.id());
    // The process may have ended already.
    let _ = child.kill();
    let _ = child.wait();
    is_done
}

#[cfg(unix)]
fn kill_group(leader: u32) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("kill -9 -- -{leader}")]);
    // The group may be empty already.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(not(unix))]
fn kill_group(leader: u32) {
    let mut command = Command::new("taskkill");
    command.args(["/F", "/T", "/PID", &leader.to_string()]);
    // The processes may have ended already.
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
