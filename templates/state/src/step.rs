//! Steps: the calls of a plan, and which of them have to wait for which.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{After, Inputs, Item, Outcome};
use crate::reference::Address;
use crate::state::Identity;

/// One call, or one change of the state without a call.
#[derive(Debug, Clone)]
pub struct Step {
    /// The resource.
    pub address: Address,
    /// What is done.
    pub action: Action,
    /// Indexes of the steps that have to be done before.
    pub after: BTreeSet<usize>,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Creates the resource with everything that is stated.
    Create,
    /// Records that an existing resource belongs to the files.
    Adopt(Identity),
    /// Sends the fields that differ.
    Update {
        /// The resource.
        identity: Identity,
        /// Fields that are sent.
        fields: BTreeSet<String>,
        /// Fields that are cleared.
        cleared: BTreeSet<String>,
    },
    /// Deletes a resource, or one that was replaced.
    Delete {
        /// The resource.
        identity: Identity,
        /// Whether another one took its place.
        deposed: bool,
    },
    /// Removes the resource from the state.
    Forget,
}

impl Action {
    /// Returns whether it calls the API.
    #[must_use]
    pub fn calls_api(&self) -> bool {
        !matches!(self, Self::Adopt(_) | Self::Forget)
    }
}

/// The steps of one resource.
#[derive(Default)]
struct Own {
    /// The step after which its new values are known.
    ready: Option<usize>,
    /// The step that deletes it or its predecessor.
    delete: Option<usize>,
    /// Whether the predecessor is deleted before the new one is created.
    delete_first: bool,
}

/// Returns the steps of all decisions.
pub(crate) fn steps(inputs: Inputs<'_>, items: &BTreeMap<Address, Item>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut own: BTreeMap<Address, Own> = BTreeMap::new();
    for (address, item) in items {
        own.insert(address.clone(), of_item(inputs, address, item, &mut steps));
    }
    for (address, item) in items {
        order(inputs, address, item, &own, &mut steps);
    }
    sorted(&steps)
}

fn of_item(
    inputs: Inputs<'_>,
    address: &Address,
    item: &Item,
    steps: &mut Vec<Step>,
) -> Own {
    let mut push = |action| {
        steps.push(Step { address: address.clone(), action, after: BTreeSet::new() });
        steps.len() - 1
    };
    let mut own = Own::default();
    let identity = item.identity.clone().unwrap_or_default();
    for deposed in &item.entry.deposed {
        push(Action::Delete { identity: deposed.clone(), deposed: true });
    }
    match item.outcome {
        Outcome::Unchanged | Outcome::Orphan => {}
        Outcome::Create => own.ready = Some(push(Action::Create)),
        Outcome::Adopt => own.ready = Some(push(Action::Adopt(identity))),
        Outcome::Update => {
            let named = |cleared: bool| {
                let changes = item.changes.iter();
                let changes =
                    changes.filter(|it| (it.after == After::Cleared) == cleared);
                changes.map(|it| it.field.clone()).collect()
            };
            let (fields, cleared) = (named(false), named(true));
            own.ready = Some(push(Action::Update { identity, fields, cleared }));
        }
        Outcome::Replace => {
            let kind = inputs.kinds.get(&address.kind);
            own.delete_first = kind.is_none_or(|it| it.apply.unique);
            own.delete = Some(push(Action::Delete { identity, deposed: true }));
            own.ready = Some(push(Action::Create));
        }
        Outcome::Delete => {
            own.delete = Some(push(Action::Delete { identity, deposed: false }));
        }
        Outcome::Forget | Outcome::Retain => {
            push(Action::Forget);
        }
    }
    own
}

/// Makes the steps of a resource wait for those that they need.
fn order(
    inputs: Inputs<'_>,
    address: &Address,
    item: &Item,
    own: &BTreeMap<Address, Own>,
    steps: &mut [Step],
) {
    let Some(mine) = own.get(address) else { return };
    if let (Some(ready), Some(delete)) = (mine.ready, mine.delete) {
        let (first, second) =
            if mine.delete_first { (delete, ready) } else { (ready, delete) };
        steps[second].after.insert(first);
    }
    // New values need those of the resources they refer to.
    for other in item.entry.depends_on.iter().filter_map(|it| Address::parse(it)) {
        let other = own.get(&other).and_then(|it| it.ready);
        if let (Some(ready), Some(other)) = (mine.ready, other) {
            steps[ready].after.insert(other);
        }
    }
    // What was referred to is deleted after what referred to it has changed or gone.
    let last = inputs.state.get(address).map(|it| &it.depends_on);
    for other in last.into_iter().flatten().filter_map(|it| Address::parse(it)) {
        let Some(other) = own.get(&other) else { continue };
        let Some(delete) = other.delete else { continue };
        let before = match mine.delete {
            Some(gone) => Some(gone),
            // It waits for the new resource itself, so that the old one cannot wait for it.
            None if other.delete_first && other.ready.is_some() => None,
            None => mine.ready,
        };
        if let Some(before) = before {
            steps[delete].after.insert(before);
        }
    }
}

/// Sorts steps so that each comes after those it waits for, otherwise in their order.
fn sorted(steps: &[Step]) -> Vec<Step> {
    let mut place = vec![usize::MAX; steps.len()];
    let mut order = Vec::with_capacity(steps.len());
    while order.len() < steps.len() {
        let before = order.len();
        for (at, step) in steps.iter().enumerate() {
            if place[at] == usize::MAX
                && step.after.iter().all(|it| place[*it] != usize::MAX)
            {
                place[at] = order.len();
                order.push(at);
            }
        }
        if order.len() == before {
            // References have no cycle, so that this is not reached; what is left keeps its order.
            let left = (0..steps.len())
                .filter(|at| place[*at] == usize::MAX)
                .collect::<Vec<_>>();
            for at in left {
                place[at] = order.len();
                order.push(at);
            }
        }
    }
    let mut sorted: Vec<_> = order.iter().map(|at| steps[*at].clone()).collect();
    for step in &mut sorted {
        step.after = step.after.iter().map(|it| place[*it]).collect();
    }
    sorted
}
