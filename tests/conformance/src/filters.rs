//! What lists are filtered by: for each field, filters that ask all that can be asked of it.

use ngrok_client::blocking::Client;
use ngrok_client::filter::{Condition, Fields};
use ngrok_client::list::Filtered;
use ngrok_client::{List, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A field that a list is filtered by.
#[derive(Debug)]
pub struct FilterField {
    /// The id of the list.
    pub list: &'static str,
    /// What the description calls the field.
    pub path: &'static str,
    /// Filters about it, as they are sent.
    pub filters: fn() -> Vec<String>,
}

/// All of them, in the order of the model.
#[must_use]
pub fn fields() -> &'static [FilterField] {
    generated::FILTERS
}

/// The text of a filter, from the request that it is sent with.
fn filter<T: DeserializeOwned + 'static, R: Into<Condition>>(
    condition: impl FnOnce(Fields<T>) -> R,
) -> String {
    let client = Client::builder().api_key(crate::API_KEY);
    let client = client.base_url("http://127.0.0.1:9").build();
    let client = client.expect("key and address are fine");
    let list: List<T, _, Filtered> = List::new(&client, "Filtered", "/things", "things");
    let request = list.filter(condition).first_page().request();
    let request = request.expect("the filter can be sent");
    let query = request.uri().query().unwrap_or_default().to_owned();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let values: Vec<_> = pairs.map(|(_, value)| value.into_owned()).collect();
    assert_eq!(values.len(), 1, "{query}");
    values.concat()
}

/// How many items of the list at a path are there, of those that a filter chooses.
///
/// # Errors
///
/// If the server refuses the filter.
pub fn count(
    client: &Client,
    path: &str,
    key: &'static str,
    filter: &str,
) -> Result<usize> {
    let list: List<Value, _, Filtered> = List::new(client, "Filtered", path, key);
    let items: Result<Vec<_>> = list.filter_text(filter).items().collect();
    items.map(|items| items.len())
}

#[allow(deprecated, reason = "what is deprecated is still offered")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    use std::time::Duration;

    use ngrok_client::Timestamp;
    use ngrok_client::types::*;

    use super::{FilterField, filter};

    include!(concat!(env!("OUT_DIR"), "/filters.rs"));
}
