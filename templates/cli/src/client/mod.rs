//! Sending of requests. Takes options and credentials; returns a session of the core, and JSON from it.

mod file_quota;
mod log;

use std::env;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal};
use std::sync::{Arc, Once};
use std::time::Duration;

use http::{Method, Uri};
use ngrok_client_core::blocking::{HttpTransport, Session, Transport};
use ngrok_client_core::url::BaseUrl;
use ngrok_client_core::{
    Config, Cursor, Draft, HttpRequest, Limits, Network, RetryPolicy, Settings,
};
use ngrok_client_testing::{Recorder, Scrubber};
use serde_json::Value;

use self::file_quota::{FileQuota, FileQuotaUsage};
use crate::app::App;
use crate::credentials::{self, Found};
use crate::failure::{Failure, OrFail};
use crate::home;

/// Waits for the rate limit that are longer than this are reported, on terminals.
const PATIENCE: Duration = Duration::from_secs(2);

/// Recorder of the process.
pub(crate) type Recording = Recorder<HttpTransport>;

/// A session that sends requests with the user's API key.
pub(crate) struct Client<'a> {
    app: &'a App,
    session: Session,
}

impl<'a> Client<'a> {
    /// Finds the API key and prints warnings about it; connects with the first request.
    pub(crate) fn new(app: &'a App) -> Result<Self, Failure> {
        let found = credentials::find(app)?;
        if let Some(warning) = &found.warning {
            eprintln!("warning: {warning}");
        }
        Self::with_key(app, found)
    }

    /// Finds the API key without printing warnings.
    pub(crate) fn quiet(app: &'a App) -> Result<Self, Failure> {
        Self::with_key(app, credentials::find(app)?)
    }

    fn with_key(app: &'a App, found: Found) -> Result<Self, Failure> {
        let mut settings = settings(app)?;
        let transport = transport(app, &settings, &found.key)?;
        if let Some(log) = log::Log::new(&app.globals)? {
            settings.observer = Some(Arc::new(log));
        }
        settings.api_key = Some(found.key);
        let session = Config::new(&settings, app.api())
            .and_then(|config| Session::new(config, Some(transport)));
        let session = session.map_err(|error| app.failure(error))?;
        Ok(Self { app, session })
    }

    pub(crate) fn config(&self) -> &Config {
        self.session.config()
    }

    /// Sends a request, and returns the JSON of the response; null if it is empty.
    pub(crate) fn send(&self, draft: Draft) -> Result<Value, Failure> {
        let sent = self.session.run(Box::new(draft)).and_then(|reply| {
            if reply.status() == http::StatusCode::NO_CONTENT {
                return Ok(Value::Null);
            }
            reply.decode()
        });
        sent.map_err(|error| self.app.failure(error))
    }

    /// Fetches the next page of a list: its items under `key`, and the page without them.
    pub(crate) fn page(
        &self,
        cursor: &mut Cursor,
        key: &str,
    ) -> Result<Option<(Vec<Value>, Value)>, Failure> {
        let Some(draft) = cursor.take() else { return Ok(None) };
        let mut page = self.send(*draft)?;
        let items = match page.as_object_mut().and_then(|page| page.remove(key)) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        };
        cursor.count(items.len());
        let next = page.get(&self.app.model.api.page_next).and_then(Value::as_str);
        cursor.advance(next, self.config().base());
        Ok(Some((items, page)))
    }
}

/// Builds the transport: that of the core, inside a recorder, inside rate limiting.
fn transport(
    app: &App,
    settings: &Settings,
    key: &str,
) -> Result<Arc<dyn Transport>, Failure> {
    let http = HttpTransport::with_network(settings.limits.bounded(), &settings.network)
        .or_usage("network settings")?;
    let quota = quota_of(app, settings, key);
    let Some(path) = &app.globals.record else { return Ok(limited(http, quota)) };
    // Requests that cannot be recorded are not sent.
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened.or_usage(format_args!("--record {}", path.display()))?;
    let recorder =
        app.recording.get_or_init(|| Recorder::new(http, Scrubber::new(app.api())));
    Ok(limited(recorder.clone(), quota))
}

fn limited(inner: impl Transport, quota: Option<FileQuota>) -> Arc<dyn Transport> {
    match quota {
        Some(quota) => Arc::new(quota.limit(inner, announce)),
        None => Arc::new(inner),
    }
}

