//! What the steps of a plan do: each makes a call, and records its result in the state.

use serde_json::{Map, Value, json};

use crate::actual::Lookup;
use crate::api::{ApiError, Request, fetch, update};
use crate::apply::{Progress, Run};
use crate::document::Resource;
use crate::kind::Kind;
use crate::plan::{After, Item};
use crate::reference::{Address, Reference, resolve};
use crate::shape::Field;
use crate::state::{Entry, Identity, State, identity_text};
use crate::step::{Action, Step};

impl<'a> Run<'a> {
    /// Takes a step.
    pub(crate) fn take(&self, step: &Step) -> Result<(), String> {
        let address = &step.address;
        match &step.action {
            Action::Forget => self.record(|state| _ = state.resources.remove(address)),
            Action::Adopt => self.confirm(address, self.known(address)?.2.entry.clone()),
            Action::Create => self.create(address),
            Action::Rename { field, value } => {
                let (kind, _, item) = self.known(address)?;
                let change = kind.field(field).map(|it| (it, Some(value.clone())));
                self.send(kind, item, change.into_iter().collect()).map(|_| ())
            }
            Action::Update => self.update(address),
            Action::Delete { identity, .. } => self.delete(address, identity),
        }
    }

    /// Records that a resource exists as its entry says.
    fn confirm(&self, address: &Address, entry: Entry) -> Result<(), String> {
        self.record(|state| {
            state.pending.remove(address);
            state.resources.insert(address.clone(), entry);
        })
    }

    fn create(&self, address: &Address) -> Result<(), String> {
        let (kind, resource, item) = self.known(address)?;
        let values = self.values(resource, |_| true)?;
        let mut entry = item.entry.clone();
        entry.identity.clear();
        entry.remember(self.inputs.state, kind, &values);
        self.record(|state| {
            let existing = self.inputs.actual.of_kind(&kind.name);
            let ids = existing.map(|(identity, _)| identity_text(identity));
            state.existing.entry(kind.name.clone()).or_insert_with(|| ids.collect());
            state.pending.insert(address.clone(), entry.clone());
        })?;
        let created = match self.api.send(&kind.creation(&json!(values))) {
            Ok(created) => created,
            Err(error) => {
                if error.status.is_some() {
                    self.record(|state| _ = state.pending.remove(address))?;
                }
                return Err(error.message);
            }
        };
        (self.progress)(Progress::Created(address, &created));
        let known = merged(&values, &created);
        let Some(identity) = kind.identity(&known) else {
            return Err(format!("the response to the creation of {address} has no ID"));
        };
        entry.identity = identity;
        self.record(|state| {
            state.pending.remove(address);
            let old = state.resources.get(address).map(|it| it.identity.clone());
            // The predecessor of a replaced resource has not been deleted yet.
            let exists =
                |it: &Identity| self.inputs.actual.get(&kind.name, it).is_some();
            entry.deposed.extend(old.filter(|it| *it != entry.identity && exists(it)));
            state.resources.insert(address.clone(), entry);
        })?;
        let mut shared = self.lock();
        shared.values.insert(address.clone(), known);
        shared.applied.created.insert(address.clone(), created);
        Ok(())
    }

    fn update(&self, address: &Address) -> Result<(), String> {
        let (kind, resource, item) = self.known(address)?;
        let is_sent = |name: &str| {
            item.change(name).is_some_and(|change| change.after != After::Cleared)
        };
        let values = self.values(resource, is_sent)?;
        let changes = kind.fields.iter().filter_map(|field| {
            item.change(&field.name).map(|_| (field, values.get(&field.name).cloned()))
        });
        let updated = self.send(kind, item, changes.collect())?;
        let mut entry = item.entry.clone();
        entry.remember(self.inputs.state, kind, &values);
        self.confirm(address, entry)?;
        let known = merged(&values, &updated);
        self.lock().values.insert(address.clone(), known);
        Ok(())
    }

