//! Order of resources: each after those that it refers to.

use std::collections::BTreeSet;

use crate::document::{Documents, Problem};
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
    let needs = |address: Address| {
        let fields =
            documents.get(&address).into_iter().flat_map(|it| it.fields.values());
        let found = fields.flat_map(|value| references(kinds, value));
        let found = found.map(|it| it.address).filter(|it| documents.get(it).is_some());
        let found: BTreeSet<_> = found.collect();
        (address, found.into_iter().rev().collect::<Vec<_>>())
    };
    let mut order = Vec::with_capacity(documents.resources().len());
    let mut done: BTreeSet<Address> = BTreeSet::new();
    for start in documents.resources().keys() {
        // Depth first, without recursion: the depth of references depends on the files.
        let mut path =
            Vec::from_iter((!done.contains(start)).then(|| needs(start.clone())));
        while let Some((address, open)) = path.last_mut() {
            match open.pop() {
                None => {
                    done.insert(address.clone());
                    order.extend(path.pop().map(|(address, _)| address));
                }
                Some(next) if done.contains(&next) => {}
                Some(next) => {
                    if let Some(at) = path.iter().position(|(it, _)| *it == next) {
                        let cycle = path[at..].iter().map(|(it, _)| it).chain([&next]);
                        return Err(refused(documents, &cycle.collect::<Vec<_>>()));
                    }
                    path.push(needs(next));
                }
            }
        }
    }
    Ok(order)
}

fn refused(documents: &Documents, cycle: &[&Address]) -> Problem {
    let names: Vec<_> = cycle.iter().map(ToString::to_string).collect();
    let first = cycle.first().and_then(|it| documents.get(it));
    Problem {
        origin: first.map(|it| it.origin.clone()).unwrap_or_default(),
        path: names.first().cloned().unwrap_or_default(),
        message: format!(
            "these resources refer to each other in a cycle: {}",
            names.join(" -> ")
        ),
    }
}
