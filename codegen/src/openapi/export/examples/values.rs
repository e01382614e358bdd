//! Scalar values of examples.

use serde_json::Value;

use crate::example::{by_format, such_as};
use crate::model::Field;

use super::super::super::Tree;

/// A timestamp.
pub(super) const TIME: &str = "2026-01-02T15:04:05Z";

/// Returns this many letters and digits, derived from a name.
pub(super) fn characters(name: &str, length: u32) -> String {
    const DIGITS: &[u8; 62] =
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // The hash FNV-1a seeds a linear congruential generator.
    let mut state = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % DIGITS.len()
    };
    (0..length).map(|_| char::from(DIGITS[next()])).collect()
}

/// Returns a string.
pub(super) fn text(field: &Field) -> String {
    if field.secret {
        return "********".to_owned();
    }
    let usual = field.default.as_ref().and_then(Value::as_str).map(str::to_owned);
    let text = such_as(&field.docs)
        .or(usual)
        .unwrap_or_else(|| of_format(field.rules.format(), field));
    let length = field.rules.max_len().or(field.rules.max_bytes()).unwrap_or(u32::MAX);
    text.chars().take(usize::try_from(length).unwrap_or(usize::MAX)).collect()
}

/// Returns a boolean.
pub(super) fn flag(field: &Field) -> Tree {
    Tree::Bool(field.default.as_ref().and_then(Value::as_bool).unwrap_or(true))
}

/// Returns an integer.
pub(super) fn number(field: &Field) -> Tree {
    let usual = field.default.as_ref().and_then(Value::as_i64);
    let said = || such_as(&field.docs).and_then(|text| text.parse().ok());
    let known = field.rules.one_of().first().copied().or(usual).or_else(said);
    known.map_or_else(|| Tree::from(within(30.0, field).round()), Tree::from)
}

/// Returns a number with a fraction.
pub(super) fn fraction(field: &Field) -> Tree {
    let usual = field.default.as_ref().and_then(Value::as_f64);
    let said = || such_as(&field.docs).and_then(|text| text.parse().ok());
    Tree::from(usual.or_else(said).unwrap_or_else(|| within(0.5, field)))
}

/// Returns the key of a map.
pub(super) fn key(field: &Field) -> String {
    let known = field.rules.known_keys().first();
    known.map_or_else(|| of_format(field.rules.key_format(), field), Clone::clone)
}

fn within(value: f64, field: &Field) -> f64 {
    value
        .max(field.rules.min().unwrap_or(value))
        .min(field.rules.max().unwrap_or(f64::MAX))
}

fn of_format(format: Option<&str>, field: &Field) -> String {
    let text = format.and_then(by_format);
    text.map_or_else(|| field.wire.replace('_', " "), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_follow_from_the_name() {
        assert_eq!(characters("IpPolicy", 27), characters("IpPolicy", 27));
        assert_ne!(characters("IpPolicy", 27), characters("IpPolicyRule", 27));
        assert_eq!(characters("IpPolicy", 27).len(), 27);
    }
}
