//! Diagnostics about invalid values.
//!
//! Takes a value and what was expected; returns a diagnostic.

use std::ops::RangeInclusive;

use serde_json::Number;

use super::kind::in_words;
use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean, suggest};
use crate::spec::homes;
use crate::yaml::scalar::{Scalar, resolve};
use crate::yaml::{Key, Node, NodeKind, Pairs};

pub(super) fn unknown_key(key: &Key, known: &[&'static str]) -> Diagnostic {
    let message = format!("unknown key `{}`", key.text);
    let help = nearest(&key.text, known)
        .or_else(|| homes::of(&key.text))
        .unwrap_or_else(|| all("keys", known));
    Diagnostic::error(Code::UnknownKey, key.span, message).help(help)
}

pub(super) fn missing_keys(span: Span, keys: &[&str]) -> Diagnostic {
    let quoted: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    let keys = if keys.len() == 1 { "key" } else { "keys" };
    let message = format!("missing {keys} {}", in_words(&quoted, "and"));
    Diagnostic::error(Code::MissingKey, span, message)
}

/// Returns true if an earlier diagnostic explains a missing key: its value is invalid, or its name was misspelt.
pub(super) fn explains_absence(
    entries: &Pairs,
    key: &str,
    known: &[&'static str],
) -> bool {
    let means_it = |(other, _): &(Key, Node)| {
        let unknown = !known.contains(&other.text.as_str());
        other.text == key
            || unknown && suggest(&other.text, known.iter().copied()) == Some(key)
    };
    entries.values().any(means_it)
}

pub(super) fn no_value(span: Span, key: &str) -> Diagnostic {
    Diagnostic::error(Code::NoValue, span, format!("key `{key}` has no value"))
        .help("write a value, or leave the key out")
}

pub(super) fn wrong_kind(node: &Node, expected: &str) -> Diagnostic {
    let found = match &node.kind {
        NodeKind::Scalar { text, plain: true } => match resolve(text) {
            Scalar::Null => "nothing".to_owned(),
            Scalar::Flag(_) => format!("`{text}`"),
            Scalar::Number(_) => "a number".to_owned(),
            Scalar::Text => "a string".to_owned(),
        },
        NodeKind::Scalar { plain: false, .. } => "a string".to_owned(),
        NodeKind::List(_) => "a list".to_owned(),
        NodeKind::Map(_) => "a map".to_owned(),
        NodeKind::Refused => "another kind of value".to_owned(),
    };
    Diagnostic::error(
        Code::WrongKind,
        node.span,
        format!("expected {expected}, found {found}"),
    )
    .help_if(other_notation(node, expected))
}

/// Returns the notation of the same text as the expected kind.
fn other_notation(node: &Node, expected: &str) -> Option<String> {
    let NodeKind::Scalar { text, plain } = &node.kind else { return None };
    let resolved = resolve(text);
    let is_number = matches!(resolved, Scalar::Number(_));
    if *plain
        && expected.contains("a string")
        && (is_number || matches!(resolved, Scalar::Flag(_)))
    {
        return Some(format!("put it in quotes: \"{text}\""));
    }
    if !plain && expected.contains("number") && is_number {
        return Some("take the quotes away".to_owned());
    }
    match text.to_lowercase().as_str() {
        "yes" | "on" | "true" if expected.contains("`true`") => {
            Some("write `true`".to_owned())
        }
        "no" | "off" | "false" if expected.contains("`true`") => {
            Some("write `false`".to_owned())
        }
        _ => None,
    }
}

pub(super) fn out_of_range(
    span: Span,
    found: &Number,
    range: &RangeInclusive<i128>,
) -> Diagnostic {
    let (least, most) = (range.start(), range.end());
    let message =
        format!("expected a whole number from {least} to {most}, found {found}");
    Diagnostic::error(Code::OutOfRange, span, message)
}

pub(super) fn unknown_value(
    span: Span,
    value: &str,
    known: &[&'static str],
) -> Diagnostic {
    Diagnostic::error(Code::UnknownValue, span, format!("unknown value `{value}`"))
        .help(nearest(value, known).unwrap_or_else(|| all("values", known)))
}

/// Reports the message of a type.
pub(super) fn bad_value(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::BadValue, span, message)
}

fn nearest(name: &str, known: &[&'static str]) -> Option<String> {
    did_you_mean(name, known.iter().copied())
}

fn all(what: &str, known: &[&'static str]) -> String {
    let mut known = known.to_vec();
    known.sort_unstable();
    format!("known {what} are `{}`", known.join("`, `"))
}
