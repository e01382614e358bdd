//! Facts about the API as a whole, and its error codes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::model::{Api, ErrorCode, ErrorCodes};
use crate::names::constant_name;

use super::found::{API, At, ERROR_CODES, Found};

/// Texts that no request or response contains. All other texts are conventions.
const NOTES: &[&str] =
    &["name", "docs_url", "filter_language", "filter_now", "id_charset"];

/// Compares the facts by their names.
pub(super) fn api(old: &Api, new: &Api, found: &mut Found) {
    let json = |api: &Api| serde_json::to_value(api).unwrap_or_default();
    let (old, new) = (json(old), json(new));
    let facts = [&old, &new].into_iter().filter_map(Value::as_object);
    for name in facts.flat_map(Map::keys).collect::<BTreeSet<_>>() {
        let (before, after) = (&old[name], &new[name]);
        if before == after {
            continue;
        }
        let (rule, mut at) = (rule(name, before, after), found.at(API, name));
        if before.is_object() || after.is_object() {
            at.add(rule);
        } else {
            at.change(rule, text(before), text(after));
        }
    }
}

fn rule(name: &str, before: &Value, after: &Value) -> &'static str {
    let more = after.as_u64() > before.as_u64();
    match name {
        "crate_name" => "crate-renamed",
        "key_variable" | "url_variable" => "variable-renamed",
        "limit_max" | "limit_min" if more == (name == "limit_max") => "limit-loosened",
        "limit_max" | "limit_min" => "limit-tightened",
        _ if after.is_string() && !NOTES.contains(&name) => "convention-changed",
        _ => "notes-changed",
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn error_codes(old: &ErrorCodes, new: &ErrorCodes, found: &mut Found) {
    let form =
        |codes: &ErrorCodes| format!("{}{{number}}{}", codes.prefix, codes.suffix);
    let (before, after) = (form(old), form(new));
    found.at(ERROR_CODES, "form").value("error-form-changed", &before, &after);
    let (before, after) = (&old.docs_url, &new.docs_url);
    found.at(ERROR_CODES, "docs").value("notes-changed", before, after);
    let numbers: BTreeSet<_> = old.codes.keys().chain(new.codes.keys()).collect();
    for number in numbers {
        let mut at = found.at(ERROR_CODES, &new.written(*number));
        match (old.codes.get(number), new.codes.get(number)) {
            (Some(old), Some(new)) => error_code(old, new, &mut at),
            (Some(old), None) => at.loss("error-code-removed", constant_name(&old.name)),
            (None, Some(new)) => at.gain("error-code-added", constant_name(&new.name)),
            (None, None) => {}
        }
    }
}

fn error_code(old: &ErrorCode, new: &ErrorCode, at: &mut At) {
    let name = |code: &ErrorCode| constant_name(&code.name);
    at.value("error-code-renamed", &name(old), &name(new));
    at.value("error-retry-changed", &old.retry.name(), &new.retry.name());
    at.value("error-in-use-changed", &old.in_use, &new.in_use);
    at.rest((old, new), &[]);
}
