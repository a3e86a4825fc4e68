//! Reading of PDFs in a process of its own.
//!
//! A hostile PDF can nest its objects until the stack overflows, or inflate a few bytes to gigabytes; the interpreter has no
//! limits for either. The program therefore starts itself once for each PDF, with limits on time and memory, and a file that
//! exceeds them ends in a message.

use std::{
    ffi::OsString,
    io::{Read, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde::{Serialize, de::DeserializeOwned};

use super::Outcome;
use gongbao_formats::{
    import::{self, ImportError, PdfContent},
    pdf::{self, Attached, EmbedError},
};

/// First argument of the process that reads a PDF from its standard input.
const ARGUMENT: &str = "--read-pdf";
/// What the process is asked for.
const ATTACHED: &str = "attached";
const CONTENT: &str = "content";

/// Maximum time of reading a PDF.
const LONGEST: Duration = Duration::from_secs(18);
/// Maximum memory of the process in bytes, where the system reports it.
const LARGEST: u64 = 800 << 20;
/// Maximum size of the result in bytes.
const LARGEST_RESULT: u64 = 128 << 20;

/// Why a process had no result.
#[derive(Debug, Clone, Copy)]
enum Stopped {
    /// It could not be started.
    NotStarted,
    /// It exceeded a limit, or crashed.
    Exceeded,
}

/// Makes the library read PDFs in processes of their own.
pub(super) fn install() {
    import::install_pdf_reader(content);
    pdf::install_extractor(attached);
}

/// Runs this process as the reader of a PDF, if its arguments say so.
pub(super) fn answer(arguments: &[OsString]) -> Option<Outcome> {
    let [_, first, what] = arguments else { return None };
    if first != ARGUMENT {
        return None;
    }
    let mut bytes = Vec::new();
    if std::io::stdin().lock().read_to_end(&mut bytes).is_err() {
        return Some(Outcome::Failed);
    }
    let written = match what.to_str() {
        Some(ATTACHED) => write(&pdf::extract(bytes)),
        Some(CONTENT) => write(&import::read_pdf(&bytes)),
        _ => None,
    };
    Some(if written.is_some() { Outcome::Done } else { Outcome::Failed })
}

fn write(result: &impl Serialize) -> Option<()> {
    let bytes = serde_json::to_vec(result).ok()?;
    let mut out = std::io::stdout().lock();
    out.write_all(&bytes).ok()?;
    out.flush().ok()
}

fn attached(bytes: Vec<u8>) -> Result<Attached, EmbedError> {
    match ask(ATTACHED, &bytes) {
        Ok(result) => result,
        Err(Stopped::NotStarted) => pdf::extract(bytes),
        Err(Stopped::Exceeded) => Err(EmbedError::Damaged),
    }
}

fn content(bytes: &[u8]) -> Result<PdfContent, ImportError> {
    match ask(CONTENT, bytes) {
        Ok(result) => result,
        Err(Stopped::NotStarted) => import::read_pdf(bytes),
        Err(Stopped::Exceeded) => Err(ImportError::new(
            "这份PDF的结构异常，读它要用的时间或者内存太多",
            "请用浏览器打开，打印成新的PDF再试；或者找它的Word文档、网页",
        )),
    }
}

/// Asks a new process about a PDF.
fn ask<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T, Stopped> {
    let program = std::env::current_exe().map_err(|_| Stopped::NotStarted)?;
    let mut child = Command::new(program)
        .args([ARGUMENT, what])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Stopped::NotStarted)?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let result = std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut input) = input {
                // A process that was stopped does not read to the end.
                let _ = input.write_all(bytes);
            }
        });
        let reader = scope.spawn(move || {
            let mut result = Vec::new();
            let read = output.map(|output| output.take(LARGEST_RESULT).read_to_end(&mut result));
            read.is_some_and(|read| read.is_ok()).then_some(result)
        });
        let is_done = wait(&mut child);
        let result = reader.join().ok().flatten();
        result.filter(|_| is_done)
    });
    serde_json::from_slice(&result.ok_or(Stopped::Exceeded)?).map_err(|_| Stopped::Exceeded)
}

/// Waits for the end of a process, and stops it at the limits. Returns whether it succeeded.
fn wait(child: &mut Child) -> bool {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < LONGEST && memory(child.id()) <= LARGEST => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
            }
            _ => {
                // It may have ended in the meantime.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Memory of a process in bytes; 0 where the system does not report it.
fn memory(process: u32) -> u64 {
    /// Size of a page of memory, the unit of `statm`; larger pages only make the limit larger.
    const PAGE: u64 = 4096;
    // Not a file of anybody's, but what the system says about a process.
    #[allow(clippy::disallowed_methods)]
    let text = std::fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
    let resident = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    resident.unwrap_or_default() * PAGE
}
