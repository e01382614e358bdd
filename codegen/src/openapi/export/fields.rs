//! Fields as properties.

use crate::model::{Field, Record, Role, Rules, Scalar, TypeRef};
use crate::rust::docs;

use super::super::{Map, Tree, extension};
use super::{Context, pairs, prose, types};

/// Returns the property of a field.
pub(super) fn property(field: &Field, record: &Record, context: &Context) -> Map {
    let rules = &field.rules;
    let schema = types::with_element(&field.ty, &|schema| with_limits(schema, field));
    let schema = with_size(schema, rules);
    let schema = if field.presence.nullable { types::nullable(schema) } else { schema };
    let (read_only, write_only) = direction(field, record, context);
    let facts = with_facts(schema.get(extension::KEY), field);
    schema
        .without(extension::KEY)
        .with("description", prose::lines(&docs::of_field(field, record)))
        .with_some("default", field.default.clone().filter(|_| !is_figurative(field)))
        .with_flag("deprecated", field.deprecated.is_some())
        .with_flag("readOnly", read_only)
        .with_flag("writeOnly", write_only)
        .with_filled(extension::KEY, facts)
}

/// Adds the constraints on one value of the field.
fn with_limits(schema: Map, field: &Field) -> Map {
    let rules = &field.rules;
    let password = field.secret && schema.get("type") == Some(&Tree::from("string"));
    let format = rules.format().or(password.then_some("password"));
    let format = format.map(|format| format.replace('_', "-"));
    // A string of this many bytes has no more characters.
    let length = rules.max_len().or(rules.max_bytes());
    schema
        .with_some("format", format)
        .with_some("maxLength", length)
        .with_some("minimum", rules.min())
        .with_some("maximum", rules.max())
        .with_filled("enum", rules.one_of().iter().copied().collect::<Tree>())
}

/// Adds the constraints on a list or map as a whole.
fn with_size(schema: Map, rules: &Rules) -> Map {
    let map = schema.get("additionalProperties").is_some();
    let least = if map { "minProperties" } else { "minItems" };
    let key_format = rules.key_format().map(|format| format.replace('_', "-"));
    let keys = Map::new().with_some("format", key_format).with_filled(
        extension::KEY,
        Map::new().with_filled(extension::ID, rules.keys().iter().collect::<Tree>()),
    );
    schema.with_some(least, rules.min_items()).with_filled("propertyNames", keys)
}

/// Returns whether the field is in responses only, and in requests only.
fn direction(field: &Field, record: &Record, context: &Context) -> (bool, bool) {
    if field.secret && record.in_requests && record.in_responses {
        // One schema is used for both, and secrets are not returned.
        return (false, true);
    }
    let Some(others) = context.pairs.of(&record.name) else {
        return (record.role == Role::Resource && !record.in_requests, false);
    };
    let found =
        others.iter().any(|other| pairs::has_field(context.model, other, &field.wire));
    (!found && !record.in_requests, !found && !record.in_responses)
}

/// Returns the facts without an `OpenAPI` keyword, in addition to those of the type.
fn with_facts(of_type: Option<&Tree>, field: &Field) -> Map {
    let facts = match of_type {
        Some(Tree::Map(facts)) => facts.clone(),
        _ => Map::new(),
    };
    let rules = &field.rules;
    let rare: Map = rules.rare().map(|rule| (rule.key(), rule.to_value())).collect();
    let length = rules.max_bytes().filter(|_| rules.max_len() != rules.max_bytes());
    facts
        .with_flag(extension::OPTIONAL, field.presence.optional)
        .with_some(
            extension::DEFAULT,
            field.default.clone().filter(|_| is_figurative(field)),
        )
        .with_flag(extension::SECRET, field.secret)
        .with_some(extension::ONLY_ON, field.only_on.as_ref())
        .with_some(extension::WRITTEN_AS, field.written_as.as_ref())
        .with_filled(extension::ERRORS, field.errors.iter().copied().collect::<Tree>())
        .with_some(extension::MAX_BYTES, length)
        .with_some(extension::UNIT, rules.unit())
        .with_filled(extension::RULES, rare)
        .with_some(
            extension::DEPRECATED,
            field.deprecated.as_ref().map(prose::deprecation),
        )
        .with_some(extension::PUBLISHED, (!field.openapi).then_some(false))
}

/// Returns true if the default describes a value, such as `now`, and is none itself.
fn is_figurative(field: &Field) -> bool {
    matches!(field.ty, TypeRef::Scalar(Scalar::Timestamp) | TypeRef::Id { .. })
}

/// Returns true if the type of a field is a single value.
pub(super) fn is_single(field: &Field) -> bool {
    !matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_))
}
