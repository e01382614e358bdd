//! Rules for strings, and for the keys of maps.

use ngrok_client_core::limits::formats;
use serde_json::Value;

use super::fields::takes_other_forms;
use super::{ViolationKind, Walk};
use crate::{Field, TypeRef};

use ViolationKind::{Disallowed, Form};

impl<'m> Walk<'m> {
    /// Validates a string: the value of a field, or an element of one.
    pub(super) fn text(&mut self, field: &'m Field, text: &str, path: &str) {
        let limits = &field.limits;
        let over = |length: usize, most: Option<u32>| {
            most.filter(|most| u32::try_from(length).is_ok_and(|length| length > *most))
        };
        if let Some(most) = over(text.len(), limits.max_bytes) {
            self.of_field(field, path, Form, format!("is longer than {most} bytes"));
        }
        if let Some(most) = over(text.chars().count(), limits.max_len) {
            self.of_field(
                field,
                path,
                Form,
                format!("is longer than {most} characters"),
            );
        }
        if let Some(prefix) = rule(field, "item_prefix")
            && !text.starts_with(prefix)
            && rule(field, "wildcard") != Some(text)
        {
            self.of_field(field, path, Form, format!("does not begin with `{prefix}`"));
        }
        self.characters(field, text, path);
        // An empty string is how a field is left unset; an element of a list is always set.
        let whole = matches!(field.ty, TypeRef::Scalar(_));
        if !(whole && text.is_empty() && !field.presence.required) {
            self.format(field, text, path);
        }
    }

    /// Validates a key of a map.
    pub(super) fn map_key(&mut self, field: &'m Field, key: &str, path: &str) {
        if let Some(format) = &field.limits.key_format
            && !has_format(field, format, key)
        {
            let words = formats::words(format);
            self.of_field(
                field,
                path,
                Form,
                format!("has a key that is not a valid {words}"),
            );
        }
        self.characters(field, key, path);
    }

    fn format(&mut self, field: &'m Field, text: &str, path: &str) {
        let Some(format) = &field.limits.format else { return };
        if !has_format(field, format, text) {
            let words = formats::words(format);
            return self.of_field(field, path, Form, format!("is not a valid {words}"));
        }
        let port = field.limits.rules.get("port").and_then(Value::as_u64);
        if let Some(port) = port.filter(|port| !text.ends_with(&format!(":{port}"))) {
            self.of_field(field, path, Disallowed, format!("must have port {port}"));
        }
        if is_set(field, "lowest_address") && !formats::is_lowest(text) {
            let message = "must begin at the lowest address of its range";
            self.of_field(field, path, Disallowed, message);
        }
    }

    fn characters(&mut self, field: &'m Field, text: &str, path: &str) {
        let forbidden = rule(field, "forbidden_chars").unwrap_or_default();
        if text.contains(|c| forbidden.contains(c)) {
            let message = format!("has one of the characters `{forbidden}`");
            self.of_field(field, path, Form, message);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
        if rule(field, "charset") == Some("alphanumeric_period")
            && !text.chars().all(plain)
        {
            let message = "may only have letters, digits and periods";
            self.of_field(field, path, Form, message);
        }
    }
}

/// Whether a string has a format, or one of the other forms that the field takes.
fn has_format(field: &Field, format: &str, text: &str) -> bool {
    let wildcard =
        formats::is_wildcard(format, text) && !is_set(field, "wildcard_label");
    takes_other_forms(field) || formats::is_of(format, text) && !wildcard
}

fn rule<'m>(field: &'m Field, name: &str) -> Option<&'m str> {
    field.limits.rules.get(name).and_then(Value::as_str)
}

fn is_set(field: &Field, name: &str) -> bool {
    field.limits.rules.get(name) == Some(&Value::Bool(true))
}
