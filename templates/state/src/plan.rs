//! The plan: the change of each resource, and the calls in an order that respects references.
//!
//! Takes desired, last applied and actual state; returns a [`Plan`]. Performs no I/O.

use std::collections::{BTreeMap, BTreeSet};

use ngrok_api_model::KeyField;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::actual::Actual;
use crate::compare::{Comparison, is_cleared, may_hide, normal_text, stated};
use crate::document::{Documents, Resource};
use crate::kind::{Field, Kind, Kinds};
use crate::order::{self, Cycle};
use crate::reference::{Address, Reference, Resolved, references, resolve};
use crate::state::{Entry, Identity, State, identity_text};
use crate::step::{self, Step};

/// The inputs of planning.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The kinds of the API.
    pub kinds: &'a Kinds,
    /// Contents of the files.
    pub desired: &'a Documents,
    /// State of the last apply.
    pub state: &'a State,
    /// Resources returned by the API.
    pub actual: &'a Actual,
    /// True to delete resources that were removed from the files.
    pub prune: bool,
    /// True to delete retained resources as well.
    pub delete_retained: bool,
}

/// Changes of all resources.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Decisions by address.
    pub items: BTreeMap<Address, Item>,
    /// Calls, each after its prerequisites.
    pub steps: Vec<Step>,
}

/// Change of one resource.
#[derive(Debug, Clone)]
pub struct Item {
    /// The decision.
    pub outcome: Outcome,
    /// Differences.
    pub changes: Vec<Change>,
    /// Additional information for the user.
    pub note: Option<String>,
    /// The existing resource, if there is one.
    pub identity: Option<Identity>,
    /// Entry of the state after the step.
    pub entry: Entry,
}

/// A decision about a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It equals the desired state.
    Unchanged,
    /// It exists, equals the desired state, and is managed from now on.
    Adopt,
    /// It is created.
    Create,
    /// It is updated.
    Update,
    /// It is deleted and created again, since the API cannot change a field.
    Replace,
    /// It is deleted.
    Delete,
    /// It was removed from the files and no longer exists.
    Forget,
    /// It was removed from the files and is kept, but no longer managed.
    Retain,
    /// It was removed from the files and is kept until pruning is requested.
    Orphan,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Name of the field.
    pub field: String,
    /// Value returned by the API; `None` if the resource does not exist or the API does not return it.
    pub before: Option<Value>,
    /// New value.
    pub after: After,
    /// True if the change replaces the resource.
    pub replaces: bool,
}

/// The new value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// This value.
    Value(Value),
    /// A value that is known only after another call.
    Unknown,
    /// Cleared: the field is no longer set.
    Cleared,
}

impl Plan {
    /// Computes a plan.
    ///
    /// # Errors
    ///
    /// Returns the resources that refer to each other in a cycle.
    pub fn new(inputs: Inputs<'_>) -> Result<Self, Cycle> {
        let owned = inputs.state.resources.iter().filter_map(|(address, entry)| {
            let kind = Address::parse(address)?.kind;
            let own = entry.deposed.iter().chain([&entry.identity]);
            Some(own.map(move |it| (kind.clone(), it.clone())))
        });
        let mut planner = Planner {
            inputs,
            items: BTreeMap::new(),
            claimed: owned.flatten().collect(),
            keys: BTreeMap::new(),
        };
        for address in order::by_references(inputs.kinds, inputs.desired)? {
            if let Some(resource) = inputs.desired.get(&address) {
                let item = planner.desired(&address, resource);
                planner.items.insert(address, item);
            }
        }
        for address in inputs.state.resources.keys().filter_map(|it| Address::parse(it))
        {
            if inputs.desired.get(&address).is_none() {
                let item = planner.undesired(&address);
                planner.items.insert(address, item);
            }
        }
        let items = planner.items;
        let steps = step::steps(inputs, &items);
        Ok(Self { items, steps })
    }

    /// Returns true if applying it calls the API.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.steps.iter().any(|step| step.action.calls_api())
    }

    /// Returns the number of resources with this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.values().filter(|item| item.outcome == outcome).count()
    }
}

/// Desired values by field; unknown values are `None`.
type Fields = BTreeMap<String, Option<Value>>;

