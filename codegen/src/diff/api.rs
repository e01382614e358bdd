//! Facts about the API as a whole.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::model::Api;

use super::Compared;
use super::found::{API, Found, Place};
use super::rules::{
    CONVENTION_CHANGED, CRATE_RENAMED, LIMIT_LOOSENED, LIMIT_TIGHTENED, NOTES_CHANGED,
    Rule, VARIABLE_RENAMED,
};

/// Facts that every request or response contains.
const CONVENTIONS: &[&str] = &[
    "base_url",
    "auth_header",
    "auth_scheme",
    "version_header",
    "version_value",
    "operation_id_header",
    "operation_id_detail",
    "cursor_parameter",
    "limit_parameter",
    "filter_parameter",
    "filter_object",
    "page_uri",
    "page_next",
    "error_code",
    "error_status",
    "error_message",
    "error_details",
];

/// Compares the facts by their names.
pub(super) fn compare(compared: &Compared, found: &mut Found) {
    let (old, new) = (facts(&compared.old.api), facts(&compared.new.api));
    let names: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        if before != after {
            let at = Place::new(API, name);
            let (before, after) =
                (before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null));
            let rule = rule(name, before, after);
            if before.is_object() || after.is_object() {
                found.add(rule, &at);
            } else {
                found.change(rule, &at, text(before), text(after));
            }
        }
    }
}

fn facts(api: &Api) -> Map<String, Value> {
    match serde_json::to_value(api) {
        Ok(Value::Object(facts)) => facts,
        _ => Map::new(),
    }
}

fn rule(name: &str, before: &Value, after: &Value) -> &'static Rule {
    let more = after.as_u64() > before.as_u64();
    match name {
        "crate_name" => CRATE_RENAMED,
        "key_variable" | "url_variable" => VARIABLE_RENAMED,
        "limit_max" => {
            if more {
                LIMIT_LOOSENED
            } else {
                LIMIT_TIGHTENED
            }
        }
        "limit_min" => {
            if more {
                LIMIT_TIGHTENED
            } else {
                LIMIT_LOOSENED
            }
        }
        _ if CONVENTIONS.contains(&name) => CONVENTION_CHANGED,
        _ => NOTES_CHANGED,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
