//! Types, fields and rules over several fields, as schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Context, address, component, errors, examples, facts, prose, reference, typed,
};
use crate::model::{
    Choice, Constraint, ConstraintKind, Enum, Field, Model, Output, Record, Role, Rule,
    Scalar, ScalarKind, Type, TypeRef, Union,
};
use crate::openapi::{EXTENSION, Map, Tree};
use crate::rust::docs;

/// Name of the schema of references.
const REF: &str = "Ref";

/// Descriptions of an enum's values, by value; a key that other tools know as well.
const VALUES: &str = "x-enumDescriptions";

/// Rules with an `OpenAPI` keyword.
const KEYWORDS: &[&str] =
    &["format", "key_format", "one_of", "max_len", "min", "max", "min_items"];

/// Returns the corresponding shapes of requests and responses: the bodies of an operation, and their fields of the same
/// name.
pub(super) fn pairs(model: &Model) -> BTreeMap<&str, BTreeSet<&str>> {
    let bodies = model.operations().filter_map(|(_, operation)| {
        let Output::Type(returned) = &operation.output else { return None };
        Some((operation.body_type()?, returned.as_str()))
    });
    let mut open: Vec<_> = bodies.collect();
    let mut pairs = BTreeMap::<_, BTreeSet<_>>::new();
    while let Some((sent, returned)) = open.pop() {
        let (Some(ours), Some(theirs)) = (model.record(sent), model.record(returned))
        else {
            continue;
        };
        if sent == returned || !pairs.entry(sent).or_default().insert(returned) {
            continue;
        }
        pairs.entry(returned).or_default().insert(sent);
        for field in &ours.fields {
            let same = theirs.fields.iter().find(|other| other.wire == field.wire);
            if let (TypeRef::Record(sent), Some(TypeRef::Record(returned))) =
                (field.ty.element(), same.map(|other| other.ty.element()))
            {
                open.push((sent, returned));
            }
        }
    }
    pairs
}

/// Returns the schemas in the order of their names; common ones come first.
pub(super) fn schemas(
    context: &Context,
    lists: impl Iterator<Item = (String, Map)>,
) -> Map {
    let model = context.model;
    let named = |(name, ty): (&String, &Type)| {
        let schema = match ty {
            Type::Record(record) => self::record(record, context),
            Type::Union(union) => self::union(union),
            Type::Enum(enumeration) => self::enumeration(enumeration),
        };
        (name.clone(), with_example(schema, name, context))
    };
    let mut schemas: BTreeMap<String, Map> = model.types.iter().map(named).collect();
    schemas.extend(lists);
    let shared = [
        (errors::SCHEMA.to_owned(), errors::schema(model)),
        (REF.to_owned(), reference_schema()),
    ];
    let schemas = shared.into_iter().chain(schemas);
    schemas.map(|(name, schema)| (component(&name), schema)).collect()
}

/// Inserts the example before the extension.
fn with_example((schema, facts): (Map, Map), name: &str, context: &Context) -> Map {
    let renamed = (component(name) != name).then_some(name);
    schema
        .with("examples", vec![examples::of(name, context)])
        .with_filled(EXTENSION, facts.with_some("name", renamed))
}

fn record(record: &Record, context: &Context) -> (Map, Map) {
    let properties = record.fields.iter();
    let properties: Map = properties
        .map(|field| (&field.wire, property(field, record, context)))
        .collect();
    // In responses, an unset field may be present as an empty value, which a schema cannot distinguish from a set one.
    let sent = record.in_requests && !record.in_responses;
    let rules = record.constraints.iter().filter(|_| sent);
    let schema = typed("object", &prose::text(&record.docs))
        .with("properties", properties)
        .with_filled("required", required(record))
        .with_filled("allOf", rules.map(constraint).collect::<Tree>());
    (schema, facts(record, "prefix constraints openapi"))
}

/// Returns the required fields of a request; for a type in responses only, the fields that are always present. A
/// recursive field cannot always be present.
fn required(record: &Record) -> Tree {
    let required = record.fields.iter().filter(|field| {
        let presence = field.presence;
        let sent = !presence.optional && field.only_on.is_none();
        let stated = if record.in_requests { presence.required } else { sent };
        stated && (!field.recursive || presence.nullable)
    });
    required.map(|field| &field.wire).collect()
}

