//! From arguments to requests: takes path, query and body; returns a validated [`Draft`](ngrok_client_core::Draft).

mod body;
mod draft;
mod skeleton;
pub(crate) mod source;

pub(crate) use body::{body, problems, untyped_fields};
#[cfg(feature = "mcp")]
pub(crate) use draft::query_problems;
pub(crate) use draft::{Request, paths, print_dry_run, query_values};
pub(crate) use skeleton::skeleton;
