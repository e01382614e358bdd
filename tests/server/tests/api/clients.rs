//! Tests that are written once and run with both clients.

use std::error::Error;
use std::sync::LazyLock;

use ngrok_client::{Call, Client, List, Result, blocking};
use ngrok_test_server::Server;
use serde_core::de::DeserializeOwned;
use tokio::runtime::Runtime;

/// Result of a test.
pub(crate) type Outcome = std::result::Result<(), Box<dyn Error>>;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Makes a test of each client: `both! { fn name(server, client) { … Ok(()) } }`.
macro_rules! both {
    ($(fn $name:ident($server:ident, $client:ident) $body:block)*) => { $(
        mod $name {
            use super::*;

            #[test]
            fn asynchronous() -> $crate::clients::Outcome {
                let $server = &ngrok_test_server::Server::start()?;
                let $client = &$crate::clients::asynchronous($server)?;
                $body
            }

            #[test]
            fn blocking() -> $crate::clients::Outcome {
                let $server = &ngrok_test_server::Server::start()?;
                let $client = &$crate::clients::blocking($server)?;
                $body
            }
        }
    )* };
}
pub(crate) use both;

/// Returns an async client of a server.
pub(crate) fn asynchronous(server: &Server) -> Result<Client> {
    Client::builder().api_key(server.api_key()).base_url(server.url()).build()
}

/// Returns a blocking client of a server.
pub(crate) fn blocking(server: &Server) -> Result<blocking::Client> {
    blocking::Client::builder().api_key(server.api_key()).base_url(server.url()).build()
}

/// Waits for a call, with either client.
pub(crate) trait Run<T> {
    fn run(self) -> Result<T>;
}

impl<T> Run<T> for Call<T, Client> {
    fn run(self) -> Result<T> {
        RUNTIME.block_on(self.send())
    }
}

impl<T> Run<T> for Call<T, blocking::Client> {
    fn run(self) -> Result<T> {
        self.send()
    }
}

/// Waits for all items of a list, with either client.
pub(crate) trait All<T> {
    fn all(self) -> Result<Vec<T>>;
}

impl<T: DeserializeOwned, Q> All<T> for List<T, Client, Q> {
    fn all(self) -> Result<Vec<T>> {
        RUNTIME.block_on(self.items().try_collect())
    }
}

impl<T: DeserializeOwned, Q> All<T> for List<T, blocking::Client, Q> {
    fn all(self) -> Result<Vec<T>> {
        self.items().collect()
    }
}
