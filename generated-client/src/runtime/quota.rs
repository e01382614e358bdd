//! The quota that the API gives an account.

use std::time::Duration;

use ngrok_client_core::quota::Quota;

use crate::api;

/// A new quota of as many requests as the API allows an account.
///
/// Make one for each account, and hand it to every client that uses the account:
/// `Client::builder().quota(&quota)`.
#[must_use]
pub fn account_quota() -> Quota {
    let window = Duration::from_secs(api::RATE_LIMIT_SECONDS);
    Quota::new(api::RATE_LIMIT_REQUESTS, window)
}