struct Planner<'a> {
    inputs: Inputs<'a>,
    items: BTreeMap<Address, Item>,
    /// Actual resources that belong to a desired one or to the state, so that no other adopts them.
    claimed: BTreeSet<(String, Identity)>,
    /// Actual resources by kind and natural key.
    keys: BTreeMap<String, BTreeMap<String, Vec<Identity>>>,
}

impl Planner<'_> {
    fn desired(&mut self, address: &Address, resource: &Resource) -> Item {
        let Inputs { kinds, state, actual, .. } = self.inputs;
        let Some(kind) = kinds.get(&address.kind) else { return Item::unchanged() };
        let fields = self.resolve(&resource.fields);
        let started = state.pending.contains_key(&address.to_string());
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
        let mut entry = self.entry(kind, resource, &fields, last);
        let Some((value, identity)) = existing else {
            let note = last.map(|_| "no longer exists and is created again".to_owned());
            let changes =
                kind.fields.iter().filter_map(|it| creation(it, &fields)).collect();
            return Item {
                outcome: Outcome::Create,
                changes,
                note,
                identity: None,
                entry,
            };
        };
        entry.identity.clone_from(&identity);
        if let Some(old) = replaced {
            entry.deposed.clone_from(&old.deposed);
            entry.deposed.push(old.identity.clone());
        }
        let mut changes = self.changes(kind, last, &fields, value);
        changes.retain(|change| !self.is_kept(resource, last, change));
        let outcome = match (last, changes.as_slice()) {
            (Some(_), []) => Outcome::Unchanged,
            (None, []) => Outcome::Adopt,
            (_, changes) if changes.iter().any(|it| it.replaces) => Outcome::Replace,
            _ => Outcome::Update,
        };
        let note = match last {
            None if !changes.is_empty() => Some("exists already and is adopted"),
            Some(last) if !changes.is_empty() && last.states_same(&entry) => {
                Some("was changed outside of the files")
            }
            _ => None,
        };
        let note = note.map(str::to_owned);
        Item { outcome, changes, note, identity: Some(identity), entry }
    }

    fn undesired(&self, address: &Address) -> Item {
        let Inputs { kinds, state, actual, prune, delete_retained, .. } = self.inputs;
        let Some(entry) = state.get(address) else { return Item::unchanged() };
        let exists = actual.get(&address.kind, &entry.identity).is_some();
        let retain = entry.retain && !delete_retained;
        let (outcome, note) = match (kinds.get(&address.kind), exists) {
            (None, _) => (Outcome::Orphan, Some("the API description has no such kind")),
            (Some(_), false) => (Outcome::Forget, None),
            (Some(_), true) if !prune => {
                (Outcome::Orphan, Some("left the files; pruning would delete it"))
            }
            (Some(_), true) if retain => {
                (Outcome::Retain, Some("is kept: delete it manually"))
            }
            (Some(_), true) => (Outcome::Delete, None),
        };
        Item {
            outcome,
            changes: Vec::new(),
            note: note.map(str::to_owned),
            identity: Some(entry.identity.clone()),
            entry: entry.clone(),
        }
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
        let known =
            fields.iter().filter_map(|(key, it)| Some((key.clone(), it.clone()?)));
        if let Some(identity) = kind.identity(&Value::Object(known.collect())) {
            return actual.get(&kind.name, &identity).is_some().then_some(identity);
        }
        let all = || actual.of_kind(&kind.name);
        let candidates: Vec<Identity> = match &resource.id {
            Some(id) if !started => {
                let mut all = all().map(|(identity, _)| identity);
                all.find(|it| it.values().next_back() == Some(id))
                    .into_iter()
                    .cloned()
                    .collect()
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
        let Some(key) = key_text(kind, |part| fields.get(&part.name)?.as_ref()) else {
            return Vec::new();
        };
        let actual = self.inputs.actual;
        let index = self.keys.entry(kind.name.clone()).or_insert_with(|| {
            let mut index: BTreeMap<String, Vec<Identity>> = BTreeMap::new();
            for (identity, value) in actual.of_kind(&kind.name) {
                let read = |part: &KeyField| {
                    value.get(kind.field(&part.name)?.response.as_ref()?)
                };
                if let Some(key) = key_text(kind, read) {
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
        let resolved = fields.iter().map(|(name, value)| {
            let value = match resolve(self.inputs.kinds, value, &lookup) {
                Resolved::Known(value) => Some(value),
                Resolved::Unknown => None,
            };
            (name.clone(), value)
        });
        resolved.collect()
    }

    /// Returns the value of a reference, unless it depends on a step.
    fn lookup(&self, reference: &Reference) -> Option<Value> {
        let item = self.items.get(&reference.address)?;
        if matches!(item.outcome, Outcome::Create | Outcome::Replace) {
            return None;
        }
        let changed = item.changes.iter().find(|it| it.field == reference.field);
        if let Some(change) = changed {
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

    /// Returns whether a value is unknown only since the API no longer returns it: nothing that it comes from changes.
    fn is_kept(
        &self,
        resource: &Resource,
        last: Option<&Entry>,
        change: &Change,
    ) -> bool {
        let stated = last.is_some_and(|it| it.stated.contains(&change.field));
        let Some(value) = resource.fields.get(&change.field).filter(|_| stated) else {
            return false;
        };
        let pending = |reference: &Reference| {
            self.items.get(&reference.address).is_none_or(|item| {
                let unknown = |it: &Change| {
                    it.field == reference.field && it.after == After::Unknown
                };
                matches!(item.outcome, Outcome::Create | Outcome::Replace)
                    || item.changes.iter().any(unknown)
            })
        };
        change.after == After::Unknown
            && !references(self.inputs.kinds, value).iter().any(pending)
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
                    (After::Cleared, !field.updatable)
                }
                None => return None,
            };
            let before = field.response.as_ref().and_then(|it| actual.get(it)).cloned();
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
            return Some(comparison.is_fixed());
        }
        // Values that were never applied cannot be compared: an adopted resource is assumed to match.
        let last = last?;
        let mut hidden = comparison.into_hidden().into_iter();
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
        let known =
            fields.iter().filter_map(|(key, it)| Some((key.clone(), it.clone()?)));
        let known: Map<_, _> = known.collect();
        let mut paths = stated(&known);
        paths.extend(
            fields.iter().filter(|(_, it)| it.is_none()).map(|(key, _)| key.clone()),
        );
        let refers =
            resource.fields.values().flat_map(|it| references(self.inputs.kinds, it));
        let mut entry = Entry {
            stated: paths,
            depends_on: refers.map(|it| it.address.to_string()).collect(),
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

impl Item {
    fn unchanged() -> Self {
        Self {
            outcome: Outcome::Unchanged,
            changes: Vec::new(),
            note: None,
            identity: None,
            entry: Entry::default(),
        }
    }
}

impl Entry {
    /// Remembers hashes of all values, and of those that responses may leave out; those of other fields are kept.
    pub(crate) fn remember(
        &mut self,
        state: &State,
        kind: &Kind,
        fields: &Map<String, Value>,
    ) {
        self.applied = state.hash("", &Value::Object(fields.clone()));
        let hidden = may_hide(&kind.fields, fields).into_iter();
        let hidden = hidden.map(|(path, value)| {
            let hash = state.hash(&path, &value);
            (path, hash)
        });
        let own = |path: &str| {
            path.split(['.', '[']).next().is_some_and(|it| fields.contains_key(it))
        };
        self.hidden.retain(|path, _| !own(path));
        self.hidden.extend(hidden);
    }

    /// Returns whether the same was stated for both.
    fn states_same(&self, other: &Self) -> bool {
        !self.applied.is_empty() && self.applied == other.applied
    }
}

fn creation(field: &Field, fields: &Fields) -> Option<Change> {
    let after = match fields.get(&field.name)? {
        Some(value) => After::Value(value.clone()),
        None => After::Unknown,
    };
    Some(Change { field: field.name.clone(), before: None, after, replaces: false })
}

/// Returns the natural key in a form in which equivalent keys are the same.
fn key_text<'v>(
    kind: &Kind,
    value: impl Fn(&KeyField) -> Option<&'v Value>,
) -> Option<String> {
    let part = |part: &KeyField| {
        Some(normal_text(&kind.field(&part.name)?.shape, value(part)?) + "\n")
    };
    kind.apply.key.iter().map(part).collect()
}
