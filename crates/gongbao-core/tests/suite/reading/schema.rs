//! The JSON Schema.

use gongbao_core::{
    form,
    report::{self},
};

#[test]
fn the_schema_follows_from_the_forms() {
    let schema = report::json_schema(None).expect("forms");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["allOf"].as_array().map(Vec::len), Some(2));
    for id in ["2019", "2021"] {
        let form = form::by_id(id).expect("forms").expect("known");
        let schema = report::json_schema(Some(form)).expect("forms");
        for record in form.records() {
            let node = record.path.split('.').fold(&schema, |node, key| &node["properties"][key]);
            let words = record.label();
            assert!(node["description"].as_str().expect("described").starts_with(words), "{}", record.path);
            let columns = &node["anyOf"][1]["properties"];
            for figure in &record.figures {
                assert!(columns[&figure.column].is_object(), "{}", figure.path);
            }
        }
        assert_eq!(schema["additionalProperties"], false);
    }
}
