//! Facts about the API as a whole, and its error codes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::model::{Api, ErrorCode, ErrorCodes};
use crate::names::constant_name;

use super::found::{API, ERROR_CODES, Found, Place};

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
        let (rule, at) = (rule(name, before, after), Place::new(API, name));
        if before.is_object() || after.is_object() {
            found.add(rule, &at);
        } else {
            found.change(rule, &at, text(before), text(after));
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
    let at = |subject: &str| Place::new(ERROR_CODES, subject);
    found.value("error-form-changed", &at("form"), &form(old), &form(new));
    found.value("notes-changed", &at("docs"), &old.docs_url, &new.docs_url);
    let numbers: BTreeSet<_> = old.codes.keys().chain(new.codes.keys()).collect();
    for number in numbers {
        let at = at(&new.written(*number));
        match (old.codes.get(number), new.codes.get(number)) {
            (Some(old), Some(new)) => error_code(old, new, &at, found),
            (Some(old), None) => {
                found.loss("error-code-removed", &at, constant_name(&old.name));
            }
            (None, Some(new)) => {
                found.gain("error-code-added", &at, constant_name(&new.name));
            }
            (None, None) => {}
        }
    }
}

fn error_code(old: &ErrorCode, new: &ErrorCode, at: &Place, found: &mut Found) {
    let mark = found.mark();
    let name = |code: &ErrorCode| constant_name(&code.name);
    found.value("error-code-renamed", at, &name(old), &name(new));
    found.value("error-retry-changed", at, &old.retry.name(), &new.retry.name());
    found.value("error-in-use-changed", at, &old.in_use, &new.in_use);
    found.rest(at, mark, (old, new), &[]);
}
