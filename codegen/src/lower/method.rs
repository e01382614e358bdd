//! HTTP methods.

use crate::{model, spec};

impl From<spec::Method> for model::Method {
    fn from(method: spec::Method) -> Self {
        match method {
            spec::Method::Get => Self::Get,
            spec::Method::Post => Self::Post,
            spec::Method::Patch => Self::Patch,
            spec::Method::Put => Self::Put,
            spec::Method::Delete => Self::Delete,
        }
    }
}
