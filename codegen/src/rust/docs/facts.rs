//! Sentences about the rules of a field.

use crate::model::{Field, Rules};

use super::inline::as_code;

/// Returns the sentences; `sent` where callers set the field.
pub(super) fn sentences(field: &Field, sent: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let mut say = |fact: Option<String>| facts.extend(fact);
    let rules = &field.rules;
    let deprecated = field.deprecated.as_ref();
    say(deprecated.map(|said| format!("**Deprecated**: {}", said.note)));
    let only = |operation: &String| format!("Only the answer to `{operation}` has it.");
    say(field.only_on.as_ref().map(only));
    if sent {
        say(rules.max_bytes().map(|max| format!("Up to {max} bytes.")));
        say(rules.max_len().map(|max| format!("Up to {max} characters.")));
        say(range(rules));
        say(rules.min_items().map(|min| format!("At least {min} of them.")));
        say(one_of(rules));
        say(field.default.as_ref().map(|value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("Default: {}.", as_code(&text))
        }));
    }
    facts
}

fn range(rules: &Rules) -> Option<String> {
    match (rules.min(), rules.max()) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}

fn one_of(rules: &Rules) -> Option<String> {
    let values: Vec<_> =
        rules.one_of().iter().map(|value| format!("`{value}`")).collect();
    (!values.is_empty()).then(|| format!("One of {}.", values.join(", ")))
}
