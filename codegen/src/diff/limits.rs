//! Limits on the values of a field.

use serde_json::{Map, Value};

use crate::model::Limits;

use super::rules::{LIMIT_CHANGED, LIMIT_LOOSENED, LIMIT_TIGHTENED, Rule};

/// What happened to limits. Those on what only the server sends bind nobody but the server; a format tells readers what
/// to expect.
pub(super) fn compare(old: &Limits, new: &Limits, sent: bool) -> Option<&'static Rule> {
    if text(old) != text(new) {
        return Some(LIMIT_CHANGED);
    }
    if !sent {
        return None;
    }
    if old.rules != new.rules || old.keys != new.keys {
        return Some(LIMIT_CHANGED);
    }
    let (before, after) = (bounds(old), bounds(new));
    let mut bounds = before.iter().zip(&after);
    let wider = bounds.clone().any(|(old, new)| old < new);
    let fewer = old.one_of.iter().any(|value| !new.one_of.contains(value));
    let more = new.one_of.iter().any(|value| !old.one_of.contains(value));
    let (free_before, free_after) = (old.one_of.is_empty(), new.one_of.is_empty());
    let tighter_values = if free_before { !free_after } else { fewer && !free_after };
    if tighter_values || bounds.any(|(old, new)| new < old) {
        return Some(LIMIT_TIGHTENED);
    }
    let looser_values = more || (free_after && !free_before);
    (looser_values || wider).then_some(LIMIT_LOOSENED)
}

/// The limits in a few words.
pub(super) fn shown(limits: &Limits) -> String {
    let set = |value: &Value| match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    };
    let limits: Map<String, Value> = match serde_json::to_value(limits) {
        Ok(Value::Object(map)) => {
            map.into_iter().filter(|(_, value)| set(value)).collect()
        }
        _ => Map::new(),
    };
    let words = limits.iter().map(|(name, value)| match value.as_str() {
        Some(text) => format!("{name} {text}"),
        None => format!("{name} {value}"),
    });
    let words = words.collect::<Vec<_>>().join(", ");
    if words.is_empty() { "none".to_owned() } else { words }
}

/// What a value looks like.
fn text(limits: &Limits) -> (&Option<String>, &Option<String>, &Option<String>) {
    (&limits.format, &limits.key_format, &limits.unit)
}

/// How far values may go in each direction: less is tighter.
fn bounds(limits: &Limits) -> [f64; 5] {
    let most = |limit: Option<u32>| limit.map_or(f64::INFINITY, f64::from);
    [
        most(limits.max_bytes),
        most(limits.max_len),
        limits.max.unwrap_or(f64::INFINITY),
        -limits.min.unwrap_or(f64::NEG_INFINITY),
        -limits.min_items.map_or(f64::NEG_INFINITY, f64::from),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(old: &Limits, new: &Limits) -> &'static str {
        compare(old, new, true).map_or("none", |rule| rule.id)
    }

    #[test]
    fn every_bound_has_a_direction() {
        let none = Limits::default();
        for (less, more) in [
            (
                Limits { max_bytes: Some(1), ..none.clone() },
                Limits { max_bytes: Some(2), ..none.clone() },
            ),
            (Limits { max_len: Some(1), ..none.clone() }, none.clone()),
            (Limits { max: Some(1.0), ..none.clone() }, none.clone()),
            (
                Limits { min: Some(2.0), ..none.clone() },
                Limits { min: Some(1.0), ..none.clone() },
            ),
            (Limits { min_items: Some(1), ..none.clone() }, none.clone()),
            (
                Limits { one_of: vec![1], ..none.clone() },
                Limits { one_of: vec![1, 2], ..none.clone() },
            ),
            (Limits { one_of: vec![1], ..none.clone() }, none.clone()),
        ] {
            assert_eq!(rule(&more, &less), "limit-tightened", "{less:?}");
            assert_eq!(rule(&less, &more), "limit-loosened", "{less:?}");
            assert_eq!(rule(&less, &less), "none");
        }
    }

    #[test]
    fn other_values_are_tighter_than_before() {
        let old = Limits { one_of: vec![1, 2], ..Limits::default() };
        let new = Limits { one_of: vec![2, 3], ..Limits::default() };
        assert_eq!(rule(&old, &new), "limit-tightened");
    }
}
