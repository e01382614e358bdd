//! Rules on the values of a field.

use serde_json::Value;

use crate::model::{Rule as LimitRule, Rules};

/// Returns the rule for a change of constraints. Those on values that only the server sends concern nobody but the server; a format
/// documents values for readers.
pub(super) fn compare(old: &Rules, new: &Rules, sent: bool) -> Option<&'static str> {
    if text(old) != text(new) {
        return Some("limit-changed");
    }
    if !sent {
        return None;
    }
    let others = |rules: &'_ Rules| -> Rules {
        rules.iter().filter(|rule| !is_bound(rule)).cloned().collect()
    };
    if others(old) != others(new) {
        return Some("limit-changed");
    }
    let (before, after) = (bounds(old), bounds(new));
    let mut bounds = before.iter().zip(&after);
    let wider = bounds.clone().any(|(old, new)| old < new);
    // Without a list, all values are allowed.
    let lost = |before: &Rules, after: &Rules| {
        let (before, after) = (before.one_of(), after.one_of());
        let any = before.is_empty() || before.iter().any(|it| !after.contains(it));
        any && !after.is_empty()
    };
    if lost(old, new) || bounds.any(|(old, new)| new < old) {
        return Some("limit-tightened");
    }
    (lost(new, old) || wider).then_some("limit-loosened")
}

/// The limits in a few words, ordered by name.
pub(super) fn shown(rules: &Rules) -> String {
    let words = rules.iter().map(|rule| match rule.to_value() {
        Value::String(text) => format!("{} {text}", rule.key()),
        value => format!("{} {value}", rule.key()),
    });
    let mut words: Vec<_> = words.collect();
    words.sort();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// Returns true if values of a rule can be stricter or looser.
fn is_bound(rule: &LimitRule) -> bool {
    use LimitRule::{Max, MaxBytes, MaxLen, Min, MinItems, OneOf};
    matches!(rule, Max(_) | MaxBytes(_) | MaxLen(_) | Min(_) | MinItems(_) | OneOf(_))
}

/// Returns the constraints on the form of a value.
fn text(rules: &Rules) -> [Option<&str>; 3] {
    [rules.format(), rules.key_format(), rules.unit()]
}

/// Returns the bounds of values in each direction: less is tighter.
fn bounds(rules: &Rules) -> [f64; 5] {
    let most = |limit: Option<u32>| limit.map_or(f64::INFINITY, f64::from);
    [
        most(rules.max_bytes()),
        most(rules.max_len()),
        rules.max().unwrap_or(f64::INFINITY),
        -rules.min().unwrap_or(f64::NEG_INFINITY),
        -rules.min_items().map_or(f64::NEG_INFINITY, f64::from),
    ]
}
