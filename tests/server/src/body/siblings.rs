//! Rules of a field that look at other fields of the same record.

use ngrok_api_model::{Field, Record};
use serde_json::{Map, Value};

use crate::errors::{Breach, Outcome, Problem};
use crate::json::is_zero;

/// Refuses fields that do not go with what others are set to.
pub(super) fn check(
    record: &Record,
    set: &Map<String, Value>,
    path: &str,
) -> Outcome<()> {
    for field in &record.fields {
        let is_set = set.get(&field.wire).is_some_and(|value| !is_zero(value));
        let place = super::join(path, &field.wire);
        let refuse = |what: &str| {
            Err(Problem::bad_value(field, Breach::Use, format!("{place} {what}.")))
        };
        if let Some((name, wanted)) = condition(field, "only_if")
            && is_set
            && set.get(name).is_some_and(|value| value != wanted)
        {
            return refuse(&format!("is only for a {name} of {wanted}"));
        }
        if let Some((name, wanted)) = condition(field, "null_if")
            && is_set
            && set.get(name) == Some(wanted)
        {
            return refuse(&format!("is not for a {name} of {wanted}"));
        }
        if let Some((name, wanted)) = condition(field, "required_unless")
            && !is_set
            && set.get(name).is_some_and(|value| value != wanted)
        {
            return refuse(&format!(
                "is missing, and can be only for a {name} of {wanted}"
            ));
        }
    }
    Ok(())
}

/// The field that a rule looks at, and the value it looks for.
fn condition<'a>(field: &'a Field, rule: &str) -> Option<(&'a String, &'a Value)> {
    field.limits.rules.get(rule)?.as_object()?.iter().next()
}