/// Reports the first long wait for the rate limit.
fn announce(usage: &FileQuotaUsage) {
    static ANNOUNCED: Once = Once::new();

    if usage.wait > PATIENCE && io::stderr().is_terminal() {
        let (wait, window) = (usage.wait.as_secs(), usage.window.as_secs());
        let requests = usage.requests;
        ANNOUNCED.call_once(|| {
            eprintln!(
                "waiting {wait}s for the rate limit ({requests} requests in {window}s)"
            );
        });
    }
}

/// Returns the rate limit of a key, which all processes of the user share; `None` if it is disabled or there is no directory
/// for its file.
fn quota_of(app: &App, settings: &Settings, key: &str) -> Option<FileQuota> {
    if app.globals.no_quota {
        return None;
    }
    let api = &app.model.api;
    let (requests, window) = app.globals.quota.unwrap_or((
        api.rate_limit_requests,
        Duration::from_secs(api.rate_limit_window_seconds.into()),
    ));
    let url = settings.base_url.as_deref().unwrap_or(&api.base_url);
    FileQuota::new(&home::state(app.shell)?, (key, url), requests, window)
}

/// Returns the configuration for requests that are printed rather than sent: without an API key.
pub(crate) fn dry_config(app: &App) -> Result<Config, Failure> {
    let mut settings = settings(app)?;
    settings.api_key = Some("none".to_owned().into());
    Config::new(&settings, app.api()).map_err(|error| app.failure(error))
}

/// Returns the usage of the rate limit of the API key in use; `None` if there is no limit.
pub(crate) fn usage(app: &App) -> Result<Option<FileQuotaUsage>, Failure> {
    let found = credentials::find(app)?;
    let quota = quota_of(app, &settings(app)?, &found.key);
    Ok(quota.and_then(|quota| quota.usage()))
}

/// Returns the base URL in use.
pub(crate) fn base_url(app: &App) -> String {
    configured_url(app).map_or_else(|| app.model.api.base_url.clone(), |(_, url)| url)
}

/// Returns the base URL of the options, the profile or the environment, and which of them it is from.
fn configured_url(app: &App) -> Option<(String, String)> {
    if let Some(url) = &app.globals.api_url {
        return Some(("--api-url".to_owned(), url.clone()));
    }
    // A missing key is reported by the request that needs it.
    if let Ok(Found { source, url: Some(url), .. }) = credentials::find(app) {
        return Some((source, url));
    }
    let variable = &app.model.api.url_variable;
    let url = env::var(variable).ok().filter(|url| !url.trim().is_empty())?;
    Some((format!("environment variable {variable}"), url))
}

/// Returns the settings from options and the environment, except the API key.
fn settings(app: &App) -> Result<Settings, Failure> {
    let globals = &app.globals;
    let mut settings = Settings::default();
    if let Some((source, url)) = configured_url(app) {
        BaseUrl::parse(&url).or_usage(source)?;
        settings.base_url = Some(url);
    }
    if let Some(timeout) = globals.timeout {
        settings.limits.timeout = timeout;
        settings.limits.connect_timeout = settings.limits.connect_timeout.min(timeout);
    }
    if let Some(retries) = globals.retries {
        settings.retry = RetryPolicy::new().max_retries(retries);
    }
    let lookup = |name: &str| env::var_os(name);
    let proxy = ngrok_client_core::env::proxy(app.api(), &settings, &lookup);
    settings.network =
        Network { proxy: proxy.map_err(Failure::usage)?, ..Network::default() };
    Ok(settings)
}

/// Returns the text at an address outside the API, requested without the API key.
pub(crate) fn fetch(app: &App, url: &str) -> Result<String, String> {
    let uri: Uri =
        url.parse().map_err(|error| format!("{url:?} is not a URL: {error}"))?;
    let settings = settings(app).map_err(|failure| failure.to_string())?;
    let transport = HttpTransport::with_network(settings.limits, &settings.network);
    let transport = transport.map_err(|error| error.to_string())?;
    let mut request = HttpRequest::new(Vec::new());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = uri;
    let mut limits = Limits::default();
    limits.timeout = app.globals.timeout.unwrap_or(Duration::from_secs(30));
    let response = transport
        .send(request, limits)
        .map_err(|error| format!("cannot fetch {url}: {error}"))?;
    if !response.status().is_success() {
        return Err(format!("cannot fetch {url}: HTTP status {}", response.status()));
    }
    String::from_utf8(response.into_body()).map_err(|_| format!("{url} is not UTF-8"))
}
