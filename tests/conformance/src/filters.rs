//! Filters of lists: all supported conditions on each field.

use ngrok_client::blocking::Client;
use ngrok_client::filter::{Condition, Fields};
use ngrok_client::list::Filtered;
use ngrok_client::{HttpRequest, List, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A filterable field of a list.
#[derive(Debug)]
pub struct FilterField {
    /// ID of the list.
    pub list: &'static str,
    /// Name of the field in the description.
    pub path: &'static str,
    /// Filters on the field, as they are sent.
    pub filters: fn() -> Vec<String>,
}

/// Returns all fields, in the order of the model.
#[must_use]
pub fn fields() -> &'static [FilterField] {
    generated::FILTERS
}

/// Returns the filter of a request.
fn filter<T: DeserializeOwned + 'static, R: Into<Condition>>(
    condition: impl FnOnce(Fields<T>) -> R,
) -> String {
    let list: List<T, _, Filtered> =
        List::new(&client(), "Filtered", "/things", "things");
    sent(list.filter(condition).first_page().request())
}

fn client() -> Client {
    let client = Client::builder().api_key(crate::API_KEY);
    let client = client.base_url("http://127.0.0.1:9").build();
    client.expect("key and address are fine")
}

fn sent(request: Result<HttpRequest>) -> String {
    let request = request.expect("the filter can be sent");
    let query = request.uri().query().unwrap_or_default().to_owned();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let values: Vec<_> = pairs.map(|(_, value)| value.into_owned()).collect();
    assert_eq!(values.len(), 1, "{query}");
    values.concat()
}

/// Returns the number of items at a path that match a filter.
///
/// # Errors
///
/// If the server rejects the filter.
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

#[allow(deprecated, reason = "deprecated operations are included")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    use std::time::Duration;

    use ngrok_client::Timestamp;
    use ngrok_client::types::*;

    use super::{FilterField, filter};

    include!(concat!(env!("OUT_DIR"), "/filters.rs"));
}
