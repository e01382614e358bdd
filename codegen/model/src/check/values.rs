//! Single values against the rules of their field: strings, numbers, the elements of lists, the keys of maps.
//!
//! Nothing here knows which type a value belongs to, so requests, responses and query parameters share these checks.

use std::collections::BTreeSet;

use ngrok_client_core::limits::formats;
use serde_json::Value;

use super::ViolationKind::{self, Characters, Disallowed, Form, Length, UnknownKey};
use super::document::is_document;
use crate::Rules;

/// One way in which a value breaks the rules of its field. Never shows the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Kind of the violated rule.
    pub kind: ViolationKind,
    /// Describes the problem: `is longer than 255 bytes`.
    pub message: String,
}

fn breach(kind: ViolationKind, message: impl Into<String>) -> Breach {
    Breach { kind, message: message.into() }
}

/// Checks a string. The empty string is a value like any other.
#[must_use]
pub fn check_string(rules: &Rules, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let over = |length: usize, most: Option<u32>| {
        most.filter(|most| usize::try_from(*most).is_ok_and(|most| length > most))
    };
    if let Some(most) = over(text.len(), rules.max_bytes()) {
        breaches.push(breach(Length, format!("is longer than {most} bytes")));
    }
    if let Some(most) = over(text.chars().count(), rules.max_len()) {
        breaches.push(breach(Length, format!("is longer than {most} characters")));
    }
    if let Some(prefix) = rules.item_prefix()
        && !text.starts_with(prefix)
        && rules.wildcard() != Some(text)
    {
        breaches.push(breach(Form, format!("does not begin with `{prefix}`")));
    }
    breaches.extend(characters(rules, text));
    breaches.extend(rules.format().and_then(|format| of_format(rules, format, text)));
    breaches
}

/// Checks a key of a map.
#[must_use]
pub fn check_key(rules: &Rules, key: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let known = rules.known_keys();
    let closed = !known.is_empty() && !rules.accept_other_forms();
    if closed && !known.iter().any(|it| it == key) {
        breaches.push(breach(UnknownKey, "is not a known key"));
    }
    if let Some(format) = rules.key_format()
        && !has_format(rules, format, key)
    {
        let words = formats::words(format);
        breaches.push(breach(Form, format!("has a key that is not a valid {words}")));
    }
    breaches.extend(characters(rules, key));
    breaches
}

/// Checks a number.
#[must_use]
pub fn check_number(rules: &Rules, number: f64) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if let Some(least) = rules.min().filter(|least| number < *least) {
        breaches.push(breach(Form, format!("is less than {least}")));
    }
    if let Some(most) = rules.max().filter(|most| number > *most) {
        breaches.push(breach(Form, format!("is more than {most}")));
    }
    #[expect(clippy::cast_precision_loss, reason = "such numbers are small")]
    let is = |one: &i64| (*one as f64 - number).abs() < f64::EPSILON;
    let allowed = rules.one_of();
    let closed = !allowed.is_empty() && !rules.accept_other_forms();
    // Zero is the empty value of numbers.
    if closed && number != 0.0 && !allowed.iter().any(is) {
        let allowed: Vec<_> = allowed.iter().map(ToString::to_string).collect();
        breaches
            .push(breach(Disallowed, format!("is not one of {}", allowed.join(", "))));
    }
    if rules.format() == Some("http_status") && !(100.0..600.0).contains(&number) {
        breaches.push(breach(Form, "is not an HTTP status"));
    }
    breaches
}

/// Checks a list as a whole.
#[must_use]
pub fn check_list(rules: &Rules, elements: &[Value]) -> Vec<Breach> {
    let mut breaches: Vec<Breach> =
        check_count(rules, elements.len()).into_iter().collect();
    if let Some(key) = rules.distinct() {
        let identity = |it: &Value| it.get(key).unwrap_or(it).to_string();
        let mut seen = BTreeSet::new();
        if !elements.iter().all(|element| seen.insert(identity(element))) {
            breaches.push(breach(Disallowed, "has the same element twice"));
        }
    }
    breaches
}

/// Checks the number of elements of a list, or of entries of a map.
#[must_use]
pub fn check_count(rules: &Rules, count: usize) -> Option<Breach> {
    let least = rules.min_items()?;
    let few = usize::try_from(least).is_ok_and(|least| count < least);
    few.then(|| breach(Form, format!("must have at least {least} elements")))
}

fn of_format(rules: &Rules, format: &str, text: &str) -> Option<Breach> {
    if !has_format(rules, format, text) {
        let words = match format {
            "json_or_yaml" => "JSON or YAML document",
            other => formats::words(other),
        };
        return Some(breach(Form, format!("is not a valid {words}")));
    }
    if let Some(port) = rules.port().filter(|port| !text.ends_with(&format!(":{port}")))
    {
        return Some(breach(Disallowed, format!("must have port {port}")));
    }
    if rules.lowest_address() && !formats::is_lowest(text) {
        let message = "must begin at the lowest address of its range";
        return Some(breach(Disallowed, message));
    }
    None
}

/// Returns true if a string has a format, or another form that the field accepts.
fn has_format(rules: &Rules, format: &str, text: &str) -> bool {
    let wildcard = formats::is_wildcard(format, text) && !rules.wildcard_label();
    let document = format != "json_or_yaml" || is_document(text);
    rules.accept_other_forms() || formats::is_of(format, text) && document && !wildcard
}

fn characters(rules: &Rules, text: &str) -> Option<Breach> {
    let forbidden = rules.forbidden_chars().unwrap_or_default();
    if text.contains(|c| forbidden.contains(c)) {
        return Some(breach(Form, format!("has one of the characters `{forbidden}`")));
    }
    if let Some(allowed) = rules.allowed_chars()
        && !text.chars().all(|c| is_among(allowed, c))
    {
        return Some(breach(
            Characters,
            format!("may only have characters of {allowed}"),
        ));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    if rules.charset() == Some("alphanumeric_period") && !text.chars().all(plain) {
        return Some(breach(Form, "may only have letters, digits and periods"));
    }
    None
}

/// Returns true if a character is in a list of characters and ranges: `a-z0-9_`.
fn is_among(listed: &str, wanted: char) -> bool {
    let mut rest = listed.chars();
    while let Some(first) = rest.next() {
        let mut ahead = rest.clone();
        let last = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) => {
                rest = ahead;
                last
            }
            _ => first,
        };
        if (first..=last).contains(&wanted) {
            return true;
        }
    }
    false
}
