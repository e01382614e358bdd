//! The part of the client that knows no resource: clients, calls, lists, errors, values
//! and how they become JSON.
//!
//! What is re-exported here is what the crate offers; the modules themselves stay private.
//!
//! A call is a [`Draft`](draft::Draft) until it is sent. Then an
//! [`Exchange`](exchange::Exchange) decides, without I/O, what each attempt means; a
//! driver (`client`, `blocking`) sends attempts through a transport and waits where the
//! exchange says so; the [`Reply`](reply::Reply) at its end is decoded in the caller's
//! crate.

#![cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    allow(dead_code, reason = "without a client nothing is sent")
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
pub(crate) mod chance;
mod client;
pub(crate) mod codec;
pub(crate) mod config;
pub(crate) mod draft;
pub(crate) mod env;
pub(crate) mod error;
mod error_code;
pub(crate) mod exchange;
pub(crate) mod list;
pub(crate) mod reply;
pub(crate) mod retry;
mod shorthand;
pub(crate) mod transport;
pub(crate) mod url;
pub(crate) mod values;

pub use builder::Builder;
#[cfg(feature = "async")]
pub use call::CallFuture;
pub use call::{Call, Response};
pub use client::ApiClient;
#[cfg(feature = "async")]
pub use client::Client;
// What the bounds of public items name; nobody needs to spell it.
#[doc(hidden)]
pub use codec::{Entry, Plain, Record, Union, Value};
pub use codec::{OpenEnum, UnknownVariant};
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use codec::{open_enum, record, resource, union};
pub use error::{Error, ErrorKind, Result};
pub use error_code::{ErrorCode, ParseErrorCodeError};
pub(crate) use error_code::{NamedCode, error_codes};
pub use list::{
    Filterable, Filtered, Items, List, Page, Paged, Pages, Unfiltered, Unpaged,
};
pub use retry::RetryPolicy;
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use shorthand::{client_services, fetch, group, service, setter, setters};
#[cfg(feature = "async")]
pub use transport::{BoxFuture, Transport};
pub use transport::{HttpRequest, HttpResponse, Limits, TransportError};
pub use values::{
    AnyResource, Fetch, Id, IntoId, IntoPatch, IntoValue, Null, Patch, Ref, Resource,
    Sensitive, Timestamp, TimestampError,
};
