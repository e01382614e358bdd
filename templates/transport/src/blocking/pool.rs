//! Idle connections.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use http::uri::{Authority, Scheme};
use ureq::unversioned::transport::Transport;

use crate::clock::{self, Instant};

/// Maximum number of idle connections.
const MOST: usize = 32;

/// Maximum idle time: servers close idle connections, and a request may coincide with that.
const LONGEST: Duration = Duration::from_secs(15);

/// A pool. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Pool(Arc<Mutex<Vec<Idle>>>);

struct Idle {
    origin: Origin,
    transport: Box<dyn Transport>,
    since: Instant,
}

/// The origin of a connection.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin(Option<Scheme>, Option<Authority>);

impl Origin {
    pub(super) fn of(uri: &Uri) -> Self {
        Self(uri.scheme().cloned(), uri.authority().cloned())
    }
}

impl Pool {
    /// Returns the most recently used connection to this origin that is still open.
    pub(super) fn take(&self, origin: &Origin) -> Option<Box<dyn Transport>> {
        loop {
            let mut transport = self.pop(origin)?;
            if transport.is_open() {
                return Some(transport);
            }
        }
    }

    /// Returns a connection to the pool.
    pub(super) fn keep(&self, origin: Origin, transport: Box<dyn Transport>) {
        let (now, mut idle) = (clock::system(), self.idle());
        idle.retain(|it| it.since + LONGEST > now);
        if idle.len() >= MOST {
            idle.remove(0);
        }
        idle.push(Idle { origin, transport, since: now });
    }

    fn pop(&self, origin: &Origin) -> Option<Box<dyn Transport>> {
        let (now, mut idle) = (clock::system(), self.idle());
        idle.retain(|it| it.since + LONGEST > now);
        let place = idle.iter().rposition(|it| it.origin == *origin)?;
        Some(idle.remove(place).transport)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("idle", &self.idle().len()).finish()
    }
}
