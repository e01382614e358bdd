//! What the async and the blocking client have in common, and the async one.

#[cfg(feature = "async")]
mod asynchronous;

use std::fmt::Debug;

use ngrok_client_core::Threaded;

#[cfg(feature = "async")]
pub use asynchronous::Client;
#[cfg(feature = "async")]
pub(crate) use asynchronous::Pending;

/// A client, async or blocking: what services, calls and lists are generic over.
///
/// Implemented by `Client` and `blocking::Client` alone.
pub trait ApiClient: Clone + Debug + Threaded + sealed::Sealed {}

pub(crate) mod sealed {
    //! What a client does for the rest of the crate, out of reach of others.

    use ngrok_client_core::{Config, Draft, Reply};

    use crate::runtime::Result;

    /// The inside of a client.
    #[allow(unnameable_types, reason = "it keeps others from implementing `ApiClient`")]
    pub trait Sealed: Sized {
        /// What sends its requests.
        type Transport;
        /// A call that is under way, or could be.
        type Pending;

        /// A client of these settings, with the built-in transport unless another is given.
        fn assemble(config: Config, transport: Option<Self::Transport>) -> Result<Self>;

        /// Its settings.
        fn config(&self) -> &Config;

        /// Sends a request before anybody waits for the reply.
        fn begin(&self, draft: Box<Draft>) -> Self::Pending;

        /// Gives the memory of a reply back, which nobody needs any more.
        fn reuse(&self, reply: Reply);
    }
}
