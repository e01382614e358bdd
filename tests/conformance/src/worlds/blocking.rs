//! The blocking client.

use ngrok_client::blocking::Client;
use ngrok_client::{List, Result};
use serde::de::DeserializeOwned;

use super::World;
use crate::API_KEY;

#[path = "calls.rs"]
#[allow(clippy::duplicate_mod, reason = "both clients are called with one text")]
mod calls;

pub(super) fn world(url: &str) -> World {
    let builder = Client::builder().api_key(API_KEY).base_url(url).max_retries(0);
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
