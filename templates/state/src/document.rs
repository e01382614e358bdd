//! Desired state: the contents of the files, checked against the kinds.
//!
//! A document is an object of kinds, each an object of names, each an object of fields:
//!
//! ```yaml
//! ip_policies:
//!   office: { description: office }
//! ip_policy_rules:
//!   office-v4: { ip_policy_id: "${ip_policies.office}", cidr: 24.0.0.0/8, action: allow }
//! ```
//!
//! Keys that start with `$` concern the resource and are not sent: `$id` adopts an existing one, `$retain` determines whether it is kept
//! when it is removed from the files.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::kind::{Field, Kind, Kinds, Shape};
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
        if path.is_empty() {
            write!(f, "{origin}: {message}")
        } else {
            write!(f, "{origin}: {path}: {message}")
        }
    }
}

impl Documents {
    /// Adds a document; returns all its problems.
    pub fn add(&mut self, kinds: &Kinds, origin: &str, document: Value) -> Vec<Problem> {
        let mut reader = Reader { kinds, origin, problems: Vec::new() };
        match document {
            Value::Null => {}
            Value::Object(groups) => {
                for (kind, resources) in groups {
                    reader.kind(&kind, resources, &mut self.resources);
                }
            }
            _ => reader
                .report("", "a document is an object of kinds of resources".to_owned()),
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

/// Reads one document.
struct Reader<'a> {
    kinds: &'a Kinds,
    origin: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn report(&mut self, path: &str, message: String) {
        let (origin, path) = (self.origin.to_owned(), path.to_owned());
        self.problems.push(Problem { origin, path, message });
    }

    fn kind(
        &mut self,
        name: &str,
        value: Value,
        into: &mut BTreeMap<Address, Resource>,
    ) {
        let Some(kind) = self.kinds.get(name) else {
            let names: Vec<_> = self.kinds.iter().map(|it| it.name.as_str()).collect();
            let message =
                format!("unknown kind of resource; known are {}", names.join(", "));
            return self.report(name, message);
        };
        let resources = match value {
            Value::Object(resources) => resources,
            Value::Null => return,
            _ => return self.report(name, "expected an object of names".to_owned()),
        };
        for (own, fields) in resources {
            let address = Address { kind: name.to_owned(), name: own };
            let path = address.to_string();
            if !is_name(&address.name) {
                self.report(
                    &path,
                    "a name consists of letters, digits, `_` and `-`".to_owned(),
                );
                continue;
            }
            if let Some(other) = into.get(&address) {
                let message = format!("is already stated in {}", other.origin);
                self.report(&path, message);
                continue;
            }
            if let Some(resource) = self.resource(kind, &path, fields) {
                into.insert(address, resource);
            }
        }
    }

    fn resource(&mut self, kind: &Kind, path: &str, value: Value) -> Option<Resource> {
        let mut fields = match value {
            Value::Object(fields) => fields,
            Value::Null => Map::new(),
            _ => {
                self.report(path, "expected an object of fields".to_owned());
                return None;
            }
        };
        let id =
            self.meta(path, &mut fields, "$id", |it| it.as_str().map(str::to_owned));
        let retain = self.meta(path, &mut fields, "$retain", Value::as_bool);
        self.object(path, &kind.fields, &fields, true);
        Some(Resource { origin: self.origin.to_owned(), id, retain, fields })
    }

    fn meta<T>(
        &mut self,
        path: &str,
        fields: &mut Map<String, Value>,
        key: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = fields.remove(key)?;
        let read = read(&value);
        if read.is_none() {
            self.report(
                &format!("{path}.{key}"),
                format!("has the wrong type: {value}"),
            );
        }
        read
    }

    fn object(
        &mut self,
        path: &str,
        known: &[Field],
        object: &Map<String, Value>,
        whole: bool,
    ) {
        for (key, value) in object {
            let path = format!("{path}.{key}");
            if let Some(field) = known.iter().find(|it| &it.name == key) {
                self.value(&path, &field.shape, value);
            } else {
                let names: Vec<_> = known.iter().map(|it| it.name.as_str()).collect();
                let message = format!("unknown field; known are {}", names.join(", "));
                self.report(&path, message);
            }
        }
        for field in known.iter().filter(|it| whole && it.required) {
            if object.get(&field.name).is_none_or(Value::is_null) {
                self.report(&format!("{path}.{}", field.name), "is required".to_owned());
            }
        }
    }

    fn value(&mut self, path: &str, shape: &Shape, value: &Value) {
        match (shape, value) {
            (_, Value::Null)
            | (Shape::Reference, Value::String(_))
            | (Shape::Plain(_), _) => {}
            (Shape::Object(known), Value::Object(object)) => {
                self.object(path, known, object, false);
            }
            (Shape::List(item, _), Value::Array(items)) => {
                for (at, value) in items.iter().enumerate() {
                    self.value(&format!("{path}[{at}]"), item, value);
                }
            }
            (Shape::Map(item), Value::Object(object)) => {
                for (key, value) in object {
                    self.value(&format!("{path}.{key}"), item, value);
                }
            }
            (Shape::Object(_) | Shape::Map(_), _) => {
                self.report(path, "expected an object".to_owned());
            }
            (Shape::List(..), _) => self.report(path, "expected a list".to_owned()),
            (Shape::Reference, _) => {
                self.report(path, "expected an ID or a reference".to_owned());
            }
        }
    }
}
