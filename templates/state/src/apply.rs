//! Makes the calls of a plan, several at a time where references allow, and records each in the state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::{Map, Value};

use crate::actual::Actual;
use crate::api::{Api, ApiError, Request, everything};
use crate::document::Resource;
use crate::kind::Kind;
use crate::plan::{Inputs, Item, Plan};
use crate::reference::{Address, Reference, resolve};
use crate::shape::Field;
use crate::state::{Entry, Identity, State, identity_text};
use crate::step::{Action, Step};
use crate::store::{Store, StoreError};

/// The progress of a step.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// Started.
    Started(&'a Step),
    /// Completed.
    Done(&'a Step),
    /// Failed, with the reason.
    Failed(&'a Step, &'a str),
}

/// The result of applying a plan.
#[derive(Debug, Default)]
pub struct Applied {
    /// Number of completed steps.
    pub done: usize,
    /// Failed steps, with the reason.
    pub failed: Vec<(Step, String)>,
    /// Number of steps that were not started because a prerequisite failed or the run was cancelled.
    pub skipped: usize,
    /// Responses of creations; only these contain secrets that are returned once.
    pub created: BTreeMap<Address, Value>,
}

/// Applies a plan with at most `parallel` calls at a time. After `cancel` is set, no further step is started.
///
/// # Errors
///
/// If the state cannot be written. Errors of the API are part of the result.
pub fn apply(
    plan: &Plan,
    inputs: Inputs<'_>,
    store: &mut Store,
    api: &dyn Api,
    parallel: usize,
    cancel: &AtomicBool,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Applied, StoreError> {
    record_unchanged(plan, inputs, store)?;
    let run = Run {
        plan,
        inputs,
        api,
        cancel,
        progress,
        shared: Mutex::new(Shared {
            store,
            error: None,
            waiting: (0..plan.steps.len()).collect(),
            running: 0,
            done: BTreeSet::new(),
            values: known_values(plan, inputs),
            applied: Applied::default(),
        }),
        changed: Condvar::new(),
        everything: OnceLock::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..parallel.clamp(1, plan.steps.len().max(1)) {
            scope.spawn(|| run.work());
        }
    });
    let mut shared = run.shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    shared.applied.skipped = shared.waiting.len();
    if let Some(error) = shared.error {
        return Err(error);
    }
    if shared.store.state().pending.is_empty() {
        shared.store.update(|state| state.existing.clear())?;
    }
    Ok(shared.applied)
}

/// Records changes of the files that do not change a resource.
fn record_unchanged(
    plan: &Plan,
    inputs: Inputs<'_>,
    store: &mut Store,
) -> Result<(), StoreError> {
    let stepped: BTreeSet<_> = plan.steps.iter().map(|it| &it.address).collect();
    let stale = plan.items.iter().filter(|(address, item)| {
        inputs.desired.get(address).is_some()
            && !stepped.contains(address)
            && store.state().get(address) != Some(&item.entry)
    });
    let stale: Vec<_> =
        stale.map(|(address, item)| (address.clone(), item.entry.clone())).collect();
    if stale.is_empty() {
        return Ok(());
    }
    store.update(|state| state.resources.extend(stale))
}

fn known_values(plan: &Plan, inputs: Inputs<'_>) -> BTreeMap<Address, Value> {
    let known = plan.items.iter().filter_map(|(address, item)| {
        let value = inputs.actual.get(&address.kind, item.identity.as_ref()?)?;
        Some((address.clone(), value.clone()))
    });
    known.collect()
}

/// State shared by the threads of a run.
struct Shared<'a> {
    store: &'a mut Store,
    error: Option<StoreError>,
    waiting: BTreeSet<usize>,
    running: usize,
    done: BTreeSet<usize>,
    values: BTreeMap<Address, Value>,
    applied: Applied,
}

struct Run<'a> {
    plan: &'a Plan,
    inputs: Inputs<'a>,
    api: &'a dyn Api,
    cancel: &'a AtomicBool,
    progress: &'a (dyn Fn(Progress<'_>) + Sync),
    shared: Mutex<Shared<'a>>,
    changed: Condvar,
    /// Everything that the account has, listed when it is needed to explain an error.
    everything: OnceLock<Actual>,
}

impl<'a> Run<'a> {
    fn lock(&self) -> MutexGuard<'_, Shared<'a>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes steps until none can be started.
    fn work(&self) {
        while let Some(at) = self.next() {
            let step = &self.plan.steps[at];
            (self.progress)(Progress::Started(step));
            let result = self.take(step);
            let mut shared = self.lock();
            shared.running -= 1;
            match result {
                Ok(()) => {
                    shared.done.insert(at);
                    shared.applied.done += 1;
                    (self.progress)(Progress::Done(step));
                }
                Err(message) => {
                    (self.progress)(Progress::Failed(step, &message));
                    shared.applied.failed.push((step.clone(), message));
                }
            }
            drop(shared);
            self.changed.notify_all();
        }
    }

