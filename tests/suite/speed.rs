//! Guards the speed of a batch: instructions per report, which do not depend on the load of the machine, relative to the
//! stock command on the same template, data and faces.

use std::{env, process::Command};

use gongbao_test_support::{
    judges::{self, missing},
    repository,
};

use crate::program::{PROGRAM, office_with};

const SAMPLE: &str = "pengyang-jgsw-2020.toml";

/// Number of reports in the batch: enough for the work done once per run to be a small part.
const REPORTS: u64 = 12;

/// Limit for the instructions of web and print copy together, relative to those of the stock command for the web copy alone:
/// a tenth above the value measured in docs/performance.md.
const MOST: f64 = 0.34;

#[test]
fn a_report_of_a_batch_needs_no_more_instructions_than_before() {
    let Some(typst) = env::var_os("GONGBAO_JUDGES_TYPST") else { return missing("typst") };
    let office = office_with(SAMPLE);
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
    let root = repository();
    let fonts = root.join("fonts");
    let ours = |arguments: &[&str]| {
        let mut command = Command::new("valgrind");
        command.current_dir(office.path("")).env("GONGBAO_FONTS", &fonts);
        command.args(["--tool=callgrind", "--callgrind-out-file=callgrind.out"]).arg(PROGRAM);
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
    office.copy(&root.join("typst"), "typst");
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

/// Returns the instructions that callgrind counts for a command; `None` where valgrind is missing.
fn instructions(command: &mut Command) -> Option<u64> {
    let output = judges::output("valgrind", command)?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let counted =
        said.lines().find_map(|line| line.split_once("Collected : ")).expect("what callgrind counted").1;
    Some(counted.split_whitespace().next().expect("a number").parse().expect("a number"))
}
