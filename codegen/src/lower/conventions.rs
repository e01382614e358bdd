//! Properties of operations, from their own entry and from `api.yaml` by name.

use crate::spec::{Operation, OperationDetails, Spanned};

use super::Context;

/// The properties of an operation, with defaults from its name.
pub(super) struct Merged<'a> {
    pub(super) own: Option<&'a OperationDetails>,
    convention: Option<&'a OperationDetails>,
}

impl<'a> Merged<'a> {
    /// Merges the properties of an operation.
    pub(super) fn of(
        name: &Spanned<String>,
        given: &'a Operation,
        context: &Context<'a>,
    ) -> Self {
        let convention = context.spec.api.operations.get(name);
        Self { own: given.details(), convention }
    }

    /// Returns its own string.
    pub(super) fn own_text(
        &self,
        pick: impl Fn(&'a OperationDetails) -> Option<&'a Spanned<String>>,
    ) -> Option<String> {
        self.own.and_then(pick).map(ToString::to_string)
    }

    /// Returns its own property or, if there is none, that of its name.
    pub(super) fn get<T>(
        &self,
        pick: impl Fn(&'a OperationDetails) -> Option<&'a T>,
    ) -> Option<&'a T> {
        self.own.and_then(&pick).or_else(|| self.convention.and_then(&pick))
    }
}
