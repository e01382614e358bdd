//! A response of a script and the requests it matches.

use http::StatusCode;
use ngrok_client_core::{HttpRequest, HttpResponse, TransportError};
use serde_core::Serialize;

use crate::Script;

/// A failure instead of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection fails: the request is not sent.
    Connect,
    /// The response times out.
    Timeout,
    /// The connection breaks before the response is complete.
    Broken,
}

impl Fault {
    pub(super) fn of(error: &TransportError) -> Self {
        match error {
            error if error.is_timeout() => Self::Timeout,
            error if error.is_not_sent() => Self::Connect,
            _ => Self::Broken,
        }
    }

    fn error(self) -> TransportError {
        match self {
            Self::Connect => TransportError::connect("simulated by the script"),
            Self::Timeout => TransportError::timeout(),
            Self::Broken => TransportError::other("simulated by the script"),
        }
    }
}

/// The requests that the next response of a [`Script`] matches.
#[derive(Debug)]
#[must_use = "it selects requests, but has no response yet"]
pub struct On {
    script: Script,
    wanted: Wanted,
}

impl On {
    pub(super) fn new(script: Script, wanted: Wanted) -> Self {
        Self { script, wanted }
    }

    /// Responds with this status and body. A body that is null in JSON is omitted.
    #[must_use]
    pub fn reply(self, status: u16, body: impl Serialize) -> Script {
        let made = serde_json::to_vec(&body).map_err(|error| error.to_string());
        let status = StatusCode::from_u16(status);
        let status = status.map_err(|_| "it has a status that is none".to_owned());
        let made = made.and_then(|body| Ok((status?, body)));
        let reaction = made.map(|(status, body)| {
            let body = if body == b"null" { Vec::new() } else { body };
            let mut response = HttpResponse::new(body);
            *response.status_mut() = status;
            Reaction::Respond(response)
        });
        self.reaction(reaction.unwrap_or_else(Reaction::Wrong))
    }

    /// Responds with this response, including its headers.
    #[must_use]
    pub fn respond(self, response: HttpResponse) -> Script {
        self.reaction(Reaction::Respond(response))
    }

    /// Fails.
    #[must_use]
    pub fn fail(self, fault: Fault) -> Script {
        self.reaction(Reaction::Fail(fault))
    }

    fn reaction(self, reaction: Reaction) -> Script {
        self.script.push(Step { wanted: self.wanted, reaction, times: Some(1) });
        self.script
    }
}

/// One step of a script.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) wanted: Wanted,
    pub(super) reaction: Reaction,
    /// Remaining uses; `None` for no limit.
    pub(super) times: Option<u32>,
}

/// Conditions on a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) method: Option<String>,
    /// Path with `{…}` for any segment, and optionally a query, which must match exactly.
    pub(super) target: Option<String>,
}

#[derive(Debug)]
pub(super) enum Reaction {
    Respond(HttpResponse),
    Fail(Fault),
    /// The script is invalid.
    Wrong(String),
}

impl Reaction {
    pub(super) fn give(&self) -> Result<HttpResponse, TransportError> {
        match self {
            Self::Respond(response) => Ok(response.clone()),
            Self::Fail(fault) => Err(fault.error()),
            Self::Wrong(what) => Ok(unexpected(&format!("the script is wrong: {what}"))),
        }
    }
}

/// Returns a response that is not retried and whose text is part of the error.
pub(super) fn unexpected(text: &str) -> HttpResponse {
    let mut response = HttpResponse::new(text.as_bytes().to_vec());
    *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
    response
}

impl Wanted {
    pub(super) fn fits(&self, request: &HttpRequest) -> bool {
        let method =
            self.method.as_deref().is_none_or(|it| it == request.method().as_str());
        method && self.target.as_deref().is_none_or(|it| fits(it, request.uri()))
    }
}

fn fits(wanted: &str, uri: &http::Uri) -> bool {
    let (path, query) = match wanted.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (wanted, None),
    };
    let any = |part: &str| part.starts_with('{') && part.ends_with('}');
    let (mut wanted, mut given) = (path.split('/'), uri.path().split('/'));
    let path = loop {
        match (wanted.next(), given.next()) {
            (None, None) => break true,
            (Some(one), Some(other)) if one == other || any(one) => {}
            _ => break false,
        }
    };
    path && query.is_none_or(|query| uri.query() == Some(query))
}
