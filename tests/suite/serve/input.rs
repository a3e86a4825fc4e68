//! Whether the local page forgives, tried in a real browser: `tests/judges/input.mjs` does what a person would do.

use serde_json::json;

use super::trust::drive;

#[test]
fn the_page_takes_what_people_type_and_paste() {
    let Some(seen) = drive("input.mjs", "shanghai-gov-office-2025.toml") else { return };
    let dates = &seen["dates"];
    let days: Vec<String> = (20..26).map(|day| format!("2026-01-{day}")).collect();
    assert_eq!(dates["read"], json!(days), "each way of writing is read");
    assert!(dates["refusal"].as_str().is_some_and(|words| words.contains("明年一月")), "{dates}");
    assert_eq!((&dates["dialogs"], &dates["kept"]), (&json!(0), &json!("明年一月")), "{dates}");
    assert_eq!((&dates["other"], &dates["state"]), (&json!(true), &json!("有1处没有保存")), "{dates}");

    let labels = &seen["labels"];
    assert_eq!((&labels["recognised"], &labels["lost"]), (&json!("21"), &json!(true)), "{labels}");
    assert_eq!(labels["excel"], json!(["1234", "2", "4", "9"]), "rows are found by their labels");
    assert_eq!(labels["word"], json!(["6", "1", "0", "2", "9"]), "columns are found by their labels");

    let cells = &seen["cells"];
    assert_eq!(cells["wps"], json!(["11", "12", "13", "/"]));
    assert_eq!(cells["corner"], json!(["21", "22", "23", "24"]), "from the top left of the selection");
    assert_eq!(cells["filled"], json!(["6", "6"]));
    assert_eq!(cells["typed"], json!(["8", "8", "8", "8"]));
    assert_eq!((&cells["rest"], &cells["composed"]), (&json!(["0", "0"]), &json!("12")));
    assert_eq!((&cells["note"], &cells["menu"]), (&json!("（其中网上5件）"), &json!("/")));

    let refusals = &seen["refusals"];
    assert_eq!(refusals["dialogs"], json!(0), "one message, no stack of dialogs");
    assert_eq!((&refusals["told"], &refusals["state"]), (&json!("有3格没有保存"), &json!("有3处没有保存")));
    assert_eq!((&refusals["kept"], &refusals["good"]), (&json!("甲"), &json!("12")));
    assert_eq!(seen["rows"], json!({"inFile": true, "figure": true}));

    let texts = &seen["texts"];
    assert!(texts["shown"].as_str().is_some_and(|label| label.ends_with("·总计：1295〕")), "{texts}");
    for key in ["inFile", "removed", "again"] {
        assert_eq!(texts[key], json!(true), "{key}: {texts}");
    }
    assert_eq!(texts["corrected"], "共收到3件，全部办结。");
    assert!(texts["levels"].as_u64() >= Some(5), "{texts}");

    let accepted = &seen["accepted"];
    for key in ["inFile", "gone"] {
        assert_eq!(accepted[key], json!(true), "{key}: {accepted}");
    }
    assert_eq!(accepted["error"], json!(0), "an error cannot be accepted");
    assert_eq!(seen["words"]["found"], json!([]), "no word of a file format or a program");
}
