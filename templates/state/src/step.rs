//! Steps: the calls of a plan, and their dependencies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::kind::Kind;
use crate::plan::{After, Inputs, Item, Outcome};
use crate::reference::Address;
use crate::shape::Shape;
use crate::state::Identity;

/// One call, or one change of the state without a call.
#[derive(Debug, Clone)]
pub struct Step {
    /// The resource.
    pub address: Address,
    /// Action.
    pub action: Action,
    /// Indexes of the steps that must be completed first.
    pub after: BTreeSet<usize>,
}

/// Actions of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Creates the resource with all desired values.
    Create,
    /// Starts managing an existing resource.
    Adopt,
    /// Gives the field of a natural key a temporary value, since another resource takes the present one.
    Rename {
        /// The field.
        field: String,
        /// The temporary value.
        value: Value,
    },
    /// Sends the changed fields, and clears those that are no longer set.
    Update,
    /// Deletes a resource, or one that was replaced.
    Delete {
        /// The resource.
        identity: Identity,
        /// True if it was replaced by another one.
        deposed: bool,
    },
    /// Removes the resource from the state.
    Forget,
}

impl Action {
    /// Returns true if it calls the API.
    #[must_use]
    pub fn calls_api(&self) -> bool {
        !matches!(self, Self::Adopt | Self::Forget)
    }
}

/// Steps of one resource.
#[derive(Default)]
struct Own {
    /// Step after which its new values are known.
    ready: Option<usize>,
    /// The steps that delete it or its predecessors.
    deletes: Vec<usize>,
    /// True if the predecessor is deleted before the new resource is created.
    delete_first: bool,
}

/// Returns the steps of all changes.
pub(crate) fn steps(inputs: Inputs<'_>, items: &BTreeMap<Address, Item>) -> Vec<Step> {
    let mut steps = Vec::new();
    let first = delete_first(inputs, items);
    let mut own: BTreeMap<Address, Own> = BTreeMap::new();
    for (address, item) in items {
        let delete_first = first.contains(address);
        own.insert(address.clone(), of_item(address, item, delete_first, &mut steps));
    }
    for (address, item) in items {
        order(inputs, address, item, &own, &mut steps);
    }
    order_keys(inputs, items, &own, &mut steps);
    steps
}

/// Returns the replaced resources of which the old one is deleted first: since the new one could not exist beside it, or
/// since it refers to such a resource.
fn delete_first(
    inputs: Inputs<'_>,
    items: &BTreeMap<Address, Item>,
) -> BTreeSet<Address> {
    let replaced = items.iter().filter(|(_, it)| it.outcome == Outcome::Replace);
    let replaced: Vec<_> = replaced.map(|(address, _)| address).collect();
    let mut first = BTreeSet::new();
    loop {
        let before = first.len();
        for address in &replaced {
            let kind = inputs.kinds.get(&address.kind);
            let last = inputs.state.resources.get(address);
            let refers = last.is_some_and(|it| !it.depends_on.is_disjoint(&first));
            if refers || kind.is_none_or(|it| it.apply.unique) {
                first.insert((*address).clone());
            }
        }
        if first.len() == before {
            return first;
        }
    }
}

fn of_item(
    address: &Address,
    item: &Item,
    delete_first: bool,
    steps: &mut Vec<Step>,
) -> Own {
    let mut push = |action| {
        steps.push(Step { address: address.clone(), action, after: BTreeSet::new() });
        steps.len() - 1
    };
    let mut own = Own { delete_first, ..Own::default() };
    let identity = item.identity.clone().unwrap_or_default();
    for deposed in &item.entry.deposed {
        let identity = deposed.clone();
        own.deletes.push(push(Action::Delete { identity, deposed: true }));
    }
    match item.outcome {
        Outcome::Unchanged | Outcome::Orphan => {}
        Outcome::Create => own.ready = Some(push(Action::Create)),
        Outcome::Adopt => own.ready = Some(push(Action::Adopt)),
        Outcome::Update => own.ready = Some(push(Action::Update)),
        Outcome::Replace => {
            own.deletes.push(push(Action::Delete { identity, deposed: true }));
            own.ready = Some(push(Action::Create));
        }
        Outcome::Delete => {
            own.deletes.push(push(Action::Delete { identity, deposed: false }));
        }
        Outcome::Forget | Outcome::Retain => {
            push(Action::Forget);
        }
    }
    own
}

