//! API-independent runtime of generated clients: requests and their retries, replies and errors, pages, addresses,
//! timestamps, and transports.
//!
//! A call is a [`Draft`] until it is sent. Then an [`Exchange`] decides, without I/O, how to proceed after each
//! attempt; a [`Session`](session::Session) sends attempts through a [`Transport`] and waits as the exchange
//! requires; the final [`Reply`] is decoded in the caller's crate. The headers and keys of an API are in an
//! [`Api`].
//!
//! It is a separate crate because it does not change with an API, and because it takes longest to compile: almost
//! nothing in here has a type parameter, so that regenerating a client does not compile it again. Programs use the
//! client, which re-exports the public parts.

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

#[cfg(all(
    target_family = "wasm",
    target_os = "unknown",
    any(
        feature = "blocking",
        feature = "http2",
        feature = "hyper",
        feature = "native-roots",
        feature = "webpki-roots"
    )
))]
compile_error!(
    "the features `blocking`, `hyper`, `http2`, `native-roots` and `webpki-roots` need \
     sockets or threads, which browsers do not have: disable the default features and \
     enable `fetch`, or use a custom transport of the async client"
);

mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
mod calendar;
#[cfg(feature = "blocking")]
mod cancel;
pub mod clock;
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
mod secrets;
#[cfg(feature = "async")]
pub mod session;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod threaded;
mod timestamp;
mod timestamp_interop;
mod trace;
mod transport;
mod unescape;
pub mod url;

pub use api::Api;
pub use config::{Config, Settings};
pub use cursor::Cursor;
pub use draft::{Draft, Operation};
pub use error::{Error, ErrorKind, Result};
pub use exchange::{Exchange, Step};
pub use gzip::HAS_GZIP;
pub use json_path::json_path;
pub use key::{KeyError, KeyFunction};
pub use observe::{Event, Observer};
pub use page_cursor::{PageCursor, ParsePageCursorError};
pub use reply::Reply;
pub use retry::RetryPolicy;
pub use text::{excerpt, text};
pub use threaded::Threaded;
pub use timestamp::{Timestamp, TimestampError};
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
pub use transport::FetchTransport;
#[cfg(feature = "hyper")]
pub use transport::HttpTransport;
#[cfg(feature = "async")]
pub use transport::{BoxFuture, Transport};
pub use transport::{
    HAS_TLS, HttpRequest, HttpResponse, Limits, Network, TransportError,
};
/// A string whose memory is wiped when it is dropped.
pub use zeroize::Zeroizing;
