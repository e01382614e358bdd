//! The plan: what happens to each resource, and the calls in an order that respects references.
//!
//! Enters desired, last applied and actual state; leaves a [`Plan`]. Decides without I/O.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::actual::Actual;
use crate::compare::{Comparison, is_cleared, may_hide, stated};
use crate::document::{Documents, Resource};
use crate::kind::{Field, Kind, Kinds};
use crate::order::{self, Cycle};
use crate::reference::{Address, Reference, Resolved, references, resolve};
use crate::state::{Entry, Identity, State, identity_text};
use crate::step::{self, Step};

/// What planning needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The kinds of the API.
    pub kinds: &'a Kinds,
    /// What the files state.
    pub desired: &'a Documents,
    /// What was applied last.
    pub state: &'a State,
    /// What the API returned.
    pub actual: &'a Actual,
    /// Whether resources that left the files are deleted.
    pub prune: bool,
    /// Whether retained resources are deleted as well.
    pub delete_retained: bool,
}

/// What happens to every resource.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Decisions by address.
    pub items: BTreeMap<Address, Item>,
    /// Calls, each after those it needs.
    pub steps: Vec<Step>,
}

/// What happens to one resource.
#[derive(Debug, Clone)]
pub struct Item {
    /// The decision.
    pub outcome: Outcome,
    /// What differs.
    pub changes: Vec<Change>,
    /// What the reader should know beside that.
    pub note: Option<String>,
    /// The resource that exists, where one does.
    pub identity: Option<Identity>,
    /// What the state remembers after the step.
    pub entry: Entry,
}

/// A decision about a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is as desired.
    Unchanged,
    /// It exists, is as desired, and belongs to the files from now on.
    Adopt,
    /// It is created.
    Create,
    /// It is changed.
    Update,
    /// It is deleted and created anew, since the API cannot change a field.
    Replace,
    /// It is deleted.
    Delete,
    /// It left the files and no longer exists.
    Forget,
    /// It left the files and is kept, but no longer belongs to them.
    Retain,
    /// It left the files and stays until pruning is requested.
    Orphan,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// What the API returned; nothing where the resource does not exist or the API does not return it.
    pub before: Option<Value>,
    /// What it becomes.
    pub after: After,
    /// Whether the change replaces the resource.
    pub replaces: bool,
}

/// What a field becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum After {
    /// This value.
    Value(Value),
    /// A value that is known only after another call.
    Unknown,
    /// Nothing: it is no longer stated.
    Cleared,
}

impl Plan {
    /// Plans.
    ///
    /// # Errors
    ///
    /// Returns the resources that refer to each other in a cycle.
    pub fn new(inputs: Inputs<'_>) -> Result<Self, Cycle> {
        let mut planner =
            Planner { inputs, items: BTreeMap::new(), claimed: BTreeSet::new() };
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

    /// Returns whether applying it calls the API.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.steps.iter().any(|step| step.action.calls_api())
    }

    /// Returns how many resources have this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.values().filter(|item| item.outcome == outcome).count()
    }
}

/// Desired values by field; a value that is not known yet is `None`.
type Fields = BTreeMap<String, Option<Value>>;

struct Planner<'a> {
    inputs: Inputs<'a>,
    items: BTreeMap<Address, Item>,
    /// Actual resources that a desired one adopted, so that no other does.
    claimed: BTreeSet<(String, Identity)>,
}

