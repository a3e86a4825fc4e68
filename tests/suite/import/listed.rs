//! What the command prints about figures that it could not read.

use gongbao_test_support::page::whole;
use serde_json::json;

use crate::program::new_office;

#[test]
fn an_unreadable_figure_is_listed_reported_as_missing_and_ends_the_command_with_1() {
    let office = new_office();
    office.file("来件.html", whole().replace(">101<", ">1 01<").replace(">102<", ">约102<"));
    let run = office.run(["import", "来件.html", "-o", "a.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let imported = &run.json()[0];
    assert_eq!(imported["state"], "read");
    assert_eq!(imported["tables"][1]["found"], 173, "{imported:#}");
    let unplaced = imported["unplaced"].as_array().expect("a list");
    assert_eq!(unplaced.len(), 2, "{imported:#}");
    for (entry, place, text, column) in [
        (&unplaced[0], "第2个表格第2行第3列", "1 01", "商业企业"),
        (&unplaced[1], "第2个表格第2行第4列", "约102", "科研机构"),
    ] {
        assert_eq!(
            (&entry["place"], &entry["text"], &entry["column"]),
            (&json!(place), &json!(text), &json!(column))
        );
    }
    let findings = imported["findings"].as_array().expect("findings");
    assert_eq!(findings.iter().filter(|finding| finding["rule"] == "missing").count(), 2, "{imported:#}");
}
