//! Plans applied to an account of the fake API server, over HTTP.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod equivalent;
mod exported;
mod keys;
mod life;
#[path = "../../../../tests/server/tests/api/made_up.rs"]
#[allow(dead_code, reason = "shared with the tests of the server")]
mod made_up;
mod random;
#[path = "../../../../tests/server/tests/api/raw.rs"]
#[allow(dead_code, reason = "shared with the tests of the server")]
mod raw;
mod referring;
mod size;
mod store;
