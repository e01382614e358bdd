//! Calls: take an operation and its arguments, return a request that either client can send.

#[cfg(feature = "async")]
mod future;
mod response;

use std::fmt;
use std::time::Duration;

use http::Method;
use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;

#[cfg(feature = "async")]
pub use future::CallFuture;
pub use response::Response;

use ngrok_client_core::limits::{Check, check_text};
use ngrok_client_core::quota::Priority;
use ngrok_client_core::{Draft, HttpRequest, Operation, Reply};

use crate::runtime::Result;
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Client as BlockingClient;
use crate::runtime::client::ApiClient;
use crate::runtime::codec::Record;
use crate::runtime::facts::API;
use crate::runtime::values::WithSecrets;

/// Decodes a reply.
pub(crate) type Decode<T> = fn(&Reply) -> Result<T>;

/// One call of the API, which returns a `T`.
///
/// Services create calls, and nothing is sent before `send`. With the async client a call can also be awaited directly.
///
/// # Calls without a method
///
/// Operations that this version of the crate does not support can be called manually:
///
/// ```no_run
/// # #[cfg(feature = "blocking")] {
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Call, blocking::Client};")]
///
/// let client = Client::from_env()?;
/// let thing: serde_json::Value =
///     Call::get(&client, "ThingsGet", "/things/{id}").param("id", "t_1").send()?;
/// # }
#[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
/// ```
#[must_use = "a call does nothing until it is sent: use `.send()` with the blocking client, and `.await` with the async one"]
pub struct Call<T, C> {
    client: C,
    /// Boxed, since a call moves with each of its settings.
    draft: Box<Draft>,
    decode: Decode<T>,
}

impl<T: DeserializeOwned + 'static, C: ApiClient> Call<T, C> {
    /// Creates a GET of a path, which may have parameters in braces. `operation` is its name in errors.
    pub fn get(client: &C, operation: &'static str, path: &str) -> Self {
        Self::new(client, operation, Method::GET, path)
    }

    /// Creates a POST to a path.
    pub fn post(client: &C, operation: &'static str, path: &str) -> Self {
        Self::new(client, operation, Method::POST, path)
    }

    /// Creates a PATCH of a path.
    pub fn patch(client: &C, operation: &'static str, path: &str) -> Self {
        Self::new(client, operation, Method::PATCH, path)
    }

    /// Creates a PUT to a path.
    pub fn put(client: &C, operation: &'static str, path: &str) -> Self {
        Self::new(client, operation, Method::PUT, path)
    }

    /// Creates a DELETE of a path.
    pub fn delete(client: &C, operation: &'static str, path: &str) -> Self {
        Self::new(client, operation, Method::DELETE, path)
    }

    fn new(client: &C, operation: &'static str, method: Method, path: &str) -> Self {
        let operation = Operation { name: operation, items: "" };
        Self::of(client, Draft::new(&API, operation, method, path), decode)
    }
}

impl<T, C: ApiClient> Call<T, C> {
    /// Creates a call with its own decoder.
    pub(crate) fn of(client: &C, draft: Draft, decode: Decode<T>) -> Self {
        Self { client: client.clone(), draft: Box::new(draft), decode }
    }

    /// Sets a path parameter, escaped. Empty strings, `.` and `..` are rejected when the call is sent.
    pub fn param(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.draft.param(name, value.as_ref());
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.draft.query(name, value.to_string());
        self
    }

    /// Sets the body.
    pub fn body<B: Serialize + ?Sized>(mut self, body: &B) -> Self {
        self.draft.body(serde_json::to_vec(&WithSecrets(body)));
        self
    }

    /// Sets the body to a type of the API.
    #[allow(dead_code, reason = "for generated modules")]
    pub(crate) fn record<B: Record>(mut self, body: &B) -> Self {
        self.draft.body_type = Some(B::NAME);
        self.body(body)
    }

    /// Enables or disables validation of the body, instead of the client's setting. See
    /// [`Validate`](crate::runtime::Validate).
    pub fn validate_body(mut self, validate: bool) -> Self {
        self.draft.validate = Some(validate.then_some(check_text as Check));
        self
    }

    /// Sets the body to an empty object.
    pub fn empty_body(mut self) -> Self {
        self.draft.body(Ok(b"{}".to_vec()));
        self
    }

    /// Sets the timeout of each attempt, instead of the client's setting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of retries, instead of the client's setting.
    pub fn retries(mut self, retries: u32) -> Self {
        self.draft.retries = Some(retries);
        self
    }

    /// Sets the priority of this call among others that wait for the client's [`Quota`](crate::Quota). Without a
    /// quota it has no effect.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.draft.priority = priority;
        self
    }

    /// Sets a header of this call. The API key's header and those that frame the message cannot be set.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    /// Returns the request without sending it, with `[redacted]` in place of the API key.
    pub fn request(&self) -> Result<HttpRequest> {
        Ok(self.draft.clone().build(self.client.config())?)
    }
}

fn decode<T: DeserializeOwned + 'static>(reply: &Reply) -> Result<T> {
    Ok(reply.decode()?)
}

/// With the blocking client.
#[cfg(feature = "blocking")]
impl<T> Call<T, BlockingClient> {
    /// Sends the call.
    #[doc(alias = "execute")]
    #[doc(alias = "call")]
    pub fn send(self) -> Result<T> {
        (self.decode)(&self.client.run(self.draft)?)
    }

    /// Sends the call, and returns status, headers and operation ID along with the value.
    pub fn send_with_meta(self) -> Result<Response<T>> {
        let reply = self.client.run(self.draft)?;
        Ok(Response::new((self.decode)(&reply)?, reply))
    }
}

impl<T, C: Clone> Clone for Call<T, C> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            draft: self.draft.clone(),
            decode: self.decode,
        }
    }
}

/// Omits query, headers and body.
impl<T, C> fmt::Debug for Call<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.draft).finish()
    }
}
