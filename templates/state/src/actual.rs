//! Actual resources, and the calls that fetch them.

use std::collections::{BTreeMap, BTreeSet};

use ngrok_api_model::TypeRef;
use serde_json::{Value, json};

use crate::document::Documents;
use crate::kind::{Kind, Kinds};
use crate::reference::Address;
use crate::state::{Identity, State};

/// Resources as the API returned them.
#[derive(Debug, Clone, Default)]
pub struct Actual {
    resources: BTreeMap<String, BTreeMap<Identity, Value>>,
}

/// A call that is needed before planning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lookup {
    /// List all resources of this kind.
    List(String),
    /// Fetch one resource of a kind that has no list; it may not exist.
    Get(String, Identity),
}

impl Actual {
    /// Returns the calls that are needed to plan these documents.
    #[must_use]
    pub fn lookups(
        kinds: &Kinds,
        documents: &Documents,
        state: &State,
    ) -> BTreeSet<Lookup> {
        let mut lookups = BTreeSet::new();
        let mut add = |address: &Address, known: &dyn Fn(&Kind) -> Vec<Identity>| {
            let Some(kind) = kinds.get(&address.kind) else { return };
            let get = |it| Lookup::Get(kind.name.clone(), it);
            match kind.listed() {
                Some(listed) => _ = lookups.insert(Lookup::List(listed.clone())),
                None => lookups.extend(known(kind).into_iter().map(get)),
            }
        };
        for (address, entry) in &state.resources {
            add(address, &|_| entry.identities().cloned().collect());
        }
        for address in state.pending.keys() {
            add(address, &|_| Vec::new());
        }
        for (address, resource) in &documents.resources {
            add(address, &|kind| {
                let stated = kind.identity(&json!(resource.fields)).into_iter();
                stated.filter(|it| it.values().all(|it| !it.contains("${"))).collect()
            });
        }
        lookups
    }

    /// Adds a resource that a list returned, and those that it contains.
    pub fn add(&mut self, kinds: &Kinds, kind: &Kind, value: Value) {
        for inner in kinds.iter().filter(|it| it.list.is_none()) {
            let Some(embedded) =
                inner.embedded.as_ref().filter(|it| it.kind == kind.name)
            else {
                continue;
            };
            let items = value.get(&embedded.field).and_then(Value::as_array);
            for item in items.into_iter().flatten() {
                let item = with_parent(inner, kind, item, &value);
                if let Some(identity) = inner.identity(&item) {
                    self.insert(&inner.name, identity, item);
                }
            }
        }
        if let Some(identity) = kind.identity(&value) {
            self.insert(&kind.name, identity, value);
        }
    }

    /// Adds a resource that was fetched by its identity.
    pub fn insert(&mut self, kind: &str, identity: Identity, value: Value) {
        self.resources.entry(kind.to_owned()).or_default().insert(identity, value);
    }

    /// Adds everything that another request found.
    pub fn extend(&mut self, other: Self) {
        for (kind, found) in other.resources {
            self.resources.entry(kind).or_default().extend(found);
        }
    }

    /// Returns a resource by its identity.
    #[must_use]
    pub fn get(&self, kind: &str, identity: &Identity) -> Option<&Value> {
        self.resources.get(kind)?.get(identity)
    }

    /// Returns the resources that mention an ID anywhere, such as in a policy, except for the one that has it.
    pub(crate) fn referrers<'a>(
        &'a self,
        kind: &'a str,
        id: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Identity)> {
        let all = self.resources.iter().flat_map(|(kind, all)| {
            all.iter().map(move |(identity, value)| (kind.as_str(), identity, value))
        });
        let others = all.filter(move |(own, identity, value)| {
            let last = identity.values().next_back();
            let itself = *own == kind && last.is_some_and(|it| it == id);
            // Keys of maps are IDs as well.
            !itself && value.to_string().contains(id)
        });
        others.map(|(kind, identity, _)| (kind, identity))
    }

    /// Returns all resources of a kind.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = (&Identity, &Value)> {
        self.resources.get(kind).into_iter().flatten()
    }
}

/// Returns a contained resource with the path parameters that identify its container.
fn with_parent(inner: &Kind, outer: &Kind, item: &Value, value: &Value) -> Value {
    let mut item = item.clone();
    let names_outer = |ty: &TypeRef| matches!(ty, TypeRef::Id { kinds, .. } if kinds.contains(&outer.resource));
    let parameters =
        inner.fields.iter().filter(|it| it.in_path && names_outer(&it.facts.ty));
    if let (Some(fields), Some(id)) = (item.as_object_mut(), value.get("id")) {
        for parameter in parameters {
            fields.entry(parameter.name.clone()).or_insert_with(|| id.clone());
        }
    }
    item
}
