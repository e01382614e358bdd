//! Which fields a value has: those of a small but complete one, and those of an update with effect.

use crate::model::{ConstraintKind, Field, Model, Record, Role, Scalar, TypeRef};

use super::{Sample, formats, named};

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

/// Returns this update or, if it has no effect, one of another field.
pub(crate) fn different<'m>(
    change: Sample<'m>,
    before: Option<&Sample<'m>>,
    model: &'m Model,
) -> Sample<'m> {
    let change = with_other_values(change);
    let (Sample::Record { record, .. }, Some(before)) = (&change, before) else {
        return change;
    };
    if differs(&change, before) {
        return change;
    }
    let others = record.fields.iter().filter(|field| field.deprecated.is_none());
    let mut others = others.filter_map(|field| {
        let wanted = [(record.name.clone(), field.wire.clone())];
        Some(with_other_values(named(&record.name, &wanted, model)?))
    });
    others.find(|other| differs(other, before)).unwrap_or(change)
}

/// Replaces unconstrained strings by others, and disables enabled booleans.
fn with_other_values(mut sample: Sample) -> Sample {
    if let Sample::Record { fields, .. } = &mut sample {
        for (field, value) in fields {
            let is_on = field.default.as_ref().and_then(serde_json::Value::as_bool);
            match value {
                Sample::Text(text) if text == formats::ANY => {
                    formats::ANY_OTHER.clone_into(text);
                }
                Sample::Plain(text) if text == "true" && is_on != Some(false) => {
                    "false".clone_into(text);
                }
                _ => {}
            }
        }
    }
    sample
}

fn differs(change: &Sample, before: &Sample) -> bool {
    let (Some(change), Some(before)) = (fields(change), fields(before)) else {
        return true;
    };
    let same = |(field, value): &(&Field, Sample)| {
        before.iter().any(|(other, old)| other.wire == field.wire && old == value)
    };
    !change.iter().all(same)
}

fn fields<'s, 'm>(sample: &'s Sample<'m>) -> Option<&'s [(&'m Field, Sample<'m>)]> {
    match sample {
        Sample::Record { fields, .. } => Some(fields),
        _ => None,
    }
}
