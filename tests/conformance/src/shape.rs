//! The types of fields in the words of descriptions: `list of id Thing`.
//!
//! Read from two sides that share nothing: the types of the client, by a trait that the compiler resolves, and the model, by the rules that
//! the client documents. The tests compare the two.

use std::collections::BTreeMap;

use ngrok_client::{AnyResource, Id, Patch, Ref, Sensitive, Timestamp};
use ngrok_codegen::model::{Field, Record, Scalar, TypeRef};

/// A type of the client.
pub trait Shape {
    /// Returns its shape.
    fn shape() -> String;
}

/// A type of the client with a name of its own.
pub trait Named {
    /// Name in the description.
    const NAME: &'static str;
}

impl Named for AnyResource {
    const NAME: &'static str = "any resource";
}

impl<T: Named> Shape for T {
    fn shape() -> String {
        T::NAME.to_owned()
    }
}

macro_rules! shapes {
    ($([$($generics:tt)*] $Type:ty => $shape:expr;)*) => { $(
        impl<$($generics)*> Shape for $Type {
            fn shape() -> String {
                $shape.into()
            }
        }
    )* };
}

shapes! {
    [] String => "string";
    [] Sensitive => "secret";
    [] bool => "bool";
    [] i32 => "int32";
    [] i64 => "int64";
    [] u32 => "uint32";
    [] u64 => "uint64";
    [] f64 => "float64";
    [] Timestamp => "timestamp";
    [T: Named] Id<T> => format!("id {}", T::NAME);
    [T: Named] Ref<T> => format!("ref {}", T::NAME);
    [T: Shape] Vec<T> => format!("list of {}", T::shape());
    [T: Shape] BTreeMap<String, T> => format!("map of {}", T::shape());
    [T: Shape] Option<T> => format!("optional {}", T::shape());
    [T: Shape] Patch<T> => format!("clearable {}", T::shape());
}

/// Returns the shape of what a function returns, such as a field.
pub(crate) fn of<R, T: Shape>(_: fn(&R) -> &T) -> String {
    T::shape()
}

/// What a value has in place of a field that is absent or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The empty value: the field is always there, or a list or map of a response.
    Empty,
    /// Nothing.
    Nothing,
    /// Nothing or null, which differ: null clears the field of a resource.
    Null,
}

impl Absence {
    /// Returns the rule for a field of a record.
    #[must_use]
    pub fn of(record: &Record, field: &Field) -> Self {
        let presence = field.presence;
        let elements = matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_));
        match (record.in_requests, record.in_responses) {
            (true, _) if presence.required => Self::Empty,
            (true, false) if presence.nullable => Self::Null,
            (true, _) => Self::Nothing,
            (false, _) if elements => Self::Empty,
            (false, _) if presence.nullable || presence.optional => Self::Nothing,
            (false, _) => Self::Empty,
        }
    }
}

/// Returns the shape of a field of the model.
#[must_use]
pub fn expected(record: &Record, field: &Field) -> String {
    let shape = type_shape(&field.ty, field.secret);
    match Absence::of(record, field) {
        Absence::Empty => shape,
        Absence::Nothing => format!("optional {shape}"),
        Absence::Null => format!("clearable {shape}"),
    }
}

fn type_shape(ty: &TypeRef, secret: bool) -> String {
    let any = AnyResource::NAME;
    match ty {
        TypeRef::Scalar(Scalar::String) if secret => "secret".to_owned(),
        TypeRef::Id { target, .. } => format!("id {}", target.as_deref().unwrap_or(any)),
        TypeRef::Ref { target, .. } => {
            format!("ref {}", target.as_deref().unwrap_or(any))
        }
        TypeRef::List(item) => format!("list of {}", type_shape(item, secret)),
        TypeRef::Map(value) => format!("map of {}", type_shape(value, secret)),
        TypeRef::Scalar(_) | TypeRef::Record(_) | TypeRef::Enum(_) => ty.to_string(),
    }
}
