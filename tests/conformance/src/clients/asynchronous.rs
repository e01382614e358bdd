//! The async client.

use std::pin::Pin;
use std::sync::LazyLock;

use ngrok_client::testing::{Recorder, record};
use ngrok_client::{Builder, Client, HttpTransport, Limits, List, Result};
use serde::de::DeserializeOwned;
use tokio::runtime::{self, Runtime};

use super::{Record, TestClient, watch};
use crate::{API_KEY, CANARY};

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "one source is compiled for both clients")]
mod calls;

/// Runtime of all calls of all tests.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime =
        runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("there are threads and sockets")
});

pub(super) fn test_client(url: &str) -> TestClient {
    made(Client::builder(), url)
}

/// Returns the client, and the recording of its traffic.
pub(super) fn recorded(url: &str) -> (TestClient, Record) {
    let transport = HttpTransport::new(Limits::default()).expect("TLS is not used");
    let recorder = record(transport);
    let builder = Client::builder()
        .header("x-canary", CANARY)
        .transport(recorder.clone())
        .on_exchange(watch);
    (made(builder, url), Box::new(move || Recorder::recording(&recorder).to_har()))
}

fn made(builder: Builder<Client>, url: &str) -> TestClient {
    let builder = builder.api_key(API_KEY).base_url(url).max_retries(0);
    let mut debug = vec![format!("{builder:?}")];
    let client = builder.build().expect("the settings are right");
    debug.push(format!("{client:?} {client:#?}"));
    calls::TABLES.test_client("async", &client, debug)
}

fn wait<F: IntoFuture>(future: F) -> F::Output {
    let mut output = None;
    run(Box::pin(async { output = Some(future.await) }));
    output.expect("the call has completed")
}

/// Runs a call. The runtime is compiled once, not for each call.
fn run(call: Pin<Box<dyn Future<Output = ()> + '_>>) {
    RUNTIME.block_on(call);
}

fn collect<T: DeserializeOwned, Q>(list: List<T, Client, Q>) -> Result<Vec<T>> {
    wait(list.items().try_collect())
}
