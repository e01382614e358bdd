//! Connections that wait for their next request.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use http::uri::{Authority, Scheme};
use ureq::unversioned::transport::Transport;

use crate::clock::{self, Instant};

/// How many connections wait for their next request.
const MOST: usize = 32;

/// How long they wait: servers close what is idle, and a request may cross with that.
const LONGEST: Duration = Duration::from_secs(15);

/// A pool, which clones share.
#[derive(Clone, Default)]
pub(super) struct Pool(Arc<Mutex<Vec<Idle>>>);

struct Idle {
    origin: Origin,
    transport: Box<dyn Transport>,
    since: Instant,
}

/// Where a connection leads to.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin(Option<Scheme>, Option<Authority>);

impl Origin {
    pub(super) fn of(uri: &Uri) -> Self {
        Self(uri.scheme().cloned(), uri.authority().cloned())
    }
}

impl Pool {
    /// The connection to this origin that was used last, if it is still open.
    pub(super) fn take(&self, origin: &Origin) -> Option<Box<dyn Transport>> {
        loop {
            let mut transport = self.pop(origin)?;
            if transport.is_open() {
                return Some(transport);
            }
        }
    }

    /// Keeps a connection for another request.
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