/// Returns an object of which exactly one key has a value.
fn union(union: &Union) -> (Map, Map) {
    let property = |choice: &Choice| {
        let schema = nullable(reference("schemas", &choice.ty));
        (choice.wire.clone(), schema.with("description", prose::text(&choice.docs)))
    };
    let choices = union.choices.iter();
    let one = choices.clone().map(|choice| given(&choice.wire));
    let schema = typed("object", &prose::text(&union.docs))
        .with("properties", choices.map(property).collect::<Map>())
        .with("oneOf", one.collect::<Tree>());
    (schema, facts(union, "errors fixed openapi"))
}

fn enumeration(enumeration: &Enum) -> (Map, Map) {
    let variants = enumeration.variants.iter();
    let values: Tree = variants.clone().map(|variant| &variant.wire).collect();
    let meanings = variants.map(|it| (&it.wire, prose::text(&it.docs)));
    let known = Map::new().with("type", "string").with("enum", values);
    let schema = if enumeration.open {
        Map::new().with("anyOf", vec![known, Map::new().with("type", "string")])
    } else {
        known
    };
    let schema = schema
        .with("description", prose::text(&enumeration.docs))
        .with_filled(VALUES, meanings.collect::<Map>());
    (schema, Map::new())
}

fn property(field: &Field, record: &Record, context: &Context) -> Map {
    let schema = with_element(&field.ty, &|schema| with_limits(schema, field));
    let schema = with_size(schema, field);
    let schema = if field.presence.nullable { nullable(schema) } else { schema };
    let (read_only, write_only) = direction(field, record, context);
    let of_type = schema.get(EXTENSION).cloned();
    let facts = match of_type {
        Some(Tree::Map(facts)) => facts.joined(field_facts(field)),
        _ => field_facts(field),
    };
    let default = field.default.clone().filter(|_| !is_figurative(field));
    schema
        .without(EXTENSION)
        .with("description", prose::lines(&docs::of_field(field, record)))
        .with_some("default", default)
        .with_flag("deprecated", field.deprecated.is_some())
        .with_flag("readOnly", read_only)
        .with_flag("writeOnly", write_only)
        .with_filled(EXTENSION, facts)
}

/// Adds the constraints on one value of the field.
fn with_limits(schema: Map, field: &Field) -> Map {
    let rules = &field.rules;
    let password = field.secret && schema.get("type") == Some(&Tree::from("string"));
    let format = rules.format().or(password.then_some("password"));
    let format = format.map(|format| format.replace('_', "-"));
    schema
        .with_some("format", format)
        // A string of this many bytes has no more characters.
        .with_some("maxLength", rules.max_len().or(rules.max_bytes()))
        .with_some("minimum", rules.min())
        .with_some("maximum", rules.max())
        .with_filled("enum", rules.one_of().iter().copied().collect::<Tree>())
}

/// Adds the constraints on a list or map as a whole.
fn with_size(schema: Map, field: &Field) -> Map {
    let map = schema.get("additionalProperties").is_some();
    let least = if map { "minProperties" } else { "minItems" };
    let format = field.rules.key_format().map(|format| format.replace('_', "-"));
    let keys = Map::new().with_some("format", format);
    schema.with_some(least, field.rules.min_items()).with_filled("propertyNames", keys)
}

/// Returns whether the field is in responses only, and in requests only.
fn direction(field: &Field, record: &Record, context: &Context) -> (bool, bool) {
    if field.secret && record.in_requests && record.in_responses {
        // One schema is used for both, and secrets are not returned.
        return (false, true);
    }
    let Some(others) = context.pairs.get(record.name.as_str()) else {
        return (record.role == Role::Resource && !record.in_requests, false);
    };
    let mut others = others.iter().filter_map(|name| context.model.record(name));
    let found = others.any(|it| it.fields.iter().any(|it| it.wire == field.wire));
    (!found && !record.in_requests, !found && !record.in_responses)
}

