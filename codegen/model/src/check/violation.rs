//! One way in which a value breaks the rules of its type.

use std::fmt;

use crate::Field;

/// One way in which a value breaks the rules of its type. Never shows the value.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation<'m> {
    /// The place in the body: `rules[2].cidr`; empty for the body as a whole.
    pub path: String,
    /// What kind of rule is broken.
    pub kind: ViolationKind,
    /// Describes the problem, without the path: `is longer than 255 bytes`.
    pub message: String,
    /// The field that the value belongs to, unless it is the whole body, unknown, or a choice of a union.
    pub field: Option<&'m Field>,
    /// Number of the error code that the API documents for this, if any.
    pub error_code: Option<u32>,
}

/// What kind of rule a value breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    /// It has another JSON type.
    WrongType,
    /// It is not a timestamp in RFC 3339.
    Timestamp,
    /// It is an ID of another resource, or not an ID.
    Id,
    /// The type has no such field.
    UnknownField,
    /// A required field is absent.
    Missing,
    /// It must not be empty.
    Empty,
    /// It is too long.
    Length,
    /// It has characters that are not allowed.
    Characters,
    /// It does not have the required form: range, format, known values.
    Form,
    /// It has the required form but is not allowed.
    Disallowed,
    /// A rule over several fields is broken.
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
        ViolationKind::Form => own.form.or_else(of_form),
        ViolationKind::Disallowed => own.usage.or(field.errors.last().copied()),
        ViolationKind::WrongType
        | ViolationKind::Timestamp
        | ViolationKind::Id
        | ViolationKind::UnknownField
        | ViolationKind::Rule => None,
    }
}

/// Returns the code of the error for a rule over several fields: the first where something is missing, the second, if
/// there is one, where too much is given.
pub(super) fn code_of_rule(errors: &[u32], too_much: bool) -> Option<u32> {
    errors.get(usize::from(too_much)).or(errors.first()).copied()
}
