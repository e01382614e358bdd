//! Order of resources: each after those that it refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Documents, Problem, Resource};
use crate::kind::Kinds;
use crate::reference::{Address, references};

/// Returns the desired resources, each after those that it refers to, otherwise in the order of their addresses.
///
/// # Errors
///
/// Returns a cycle, if there is one.
pub(crate) fn by_references(
    kinds: &Kinds,
    documents: &Documents,
) -> Result<Vec<Address>, Problem> {
    let needs = |resource: &Resource| {
        let found = resource.fields.values().flat_map(|value| references(kinds, value));
        let found = found.map(|it| it.address);
        found.filter(|it| documents.resources.contains_key(it)).collect::<BTreeSet<_>>()
    };
    let mut waiting: BTreeMap<_, _> =
        documents.resources.iter().map(|(address, it)| (address, needs(it))).collect();
    let mut users: BTreeMap<Address, Vec<&Address>> = BTreeMap::new();
    for (user, needs) in &waiting {
        for need in needs {
            users.entry(need.clone()).or_default().push(user);
        }
    }
    let ready = waiting.iter().filter(|(_, needs)| needs.is_empty());
    let mut ready: BTreeSet<_> = ready.map(|(address, _)| *address).collect();
    let mut order = Vec::with_capacity(waiting.len());
    while let Some(address) = ready.pop_first() {
        waiting.remove(address);
        order.push(address.clone());
        for user in users.remove(address).into_iter().flatten() {
            let needs = waiting.get_mut(user);
            if needs.is_some_and(|it| it.remove(address) && it.is_empty()) {
                ready.insert(user);
            }
        }
    }
    // Each of those left waits for another one of them.
    let mut path = Vec::new();
    let mut next = waiting.keys().next().copied();
    while let Some(address) = next {
        if let Some(at) = path.iter().position(|it| *it == address) {
            let names: Vec<_> =
                path[at..].iter().chain([&address]).map(ToString::to_string).collect();
            let message = format!(
                "these resources refer to each other in a cycle: {}",
                names.join(" -> ")
            );
            let origin = documents.resources[address].origin.clone();
            return Err(Problem { origin, path: address.to_string(), message });
        }
        path.push(address);
        next = waiting[address].first();
    }
    Ok(order)
}
