//! Two lists, matched by a key: the same items, and what was added, removed and reordered.

use std::collections::{BTreeMap, BTreeSet};

/// Two lists, matched by a key.
pub(super) struct Pairs<'m, T> {
    /// Only in the old list.
    pub(super) removed: Vec<&'m T>,
    /// Only in the new list.
    pub(super) added: Vec<&'m T>,
    /// In both, in the order of the new list.
    pub(super) kept: Vec<(&'m T, &'m T)>,
    /// True if the order of the items in both changed.
    pub(super) reordered: bool,
}

impl<'m, T> Pairs<'m, T> {
    /// Matches items with the same key.
    pub(super) fn new<K: Ord>(
        old: impl IntoIterator<Item = &'m T>,
        new: impl IntoIterator<Item = &'m T>,
        key: impl Fn(&'m T) -> K,
    ) -> Self {
        let old: Vec<_> = old.into_iter().collect();
        let places: BTreeMap<K, usize> =
            old.iter().enumerate().map(|(place, one)| (key(one), place)).collect();
        let (mut added, mut kept, mut order) = (Vec::new(), Vec::new(), Vec::new());
        for one in new {
            match places.get(&key(one)) {
                Some(place) => {
                    order.push(*place);
                    kept.push((old[*place], one));
                }
                None => added.push(one),
            }
        }
        let reordered = !order.is_sorted();
        let matched: BTreeSet<_> = order.into_iter().collect();
        let removed = old.iter().enumerate().filter(|(at, _)| !matched.contains(at));
        let removed = removed.map(|(_, one)| *one).collect();
        Self { removed, added, kept, reordered }
    }
}
