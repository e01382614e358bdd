//! Types on the wire, and targets of IDs and references.

use crate::emit::signatures;
use crate::model::{Ident, Scalar, TypeRef};

use super::rules::{POINTER_NARROWED, POINTER_WIDENED, Rule};

/// The change of a type.
pub(super) enum Turn {
    /// Unchanged.
    Same,
    /// Other targets, which neither JSON nor Rust show.
    Pointer(&'static Rule),
    /// JSON of the same kind, but another type in Rust.
    Refined,
    /// JSON of another kind.
    Changed,
}

/// Returns the change of a value's type; `secret` is true if it is a secret, before and after.
pub(super) fn turn(old: &TypeRef, new: &TypeRef, secret: (bool, bool)) -> Turn {
    if json_kind(old) != json_kind(new) {
        return Turn::Changed;
    }
    if signatures::bare_type(old, secret.0) != signatures::bare_type(new, secret.1) {
        return Turn::Refined;
    }
    let (before, after) = (kinds(old), kinds(new));
    if before.iter().any(|kind| !after.contains(kind)) {
        return Turn::Pointer(POINTER_NARROWED);
    }
    if after.iter().any(|kind| !before.contains(kind)) {
        return Turn::Pointer(POINTER_WIDENED);
    }
    Turn::Same
}

/// Returns the possible targets.
pub(super) fn kinds(ty: &TypeRef) -> &[Ident] {
    match ty.element() {
        TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => kinds,
        _ => &[],
    }
}

/// Returns the kind of a value on the wire. Numbers of different width are of different kinds: the wider do not fit
/// the narrower.
fn json_kind(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Timestamp)
        | TypeRef::Id { .. }
        | TypeRef::Enum(_) => "string".to_owned(),
        TypeRef::Scalar(scalar) => format!("{scalar:?}"),
        TypeRef::Ref { .. } => "reference".to_owned(),
        TypeRef::List(item) => format!("list of {}", json_kind(item)),
        TypeRef::Map(value) => format!("map of {}", json_kind(value)),
        TypeRef::Record(name) => format!("object {name}"),
    }
}
