//! What an operation is called with, before it has a type.

use ngrok_client::{Id, Ref};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What an operation is called with.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The path parameters, in the order of the path.
    pub parameters: Vec<String>,
    /// How much the body and the query say.
    pub fill: Fill,
    /// The resource that an instance method is called on.
    pub resource: Value,
}

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// What has to be said, and nothing else.
    #[default]
    Required,
    /// All that can be said.
    Full,
}

/// A value that a request can carry.
pub(crate) trait Sample: Sized {
    /// With what is required, and nothing else.
    fn required() -> Self;

    /// With all there is.
    fn full() -> Self;
}

impl Arguments {
    pub(crate) fn parameter(&self, index: usize) -> &str {
        self.parameters.get(index).map_or("", String::as_str)
    }

    pub(crate) fn id<T>(&self) -> Id<T> {
        Id::new(self.parameter(0))
    }

    pub(crate) fn reference<T>(&self) -> Ref<T> {
        parsed(&json!({ "id": self.parameter(0) }))
    }

    pub(crate) fn resource<T: DeserializeOwned>(&self) -> T {
        parsed(&self.resource)
    }

    pub(crate) fn body<T: Sample>(&self) -> T {
        match self.fill {
            Fill::Required => T::required(),
            Fill::Full => T::full(),
        }
    }
}

fn parsed<T: DeserializeOwned>(json: &Value) -> T {
    // By way of text, as everything else here: another deserializer would double what is compiled.
    serde_json::from_slice(json.to_string().as_bytes()).expect("examples can be decoded")
}
