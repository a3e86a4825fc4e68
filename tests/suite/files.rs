//! The outputs of `build` and their places, judged by independent programs.

use std::collections::BTreeMap;

use gongbao_test_support::{Office, SAMPLES, judges, repository, sample};
use serde_json::Value;

use crate::program::{built_samples, new_office, office_with};

/// Builds a sample with `[filing]`, a date and an accepted finding.
fn with_filing() -> Office {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let toml = toml.replace("year = 2025\n", "year = 2025\ndate = 2026-01-28\n")
        + "\n[filing]\nrecipient = \"市政务公开办甲乙丙\"\nphone = \"021-00001111\"\n\n[[accepted]]\nrule = \"S6\"\nreason = \"自然失效另行统计丁戊己\"\n";
    office.file("filed.toml", toml);
    let run = office.run(["build", "filed.toml", "--only", "web,print,data"]);
    assert_eq!(run.code, 0, "{run:#?}");
    office
}

#[test]
fn public_and_internal_outputs_are_in_separate_folders() {
    let office = with_filing();
    assert_eq!(
        office.files(),
        [
            "filed.toml",
            "out/filed/filed.json",
            "out/filed/filing/filed-print.pdf",
            "out/filed/manifest.json",
            "out/filed/public/filed.pdf",
        ]
    );
    let web = office.path("out/filed/public/filed.pdf");
    let private = ["市政务公开办甲乙丙", "021-00001111", "自然失效另行统计丁戊己", "filing", "accepted"];
    let data = office.text("out/filed/filed.json");
    for words in private {
        assert!(!data.contains(words), "{words} in the data");
    }
    if let Some(read) = judges::read_pdf(&[&web]) {
        let all = read[0].to_string();
        for words in private {
            assert!(!all.contains(words), "{words} in the website's PDF or its attachment");
        }
    }
    if let Some(text) = judges::pdftotext(&office.path("out/filed/filing/filed-print.pdf")) {
        for words in ["报送审签单", "市政务公开办甲乙丙", "021-00001111", "保密审查人", "2026年1月28日"]
        {
            assert!(text.replace(['\n', ' '], "").contains(words), "{words} on the paper copy");
        }
        assert!(!text.contains("自然失效另行统计丁戊己"));
    }
}

#[test]
fn the_websites_pdf_is_archivable_and_accessible() {
    let office = with_filing();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file(
        "rare.toml",
        toml.replace("[agency]\nname = \"上海市人民政府办公厅\"", "[agency]\nname = \"玥𠮷㎡办公厅\"")
            .replace("overview = \"\"\"", "overview = \"\"\"\n面积１２㎡的玥字𠮷野家，①⑳●№℃‰——见“附件”。\n"),
    );
    assert_eq!(office.run(["build", "rare.toml", "--only", "web"]).code, 0);
    assert_eq!(office.run(["build", "rare.toml", "--draft", "-o", "draft"]).code, 0);
    let mut files =
        SAMPLES.map(|stem| built_samples().path(&format!("out/{stem}/public/{stem}.pdf"))).to_vec();
    files.push(office.path("out/filed/public/filed.pdf"));
    files.push(office.path("out/rare/public/rare.pdf"));
    if let Some(complaints) = judges::verapdf("3a,ua1", &files) {
        assert_eq!(complaints, Vec::<String>::new());
    }
    for file in &files {
        if let Some(complaint) = judges::qpdf(file) {
            assert_eq!(complaint, "", "{}", file.display());
        }
    }
    if let Some(text) = judges::pdftotext(&files[3]) {
        for c in ["玥", "𠮷", "㎡", "①⑳●№℃‰"] {
            assert!(text.contains(c), "{c} is copied");
        }
    }
    let Some(read) = judges::read_pdf(&files) else { return };
    for (pdf, file) in read.iter().zip(&files) {
        let file = file.display();
        for font in pdf["fonts"].as_array().expect("fonts") {
            assert!(
                font["embedded"] == true && font["subset"] == true && font["to_unicode"] == true,
                "{file}: {font}"
            );
        }
        assert_eq!(pdf["lang"], "zh-CN", "{file}");
        assert_eq!(pdf["marked"], true);
        assert_eq!(pdf["display_doc_title"], true);
    }
}

#[test]
fn the_websites_pdf_is_as_small_as_another_tool_packs_it() {
    for stem in SAMPLES {
        let file = built_samples().path(&format!("out/{stem}/public/{stem}.pdf"));
        let Some([packed, plain]) = judges::repacked(&file) else { return };
        let ours = std::fs::read(&file).expect("a file").len();
        assert!(ours <= packed + packed / 100, "{stem}: {ours} bytes, packed by qpdf {packed}");
        assert!(ours + plain / 10 < plain, "{stem}: {ours} bytes, unpacked {plain}");
    }
}

