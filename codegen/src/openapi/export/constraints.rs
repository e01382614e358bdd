//! Rules over several fields, as schemas and as facts.

use crate::model::{Constraint, ConstraintKind, Record};

use super::super::{Map, Tree, extension};

/// Returns the rules of a type in requests only. In responses, an unset field may be present as an empty value, which
/// a schema cannot distinguish from a set one.
pub(super) fn schemas(record: &Record) -> Tree {
    let sent = record.in_requests && !record.in_responses;
    let constraints = record.constraints.iter().filter(|_| sent);
    constraints.map(schema).collect()
}

/// Returns the rules in the syntax of the description.
pub(super) fn facts(record: &Record) -> Tree {
    record.constraints.iter().map(fact).collect()
}

/// Returns a schema for a key that is present and not null.
pub(super) fn given(key: &str) -> Map {
    let not_null = Map::new().with("not", Map::new().with("type", "null"));
    Map::new()
        .with("required", vec![key])
        .with("properties", Map::new().with(key, not_null))
}

fn schema(constraint: &Constraint) -> Map {
    let given_all =
        || constraint.fields.iter().map(|field| given(field)).collect::<Vec<_>>();
    match constraint.kind {
        ConstraintKind::OneOf => Map::new().with("oneOf", given_all()),
        ConstraintKind::AtMostOneOf => {
            let none = Map::new().with("not", Map::new().with("anyOf", given_all()));
            Map::new()
                .with("oneOf", given_all().into_iter().chain([none]).collect::<Tree>())
        }
        ConstraintKind::Together => {
            let none = Map::new().with("not", Map::new().with("anyOf", given_all()));
            Map::new().with("anyOf", vec![Map::new().with("allOf", given_all()), none])
        }
        ConstraintKind::Requires => {
            let condition = constraint.condition.as_deref().unwrap_or_default();
            Map::new()
                .with("if", given(condition))
                .with("then", Map::new().with("allOf", given_all()))
        }
    }
}

fn fact(constraint: &Constraint) -> Map {
    let fields: Tree = constraint.fields.iter().collect();
    let kind = match constraint.kind {
        ConstraintKind::OneOf => "one_of",
        ConstraintKind::AtMostOneOf => "at_most_one_of",
        ConstraintKind::Together => "together",
        ConstraintKind::Requires => "requires",
    };
    Map::new()
        .with_some("if", constraint.condition.as_ref())
        .with(kind, fields)
        .with_filled(
            extension::ERRORS,
            constraint.errors.iter().copied().collect::<Tree>(),
        )
}
