//! Names of operations.

use crate::names::type_name;

use super::super::super::document::Operation;
use super::super::conventions::Conventions;
use super::super::groups::Group;
use super::super::naming::snake;
use super::super::paths;
use super::Planned;

/// Returns the name of an operation: from its ID after the tag, from its shape, or its ID.
pub(super) fn operation(
    operation: &Operation,
    group: &Group,
    conventions: &Conventions,
    earlier: &[Planned],
) -> String {
    let free = |name: &String| !earlier.iter().any(|other| other.name == *name);
    let by_id = operation.id.and_then(|id| behind_tag(id, &group.tag));
    let by_shape = || by_shape(operation, group, conventions).into_iter().find(&free);
    let whole = || {
        snake(
            operation.id.unwrap_or(&format!("{} {}", operation.method, operation.path)),
        )
    };
    let name = by_id.filter(&free).or_else(by_shape).unwrap_or_else(whole);
    let mut unique = name.clone();
    let mut number = 2;
    while !free(&unique) {
        unique = format!("{name}_{number}");
        number += 1;
    }
    unique
}

/// Returns `delete_certificate` for `ReservedDomainsDeleteCertificate`.
fn behind_tag(id: &str, tag: &str) -> Option<String> {
    let rest = type_name(id).strip_prefix(&type_name(tag))?.to_owned();
    rest.starts_with(|c: char| c.is_uppercase()).then(|| snake(&rest))
}

/// Returns the names that conventions have for the method and the path.
fn by_shape(
    operation: &Operation,
    group: &Group,
    conventions: &Conventions,
) -> Vec<String> {
    let base = paths::segments(&group.path).len();
    let rest: Vec<_> = paths::segments(operation.path).into_iter().skip(base).collect();
    let path = match rest.as_slice() {
        [] if group.singleton => "item",
        [] => "collection",
        [only] if paths::parameter(only).is_some() => "item",
        _ => return Vec::new(),
    };
    let mut names: Vec<String> =
        conventions.names(&operation.method, path).map(str::to_owned).collect();
    // A `PUT` on one of many updates it, completely or in part.
    if operation.method == "PUT" && !group.singleton {
        names = vec!["update".to_owned(), "replace".to_owned()];
    }
    names
}
