//! An account as files: every actual resource as desired state.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value};

use crate::actual::Actual;
use crate::compare::is_empty;
use crate::kind::{Kind, Kinds};
use crate::reference::Address;
use crate::shape::{Field, Shape};

/// Returns a document with every actual resource. IDs of resources that are part of it become references, and `$id` adopts existing
/// resources. Secrets become placeholders for environment variables, unless `show_secrets` is set and the API returns them.
#[must_use]
pub fn export(kinds: &Kinds, actual: &Actual, show_secrets: bool) -> Value {
    let names = names(kinds, actual);
    let mut document = Map::new();
    for kind in kinds.iter().filter(|it| !is_part(kinds, it)) {
        let mut resources = Map::new();
        for (identity, value) in actual.of_kind(&kind.name) {
            let id = identity.values().next_back().cloned().unwrap_or_default();
            let Some(address) = names.get(&id) else { continue };
            let context = Context { names: &names, kind, address, show_secrets };
            let mut fields = Map::new();
            fields.insert("$id".to_owned(), Value::from(id));
            let mut stated = context.object(&kind.fields, value, "");
            for group in &kind.alternatives {
                let given = group.iter().filter(|it| stated.contains_key(*it));
                let surplus: Vec<_> = given.skip(1).collect();
                stated.retain(|name, _| !surplus.contains(&name));
            }
            fields.extend(stated);
            resources.insert(address.name.clone(), Value::Object(fields));
        }
        if !resources.is_empty() {
            document.insert(kind.name.clone(), Value::Object(resources));
        }
    }
    Value::Object(document)
}

/// Returns true if resources of a kind are part of their containers.
fn is_part(kinds: &Kinds, kind: &Kind) -> bool {
    let embedded = kind.embedded.as_ref().filter(|_| kind.list.is_none());
    embedded.is_some_and(|embedded| {
        kinds.get(&embedded.kind).is_some_and(|it| it.field(&embedded.field).is_some())
    })
}

/// Names all resources after their natural keys, by ID.
fn names(kinds: &Kinds, actual: &Actual) -> BTreeMap<String, Address> {
    let mut names = BTreeMap::new();
    for kind in kinds.iter().filter(|it| !is_part(kinds, it)) {
        let mut taken = BTreeSet::new();
        for (identity, value) in actual.of_kind(&kind.name) {
            let Some(id) = identity.values().next_back() else { continue };
            let key = kind.apply.key.last().and_then(|it| it.response.as_ref());
            let key = key.and_then(|it| value.get(it)).and_then(Value::as_str);
            let base = Some(slug(key.unwrap_or_default())).filter(|it| !it.is_empty());
            let base = base.unwrap_or_else(|| slug(id));
            let numbered = (2..).map(|number| format!("{base}-{number}"));
            let mut free = std::iter::once(base.clone()).chain(numbered);
            let Some(name) = free.find(|it| taken.insert(it.clone())) else { continue };
            names.insert(id.clone(), Address { kind: kind.name.clone(), name });
        }
    }
    names
}

/// Returns a name derived from a string, at most 40 characters long.
fn slug(text: &str) -> String {
    let text = text.strip_prefix("https://").unwrap_or(text);
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let words: Vec<_> = words.filter(|it| !it.is_empty()).collect();
    let mut slug = words.join("-").to_ascii_lowercase();
    slug.truncate(40);
    slug.trim_end_matches('-').to_owned()
}

struct Context<'a> {
    names: &'a BTreeMap<String, Address>,
    kind: &'a Kind,
    address: &'a Address,
    show_secrets: bool,
}

impl Context<'_> {
    fn object(
        &self,
        fields: &[Field],
        value: &Value,
        prefix: &str,
    ) -> Map<String, Value> {
        let mut object = Map::new();
        for field in fields.iter().filter(|it| it.sent) {
            let path = format!("{prefix}{}", field.name);
            let (secret, required) = (field.facts.secret, field.facts.presence.required);
            let read = field.response().and_then(|it| value.get(it));
            let read = read.filter(|it| !is_empty(it) || required && !it.is_null());
            let desired = match read {
                Some(read) if !secret || self.show_secrets => {
                    self.value(&field.shape, read, &path)
                }
                read if secret && (required || read.is_some()) => {
                    Value::from(format!("${{env:{}}}", self.variable(&path)))
                }
                _ => continue,
            };
            object.insert(field.name.clone(), desired);
        }
        object
    }

    fn value(&self, shape: &Shape, value: &Value, path: &str) -> Value {
        match (shape, value) {
            (Shape::Reference, value) => {
                self.reference(value.get("id").unwrap_or(value))
            }
            (Shape::Object(fields), value) => {
                Value::Object(self.object(fields, value, &format!("{path}.")))
            }
            (Shape::List(item, _), Value::Array(items)) => {
                items.iter().map(|it| self.value(item, it, path)).collect()
            }
            (Shape::Map(item), Value::Object(fields)) => {
                let fields = fields.iter();
                fields
                    .map(|(key, it)| (key.clone(), self.value(item, it, path)))
                    .collect()
            }
            (Shape::Plain(_), value) => self.reference(value),
            (_, value) => value.clone(),
        }
    }

    /// Returns a string in which the IDs of other resources of the document are references.
    fn reference(&self, value: &Value) -> Value {
        let Some(text) = value.as_str() else { return value.clone() };
        let is_end = |it: char| !it.is_ascii_alphanumeric() && it != '_';
        let mut result = String::new();
        for part in text.split_inclusive(is_end) {
            let word = part.trim_end_matches(is_end);
            match self.names.get(word).filter(|it| *it != self.address) {
                Some(address) => _ = write!(result, "${{{address}}}"),
                None => result += word,
            }
            result += &part[word.len()..];
        }
        Value::from(result)
    }

    /// Returns the name of the environment variable for a secret value.
    fn variable(&self, path: &str) -> String {
        let name = format!("{}_{}_{path}", self.kind.name, self.address.name);
        name.to_ascii_uppercase().replace(|it: char| !it.is_ascii_alphanumeric(), "_")
    }
}
