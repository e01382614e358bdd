//! Decisions about single resources: desired, last applied and actual state in, an [`Item`] out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::compare::{Comparison, is_cleared, stated};
use crate::document::{Problem, Resource};
use crate::kind::Kind;
use crate::plan::{After, Change, Inputs, Item, Outcome};
use crate::reference::{Address, Reference, references, resolve};
use crate::shape::Field;
use crate::state::{Entry, Identity, identity_text};

/// Desired values by field; unknown values are `None`.
type Fields = BTreeMap<String, Option<Value>>;

pub(crate) struct Planner<'a> {
    inputs: Inputs<'a>,
    pub(crate) items: BTreeMap<Address, Item>,
    /// Actual resources that belong to a desired one or to the state, so that no other adopts them.
    claimed: BTreeSet<(String, Identity)>,
    /// Actual resources by kind and natural key.
    keys: BTreeMap<String, BTreeMap<String, Vec<Identity>>>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(inputs: Inputs<'a>) -> Self {
        let owned = inputs.state.resources.iter().flat_map(|(address, entry)| {
            entry.identities().map(|it| (address.kind.clone(), it.clone()))
        });
        let claimed = owned.collect();
        Self { inputs, items: BTreeMap::new(), claimed, keys: BTreeMap::new() }
    }

    /// Decides about a desired resource, after those that it refers to.
    pub(crate) fn desired(
        &mut self,
        address: &Address,
        resource: &Resource,
    ) -> Result<Item, Problem> {
        let Inputs { kinds, state, actual, .. } = self.inputs;
        let Some(kind) = kinds.get(&address.kind) else { return Ok(Item::unchanged()) };
        let fields = self.resolve(&resource.fields);
        let started = state.pending.contains_key(address);
        let (mut last, mut replaced) = (state.get(address), None);
        let mut found = last.map(|entry| entry.identity.clone());
        if last.is_none() || started {
            let new = self.adoptable(kind, resource, &fields, started);
            if new.is_some() {
                // A successor that was created without a confirmation.
                replaced = last.take();
                found = new;
            }
        }
        let existing = found.and_then(|it| Some((actual.get(&kind.name, &it)?, it)));
        let entry = self.entry(kind, resource, &fields, last);
        let mut item = Item { entry, ..Item::unchanged() };
        if let Some((value, identity)) = existing {
            item.entry.identity.clone_from(&identity);
            item.identity = Some(identity);
            if let Some(old) = replaced {
                item.entry.deposed.clone_from(&old.deposed);
                item.entry.deposed.push(old.identity.clone());
            }
            item.changes = self.changes(kind, last, &fields, value);
            item.changes.retain(|change| !self.is_kept(resource, last, change));
            item.outcome = match (last, item.changes.as_slice()) {
                (Some(_), []) => Outcome::Unchanged,
                (None, []) => Outcome::Adopt,
                (_, changes) if changes.iter().any(|it| it.replaces) => Outcome::Replace,
                _ => Outcome::Update,
            };
            let note = match last {
                None => "exists already and is adopted",
                Some(last) if last.states_same(&item.entry) => {
                    "was changed outside of the files"
                }
                Some(_) => "",
            };
            let shown = !note.is_empty() && !item.changes.is_empty();
            item.note = shown.then(|| note.to_owned());
        } else {
            item.outcome = Outcome::Create;
            item.changes =
                kind.fields.iter().filter_map(|it| creation(it, &fields)).collect();
            item.note = match (last, &resource.id) {
                (Some(_), _) => Some("no longer exists and is created again".to_owned()),
                (None, Some(id)) if !started => Some(format!(
                    "there is no {} with the ID `{id}` that could be adopted",
                    kind.noun
                )),
                (None, _) => None,
            };
        }
        self.check_values(address, resource, &fields, &item)?;
        Ok(item)
    }

    /// Finds an existing resource that corresponds to the desired one, although it is not in the state.
    fn adoptable(
        &mut self,
        kind: &Kind,
        resource: &Resource,
        fields: &Fields,
        started: bool,
    ) -> Option<Identity> {
        let actual = self.inputs.actual;
        if let Some(identity) = kind.identity(&Value::Object(known(fields))) {
            return actual.get(&kind.name, &identity).is_some().then_some(identity);
        }
        let candidates: Vec<Identity> = match &resource.id {
            Some(id) if !started => {
                let mut all = actual.of_kind(&kind.name).map(|(identity, _)| identity);
                let found = all.find(|it| it.values().next_back() == Some(id));
                found.into_iter().cloned().collect()
            }
            _ => {
                let mut found = Vec::new();
                if kind.apply.unique {
                    found = self.with_key(kind, fields);
                }
                if found.is_empty() && started {
                    found = self.created(kind, fields);
                }
                found
            }
        };
        let identity = candidates
            .into_iter()
            .find(|it| !self.claimed.contains(&(kind.name.clone(), it.clone())))?;
        self.claimed.insert((kind.name.clone(), identity.clone()));
        Some(identity)
    }

    /// Finds the resources that are as desired and that did not exist before a creation was started.
    fn created(&self, kind: &Kind, fields: &Fields) -> Vec<Identity> {
        let old = self.inputs.state.existing.get(&kind.name);
        let is_new = |identity: &Identity| {
            old.is_none_or(|it| !it.contains(&identity_text(identity)))
        };
        let same = |value| self.changes(kind, None, fields, value).is_empty();
        let all = self.inputs.actual.of_kind(&kind.name);
        let found = all.filter(|(identity, value)| is_new(identity) && same(value));
        found.map(|(identity, _)| identity.clone()).collect()
    }

    /// Finds existing resources by the natural key that is desired.
    fn with_key(&mut self, kind: &Kind, fields: &Fields) -> Vec<Identity> {
        let Some(key) = kind.key(|part| fields.get(&part.name)?.as_ref()) else {
            return Vec::new();
        };
        let actual = self.inputs.actual;
        let index = self.keys.entry(kind.name.clone()).or_insert_with(|| {
            let mut index: BTreeMap<String, Vec<Identity>> = BTreeMap::new();
            for (identity, value) in actual.of_kind(&kind.name) {
                if let Some(key) = kind.key_of(value) {
                    index.entry(key).or_default().push(identity.clone());
                }
            }
            index
        });
        index.get(&key).cloned().unwrap_or_default()
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
    fn is_kept(
        &self,
        resource: &Resource,
        last: Option<&Entry>,
        change: &Change,
    ) -> bool {
        let last = last.filter(|it| it.stated.contains(&change.field));
        let Some((last, value)) = last.zip(resource.fields.get(&change.field)) else {
            return false;
        };
        let applied = |it: &Reference| {
            last.depends_on.contains(&it.address) && !self.is_pending(it)
        };
        change.after == After::Unknown
            && references(self.inputs.kinds, value).iter().all(applied)
    }

    /// Checks that every value that has to be sent is known now or after a step.
    fn check_values(
        &self,
        address: &Address,
        resource: &Resource,
        fields: &Fields,
        item: &Item,
    ) -> Result<(), Problem> {
        let sent = |field: &String| item.is_new() || item.change(field).is_some();
        let unknown = fields.iter().filter(|(_, value)| value.is_none());
        for (field, _) in unknown.filter(|(field, _)| sent(field)) {
            let found = resource.fields.get(field).map(|it| {
                let known =
                    |it: &Reference| self.is_pending(it) || self.lookup(it).is_some();
                let mut all = references(self.inputs.kinds, it).into_iter();
                all.find(|it| !known(it))
            });
            if let Some(reference) = found.flatten() {
                let Reference { address: other, field: value } = reference;
                let message = format!(
                    "refers to a value that the API does not return: `{value}` of the existing {other}; state the value itself"
                );
                let (origin, path) =
                    (resource.origin.clone(), format!("{address}.{field}"));
                return Err(Problem { origin, path, message });
            }
        }
        Ok(())
    }

    fn changes(
        &self,
        kind: &Kind,
        last: Option<&Entry>,
        fields: &Fields,
        actual: &Value,
    ) -> Vec<Change> {
        let none = BTreeSet::new();
        let stated = last.map_or(&none, |it| &it.stated);
        let fields = kind.fields.iter().filter_map(|field| {
            let (after, replaces) = match fields.get(&field.name) {
                Some(Some(value)) => {
                    let replaces = self.differs(field, value, stated, last, actual)?;
                    (After::Value(value.clone()), replaces)
                }
                Some(None) => (After::Unknown, !field.updatable),
                None if stated.contains(&field.name) && !is_cleared(field, actual) => {
                    (After::Cleared, !field.clearable)
                }
                None => return None,
            };
            let before = field.response().and_then(|it| actual.get(it)).cloned();
            Some(Change { field: field.name.clone(), before, after, replaces })
        });
        fields.collect()
    }

    /// Returns true if a difference of a field replaces the resource, or `None` if there is no difference: visible values are equal, and
    /// the others have the hash of the last apply.
    fn differs(
        &self,
        field: &Field,
        desired: &Value,
        stated: &BTreeSet<String>,
        last: Option<&Entry>,
        actual: &Value,
    ) -> Option<bool> {
        let mut comparison = Comparison::new(stated);
        let equal = comparison.equal(field, &field.name, desired, actual);
        if !equal {
            return Some(comparison.fixed);
        }
        // Values that were never applied cannot be compared: an adopted resource is assumed to match.
        let last = last?;
        let mut hidden = comparison.hidden.into_iter();
        let same = hidden.all(|(path, value)| {
            last.hidden.get(&path) == Some(&self.inputs.state.hash(&path, &value))
        });
        (!same).then_some(!field.updatable)
    }

    /// Returns the new entry of a resource in the state, without values known only after the call.
    fn entry(
        &self,
        kind: &Kind,
        resource: &Resource,
        fields: &Fields,
        last: Option<&Entry>,
    ) -> Entry {
        let known = known(fields);
        let mut paths = stated(&known);
        let unknown = fields.iter().filter(|(_, it)| it.is_none());
        paths.extend(unknown.map(|(key, _)| key.clone()));
        let refers =
            resource.fields.values().flat_map(|it| references(self.inputs.kinds, it));
        let mut entry = Entry {
            stated: paths,
            depends_on: refers.map(|it| it.address).collect(),
            retain: resource.retain.unwrap_or(kind.apply.retain),
            ..Entry::default()
        };
        if let Some(last) = last {
            entry.deposed.clone_from(&last.deposed);
            entry.applied.clone_from(&last.applied);
            entry.hidden.clone_from(&last.hidden);
        }
        if fields.values().all(Option::is_some) {
            entry.hidden.clear();
            entry.remember(self.inputs.state, kind, &known);
        }
        entry
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
        ..Item::unchanged()
    }
}

/// Returns the values that are known.
fn known(fields: &Fields) -> Map<String, Value> {
    fields.iter().filter_map(|(key, it)| Some((key.clone(), it.clone()?))).collect()
}

fn creation(field: &Field, fields: &Fields) -> Option<Change> {
    let after = match fields.get(&field.name)? {
        Some(value) => After::Value(value.clone()),
        None => After::Unknown,
    };
    Some(Change { field: field.name.clone(), before: None, after, replaces: false })
}
