//! What all requests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::ids::{Ids, secret};
use crate::plan::Plan;
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
    store: Mutex<Store>,
}

impl State {
    pub(crate) fn new(plan: Arc<Plan>, url: String) -> Self {
        let ids = Ids::new(plan.model.api.id_length);
        Self { plan, ids, url, api_key: secret(KEY_LENGTH), store: Mutex::default() }
    }

    /// The store, for as long as one request needs it.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        // What a request did before it failed is as good as what others did.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
