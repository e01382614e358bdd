//! The examples that `cargo xtask explain` shows, as requests.

use ngrok_client::HttpRequest;

/// The request that an example describes, and the one that its Rust makes.
#[derive(Debug)]
pub struct Sent {
    /// ID of the operation.
    pub id: &'static str,
    /// HTTP method in the curl command.
    pub method: &'static str,
    /// Path in the curl command.
    pub path: &'static str,
    /// Body in the curl command.
    pub body: Option<&'static str>,
    /// Request that the Rust code makes.
    pub request: Result<HttpRequest, Box<dyn std::error::Error>>,
}

#[allow(
    clippy::all,
    clippy::pedantic,
    deprecated,
    missing_docs,
    unused_imports,
    unused_variables,
    reason = "examples are as short as possible, and include deprecated operations"
)]
mod examples {
    use ngrok_client::blocking::Client;
    use ngrok_client::types::*;
    use ngrok_client::{Ref, Timestamp};

    use super::Sent;

    include!(concat!(env!("OUT_DIR"), "/explain.rs"));
}

pub use examples::requests;
