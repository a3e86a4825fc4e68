//! Reads a workbook, a Word file, a web page or a PDF and prints the report as TOML.
//!
//! ```text
//! cargo run --release -p gongbao-formats --example convert -- data/reports/shanghai-gov-office-2025.toml
//! ```

use std::{error::Error, path::Path};

use gongbao_core::report::{Scope, to_toml};
use gongbao_formats::{
    import::{self, Hints},
    load::load,
};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("usage: convert FILE")?;
    let base = Path::new(&name).parent().unwrap_or(Path::new(""));
    let bytes = gongbao_core::file::read(Path::new(&name), gongbao_core::file::LARGEST_REPORT)?;
    // A file of the program's own has all of the report; any other file is read as far as it can be understood.
    if let Some(file) = load(&name, Ok(bytes.clone()), base, false).file {
        print!("{}", to_toml(&file.report, &file.form, Scope::Office));
        return Ok(());
    }
    let imported = import::read(&name, &bytes, &Hints::default())?;
    print!("{}", to_toml(&imported.report, &imported.form, Scope::Office));
    for unplaced in &imported.unplaced {
        eprintln!("{}：{}（{}）", unplaced.place, unplaced.text, unplaced.why);
    }
    Ok(())
}
