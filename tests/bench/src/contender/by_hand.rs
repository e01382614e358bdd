//! Shared code of both hand-written loops: the page and its first address.

use ngrok_client::types::IpPolicy;
use serde::Deserialize;

use crate::pages::{PAGE, id};

/// A page of the list, with the client's own structs.
#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) ip_policies: Vec<IpPolicy>,
    pub(super) next_page_uri: Option<String>,
}

/// Returns the address of the first page.
pub(super) fn first(url: &str) -> String {
    format!("{url}/ip_policies?limit={PAGE}")
}

/// Returns the address of one resource.
pub(super) fn item(url: &str) -> String {
    format!("{url}/ip_policies/{}", id(1))
}
