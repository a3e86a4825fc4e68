//! The local page in a browser: from an empty folder to the finished sample, by keyboard alone.

use std::{env, fmt::Write as _, path::Path};

use gongbao_test_support::{judges, sample};
use serde_json::{Value, json};

use super::client::Server;
use crate::program::new_office;

const SAMPLE: &str = "pengyang-jgsw-2020.toml";

/// Returns a table as Excel copies it: rows of figures in the order of the report's data.
fn lines(rows: &Value) -> String {
    let mut lines = String::new();
    let mut row = |cells: &[Value]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                Value::String(words) if words.is_empty() => "空白".to_owned(),
                Value::String(words) => words.clone(),
                other => other.to_string(),
            })
            .collect();
        writeln!(lines, "{}", cells.join("\t")).expect("a string");
    };
    fn walk(rows: &Value, row: &mut impl FnMut(&[Value])) {
        match rows {
            Value::Array(cells) => row(cells),
            Value::Object(rows) => rows.values().for_each(|rows| walk(rows, row)),
            _ => {}
        }
    }
    walk(rows, &mut row);
    lines
}

#[test]
fn the_sample_can_be_filled_in_by_keyboard_alone() {
    let office = new_office();
    let run = office.run(["import", &sample(SAMPLE).display().to_string(), "-o", "sample.json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let data: Value = serde_json::from_slice(&office.read("sample.json")).expect("JSON");
    // Rows are in the order of the form, as in the data; a group's total is last in both.
    let appeals = &data["appeals"];
    let beside =
        [&appeals["review"], &appeals["litigation"]["direct"], &appeals["litigation"]["after_review"]];
    let appeals = json!(beside.iter().flat_map(|row| row.as_array().expect("cells")).collect::<Vec<_>>());
    let chapters = |key: &str| {
        json!([
            key,
            data[key].as_str().expect("a text").lines().filter(|line| !line.is_empty()).collect::<Vec<_>>()
        ])
    };
    let agency = &data["agency"];
    let mut head: Vec<Value> = vec![json!(["agency.kind", 3])];
    for key in ["region", "address", "postcode", "phone", "fax", "email", "website"] {
        head.push(json!([format!("agency.{key}"), agency[key]]));
    }
    std::fs::create_dir_all(office.path("work")).expect("a folder");
    // A page of another office.
    std::fs::copy(sample("shanghai-gov-office-2025.toml"), office.path("别处.toml")).expect("a copy");
    assert_eq!(office.run(["build", "别处.toml", "--only", "html"]).code, 0);
    std::fs::rename(office.path("out/别处/public/别处.html"), office.path("out/别处.html")).expect("a page");
    let server = Server::start(&office.path("work"));
    let pictures = env::var("GONGBAO_PICTURES").ok();
    let job = json!({
        "address": format!("http://127.0.0.1:{}/", server.port), "code": server.new_code(),
        "agency": agency["name"], "year": data["year"], "head": head,
        "chapters": (["preface", "overview", "problems", "other"].map(chapters)),
        "tables": [
            ["disclosure.rules.made", lines(&data["disclosure"])],
            ["applications.new.natural", lines(&data["applications"])],
            ["appeals.review.upheld", lines(&appeals)],
        ],
        "wrong": { "path": "applications.new.total", "value": "5", "right": "0" },
        "bring": office.path("out/别处.html"), "pictures": pictures, "download": office.path("downloaded.pdf"),
    });
    let job = office.file("job.json", job.to_string());
    let Some(seen) = judges::node("fill_page.mjs", &job, None) else { return };
    eprintln!("from key to page: {} ms", seen["key_to_page"]);

    assert_eq!(seen["complaints"], json!([]));
    assert_eq!(seen["foreign"], json!([]), "nothing is asked of anybody else");
    for (view, violations) in seen["axe"].as_object().expect("views") {
        assert_eq!(violations, &json!([]), "{view}");
    }
    let label = seen["wrong_at_cell"].as_str().expect("a label");
    assert!(label.contains("一、本年新收") && label.contains("错误"), "{label}");
    assert_eq!(seen["list_leads_to"], "applications.new.total");
    assert_eq!((&seen["page_changed"], &seen["gone"]), (&json!(true), &json!(true)));
    assert!(seen["levels"].as_u64() >= Some(5), "the headings of a chapter are recognised");
    assert_eq!(seen["click_leads_to"], "appeals.review.total");
    let brought = seen["brought_figure"].as_str().and_then(|figure| figure.trim().parse::<u32>().ok());
    assert!(
        brought.is_some_and(|figure| figure > 0),
        "a page of another office has been understood: {}",
        seen["brought_figure"]
    );
    let conflict = seen["conflict"].as_str().expect("words");
    assert!(conflict.contains('7') && conflict.contains('8'), "both sides are shown: {conflict}");

    // The typed report is the sample, and the downloaded PDF is the one that `build` makes.
    let made = office
        .path(&format!("work/{}-2020.toml", agency["name"].as_str().expect("a name")))
        .display()
        .to_string();
    let run = office.run(["diff", &sample(SAMPLE).display().to_string(), &made]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = office.run(["build", &made, "-o", "again", "--only", "web"]);
    assert_eq!(run.code, 0, "{run:?}");
    let stem = Path::new(&made).file_stem().expect("a name").to_string_lossy().into_owned();
    assert!(
        office.read(&format!("again/{stem}/public/{stem}.pdf")) == office.read("downloaded.pdf"),
        "the same bytes"
    );
}
