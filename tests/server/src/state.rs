//! What all requests share.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::builder::Settings;
use crate::faults::Faults;
use crate::ids::{Ids, secret};
use crate::limiter::Limiter;
use crate::plan::Plan;
use crate::record::Recorder;
use crate::store::Store;

/// How long an API key is.
const KEY_LENGTH: usize = 49;

/// What all requests share.
pub(crate) struct State {
    pub(crate) plan: Arc<Plan>,
    pub(crate) ids: Ids,
    /// Where the server is, without a slash at its end.
    pub(crate) url: String,
    /// The one key that is let in.
    pub(crate) api_key: String,
    /// How many requests there may be, if not as many as come.
    pub(crate) limiter: Option<Limiter>,
    pub(crate) faults: Faults,
    pub(crate) recorder: Option<Recorder>,
    /// Whether whatever a request leads or refers to is taken to be there.
    pub(crate) imagines: bool,
    store: Mutex<Store>,
}

impl State {
    pub(crate) fn new(
        plan: Arc<Plan>,
        url: String,
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
            plan,
            ids,
            url,
            api_key: settings.api_key.unwrap_or_else(|| secret(KEY_LENGTH)),
            limiter,
            faults: Faults::new(seed, settings.faults),
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
