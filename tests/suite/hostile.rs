//! Hostile and odd input is refused with a message or built, within 20 seconds and without a panic.

use std::time::{Duration, Instant};

use gongbao_test_support::{Office, Run, judges, sample};

use crate::program::new_office;

fn shanghai() -> String {
    std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample")
}

/// Runs a build, which must end within 20 seconds and without a panic.
fn build(office: &Office, file: &str) -> Run {
    let start = Instant::now();
    let run = office.run(["build", file]);
    assert!(start.elapsed() < Duration::from_secs(20), "{file} took {:?}", start.elapsed());
    assert!((0..=2).contains(&run.code), "{file}: {run:#?}");
    assert!(!run.stderr.contains("panicked"), "{file}: {run:#?}");
    assert!(run.code == 0 || !run.stderr.is_empty(), "{file}: a message: {run:#?}");
    run
}

fn with_overview(text: &str) -> String {
    let toml = shanghai();
    let at = toml.find("overview = \"\"\"\n").expect("overview") + "overview = \"\"\"\n".len();
    format!("{}{text}\n{}", &toml[..at], &toml[at..])
}

#[test]
fn files_with_wrong_content_end_with_exit_code_2() {
    let office = new_office();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let bomb = {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            yaml += &format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", "));
        }
        yaml
    };
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("deep.json", deep("[", "]").into_bytes()),
        ("deep-tables.json", format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into_bytes()),
        ("deep.yaml", deep("[", "]").into_bytes()),
        (
            "deep-blocks.yaml",
            (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n % 3_000))).collect::<String>().into_bytes(),
        ),
        ("deep.toml", format!("a = {}", deep("[", "]")).into_bytes()),
        ("deep-keys.toml", format!("{}a = 1", "a.".repeat(10_000)).into_bytes()),
        ("bomb.yaml", bomb.into_bytes()),
        ("twice.toml", b"year = 2024\nyear = 2025\n".to_vec()),
        ("twice.json", br#"{"year": 2024, "year": 2025}"#.to_vec()),
        ("twice.yaml", b"year: 2024\nyear: 2025\n".to_vec()),
        ("two.yaml", b"year: 2024\n---\nyear: 2025\n".to_vec()),
        ("nul.toml", b"year = 2024\0\n".to_vec()),
        ("cut.json", br#"{"year": 2024, "agency": {"na"#.to_vec()),
        ("cut.toml", "year = 2024\ntitle = \"某".as_bytes().to_vec()),
        ("empty.toml", Vec::new()),
        ("zip.toml", b"PK\x03\x04aaaaaaaaaaaaaaaaaaaa".to_vec()),
        ("noise.toml", (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()),
        ("unknown.txt", b"year = 2024".to_vec()),
    ];
    for (name, bytes) in files {
        office.file(name, bytes);
        let run = build(&office, name);
        assert_eq!(run.code, 2, "{name}: {run:#?}");
        assert!(run.stderr.contains(name), "{name} is named: {run:#?}");
    }
    assert!(office.files().iter().all(|file| !file.starts_with("out/")));
}

#[test]
fn odd_values_are_findings() {
    let office = new_office();
    for (name, right, wrong) in [
        ("long.toml", "licences = 0", "licences = 99999999999999999999999999"),
        ("nan.toml", "licences = 0", "licences = nan"),
        ("inf.toml", "licences = 0", "licences = inf"),
        ("exponent.toml", "licences = 0", "licences = 1e999999999"),
        ("minus.toml", "licences = 0", "licences = -1"),
        ("bidi.toml", "“政策公开讲”", "“政策\\u202E公开讲”"),
        ("unassigned.toml", "“政策公开讲”", "“政策\\U00030000\\u0378公开讲”"),
        ("control.toml", "“政策公开讲”", "“政策\\u001B公开讲”"),
        ("nonchar.toml", "“政策公开讲”", "“政策\\uFFFE公开讲”"),
    ] {
        let toml = shanghai();
        assert!(toml.contains(right));
        office.file(name, toml.replacen(right, wrong, 1));
        assert_eq!(build(&office, name).code, 1, "{name}");
    }
}

#[test]
fn texts_that_look_like_code_are_printed_as_text() {
    let office = new_office();
    let code = "#panic(\"x\") #read(\"/etc/passwd\") $x^2$ // 注 /* 注 */ @ref <label> *a* _b_ `c` \\\\u{41} = 标题 - 项 #import \"x\"";
    office.file("code.toml", with_overview(code));
    assert_eq!(build(&office, "code.toml").code, 0);
    if let Some(text) = judges::pdftotext(&office.path("out/code/public/code.pdf")) {
        let text: String = text.split_whitespace().collect();
        for part in ["#panic(\"x\")", "$x^2$", "@ref", "<label>", "*a*", "_b_", "`c`", "#import"] {
            let part = part.replace('"', "");
            assert!(text.replace(['“', '”', '"'], "").contains(&part), "{part} in {text}");
        }
    }
}

#[test]
fn a_paragraph_of_a_megabyte_builds() {
    let office = new_office();
    office.file("huge.toml", with_overview(&"全年主动公开政府信息，回应社会关切。".repeat(20_000)));
    assert_eq!(build(&office, "huge.toml").code, 0);
    office.file("quotes.toml", with_overview(&"“公开”、".repeat(80_000)));
    assert_eq!(build(&office, "quotes.toml").code, 0);
    office.file("dashes.toml", with_overview(&"公开——公开·公开".repeat(40_000)));
    assert_eq!(build(&office, "dashes.toml").code, 0);
    office.file("word.toml", with_overview(&"x".repeat(300_000)));
    assert_eq!(build(&office, "word.toml").code, 0);
}

#[test]
fn every_encoding_and_line_end_of_an_office_builds_the_same() {
    let office = new_office();
    let text = shanghai();
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let variants: [(&str, Vec<u8>); 6] = [
        ("plain", text.clone().into_bytes()),
        ("bom", format!("\u{FEFF}{text}").into_bytes()),
        ("windows", text.replace('\n', "\r\n").into_bytes()),
        ("utf16le", utf16(&text, false)),
        ("utf16be", utf16(&text, true)),
        ("gbk", gbk),
    ];
    for (folder, bytes) in &variants {
        office.file(&format!("{folder}/report.toml"), bytes);
        let run = office.run([
            "build",
            &format!("{folder}/report.toml"),
            "-o",
            &format!("{folder}/out"),
            "--only",
            "web",
        ]);
        assert_eq!(run.code, 0, "{folder}: {run:#?}");
    }
    let built = |folder: &str| office.read(&format!("{folder}/out/report/public/report.pdf"));
    for (folder, _) in &variants[1..] {
        assert!(built(folder) == built("plain"), "{folder}");
    }
}

#[test]
fn json_and_yaml_build_the_same_as_toml() {
    let office = new_office();
    let mut value: toml::Value = toml::from_str(&shanghai()).expect("TOML");
    value.as_table_mut().expect("table").remove("date");
    let json = serde_json::to_string_pretty(&value).expect("JSON");
    office.file("toml/report.toml", shanghai());
    office.file("json/report.json", &json);
    // JSON is valid YAML.
    office.file("yaml/report.yaml", &json);
    for (folder, ending) in [("toml", "toml"), ("json", "json"), ("yaml", "yaml")] {
        let run = office.run([
            "build",
            &format!("{folder}/report.{ending}"),
            "-o",
            &format!("{folder}/out"),
            "--only",
            "web",
        ]);
        assert_eq!(run.code, 0, "{folder}: {run:#?}");
    }
    let built = |folder: &str| office.read(&format!("{folder}/out/report/public/report.pdf"));
    assert!(built("json") == built("toml") && built("yaml") == built("toml"));
}

#[cfg(unix)]
#[test]
fn names_of_files_and_bodies_are_used_literally() {
    let office = new_office();
    for name in ["$(touch x).toml", "a'b\"c.toml", "换\n行.toml", " 空 格 .toml", "-o.toml", "#panic().toml"]
    {
        office.file(&format!("in/{name}"), shanghai());
        let run = office.run(["build", &format!("in/{name}"), "--only", "web"]);
        assert_eq!(run.code, 0, "{name}: {run:#?}");
        let stem = name.trim_end_matches(".toml");
        assert!(office.path(&format!("out/{stem}/public/{stem}.pdf")).is_file(), "{name}");
    }
    let name = r#"name = "../../etc/$(id) \"甲\" 局""#;
    office.file("body.toml", shanghai().replace("name = \"上海市人民政府办公厅\"", name));
    assert_eq!(build(&office, "body.toml").code, 0);
    assert!(
        office
            .files()
            .iter()
            .all(|file| file.starts_with("in/") || file.starts_with("out/") || file == "body.toml")
    );
}

#[test]
fn a_users_template_can_read_only_its_folder_and_its_data() {
    let office = new_office();
    office.file("report.toml", shanghai());
    office.file("secret.txt", "secret");
    for (template, told) in [
        ("#read(\"/etc/passwd\")", "read"),
        ("#read(\"../secret.txt\")", "read"),
        ("#import \"@preview/cetz:0.3.4\"", "import"),
        ("#datetime.today()", "today"),
        ("#text(font: \"Unknown Face\")[甲]", "unknown face"),
    ] {
        office.file("own/report.typ", template);
        let run = office.run(["build", "report.toml", "--template", "own"]);
        assert_eq!(run.code, 2, "{template}: {run:#?}");
        assert!(run.stderr.contains("report.typ:1") && run.stderr.contains(told), "{template}: {run:#?}");
    }
    assert_eq!(office.files(), ["own/report.typ", "report.toml", "secret.txt"]);
}
