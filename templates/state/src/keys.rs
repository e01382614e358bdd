//! Natural keys that pass from one resource to another: it is freed before it is taken.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::kind::{Kind, Kinds};
use crate::plan::{After, Inputs, Item, Outcome};
use crate::reference::Address;
use crate::shape::Shape;
use crate::step::{Action, Own, Step};

/// A natural key, with the name of its kind.
type Key = (String, String);

/// Orders the steps that free a natural key before those that take it. Resources that exchange keys by updates need a
/// temporary value; where the API accepts none, nothing is added, and it refuses the step.
pub(crate) fn order(
    inputs: Inputs<'_>,
    items: &BTreeMap<Address, Item>,
    own: &BTreeMap<Address, Own>,
    steps: &mut Vec<Step>,
) {
    let keys = |key: fn(Inputs<'_>, &Kind, &Item) -> Option<String>| {
        let keys = items.iter().filter_map(move |(address, item)| {
            let kind = unique(inputs.kinds, address)?;
            Some(((kind.name.clone(), key(inputs, kind, item)?), address))
        });
        keys.collect::<BTreeMap<Key, _>>()
    };
    let (held, taken) = (keys(present), keys(planned));
    for (key, address) in &taken {
        let Some(holder) = held.get(key).filter(|it| *it != address) else { continue };
        let (Some(mine), Some(theirs)) = (own.get(address), own.get(*holder)) else {
            continue;
        };
        let Some(take) = mine.ready else { continue };
        let frees = match theirs.deletes.as_slice() {
            [] => theirs.ready.into_iter().collect(),
            deletes => deletes.to_vec(),
        };
        if !frees.iter().any(|it| waits_for(steps, *it, take)) {
            steps[take].after.extend(frees);
        } else if let Some(action) = detour(inputs, holder, items, &[&held, &taken]) {
            let address = (*holder).clone();
            steps.push(Step { address, action, after: BTreeSet::new() });
            let detour = steps.len() - 1;
            steps[take].after.insert(detour);
        }
    }
}

fn unique<'a>(kinds: &'a Kinds, address: &Address) -> Option<&'a Kind> {
    kinds.get(&address.kind).filter(|it| it.apply.unique)
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

/// Returns the action that frees the key of a resource whose update waits for another resource that takes it.
fn detour(
    inputs: Inputs<'_>,
    holder: &Address,
    items: &BTreeMap<Address, Item>,
    known: &[&BTreeMap<Key, &Address>],
) -> Option<Action> {
    let (kind, item) = (inputs.kinds.get(&holder.kind)?, items.get(holder)?);
    let changed = |name: &&String| item.change(name).is_some();
    let field = kind.apply.key.iter().map(|it| &it.name).find(changed)?;
    let free_text = matches!(kind.field(field)?.shape, Shape::Plain(None));
    let before = item.change(field)?.before.as_ref()?.as_str()?;
    if item.outcome != Outcome::Update || !free_text {
        return None;
    }
    let actual = inputs.actual.get(&kind.name, item.identity.as_ref()?)?;
    let is_free = |value: &Value| {
        let key = kind.key(|part| {
            let response = kind.field(&part.name)?.response()?;
            if part.name == *field { Some(value) } else { actual.get(response) }
        });
        let key = key.map(|it| (kind.name.clone(), it));
        key.is_some_and(|key| known.iter().all(|it| !it.contains_key(&key)))
    };
    let mut values = (2..).map(|number| Value::from(format!("{before}-{number}")));
    Some(Action::Rename { field: field.clone(), value: values.find(is_free)? })
}
