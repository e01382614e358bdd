//! What an operation does to the state. An operation goes in; what it is for comes out.

use ngrok_api_model::{Method, Operation, Output};

use super::{Plan, path};

/// What an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Adds an element to the list at the path.
    Create,
    /// Gives what is at the path.
    Get,
    /// Gives what there is one of, and what no request makes: who calls, say.
    Given,
    /// Gives the list at the path.
    List,
    /// Gives the resources of a list elsewhere that name the element before the end of the path: the secrets of a vault.
    Related {
        /// The pattern of that list.
        home: String,
        /// The type of that element.
        owner: String,
    },
    /// Changes what is at the path.
    Update,
    /// Puts something at the path, in place of what was there.
    Replace,
    /// Takes away what is at the path.
    Delete,
    /// Does something that leaves no trace in the state, with the element before the end of the path.
    Act,
}

impl Kind {
    /// What the operation with this pattern does.
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

/// Whether a path has no parameters, and can only be read.
fn is_given(plan: &Plan, pattern: &str) -> bool {
    let operations = plan.model.services.iter().flat_map(|service| &service.operations);
    let mut here =
        operations.filter(|it| path::pattern(&path::parts(&it.path)) == pattern);
    !pattern.contains("{}") && here.all(|operation| operation.method == Method::Get)
}

fn list(plan: &Plan, item: &str, pattern: &str) -> Kind {
    match (plan.home(item), owner(plan, pattern)) {
        (Some(home), Some(owner)) if home != pattern => {
            Kind::Related { home: home.to_owned(), owner: owner.to_owned() }
        }
        _ => Kind::List,
    }
}

/// The type of the element before the end of the path.
fn owner<'a>(plan: &'a Plan, pattern: &str) -> Option<&'a str> {
    let (before, _) = pattern.rsplit_once("{}/")?;
    plan.type_at(&format!("{before}{{}}"))
}
