//! Types of fields and parameters.

use crate::model::{Scalar, TypeRef};

use super::super::{Map, Tree, extension};
use super::{extended, reference};

/// Name of the schema of references.
pub(super) const REF: &str = "Ref";

/// Returns the schema of a type.
pub(super) fn schema(ty: &TypeRef) -> Map {
    with_element(ty, &|schema| schema)
}

/// Returns the schema of a type; `more` adds the constraints on its values, at the innermost element.
pub(super) fn with_element(ty: &TypeRef, more: &dyn Fn(Map) -> Map) -> Map {
    match ty {
        TypeRef::List(item) => {
            Map::new().with("type", "array").with("items", with_element(item, more))
        }
        TypeRef::Map(value) => Map::new()
            .with("type", "object")
            .with("additionalProperties", with_element(value, more)),
        TypeRef::Scalar(kind) => more(scalar(*kind)),
        TypeRef::Id { kinds, .. } => {
            let schema = more(Map::new().with("type", "string"));
            extended(
                schema,
                Map::new().with(extension::ID, kinds.iter().collect::<Tree>()),
            )
        }
        TypeRef::Ref { kinds, .. } => {
            let facts = Map::new().with(extension::REF, kinds.iter().collect::<Tree>());
            extended(more(reference("schemas", REF)), facts)
        }
        TypeRef::Record(name) | TypeRef::Enum(name) => more(reference("schemas", name)),
    }
}

fn scalar(scalar: Scalar) -> Map {
    let of = |kind: &str, format: &str| {
        Map::new().with("type", kind).with_filled("format", format)
    };
    match scalar {
        Scalar::String => of("string", ""),
        Scalar::Bool => of("boolean", ""),
        Scalar::Int32 => of("integer", "int32"),
        Scalar::Int64 => of("integer", "int64"),
        Scalar::Uint32 => of("integer", "uint32").with("minimum", 0_u32),
        Scalar::Uint64 => of("integer", "uint64").with("minimum", 0_u32),
        Scalar::Float64 => of("number", "double"),
        Scalar::Timestamp => of("string", "date-time"),
    }
}

/// Returns the schema, made nullable.
pub(super) fn nullable(schema: Map) -> Map {
    let Some(kind) = schema.get("type").cloned() else {
        let null = Map::new().with("type", "null");
        return Map::new().with("anyOf", vec![schema, null]);
    };
    let values = match schema.get("enum") {
        Some(Tree::List(values)) => values.iter().cloned().chain([Tree::Null]).collect(),
        _ => Tree::List(Vec::new()),
    };
    let kinds = Tree::from(vec![kind, Tree::from("null")]);
    schema.with("type", kinds).with_filled("enum", values)
}

/// Returns the schema of references: ID and address.
pub(super) fn reference_schema() -> Map {
    let id = Map::new()
        .with("type", "string")
        .with("description", "ID of the referenced resource.");
    let uri = Map::new()
        .with("type", "string")
        .with("format", "uri")
        .with("description", "Address of the referenced resource.");
    Map::new()
        .with("type", "object")
        .with("description", "Reference to a resource: its ID and its address.")
        .with("properties", Map::new().with("id", id).with("uri", uri))
        .with("required", vec!["id"])
}
