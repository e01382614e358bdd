//! Order of resources: each after those that it refers to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::document::Documents;
use crate::kind::Kinds;
use crate::reference::{Address, references};

/// Resources that refer to each other in a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle(pub Vec<Address>);

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(Address::to_string).collect();
        write!(
            f,
            "these resources refer to each other in a cycle: {}",
            names.join(" -> ")
        )
    }
}

impl std::error::Error for Cycle {}

/// Returns the desired resources, each after those that it refers to, otherwise in the order of their addresses.
///
/// # Errors
///
/// Returns a cycle, if there is one.
pub(crate) fn by_references(
    kinds: &Kinds,
    documents: &Documents,
) -> Result<Vec<Address>, Cycle> {
    let mut needs: BTreeMap<&Address, BTreeSet<Address>> = BTreeMap::new();
    for (address, resource) in documents.resources() {
        let found = resource.fields.values().flat_map(|value| references(kinds, value));
        let found = found.map(|it| it.address).filter(|it| documents.get(it).is_some());
        needs.insert(address, found.collect());
    }
    let mut order = Vec::with_capacity(needs.len());
    let mut done: BTreeSet<Address> = BTreeSet::new();
    for start in needs.keys() {
        // Depth first, without recursion: the depth of references depends on the files.
        let mut path: Vec<(Address, Vec<Address>)> = Vec::new();
        let mut next = Some((*start).clone());
        while let Some(address) = next.take() {
            if let Some(at) = path.iter().position(|(it, _)| *it == address) {
                let mut cycle: Vec<_> =
                    path[at..].iter().map(|(it, _)| it.clone()).collect();
                cycle.push(address);
                return Err(Cycle(cycle));
            }
            if !done.contains(&address) {
                let open = needs.get(&address).into_iter().flatten().rev().cloned();
                path.push((address, open.collect()));
            }
            next = next_open(&mut path, &mut done, &mut order);
        }
    }
    Ok(order)
}

/// Takes the next open reference of the innermost resource; resources without one are completed.
fn next_open(
    path: &mut Vec<(Address, Vec<Address>)>,
    done: &mut BTreeSet<Address>,
    order: &mut Vec<Address>,
) -> Option<Address> {
    while let Some((address, open)) = path.last_mut() {
        if let Some(reference) = open.pop() {
            return Some(reference);
        }
        let address = address.clone();
        path.pop();
        done.insert(address.clone());
        order.push(address);
    }
    None
}
