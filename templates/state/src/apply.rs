//! Makes the calls of a plan, several at a time where references allow, and records each in the state.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;

use crate::actual::Actual;
use crate::api::Api;
use crate::plan::{Inputs, Plan};
use crate::reference::Address;
use crate::step::Step;
use crate::store::Store;

/// The progress of a step.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// Started.
    Started(&'a Step),
    /// A resource was created, with the response: only it has secrets that are returned once. The state does not have it yet.
    Created(&'a Address, &'a Value),
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
) -> io::Result<Applied> {
    // Changes of the files that do not change a resource.
    let stepped: BTreeSet<_> = plan.steps.iter().map(|it| &it.address).collect();
    let others = plan.items.iter().filter(|(address, _)| {
        inputs.desired.resources.contains_key(address) && !stepped.contains(address)
    });
    let entries = others.map(|(address, item)| (address.clone(), item.entry.clone()));
    store.update(|state| state.resources.extend(entries))?;
    let known = plan.items.iter().filter_map(|(address, item)| {
        let value = inputs.actual.get(&address.kind, item.identity.as_ref()?)?;
        Some((address.clone(), value.clone()))
    });
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
            values: known.collect(),
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
    shared.error.map_or(Ok(()), Err)?;
    if shared.store.state().pending.is_empty() {
        shared.store.update(|state| state.existing.clear())?;
    }
    Ok(shared.applied)
}

/// State shared by the threads of a run.
pub(crate) struct Shared<'a> {
    pub(crate) store: &'a mut Store,
    pub(crate) error: Option<io::Error>,
    waiting: BTreeSet<usize>,
    running: usize,
    done: BTreeSet<usize>,
    pub(crate) values: BTreeMap<Address, Value>,
    pub(crate) applied: Applied,
}

/// A run of a plan; `call` has what its steps do.
pub(crate) struct Run<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) inputs: Inputs<'a>,
    pub(crate) api: &'a dyn Api,
    cancel: &'a AtomicBool,
    pub(crate) progress: &'a (dyn Fn(Progress<'_>) + Sync),
    shared: Mutex<Shared<'a>>,
    changed: Condvar,
    /// Everything that the account has, listed when it is needed to explain an error.
    pub(crate) everything: OnceLock<Actual>,
}

impl<'a> Run<'a> {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Shared<'a>> {
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
}
