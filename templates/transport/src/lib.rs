//! Transports: take a plain HTTP request, return a plain response or an opaque error. They know no API, no key and
//! no retries.
//!
//! It is a separate crate because it changes least and takes longest to compile: it instantiates hyper, rustls and
//! ureq. Programs use the client, which re-exports the public parts.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "hyper", feature = "blocking")),
    allow(dead_code, reason = "without a transport, parts of the settings have no use")
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

#[cfg(any(feature = "hyper", feature = "blocking"))]
mod addresses;
#[cfg(feature = "async")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod buffer_pool;
pub mod clock;
mod error;
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
mod fetch;
#[cfg(feature = "hyper")]
mod hyper;
mod limits;
mod network;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod proxy;
#[cfg(test)]
mod tests;
mod threaded;

#[cfg(feature = "async")]
pub use asynchronous::{BoxFuture, Transport};
pub use error::TransportError;
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
pub use fetch::FetchTransport;
#[cfg(feature = "hyper")]
pub use hyper::HttpTransport;
pub use limits::Limits;
pub use network::{Network, has_valid_port};
pub use threaded::Threaded;

/// A request as a transport receives it.
pub type HttpRequest = http::Request<Vec<u8>>;
/// A response as a transport returns it.
pub type HttpResponse = http::Response<Vec<u8>>;

/// True if the transports of this crate support TLS: a feature selects the trusted roots.
pub const HAS_TLS: bool = cfg!(any(feature = "webpki-roots", feature = "native-roots"));
