//! API-independent runtime of generated clients: requests and their retries, replies and errors, pages, addresses and
//! timestamps.
//!
//! A call is a [`Draft`] until it is sent. Then an [`Exchange`] decides, without I/O, how to proceed after each
//! attempt; a [`Session`](session::Session) sends attempts through a [`Transport`] and waits as the exchange
//! requires; the final [`Reply`] is decoded in the caller's crate. The headers and keys of an API are in an
//! [`Api`].
//!
//! It is a separate crate because it does not change with an API: almost nothing in here has a type parameter, so that
//! regenerating a client does not compile it again. Transports, which change even less and take longer to compile, are in
//! the crate `ngrok-client-transport`. Programs use the client, which re-exports the public parts of both.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "hyper", feature = "blocking")),
    allow(dead_code, reason = "without a transport, parts of the settings have no use")
)]
#![cfg_attr(
    all(target_family = "wasm", target_os = "unknown"),
    allow(
        clippy::arc_with_non_send_sync,
        reason = "the contents are `Send` on targets with threads"
    )
)]

mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
mod calendar;
#[cfg(feature = "blocking")]
mod cancel;
pub mod config;
mod cursor;
mod cycle_guard;
mod draft;
pub mod env;
mod error;
mod exchange;
pub mod filter;
mod gzip;
pub mod jitter;
mod json_path;
mod key;
pub mod limits;
mod no_proxy;
mod observe;
mod page_cursor;
mod prepared;
pub mod quota;
mod reply;
pub mod retry;
pub mod secrets;
#[cfg(feature = "async")]
pub mod session;
mod text;
mod timestamp;
mod timestamp_interop;
mod trace;
mod unescape;
pub mod url;

pub use api::Api;
pub use config::{Config, Settings};
pub use cursor::Cursor;
pub use draft::{Draft, Operation};
pub use error::{Error, ErrorKind, Result};
pub use exchange::{Exchange, Step};
pub use gzip::{HAS_GZIP, decompressed};
pub use json_path::json_path;
pub use key::{KeyError, KeyFunction};
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
pub use ngrok_client_transport::FetchTransport;
#[cfg(feature = "hyper")]
pub use ngrok_client_transport::HttpTransport;
#[cfg(feature = "async")]
pub use ngrok_client_transport::{BoxFuture, Transport};
pub use ngrok_client_transport::{
    HAS_TLS, HttpRequest, HttpResponse, Limits, Network, Threaded, TransportError, clock,
};
pub use observe::{Event, Observer};
pub use page_cursor::{PageCursor, ParsePageCursorError};
pub use reply::Reply;
pub use retry::RetryPolicy;
pub use text::{excerpt, text};
pub use timestamp::{Timestamp, TimestampError};
/// A string whose memory is wiped when it is dropped.
pub use zeroize::Zeroizing;
