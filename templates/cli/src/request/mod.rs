//! From arguments to requests: takes path, query and body; returns a validated [`Draft`](ngrok_client_core::Draft).

mod body;
mod draft;
mod dry_run;
mod filter;
mod skeleton;
pub(crate) mod source;
mod validate;
mod value;

pub(crate) use body::{body, untyped_fields};
pub(crate) use draft::{Request, path_values, query_values};
pub(crate) use dry_run::print as print_dry_run;
pub(crate) use skeleton::skeleton;
pub(crate) use validate::{flag_of, problems};
