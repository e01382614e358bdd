//! The location in a description of a value.

use crate::model::Rules;
use crate::traffic::findings::Subject;

/// The location in a description of a value.
#[derive(Clone, Copy)]
pub(super) struct Slot<'m> {
    pub(super) subject: Subject<'m>,
    /// Nothing where the place is a whole body.
    pub(super) rules: Option<&'m Rules>,
    pub(super) secret: bool,
}

impl<'m> Slot<'m> {
    pub(super) fn of(subject: Subject<'m>) -> Self {
        Self { subject, rules: None, secret: false }
    }
}
