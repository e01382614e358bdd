//! Common interface of the async and the blocking client, and the async client.

#[cfg(feature = "async")]
mod asynchronous;

use std::fmt::Debug;

use ngrok_client_core::Threaded;

#[cfg(feature = "async")]
pub use asynchronous::Client;
#[cfg(feature = "async")]
pub(crate) use asynchronous::Pending;

/// A client, async or blocking: services, calls and lists are generic over it.
///
/// Implemented by `Client` and `blocking::Client` only.
pub trait ApiClient: Clone + Debug + Threaded + sealed::Sealed {}

pub(crate) mod sealed {
    //! Internal interface of clients, not accessible to other crates.

    use ngrok_client_core::{Config, Draft, Reply};

    use crate::runtime::Result;

    /// The internals of a client.
    #[allow(
        unnameable_types,
        reason = "it prevents implementations of `ApiClient` in other crates"
    )]
    pub trait Sealed: Sized {
        /// Type of its transport.
        type Transport;
        /// A pending call.
        type Pending;

        /// Creates a client with these settings, and the built-in transport unless another is given.
        fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self>;

        /// Returns its configuration.
        fn config(&self) -> &Config;

        /// Starts sending a request before its reply is awaited.
        fn begin(&self, draft: Box<Draft>) -> Self::Pending;

        /// Returns the buffer of a reply that is no longer needed.
        fn reuse(&self, reply: Reply);
    }
}
