//! The hand-written half of the client: clients, calls, lists, errors, values and their JSON encoding. It knows no
//! resource. `src/runtime` is copied into the generated crate unchanged; the facts about the API (`api`,
//! `error_codes`) are fictitious, for the tests.

mod api;
mod error_codes;
mod runtime;
#[cfg(test)]
mod tests;

pub use runtime::*;