/// Returns the facts of a field without a keyword.
fn field_facts(field: &Field) -> Map {
    const FACTS: &str = "secret only_on written_as errors deprecated openapi";
    let rules = field.rules.iter().filter(|rule| !KEYWORDS.contains(&rule.key()));
    let rules: Map = rules.map(|rule: &Rule| (rule.key(), rule.to_value())).collect();
    let default = field.default.clone().filter(|_| is_figurative(field));
    facts(&field.presence, "optional")
        .with_some("default", default)
        .joined(facts(field, FACTS))
        .with_filled("rules", rules)
}

/// Returns true if the default describes a value, such as `now`, and is none itself.
fn is_figurative(field: &Field) -> bool {
    matches!(field.ty, TypeRef::Scalar(Scalar::Timestamp) | TypeRef::Id { .. })
}

/// Returns a rule over several fields of a request.
fn constraint(constraint: &Constraint) -> Map {
    let all: Vec<Map> = constraint.fields.iter().map(|field| given(field)).collect();
    let none = Map::new().with("not", Map::new().with("anyOf", all.clone()));
    match constraint.kind {
        ConstraintKind::OneOf => Map::new().with("oneOf", all),
        ConstraintKind::AtMostOneOf => {
            Map::new().with("oneOf", all.into_iter().chain([none]).collect::<Tree>())
        }
        ConstraintKind::Together => {
            Map::new().with("anyOf", vec![Map::new().with("allOf", all), none])
        }
        ConstraintKind::Requires => Map::new()
            .with("if", given(constraint.condition.as_deref().unwrap_or_default()))
            .with("then", Map::new().with("allOf", all)),
    }
}

/// Returns a schema for a key that is present and not null.
fn given(key: &str) -> Map {
    let not_null = Map::new().with("not", Map::new().with("type", "null"));
    Map::new()
        .with("required", vec![key])
        .with("properties", Map::new().with(key, not_null))
}

pub(super) fn of_type(ty: &TypeRef) -> Map {
    with_element(ty, &|schema| schema)
}

/// Returns the schema of a type; `more` adds the constraints on its values, at the innermost element.
fn with_element(ty: &TypeRef, more: &dyn Fn(Map) -> Map) -> Map {
    let kinds = |kinds: &[String]| kinds.iter().collect::<Tree>();
    match ty {
        TypeRef::List(item) => {
            Map::new().with("type", "array").with("items", with_element(item, more))
        }
        TypeRef::Map(value) => Map::new()
            .with("type", "object")
            .with("additionalProperties", with_element(value, more)),
        TypeRef::Scalar(kind) => more(scalar(*kind)),
        TypeRef::Id { kinds: of, .. } => more(Map::new().with("type", "string"))
            .with(EXTENSION, Map::new().with("id", kinds(of))),
        TypeRef::Ref { kinds: of, .. } => more(reference("schemas", REF))
            .with(EXTENSION, Map::new().with("ref", kinds(of))),
        TypeRef::Record(name) | TypeRef::Enum(name) => more(reference("schemas", name)),
    }
}

fn scalar(scalar: Scalar) -> Map {
    let (kind, format) = match scalar.kind() {
        ScalarKind::Text => ("string", ""),
        ScalarKind::Time => ("string", "date-time"),
        ScalarKind::Flag => ("boolean", ""),
        ScalarKind::Integer => ("integer", scalar.name()),
        ScalarKind::Number => ("number", "double"),
    };
    let least = matches!(scalar, Scalar::Uint32 | Scalar::Uint64).then_some(0_u32);
    Map::new()
        .with("type", kind)
        .with_filled("format", format)
        .with_some("minimum", least)
}

/// Returns the schema, made nullable.
fn nullable(schema: Map) -> Map {
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
fn reference_schema() -> Map {
    let properties = Map::new()
        .with("id", typed("string", "ID of the referenced resource."))
        .with("uri", address("Address of the referenced resource."));
    typed("object", "Reference to a resource: its ID and its address.")
        .with("properties", properties)
        .with("required", vec!["id"])
}
