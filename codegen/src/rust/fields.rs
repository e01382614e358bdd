//! What Rust makes of the fields of a record: their wrappers, and the way to set those that are required.

use crate::model::{Field, Record, Scalar, TypeRef};

/// The wrapper of a field's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapper {
    /// None: absent and null become the empty value.
    Plain,
    /// `Option<T>`.
    Option,
    /// `Patch<T>`: unset, null or a value.
    Patch,
    /// `Option<Box<T>>`, for recursive types.
    Boxed,
}

impl Wrapper {
    /// Returns the wrapper of a field.
    #[must_use]
    pub fn of(field: &Field, record: &Record) -> Self {
        let sent_only = record.in_requests && !record.in_responses;
        let collection = matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_));
        if field.recursive {
            Self::Boxed
        } else if !record.may_lack(field) || (collection && !record.in_requests) {
            Self::Plain
        } else if sent_only && field.presence.nullable {
            Self::Patch
        } else {
            Self::Option
        }
    }
}

/// Returns true if several required fields accept strings: they are set by name, since swapped arguments would compile.
#[must_use]
pub fn names_required(record: &Record) -> bool {
    let from_string = |field: &&Field| {
        let text = TypeRef::Scalar(Scalar::String);
        field.ty == text || matches!(field.ty, TypeRef::Id { .. } | TypeRef::Enum(_))
    };
    record.required().filter(from_string).count() > 1
}