    /// Waits for a step whose predecessors are done.
    fn next(&self) -> Option<usize> {
        let mut shared = self.lock();
        loop {
            if self.cancel.load(Ordering::Relaxed) || shared.error.is_some() {
                return None;
            }
            let ready =
                |at: &&usize| self.plan.steps[**at].after.is_subset(&shared.done);
            if let Some(at) = shared.waiting.iter().find(ready).copied() {
                shared.waiting.remove(&at);
                shared.running += 1;
                return Some(at);
            }
            if shared.running == 0 {
                return None;
            }
            shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn take(&self, step: &Step) -> Result<(), String> {
        let address = &step.address;
        match &step.action {
            Action::Forget => self.record(|state| _ = state.resources.remove(address)),
            Action::Adopt(identity) => {
                let item = self.plan.items.get(address);
                item.map_or(Ok(()), |it| {
                    self.confirm(address, identity, it.entry.clone())
                })
            }
            Action::Create => self.create(address),
            Action::Rename { identity, field, value } => {
                let (kind, ..) = self.known(address)?;
                let body = Map::from_iter([(field.clone(), value.clone())]);
                self.send_update(kind, identity, body).map(|_| ())
            }
            Action::Update { identity, fields, cleared } => {
                self.update(address, identity, fields, cleared)
            }
            Action::Delete { identity, .. } => self.delete(address, identity),
        }
    }

    /// Records that a resource exists as its entry says.
    fn confirm(
        &self,
        address: &Address,
        identity: &Identity,
        mut entry: Entry,
    ) -> Result<(), String> {
        entry.identity.clone_from(identity);
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
        let (path, body): (Map<_, _>, Map<_, _>) = values
            .clone()
            .into_iter()
            .partition(|(key, _)| kind.field(key).is_some_and(|it| it.in_path));
        let identity = text_values(&path);
        let request = Request::new(&kind.create, &identity, Some(Value::Object(body)));
        let created = match self.api.send(&request) {
            Ok(created) => created,
            Err(error) => {
                if error.status.is_some() {
                    self.record(|state| _ = state.pending.remove(address))?;
                }
                return Err(error.message);
            }
        };
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

    fn update(
        &self,
        address: &Address,
        identity: &Identity,
        fields: &BTreeSet<String>,
        cleared: &BTreeSet<String>,
    ) -> Result<(), String> {
        let (kind, resource, item) = self.known(address)?;
        let values = self.values(resource, |it| fields.contains(it))?;
        let sent = kind.fields.iter().filter(|it| fields.contains(&it.name));
        let part = |field: &Field| {
            let value = values.get(&field.name)?;
            Some((field.name.clone(), field.updatable_part(value)))
        };
        let mut body: Map<_, _> = sent.filter_map(part).collect();
        let cleared = kind.fields.iter().filter(|it| cleared.contains(&it.name));
        body.extend(cleared.map(|it| (it.name.clone(), it.empty_value())));
        let updated = self.send_update(kind, identity, body)?;
        let mut entry = item.entry.clone();
        entry.remember(self.inputs.state, kind, &values);
        self.confirm(address, identity, entry)?;
        let known = merged(&values, &updated);
        self.lock().values.insert(address.clone(), known);
        Ok(())
    }

    fn send_update(
        &self,
        kind: &Kind,
        identity: &Identity,
        body: Map<String, Value>,
    ) -> Result<Value, String> {
        let cannot = || format!("a {} cannot be updated", kind.noun);
        let update = kind.update.as_ref().ok_or_else(cannot)?;
        let request = Request::new(update, identity, Some(Value::Object(body)));
        self.api.send(&request).map_err(|error| error.message)
    }

    fn delete(&self, address: &Address, identity: &Identity) -> Result<(), String> {
        let Some(kind) = self.inputs.kinds.get(&address.kind) else { return Ok(()) };
        match self.api.send(&Request::new(&kind.delete, identity, None)) {
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
        let all =
            self.everything.get_or_init(|| everything(self.inputs.kinds, self.api));
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
        let resource = self.inputs.desired.get(address);
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

fn text_values(values: &Map<String, Value>) -> Identity {
    let text = |(key, value): (&String, &Value)| {
        Some((key.clone(), value.as_str()?.to_owned()))
    };
    values.iter().filter_map(text).collect()
}

/// Returns a response, with the values that were sent where it lacks them.
fn merged(sent: &Map<String, Value>, response: &Value) -> Value {
    let mut merged = sent.clone();
    if let Value::Object(response) = response {
        merged.extend(response.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    Value::Object(merged)
}
