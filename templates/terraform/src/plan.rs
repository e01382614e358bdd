//! Plans a resource. Takes the prior state and the configuration; returns the planned state. No I/O.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::alias;
use crate::compare::{same, same_object};
use crate::schema::{Attribute, Role, Type, find};
use crate::value::Value;

/// A planned state.
pub(crate) struct Planned {
    pub(crate) state: Value,
    /// Attributes whose change replaces the resource.
    pub(crate) replaced: Vec<String>,
    /// Paths of what the configuration states, remembered until the next plan.
    pub(crate) stated: BTreeSet<String>,
}

/// Remembered of a resource that was imported: values that cannot be read are taken to be as they are stated.
pub(crate) const IMPORTED: &str = "";

/// Plans a resource; `stated` is what the configuration stated at the last apply.
pub(crate) fn plan(
    attributes: &[Attribute],
    prior: &Value,
    config: &Value,
    stated: &BTreeSet<String>,
) -> Planned {
    let config = &alias::stated(attributes, config);
    let planner = Planner { stated };
    let state = planner.object(attributes, prior, config, "");
    let mut state = alias::filled(attributes, prior, state);
    if !prior.is_null() {
        mark_derived(attributes, prior, &mut state);
    }
    let imported = stated.contains(IMPORTED);
    let replaced = attributes.iter().filter(|it| {
        let taken = imported && it.read.is_none() && prior.get(&it.name).is_null();
        !prior.is_null() && !taken && replaces(it, attributes, prior, &state)
    });
    let replaced = replaced.map(|it| it.name.clone()).collect();
    let mut stated = BTreeSet::new();
    paths(config, "", &mut stated);
    Planned { state, replaced, stated }
}

/// Makes computed values unknown where what they are computed from changes.
fn mark_derived(attributes: &[Attribute], prior: &Value, state: &mut Value) {
    let Value::Object(fields) = state else { return };
    let differs = |it: &&Attribute| fields.get(&it.name) != Some(prior.get(&it.name));
    let mut changed: BTreeSet<&str> =
        attributes.iter().filter(differs).map(|it| it.name.as_str()).collect();
    let source = |it: &Attribute| {
        let from = it.derived_from.as_ref()?;
        attributes.iter().find(|it| it.read.as_ref() == Some(from)).map(|it| &*it.name)
    };
    while !changed.is_empty() {
        let due = attributes.iter().find(|it| {
            let due = it.touched || source(it).is_some_and(|it| changed.contains(it));
            due && !it.is_stated() && !changed.contains(&*it.name)
        });
        let Some(due) = due else { return };
        fields.insert(due.name.clone(), Value::Unknown);
        changed.insert(&due.name);
    }
}

/// Returns whether the change of an attribute replaces the resource.
fn replaces(
    attribute: &Attribute,
    all: &[Attribute],
    prior: &Value,
    state: &Value,
) -> bool {
    let (before, after) = (prior.get(&attribute.name), state.get(&attribute.name));
    if before == after {
        return false;
    }
    match &attribute.role {
        Role::Version(of) => find(all, of).is_some_and(|it| !it.is_updatable()),
        Role::Api if attribute.is_stated() => is_fixed(attribute, before, after),
        _ => false,
    }
}

/// Returns whether a change cannot be made by an update.
fn is_fixed(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    if before == after {
        return false;
    }
    if !attribute.is_updatable() || after.is_null() && !attribute.is_clearable() {
        return true;
    }
    let (Type::Object(inner), Value::Object(_)) = (&attribute.ty, after) else {
        return false;
    };
    let present = |it: &Attribute, of: &Value| !of.get(&it.name).is_null();
    let other_choice = attribute.fixed_choice
        && !before.is_null()
        && inner.iter().any(|it| present(it, before) != present(it, after));
    // Of an object that was not there, an update cannot set everything.
    let fixed = |it: &Attribute| {
        let (before, after) = (before.get(&it.name), after.get(&it.name));
        let set = !before.is_null() || !matches!(after, Value::Null | Value::Unknown);
        it.role == Role::Api && it.is_stated() && set && is_fixed(it, before, after)
    };
    other_choice || inner.iter().any(fixed)
}

