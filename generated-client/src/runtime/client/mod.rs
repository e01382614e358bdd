//! What the async and the blocking client have in common, and the async one.

#[cfg(feature = "async")]
mod asynchronous;

use std::fmt::Debug;

#[cfg(feature = "async")]
pub use asynchronous::Client;
#[cfg(feature = "async")]
pub(crate) use asynchronous::Pending;

/// A client, async or blocking: what services, calls and lists are generic over.
///
/// Implemented by `Client` and `blocking::Client` alone.
pub trait ApiClient: Clone + Debug + Send + Sync + sealed::Sealed {}

pub(crate) mod sealed {
    //! What a client does for the rest of the crate, out of reach of others.

    use ngrok_client_core::Config;

    use crate::runtime::Result;

    /// The inside of a client.
    #[allow(unnameable_types, reason = "it keeps others from implementing `ApiClient`")]
    pub trait Sealed: Sized {
        /// What sends its requests.
        type Transport;
        /// A page that is on its way.
        type Pending: Default;

        /// A client of these settings, with the built-in transport unless another is given.
        fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self>;

        /// Its settings.
        fn config(&self) -> &Config;
    }
}
