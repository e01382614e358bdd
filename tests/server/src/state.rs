//! State shared by all requests.

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

/// Length of an API key.
const KEY_LENGTH: usize = 49;

/// Default timeout for the head of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);

/// State shared by all requests.
pub(crate) struct State {
    pub(crate) plan: Arc<Plan>,
    pub(crate) ids: Ids,
    /// Base URL of the server for its owner, without a trailing slash.
    pub(crate) url: String,
    pub(crate) hosts: Hosts,
    /// Timeout for the head of a request.
    pub(crate) header_timeout: Duration,
    /// The part of the caller's ID after the prefix.
    pub(crate) caller: String,
    /// The only accepted key.
    pub(crate) api_key: String,
    /// Rate limit, if there is one.
    pub(crate) limiter: Option<Limiter>,
    pub(crate) faults: Faults,
    pub(crate) files: Files,
    pub(crate) recorder: Option<Recorder>,
    /// True if the targets of every request are assumed to exist.
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

    /// Locks the store for one request.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        // Changes made before a panic are as valid as those of other requests.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