/// Collects the paths of what is stated.
fn paths(config: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    let Value::Object(fields) = config else { return };
    for (name, value) in fields.iter().filter(|(_, it)| !it.is_null()) {
        let path = format!("{prefix}{name}");
        paths(value, &format!("{path}."), into);
        into.insert(path);
    }
}

struct Planner<'a> {
    stated: &'a BTreeSet<String>,
}

impl Planner<'_> {
    fn object(
        &self,
        attributes: &[Attribute],
        prior: &Value,
        config: &Value,
        path: &str,
    ) -> Value {
        let planned = attributes.iter().map(|it| {
            let (prior_value, stated) = (prior.get(&it.name), config.get(&it.name));
            let path = format!("{path}{}", it.name);
            let value = match &it.role {
                Role::WriteOnly(_) => Value::Null,
                Role::Version(_) | Role::Retired | Role::Alias(_) => stated.clone(),
                Role::Api if !it.is_stated() && prior.is_null() => Value::Unknown,
                Role::Api if !it.is_stated() => prior_value.clone(),
                Role::Api if stated.is_null() => self.unstated(it, prior, &path),
                Role::Api => {
                    let filled =
                        self.filled(&it.ty, prior_value, stated, &format!("{path}."));
                    let unchanged =
                        !prior_value.is_null() && same(it, &filled, prior_value);
                    if unchanged { prior_value.clone() } else { filled }
                }
            };
            (it.name.clone(), value)
        });
        Value::Object(planned.collect())
    }

    /// Plans what the configuration does not state: the server's default, what is there, or nothing.
    fn unstated(&self, attribute: &Attribute, prior: &Value, path: &str) -> Value {
        if !attribute.computed {
            return Value::Null;
        }
        let decided = || match &attribute.default {
            Some(default) => Value::from_json(default),
            None => Value::Unknown,
        };
        let removed = self.stated.contains(path) && attribute.is_clearable();
        if prior.is_null() || removed {
            return decided();
        }
        prior.get(&attribute.name).clone()
    }

    /// Adds to a stated value what the server decides on.
    fn filled(&self, ty: &Type, prior: &Value, config: &Value, path: &str) -> Value {
        match (ty, config) {
            (Type::Object(inner), Value::Object(_)) => {
                self.object(inner, prior, config, path)
            }
            (Type::List(item), Value::List(items)) => {
                let Type::Object(inner) = &**item else { return config.clone() };
                let items = items.iter().map(|it| match it {
                    Value::Object(_) => {
                        self.object(inner, like(inner, it, prior), it, path)
                    }
                    other => other.clone(),
                });
                Value::List(items.collect())
            }
            (Type::Map(item), Value::Object(fields)) => {
                let fields = fields.iter().map(|(key, it)| {
                    let path = format!("{path}{key}.");
                    (key.clone(), self.filled(item, prior.get(key), it, &path))
                });
                Value::Object(fields.collect())
            }
            _ => config.clone(),
        }
    }
}

/// Returns the object of a prior list that is stated in the same way.
fn like<'a>(attributes: &[Attribute], stated: &Value, prior: &'a Value) -> &'a Value {
    let Value::List(items) = prior else { return &Value::Null };
    items.iter().find(|it| same_object(attributes, stated, it)).unwrap_or(&Value::Null)
}

/// Reads what the last apply remembered.
pub(crate) fn remembered(private: &[u8]) -> BTreeSet<String> {
    serde_json::from_slice(private).unwrap_or_default()
}

/// Writes what the next plan has to know.
pub(crate) fn remember(stated: &BTreeSet<String>) -> Vec<u8> {
    Json::from(stated.iter().cloned().collect::<Vec<_>>()).to_string().into_bytes()
}
