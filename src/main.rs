//! The program: see `gongbao --help`.

use std::process::ExitCode;

/// Typesetting asks for many small pieces of memory and gives them back; this allocator is the quicker one for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongbao::cli::run(std::env::args_os()).into()
}