/// Adds the dependencies of a resource's steps.
fn order(
    inputs: Inputs<'_>,
    address: &Address,
    item: &Item,
    own: &BTreeMap<Address, Own>,
    steps: &mut [Step],
) {
    let Some(mine) = own.get(address) else { return };
    for delete in &mine.deletes {
        match mine.ready {
            Some(ready) if mine.delete_first => _ = steps[ready].after.insert(*delete),
            Some(ready) => _ = steps[*delete].after.insert(ready),
            None => {}
        }
    }
    // New values depend on those of the resources they refer to.
    for other in &item.entry.depends_on {
        let other = own.get(other).and_then(|it| it.ready);
        if let (Some(ready), Some(other)) = (mine.ready, other) {
            steps[ready].after.insert(other);
        }
    }
    // The target of a reference is deleted after the referring resource was changed or deleted.
    let last = inputs.state.resources.get(address).map(|it| &it.depends_on);
    for other in last.into_iter().flatten() {
        let Some(other) = own.get(other) else { continue };
        // It waits for the new resource itself, so that the old one cannot wait for it.
        let waits = other.delete_first && other.ready.is_some();
        let before = match mine.deletes.as_slice() {
            [] => mine.ready.filter(|_| !waits).into_iter().collect(),
            deletes => deletes.to_vec(),
        };
        for delete in &other.deletes {
            steps[*delete].after.extend(&before);
        }
    }
}

/// A natural key, with the name of its kind.
type Key = (String, String);

/// Orders the steps that free a natural key before those that take it. Resources that exchange keys by updates need a
/// temporary value; where the API accepts none, nothing is added, and it refuses the step.
fn order_keys(
    inputs: Inputs<'_>,
    items: &BTreeMap<Address, Item>,
    own: &BTreeMap<Address, Own>,
    steps: &mut Vec<Step>,
) {
    let keys = |key: fn(Inputs<'_>, &Kind, &Item) -> Option<String>| {
        let keys = items.iter().filter_map(move |(address, item)| {
            let kind = inputs.kinds.get(&address.kind).filter(|it| it.apply.unique)?;
            Some(((kind.name.clone(), key(inputs, kind, item)?), address))
        });
        keys.collect::<BTreeMap<Key, _>>()
    };
    let (held, taken) = (keys(present), keys(planned));
    for (key, address) in &taken {
        let Some(holder) = held.get(key).filter(|it| *it != address) else { continue };
        let (mine, theirs) = (&own[*address], &own[*holder]);
        let Some(take) = mine.ready else { continue };
        let frees = match theirs.deletes.as_slice() {
            [] => theirs.ready.into_iter().collect(),
            deletes => deletes.to_vec(),
        };
        if !frees.iter().any(|it| waits_for(steps, *it, take)) {
            steps[take].after.extend(frees);
        } else if let Some(action) = detour(inputs, holder, &items[*holder]) {
            let address = (*holder).clone();
            steps.push(Step { address, action, after: BTreeSet::new() });
            let detour = steps.len() - 1;
            steps[take].after.insert(detour);
        }
    }
}

/// Returns the key that a resource has now.
fn present(inputs: Inputs<'_>, kind: &Kind, item: &Item) -> Option<String> {
    kind.key_of(inputs.actual.get(&kind.name, item.identity.as_ref()?)?)
}

/// Returns the key that a resource gets, if it does not have it yet.
fn planned(inputs: Inputs<'_>, kind: &Kind, item: &Item) -> Option<String> {
    let mut names = kind.apply.key.iter().map(|it| &it.name);
    if !item.is_new() && !names.any(|it| item.change(it).is_some()) {
        return None;
    }
    let actual = item.identity.as_ref().and_then(|it| inputs.actual.get(&kind.name, it));
    kind.key(|part| match item.change(&part.name).map(|it| &it.after) {
        Some(After::Value(value)) => Some(value),
        Some(After::Unknown | After::Cleared) => None,
        None => actual?.get(kind.field(&part.name)?.response()?),
    })
}

/// Returns whether a step comes after another one.
fn waits_for(steps: &[Step], step: usize, other: usize) -> bool {
    let (mut open, mut seen) = (vec![step], BTreeSet::new());
    while let Some(at) = open.pop() {
        if at == other {
            return true;
        }
        if seen.insert(at) {
            open.extend(&steps[at].after);
        }
    }
    false
}

/// Returns the action that frees the key of a resource whose update waits for another resource that takes it. A part of its
/// ID makes the temporary value unique.
fn detour(inputs: Inputs<'_>, holder: &Address, item: &Item) -> Option<Action> {
    const LETTERS: usize = 6;
    let kind = inputs.kinds.get(&holder.kind)?;
    let change = kind.apply.key.iter().find_map(|it| item.change(&it.name))?;
    let free_text = matches!(kind.field(&change.field)?.shape, Shape::Plain(None));
    let before = change.before.as_ref()?.as_str()?;
    let id = item.identity.as_ref()?.values().next_back()?;
    let start = id.char_indices().nth_back(LETTERS - 1).map_or(0, |(at, _)| at);
    let value = Value::from(format!("{before}-{}", &id[start..]));
    (item.outcome == Outcome::Update && free_text)
        .then(|| Action::Rename { field: change.field.clone(), value })
}