impl Planner<'_> {
    fn desired(&mut self, address: &Address, resource: &Resource) -> Item {
        let Inputs { kinds, state, actual, .. } = self.inputs;
        let Some(kind) = kinds.get(&address.kind) else { return Item::unchanged() };
        let fields = self.resolve(&resource.fields);
        let last = state.get(address);
        let found = match last {
            Some(entry) => Some(entry.identity.clone()),
            None => self.adoptable(kind, address, resource, &fields),
        };
        let existing = found.and_then(|it| Some((actual.get(&kind.name, &it)?, it)));
        let mut entry = self.entry(kind, resource, &fields);
        if let Some(last) = last {
            entry.deposed.clone_from(&last.deposed);
        }
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
        let changes = self.changes(kind, last, &fields, value);
        let outcome = match (last, changes.as_slice()) {
            (Some(_), []) => Outcome::Unchanged,
            (None, []) => Outcome::Adopt,
            (_, changes) if changes.iter().any(|it| it.replaces) => Outcome::Replace,
            _ => Outcome::Update,
        };
        let note = last.is_none().then(|| "exists already and is adopted".to_owned());
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
                (Outcome::Retain, Some("is kept: delete it by hand"))
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

    /// Finds an existing resource that is the desired one, although the state does not have it.
    fn adoptable(
        &mut self,
        kind: &Kind,
        address: &Address,
        resource: &Resource,
        fields: &Fields,
    ) -> Option<Identity> {
        let Inputs { state, actual, .. } = self.inputs;
        let known =
            fields.iter().filter_map(|(key, it)| Some((key.clone(), it.clone()?)));
        if let Some(identity) = kind.identity(&Value::Object(known.collect())) {
            return actual.get(&kind.name, &identity).is_some().then_some(identity);
        }
        let started = state.pending.contains_key(&address.to_string());
        let old = state.existing.get(&kind.name);
        let matches = |identity: &Identity, value: &Value| match &resource.id {
            Some(id) => identity.values().next_back() == Some(id),
            None if kind.apply.unique => has_key(kind, fields, value),
            None => {
                let before = old.is_some_and(|it| it.contains(&identity_text(identity)));
                started && !before && self.changes(kind, None, fields, value).is_empty()
            }
        };
        let free = |identity: &Identity| {
            state.owner(&kind.name, identity).is_none()
                && !self.claimed.contains(&(kind.name.clone(), identity.clone()))
        };
        let mut candidates = actual.of_kind(&kind.name);
        let found = candidates
            .find(|(identity, value)| free(identity) && matches(identity, value));
        let identity = found.map(|(identity, _)| identity.clone())?;
        self.claimed.insert((kind.name.clone(), identity.clone()));
        Some(identity)
    }

    /// Resolves references; a field whose value is not known yet has none.
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

    /// Returns the value of a reference, unless a step has to be taken before it is known.
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
        actual.get(&reference.field).cloned()
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

    /// Returns whether a difference of a field replaces the resource, or nothing if there is none: what responses show is
    /// equal, and the rest has the hash of the last apply.
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
        // What was never applied cannot be compared: an adopted resource is taken to be as stated.
        let last = last?;
        let mut hidden = comparison.into_hidden().into_iter();
        let same = hidden.all(|(path, value)| {
            last.hidden.get(&path) == Some(&self.inputs.state.hash(&path, &value))
        });
        (!same).then_some(!field.updatable)
    }

    /// Returns what the state remembers of a resource, except for what is known after the call.
    fn entry(&self, kind: &Kind, resource: &Resource, fields: &Fields) -> Entry {
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
        entry.hidden = hidden(self.inputs.state, kind, &known);
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

/// Returns hashes of all values that responses may leave out.
pub(crate) fn hidden(
    state: &State,
    kind: &Kind,
    fields: &Map<String, Value>,
) -> BTreeMap<String, String> {
    let hidden = may_hide(&kind.fields, fields);
    hidden.iter().map(|(path, value)| (path.clone(), state.hash(path, value))).collect()
}

fn creation(field: &Field, fields: &Fields) -> Option<Change> {
    let after = match fields.get(&field.name)? {
        Some(value) => After::Value(value.clone()),
        None => After::Unknown,
    };
    Some(Change { field: field.name.clone(), before: None, after, replaces: false })
}

/// Returns whether an existing resource has the natural key that is desired.
fn has_key(kind: &Kind, fields: &Fields, actual: &Value) -> bool {
    let none = BTreeSet::new();
    kind.apply.key.iter().all(|part| {
        let desired = fields.get(&part.name).and_then(Option::as_ref);
        let (Some(desired), Some(field)) = (desired, kind.field(&part.name)) else {
            return false;
        };
        let mut comparison = Comparison::new(&none);
        comparison.equal(field, &part.name, desired, actual)
            && comparison.into_hidden().is_empty()
    })
}
