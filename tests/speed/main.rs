//! A guard against getting slower: instructions, which do not depend on how busy the machine is, as a ratio to those of the
//! stock command on the same template, data and faces.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, unreachable_pub)]
#![allow(
    clippy::disallowed_methods,
    dead_code,
    reason = "tests ask the machine, and share their helpers with others"
)]

#[path = "../suite/judges.rs"]
mod judges;
#[path = "../suite/program.rs"]
mod program;

use std::{env, path::Path, process::Command};

use judges::missing;
use program::Office;

const SAMPLE: &str = "pengyang-jgsw-2020.toml";

/// How many reports the batch has: enough for what is done once in a run to be a small part.
const REPORTS: u64 = 12;

/// What web and print copy together may cost, in instructions of the stock command's for the web copy alone. Measured when this
/// was written: see docs/performance.md; a tenth more is let pass.
const MOST: f64 = 0.59;

#[test]
fn a_report_of_a_batch_costs_no_more_than_it_did() {
    let Some(typst) = env::var_os("GONGBAO_JUDGES_TYPST") else { return missing("typst") };
    let office = Office::with_sample(SAMPLE);
    let sample = office.text(SAMPLE);
    for number in 1..=REPORTS {
        let figures = format!("normative_documents = [{number}, {number}, {number}]");
        let text = sample.replace("normative_documents = [0, 0, 0]", &figures);
        assert_ne!(text, sample, "the sample has the figure that is changed");
        office.file(
            &format!("in/r{number}.toml"),
            text.replace("机关事务服务中心", &format!("第{number}服务中心")),
        );
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fonts = root.join("fonts");
    let ours = |arguments: &[&str]| {
        let mut command = Command::new("valgrind");
        command.current_dir(office.path("")).env("GONGBAO_FONTS", &fonts);
        command
            .args(["--tool=callgrind", "--callgrind-out-file=callgrind.out"])
            .arg(env!("CARGO_BIN_EXE_gongbao"));
        command.args(arguments);
        command
    };
    let Some(data) = instructions(&mut ours(&["build", SAMPLE, "-o", "one", "--only", "data"])) else {
        return;
    };
    assert!(data > 0, "callgrind counts");
    let batch = instructions(&mut ours(&["build", "in", "-o", "out", "--only", "web,print", "--jobs", "1"]))
        .expect("valgrind");
    std::fs::rename(office.path("one/pengyang-jgsw-2020/pengyang-jgsw-2020.json"), office.path("data.json"))
        .expect("the data");
    for entry in std::fs::read_dir(root.join("typst")).expect("the template") {
        let entry = entry.expect("an entry");
        office.file(
            &format!("typst/{}", entry.file_name().to_string_lossy()),
            std::fs::read(entry.path()).expect("a file"),
        );
    }
    let mut stock = Command::new("valgrind");
    stock
        .current_dir(office.path(""))
        .args(["--tool=callgrind", "--callgrind-out-file=callgrind.out"])
        .arg(typst);
    stock.args([
        "compile",
        "--root",
        ".",
        "--jobs",
        "1",
        "--ignore-system-fonts",
        "--features",
        "a11y-extras",
    ]);
    stock.arg("--font-path").arg(&fonts).args(["--pdf-standard", "a-3a,ua-1", "--input", "data=/data.json"]);
    let stock = instructions(stock.args(["typst/report.typ", "stock.pdf"])).expect("valgrind");
    #[allow(clippy::cast_precision_loss, reason = "far below what a float holds")]
    let ratio = batch as f64 / (REPORTS * stock) as f64;
    eprintln!("instructions, a report of a batch in ours by one of the stock command: {ratio:.3}");
    assert!(
        ratio <= MOST,
        "a report of a batch costs {ratio:.3} of what the stock command does; {MOST} is the most"
    );
}

/// What callgrind counts for a command that must succeed; nothing without valgrind.
fn instructions(command: &mut Command) -> Option<u64> {
    let output = judges::output("valgrind", command)?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let counted =
        said.lines().find_map(|line| line.split_once("Collected : ")).expect("what callgrind counted").1;
    Some(counted.split_whitespace().next().expect("a number").parse().expect("a number"))
}
