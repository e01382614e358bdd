//! What holds the generated client against the API description.
//!
//! The build script reads the description and writes Rust that calls every operation and touches every type; this
//! library hides all that behind tables of plain functions ([`World`], [`types`]) and says what the model
//! expects ([`expect`], [`tolerance`]). The tests compare the two. Nothing here names an operation or a type.

pub mod arguments;
pub mod example;
pub mod expect;
pub mod filters;
pub mod server;
pub mod tolerance;
pub mod types;
pub mod worlds;

use std::sync::LazyLock;

use ngrok_codegen::model::Model;

pub use arguments::{Arguments, Fill};
pub use example::Examples;
pub use worlds::{Answer, Prepared, World};

/// The key of every client here. Nothing that prints may show it.
pub const API_KEY: &str = "2k3y_that_nobody_may_see";

/// A secret in a header that a caller adds.
pub const CANARY: &str = "c4nary_that_nobody_may_see";

/// What the description means.
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