#[test]
fn without_the_attachment_the_pdf_is_pdf_a_2a() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let run = office.run(["build", "pengyang-jgsw-2020.toml", "--only", "web", "--no-attach"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let file = office.path("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.pdf");
    if let Some(complaints) = judges::verapdf("2a,ua1", &[&file]) {
        assert_eq!(complaints, Vec::<String>::new());
    }
    if let Some(read) = judges::read_pdf(&[&file]) {
        assert_eq!(read[0]["attachments"], Value::Array(Vec::new()));
    }
}

#[test]
fn the_metadata_name_the_report() {
    let Some(read) =
        judges::read_pdf(&[built_samples().path("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.pdf")])
    else {
        return;
    };
    let metadata = read[0]["metadata"].to_string();
    for words in [
        "彭阳县机关事务服务中心2020年政府信息公开工作年度报告",
        "政府信息公开",
        "国办公开办函〔2019〕60号",
        "2020-12-31",
    ] {
        assert!(metadata.contains(words), "{words} in {metadata}");
    }
}

#[test]
fn the_attached_data_build_the_same_pdf() {
    for stem in SAMPLES {
        let built = built_samples();
        let Some(read) = judges::read_pdf(&[built.path(&format!("out/{stem}/public/{stem}.pdf"))]) else {
            return;
        };
        let attachment = &read[0]["attachments"][0];
        assert_eq!(attachment["name"], "report.json");
        assert_eq!(attachment["relationship"], "Source");
        let office = new_office();
        office.file(&format!("{stem}.json"), attachment["text"].as_str().expect("text"));
        let run = office.run(["build".to_owned(), format!("{stem}.json")]);
        assert_eq!(run.code, 0, "{run:#?}");
        let path = format!("out/{stem}/public/{stem}.pdf");
        assert_eq!(office.read(&path), built.read(&path), "the same bytes from the data that they carry");
    }
}

#[test]
fn the_paper_copy_prints_on_the_black_plate_alone() {
    let office = with_filing();
    let mut files =
        SAMPLES.map(|stem| built_samples().path(&format!("out/{stem}/filing/{stem}-print.pdf"))).to_vec();
    files.push(office.path("out/filed/filing/filed-print.pdf"));
    for file in &files {
        let Some(pages) = judges::covered_plates(file) else { return };
        assert!(pages.len() >= 6);
        for [cyan, magenta, yellow, black] in pages {
            assert_eq!([cyan, magenta, yellow], [0.0; 3], "{}", file.display());
            assert!(black >= 0.0);
        }
        if let Some(complaint) = judges::qpdf(file) {
            assert_eq!(complaint, "", "{}", file.display());
        }
    }
}

#[test]
fn the_paper_copy_made_from_the_web_copy_looks_like_the_one_the_template_compiles() {
    let stem = SAMPLES[0];
    let built = built_samples();
    let office = new_office();
    // The template without its label for the paper copy: the program compiles the pages of the paper copy instead.
    for entry in std::fs::read_dir(repository().join("typst")).expect("the template") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        office.file(&format!("typst/{name}"), text.replace("<paper-copy>", "<unknown>"));
    }
    std::fs::copy(sample(&format!("{stem}.toml")), office.path("report.toml")).expect("a copy");
    let run = office.run(["build", "report.toml", "--only", "print", "--template", "typst"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let files = [
        built.path(&format!("out/{stem}/filing/{stem}-print.pdf")),
        office.path("out/report/filing/report-print.pdf"),
    ];
    let bytes = files.each_ref().map(|file| std::fs::read(file).expect("a file"));
    assert!(bytes[0] != bytes[1], "the one was made, the other set");
    let tagged = |bytes: &[u8]| bytes.windows(15).any(|window| window == b"/StructTreeRoot");
    assert!(!tagged(&bytes[0]), "paper has no tags");
    let Some(made) = judges::page_pictures(&files[0], 72) else { return };
    let Some(set) = judges::page_pictures(&files[1], 72) else { return };
    assert!(made.len() >= 6);
    assert!(made == set, "the same pictures");
}

#[test]
fn the_paper_copy_has_the_same_page_breaks_a_binding_edge_and_no_links() {
    let stem = SAMPLES[0];
    let built = built_samples();
    let files = [format!("out/{stem}/public/{stem}.pdf"), format!("out/{stem}/filing/{stem}-print.pdf")]
        .map(|f| built.path(&f));
    let Some(read) = judges::read_pdf(&files) else { return };
    let lines = |pdf: &Value| -> Vec<Vec<(String, f64, f64)>> {
        let page = |page: &Value| {
            page["lines"]
                .as_array()
                .expect("lines")
                .iter()
                .map(|line| {
                    (
                        line["text"].as_str().expect("text").to_owned(),
                        line["x0_mm"].as_f64().expect("x"),
                        line["baseline_mm"].as_f64().expect("y"),
                    )
                })
                .collect()
        };
        pdf["pages"].as_array().expect("pages").iter().map(page).collect()
    };
    let (web, print) = (lines(&read[0]), lines(&read[1]));
    assert_eq!(web.len(), print.len());
    for (number, (web, print)) in web.iter().zip(&print).enumerate() {
        // Even pages are bound on the right: 28 mm in the web copy are 26 mm on paper.
        let shift = if number % 2 == 0 { 0.0 } else { -2.0 };
        for (a, b) in web.iter().zip(print) {
            assert_eq!(a.0, b.0);
            assert!((a.1 + shift - b.1).abs() < 0.05 && (a.2 - b.2).abs() < 0.05, "{a:?} {b:?}");
        }
    }
    for page in read[1]["pages"].as_array().expect("pages") {
        assert_eq!(page["links"], Value::Array(Vec::new()));
    }
    assert_eq!(read[1]["attachments"], Value::Array(Vec::new()));
}

#[test]
fn builds_in_two_folders_give_the_same_bytes() {
    let contents = |office: &Office| -> BTreeMap<String, Vec<u8>> {
        office.files().into_iter().map(|file| (file.clone(), office.read(&file))).collect()
    };
    let build = || {
        let office = office_with("shanghai-gov-office-2025.toml");
        let run = office.run(["build", "shanghai-gov-office-2025.toml", "--only", "web,print,data"]);
        assert_eq!(run.code, 0, "{run:#?}");
        contents(&office)
    };
    assert!(build() == build());
}

#[test]
fn an_unchanged_report_is_not_rebuilt() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let build = |more: &[&str]| {
        let run = office.run(["build", "pengyang-jgsw-2020.toml", "--json"].iter().chain(more));
        assert_eq!(run.code, 0, "{run:#?}");
        run.json()["reports"][0]["state"].as_str().expect("state").to_owned()
    };
    assert_eq!(build(&[]), "built");
    assert_eq!(build(&[]), "unchanged");
    assert_eq!(build(&["--force"]), "built");
    let web = "out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.pdf";
    let right = office.read(web);
    office.file(web, "somebody saved over it");
    assert_eq!(build(&[]), "built");
    assert!(office.read(web) == right);
}

#[test]
fn the_manifest_lists_inputs_and_outputs() {
    let office = office_with("shanghai-gov-office-2025.toml");
    assert_eq!(office.run(["build", "shanghai-gov-office-2025.toml"]).code, 0);
    let manifest: Value =
        serde_json::from_str(&office.text("out/shanghai-gov-office-2025/manifest.json")).expect("JSON");
    assert_eq!(manifest["form"], "2021");
    let outputs: Vec<&str> =
        manifest["outputs"].as_array().expect("outputs").iter().filter_map(|o| o["path"].as_str()).collect();
    assert_eq!(
        outputs,
        [
            "filing/shanghai-gov-office-2025-print.pdf",
            "public/shanghai-gov-office-2025.fragment.html",
            "public/shanghai-gov-office-2025.html",
            "public/shanghai-gov-office-2025.pdf",
        ]
    );
    let fonts = manifest["fonts"].to_string();
    assert!(
        fonts.contains("FandolFang-Regular.otf") && !fonts.contains("HanaMinB"),
        "only the faces used: {fonts}"
    );
    let text = manifest.to_string();
    let here = office.path("").display().to_string();
    assert!(!text.contains(&here), "no path of this machine");
}

#[test]
fn the_stock_typst_command_compiles_the_same_pages_without_a_warning() {
    let office = office_with("shanghai-gov-office-2025.toml");
    let run = office.run(["build", "shanghai-gov-office-2025.toml", "--only", "web,data", "--no-attach"]);
    assert_eq!(run.code, 0, "{run:#?}");
    // The template, where a user would put it.
    office.copy(&repository().join("typst"), "typst");
    let stock = office.path("out/stock.pdf");
    let data = "/out/shanghai-gov-office-2025/shanghai-gov-office-2025.json";
    let Some(said) = judges::stock_typst(&office.path(""), &repository().join("fonts"), data, &stock) else {
        return;
    };
    assert_eq!(said, "");
    let ours = office.path("out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.pdf");
    let Some(read) = judges::read_pdf(&[ours, stock]) else { return };
    let (ours, stock) = (&read[0], &read[1]);
    assert!(ours["tables"] == stock["tables"], "the same tables");
    let pages = |pdf: &Value| pdf["pages"].as_array().expect("pages").clone();
    assert_eq!(pages(ours).len(), pages(stock).len());
    for (ours, stock) in pages(ours).iter().zip(&pages(stock)) {
        // Links are split differently where no PDF standard is requested.
        for part in ["lines", "rules", "fills"] {
            assert!(ours[part] == stock[part], "{part} of page {}", ours["number"]);
        }
    }
}
