//! Client-side rate limiting shared by all processes of a user: a locked file contains the requests of the last window.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, UNIX_EPOCH};

use ngrok_client_core::blocking::Transport;
use ngrok_client_core::clock::time_of_day;
use ngrok_client_core::quota::Verdict;
use ngrok_client_core::retry::retry_after;
use ngrok_client_core::{HttpRequest, HttpResponse, Limits, TransportError};

#[cfg(test)]
mod tests;

/// Time after its timeout during which a request of a terminated process counts.
const SLACK: Duration = Duration::from_secs(5);

/// Polling interval while other processes have requests in flight.
const POLL: Duration = Duration::from_millis(50);

/// A time further away than this, and than the windows, was written with a wrong clock.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Client-side rate limit of all processes of a user that send requests with the same API key.
///
/// As with a [`Quota`](ngrok_client_core::quota::Quota), a request counts from its start until one window after its end, since the
/// server counts it at some time in between. If the file cannot be written or locked, requests are not limited.
#[derive(Clone, Debug)]
pub(crate) struct FileQuota {
    file: PathBuf,
    requests: usize,
    window: Duration,
}

/// Usage of a [`FileQuota`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileQuotaUsage {
    /// Requests per window.
    pub(crate) requests: usize,
    /// The window.
    pub(crate) window: Duration,
    /// Requests that count now.
    pub(crate) used: usize,
    /// Wait of the next request; zero if it can start now.
    pub(crate) wait: Duration,
}

/// Contents of the file.
#[derive(Default)]
struct State {
    /// Time before which no request starts, in milliseconds since 1970.
    paused_until: u64,
    requests: Vec<Entry>,
}

struct Entry {
    id: u64,
    /// Time when it stops counting: one window after its end, or an estimate while it is in flight.
    until: u64,
    in_flight: bool,
}

impl FileQuota {
    /// Creates a limit of this many requests per window, at least one, for an API key at an address. Its state is a file
    /// in a directory, which is created if necessary; `None` if that fails.
    pub(super) fn new(
        folder: &Path,
        (key, url): (&str, &str),
        requests: u32,
        window: Duration,
    ) -> Option<Self> {
        fs::create_dir_all(folder).ok()?;
        let mut hasher = DefaultHasher::new();
        (key, url).hash(&mut hasher);
        let file = folder.join(format!("quota-{:016x}.txt", hasher.finish()));
        let requests = usize::try_from(requests).unwrap_or(usize::MAX).max(1);
        Some(Self { file, requests, window })
    }

    /// Returns a transport that waits for the rate limit before each request. `waits` is called before each wait.
    pub(super) fn limit<T: Transport>(
        self,
        inner: T,
        waits: impl Fn(&FileQuotaUsage) + Send + Sync + 'static,
    ) -> impl Transport {
        Limited { inner, quota: self, waits }
    }

    /// Returns the current usage; `None` if the file cannot be used.
    pub(super) fn usage(&self) -> Option<FileQuotaUsage> {
        let mut usage = None;
        self.change(&mut |state, now| usage = Some(self.usage_of(state, now)))?;
        usage
    }

    fn usage_of(&self, state: &State, now: u64) -> FileQuotaUsage {
        let (requests, window, used) =
            (self.requests, self.window, state.requests.len());
        FileQuotaUsage { requests, window, used, wait: state.wait(requests, now) }
    }

    /// Starts a request that takes no longer than this, and returns its ID, or the usage if it has to wait; `None` if it
    /// is not counted.
    fn start(&self, timeout: Duration) -> Option<Result<u64, FileQuotaUsage>> {
        let mut started = None;
        self.change(&mut |state, now| {
            let usage = self.usage_of(state, now);
            if !usage.wait.is_zero() {
                started = Some(Err(usage));
                return;
            }
            let id = state.next_id(now);
            let until = now + millis(timeout + self.window + SLACK);
            state.requests.push(Entry { id, until, in_flight: true });
            started = Some(Ok(id));
        })?;
        started
    }

    /// Records the end of a request.
    fn end(&self, id: u64, verdict: Verdict) {
        // Without the file the request is not counted.
        let _ = self.change(&mut |state, now| {
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

    /// Changes the state with exclusive access among processes.
    fn change(&self, change: &mut dyn FnMut(&mut State, u64)) -> Option<()> {
        let mut file = open(&self.file)?;
        file.lock().ok()?;
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        let mut state = State::read(&text).unwrap_or_default();
        let now = millis(time_of_day().duration_since(UNIX_EPOCH).unwrap_or_default());
        let latest = now + millis(self.window * 2 + DAY);
        state.requests.retain(|entry| entry.until > now && entry.until < latest);
        if state.paused_until > latest {
            state.paused_until = 0;
        }
        change(&mut state, now);
        file.rewind().ok()?;
        file.set_len(0).ok()?;
        file.write_all(state.to_string().as_bytes()).ok()
    }
}

/// Opens a file that only its user can read.
fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true).write(true).create(true).truncate(false).open(path).ok()
}

impl State {
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let paused_until = lines.next()?.parse().ok()?;
        let mut requests = Vec::new();
        for line in lines {
            requests.push(Entry::read(line)?);
        }
        Some(Self { paused_until, requests })
    }

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
        let mut id = (now << 20) ^ u64::from(process::id());
        while self.requests.iter().any(|entry| entry.id == id) {
            id = id.wrapping_add(1);
        }
        id
    }
}

/// A line with the end of the pause, and one for each request.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.paused_until)?;
        for Entry { id, until, in_flight } in &self.requests {
            writeln!(f, "{id} {until} {in_flight}")?;
        }
        Ok(())
    }
}

impl Entry {
    fn read(line: &str) -> Option<Self> {
        let (id, rest) = line.split_once(' ')?;
        let (until, in_flight) = rest.split_once(' ')?;
        Some(Self {
            id: id.parse().ok()?,
            until: until.parse().ok()?,
            in_flight: in_flight.parse().ok()?,
        })
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX / 4)
}

/// A transport that waits for the rate limit before each request.
struct Limited<T, W> {
    inner: T,
    quota: FileQuota,
    waits: W,
}

impl<T, W> Transport for Limited<T, W>
where
    T: Transport,
    W: Fn(&FileQuotaUsage) + Send + Sync + 'static,
{
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let started = loop {
            match self.quota.start(limits.timeout) {
                Some(Err(usage)) => {
                    (self.waits)(&usage);
                    self.inner.sleep(usage.wait);
                }
                started => break started.and_then(Result::ok),
            }
        };
        let outcome = self.inner.send(request, limits);
        let headers = outcome.as_ref().ok().map(http::Response::headers);
        let wait = headers.and_then(|headers| retry_after(headers, time_of_day()));
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
