//! Plan and apply for HTTP APIs.
//!
//! Files define the desired resources ([`Documents`]); the [`State`] contains what was applied last; the API returns the existing ones
//! ([`Actual`]). A [`Plan`] is computed from these without I/O, and [`apply`] makes its calls through an [`Api`]. All of it is generic over
//! the model of the API ([`Kinds`]): no resource is named in this crate.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod actual;
mod api;
mod apply;
mod call;
mod compare;
mod document;
mod export;
mod kind;
mod order;
mod plan;
mod planner;
mod reference;
mod render;
mod shape;
mod state;
mod step;
mod store;
mod subject;

pub use actual::{Actual, Lookup};
pub use api::{Api, ApiError, Request, fetch, update};
pub use apply::{Applied, Progress, apply};
pub use compare::{equivalent, is_empty, same_elements};
pub use document::{Documents, Problem, Resource};
pub use export::export;
pub use kind::{Embedded, Kind, Kinds};
pub use plan::{After, Change, Inputs, Item, Outcome, Plan};
pub use reference::{Address, Reference, references, resolve};
pub use render::{json, text};
pub use shape::{Field, Shape};
pub use state::{Entry, Identity, State};
pub use step::{Action, Step};
pub use store::{Store, write_private};
