//! The rate limit that the API grants an account.

use std::time::Duration;

use ngrok_client_core::quota::Quota;

use crate::api;

/// Returns a new quota with the API's rate limit for an account.
///
/// Create one for each account, and pass it to every client that uses the account: `Client::builder().quota(&quota)`.
#[must_use]
pub fn account_quota() -> Quota {
    let window = Duration::from_secs(api::RATE_LIMIT_SECONDS);
    Quota::new(api::RATE_LIMIT_REQUESTS, window)
}
