//! Properties of operations, from their own entry and from `api.yaml` by name.

use crate::spec::{Operation, OperationDetails, Spanned};

use super::Context;

/// The properties of an operation, with defaults from its name.
pub(super) struct Merged<'a> {
    pub(super) name: &'a Spanned<String>,
    pub(super) own: &'a OperationDetails,
    convention: Option<&'a OperationDetails>,
}

impl<'a> Merged<'a> {
    /// Merges the properties of an operation.
    pub(super) fn of(
        name: &'a Spanned<String>,
        given: &'a Operation,
        context: &Context<'a>,
    ) -> Self {
        let convention = context.spec.api.operations.get(name);
        Self { name, own: given.details(), convention }
    }

    /// Returns its own property or, if there is none, that of its name.
    pub(super) fn get<T>(
        &self,
        pick: impl Fn(&'a OperationDetails) -> Option<&'a T>,
    ) -> Option<&'a T> {
        pick(self.own).or_else(|| self.convention.and_then(pick))
    }
}
