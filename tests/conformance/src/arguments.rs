//! Untyped arguments of operations.

use ngrok_client::{Id, Ref};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The arguments of an operation.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// Path parameters, in the order of the path.
    pub parameters: Vec<String>,
    /// The optional parts of body and query to set.
    pub fill: Fill,
    /// The resource that an instance method is called on.
    pub resource: Value,
}

/// The optional parts of a request to set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Required parts only.
    #[default]
    Required,
    /// All parts.
    Full,
}

/// A value that a request can contain.
pub(crate) trait Sample: Sized {
    /// Returns a value with required fields only.
    fn required() -> Self;

    /// Returns a value with all fields.
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
    // By way of a string, as everything else here: another deserializer would double the compiled code.
    serde_json::from_slice(json.to_string().as_bytes()).expect("examples can be decoded")
}
