//! The program: see `gongbao --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongbao::cli::run(std::env::args_os()).into()
}
