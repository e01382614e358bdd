//! No document makes an import panic, and what it writes has no errors.

use ngrok_codegen::openapi::import::{self, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{LIBRARY, ORDERS, SMALL, changed, model, small};

fn parsed(text: &str) -> Value {
    let tree: Value = serde_yaml::from_str(text).expect("a document");
    tree
}

/// The values of a document, counted through.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(map) => map.values_mut().find_map(|value| nth(value, left)),
        _ => None,
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Generates replacements of a value.
fn strange() -> impl Strategy<Value = Value> {
    let reference = prop::sample::select(vec![
        "#/components/schemas/Order",
        "#/components/schemas/book",
        "#/components/schemas/Folder",
        "#/paths",
        "#/",
        "#",
        "x",
        "#/components/schemas/nothing",
    ]);
    prop_oneof![
        Just(Value::Null),
        Just(json!({})),
        Just(json!([])),
        Just(json!("")),
        Just(json!("a: b\n`c` {d}")),
        Just(json!(-1)),
        Just(json!(1e300)),
        Just(json!(true)),
        Just(
            json!({ "type": "object", "properties": { "id": { "type": "string" }, "é": {}, "": {}, "type": {}, "x y": { "type": "string" } } })
        ),
        Just(
            json!({ "allOf": [{ "$ref": "#/components/schemas/Order" }, { "$ref": "#/components/schemas/book" }] })
        ),
        Just(
            json!({ "type": ["string", "null", "integer"], "enum": [null, 1, "", "Self", "a-b", "a_b"] })
        ),
        Just(json!({ "oneOf": [{ "type": "object" }, { "type": "null" }] })),
        Just(json!({ "type": "array", "items": { "type": "array", "items": {} } })),
        Just(
            json!({ "get": { "responses": { "2XX": { "content": { "application/json": { "schema": {} } } } } } })
        ),
        reference.prop_map(|reference| json!({ "$ref": reference })),
        "[a-zA-Z0-9_{}/ -]{0,12}".prop_map(Value::from),
    ]
}

fn check(text: &str) {
    let source = Source { name: "a.yaml", text };
    if let Ok(done) = import::describe(source)
        && !done.files.is_empty()
    {
        model(&changed(&super::Files::new(), &done));
    }
    if let Ok(done) = import::import(source, &small(), true) {
        model(&changed(&small(), &done));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_change_of_a_document(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), strange()), 1..6),
    ) {
        let mut document = parsed([ORDERS, LIBRARY, SMALL][which]);
        for (at, value) in changes {
            let mut left = at.index(count(&document));
            if let Some(place) = nth(&mut document, &mut left) {
                *place = value;
            }
        }
        check(&document.to_string());
    }

    #[test]
    fn any_name_of_anything(which in 0_usize..3, at in any::<prop::sample::Index>(), name in ".{0,8}") {
        let mut document = parsed([ORDERS, LIBRARY, SMALL][which]);
        let mut left = at.index(count(&document));
        if let Some(Value::Object(map)) = nth(&mut document, &mut left)
            && let Some(first) = map.keys().next().cloned()
            && let Some(value) = map.remove(&first)
        {
            map.insert(name, value);
        }
        check(&document.to_string());
    }

    #[test]
    fn any_text(text in "(openapi: 3.[01].0\n)?[ -~\n]{0,200}") {
        check(&text);
    }
}

#[test]
fn circles_end() {
    let schemas = [
        r##"{"A":{"$ref":"#/components/schemas/A"}}"##,
        r##"{"A":{"allOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/A"}]}}"##,
        r##"{"A":{"anyOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/A"}]}}"##,
        r##"{"A":{"type":"array","items":{"$ref":"#/components/schemas/A"}}}"##,
        r##"{"A":{"properties":{"a":{"properties":{"b":{"$ref":"#/components/schemas/A/properties/a"}}}}}}"##,
        r##"{"A":{"properties":{"id":{"type":"string"},"a":{"$ref":"#/components/schemas/A"},"as":{"type":"array","items":{"$ref":"#/components/schemas/A"}}}}}"##,
    ];
    for schemas in schemas {
        let document = format!(
            r##"{{"openapi":"3.1.0","paths":{{"/as/{{id}}":{{"get":{{"responses":{{"200":{{"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/A"}}}}}}}}}}}}}}}},"components":{{"schemas":{schemas}}}}}"##
        );
        check(&document);
    }
}
