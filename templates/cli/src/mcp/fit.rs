//! Results within a number of bytes: a value goes in; valid JSON of its shape comes out, with shorter lists and strings.

use serde_json::{Map, Value, json};

/// A value that fits, and what it lacks.
pub(super) struct Fitted {
    pub(super) value: Value,
    /// Paths, with the number of items or bytes that are missing.
    pub(super) omitted: Vec<Value>,
}

/// Shortens lists and strings until the JSON has at most this many bytes.
pub(super) fn fit(value: Value, most: usize) -> Fitted {
    let mut omitted = Vec::new();
    let value = cut(value, most, "", &mut omitted);
    Fitted { value, omitted }
}

fn length(value: &Value) -> usize {
    value.to_string().len()
}

fn cut(value: Value, most: usize, path: &str, omitted: &mut Vec<Value>) -> Value {
    if length(&value) <= most {
        return value;
    }
    match value {
        Value::String(text) => {
            let mut end = most.saturating_sub(5).min(text.len());
            while end > 0
                && (!text.is_char_boundary(end)
                    || length(&text[..end].into()) + 3 > most)
            {
                end -= 1;
            }
            omitted.push(json!({ "path": path, "bytes": text.len() - end }));
            format!("{}…", &text[..end]).into()
        }
        Value::Array(items) => list(items, most, path, omitted),
        Value::Object(object) => members(object, most, path, omitted),
        scalar => scalar,
    }
}

/// As many items as fit; one, shortened, if not even the first does.
fn list(items: Vec<Value>, most: usize, path: &str, omitted: &mut Vec<Value>) -> Value {
    let total = items.len();
    let mut room = most.saturating_sub(2);
    let mut kept = Vec::new();
    for item in items {
        let length = length(&item) + 1;
        if length <= room {
            room -= length;
            kept.push(item);
        } else if kept.is_empty() {
            kept.push(cut(item, room, &format!("{path}[0]"), omitted));
            break;
        } else {
            break;
        }
    }
    if kept.len() < total {
        omitted.push(json!({ "path": path, "items": total - kept.len() }));
    }
    Value::Array(kept)
}

/// All members: the smallest are kept, and the others share what is left.
fn members(
    object: Map<String, Value>,
    most: usize,
    path: &str,
    omitted: &mut Vec<Value>,
) -> Value {
    let keys: usize = object.keys().map(|key| key.len() + 4).sum();
    let mut room = most.saturating_sub(2 + keys);
    let mut order: Vec<_> = object.into_iter().collect();
    order.sort_by_key(|(_, value)| length(value));
    let mut left = order.len();
    let mut fitted = Map::new();
    for (key, value) in order {
        let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let value = cut(value, room / left.max(1), &inner, omitted);
        room = room.saturating_sub(length(&value));
        left -= 1;
        fitted.insert(key, value);
    }
    Value::Object(fitted)
}
