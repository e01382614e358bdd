//! Both clients over real HTTP on loopback, against a server that can also misbehave.
#![cfg(any(feature = "hyper", feature = "blocking"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod changing_lists;
mod clients;
#[cfg(feature = "testing")]
mod doubles;
mod environment;
mod errors;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(all(
    feature = "hyper",
    feature = "http2",
    any(feature = "webpki-roots", feature = "native-roots")
))]
mod http2;
mod keep_alive;
mod limits;
mod lists;
mod observed;
mod prefetch;
mod quota;
mod retries;
#[cfg(feature = "hyper")]
mod runtimes;
#[cfg_attr(
    not(all(feature = "hyper", feature = "blocking")),
    allow(dead_code, reason = "each client uses a part of it")
)]
mod server;
#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
mod tls;
#[cfg(feature = "tracing")]
mod traced;
mod transports;
mod walks;

use ngrok_client_runtime::list::Unfiltered;
use ngrok_client_runtime::{ApiClient, Builder, Call, List, RetryPolicy};
use serde_json::Value;
use std::time::Duration;

use clients::TestClient;
use server::Server;

const KEY: &str = "secret-key-123";

/// The content coding that requests ask for.
const ACCEPTED: &str = if ngrok_client_core::HAS_GZIP { "gzip" } else { "identity" };

/// Returns a client for the server with minimal waits between attempts.
fn client<W: TestClient>(server: &Server) -> W::Client {
    builder::<W>(server).build().unwrap()
}

fn builder<W: TestClient>(server: &Server) -> Builder<W::Client> {
    let quick = RetryPolicy::new().base_wait(Duration::from_millis(1));
    W::builder().api_key(KEY).base_url(server.url()).retry_policy(quick)
}

fn get<C: ApiClient>(client: &C) -> Call<Value, C> {
    Call::get(client, "ThingsGet", "/things/{id}").param("id", "t_1")
}

fn create<C: ApiClient>(client: &C) -> Call<Value, C> {
    Call::post(client, "ThingsCreate", "/things")
        .body(&serde_json::json!({ "name": "x" }))
}

fn list<C: ApiClient>(client: &C) -> List<Value, C, Unfiltered> {
    List::new(client, "ThingsList", "/things", "things")
}
