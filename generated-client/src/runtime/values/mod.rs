//! The values of requests and responses: typed IDs and references, timestamps, secrets, changes of nullable fields,
//! and conversions of arguments.
//!
//! This module knows no resource and does no I/O; only [`Fetch`] uses a client, to follow an ID.

mod convert;
mod fetch;
mod id;
mod patch;
mod reference;
mod resource;
mod sensitive;
mod timestamp;

pub(crate) use self::convert::given;
pub use self::convert::{IntoId, IntoOption, IntoPatch, IntoValue};
pub use self::fetch::Fetch;
pub use self::id::Id;
pub use self::patch::{Null, Patch};
pub use self::reference::Ref;
pub use self::resource::{AnyResource, Resource};
pub(crate) use self::sensitive::{REDACTED, are_exposed};
pub use self::sensitive::{Sensitive, WithSecrets};
pub use ngrok_client_core::{Timestamp, TimestampError};
