//! Sending of requests. Takes options and credentials; returns a session of the core, and JSON from it.

mod facts;
mod log;
mod quota;
mod transport;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Uri};
use ngrok_client_core::blocking::{HttpTransport, Session, Transport};
use ngrok_client_core::{
    Config, Draft, HttpRequest, Limits, Network, RetryPolicy, Settings, Zeroizing,
};
use serde_json::Value;

use crate::app::App;
use crate::credentials;
use crate::failure::Failure;

pub(crate) use facts::api;
pub(crate) use quota::Quota;
pub(crate) use transport::Recording;

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
        Self::with_key(app, found.key)
    }

    /// Finds the API key without printing warnings.
    pub(crate) fn quiet(app: &'a App) -> Result<Self, Failure> {
        Self::with_key(app, credentials::find(app)?.key)
    }

    fn with_key(app: &'a App, key: Zeroizing<String>) -> Result<Self, Failure> {
        let mut settings = settings(app)?;
        let transport = transport::transport(app, &settings, &key)?;
        if let Some(log) = log::Log::new(&app.globals)? {
            settings.observer = Some(Arc::new(log));
        }
        settings.api_key = Some(key);
        let config =
            Config::new(&settings, app.api()).map_err(|error| app.failure(&error))?;
        let session = Session::new(config, Some(transport))
            .map_err(|error| app.failure(&error))?;
        Ok(Self { app, session })
    }

    pub(crate) fn config(&self) -> &Config {
        self.session.config()
    }

    /// Sends a request, and returns the JSON of the response; null if it is empty.
    pub(crate) fn send(&self, draft: Draft) -> Result<Value, Failure> {
        let reply = self
            .session
            .run(Box::new(draft))
            .map_err(|error| self.app.failure(&error))?;
        if reply.status() == http::StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        let text = reply.json().map_err(|error| self.app.failure(&error))?;
        serde_json::from_str(text)
            .map_err(|error| self.app.failure(&reply.undecodable(&error)))
    }
}

/// Returns the configuration for requests that are printed rather than sent: without an API key.
pub(crate) fn dry_config(app: &App) -> Result<Config, Failure> {
    let mut settings = settings(app)?;
    settings.api_key = Some("none".to_owned().into());
    Config::new(&settings, app.api()).map_err(|error| app.failure(&error))
}

/// Returns the quota of the API key in use; `None` if rate limiting is disabled.
pub(crate) fn quota(app: &App) -> Result<Option<Quota>, Failure> {
    let found = credentials::find(app)?;
    Ok(Quota::of(app, &settings(app)?, &found.key))
}

/// Returns the base URL in use.
pub(crate) fn base_url(app: &App) -> String {
    let settings = settings(app).ok().and_then(|settings| settings.base_url);
    settings.unwrap_or_else(|| app.model.api.base_url.clone())
}

/// Returns the settings from options and the environment, except the API key.
fn settings(app: &App) -> Result<Settings, Failure> {
    let api = &app.model.api;
    let globals = &app.globals;
    let variable = env::var(&api.url_variable).ok().filter(|url| !url.trim().is_empty());
    let mut settings = Settings {
        base_url: globals
            .api_url
            .clone()
            .or_else(|| credentials::profile_url(app))
            .or(variable),
        ..Settings::default()
    };
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
