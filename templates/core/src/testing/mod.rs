//! Test transports: one that responds from a script or a recording, in memory, and one that records the traffic of
//! another. For both clients.
//!
//! Requests are stored without the API key; responses come from the script. Nothing in here knows an API, except
//! for the secret fields of a [`Scrubber`].

#[doc(hidden)]
pub mod archive;
mod exchange;
mod har;
mod received;
mod recorder;
mod script;
mod scrub;
mod step;

pub use har::NotHar;
pub(crate) use received::KeyHeader;
pub use received::ReceivedRequest;
pub use recorder::{Recorder, Recording};
pub use script::Script;
pub use scrub::Scrubber;
pub use step::{Fault, On};
