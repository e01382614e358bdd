//! Comparison of a desired value with the response of the API.
//!
//! Keys that are not set are ignored: the server determines them. A key that was set at the last apply and no longer is must be cleared.
//! Values that the API never returns are collected, to be compared by hash.

use std::collections::BTreeSet;

use ngrok_api_model::Equality;
use serde_json::{Map, Value};

use crate::kind::{Field, Shape};

/// Compares one resource.
pub(crate) struct Comparison<'a> {
    /// Dotted paths that were set at the last apply.
    stated: &'a BTreeSet<String>,
    /// Paths and values that responses do not contain.
    hidden: Vec<(String, Value)>,
    /// True if a difference cannot be updated.
    fixed: bool,
}

impl<'a> Comparison<'a> {
    /// Starts a comparison, given the paths that were set at the last apply.
    #[must_use]
    pub(crate) fn new(stated: &'a BTreeSet<String>) -> Self {
        Self { stated, hidden: Vec::new(), fixed: false }
    }

    /// Returns true if a desired value equals the actual one, as far as the response contains it.
    pub(crate) fn equal(
        &mut self,
        field: &Field,
        path: &str,
        desired: &Value,
        actual: &Value,
    ) -> bool {
        let Some(key) = &field.response else {
            return self.hide(path, desired);
        };
        let actual = actual.get(key).unwrap_or(&Value::Null);
        if field.secret && is_empty(actual) {
            return self.hide(path, desired);
        }
        let equal = self.shape(&field.shape, path, desired, actual);
        let chosen_anew = field.alternative && actual.is_null();
        self.fixed |= !equal && (!field.updatable || chosen_anew);
        equal
    }

    /// Returns true if a difference cannot be updated.
    pub(crate) fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// Returns the values that responses do not contain.
    #[must_use]
    pub(crate) fn into_hidden(self) -> Vec<(String, Value)> {
        self.hidden
    }

    fn hide(&mut self, path: &str, desired: &Value) -> bool {
        if !is_empty(desired) {
            self.hidden.push((path.to_owned(), desired.clone()));
        }
        true
    }

    fn shape(
        &mut self,
        shape: &Shape,
        path: &str,
        desired: &Value,
        actual: &Value,
    ) -> bool {
        match (shape, desired) {
            (_, desired) if is_empty(desired) => is_empty(actual),
            (Shape::Object(fields), Value::Object(object)) => {
                self.object(fields, path, object, actual)
            }
            (Shape::List(item, equality), Value::Array(items)) => {
                self.list(item, *equality, path, items, actual)
            }
            (Shape::Map(item), Value::Object(object)) => {
                let Value::Object(actual) = actual else { return false };
                object.len() == actual.len()
                    && object.iter().all(|(key, value)| {
                        let path = format!("{path}.{key}");
                        find_key(actual, key)
                            .is_some_and(|actual| self.shape(item, &path, value, actual))
                    })
            }
            (Shape::Reference, desired) => {
                actual.get("id") == Some(desired) || actual == desired
            }
            (Shape::Plain(equality), desired) => equivalent(*equality, desired, actual),
            _ => false,
        }
    }

    fn object(
        &mut self,
        fields: &[Field],
        path: &str,
        desired: &Map<String, Value>,
        actual: &Value,
    ) -> bool {
        let mut equal = true;
        for field in fields {
            let path = format!("{path}.{}", field.name);
            let same = match desired.get(&field.name) {
                Some(value) => self.equal(field, &path, value, actual),
                None => !self.stated.contains(&path) || is_cleared(field, actual),
            };
            equal &= same;
        }
        equal
    }

    fn list(
        &mut self,
        item: &Shape,
        equality: Option<Equality>,
        path: &str,
        desired: &[Value],
        actual: &Value,
    ) -> bool {
        let Value::Array(actual) = actual else { return false };
        if desired.len() != actual.len() {
            return false;
        }
        if equality != Some(Equality::Unordered) {
            let mut pairs = desired.iter().zip(actual).enumerate();
            return pairs.all(|(at, (desired, actual))| {
                self.shape(item, &format!("{path}[{at}]"), desired, actual)
            });
        }
        let mut left: Vec<&Value> = actual.iter().collect();
        desired.iter().enumerate().all(|(at, desired)| {
            let path = format!("{path}[{at}]");
            let found = left.iter().position(|it| self.shape(item, &path, desired, it));
            found.is_some_and(|at| {
                left.remove(at);
                true
            })
        })
    }
}

/// Returns the paths and values that responses do not or may not contain.
#[must_use]
pub(crate) fn may_hide(
    fields: &[Field],
    desired: &Map<String, Value>,
) -> Vec<(String, Value)> {
    fn fields_of(
        fields: &[Field],
        prefix: &str,
        desired: &Map<String, Value>,
        into: &mut Vec<(String, Value)>,
    ) {
        for field in fields {
            let Some(value) = desired.get(&field.name).filter(|it| !is_empty(it)) else {
                continue;
            };
            let path = format!("{prefix}{}", field.name);
            if field.response.is_none() || field.secret {
                into.push((path.clone(), value.clone()));
            }
            shape(&field.shape, &path, value, into);
        }
    }
    fn shape(
        shape_of: &Shape,
        path: &str,
        value: &Value,
        into: &mut Vec<(String, Value)>,
    ) {
        match (shape_of, value) {
            (Shape::Object(fields), Value::Object(object)) => {
                fields_of(fields, &format!("{path}."), object, into);
            }
            (Shape::List(item, _), Value::Array(items)) => {
                for (at, value) in items.iter().enumerate() {
                    shape(item, &format!("{path}[{at}]"), value, into);
                }
            }
            (Shape::Map(item), Value::Object(object)) => {
                for (key, value) in object {
                    shape(item, &format!("{path}.{key}"), value, into);
                }
            }
            _ => {}
        }
    }
    let mut hidden = Vec::new();
    fields_of(fields, "", desired, &mut hidden);
    hidden
}

