//! What both loops written by hand share: the page, and where it starts.

use ngrok_client::types::IpPolicy;
use serde::Deserialize;

use crate::pages::{PAGE, id};

/// A page of the list, of the client's own structs.
#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) ip_policies: Vec<IpPolicy>,
    pub(super) next_page_uri: Option<String>,
}

/// Where the list begins.
pub(super) fn first(url: &str) -> String {
    format!("{url}/ip_policies?limit={PAGE}")
}

/// Where one resource is.
pub(super) fn item(url: &str) -> String {
    format!("{url}/ip_policies/{}", id(1))
}