    fn send(
        &self,
        kind: &Kind,
        item: &Item,
        changes: Vec<(&Field, Option<Value>)>,
    ) -> Result<Value, String> {
        let resource = json!(item.entry.identity);
        update(self.api, kind, &resource, changes).map_err(|error| error.message)
    }

    fn delete(&self, address: &Address, identity: &Identity) -> Result<(), String> {
        let Some(kind) = self.inputs.kinds.get(&address.kind) else { return Ok(()) };
        match self.api.send(&Request::new(&kind.delete, &json!(identity), None)) {
            Ok(_) => {}
            Err(error) if error.status == Some(404) => {}
            Err(error) => return Err(self.refused(kind, identity, error)),
        }
        self.record(|state| {
            let Some(entry) = state.resources.get_mut(address) else { return };
            if entry.identity == *identity {
                state.resources.remove(address);
            } else {
                entry.deposed.retain(|it| it != identity);
            }
        })
    }

    /// Returns why a resource was not deleted: if the API refused that, with what still refers to the resource.
    fn refused(&self, kind: &Kind, identity: &Identity, error: ApiError) -> String {
        let (message, refused) =
            (error.message, matches!(error.status, Some(400 | 409 | 412 | 422)));
        let Some(id) = identity.values().next_back().filter(|_| refused) else {
            return message;
        };
        let state = self.lock().store.state().clone();
        let all = self.everything.get_or_init(|| {
            let lists = self.inputs.kinds.iter().filter(|it| it.list.is_some());
            let lists = lists.map(|it| Lookup::List(it.name.clone())).collect();
            let found = fetch(self.inputs.kinds, &lists, self.api, &|_, _| true);
            found.unwrap_or_default()
        });
        let found = all.referrers(&kind.name, id).map(|(kind, identity)| {
            let known = state.owner(kind, identity).map(ToString::to_string);
            known.unwrap_or_else(|| format!("{kind} {}", identity_text(identity)))
        });
        let found: Vec<_> = found.collect();
        match found.as_slice() {
            [] => message,
            found => format!("{message}\n  still referred to by {}", found.join(", ")),
        }
    }

    fn known(
        &self,
        address: &Address,
    ) -> Result<(&'a Kind, &'a Resource, &'a Item), String> {
        let kind = self.inputs.kinds.get(&address.kind);
        let resource = self.inputs.desired.resources.get(address);
        let item = self.plan.items.get(address);
        match (kind, resource, item) {
            (Some(kind), Some(resource), Some(item)) => Ok((kind, resource, item)),
            _ => Err(format!("{address} is not in the files")),
        }
    }

    /// Returns the desired values with every reference resolved; one that cannot be resolved is an error if it is needed.
    fn values(
        &self,
        resource: &Resource,
        needed: impl Fn(&str) -> bool,
    ) -> Result<Map<String, Value>, String> {
        let shared = self.lock();
        let lookup = |reference: &Reference| {
            let value = shared.values.get(&reference.address)?.get(&reference.field)?;
            Some(value.clone()).filter(|it| !it.is_null())
        };
        let mut values = Map::new();
        for (name, value) in &resource.fields {
            match resolve(self.inputs.kinds, value, &lookup) {
                Some(value) => _ = values.insert(name.clone(), value),
                None if needed(name) => {
                    return Err(format!(
                        "`{name}` refers to a value that the API does not return; state the value itself"
                    ));
                }
                None => {}
            }
        }
        Ok(values)
    }

    fn record(&self, change: impl FnOnce(&mut State)) -> Result<(), String> {
        let mut shared = self.lock();
        shared.store.update(change).map_err(|error| {
            let message = error.to_string();
            shared.error = Some(error);
            message
        })
    }
}

/// Returns a response, with the values that were sent where it lacks them.
fn merged(sent: &Map<String, Value>, response: &Value) -> Value {
    let mut merged = sent.clone();
    if let Value::Object(response) = response {
        merged.extend(response.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    Value::Object(merged)
}
