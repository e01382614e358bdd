//! The API as the engine calls it: requests, and the calls that planning needs.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use ngrok_api_model::{Body, Method, Operation};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::actual::{Actual, Lookup};
use crate::kind::Kinds;
use crate::state::Identity;

/// Characters escaped in path parameters: all but the unreserved ones of RFC 3986.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Calls that are made at a time before planning. The rate limit of the client holds for all of them together.
const PARALLEL: usize = 8;

/// A request to the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path, with its parameters filled in and percent-encoded.
    pub path: String,
    /// JSON body.
    pub body: Option<Value>,
}

impl Request {
    /// Returns the request of an operation; a body is sent only where the operation has one.
    #[must_use]
    pub fn new(
        operation: &Operation,
        parameters: &Identity,
        body: Option<Value>,
    ) -> Self {
        let mut path = operation.path.clone();
        for name in operation.parameters.iter().map(|it| &it.wire) {
            let value = parameters.get(name).map(String::as_str).unwrap_or_default();
            let value = utf8_percent_encode(value, ESCAPED).to_string();
            path = path.replace(&format!("{{{name}}}"), &value);
        }
        let body = body.filter(|_| operation.body != Body::None);
        Self { method: operation.method, path, body }
    }
}

/// An error of the API or of the transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status of the response; `None` if it is unknown whether the server processed the request.
    pub status: Option<u16>,
    /// Message for the user.
    pub message: String,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

/// Sends requests, including retries and rate limiting.
pub trait Api: Sync {
    /// Sends a request; a response without a body is null.
    ///
    /// # Errors
    ///
    /// Returns the error of the API or of the transport.
    fn send(&self, request: &Request) -> Result<Value, ApiError>;

    /// Lists all resources of a kind, page by page.
    ///
    /// # Errors
    ///
    /// Returns the error of the API or of the transport.
    fn list(
        &self,
        operation: &Operation,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError>;
}

/// Makes the calls that planning needs, several at a time.
///
/// # Errors
///
/// Returns the first error of the API.
pub fn fetch(
    kinds: &Kinds,
    lookups: &BTreeSet<Lookup>,
    api: &dyn Api,
) -> Result<Actual, ApiError> {
    let mut actual = Ok(Actual::default());
    fetch_each(kinds, lookups, api, &mut |_, found| {
        match (&mut actual, found) {
            (Ok(actual), Ok(found)) => actual.extend(found),
            (Err(_), _) => {}
            (_, Err(error)) => actual = Err(error),
        }
        actual.is_ok()
    });
    actual
}

/// Makes calls, several at a time, and passes on what each found, until `take` returns false.
pub fn fetch_each(
    kinds: &Kinds,
    lookups: &BTreeSet<Lookup>,
    api: &dyn Api,
    take: &mut (dyn FnMut(&Lookup, Result<Actual, ApiError>) -> bool + Send),
) {
    let waiting = Mutex::new(lookups.iter());
    let take = Mutex::new((take, true));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(lookup) = next() {
            let found = look_up(kinds, lookup, api);
            let mut take = take.lock().unwrap_or_else(PoisonError::into_inner);
            take.1 = take.1 && (take.0)(lookup, found);
            if !take.1 {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..PARALLEL.min(lookups.len()) {
            scope.spawn(work);
        }
    });
}

fn look_up(kinds: &Kinds, lookup: &Lookup, api: &dyn Api) -> Result<Actual, ApiError> {
    let mut actual = Actual::default();
    let (Lookup::List(name) | Lookup::Get(name, _)) = lookup;
    let Some(kind) = kinds.get(name) else { return Ok(actual) };
    match (lookup, &kind.list) {
        (Lookup::List(_), Some(list)) => {
            api.list(list, &mut |item| actual.add(kinds, kind, item))?;
        }
        (Lookup::List(_), None) => {}
        (Lookup::Get(_, identity), _) => {
            match api.send(&Request::new(&kind.get, identity, None)) {
                Ok(value) => actual.insert(name, identity.clone(), value),
                Err(error) if error.status == Some(404) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(actual)
}

/// Lists all kinds, except for those that cannot be listed.
pub(crate) fn everything(kinds: &Kinds, api: &dyn Api) -> Actual {
    let mut actual = Actual::default();
    let lists = kinds.iter().filter(|it| it.list.is_some());
    let lists = lists.map(|it| Lookup::List(it.name.clone())).collect();
    fetch_each(kinds, &lists, api, &mut |_, found| {
        actual.extend(found.unwrap_or_default());
        true
    });
    actual
}
