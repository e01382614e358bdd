//! Conversion of `OpenAPI` 3.1 to 3.0, for tools that do not support 3.1.
//!
//! Takes the tree of a document; returns an equivalent one in the dialect of 3.0, as far as possible: nullable types
//! are `nullable`, a constant is an enum of one value, a reference has no siblings. `propertyNames` is removed. Generators
//! of this dialect take the response `default` for one of success as well: that of all errors is under their ranges. An
//! open enum is a string, since many generators make no type of `anyOf` that fits a path.

use crate::openapi::{EXTENSION, Map, Tree};

/// Version of the format.
const VERSION: &str = "3.0.3";

/// Keys with data of the API rather than schemas.
const DATA: &[&str] = &["example", "examples", "value", "default", EXTENSION];

/// Returns the document in the older dialect.
#[must_use]
pub fn to_openapi_3_0(document: &Tree) -> Tree {
    let Tree::Map(map) = walk(document) else { return document.clone() };
    let mut map = map;
    map.set("openapi", VERSION);
    Tree::Map(map)
}

/// Converts all schemas.
fn walk(tree: &Tree) -> Tree {
    each(tree, &|key, value| match key {
        "schema" => schema(value),
        "schemas" => each(value, &|_, value| schema(value)),
        "responses" => responses(value),
        _ if DATA.contains(&key) => value.clone(),
        _ => walk(value),
    })
}

/// Converts the responses of an operation.
fn responses(tree: &Tree) -> Tree {
    let (Tree::Map(map), Some(errors)) = (walk(tree), tree.get("default")) else {
        return walk(tree);
    };
    let mut map = map.without("default");
    for range in ["4XX", "5XX"] {
        if map.get(range).is_none() {
            map.set(range, errors.clone());
        }
    }
    Tree::Map(map)
}

/// Converts each value of a map, by its key, or of a list.
fn each(tree: &Tree, change: &dyn Fn(&str, &Tree) -> Tree) -> Tree {
    match tree {
        Tree::Map(map) => {
            Tree::Map(map.iter().map(|(key, value)| (key, change(key, value))).collect())
        }
        Tree::List(items) => items.iter().map(|item| change("", item)).collect(),
        other => other.clone(),
    }
}

fn schema(tree: &Tree) -> Tree {
    let Tree::Map(map) = tree else { return tree.clone() };
    if is_null(tree) {
        return Map::new().with("nullable", true).with("enum", vec![Tree::Null]).into();
    }
    let mut changed = Map::new();
    for (key, value) in map.iter() {
        keyword(key, value, map, &mut changed);
    }
    // Siblings of a reference are ignored in this dialect.
    match changed.get("$ref").cloned() {
        Some(reference) if changed.len() > 1 => {
            let reference = Map::new().with("$ref", reference);
            let beside = changed.without("$ref");
            Map::new().with("allOf", vec![reference]).joined(beside).into()
        }
        _ => changed.into(),
    }
}

/// Converts one keyword of a schema.
fn keyword(key: &str, value: &Tree, around: &Map, out: &mut Map) {
    match (key, value) {
        ("type", Tree::List(types)) => {
            let null = Tree::from("null");
            out.set(
                "type",
                types.iter().find(|it| **it != null).cloned().unwrap_or_default(),
            );
            if types.contains(&null) {
                out.set("nullable", true);
            }
        }
        ("examples", Tree::List(examples)) => {
            if let Some(example) = examples.first() {
                out.set("example", example.clone());
            }
        }
        ("const", value) => out.set("enum", vec![value.clone()]),
        ("propertyNames" | "then", _) => {}
        ("if", condition) => {
            let unless = Map::new().with("not", schema(condition));
            let then = around.get("then").map(schema).unwrap_or_default();
            out.set("anyOf", vec![Tree::Map(unless), then]);
        }
        // Known strings or any.
        ("anyOf", Tree::List(parts)) if parts.iter().any(is_any_string) => {
            out.set("type", "string");
        }
        ("anyOf" | "oneOf", Tree::List(parts)) if parts.iter().any(is_null) => {
            let parts: Vec<_> =
                parts.iter().filter(|part| !is_null(part)).map(schema).collect();
            let one = parts.len() == 1;
            out.set(if one { "allOf" } else { key }, parts);
            out.set("nullable", true);
        }
        ("properties" | "anyOf" | "oneOf" | "allOf", value) => {
            out.set(key, each(value, &|_, value| schema(value)));
        }
        ("items" | "not" | "additionalProperties", value) => out.set(key, schema(value)),
        (_, value) => out.set(key, value.clone()),
    }
}

/// Returns true if a schema accepts strings, and any of them.
fn is_any_string(tree: &Tree) -> bool {
    *tree == Map::new().with("type", "string").into()
}

/// Returns true if a schema accepts null only.
fn is_null(tree: &Tree) -> bool {
    tree.get("type") == Some(&Tree::from("null"))
}
