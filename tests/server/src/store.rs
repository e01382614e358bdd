//! The state: lists, their elements, and access to their parts. Knows nothing of the API, and checks nothing.
//!
//! The lists at the root are sorted by the keys of their elements, so that lookups are fast among a hundred thousand; IDs sort by age.
//! Values that belong to an element are part of its JSON.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde_json::{Map, Value};

use crate::json::text;
use crate::names;
use crate::plan::Selector;

/// The state of the API.
#[derive(Debug, Default)]
pub(crate) struct Store(BTreeMap<String, Root>);

#[derive(Debug)]
enum Root {
    /// A list, by the keys of its elements.
    List(BTreeMap<String, Value>),
    /// One value.
    Value(Value),
}

/// The elements of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Items<'a> {
    None,
    Sorted(&'a BTreeMap<String, Value>),
    InOrder(&'a [Value]),
}

impl<'a> Items<'a> {
    /// Iterates over all elements.
    pub(crate) fn all(self) -> Box<dyn Iterator<Item = &'a Value> + 'a> {
        match self {
            Self::None => Box::new(std::iter::empty()),
            Self::Sorted(elements) => Box::new(elements.values()),
            Self::InOrder(elements) => Box::new(elements.iter()),
        }
    }

    /// Iterates over the elements that are older than the one with this ID, newest first.
    pub(crate) fn before(
        self,
        id: Option<&'a str>,
    ) -> Box<dyn Iterator<Item = &'a Value> + 'a> {
        match self {
            Self::None => Box::new(std::iter::empty()),
            Self::Sorted(elements) => {
                let end = id.map_or(Bound::Unbounded, Bound::Excluded);
                let range = elements.range::<str, _>((Bound::Unbounded, end));
                Box::new(range.rev().map(|(_, element)| element))
            }
            Self::InOrder(elements) => {
                let is_older = move |element: &&Value| {
                    id.is_none_or(|id| text(element, names::ID) < id)
                };
                Box::new(elements.iter().rev().filter(is_older))
            }
        }
    }
}

impl Store {
    /// Returns the value at the end of these steps. A list at the root is not a value.
    pub(crate) fn get(&self, steps: &[Selector<'_>]) -> Option<&Value> {
        let (first, rest) = steps.split_first()?;
        let Selector::Member(name) = first else { return None };
        let (start, rest) = match (self.0.get(*name)?, rest.split_first()) {
            (Root::Value(value), _) => (value, rest),
            (Root::List(list), Some((Selector::Element { value, .. }, rest))) => {
                (list.get(*value)?, rest)
            }
            (Root::List(_), _) => return None,
        };
        rest.iter().try_fold(start, |value, step| match step {
            Selector::Member(name) => value.get(name),
            Selector::Element { key, value: wanted } => {
                value.as_array()?.iter().find(|element| is(element, key, wanted))
            }
        })
    }

    /// Returns the value at the end of these steps, mutably.
    pub(crate) fn get_mut(&mut self, steps: &[Selector<'_>]) -> Option<&mut Value> {
        let (first, rest) = steps.split_first()?;
        let Selector::Member(name) = first else { return None };
        let (start, rest) = match (self.0.get_mut(*name)?, rest.split_first()) {
            (Root::Value(value), _) => (value, rest),
            (Root::List(list), Some((Selector::Element { value, .. }, rest))) => {
                (list.get_mut(*value)?, rest)
            }
            (Root::List(_), _) => return None,
        };
        rest.iter().try_fold(start, |value, step| match step {
            Selector::Member(name) => value.get_mut(name),
            Selector::Element { key, value: wanted } => {
                let mut elements = value.as_array_mut()?.iter_mut();
                elements.find(|element| is(element, key, wanted))
            }
        })
    }

    /// Returns the list at the end of these steps; `None` if its owner does not exist.
    pub(crate) fn list(&self, steps: &[Selector<'_>]) -> Option<Items<'_>> {
        if let [Selector::Member(name)] = steps
            && let Some(Root::List(list)) = self.0.get(*name)
        {
            return Some(Items::Sorted(list));
        }
        match self.get(steps) {
            Some(value) => value.as_array().map(|list| Items::InOrder(list)),
            None => self.has_owner(steps).then_some(Items::None),
        }
    }

    /// Iterates over all elements of the lists at the root, and all values there.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.values().flat_map(|root| -> Box<dyn Iterator<Item = &Value>> {
            match root {
                Root::List(list) => Box::new(list.values()),
                Root::Value(value) => Box::new(std::iter::once(value)),
            }
        })
    }

    /// Returns true if the owner of the value at these steps exists.
    pub(crate) fn has_owner(&self, steps: &[Selector<'_>]) -> bool {
        match steps.split_last() {
            Some((_, [])) => true,
            Some((_, owner)) => self.get(owner).is_some(),
            None => false,
        }
    }

    /// Adds an element to a list, identified by its value under a key. Returns false if the owner of the list does not exist.
    pub(crate) fn push(
        &mut self,
        list: &[Selector<'_>],
        key: &str,
        element: Value,
    ) -> bool {
        if let [Selector::Member(name)] = list {
            let root = self.0.entry((*name).to_owned());
            let root = root.or_insert_with(|| Root::List(BTreeMap::new()));
            let Root::List(list) = root else { return false };
            list.insert(text(&element, key).to_owned(), element);
            return true;
        }
        if self.get(list).is_none() && !self.set(list, Value::Array(Vec::new())) {
            return false;
        }
        match self.get_mut(list) {
            Some(Value::Array(elements)) => {
                elements.push(element);
                true
            }
            _ => false,
        }
    }

    /// Sets a member, or an existing element. Returns false if its owner does not exist.
    pub(crate) fn set(&mut self, steps: &[Selector<'_>], value: Value) -> bool {
        match steps.split_last() {
            Some((Selector::Member(name), [])) => {
                self.0.insert((*name).to_owned(), Root::Value(value));
                true
            }
            Some((Selector::Member(name), owner)) => self
                .object(owner)
                .map(|object| object.insert((*name).to_owned(), value))
                .is_some(),
            Some((Selector::Element { .. }, _)) => {
                self.get_mut(steps).map(|place| *place = value).is_some()
            }
            None => false,
        }
    }

    /// Removes a member or an element. Returns true if it existed.
    pub(crate) fn remove(&mut self, steps: &[Selector<'_>]) -> bool {
        match steps {
            [Selector::Member(name)] => return self.0.remove(*name).is_some(),
            [Selector::Member(name), Selector::Element { value, .. }] => {
                if let Some(Root::List(list)) = self.0.get_mut(*name) {
                    return list.remove(*value).is_some();
                }
            }
            _ => {}
        }
        let Some((end, owner)) = steps.split_last() else { return false };
        match end {
            Selector::Member(name) => {
                self.object(owner).is_some_and(|object| object.remove(*name).is_some())
            }
            Selector::Element { key, value } => {
                let list = self.get_mut(owner).and_then(Value::as_array_mut);
                list.is_some_and(|list| {
                    let before = list.len();
                    list.retain(|element| !is(element, key, value));
                    list.len() < before
                })
            }
        }
    }

    fn object(&mut self, steps: &[Selector<'_>]) -> Option<&mut Map<String, Value>> {
        self.get_mut(steps)?.as_object_mut()
    }
}

fn is(element: &Value, key: &str, wanted: &str) -> bool {
    element.get(key).and_then(Value::as_str) == Some(wanted)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Selector, Store};

    const THINGS: Selector<'_> = Selector::Member("things");
    const PARTS: Selector<'_> = Selector::Member("parts");

    fn element(value: &str) -> Selector<'_> {
        Selector::Element { key: "id", value }
    }

    fn newest_first(
        store: &Store,
        list: &[Selector<'_>],
        before: Option<&str>,
    ) -> Vec<String> {
        let items = store.list(list).unwrap();
        let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
        items.before(before).map(id).collect()
    }

    #[test]
    fn lists_grow_and_shrink() {
        let mut store = Store::default();
        assert_eq!(store.list(&[THINGS]).unwrap().all().count(), 0);
        assert!(store.push(&[THINGS], "id", json!({"id": "a"})));
        assert!(store.push(&[THINGS], "id", json!({"id": "b"})));
        assert_eq!(store.list(&[THINGS]).unwrap().all().count(), 2);
        assert!(store.remove(&[THINGS, element("a")]));
        assert!(!store.remove(&[THINGS, element("a")]));
        assert_eq!(store.get(&[THINGS, element("b")]), Some(&json!({"id": "b"})));
    }

    #[test]
    fn lists_are_iterated_from_a_cursor_at_any_depth() {
        let mut store = Store::default();
        assert!(store.push(&[THINGS], "id", json!({"id": "owner"})));
        let parts = [THINGS, element("owner"), PARTS];
        for list in [[Selector::Member("others")].as_slice(), &parts] {
            for id in ["a", "b", "c"] {
                assert!(store.push(list, "id", json!({"id": id})));
            }
            assert_eq!(newest_first(&store, list, None), ["c", "b", "a"]);
            assert_eq!(newest_first(&store, list, Some("c")), ["b", "a"]);
            assert_eq!(newest_first(&store, list, Some("bb")), ["b", "a"]);
            assert!(newest_first(&store, list, Some("a")).is_empty());
        }
    }

    #[test]
    fn nested_values_are_removed_with_their_element() {
        let mut store = Store::default();
        let parts = [THINGS, element("a"), PARTS];
        let part = json!({"id": "p"});
        assert!(!store.push(&parts, "id", part.clone()), "the value does not exist yet");
        assert!(store.list(&parts).is_none());
        assert!(store.push(&[THINGS], "id", json!({"id": "a"})));
        assert!(store.push(&parts, "id", part));
        assert!(store.get(&[THINGS, element("a"), PARTS, element("p")]).is_some());
        assert!(store.remove(&[THINGS, element("a")]));
        assert!(store.list(&parts).is_none());
    }

    #[test]
    fn a_singleton_at_the_root_is_set_and_removed() {
        let mut store = Store::default();
        assert!(store.set(&[THINGS], json!({"a": 1})));
        assert_eq!(store.get(&[THINGS]), Some(&json!({"a": 1})));
        assert!(!store.push(&[THINGS], "id", json!({"id": "a"})));
        assert!(store.remove(&[THINGS]));
        assert_eq!(store.get(&[THINGS]), None);
    }
}
