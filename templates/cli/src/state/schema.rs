//! JSON Schema of the files, for completion and checks in editors.

use ngrok_api_model::{Field, Model, ScalarKind, Type, TypeRef};
use ngrok_state_core::{Kind, Kinds};
use serde_json::{Map, Value, json};

use crate::prose;

/// Form of a reference or a placeholder: accepted wherever a value is.
const REFERENCE: &str = r"\$\{[^}]+\}";

/// The schema of a document, with one definition for each type that it needs.
pub(super) fn of_files(model: &Model, kinds: &Kinds) -> Value {
    let mut schema = Schema { model, definitions: Map::new() };
    let properties: Map<_, _> =
        kinds.iter().map(|kind| (kind.name.clone(), schema.kind(kind))).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("Resources of the {} API", model.api.name),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "definitions": {
            "reference": { "type": "string", "pattern": REFERENCE },
            "types": schema.definitions,
        },
    })
}

struct Schema<'m> {
    model: &'m Model,
    definitions: Map<String, Value>,
}

impl Schema<'_> {
    fn kind(&mut self, kind: &Kind) -> Value {
        let mut services = self.model.services.iter();
        let service = services.find(|it| it.label() == kind.name);
        let sent = || kind.fields.iter().filter(|it| it.sent);
        let mut properties: Map<_, _> =
            sent().map(|it| (it.name.clone(), self.field(&it.facts))).collect();
        properties.insert(
            "$id".to_owned(),
            json!({ "type": "string", "description": "ID of an existing resource to adopt." }),
        );
        properties.insert(
            "$retain".to_owned(),
            json!({
                "type": "boolean",
                "default": kind.apply.retain,
                "description": "Whether the resource is kept when it leaves the files.",
            }),
        );
        let required = sent().filter(|it| it.facts.presence.required);
        let required: Vec<_> = required.map(|it| it.name.as_str()).collect();
        let docs = service.map(|it| prose::text(&it.docs)).unwrap_or_default();
        json!({
            "description": docs,
            "type": ["object", "null"],
            "propertyNames": { "pattern": "^[A-Za-z0-9_-]+$" },
            "additionalProperties": {
                "type": if required.is_empty() { json!(["object", "null"]) } else { json!("object") },
                "description": docs,
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            },
        })
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut schema = self.value(&field.ty);
        // Beside a reference to a definition, drafts up to 7 ignore all other keys.
        if schema.get("$ref").is_some() {
            schema = json!({ "allOf": [schema] });
        }
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), prose::text(&field.docs).into());
            if let Some(default) = &field.default {
                object.insert("default".to_owned(), default.clone());
            }
            if field.deprecated.is_some() {
                object.insert("deprecated".to_owned(), true.into());
            }
        }
        schema
    }

    fn value(&mut self, ty: &TypeRef) -> Value {
        let scalar = |name: &str| json!({ "anyOf": [{ "type": [name, "null"] }, { "$ref": "#/definitions/reference" }] });
        match ty {
            TypeRef::Scalar(it) => match it.kind() {
                ScalarKind::Flag => scalar("boolean"),
                ScalarKind::Integer => scalar("integer"),
                ScalarKind::Number => scalar("number"),
                ScalarKind::Text | ScalarKind::Time => {
                    json!({ "type": ["string", "null"] })
                }
            },
            TypeRef::Id { .. } | TypeRef::Ref { .. } => {
                json!({ "type": ["string", "null"] })
            }
            TypeRef::List(element) => {
                json!({ "type": ["array", "null"], "items": self.value(element) })
            }
            TypeRef::Map(element) => json!({
                "type": ["object", "null"],
                "additionalProperties": self.value(element),
            }),
            TypeRef::Record(name) | TypeRef::Enum(name) => self.named(name),
        }
    }

    /// A reference to the definition of a type, which is added if it is new.
    fn named(&mut self, name: &str) -> Value {
        if !self.definitions.contains_key(name) {
            // Types can contain themselves.
            self.definitions.insert(name.to_owned(), Value::Null);
            let definition = self.definition(name);
            self.definitions.insert(name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/definitions/types/{name}") })
    }

    fn definition(&mut self, name: &str) -> Value {
        let model = self.model;
        match model.types.get(name) {
            Some(Type::Record(record)) => {
                let fields = record.fields.iter();
                let properties: Map<_, _> =
                    fields.map(|it| (it.wire.clone(), self.field(it))).collect();
                let required: Vec<_> =
                    record.required().map(|it| it.wire.as_str()).collect();
                json!({
                    "description": prose::text(&record.docs),
                    "type": ["object", "null"],
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
            Some(Type::Union(union)) => {
                let choices = union.choices.iter();
                let properties: Map<_, _> =
                    choices.map(|it| (it.wire.clone(), self.named(&it.ty))).collect();
                json!({
                    "description": prose::text(&union.docs),
                    "type": ["object", "null"],
                    "properties": properties,
                    "additionalProperties": false,
                    "minProperties": 1,
                })
            }
            Some(Type::Enum(known)) => {
                let values = known.variants.iter().map(|it| it.wire.as_str());
                let values: Vec<_> = values.collect();
                let mut open = vec![json!({ "enum": values })];
                let reference = if known.open {
                    json!({ "type": "string" })
                } else {
                    json!({ "$ref": "#/definitions/reference" })
                };
                open.push(reference);
                json!({ "description": prose::text(&known.docs), "anyOf": open })
            }
            None => json!({}),
        }
    }
}
