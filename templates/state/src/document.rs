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
use crate::reference::{Address, Reference, is_name, references};

/// The desired resources of all files.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    resources: BTreeMap<Address, Resource>,
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
        let mut reader =
            Reader { origin, path: address.to_string(), problems: Vec::new() };
        if !is_name(name) {
            reader.report("", "a name consists of letters, digits, `_` and `-`");
        } else if let Some(other) = self.resources.get(&address) {
            reader.report("", format!("is already stated in {}", other.origin));
        } else if let Some(resource) = reader.resource(kind, fields) {
            self.resources.insert(address, resource);
        }
        reader.problems
    }

    /// Checks that every reference has a desired resource as its target, and that none refers to itself.
    #[must_use]
    pub fn check(&self, kinds: &Kinds) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (address, resource) in &self.resources {
            for (field, value) in &resource.fields {
                for reference in references(kinds, value) {
                    if let Some(message) = self.refuse(address, &reference) {
                        let origin = resource.origin.clone();
                        let path = format!("{address}.{field}");
                        problems.push(Problem { origin, path, message });
                    }
                }
            }
        }
        problems
    }

    fn refuse(&self, from: &Address, reference: &Reference) -> Option<String> {
        let to = &reference.address;
        if to == from {
            return Some("a resource cannot refer to itself".to_owned());
        }
        if self.resources.contains_key(to) {
            return None;
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

    /// Returns every resource by address.
    #[must_use]
    pub fn resources(&self) -> &BTreeMap<Address, Resource> {
        &self.resources
    }

    /// Returns the desired resource of an address.
    #[must_use]
    pub fn get(&self, address: &Address) -> Option<&Resource> {
        self.resources.get(address)
    }
}

/// Reads one resource.
struct Reader<'a> {
    origin: &'a str,
    path: String,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn report(&mut self, key: &str, message: impl Into<String>) {
        let separator = if key.is_empty() { "" } else { "." };
        let path = format!("{}{separator}{key}", self.path);
        let (origin, message) = (self.origin.to_owned(), message.into());
        self.problems.push(Problem { origin, path, message });
    }

    fn resource(&mut self, kind: &Kind, value: Value) -> Option<Resource> {
        let mut fields = match value {
            Value::Object(fields) => fields,
            Value::Null => Map::new(),
            _ => {
                self.report("", "expected an object of fields");
                return None;
            }
        };
        let id = self.meta(&mut fields, "$id", |it| it.as_str().map(str::to_owned));
        let retain = self.meta(&mut fields, "$retain", Value::as_bool);
        for field in kind.fields.iter().filter(|it| it.in_path) {
            if !fields.get(&field.name).is_some_and(Value::is_string) {
                self.report(&field.name, "is required, as an ID or a reference");
            }
        }
        Some(Resource { origin: self.origin.to_owned(), id, retain, fields })
    }

    fn meta<T>(
        &mut self,
        fields: &mut Map<String, Value>,
        key: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = fields.remove(key)?;
        let read = read(&value);
        if read.is_none() {
            self.report(key, format!("has the wrong type: {value}"));
        }
        read
    }
}
