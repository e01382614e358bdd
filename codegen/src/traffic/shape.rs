//! Types of undescribed values, in the syntax of a description.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde_json::{Map, Value};

use super::ids::Ids;

/// Returns the type of a value: `string`, `list of timestamp`, `id IpPolicy`; `object` if it would need a name.
pub(super) fn of(value: &Value, ids: &Ids) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "bool".to_owned(),
        Value::Number(number) if number.is_f64() => "float64".to_owned(),
        Value::Number(number) if number.is_i64() => "int64".to_owned(),
        Value::Number(_) => "uint64".to_owned(),
        Value::String(text) => of_text(text, ids),
        Value::Array(elements) => {
            let types: BTreeSet<_> = elements.iter().map(|it| of(it, ids)).collect();
            let mut types = types.into_iter();
            match (types.next(), types.next()) {
                (Some(only), None) => format!("list of {only}"),
                (Some(_), Some(_)) => "list of values".to_owned(),
                (None, _) => "list".to_owned(),
            }
        }
        Value::Object(object) => of_object(object, ids),
    }
}

fn of_text(text: &str, ids: &Ids) -> String {
    match ids.kind(text) {
        Some(kind) => format!("id {kind}"),
        None if DateTime::parse_from_rfc3339(text).is_ok() => "timestamp".to_owned(),
        None => "string".to_owned(),
    }
}

fn of_object(object: &Map<String, Value>, ids: &Ids) -> String {
    let id = object.get("id").and_then(Value::as_str);
    let kind = id.and_then(|id| ids.kind(id));
    match kind.filter(|_| object.len() == 2 && object.contains_key("uri")) {
        Some(kind) => format!("ref {kind}"),
        None => "object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::traffic::testing::model;

    #[test]
    fn values_have_types() {
        let ids = Ids::new(&model());
        let id = "ipp_2abcDEfGhIjKlMnOpQrStUvWxYz";
        for (value, ty) in [
            (json!(null), "null"),
            (json!(-1), "int64"),
            (json!(u64::MAX), "uint64"),
            (json!(0.5), "float64"),
            (json!("x"), "string"),
            (json!("2025-01-31T12:00:00Z"), "timestamp"),
            (json!(id), "id IpPolicy"),
            (json!({ "id": id, "uri": "" }), "ref IpPolicy"),
            (json!({ "id": id }), "object"),
            (json!(["a", "b"]), "list of string"),
            (json!(["a", 1]), "list of values"),
            (json!([]), "list"),
        ] {
            assert_eq!(of(&value, &ids), ty);
        }
    }
}
