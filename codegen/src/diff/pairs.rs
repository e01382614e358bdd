//! Matching of two lists.

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
        let mut pairs = Self {
            removed: Vec::new(),
            added: Vec::new(),
            kept: Vec::new(),
            reordered: false,
        };
        let mut matched = BTreeSet::new();
        let mut last = None;
        for one in new {
            match places.get(&key(one)) {
                Some(place) => {
                    pairs.reordered |= last > Some(place);
                    last = Some(place);
                    matched.insert(*place);
                    pairs.kept.push((old[*place], one));
                }
                None => pairs.added.push(one),
            }
        }
        let unmatched =
            old.iter().enumerate().filter(|(place, _)| !matched.contains(place));
        pairs.removed = unmatched.map(|(_, one)| *one).collect();
        pairs
    }

    /// Matches the remaining items by another key.
    pub(super) fn rematch<K: PartialEq>(
        &mut self,
        key: impl Fn(&'m T) -> K,
    ) -> Vec<(&'m T, &'m T)> {
        let mut found = Vec::new();
        self.removed.retain(|old| {
            let place = self.added.iter().position(|new| key(new) == key(old));
            let Some(place) = place else { return true };
            found.push((*old, self.added.remove(place)));
            false
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_matched_by_key_and_leftovers_by_another() {
        let (old, new) = (["a1", "b2", "c3"], ["c0", "a1", "d2"]);
        let mut pairs = Pairs::new(&old, &new, |word| word.chars().next());
        assert_eq!(pairs.kept, [(&"c3", &"c0"), (&"a1", &"a1")]);
        assert!(pairs.reordered);
        assert_eq!((&pairs.removed, &pairs.added), (&vec![&"b2"], &vec![&"d2"]));
        assert_eq!(pairs.rematch(|word| word.chars().last()), [(&"b2", &"d2")]);
        assert!(pairs.removed.is_empty() && pairs.added.is_empty());
    }
}
