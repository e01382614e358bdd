//! Client-side rate limiting shared by all processes of a user: a locked file contains the requests of the last window.
//!
//! A request counts from its start until one window after its end, since the server counts it at some time in between. If there is no
//! directory for the file, or if it cannot be locked, requests are not limited.

use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ngrok_client_core::blocking::Transport;
use ngrok_client_core::quota::Verdict;
use ngrok_client_core::retry::retry_after;
use ngrok_client_core::{HttpRequest, HttpResponse, Limits, Settings, TransportError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::App;
use crate::home;

/// Time after its timeout during which a request of a terminated process counts.
const SLACK: Duration = Duration::from_secs(5);

/// Polling interval while other processes have requests in flight.
const POLL: Duration = Duration::from_millis(50);

/// Waits longer than this are reported, on terminals.
const PATIENCE: Duration = Duration::from_secs(2);

/// The rate limit of an API key.
pub(crate) struct Quota {
    file: PathBuf,
    requests: usize,
    window: Duration,
}

/// Contents of the file.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct State {
    requests: Vec<Entry>,
    /// Time before which no request starts, in milliseconds since 1970.
    paused_until: u64,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    id: u64,
    /// Time when it stops counting: one window after its end, or an estimate while it is in flight.
    until: u64,
    in_flight: bool,
}

impl Quota {
    /// Returns the limit for a key at an address; `None` if rate limiting is disabled.
    pub(crate) fn of(app: &App, settings: &Settings, key: &str) -> Option<Self> {
        if app.globals.no_quota {
            return None;
        }
        let api = &app.model.api;
        let (requests, window) = app.globals.quota.unwrap_or((
            api.rate_limit_requests,
            Duration::from_secs(api.rate_limit_window_seconds.into()),
        ));
        let mut hasher = DefaultHasher::new();
        (key, settings.base_url.as_deref().unwrap_or(&api.base_url)).hash(&mut hasher);
        let folder = home::state(app.shell)?;
        fs::create_dir_all(&folder).ok()?;
        let file = folder.join(format!("quota-{:016x}.json", hasher.finish()));
        Some(Self { file, requests: requests.max(1) as usize, window })
    }

    /// Waits until a request can start, and returns its ID; `None` if it is not counted.
    fn wait(&self, timeout: Duration) -> Option<u64> {
        let mut announced = false;
        loop {
            let started = self.change(|state, now| {
                let wait = state.wait(self.requests, now);
                if !wait.is_zero() {
                    return Err(wait);
                }
                let id = state.next_id(now);
                let until = now + millis(timeout + self.window + SLACK);
                state.requests.push(Entry { id, until, in_flight: true });
                Ok(id)
            });
            let wait = match started? {
                Ok(id) => return Some(id),
                Err(wait) => wait,
            };
            if wait > PATIENCE && !announced && io::stderr().is_terminal() {
                announced = true;
                let (requests, window) = (self.requests, self.window.as_secs());
                let wait = wait.as_secs();
                eprintln!(
                    "waiting {wait}s for the rate limit ({requests} requests in {window}s)"
                );
            }
            thread::sleep(wait);
        }
    }

    /// Records the end of a request.
    fn end(&self, id: u64, verdict: Verdict) {
        // Without the file the request is not counted.
        let _ = self.change(|state, now| {
            if verdict == Verdict::NotSent {
                state.requests.retain(|entry| entry.id != id);
                return;
            }
            if let Verdict::Refused(wait) = verdict {
                let pause = wait.unwrap_or(self.window / 16).min(self.window);
                state.paused_until = state.paused_until.max(now + millis(pause));
            }
            if let Some(entry) = state.requests.iter_mut().find(|entry| entry.id == id) {
                // One more: the fraction of this millisecond is cut off, and the window must not be shorter by it.
                entry.until = now + millis(self.window) + 1;
                entry.in_flight = false;
            }
        });
    }

    /// Returns the current usage of the limit.
    pub(crate) fn usage(&self) -> Option<Value> {
        self.change(|state, now| {
            let used = state.requests.len();
            json!({
                "requests": self.requests,
                "window_seconds": self.window.as_secs_f64(),
                "used": used,
                "remaining": self.requests.saturating_sub(used),
                // 0 if a request can start now.
                "wait_seconds": state.wait(self.requests, now).as_secs_f64(),
            })
        })
    }

    /// Changes the state with exclusive access among processes.
    fn change<T>(&self, change: impl FnOnce(&mut State, u64) -> T) -> Option<T> {
        let mut options = OpenOptions::new();
        let options = options.read(true).create(true).truncate(false);
        let mut file = home::private(&self.file, options).ok()?;
        file.lock().ok()?;
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        let mut state: State = serde_json::from_str(&text).unwrap_or_default();
        let now =
            millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
        // A time beyond any that a request can cause was written with a wrong clock.
        let latest = now + millis(self.window * 2 + Duration::from_secs(24 * 3600));
        state.requests.retain(|entry| entry.until > now && entry.until < latest);
        if state.paused_until > latest {
            state.paused_until = 0;
        }
        let result = change(&mut state, now);
        let json = serde_json::to_vec(&state).ok()?;
        file.rewind().ok()?;
        file.set_len(0).ok()?;
        file.write_all(&json).ok()?;
        Some(result)
    }
}

impl State {
    /// Returns the wait of the next request.
    fn wait(&self, requests: usize, now: u64) -> Duration {
        if self.paused_until > now {
            return Duration::from_millis(self.paused_until - now);
        }
        if self.requests.len() < requests {
            return Duration::ZERO;
        }
        let ended = self.requests.iter().filter(|entry| !entry.in_flight);
        let free = ended.map(|entry| entry.until.saturating_sub(now)).min();
        let wait = free.map_or(POLL, Duration::from_millis);
        wait.max(Duration::from_millis(1))
    }

    fn next_id(&self, now: u64) -> u64 {
        let id = (now << 20) ^ u64::from(process::id());
        let taken = |id| self.requests.iter().any(|entry| entry.id == id);
        (id..=u64::MAX).find(|id| !taken(*id)).unwrap_or(id)
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX / 4)
}

/// Returns a transport that waits for the rate limit, if there is one.
pub(super) fn limited<T: Transport>(
    inner: T,
    quota: Option<Quota>,
) -> Arc<dyn Transport> {
    match quota {
        Some(quota) => Arc::new(Limited { inner, quota }),
        None => Arc::new(inner),
    }
}

/// A transport that waits for the rate limit before each request.
struct Limited<T> {
    inner: T,
    quota: Quota,
}

impl<T: Transport> Transport for Limited<T> {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let started = self.quota.wait(limits.timeout);
        let outcome = self.inner.send(request, limits);
        let headers = outcome.as_ref().ok().map(http::Response::headers);
        let wait = headers.and_then(|headers| retry_after(headers, SystemTime::now()));
        if let Some(id) = started {
            self.quota.end(id, Verdict::of(&outcome, wait));
        }
        outcome
    }

    fn reuse(&self, body: Vec<u8>) {
        self.inner.reuse(body);
    }

    fn sleep(&self, wait: Duration) {
        self.inner.sleep(wait);
    }
}
