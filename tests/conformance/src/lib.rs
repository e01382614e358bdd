//! Tests the generated client against the API description.
//!
//! The build script reads the description and generates Rust that calls every operation and uses every type; this library hides it behind
//! tables of plain functions ([`TestClient`], [`types`]) and computes the expectations of the model ([`expect`], [`tolerance`]). The tests
//! compare the two. Nothing here names an operation or a type.

pub mod arguments;
pub mod clients;
pub mod example;
pub mod expect;
pub mod filters;
pub mod server;
pub mod shape;
pub mod tolerance;
pub mod types;

use std::sync::LazyLock;

use ngrok_codegen::model::Model;

pub use arguments::{Arguments, Fill};
pub use clients::{CallResult, Prepared, TestClient};
pub use example::Examples;

/// API key of every client here. It must never be printed.
pub const API_KEY: &str = "2k3y_that_nobody_may_see";

/// A secret in a header that a caller adds.
pub const CANARY: &str = "c4nary_that_nobody_may_see";

/// Returns the model of the description.
///
/// # Panics
///
/// If the build script wrote something else.
#[must_use]
pub fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/model.json"));
        serde_json::from_str(json).expect("the build script wrote a model")
    });
    &MODEL
}
