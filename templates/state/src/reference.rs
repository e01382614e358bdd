//! References in desired values: `${ip_policies.office}` or `${ip_policies.office.uri}`, alone or within a string.
//!
//! Only strings that start with the name of a kind are references, so that expressions of traffic policies, which have the same syntax, are
//! unchanged.

use std::cell::RefCell;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kind::Kinds;

/// A resource by its kind and its name in the files; `kind.name` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    /// The kind, such as `ip_policies`.
    pub kind: String,
    /// The name in the files.
    pub name: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.name)
    }
}

impl Address {
    /// Parses `kind.name`; the kind may contain dots.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, name) = text.rsplit_once('.')?;
        (!kind.is_empty() && is_name(name))
            .then(|| Self { kind: kind.to_owned(), name: name.to_owned() })
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("`{text}` is not of the form KIND.NAME"))
    }
}

/// Returns true if a resource can have this name in the files.
#[must_use]
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

/// A reference to a value of another resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The resource.
    pub address: Address,
    /// Response field, by default `id`.
    pub field: String,
}

/// Returns every reference in a value.
#[must_use]
pub fn references(kinds: &Kinds, value: &Value) -> Vec<Reference> {
    let found = RefCell::new(Vec::new());
    let _ = resolve(kinds, value, &|reference| {
        found.borrow_mut().push(reference.clone());
        Some(Value::Null)
    });
    found.into_inner()
}

/// Replaces every reference by what `lookup` returns for it; `None` if that is not known.
pub fn resolve(
    kinds: &Kinds,
    value: &Value,
    lookup: &dyn Fn(&Reference) -> Option<Value>,
) -> Option<Value> {
    match value {
        Value::String(text) => resolve_text(kinds, text, lookup),
        Value::Array(items) => {
            items.iter().map(|it| resolve(kinds, it, lookup)).collect()
        }
        Value::Object(fields) => {
            let field = |(key, it): (&String, &Value)| {
                Some((key.clone(), resolve(kinds, it, lookup)?))
            };
            fields.iter().map(field).collect::<Option<_>>().map(Value::Object)
        }
        other => Some(other.clone()),
    }
}

fn resolve_text(
    kinds: &Kinds,
    text: &str,
    lookup: &dyn Fn(&Reference) -> Option<Value>,
) -> Option<Value> {
    let (mut resolved, mut rest) = (String::new(), text);
    while let Some((before, start)) = rest.split_once("${") {
        let Some((inner, after)) = start.split_once('}') else { break };
        resolved += before;
        let Some(reference) = parse(kinds, inner) else {
            resolved += "${";
            rest = start;
            continue;
        };
        match lookup(&reference)? {
            // A reference that is the whole string can have a value of any type.
            value if "${}".len() + inner.len() == text.len() => return Some(value),
            Value::String(text) => resolved += &text,
            other => resolved += &other.to_string(),
        }
        rest = after;
    }
    Some(Value::String(resolved + rest))
}

/// Parses `kind.name` or `kind.name.field`, if it starts with the name of a kind.
fn parse(kinds: &Kinds, text: &str) -> Option<Reference> {
    let text = text.trim();
    let kind = kinds.iter().filter(|it| {
        text.strip_prefix(&it.name).is_some_and(|rest| rest.starts_with('.'))
    });
    let kind = kind.max_by_key(|it| it.name.len())?;
    let rest = &text[kind.name.len() + 1..];
    let (name, field) = rest.split_once('.').unwrap_or((rest, "id"));
    (is_name(name) && is_name(field)).then(|| Reference {
        address: Address { kind: kind.name.clone(), name: name.to_owned() },
        field: field.to_owned(),
    })
}
