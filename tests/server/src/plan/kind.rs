//! Kinds of operations by their effect on the state. Takes an operation; returns its kind.

use ngrok_api_model::{Method, Operation, Output};

use super::{Plan, path};

/// The effect of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Adds an element to the list at the path.
    Create,
    /// Returns the value at the path.
    Get,
    /// Returns a singleton that no request creates, such as the caller.
    Given,
    /// Returns the list at the path.
    List,
    /// Returns the resources of another list that refer to the element before the end of the path, such as the secrets of a vault.
    Related {
        /// Pattern of that list.
        list_pattern: String,
        /// Type of that element.
        owner: String,
    },
    /// Updates the value at the path.
    Update,
    /// Replaces the value at the path.
    Replace,
    /// Removes the value at the path.
    Delete,
    /// Runs an action on the element before the end of the path, without a trace in the state.
    Act,
}

impl Kind {
    /// Returns the kind of the operation with this pattern.
    pub(super) fn of(plan: &Plan, operation: &Operation, pattern: &str) -> Self {
        match (operation.method, &operation.output) {
            (Method::Get, Output::List(listing)) => list(plan, &listing.item, pattern),
            (Method::Get, _) if is_given(plan, pattern) => Self::Given,
            (Method::Get, _) => Self::Get,
            (Method::Patch, _) => Self::Update,
            (Method::Put, _) => Self::Replace,
            (Method::Delete, _) => Self::Delete,
            (Method::Post, Output::Type(name))
                if owner(plan, pattern) != Some(name.as_str()) =>
            {
                Self::Create
            }
            (Method::Post, _) => Self::Act,
        }
    }
}

/// Returns true if a path has no parameters, and can only be read.
fn is_given(plan: &Plan, pattern: &str) -> bool {
    let operations = plan.model.services.iter().flat_map(|service| &service.operations);
    let mut here =
        operations.filter(|it| path::pattern(&path::parts(&it.path)) == pattern);
    !pattern.contains("{}") && here.all(|operation| operation.method == Method::Get)
}

fn list(plan: &Plan, item: &str, pattern: &str) -> Kind {
    match (plan.list_pattern(item), owner(plan, pattern)) {
        (Some(list_pattern), Some(owner)) if list_pattern != pattern => Kind::Related {
            list_pattern: list_pattern.to_owned(),
            owner: owner.to_owned(),
        },
        _ => Kind::List,
    }
}

/// Returns the type of the element before the end of the path.
fn owner<'a>(plan: &'a Plan, pattern: &str) -> Option<&'a str> {
    let (before, _) = pattern.rsplit_once("{}/")?;
    plan.type_at(&format!("{before}{{}}"))
}
