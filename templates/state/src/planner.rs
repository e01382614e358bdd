//! Decisions about resources in the order of their references: which actual resource each is, and what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::document::{Problem, Resource};
use crate::plan::{After, Change, Inputs, Item, Outcome};
use crate::reference::{Address, Reference, resolve};
use crate::state::{Entry, Identity, identity_text};
use crate::subject::{Fields, Subject};

pub(crate) struct Planner<'a> {
    inputs: Inputs<'a>,
    pub(crate) items: BTreeMap<Address, Item>,
    /// Actual resources that belong to a desired one or to the state, so that no other adopts them.
    claimed: BTreeSet<(&'a str, &'a Identity)>,
    /// Actual resources by kind and natural key, where keys are unique.
    keys: BTreeMap<(&'a str, String), Vec<&'a Identity>>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(inputs: Inputs<'a>) -> Self {
        let Inputs { kinds, state, actual, .. } = inputs;
        let owned = state.resources.iter().flat_map(|(address, entry)| {
            entry.identities().map(|it| (address.kind.as_str(), it))
        });
        let claimed = owned.collect();
        let mut keys: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for kind in kinds.iter().filter(|it| it.apply.unique) {
            for (identity, value) in actual.of_kind(&kind.name) {
                if let Some(key) = kind.key_of(value) {
                    keys.entry((kind.name.as_str(), key)).or_default().push(identity);
                }
            }
        }
        Self { inputs, items: BTreeMap::new(), claimed, keys }
    }

    /// Decides about a desired resource, after those that it refers to.
    pub(crate) fn desired(
        &mut self,
        address: &Address,
        resource: &'a Resource,
    ) -> Result<Item, Problem> {
        let Inputs { kinds, state, actual, .. } = self.inputs;
        let Some(kind) = kinds.get(&address.kind) else { return Ok(Item::default()) };
        let fields = self.resolve(&resource.fields);
        let started = state.pending.contains_key(address);
        let (mut last, mut replaced) = (state.resources.get(address), None);
        let mut found = last.map(|entry| entry.identity.clone());
        let mut subject = Subject { kinds, state, kind, resource, fields, last: None };
        if last.is_none() || started {
            let new = self.adoptable(&subject, started);
            if new.is_some() {
                // A successor that was created without a confirmation.
                replaced = last.take();
                found = new;
            }
        }
        subject.last = last;
        let existing = found.and_then(|it| Some((actual.get(&kind.name, &it)?, it)));
        let mut item = Item { entry: subject.entry(), ..Item::default() };
        if let Some((value, identity)) = existing {
            item.entry.identity.clone_from(&identity);
            item.identity = Some(identity);
            if let Some(old) = replaced {
                item.entry.deposed.clone_from(&old.deposed);
                item.entry.deposed.push(old.identity.clone());
            }
            item.changes = subject.changes(Some(value));
            item.changes.retain(|change| !self.is_kept(&subject, change));
            item.outcome = match (last, item.changes.as_slice()) {
                (Some(_), []) => Outcome::Unchanged,
                (None, []) => Outcome::Adopt,
                (_, changes) if changes.iter().any(|it| it.replaces) => Outcome::Replace,
                _ => Outcome::Update,
            };
            let note = match last {
                None => Some("exists already and is adopted"),
                Some(last) => last
                    .states_same(&item.entry)
                    .then_some("was changed outside of the files"),
            };
            let note = note.filter(|_| !item.changes.is_empty());
            item.note = note.map(str::to_owned);
        } else {
            item.outcome = Outcome::Create;
            item.changes = subject.changes(None);
            item.note = match (last, &resource.id) {
                (Some(_), _) => Some("no longer exists and is created again".to_owned()),
                (None, Some(id)) if !started => Some(format!(
                    "there is no {} with the ID `{id}` that could be adopted",
                    kind.noun
                )),
                (None, _) => None,
            };
        }
        self.check_values(address, &subject, &item)?;
        Ok(item)
    }

    /// Finds an existing resource that corresponds to the desired one, although it is not in the state.
    fn adoptable(&mut self, subject: &Subject<'a>, started: bool) -> Option<Identity> {
        let (actual, kind) = (self.inputs.actual, subject.kind);
        if let Some(identity) = kind.identity(&Value::Object(subject.known())) {
            return actual.get(&kind.name, &identity).is_some().then_some(identity);
        }
        let mut candidates = match &subject.resource.id {
            Some(id) if !started => {
                let mut all = actual.of_kind(&kind.name).map(|(identity, _)| identity);
                let found = all.find(|it| it.values().next_back() == Some(id));
                found.into_iter().collect()
            }
            _ => {
                let key = kind.key(|part| subject.fields.get(&part.name)?.as_ref());
                let found = key.and_then(|it| self.keys.get(&(kind.name.as_str(), it)));
                match found {
                    None if started => self.created(subject),
                    found => found.cloned().unwrap_or_default(),
                }
            }
        };
        candidates.retain(|it| !self.claimed.contains(&(kind.name.as_str(), *it)));
        let identity = *candidates.first()?;
        self.claimed.insert((&kind.name, identity));
        Some(identity.clone())
    }

    /// Finds the resources that are as desired and that did not exist before a creation was started.
    fn created(&self, subject: &Subject<'_>) -> Vec<&'a Identity> {
        let Inputs { state, actual, .. } = self.inputs;
        let old = state.existing.get(&subject.kind.name);
        let is_new = |identity: &Identity| {
            old.is_none_or(|it| !it.contains(&identity_text(identity)))
        };
        let found = actual.of_kind(&subject.kind.name).filter(|(identity, value)| {
            is_new(identity) && subject.changes(Some(value)).is_empty()
        });
        found.map(|(identity, _)| identity).collect()
    }

    /// Resolves references; fields with unknown values are `None`.
    fn resolve(&self, fields: &Map<String, Value>) -> Fields {
        let lookup = |reference: &Reference| self.lookup(reference);
        let value = |value: &Value| resolve(self.inputs.kinds, value, &lookup);
        fields.iter().map(|(name, it)| (name.clone(), value(it))).collect()
    }

    /// Returns the value of a reference, unless it depends on a step.
    fn lookup(&self, reference: &Reference) -> Option<Value> {
        let item = self.items.get(&reference.address)?;
        if item.is_new() {
            return None;
        }
        if let Some(change) = item.change(&reference.field) {
            return match &change.after {
                After::Value(value) => Some(value.clone()),
                After::Unknown => None,
                After::Cleared => Some(Value::Null),
            };
        }
        let identity = item.identity.as_ref()?;
        let actual = self.inputs.actual.get(&reference.address.kind, identity)?;
        actual.get(&reference.field).filter(|it| !it.is_null()).cloned()
    }

    /// Returns whether a step makes the value of a reference known.
    fn is_pending(&self, reference: &Reference) -> bool {
        self.items.get(&reference.address).is_none_or(|item| {
            let change = item.change(&reference.field);
            item.is_new() || change.is_some_and(|it| it.after == After::Unknown)
        })
    }

    /// Returns whether a value is unknown only since the API no longer returns it: what it comes from was applied and does not change.
    fn is_kept(&self, subject: &Subject<'_>, change: &Change) -> bool {
        let last = subject.last.filter(|it| it.stated.contains(&change.field));
        let Some(last) = last.filter(|_| change.after == After::Unknown) else {
            return false;
        };
        let mut references = subject.references(&change.field).into_iter();
        references
            .all(|it| last.depends_on.contains(&it.address) && !self.is_pending(&it))
    }

    /// Checks that every value that has to be sent is known now or after a step.
    fn check_values(
        &self,
        address: &Address,
        subject: &Subject<'_>,
        item: &Item,
    ) -> Result<(), Problem> {
        let unknown = subject.fields.iter().filter(|(_, value)| value.is_none());
        let fields = unknown.map(|(field, _)| field);
        for field in fields.filter(|it| item.is_new() || item.change(it).is_some()) {
            let is_known =
                |it: &Reference| self.is_pending(it) || self.lookup(it).is_some();
            let mut references = subject.references(field).into_iter();
            if let Some(reference) = references.find(|it| !is_known(it)) {
                let Reference { address: other, field: value } = reference;
                let message = format!(
                    "refers to a value that the API does not return: `{value}` of the existing {other}; state the value itself"
                );
                let origin = subject.resource.origin.clone();
                return Err(Problem {
                    origin,
                    path: format!("{address}.{field}"),
                    message,
                });
            }
        }
        Ok(())
    }
}

/// Decides about a resource that the files do not have any more.
pub(crate) fn undesired(inputs: Inputs<'_>, address: &Address, entry: &Entry) -> Item {
    let Inputs { kinds, actual, prune, delete_retained, .. } = inputs;
    let exists = actual.get(&address.kind, &entry.identity).is_some();
    let retain = entry.retain && !delete_retained;
    let (outcome, note) = match (kinds.get(&address.kind), exists) {
        (None, _) => (Outcome::Orphan, Some("the API description has no such kind")),
        (Some(_), false) => (Outcome::Forget, None),
        (Some(_), true) if !prune && retain => {
            (Outcome::Orphan, Some("pruning would no longer manage it, and keep it"))
        }
        (Some(_), true) if !prune => (Outcome::Orphan, Some("pruning would delete it")),
        (Some(_), true) if retain => {
            (Outcome::Retain, Some("is kept: delete it manually"))
        }
        (Some(_), true) => (Outcome::Delete, None),
    };
    Item {
        outcome,
        note: note.map(str::to_owned),
        identity: Some(entry.identity.clone()),
        entry: entry.clone(),
        ..Item::default()
    }
}
