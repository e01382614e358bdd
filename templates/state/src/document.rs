//! Desired state: the resources of the files.
//!
//! Each has an address and an object of fields, such as
//!
//! ```yaml
//! ip_policies:
//!   office: { description: office }
//! ip_policy_rules:
//!   office-v4: { ip_policy_id: "${ip_policies.office}", cidr: 24.0.0.0/8, action: allow }
//! ```
//!
//! Keys that start with `$` concern the resource and are not sent: `$id` adopts an existing one, `$retain` determines whether it is kept
//! when it is removed from the files. Values are validated against the model before they arrive here.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::kind::{Kind, Kinds};
use crate::order;
use crate::reference::{Address, Reference, is_name, references};

/// The desired resources of all files.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// Every resource by its address.
    pub resources: BTreeMap<Address, Resource>,
}

/// A desired resource.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Source, such as the name of a file.
    pub origin: String,
    /// ID of an existing resource to adopt.
    pub id: Option<String>,
    /// True if it is kept when it is removed from the files; the default depends on the kind.
    pub retain: Option<bool>,
    /// Values by field, with unresolved references.
    pub fields: Map<String, Value>,
}

/// An error in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Source of the document.
    pub origin: String,
    /// Path within the document: `ip_policies.office.cidr`.
    pub path: String,
    /// The problem and its solution.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, path, message } = self;
        write!(f, "{origin}: {path}: {message}")
    }
}

impl Documents {
    /// Adds a resource, given as the object of its fields; returns all its problems.
    pub fn add(
        &mut self,
        kind: &Kind,
        name: &str,
        origin: &str,
        fields: Value,
    ) -> Vec<Problem> {
        let address = Address { kind: kind.name.clone(), name: name.to_owned() };
        let mut problems = Vec::new();
        let mut report = |key: &str, message: &str| {
            let (origin, path) = (origin.to_owned(), format!("{address}{key}"));
            let message = message.to_owned();
            problems.push(Problem { origin, path, message });
        };
        if !is_name(name) {
            report("", "a name consists of letters, digits, `_` and `-`");
        } else if let Some(other) = self.resources.get(&address) {
            report("", &format!("is already stated in {}", other.origin));
        } else if let Some(resource) = resource(kind, origin, fields, &mut report) {
            self.resources.insert(address, resource);
        }
        problems
    }

    /// Checks that every reference has a field of a desired resource as its target, and that no resource refers to itself, directly or through others.
    #[must_use]
    pub fn check(&self, kinds: &Kinds) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (address, resource) in &self.resources {
            for (field, value) in &resource.fields {
                for reference in references(kinds, value) {
                    if let Some(message) = self.refuse(kinds, address, &reference) {
                        let path = format!("{address}.{field}");
                        problems.push(Problem {
                            origin: resource.origin.clone(),
                            path,
                            message,
                        });
                    }
                }
            }
        }
        if problems.is_empty() {
            problems.extend(order::by_references(kinds, self).err());
        }
        problems
    }

    fn refuse(
        &self,
        kinds: &Kinds,
        from: &Address,
        reference: &Reference,
    ) -> Option<String> {
        let to = &reference.address;
        if to == from {
            return Some("a resource cannot refer to itself".to_owned());
        }
        if self.resources.contains_key(to) {
            let (kind, field) = (kinds.get(&to.kind)?, &reference.field);
            let known = kind.returned.contains(field) || kind.field(field).is_some();
            let names = || kind.returned.join(", ");
            return (!known)
                .then(|| format!("`{to}` has no `{field}`; there is {}", names()));
        }
        let names = self.resources.keys().filter(|it| it.kind == to.kind);
        let names: Vec<_> = names.map(|it| it.name.as_str()).collect();
        Some(match names.as_slice() {
            [] => {
                format!("`{to}` is not in the files, and no other of `{}` is", to.kind)
            }
            names => {
                format!("`{to}` is not in the files; there is {}", names.join(", "))
            }
        })
    }
}

/// Reads one resource; reports problems with the key that has them.
fn resource(
    kind: &Kind,
    origin: &str,
    value: Value,
    report: &mut dyn FnMut(&str, &str),
) -> Option<Resource> {
    let mut fields = match value {
        Value::Object(fields) => fields,
        Value::Null => Map::new(),
        _ => {
            report("", "expected an object of fields");
            return None;
        }
    };
    let mut take = |key: &str, is_valid: fn(&Value) -> bool| {
        let value = fields.remove(key)?;
        if !is_valid(&value) {
            report(&format!(".{key}"), &format!("has the wrong type: {value}"));
        }
        Some(value)
    };
    let id = take("$id", Value::is_string).and_then(|it| Some(it.as_str()?.to_owned()));
    let retain = take("$retain", Value::is_boolean).and_then(|it| it.as_bool());
    for key in fields.keys().filter(|it| it.starts_with('$')) {
        let message = "is not a known key; the known ones are `$id` and `$retain`";
        report(&format!(".{key}"), message);
    }
    for field in kind.fields.iter().filter(|it| it.in_path) {
        if !fields.get(&field.name).is_some_and(Value::is_string) {
            let message = "is required, as an ID or a reference";
            report(&format!(".{}", field.name), message);
        }
    }
    Some(Resource { origin: origin.to_owned(), id, retain, fields })
}
