//! Comparison of a desired value with the response of the API.
//!
//! Keys that are not set are ignored: the server determines them. A key that was set at the last apply and no longer is must be cleared.
//! Values that the API never returns are compared by hash.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ngrok_api_model::Equality;
use serde_json::{Map, Value};

use crate::shape::{Field, Shape};
use crate::state::Entry;

/// Compares one resource.
pub(crate) struct Comparison<'a> {
    /// The entry of the last apply.
    last: Option<&'a Entry>,
    /// True if responses do not contain a part of the value.
    pub(crate) hidden: bool,
    /// True if a difference cannot be updated.
    pub(crate) fixed: bool,
}

impl<'a> Comparison<'a> {
    /// Starts a comparison, given the entry of the last apply.
    #[must_use]
    pub(crate) fn new(last: Option<&'a Entry>) -> Self {
        Self { last, hidden: false, fixed: false }
    }

    /// Returns true if a desired value equals the actual one, as far as the response contains it.
    pub(crate) fn equal(
        &mut self,
        field: &Field,
        path: &str,
        desired: &Value,
        actual: &Value,
    ) -> bool {
        let actual = field.response().map(|it| &actual[it]);
        let Some(actual) = actual.filter(|it| !(field.facts.secret && is_empty(it)))
        else {
            self.hidden |= !is_empty(desired);
            return true;
        };
        let equal = self.shape(&field.shape, path, desired, actual);
        let chosen_anew = field.alternative && actual.is_null();
        self.fixed |= !equal && (!field.updatable || chosen_anew);
        equal
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
                // Every field is compared, for those that cannot be updated.
                fields.iter().fold(true, |equal, field| {
                    let path = format!("{path}.{}", field.name);
                    let same = if let Some(value) = object.get(&field.name) {
                        self.equal(field, &path, value, actual)
                    } else {
                        let last = self.last.filter(|it| it.stated.contains(&path));
                        last.is_none() || is_cleared(field, actual)
                    };
                    equal & same
                })
            }
            (Shape::List(item, unordered), Value::Array(items)) => {
                actual.as_array().is_some_and(|actual| {
                    same_elements(*unordered, items, actual, |at, desired, actual| {
                        self.shape(item, &format!("{path}[{at}]"), desired, actual)
                    })
                })
            }
            (Shape::Map(item), Value::Object(object)) => {
                let Value::Object(actual) = actual else { return false };
                object.len() == actual.len()
                    && object.iter().all(|(key, value)| {
                        let path = format!("{path}.{key}");
                        // The server may write keys in lower case, as it does for header names.
                        let mut found =
                            actual.iter().filter(|(it, _)| it.eq_ignore_ascii_case(key));
                        found.any(|(_, actual)| self.shape(item, &path, value, actual))
                    })
            }
            (Shape::Reference, desired) => {
                actual.get("id") == Some(desired) || actual == desired
            }
            (Shape::Plain(equality), desired) => equivalent(*equality, desired, actual),
            _ => false,
        }
    }
}

/// Returns whether two lists have the same elements, in the same order unless they are unordered; `same` also receives the
/// index of the first element.
pub fn same_elements<A, B>(
    unordered: bool,
    one: &[A],
    other: &[B],
    mut same: impl FnMut(usize, &A, &B) -> bool,
) -> bool {
    let mut left: Vec<&B> = other.iter().collect();
    let mut is_left = |(at, own): (usize, &A)| {
        let candidates = if unordered { left.len() } else { 1 };
        let found = left.iter().take(candidates).position(|it| same(at, own, it));
        found.map(|at| left.remove(at)).is_some()
    };
    one.len() == other.len() && one.iter().enumerate().all(&mut is_left)
}

/// Returns the paths of all values in an object, except for empty ones.
#[must_use]
pub(crate) fn stated(prefix: &str, object: &Map<String, Value>) -> BTreeSet<String> {
    let given = object.iter().filter(|(_, value)| !is_empty(value));
    let paths = given.flat_map(|(name, value)| {
        let path = format!("{prefix}{name}");
        let inner = value.as_object().map(|it| stated(&format!("{path}."), it));
        inner.unwrap_or_default().into_iter().chain([path])
    });
    paths.collect()
}

/// Returns true if a response shows no value for a field, or cannot show one.
#[must_use]
pub(crate) fn is_cleared(field: &Field, actual: &Value) -> bool {
    field.response().is_none_or(|key| actual.get(key).is_none_or(is_empty))
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
    let host = rest[..end].to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => ":80",
        "https" | "tls" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(default).unwrap_or(&host);
    let path = if &rest[end..] == "/" { "" } else { &rest[end..] };
    format!("{scheme}://{host}{path}")
}

fn normal_cidr(text: &str) -> Option<String> {
    let (address, length) = text.split_once('/')?;
    let (bits, size) = match address.parse().ok()? {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let host: u32 = size - length.parse::<u32>().ok().filter(|it| *it <= size)?;
    let start = bits.checked_shr(host).map_or(0, |network| network << host);
    let start = match u32::try_from(start) {
        Ok(start) if size == 32 => IpAddr::V4(Ipv4Addr::from_bits(start)),
        _ => IpAddr::V6(Ipv6Addr::from_bits(start)),
    };
    Some(format!("{start}/{}", size - host))
}
