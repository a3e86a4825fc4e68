//! Filling in a report by the requests that the page makes; hand-written files keep their comments and order.

use serde_json::{Value, json};

use super::client::{Server, version};
use crate::program::{new_office, office_with};

#[test]
fn comments_order_and_encoding_of_a_hand_written_file_are_kept() {
    let office = new_office();
    let text = "# 手写的\r\nyear = 2024 # 年\r\n[agency] # 单位\r\nname='某县民政局'\r\n\r\n[applications]\r\n\
carried_out = 0 # 都没有\r\nnew = [ 1, # 自然人\r\n  2, 0, 0, 0, 0 ]\r\nhandled.granted = { natural = 1, business = { value = 2, note = '两件' } }\r\n";
    let (bytes, _, _) = encoding_rs::GBK.encode(text);
    office.file("手写.toml", &bytes);
    let server = Server::start(&office.path(""));
    let base = version(&server.report("手写.toml"));
    let edits = json!([
        {"path": "applications.new.business", "value": "１，２３４"},
        {"path": "applications.handled.granted.business", "value": "3"},
        {"path": "applications.handled.granted.research", "value": "/"},
        {"path": "applications.carried_out.legal", "value": ""},
    ]);
    let answer = server.edit("手写.toml", &base, &edits).ok();
    assert_eq!(answer["values"]["applications.new.business"]["raw"], "1234");
    assert_eq!(answer["values"]["applications.new.total"]["computed"], "1235");
    let bytes = office.read("手写.toml");
    let now = encoding_rs::GBK.decode(&bytes).0;
    let wanted = text
        .replace("  2, 0, 0, 0, 0 ]", "  1234, 0, 0, 0, 0 ]")
        .replace("{ value = 2, note = '两件' } }", "{ value = 3, note = '两件' }, research = \"/\" }")
        .replace("carried_out = 0 #", "carried_out = [0, 0, 0, 0, \"\", 0] #");
    assert_eq!(now, wanted);
}

#[test]
fn a_value_that_is_no_figure_is_refused_and_nothing_changes() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let file = "pengyang-jgsw-2020.toml";
    let before = office.read(file);
    let server = Server::start(&office.path(""));
    let base = version(&server.report(file));
    for value in ["约12件", "1e99", "--1", "1.2.3"] {
        let edits = json!([
            {"path": "applications.new.business", "value": "5"},
            {"path": "applications.new.natural", "value": value},
        ]);
        let reply = server.edit(file, &base, &edits);
        assert_eq!(reply.status, 422, "{value}: {reply:?}");
        assert_eq!(reply.json()["path"], "applications.new.natural");
        assert_eq!(office.read(file), before, "{value}");
    }
    for path in ["applications.none.total", "published", "form", "corrections"] {
        assert_eq!(server.edit(file, &base, &json!([{"path": path, "value": "1"}])).status, 400, "{path}");
    }
}

