//! Named types as schemas.

use std::collections::BTreeMap;

use crate::model::{Choice, Enum, Record, Type, Union, Wrapper};

use super::super::{Map, Tree, extension};
use super::{
    Context, component, constraints, errors, examples, extended, fields, prose,
    reference, types,
};

/// Returns the schemas in the order of their names; common ones come first.
pub(super) fn schemas(context: &Context) -> Map {
    let model = context.model;
    let mut schemas = BTreeMap::new();
    for (name, ty) in &model.types {
        let schema = match ty {
            Type::Record(record) => self::record(record, context),
            Type::Union(union) => self::union(union),
            Type::Enum(enumeration) => self::enumeration(enumeration),
        };
        schemas.insert(name.clone(), with_example(schema, name, context));
    }
    schemas.extend(context.lists.schemas(model));
    let shared = [
        (errors::SCHEMA.to_owned(), errors::schema(model)),
        (types::REF.to_owned(), types::reference_schema()),
    ];
    let schemas = shared.into_iter().chain(schemas);
    schemas.map(|(name, schema)| (component(&name), schema)).collect()
}

/// Inserts the example before the extension.
fn with_example((schema, facts): (Map, Map), name: &str, context: &Context) -> Map {
    let renamed = (component(name) != name).then_some(name);
    let facts = facts.with_some(extension::NAME, renamed);
    extended(schema.with("examples", vec![examples::of(name, context.model)]), facts)
}

fn record(record: &Record, context: &Context) -> (Map, Map) {
    let properties: Map = record
        .fields
        .iter()
        .map(|field| (&field.wire, fields::property(field, record, context)))
        .collect();
    let schema = Map::new()
        .with("type", "object")
        .with("description", prose::text(&record.docs))
        .with("properties", properties)
        .with_filled("required", required(record))
        .with_filled("allOf", constraints::schemas(record));
    let facts = Map::new()
        .with_some(extension::PREFIX, record.prefix.as_ref())
        .with_filled(extension::CONSTRAINTS, constraints::facts(record))
        .with_some(extension::PUBLISHED, (!record.openapi).then_some(false));
    (schema, facts)
}

/// Returns the required fields of a request; for a type in responses only, the fields that are always present. A
/// recursive field cannot always be present.
fn required(record: &Record) -> Tree {
    let required = record.fields.iter().filter(|field| {
        let presence = field.presence;
        let sent = !presence.optional && field.only_on.is_none();
        let stated = if record.in_requests { presence.required } else { sent };
        stated && (field.wrapper != Wrapper::Boxed || presence.nullable)
    });
    required.map(|field| &field.wire).collect()
}

/// Returns an object of which exactly one key has a value.
fn union(union: &Union) -> (Map, Map) {
    let property = |choice: &Choice| {
        let schema = types::nullable(reference("schemas", &choice.ty));
        (choice.wire.clone(), schema.with("description", prose::text(&choice.docs)))
    };
    let schema = Map::new()
        .with("type", "object")
        .with("description", prose::text(&union.docs))
        .with("properties", union.choices.iter().map(property).collect::<Map>())
        .with(
            "oneOf",
            union
                .choices
                .iter()
                .map(|choice| constraints::given(&choice.wire))
                .collect::<Tree>(),
        );
    let choice = Map::new()
        .with_filled(extension::ERRORS, union.errors.iter().copied().collect::<Tree>())
        .with_flag("fixed", union.fixed);
    let facts = Map::new()
        .with(extension::CHOICE, choice)
        .with_some(extension::PUBLISHED, (!union.openapi).then_some(false));
    (schema, facts)
}

fn enumeration(enumeration: &Enum) -> (Map, Map) {
    let values: Tree =
        enumeration.variants.iter().map(|variant| &variant.wire).collect();
    let meanings: Map = enumeration
        .variants
        .iter()
        .map(|variant| (&variant.wire, prose::text(&variant.docs)))
        .collect();
    let known = Map::new().with("type", "string").with("enum", values);
    let schema = if enumeration.open {
        Map::new().with("anyOf", vec![known, Map::new().with("type", "string")])
    } else {
        known
    };
    let schema = schema
        .with("description", prose::text(&enumeration.docs))
        .with_filled(extension::VALUES, meanings);
    (schema, Map::new())
}
