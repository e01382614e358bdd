//! The API as the engine calls it: requests, and the calls that planning needs.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use ngrok_api_model::{Body, Listing, Method, Operation};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::actual::{Actual, Lookup};
use crate::kind::{Kind, Kinds};
use crate::shape::Field;

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
    /// Query parameters.
    pub query: Vec<(String, String)>,
    /// JSON body.
    pub body: Option<Value>,
}

impl Request {
    /// Returns the request of an operation, given an object with its path parameters; a body is sent only where the operation
    /// has one.
    #[must_use]
    pub fn new(operation: &Operation, parameters: &Value, body: Option<Value>) -> Self {
        let path = operation.path.fill(|name| {
            let value = parameters[name].as_str().unwrap_or_default();
            utf8_percent_encode(value, ESCAPED).to_string()
        });
        let body = body.filter(|_| operation.body != Body::None);
        Self { method: operation.method, path, query: Vec::new(), body }
    }
}

/// An error of the API or of the transport.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status of the response; `None` if it is unknown whether the server processed the request.
    pub status: Option<u16>,
    /// Number of the error code, if the response has a documented one.
    pub code: Option<u32>,
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

    /// Sends the request of a list, page by page, and passes on each item.
    ///
    /// # Errors
    ///
    /// Returns the error of the API or of the transport.
    fn list(
        &self,
        request: &Request,
        listing: &Listing,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError>;
}

/// Updates a resource, given an object with the parameters that identify it; fields without a value are cleared. Returns the
/// last response, or what is there if nothing has to be sent.
///
/// # Errors
///
/// Returns the error of the API or of the transport.
pub fn update(
    api: &dyn Api,
    kind: &Kind,
    resource: &Value,
    changes: Vec<(&Field, Option<Value>)>,
) -> Result<Value, ApiError> {
    let (mut body, mut others) = (Map::new(), Vec::new());
    for (field, value) in changes {
        let value = match (value, &field.cleared_by) {
            (Some(value), _) => field.updatable_part(&value),
            (None, None) => field.empty_value(),
            (None, Some(operation)) => {
                others.push(&**operation);
                continue;
            }
        };
        body.insert(field.name.clone(), value);
    }
    let mut updated = None;
    if !body.is_empty() {
        let Some(update) = &kind.update else {
            let message = format!("a {} cannot be updated", kind.noun);
            return Err(ApiError { message, ..ApiError::default() });
        };
        updated = Some(api.send(&Request::new(update, resource, Some(body.into())))?);
    }
    if updated.is_none() || !others.is_empty() {
        others.push(&kind.get);
    }
    for operation in others {
        updated = Some(api.send(&Request::new(operation, resource, None))?);
    }
    Ok(updated.unwrap_or_default())
}

/// Makes the calls that planning needs, several at a time. What an error concerns that `tolerate` accepts is left out.
///
/// # Errors
///
/// Returns the first other error of the API.
pub fn fetch(
    kinds: &Kinds,
    lookups: &BTreeSet<Lookup>,
    api: &dyn Api,
    tolerate: &(dyn Fn(&Lookup, &ApiError) -> bool + Sync),
) -> Result<Actual, ApiError> {
    let waiting = Mutex::new(lookups.iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let actual = Mutex::new(Ok(Actual::default()));
    let work = || {
        while let Some(lookup) = next() {
            let found = look_up(kinds, lookup, api);
            let mut actual = actual.lock().unwrap_or_else(PoisonError::into_inner);
            match (&mut *actual, found) {
                (Ok(actual), Ok(found)) => actual.extend(found),
                (Ok(_), Err(error)) if tolerate(lookup, &error) => {}
                (Ok(_), Err(error)) => *actual = Err(error),
                (Err(_), _) => return,
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..PARALLEL.min(lookups.len()) {
            scope.spawn(work);
        }
    });
    actual.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn look_up(kinds: &Kinds, lookup: &Lookup, api: &dyn Api) -> Result<Actual, ApiError> {
    let mut actual = Actual::default();
    let (Lookup::List(name) | Lookup::Get(name, _)) = lookup;
    let Some(kind) = kinds.get(name) else { return Ok(actual) };
    match lookup {
        Lookup::List(_) => {
            let list = kind.list.as_ref();
            if let Some((list, listing)) = list.and_then(|it| Some((it, it.listing()?)))
            {
                let request = Request::new(list, &Value::Null, None);
                api.list(&request, listing, &mut |item| actual.add(kinds, kind, item))?;
            }
        }
        Lookup::Get(_, identity) => {
            match api.send(&Request::new(&kind.get, &json!(identity), None)) {
                Ok(value) => actual.insert(name, identity.clone(), value),
                Err(error) if error.status == Some(404) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(actual)
}
