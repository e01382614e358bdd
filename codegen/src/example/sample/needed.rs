//! The fields of a small but complete value.

use crate::model::{ConstraintKind, Field, Record, Role, Scalar, TypeRef};

use super::formats;

/// Returns the keys of the fields of a small but complete value.
pub(super) fn needed<'r>(
    record: &'r Record,
    wanted: &[&str],
    depth: usize,
) -> Vec<&'r str> {
    let is = |field: &&Field| {
        field.presence.required || wanted.contains(&field.wire.as_str())
    };
    let mut keys: Vec<_> =
        record.fields.iter().filter(is).map(|field| field.wire.as_str()).collect();
    complete(&mut keys, record);
    if keys.is_empty() && depth > 0 {
        let plain = |field: &&Field| {
            field.deprecated.is_none() && !matches!(field.ty, TypeRef::Ref { .. })
        };
        let fields = || record.fields.iter().filter(plain);
        let field = fields().find(|field| tells(field, record.role));
        keys.extend(field.or_else(|| fields().next()).map(|field| field.wire.as_str()));
        complete(&mut keys, record);
    }
    keys
}

/// Adds the keys that the rules of a record require beside these.
fn complete<'r>(keys: &mut Vec<&'r str>, record: &'r Record) {
    for rule in &record.constraints {
        let given = |key: &String| keys.contains(&key.as_str());
        let more: &[String] = match rule.kind {
            ConstraintKind::OneOf if !rule.fields.iter().any(given) => {
                rule.fields.get(..1).unwrap_or_default()
            }
            ConstraintKind::Together if rule.fields.iter().any(given) => &rule.fields,
            ConstraintKind::Requires if rule.condition.iter().any(given) => &rule.fields,
            _ => &[],
        };
        keys.extend(more.iter().map(String::as_str));
    }
    let asked = |field: &&Field| {
        let others = field.rules.required_unless();
        others
            .is_some_and(|others| others.keys().any(|key| keys.contains(&key.as_str())))
    };
    let more: Vec<_> = record.fields.iter().filter(asked).collect();
    keys.extend(more.into_iter().map(|field| field.wire.as_str()));
}

/// Returns true if a value of the field is informative: full replacements contain more than booleans, and of the
/// strings of others only those with constraints are.
fn tells(field: &Field, role: Role) -> bool {
    if field.default.is_some() {
        return false;
    }
    let whole = matches!(role, Role::Nested | Role::Resource);
    match &field.ty {
        TypeRef::Scalar(Scalar::String) => formats::known(field).is_some(),
        TypeRef::Scalar(_) => formats::such_as(&field.docs).is_some(),
        TypeRef::List(item) if **item == TypeRef::Scalar(Scalar::String) => {
            formats::known(field).is_some()
        }
        _ => whole,
    }
}
