//! The plan: the change of each resource, and the calls in an order that respects references.
//!
//! Takes desired, last applied and actual state; returns a [`Plan`]. Performs no I/O.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::actual::Actual;
use crate::document::{Documents, Problem};
use crate::kind::Kinds;
use crate::order;
use crate::planner::{Planner, undesired};
use crate::reference::Address;
use crate::state::{Entry, Identity, State};
use crate::step::{self, Action, Step};

/// The inputs of planning.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The kinds of the API.
    pub kinds: &'a Kinds,
    /// Contents of the files.
    pub desired: &'a Documents,
    /// State of the last apply.
    pub state: &'a State,
    /// Resources returned by the API.
    pub actual: &'a Actual,
    /// True to delete resources that were removed from the files.
    pub prune: bool,
    /// True to delete retained resources as well.
    pub delete_retained: bool,
}

/// Changes of all resources.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Decisions by address.
    pub items: BTreeMap<Address, Item>,
    /// Calls, with their prerequisites.
    pub steps: Vec<Step>,
}

/// Change of one resource.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// The decision.
    pub outcome: Outcome,
    /// Differences.
    pub changes: Vec<Change>,
    /// Additional information for the user.
    pub note: Option<String>,
    /// The existing resource, if there is one.
    pub identity: Option<Identity>,
    /// Entry of the state after the step.
    pub entry: Entry,
}

/// A decision about a resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It equals the desired state.
    #[default]
    Unchanged,
    /// It exists, equals the desired state, and is managed from now on.
    Adopt,
    /// It is created.
    Create,
    /// It is updated.
    Update,
    /// It is deleted and created again, since the API cannot change a field.
    Replace,
    /// It is deleted.
    Delete,
    /// It was removed from the files and no longer exists.
    Forget,
    /// It was removed from the files and is kept, but no longer managed.
    Retain,
    /// It was removed from the files and is kept until pruning is requested.
    Orphan,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Name of the field.
    pub field: String,
    /// Value returned by the API; `None` if the resource does not exist or the API does not return it.
    pub before: Option<Value>,
    /// New value.
    pub after: After,
    /// True if the change replaces the resource.
    pub replaces: bool,
}

/// The new value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// This value.
    Value(Value),
    /// A value that is known only after another call.
    Unknown,
    /// Cleared: the field is no longer set.
    Cleared,
}

impl Plan {
    /// Computes a plan.
    ///
    /// # Errors
    ///
    /// Returns the first resource that cannot be planned: it is part of a cycle of references, or needs a value that the API does not
    /// return any more.
    pub fn new(inputs: Inputs<'_>) -> Result<Self, Problem> {
        let mut planner = Planner::new(inputs);
        for address in order::by_references(inputs.kinds, inputs.desired)? {
            if let Some(resource) = inputs.desired.resources.get(&address) {
                let item = planner.desired(&address, resource)?;
                planner.items.insert(address, item);
            }
        }
        for (address, entry) in &inputs.state.resources {
            if !inputs.desired.resources.contains_key(address) {
                planner.items.insert(address.clone(), undesired(inputs, address, entry));
            }
        }
        let mut items = planner.items;
        let steps = step::steps(inputs, &items);
        for step in &steps {
            if let (Action::Rename { field, .. }, Some(item)) =
                (&step.action, items.get_mut(&step.address))
            {
                let note = format!(
                    "`{field}` gets a temporary value first, since another resource takes the present one"
                );
                item.note.get_or_insert(note);
            }
        }
        Ok(Self { items, steps })
    }

    /// Returns true if applying it calls the API.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.steps.iter().any(|step| step.action.calls_api())
    }

    /// Returns the number of resources with this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.values().filter(|item| item.outcome == outcome).count()
    }
}

impl Item {
    /// Returns the change of a field.
    pub(crate) fn change(&self, field: &str) -> Option<&Change> {
        self.changes.iter().find(|it| it.field == field)
    }

    /// Returns true if a new resource is created.
    pub(crate) fn is_new(&self) -> bool {
        matches!(self.outcome, Outcome::Create | Outcome::Replace)
    }
}
