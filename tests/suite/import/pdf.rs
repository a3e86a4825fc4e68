//! PDFs: read by tags and by looks, damaged and hostile ones, and `gongbao audit` over them.

use std::time::{Duration, Instant};

use flate2::{Compression, write::ZlibEncoder};
use gongbao_test_support::Office;
use serde_json::Value;
use std::io::Write;

use crate::program::new_office;

/// Builds the samples as PDFs without data, and returns their names.
fn printed(office: Office) -> (Office, [&'static str; 2]) {
    let names = ["pengyang-jgsw-2020", "shanghai-gov-office-2025"];
    let files = names.map(|name| format!("{name}.toml"));
    let office = files.iter().fold(office, |office, file| office.sample(file));
    let run = office.run(["build", &files[0], &files[1], "--only", "web", "--no-attach"]);
    assert_eq!(run.code, 0, "{run:#?}");
    (office, names)
}

/// Figures and texts of a report file.
fn content(office: &Office, file: &str) -> Value {
    let mut report: Value = serde_json::from_slice(&office.read(file)).expect("JSON");
    let keys = ["disclosure", "applications", "appeals", "overview", "problems", "other", "preface"];
    report.as_object_mut().expect("a report").retain(|key, _| keys.contains(&key.as_str()));
    report
}

#[test]
fn a_pdf_without_data_is_read_as_the_report_it_was_made_of() {
    let (office, names) = printed(new_office());
    for name in names {
        let pdf = format!("out/{name}/public/{name}.pdf");
        let run = office.run(["import", &pdf, "-o", "read.json", "--force"]);
        assert!(run.stdout.contains("全部读出") && !run.stdout.contains("没有放进报告"), "{run:#?}");
        let run = office.run(["import", &format!("{name}.toml"), "-o", "made.json", "--force"]);
        assert_eq!(run.code, 0, "{run:#?}");
        assert_eq!(content(&office, "read.json"), content(&office, "made.json"), "{name}");
        // The same report wherever one is read.
        let run = office.run(["diff", &format!("{name}.toml"), &pdf, "--json"]);
        let changes: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let kinds: Vec<&Value> =
            changes["changes"].as_array().expect("changes").iter().map(|c| &c["kind"]).collect();
        assert!(kinds.iter().all(|kind| *kind == "head"), "{run:#?}");
        let run = office.run(["check", &pdf]);
        assert_eq!(run.code, 0, "{run:#?}");
    }
}

#[test]
fn an_audit_counts_what_it_finds_and_drops_nothing() {
    let (office, [old, new]) = printed(new_office());
    let paths = [old, new].map(|name| format!("out/{name}/public/{name}.pdf"));
    std::fs::create_dir(office.path("published")).expect("a folder");
    for (from, to) in paths.iter().zip(["a.pdf", "b.pdf"]) {
        std::fs::copy(office.path(from), office.path(&format!("published/{to}"))).expect("a copy");
    }
    office.file("published/c.pdf", b"%PDF-1.7\nnothing\n%%EOF");
    office.file("roster.txt", "上海市人民政府办公厅\n某某县民政局\n");
    let run = office.run(["audit", "published", "--roster", "roster.txt", "--json", "-o", "result.xlsx"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let result: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let states: Vec<(&str, &str)> = result["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| (file["file"].as_str().expect("a name"), file["state"].as_str().expect("a state")))
        .collect();
    assert_eq!(
        states,
        [("published/a.pdf", "read"), ("published/b.pdf", "read"), ("published/c.pdf", "unreadable")]
    );
    assert_eq!(result["rules"]["unreadable"], 1, "{result:#}");
    assert_eq!(result["missing"], serde_json::json!(["某某县民政局"]));
    // Our PDFs are tagged, with all fonts.
    for rule in ["layout-untagged", "layout-fonts", "layout-text", "attachment"] {
        assert!(result["rules"].get(rule).is_none(), "{rule}: {result:#}");
    }
    assert!(office.read("result.xlsx").starts_with(b"PK"));
    let run = office.run(["audit", "published/b.pdf", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stdout.contains("## 上海市人民政府办公厅，2025年"), "{run:#?}");
}

#[test]
fn pages_and_attachment_of_our_own_pdf_agree() {
    let office = new_office().sample("shanghai-gov-office-2025.toml");
    assert_eq!(office.run(["build", "shanghai-gov-office-2025.toml", "--only", "web"]).code, 0);
    let pdf = "out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.pdf";
    let run = office.run(["audit", pdf, "--json"]);
    let result: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert!(result["rules"].get("attachment").is_none(), "{result:#}");
    assert_eq!(result["files"][0]["state"], "read");
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    offsets.iter().for_each(|offset| table.push_str(&format!("{offset:010} 00000 n \n")));
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend_from_slice(table.as_bytes());
    bytes.extend_from_slice(trailer.as_bytes());
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A page whose content is this stream, with these resources, and more objects from 5 on.
fn page(content: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>")
            .into_bytes(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// Zeros deflated, `mebibytes` long when inflated.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..mebibytes).for_each(|_| encoder.write_all(&zeros).expect("memory"));
    encoder.finish().expect("memory")
}

#[test]
fn hostile_pdfs_end_in_a_message() {
    let form = |number: usize| {
        let calls = "/A Do ".repeat(12);
        let resources = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A {} 0 R>>>>",
            number + 1
        );
        stream(&resources, calls.as_bytes())
    };
    let cases: [(&str, Vec<u8>); 6] = [
        // The tree of pages contains itself.
        (
            "pages.pdf",
            pdf(&[
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[2 0 R]/Count 1>>".to_vec(),
            ]),
        ),
        ("bomb.pdf", page(stream("/Filter/FlateDecode", &bomb(3000)), "", Vec::new())),
        // Twelve calls on each of thirty levels.
        ("forms.pdf", page(stream("", b"/A Do"), "/XObject<</A 5 0 R>>", (5..35).map(form).collect())),
        ("brackets.pdf", page(stream("", "[".repeat(4_000_000).as_bytes()), "", Vec::new())),
        ("locked.pdf", locked(&pdf(&[b"<</Type/Catalog>>".to_vec()]))),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<".to_vec()),
    ];
    for (name, bytes) in cases {
        let office = new_office();
        office.file(name, bytes);
        for command in [vec!["import", name, "-o", "a.toml"], vec!["check", name]] {
            let start = Instant::now();
            let run = office.run(&command);
            assert!(start.elapsed() < Duration::from_secs(22), "{name} took {:?}", start.elapsed());
            assert_eq!(run.code, 2, "{name}: {run:#?}");
            let told = run.stdout.clone() + &run.stderr;
            assert!(told.contains("PDF") || told.contains("文件"), "{name}: {run:#?}");
            assert!(!told.contains("panicked"), "{name}: {run:#?}");
        }
    }
}

/// A file with a trailer that names an unknown encryption.
fn locked(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).expect("ASCII");
    text.replace("/Root 1 0 R", "/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 9/R 9>>").into_bytes()
}
