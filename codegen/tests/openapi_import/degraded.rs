//! The document of this repository as a publisher would write it: most of what it says is taken out or wrong.

use ngrok_codegen::openapi::{export, to_json};
use serde_json::{Map, Value, json};

use super::{model, own};

/// Prose, enums, formats, nullables, `required`, errors and extensions are gone; lists have no items where those are
/// texts, maps no values; modules are wrapped, path parameters repeated, responses keyed by numbers.
pub(super) fn document() -> String {
    let whole = to_json(&export(&model(&own())));
    let mut document: Value = serde_json::from_str(&whole).expect("it is JSON");
    let published = |value: &Value| value["x-spec"]["openapi"] != json!(false);
    let names: Vec<String> = unpublished_tags(&document);
    let paths = document["paths"].as_object_mut().expect("paths");
    for item in paths.values_mut() {
        let item = item.as_object_mut().expect("operations");
        item.retain(|_, operation| {
            let tag = operation["tags"][0].as_str().unwrap_or_default();
            published(operation) && !names.contains(&tag.to_owned())
        });
    }
    paths.retain(|_, item| item.as_object().is_some_and(|item| !item.is_empty()));
    let mut wrappers = Map::new();
    for (path, item) in paths.iter_mut() {
        for operation in item.as_object_mut().expect("operations").values_mut() {
            degrade_operation(path, operation, &mut wrappers);
        }
    }
    let schemas = document["components"]["schemas"].as_object_mut().expect("schemas");
    // An enum is a text where it is used.
    let enums: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("properties").is_none())
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .collect();
    schemas.extend(wrappers);
    for schema in schemas.values_mut() {
        degrade(schema, &enums);
    }
    let components = json!({ "schemas": document["components"]["schemas"] });
    let degraded = json!({
        "openapi": "3.0.0",
        "info": { "title": "Another title", "version": "1.0.0" },
        "paths": document["paths"],
        "components": components,
    });
    degraded.to_string()
}

fn unpublished_tags(document: &Value) -> Vec<String> {
    let tags = document["tags"].as_array().expect("tags").iter();
    let tags = tags.filter(|tag| tag["x-spec"]["openapi"] == json!(false));
    tags.filter_map(|tag| tag["name"].as_str().map(str::to_owned)).collect()
}

fn degrade_operation(
    path: &str,
    operation: &mut Value,
    wrappers: &mut Map<String, Value>,
) {
    let wrapper = operation["x-spec"]["openapi_body"].as_str().map(str::to_owned);
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let body = body.clone();
    if let Some(name) = wrapper {
        let mut properties = Map::new();
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            properties.insert(
                part.trim_end_matches('}').to_owned(),
                json!({ "type": "string" }),
            );
        }
        properties.insert("module".to_owned(), body);
        wrappers
            .insert(name.clone(), json!({ "type": "object", "properties": properties }));
        operation["requestBody"]["content"]["application/json"]["schema"] =
            json!({ "$ref": format!("#/components/schemas/{name}") });
    }
    let mut kept = Map::new();
    for (status, response) in operation["responses"].as_object().expect("responses") {
        if status.starts_with('2') {
            let content = response.get("content").cloned();
            kept.insert(
                status.clone(),
                content.map_or(json!({}), |content| json!({ "content": content })),
            );
        }
    }
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let parameters: Vec<Value> =
        parameters.iter().filter_map(degrade_parameter).collect();
    let old = operation.clone();
    *operation = json!({
        "tags": old["tags"],
        "operationId": old["operationId"],
        "parameters": parameters,
        "responses": kept,
    });
    if old.get("requestBody").is_some() {
        let schema = &old["requestBody"]["content"]["application/json"]["schema"];
        let schema =
            if operation_body(&old).is_null() { schema } else { &operation_body(&old) };
        operation["requestBody"] =
            json!({ "content": { "application/json": { "schema": schema } } });
    }
}

fn operation_body(operation: &Value) -> Value {
    operation["requestBody"]["content"]["application/json"]["schema"].clone()
}

/// Removes filters, and weakens types to strings or lists.
fn degrade_parameter(parameter: &Value) -> Option<Value> {
    if let Some(reference) = parameter["$ref"].as_str() {
        let name = match reference.rsplit('/').next() {
            Some("Cursor") => "before_id",
            Some("Limit") => "limit",
            _ => return None,
        };
        return Some(
            json!({ "name": name, "in": "query", "schema": { "type": "string" } }),
        );
    }
    if parameter["x-spec"]["openapi"] == json!(false) || parameter["in"] == "header" {
        return None;
    }
    let list = parameter["schema"]["type"] == "array";
    let schema =
        if list { json!({ "type": "array" }) } else { json!({ "type": "string" }) };
    let filter = parameter["name"] == "filter";
    (!filter).then(
        || json!({ "name": parameter["name"], "in": parameter["in"], "schema": schema }),
    )
}

/// A schema with nothing but types, properties and references.
fn degrade(schema: &mut Value, enums: &[String]) {
    let null = |part: &&Value| part["type"] != "null";
    let parts = schema["anyOf"].as_array().cloned().unwrap_or_default();
    if let Some(part) = parts.iter().find(null) {
        *schema = part.clone();
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let is_enum = enums.iter().any(|name| name == reference);
        *schema = if is_enum {
            json!({ "type": "string" })
        } else {
            json!({ "$ref": reference })
        };
        return;
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().find(|kind| *kind != "null").cloned().unwrap_or_default()
        }
        kind => kind.clone(),
    };
    let mut new = json!({ "type": kind });
    if let Some(properties) = schema["properties"].as_object() {
        let mut kept = Map::new();
        for (name, property) in properties {
            if property["x-spec"]["openapi"] == json!(false) {
                continue;
            }
            let mut property = property.clone();
            degrade(&mut property, enums);
            kept.insert(name.clone(), property);
        }
        new["properties"] = Value::Object(kept);
    }
    if let Some(items) = schema.get("items") {
        let mut items = items.clone();
        degrade(&mut items, enums);
        new["items"] = items;
    }
    *schema = new;
}
