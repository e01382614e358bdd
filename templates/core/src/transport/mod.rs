//! Transports: take a plain HTTP request, return a plain response or an opaque error. They know no API, no key and
//! no retries.

#[cfg(any(feature = "hyper", feature = "blocking"))]
mod addresses;
#[cfg(feature = "async")]
mod asynchronous;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod buffer_pool;
#[cfg(feature = "hyper")]
mod connector;
#[cfg(feature = "hyper")]
mod dial;
mod error;
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
mod fetch;
#[cfg(feature = "hyper")]
mod hyper;
mod limits;
mod network;
#[cfg(feature = "hyper")]
mod paced;
#[cfg(feature = "hyper")]
mod pools;
#[cfg(any(feature = "hyper", feature = "blocking"))]
mod proxy;
#[cfg(test)]
pub(crate) mod tests;

#[cfg(any(feature = "hyper", feature = "blocking"))]
pub(crate) use addresses::{head_start, in_order};
#[cfg(feature = "async")]
pub use asynchronous::{BoxFuture, Transport};
#[cfg(any(feature = "hyper", feature = "blocking"))]
pub(crate) use buffer_pool::BufferPool;
pub use error::TransportError;
#[cfg(all(feature = "fetch", target_family = "wasm", target_os = "unknown"))]
pub use fetch::FetchTransport;
#[cfg(feature = "hyper")]
pub use hyper::HttpTransport;
pub use limits::Limits;
pub use network::Network;
#[cfg(any(feature = "hyper", feature = "blocking"))]
pub(crate) use proxy::{LONGEST_HEAD, Proxy, ProxyError, is_open};

/// A request as a transport receives it.
pub type HttpRequest = http::Request<Vec<u8>>;
/// A response as a transport returns it.
pub type HttpResponse = http::Response<Vec<u8>>;

/// True if the transports of this crate support TLS: a feature selects the trusted roots.
pub const HAS_TLS: bool = cfg!(any(feature = "webpki-roots", feature = "native-roots"));