/// Makes the sample from an empty folder by the requests that the page sends.
#[test]
fn an_empty_folder_becomes_a_finished_report() {
    let sample = office_with("pengyang-jgsw-2020.toml");
    let shown = Server::start(&sample.path("")).report("pengyang-jgsw-2020.toml");
    let office = new_office();
    let server = Server::start(&office.path(""));
    let new = json!({"agency": "某县事务中心", "year": 2020});
    let file = server.post("/api/new", &new).ok()["file"].as_str().expect("a name").to_owned();
    // A second report of the same body and year gets another name; a name in use is refused.
    assert_ne!(server.post("/api/new", &new).ok()["file"], json!(file));
    let taken = json!({"agency": "某县事务中心", "year": 2020, "file": file});
    assert_eq!(server.post("/api/new", &taken).status, 422);
    let mut base = version(&server.report(&file));
    // Table by table, row by row.
    for path in figures(&shown) {
        let value = &shown["values"][&path];
        let mut edits = vec![json!({"path": path, "value": value["raw"]})];
        if let Some(note) = value.get("note") {
            edits.push(json!({"path": path, "note": note}));
        }
        base = version(&server.edit(&file, &base, &edits.into()).ok());
    }
    for (key, paragraphs) in shown["texts"].as_object().expect("texts") {
        let edits = json!([{"chapter": key, "paragraphs": paragraphs}]);
        base = version(&server.edit(&file, &base, &edits).ok());
    }
    let filled = server.report(&file);
    assert_eq!(filled["version"], json!(base));
    let raw = |report: &Value| -> Vec<(String, Value, Value)> {
        let values = report["values"].as_object().expect("values");
        values
            .iter()
            .map(|(path, value)| (path.clone(), value["raw"].clone(), value["note"].clone()))
            .collect()
    };
    assert_eq!(raw(&filled), raw(&shown));
    assert_eq!(filled["texts"], shown["texts"]);
    assert_eq!(filled["counts"]["errors"], 0, "{}", filled["findings"]);
    // A row filled from left to right is written as a list.
    let text = office.text(&file);
    assert!(text.contains("\nnew = ["), "{text}");
    let built = server.post("/api/build", &json!({"file": file})).ok();
    assert_eq!(built["state"], "built", "{built}");
    let stem = file.trim_end_matches(".toml");
    let outputs = built["outputs"].as_array().expect("outputs");
    let web = outputs.iter().find(|output| output["kind"] == "网站用PDF").expect("the PDF for the website");
    let served = server.get(web["url"].as_str().expect("an address"));
    assert!(served.head.contains("attachment"), "{}", served.head);
    // `build` makes the same bytes.
    let run = office.run(["build", &file, "-o", "other", "--only", "web,print,html,docx"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(served.body == office.read(&format!("other/{stem}/public/{stem}.pdf")), "the same bytes");
    for name in
        [format!("public/{stem}.html"), format!("public/{stem}.docx"), format!("filing/{stem}-print.pdf")]
    {
        assert_eq!(
            office.read(&format!("out/{stem}/{name}")),
            office.read(&format!("other/{stem}/{name}")),
            "{name}"
        );
    }
}

/// Returns the paths of all figures in the order of the tables.
fn figures(report: &Value) -> Vec<String> {
    let tables = report["tables"].as_object().expect("tables");
    let cells = tables.values().flat_map(|table| table["cells"].as_array().expect("cells"));
    cells.filter_map(|cell| cell["path"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_wrong_sum_is_reported_at_its_cell_until_it_is_corrected() {
    let file = "shanghai-gov-office-2025.toml";
    let office = office_with(file);
    let server = Server::start(&office.path(""));
    let report = server.report(file);
    let right = report["values"]["applications.new.natural"]["raw"].clone();
    let edit = |base: &str, value: &Value| {
        server.edit(file, base, &json!([{"path": "applications.new.natural", "value": value}])).ok()
    };
    let wrong = edit(&version(&report), &json!("1"));
    let findings = wrong["findings"].as_array().expect("findings");
    assert!(
        findings.iter().any(|f| f["severity"] == "error"
            && f["path"].as_str().is_some_and(|p| p.starts_with("applications.new."))),
        "{wrong}"
    );
    let again = edit(&version(&wrong), &right);
    assert_eq!(again["counts"], report["counts"]);
    assert_eq!(again["version"], report["version"]);
}

#[test]
fn foreign_files_are_imported_and_other_formats_converted() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let run = office.run(["import", "pengyang-jgsw-2020.toml", "-o", "b.yaml"]);
    assert!(run.code < 2, "{run:?}");
    let run = office.run(["build", "pengyang-jgsw-2020.toml", "--only", "docx,web"]);
    assert_eq!(run.code, 0, "{run:?}");
    let server = Server::start(&office.path(""));
    let yaml = server.report("b.yaml");
    assert_eq!(yaml["editable"], false);
    let edits = json!([{"path": "applications.new.natural", "value": "1"}]);
    assert_eq!(server.edit("b.yaml", &version(&yaml), &edits).status, 409);
    let toml = server.post("/api/convert", &json!({"file": "b.yaml"})).ok();
    assert_eq!(server.report(toml["file"].as_str().expect("a name"))["values"], yaml["values"]);
    let host = server.host();
    let headers = [("Host", &*host), ("X-Gongbao", "1")];
    for ending in ["docx", "pdf"] {
        let bytes = office.read(&format!("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.{ending}"));
        let reply = server.request(&format!("POST /api/import?name=a.{ending}"), &headers, &bytes).ok();
        let read = server.report(reply["file"].as_str().expect("a name"));
        let wrong = |path: &str| read["values"][path]["raw"] != yaml["values"][path]["raw"];
        assert!(
            !wrong("applications.new.natural") && !wrong("applications.carried_out.business"),
            "{ending}: {reply}"
        );
    }
    let reply = server.request("POST /api/import?name=a.docx", &headers, b"no document");
    assert_eq!(reply.status, 422, "{reply:?}");
}

#[test]
fn a_published_report_is_shown_and_not_changed() {
    let file = "pengyang-jgsw-2020.toml";
    let office = office_with(file);
    let run = office.run(["publish", file, "--date", "2021-01-26"]);
    assert_eq!(run.code, 0, "{run:?}");
    let before = office.read(file);
    let server = Server::start(&office.path(""));
    let report = server.report(file);
    assert_eq!((&report["editable"], &report["published"]), (&json!(false), &json!("2021-01-26")));
    let edits = json!([{"path": "applications.new.natural", "value": "1"}]);
    assert_eq!(server.edit(file, &version(&report), &edits).status, 409);
    assert_eq!(office.read(file), before);
}

#[test]
fn normalised_texts_are_shown_before_they_are_saved() {
    let file = "pengyang-jgsw-2020.toml";
    let office = office_with(file);
    let before = office.read(file);
    let server = Server::start(&office.path(""));
    let typed = json!(["(一)全年公开 12 件。", "没有要改的。"]);
    let body = json!({"file": file, "edits": [{"chapter": "overview", "paragraphs": typed}]});
    let shown = server.post("/api/preview", &body).ok();
    let first = &shown["chapters"]["overview"][0];
    assert_eq!((&first["read"], &first["level"]), (&json!("（一）全年公开12件。"), &json!(2)));
    assert!(!first["changes"].as_array().expect("changes").is_empty(), "{first}");
    assert_eq!(shown["chapters"]["overview"][1]["changes"], json!([]));
    assert_eq!(office.read(file), before);
}

/// Nobody who fills in the page reads a key, a line of TOML or a command.
#[test]
fn findings_are_in_the_words_of_the_page() {
    let office = office_with("pengyang-jgsw-2020.toml");
    office.file(
        "错.toml",
        "form = \"2019\"\nyear = 2024\ntitle = \"某局2023年政府信息公开工作年度报告\"\nblanks = \"none\"\n\
         overview = \"2023年，我局工作。{{applications.nee}}\"\n[agency]\nname = \"某县\\n民政局\"\nkind = \"bureau\"\nfaxx = \"1\"\n\
         [applications]\nnew = \"很多\"\n[filing]\nseal = \"是\"\n[published]\ndate = 2025-03-01\ndigest = \"x\"\n",
    );
    office.file("坏.toml", "year 2024\n");
    let server = Server::start(&office.path(""));
    let mut texts: Vec<String> = Vec::new();
    for file in ["错.toml", "pengyang-jgsw-2020.toml"] {
        let report = server.report(file);
        let findings = report["findings"].as_array().expect("findings");
        assert!(file != "错.toml" || findings.len() > 8, "{report}");
        for finding in findings {
            let told = ["message", "hint", "place"].map(|key| finding[key].as_str().unwrap_or_default());
            texts.extend(told.map(str::to_owned));
        }
    }
    let list = server.get("/api/reports").json();
    let reports = list["reports"].as_array().expect("reports");
    let broken = reports.iter().find(|report| report["file"] == "坏.toml").expect("the broken file");
    let told = broken["message"].as_str().expect("why").to_owned();
    assert!(told.contains("第1行"), "{told}");
    texts.push(told);
    for text in &texts {
        for word in ["`", "[[", " = ", "gongbao", " --", "year", "title", "agency", "blanks", "filing"] {
            assert!(!text.contains(word), "“{word}” in “{text}”");
        }
    }
}
