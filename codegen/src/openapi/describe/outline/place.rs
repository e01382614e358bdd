//! The file of a service, which determines its accessor.

use std::collections::BTreeSet;

use crate::spec::{ResourceFile, resource_path};

use super::super::groups::Group;
use super::super::naming::snake;
use super::super::paths::{self, segments};

/// Returns the path of the file of a service: beside its neighbours, or named after its tag.
pub(in super::super) fn file(
    group: &Group,
    present: &[ResourceFile],
    taken: &BTreeSet<String>,
) -> String {
    let by_neighbour = present.iter().find_map(|other| like(group, other));
    let file = by_neighbour
        .or_else(|| in_folder(group, present))
        .unwrap_or_else(|| snake(&group.tag));
    let mut free = resource_path(&file);
    let mut number = 2;
    let is_taken = |path: &String| {
        taken.contains(path) || present.iter().any(|other| other.path() == *path)
    };
    while is_taken(&free) {
        free = resource_path(&format!("{file}_{number}"));
        number += 1;
    }
    free
}

/// Returns the name derived from a neighbour, whose path differs in one word: `tls_edge_backend` becomes
/// `tcp_edge_backend`.
fn like(group: &Group, other: &ResourceFile) -> Option<String> {
    if other.resource.singleton != group.singleton {
        return None;
    }
    let (ours, theirs) = (segments(&group.path), segments(&other.resource.path));
    if ours.len() != theirs.len() || ours.len() < 2 {
        return None;
    }
    let mut differing = ours.iter().zip(&theirs).filter(|(a, b)| !paths::alike(a, b));
    let (Some((our_word, their_word)), None) = (differing.next(), differing.next())
    else {
        return None;
    };
    let (our_word, their_word) = (snake(our_word), snake(their_word));
    let name = other.accessor.last()?;
    let whole =
        |text: &str| text.is_empty() || text.starts_with('_') || text.ends_with('_');
    let at = name.find(&their_word).filter(|at| {
        whole(&name[..*at])
            && (name[at + their_word.len()..].is_empty()
                || name[at + their_word.len()..].starts_with('_'))
    })?;
    let renamed = format!("{}{our_word}{}", &name[..at], &name[at + their_word.len()..]);
    let folder = &other.accessor[..other.accessor.len() - 1];
    Some(folder.iter().map(|part| part.clone() + "/").collect::<String>() + &renamed)
}

/// Returns the rest of the path, in the directory named like its first part.
fn in_folder(group: &Group, present: &[ResourceFile]) -> Option<String> {
    let literals: Vec<_> = segments(&group.path)
        .into_iter()
        .filter(|part| paths::parameter(part).is_none())
        .collect();
    let (folder, rest) = literals.split_first()?;
    let folder = snake(folder);
    let is_folder = present
        .iter()
        .any(|other| other.accessor.len() > 1 && other.accessor[0] == folder);
    let rest: Vec<_> = rest.iter().map(|part| snake(part)).collect();
    (is_folder && !rest.is_empty() && !group.singleton)
        .then(|| format!("{folder}/{}", rest.join("_")))
}
