//! A violation of the rules of a type.

use std::fmt;

use crate::Field;

/// A violation of the rules of a type. Never contains the value.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation<'m> {
    /// Path in the body: `rules[2].cidr`; empty for the body as a whole.
    pub path: String,
    /// The same path as a JSON pointer: `/rules/2/cidr`.
    pub pointer: String,
    /// Kind of the violated rule.
    pub kind: ViolationKind,
    /// Describes the problem, without the path: `is longer than 255 bytes`.
    pub message: String,
    /// Name of the record or union that the problem belongs to; `None` for the body as a whole.
    pub ty: Option<&'m str>,
    /// Field of the value, unless it is the whole body, unknown, or an alternative of a union.
    pub field: Option<&'m Field>,
    /// Number of the documented error code, if any.
    pub error_code: Option<u32>,
}

/// The kinds of violations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    /// Another JSON type.
    WrongType,
    /// Not a timestamp in RFC 3339.
    Timestamp,
    /// ID of another type of resource, or not an ID.
    Id,
    /// Unknown field, or unknown alternative of a union.
    UnknownField,
    /// Unknown value of an enum, in a recorded body.
    UnknownValue,
    /// Unknown key of a map with known keys.
    UnknownKey,
    /// Missing required field.
    Missing,
    /// Null where none is described, in a recorded body.
    Null,
    /// Field of the responses of another operation, in a recorded body.
    Misplaced,
    /// Empty value that must not be empty.
    Empty,
    /// It is too long.
    Length,
    /// It has characters that are not allowed.
    Characters,
    /// It does not have the required form: range, format, known values.
    Form,
    /// Well-formed value that is not allowed.
    Disallowed,
    /// Violated rule over several fields.
    Rule,
}

impl fmt::Display for Violation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "The body" } else { &self.path };
        write!(f, "{path} {}", self.message)
    }
}

/// Returns the code of the error for a value of a field: the one for this kind if there is one. Otherwise, of several,
/// the first is about the form and the last about the use; the only one of a field with unique values is about duplicates.
pub(super) fn code_of_field(field: &Field, kind: ViolationKind) -> Option<u32> {
    let own = field.rules.error_for().copied().unwrap_or_default();
    let is_only_for_duplicates =
        field.rules.unique_in().is_some() && field.errors.len() == 1;
    let of_form = || field.errors.first().copied().filter(|_| !is_only_for_duplicates);
    match kind {
        ViolationKind::Missing | ViolationKind::Empty => own.empty,
        ViolationKind::Length => own.length.or_else(of_form),
        ViolationKind::Characters => own.characters.or_else(of_form),
        ViolationKind::Form | ViolationKind::UnknownKey => own.form.or_else(of_form),
        ViolationKind::Disallowed => own.usage.or(field.errors.last().copied()),
        ViolationKind::WrongType
        | ViolationKind::Timestamp
        | ViolationKind::Id
        | ViolationKind::UnknownField
        | ViolationKind::UnknownValue
        | ViolationKind::Null
        | ViolationKind::Misplaced
        | ViolationKind::Rule => None,
    }
}

/// Returns the error code for a rule over several fields: the first for missing fields, the second, if there is one, for too many.
pub(super) fn code_of_rule(errors: &[u32], too_much: bool) -> Option<u32> {
    errors.get(usize::from(too_much)).or(errors.first()).copied()
}
