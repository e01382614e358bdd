//! The provider in a real Terraform, against the fake API server.
//!
//! `cargo xtask ci terraform` runs these tests; it sets `TERRAFORM` to a program that takes the arguments of Terraform.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod data;
mod killed;
mod life;
#[path = "../../../../tests/server/tests/api/made_up.rs"]
#[allow(dead_code, reason = "shared with the tests of the server")]
mod made_up;
mod official;
#[path = "../../../../tests/server/tests/api/raw.rs"]
#[allow(dead_code, reason = "shared with the tests of the server")]
mod raw;
mod secret;
mod support;
