//! Plans a resource. Takes the prior state and the configuration; returns the planned state. No I/O.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::compare::{like, same};
use crate::convert::{with_aliased, with_aliases};
use crate::schema::{Attribute, Role, Type, find};
use crate::value::{UNKNOWN, is_open};

/// A planned state.
pub(crate) struct Planned {
    pub(crate) state: Json,
    /// Attributes whose change replaces the resource.
    pub(crate) replaced: Vec<String>,
    /// What the configuration states, remembered until the next plan.
    pub(crate) stated: Json,
}

/// Remembered of a resource that was imported: values that cannot be read are taken to be as they are stated.
pub(crate) const IMPORTED: &str = "imported";

/// Plans a resource; `stated` has the attributes that the configuration stated at the last apply.
pub(crate) fn plan(
    attributes: &[Attribute],
    prior: &Json,
    config: &Json,
    stated: &Json,
) -> Planned {
    let config = &with_aliased(attributes, config);
    let state = object(attributes, prior, config, stated);
    let mut state = with_aliases(attributes, prior, state);
    if !prior.is_null() {
        mark_derived(attributes, prior, &mut state);
    }
    let replaced = attributes.iter().filter(|it| {
        let taken =
            stated == IMPORTED && it.read().is_none() && prior[&it.name].is_null();
        !prior.is_null() && !taken && replaces(it, attributes, prior, &state)
    });
    let replaced = replaced.map(|it| it.name.clone()).collect();
    Planned { state, replaced, stated: outline(config) }
}

/// Makes computed values unknown where what they are computed from changes.
fn mark_derived(attributes: &[Attribute], prior: &Json, state: &mut Json) {
    let Json::Object(fields) = state else { return };
    let differs = |it: &&Attribute| fields.get(&it.name) != prior.get(&it.name);
    let mut changed: BTreeSet<&str> =
        attributes.iter().filter(differs).map(|it| it.name.as_str()).collect();
    let source = |it: &Attribute| {
        let from = it.field.as_ref()?.facts.rules.derive()?.from.as_ref()?;
        attributes.iter().find(|it| it.read() == Some(from)).map(|it| &*it.name)
    };
    while !changed.is_empty() {
        let due = attributes.iter().find(|it| {
            let due = it.touched || source(it).is_some_and(|it| changed.contains(it));
            due && !it.is_stated() && !changed.contains(&*it.name)
        });
        let Some(due) = due else { return };
        fields.insert(due.name.clone(), UNKNOWN.into());
        changed.insert(&due.name);
    }
}

/// Returns whether the change of an attribute replaces the resource.
fn replaces(
    attribute: &Attribute,
    all: &[Attribute],
    prior: &Json,
    state: &Json,
) -> bool {
    let (before, after) = (&prior[&attribute.name], &state[&attribute.name]);
    match &attribute.role {
        Role::Version(of) if before != after => {
            find(all, of).is_some_and(|it| !it.is_updatable())
        }
        Role::Api if attribute.is_stated() => is_fixed(attribute, before, after),
        _ => false,
    }
}

/// Returns whether a change cannot be made by an update.
fn is_fixed(attribute: &Attribute, before: &Json, after: &Json) -> bool {
    if before == after {
        return false;
    }
    if !attribute.is_updatable() || after.is_null() && !attribute.is_clearable() {
        return true;
    }
    let (Type::Object(inner), Json::Object(_)) = (&attribute.ty, after) else {
        return false;
    };
    inner.iter().any(|it| {
        let (old, new) = (&before[&it.name], &after[&it.name]);
        let other_choice = it.written().is_some_and(|it| it.alternative)
            && !before.is_null()
            && old.is_null() != new.is_null();
        // Of an object that was not there, an update cannot set everything.
        let is_set = !old.is_null() || !is_open(new);
        let is_own = it.role == Role::Api && it.is_stated();
        other_choice || is_own && is_set && is_fixed(it, old, new)
    })
}

/// Returns the names of what is stated, as an object of objects.
fn outline(config: &Json) -> Json {
    let Json::Object(fields) = config else { return Json::Bool(true) };
    let fields = fields.iter().filter(|(_, it)| !it.is_null());
    fields.map(|(name, it)| (name.clone(), outline(it))).collect()
}

/// Plans an object, of which the configuration states a part.
fn object(attributes: &[Attribute], prior: &Json, config: &Json, stated: &Json) -> Json {
    let planned = attributes.iter().map(|it| {
        let (before, given, last) =
            (&prior[&it.name], &config[&it.name], &stated[&it.name]);
        let value = match &it.role {
            Role::WriteOnly(_) => Json::Null,
            Role::Version(_) | Role::Retired | Role::Alias(_) => given.clone(),
            Role::Api if !it.is_stated() && prior.is_null() => UNKNOWN.into(),
            Role::Api if !it.is_stated() => before.clone(),
            Role::Api if given.is_null() && !it.computed => Json::Null,
            Role::Api if given.is_null() => {
                let is_removed = !last.is_null() && it.is_clearable();
                if prior.is_null() || is_removed {
                    // The server decides.
                    it.default.clone().unwrap_or_else(|| UNKNOWN.into())
                } else {
                    before.clone()
                }
            }
            Role::Api => {
                let filled = filled(&it.ty, before, given, last);
                let is_kept = !before.is_null() && same(&it.ty, &filled, before);
                if is_kept { before.clone() } else { filled }
            }
        };
        (it.name.clone(), value)
    });
    planned.collect()
}

/// Adds to a stated value what the server decides on.
fn filled(ty: &Type, prior: &Json, config: &Json, stated: &Json) -> Json {
    match (ty, config) {
        (Type::Object(inner), Json::Object(_)) => object(inner, prior, config, stated),
        (Type::List(item, _), Json::Array(items)) => {
            let item = |it| {
                let prior = like(item, it, prior).unwrap_or(&Json::Null);
                filled(item, prior, it, &Json::Null)
            };
            items.iter().map(item).collect()
        }
        (Type::Map(item), Json::Object(fields)) => {
            let filled = |(key, it): (&String, &Json)| {
                (key.clone(), filled(item, &prior[key], it, &stated[key]))
            };
            fields.iter().map(filled).collect()
        }
        _ => config.clone(),
    }
}

/// Reads what the last apply remembered.
pub(crate) fn remembered(private: &[u8]) -> Json {
    serde_json::from_slice(private).unwrap_or_default()
}
