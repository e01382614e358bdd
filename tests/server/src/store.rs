//! The state: one JSON document, and the ways to a part of it. Knows nothing of the API, and checks nothing.

use serde_json::{Map, Value};

use crate::plan::Selector;

/// The state of the API.
#[derive(Debug, Default)]
pub(crate) struct Store(Map<String, Value>);

impl Store {
    /// What is at the end of these steps, if there is anything.
    pub(crate) fn get(&self, steps: &[Selector<'_>]) -> Option<&Value> {
        let (first, rest) = steps.split_first()?;
        let Selector::Member(name) = first else { return None };
        rest.iter().try_fold(self.0.get(*name)?, |value, step| match step {
            Selector::Member(name) => value.get(name),
            Selector::Element { key, value: wanted } => {
                value.as_array()?.iter().find(|element| is(element, key, wanted))
            }
        })
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, steps: &[Selector<'_>]) -> Option<&mut Value> {
        let (first, rest) = steps.split_first()?;
        let Selector::Member(name) = first else { return None };
        rest.iter().try_fold(self.0.get_mut(*name)?, |value, step| match step {
            Selector::Member(name) => value.get_mut(name),
            Selector::Element { key, value: wanted } => {
                let mut elements = value.as_array_mut()?.iter_mut();
                elements.find(|element| is(element, key, wanted))
            }
        })
    }

    /// The list at the end of these steps, oldest first; `None` where there can be none, since there is nothing to
    /// have it.
    pub(crate) fn list(&self, steps: &[Selector<'_>]) -> Option<&[Value]> {
        match self.get(steps) {
            Some(value) => value.as_array().map(Vec::as_slice),
            None => self.has_owner(steps).then_some(&[]),
        }
    }

    /// Whether there is something that what is at the end of these steps belongs to.
    pub(crate) fn has_owner(&self, steps: &[Selector<'_>]) -> bool {
        match steps.split_last() {
            Some((_, [])) => true,
            Some((_, owner)) => self.get(owner).is_some(),
            None => false,
        }
    }

    /// Adds an element to a list; whether there is something to have that list.
    pub(crate) fn push(&mut self, list: &[Selector<'_>], element: Value) -> bool {
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

    /// Sets a member, or an element that is there; whether there is something to have it.
    pub(crate) fn set(&mut self, steps: &[Selector<'_>], value: Value) -> bool {
        match steps.split_last() {
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

    /// Takes away a member or an element; whether it was there.
    pub(crate) fn remove(&mut self, steps: &[Selector<'_>]) -> bool {
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
        if steps.is_empty() {
            Some(&mut self.0)
        } else {
            self.get_mut(steps)?.as_object_mut()
        }
    }
}

fn is(element: &Value, key: &str, wanted: &str) -> bool {
    element.get(key).and_then(Value::as_str) == Some(wanted)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Selector, Store};

    const THINGS: Selector<'_> = Selector::Member("things");
    const PARTS: Selector<'_> = Selector::Member("parts");

    fn element(value: &str) -> Selector<'_> {
        Selector::Element { key: "id", value }
    }

    #[test]
    fn lists_grow_and_shrink() {
        let mut store = Store::default();
        assert_eq!(store.list(&[THINGS]), Some([].as_slice()));
        assert!(store.push(&[THINGS], json!({"id": "a"})));
        assert!(store.push(&[THINGS], json!({"id": "b"})));
        assert_eq!(store.list(&[THINGS]).map(<[_]>::len), Some(2));
        assert!(store.remove(&[THINGS, element("a")]));
        assert!(!store.remove(&[THINGS, element("a")]));
        assert_eq!(store.get(&[THINGS, element("b")]), Some(&json!({"id": "b"})));
    }

    #[test]
    fn what_belongs_to_an_element_goes_with_it() {
        let mut store = Store::default();
        let parts = [THINGS, element("a"), PARTS];
        assert!(!store.push(&parts, json!({"id": "p"})), "there is no such thing yet");
        assert_eq!(store.list(&parts), None);
        assert!(store.push(&[THINGS], json!({"id": "a"})));
        assert!(store.push(&parts, json!({"id": "p"})));
        assert!(store.get(&[THINGS, element("a"), PARTS, element("p")]).is_some());
        assert!(store.remove(&[THINGS, element("a")]));
        assert_eq!(store.list(&parts), None);
    }
}
