//! How values become JSON and come back. What enters is any serde serializer or deserializer; what leaves are serde's
//! traits on the types of this crate, so that whatever speaks serde takes them.
//!
//! Types are not derived, they are listed: [`record!`], [`resource!`], [`union!`] and [`open_enum!`] expand to one
//! short `match` per type, and the code around it is written once, here. That keeps builds fast: nothing in this
//! module is compiled to machine code before a caller decodes or encodes something.
//!
//! Decoding is tolerant where the server may change: a field that is absent or null keeps its default, a key that is
//! new is skipped, and a value that is new to an enum or a union is kept. It is strict where a mistake would go
//! unseen: a value of another JSON type is an error, and so is a resource without an id. What is sent is read strictly,
//! see [`Request`].
//!
//! This module does not know what the types mean, nor where the JSON comes from.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "used by the generated modules, which the runtime on its own does not have"
)]

mod open_enum;
mod record;
mod request;
mod text;
mod union;
mod value;

pub use self::open_enum::OpenEnum;
pub(crate) use self::open_enum::decode_enum;
pub use self::record::{FieldVisitor, Found, Record};
pub(crate) use self::record::{debug_record, decode_record, encode_record, read, skip};
pub use self::request::Request;
pub(crate) use self::request::decode_request;
pub use self::union::{Entry, Union, UnknownVariant};
pub(crate) use self::union::{decode_union, encode_variant};
pub use self::value::{Plain, Value};
// The macros, and those they use.
pub(crate) use self::open_enum::open_enum;
pub(crate) use self::record::{record, request, resource, wire_name};
pub(crate) use self::union::union;
pub(crate) use crate::runtime::values::given;
