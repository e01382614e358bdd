//! The JSON Schema matches the types.

use ngrok_codegen::spec;
use serde_json::Value;

#[test]
fn every_kind_of_file_has_its_schema() {
    let schema = spec::json_schema();
    assert_eq!(schema["title"], "The description of a service");
    for name in ["Api", "Errors", "Field", "Operation"] {
        assert!(schema["$defs"][name].is_object(), "{name}");
    }
    assert_eq!(schema["properties"]["noun"]["type"], "string", "places do not show");
}

#[test]
fn every_reference_has_a_target() {
    let schema = spec::json_schema();
    let text = schema.to_string();
    for (_, rest) in text
        .match_indices("\"$ref\":\"#/")
        .map(|(at, found)| text.split_at(at + found.len() - 1))
    {
        let pointer = rest.split('"').next().unwrap_or_default();
        assert!(schema.pointer(pointer).is_some(), "{pointer}");
    }
    assert!(text.contains("$ref"));
}

#[test]
fn only_fields_and_operations_may_be_null() {
    let mut nullable = Vec::new();
    collect_nullable(&spec::json_schema(), "", &mut nullable);
    insta::assert_snapshot!(nullable.join("\n"), @r"
    /$defs/Operation/anyOf
    /$defs/Type/properties/fields/additionalProperties/anyOf
    /properties/fields/additionalProperties/anyOf
    ");
}

/// Collects where `null` is accepted.
fn collect_nullable(schema: &Value, path: &str, found: &mut Vec<String>) {
    let takes_null = schema["type"] == "null"
        || schema["type"].as_array().is_some_and(|types| types.contains(&"null".into()));
    if takes_null {
        found.push(path.to_owned());
    }
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                collect_nullable(value, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for value in list {
                collect_nullable(value, path, found);
            }
        }
        _ => {}
    }
}
