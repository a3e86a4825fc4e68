//! Measures the Typst calls alone on the reports of a folder: `cargo bench --bench floor -- FOLDER`.
//!
//! Everything else is done before the measurement: reports are read and composed, fonts loaded and digested, the
//! template parsed. The measurement covers `typst::compile` and `typst_pdf::pdf` for the web copy, on as many
//! threads as processors, without writing. `benches/compare.py` compares the program with it.

#![allow(missing_docs, clippy::expect_used, reason = "a bench stops if its inputs are not as expected")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use gongbao::typeset::{
    compose,
    fonts::FontSet,
    world::{Copy, Template, compile},
};
use gongbao_core::report::{self, Scope};
use gongbao_formats::load::load;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The allocator of the program, so that the comparison is of the calls and not of allocators.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The inputs of the template for one report.
struct Given {
    data: String,
    copy: Copy,
}

fn given(path: &Path, fonts: &FontSet) -> Given {
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let file =
        load(&name, gongbao_core::file::read(path, gongbao_core::file::LARGEST_REPORT), Path::new(""), false)
            .file
            .expect("a report");
    let composed = compose(&file, fonts).expect("a built-in form");
    let data = serde_json::to_string_pretty(&composed.document).expect("plain data");
    let attachment = Some(report::to_json(&file.report, &file.form, Scope::Public));
    Given { data, copy: Copy { attachment, ..Copy::default() } }
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    // `cargo bench` and `cargo test` start every bench; without reports it does nothing.
    let Some(folder) = folder else { return };
    let fonts = FontSet::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"), &[]).expect("the fonts");
    let template = Template::embedded().expect("the template of the program");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let reports: Vec<Given> = paths.iter().map(|path| given(path, &fonts)).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    // The first report also loads the template and the fonts.
    let first = reports.first().expect("a report");
    export(&compile(&template, &fonts, first.data.clone(), &first.copy).expect("pages"));

    let next = AtomicUsize::new(0);
    let spent = Mutex::new([Duration::ZERO; 2]);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(report) = reports.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let start = Instant::now();
                    let document =
                        compile(&template, &fonts, report.data.clone(), &report.copy).expect("pages");
                    let compiled = start.elapsed();
                    export(&document);
                    let exported = start.elapsed() - compiled;
                    typst::comemo::evict(threads + 1);
                    let mut spent = spent.lock().expect("no thread has panicked");
                    spent[0] += compiled;
                    spent[1] += exported;
                }
            });
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let count = reports.len();
    let [compiled, exported] = spent
        .into_inner()
        .expect("no thread has panicked")
        .map(|spent| spent.as_secs_f64() * 1000.0 / count as f64);
    println!(
        "{}",
        serde_json::json!({
            "reports": count,
            "threads": threads,
            "reports a second": count as f64 / seconds,
            "compile, ms": compiled,
            "export, ms": exported,
        })
    );
}

/// Exports with the standards of the web copy.
fn export(document: &PagedDocument) -> usize {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).expect("standards");
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).expect("a file").len()
}
