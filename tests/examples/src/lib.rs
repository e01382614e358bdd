//! The examples that `cargo xtask explain` shows, as requests.

use ngrok_client::HttpRequest;

/// What an example says of a request, and the request that its Rust makes.
#[derive(Debug)]
pub struct Sent {
    /// Id of the operation.
    pub id: &'static str,
    /// HTTP method of the curl.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// Its body.
    pub body: Option<&'static str>,
    /// What the Rust would send.
    pub request: Result<HttpRequest, Box<dyn std::error::Error>>,
}

#[allow(
    clippy::all,
    clippy::pedantic,
    deprecated,
    missing_docs,
    unused_imports,
    unused_variables,
    reason = "examples are as short as they can be, and show what is deprecated as well"
)]
mod examples {
    use ngrok_client::blocking::Client;
    use ngrok_client::types::*;
    use ngrok_client::{Ref, Timestamp};

    use super::Sent;

    include!(concat!(env!("OUT_DIR"), "/explain.rs"));
}

pub use examples::requests;
