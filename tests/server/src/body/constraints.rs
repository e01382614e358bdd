//! Rules over several fields of a record.

use ngrok_api_model::{Constraint, ConstraintKind, Record};
use serde_json::{Map, Value};

use crate::errors::{Outcome, Problem};
use crate::json::is_zero;

/// Refuses a record that breaks one of its rules.
pub(super) fn check(
    record: &Record,
    set: &Map<String, Value>,
    path: &str,
) -> Outcome<()> {
    record.constraints.iter().try_for_each(|rule| hold(rule, set, path))
}

/// Which of the errors of a rule it is: the first where something is missing, the second, if there is one, where there
/// is too much.
pub(super) fn number(errors: &[u32], too_much: bool) -> Option<u32> {
    errors.get(usize::from(too_much)).or(errors.first()).copied()
}

fn hold(rule: &Constraint, set: &Map<String, Value>, path: &str) -> Outcome<()> {
    let is_given = |name: &String| set.get(name).is_some_and(|value| !is_zero(value));
    let given = rule.fields.iter().filter(|name| is_given(name)).count();
    let all = given == rule.fields.len();
    let (holds, what) = match rule.kind {
        ConstraintKind::OneOf => (given == 1, "exactly one of"),
        ConstraintKind::AtMostOneOf => (given <= 1, "at most one of"),
        ConstraintKind::Together => (given == 0 || all, "all or none of"),
        ConstraintKind::Requires => {
            (all || !rule.condition.as_ref().is_some_and(is_given), "all of")
        }
    };
    if holds {
        return Ok(());
    }
    let place = if path.is_empty() { "The body" } else { path };
    let names = rule.fields.join(", ");
    let condition = rule.condition.as_ref();
    let condition = condition.map(|name| format!(" when it has {name}"));
    let message =
        format!("{place} must have {what} {names}{}.", condition.unwrap_or_default());
    Err(Problem::broken_rule(number(&rule.errors, given > 0), message))
}