/// Returns true if a response shows no value for a field, or cannot show one.
#[must_use]
pub(crate) fn is_cleared(field: &Field, actual: &Value) -> bool {
    field.response.as_ref().is_none_or(|key| actual.get(key).is_none_or(is_empty))
}

/// Returns the paths of all values in an object, except for empty ones.
#[must_use]
pub(crate) fn stated(fields: &Map<String, Value>) -> BTreeSet<String> {
    fn visit(path: &str, value: &Value, into: &mut BTreeSet<String>) {
        if is_empty(value) {
            return;
        }
        into.insert(path.to_owned());
        if let Value::Object(fields) = value {
            for (key, value) in fields {
                visit(&format!("{path}.{key}"), value, into);
            }
        }
    }
    let mut paths = BTreeSet::new();
    for (key, value) in fields {
        visit(key, value, &mut paths);
    }
    paths
}

/// Returns true if the API returns this value for an unset field.
#[must_use]
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(set) => !set,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
    }
}

/// Finds a key of a map whose keys the server may have written in lower case, as it does for header names.
fn find_key<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).or_else(|| {
        map.iter().find(|(it, _)| it.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    })
}

/// Returns whether two values without parts mean the same.
#[must_use]
pub fn equivalent(equality: Option<Equality>, desired: &Value, actual: &Value) -> bool {
    if desired == actual {
        return true;
    }
    match (equality, desired, actual) {
        (Some(equality), Value::String(desired), Value::String(actual)) => {
            normal(equality, desired.as_str()) == normal(equality, actual.as_str())
        }
        (None, Value::Number(desired), Value::Number(actual)) => {
            desired.as_f64() == actual.as_f64()
        }
        _ => false,
    }
}

/// Returns a value of a natural key as a string that is the same for equivalent values.
#[must_use]
pub(crate) fn normal_text(shape: &Shape, value: &Value) -> String {
    match (shape, value) {
        (Shape::Reference, value) => value.get("id").unwrap_or(value).to_string(),
        (Shape::Plain(Some(equality)), Value::String(text)) => {
            Value::from(normal(*equality, text)).to_string()
        }
        (_, value) => value.to_string(),
    }
}

/// Normalizes a string so that equivalent strings are equal.
fn normal(equality: Equality, text: &str) -> String {
    match equality {
        Equality::Domain => text.trim_end_matches('.').to_ascii_lowercase(),
        Equality::Url => normal_url(text),
        Equality::Cidr => normal_cidr(text).unwrap_or_else(|| text.to_ascii_lowercase()),
        Equality::Pem => text.split_ascii_whitespace().collect(),
        Equality::Unordered => text.to_owned(),
    }
}

fn normal_url(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let mut host = rest[..end].to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => ":80",
        "https" | "tls" => ":443",
        _ => "",
    };
    if !default.is_empty() && host.ends_with(default) {
        host.truncate(host.len() - default.len());
    }
    let path = if &rest[end..] == "/" { "" } else { &rest[end..] };
    format!("{scheme}://{host}{path}")
}

fn normal_cidr(text: &str) -> Option<String> {
    use std::net::IpAddr;
    let (address, length) = text.split_once('/')?;
    let length: u32 = length.parse().ok()?;
    match address.parse().ok()? {
        IpAddr::V4(address) if length <= 32 => {
            let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
            let start = std::net::Ipv4Addr::from_bits(address.to_bits() & mask);
            Some(format!("{start}/{length}"))
        }
        IpAddr::V6(address) if length <= 128 => {
            let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
            let start = std::net::Ipv6Addr::from_bits(address.to_bits() & mask);
            Some(format!("{start}/{length}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equivalent_strings_are_equal() {
        for (equality, one, other) in [
            (Equality::Domain, "Example.COM.", "example.com"),
            (Equality::Url, "HTTPS://Example.com:443", "https://example.com"),
            (Equality::Url, "https://example.com/", "https://example.com"),
            (Equality::Cidr, "10.1.2.3/8", "10.0.0.0/8"),
            (Equality::Cidr, "2001:DB8::1/32", "2001:db8::/32"),
            (Equality::Cidr, "1.2.3.4/0", "0.0.0.0/0"),
            (Equality::Pem, "-----BEGIN A-----\nab\n", "-----BEGIN A-----\r\nab"),
        ] {
            assert!(
                equivalent(Some(equality), &json!(one), &json!(other)),
                "{one} and {other}"
            );
        }
        for (equality, one, other) in [
            (Equality::Domain, "a.example.com", "example.com"),
            (Equality::Url, "https://example.com:8443", "https://example.com"),
            (Equality::Url, "https://example.com/A", "https://example.com/a"),
            (Equality::Cidr, "10.0.0.0/8", "10.0.0.0/9"),
            (Equality::Cidr, "10.0.0.0/40", "10.0.0.0/8"),
        ] {
            assert!(
                !equivalent(Some(equality), &json!(one), &json!(other)),
                "{one} and {other}"
            );
        }
    }

    #[test]
    fn false_zero_and_empty_values_equal_absent_ones() {
        for value in [
            json!(null),
            json!(false),
            json!(0),
            json!(""),
            json!([]),
            json!({"a": null}),
        ] {
            assert!(is_empty(&value), "{value}");
        }
        assert!(!is_empty(&json!({"a": [0, 1]})) && !is_empty(&json!(true)));
    }
}
