//! Whether the local page can be trusted, tried in a real browser: `tests/judges/trust.mjs` does what a person would do.

use std::env;

use gongbao_test_support::{judges, repository, sample};
use serde_json::{Value, json};

use crate::program::{PROGRAM, new_office};

/// Runs a script of `tests/judges` on a folder with one report; `None` without a browser.
pub(crate) fn drive(script: &str, file: &str) -> Option<Value> {
    let office = new_office();
    for folder in ["work", "home"] {
        std::fs::create_dir(office.path(folder)).expect("a folder");
    }
    std::fs::copy(sample(file), office.path(&format!("work/{file}"))).expect("a copy");
    let job = json!({
        "program": PROGRAM, "fonts": repository().join("fonts"), "folder": office.path("work"),
        "home": office.path("home"), "file": file, "pictures": env::var("GONGBAO_PICTURES").ok(),
    });
    let job = office.file("job.json", job.to_string());
    let seen = judges::node(script, &job, None)?;
    assert_eq!(seen["complaints"], json!([]));
    assert_eq!(seen["foreign"], json!([]), "nothing is asked of anybody else");
    for (view, violations) in seen["axe"].as_object().expect("views") {
        assert_eq!(violations, &json!([]), "{view}");
    }
    Some(seen)
}

#[test]
fn the_page_can_be_trusted() {
    let Some(seen) = drive("trust.mjs", "shanghai-gov-office-2025.toml") else { return };
    let order = &seen["previewOrder"];
    assert_eq!((&order["wrong"], &order["broken"]), (&json!(0), &json!(0)), "{order}");
    assert_eq!(order["pages"], order["shown"], "{order}");
    assert!(order["refused"].as_u64() > Some(0), "a picture was refused: {order}");

    let follows = &seen["follows"];
    assert_eq!(follows["wrong"], json!([]), "a click leads to what was clicked");
    assert!(follows["atProblems"].as_str().is_some_and(|path| path.starts_with("problems[")), "{follows}");
    assert_eq!(follows["atRow"], "appeals.review.total");
    // A page of A4 is 210 mm wide: 794 pixels of CSS.
    assert_eq!((&follows["full"], &follows["large"]), (&json!(794), &json!(1191)));
    assert_eq!((&follows["inSight"], &follows["fits"]), (&json!(true), &json!(true)));

    let files = &seen["files"];
    for key in ["neverSaved", "savedLater", "renamedSaved", "rescued", "putBack", "savedBeside"] {
        assert_eq!(files[key], json!(true), "{key}: {files}");
    }
    assert_eq!(files["kept"], "775", "what was typed is still in the page");

    let conflict = &seen["conflict"];
    assert_eq!(conflict["merged"], json!(["31", "32"]), "different fields are no conflict");
    let asked = conflict["asked"].as_str().expect("words");
    assert!(asked.contains("33") && asked.contains("34"), "{asked}");
    assert_eq!(conflict["dialogs"], json!(0), "no dialog takes the keys of somebody who is typing");
    assert_eq!(conflict["cancelled"][0], "34", "the page keeps its side");
    assert_eq!(conflict["cancelled"][1], json!(true), "and the file its own");
    assert!(!conflict["cancelled"][2].as_str().expect("words").contains("已保存"));
    assert_eq!(conflict["chosen"], json!(["34", true]), "what was not saved outlives the page");

    let undo = &seen["undo"];
    for (step, left) in [(0, "甲乙丙，丁戊"), (1, "甲乙丙，"), (2, "")] {
        let [text, at, selected, focused] = undo["words"][step].as_array().expect("a state").as_slice()
        else {
            panic!("{undo}")
        };
        assert!(text.as_str().expect("a text").starts_with(left), "{undo}");
        assert_eq!(at, &json!(left.chars().count()), "the cursor is where it was: {undo}");
        assert_eq!((selected, focused), (&json!(0), &json!(true)), "{undo}");
    }
    assert_eq!((&undo["back"], &undo["again"]), (&json!(true), &json!("甲乙丙，")));
    assert_eq!(undo["cell"][0], undo["cell"][1], "undo works over cells and texts");
    assert_eq!(undo["cell"][2], "applications.new.natural");
    assert_eq!(undo["unrestored"], json!(true), "undo takes a restoration back");

    let composing = &seen["composing"];
    assert_eq!((&composing["text"], &composing["leaked"]), (&json!("你好"), &json!(0)), "{composing}");
    assert_eq!((&composing["moved"], &composing["focused"]), (&json!(1), &json!(true)), "{composing}");
    for key in ["inFile", "undone", "address"] {
        assert_eq!(composing[key], json!(true), "{key}: {composing}");
    }

    let restart = &seen["restart"];
    for key in ["same", "saved", "second", "entered", "once"] {
        assert_eq!(restart[key], json!(true), "{key}: {restart}");
    }
    assert_eq!(restart["refused"], json!(401));
    assert_eq!(restart["cookie"], json!([["gongbao-PORT", true, "Strict"]]));

    let outdated = &seen["outdated"];
    assert_eq!((&outdated["served"], &outdated["refused"]), (&json!(200), &json!(409)));
    assert_eq!(outdated["made"], outdated["marked"], "{outdated}");
    assert_eq!(outdated["again"], json!(0));

    assert_eq!(seen["printing"]["pages"], seen["printing"]["printed"], "printing prints the report");
}
