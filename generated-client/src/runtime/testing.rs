//! Testing programs that use this crate, without a server: transports that respond from a script or a recording, in
//! memory, for both clients.
//!
//! ```
//! # #[cfg(feature = "blocking")] {
#![doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Call, blocking::Client, testing::Script};")]
//! use serde_json::{Value, json};
//!
//! let script = Script::new()
//!     .on("GET", "/things/{id}").reply(200, json!({ "id": "t_1", "name": "one" }));
//! let client = Client::builder().api_key("any").transport(script.clone()).build()?;
//!
//! // What is to be tested; in earnest, a service of the client.
//! let call = Call::get(&client, "ThingsGet", "/things/{id}").param("id", "t_1");
//! let thing: Value = call.send()?;
//!
//! assert_eq!(thing["name"], "one");
//! assert_eq!(script.requests()[0].path(), "/things/t_1");
//! assert_eq!(script.left(), 0);
//! # }
#![doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
//! ```
//!
//! Recorded traffic can be replayed: send calls through [`record`], keep
//! [`Recording::to_har`] in a file, and replay it with [`Script::replay`].
//!
//! ```no_run
//! # #[cfg(feature = "blocking")] {
#![doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Limits, testing};")]
#![doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::blocking::{Client, HttpTransport};")]
#![doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::testing::{Recording, Script};")]
//!
//! let recorder = testing::record(HttpTransport::new(Limits::default()));
//! let client = Client::builder().read_env().transport(recorder.clone()).build()?;
//! // … calls …
//! std::fs::write("tests/calls.har", recorder.recording().to_har())?;
//!
//! // In the test, without a network:
//! let recording = Recording::from_har(&std::fs::read_to_string("tests/calls.har")?)?;
//! let script = Script::replay(&recording);
//! let client = Client::builder().api_key("any").transport(script).build()?;
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use ngrok_client_testing::{
    Fault, NotHar, On, ReceivedRequest, Recorder, Recording, Script, Scrubber,
};

use crate::runtime::facts::API;

/// Records the traffic of a transport, without the secrets of the API that [`Scrubber`] detects.
#[must_use]
pub fn record<T>(transport: T) -> Recorder<T> {
    Recorder::new(transport, Scrubber::new(&API))
}
