//! What all requests share.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::builder::Settings;
use crate::faults::Faults;
use crate::files::Files;
use crate::hosts::Hosts;
use crate::ids::{Ids, secret};
use crate::limiter::Limiter;
use crate::plan::Plan;
use crate::record::Recorder;
use crate::store::Store;

/// How long an API key is.
const KEY_LENGTH: usize = 49;

/// How long a client may take to send the head of a request, if nothing else is said.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);

/// What all requests share.
pub(crate) struct State {
    pub(crate) plan: Arc<Plan>,
    pub(crate) ids: Ids,
    /// Where the server is for whoever started it, without a slash at the end.
    pub(crate) url: String,
    pub(crate) hosts: Hosts,
    /// How long a client may take to send the head of a request.
    pub(crate) header_timeout: Duration,
    /// What follows the prefix in the id of who calls.
    pub(crate) caller: String,
    /// The one key that is let in.
    pub(crate) api_key: String,
    /// How many requests there may be, if not as many as come.
    pub(crate) limiter: Option<Limiter>,
    pub(crate) faults: Faults,
    pub(crate) files: Files,
    pub(crate) recorder: Option<Recorder>,
    /// Whether whatever a request leads or refers to is taken to be there.
    pub(crate) imagines: bool,
    store: Mutex<Store>,
}

impl State {
    pub(crate) fn new(
        plan: Arc<Plan>,
        hosts: Hosts,
        settings: Settings,
    ) -> io::Result<Self> {
        let api = &plan.model.api;
        let ids = Ids::new(api.id_length);
        let window = Duration::from_secs(api.rate_limit_window_seconds.into());
        let window = settings.rate_window.unwrap_or(window);
        let limiter = settings.rate_limit.map(|requests| Limiter::new(requests, window));
        let seed = settings.seed.unwrap_or_else(|| fastrand::u64(..));
        let recorder = settings.record.as_deref().map(Recorder::create).transpose()?;
        Ok(Self {
            caller: ids.next(""),
            plan,
            ids,
            url: hosts.url(),
            hosts,
            header_timeout: settings.header_timeout.unwrap_or(HEADER_TIMEOUT),
            api_key: settings.api_key.unwrap_or_else(|| secret(KEY_LENGTH)),
            limiter,
            faults: Faults::new(seed, settings.faults),
            files: Files::default(),
            recorder,
            imagines: settings.imagines,
            store: Mutex::default(),
        })
    }

    /// The store, for as long as one request needs it.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        // What a request did before it failed is as good as what others did.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
