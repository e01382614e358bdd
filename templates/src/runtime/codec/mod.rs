//! JSON encoding and decoding of values. Takes any serde serializer or deserializer; provides serde's traits for
//! the types of this crate, so that they work with everything based on serde.
//!
//! Types are not derived but listed: [`record!`], [`resource!`], [`union!`] and [`open_enum!`] expand to one short
//! `match` per type, and the code around it exists once, here. That keeps builds fast: nothing in this module is
//! compiled to machine code before a caller decodes or encodes a value.
//!
//! Decoding is tolerant where the server may change: a field that is absent or null keeps its default, a key that is
//! new is skipped, and a value that is new to an enum or a union is kept. It is strict where a mistake would go
//! unseen: a value of another JSON type is an error, and so is a resource without an id. What is sent is read strictly,
//! see [`Request`].
//!
//! This module knows neither the meaning of the types nor the source of the JSON.

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
pub use self::record::{FieldDecoder, FieldVisitor, Record};
pub(crate) use self::record::{debug_record, decode_record, encode_record};
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
