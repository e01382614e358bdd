//! JSON Schemas of operations: what `call` takes, and what it returns.

use ngrok_api_model::{Body, Field, Model, Output, Rules, Scalar, Shape, Type, TypeRef};
use serde_json::{Map, Value, json};

use super::catalog::Entry;
use crate::prose;

/// Types may contain themselves: deeper than this they are plain objects.
const DEEPEST: usize = 5;

/// An operation with its parameters, body and result.
pub(super) fn operation(model: &Model, entry: &Entry) -> Value {
    let operation = entry.operation;
    let mut described = json!({
        "operation": entry.command,
        "description": prose::text(&operation.docs),
        "http": format!("{} {}", operation.method.as_str(), operation.path),
        "hints": entry.hints,
        "deprecated": entry.is_deprecated(),
        "parameters": parameters(model, entry),
    });
    if let Body::Type(name) = &operation.body {
        described["body"] = named(model, name, 0);
    }
    described["returns"] = match &operation.output {
        Output::Nothing => Value::Null,
        Output::Type(name) => named(model, name, 0),
        Output::List(listing) => {
            let items =
                json!({ "type": "array", "items": named(model, &listing.item, 1) });
            json!({ "type": "object", "properties": { &listing.key: items } })
        }
    };
    described
}

fn parameters(model: &Model, entry: &Entry) -> Value {
    let operation = entry.operation;
    let mut properties = Map::new();
    let path = operation.parameters.iter().map(|own| (&own.wire, &own.ty, &own.docs));
    let query = operation.query.iter().map(|own| (&own.wire, &own.ty, &own.docs));
    for (wire, ty, docs) in path.chain(query) {
        properties.insert(wire.clone(), documented(of(model, ty, 0), docs));
    }
    if let Output::List(listing) = &operation.output {
        let api = &model.api;
        if listing.paged {
            let limit = json!({ "type": "integer", "minimum": api.limit_min, "maximum": api.limit_max });
            properties.insert(api.limit_parameter.clone(), limit);
            let before = json!({ "type": "string", "description": "Lists the items after the one with this ID" });
            properties.insert(api.cursor_parameter.clone(), before);
        }
        if !listing.filter.is_empty() {
            let fields = listing.filter.join(", ");
            let help = format!(
                "Expression such as `{}.{} == \"...\"`. Fields: {fields}",
                api.filter_object, listing.filter[0]
            );
            properties.insert(
                api.filter_parameter.clone(),
                json!({ "type": "string", "description": help }),
            );
        }
    }
    let required: Vec<_> = operation.parameters.iter().map(|own| &own.wire).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// Returns the schema of a type by its name.
fn named(model: &Model, name: &str, depth: usize) -> Value {
    if depth > DEEPEST {
        return json!({ "type": "object", "description": format!("a {name}") });
    }
    let members = Shape::Named(name).members(model).into_iter().map(|member| {
        let schema = match (member.field, member.shape.name()) {
            (Some(own), _) => field(model, own, depth),
            (None, Some(name)) => documented(named(model, name, depth + 1), member.docs),
            (None, None) => json!({}),
        };
        (member.key.to_owned(), schema)
    });
    let mut schema =
        json!({ "type": "object", "properties": members.collect::<Map<_, _>>() });
    match model.types.get(name) {
        Some(Type::Record(record)) => {
            let required: Vec<_> = record.required().map(|own| &own.wire).collect();
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
        }
        Some(Type::Union(_)) => {
            schema["minProperties"] = 1.into();
            schema["maxProperties"] = 1.into();
        }
        Some(Type::Enum(known)) => {
            let values: Vec<_> = known.variants.iter().map(|own| &own.wire).collect();
            return json!({ "type": "string", "enum": values });
        }
        None => return json!({}),
    }
    schema
}

fn of(model: &Model, ty: &TypeRef, depth: usize) -> Value {
    match ty {
        TypeRef::Scalar(Scalar::Bool) => json!({ "type": "boolean" }),
        TypeRef::Scalar(Scalar::String) | TypeRef::Id { .. } => {
            json!({ "type": "string" })
        }
        TypeRef::Scalar(Scalar::Timestamp) => {
            json!({ "type": "string", "format": "date-time" })
        }
        TypeRef::Scalar(Scalar::Float64) => json!({ "type": "number" }),
        TypeRef::Scalar(_) => json!({ "type": "integer" }),
        TypeRef::Ref { .. } => {
            json!({ "type": "object", "properties": { "id": { "type": "string" }, "uri": { "type": "string" } } })
        }
        TypeRef::List(element) => {
            json!({ "type": "array", "items": of(model, element, depth + 1) })
        }
        TypeRef::Map(element) => {
            let element = of(model, element, depth + 1);
            json!({ "type": "object", "additionalProperties": element })
        }
        TypeRef::Record(name) | TypeRef::Enum(name) => named(model, name, depth + 1),
    }
}

fn field(model: &Model, field: &Field, depth: usize) -> Value {
    let mut schema = documented(of(model, &field.ty, depth), &field.docs);
    if field.presence.nullable {
        schema["type"] = json!([schema["type"], "null"]);
        if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            values.push(Value::Null);
        }
    }
    if let Some(default) = field.default.as_ref().filter(|default| !default.is_null()) {
        schema["default"] = default.clone();
    }
    for (key, set) in
        [("deprecated", field.deprecated.is_some()), ("writeOnly", field.secret)]
    {
        if set {
            schema[key] = true.into();
        }
    }
    limits(&field.rules, &mut schema);
    schema
}

fn limits(rules: &Rules, schema: &mut Value) {
    let facts = [
        ("format", rules.format().map(|format| json!(format))),
        ("maxLength", rules.longest().map(|most| json!(most))),
        ("minimum", rules.min().map(|least| json!(least))),
        ("maximum", rules.max().map(|most| json!(most))),
        ("minItems", rules.min_items().map(|least| json!(least))),
    ];
    for (key, fact) in facts {
        if let Some(fact) = fact {
            schema[key] = fact;
        }
    }
}

fn documented(mut schema: Value, docs: &str) -> Value {
    schema["description"] = prose::summary(docs).into();
    schema
}
