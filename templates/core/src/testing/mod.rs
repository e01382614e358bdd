//! Doubles for tests: a transport that answers from a script or a recording, in memory,
//! and one that records what goes through another. For both worlds.
//!
//! Requests go in and are kept, without the API key; what the script says comes out.
//! Nothing in here knows an API, except for which fields its [`Scrubber`] is told are
//! secret.

#[doc(hidden)]
pub mod archive;
mod asked;
mod exchange;
mod har;
mod recorder;
mod script;
mod scrub;
mod step;

pub use asked::Asked;
pub(crate) use asked::KeyHeader;
pub use har::NotHar;
pub use recorder::{Recorder, Recording};
pub use script::Script;
pub use scrub::Scrubber;
pub use step::{Fault, On};
