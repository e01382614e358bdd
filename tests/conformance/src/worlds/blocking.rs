//! The blocking client.

use ngrok_client::blocking::{Client, HttpTransport};
use ngrok_client::testing::{Recorder, record};
use ngrok_client::{Builder, Limits, List, Result};
use serde::de::DeserializeOwned;

use super::{Record, World, watch};
use crate::{API_KEY, CANARY};

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "both clients are called with one text")]
mod calls;

pub(super) fn world(url: &str) -> World {
    made(Client::builder(), url)
}

/// The client, and all that it sent and was answered so far.
pub(super) fn recorded(url: &str) -> (World, Record) {
    let transport = HttpTransport::new(Limits::default());
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
    calls::TABLES.world("blocking", &client, debug)
}

/// Nothing to wait for: the call is done.
fn wait<T>(done: T) -> T {
    done
}

fn collect<T: DeserializeOwned, Q>(list: List<T, Client, Q>) -> Result<Vec<T>> {
    list.items().collect()
}
