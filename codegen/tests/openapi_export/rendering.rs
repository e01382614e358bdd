//! Documentation as descriptions, and the dialect of 3.0.

use std::path::Path;

use ngrok_codegen::openapi::{Tree, export, to_json, to_openapi_3_0};
use serde_json::{Value, json};

use super::exported;

/// Returns the description and the summary of an operation with this documentation.
fn described(docs: &str) -> (String, String) {
    let fixture =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/one-operation");
    let mut model = exported(&fixture).expect("a description without errors").model;
    docs.clone_into(&mut model.services[0].operations[0].docs);
    let operation = &model.services[0].operations[0];
    let document: Value = to_json(&export(&model)).parse().expect("it is JSON");
    let operation =
        &document["paths"][&operation.path.to_string()][operation.method.lower()];
    let text = |key: &str| operation[key].as_str().expect("a text").to_owned();
    (text("description"), text("summary"))
}

#[test]
fn paragraphs_become_lines() {
    let docs =
        "One\nand more.\n\n- a\nb\n- c\n\n```text\nx\ny\n```\n\nDoes this, e.g. that.";
    let (description, _) = described(docs);
    assert_eq!(
        description,
        "One and more.\n\n- a b\n- c\n\n```text\nx\ny\n```\n\nDoes this, e.g. that."
    );
}

#[test]
fn a_summary_is_the_first_sentence() {
    assert_eq!(described("Does this, e.g. that. And more.").1, "Does this, e.g");
}

fn downgraded(schema: &str) -> Value {
    let schema: Value = schema.parse().expect("it is JSON");
    let document = json!({ "components": { "schemas": { "A": schema } } });
    let document: Value =
        to_json(&to_openapi_3_0(&Tree::from(document))).parse().expect("it is JSON");
    document["components"]["schemas"]["A"].clone()
}

#[test]
fn schemas_say_the_same_in_the_older_dialect() {
    for (new, old) in [
        (
            r#"{"type":["string","null"],"examples":["a","b"]}"#,
            r#"{"type":"string","nullable":true,"example":"a"}"#,
        ),
        (
            r##"{"anyOf":[{"$ref":"#/a"},{"type":"null"}]}"##,
            r##"{"allOf":[{"$ref":"#/a"}],"nullable":true}"##,
        ),
        (r#"{"const":"2"}"#, r#"{"enum":["2"]}"#),
        (
            r#"{"anyOf":[{"type":"string","enum":["a"]},{"type":"string"}],"description":"b"}"#,
            r#"{"type":"string","description":"b"}"#,
        ),
        (
            r##"{"$ref":"#/a","description":"b"}"##,
            r##"{"allOf":[{"$ref":"#/a"}],"description":"b"}"##,
        ),
        (
            r#"{"properties":{"const":{"type":"integer"},"type":{"type":["null","integer"]}}}"#,
            r#"{"properties":{"const":{"type":"integer"},"type":{"type":"integer","nullable":true}}}"#,
        ),
        (
            r#"{"if":{"required":["a"]},"then":{"required":["b"]}}"#,
            r#"{"anyOf":[{"not":{"required":["a"]}},{"required":["b"]}]}"#,
        ),
        (r#"{"not":{"type":"null"}}"#, r#"{"not":{"nullable":true,"enum":[null]}}"#),
    ] {
        assert_eq!(downgraded(new), old.parse::<Value>().expect("it is JSON"));
    }
}

#[test]
fn errors_are_ranges_in_the_older_dialect() {
    let document = json!({ "paths": { "/a": { "get": { "responses": {
        "200": { "description": "b" },
        "4XX": { "description": "c" },
        "default": { "$ref": "#/components/responses/Error" },
    } } } } });
    let document = to_json(&to_openapi_3_0(&Tree::from(document)));
    let document: Value = document.parse().expect("it is JSON");
    assert_eq!(
        document["paths"]["/a"]["get"]["responses"],
        json!({
            "200": { "description": "b" },
            "4XX": { "description": "c" },
            "5XX": { "$ref": "#/components/responses/Error" },
        })
    );
}
