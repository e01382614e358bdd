//! The async client.

use std::sync::LazyLock;

use ngrok_client::testing::{Recorder, record};
use ngrok_client::{Builder, Client, HttpTransport, Limits, List, Result};
use serde::de::DeserializeOwned;
use tokio::runtime::{self, Runtime};

use super::{Record, World, watch};
use crate::{API_KEY, CANARY};

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "both clients are called with one text")]
mod calls;

/// Where all calls of all tests run.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime =
        runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("there are threads and sockets")
});

pub(super) fn world(url: &str) -> World {
    made(Client::builder(), url)
}

/// The client, and all that it sent and was answered so far.
pub(super) fn recorded(url: &str) -> (World, Record) {
    let transport = HttpTransport::new(Limits::default()).expect("TLS is not asked for");
    let recorder = record(transport);
    let builder = Client::builder()
        .header("x-canary", CANARY)
        .transport(recorder.clone())
        .on_exchange(watch);
    (made(builder, url), Box::new(move || Recorder::recording(&recorder).to_har()))
}

fn made(builder: Builder<Client>, url: &str) -> World {
    let builder = builder.api_key(API_KEY).base_url(url).max_retries(0);
    let mut debug = vec![format!("{builder:?}")];
    let client = builder.build().expect("the settings are right");
    debug.push(format!("{client:?} {client:#?}"));
    calls::TABLES.world("async", &client, debug)
}

fn wait<F: IntoFuture>(future: F) -> F::Output {
    RUNTIME.block_on(async { future.await })
}

fn collect<T: DeserializeOwned, Q>(list: List<T, Client, Q>) -> Result<Vec<T>> {
    wait(list.items().try_collect())
}
