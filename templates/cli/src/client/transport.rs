//! The transport configured by the options: that of the core, inside a recorder, inside rate limiting.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ngrok_client_core::blocking::{HttpTransport, Transport};
use ngrok_client_core::quota::Verdict;
use ngrok_client_core::retry::retry_after;
use ngrok_client_core::testing::{Recorder, Scrubber};
use ngrok_client_core::{HttpRequest, HttpResponse, Limits, Settings, TransportError};

use super::quota::Quota;
use crate::app::App;
use crate::failure::Failure;

/// Recorder of the process.
pub(crate) type Recording = Recorder<HttpTransport>;

/// Builds the transport.
pub(super) fn transport(
    app: &App,
    settings: &Settings,
    key: &str,
) -> Result<Arc<dyn Transport>, Failure> {
    let http = HttpTransport::with_network(settings.limits.bounded(), &settings.network)
        .map_err(|error| Failure::usage(format!("network settings: {error}")))?;
    let quota = Quota::of(app, settings, key);
    if app.globals.record.is_none() {
        return Ok(limited(http, quota));
    }
    let recorder =
        app.recording.get_or_init(|| Recorder::new(http, Scrubber::new(app.api())));
    Ok(limited(recorder.clone(), quota))
}

fn limited<T: Transport>(inner: T, quota: Option<Quota>) -> Arc<dyn Transport> {
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
        let permit = self.quota.wait(limits.timeout);
        let outcome = self.inner.send(request, limits);
        let headers = outcome.as_ref().ok().map(http::Response::headers);
        let wait = headers.and_then(|headers| retry_after(headers, SystemTime::now()));
        self.quota.end(permit, Verdict::of(&outcome, wait));
        outcome
    }

    fn reuse(&self, body: Vec<u8>) {
        self.inner.reuse(body);
    }

    fn sleep(&self, wait: Duration) {
        self.inner.sleep(wait);
    }
}
