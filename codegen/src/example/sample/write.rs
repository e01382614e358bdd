//! Encoding of values as JSON and as Rust, and what they contain.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::model::Field;
use crate::names::{field_name, required_name, variant_name};
use crate::rust::fields::names_required;

use super::Sample;

/// Variables by the types of their values.
pub(crate) type Variables = BTreeMap<String, String>;

/// The type of times, which is the only one of the client's own in a value.
pub(crate) const TIME: &str = "Timestamp";

/// Maximum length of JSON on one line.
const SHORT: usize = 60;

impl<'m> Sample<'m> {
    /// Returns the value as text in a path.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) | Self::Time(text) => text.clone(),
            Self::Id { id, .. } => id.clone(),
            Self::Value { wire, .. } => (*wire).to_owned(),
            _ => String::new(),
        }
    }

    /// Returns the value as JSON, on one line if it is short.
    pub(crate) fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        // Strings contain no newlines in JSON: every newline is one between members.
        let line = text.lines().map(str::trim_start).collect::<Vec<_>>().join(" ");
        if line.len() <= SHORT { line } else { text }
    }

    /// Returns the value as a Rust argument, with variables in place of IDs of these types.
    pub(crate) fn rust(&self, variables: &Variables) -> String {
        let rust = |value: &Self| value.rust(variables);
        match self {
            Self::Text(text) => format!("{text:?}"),
            Self::Plain(text) => text.clone(),
            Self::Time(text) => format!("{TIME}::parse({text:?})?"),
            Self::Id { id, target } => {
                let variable = target.as_ref().and_then(|kind| variables.get(kind));
                variable.map_or_else(|| format!("{id:?}"), |name| format!("&{name}"))
            }
            Self::Value { ty, wire } => format!("{ty}::{}", variant_name(wire)),
            Self::Reference { .. } => "Ref::default()".to_owned(),
            Self::List(items) => format!("[{}]", joined(items.iter().map(rust))),
            Self::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs =
                    pairs.map(|(key, value)| format!("({key:?}, {})", rust(value)));
                format!("[{}]", joined(pairs))
            }
            Self::Choice { union, choice, value } => {
                format!("{union}::{}({})", variant_name(&choice.wire), rust(value))
            }
            Self::Record { record, fields } => {
                let (required, optional): (Vec<_>, Vec<_>) =
                    fields.iter().partition(|(field, _)| field.presence.required);
                let required = required.into_iter();
                let arguments = if names_required(record) {
                    let named = required.map(|(field, value)| {
                        format!("{}: {}", field_name(&field.wire), rust(value))
                    });
                    format!("{} {{ {} }}", required_name(&record.name), joined(named))
                } else {
                    joined(required.map(|(_, value)| rust(value)))
                };
                let setters = optional.into_iter();
                let setters: String =
                    setters.map(|(field, value)| setter(field, rust(value))).collect();
                format!("{}::new({arguments}){setters}", record.name)
            }
        }
    }

    /// Returns the types in the Rust code.
    pub(crate) fn types(&self) -> Vec<String> {
        let mut types = Vec::new();
        self.walk(&mut |sample| match sample {
            Self::Time(_) => types.push(TIME.to_owned()),
            Self::Value { ty, .. } | Self::Choice { union: ty, .. } => {
                types.push((*ty).to_owned());
            }
            Self::Record { record, .. } => {
                types.push(record.name.clone());
                types
                    .extend(names_required(record).then(|| required_name(&record.name)));
            }
            _ => {}
        });
        types
    }

    /// Returns the types of resources that IDs in it refer to.
    pub(crate) fn targets(&self) -> Vec<String> {
        let mut targets = Vec::new();
        self.walk(&mut |sample| {
            if let Self::Id { target, .. } = sample {
                targets.extend(target.clone());
            }
        });
        targets
    }

    /// Visits the value and everything in it, from the outside in.
    fn walk(&self, visit: &mut dyn FnMut(&Sample<'m>)) {
        visit(self);
        let parts: Vec<&Self> = match self {
            Self::List(items) => items.iter().collect(),
            Self::Map(pairs) => pairs.iter().map(|(_, value)| value).collect(),
            Self::Record { fields, .. } => {
                fields.iter().map(|(_, value)| value).collect()
            }
            Self::Choice { value, .. } => vec![&**value],
            _ => Vec::new(),
        };
        for part in parts {
            part.walk(visit);
        }
    }
}

impl Serialize for Sample<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Time(text) | Self::Id { id: text, .. } => {
                serializer.serialize_str(text)
            }
            Self::Value { wire, .. } => serializer.serialize_str(wire),
            Self::Plain(text) => {
                text.parse::<Value>().unwrap_or_default().serialize(serializer)
            }
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
            }
            Self::Reference { id, uri } => {
                serializer.collect_map([("id", id), ("uri", uri)])
            }
            Self::Record { fields, .. } => serializer
                .collect_map(fields.iter().map(|(field, value)| (&field.wire, value))),
            Self::Choice { choice, value, .. } => {
                serializer.collect_map([(&choice.wire, value)])
            }
        }
    }
}

fn setter(field: &Field, value: String) -> String {
    let value = if field.recursive { format!("Box::new({value})") } else { value };
    format!(".{}({value})", field_name(&field.wire))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
