//! The half of the client that is written by hand: clients, calls, lists, errors, values
//! and how they become JSON. It knows no resource. `src/runtime` is copied into the
//! generated crate as it stands; what is said here of the API (`api`, `error_codes`) is
//! made up, for the tests.

mod api;
mod error_codes;
mod runtime;
#[cfg(test)]
mod tests;

pub use runtime::*;
