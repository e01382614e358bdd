//! The resource-independent part of the client: clients, calls, lists, errors, values and their JSON encoding.
//!
//! Re-exports are the public API of the crate; the modules themselves are private.
//!
//! API-independent code is in the crate `ngrok-client-core`; this module is generic over types of the API, so that
//! it is compiled only where a caller uses it.

#![cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    allow(dead_code, reason = "without a client nothing is sent")
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod client;
pub(crate) mod codec;
mod error;
mod error_code;
pub(crate) mod facts;
pub mod filter;
pub mod list;
mod quota;
mod shorthand;
#[cfg(feature = "testing")]
pub mod testing;
mod validate;
pub(crate) mod values;

pub use builder::Builder;
#[cfg(feature = "async")]
pub use call::CallFuture;
pub use call::{Call, Response};
pub use client::ApiClient;
#[cfg(feature = "async")]
pub use client::Client;
// Bounds of public items refer to these; programs do not name them.
#[doc(hidden)]
pub use codec::{
    Entry, FieldDecoder, FieldVisitor, Plain, Record, Request, Union, Value,
};
pub use codec::{OpenEnum, UnknownVariant};
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use codec::{open_enum, record, request, resource, union};
pub use error::{Error, Result};
pub(crate) use error_code::error_codes;
pub use error_code::{ErrorCode, ParseErrorCodeError};
pub(crate) use facts::secret_fields;
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use filter::filters;
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use list::{Filterable, Filtered, Paged, Unpaged};
#[doc(inline)]
pub use list::{Items, List, Page, Pages};
pub use ngrok_client_core::ErrorKind;
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
pub use ngrok_client_core::FetchTransport;
#[cfg(feature = "hyper")]
pub use ngrok_client_core::HttpTransport;
pub use ngrok_client_core::quota::{Priority, Quota};
#[cfg(feature = "async")]
pub use ngrok_client_core::{BoxFuture, Transport};
pub use ngrok_client_core::{Event, Observer, RetryPolicy};
pub use ngrok_client_core::{HttpRequest, HttpResponse, Limits, TransportError};
pub use ngrok_client_core::{PageCursor, ParsePageCursorError};
pub use quota::account_quota;
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use shorthand::{
    body, client_services, fetch, field_type, group, service, setter,
};
pub use validate::{Invalid, Problem, Validate};
pub use values::{
    AnyResource, Fetch, Id, IntoId, IntoOption, IntoPatch, IntoValue, Null, Patch, Ref,
    Resource, Sensitive, Timestamp, TimestampError, WithSecrets,
};
