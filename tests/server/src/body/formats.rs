//! Text formats, judged as clients judge them before they send a body, so that both say the same. What only an expert can
//! tell, such as whether a certificate is one, is taken as it comes.

use ngrok_api_model::Field;
use ngrok_client_core::limits::formats;
use serde_json::Value;

use super::document::is_document;

/// Whether a text is of a format, or of one of those that a field takes beside it.
pub(super) fn fits(format: &str, text: &str, field: &Field) -> bool {
    let rules = &field.limits.rules;
    if rules.contains_key("accepts") || rules.contains_key("open") {
        return true;
    }
    (formats::is_of(format, text) && (format != "json_or_yaml" || is_document(text)))
        && (!formats::is_wildcard(format, text) || is_set(field, "wildcard_label"))
}

/// What to say of a text that is not of a format.
pub(super) fn not(format: &str) -> String {
    match format {
        "json_or_yaml" => "which is no document in JSON or YAML".to_owned(),
        format => format!("which is no {}", formats::words(format)),
    }
}

/// Whether a text of a format is written the way it must be.
pub(super) fn is_allowed(text: &str, field: &Field) -> bool {
    let port = field.limits.rules.get("port").and_then(Value::as_u64);
    port.is_none_or(|port| text.ends_with(&format!(":{port}")))
        && (!is_set(field, "lowest_address") || formats::is_lowest(text))
}

fn is_set(field: &Field, rule: &str) -> bool {
    field.limits.rules.get(rule) == Some(&Value::Bool(true))
}
