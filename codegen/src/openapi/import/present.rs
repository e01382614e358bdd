//! The operations that a description has, by method and path.

use std::collections::BTreeSet;

use crate::names::type_name;
use crate::spec::{self, OperationDetails, Resource, Spec};

use super::super::document::Operation;
use super::conventions::{Conventions, word};
use super::paths::pattern;

/// What the name of a service ends with that would be called like a type.
pub(super) const SERVICE: &str = "Service";

/// What is there already.
#[derive(Debug, Default)]
pub(super) struct Present {
    operations: BTreeSet<(String, String)>,
    tags: BTreeSet<String>,
}

impl Present {
    pub(super) fn of(spec: &Spec, conventions: &Conventions) -> Self {
        let mut present = Self::default();
        for file in &spec.resources {
            let resource = &file.resource;
            present.tags.insert(tag_name(&resource.tag));
            for entry in &resource.operations {
                let own = match &entry.value {
                    spec::Operation::Details(details) => Some(&**details),
                    _ => None,
                };
                let request = request(&entry.key, own, resource, conventions);
                present.operations.insert(request);
            }
        }
        present
    }

    /// Whether an operation is there.
    pub(super) fn has(&self, operation: &Operation) -> bool {
        self.operations.contains(&(operation.method.clone(), pattern(operation.path)))
    }

    /// Whether a service of this name is there.
    pub(super) fn has_tag(&self, tag: &str) -> bool {
        self.tags.contains(&tag_name(tag))
    }
}

/// The name of a service, whatever was done to tell it from a type.
pub(super) fn tag_name(tag: &str) -> String {
    let name = type_name(tag);
    name.strip_suffix(SERVICE)
        .filter(|name| !name.is_empty())
        .unwrap_or(&name)
        .to_owned()
}

/// The method and the pattern of the path of an operation.
fn request(
    name: &str,
    own: Option<&OperationDetails>,
    resource: &Resource,
    conventions: &Conventions,
) -> (String, String) {
    let usual = conventions.get(name);
    let method = own.and_then(|own| own.method.as_ref()).map(|method| word(**method));
    let method = method.map(str::to_owned);
    let method = method.or_else(|| usual.map(|usual| usual.method.clone()));
    let path = own.and_then(|own| own.path.as_ref()).map(ToString::to_string);
    let path =
        path.or_else(|| usual.map(|usual| usual.path.clone())).unwrap_or_default();
    let item = resource.item_path.as_ref().map_or("/{id}", |path| path.as_str());
    let item = if resource.singleton { "" } else { item };
    let full = match path.strip_prefix("item") {
        Some(rest) => format!("{}{item}{rest}", *resource.path),
        None => {
            format!(
                "{}{}",
                *resource.path,
                path.strip_prefix("collection").unwrap_or("")
            )
        }
    };
    (method.unwrap_or_default(), pattern(&full))
}
