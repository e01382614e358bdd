//! Test doubles for generated API clients: a transport that responds from a script or a recording, in memory, and one
//! that records the traffic of another. For both clients.
//!
//! A [`Script`] takes the place of the network. The client encodes calls, retries them and decodes their responses as
//! usual; the test determines the responses, and reads the requests afterwards:
//!
//! ```
//! # #[cfg(feature = "blocking")] {
//! use ngrok_client_core::blocking::Transport;
//! use ngrok_client_core::{HttpRequest, Limits};
//! use ngrok_client_testing::Script;
//! use serde_json::json;
//!
//! let script = Script::new()
//!     .on("GET", "/things/{id}").reply(200, json!({ "id": "t_1" }));
//!
//! // A client does this for each attempt of a call.
//! let mut request = HttpRequest::default();
//! *request.uri_mut() = "https://api.example.com/things/t_1".parse()?;
//! let response = script.send(request, Limits::default())?;
//!
//! assert_eq!(response.body(), br#"{"id":"t_1"}"#);
//! assert_eq!(script.requests()[0].path(), "/things/t_1");
//! assert_eq!(script.left(), 0);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Recorder`] sends through another transport and keeps a [`Recording`] without secrets, which can be stored as an
//! HTTP archive (HAR) and replayed with [`Script::replay`].
//!
//! Requests are stored without the API key; responses come from the script. Nothing in here knows an API, except
//! for the secret fields of a [`Scrubber`].
//!
//! It is a separate crate so that programs compile it with their tests only. Programs use the module `testing` of the
//! client, which its feature `testing` enables and which re-exports the public parts.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    allow(dead_code, reason = "without a client, nothing is sent")
)]

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
pub use received::ReceivedRequest;
pub use recorder::{Recorder, Recording};
pub use script::Script;
pub use scrub::Scrubber;
pub use step::{Fault, On};
