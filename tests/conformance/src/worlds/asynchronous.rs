//! The async client.

use std::sync::LazyLock;

use ngrok_client::{Client, List, Result};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

use super::World;
use crate::API_KEY;

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "both clients are called with one text")]
mod calls;

/// Where all calls of all tests run.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("there are threads and sockets")
});

pub(super) fn world(url: &str) -> World {
    let builder = Client::builder().api_key(API_KEY).base_url(url).max_retries(0);
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
