//! The blocking client.

use ngrok_client::blocking::{Client, HttpTransport};
use ngrok_client::testing::{Recorder, record};
use ngrok_client::{Builder, Limits, List, Result};
use serde::de::DeserializeOwned;

use super::{Record, TestClient, watch};
use crate::{API_KEY, CANARY};

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "one source is compiled for both clients")]
mod calls;

pub(super) fn test_client(url: &str) -> TestClient {
    made(Client::builder(), url)
}

/// Returns the client, and the recording of its traffic.
pub(super) fn recorded(url: &str) -> (TestClient, Record) {
    let transport = HttpTransport::new(Limits::default());
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
    calls::TABLES.test_client("blocking", &client, debug)
}

/// Returns the result: the call has completed.
fn wait<T>(done: T) -> T {
    done
}

fn collect<T: DeserializeOwned, Q>(list: List<T, Client, Q>) -> Result<Vec<T>> {
    list.items().collect()
}
